"""What lies over the canvas and where: minimap and legend on the left, notices in the middle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton

from engine.protocol.graph_values import Graph
from visualizer.backprop.graph.breadcrumbs import Breadcrumbs
from visualizer.backprop.graph.camera import FIT_MARGIN, Camera
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.color_by import Choice, Coloring
from visualizer.backprop.graph.legend import Legend
from visualizer.backprop.graph.minimap import Minimap
from visualizer.backprop.graph.notices import EmptyNotice, WorkNotice
from visualizer.backprop.graph.opening import FULL_DETAIL
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.states import States
from visualizer.look import spoken, theme
from visualizer.look.spoken import Words, speak

_MARGIN = 16
_MINIMAP = (184, 118)
_MINIMAP_SHARE, _SMALLEST = 1 / 6, 0.6  # of the canvas's width, and of that size: a small canvas is for the graph
_LEAST_WIDTH, _LEAST_HEIGHT = 560, 460  # of a canvas that has room for minimap and legend beside its cards
_OPEN_WIDTH, _OPEN_HEIGHT = 640, 600  # of one that has room for the open legend
_LOW, _LOW_STRIP = 260, 20  # of a canvas that has hardly room for cards, and of the strip at its foot
_LEAST_ROOM, _ROOM_STEP = 300, 50  # scene pixels: a little more room moves no card
_WORTH_IT = 0.7  # beside the overlays the graph may be this much smaller than behind them
_WORTH_OPEN = 0.9  # the same beside an open legend that nobody asked for


class Overlays(QObject):
    """Child widgets of the canvas. They never move while a graph is stepped or panned.

    `legend_chosen(how)`: the person wants the legend "open", "folded" or "closed". Before that it is open for a small
    graph that fits beside it.
    """

    legend_chosen = Signal(str)

    def __init__(self, canvas: GraphCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.minimap, self.legend = Minimap(canvas), Legend(canvas)
        self.empty = EmptyNotice(canvas)
        self.empty.steps.begun.connect(lambda: canvas.setFocus(Qt.FocusReason.OtherFocusReason))
        self.slow, self.exporting = WorkNotice("layout", canvas), WorkNotice("export", canvas)
        self.crumbs = Breadcrumbs(canvas)
        self.to_current = QPushButton(canvas, objectName="graph_to_current")
        speak(self.to_current.setText, "Return to the current node")
        speak(self.to_current.setToolTip, "The view follows the pass again (C)")
        self.to_current.clicked.connect(canvas.setFocus)  # the button hides, and the keyboard goes to where it led
        self.to_current.hide()
        self._scene: Scene | None = None
        self._fitted: Camera | None = None  # as fit() left it
        self._legend_wish = ""
        self._has_room = self._is_beside = True  # a canvas for overlays, the whole graph beside the open legend
        self.legend.folded.connect(lambda is_open: self._wish_legend("open" if is_open else "folded"))
        self.legend.closed.connect(lambda: self._wish_legend("closed"))
        self.minimap.moved_to.connect(canvas.center_on)
        self.minimap.panned.connect(self._pan)
        canvas.way_changed.connect(self.minimap.set_way)
        canvas.installEventFilter(self)
        spoken.current().changed.connect(self._keep_clear)  # its words are as long as they are
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self.place()
            if self.is_fitted and self._scene is not None:
                self.fit(self._scene)
            elif event.oldSize().isValid():  # what was in the middle stays there
                grown = event.size() - event.oldSize()
                self._canvas.camera.pan(grown.width() / 2, grown.height() / 2)
                self._keep_clear()  # a legend that has room again
        return False

    @property
    def is_fitted(self) -> bool:
        """Whether the whole scene was fitted and the camera has not been moved since: then it stays fitted.

        Larger text ends that, or its cards would not get larger.
        """
        camera = self._canvas.camera
        return self._fitted == camera and camera.text_scale == theme.current().scale

    def explain(self, graph: Graph | None) -> None:
        """Words for a canvas without a scene."""
        self.empty.explain(graph)
        self.place()

    def set_has_program(self, *, has_program: bool) -> None:
        """Whether there is a text that could be run."""
        if self.empty.steps.set_has_program(has_program=has_program):
            self.place()

    def say(self, sentence: Words) -> None:
        """Other words for it."""
        self.empty.say_why(sentence)
        self.place()

    def set_scene(self, scene: Scene | None, states: States | None) -> None:
        """Show overlays for a scene, or the notice without one."""
        self._scene = scene
        self.minimap.set_scene(scene, states)
        self.place()

    def set_coloring(self, choice: Choice, coloring: Coloring | None) -> None:
        """Other colours of the cards; without a scale those of their categories."""
        self.minimap.set_coloring(coloring)
        before = self.legend.sizeHint(), self.legend.has_scale
        self.legend.set_coloring(choice, coloring)
        if (self.legend.sizeHint(), self.legend.has_scale) != before:
            self._keep_clear()

    def _keep_clear(self) -> None:
        """The legend has another size: what was fitted stays beside it, and of what was not it hides no card, unless
        somebody asked for it."""
        scene = self._scene
        if scene is not None and self.is_fitted:
            self.fit(scene)
            return
        self.place()
        if (
            scene is not None
            and self.legend.is_open
            and not self._has_strip
            and self._hides_cards(scene, QRectF(self.legend.geometry()))
        ):
            self._is_beside = False
            self.place()

    def offer_return(self, *, is_offered: bool) -> None:
        """The current node is out of sight, and the view does not follow it."""
        self.to_current.setVisible(is_offered)
        self.to_current.raise_()

    def follow(self) -> None:
        """The camera moved."""
        canvas = self._canvas
        self.minimap.set_view(canvas.camera.visible(QSizeF(canvas.size())))

    def _pan(self, by: QPointF) -> None:
        scale = self._canvas.camera.scale
        self._canvas.pan(-by.x() * scale, -by.y() * scale)
        self._canvas.moved_by_hand.emit()

    def restyle(self) -> None:
        """The theme changed."""
        self.minimap.forget_picture()
        self.empty.restyle()
        self.legend.update()
        self.place()

    def room(self) -> tuple[float, float]:
        """Width and height of the canvas beside minimap and legend, in scene pixels at 100 %: what a graph is laid out
        for."""
        self.place()
        left = self.minimap.geometry().right() + FIT_MARGIN if self._has_room else 0.0
        sides = self._canvas.width() - left, self._canvas.height()
        width, height = (max(side / theme.current().scale, _LEAST_ROOM) for side in sides)
        return round(width / _ROOM_STEP) * float(_ROOM_STEP), round(height / _ROOM_STEP) * float(_ROOM_STEP)

    def fitting(self, scene: Scene) -> float:
        """The scale at which the whole scene fits into the canvas."""
        camera = self._canvas.camera
        return camera.fitting(scene.bounds, self._free()) * camera.text_scale

    def fit(self, scene: Scene) -> None:
        """Show the whole scene as large as it goes without hiding a card under an overlay, at most at 100 %.

        The scene moves to the right first, then it shrinks; then a legend that nobody asked for folds; where that would
        cost too much, too, the scene may lie under them.
        """
        self._is_beside = True
        self.place()
        is_welcome = self.legend.is_open and self._legend_wish != "open"
        self._is_beside = self._fits_beside(scene, _WORTH_OPEN if is_welcome else _WORTH_IT) or not self.legend.is_open
        if not self._is_beside:
            self.place()
            self._fits_beside(scene, _WORTH_IT)
        self._fitted = replace(self._canvas.camera)
        self._canvas.view_moved()

    def _fits_beside(self, scene: Scene, worth: float) -> bool:
        """Put the camera where no overlay hides a card and the scene is at least `worth` of its size, else in the
        middle."""
        camera, whole = self._canvas.camera, self._free()
        covers = [QRectF(widget.geometry()) for widget in (self.minimap, self.legend) if not widget.isHidden()]
        covers = [] if self._has_strip else covers
        covers = [cover.adjusted(0, 0, FIT_MARGIN, 0) for cover in covers]
        largest = camera.fitting(scene.bounds, whole)
        camera.fit(scene.bounds, whole)
        if not covers:
            return True
        beside = QRectF(whole)
        beside.setLeft(max(cover.right() for cover in covers))
        smallest = max(camera.fitting(scene.bounds, beside), largest * worth)
        for zoom in np.linspace(largest, smallest, 8).tolist():
            if self._avoid(scene, zoom, whole, covers):
                return True
        camera.fit(scene.bounds, whole)
        return False

    def _free(self) -> QRectF:
        """The canvas, above the strip at its foot."""
        whole = QRectF(self._canvas.rect())
        if self._has_strip and not self.legend.isHidden():
            whole.setBottom(self.legend.y())
        return whole

    def _avoid(self, scene: Scene, zoom: float, whole: QRectF, covers: list[QRectF]) -> bool:
        """Try places from the middle to the right end; True when one is free of overlays, and there the camera is."""
        camera = self._canvas.camera
        camera.zoom = zoom
        slack = max((whole.width() - scene.bounds.width() * camera.scale) / 2 - FIT_MARGIN, 0.0)
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            camera.anchor(scene.bounds.center(), whole.center() + QPointF(slack * share, 0))
            if not any(self._hides_cards(scene, cover) for cover in covers):
                return True
        return False

    def _hides_cards(self, scene: Scene, cover: QRectF) -> bool:
        """Whether a part of the canvas has cards, or the edge of a frame, in the view of now."""
        camera = self._canvas.camera
        area = QRectF(camera.to_scene(cover.topLeft()), cover.size() / camera.scale)
        return bool(scene.cards_in(area).size or scene.frames_meet(area))

    def place(self) -> None:
        """Put everything where today's size and scale want it."""
        look, width, height = theme.current(), self._canvas.width(), self._canvas.height()
        margin, has_scene = look.px(_MARGIN), self._scene is not None
        self._has_room = has_room = width >= look.px(_LEAST_WIDTH) and height >= look.px(_LEAST_HEIGHT)
        fits_open = width >= look.px(_OPEN_WIDTH) and height >= look.px(_OPEN_HEIGHT)
        is_small = self._scene is not None and len(self._scene.shown.graph.nodes) <= FULL_DETAIL  # where one learns
        is_welcome = not self._legend_wish and fits_open and is_small and self._is_beside
        self.legend.set_open(self._legend_wish == "open" or is_welcome)
        self.legend.set_strip(not has_room and self._legend_wish != "open" and self.legend.has_scale)
        self.minimap.setVisible(has_scene and has_room)
        has_wide = self.legend.is_open and self.has_legend  # legend, above the minimap
        shrunk = 1.0 if has_wide else min(max(width * _MINIMAP_SHARE / look.px(_MINIMAP[0]), _SMALLEST), 1.0)
        across, down = (round(look.px(side) * shrunk) for side in _MINIMAP)
        self.minimap.setGeometry(margin, height - margin - down, across, down)
        size = self.legend.sizeHint()
        self.legend.setVisible(has_scene and (self.has_legend or self._has_strip))
        if self._has_strip and height < look.px(_LOW):
            self.legend.setGeometry(0, height - look.px(_LOW_STRIP), width, look.px(_LOW_STRIP))
        elif self._has_strip:
            self.legend.setGeometry(margin, height - margin - size.height(), width - 2 * margin, size.height())
        else:
            above = self.minimap.y() - look.px(10) - size.height()
            self.legend.setGeometry(margin, max(above, margin), max(size.width(), self.minimap.width()), size.height())
        self.empty.setVisible(not has_scene)
        self.empty.place(width, height)
        for notice in (self.slow, self.exporting):
            notice.place()
        self.crumbs.place()
        self.to_current.adjustSize()
        self.to_current.move((width - self.to_current.width()) // 2, height - margin - self.to_current.height())

    def show_legend(self, how: str) -> None:
        """ "open", "folded", "closed", or "" for what its room allows. No signal."""
        self._legend_wish = how
        self.place()

    @property
    def has_legend(self) -> bool:
        """Whether a graph has it: it has room, or is wanted though it has none."""
        return self._legend_wish != "closed" and (self._has_room or self._legend_wish == "open")

    @property
    def _has_strip(self) -> bool:
        """Whether a canvas without room for a legend says in one line at its foot what its colours stand for."""
        return self.legend.is_strip and self._legend_wish != "closed"

    def _wish_legend(self, how: str) -> None:
        self.show_legend(how)
        self.legend_chosen.emit(how)
