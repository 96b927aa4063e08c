"""The whole scene in a corner, with the part that is in view; a click, a drag or a key goes there."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from engine.shared.language import grouped, trn
from visualizer.backprop.graph.color_by import Coloring
from visualizer.backprop.graph.distant_painter import far_palette, shade_of
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.states import Change, States
from visualizer.backprop.graph.way import AFTER, BEFORE, HERE, Way
from visualizer.backprop.graph.way_artist import VEIL
from visualizer.look import theme
from visualizer.look.announcing import announce
from visualizer.look.batches import Batch
from visualizer.look.painting import guarded
from visualizer.look.spoken import speak

_INSET = 8.0
_DOT = 3.0  # pixels of a mark
_WAY_TOKENS = {BEFORE: "flow.line", AFTER: "flow.trail", HERE: "accent.line"}
_STEPS = {  # by key, how far in views
    Qt.Key.Key_Left: (-0.25, 0.0),
    Qt.Key.Key_Right: (0.25, 0.0),
    Qt.Key.Key_Up: (0.0, -0.25),
    Qt.Key.Key_Down: (0.0, 0.25),
    Qt.Key.Key_PageUp: (0.0, -1.0),
    Qt.Key.Key_PageDown: (0.0, 1.0),
}
_CURRENT = 3.5  # pixels, half of the dot of the current node


class Minimap(QWidget):
    """Emits `moved_to(QPointF)` with the scene point that should come to the middle, and `panned(QPointF)` with how far
    the view should go over the scene: an arrow key a quarter of itself, a page key all of itself, Home and End to the
    upper and lower end."""

    accessible_role = QAccessible.Role.ScrollBar

    moved_to = Signal(QPointF)
    panned = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("graph_minimap")
        speak(self.setAccessibleName, "Overview of the graph")
        speak(self.setToolTip, "Overview. Drag, or press an arrow key, to move the part in view.")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._scene: Scene | None = None
        self._states: States | None = None
        self._view = QRectF()
        self._picture: QPixmap | None = None
        self._palette: list[QColor] = []  # of the picture
        self._coloring: Coloring | None = None
        self._marked = np.empty(0, dtype=np.int64)
        self._way: Way | None = None
        self._batch = Batch(QRectF)

    def set_scene(self, scene: Scene | None, states: States | None) -> None:
        """Show these cards in these states."""
        if scene is not self._scene:
            self._marked, self._coloring, self._way = np.empty(0, dtype=np.int64), None, None
        self._scene, self._states, self._picture = scene, states, None
        self.update()

    def show_change(self, change: Change) -> None:
        """These cards have other states."""
        if self._picture is None or self._scene is None or self._states is None:
            return
        rects = self._placed(self._scene, self._scene.rects[change.cards])
        shades = shade_of(self._scene, self._states, self._coloring, change.cards)
        painter = QPainter(self._picture)
        for rect, shade in zip(rects.tolist(), shades.tolist(), strict=True):
            painter.fillRect(QRectF(*rect), self._palette[shade])
        painter.end()
        self.update()  # the dot of the current node moves, too

    def set_coloring(self, coloring: Coloring | None) -> None:
        """Other colours of the cards; None by category."""
        self._coloring = coloring
        self.forget_picture()

    def set_way(self, way: Way | None) -> None:
        """The way of a gradient that is lit on the canvas."""
        if way is not self._way:
            self._way = way
            self.update()

    def set_marked(self, cards: frozenset[int]) -> None:
        """Dots on these cards, as on the canvas."""
        self._marked = np.array(sorted(cards), dtype=np.int64)
        self.update()

    def set_view(self, view: QRectF) -> None:
        """The part of the scene that is in view."""
        if view != self._view:
            self._view = view
            self.update()

    def forget_picture(self) -> None:
        """Draw anew: the theme changed."""
        self._picture = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._picture = None

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line.subtle"), 1))
        painter.setBrush(look.color("bg.panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self._scene is not None:
            if self._picture is None:
                self._picture = self._draw_cards(self._scene)
            painter.drawPixmap(0, 0, self._picture)
            if self._way is not None:
                self._draw_way(painter, self._scene, self._way)
            self._draw_marks(painter, self._scene)
            self._draw_current(painter, self._scene)
            scale, offset = self._mapping(self._scene)
            view = QRectF(self._view.topLeft() * scale + offset, self._view.size() * scale)
            inside = QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("text.secondary"), 1))
            painter.drawRoundedRect(view & inside, 1, 1)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ends = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}
        if self._scene is None or not plain or not (key in _STEPS or key in ends):
            super().keyPressEvent(event)
            return
        view, bounds = self._view, self._scene.bounds
        if key in _STEPS:
            across, down = _STEPS[key]
            wanted = view.center() + QPointF(across * view.width(), down * view.height())
        else:
            wanted = QPointF(view.center().x(), bounds.top() if ends[key] < 0 else bounds.bottom())
        x = min(max(wanted.x(), bounds.left()), bounds.right())
        y = min(max(wanted.y(), bounds.top()), bounds.bottom())
        self.panned.emit(QPointF(x, y) - view.center())
        announce(self, self.told_now())

    def told_now(self) -> str:
        """For who does not see it."""
        if self._scene is None:
            return ""
        n_seen, n_cards = len(self._scene.cards_in(self._view)), len(self._scene.rects)
        return trn("{seen} of {n} card in view", "{seen} of {n} cards in view", n_cards, seen=grouped(n_seen))

    def _go(self, point: QPointF) -> None:
        if self._scene is not None:
            scale, offset = self._mapping(self._scene)
            self.moved_to.emit((point - offset) / scale)

    def _mapping(self, scene: Scene) -> tuple[float, QPointF]:
        bounds, room = scene.bounds, QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        scale = min(room.width() / max(bounds.width(), 1.0), room.height() / max(bounds.height(), 1.0))
        return scale, room.center() - bounds.center() * scale

    def _placed(self, scene: Scene, rects: np.ndarray) -> np.ndarray:
        """Where rectangles of the scene are drawn, float64 (n, 4)."""
        scale, offset = self._mapping(scene)
        rects = rects * scale
        rects[:, :2] += [offset.x(), offset.y()]
        np.maximum(rects[:, 2:], 1.0, out=rects[:, 2:])
        return rects

    def _draw_way(self, painter: QPainter, scene: Scene, way: Way) -> None:
        """What is not on it recedes; the rest has the colours of its lines."""
        look = theme.current()
        veil = QColor(look.color("bg.panel"))
        veil.setAlphaF(VEIL)
        painter.fillRect(QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET), veil)
        painter.setPen(Qt.PenStyle.NoPen)
        for side, token in _WAY_TOKENS.items():
            painter.setBrush(look.color(token))
            self._batch.draw(painter, self._placed(scene, scene.rects[way.cards == side]))

    def _draw_current(self, painter: QPainter, scene: Scene) -> None:
        """A dot where the pass is, which can be seen however small the cards are."""
        view = None if self._states is None else self._states.view
        index = scene.index_of.get(view.current) if view is not None else None
        if index is None:
            return
        ((x, y, width, height),) = self._placed(scene, scene.rects[[scene.shown.card_of[index]]]).tolist()
        painter.setPen(QPen(theme.current().color("bg.panel"), 1))
        painter.setBrush(theme.current().color("flow.line"))
        painter.drawEllipse(QPointF(x + width / 2, y + height / 2), _CURRENT, _CURRENT)

    def _draw_marks(self, painter: QPainter, scene: Scene) -> None:
        """A dot for each place with something marked, which can be seen however small the cards are."""
        if not len(self._marked):
            return
        x, y, width, height = self._placed(scene, scene.rects[self._marked]).T
        places = np.unique(np.round(np.column_stack([x + width / 2, y + height / 2])), axis=0) - _DOT / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("accent.line"))
        self._batch.draw(painter, np.column_stack([places, np.full((len(places), 2), _DOT)]))

    def _draw_cards(self, scene: Scene) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        assert self._states is not None
        rects = self._placed(scene, scene.rects)
        painter = QPainter(picture)
        painter.setPen(Qt.PenStyle.NoPen)
        shades, self._palette = shade_of(scene, self._states, self._coloring), far_palette(self._coloring)
        for shade in np.unique(shades):
            painter.setBrush(self._palette[shade])
            self._batch.draw(painter, rects[shades == shade])
        painter.end()
        return picture
