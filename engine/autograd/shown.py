"""A graph that the window shows, with what the ids of its nodes stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.derived import Value
from engine.autograd.records import KEY, LeafRecord, NodeRecord
from engine.autograd.references import Reference
from engine.protocol.graph_values import Graph
from engine.protocol.notes import Note, NotRecorded, OfNow
from engine.tensors import native


class Shown:
    """The grad_fns of a living graph are kept: id() is reused after collection. That of an earlier pass has none, and
    `records` in their place. `leaves` are those of inputs and AccumulateGrads, by id."""

    def __init__(
        self,
        graph: Graph,
        *,
        grad_fns: Mapping[int, GradFn] | None = None,
        records: Mapping[int, NodeRecord] | None = None,
        leaves: Mapping[int, LeafRecord] | None = None,
        roots: Iterable[GradFn] = (),
        named: Mapping[str, Reference] | None = None,
        is_past: bool = False,
    ) -> None:
        self.graph = graph
        self.grad_fns = grad_fns or {}
        self.leaves = leaves or {}
        self.roots = tuple(roots)
        self.named = named or {}
        self._records = records or {}
        self._past_ids = frozenset(node.id for node in graph.nodes) if is_past else frozenset()

    def is_past(self, node_id: int) -> bool:
        """Whether it is of an earlier pass, and this node in it."""
        return node_id in self._past_ids

    def leaf(self, node_id: int) -> Tensor | None:
        """The variable of an AccumulateGrad, or the tensor of an input node while the program still has it. None in
        an earlier pass, whose leaves hold other values by now."""
        if self._past_ids:
            return None
        variable = native.leaf_of(self.grad_fns.get(node_id))
        if variable is not None:
            return variable
        leaf = self.leaves.get(node_id)
        return None if leaf is None else leaf.reference()

    def value(self, node_id: int, slot: int) -> tuple[Tensor | None, Note | None]:
        """The value of an output when its operation ran, and what is to be known of it."""
        leaf = self.leaves.get(node_id)
        if leaf is not None:
            if leaf.value is not None:
                return leaf.value.read()
            return None, NotRecorded("nested" if leaf.shape is None else "")
        variable = native.leaf_of(self.grad_fns.get(node_id))
        if variable is not None:  # used where nothing watched
            return variable, OfNow()
        snapshot = self._snapshot(node_id, slot)
        if snapshot is not None:
            return snapshot.read()
        return None, NotRecorded("nested" if self._is_nested(node_id, slot) else "")

    def _is_nested(self, node_id: int, slot: int) -> bool:
        """Whether an output is a nested tensor, whose rows differ in length."""
        node = self.grad_fns.get(node_id)
        slots = () if node is None else node._input_metadata  # type: ignore[attr-defined]
        return slot < len(slots) and bool(slots[slot].is_nested_tensor)

    def is_copy(self, node_id: int, slot: int) -> bool:
        """Whether `value` is a copy, because the tensor was written to since."""
        leaf = self.leaves.get(node_id)
        snapshot = self._snapshot(node_id, slot) if leaf is None else leaf.value
        return snapshot is not None and (snapshot.read()[0] is not None) and snapshot.copied

    def _snapshot(self, node_id: int, slot: int) -> Value | None:
        record = self.record(node_id)
        return None if record is None else record.values.get(slot)

    def record(self, node_id: int) -> NodeRecord | None:
        """What was seen of a node."""
        node = self.grad_fns.get(node_id)
        return self._records.get(node_id) if node is None else node.metadata.get(KEY)
