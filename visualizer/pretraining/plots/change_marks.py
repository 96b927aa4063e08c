"""Where settings of a run were changed: a thin line through every plot, and words in the readout."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from engine.shared.language import tr
from visualizer.look import theme
from visualizer.pretraining import formatting
from visualizer.pretraining.curves import Curves


def places(curves: Curves, unit: str) -> tuple[float, ...]:
    """On the horizontal axis, of every change."""
    return tuple(curves.at_step(step, unit) for step, _ in curves.changes)


def paint_lines(painter: QPainter, area: QRectF, pixels: list[float]) -> None:
    """A line at each of these places that lies in the area; behind all else, so that it crosses no words."""
    painter.setPen(QPen(theme.current().color("warn.text"), 1))
    for x in _columns(area, pixels):
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))


def paint_flags(painter: QPainter, area: QRectF, pixels: list[float]) -> None:
    """A flag at the upper end of each line."""
    look = theme.current()
    painter.setPen(QPen(look.color("warn.text"), 1))
    painter.setBrush(look.color("warn.text"))
    size, top = look.px(5), area.top()
    for x in _columns(area, pixels):
        painter.drawPolygon([QPointF(x, top), QPointF(x + size, top + size / 2), QPointF(x, top + size)])


def _columns(area: QRectF, pixels: list[float]) -> list[float]:
    return [round(pixel) + 0.5 for pixel in pixels if area.left() <= pixel <= area.right()]


def rows(curves: Curves, step: float) -> list[tuple[str, str]]:
    """What was changed last before a step, for the readout."""
    before = [(at, words) for at, words in curves.changes if at < step]
    if not before:
        return []
    at, words = before[-1]
    first, *rest = words.split(", ")
    return [(tr("from {step}", step=formatting.count(at + 1)), first), *(("", each) for each in rest)]
