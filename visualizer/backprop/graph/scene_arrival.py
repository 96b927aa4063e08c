"""A laid-out scene comes to the canvas: what stays in place on the screen, where the first look goes, who shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRectF, Signal

from engine.shared.language import tr
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.layout_values import ROOMY
from visualizer.backprop.graph.navigation import Navigation
from visualizer.backprop.graph.overlays import Overlays
from visualizer.backprop.graph.pass_picture import PassPicture
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.scene_builder import Stage, landmark
from visualizer.look.spoken import Words


class SceneArrival(QObject):
    """`shows` are told of every scene, None for none; `afterwards` is done once a laid-out one has its place.
    `not_drawn()` where it could not be laid out, and `status` says why."""

    status = Signal(object)
    not_drawn = Signal()

    def __init__(
        self,
        canvas: GraphCanvas,
        stage: Stage,
        overlays: Overlays,
        navigation: Navigation,
        pass_picture: PassPicture,
        shows: Sequence[Callable[[Scene | None], object]],
        afterwards: Sequence[Callable[[], object]],
    ) -> None:
        super().__init__(canvas)
        self._canvas, self._stage, self._overlays = canvas, stage, overlays
        self._navigation, self._pass_picture = navigation, pass_picture
        self._shows, self._afterwards = shows, afterwards
        stage.shown.connect(self.take)
        stage.slow.connect(self._say_slow)
        stage.settled.connect(overlays.slow.hide)
        stage.failed.connect(self.fail)
        canvas.scene_painted.connect(self.suit_room)
        overlays.slow.cancelled.connect(stage.cancel)

    def _say_slow(self, what: Callable[[], str]) -> None:
        self._overlays.slow.say(lambda: tr("Laying out {what}…", what=what()), can_cancel=True)

    def take(self, scene: Scene, needs_fit: bool, anchor: str) -> None:
        """As `Stage.shown` says it."""
        canvas, before = self._canvas, self._canvas.scene
        view = self._pass_picture.view
        was_fitted = self._overlays.is_fitted and (view is None or view.current < 0)
        old = landmark(before, anchor) if before is not None and anchor else None
        place = canvas.camera.to_widget(old) if old is not None else None
        self.show(scene)
        if scene.layout.note:
            self.status.emit(lambda: tr(scene.layout.note))
        new = landmark(scene, anchor) if anchor else None
        if place is not None and new is not None:
            canvas.anchor(new, place)
            if was_fitted:  # all of it was in view, and no pass is held in it
                self._show_members(scene, anchor)
        elif needs_fit and (before is None or before.shown.graph is not scene.shown.graph):
            self._navigation.first_look(scene)
        elif needs_fit:
            self._overlays.fit(scene)
        for act in self._afterwards:
            act()

    def _show_members(self, scene: Scene, key: str) -> None:
        """Of a long series that was opened at some: the middle of the canvas is for its frame, or for all of the scene
        where that has room; the zoom stays."""
        for frame, values in zip(scene.shown.frames, scene.layout.frames, strict=True):
            if frame.fold == key and values and frame.span and frame.span[1] - frame.span[0] < frame.span[2]:
                has_room = self._overlays.fitting(scene) >= self._canvas.camera.scale
                self._canvas.bring_to_middle(scene.bounds if has_room else QRectF(*values))

    def suit_room(self) -> None:
        """All of the scene is seen, and too small to be read: it may fit better into the room that there is now."""
        scene = self._stage.scene
        if scene is not None and self._overlays.is_fitted and self._overlays.fitting(scene) < ROOMY:
            self._stage.suit_room()

    def show(self, scene: Scene | None) -> None:
        """Wherever a scene is shown."""
        self._canvas.set_scene(scene, self._pass_picture.states_of(scene) if scene is not None else None)
        self._overlays.set_scene(scene, self._canvas.states)
        for show in self._shows:
            show(scene)

    def fail(self, sentence: Words) -> None:
        """As `Stage.failed` says it: what there was before stays."""
        self.status.emit(sentence)
        if self._stage.scene is None:
            self.show(None)
            self._overlays.say(sentence)
        self.not_drawn.emit()
