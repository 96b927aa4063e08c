"""The vertical range that most numbers need, and marks where a line leaves it: one run that diverges, or one spike,
need not press all others together."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from visualizer.look import theme
from visualizer.pretraining.plots.decimation import Seen
from visualizer.pretraining.plots.frame import Frame
from visualizer.pretraining.plots.strokes import Line

_REACH = 1.5  # of the distance between the quartiles: Tukey's fences, Exploratory Data Analysis, 1977
_MOST = 1, 95  # percentiles: what a run spends at its start is less, its noise is more
_MARK = 3.5  # pixels at 100 %


def usual(values: np.ndarray, *, is_log: bool) -> tuple[float, float]:
    """The least and the greatest of the finite `values` that are no outliers, by their logarithms where `is_log`; NaN
    where there is none. Numbers of which half are equal have no outliers."""
    values = values[np.isfinite(values) & ((values > 0) | (not is_log))]
    if not len(values):
        return np.nan, np.nan
    heights = np.log10(values) if is_log else values
    first, third = np.percentile(heights, (25, 75))
    reach = _REACH * (third - first)
    inside = values[(heights >= first - reach) & (heights <= third + reach)] if reach > 0 else values
    return float(inside.min()), float(inside.max())


def most(seen: Seen) -> tuple[float, float]:
    """What one line needs for most of its numbers, whatever others do: its noise is no outlier beside smooth ones."""
    low, high = (each[np.isfinite(each)] for each in (seen.low, seen.high))
    if not len(low):
        return np.nan, np.nan
    return float(np.percentile(low, _MOST[0])), float(np.percentile(high, _MOST[1]))


def paint_cuts(painter: QPainter, frame: Frame, lines: Iterable[Line]) -> None:
    """A triangle at the upper edge where a line lies above the range, one at the foot where it lies below, in its
    colour."""
    look, (bottom, top) = theme.current(), frame.y_range
    size = look.px(_MARK)
    for line in lines:
        seen = line.seen(frame)
        painter.setPen(QPen(look.color(line.color), look.px(1)))
        painter.setBrush(look.color(line.color))
        for is_cut, edge, tip in (
            (seen.high > top, frame.area.top(), size),
            (seen.low < bottom, frame.area.bottom(), -size),
        ):
            x = frame.x(seen.x[is_cut])
            x = x[(x >= frame.area.left()) & (x <= frame.area.right())]
            for at in (np.unique(np.round(x / (3 * size))) * 3 * size).tolist():
                base = edge + tip
                painter.drawPolygon([QPointF(at, edge), QPointF(at - size, base), QPointF(at + size, base)])
