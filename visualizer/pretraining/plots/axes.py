"""The grid of a plot and the numbers of its two axes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QStaticText, QTransform

from visualizer.look import theme
from visualizer.pretraining.plots.frame import Frame

_FONT = 10.5  # pixels at 100 %


_FIGURES = str.maketrans("123456789", "000000000")


@lru_cache(maxsize=1024)
def _width(words: str, scale: float) -> float:
    return QFontMetricsF(theme.current().font(_FONT)).horizontalAdvance(words)


@lru_cache(maxsize=1024)
def _text(words: str, scale: float) -> tuple[QStaticText, float]:
    """With its width. Laid out once: that takes longer than to draw it."""
    text = QStaticText(words)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.prepare(QTransform(), theme.current().font(_FONT))
    return text, width(words)


def width(words: str) -> float:
    """Of the number of a tick, in pixels; measured once for all of its pattern, because figures are equally wide."""
    return _width(words.translate(_FIGURES), theme.current().scale)


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
    look, top = theme.current(), frame.area.bottom() + theme.current().px(5)
    taken = -math.inf
    for tick in ticks:
        text, wide = _text(words_of(tick), look.scale)
        room, x = wide + 2, frame.across(tick)
        left = min(max(x - room / 2, 0), end - room)
        if left < taken:  # on a logarithmic axis they stand closer to the right
            continue
        taken = left + room + look.px(4)
        painter.drawStaticText(QPointF(left + 1, top), text)


def paint_numbers_y(painter: QPainter, frame: Frame, ticks: Sequence[float], words_of: Callable[[float], str]) -> None:
    """At the left."""
    look = theme.current()
    height, right = QFontMetricsF(painter.font()).height(), frame.area.left() - look.px(6)
    above = math.inf
    for tick in ticks:
        y = frame.down(tick)
        if above - y < height:  # a low plot has no room for both
            continue
        above = y
        text, wide = _text(words_of(tick), look.scale)
        painter.drawStaticText(QPointF(right - wide, y - height / 2), text)
