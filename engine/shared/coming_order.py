"""The order of a whole backward pass from outside of it: what ran, then what torch's engine will run next."""

from __future__ import annotations

from engine.protocol.values import BackwardState, Graph
from engine.shared.ready_queue import ACCUMULATE_SEQUENCE, PassPlan, predicted_order


class ComingOrder:
    """Predicted once for a pass over `graph`, in O(nodes · log nodes); each step that follows costs O(1).

    A node that runs before its turn, as with a queue for each of several devices, only moves up.
    """

    def __init__(self, graph: Graph, state: BackwardState) -> None:
        plan, ids = plan_of(graph, state)
        self.expected = dict(zip(ids, plan.expected, strict=True))  # by node: the gradients that it waits for
        self._order = [ids[index] for index in predicted_order(plan)]
        self._n_ran = 0

    def ran(self, node: int) -> None:
        """The node with this id ran next."""
        if self._n_ran == len(self._order) or self._order[self._n_ran] != node:
            if node in self._order[self._n_ran :]:
                self._order.remove(node)
            self._order.insert(self._n_ran, node)
        self._n_ran += 1

    @property
    def nodes(self) -> list[int]:
        """The ids of the nodes of the whole pass: those that ran, then the predicted ones. Not to be written to."""
        return self._order


def plan_of(graph: Graph, state: BackwardState) -> tuple[PassPlan, list[int]]:
    """A pass over `graph` in plain numbers, and the ids that these stand for."""
    nodes = [node for node in graph.nodes if node.kind != "input"]
    ids = [node.id for node in nodes] + [node.id for node in state.outside]
    sequences = [ACCUMULATE_SEQUENCE if node.kind == "accumulate" else node.sequence for node in nodes]
    sequences += [node.sequence for node in state.outside]
    index = {node_id: place for place, node_id in enumerate(ids)}
    targets: list[list[int]] = [[] for _ in ids]
    for edge in graph.edges:
        if edge.gradient:
            targets[index[edge.source]].append(index[edge.target])
    for node in state.outside:
        targets[index[node.id]] = [index[target] for target in node.targets]
    idle, captured = set(state.not_needed), set(state.captured)
    plan = PassPlan(
        targets,
        sequences,
        [index[root] for root in state.roots],
        [node_id not in idle for node_id in ids],
        [node_id in captured for node_id in ids],
    )
    return plan, ids
