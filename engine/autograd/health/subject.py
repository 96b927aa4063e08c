"""A backward pass as its health is read from it: its graph, norms and values, and those of the passes before."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping

from torch import Tensor

from engine.autograd.passes.kept_gradient import Part
from engine.autograd.passes.pass_values import PassValues
from engine.autograd.recorder import Recorder
from engine.autograd.records import Call
from engine.protocol.values import Edge, Graph, Node
from engine.shared.health_rules import MOST_PASSES
from engine.tensors.reading import UnreadableError, plain


class Subject:
    """Only inside `GATE.reading`, and `unobserved`."""

    def __init__(self, graph: Graph, recorder: Recorder, values: PassValues) -> None:
        self.graph = graph
        self.nodes: Mapping[int, Node] = {node.id: node for node in graph.nodes}
        self.operands: dict[int, list[Edge]] = {}  # by node, those that a gradient goes to
        self.users: dict[int, list[int]] = {}  # by node, the nodes that send it one
        self.n_sent: Counter[tuple[int, int]] = Counter()  # by output, how many gradients meet there
        for edge in graph.edges:
            if edge.gradient:
                self.operands.setdefault(edge.source, []).append(edge)
                self.users.setdefault(edge.target, []).append(edge.source)
                self.n_sent[edge.target, edge.target_slot] += 1
        self._recorder, self._values = recorder, values
        self._earlier = values.earlier(graph)

    def norm(self, node: int) -> float | None:
        """Of all that arrived at a node."""
        return self._values.norm(node)

    def parts(self, node: int, slot: int) -> list[Part]:
        """What met at an output, as far as it was kept."""
        return [part for _, part in self._values.parts(node, slot)]

    def norm_of_slot(self, node: int, slot: int) -> float | None:
        """Of what arrived at one output."""
        if len(self.nodes[node].outputs) < 2:
            return self.norm(node)
        return self._values.norm_of_slot(node, slot)

    def values(self, node: int) -> Iterator[Tensor]:
        """The first output in this pass and in those before it, the newest first, as far as they are kept."""
        tensor, _ = self._recorder.value(node, 0)
        found = [] if tensor is None else [tensor]
        for one in (*found, *self._earlier.values(node, MOST_PASSES - len(found))):
            try:
                yield plain(one)
            except UnreadableError:
                continue

    def call(self, node: int) -> Call | None:
        """That made a node, where it was seen and is not of an earlier pass."""
        grad_fn = self._recorder.grad_fn(node)
        record = None if grad_fn is None else self._recorder.record_of(grad_fn)
        return None if record is None else record.call

    @property
    def n_earlier(self) -> int:
        """How many passes of this structure before it have their values."""
        return len(self._earlier)


def n_elements(node: Node) -> int:
    """Of its first output; 0 where that is not known."""
    shape = node.outputs[0].shape if node.outputs else None
    return 0 if shape is None else math.prod(shape)


def name(node: Node) -> str:
    """What a person calls it: its module, its variable, or its kind."""
    module = f"module {node.module}" if node.module.isdigit() else node.module
    return module or node.variable or node.name


def line(node: Node) -> int:
    """That made it, 0 without one."""
    return 0 if node.source is None else node.source.line


def place(node: Node) -> str:
    """ "h.7 (line 14)"."""
    return f"{name(node)} (line {line(node)})" if line(node) else name(node)
