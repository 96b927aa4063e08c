"""The facts of all nodes of a graph as arrays, for what compares thousands of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol

import numpy as np

from engine.protocol.facts import NodeFacts
from engine.protocol.graph_values import Graph


class FactSource(Protocol):
    """What GraphFacts knows of single nodes."""

    def of(self, node: int) -> NodeFacts | None: ...

    def gradient_norm(self, node: int) -> float | None: ...

    def time_ms(self, node: int) -> float | None: ...


@dataclass(frozen=True)
class FactColumn:
    """float64 (n_nodes,), bool (n_nodes,) twice: `has` where there is a value, `is_known` where that is decided."""

    values: np.ndarray
    has: np.ndarray
    is_known: np.ndarray


class FactColumns:
    """In the order of graph.nodes. Nothing is read before a column is first looked at, and what a pass changes not
    before one is looked at again."""

    def __init__(self, graph: Graph, source: FactSource) -> None:
        self.graph = graph
        self._source = source
        self._is_filled = False

    def of(self, index: int) -> NodeFacts | None:
        """What the engine knows of a node."""
        self._fill()
        return self._facts[index]

    def _fill(self) -> None:
        if self._is_filled:
            return
        self._is_filled = True
        self._ids = ids = self.graph.columns.ids.tolist()
        self._facts: list[NodeFacts | None] = [None] * len(ids)
        self._of_engine = {name: np.full(len(ids), np.nan) for name in _ENGINE}
        self._is_known = np.zeros(len(ids), dtype=bool)
        self._of_pass = {name: np.full(len(ids), np.nan) for name in ("norm", "time")}
        self._has = {name: np.zeros(len(ids), dtype=bool) for name in ("norm", "time")}
        self._is_stale = {name: np.ones(len(ids), dtype=bool) for name in ("norm", "time")}
        self._take(range(len(ids)))

    def touch(self, nodes: Iterable[int]) -> None:
        """Something else is known of these nodes (ids) than before."""
        if not self._is_filled:
            return
        index_of = self.graph.columns.index_of
        indices = [index for node in nodes if (index := index_of.get(node)) is not None]
        for is_stale in self._is_stale.values():
            is_stale[indices] = True
        known, of = self._facts, self._source.of
        self._take([index for index in indices if of(self._ids[index]) is not known[index]])

    def column(self, fact: str) -> FactColumn:
        """One of query.FACTS: bytes in bytes, time in milliseconds, zeros as a share."""
        self._fill()
        if fact in ("norm", "time"):
            values, has = self._pass_column(fact)
            return FactColumn(values, has, np.ones(len(has), dtype=bool))
        if fact == "ratio":
            norms, arrived = self._pass_column("norm")
            of_values = self._of_engine["norm"]
            has = arrived & (of_values > 0)
            ratios = np.divide(norms, of_values, out=np.full(len(has), np.nan), where=has)
            return FactColumn(ratios, has, self._is_known | ~arrived)
        values = self._of_engine[fact]
        return FactColumn(values, ~np.isnan(values), self._is_known)

    def in_values(self, kind: str) -> np.ndarray:
        """Where the values hold "nan" or "inf", as far as is known: bool (n_nodes,)."""
        self._fill()
        found: np.ndarray = self._of_engine[kind] > 0
        return found

    def bad(self, kind: str) -> FactColumn:
        """Where values or gradient hold "nan" or "inf": 1 or 0."""
        self._fill()
        norms, arrived = self._pass_column("norm")
        in_gradient = arrived & (np.isnan(norms) if kind == "nan" else np.isinf(norms))
        found = in_gradient | self.in_values(kind)
        return FactColumn(found.astype(np.float64), np.ones(len(found), dtype=bool), found | self._is_known)

    def _pass_column(self, fact: str) -> tuple[np.ndarray, np.ndarray]:
        values, has, is_stale = self._of_pass[fact], self._has[fact], self._is_stale[fact]
        read = self._source.gradient_norm if fact == "norm" else self._source.time_ms
        indices = np.flatnonzero(is_stale).tolist()
        if indices:
            found = [read(self._ids[index]) for index in indices]
            values[indices] = np.array(found, dtype=np.float64)
            has[indices] = [value is not None for value in found]
            is_stale[:] = False
        return values, has

    def _take(self, indices: Iterable[int]) -> None:
        """What the engine has told of these nodes."""
        told = [(index, facts) for index in indices if (facts := self._source.of(self._ids[index])) is not None]
        if not told:
            return
        places = [index for index, _facts in told]
        for index, facts in told:
            self._facts[index] = facts
        for name, read in _ENGINE.items():
            self._of_engine[name][places] = np.array([read(facts) for _index, facts in told], dtype=np.float64)
        self._is_known[places] = True


def _zeros(facts: NodeFacts) -> float | None:
    return facts.n_zero / facts.n_elements if facts.n_elements else None


def _bytes(facts: NodeFacts) -> int | None:
    return None if facts.saved_note is not None else sum([storage.n_bytes for storage in facts.saved])


_ENGINE: dict[str, Callable[[NodeFacts], float | None]] = {
    "min": attrgetter("minimum"),
    "max": attrgetter("maximum"),
    "norm": attrgetter("norm"),
    "zeros": _zeros,
    "nan": attrgetter("n_nan"),
    "inf": attrgetter("n_inf"),
    "bytes": _bytes,
}
