"""A scene in a widget, seen through a camera: what is drawn, when it is drawn anew, and where the view goes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from visualizer.backprop.graph.ahead import Ahead
from visualizer.backprop.graph.backing import Backing
from visualizer.backprop.graph.camera import Camera, free_middle
from visualizer.backprop.graph.card_look import OUTSET
from visualizer.backprop.graph.color_by import Coloring
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.labels import PILL_HEIGHT
from visualizer.backprop.graph.layout_values import STACK_OFFSET
from visualizer.backprop.graph.painter import NAMED, READABLE, Painter
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.states import Change, States
from visualizer.backprop.graph.way import Way
from visualizer.look import theme
from visualizer.look.focus_ring import FocusRing
from visualizer.look.painting import guarded

_REVEAL_MARGIN = 24.0
_BESIDE = 60  # px around a point in the middle: half of a card
_MOST_PARTS = 100  # above it all is drawn at once
_FEW_PARTS = 8  # cards and rows, which are drawn in a frame's time although letters of each size are new
REST_MS = 120  # after the last zoom


class SceneView(QWidget):
    """`view_changed` when the camera moved or the size changed, `scene_painted` when a scene is on the screen for the
    first time."""

    accessible_role = QAccessible.Role.Canvas

    view_changed = Signal()
    resized = Signal()
    scene_painted = Signal()
    way_changed = Signal(object)

    def __init__(self, book: ContentBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.book = book
        self.scene: Scene | None = None
        self.states: States | None = None
        self.camera = Camera(text_scale=theme.current().scale)
        self.selected = self.leaf = -1
        self.marked: frozenset[int] = frozenset()
        self.way: Way | None = None
        self._painter, self._backing = Painter(), Backing()
        self.ahead = Ahead(self._prepare, self)
        self.cameras_to_come: Callable[[], list[Camera]] = list  # where the view most likely goes next
        self._is_unpainted = False
        self._is_zooming = False  # the next frame is one of several at growing or shrinking zooms
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._sharpen)

    # -- what is shown

    def set_scene(self, scene: Scene | None, states: States | None) -> None:
        """Another scene; the camera stays where it is."""
        self.scene, self.states, self.book.coloring = scene, states, None
        self._is_unpainted = scene is not None
        self.selected, self.leaf, self.marked, self.way = -1, -1, frozenset(), None
        self.book.forget_contents()
        self.redraw()
        self.view_changed.emit()

    def set_states(self, states: States) -> None:
        """Another moment of the pass: nothing moves."""
        self.states = states
        self.book.forget_contents()
        self.redraw()

    def show_change(self, change: Change) -> None:
        """The states have moved to another moment: only what that changes is drawn anew."""
        self.show_cards(change.cards)
        self._update_links(change.links)

    def _update_links(self, links: Sequence[int] | np.ndarray) -> None:
        if self.scene is None or not len(links):
            return
        if len(links) > _MOST_PARTS:
            self.redraw()
            return
        reach = self._painter.label_reach(self.scene, self.camera)
        for left, top, right, bottom in self.scene.link_boxes[links].tolist():
            self._update_part(QRectF(left - reach, top, right - left + 2 * reach, bottom - top), PILL_HEIGHT)

    def _update_cards(self, cards: Collection[int]) -> None:
        if self.scene is None:
            return
        if len(cards) > _MOST_PARTS:
            self.redraw()
            return
        for card in cards:
            if 0 <= card < len(self.scene.rects):
                self._update_part(self.scene.rect(card), OUTSET + 2 * STACK_OFFSET)

    def _update_part(self, part: QRectF, reach: float) -> None:
        """`reach`: how far around a part of the scene something of it is drawn."""
        margin = reach * self.camera.scale + 4
        place = self.camera.rect_to_widget(part).adjusted(-margin, -margin, margin, margin)
        area = (place & QRectF(self.rect())).toAlignedRect()
        self._backing.forget(area)
        self.update(area)

    def redraw(self) -> None:
        """Draw all of it anew."""
        self.ahead.stop()
        self._backing.forget()
        self.update()

    def show_nodes(self, nodes: Iterable[int]) -> None:
        """More is known of these nodes (ids), of which some may be elsewhere."""
        scene = self.scene
        if scene is not None:
            indices = [scene.index_of[node] for node in nodes if node in scene.index_of]
            self.show_cards(frozenset(scene.shown.card_of[indices].tolist()))
            if self.camera.scale >= READABLE:
                self._update_links(scene.links_at(indices))  # which say what these nodes sent on

    def show_cards(self, cards: Collection[int]) -> None:
        """These cards have something else to say."""
        self.book.forget(cards)
        self._update_cards(cards)

    def set_selected(self, card: int, leaf: int = -1) -> None:
        """Outline one card, -1 for none, or the rows of one leaf (index in graph.nodes), which may be in many cards."""
        changed = {self.selected, card} if card != self.selected else set[int]()
        if leaf != self.leaf and self.scene is not None:
            changed.update(self.scene.rows.cards_of([row for row in (self.leaf, leaf) if row >= 0]))
        self.selected, self.leaf = card, leaf
        self._update_cards(changed)
        self._describe()

    def set_way(self, way: Way | None) -> None:
        """Light up the way of a gradient and dim the rest; None lights up nothing. Nothing moves."""
        if way is not self.way:
            self.way = way
            self.way_changed.emit(way)
            self._describe()
            self.redraw()

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
            self.redraw()

    def set_coloring(self, coloring: Coloring | None) -> None:
        """Other colours of the cards; None by category."""
        if coloring is not None or self.book.coloring is not None:
            self.book.coloring = coloring
            self.book.forget_contents()
            self.redraw()

    def restyle(self) -> None:
        """The theme changed: colours, fonts, and how large 100 % is."""
        center = QPointF(self.width() / 2, self.height() / 2)
        scene_point = self.camera.to_scene(center)
        self.camera.text_scale = theme.current().scale
        self.camera.anchor(scene_point, center)
        self._painter = Painter()
        self.book.forget_contents()
        self.redraw()
        self.view_changed.emit()

    def visible_cards(self) -> list[int]:
        """The cards in view whose text can be read."""
        if self.scene is None or self.camera.scale < READABLE:
            return []
        return self.scene.cards_in(self.camera.visible(QSizeF(self.size()))).tolist()

    # -- the camera

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom; the point `at` (else the middle) stays in place. While one zoom follows another, cards may be drawn as
        scaled pictures, and those that come into view without words, until it rests."""
        self._is_zooming = self._rest.isActive()
        self._rest.start()
        self.camera.zoom_at(at or QPointF(self.width() / 2, self.height() / 2), zoom)
        self.view_moved()

    def pan(self, dx: float, dy: float) -> QPointF:
        """Move the picture by whole pixels of the screen; returns how far."""
        ratio = self.devicePixelRatioF()
        moved = QPointF(round(dx * ratio) / ratio, round(dy * ratio) / ratio)
        self.camera.pan(moved.x(), moved.y())
        if ratio != 1:  # words may stand a pixel beside their place until it rests
            self._rest.start()
        self.view_moved()
        return moved

    def center_on(self, point: QPointF) -> None:
        """Bring a scene point to the middle, or beside what lies over the middle."""
        self._take(self.centered(self.camera, point))

    def bring_to_middle(self, rect: QRectF) -> None:
        """Pan to a rectangle of the scene, to the upper and left end of one that is larger than the canvas."""
        place = self.camera.rect_to_widget(rect)
        left = max((self.width() - place.width()) / 2, _REVEAL_MARGIN)
        top = max((self.height() - place.height()) / 2, _REVEAL_MARGIN)
        self.camera.pan(round(left - place.left()), round(top - place.top()))
        self.view_moved()

    def centered(self, camera: Camera, point: QPointF) -> Camera:
        """Another place of a camera, from which a scene point is in the middle, or beside what lies over the middle."""
        moved = replace(camera)
        moved.anchor(point, free_middle(self.size(), self.covers(), theme.current().px(_BESIDE)))
        return moved

    def anchor(self, scene_point: QPointF, widget_point: QPointF) -> None:
        """Pan so that a scene point is drawn at a widget point."""
        self.camera.anchor(scene_point, widget_point)
        self.view_moved()

    def reveal(self, card: int) -> None:
        """Bring a card into view: to the middle when it was out of sight or covered, else as little as helps."""
        if self.scene is not None:
            seeing = self.revealing(self.camera, self.scene.rect(card))
            if seeing != self.camera:
                self._take(seeing)

    def revealing(self, camera: Camera, rect: QRectF, covers: list[QRect] | None = None) -> Camera:
        """Where a camera goes to reveal a rectangle of the scene; `covers`: what `covers()` gave for several."""
        place, margin = camera.rect_to_widget(rect), min(_REVEAL_MARGIN, self.width() / 8)
        area = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        if not area.intersects(place) or any(
            QRectF(one).intersects(place) for one in (self.covers() if covers is None else covers)
        ):
            return self.centered(camera, rect.center())
        moved = replace(camera)
        if not QRectF(self.rect()).contains(place):
            moved.reveal(rect, area)
        return moved

    def look_from(self, camera: Camera) -> None:
        """As it was seen at this size of text."""
        self.camera.zoom = camera.zoom
        self._take(camera)

    def _take(self, camera: Camera) -> None:
        self.camera.x, self.camera.y = camera.x, camera.y
        self.view_moved()

    def covers(self) -> list[QRect]:
        """The places of what lies over the canvas: minimap, legend, what was found."""
        widgets = (each for each in self.children() if isinstance(each, QWidget) and not isinstance(each, FocusRing))
        return [widget.geometry() for widget in widgets if widget.isVisible()]

    def view_moved(self) -> None:
        """Repaint and say so: whoever moves the camera calls this."""
        self.update()
        self.view_changed.emit()

    # -- painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._frame())
        painter.end()
        if self._backing.is_sharp:
            self.ahead.frame_painted()
        else:  # others follow, at other zooms
            self.ahead.stop()
        if self._is_unpainted:
            self._is_unpainted = False
            self.scene_painted.emit()

    def _frame(self) -> QPixmap:
        may_scale = self._is_zooming and self._is_slow()
        self._is_zooming = False
        return self._backing.frame(
            self.size(),
            self.devicePixelRatioF(),
            self.camera,
            lambda painter, part: self.paint(painter, part=part, is_draft=self._backing.is_scaled),
            may_scale=may_scale,
        )

    def _is_slow(self) -> bool:
        """Whether so much is in view, and so near, that a frame cannot be drawn in its time."""
        if self.scene is None or self.camera.scale < NAMED:
            return False
        cards = self.scene.cards_in(self.camera.visible(QSizeF(self.size()))).tolist()
        return sum(1 + len(self.scene.shown.cards[card].rows) for card in cards) > _FEW_PARTS

    def _sharpen(self) -> None:
        if not self._backing.is_sharp:
            self.redraw()

    def paint(self, painter: QPainter, *, part: QRectF | None = None, is_draft: bool = False) -> None:
        """The canvas as it is seen, or a part of it; a draft of cards has no words."""
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
            is_draft=is_draft,
        )

    def _prepare(self) -> Iterator[bool]:
        if self.scene is None or self.states is None:
            return iter(())
        return self._painter.prepare(
            QSizeF(self.size()),
            self.devicePixelRatioF(),
            [self.camera, *self.cameras_to_come()],
            self.scene,
            self.states,
            self.book,
            selected=self.selected,
            leaf=self.leaf,
            marked=self.marked,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized.emit()
        self.view_changed.emit()
