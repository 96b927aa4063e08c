"""The layers of a graph in the order of its forward pass, and how large the gradient is on its way past each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from engine.autograd.health.subject import Subject, n_elements
from engine.protocol.graph_values import Edge, Node
from engine.shared.health_rules import FEWEST_LAYERS, RECENT_LAYERS

_CHOOSING = re.compile(r"(Embedding\w*|Index\w*|Gather|Take\w*)Backward\d*")  # views by category, and yet layers' work
_ADDING = re.compile(r"(Add|Sub)Backward\d*")
_AT_ONCE = 500  # nodes that are looked at without a pause
_MOST_AROUND = 1000  # nodes that are looked at around one layer


class Layer(NamedTuple):
    """A node that computes with parameters. `flow`: the largest norm of a gradient on the way past it."""

    node: Node
    leaves: frozenset[int]  # the ids of the leaves that it takes directly, or through views of them
    flow: float | None


class Layers:
    """Products with parameters (linear, convolution, recurrent), or, where there are fewer than three, whatever
    computes with a parameter and has more than one element.

    What flows past a layer is its own gradient and that of whatever it was computed from and that is used again soon
    behind it: in a network with residual paths that is the path's, not that of a branch. Soon is within eight layers.
    """

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._leaves: dict[int, frozenset[int]] = {}  # of nodes that are a view of a parameter, or one
        self.ordered: list[Node] = []  # what the forward pass made, in its order
        self.nodes: list[Node] = []
        self._sequences: list[int] = []
        self._last = -1  # of the last of them, also where they are too few to be compared
        self._least = 1  # elements of what flows: a sum of losses is none of it beside larger tensors

    def read(self) -> Iterator[None]:
        """Find the layers, with a pause now and then."""
        nodes = self._subject.nodes.values()
        self._leaves = {node.id: frozenset((node.id,)) for node in nodes if node.kind == "accumulate"}
        self.ordered = sorted(
            (node for node in nodes if node.kind == "backward" and node.layer < 0), key=lambda node: node.sequence
        )
        yield
        found = []
        for number, node in enumerate(self.ordered):
            leaves = self.leaves_of(node.id)
            if self._is_view(node):
                self._leaves[node.id] = leaves
            elif leaves:
                found.append(node)
            if number % _AT_ONCE == 0:
                yield
        products = [node for node in found if node.category == "matmul"]
        if len(products) < FEWEST_LAYERS:
            products = [node for node in found if n_elements(node) > 1]
        self._last = products[-1].sequence if products else -1
        self.nodes = products if len(products) >= FEWEST_LAYERS else []
        self._sequences = [node.sequence for node in self.nodes]
        self._least = 2 if any(n_elements(node) > 1 for node in self.nodes) else 1

    def _is_view(self, node: Node) -> bool:
        """Of parameters alone."""
        if node.category != "view" or _CHOOSING.fullmatch(node.name):
            return False
        edges = self._subject.operands.get(node.id, ())
        return bool(edges) and all(edge.target in self._leaves for edge in edges)

    def leaves_of(self, node: int) -> frozenset[int]:
        """The leaves among a node's operands."""
        found = [
            self._leaves[edge.target] for edge in self._subject.operands.get(node, ()) if edge.target in self._leaves
        ]
        return frozenset().union(*found)

    def is_of_parameters(self, node: int) -> bool:
        """Whether a node is a parameter or a view of some."""
        return node in self._leaves

    def place(self, sequence: int) -> int:
        """How many layers were run before a node of this number."""
        return bisect_left(self._sequences, sequence)

    def is_inside(self, sequence: int) -> bool:
        """Whether a layer, of however few, was run after a node of this number."""
        return sequence < self._last

    def flows(self) -> Iterator[Layer | None]:
        """Each layer with what flows past it; None where a pause may be made."""
        for place, node in enumerate(self.nodes):
            flow = self._subject.norm(node.id)
            for around in self._flows_around(place, node):
                flow = around if flow is None or around > flow else flow
            yield Layer(node, self.leaves_of(node.id), flow)
            yield None

    def _flows_around(self, place: int, layer: Node) -> Iterator[float]:
        """What a layer was computed from, as far back as is recent, where something soon behind it uses that again."""
        subject = self._subject
        first = self._sequences[max(0, place - RECENT_LAYERS)]
        met, pending = {layer.id}, [layer.id]
        while pending and len(met) < _MOST_AROUND:
            for edge in subject.operands.get(pending.pop(), ()):
                source = subject.nodes[edge.target]
                if source.id in met or source.id in self._leaves or source.kind != "backward":
                    continue
                met.add(source.id)
                if source.sequence >= first or place < RECENT_LAYERS:
                    pending.append(source.id)
                    if n_elements(source) >= self._least:
                        yield from self._uses_behind(layer, place, source)

    def _uses_behind(self, layer: Node, place: int, source: Node) -> Iterator[float]:
        """The norms of what came to `source` from nodes that ran after the layer, but soon."""
        end = self._sequences[min(place + RECENT_LAYERS, len(self._sequences) - 1)]
        for edge in self._subject.users.get(source.id, ()):
            user = self._subject.nodes[edge.source]
            if layer.sequence < user.sequence and (user.sequence <= end or place + RECENT_LAYERS >= len(self.nodes)):
                norm = self._norm_along(edge, source, user)
                if norm is not None:
                    yield norm

    def _norm_along(self, edge: Edge, source: Node, user: Node) -> float | None:
        """At most what arrived; of what only hands on, or adds, what came to it."""
        whole = self._subject.norm_of_slot(source.id, edge.target_slot)
        if whole is None or not (user.category == "view" or _ADDING.fullmatch(user.name)):
            return whole
        own = self._subject.norm(user.id)
        return whole if own is None else min(own, whole)
