"""Where the canvas looks: at a graph for the first time, along with a pass, and back to places seen before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, QSizeF, QTimer

from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.overlays import Overlays
from visualizer.backprop.graph.painter import READABLE
from visualizer.backprop.graph.places import Place, Trail, place_of, point_of
from visualizer.backprop.graph.scene import Scene
from visualizer.look import theme

LEAST_ZOOM = 0.4  # at which a first look and a followed pass can be read
_FOLLOWING_ZOOM = 0.67
_NEAR_ZOOM = 0.62  # a little more than READABLE
_FEW_CARDS = 25  # are seen as a whole, in however small a window
_MOST_TO_COME = 2
_REST_MS = 700  # a view that does not move as long is a place looked at


class Navigation(QObject):
    """The view follows the current node of a pass until the person moves it; then it stays, and offers to return."""

    def __init__(self, canvas: GraphCanvas, overlays: Overlays) -> None:
        super().__init__(canvas)
        self._canvas, self._overlays = canvas, overlays
        self._trail = Trail()
        self._current = -1  # card of the pass's current node in the scene on show
        self._soon: Sequence[int] = ()  # the cards that the pass goes to next
        self.is_led = False  # the person has moved the view in this pass
        self.owes_whole = False  # all of the graph that is laid out now is asked for
        self._seen = canvas.size(), replace(canvas.camera)
        self._home: tuple[QSize, Camera] | None = None  # before the room or the text became another, and moved the view
        self._is_keeping = False
        self.rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self.rest.timeout.connect(self._remember)
        canvas.cameras_to_come = self._cameras_to_come
        canvas.view_changed.connect(self._on_view_changed)
        canvas.moved_by_hand.connect(self.take_lead)
        canvas.resized.connect(self._keep_current)
        theme.current().changed.connect(self._keep_current)
        overlays.minimap.moved_to.connect(self.take_lead)
        overlays.crumbs.wanted.connect(self._show_frame)
        overlays.to_current.clicked.connect(self.return_to_current)

    # -- the pass

    def take_lead(self) -> None:
        """The person moved the view."""
        self.is_led = self._current >= 0
        self._offer()

    def begin_pass(self) -> None:
        """Another pass, or none: the view follows again."""
        self._current, self._soon, self.is_led = -1, (), False
        self._offer()

    def follow(self, card: int, soon: Sequence[int] = ()) -> None:
        """The pass has come to this card, and most likely goes to those next."""
        self._current, self._soon = card, soon
        if not self.is_led:
            self._show_current()
        self._offer()

    def stand_at(self, card: int, soon: Sequence[int] = ()) -> None:
        """Where the pass stands in the scene that has come on show, -1 outside of one; the view stays."""
        self._current, self._soon = card, soon
        self._offer()

    def _keep_current(self) -> None:
        """What the pass has come to stays in sight with less room or larger text, as beside a lesson; once there is as
        much room again as before, the view is where it was."""
        self._is_keeping = True
        is_home = self._home is not None and not self._overlays.is_fitted and self._has_room_for(*self._home)
        if self._home is not None and is_home:
            more, camera = self._canvas.size() - self._home[0], replace(self._home[1])
            camera.pan(more.width() / 2, more.height() / 2)  # the middle stays in the middle
            self._canvas.look_from(camera)
        if not (self.is_led or (is_home and self._sees_current())):  # what lies over the canvas has no place yet
            self._show_current()
        self._is_keeping = False

    def _sees_current(self) -> bool:
        scene = self._canvas.scene
        is_known = scene is not None and 0 <= self._current < len(scene.rects)
        return scene is None or not is_known or self._view().contains(scene.rect(self._current))

    def _has_room_for(self, size: QSize, camera: Camera) -> bool:
        return self._canvas.camera.text_scale == camera.text_scale and self._canvas.size().expandedTo(size) == (
            self._canvas.size()
        )

    def return_to_current(self) -> None:
        """Follow the pass again."""
        self.is_led = False
        self._show_current(is_centered=True)
        self._offer()

    def _show_current(self, *, is_centered: bool = False) -> None:
        scene, canvas = self._canvas.scene, self._canvas
        if scene is None or not 0 <= self._current < len(scene.rects):
            return
        if canvas.camera.scale < LEAST_ZOOM:
            canvas.zoom_to(_FOLLOWING_ZOOM / canvas.camera.text_scale)
            is_centered = True
        if is_centered:
            canvas.center_on(scene.rect(self._current).center())
        else:
            canvas.reveal(self._current)

    def _cameras_to_come(self) -> list[Camera]:
        """Where the view goes with the next steps; to few other places, as each has a picture of every card in it."""
        scene, canvas = self._canvas.scene, self._canvas
        camera, found, covers = canvas.camera, list[Camera](), canvas.covers()
        for card in () if scene is None or self.is_led else self._soon:
            rect = scene.rect(card)  # type: ignore[union-attr]
            seeing = canvas.revealing(camera, rect, covers)
            if camera.scale < LEAST_ZOOM:
                zoomed = replace(camera, zoom=_FOLLOWING_ZOOM / camera.text_scale)
                seeing = canvas.centered(zoomed, rect.center())
            if seeing != camera:
                found.append(seeing)
                camera = seeing
            if len(found) == _MOST_TO_COME:
                break
        return found

    def _offer(self) -> None:
        scene = self._canvas.scene
        is_known = scene is not None and 0 <= self._current < len(scene.rects)
        is_away = is_known and scene is not None and not self._view().intersects(scene.rect(self._current))
        self._overlays.offer_return(is_offered=self.is_led and is_away)

    # -- looking at a graph

    def first_look(self, scene: Scene) -> None:
        """All of a graph where it can be read, else the loss and what is around it, with nothing beyond the graph."""
        self._overlays.fit(scene)
        is_whole, self.owes_whole = self.owes_whole, False
        if is_whole or self._canvas.camera.scale >= LEAST_ZOOM or len(scene.shown.cards) <= _FEW_CARDS:
            return
        self._canvas.zoom_to(_FOLLOWING_ZOOM / self._canvas.camera.text_scale)
        loss = scene.rect(int(scene.shown.card_of[0])).center()
        view = self._view()
        view.moveCenter(loss - QPointF(0, view.height() * 0.3))
        self._canvas.center_on(_moved_into(view, scene.bounds).center())

    def come_near(self, card: int) -> None:
        """To a card, as near as the values of cards can be read, with nothing beyond the graph."""
        scene, canvas = self._canvas.scene, self._canvas
        if scene is None or not 0 <= card < len(scene.rects) or canvas.camera.scale >= READABLE:
            return
        canvas.zoom_to(_NEAR_ZOOM / canvas.camera.text_scale)
        view = self._view()
        view.moveCenter(scene.rect(card).center())
        canvas.center_on(_moved_into(view, scene.bounds).center())

    def show(self, rect: QRectF) -> None:
        """A part of the scene, as large as it goes, at most at 100 %."""
        self._canvas.camera.fit(rect, QRectF(self._canvas.rect()))
        self._canvas.view_moved()

    def _show_frame(self, number: int) -> None:
        scene = self._canvas.scene
        if scene is not None and number < len(scene.layout.frames) and scene.layout.frames[number]:
            self.take_lead()
            self.show(QRectF(*scene.layout.frames[number]))

    # -- places

    def go(self, way: int) -> None:
        """To the place looked at before (-1) or after (1)."""
        self._remember()
        self._go_to(self._trail.go(way))

    def toggle_bookmark(self) -> bool:
        """At what is in view; True when there is one now."""
        place = self._here()
        return place is not None and self._trail.toggle_bookmark(place)

    def next_bookmark(self) -> None:
        """Round and round."""
        here = self._here()
        self._go_to(self._trail.next_bookmark(here) if here is not None else None)

    @property
    def n_bookmarks(self) -> int:
        return len(self._trail.bookmarks)

    def _go_to(self, place: Place | None) -> None:
        scene = self._canvas.scene
        point = point_of(scene, place) if scene is not None and place is not None else None
        if point is None or place is None:
            return
        self.take_lead()
        self._canvas.zoom_to(place.zoom)
        self._canvas.center_on(point)
        self.rest.stop()

    def _here(self) -> Place | None:
        scene = self._canvas.scene
        if scene is None or not len(scene.rects):
            return None
        return place_of(scene, self._canvas.camera, self._canvas.size())

    def _remember(self) -> None:
        self.rest.stop()
        here = self._here()
        if here is not None:
            self._trail.add(here)

    def _on_view_changed(self) -> None:
        self.rest.start()
        (size, camera), now = self._seen, (self._canvas.size(), replace(self._canvas.camera))
        is_of_room = self._is_keeping or now[0] != size or now[1].text_scale != camera.text_scale
        if now[1] != camera and not is_of_room:
            self._home = now
        self._seen = now
        self._overlays.crumbs.follow(self._canvas.scene, self._view())
        self._offer()

    def _view(self) -> QRectF:
        return self._canvas.camera.visible(QSizeF(self._canvas.size()))


def _moved_into(view: QRectF, bounds: QRectF) -> QRectF:
    """As much of the view inside as fits, along either axis."""
    x = _within(view.left(), view.width(), bounds.left(), bounds.right())
    y = _within(view.top(), view.height(), bounds.top(), bounds.bottom())
    return QRectF(x, y, view.width(), view.height())


def _within(start: float, length: float, low: float, high: float) -> float:
    return min(max(start, low), high - length) if length < high - low else (low + high - length) / 2
