"""Draws one card at 100 %, its upper left corner at the painter's origin. Sizes are those of the design's tokens."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from engine.protocol.kind_names import without_backward
from engine.shared.backward_model import CURRENT, DONE, FAILED, NOT_NEEDED, READY, WAITING
from visualizer.backprop.graph.card_box import draw_box
from visualizer.backprop.graph.card_content import CardContent
from visualizer.backprop.graph.card_look import ROW_MIDDLES, TEXT_LEFT, CardLook, head_of, size_of
from visualizer.backprop.graph.folded_card import draw_folded
from visualizer.backprop.graph.glyphs import CENTER, LEFT, draw_check, draw_play, elide
from visualizer.backprop.graph.layout_values import CARD_WIDTH, ROW_HEIGHT
from visualizer.backprop.graph.row_artist import RowArtist
from visualizer.backprop.graph.slot_artist import THUMB_INSET, SlotArtist
from visualizer.backprop.graph.small_card import draw_name

PAGER = QRectF(CARD_WIDTH - 112, 30, 44, 17)
_PAGER_TOP, _PAGER_GAP = 23.0, 6.0  # of one beside the value
_GLYPH_GAP = 12.0  # from the slots to the right end of glyph or pill
_ROW_LETTERS, _ROW_SHARE = 9.0, 0.85  # from afar: pixels of the screen, and at most so much of a row
_SLIM_INSET, _SLIM_THUMB = 8.0, QRectF(0, 9, 34, 22)


class CardArtist:
    """Fonts, pens and metrics of today's theme, and the drawing of cards with them."""

    def __init__(self) -> None:
        self._look = CardLook()
        self._slots = SlotArtist(self._look)
        self._rows = RowArtist(partial(self._slots.draw, outlined=False))

    def draw(
        self, painter: QPainter, content: CardContent, *, selected: bool = False, marked: bool = False, row: int = -1
    ) -> None:
        """One card in full. `row` is the leaf (index in graph.nodes) whose row is selected."""
        width = self.draw_blank(painter, content, selected=selected, marked=marked)
        if content.stack:
            draw_folded(self._look, painter, content, width)
            return
        if content.is_slim:
            self._draw_slim(painter, content, width)
        else:
            self._draw_words(painter, content, width)
            self._slots.draw_all(painter, content, width)
            self._draw_state(painter, content, width)
        for place, leaf in enumerate(content.rows):
            top = head_of(content) + place * ROW_HEIGHT
            self._rows.draw(painter, leaf, top, width, selected=leaf.node == row and row >= 0)

    def draw_small(
        self,
        painter: QPainter,
        content: CardContent,
        scale: float,
        *,
        selected: bool = False,
        marked: bool = False,
        row: int = -1,
    ) -> None:
        """The card's outline and stripe with its name in letters that stay readable at a small `scale`."""
        width = self.draw_blank(painter, content, selected=selected, marked=marked)
        size = _ROW_LETTERS / scale
        face = self._look.small_face(size, is_mono=True) if size <= _ROW_SHARE * ROW_HEIGHT else None
        for place, leaf in enumerate(content.rows):
            top = head_of(content) + place * ROW_HEIGHT
            self._rows.draw_small(painter, leaf, top, width, face, selected=leaf.node == row and row >= 0)
        draw_name(self._look, painter, content, width, scale)

    def draw_blank(self, painter: QPainter, content: CardContent, *, selected: bool, marked: bool) -> float:
        """The box of a card; returns its width."""
        width, height = size_of(content)
        box = QRectF(0.5, 0.5, width - 1, height - 1)
        draw_box(self._look, painter, content, box, selected=selected, marked=marked)
        return width

    def pager(self, content: CardContent) -> QRectF:
        """Where a card says which of its outputs it shows, and turns to the next. Where an experiment has a third
        tensor below, that is above it, beside the first."""
        if content.grad is None or size_of(content)[0] != CARD_WIDTH:
            return PAGER
        right = CARD_WIDTH - THUMB_INSET - self._slots.width_of(content.value) - _PAGER_GAP
        return QRectF(right - PAGER.width(), _PAGER_TOP, PAGER.width(), PAGER.height())

    # -- words and state

    def _draw_slim(self, painter: QPainter, content: CardContent, width: float) -> None:
        """A view: its name, the shape that it gives, and the gradient as it arrives."""
        place = QRectF(
            width - _SLIM_INSET - _SLIM_THUMB.width(), _SLIM_THUMB.top(), _SLIM_THUMB.width(), _SLIM_THUMB.height()
        )
        has_slot = not content.gradient.is_empty
        if has_slot:
            self._slots.draw(painter, content.gradient, place, "flow.text", outlined=True)
        right = place.left() - 4 if has_slot else width - _SLIM_INSET
        is_signed = content.state in (DONE, CURRENT)
        title, end = without_backward(content.title), right - (16 if is_signed else 0)
        face, has_room = self._look.title, self._look.metrics(self._look.title).horizontalAdvance
        if has_room(title) > end - TEXT_LEFT:
            face = self._look.pill  # as bold, and smaller
        self._text(painter, face, self._look.title_color(content), title, 13, end)
        if content.pill:
            token = _PILLS[content.state][1] if content.state in _PILLS else "text.muted"
            self._text(painter, self._look.shape, self._look.color(token), content.pill, 28, right)
        else:
            self._draw_shape(painter, content, 28, right)
        if content.state == DONE:
            draw_check(painter, QPointF(right - 8, 13), self._look.color("state.done"))
        elif content.state == CURRENT:
            draw_play(painter, QPointF(right - 8, 13), self._look.color("flow.line"))

    def _draw_words(self, painter: QPainter, content: CardContent, width: float) -> None:
        has_slot = not (content.value.is_hidden or (content.value.is_empty and content.is_input))
        right = width - THUMB_INSET - (self._slots.width_of(content.value) + 8 if has_slot else 0)
        pager = self.pager(content)
        end = pager.left() - 4 if content.page else right
        title_end = end if pager.top() < PAGER.top() else right  # beside it, or above
        title = fitting_title(self._look.metrics(self._look.title), content.title, title_end - TEXT_LEFT)
        self._text(painter, self._look.title, self._look.title_color(content), title, ROW_MIDDLES[0], title_end)
        face = self._look.name if content.is_variable else self._look.expression
        room = end
        if content.grad is not None:  # the caption of the .grad slot stands there
            room = min(room, self._slots.left_of(content, width) - 4)
        self._text(painter, face, self._look.name_color(content), content.subtitle, ROW_MIDDLES[1], room)
        end = right if content.is_input else self._slots.left_of(content, width) - 8
        if content.state in (READY, WAITING, NOT_NEEDED, FAILED) or content.pill:
            end -= self._pill_width(content.pill) + 8
        elif content.state in (DONE, CURRENT):
            end -= 22
        self._draw_shape(painter, content, ROW_MIDDLES[2], end)
        if content.page:
            self._draw_pager(painter, content, pager)

    def _draw_shape(self, painter: QPainter, content: CardContent, middle: float, right: float) -> None:
        """Shape, dtype and sign: of what has no room the dtype goes first, then the shape."""
        metrics, sign = self._look.metrics(self._look.shape), content.sign
        parts = [f"{content.shape} {content.dtype}".strip(), content.shape, *([""] if sign else [])]
        fits = (part for part in parts if metrics.horizontalAdvance(f"{part} {sign}") <= right - TEXT_LEFT)
        shape = next(fits, parts[-1])
        self._text(painter, self._look.shape, self._look.color("text.muted"), shape, middle, right)
        if sign:
            left = metrics.horizontalAdvance(f"{shape} ") if shape else 0.0
            color = self._look.color("error.text" if content.is_wrong else "text.secondary")
            self._text(painter, self._look.shape, color, sign, middle, right, TEXT_LEFT + left)

    def _text(
        self,
        painter: QPainter,
        face: QFont,
        color: QColor,
        text: str,
        middle: float,
        right: float,
        left: float = TEXT_LEFT,
    ) -> None:
        if not text:
            return
        painter.setFont(face)
        painter.setPen(color)
        line = QRectF(left, middle - 12, right - left, 24)
        painter.drawText(line, LEFT, elide(self._look.metrics(face), text, line.width()))

    def _draw_pager(self, painter: QPainter, content: CardContent, place: QRectF) -> None:
        assert content.page is not None
        painter.setPen(QPen(self._look.color("line.default"), 1))
        painter.setBrush(self._look.color("bg.control"))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setPen(self._look.color("text.secondary"))
        painter.setFont(self._look.pill)
        painter.drawText(place, CENTER, f"{content.page[0]} / {content.page[1]}")

    def _draw_state(self, painter: QPainter, content: CardContent, width: float) -> None:
        state, right = content.state, self._slots.left_of(content, width) - _GLYPH_GAP
        if state == DONE:
            draw_check(painter, QPointF(right - 6, 55), self._look.color("state.done"))
        elif state == CURRENT:
            draw_play(painter, QPointF(right - 5, 55), self._look.color("flow.line"))
        elif content.pill:
            tint, text = _PILLS[state if state in _PILLS else NOT_NEEDED]
            self._draw_pill(painter, content.pill, right, tint, text)

    def _pill_width(self, text: str) -> float:
        return self._look.metrics(self._look.pill).horizontalAdvance(text) + 18 if text else 0.0

    def _draw_pill(self, painter: QPainter, text: str, right: float, tint: str, token: str) -> None:
        width = self._pill_width(text)
        place = QRectF(right - width, 50, width, 19)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color(tint))
        painter.drawRoundedRect(place, 9.5, 9.5)
        painter.setFont(self._look.pill)
        painter.setPen(self._look.color(token))
        painter.drawText(place, CENTER, text)


_PILLS = {
    READY: ("flow.tint", "state.ready"),
    WAITING: ("waiting.tint", "state.waiting"),
    FAILED: ("error.tint", "error.text"),
    NOT_NEEDED: ("bg.control", "text.secondary"),
}


def fitting_title(metrics: QFontMetricsF, title: str, room: float) -> str:
    """ "LogSoftmaxBackward0", or "LogSoftmax" where there is no room for all of it."""
    return title if metrics.horizontalAdvance(title) <= room else without_backward(title)
