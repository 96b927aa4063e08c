"""What the pixel columns show of a million numbers: their extremes, kept while one pans over them."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from visualizer.pretraining.plots.frame import Frame, placed
from visualizer.pretraining.plots.series import Series

_SAME = 1e-6  # widths of pixel columns that differ by less are the same one, panned


class Seen(NamedTuple):
    """Of each point, or of each pixel column that has some, its place on the axis, and its `heights`, float (4, n): the
    first, the least, the greatest and the last value, float (1, n) of a point; NaN where the line breaks."""

    x: np.ndarray
    heights: np.ndarray

    @property
    def is_points(self) -> bool:
        return len(self.heights) == 1

    @property
    def low(self) -> np.ndarray:
        return self.heights[0 if self.is_points else 1]

    @property
    def high(self) -> np.ndarray:
        return self.heights[0 if self.is_points else 2]

    def ends(self, *, is_above_zero: bool) -> tuple[float, float]:
        """The least and the greatest value, of all or of those above 0; NaN where there is none."""
        low, high = self.low, self.high
        if is_above_zero:
            low, high = (np.where(each > 0, each, np.nan) for each in (low, high))
        return float(np.fmin.reduce(low, initial=np.nan)), float(np.fmax.reduce(high, initial=np.nan))


class Decimation:
    """Of one column at the rising places `x`. Pixel columns lie at multiples of their width, not at the edge of what is
    visible: so a pan takes those that are there, and nothing flickers."""

    def __init__(self, series: Series, x: np.ndarray) -> None:
        self._series, self._x = series, x
        self._width, self._is_log = 0.0, False
        self._from, self._to = math.inf, -math.inf  # the columns that are known, as multiples of the width
        self._known = Seen(np.empty(0), np.empty((4, 0)))
        self._last: tuple[object, Seen] = None, self._known

    def seen(self, frame: Frame) -> Seen:
        """What is drawn in a frame, whatever its vertical range, with what the line comes from and leads to."""
        key = frame.x_range, frame.is_log_x, frame.area.width()
        if key != self._last[0]:  # a picture asks twice: for its vertical range, and to draw
            self._last = key, self._found(frame)
        return self._last[1]

    def _found(self, frame: Frame) -> Seen:
        low, high = frame.x_range
        first = max(int(self._x.searchsorted(low)) - 1, 0)
        stop = min(int(self._x.searchsorted(high, side="right")) + 1, len(self._x))
        n_columns = max(math.ceil(frame.area.width()), 1)
        if stop - first <= 2 * n_columns:
            values = self._series.values[first:stop]
            values = np.where(np.isfinite(values), values, np.nan)
            return Seen(self._x[first:stop], values[None])
        return self._columns(frame, n_columns)

    def _columns(self, frame: Frame, n_columns: int) -> Seen:
        low, high = (placed(end, frame.is_log_x) for end in frame.x_range)
        width = (high - low) / n_columns
        is_panned = frame.is_log_x == self._is_log and abs(width - self._width) <= _SAME * width
        if not is_panned:
            self._width, self._is_log = width, frame.is_log_x
        start, end = math.floor(low / self._width), math.ceil(high / self._width)
        if not is_panned or start < self._from or end > self._to:
            more = n_columns if is_panned else 0  # who pans goes on
            self._from, self._to = start - more, end + more
            self._known = self._decimated()
        edges = self._values(np.array([start, end]))
        known = self._known
        first, stop = known.x.searchsorted(edges).tolist()
        part = slice(max(first - 1, 0), stop + 1)
        return Seen(known.x[part], known.heights[:, part])

    def _values(self, multiples: np.ndarray) -> np.ndarray:
        """Multiples of the width as numbers on the axis."""
        places = multiples * self._width
        return 10.0**places if self._is_log else places

    def _decimated(self) -> Seen:
        x, series = self._x, self._series
        edges = self._values(np.arange(self._from, self._to + 1))
        cuts = np.searchsorted(x, edges)
        cuts[0] = max(cuts[0] - 1, 0)
        cuts[-1] = min(int(np.searchsorted(x, edges[-1], side="right")) + 1, len(x))
        is_filled = cuts[1:] > cuts[:-1]
        starts, stops = cuts[:-1][is_filled], cuts[1:][is_filled]
        lows, highs = series.extremes(starts, stops)
        ends = [
            np.where(np.isfinite(found), found, lows) for found in (series.values[starts], series.values[stops - 1])
        ]
        return Seen((edges[1:] + edges[:-1])[is_filled] / 2, np.array((ends[0], lows, highs, ends[1])))
