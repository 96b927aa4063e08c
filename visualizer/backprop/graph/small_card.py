"""Draws a card from afar: its box with its name in letters that stay readable."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from engine.protocol.kind_names import without_backward
from engine.shared.backward_model import CURRENT, DONE
from visualizer.backprop.graph.card_content import CardContent
from visualizer.backprop.graph.card_look import CardLook, head_of, left_of
from visualizer.backprop.graph.folded_card import draw_progress
from visualizer.backprop.graph.glyphs import LEFT, draw_check, draw_play, elide
from visualizer.backprop.graph.layout_values import CARD_HEIGHT, CARD_WIDTH
from visualizer.backprop.graph.strip import draw_strip

_SMALLER = 0.84  # are letters of a title that would be cut
_LETTERS, _LARGEST_LETTERS = 10.5, 26.0  # pixels of the screen, and of the scene


def draw_name(look: CardLook, painter: QPainter, content: CardContent, width: float, scale: float) -> None:
    """Title, second line where there is room, and the sign of its state, in a card of this width."""
    size = min(_LETTERS / scale, _LARGEST_LETTERS)
    left = left_of(content)
    has_bar = content.stack > 0 and content.state is not None
    bars = 24 if content.strip else 16 if has_bar else 8
    room = QRectF(left, 4, width - left - 8, head_of(content) - bars)
    title = without_backward(content.title)
    lines = [(look.small_face(size), look.title_color(content), title)]
    if room.height() > 2.05 * size and content.subtitle:
        lines.append((look.small_face(size * 0.94, is_mono=True), look.name_color(content), content.subtitle))
    height = room.height() / len(lines)
    for place, ((face, metrics), color, text) in enumerate(lines):
        has_sign = place == 0 and content.state in (DONE, CURRENT) and not content.stack
        line = QRectF(room.left(), room.top() + place * height, room.width() - (1.3 * size if has_sign else 0), height)
        if place == 0 and metrics.horizontalAdvance(text) > line.width():
            face, metrics = look.small_face(size * _SMALLER)
        painter.setFont(face)
        painter.setPen(color)
        painter.drawText(line, LEFT, elide(metrics, text, line.width()))
    _draw_state(look, painter, content, QPointF(room.right() - 0.6 * size, room.top() + height / 2), size)


def _draw_state(look: CardLook, painter: QPainter, content: CardContent, middle: QPointF, size: float) -> None:
    if content.stack and content.state is not None:
        if content.strip:
            draw_strip(painter, content.strip, QRectF(14, CARD_HEIGHT - 22, CARD_WIDTH - 28, 13))
        draw_progress(look, painter, content.progress, QRectF(14, CARD_HEIGHT - 8, CARD_WIDTH - 28, 4))
    elif content.state in (DONE, CURRENT):
        painter.save()
        painter.translate(middle)
        painter.scale(size / 13, size / 13)
        sign, token = (draw_check, "state.done") if content.state == DONE else (draw_play, "flow.line")
        sign(painter, QPointF(0, 0), look.color(token))
        painter.restore()
