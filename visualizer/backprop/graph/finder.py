"""Finding nodes: what a query finds of the graph on screen, as far as its facts have come, and by a place in the
program."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.protocol.graph_values import Graph
from engine.protocol.source import Source
from visualizer.model.fact_columns import FactColumns
from visualizer.model.node_index import NodeIndex
from visualizer.model.query import Query, QueryError, parse
from visualizer.model.search import Found, search


class Finder:
    """The matches of the newest query, indices in graph.nodes with the loss first, and which of them is looked at."""

    def __init__(self) -> None:
        self.query = Query()
        self.problem = ""  # a sentence about what is not understood
        self.found = Found()
        self.place = -1  # in matches, -1 before the first step
        self._index: NodeIndex | None = None
        self._preparing: Iterator[object] | None = None
        self._columns: FactColumns | None = None

    @property
    def matches(self) -> tuple[int, ...]:
        return self.found.matches

    @property
    def is_searching(self) -> bool:
        """Whether there is a query, understood or not, and a graph for it."""
        return self._index is not None and bool(self.query.terms or self.problem)

    def set_graph(self, graph: Graph | None, columns: FactColumns | None) -> None:
        """Search in another graph, and forget the place."""
        self._index, self._columns = (NodeIndex(graph), columns) if graph is not None else (None, None)
        self._preparing = None
        self.place = -1
        self._search()

    def prepare(self) -> bool:
        """Somebody is about to search: do a part of the work that the first search would do. False when all is done."""
        if self._index is not None and self._preparing is None:
            self._preparing = self._index.prepare()
        return self._preparing is not None and next(self._preparing, None) is not None

    def ask(self, text: str) -> None:
        """Search for something else."""
        self.place, self.query, self.problem = -1, Query(), ""
        try:
            self.query = parse(text)
        except QueryError as error:
            self.problem = str(error)
        self._search()

    def look_again(self) -> bool:
        """More facts are known: True if that changes what is found. The match looked at stays so."""
        before, here = self.found, self.matches[self.place] if self.place >= 0 else -1
        self._search()
        self.place = self.matches.index(here) if here in self.matches else -1
        return self.found != before

    def missing(self, fact: str) -> bool:
        """Whether no node at all has a value of this fact of a backward pass."""
        return self._columns is not None and not self._columns.column(fact).has.any()

    def step(self, way: int) -> int:
        """The index of the next (1) or previous (-1) match, round and round; -1 when there is none."""
        if not self.matches:
            return -1
        if self.place < 0 and way < 0:
            self.place = 0
        return self.go((self.place + way) % len(self.matches))

    def go(self, place: int) -> int:
        """The index of the match at a place of the list, which is looked at now."""
        self.place = place
        return self.matches[place]

    def _search(self) -> None:
        if self._index is None or self._columns is None:
            self.found = Found()
        else:
            self.found = search(self.query, self._index, self._columns)


def nodes_at(graph: Graph, covers: Callable[[Source], bool]) -> frozenset[int]:
    """Indices of the nodes whose sub-expression covers a place; of nested ones, those of the smallest."""
    covering: dict[tuple[int, int], list[int]] = {}
    for index, node in enumerate(graph.nodes):
        source = node.source
        if source is not None and covers(source):
            size = (source.end_line - source.line, source.end_column - source.column)
            covering.setdefault(size, []).append(index)
    return frozenset(covering[min(covering)]) if covering else frozenset()
