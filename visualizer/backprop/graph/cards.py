"""Draws one card at 100 %, its upper left corner at the painter's origin. Sizes are those of the design's tokens."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPaintEngine, QPainter, QPen, QPolygonF

from engine.shared.backward_model import CURRENT, DONE, FAILED, NOT_NEEDED, NOT_REACHED, READY, WAITING, NodeState
from visualizer.backprop.graph.content import CardContent, Slot
from visualizer.backprop.graph.glyphs import CENTER, LEFT, RIGHT, draw_check, draw_chevron, draw_play, elide, sized
from visualizer.backprop.graph.layout_values import (
    CARD_HEIGHT,
    CARD_WIDTH,
    INPUT_WIDTH,
    ROW_HEIGHT,
    ROWS_PAD,
    SLIM_HEIGHT,
    SLIM_WIDTH,
    STACK_OFFSET,
)
from visualizer.backprop.graph.row_artist import RowArtist
from visualizer.backprop.graph.strip import draw_strip
from visualizer.look import theme

RADIUS = 6.0
OUTSET = 8.0  # how far outlines and stacked sheets reach past the card
THUMB_WIDTH, THUMB_HEIGHT, FLAT_HEIGHT = 46.0, 28.0, 12.0
_TEXT_LEFT = 22.0
_THUMB_INSET = 12.0
_GLYPH_GAP = 12.0  # from the slots to the right end of glyph or pill
_NUMBERS_GAP = 14.0
_VALUE_TOP, _GRADIENT_TOP = 8.0, 41.0
_ROWS = (18.5, 38.5, 59.0)  # middles of the three lines of text
PAGER = QRectF(CARD_WIDTH - 112, 30, 44, 17)
_SLIM_INSET, _SLIM_THUMB = 8.0, QRectF(0, 9, 34, 22)


class CardArtist:
    """Fonts, pens and metrics of today's theme, and the drawing of cards with them."""

    def __init__(self) -> None:
        look = theme.current()
        self.look = look
        self._title = sized(look.font(12.5, 600), 12.5)
        self._name = sized(look.mono(12, 500), 12)
        self._expression = sized(look.mono(12), 12)
        self._shape = sized(look.mono(11), 11)
        self._pill = sized(look.font(10.5, 600), 10.5)
        self._number = sized(look.mono(12.5, 500), 12.5)
        self._small = sized(look.font(9), 9)
        self._metrics = {id(f): QFontMetricsF(f) for f in vars(self).values() if isinstance(f, QFont)}
        self._rows = RowArtist(partial(self._draw_slot, outlined=False))

    def draw(
        self, painter: QPainter, content: CardContent, *, selected: bool = False, marked: bool = False, row: int = -1
    ) -> None:
        """One card in full. `row` is the leaf (index in graph.nodes) whose row is selected."""
        width, height = size_of(content)
        self._draw_body(painter, content, QRectF(0.5, 0.5, width - 1, height - 1), selected, marked)
        if content.stripe or not content.stack:
            self._draw_stripe(painter, content)
        if content.stack:
            self._draw_folded(painter, content, width)
            return
        if content.is_slim:
            self._draw_slim(painter, content, width)
        else:
            self._draw_words(painter, content, width)
            self._draw_slots(painter, content, width)
            self._draw_state(painter, content, width)
        for place, leaf in enumerate(content.rows):
            top = _head(content) + place * ROW_HEIGHT
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
        width, height = size_of(content)
        self._draw_body(painter, content, QRectF(0.5, 0.5, width - 1, height - 1), selected, marked)
        if content.stripe or not content.stack:
            self._draw_stripe(painter, content)
        for place, leaf in enumerate(content.rows):
            top = _head(content) + place * ROW_HEIGHT
            self._rows.draw_small(painter, leaf, top, width, selected=leaf.node == row and row >= 0)
        size = min(10.5 / scale, 26.0)
        left = _left(content)
        has_bar = content.stack > 0 and content.state is not None
        bars = 24 if content.strip else 16 if has_bar else 8
        room = QRectF(left, 4, width - left - 8, _head(content) - bars)
        title = content.title.removesuffix("0").removesuffix("Backward")
        lines = [(sized(self.look.font(12, 600), size), self._title_color(content), title)]
        if room.height() > 2.05 * size and content.subtitle:
            mono = sized(self.look.mono(12, 500), size * 0.94)
            lines.append((mono, self._name_color(content), content.subtitle))
        height = room.height() / len(lines)
        for place, (chosen, color, text) in enumerate(lines):
            has_sign = place == 0 and content.state in (DONE, CURRENT) and not content.stack
            width = room.width() - (1.3 * size if has_sign else 0)
            painter.setFont(chosen)
            painter.setPen(color)
            line = QRectF(room.left(), room.top() + place * height, width, height)
            painter.drawText(line, LEFT, elide(QFontMetricsF(chosen), text, width))
        self._draw_small_state(painter, content, QPointF(room.right() - 0.6 * size, room.top() + height / 2), size)

    def _draw_small_state(self, painter: QPainter, content: CardContent, middle: QPointF, size: float) -> None:
        if content.stack and content.state is not None:
            if content.strip:
                draw_strip(painter, content.strip, QRectF(14, CARD_HEIGHT - 22, CARD_WIDTH - 28, 13))
            self._draw_progress(painter, content.progress, QRectF(14, CARD_HEIGHT - 8, CARD_WIDTH - 28, 4))
        elif content.state in (DONE, CURRENT):
            painter.save()
            painter.translate(middle)
            painter.scale(size / 13, size / 13)
            sign, token = (draw_check, "state.done") if content.state == DONE else (draw_play, "flow.line")
            sign(painter, QPointF(0, 0), self.look.color(token))
            painter.restore()

    # -- the box

    def _draw_body(self, painter: QPainter, content: CardContent, box: QRectF, selected: bool, marked: bool) -> None:
        color, state = self.look.color, content.state
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
                shift = sheet * STACK_OFFSET
                painter.drawRoundedRect(box.translated(shift, -shift), RADIUS, RADIUS)
        pen, fill = self._outline(state)
        painter.setPen(pen)
        painter.setBrush(fill)
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5) if pen.widthF() > 1.5 else box
        painter.drawRoundedRect(inner, RADIUS, RADIUS)

    def _outline(self, state: NodeState | None) -> tuple[QPen, QBrush]:
        color = self.look.color
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

    def _draw_stripe(self, painter: QPainter, content: CardContent) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(content.stripe) if content.stripe else self._category_color(content))
        painter.drawRoundedRect(QRectF(8, 10, 4, _head(content) - 20), 2, 2)

    # -- words

    def _draw_slim(self, painter: QPainter, content: CardContent, width: float) -> None:
        """A view: its name, the shape that it gives, and the gradient as it arrives."""
        place = QRectF(
            width - _SLIM_INSET - _SLIM_THUMB.width(), _SLIM_THUMB.top(), _SLIM_THUMB.width(), _SLIM_THUMB.height()
        )
        has_slot = not content.gradient.is_empty
        if has_slot:
            self._draw_slot(painter, content.gradient, place, "flow.text", outlined=True)
        right = place.left() - 4 if has_slot else width - _SLIM_INSET
        is_signed = content.state in (DONE, CURRENT)
        title = content.title.removesuffix("0").removesuffix("Backward")
        self._text(painter, self._title, self._title_color(content), title, 13, right - (16 if is_signed else 0))
        words = content.pill or f"{content.shape} {content.dtype}".strip()
        if self._metrics[id(self._shape)].horizontalAdvance(words) > right - _TEXT_LEFT:
            words = content.pill or content.shape
        token = _PILLS[content.state][1] if content.pill and content.state in _PILLS else "text.muted"
        self._text(painter, self._shape, self.look.color(token), words, 28, right)
        if content.state == DONE:
            draw_check(painter, QPointF(right - 8, 13), self.look.color("state.done"))
        elif content.state == CURRENT:
            draw_play(painter, QPointF(right - 8, 13), self.look.color("flow.line"))

    def _draw_words(self, painter: QPainter, content: CardContent, width: float) -> None:
        has_slot = not (content.value.is_hidden or (content.value.is_empty and content.is_input))
        right = width - _THUMB_INSET - (self._slot_width(content.value) + 8 if has_slot else 0)
        self._text(painter, self._title, self._title_color(content), content.title, _ROWS[0], right)
        face = self._name if content.is_variable else self._expression
        room = PAGER.left() - 4 if content.page else right
        if content.grad is not None:  # the caption of the .grad slot stands there
            room = min(room, self._slots_left(content, width) - 4)
        self._text(painter, face, self._name_color(content), content.subtitle, _ROWS[1], room)
        end = right if content.is_input else self._slots_left(content, width) - 8
        if content.state in (READY, WAITING, NOT_NEEDED, FAILED) or content.pill:
            end -= self._pill_width(content.pill) + 8
        elif content.state in (DONE, CURRENT):
            end -= 22
        shape = f"{content.shape} {content.dtype}".strip()
        if self._metrics[id(self._shape)].horizontalAdvance(shape) > end - _TEXT_LEFT:
            shape = content.shape
        self._text(painter, self._shape, self.look.color("text.muted"), shape, _ROWS[2], end)
        if content.page:
            self._draw_pager(painter, content)

    def _text(self, painter: QPainter, face: QFont, color: QColor, text: str, middle: float, right: float) -> None:
        if not text:
            return
        painter.setFont(face)
        painter.setPen(color)
        line = QRectF(_TEXT_LEFT, middle - 12, right - _TEXT_LEFT, 24)
        painter.drawText(line, LEFT, elide(self._metrics[id(face)], text, line.width()))

    def _draw_pager(self, painter: QPainter, content: CardContent) -> None:
        assert content.page is not None
        painter.setPen(QPen(self.look.color("line.default"), 1))
        painter.setBrush(self.look.color("bg.control"))
        painter.drawRoundedRect(PAGER.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setPen(self.look.color("text.secondary"))
        painter.setFont(self._pill)
        painter.drawText(PAGER, CENTER, f"{content.page[0]} / {content.page[1]}")

    # -- tensors

    def _draw_slots(self, painter: QPainter, content: CardContent, width: float) -> None:
        left = width - _THUMB_INSET - THUMB_WIDTH
        if content.is_input:
            place = QRectF(left, (CARD_HEIGHT - THUMB_HEIGHT) / 2, THUMB_WIDTH, THUMB_HEIGHT)
            if not content.value.is_empty:
                self._draw_slot(painter, content.value, place, "text.primary", outlined=False)
            return
        above = QRectF(left, _VALUE_TOP, THUMB_WIDTH, THUMB_HEIGHT)
        below = QRectF(left, _GRADIENT_TOP, THUMB_WIDTH, THUMB_HEIGHT)
        self._draw_slot(painter, content.value, above, "text.primary", outlined=False)
        if content.state == NOT_NEEDED and content.gradient.is_empty:
            return
        self._draw_slot(painter, content.gradient, below, "flow.text", outlined=True)
        if content.grad is not None:
            right = width - _THUMB_INSET - self._slot_width(content.gradient) - self._gap(content)
            place = QRectF(right - THUMB_WIDTH, _GRADIENT_TOP, THUMB_WIDTH, THUMB_HEIGHT)
            self._draw_slot(painter, content.grad, place, "flow.text", outlined=True)
            caption = QRectF(place.left(), place.top() - 14, place.width(), 12)
            painter.setFont(self._small)
            painter.setPen(self.look.color("text.muted"))
            painter.drawText(caption, RIGHT if content.grad.text else CENTER, ".grad")

    def _slot_width(self, slot: Slot) -> float:
        """A number may be wider than a thumbnail."""
        return 0.0 if slot.is_hidden else max(THUMB_WIDTH, self._metrics[id(self._number)].horizontalAdvance(slot.text))

    def _gap(self, content: CardContent) -> float:
        """Between the gradient that arrived and the .grad left of it: two numbers stand further apart, or the sign of
        one would subtract it from the other."""
        return _NUMBERS_GAP if content.gradient.text else 6.0

    def _slots_left(self, content: CardContent, width: float) -> float:
        """The left end of what the lower line holds of tensors."""
        left = width - _THUMB_INSET - self._slot_width(content.gradient)
        return left if content.grad is None else left - self._gap(content) - self._slot_width(content.grad)

    def _draw_slot(self, painter: QPainter, slot: Slot, place: QRectF, token: str, *, outlined: bool) -> None:
        if slot.is_hidden:
            return
        if slot.is_flat and not slot.text:
            place = QRectF(place.left(), place.center().y() - FLAT_HEIGHT / 2, place.width(), FLAT_HEIGHT)
        if slot.text:
            painter.setFont(self._number)
            painter.setPen(self.look.color(slot.mark if slot.mark in ("nan", "inf") else token))
            painter.drawText(place.adjusted(-40, 0, 0, 0), RIGHT, slot.text)
        elif slot.image is not None:
            self._draw_image(painter, slot.image, place)
            if outlined:
                painter.setPen(QPen(self.look.color("line.default"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
            self._draw_mark(painter, slot.mark, place)
        else:
            self._draw_empty(painter, slot.note, place)

    def _draw_image(self, painter: QPainter, image: QImage, place: QRectF) -> None:
        """With sharp cells: a viewer of SVG or PDF would smooth a small image, so it gets a larger one."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        if painter.paintEngine().type() in (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf):
            size = (place.size() * 4).toSize()
            image = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation)
        painter.drawImage(place, image)

    def _draw_empty(self, painter: QPainter, note: str, place: QRectF) -> None:
        pen = QPen(self.look.color("line.control"), 1)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        if note:
            painter.setFont(self._small)
            painter.setPen(self.look.color("text.muted"))
            painter.drawText(place, CENTER | Qt.TextFlag.TextWordWrap, note)

    def _draw_mark(self, painter: QPainter, mark: str, place: QRectF) -> None:
        """A corner that says what a shrunk thumbnail may hide: NaN, Inf, or that the tensor was written to since."""
        if not mark:
            return
        corner, size = place.topRight(), 6.0 if mark in ("nan", "inf") else 9.0
        points = [corner, QPointF(corner.x() - size, corner.y()), QPointF(corner.x(), corner.y() + size)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.color("warn.text" if mark == "changed" else mark))
        painter.drawPolygon(QPolygonF(points))

    # -- state

    def _draw_state(self, painter: QPainter, content: CardContent, width: float) -> None:
        state, right = content.state, self._slots_left(content, width) - _GLYPH_GAP
        if state == DONE:
            draw_check(painter, QPointF(right - 6, 55), self.look.color("state.done"))
        elif state == CURRENT:
            draw_play(painter, QPointF(right - 5, 55), self.look.color("flow.line"))
        elif content.pill:
            tint, text = _PILLS[state if state in _PILLS else NOT_NEEDED]
            self._draw_pill(painter, content.pill, right, tint, text)

    def _pill_width(self, text: str) -> float:
        return self._metrics[id(self._pill)].horizontalAdvance(text) + 18 if text else 0.0

    def _draw_pill(self, painter: QPainter, text: str, right: float, tint: str, token: str) -> None:
        width = self._pill_width(text)
        place = QRectF(right - width, 50, width, 19)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.color(tint))
        painter.drawRoundedRect(place, 9.5, 9.5)
        painter.setFont(self._pill)
        painter.setPen(self.look.color(token))
        painter.drawText(place, CENTER, text)

    # -- folded modules

    def _draw_folded(self, painter: QPainter, content: CardContent, width: float) -> None:
        left, color = _left(content), self.look.color
        painter.setFont(self._title)
        painter.setPen(self._title_color(content))
        line = QRectF(left, _ROWS[0] - 12, width - left - 36, 24)
        painter.drawText(line, LEFT, elide(self._metrics[id(self._title)], content.title, line.width()))
        draw_chevron(painter, QPointF(width - 21, _ROWS[0]), color("text.secondary"), down=True)
        painter.setFont(self._expression)
        painter.setPen(color("text.secondary"))
        line = QRectF(left, _ROWS[1] - 12, width - left - 12, 24)
        painter.drawText(line, LEFT, elide(self._metrics[id(self._expression)], content.subtitle, line.width()))
        done, total = content.progress
        painter.setFont(self._shape)
        painter.setPen(color("text.muted"))
        line = QRectF(left, _ROWS[2] - 12, width - left - 14, 24)
        if content.state is None:
            painter.drawText(line, LEFT, f"{total:,} nodes")
            return
        if content.state == NOT_NEEDED:
            painter.drawText(line, LEFT, "not needed")
            return
        painter.drawText(line, RIGHT, f"{done:,} / {total:,}")
        bar = QRectF(left, _ROWS[2] - 2.5, width - left - 112, 5)
        if content.strip:
            draw_strip(painter, content.strip, QRectF(bar.left(), _ROWS[2] - 10, bar.width(), 18))
            bar = QRectF(left, _ROWS[2] + 11, width - 2 * left, 3)
        self._draw_progress(painter, content.progress, bar)

    def _draw_progress(self, painter: QPainter, progress: tuple[int, int], bar: QRectF) -> None:
        done, total = progress
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.color("bg.control"))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        if done:
            part = QRectF(bar.left(), bar.top(), max(bar.width() * done / max(total, 1), 5.0), bar.height())
            painter.setBrush(self.look.color("flow.line"))
            painter.drawRoundedRect(part, 2.5, 2.5)

    # -- colours

    def _category_color(self, content: CardContent) -> QColor:
        if content.state == NOT_NEEDED:
            return self.look.color("line.control")
        return self.look.color("line.control" if content.category == "module" else f"cat.{content.category}")

    def _title_color(self, content: CardContent) -> QColor:
        if content.state == NOT_NEEDED:
            return self.look.color("text.muted")
        return self.look.color("text.secondary" if content.state == NOT_REACHED else "text.primary")

    def _name_color(self, content: CardContent) -> QColor:
        if content.state == NOT_NEEDED:
            return self.look.color("text.muted")
        return self._category_color(content) if content.is_variable else self.look.color("text.secondary")


def size_of(content: CardContent) -> tuple[float, float]:
    """Width and height of a card."""
    width = INPUT_WIDTH if content.is_input else SLIM_WIDTH if content.is_slim else CARD_WIDTH
    return width, _head(content) + len(content.rows) * ROW_HEIGHT + (ROWS_PAD if content.rows else 0)


def _head(content: CardContent) -> float:
    return SLIM_HEIGHT if content.is_slim else CARD_HEIGHT


def _left(content: CardContent) -> float:
    """Where text begins: beside the stripe, if there is one."""
    return _TEXT_LEFT if content.stripe or not content.stack else 14.0


_PILLS = {
    READY: ("flow.tint", "state.ready"),
    WAITING: ("waiting.tint", "state.waiting"),
    FAILED: ("error.tint", "error.text"),
    NOT_NEEDED: ("bg.control", "text.secondary"),
}
