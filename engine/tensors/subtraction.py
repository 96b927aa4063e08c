"""One tensor less another of the same shape, piece by piece."""

from __future__ import annotations

import math
from collections.abc import Iterator
from time import monotonic
from typing import NamedTuple

import torch

from engine.tensors.gate import GATE
from engine.tensors.places import unravelled
from engine.tensors.whole_difference import WholeNumbers, less

_PIECE_ELEMENTS = 1 << 20
_RTOL, _ATOL = 1e-5, 1e-8  # torch.allclose's own
_WIDER = {torch.float16: torch.float32, torch.bfloat16: torch.float32}
_WIDER_WHOLE = {torch.bool: torch.int8, torch.uint8: torch.int16, torch.int8: torch.int16, torch.int16: torch.int32}
_SIGNED = {
    torch.uint16: torch.int32,
    torch.uint32: torch.int64,
    torch.uint64: torch.int64,
}  # torch promotes none of them
_LARGE = {torch.int32, torch.int64, torch.uint32, torch.uint64}  # with numbers that float32 has not


class Apart(NamedTuple):
    """As in `SubtractionShown`."""

    n_different: int
    n_nan: int
    n_nan_in_both: int
    largest: float | None
    place: tuple[int, ...]
    all_close: bool


def dtype_of(first: torch.dtype, second: torch.dtype) -> torch.dtype:
    """In which a difference of both is exact, or at least as exact as they are; of large whole numbers as long as it
    fits into that one."""
    kinds = {first, second}
    if not any(one.is_floating_point or one.is_complex for one in kinds):
        return _WIDER_WHOLE.get(_promoted(_SIGNED.get(first, first), _SIGNED.get(second, second)), torch.int64)
    joint = _promoted(_of_its_kind(first), _of_its_kind(second))
    return _WIDER.get(joint, joint)


def _promoted(first: torch.dtype, second: torch.dtype) -> torch.dtype:
    return torch.promote_types(first, second)


def _of_its_kind(dtype: torch.dtype) -> torch.dtype:
    """A dtype that torch promotes with all others, and that has every number of it, or is the widest."""
    if dtype.is_complex:
        return dtype
    if dtype.is_floating_point:  # float8 and the like are promoted with nothing
        return torch.float32 if dtype.itemsize < 2 else dtype
    return torch.float64 if dtype in _LARGE else torch.float32


class _Piece(NamedTuple):
    """Both as `torch.allclose` takes them, where they are not the same, and the first less the second."""

    one: torch.Tensor
    other: torch.Tensor
    is_other: torch.Tensor
    difference: torch.Tensor


class Subtraction:
    """Of one tensor less another, in turns; what was read stays read where it gives way. Neither is kept, and their
    difference where it `keeps`. Both are everywhere the same, plain, of one shape. Inside `unobserved`. Its dtype is
    float64 from where a difference of whole numbers is found that int64 has not."""

    def __init__(self, first: torch.Tensor, second: torch.Tensor, *, keeps: bool) -> None:
        self.dtype = dtype_of(first.dtype, second.dtype)
        self.difference = torch.empty(first.shape, dtype=self.dtype, device=first.device) if keeps else None
        self.found = Apart(0, 0, 0, None, (), all_close=True)
        self.n_read = 0
        self._parts = list(_parts(first.shape))
        self._n_done = 0
        self._is_whole_numbers = not (self.dtype.is_floating_point or self.dtype.is_complex)

    @property
    def is_whole(self) -> bool:
        """Whether all was read."""
        return self._n_done == len(self._parts)

    def go_on(self, first: torch.Tensor, second: torch.Tensor, until_s: float) -> bool:
        """Read on until then, by `monotonic()`, at least one piece; whether it is whole."""
        while not self.is_whole:
            GATE.give_way()
            start, part = self._parts[self._n_done]
            made = self._whole_numbers if self._is_whole_numbers else self._floating
            piece = made(first[part], second[part])
            if self.difference is not None:
                self.difference[part] = piece.difference
            self.found = _joined(self.found, start, piece)
            self._n_done += 1
            self.n_read += piece.one.numel()
            if monotonic() >= until_s:
                break
        return self.is_whole

    def _floating(self, first: torch.Tensor, second: torch.Tensor) -> _Piece:
        one, other = first.to(self.dtype), second.to(first.device, self.dtype)
        is_other = one != other
        return _Piece(one, other, is_other, (one - other).masked_fill_(~is_other, 0))

    def _whole_numbers(self, first: torch.Tensor, second: torch.Tensor) -> _Piece:
        one, other = WholeNumbers(first, first.device), WholeNumbers(second, first.device)
        difference, missing = less(one, other)
        if self.dtype != torch.float64 and bool(missing.any()):
            self.dtype = torch.float64
            self.difference = None if self.difference is None else self.difference.double()
        if self.dtype == torch.float64:
            difference = difference.double() + missing
        return _Piece(one.double(), other.double(), ~one.is_as(other), difference)


def _joined(before: Apart, start: tuple[int, ...], piece: _Piece) -> Apart:
    """With a piece that begins at `start`."""
    is_nan = piece.one.isnan(), piece.other.isnan()
    largest, place = before.largest, before.place
    size = _sizes(piece.difference)
    if size.numel() and (found := float(size.max())) >= 0 and (largest is None or found > largest):
        at = unravelled(int((size == found).reshape(-1).byte().argmax()), size.shape)
        largest, place = found, tuple(a + b for a, b in zip(start, at, strict=True))
    return Apart(
        before.n_different + int(piece.is_other.sum()),
        before.n_nan + int((is_nan[0] | is_nan[1]).sum()),
        before.n_nan_in_both + int((is_nan[0] & is_nan[1]).sum()),
        largest,
        place,
        before.all_close and torch.allclose(piece.one, piece.other, _RTOL, _ATOL),
    )


def _sizes(difference: torch.Tensor) -> torch.Tensor:
    """How large they are, as float64; -1 of NaN."""
    sizes = difference.abs() if difference.is_complex() else difference.double().abs()  # int64 has no abs of its least
    return sizes.double().nan_to_num(-1.0, math.inf, -math.inf)


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
