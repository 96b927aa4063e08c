"""The order of a whole backward pass from outside of it: what ran, then what torch's engine will run next."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import overload

from engine.protocol.backward_values import BackwardState
from engine.protocol.graph_values import Graph
from engine.shared.ready_queue import ACCUMULATE_SEQUENCE, PassPlan, running_order


class ComingOrder(Sequence[int]):
    """The ids of the nodes of a pass over `graph`: those that ran, then the others as predicted.

    What comes is worked out as far as someone looks, each node once; a step that is the predicted one costs nothing.
    A node that runs before its turn, as with a queue for each of several devices, only moves up.
    """

    def __init__(self, graph: Graph, state: BackwardState) -> None:
        plan, self._ids = plan_of(graph, state)
        self.expected = dict(zip(self._ids, plan.expected, strict=True))  # by node: the gradients that it waits for
        self._known: list[int] = []
        self._rest = running_order(plan)
        self._n_nodes = plan.n_runs
        self._n_ran = 0

    def ran(self, node: int) -> None:
        """The node with this id ran next."""
        known = self._reach(self._n_ran + 1)
        if self._n_ran == len(known) or known[self._n_ran] != node:
            if node in self._reach(self._n_nodes)[self._n_ran :]:
                known.remove(node)
            else:
                self._n_nodes += 1
            known.insert(self._n_ran, node)
        self._n_ran += 1

    def __len__(self) -> int:
        return self._n_nodes

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        end = index.stop if isinstance(index, slice) else index + 1
        return self._reach(self._n_nodes if end is None or end <= 0 else end)[index]

    def _reach(self, count: int) -> list[int]:
        """The list with `count` nodes known, or all where there are fewer."""
        missing = count - len(self._known)
        if missing > 0:
            self._known += [self._ids[index] for index in itertools.islice(self._rest, missing)]
        return self._known


def plan_of(graph: Graph, state: BackwardState) -> tuple[PassPlan, list[int]]:
    """A pass over `graph`, which may hold more than it, in plain numbers, and the ids that these stand for."""
    below: dict[int, list[int]] = {node.id: [] for node in graph.nodes}
    for edge in graph.edges:
        if edge.gradient:
            below[edge.source].append(edge.target)
    reached = dict.fromkeys(state.roots)
    pending = list(reached)
    while pending:
        fresh = [node_id for node_id in below[pending.pop()] if node_id not in reached]
        reached.update(dict.fromkeys(fresh))
        pending += fresh
    nodes = [node for node in graph.nodes if node.id in reached]
    ids = [node.id for node in nodes]
    sequences = [node.sequence if node.sequence >= 0 else ACCUMULATE_SEQUENCE for node in nodes]
    index = {node_id: place for place, node_id in enumerate(ids)}
    targets = [[index[node_id] for node_id in below[source]] for source in ids]
    idle, captured = set(state.not_needed), set(state.captured)
    plan = PassPlan(
        targets,
        sequences,
        [index[root] for root in state.roots],
        [node_id not in idle for node_id in ids],
        [node_id in captured for node_id in ids],
    )
    return plan, ids
