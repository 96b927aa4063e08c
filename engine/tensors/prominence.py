"""What must be seen of many elements in one cell besides their mean: those that stand out from all others."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from engine.protocol.tensor_values import Grid
from engine.tensors.blocks import NAN, NEGATIVE_INF, POSITIVE_INF, Blocks

_MOST = 256  # cells of the finest level in which a large element stands out, and as many with a small one
_SAMPLE = 1 << 15  # cells, from all over a plane, that stand for all where it is asked what is usual
_FAR = 6.0  # times as far from the median of all cells' extremes as the utmost hundredth of them begins


class Prominence(NamedTuple):
    """Beyond these an element stands out. At every zoom the same ones do."""

    below: float
    above: float

    @classmethod
    def of(cls, finest: Blocks) -> Prominence:
        """From the extremes of the finest cells of a plane."""
        return cls(-_bound(-finest.low), _bound(finest.high))

    def standing_out(self, cells: Blocks) -> tuple[np.ndarray, np.ndarray]:
        """Flat places of the cells that hold such an element, int32, and the element, float32: of two the one that is
        farther out."""
        is_above = (cells.high > self.above) & np.isfinite(cells.high)
        is_below = (cells.low < self.below) & np.isfinite(cells.low)
        takes_low = is_below & (~is_above | (np.abs(cells.low) > np.abs(cells.high)))
        places = np.flatnonzero(is_above | is_below)
        extremes = np.where(takes_low, cells.low, cells.high).reshape(-1)[places]
        return places.astype(np.int32), extremes.astype(np.float32)


def _bound(highest: np.ndarray) -> float:
    usual = _sample(highest)
    if not usual.size:
        usual = highest[np.isfinite(highest)]
    if not usual.size:
        return np.inf
    places = (usual.size // 2, usual.size - 1 - usual.size // 100)
    middle, hundredth = (float(number) for number in np.partition(usual, places)[list(places)])
    bound = middle + _FAR * (hundredth - middle)
    beyond = highest[(highest > bound) & (highest < np.inf)]
    if beyond.size > _MOST:
        bound = float(np.partition(beyond, beyond.size - _MOST - 1)[beyond.size - _MOST - 1])
    return bound


def _sample(numbers: np.ndarray) -> np.ndarray:
    """The finite ones of some, evenly spaced; the step divides no row, else these would be of a few columns."""
    step = -(-numbers.size // _SAMPLE)
    while math.gcd(step, numbers.shape[1]) != 1:
        step += 1
    some = numbers.reshape(-1)[::step]
    return some[np.isfinite(some)]


def seen(cells: Blocks) -> Grid:
    """The means; NaN in place of one where an element is NaN, else Inf where one is."""
    shown = np.where(cells.odd & POSITIVE_INF, np.float32(np.inf), cells.mean)
    shown = np.where((cells.odd & (POSITIVE_INF | NEGATIVE_INF)) == NEGATIVE_INF, np.float32(-np.inf), shown)
    return Grid.of(np.where(cells.odd & NAN, np.float32(np.nan), shown))
