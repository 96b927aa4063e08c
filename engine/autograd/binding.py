"""Binds what was seen of a call to the nodes that it made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import FrameType
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import Node as GradFn

from engine.autograd.departures import Departures
from engine.autograd.graph import why_no_graph
from engine.autograd.leaves import Leaves
from engine.autograd.placing import Placing
from engine.autograd.records import (
    KEY,
    Call,
    LeafRecord,
    NodeRecord,
    PassMark,
    elements_of,
    has_shape_of,
    tensors_in,
)
from engine.autograd.snapshots import Snapshot, SnapshotStore
from engine.autograd.waiting import Unbound, Waiting
from engine.tensors import native

# Made by operations that are not observed below autograd: what comes there next belongs to another node, or to none.
_NOT_OBSERVED = frozenset({"AliasBackward0", "torch::autograd::Identity"})


class Operation(NamedTuple):
    """What the dispatch mode saw below autograd."""

    sequence: int  # number of the node that it belongs to
    output: Any
    arguments: tuple[Any, ...]


class _Birth(NamedTuple):
    """The nodes from number `start` to `end`, which one call made, and the operations inside it by number."""

    call: Call
    start: int
    end: int
    inside: dict[int, Operation]
    born: dict[GradFn, NodeRecord]  # those that were met

    def made(self, node: GradFn) -> bool:
        return self.start <= node._sequence_nr() < self.end  # type: ignore[attr-defined]

    def operation(self, node: GradFn) -> Operation | None:
        found = self.inside.get(node._sequence_nr())  # type: ignore[attr-defined]
        return None if found is None or native.name_of(node) in _NOT_OBSERVED else found


class Binder:
    """Keeps the records of nodes, in their metadata, and of the tensors that have none, for one thread.

    `first` is the binder of the program's first thread. Each thread numbers its nodes by itself.
    """

    def __init__(self, store: SnapshotStore, placing: Placing, first: Binder | None = None) -> None:
        self.departures: Departures = Departures() if first is None else first.departures
        self.leaves: Leaves = Leaves(store) if first is None else first.leaves
        self.waiting = Waiting()
        self._all: list[Binder] = [] if first is None else first._all
        self._all.append(self)
        self._store = store
        self._placing = placing

    def _note_hook(self, tensor: Tensor, call: Call) -> None:
        node = native.grad_fn(tensor)
        self.leaves.note_hook(tensor, call)
        if node is not None:
            self.record(node).hook = call

    def hooks_of(self, nodes: Iterable[GradFn]) -> dict[int, Call]:
        """The calls that registered a hook on a tensor of these nodes, by the index of the node."""
        found: dict[int, Call] = {}
        for index, node in enumerate(nodes if self.leaves.has_hooks else ()):
            leaf, record = native.leaf_of(node), self.record_of(node)
            hook = self.leaves.hook(leaf) if leaf is not None else None if record is None else record.hook
            if hook is not None:
                found[index] = hook
        return found

    def mark(self, nodes: Iterable[GradFn], origin: str, line: int, *, frees: bool) -> None:
        """A backward pass has gone through these nodes."""
        end: int = torch.autograd._get_sequence_nr()  # type: ignore[attr-defined]
        mark = PassMark(next(self._placing.numbers), origin, line, end, frees)
        for node in nodes:
            self.record(node).ran_in = mark

    def record_of(self, node: GradFn) -> NodeRecord | None:
        """The record of a node, where there is one; values that waited for it are bound first."""
        record: NodeRecord | None = node.metadata.get(KEY)
        if record is None and (self.waiting or len(self._all) > 1):
            found = self._take_unbound(node)
            if found is not None and native.name_of(node) not in _NOT_OBSERVED:
                record = node.metadata[KEY] = NodeRecord(found.call)
                self._fill(node, record, found.values)
                record.inputs += found.leaves
        return record

    def _take_unbound(self, node: GradFn) -> Unbound | None:
        """What waits for a node, of this thread or of another one that has as many nodes."""
        for binder in (self, *self._all) if len(self._all) > 1 else (self,):
            found = binder.waiting.take(node)
            if found is not None:
                return found
        return None

    def record(self, node: GradFn) -> NodeRecord:
        """The record of a node, a new one where there is none."""
        record = self.record_of(node)
        if record is None:
            record = node.metadata[KEY] = NodeRecord(self.waiting.compiled_call(node))
            if native.name_of(node) in _NOT_OBSERVED:
                self._take_from_below(node, record)
        return record

    def _take_from_below(self, node: GradFn, record: NodeRecord) -> None:
        """An alias has the value of what it was given."""
        below, slot = node.next_functions[0]
        variable = native.leaf_of(below)
        if variable is not None:
            leaf = self.leaves.record(variable)
            record.inputs.append(leaf)
            value = leaf.value
        else:
            value = None if below is None else self.record(below).values.get(slot)
        if value is not None:
            record.values[0] = value

    def keep_unbound(self, seen: Operation, function: Any, frame: FrameType) -> None:
        """Keep the values of an operation that no public call will bind, until its node is met."""
        values = [self._store.keep(tensor) for tensor in tensors_in((seen.output,))]
        consumed = [
            tensor
            for tensor in tensors_in(seen.arguments)
            if native.grad_fn(tensor) is None and (native.requires_grad(tensor) or self.leaves.made(tensor) is not None)
        ]
        leaves = [self.leaves.record(tensor) for tensor in consumed]
        self.waiting.keep(seen.sequence, Unbound(self._placing.call(function, frame), values, leaves))

    def forget_unbound(self) -> None:
        """Let go of values whose node was never met, on whichever thread."""
        self._all[:] = [binder for binder in self._all if binder is self or binder._placing.thread]
        for binder in self._all:
            binder.waiting.forget()

    def retire(self) -> None:
        """The thread has ended; what waits for its nodes goes on waiting."""
        self._placing.thread = 0
        if not self.waiting:
            self._all.remove(self)

    def note_departure(self, call: Call, arguments: tuple[Any, ...], output: Any) -> None:
        """A call of one of the functions that `departures` keeps, or of `register_hook`."""
        if call.function is Tensor.register_hook:
            self._note_hook(arguments[0], call)
            return
        leaf = self.departures.note(call, arguments, output, self.leaves.made)
        if leaf is not None:
            call.cause = why_no_graph.cause_of_leaf(call, tensors_in(arguments), self.leaves.made)
            self.leaves.note_made(leaf, call)

    def note_parameter(self, call: Call, given: Iterable[Any], parameter: Tensor) -> None:
        """`nn.Parameter` made a leaf of what an operation had computed, where that has a graph."""
        if any(native.grad_fn(tensor) is not None for tensor in tensors_in(given)):
            call.cause = "detached", call
            self.leaves.note_made(parameter, call)

    def bind_ungraphed(self, call: Call, consumed: list[Tensor], outputs: list[Tensor]) -> None:
        """No node was born: remember who made these tensors, and why they have no graph."""
        call.cause = why_no_graph.cause_of(call, consumed, self.leaves.made)
        for tensor in outputs:
            self.leaves.note_made(tensor, call)

    def bind(
        self, call: Call, consumed: list[Tensor], outputs: list[Tensor], start: int, end: int, inside: list[Operation]
    ) -> None:
        """Nodes with numbers from `start` to `end` were born: give each its record."""
        if end - start == 1 and len(outputs) == 1 and start not in self.waiting:
            node = native.grad_fn(outputs[0])
            if node is not None and node._sequence_nr() == start and KEY not in node.metadata:
                self._bind_one(call, node, consumed, outputs[0], inside)
                return
        birth = _Birth(call, start, end, {operation.sequence: operation for operation in inside}, {})
        leaves: dict[int, LeafRecord] = {}
        results = {id(tensor) for tensor in outputs}
        for tensor in outputs:
            if not native.requires_grad(tensor):  # the indices of a maximum
                call.cause = "derivative", call
                self.leaves.note_made(tensor, call)
        # An in-place write into a view gives its base a new grad_fn, too.
        tensors = [*outputs, *consumed]
        if end - start > 1:
            tensors += [base for base in map(native.base, tensors) if base is not None]
        for tensor in tensors:
            node = native.grad_fn(tensor)
            if node is not None:
                self._bind_tensor(birth, node, tensor)
            elif id(tensor) not in results and id(tensor) not in leaves:
                leaves[id(tensor)] = self.leaves.record(tensor)
        if birth.born:
            last = next(iter(birth.born.values()))
            _give_inputs(last, self._walk(birth), leaves)

    def _bind_one(
        self, call: Call, node: GradFn, consumed: list[Tensor], output: Tensor, inside: list[Operation]
    ) -> None:
        """As `bind`, of a call as most are: it made one node, and returned what that stands for."""
        record = node.metadata[KEY] = NodeRecord(call)
        self._give_value(record, output)
        inputs = record.inputs
        for tensor in consumed:
            maker = native.grad_fn(tensor)
            if maker is not None:
                known = maker.metadata.get(KEY)
                if known is None or native.output_nr(tensor) not in known.values:
                    self._give_value(self.record(maker), tensor)
            elif tensor is not output:
                leaf = self.leaves.record(tensor)
                if leaf not in inputs:
                    inputs.append(leaf)
        if inside and (not record.values or len(node._input_metadata) > 1):  # type: ignore[attr-defined]
            for operation in inside:
                if operation.sequence == node._sequence_nr():  # type: ignore[attr-defined]
                    self._fill(node, record, (operation.output,))

    def _give_value(self, record: NodeRecord, tensor: Tensor) -> None:
        slot = native.output_nr(tensor)
        if slot not in record.values:
            value = self._store.keep(tensor)
            if value is not None:
                record.values[slot] = value

    def bind_constants(self, outputs: Any) -> None:
        """What a custom Function returned: its node has a slot for each, also for those without a derivative."""
        outputs = outputs if type(outputs) is tuple else (outputs,)
        nodes = [native.grad_fn(output) if issubclass(type(output), Tensor) else None for output in outputs]
        node = next((node for node in nodes if isinstance(node, BackwardCFunction)), None)
        if node is None or len(node._input_metadata) != len(outputs):  # type: ignore[attr-defined]
            return
        record = self.record(node)
        constants = {
            slot: self.leaves.record(output) if issubclass(type(output), Tensor) else None
            for slot, output in enumerate(outputs)
            if nodes[slot] is None
        }
        if constants:
            record.constants = constants
            record.values |= {slot: leaf.value for slot, leaf in constants.items() if leaf and leaf.value}

    def _bind_tensor(self, birth: _Birth, node: GradFn, tensor: Tensor) -> None:
        """The value of a tensor to the node that made it, also where that node was born unseen."""
        record = self.record(node)
        if record.call is None and birth.made(node):
            record.call = birth.call
            birth.born[node] = record
        self._give_value(record, tensor)

    def _walk(self, birth: _Birth) -> list[tuple[NodeRecord, Operation]]:
        """From the nodes of the results to all nodes that this call made, with the values seen below autograd.

        Returns the operation of each whose operation was seen.
        """
        born, seen = birth.born, []
        reached = list(born.items())
        while reached:
            node, record = reached.pop()
            operation = birth.operation(node)
            if operation is not None:
                seen.append((record, operation))
                self._fill(node, record, (operation.output,))
            if birth.end - birth.start == 1:
                break
            for below, _ in node.next_functions:
                if below is not None and below not in born and birth.made(below):
                    record = self.record(below)
                    if record.call is None:
                        record.call = birth.call
                    elif record.call.thread != birth.call.thread:
                        continue  # which has the same number by chance
                    born[below] = record
                    reached.append((below, record))
        return seen

    def _fill(self, node: GradFn, record: NodeRecord, values: Any) -> None:
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


def _give_inputs(last: NodeRecord, seen: list[tuple[NodeRecord, Operation]], leaves: dict[int, LeafRecord]) -> None:
    """Each leaf to the nodes whose operation took it, or a view of it; to the call's last node where none did."""
    given: set[int] = set()
    if leaves and len(seen) > 1:
        for record, operation in seen:
            for tensor in tensors_in(operation.arguments):
                key = id(tensor)
                if key not in leaves:
                    key = id(native.base(tensor))
                leaf = leaves.get(key)
                if leaf is not None:
                    given.add(key)
                    if leaf not in record.inputs:
                        record.inputs.append(leaf)
    last.inputs += [leaf for key, leaf in leaves.items() if key not in given]


def _flat(values: Any) -> Iterator[Tensor | Snapshot]:
    for value in values:
        kind = type(value)
        if issubclass(kind, (Tensor, Snapshot)):
            yield value
        elif issubclass(kind, (list, tuple)):
            yield from _flat(elements_of(value))
