"""The records of nodes, in their metadata, and what waits for nodes that were not met yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.derived import Value
from engine.autograd.folded import Folded
from engine.autograd.leaves import Leaves
from engine.autograd.placing import Placing
from engine.autograd.records import (
    KEY,
    Call,
    NodeRecord,
    PassTrace,
    RegisteredHook,
    elements_of,
    has_shape_of,
    tensors_in,
)
from engine.autograd.snapshot import Snapshot
from engine.autograd.snapshots import SnapshotStore
from engine.autograd.waiting import Unbound, Waiting
from engine.tensors import native

# Made by operations that are not observed below autograd: what comes there next belongs to another node, or to none.
NOT_OBSERVED = frozenset({"AliasBackward0", "torch::autograd::Identity"})


class Operation(NamedTuple):
    """What was seen below autograd."""

    sequence: int  # number of the node that it belongs to
    output: Any
    arguments: tuple[Any, ...]


class NodeRecords:
    """For one thread. `first` is that of the program's first thread. Each thread numbers its nodes by itself."""

    def __init__(self, store: SnapshotStore, placing: Placing, first: NodeRecords | None = None) -> None:
        self.leaves: Leaves = Leaves(store) if first is None else first.leaves
        self.waiting = Waiting()
        self.folded = Folded()
        self._all: list[NodeRecords] = [] if first is None else first._all
        self._all.append(self)
        self._store = store
        self._placing = placing

    def hooks_of(self, nodes: Iterable[GradFn]) -> dict[int, tuple[RegisteredHook, ...]]:
        """The hooks that are on a tensor of these nodes, by the index of the node."""
        found: dict[int, tuple[RegisteredHook, ...]] = {}
        for index, node in enumerate(nodes if self.leaves.has_hooks else ()):
            leaf, record = native.leaf_of(node), self.record_of(node)
            hooks = self.leaves.hooks(leaf) if leaf is not None else () if record is None else record.hooks
            if hooks and (on := tuple(hook for hook in hooks if hook.is_on)):
                found[index] = on
        return found

    def mark(self, nodes: Iterable[GradFn], origin: str, line: int, *, frees: bool) -> list[NodeRecord]:
        """A backward pass has gone through these nodes, whose records are returned."""
        end: int = torch.autograd._get_sequence_nr()  # type: ignore[attr-defined]
        trace = PassTrace(next(self._placing.numbers), origin, line, end, frees)
        records: list[NodeRecord] = []
        for node in nodes:
            metadata = node.metadata
            record = metadata.get(KEY)
            if record is None and type(node) is native.AccumulateGrad:  # no call has made it
                record = metadata[KEY] = NodeRecord(None)
            elif record is None:
                record = self.record(node)
            record.ran_in = trace
            records.append(record)
        return records

    def record_of(self, node: GradFn) -> NodeRecord | None:
        """The record of a node, where there is one; values that waited for it are bound first."""
        record: NodeRecord | None = node.metadata.get(KEY)
        if record is None and self.folded:
            record = self.folded.unfold(node)
        if record is None and (self.waiting or len(self._all) > 1):
            found = self._take_unbound(node)
            if found is not None and native.name_of(node) not in NOT_OBSERVED:
                record = node.metadata[KEY] = NodeRecord(found.call)
                self.fill(node, record, found.values)
                record.inputs += tuple(found.leaves)
        return record

    def _take_unbound(self, node: GradFn) -> Unbound | None:
        """What waits for a node, of this thread or of another one that has as many nodes."""
        for records in (self, *self._all) if len(self._all) > 1 else (self,):
            found = records.waiting.take(node)
            if found is not None:
                return found
        return None

    def record(self, node: GradFn) -> NodeRecord:
        """The record of a node, a new one where there is none."""
        record = self.record_of(node)
        if record is None:
            record = node.metadata[KEY] = NodeRecord(self.waiting.compiled_call(node))
            if native.name_of(node) in NOT_OBSERVED:
                self._take_from_below(node, record)
        return record

    def _take_from_below(self, node: GradFn, record: NodeRecord) -> None:
        """An alias has the value of what it was given."""
        below, slot = node.next_functions[0]
        variable = native.leaf_of(below)
        value: Value | None
        if variable is not None:
            leaf = self.leaves.record(variable)
            record.inputs += (leaf,)
            value = leaf.value
        else:
            value = None if below is None else self.record(below).values.get(slot)
        if value is not None:
            record.values[0] = value

    def keep_unbound(self, seen: Operation, call: Call) -> None:
        """Keep the values of an operation that no public call will bind, until its node is met."""
        values = [self._store.keep(tensor) for tensor in tensors_in((seen.output,))]
        consumed = [
            tensor
            for tensor in tensors_in(seen.arguments)
            if native.grad_fn(tensor) is None and (native.requires_grad(tensor) or self.leaves.made(tensor) is not None)
        ]
        leaves = [self.leaves.record(tensor) for tensor in consumed]
        self.waiting.keep(seen.sequence, Unbound(call, values, leaves))

    def forget_unbound(self) -> None:
        """Let go of values whose node was never met, on whichever thread."""
        self._all[:] = [records for records in self._all if records is self or records._placing.thread]
        for records in self._all:
            records.waiting.forget()

    def is_alone(self) -> bool:
        """Whether no other thread numbers nodes, too: then a number stands for one node."""
        return len(self._all) == 1

    def retire(self) -> None:
        """The thread has ended; what waits for its nodes goes on waiting."""
        self._placing.thread = 0
        if not self.waiting:
            self._all.remove(self)

    def give_value(self, record: NodeRecord, tensor: Tensor) -> None:
        """An output of a node, where that has none in this slot."""
        slot = native.output_nr(tensor)
        if slot not in record.values:
            value = self._store.keep(tensor)
            if value is not None:
                record.values[slot] = value

    def fill(self, node: GradFn, record: NodeRecord, values: Any) -> None:
        """Values in the order of the operation's results, into the slots of those that have a derivative."""
        slots = node._input_metadata if values else ()  # type: ignore[attr-defined]
        slot = 0
        for value in _flat(values):
            tensor = value.tensor if isinstance(value, Snapshot) else value
            if slot == len(slots):
                return
            if tensor is None or native.dtype(tensor) != slots[slot].dtype or not has_shape_of(slots[slot], tensor):
                continue
            if slot not in record.values:
                snapshot = value if isinstance(value, Snapshot) else self._store.keep(value)
                if snapshot is not None:
                    record.values[slot] = snapshot
            slot += 1


def _flat(values: Any) -> Iterator[Tensor | Snapshot]:
    for value in values:
        kind = type(value)
        if issubclass(kind, (Tensor, Snapshot)):
            yield value
        elif issubclass(kind, (list, tuple)):
            yield from _flat(elements_of(value))
