"""What calls of the engine share whose graphs differ in nothing but their nodes: a loop's is worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from torch.autograd.graph import Node as GradFn

from engine.autograd.passes.hook_plan import HookPlan
from engine.shared.ready_queue import ACCUMULATE_SEQUENCE, PassPlan, running_order
from engine.tensors import native

_MAX_SHAPES = 8
Edges = list[list[tuple[int, int] | None]]  # per node: (node, slot) of each of its next_functions


class CallShape:
    """Nodes are indices, in the order in which a walk from the roots comes to them."""

    def __init__(
        self,
        nodes: Sequence[GradFn],
        edges: Edges,
        roots: list[tuple[int, int]],
        runs: list[bool],
        captured: list[bool],
    ) -> None:
        self.edges, self.roots, self.runs, self.captured = edges, roots, runs, captured
        self.takes_part = [is_run or is_taken for is_run, is_taken in zip(runs, captured, strict=True)]
        self.n_needed = sum(runs)
        self.kinds = [type(node) for node in nodes]
        self.names = [native.name_of(node) for node in nodes]
        self.is_leaf = [kind is native.AccumulateGrad for kind in self.kinds]
        self.leaves = [index for index, is_leaf in enumerate(self.is_leaf) if is_leaf]
        self.root_indices = list(dict.fromkeys(index for index, _ in roots))
        sequences = [native.sequence_nr(node) for node in nodes]
        self.plan = PassPlan(
            [[edge[0] for edge in some if edge is not None] for some in edges],
            sequences,
            [root for root, _ in roots],
            runs,
            captured,
        )
        # Of torch's own nodes alone: two kinds of others may have one class.
        self.is_told_by_kinds = native.DERIVATIVES.issuperset(
            kind for kind, is_leaf in zip(self.kinds, self.is_leaf, strict=True) if not is_leaf
        )
        self._births = _births(sequences)
        self._walk = [
            (kind, [(-1, 0) if edge is None else edge for edge in some])
            for kind, some in zip(self.kinds, edges, strict=True)
        ]
        self.hooks: HookPlan | None = None  # of a pass in which torch's own code runs alone, once there was one

    def __eq__(self, other: object) -> bool:
        """Whether a walk comes to nodes of the same names on the same ways, of which the same run."""
        if self is other or not isinstance(other, CallShape):
            return self is other
        mine, theirs = ((one.names, one.edges, one.roots, one.runs) for one in (self, other))
        return mine == theirs

    def __hash__(self) -> int:
        return hash(tuple(self.names))

    def plan_hooks(self, n_bytes: Mapping[int, int] | None, small_bytes: int) -> None:
        """Such a pass has run, in which so many bytes arrived at each node; None: not all of it can be referred to."""
        if n_bytes is not None and not any(self.is_leaf[root] for root in self.root_indices):
            sizes = [n_bytes.get(node, 0) for node in range(len(self.edges))]
            self.hooks = HookPlan(self.edges, self.plan, self.kinds, self.is_leaf, self.order, sizes, small_bytes)

    @cached_property
    def order(self) -> list[int]:
        """The nodes in the order in which one queue runs them. Not to be changed."""
        return list(running_order(self.plan))

    def nodes_alike(self, root_edges: Sequence[tuple[GradFn, int]]) -> list[GradFn] | None:
        """The nodes behind the roots of another call, which runs all of them, where their graph is of this shape; None
        where it is not."""
        if [slot for _, slot in root_edges] != [slot for _, slot in self.roots]:
            return None
        nodes: list[GradFn] = []
        for (node, _), (index, _) in zip(root_edges, self.roots, strict=True):
            if not _meet(nodes, index, node):
                return None
        n_met = len(nodes)
        for index, (kind, edges) in enumerate(self._walk):
            node = nodes[index]
            found = node.next_functions
            if type(node) is not kind or len(found) != len(edges):
                return None
            for (below, slot), (met, its_slot) in zip(found, edges):  # noqa: B905  (of each edge of each pass)
                if below is None or slot != its_slot:
                    if below is not None or met >= 0:
                        return None
                elif met == n_met:  # as `_meet`
                    nodes.append(below)
                    n_met += 1
                elif not 0 <= met < n_met or nodes[met] is not below:
                    return None
        if len(set(nodes)) < n_met or _births([node._sequence_nr() for node in nodes]) != self._births:  # type: ignore[attr-defined]
            return None
        return nodes


def _meet(nodes: list[GradFn], index: int, node: GradFn | None) -> bool:
    """Whether a walk that has come to `nodes` meets this one where the other had met the one of this index."""
    if index < len(nodes):
        return nodes[index] is node
    if node is None:
        return False
    nodes.append(node)
    return True


def _births(sequences: Sequence[int]) -> list[int]:
    """When each node was made, counted from the first root; the nodes of leaves have no such number."""
    start = sequences[0]
    return [number if number == ACCUMULATE_SEQUENCE else number - start for number in sequences]


class CallShapes:
    """Those of the newest calls of one thread, the newest first. It holds no node."""

    def __init__(self) -> None:
        self._known: list[CallShape] = []

    def __iter__(self) -> Iterator[CallShape]:
        return iter(self._known)

    def note(self, shape: CallShape) -> None:
        """A call has run; of those that leave something out nothing is known of others."""
        if not shape.is_told_by_kinds or not all(shape.runs) or (self._known and self._known[0] is shape):
            return
        self._known = [shape, *(one for one in self._known if one is not shape)][:_MAX_SHAPES]
