"""The colours of the graph: chosen at its title bar, worked out from facts, and given to cards, overview and legend."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.color_by import CATEGORY, CHOICES, CardValues, Coloring, facts_of
from visualizer.backprop.graph.overlays import Overlays
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.title_bar import GraphTitleBar
from visualizer.model.fact_columns import FactColumns
from visualizer.model.facts import GraphFacts
from visualizer.model.recording import RecordedFacts, Recording


class Recoloring(QObject):
    """`changed(name)` says that another one of CHOICES was chosen."""

    changed = Signal(str)

    def __init__(self, bar: GraphTitleBar, canvas: GraphCanvas, overlays: Overlays, facts: GraphFacts) -> None:
        super().__init__(canvas)
        self.name = CATEGORY
        self._bar, self._canvas, self._overlays, self._facts = bar, canvas, overlays, facts
        self._columns: FactColumns | None = None
        self._scene: Scene | None = None
        self._cards: CardValues | None = None  # of the scene, once a number is shown
        bar.color_chosen.connect(self.choose)

    def choose(self, name: str) -> None:
        """Colour by one of CHOICES from now on."""
        if name != self.name:
            self.name = name
            self._want()
            self._color()
            self._bar.set_color(name)
            self.changed.emit(name)

    def set_columns(self, columns: FactColumns | None) -> None:
        """Another graph, or none."""
        self._columns = columns
        self._want()

    def set_scene(self, scene: Scene | None) -> None:
        """Its cards are on the canvas now, in the colours of their categories."""
        self._scene, self._cards = scene, None
        self._color()

    def facts_changed(self) -> None:
        """More is known, or something else."""
        if self.name != CATEGORY:
            self._color()

    def _want(self) -> None:
        if self._columns is not None and facts_of(self.name):
            self._facts.want(self._columns.graph.columns.ids.tolist())

    def of(self, scene: Scene) -> Coloring | None:
        """The colours of a scene's cards, be it on the canvas or not; None by category."""
        columns = self._columns
        if self.name == CATEGORY or columns is None or scene.shown.graph is not columns.graph:
            return None
        return CardValues(scene).coloring(self.name, columns)

    def over(self, scene: Scene, recording: Recording) -> Callable[[int], Coloring | None]:
        """The same by position of a recorded pass: what only a pass makes known comes with it."""
        coloring = self.of(scene)
        if coloring is None or not CHOICES[self.name].of_pass:
            return lambda position: coloring
        source, values, name = RecordedFacts(recording, self._facts), CardValues(scene), self.name
        columns = FactColumns(scene.shown.graph, source)

        def at(position: int) -> Coloring | None:
            columns.touch(source.go_to(position))
            return values.coloring(name, columns)

        return at

    def _color(self) -> None:
        scene, columns, coloring = self._scene, self._columns, None
        if scene is not None and columns is not None and scene.shown.graph is not columns.graph:
            return  # the layout of another graph is under way; until it is there this one stays as it is
        if self.name != CATEGORY and scene is not None and columns is not None:
            self._cards = self._cards or CardValues(scene)
            coloring = self._cards.coloring(self.name, columns)
        self._canvas.set_coloring(coloring)
        self._overlays.set_coloring(CHOICES[self.name], coloring)
