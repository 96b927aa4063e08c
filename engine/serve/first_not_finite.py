"""Looks in a kept graph for the first node whose value, else whose gradient, turned NaN or infinite, and says why."""

from __future__ import annotations

from collections import defaultdict

from msgspec import structs
from torch import Tensor

from engine.autograd.finite import kept
from engine.autograd.finite.check import Extremes, can_be_checked, extremes
from engine.autograd.finite.finding import Finding
from engine.autograd.finite.operands import name_of_output
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.protocol.graph_values import Edge, Graph, Node
from engine.protocol.messages import AskFirstNotFinite, FirstNotFinite
from engine.protocol.not_finite import Found
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.unseen import Spared, Unseen

_ON_PURPOSE = frozenset({"MaskedFillBackward0", "WhereBackward0", "IndexPutBackward0", "CopySlices"})  # of infinities


class KeptValues:
    """Of the graph on screen, or of an earlier pass beside it. At a safepoint."""

    def __init__(self, recorder: Recorder, controller: BackwardController) -> None:
        self._recorder, self._controller = recorder, controller
        self._nodes: dict[int, Node] = {}
        self._edges: dict[int, list[Edge]] = {}  # by the node that sends

    def first_not_finite(self, request: AskFirstNotFinite) -> FirstNotFinite:
        """The first in the order of the program, then in that of the pass; none where it is not kept."""
        graph = self._recorder.graph_of_id(request.graph)
        with Unseen():
            node, direction = (None, "forward") if graph is None else self._in(graph)
            finding = None if node is None else self._finding(node, direction)
            numbered = self._recorder.finite.hold.keep(finding)  # its tensors can be asked for from now on
            found = None if node is None or numbered is None else structs.replace(numbered.found, node=node.id)
        return FirstNotFinite(
            request.id, graph=request.graph, node=-1 if node is None else node.id, direction=direction, found=found
        )

    def origin(self, graph: Graph) -> tuple[Node, Found | None] | None:
        """The same node, with its cause, if that is known; no tensor is kept for it. None where it is not kept."""
        with Unseen():
            node, direction = self._in(graph)
            finding = None if node is None else self._finding(node, direction)
        return None if node is None else (node, None if finding is None else finding.found)

    def _in(self, graph: Graph) -> tuple[Node | None, str]:
        self._nodes = {node.id: node for node in graph.nodes}
        self._edges = defaultdict(list)
        for edge in graph.edges:
            self._edges[edge.source].append(edge)
        made = sorted((node for node in graph.nodes if node.kind == "backward"), key=lambda node: node.sequence)
        for node in made:
            if self._is_bad_value(node):
                return (node if self._has_arisen(node) else None), "forward"
        for node in reversed(made):
            was_finite = all(_of(one).is_finite for one in self._arrived(node))
            if was_finite and not all(_of(self._left(node, edge)).is_finite for edge in self._sent(node)):
                return node, "backward"
        return None, "backward"

    # -- why

    def _finding(self, node: Node, direction: str) -> Finding | None:
        """Its cause."""
        finding: Finding | None = None
        with Spared():
            finding = self._forward(node) if direction == "forward" else self._backward(node)
        return finding

    def _forward(self, node: Node) -> Finding | None:
        record, made = self._recorder.shown_record(node.id), self._value(node.id, 0)
        return None if record is None or made is None else kept.forward(node, record, self._operands(node), made)

    def _backward(self, node: Node) -> Finding:
        leaving = []
        for edge in self._sent(node):
            one = self._left(node, edge)
            if one is not None and can_be_checked(one):
                leaving.append((self._name(edge), native.bare(one)))
        arrived = [native.bare(one) for one in self._arrived(node) if one is not None and can_be_checked(one)]
        return kept.backward(node, arrived, self._operands(node), leaving)

    def _operands(self, node: Node) -> list[tuple[str, Tensor | None]]:
        """What the operation of a node took, by name: what gets no gradient stands where a place is free."""
        sent = {edge.source_slot: edge for edge in self._sent(node)}
        others = [edge for edge in self._edges[node.id] if not edge.gradient]
        found = []
        for place in range(len(sent) + len(others)):
            edge = sent.pop(place, None) or (others.pop(0) if others else None)
            if edge is not None:
                found.append((self._name(edge, place), self._value(edge.target, edge.target_slot)))
        return found

    def _name(self, edge: Edge, place: int = -1) -> str:
        position = edge.source_slot if place < 0 else place
        return name_of_output(self._nodes[edge.target], edge.target_slot, position)

    # -- what was kept

    def _sent(self, node: Node) -> list[Edge]:
        return [edge for edge in self._edges[node.id] if edge.gradient]

    def _left(self, node: Node, edge: Edge) -> Tensor | None:
        """What a node sent along an edge: not the sum that it became a part of."""
        return self._controller.values.leaving(node.id, edge.source_slot)[0]

    def _arrived(self, node: Node) -> list[Tensor | None]:
        return [self._gradient(node.id, slot) for slot in range(max(len(node.outputs), 1))]

    def _is_bad_value(self, node: Node) -> bool:
        found = _of(self._value(node.id, 0))
        return found.has_nan or (found.has_inf and node.name not in _ON_PURPOSE)

    def _has_arisen(self, node: Node) -> bool:
        """Whether no operand has such a number: NaN comes of infinities, too."""
        is_nan = _of(self._value(node.id, 0)).has_nan
        taken = [_of(self._value(edge.target, edge.target_slot)) for edge in self._edges[node.id]]
        return not any(one.has_nan or (one.has_inf and not is_nan) for one in taken)

    def _value(self, node: int, slot: int) -> Tensor | None:
        leaf = self._recorder.leaf(node)
        return self._recorder.value(node, slot)[0] if leaf is None else leaf

    def _gradient(self, node: int, slot: int) -> Tensor | None:
        return self._controller.values.gradient(node, slot)[0]


def _of(tensor: Tensor | None) -> Extremes:
    GATE.give_way()
    return Extremes(False, False, 0.0, 0.0) if tensor is None else extremes(native.bare(tensor))
