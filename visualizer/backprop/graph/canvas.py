"""The graph's canvas: a scene that mouse and keyboard move through, and what the person points at in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.frames import chevron_at
from visualizer.backprop.graph.painter import READABLE
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.scene_view import SceneView
from visualizer.backprop.graph.series_controls import Turn, control_at, series_around
from visualizer.backprop.graph.spoken_cards import SpokenCards
from visualizer.backprop.graph.states import States
from visualizer.backprop.graph.tooltips import card_tooltip
from visualizer.look.accessible_parts import tell_changed, tell_selected
from visualizer.look.spoken import speak

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ZOOM_KEYS = {"+": 1, "=": 1, "-": -1, "_": -1, "1": 0}
_PAN_PIXELS = 80


class GraphCanvas(SceneView):
    """Signals carry card numbers of the scene on show, -1 for none; `card_selected` also a row, -1 for the card itself;
    `fold_toggled` carries a fold key."""

    accessible_parts: SpokenCards | None = None  # until the canvas is made

    card_selected = Signal(int, int)
    card_activated = Signal(int)
    card_hovered = Signal(int)
    pointed = Signal(object)  # the scene's point that the mouse is at, None when it has left
    page_turned = Signal(int)
    fold_toggled = Signal(str)
    series_turned = Signal(object)  # a Turn
    moved_by_hand = Signal()
    menu_wanted = Signal(QPoint, int)

    def __init__(self, book: ContentBook, parent: QWidget | None = None) -> None:
        super().__init__(book, parent)
        self.setObjectName("graph_canvas")
        speak(self.setAccessibleName, "Graph canvas")
        self.setMouseTracking(True)
        self.accessible_parts = SpokenCards(self)
        self._hovered = -1
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None

    def set_scene(self, scene: Scene | None, states: States | None) -> None:
        """Another scene; the camera stays where it is."""
        super().set_scene(scene, states)
        self._hover(-1)
        tell_changed(self)

    def set_selected(self, card: int, leaf: int = -1) -> None:
        """Outline a card, which is read where the canvas has the keyboard."""
        is_other = card != self.selected
        super().set_selected(card, leaf)
        if is_other:
            tell_selected(self)

    # -- the mouse

    def card_at(self, point: QPointF) -> int:
        """The card at a widget point, -1 for none."""
        return -1 if self.scene is None else self.scene.card_at(self.camera.to_scene(point))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed_at = self._dragged_from = event.position()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._pressed_at is None or self._dragged_from is None:
            self._hover(self.card_at(point))
            self.pointed.emit(self.camera.to_scene(point))
            return
        far = (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if far or self.cursor().shape() == Qt.CursorShape.ClosedHandCursor:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            moved = point - self._dragged_from
            self._dragged_from += self.pan(moved.x(), moved.y())
            self.moved_by_hand.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_drag = self.cursor().shape() == Qt.CursorShape.ClosedHandCursor
        pressed, self._pressed_at, self._dragged_from = self._pressed_at, None, None
        self.unsetCursor()
        if pressed is not None and not was_drag and event.button() == Qt.MouseButton.LeftButton:
            self._click(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        card = self.card_at(event.position())
        if card >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._activate(card)
        elif card < 0:  # a drag that soon follows a click
            self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        self.pointed.emit(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu is about the card that it opens at, which is selected."""
        place = QPointF(event.pos())
        card = self.card_at(place)
        if card >= 0 and self.scene is not None:
            self.card_selected.emit(card, self.scene.row_at(card, self.camera.to_scene(place)))
        self.menu_wanted.emit(event.globalPos(), card)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A mouse wheel zooms at the cursor; a touch pad, or a wheel with Shift, pans; with Ctrl both zoom."""
        has_pixels = not event.pixelDelta().isNull()
        is_pad = has_pixels or event.device().type() == QInputDevice.DeviceType.TouchPad
        delta = QPointF(event.pixelDelta() if has_pixels else event.angleDelta())
        with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not (is_pad or with_shift):
            self.zoom_to(self.camera.zoom * 1.0015 ** (delta.y() or delta.x()), event.position())
        elif with_shift and not is_pad:
            self.pan(delta.y() or delta.x(), 0)
        else:
            self.pan(delta.x(), delta.y())
        self.moved_by_hand.emit()
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event)
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self.camera.zoom * (1 + event.value()), event.position())
            self.moved_by_hand.emit()
            return True
        return super().event(event)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        card = self.card_at(QPointF(event.pos()))
        if card < 0 or self.scene is None or self.states is None:
            QToolTip.hideText()
            return
        row = self.scene.row_at(card, self.camera.to_scene(QPointF(event.pos())))
        area = self.camera.rect_to_widget(self.scene.row_rect(card, row)).toRect()
        QToolTip.showText(event.globalPos(), card_tooltip(self.scene, self.states, self.book, card, row), self, area)

    def _click(self, point: QPointF) -> None:
        if self.scene is None:
            return
        scene_point = self.camera.to_scene(point)
        card = self.scene.card_at(scene_point)
        if card < 0:
            key, turn = chevron_at(self.scene, scene_point), control_at(self.scene, scene_point)
            if key:
                self.fold_toggled.emit(key)
            elif turn is not None:
                self.series_turned.emit(turn)
            else:
                self.card_selected.emit(-1, -1)
            return
        inside = scene_point - self.scene.rect(card).topLeft()
        slot = self.scene.shown.cards[card]
        if slot.fold and inside.x() > self.scene.rect(card).width() - 36 and inside.y() < 34:
            self.fold_toggled.emit(slot.fold)
        elif not slot.fold and self._has_pages(card) and self._pager(card).contains(inside):
            self.page_turned.emit(card)
        else:
            self.card_selected.emit(card, self.scene.row_at(card, scene_point))

    def _has_pages(self, card: int) -> bool:
        assert self.scene is not None
        node = self.scene.shown.graph.nodes[self.scene.shown.cards[card].nodes[0]]
        return len(node.outputs) > 1 and self.camera.scale >= READABLE

    def _pager(self, card: int) -> QRectF:
        assert self.scene is not None and self.states is not None
        return self._painter.pager(self.book.content(self.scene, self.states, card))

    def _activate(self, card: int) -> None:
        assert self.scene is not None
        slot = self.scene.shown.cards[card]
        if slot.fold:
            self.fold_toggled.emit(slot.fold)
        else:
            self.card_activated.emit(card)

    def _hover(self, card: int) -> None:
        if card != self._hovered:
            self._hovered = card
            self.card_hovered.emit(card)

    # -- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.scene is None:
            super().keyPressEvent(event)
        elif key in _ARROWS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            dx, dy = _ARROWS[Qt.Key(key)]
            if plain and self.selected >= 0:
                self._go(self.scene.next_card(self.selected, dx, dy))
            else:
                self.pan(-dx * _PAN_PIXELS, -dy * _PAN_PIXELS)
                self.moved_by_hand.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.selected >= 0:
            self._activate(self.selected)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._turn(1 if key == Qt.Key.Key_PageDown else -1, is_whole=not plain)
        elif event.text() in _ZOOM_KEYS:
            way = _ZOOM_KEYS[event.text()]
            self.zoom_to(self.camera.step(way) if way else 1.0)
            self.moved_by_hand.emit()
        else:
            super().keyPressEvent(event)

    def _turn(self, way: int, *, is_whole: bool) -> None:
        """Go from one member of the series around the selected card to another; `is_whole`: open or fold all of it."""
        assert self.scene is not None
        slot = self.scene.shown.cards[self.selected] if self.selected >= 0 else None
        frame = series_around(self.scene, self.selected)
        if slot is not None and slot.outputs and frame is None and way > 0:
            self.fold_toggled.emit(slot.fold)
        elif frame is not None and is_whole and way < 0:
            self.fold_toggled.emit(frame.fold)
        elif frame is not None:
            self.series_turned.emit(Turn(frame.fold, 0, 0, frame.span[2]) if is_whole else Turn(frame.fold, way))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from card to card as the backward pass would, and past the last one on to the next widget. From what
        lies over the canvas, or hides there, Tab goes on as it does everywhere."""
        if self.window().focusWidget() is not self:
            return super().focusNextPrevChild(forward)
        n_cards = len(self.scene.shown.cards) if self.scene is not None else 0
        following = self.selected + (1 if forward else -1)
        if self.selected < 0 and forward and n_cards:
            following = 0
        if 0 <= following < n_cards:
            self._go(following)
            return True
        return super().focusNextPrevChild(forward)

    def _go(self, card: int) -> None:
        self.reveal(card)
        self.card_selected.emit(card, -1)
