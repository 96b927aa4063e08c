"""Looks in a graph that was kept for the first node whose value, else whose gradient, turned NaN or infinite."""

from __future__ import annotations

from collections import defaultdict

from torch import Tensor

from engine.autograd.finite.check import Extremes, extremes
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.protocol.messages import AskFirstNotFinite, FirstNotFinite
from engine.protocol.values import Edge, Graph, Node
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.unseen import Unseen

_ON_PURPOSE = frozenset({"MaskedFillBackward0", "WhereBackward0", "IndexPutBackward0", "CopySlices"})  # of infinities


class KeptValues:
    """Of the graph on screen, or of an earlier pass beside it. At a safepoint."""

    def __init__(self, recorder: Recorder, controller: BackwardController) -> None:
        self._recorder, self._controller = recorder, controller

    def first_not_finite(self, request: AskFirstNotFinite) -> FirstNotFinite:
        """The first in the order of the program, then in that of the pass; none where it is not kept."""
        graph = self._recorder.graph_of_id(request.graph)
        with Unseen():
            node, direction = (-1, "forward") if graph is None else self._in(graph)
        return FirstNotFinite(request.id, graph=request.graph, node=node, direction=direction)

    def _in(self, graph: Graph) -> tuple[int, str]:
        edges: dict[int, list[Edge]] = defaultdict(list)
        for edge in graph.edges:
            edges[edge.source].append(edge)
        made = sorted((node for node in graph.nodes if node.kind == "backward"), key=lambda node: node.sequence)
        for node in made:
            if self._is_bad_value(node):
                is_first = all(self._value(edge.target, edge.target_slot).is_finite for edge in edges[node.id])
                return (node.id if is_first else -1), "forward"
        for node in reversed(made):
            arrived = [self._gradient(node.id, slot) for slot in range(max(len(node.outputs), 1))]
            if all(one.is_finite for one in arrived):
                left = (self._gradient(edge.target, edge.target_slot) for edge in edges[node.id] if edge.gradient)
                if not all(one.is_finite for one in left):
                    return node.id, "backward"
        return -1, "backward"

    def _is_bad_value(self, node: Node) -> bool:
        found = self._value(node.id, 0)
        return found.has_nan or (found.has_inf and node.name not in _ON_PURPOSE)

    def _value(self, node: int, slot: int) -> Extremes:
        leaf = self._recorder.leaf(node)
        return _of(self._recorder.value(node, slot)[0] if leaf is None else leaf)

    def _gradient(self, node: int, slot: int) -> Extremes:
        return _of(self._controller.values.gradient(node, slot)[0])


def _of(tensor: Tensor | None) -> Extremes:
    GATE.give_way()
    return Extremes(False, False, 0.0, 0.0) if tensor is None else extremes(native.bare(tensor))
