"""Where the numbers of a plot stand in pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QPointF, QRectF

_FARTHEST = 20_000.0  # pixels: painters draw no further
_LEAST = 1e-300


def placed(value: float, is_log: bool) -> float:
    """A number on its axis: itself, or its power of ten."""
    return math.log10(max(value, _LEAST)) if is_log else value


@dataclass(frozen=True)
class Frame:
    """The ranges of both axes, and the rectangle that they fill."""

    area: QRectF
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    is_log_x: bool = False
    is_log_y: bool = False

    @cached_property
    def _to_x(self) -> tuple[float, float, float]:
        low, high = (placed(end, self.is_log_x) for end in self.x_range)
        return self.area.left(), low, self.area.width() / (high - low)

    @cached_property
    def _to_y(self) -> tuple[float, float, float]:
        low, high = (placed(end, self.is_log_y) for end in self.y_range)
        return self.area.bottom(), low, -self.area.height() / (high - low)

    def x(self, values: np.ndarray) -> np.ndarray:
        """Pixels from the left."""
        start, low, pixels = self._to_x
        return _reachable(start + (_placed(values, self.is_log_x) - low) * pixels)

    def y(self, values: np.ndarray) -> np.ndarray:
        """Pixels from above. What has no place on a logarithmic axis lies below it."""
        start, low, pixels = self._to_y
        return _reachable(start + (_placed(values, self.is_log_y) - low) * pixels)

    def across(self, value: float) -> float:
        """One place, pixels from the left."""
        start, low, pixels = self._to_x
        return _within(start + (placed(value, self.is_log_x) - low) * pixels)

    def down(self, value: float) -> float:
        """One place, pixels from above."""
        start, low, pixels = self._to_y
        return _within(start + (placed(value, self.is_log_y) - low) * pixels)

    def point(self, x: float, y: float) -> QPointF:
        """One place in pixels."""
        return QPointF(self.across(x), self.down(y))

    def back_x(self, pixel: float) -> float:
        """The number under a pixel, within the range."""
        share = min(max((pixel - self.area.left()) / max(self.area.width(), 1), 0), 1)
        low, high = (placed(end, self.is_log_x) for end in self.x_range)
        place = low + share * (high - low)
        return 10.0**place if self.is_log_x else place

    def edges(self) -> np.ndarray:
        """The numbers at the edges of the pixel columns, one more than there are columns."""
        low, high = (placed(end, self.is_log_x) for end in self.x_range)
        places = np.linspace(low, high, max(round(self.area.width()), 1) + 1)
        return 10.0**places if self.is_log_x else places

    def occupied(self, x: np.ndarray) -> np.ndarray:
        """The pixels of the columns that have one of the rising places `x`."""
        edges = self.edges()
        cuts = np.searchsorted(x, edges)
        cuts[-1] = np.searchsorted(x, edges[-1], side="right")
        return self.x(edges[:-1][np.diff(cuts) > 0])


def _reachable(pixels: np.ndarray) -> np.ndarray:
    return np.minimum(np.maximum(pixels, -_FARTHEST), _FARTHEST)  # half the time of np.clip for a plot's few numbers


def _within(pixel: float) -> float:
    return min(max(pixel, -_FARTHEST), _FARTHEST)


def _placed(values: np.ndarray, is_log: bool) -> np.ndarray:
    return np.log10(np.maximum(values, _LEAST)) if is_log else values
