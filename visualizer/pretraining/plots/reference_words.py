"""Where the words of reference levels stand in a plot: beside their line, where no curve goes through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from visualizer.look import theme
from visualizer.pretraining.plots.frame import Frame

_SHARE = 0.5  # of the width of a plot, for the words: further to the left the curves are steep


class Drawn(NamedTuple):
    """What is drawn of a curve: its extremes at rising places `x`, all float (n,)."""

    x: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def is_clear_of(self, box: QRectF, frame: Frame) -> bool:
        """Whether it stays out of a box, in pixels."""
        across = frame.x(self.x)
        first, stop = np.searchsorted(across, (box.left(), box.right())).tolist()
        if first == stop and first in (0, len(across)):
            return True  # it begins or ends before
        part = slice(max(first - 1, 0), stop + 1)  # with where it comes from and leads to
        top, bottom = frame.y(self.high[part]), frame.y(self.low[part])
        if len(top) > 1:
            top, bottom = np.fmin(top[1:], top[:-1]), np.fmax(bottom[1:], bottom[:-1])
        return not bool(np.any((top < box.bottom()) & (bottom > box.top())))


class Reference(NamedTuple):
    """A level with its words, whole and ever shorter. `is_end`: curves end there, and lie above it on the left."""

    level: float
    words: tuple[str, ...]
    is_end: bool


def placed_references(
    references: Sequence[Reference], frame: Frame, metrics: QFontMetricsF, curves: Sequence[Drawn]
) -> list[tuple[float, QRectF, str]]:
    """Of each reference in sight: its height, the box of its words, and these, as long as there is room for."""
    area = frame.area
    found: list[tuple[float, QRectF, str]] = []
    room = area.width() * _SHARE
    heights = sorted((frame.point(1, each.level).y(), each) for each in references)
    for index, (y, each) in enumerate(heights):
        if not area.top() <= y <= area.bottom():
            continue
        words = next((words for words in each.words if metrics.horizontalAdvance(words) <= room), "")
        size = QSizeF(metrics.horizontalAdvance(words) + theme.current().px(4), metrics.height())
        is_crowded = index > 0 and y - heights[index - 1][0] < metrics.height() * 1.3
        boxes = list(_boxes(area, y, size, is_crowded=is_crowded, is_end=each.is_end))
        taken = [box for _, box, _ in found]
        found.append((y, _clearest(boxes, taken, frame, curves), words))
    return found


def _boxes(area: QRectF, y: float, size: QSizeF, *, is_crowded: bool, is_end: bool) -> Iterator[QRectF]:
    """Where words may stand, the best first: at the right above their line, below it where the line above is near."""
    margin = theme.current().px(4)
    left, right = area.left() + margin, area.right() - margin - size.width()
    above, below = y - size.height() - 2, y + 2
    corners = [(right, above), (left, above), (right, below), (left, below)]
    if is_end:
        corners = [(left, below), (right, below), (right, above), (left, above)]
    elif is_crowded or above + 2 < area.top():
        corners = [(right, below), (left, below)]
    yield from (QRectF(QPointF(*corner), size) for corner in corners)


def _clearest(boxes: list[QRectF], taken: list[QRectF], frame: Frame, curves: Sequence[Drawn]) -> QRectF:
    """The one that the fewest curves go through, of these the first; where words stand, or outside, only if need be."""

    def costs(box: QRectF) -> tuple[bool, int]:
        is_free = frame.area.top() <= box.top() and box.bottom() <= frame.area.bottom()
        is_free &= not any(map(box.intersects, taken))
        return not is_free, sum(not each.is_clear_of(box, frame) for each in curves)

    return min(boxes, key=costs)
