"""Tensors as files: each element as it is, or a sentence why the format cannot hold it."""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.protocol.tensor_files import SUFFIXES
from engine.shared.disk_errors import write_reason
from engine.shared.named_files import write_named
from engine.tensors import native
from engine.tensors.reading import layout_name, packed, plain, unobserved

_MOST_CSV_ELEMENTS = 10_000_000
_CHANNELS = (1, 3, 4)


class Written(NamedTuple):
    """`n_bytes` of a file. `lost`: what of the tensor the file does not have, in sentences."""

    n_bytes: int
    lost: tuple[Sentence, ...] = ()


def save(tensor: torch.Tensor, path: Path, name: str) -> Written:
    """Write a tensor in the format of the suffix, whole or not at all.

    Raises EngineError where the format cannot hold it, or the file cannot be written.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise EngineError(
            "tensor_file.unknown_format", "A tensor is written as {suffixes}; {name} is none of these.",
            suffixes=", ".join(SUFFIXES), name=path.name,
        )  # fmt: skip
    with unobserved():
        kept = packed(tensor) if write is _pt else None
        own = plain(tensor).detach().cpu().contiguous() if kept is None else kept.detach().cpu()
        data = write(own, name)
        lost = () if kept is not None else tuple(_lost(own, layout_name(native.bare(tensor)), write))
    try:
        write_named(path, data)
    except OSError as error:
        raise EngineError(
            "file.not_written", "{path} could not be written: {reason}.", path=path, reason=write_reason(error)
        ) from error
    return Written(len(data), lost)


def _lost(tensor: torch.Tensor, layout: str, write: Callable[[torch.Tensor, str], bytes]) -> Iterator[Sentence]:
    """What the file has no part of. `layout`: which the tensor had before it was written, "" where it has it still."""
    if layout:
        yield Sentence.of(
            "tensor_file.unpacked",
            "Each element stands by itself: of its form, {layout}, nothing is left. A .pt keeps it.",
            layout=layout,
        )
    if write is _csv and tensor.dtype != torch.float32:
        yield Sentence.of(
            "tensor_file.no_dtype",
            "A table of text has its numbers and not its dtype, {dtype}, which a .pt keeps.",
            dtype=_dtype_of(tensor),
        )
    if write is _csv and (not tensor.dim() or (tensor.dim() > 1 and tensor.shape[1] == 1)):
        yield Sentence.of(
            "tensor_file.no_shape",
            "A table of one column is read as a vector, ({n_rows},), and not in the shape {shape}, which a .pt keeps.",
            n_rows=tensor.numel(),
            shape=tuple(tensor.shape),
        )
    if write is _png and tensor.is_floating_point():
        yield Sentence.of(
            "tensor_file.scaled", "Its numbers from 0 to 1 are whole ones from 0 to 255 there, rounded to these."
        )
    elif write is _png and tensor.dtype != torch.uint8:
        yield Sentence.of(
            "tensor_file.as_bytes",
            "Of its dtype, {dtype}, nothing is left: a picture has numbers from 0 to 255, for True 255.",
            dtype=_dtype_of(tensor),
        )
    if write is _png and _as_picture(tensor) is not tensor:
        yield Sentence.of("tensor_file.turned", "Its first axis, of colours, is the last one of the picture.")


def _dtype_of(tensor: torch.Tensor) -> str:
    return str(tensor.dtype).removeprefix("torch.")


def _npy(tensor: torch.Tensor, name: str) -> bytes:
    file = io.BytesIO()
    np.save(file, _array(tensor, "NumPy"), allow_pickle=False)
    return file.getvalue()


def _npz(tensor: torch.Tensor, name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:  # savez has names of its own, which no array can have
        archive.writestr(f"{name}.npy", _npy(tensor, name))
    return file.getvalue()


def _safetensors(tensor: torch.Tensor, name: str) -> bytes:
    if tensor.is_complex():
        raise _cannot_hold("safetensors", tensor)
    return bytes(_library("safetensors.torch").save({name: tensor}))


def _pt(tensor: torch.Tensor, name: str) -> bytes:
    file = io.BytesIO()
    torch.save(tensor.clone(), file)  # of a view the elements that it shows, not all of its storage
    return file.getvalue()


def _csv(tensor: torch.Tensor, name: str) -> bytes:
    _check_real("csv", tensor)
    if tensor.dim() > 2:
        raise EngineError(
            "tensor_file.no_table", "A table holds real numbers in one or two axes; this has the shape {shape}.",
            shape=tuple(tensor.shape),
        )  # fmt: skip
    if tensor.numel() > _MOST_CSV_ELEMENTS:
        raise EngineError(
            "tensor_file.too_long", "{n_elements} elements are too many for a table of text: write .npy instead.",
            n_elements=tensor.numel(),
        )  # fmt: skip
    if not tensor.numel():
        raise EngineError(
            "tensor_file.empty_table",
            "A table of text tells no shape of a tensor without elements, {shape}: write .npy instead.",
            shape=tuple(tensor.shape),
        )
    tensor = tensor.to(torch.uint8) if tensor.dtype == torch.bool else tensor  # words could not be read as numbers
    small = tensor.is_floating_point() and tensor.dtype != torch.float64
    array = np.atleast_1d((tensor.float() if small else tensor).numpy())
    rows = array if array.ndim == 2 else array[:, None]
    text = "".join(",".join(map(str, row)) + "\n" for row in rows)
    return text.encode()


def _png(tensor: torch.Tensor, name: str) -> bytes:
    _check_real("png", tensor)
    picture = _as_picture(tensor)
    fits = picture.dim() == 2 or (picture.dim() == 3 and picture.shape[-1] in _CHANNELS)
    if not fits or not picture.numel():
        raise EngineError(
            "tensor_file.no_picture",
            "A picture has the shape (rows, columns), (rows, columns, 3) or (3, rows, columns); this has {shape}.",
            shape=tuple(tensor.shape),
        )
    file = io.BytesIO()
    array = _bytes_of(picture).numpy()
    pillow = _library("PIL.Image")
    pillow.fromarray(array[..., 0] if array.ndim == 3 and array.shape[-1] == 1 else array).save(file, "PNG")
    return file.getvalue()


def _as_picture(tensor: torch.Tensor) -> torch.Tensor:
    """With its colours as the last axis."""
    is_turned = tensor.dim() == 3 and tensor.shape[-1] not in _CHANNELS and tensor.shape[0] in _CHANNELS
    return tensor.permute(1, 2, 0) if is_turned else tensor


def _check_real(suffix: str, tensor: torch.Tensor) -> None:
    if tensor.is_complex():
        raise EngineError(
            "tensor_file.no_complex",
            "A .{suffix} file has no place for complex numbers: write .npy, or .real and .imag by themselves.",
            suffix=suffix,
        )


def _bytes_of(picture: torch.Tensor) -> torch.Tensor:
    """As they are where they are 0 … 255, and 0 … 1 as that."""
    if picture.dtype == torch.uint8:
        return picture
    if picture.dtype == torch.bool:
        return picture.to(torch.uint8) * 255
    if picture.is_floating_point() and bool(picture.isnan().any()):
        raise EngineError("tensor_file.nan_in_picture", "A picture has no place for NaN, and there is some in this.")
    low, high = float(picture.double().min()), float(picture.double().max())
    if picture.is_floating_point() and low >= 0 and high <= 1:
        return (picture.double() * 255).round().to(torch.uint8)
    if not picture.is_floating_point() and low >= 0 and high <= 255:
        return picture.to(torch.uint8)
    raise EngineError(
        "tensor_file.beyond_picture",
        "A picture holds whole numbers from 0 to 255 or floats from 0 to 1; these go from {low} to {high}.",
        low=low, high=high,
    )  # fmt: skip


def _array(tensor: torch.Tensor, format_name: str) -> np.ndarray:
    try:
        return np.asarray(tensor.numpy())
    except (TypeError, RuntimeError) as error:
        raise _cannot_hold(format_name, tensor) from error


def _library(name: str) -> Any:
    """One that writes a format: imported only for it, since an engine on another machine may lack it."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise EngineError(
            "tensor_file.no_library", "The engine's machine lacks {library}, which writes this.",
            library=name.partition(".")[0],
        ) from error  # fmt: skip


def _cannot_hold(format_name: str, tensor: torch.Tensor) -> EngineError:
    return EngineError(
        "tensor_file.dtype", "{format} has no {dtype}: write .pt, or change it with .to(…) first.",
        format=format_name, dtype=_dtype_of(tensor),
    )  # fmt: skip


_WRITERS: dict[str, Callable[[torch.Tensor, str], bytes]] = {
    ".npy": _npy,
    ".npz": _npz,
    ".safetensors": _safetensors,
    ".pt": _pt,
    ".csv": _csv,
    ".png": _png,
}
