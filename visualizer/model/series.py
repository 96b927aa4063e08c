"""What the members of a series have in common: passes of a loop, calls of one module, blocks of a list."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from operator import attrgetter

import numpy as np

from engine.protocol.graph_values import Graph
from engine.shared.language import tr, trn
from visualizer.model.turns import Work

_OUTPUTS = attrgetter("outputs")


class Series:
    """Found out once, however many members ask. `inside` int32 (n_inside,) are the indices of all nodes, one member's
    after the other's, which begin at `starts`; each member has a node that the forward pass made."""

    def __init__(
        self, graph: Graph, paths: list[str], types: set[str], lines: str, inside: np.ndarray, starts: np.ndarray
    ) -> None:
        self._graph = graph
        self._types, self.lines = types, lines
        self._inside, self._starts = inside, starts
        self.blocks = paths if all(paths) and len(set(paths)) == len(paths) else []
        """The paths of members that are modules of their own; empty where they are passes or one module's calls."""

    @property
    def n_members(self) -> int:
        return len(self._starts)

    @cached_property
    def name(self) -> str:
        """What repeats: a type of modules, or lines."""
        only = next(iter(self._types))
        return only if len(self._types) == 1 and only else self.lines

    def finding_out(self) -> Work[None]:
        """What is kept of it, in turns: of thousands of members it takes long."""
        for fact in ("outputs", "_n_kinds", "_shapes", "common"):
            getattr(self, fact)
            yield

    @cached_property
    def outputs(self) -> tuple[int, ...]:
        """By member: the id of the last node that it made, which its gradient reaches first."""
        return tuple(self._graph.columns.ids[self._last_made].tolist())

    @property
    def are_alike(self) -> bool:
        """Whether all members have the same kinds of nodes."""
        return self._n_kinds == 1

    @property
    def common(self) -> str:
        """How many nodes the members have, and the shape that comes out; or that they are not alike."""
        if not self.are_alike:
            return tr("not alike: {count} kinds", count=self._n_kinds)
        n_different, largest = self._sizes
        each = trn("{n} node each", "{n} nodes each", largest)
        if n_different > 1:
            each = trn("up to {n} node each", "up to {n} nodes each", largest)
        shapes = self._shapes
        if len(shapes) > 1:
            return tr("{each}, shapes differ", each=each)
        shape = next(iter(shapes))
        return each if not shape or shape[0] is None else f"{each} → {shape[0]}"

    @cached_property
    def _sizes(self) -> tuple[int, int]:
        """How many different numbers of nodes the members have, and the largest."""
        is_counted = ~self._graph.columns.is_input[self._inside]
        counts = np.unique(np.add.reduceat(is_counted.astype(np.int64), self._starts))
        return len(counts), int(counts[-1])

    def label(self, first: int, stop: int) -> str:
        """Which members: "h.0 … 11" of blocks, "1 … 12 of 500" of passes."""
        if self.blocks:
            last = self.blocks[stop - 1].rpartition(".")[2]
            return self.blocks[first] if stop - first == 1 else f"{self.blocks[first]} … {last}"
        return tr("{first} … {last} of {total}", first=first + 1, last=stop, total=self.n_members)

    @cached_property
    def _last_made(self) -> np.ndarray:
        """By member the index of the node nearest to the loss."""
        made = np.where(self._graph.columns.is_made[self._inside], self._inside, len(self._graph.nodes))
        return np.minimum.reduceat(made, self._starts)

    @cached_property
    def _shapes(self) -> set[tuple[tuple[int, ...] | None, ...]]:
        """The different shapes of what comes out of a member."""
        nodes = map(self._graph.nodes.__getitem__, self._last_made.tolist())
        return {tuple(output.shape for output in outputs) for outputs in set(map(_OUTPUTS, nodes))}

    @cached_property
    def _n_kinds(self) -> int:
        """How many different lists of operations the members have, in the order of the forward pass."""
        is_made = self._graph.columns.is_made[self._inside]
        sizes = np.diff(self._starts, append=len(self._inside))
        members = np.repeat(np.arange(self.n_members), sizes)[is_made]
        made = self._inside[is_made]
        names = self._graph.columns.names[made[np.lexsort((-made, members))]]
        limits = np.searchsorted(members, np.arange(self.n_members + 1)).tolist()
        return len({names[start:stop].tobytes() for start, stop in pairwise(limits)})
