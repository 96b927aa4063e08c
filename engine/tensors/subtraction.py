"""One tensor less another of the same shape, piece by piece."""

from __future__ import annotations

import math
from collections.abc import Iterator
from time import monotonic
from typing import NamedTuple

import torch

from engine.tensors.gate import GATE
from engine.tensors.places import unravelled

_PIECE_ELEMENTS = 1 << 20
_RTOL, _ATOL = 1e-5, 1e-8  # torch.allclose's own
_WIDER = {
    torch.bool: torch.int8, torch.uint8: torch.int16, torch.int8: torch.int16, torch.int16: torch.int32,
    torch.float16: torch.float32, torch.bfloat16: torch.float32,
}  # fmt: skip


class Apart(NamedTuple):
    """As in `SubtractionShown`."""

    n_different: int
    n_nan: int
    n_nan_in_both: int
    largest: float | None
    place: tuple[int, ...]
    all_close: bool


def dtype_of(first: torch.dtype, second: torch.dtype) -> torch.dtype:
    """In which a difference of both is exact, or at least as exact as they are."""
    joint = torch.promote_types(first, second) if not _is_small({first, second}) else torch.float32
    if joint.is_floating_point or joint.is_complex:
        return _WIDER.get(joint, joint)
    return _WIDER.get(joint, torch.int64)


def _is_small(dtypes: set[torch.dtype]) -> bool:
    """float8 and the like, which torch promotes with nothing."""
    return any(dtype.is_floating_point and dtype.itemsize < 2 for dtype in dtypes)


class Subtraction:
    """Of one tensor less another, in turns; what was read stays read where it gives way. Neither is kept, and their
    difference where it `keeps`. Both are everywhere the same, plain, of one shape. Inside `unobserved`."""

    def __init__(self, first: torch.Tensor, second: torch.Tensor, *, keeps: bool) -> None:
        self.dtype = dtype_of(first.dtype, second.dtype)
        self.difference = torch.empty(first.shape, dtype=self.dtype, device=first.device) if keeps else None
        self.found = Apart(0, 0, 0, None, (), all_close=True)
        self.n_read = 0
        self._parts = list(_parts(first.shape))
        self._n_done = 0

    @property
    def is_whole(self) -> bool:
        """Whether all was read."""
        return self._n_done == len(self._parts)

    def go_on(self, first: torch.Tensor, second: torch.Tensor, until_s: float) -> bool:
        """Read on until then, by `monotonic()`, at least one piece; whether it is whole."""
        while not self.is_whole:
            GATE.give_way()
            start, part = self._parts[self._n_done]
            one, other, difference = _difference(first[part], second[part], self.dtype)
            if self.difference is not None:
                self.difference[part] = difference
            self.found = _joined(self.found, start, one, other, difference)
            self._n_done += 1
            self.n_read += one.numel()
            if monotonic() >= until_s:
                break
        return self.is_whole


def _joined(
    before: Apart, start: tuple[int, ...], one: torch.Tensor, other: torch.Tensor, difference: torch.Tensor
) -> Apart:
    """With a piece that begins at `start`."""
    is_nan = one.isnan(), other.isnan()
    largest, place = before.largest, before.place
    size = difference.abs().double().nan_to_num(-1.0, math.inf, -math.inf)
    if size.numel() and (found := float(size.max())) >= 0 and (largest is None or found > largest):
        at = unravelled(int((size == found).reshape(-1).byte().argmax()), size.shape)
        largest, place = found, tuple(a + b for a, b in zip(start, at, strict=True))
    return Apart(
        before.n_different + int((one != other).sum()),
        before.n_nan + int((is_nan[0] | is_nan[1]).sum()),
        before.n_nan_in_both + int((is_nan[0] & is_nan[1]).sum()),
        largest,
        place,
        before.all_close and torch.allclose(one, other, _RTOL, _ATOL),
    )


def _difference(
    first: torch.Tensor, second: torch.Tensor, dtype: torch.dtype
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Both in the dtype of the difference, and that."""
    one, other = first.to(dtype), second.to(first.device, dtype)
    return one, other, (one - other).masked_fill_(one == other, 0)


def _parts(shape: torch.Size) -> Iterator[tuple[tuple[int, ...], tuple[slice, ...]]]:
    """Where each piece begins and what it is, along the longest axis."""
    if not shape:
        yield (), ()
        return
    axis = max(range(len(shape)), key=lambda one: shape[one])
    length = max(1, _PIECE_ELEMENTS * shape[axis] // max(math.prod(shape), 1))
    for first in range(0, shape[axis], length):
        start = tuple(first if one == axis else 0 for one in range(len(shape)))
        yield start, tuple(slice(first, first + length) if one == axis else slice(None) for one in range(len(shape)))
