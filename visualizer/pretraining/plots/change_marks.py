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


def paint(painter: QPainter, area: QRectF, pixels: list[float]) -> None:
    """A line at each of these places that lies in the area, with a flag at its upper end."""
    look = theme.current()
    painter.setPen(QPen(look.color("warn.text"), 1))
    painter.setBrush(look.color("warn.text"))
    size = look.px(5)
    for pixel in pixels:
        if area.left() <= pixel <= area.right():
            x = round(pixel) + 0.5
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            top = area.top()
            painter.drawPolygon([QPointF(x, top), QPointF(x + size, top + size / 2), QPointF(x, top + size)])


def rows(curves: Curves, step: float) -> list[tuple[str, str]]:
    """What was changed last before a step, for the readout."""
    before = [(at, words) for at, words in curves.changes if at < step]
    if not before:
        return []
    at, words = before[-1]
    first, *rest = words.split(", ")
    return [(tr("from {step}", step=formatting.count(at + 1)), first), *(("", each) for each in rest)]
