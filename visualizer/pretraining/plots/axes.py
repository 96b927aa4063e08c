"""The grid of a plot and the numbers of its two axes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from visualizer.look import theme
from visualizer.pretraining.plots.frame import Frame

_CENTER = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FONT = 10.5  # pixels at 100 %


@lru_cache(maxsize=1024)
def _width(words: str, scale: float) -> float:
    return QFontMetricsF(theme.current().font(_FONT)).horizontalAdvance(words)


def width(words: str) -> float:
    """Of the number of a tick, in pixels; measured once, because while one pans the same ones stand there."""
    return _width(words, theme.current().scale)


def paint_grid(painter: QPainter, frame: Frame, ticks_x: Sequence[float], ticks_y: Sequence[float]) -> None:
    """A line for each tick, and the line that the axis lies on."""
    look, area = theme.current(), frame.area
    across = [round(frame.across(tick)) + 0.5 for tick in ticks_x]
    lines = [QLineF(x, area.top(), x, area.bottom()) for x in across]
    down = [round(frame.down(tick)) + 0.5 for tick in ticks_y]
    lines += [QLineF(area.left(), y, area.right(), y) for y in down]
    painter.setPen(QPen(look.color("line.subtle"), 1))
    painter.drawLines(lines)
    painter.setPen(QPen(look.color("line.default"), 1))
    y = round(area.bottom()) + 0.5
    painter.drawLine(QLineF(area.left(), y, area.right(), y))


def begin_numbers(painter: QPainter) -> None:
    """Their font and colour."""
    painter.setFont(theme.current().font(_FONT))
    painter.setPen(theme.current().color("text.muted"))


def paint_numbers_x(
    painter: QPainter, frame: Frame, ticks: Sequence[float], words_of: Callable[[float], str], end: float
) -> None:
    """Below the axis, as many as have room between 0 and `end`, the right edge of the widget."""
    look, height = theme.current(), QFontMetricsF(painter.font()).height()
    taken = -math.inf
    for tick in ticks:
        words, x = words_of(tick), frame.across(tick)
        room = width(words) + 2
        left = min(max(x - room / 2, 0), end - room)
        if left < taken:  # on a logarithmic axis they stand closer to the right
            continue
        taken = left + room + look.px(4)
        painter.drawText(QRectF(left, frame.area.bottom() + look.px(5), room, height), _CENTER, words)


def paint_numbers_y(painter: QPainter, frame: Frame, ticks: Sequence[float], words_of: Callable[[float], str]) -> None:
    """At the left."""
    height, right = QFontMetricsF(painter.font()).height(), frame.area.left() - theme.current().px(6)
    above = math.inf
    for tick in ticks:
        y = frame.down(tick)
        if above - y < height:  # a low plot has no room for both
            continue
        above = y
        painter.drawText(QRectF(0, y - height / 2, right, height), _RIGHT, words_of(tick))
