"""A file of numbers as lines of a program that reads it. Nothing of the file is run, and little of it is read."""

from __future__ import annotations

import builtins
import json
import keyword
import math
import unicodedata
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.shared.disk_errors import read_reason
from engine.shared.regular_files import open_file
from visualizer.app.picture_lines import PICTURES, picture_line
from visualizer.app.table_lines import table_call

SUFFIXES = (".npy", ".npz", ".safetensors", ".pt", ".pth", ".csv", ".tsv", *PICTURES)
_NUMPY, _TORCH = "import numpy as np", "import torch"
_TAKEN = ("torch", "np", "load_file", "csv")  # by the imports of these lines
_MOST_BYTES = {"c": 16}  # of a number that torch knows, by its kind; else 8
_MOST_ARRAYS = 8  # of an archive with a line each


@dataclass(frozen=True)
class TensorLines:
    """Lines to put into a program, and the imports that they need."""

    imports: tuple[str, ...]
    lines: tuple[str, ...]


def lines_for(path: Path, used: Collection[str]) -> TensorLines:
    """What reads a file; `used` are names that the program has. Raises EngineError for what is no such file."""
    suffix, name = path.suffix.lower(), _free(_identifier(path.stem), used)
    try:
        open_file(path).close()  # what is no file is refused, and never waited for
        return _lines(path, suffix, name, used)
    except EngineError:
        raise
    except Exception as error:  # a damaged file makes NumPy and zipfile raise more than any list has
        broken = Sentence.phrase("file.not_whole", "it is no whole {suffix} file", suffix=suffix)
        reason = read_reason(error) if isinstance(error, OSError) else broken
        raise EngineError("file.not_read", "{path} could not be read: {reason}.", path=path, reason=reason) from error


def _lines(path: Path, suffix: str, name: str, used: Collection[str]) -> TensorLines:
    file = repr(str(path))
    if suffix == ".npy":
        with path.open("rb") as opened:
            change = _native(_dtype_of(opened, path.stat().st_size), path)
        return TensorLines((_NUMPY, _TORCH), (f"{name} = torch.from_numpy(np.load({file}){change})",))
    if suffix == ".npz":
        return _archive(path, name, used)
    if suffix == ".safetensors":
        _safetensors_names(path)
        return TensorLines(("from safetensors.torch import load_file",), (f"{name} = load_file({file})",))
    if suffix in (".pt", ".pth"):
        _begins(path, b"PK", b"\x80")
        line = f"{name} = torch.load({file}, map_location='cpu', weights_only=True)"
        return TensorLines((_TORCH,), (line,))
    if suffix in (".csv", ".tsv"):
        call, imports = table_call(path)
        return TensorLines((_NUMPY, _TORCH, *imports), (f"{name} = {call}",))
    if suffix in PICTURES:
        line = picture_line(path)
        names = "Image, ImageOps" if "ImageOps." in line else "Image"
        return TensorLines((_NUMPY, _TORCH, f"from PIL import {names}"), (f"{name} = {line}",))
    raise EngineError("tensor_file.no_format", "{name} is no file of tensors that is known here.", name=path.name)


def _archive(path: Path, name: str, used: Collection[str]) -> TensorLines:
    with zipfile.ZipFile(path) as archive:
        members = [member.removesuffix(".npy") for member in archive.namelist() if member.endswith(".npy")]
        changes, left_out = {}, []
        for member in members:
            with archive.open(f"{member}.npy") as opened:
                dtype = _dtype_of(opened, archive.getinfo(f"{member}.npy").file_size)
            if _has_numbers(dtype):
                changes[member] = _native(dtype, path)
            else:
                left_out.append(member)
    if not members:
        raise ValueError("no arrays")
    if not changes:
        raise _no_numbers(path, dtype)
    lines = [f"{name} = np.load({str(path)!r})" + (f"  # without {', '.join(left_out)}" if left_out else "")]
    taken = {*used, name}
    for member in list(changes)[:_MOST_ARRAYS]:
        own = _free(_identifier(member), taken)
        taken.add(own)
        lines.append(f"{own} = torch.from_numpy({name}[{member!r}]{changes[member]})")
    if len(changes) > _MOST_ARRAYS:
        lines.append(f"# and {len(changes) - _MOST_ARRAYS} more in {name}.files")
    return TensorLines((_NUMPY, _TORCH), tuple(lines))


def _safetensors_names(path: Path) -> list[str]:
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        if not 2 <= size <= path.stat().st_size - 8:
            raise ValueError("no header")
        return [key for key in json.loads(file.read(size)) if key != "__metadata__"]


def _dtype_of(file: IO[bytes], n_bytes: int) -> np.dtype[Any]:
    """Of an array in NumPy's format, whose header alone is read. Raises ValueError where the file ends before it."""
    version = np.lib.format.read_magic(file)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, _, dtype = read(file)
    if min(shape, default=0) < 0 or (_has_numbers(dtype) and file.tell() + math.prod(shape) * dtype.itemsize > n_bytes):
        raise ValueError("cut off")
    return dtype


def _has_numbers(dtype: np.dtype[Any]) -> bool:
    """Whether a tensor can be made of such an array."""
    return dtype.kind in "biufc" and dtype.itemsize <= _MOST_BYTES.get(dtype.kind, 8)


def _native(dtype: np.dtype[Any], path: Path) -> str:
    """What makes numbers of it that torch knows: the bytes of each in this machine's order."""
    if not _has_numbers(dtype):
        raise _no_numbers(path, dtype)
    return "" if dtype.isnative else f".astype(np.{dtype.name})"


def _no_numbers(path: Path, dtype: np.dtype[Any]) -> EngineError:
    return EngineError(
        "file.no_numbers", "{path} holds {dtype}, of which no tensor can be made.", path=path, dtype=dtype
    )


def _begins(path: Path, *marks: bytes) -> None:
    with path.open("rb") as file:
        if not file.read(max(map(len, marks))).startswith(marks):
            raise ValueError("another file")


def _identifier(text: str) -> str:
    letters = "".join(letter if f"_{letter}".isidentifier() else " " for letter in unicodedata.normalize("NFKC", text))
    name = "_".join(letters.replace("_", " ").split()).lower() or "data"
    if name in _TAKEN or hasattr(builtins, name):
        return f"{name}_data"
    return name if name.isidentifier() and not keyword.iskeyword(name) else f"_{name}"


def _free(name: str, used: Collection[str]) -> str:
    number, found = 2, name
    while found in used:
        found, number = f"{name}_{number}", number + 1
    return found
