"""Which rows of the outline a search leaves: those that Find would find, and what holds them."""

from __future__ import annotations

from collections.abc import Iterable

from visualizer.backprop.outline.found import FoundRows
from visualizer.backprop.outline.rows import Outline
from visualizer.model.fact_columns import FactColumns
from visualizer.model.facts import GraphFacts
from visualizer.model.node_index import NodeIndex
from visualizer.model.query import Query, QueryError, parse
from visualizer.model.search import Found, search


class Search:
    """The language of Find over one outline. `problem` says what of a text cannot be understood."""

    def __init__(self, outline: Outline, facts: GraphFacts) -> None:
        self._outline, self._facts = outline, facts
        self._index = NodeIndex(outline.graph)
        self._columns: FactColumns | None = None  # made for the first text
        self._query = Query()
        self._found = Found()
        self._rows: FoundRows | None = None  # None without a search
        self.problem = ""

    def set_text(self, text: str) -> None:
        """Search for this; "" leaves every row."""
        try:
            self._query, self.problem = parse(text), ""
        except QueryError as error:
            self._query, self.problem = Query(), str(error)
        self._look()

    def facts_changed(self, nodes: Iterable[int]) -> bool:
        """More is known of these nodes: whether something else is found."""
        if self._columns is not None:
            self._columns.touch(nodes)
        if not self._query.facts:
            return False
        before = self._found
        self._look()
        return self._found != before

    def _look(self) -> None:
        if not self._query.terms:
            self._found, self._rows = Found(), None
            return
        if self._columns is None:
            self._columns = FactColumns(self._outline.graph, self._facts)
        self._found = search(self._query, self._index, self._columns)
        nodes = self._outline.graph.nodes
        self._rows = FoundRows(self._outline, [nodes[index].id for index in self._found.matches])

    @property
    def n_found(self) -> int:
        """How many nodes match; -1 without a search."""
        return -1 if self._rows is None else len(self._found.matches)

    @property
    def undecided(self) -> list[int]:
        """The ids of nodes of which a fact that decides is not known."""
        nodes = self._outline.graph.nodes
        return [nodes[index].id for index in self._found.undecided]

    def leaves(self, row: int) -> bool:
        """Whether a row matches or has a match below it."""
        return self._rows is None or self._rows.count(row) > 0
