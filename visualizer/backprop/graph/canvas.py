"""The graph's canvas: shows a scene, moves the camera, and says what the person points at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.cards import OUTSET, PAGER
from visualizer.backprop.graph.color_by import Coloring
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.frames import chevron_at
from visualizer.backprop.graph.layout_values import STACK_OFFSET
from visualizer.backprop.graph.painter import LABEL_REACH, READABLE, Painter
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.series_controls import Turn, control_at, series_around
from visualizer.backprop.graph.states import Change, States
from visualizer.backprop.graph.tooltips import card_tooltip
from visualizer.backprop.graph.way import Way
from visualizer.look import theme
from visualizer.look.painting import guarded

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ZOOM_KEYS = {"+": 1, "=": 1, "-": -1, "_": -1, "1": 0}
_PAN_PIXELS = 80
_REVEAL_MARGIN = 24.0
_BESIDE = 60  # px around a point in the middle: half of a card
_MOST_PARTS = 100  # above it all is drawn at once


class GraphCanvas(QWidget):
    """Signals carry card numbers of the scene on show, -1 for none; `card_selected` also a row, -1 for the card itself;
    `fold_toggled` carries a fold key."""

    card_selected = Signal(int, int)
    card_activated = Signal(int)
    card_hovered = Signal(int)
    pointed = Signal(object)  # the scene's point that the mouse is at, None when it has left
    page_turned = Signal(int)
    fold_toggled = Signal(str)
    series_turned = Signal(object)  # a Turn
    view_changed = Signal()
    moved_by_hand = Signal()
    menu_wanted = Signal(QPoint, int)
    scene_painted = Signal()

    def __init__(self, book: ContentBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("graph_canvas")
        self.setAccessibleName("Graph canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.book = book
        self.scene: Scene | None = None
        self.states: States | None = None
        self.camera = Camera(text_scale=theme.current().scale)
        self.selected = self.leaf = -1
        self.marked: frozenset[int] = frozenset()
        self.way: Way | None = None
        self._painter = Painter()
        self._is_unpainted = False
        self._hovered = -1
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self._has_keyboard = False  # focus came by the keyboard, so that a ring says where it is

    # -- what is shown

    def set_scene(self, scene: Scene | None, states: States | None) -> None:
        """Another scene; the camera stays where it is."""
        self.scene, self.states, self.book.coloring = scene, states, None
        self._is_unpainted = scene is not None
        self.selected, self.leaf, self.marked, self.way = -1, -1, frozenset(), None
        self._hover(-1)
        self.book.forget_contents()
        self.view_moved()

    def set_states(self, states: States) -> None:
        """Another moment of the pass: nothing moves."""
        self.states = states
        self.book.forget_contents()
        self.update()

    def show_change(self, change: Change) -> None:
        """The states have moved to another moment: only what that changes is drawn anew."""
        assert self.scene is not None
        self.book.forget(change.cards)
        if len(change.cards) + len(change.links) > _MOST_PARTS:
            self.update()
            return
        for card in change.cards:
            self._update_card(card)
        for left, top, right, bottom in self.scene.link_boxes[change.links].tolist():
            self._update_part(QRectF(left, top, right - left, bottom - top), LABEL_REACH)

    def _update_card(self, card: int) -> None:
        if self.scene is not None and 0 <= card < len(self.scene.rects):
            self._update_part(self.scene.rect(card), OUTSET + 2 * STACK_OFFSET)

    def _update_part(self, part: QRectF, reach: float) -> None:
        """`reach`: how far around a part of the scene something of it is drawn."""
        margin = reach * self.camera.scale + 4
        place = self.camera.rect_to_widget(part).adjusted(-margin, -margin, margin, margin)
        self.update((place & QRectF(self.rect())).toAlignedRect())

    def set_selected(self, card: int, leaf: int = -1) -> None:
        """Outline one card, -1 for none, or the rows of one leaf (index in graph.nodes), which may be in many cards."""
        if leaf != self.leaf:
            self.update()
        elif card != self.selected:
            self._update_card(self.selected)
            self._update_card(card)
        self.selected, self.leaf = card, leaf
        self._describe()

    def set_way(self, way: Way | None) -> None:
        """Light up the way of a gradient and dim the rest; None lights up nothing. Nothing moves."""
        if way is not self.way:
            self.way = way
            self._describe()
            self.update()

    def _describe(self) -> None:
        words = self.way.words if self.way is not None else ""
        if self.scene is not None and self.selected >= 0 and self.states is not None:
            content = self.book.content(self.scene, self.states, self.selected)
            words = f"{content.title} {content.subtitle} {content.shape} {content.pill} {words}"
        self.setAccessibleDescription(" ".join(words.split()))

    def set_marked(self, cards: frozenset[int]) -> None:
        """Dashed outlines: search matches, or what the cursor in the program is on."""
        if cards != self.marked:
            self.marked = cards
            self.update()

    def set_coloring(self, coloring: Coloring | None) -> None:
        """Other colours of the cards; None by category."""
        if coloring is not None or self.book.coloring is not None:
            self.book.coloring = coloring
            self.book.forget_contents()
            self.update()

    def restyle(self) -> None:
        """The theme changed: colours, fonts, and how large 100 % is."""
        center = QPointF(self.width() / 2, self.height() / 2)
        scene_point = self.camera.to_scene(center)
        self.camera.text_scale = theme.current().scale
        self.camera.anchor(scene_point, center)
        self._painter = Painter()
        self.book.forget_contents()
        self.view_moved()

    def visible_cards(self) -> list[int]:
        """The cards in view whose text can be read."""
        if self.scene is None or self.camera.scale < READABLE:
            return []
        return self.scene.cards_in(self.camera.visible(QSizeF(self.size()))).tolist()

    # -- the camera

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom; the point `at` (else the middle) stays in place."""
        self.camera.zoom_at(at or QPointF(self.width() / 2, self.height() / 2), zoom)
        self.view_moved()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture."""
        self.camera.pan(dx, dy)
        self.view_moved()

    def center_on(self, point: QPointF) -> None:
        """Bring a scene point to the middle, or beside what lies over the middle."""
        self.camera.anchor(point, self._middle())
        self.view_moved()

    def anchor(self, scene_point: QPointF, widget_point: QPointF) -> None:
        """Pan so that a scene point is drawn at a widget point."""
        self.camera.anchor(scene_point, widget_point)
        self.view_moved()

    def reveal(self, card: int) -> None:
        """Bring a card into view: to the middle when it was out of sight or covered, else as little as helps."""
        if self.scene is None:
            return
        rect = self.scene.rect(card)
        place, margin = self.camera.rect_to_widget(rect), min(_REVEAL_MARGIN, self.width() / 8)
        area = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        if not area.intersects(place) or any(QRectF(cover).intersects(place) for cover in self._covers()):
            self.center_on(rect.center())
        elif not QRectF(self.rect()).contains(place) and self.camera.reveal(rect, area):
            self.view_moved()

    def _middle(self) -> QPointF:
        """Of the whole, or, where something lies over that, of the side of it that has the most room."""
        width, height, beside = self.width(), self.height(), theme.current().px(_BESIDE)
        middle = QPointF(width / 2, height / 2)
        for cover in map(QRectF, self._covers()):
            if cover.adjusted(-beside, -beside, beside, beside).contains(middle):
                sides = (
                    QRectF(0, 0, cover.left(), height),
                    QRectF(cover.right(), 0, width - cover.right(), height),
                    QRectF(0, cover.bottom(), width, height - cover.bottom()),
                )
                return max(sides, key=lambda side: min(side.width(), side.height())).center()
        return middle

    def _covers(self) -> list[QRect]:
        """The places of what lies over the canvas: minimap, legend, what was found."""
        return [
            child.geometry()
            for child in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if child.isVisible()
        ]

    def view_moved(self) -> None:
        """Repaint and say so: whoever moves the camera calls this."""
        self.update()
        self.view_changed.emit()

    # -- painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint(painter, part=QRectF(event.rect()))
        if self._has_keyboard:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(theme.current().color("accent.line"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
        if self._is_unpainted:
            self._is_unpainted = False
            self.scene_painted.emit()

    def paint(self, painter: QPainter, *, part: QRectF | None = None) -> None:
        """The canvas as it is seen, or a part of it."""
        size = QSizeF(self.size())
        if self.scene is None or self.states is None:
            painter.fillRect(QRectF(QPointF(0, 0), size), theme.current().color("bg.canvas"))
            return
        self._painter.paint(
            painter,
            size,
            self.camera,
            self.scene,
            self.states,
            self.book,
            selected=self.selected,
            leaf=self.leaf,
            marked=self.marked,
            way=self.way,
            part=part,
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._has_keyboard = event.reason() in reasons
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._has_keyboard = False
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.view_changed.emit()

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
            self._dragged_from = point
            self.pan(moved.x(), moved.y())
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

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        self.pointed.emit(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos(), self.card_at(QPointF(event.pos())))

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
        elif not slot.fold and PAGER.contains(inside) and self._has_pages(card):
            self.page_turned.emit(card)
        else:
            self.card_selected.emit(card, self.scene.row_at(card, scene_point))

    def _has_pages(self, card: int) -> bool:
        assert self.scene is not None
        node = self.scene.shown.graph.nodes[self.scene.shown.cards[card].nodes[0]]
        return len(node.outputs) > 1 and self.camera.scale >= READABLE

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
        """Tab goes from card to card as the backward pass would, and past the last one on to the next widget."""
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
