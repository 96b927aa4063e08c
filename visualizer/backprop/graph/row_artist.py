"""Draws leaves as rows of the card that uses them: state, name, shape, value, and the gradient or `.grad`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from engine.shared.backward_model import CURRENT, DONE, FAILED, NOT_NEEDED, READY, WAITING, NodeState
from engine.shared.language import trn
from visualizer.backprop.graph.card_content import RowContent, Slot
from visualizer.backprop.graph.glyphs import LEFT, RIGHT, draw_check, draw_play, elide, sized
from visualizer.backprop.graph.layout_values import ROW_HEIGHT
from visualizer.look import theme

_LEFT, _RIGHT = 12.0, 8.0
_THUMB_WIDTH, _THUMB_HEIGHT = 24.0, 13.0
_NAME_SHARE = 0.55  # of the room for words
_LEAST_SHAPE = 40.0
_NUMBERS_GAP = 16.0  # or the sign of one would subtract it from the other
_STATES = {READY: "state.ready", WAITING: "state.waiting", FAILED: "error.text"}


class RowArtist:
    """Fonts of today's theme. `draw_image` draws a thumbnail as a card's own are drawn."""

    def __init__(self, draw_slot: Callable[[QPainter, Slot, QRectF, str], None]) -> None:
        self.look = theme.current()
        self._name = sized(self.look.mono(11, 500), 11)
        self._words = sized(self.look.mono(10.5), 10.5)
        self._names, self._metrics = QFontMetricsF(self._name), QFontMetricsF(self._words)
        self._draw_slot = draw_slot

    def draw(self, painter: QPainter, row: RowContent, top: float, width: float, *, selected: bool) -> None:
        """One row of a card of this width, its upper edge at `top`."""
        place = QRectF(1, top, width - 2, ROW_HEIGHT)
        self._draw_ground(painter, row, place, selected)
        if row.n_more:
            self._draw_text(
                painter, trn("… {n} more", "… {n} more", row.n_more), place.adjusted(_LEFT, 0, -_RIGHT, 0), "text.muted"
            )
            return
        right = place.right() - _RIGHT
        if not row.n_uses:
            right = self._draw_tensors(painter, row, place, right)
        self._draw_sign(painter, row, QPointF(_LEFT + 2, place.center().y()))
        self._draw_words(painter, row, QRectF(_LEFT + 10, top, right - _LEFT - 14, ROW_HEIGHT))

    def draw_small(
        self,
        painter: QPainter,
        row: RowContent,
        top: float,
        width: float,
        face: tuple[QFont, QFontMetricsF] | None,
        *,
        selected: bool,
    ) -> None:
        """From afar: its sign and its name in a face that can be read; without one, nothing but its ground."""
        place = QRectF(1, top, width - 2, ROW_HEIGHT)
        self._draw_ground(painter, row, place, selected)
        if face is None:
            return
        font, metrics = face
        if not row.n_more:
            self._draw_sign(painter, row, QPointF(_LEFT + 2, place.center().y()))
        room = place.adjusted(_LEFT + 10, 0, -_RIGHT, 0)
        words = (
            trn("… {n} more", "… {n} more", row.n_more) if row.n_more else f"→ {row.name}" if row.n_uses else row.name
        )
        painter.setFont(font)
        painter.setPen(self.look.color("text.muted") if row.n_more or row.state == NOT_NEEDED else self._color(row))
        painter.drawText(room, LEFT, elide(metrics, words, room.width()))

    def _draw_ground(self, painter: QPainter, row: RowContent, place: QRectF, selected: bool) -> None:
        color = self.look.color
        painter.setPen(QPen(color("line.subtle"), 1))
        painter.drawLine(place.topLeft(), place.topRight())
        if row.stripe:
            painter.fillRect(QRectF(5, place.top() + 3.5, 3, ROW_HEIGHT - 6), QColor(row.stripe))
        inner = place.adjusted(1.5, 1.5, -1.5, -0.5)
        if row.state == CURRENT:
            painter.setPen(QPen(color("flow.line"), 1.5))
            painter.setBrush(color("flow.card"))
            painter.drawRoundedRect(inner, 4, 4)
        if selected:
            painter.setPen(QPen(color("accent.line"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 4, 4)

    def _draw_tensors(self, painter: QPainter, row: RowContent, place: QRectF, right: float) -> float:
        """Value, and what the pass has brought; gives back where the words have to end."""
        slots = [(row.value, "text.primary")] if row.gradient is None else [
            (row.value, "text.primary"), (row.gradient, "flow.text")]  # fmt: skip
        if row.difference is not None:
            slots.append((row.difference, "flow.text"))
        for slot, token in reversed(slots):
            if slot.is_empty:
                continue
            if slot.text:
                width = self._metrics.horizontalAdvance(slot.text)
                painter.setFont(self._words)
                painter.setPen(self.look.color(slot.mark if slot.mark in ("nan", "inf") else token))
                painter.drawText(QRectF(right - width - 2, place.top(), width + 2, ROW_HEIGHT), RIGHT, slot.text)
                right -= width + _NUMBERS_GAP
                continue
            box = QRectF(right - _THUMB_WIDTH, place.center().y() - _THUMB_HEIGHT / 2, _THUMB_WIDTH, _THUMB_HEIGHT)
            self._draw_slot(painter, slot, box, token)
            right -= _THUMB_WIDTH + 6
        return right

    def _draw_sign(self, painter: QPainter, row: RowContent, middle: QPointF) -> None:
        """What became of the leaf in this pass, else its category's colour."""
        painter.save()
        painter.translate(middle)
        painter.scale(0.62, 0.62)
        if row.state == DONE:
            draw_check(painter, QPointF(0, 0), self.look.color("state.done"))
        elif row.state == CURRENT:
            draw_play(painter, QPointF(0, 0), self.look.color("flow.line"))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._color(row))
            painter.drawEllipse(QPointF(0, 0), 3.6, 3.6)
        painter.restore()

    def _draw_words(self, painter: QPainter, row: RowContent, room: QRectF) -> None:
        name = f"→ {row.name}" if row.n_uses else row.name
        shape = trn("{n} use", "{n} uses", row.n_uses) if row.n_uses else row.shape
        beside = self._metrics.horizontalAdvance(shape) + 8
        wanted = self._names.horizontalAdvance(name)
        has_share = wanted > room.width() and room.width() * (1 - _NAME_SHARE) >= max(beside, _LEAST_SHAPE)
        has_shape = has_share or room.width() - wanted >= beside  # a name that has room is there whole
        width = room.width() - beside if has_shape else room.width()
        painter.setFont(self._name)
        painter.setPen(self._color(row) if row.state != NOT_NEEDED else self.look.color("text.muted"))
        painter.drawText(room, LEFT, elide(self._names, name, width))
        if has_shape and shape:
            start = min(wanted, width) + 8
            self._draw_text(painter, shape, room.adjusted(start, 0, 0, 0), "text.muted")

    def _draw_text(self, painter: QPainter, text: str, room: QRectF, token: str) -> None:
        painter.setFont(self._words)
        painter.setPen(self.look.color(token))
        painter.drawText(room, LEFT, text)

    def _color(self, row: RowContent) -> QColor:
        state: NodeState | None = row.state
        if state in _STATES:
            return self.look.color(_STATES[state])
        return self.look.color(f"cat.{row.category}")
