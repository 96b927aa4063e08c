"""What all nodes and edges of a graph are, as arrays: each is made when it is first looked at, once for all who ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Generic, TypeVar

import numpy as np

NodeT = TypeVar("NodeT")  # of the graph that has the columns
EdgeT = TypeVar("EdgeT")

_ID, _KIND, _CALL, _NAME = map(attrgetter, ("id", "kind", "call", "name"))
_SEQUENCE, _GRADIENT = map(attrgetter, ("sequence", "gradient"))
_FIRST = ("index_of", "ids", "is_made", "is_input", "calls", "names", "has_gradient")


class Columns(Generic[NodeT, EdgeT]):
    """In the order of the graph's `nodes` and `edges`. Of 50,000 nodes a column takes some milliseconds."""

    def __init__(self, nodes: tuple[NodeT, ...], edges: tuple[EdgeT, ...]) -> None:
        self._nodes, self._edges = nodes, edges

    def making(self) -> Iterator[None]:
        """Make those that every drawing of the graph needs, one at a time."""
        for name in _FIRST:
            getattr(self, name)
            yield

    @property
    def by_id(self) -> Mapping[int, NodeT]:
        """The nodes by id."""
        return _ById(self._nodes, self.index_of)

    @cached_property
    def index_of(self) -> dict[int, int]:
        """The place of each node by its id."""
        return dict(zip(map(_ID, self._nodes), range(len(self._nodes)), strict=True))

    @cached_property
    def ids(self) -> np.ndarray:
        """int64 (n_nodes,)"""
        return np.fromiter(map(_ID, self._nodes), dtype=np.int64, count=len(self._nodes))

    @cached_property
    def is_made(self) -> np.ndarray:
        """bool (n_nodes,): whether an operation made it, which has a backward."""
        return np.fromiter(map("backward".__eq__, map(_KIND, self._nodes)), dtype=bool, count=len(self._nodes))

    @cached_property
    def is_input(self) -> np.ndarray:
        """bool (n_nodes,): whether no pass runs it, as `Node.is_input`."""
        kinds = map({"input", "ghost"}.__contains__, map(_KIND, self._nodes))
        return np.fromiter(kinds, dtype=bool, count=len(self._nodes))

    @cached_property
    def calls(self) -> np.ndarray:
        """int64 (n_nodes,): `Node.call`."""
        return np.fromiter(map(_CALL, self._nodes), dtype=np.int64, count=len(self._nodes))

    @cached_property
    def sequences(self) -> np.ndarray:
        """int64 (n_nodes,): `Node.sequence`."""
        return np.fromiter(map(_SEQUENCE, self._nodes), dtype=np.int64, count=len(self._nodes))

    @cached_property
    def names(self) -> np.ndarray:
        """int32 (n_nodes,): the same number for the same `Node.name`."""
        numbers: dict[str, int] = {}
        found = (numbers.setdefault(name, len(numbers)) for name in map(_NAME, self._nodes))
        return np.fromiter(found, dtype=np.int32, count=len(self._nodes))

    @cached_property
    def has_gradient(self) -> np.ndarray:
        """bool (n_edges,): `Edge.gradient`."""
        return np.fromiter(map(_GRADIENT, self._edges), dtype=bool, count=len(self._edges))


class _ById(Mapping[int, NodeT]):
    def __init__(self, nodes: tuple[NodeT, ...], index_of: dict[int, int]) -> None:
        self._nodes, self._index_of = nodes, index_of

    def __getitem__(self, key: int) -> NodeT:
        return self._nodes[self._index_of[key]]

    def __contains__(self, key: object) -> bool:
        return key in self._index_of

    def __iter__(self) -> Iterator[int]:
        return iter(self._index_of)

    def __len__(self) -> int:
        return len(self._nodes)
