"""What whole large tensors are in numbers: read in turns, so that a picture comes in between, and kept from one answer
to the next. The table's row and the inspector ask in turn, and say the same."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from time import monotonic
from typing import Any, NamedTuple

import numpy as np
import torch

from engine.tensors.gate import GATE
from engine.tensors.in_place import CONVERSIONS, in_place, is_direct
from engine.tensors.reading import as_array, check_whole, pieces, real

_MOST = 2048  # tensors: of a table the rows and their gradients
_PIECE_ELEMENTS = 1 << 22  # what of a turn is not read twice
_CACHED_ELEMENTS = 1 << 16  # as many as stay in a processor's cache from one reduction to the next
_TINY = 1e-30  # squares that are smaller, or not finite, are made again in float64


class Whole(NamedTuple):
    """Of all elements; but for the counts, of the finite ones."""

    n_finite: int = 0
    low: float = math.inf
    high: float = -math.inf
    mean: float = 0.0
    deviations: float = 0.0  # from the mean, squared and summed
    n_zero: int = 0
    n_nan: int = 0
    n_inf: int = 0

    def joined(self, other: Whole) -> Whole:
        """Of both together."""
        n = self.n_finite + other.n_finite
        apart, share = other.mean - self.mean, other.n_finite / max(n, 1)
        between = apart * apart * self.n_finite * share
        return Whole(
            n,
            min(self.low, other.low),
            max(self.high, other.high),
            self.mean + apart * share if self.n_finite else other.mean,
            self.deviations + other.deviations + (between if self.n_finite else 0.0),
            self.n_zero + other.n_zero,
            self.n_nan + other.n_nan,
            self.n_inf + other.n_inf,
        )

    def times(self, n: int) -> Whole:
        """Where each element stands so many times."""
        counts = (self.n_zero * n, self.n_nan * n, self.n_inf * n)
        return Whole(self.n_finite * n, self.low, self.high, self.mean, self.deviations * n, *counts)

    @property
    def std(self) -> float | None:
        """Unbiased; None of a single element."""
        return math.sqrt(self.deviations / (self.n_finite - 1)) if self.n_finite > 1 else None

    @property
    def norm(self) -> float:
        """The Euclidean one."""
        return math.hypot(math.sqrt(self.deviations), math.sqrt(self.n_finite) * self.mean)


class _Reading:
    """One tensor's, as far as it has been read."""

    def __init__(self) -> None:
        self._whole, self._n_pieces, self._is_whole = Whole(), 0, False

    def go_on(self, tensor: torch.Tensor, until_s: float) -> Whole | None:
        """Until then, by `monotonic()`. What was read stays read where it gives way."""
        if self._is_whole:
            return self._whole
        for piece in itertools.islice(pieces(tensor, _PIECE_ELEMENTS), self._n_pieces, None):
            if monotonic() >= until_s:
                return None
            self._whole = self._whole.joined(_of_piece(piece))
            self._n_pieces += 1
        self._is_whole = True
        return self._whole


class Counted:
    """The newest tensors, by their moments. Only inside `GATE.reading`, and `unobserved`."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], _Reading] = {}

    def forget(self) -> None:
        """The program has run: what it wrote may not show in a moment."""
        self._known.clear()

    def of(self, moment: tuple[object, ...], tensor: torch.Tensor, until_s: float = math.inf) -> Whole | None:
        """All of a plain tensor as it is at that moment; None where that takes longer than until then, by
        `monotonic()`: another question goes on from there."""
        reading = self._known.pop(moment, None) or _Reading()
        self._known[moment] = reading
        while len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
        return reading.go_on(tensor, until_s)


def _of_piece(piece: torch.Tensor) -> Whole:
    check_whole(piece)
    found = Whole()
    for numbers in _in_the_cache(piece):
        GATE.give_way()
        found = found.joined(_of_numbers(numbers))
    return found


def _in_the_cache(piece: torch.Tensor) -> Iterator[np.ndarray]:
    """float32 or float64, one after the other in memory; magnitudes of complex numbers."""
    if not is_direct(piece):
        GATE.give_way()
        numbers = as_array(real(piece)).reshape(-1)
        yield from (numbers[at : at + _CACHED_ELEMENTS] for at in range(0, numbers.size, _CACHED_ELEMENTS))
        return
    convert = CONVERSIONS.get(piece.dtype, np.ascontiguousarray)
    for part in pieces(piece, _CACHED_ELEMENTS):
        numbers = convert(in_place(part)).reshape(-1)
        yield numbers if numbers.dtype.kind == "f" else numbers.astype(np.float64)


def _of_numbers(numbers: np.ndarray) -> Whole:
    n_zero, n_nan, n_inf = int(np.count_nonzero(np.equal(numbers, 0))), 0, 0
    with np.errstate(all="ignore"):
        low, high = float(numbers.min()), float(numbers.max())  # either carries NaN on
        if not (math.isfinite(low) and math.isfinite(high)):
            n_nan, n_inf = int(np.count_nonzero(np.isnan(numbers))), int(np.count_nonzero(np.isinf(numbers)))
            numbers = numbers[np.isfinite(numbers)]
            if not numbers.size:
                return Whole(n_zero=n_zero, n_nan=n_nan, n_inf=n_inf)
            low, high = float(numbers.min()), float(numbers.max())
        mean, deviations = _spread(numbers) if low < high else (low, 0.0)
        if low < high and not _TINY < deviations < math.inf:
            mean, deviations = _spread(numbers.astype(np.float64))
    return Whole(numbers.size, low, high, mean, deviations, n_zero, n_nan, n_inf)


def _spread(numbers: np.ndarray) -> tuple[float, float]:
    """The mean, and the sum of the squared deviations from it. What is taken off first is only near to the mean."""
    near: Any = numbers.mean(dtype=numbers.dtype)
    apart = numbers - near
    rest = float(apart.sum(dtype=np.float64)) / numbers.size
    apart *= apart  # no product of vectors, which BLAS shares out among threads that wait for each other
    deviations = float(apart.sum(dtype=numbers.dtype)) - rest * rest * numbers.size
    return float(near) + rest, max(deviations, 0.0) if not math.isnan(deviations) else math.inf


COUNTED = Counted()
