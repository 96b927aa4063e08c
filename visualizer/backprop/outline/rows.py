"""The outline as rows with numbers: a node's row is its place in the tree from top to bottom, a branch holds a run of
places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.protocol.graph_values import Graph, Node
from visualizer.backprop.outline.branches import Branch, finding_branches
from visualizer.model.turns import Work

_TURN_NODES = 1_000  # are added in some milliseconds
TOP = -1  # in place of a branch's number


class Outline:
    """Rows: place p from 0 to n_nodes - 1 is node `node_at[p]`; row n_nodes + b is branch b. Built once per graph, by
    `building`."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.n_nodes = len(graph.nodes)
        self.node_at = np.zeros(0, dtype=np.int32)  # index in graph.nodes by place
        self.branches: list[Branch] = []
        self._starts, self._stops = list[int](), list[int]()  # by branch: its first place, and the one after its last
        self._children: list[tuple[int, ...]] = []  # rows by branch
        self._top: tuple[int, ...] = ()
        self._parents = self._places = self.node_at  # branch by place; place by index in graph.nodes
        self._branch_parents: list[int] = []
        self._branch_of: dict[str, int] = {}

    @classmethod
    def building(cls, graph: Graph) -> Work[Outline]:
        """That of a graph, made in turns."""
        outline = cls(graph)
        branches = yield from finding_branches(graph)
        node_at, parents = list[int](), list[int]()
        outline._top = yield from outline._add(branches, TOP, node_at, parents)
        outline.node_at = np.array(node_at, dtype=np.int32)
        outline._parents = np.array(parents, dtype=np.int32)
        outline._places = np.empty_like(outline.node_at)
        outline._places[outline.node_at] = np.arange(len(node_at))
        for number, branch in enumerate(outline.branches):
            if not number % _TURN_NODES:
                yield
            for key in (branch.key, *branch.also):
                outline._branch_of[key] = number
        return outline

    def _add(
        self, children: Sequence[Branch | int], parent: int, node_at: list[int], parents: list[int]
    ) -> Work[tuple[int, ...]]:
        """The rows of these children, with all that is below them."""
        rows = list[int]()
        for child in children:
            if isinstance(child, int):
                if not len(node_at) % _TURN_NODES:
                    yield
                rows.append(len(node_at))
                node_at.append(child)
                parents.append(parent)
                continue
            number = len(self.branches)
            rows.append(self.n_nodes + number)
            self.branches.append(child)
            self._branch_parents.append(parent)
            self._starts.append(len(node_at))
            self._stops.append(0)
            self._children.append(())
            self._children[number] = yield from self._add(child.children, number, node_at, parents)
            self._stops[number] = len(node_at)
        return tuple(rows)

    def branch(self, row: int) -> Branch | None:
        """The branch of a row, None for a node."""
        return self.branches[row - self.n_nodes] if row >= self.n_nodes else None

    def node(self, row: int) -> Node | None:
        """The node of a row, None for a branch."""
        return self.graph.nodes[self.node_at[row]] if row < self.n_nodes else None

    def span(self, row: int) -> tuple[int, int]:
        """The places of a row: its first, and the one after its last."""
        if row < self.n_nodes:
            return row, row + 1
        return self._starts[row - self.n_nodes], self._stops[row - self.n_nodes]

    def parent(self, row: int) -> int:
        """The row that a row is under, TOP for none."""
        number = int(self._parents[row]) if row < self.n_nodes else self._branch_parents[row - self.n_nodes]
        return TOP if number == TOP else self.n_nodes + number

    def below(self, row: int) -> tuple[int, ...]:
        """The rows directly under a branch's, or under none (TOP)."""
        if row == TOP:
            return self._top
        return self._children[row - self.n_nodes] if row >= self.n_nodes else ()

    def row_of_node(self, node_id: int) -> int:
        """-1 where there is none."""
        index = self.graph.columns.index_of.get(node_id, -1)
        return index if index < 0 else int(self._places[index])

    def row_of_module(self, key: str) -> int:
        """The row of a module or a series, also of a part of one ("KEY[0:12]"); -1 where there is none."""
        number = self._branch_of.get(key, self._branch_of.get(key.rpartition("[")[0], -1))
        return number if number < 0 else self.n_nodes + number

    def opens(self, n_rows: int) -> list[int]:
        """The branches to open first: down to where the graph divides, while no more than so many rows show."""
        opened, rows = [], self.below(TOP)
        n_shown = len(rows)
        while rows:
            largest = max(rows, key=lambda row: self.span(row)[1] - self.span(row)[0])
            start, stop = self.span(largest)
            rows = self.below(largest)
            n_shown += len(rows)
            if not rows or 2 * (stop - start) < self.n_nodes or n_shown > n_rows:
                break
            opened.append(largest)
        return opened
