"""What is outlined on canvas and overview: what the cursor in the program is on, cells explained, what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.protocol.cells import CellPlace
from engine.protocol.graph_values import Graph
from engine.protocol.source import Source
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.finder import nodes_at
from visualizer.backprop.graph.finding import Finding
from visualizer.backprop.graph.lit_cells import by_tensor
from visualizer.backprop.graph.minimap import Minimap
from visualizer.backprop.graph.scene_builder import Stage


class Marking:
    """`at_cursor` and `lit` are indices in graph.nodes: of those that the program's cursor is on, and of those with a
    cell that took part in what is explained."""

    def __init__(
        self, canvas: GraphCanvas, stage: Stage, minimap: Minimap, finding: Finding, book: ContentBook
    ) -> None:
        self._canvas, self._stage, self._minimap, self._finding, self._book = canvas, stage, minimap, finding, book
        self._graph: Graph | None = None
        self._index: dict[int, int] = {}
        self.at_cursor: frozenset[int] = frozenset()
        self.lit: frozenset[int] = frozenset()

    def set_graph(self, graph: Graph | None, index: dict[int, int]) -> None:
        """Another graph, `index` by id of its nodes; nothing is marked in it."""
        self._graph, self._index = graph, index
        self.at_cursor = self.lit = frozenset()

    def show_source(self, covers: Callable[[Source], bool] | None) -> None:
        """Mark the nodes whose innermost sub-expression covers a place in the program; None marks none."""
        graph = self._graph
        self.at_cursor = nodes_at(graph, covers) if covers is not None and graph is not None else frozenset()
        self.show()

    def light_cells(self, places: tuple[CellPlace, ...]) -> None:
        """Mark these elements, and their cards."""
        known = tuple(place for place in places if place.key.node in self._index)
        self.lit = frozenset(self._index[place.key.node] for place in known)
        self._book.light(by_tensor(known))
        self._canvas.redraw()
        self.show()

    def set_badges(self, badges: Mapping[int, str]) -> None:
        """By node: what a check of its gradient found, in two words on its card or in its row."""
        if badges != self._book.badges:
            self._book.badges = dict(badges)
            self._book.forget_contents()
            self._canvas.redraw()

    def show(self) -> None:
        """Outline the cards of all that is marked in the scene on show."""
        scene = self._stage.scene
        wanted = list(self.at_cursor | self.lit | frozenset(self._finding.matches))
        cards: frozenset[int] = frozenset()
        if scene is not None and scene.shown.graph is self._graph and wanted:  # else its layout is under way
            cards = frozenset(scene.shown.card_of[wanted].tolist())
        self._canvas.set_marked(cards)
        self._minimap.set_marked(cards)
