"""One tensor in numbers and in a thumbnail, cheap enough to be made after every statement."""

from __future__ import annotations

import math
from dataclasses import fields

import msgspec
import numpy as np
import torch

from engine.protocol.tensor_values import MAX_EXACT_ELEMENTS, Grid, TensorSummary, short_dtype
from engine.shared.numbers import brief, number
from engine.tensors import native
from engine.tensors.in_place import CONVERSIONS, in_place, is_direct
from engine.tensors.moment import moment_of
from engine.tensors.pooling import thumbnail as pooled
from engine.tensors.pooling import to_float32
from engine.tensors.reading import (
    UnreadableError,
    as_array,
    dtype_name,
    heading,
    is_uninitialized,
    layout_name,
    plain,
    real,
    shape_of,
    shape_words,
    unobserved,
)
from engine.tensors.statistics import Statistics, statistics
from engine.tensors.unseen import Unseen

# Above MAX_EXACT_ELEMENTS this many evenly spaced elements stand for all, until all have been read.
N_SAMPLE = 1 << 17
# Of a tensor that no cache holds each of them comes from memory with its neighbours, in 40 ns: there of fewer.
_N_FAR_SAMPLE = 1 << 15
# Of the thumbnail, 46×28 pixels at two pixels a cell.
THUMBNAIL_ROWS, THUMBNAIL_COLUMNS = 14, 23
# A thumbnail of a larger slice is made of this many evenly spaced rows and columns of it.
_MAX_THUMBNAIL_SIDE = 1024
# Of a slice that no cache holds: there of a quarter as many.
_MAX_CACHED_ELEMENTS, _MAX_FAR_SIDE = 1 << 24, 256
_OWN = ("finite", "is_large")  # of Statistics alone
_STALE = "cannot be read: the tensor that it is a view of was written to since"


def summarize(
    tensor: torch.Tensor, *, thumbnail: bool = True, max_elements: int = MAX_EXACT_ELEMENTS, until_s: float = math.inf
) -> TensorSummary:
    """A summary of any tensor; one whose elements cannot be read gets a line that says why.

    Statistics are torch's own of the finite elements, in float32 for smaller floats and in float64 for integers and
    bool; of complex numbers they are statistics of magnitudes. Above `max_elements` they are of an evenly spaced sample
    where reading all takes longer than `until_s`, by `monotonic()`: asked again, it goes on from there. The thumbnail
    shows the last two axes of the first slice; of a 1-d tensor, a row.
    """
    summary, _ = summarize_with_statistics(tensor, thumbnail=thumbnail, max_elements=max_elements, until_s=until_s)
    return summary


def summarize_with_statistics(
    tensor: torch.Tensor,
    *,
    thumbnail: bool = True,
    max_elements: int = MAX_EXACT_ELEMENTS,
    until_s: float = math.inf,
) -> tuple[TensorSummary, Statistics | None]:
    """As `summarize`, and the elements that the statistics are of; None where none can be read."""
    base = _identity(tensor)
    n_sample = N_SAMPLE if base.n_elements <= _MAX_CACHED_ELEMENTS else _N_FAR_SAMPLE
    try:
        with unobserved():
            elements = plain(tensor)
            found = statistics(elements, max_elements, n_sample, lambda: moment_of(tensor, elements), until_s)
            scalar = number(elements.item()) if elements.numel() == 1 else None
            grid = _thumbnail(elements) if thumbnail and elements.numel() > 1 else None
    except UnreadableError as error:
        return msgspec.structs.replace(base, line=f"{base.line} {error.brief}", why=error.brief), None
    numbers = {field.name: getattr(found, field.name) for field in fields(found) if field.name not in _OWN}
    line = _line(base, found, scalar)
    return msgspec.structs.replace(base, **numbers, scalar=scalar, thumbnail=grid, line=line), found


def summarize_unread(array: np.ndarray, error: UnreadableError) -> TensorSummary:
    """Of an array that is no tensor's memory, and why it cannot be made one."""
    line = f"{array.shape} {short_dtype(array.dtype.name)} {error.brief}"
    return TensorSummary(
        shape=array.shape, dtype=array.dtype.name, device="cpu", n_elements=array.size, line=line, why=error.brief
    )


def short(tensor: torch.Tensor) -> str:
    """What stands beside a line of the program: "f32 (4, 3)", or the number of a tensor of no axes."""
    with Unseen():
        bare = native.bare(tensor)
        is_scalar = not bare.is_nested and bare.dim() == 0
        text = f"{short_dtype(dtype_name(bare.dtype))} {shape_words(bare)}"
    if not is_scalar:
        return text
    try:
        with unobserved():
            return number(plain(tensor).item())
    except UnreadableError:
        return text  # a number that cannot be read is still a tensor with dtype and shape


def _identity(tensor: torch.Tensor) -> TensorSummary:
    """What is known without reading elements."""
    with Unseen():
        bare = native.bare(tensor)
        return TensorSummary(
            shape=shape_of(bare),
            dtype=dtype_name(bare.dtype),
            device=str(bare.device),
            layout="uninitialized" if is_uninitialized(tensor) else layout_name(bare),
            requires_grad=native.requires_grad(tensor),
            is_leaf=native.is_leaf(tensor),
            grad_fn=_grad_fn_words(tensor),
            version=0 if native.is_inference(tensor) else native.version(tensor),  # the former has none
            n_elements=0 if bare.is_nested else bare.numel(),
            line=heading(tensor, bare),
        )


def _grad_fn_words(tensor: torch.Tensor) -> str | None:
    """The name of its grad_fn, None without one; of a stale view why there is no name."""
    if native.is_stale(tensor):
        return _STALE
    node = native.grad_fn(tensor)
    return None if node is None else native.name_of(node)


def _thumbnail(elements: torch.Tensor) -> Grid:
    while elements.dim() > 2:
        elements = elements[0]
    matrix = elements[None, :] if elements.dim() == 1 else elements
    longest = _MAX_THUMBNAIL_SIDE if matrix.numel() <= _MAX_CACHED_ELEMENTS else _MAX_FAR_SIDE
    every = tuple(slice(None, None, math.ceil(size / longest) or 1) for size in matrix.shape)
    rows = matrix[every]
    if not rows.numel():
        return Grid.of(np.zeros((0, 0)))
    if rows.stride(0) < rows.stride(1):  # rows that lie contiguous in memory are copied and reduced ten times as fast
        return Grid.of(pooled(_numbers(rows.t()), THUMBNAIL_COLUMNS, THUMBNAIL_ROWS).T)
    return Grid.of(pooled(_numbers(rows), THUMBNAIL_ROWS, THUMBNAIL_COLUMNS))


def _numbers(rows: torch.Tensor) -> np.ndarray:
    """float32 in memory of their own, without torch's threads where numpy can read them."""
    if not is_direct(rows):
        return to_float32(as_array(real(rows)))
    return to_float32(CONVERSIONS.get(rows.dtype, np.array)(in_place(rows)))


def _line(base: TensorSummary, found: Statistics, scalar: str | None) -> str:
    if base.n_elements == 0:
        return f"{base.line} empty"
    if scalar is not None:
        return f"{base.line} {scalar}"
    words = [base.line]
    if found.minimum is not None and found.maximum is not None and found.mean is not None:
        words.append(
            f"{'|x|' if base.dtype.startswith('complex') else 'x'}∈[{brief(found.minimum)}, {brief(found.maximum)}]"
        )
        words.append(f"μ={brief(found.mean, 2)}")
        if found.std is not None:
            words.append(f"σ={brief(found.std, 2)}")
    if found.n_nan or found.n_inf:
        counts = [f"{n:,} {name}" for n, name in ((found.n_nan, "NaN"), (found.n_inf, "Inf")) if n]
        words.append(f"{'of the finite;' if found.minimum is not None else 'nothing finite:'} {', '.join(counts)}")
    if found.sampled:
        words.append("of a sample; NaN not counted yet" if found.counts_due else "of a sample")
    return " ".join(words)
