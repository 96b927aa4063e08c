"""Draws the tensors of a card: thumbnails, numbers, empty places, and the corner that marks a NaN."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter, QPen, QPolygonF

from engine.shared.backward_model import NOT_NEEDED
from visualizer.backprop.graph.card_content import CardContent, Slot
from visualizer.backprop.graph.card_look import CardLook
from visualizer.backprop.graph.glyphs import CENTER, RIGHT
from visualizer.backprop.graph.layout_values import CARD_HEIGHT

THUMB_WIDTH, THUMB_HEIGHT, FLAT_HEIGHT = 46.0, 28.0, 12.0
THUMB_INSET = 12.0
_NUMBERS_GAP = 14.0
_TAG_GAP = 4.0
_VALUE_TOP, _GRADIENT_TOP = 8.0, 41.0


class SlotArtist:
    """With the faces and colours of `look`."""

    def __init__(self, look: CardLook) -> None:
        self._look = look

    def draw_all(self, painter: QPainter, content: CardContent, width: float) -> None:
        """Value, gradient and .grad of a card of this width."""
        left = width - THUMB_INSET - THUMB_WIDTH
        if content.is_input:
            place = QRectF(left, (CARD_HEIGHT - THUMB_HEIGHT) / 2, THUMB_WIDTH, THUMB_HEIGHT)
            if not content.value.is_empty:
                self.draw(painter, content.value, place, "text.primary", outlined=False)
            return
        above = QRectF(left, _VALUE_TOP, THUMB_WIDTH, THUMB_HEIGHT)
        below = QRectF(left, _GRADIENT_TOP, THUMB_WIDTH, THUMB_HEIGHT)
        self.draw(painter, content.value, above, "text.primary", outlined=False)
        if content.state == NOT_NEEDED and content.gradient.is_empty:
            return
        self.draw(painter, content.gradient, below, "flow.text", outlined=True)
        if content.grad is not None:
            right = width - THUMB_INSET - self.width_of(content.gradient) - self._gap(content)
            place = QRectF(right - THUMB_WIDTH, _GRADIENT_TOP, THUMB_WIDTH, THUMB_HEIGHT)
            self.draw(painter, content.grad, place, "flow.text", outlined=True)
            if not content.grad.tag:
                caption = QRectF(place.left(), place.top() - 14, place.width(), 12)
                painter.setFont(self._look.small)
                painter.setPen(self._look.color("text.muted"))
                painter.drawText(caption, RIGHT if content.grad.text else CENTER, ".grad")

    def width_of(self, slot: Slot) -> float:
        """A number may be wider than a thumbnail."""
        if slot.is_hidden:
            return 0.0
        number = self._look.metrics(self._look.number).horizontalAdvance(slot.text)
        return max(THUMB_WIDTH, number) + self._tag_width(slot)

    def _tag_width(self, slot: Slot) -> float:
        return self._look.metrics(self._look.small).horizontalAdvance(slot.tag) + _TAG_GAP if slot.tag else 0.0

    def _gap(self, content: CardContent) -> float:
        """Between the gradient that arrived and the .grad left of it: two numbers stand further apart, or the sign of
        one would subtract it from the other."""
        return _NUMBERS_GAP if content.gradient.text else 6.0

    def left_of(self, content: CardContent, width: float) -> float:
        """The left end of what the lower line holds of tensors."""
        left = width - THUMB_INSET - self.width_of(content.gradient)
        return left if content.grad is None else left - self._gap(content) - self.width_of(content.grad)

    def draw(self, painter: QPainter, slot: Slot, place: QRectF, token: str, *, outlined: bool) -> None:
        """One tensor in its place."""
        if slot.is_hidden:
            return
        if slot.tag:
            self._draw_tag(painter, slot, place)
        if slot.is_flat and not slot.text:
            place = QRectF(place.left(), place.center().y() - FLAT_HEIGHT / 2, place.width(), FLAT_HEIGHT)
        if slot.text:
            painter.setFont(self._look.number)
            painter.setPen(self._look.color(slot.mark if slot.mark in ("nan", "inf") else token))
            painter.drawText(place.adjusted(-40, 0, 0, 0), RIGHT, slot.text)
        elif slot.image is not None:
            self._draw_image(painter, slot.image, place)
            if outlined:
                painter.setPen(QPen(self._look.color("line.default"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
            self._draw_mark(painter, slot.mark, place)
        else:
            self._draw_empty(painter, slot.note, place)
        if slot.lit:
            self._draw_lit(painter, slot, place)

    def _draw_tag(self, painter: QPainter, slot: Slot, place: QRectF) -> None:
        """Left of it, which of an experiment's it is."""
        right = place.right() - self.width_of(slot) + self._tag_width(slot) - _TAG_GAP
        painter.setFont(self._look.small)
        painter.setPen(self._look.color("text.muted"))
        painter.drawText(QRectF(right - 40, place.top(), 40, place.height()), RIGHT, slot.tag)

    def _draw_lit(self, painter: QPainter, slot: Slot, place: QRectF) -> None:
        """A frame around each cell, at least 4 px large; around a number as a whole."""
        if slot.text:
            width = self.width_of(slot) + 6
            place = QRectF(place.right() + 3 - width, place.center().y() - 9, width, 18)
        painter.setPen(QPen(self._look.color("accent.line"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for share in slot.lit:
            cell = QRectF(
                place.left() + share.left() * place.width(), place.top() + share.top() * place.height(),
                share.width() * place.width(), share.height() * place.height(),
            )  # fmt: skip
            wider, higher = max(0.0, 4 - cell.width()) / 2, max(0.0, 4 - cell.height()) / 2
            painter.drawRect(cell.adjusted(-wider, -higher, wider, higher))

    def _draw_image(self, painter: QPainter, image: QImage, place: QRectF) -> None:
        """With sharp cells: a viewer of SVG or PDF would smooth a small image, so it gets a larger one."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        if painter.paintEngine().type() in (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf):
            size = (place.size() * 4).toSize()
            image = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation)
        painter.drawImage(place, image)

    def _draw_empty(self, painter: QPainter, note: str, place: QRectF) -> None:
        pen = QPen(self._look.color("line.control"), 1)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        if note:
            painter.setFont(self._look.small)
            painter.setPen(self._look.color("text.muted"))
            painter.drawText(place, CENTER | Qt.TextFlag.TextWordWrap, note)

    def _draw_mark(self, painter: QPainter, mark: str, place: QRectF) -> None:
        """A corner that says what a shrunk thumbnail may hide: NaN, Inf, or that the tensor was written to since."""
        if not mark:
            return
        corner, size = place.topRight(), 6.0 if mark in ("nan", "inf") else 9.0
        points = [corner, QPointF(corner.x() - size, corner.y()), QPointF(corner.x(), corner.y() + size)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("warn.text" if mark == "changed" else mark))
        painter.drawPolygon(QPolygonF(points))
