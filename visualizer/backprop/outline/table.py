"""The numbers of the outline's rows, as arrays by place: a branch's are a sum, a minimum or a maximum over a slice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

import numpy as np

from engine.protocol.facts import NodeFacts, SavedStorage
from engine.protocol.graph_values import Node
from visualizer.backprop.outline.rows import Outline
from visualizer.model import note_words
from visualizer.model.facts import GraphFacts, n_leaf_elements

_ID, _N_BYTES = attrgetter("id"), attrgetter("n_bytes")


@dataclass(frozen=True, slots=True)
class RowFacts:
    """Of one row. Of a branch the norm is the root of the sum of squares, and range and zeros are of the results of its
    operations; where it has none, of its leaves. None, or 0 of `n_elements`, where nothing is known; what was saved is
    0 until all of it is known."""

    n_nodes: int
    n_parameters: int
    norm: float | None
    minimum: float | None
    maximum: float | None
    n_elements: int
    n_zero: int
    n_nan: int
    n_inf: int
    n_saved_bytes: int
    n_read: int  # places whose values are known, of `n_values`
    n_values: int


class FactTable:
    """Filled from `facts` for the nodes of `outline`; `update` takes over what has changed."""

    def __init__(self, outline: Outline, facts: GraphFacts) -> None:
        self._outline, self._facts = outline, facts
        n = outline.n_nodes
        columns, node_at = outline.graph.columns, outline.node_at
        self._is_result = columns.is_made[node_at]
        self._is_counted = ~columns.is_input[node_at]
        self._n_parameters = np.zeros(n, dtype=np.int64)
        for place in np.flatnonzero(~self._is_result & self._is_counted).tolist():
            self._n_parameters[place] = n_leaf_elements(outline.graph.nodes[node_at[place]])
        self._norm, self._has_norm = np.zeros(n), np.zeros(n, dtype=bool)
        self._minimum, self._maximum = np.full(n, np.inf), np.full(n, -np.inf)
        self._n_elements, self._n_zero = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        self._n_nan, self._n_inf = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        self._is_read = np.zeros(n, dtype=bool)
        self._saved: dict[int, tuple[SavedStorage, ...]] = {}  # by place
        self._saved_by_place: np.ndarray | None = None
        self._rows: dict[int, RowFacts] = {}
        self._largest: float | None = None
        self.update(facts.told())

    def update(self, nodes: Iterable[int]) -> None:
        """Take over what is known of these nodes now."""
        self._rows.clear()
        self._largest = None
        for node in nodes:
            place = self._outline.row_of_node(node)
            if place < 0:
                continue
            norm = self._facts.gradient_norm(node)
            self._has_norm[place], self._norm[place] = norm is not None, norm or 0.0
            self._read(place, node)

    def _read(self, place: int, node: int) -> None:
        facts = self._facts.of(node)
        self._is_read[place] = facts is not None
        if facts is None:
            return
        self._minimum[place] = np.inf if facts.minimum is None else facts.minimum
        self._maximum[place] = -np.inf if facts.maximum is None else facts.maximum
        self._n_elements[place], self._n_zero[place] = facts.n_elements, facts.n_zero
        self._n_nan[place], self._n_inf[place] = facts.n_nan, facts.n_inf
        if self._saved.get(place, ()) != facts.saved:
            self._saved[place] = facts.saved
            self._saved_by_place = None

    def row(self, row: int) -> RowFacts:
        """The numbers of a row."""
        found = self._rows.get(row)
        if found is None:
            start, stop = self._outline.span(row)
            found = self._rows[row] = self._of_place(row) if row == start else self._add_up(start, stop)
        return found

    def _of_place(self, place: int) -> RowFacts:
        is_known = self._minimum[place] <= self._maximum[place]
        return RowFacts(
            n_nodes=int(self._is_counted[place]),
            n_parameters=int(self._n_parameters[place]),
            norm=float(self._norm[place]) if self._has_norm[place] else None,
            minimum=float(self._minimum[place]) if is_known else None,
            maximum=float(self._maximum[place]) if is_known else None,
            n_elements=int(self._n_elements[place]),
            n_zero=int(self._n_zero[place]),
            n_nan=int(self._n_nan[place]),
            n_inf=int(self._n_inf[place]),
            n_saved_bytes=sum(storage.n_bytes for storage in self._saved.get(place, ())),
            n_read=int(self._is_read[place]),
            n_values=1,
        )

    def _add_up(self, start: int, stop: int) -> RowFacts:
        every = slice(start, stop)
        chosen = np.flatnonzero(self._is_result[every]) + start
        if not len(chosen):
            chosen = np.arange(start, stop)
        norms = self._norm[chosen][self._has_norm[chosen]]
        minimum, maximum = float(self._minimum[chosen].min()), float(self._maximum[chosen].max())
        return RowFacts(
            n_nodes=int(self._is_counted[every].sum()),
            n_parameters=int(self._n_parameters[every].sum()),
            norm=None if not len(norms) else float(norms[0]) if len(norms) == 1 else float(np.linalg.norm(norms)),
            minimum=minimum if minimum <= maximum else None,
            maximum=maximum if minimum <= maximum else None,
            n_elements=int(self._n_elements[chosen].sum()),
            n_zero=int(self._n_zero[chosen].sum()),
            n_nan=int(self._n_nan[chosen].sum()),
            n_inf=int(self._n_inf[chosen].sum()),
            n_saved_bytes=self._saved_bytes(start, stop) if self._is_read[every].all() else 0,
            n_read=int(self._is_read[chosen].sum()),
            n_values=len(chosen),
        )

    def _saved_bytes(self, start: int, stop: int) -> int:
        """Of storages that places in the slice saved, each once: where no earlier place in it saved the same."""
        if self._saved_by_place is None:
            self._saved_by_place = self._sort_saved()
        places, before, n_bytes = self._saved_by_place
        first, last = np.searchsorted(places, (start, stop))
        return int(n_bytes[first:last][before[first:last] < start].sum())

    def _sort_saved(self) -> np.ndarray:
        """Columns of place, the place before it that saved the same, and bytes; in the order of places."""
        every = list(chain.from_iterable(self._saved.values()))
        places = np.repeat(np.array(list(self._saved), dtype=np.int64), list(map(len, self._saved.values())))
        storages = np.fromiter(map(_ID, every), dtype=np.int64, count=len(every))
        n_bytes = np.fromiter(map(_N_BYTES, every), dtype=np.int64, count=len(every))
        by_storage = np.lexsort((places, storages))
        is_same = storages[by_storage][1:] == storages[by_storage][:-1]
        before = np.full(len(places), -1, dtype=np.int64)
        before[by_storage[1:]] = np.where(is_same, places[by_storage][:-1], -1)
        by_place = np.argsort(places, kind="stable")
        return np.stack((places, before, n_bytes))[:, by_place]

    def largest_norm(self) -> float:
        """The largest finite norm of a node's gradient, 0 where none has arrived."""
        if self._largest is None:
            norms = self._norm[self._has_norm & np.isfinite(self._norm)]
            self._largest = float(norms.max()) if len(norms) else 0.0
        return self._largest

    def of(self, node: Node) -> NodeFacts | None:
        """What the engine knows of a node."""
        return self._facts.of(node.id)

    def why_not(self, column: str, node: Node) -> str:
        """Why a cell of a node is empty, in a few words."""
        if column == "norm":
            return self._facts.why_no_norm(node)
        facts = self._facts.of(node.id)
        if facts is None or column not in ("range", "saved"):
            return ""
        return note_words.words(facts.value_note if column == "range" else facts.saved_note)

    def unread(self, row: int) -> list[int]:
        """The ids of the nodes of a row of which nothing is known yet."""
        start, stop = self._outline.span(row)
        nodes, node_at = self._outline.graph.nodes, self._outline.node_at
        return [nodes[node_at[place]].id for place in np.flatnonzero(~self._is_read[start:stop]) + start]
