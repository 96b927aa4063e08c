"""Which nodes one call of the engine runs: the walk that torch's engine makes before it starts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from torch import Tensor
from torch.autograd.graph import GradientEdge
from torch.autograd.graph import Node as GradFn

from engine.autograd.passes.call_shape import CallShape, Edges
from engine.autograd.records import slot_shape
from engine.tensors import native

_OF_ALL = frozenset({"SumBackward0", "MeanBackward0"})


class CallGraph:
    """All nodes behind the roots of a call, as indices, and the part that each plays in it.

    `roots`, `inputs`: tensors or gradient edges, as backward() and grad() take them; without inputs all nodes run.
    `accumulate`: backward() runs the nodes of its inputs too; grad() takes their gradients out ("captured").
    `known`: shapes of earlier calls, of which this may have one.
    """

    def __init__(
        self,
        roots: Sequence[Tensor | GradientEdge],
        inputs: Sequence[Tensor | GradientEdge] = (),
        *,
        accumulate: bool,
        known: Iterable[CallShape] = (),
    ) -> None:
        self.captured_inputs: list[tuple[int, int] | None] = []  # per input of grad(): its node and slot
        root_edges = [_edge_of(root) for root in roots]
        found = None if inputs else _repeated(root_edges, known)
        if found is None:
            self.nodes: list[GradFn] = []
            self.shape = self._walk(root_edges, inputs, accumulate)
        else:
            self.shape, self.nodes = found
        shape = self.shape
        self.edges, self.roots, self.plan = shape.edges, shape.roots, shape.plan
        self.runs, self.captured, self.takes_part = shape.runs, shape.captured, shape.takes_part
        self.n_needed = shape.n_needed

    @property
    def root_nodes(self) -> list[GradFn]:
        """The nodes that it starts at, each once."""
        return [self.nodes[index] for index in self.shape.root_indices]

    @cached_property
    def _index(self) -> dict[GradFn, int]:
        return {node: index for index, node in enumerate(self.nodes)}

    def index(self, node: GradFn) -> int:
        """The index of a node, -1 when the call does not reach it."""
        return self._index.get(node, -1)

    @property
    def begins_at_leaves(self) -> bool:
        """Whether nothing lies behind its roots."""
        return all(map(self.shape.is_leaf.__getitem__, self.shape.root_indices))

    def index_of_leaf(self, leaf: Tensor) -> int:
        """The index of the node that accumulates the gradient of a leaf, -1 when the call does not reach it."""
        return self._leaf_indices.get(id(leaf), -1)

    @cached_property
    def _leaf_indices(self) -> dict[int, int]:
        """By id of a leaf, which its node keeps alive."""
        leaves = ((index, native.leaf_of(node)) for index, node in enumerate(self.nodes))
        return {id(leaf): index for index, leaf in leaves if leaf is not None}

    @cached_property
    def leaves(self) -> list[Tensor]:
        """The tensors whose `.grad` the call writes."""
        writes = zip(self.nodes, self.shape.is_leaf, self.runs, strict=True)
        return [node.variable for node, is_leaf, runs in writes if is_leaf and runs]  # type: ignore[attr-defined]

    @property
    def n_results(self) -> int:
        """How many numbers it differentiates: those that a sum or a mean of them was made of, where that is its root;
        0 where that is not known."""
        n_results = 0
        for node, slot in self.shape.roots:
            is_of_all = native.name_of(self.nodes[node]) in _OF_ALL
            below = self.nodes[node].next_functions[0] if is_of_all else (self.nodes[node], slot)
            shape = slot_shape(below[0]._input_metadata[below[1]]) if below[0] is not None else None
            n_results += math.prod(shape or ()) if shape is not None else 0
        return n_results

    @property
    def leaves_behind(self) -> Iterator[Tensor]:
        """The tensors that its nodes would write the `.grad` of, if all of them ran."""
        found = (node for node, is_leaf in zip(self.nodes, self.shape.is_leaf, strict=True) if is_leaf)
        return (node.variable for node in found)  # type: ignore[attr-defined]

    def _walk(
        self,
        root_edges: Sequence[tuple[GradFn, int]],
        inputs: Sequence[Tensor | GradientEdge],
        accumulate: bool,
    ) -> CallShape:
        known = self._index = {}
        edges: Edges = []

        def add(node: GradFn) -> int:
            index = known.get(node)
            if index is None:
                index = known[node] = len(self.nodes)
                self.nodes.append(node)
            return index

        roots = [(add(node), slot) for node, slot in root_edges]
        for node in self.nodes:  # grows while it is walked
            edges.append([None if below is None else (add(below), slot) for below, slot in node.next_functions])
        runs, captured = [True] * len(self.nodes), [False] * len(self.nodes)
        if inputs:
            runs, captured = self._restrict(edges, inputs, accumulate)
        return CallShape(self.nodes, edges, roots, runs, captured)

    def _restrict(
        self, edges: Edges, inputs: Sequence[Tensor | GradientEdge], accumulate: bool
    ) -> tuple[list[bool], list[bool]]:
        """Run only what lies on a path to the inputs, as GraphTask::init_to_execute decides it."""
        targets = [self._find(tensor) for tensor in inputs]
        found = {target[0] for target in targets if target is not None}
        producers: list[list[int]] = [[] for _ in self.nodes]
        for index, some in enumerate(edges):
            for edge in some:
                if edge is not None:
                    producers[edge[0]].append(index)
        runs = [False] * len(self.nodes)
        pending = list(found)
        while pending:
            for producer in producers[pending.pop()]:
                if not runs[producer]:
                    runs[producer] = True
                    pending.append(producer)
        if accumulate:
            for index in found:
                runs[index] = True
            return runs, [False] * len(self.nodes)
        self.captured_inputs = targets
        return runs, [index in found and not is_run for index, is_run in enumerate(runs)]

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


def _repeated(
    root_edges: Sequence[tuple[GradFn, int]], known: Iterable[CallShape]
) -> tuple[CallShape, list[GradFn]] | None:
    """The shape of a call that runs all its nodes, if it is among those known, and the nodes."""
    for shape in known:
        nodes = shape.nodes_alike(root_edges)
        if nodes is not None:
            return shape, nodes
    return None
