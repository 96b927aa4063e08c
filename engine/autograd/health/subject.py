"""A backward pass as its health is read from it: its graph, norms and values, and those of the passes before."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from torch import Tensor

from engine.autograd.passes.earlier_values import EarlierValues
from engine.autograd.passes.kept_gradient import Part
from engine.autograd.passes.pass_values import PassValues
from engine.autograd.recorder import Recorder
from engine.autograd.records import Call
from engine.protocol.graph_values import Edge, Graph, Node
from engine.protocol.sentence import Sentence
from engine.shared.health_rules import MOST_PASSES
from engine.shared.phrases import at_line
from engine.tensors.reading import UnreadableError, plain

_AT_ONCE = 500  # nodes or edges that are read without a pause


class Subject:
    """Only inside `GATE.reading`, and `unobserved`. Nothing is known before `read` is through."""

    def __init__(self, graph: Graph, recorder: Recorder, values: PassValues) -> None:
        self.graph = graph
        self.nodes: dict[int, Node] = {}
        self.operands: dict[int, list[Edge]] = {}  # by node, along which it sends gradients
        self.users: dict[int, list[Edge]] = {}  # by node, along which gradients come
        self.n_sent: Counter[tuple[int, int]] = Counter()  # by output, how many gradients meet there
        self._recorder, self._values = recorder, values
        self._norms: dict[int, float | None] = {}
        self._norms_of_slots: dict[tuple[int, int], float | None] = {}

    def read(self) -> Iterator[None]:
        """The graph and its norms, with a pause now and then."""
        for number, node in enumerate(self.graph.nodes):
            self.nodes[node.id] = node
            if number % _AT_ONCE == 0:
                yield
        for number, edge in enumerate(self.graph.edges):
            if edge.gradient:
                self.operands.setdefault(edge.source, []).append(edge)
                self.users.setdefault(edge.target, []).append(edge)
                self.n_sent[edge.target, edge.target_slot] += 1
            if number % _AT_ONCE == 0:
                yield

        for number, node_id in enumerate(self.nodes):
            self._norms[node_id] = self._values.norm(node_id)
            if number % _AT_ONCE == 0:
                yield

    def norm(self, node: int) -> float | None:
        """Of all that arrived at a node."""
        return self._norms[node]

    def norm_of_slot(self, node: int, slot: int) -> float | None:
        """Of what arrived at one output."""
        if len(self.nodes[node].outputs) < 2:
            return self.norm(node)
        if (node, slot) not in self._norms_of_slots:
            self._norms_of_slots[node, slot] = self._values.norm_of_slot(node, slot)
        return self._norms_of_slots[node, slot]

    def parts(self, node: int, slot: int) -> list[Part]:
        """What met at an output, as far as it was kept."""
        return [part for _, part in self._values.parts(node, slot)]

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
        record = None if grad_fn is None else self._recorder.seen.record_of(grad_fn)
        return None if record is None else record.call

    @cached_property
    def _earlier(self) -> EarlierValues:
        return self._values.earlier(self.graph)

    @property
    def n_earlier(self) -> int:
        """How many passes of this structure before it have their values."""
        return len(self._earlier)


def n_elements(node: Node) -> int:
    """Of its first output; 0 where that is not known."""
    shape = node.outputs[0].shape if node.outputs else None
    return 0 if shape is None else math.prod(shape)


def name(node: Node) -> str | Sentence:
    """What a person calls it: its module, its variable, or its kind."""
    if node.module.replace(".", "").isdigit():
        return Sentence.phrase("words.module", "module {path}", path=node.module)
    return node.module or node.variable or node.name


def line(node: Node) -> int:
    """That made it, 0 without one."""
    return 0 if node.source is None else node.source.line


def place(node: Node) -> str | Sentence:
    """ "h.7 (line 14)"."""
    return at_line(name(node), line(node)) if line(node) else name(node)
