"""Which nodes one call of the engine runs: the walk that torch's engine makes before it starts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from torch import Tensor
from torch.autograd.graph import GradientEdge
from torch.autograd.graph import Node as GradFn

from engine.shared.ready_queue import PassPlan
from engine.tensors import native


class CallGraph:
    """All nodes behind the roots of a call, as indices, and the part that each plays in it.

    `roots`, `inputs`: tensors or gradient edges, as backward() and grad() take them; without inputs all nodes run.
    `accumulate`: backward() runs the nodes of its inputs too; grad() takes their gradients out ("captured").
    """

    def __init__(
        self, roots: Sequence[Tensor | GradientEdge], inputs: Sequence[Tensor | GradientEdge] = (), *, accumulate: bool
    ) -> None:
        self.nodes: list[GradFn] = []
        self.edges: list[list[tuple[int, int] | None]] = []  # per node: (node, slot) of each of its next_functions
        self._index: dict[GradFn, int] = {}
        root_edges = [_edge_of(root) for root in roots]
        self.roots = [(self._add(node), slot) for node, slot in root_edges]
        self._walk()
        self.captured_inputs: list[tuple[int, int] | None] = []  # per input of grad(): its node and slot
        self.runs = [True] * len(self.nodes)
        self.captured = [False] * len(self.nodes)
        if inputs:
            self._restrict(inputs, accumulate)
        self.takes_part = [runs or captured for runs, captured in zip(self.runs, self.captured, strict=True)]
        self.n_needed = sum(self.runs)
        self.plan = PassPlan(
            [[edge[0] for edge in edges if edge is not None] for edges in self.edges],
            [native.sequence_nr(node) for node in self.nodes],
            [root for root, _ in self.roots],
            self.runs,
            self.captured,
        )

    @property
    def root_nodes(self) -> list[GradFn]:
        """The nodes that it starts at, each once."""
        return [self.nodes[index] for index in dict.fromkeys(index for index, _ in self.roots)]

    def index(self, node: GradFn) -> int:
        """The index of a node, -1 when the call does not reach it."""
        return self._index.get(node, -1)

    @property
    def begins_at_leaves(self) -> bool:
        """Whether nothing lies behind its roots."""
        return all(native.leaf_of(node) is not None for node in self.root_nodes)

    def index_of_leaf(self, leaf: Tensor) -> int:
        """The index of the node that accumulates the gradient of a leaf, -1 when the call does not reach it."""
        return self._leaf_indices.get(id(leaf), -1)

    @cached_property
    def _leaf_indices(self) -> dict[int, int]:
        """By id of a leaf, which its node keeps alive."""
        leaves = ((index, native.leaf_of(node)) for index, node in enumerate(self.nodes))
        return {id(leaf): index for index, leaf in leaves if leaf is not None}

    def leaves(self) -> list[Tensor]:
        """The tensors whose `.grad` the call writes."""
        found = (native.leaf_of(node) for node, runs in zip(self.nodes, self.runs, strict=True) if runs)
        return [leaf for leaf in found if leaf is not None]

    def _add(self, node: GradFn) -> int:
        index = self._index.get(node)
        if index is None:
            index = self._index[node] = len(self.nodes)
            self.nodes.append(node)
        return index

    def _walk(self) -> None:
        for node in self.nodes:  # grows while it is walked
            self.edges.append(
                [None if below is None else (self._add(below), slot) for below, slot in node.next_functions]
            )

    def _restrict(self, inputs: Sequence[Tensor | GradientEdge], accumulate: bool) -> None:
        """Run only what lies on a path to the inputs, as GraphTask::init_to_execute decides it."""
        targets = [self._find(tensor) for tensor in inputs]
        found = {target[0] for target in targets if target is not None}
        producers: list[list[int]] = [[] for _ in self.nodes]
        for index, edges in enumerate(self.edges):
            for edge in edges:
                if edge is not None:
                    producers[edge[0]].append(index)
        self.runs = [False] * len(self.nodes)
        pending = list(found)
        while pending:
            for producer in producers[pending.pop()]:
                if not self.runs[producer]:
                    self.runs[producer] = True
                    pending.append(producer)
        if accumulate:
            for index in found:
                self.runs[index] = True
        else:
            self.captured_inputs = targets
            self.captured = [index in found and not runs for index, runs in enumerate(self.runs)]

    def _find(self, tensor: Tensor | GradientEdge) -> tuple[int, int] | None:
        """Node and slot that an input's gradient arrives at, None when the call does not reach it."""
        if isinstance(tensor, GradientEdge):
            index = self.index(tensor.node)
            return None if index < 0 else (index, tensor.output_nr)
        if native.grad_fn(tensor) is not None:
            index = self.index(native.grad_fn(tensor))
            return None if index < 0 else (index, native.output_nr(tensor))
        for index, node in enumerate(self.nodes):
            if native.leaf_of(node) is tensor:
                return index, 0
        return None


def _edge_of(root: Tensor | GradientEdge) -> tuple[GradFn, int]:
    if isinstance(root, GradientEdge):
        return root.node, root.output_nr
    return native.node_of(root), native.output_nr(root)
