"""The layers of a graph in the order of its forward pass, and how large the gradient is on its way past each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from math import isnan
from typing import NamedTuple

from engine.autograd.health.subject import Subject, n_elements
from engine.protocol.values import Node
from engine.shared.health_rules import FEWEST_LAYERS, RECENT_LAYERS

_CHOOSING = re.compile(r"(Embedding\w*|Index\w*|Gather|Take\w*)Backward\d*")  # views by category, and yet layers' work


class Layer(NamedTuple):
    """A node that computes with parameters. `flow`: the largest norm of a gradient on the way past it."""

    node: Node
    leaves: frozenset[int]  # the ids of the leaves that it takes directly, or through views of them
    flow: float | None


class Layers:
    """Products with parameters (linear, convolution, recurrent), or, where there are fewer than three, whatever
    computes with a parameter.

    What flows past a layer is the gradient of any tensor that is there when it has run and used later: in a network
    with residual paths that is the path's, not that of a branch. Tensors that wait for their use for more than eight
    layers, single numbers beside larger tensors, views of parameters, and what a backward pass made are no part of it.
    """

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._leaves: dict[int, frozenset[int]] = {}  # of nodes that are a view of a parameter, or one
        self._ordered = sorted(
            (node for node in subject.nodes.values() if node.kind == "backward" and node.layer < 0),
            key=lambda node: node.sequence,
        )
        self._find_views()
        self.nodes = self._find_layers()
        self._sequences = [node.sequence for node in self.nodes]
        self.least = 2 if any(n_elements(node) > 1 for node in self.nodes) else 1

    def _find_views(self) -> None:
        for node in self._subject.nodes.values():
            if node.kind == "accumulate":
                self._leaves[node.id] = frozenset((node.id,))
        for node in self._ordered:
            edges = self._subject.operands.get(node.id, [])
            is_view = node.category == "view" and not _CHOOSING.fullmatch(node.name)
            if is_view and edges and all(edge.target in self._leaves for edge in edges):
                self._leaves[node.id] = self.leaves_of(node.id)

    def leaves_of(self, node: int) -> frozenset[int]:
        """The leaves among a node's operands."""
        edges = self._subject.operands.get(node, [])
        return frozenset(leaf for edge in edges for leaf in self._leaves.get(edge.target, ()))

    def is_of_parameters(self, node: int) -> bool:
        """Whether a node is a parameter or a view of some."""
        return node in self._leaves

    def _find_layers(self) -> list[Node]:
        found = [node for node in self._ordered if node.id not in self._leaves and self.leaves_of(node.id)]
        products = [node for node in found if node.category == "matmul"]
        if len(products) >= FEWEST_LAYERS:
            return products
        return found if len(found) >= FEWEST_LAYERS else []

    def place(self, sequence: int) -> int:
        """How many layers were run before a node of this number."""
        return bisect_left(self._sequences, sequence)

    def flows(self) -> Iterator[list[Layer]]:
        """The layers with what flows past them, at the end; an empty list after each few thousand nodes."""
        largest: list[float | None] = [None] * len(self.nodes)
        for number, node in enumerate(self._ordered):
            if number % 2000 == 1999:
                yield []
            if node.id in self._leaves or n_elements(node) < self.least:
                continue
            norm = self._subject.norm(node.id)
            if norm is None:
                continue
            for place in self._lives_at(node):
                known = largest[place]
                if known is None or norm > known or isnan(norm):
                    largest[place] = norm
        yield [Layer(node, self.leaves_of(node.id), flow) for node, flow in zip(self.nodes, largest, strict=True)]

    def _lives_at(self, node: Node) -> range:
        """The layers that run while a node's output waits for its last use, its own too."""
        nodes = self._subject.nodes
        last = max((nodes[user].sequence for user in self._subject.users.get(node.id, ())), default=-1)
        first, born = bisect_left(self._sequences, node.sequence), bisect_right(self._sequences, node.sequence)
        return range(first, min(bisect_left(self._sequences, last), born + RECENT_LAYERS))

    def between(self, early: Node, late: Node) -> Iterator[Node]:
        """The nodes after a layer up to a later one, that one too, in the order of the forward pass; without views of
        parameters."""
        for node in self._ordered:
            if early.sequence < node.sequence <= late.sequence and node.id not in self._leaves:
                yield node
