"""Draws the box of a card: its outline by state, the sheets of a stack under it, the stripe at its left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from engine.shared.backward_model import CURRENT, FAILED, NOT_NEEDED, READY, WAITING, NodeState
from visualizer.backprop.graph.card_content import CardContent
from visualizer.backprop.graph.card_look import RADIUS, CardLook, head_of
from visualizer.backprop.graph.layout_values import STACK_OFFSET, STACK_RISE
from visualizer.look import theme


def draw_box(
    look: CardLook, painter: QPainter, content: CardContent, box: QRectF, *, selected: bool, marked: bool
) -> None:
    """Outlines, the sheets under a stack, the box in the colours of its state, and the stripe."""
    color, state = look.color, content.state
    if selected or marked:
        pen = QPen(color("accent.line"), 2.0)
        if not selected:
            pen.setDashPattern([2.0, 1.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-3.5, -3.5, 3.5, 3.5), RADIUS + 3.5, RADIUS + 3.5)
    elif state == CURRENT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("flow.mark"))
        painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), RADIUS + 4, RADIUS + 4)
    if content.stack:
        painter.setPen(QPen(color("line.default"), 1.0))
        painter.setBrush(color("bg.canvas"))
        for sheet in range(2 if content.stack > 1 else 1, 0, -1):
            painter.drawRoundedRect(box.translated(sheet * STACK_OFFSET, -sheet * STACK_RISE), RADIUS, RADIUS)
    pen, fill = ghost_outline() if content.is_ghost else _outline(look, state)
    painter.setPen(pen)
    painter.setBrush(fill)
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5) if pen.widthF() > 1.5 else box
    painter.drawRoundedRect(inner, RADIUS, RADIUS)
    if content.stripe or not content.stack:
        _draw_stripe(look, painter, content)


def _draw_stripe(look: CardLook, painter: QPainter, content: CardContent) -> None:
    """Of its category; that of a number, which is what one looks for then, is a band that is seen from afar."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(content.stripe) if content.stripe else look.category_color(content))
    height = head_of(content)
    place = QRectF(4, 4, 13, height - 8) if content.stripe else QRectF(8, 10, 4, height - 20)
    painter.drawRoundedRect(place, 2, 2)


def ghost_outline() -> tuple[QPen, QBrush]:
    """Of what lies behind a cut."""
    color = theme.current().color
    pen = QPen(color("line.control"), 1.0)
    pen.setDashPattern([2.0, 3.0])
    return pen, QBrush(color("bg.canvas"))


def _outline(look: CardLook, state: NodeState | None) -> tuple[QPen, QBrush]:
    color = look.color
    pen, fill = QPen(color("line.default"), 1.0), color("bg.raised")
    if state == CURRENT:
        pen, fill = QPen(color("flow.line"), 2.0), color("flow.card")
    elif state == FAILED:
        pen, fill = QPen(color("error.text"), 2.0), color("error.tint")
    elif state == READY:
        pen = QPen(color("state.ready"), 1.5)
        pen.setDashPattern([3.4, 2.2])
    elif state == WAITING:
        pen = QPen(color("state.waiting"), 1.25)
    elif state == NOT_NEEDED:
        pen, fill = QPen(color("line.subtle"), 1.0), color("bg.canvas")
    return pen, QBrush(fill)
