"""What is known of the nodes goes to the search and to the colours, what is found to the marks."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.protocol.graph_values import Graph
from visualizer.backprop.graph.finding import Finding
from visualizer.backprop.graph.marking import Marking
from visualizer.backprop.graph.recoloring import Recoloring
from visualizer.model.fact_columns import FactColumns
from visualizer.model.facts import GraphFacts


class FactLinks(QObject):
    """`found(nodes)`, a frozenset of ids, says what the search has found in the graph."""

    found = Signal(object)

    def __init__(self, facts: GraphFacts, finding: Finding, colors: Recoloring, marking: Marking) -> None:
        super().__init__(finding)
        self._facts, self._finding, self._colors, self._marking = facts, finding, colors, marking
        self.columns: FactColumns | None = None  # of the graph
        finding.changed.connect(self._on_found)
        facts.changed.connect(self.take)

    def set_graph(self, graph: Graph | None) -> None:
        """Another graph, of which other things are known."""
        self.columns = FactColumns(graph, self._facts) if graph is not None else None
        self._colors.set_columns(self.columns)
        self._finding.set_graph(graph, self.columns)

    def take(self, nodes: frozenset[int]) -> None:
        """More is known of these nodes (ids), or something else."""
        if self.columns is not None:
            self.columns.touch(nodes)
            self._finding.facts_changed()
            self._colors.facts_changed()

    def _on_found(self) -> None:
        ids = () if self.columns is None else self.columns.graph.columns.ids[list(self._finding.matches)].tolist()
        self.found.emit(frozenset(ids))
        self._marking.show()
