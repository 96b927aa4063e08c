"""Binds what was seen of a call to the nodes that it made."""

from __future__ import annotations

import itertools
from collections import deque
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
from engine.autograd.modules import ModuleStack
from engine.autograd.records import (
    KEY,
    Call,
    LeafRecord,
    NodeRecord,
    PassMark,
    Place,
    elements_of,
    has_shape_of,
    tensors_in,
)
from engine.autograd.snapshots import Snapshot, SnapshotStore
from engine.tensors import native

_MAX_UNBOUND = 4096
_TOP = "<module>"  # the name of a program's outermost code
# Python files between a call in a program and the function mode that are part of the one public call.
_WRAPPERS = frozenset(
    module.__file__
    for module in (
        *(torch.functional, torch.nn.functional, torch.overrides),
        *(torch._tensor, torch._ops, torch._jit_internal),
    )
)
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

    def made(self, node: GradFn) -> bool:
        return self.start <= node._sequence_nr() < self.end  # type: ignore[attr-defined]

    def operation(self, node: GradFn) -> Operation | None:
        found = self.inside.get(node._sequence_nr())  # type: ignore[attr-defined]
        return None if found is None or native.name_of(node) in _NOT_OBSERVED else found


class _Unbound(NamedTuple):
    """Seen below autograd outside of a public call (in a backward pass, vmap or a script): its node comes later."""

    call: Call
    values: list[Snapshot | None]
    leaves: list[LeafRecord]


class Binder:
    """Keeps the records of nodes, in their metadata, and of the tensors that have none, for one thread.

    `first` is the binder of the program's first thread. Each thread numbers its nodes by itself.
    """

    def __init__(self, store: SnapshotStore, modules: ModuleStack, first: Binder | None = None) -> None:
        self.program_paths: set[str] = set() if first is None else first.program_paths  # files that are the program's
        self.departures: Departures = Departures() if first is None else first.departures
        self.leaves: Leaves = Leaves(store) if first is None else first.leaves
        self._numbers: Iterator[int] = itertools.count() if first is None else first._numbers
        self._all: list[Binder] = [] if first is None else first._all
        self._all.append(self)
        self._store = store
        self._modules = modules
        self.thread = 0  # that makes calls
        self._unbound: dict[int, _Unbound] = {}  # by sequence number
        self._compiled: deque[tuple[int, int, Call]] = deque(maxlen=_MAX_UNBOUND)

    def call(self, function: Any, frame: FrameType | None) -> Call:
        """A call of `function`, placed in the nearest frame of the program from `frame` upwards."""
        direct = True  # until a library's own function lies between
        paths, module_call, n_modules = self.program_paths, self._modules.code, 0
        nearest = frame
        while nearest is not None and nearest.f_code.co_filename not in paths:
            if nearest.f_code.co_filename not in _WRAPPERS:
                direct = False
                n_modules += nearest.f_code is module_call
            nearest = nearest.f_back
        if nearest is None:
            return Call(next(self._numbers), function, None, direct, self._modules.current, self.thread)
        stack: tuple[Any, ...] = ()
        if not direct or nearest.f_code.co_name != _TOP:
            start = nearest if direct or n_modules else frame
            stack = self._stack(start, nearest, n_modules)
        place = Place(nearest.f_code, nearest.f_lasti)
        return Call(next(self._numbers), function, place, direct, self._modules.current, self.thread, stack)

    def _stack(self, start: FrameType | None, nearest: FrameType, n_modules: int) -> tuple[Any, ...]:
        """What `Call.stack` holds, from the frame `start` up to the program's top."""
        found: list[Any] = []
        while start is not None and start is not nearest:
            found += (start.f_code, start.f_lasti, 0)
            start = start.f_back
        paths, module_call = self.program_paths, self._modules.code
        while start is not None:
            code = start.f_code
            if code.co_filename in paths:
                found += (code, start.f_lasti, n_modules)
                if code.co_name == _TOP:
                    break
            elif code is module_call:
                n_modules += 1
            start = start.f_back
        return tuple(found)

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
        mark = PassMark(next(self._numbers), origin, line, end, frees)
        for node in nodes:
            self.record(node).ran_in = mark

    def record_of(self, node: GradFn) -> NodeRecord | None:
        """The record of a node, where there is one; values that waited for it are bound first."""
        record = node.metadata.get(KEY)
        if record is None and (self._unbound or len(self._all) > 1):
            found = self._take_unbound(node)
            if found is not None and native.name_of(node) not in _NOT_OBSERVED:
                record = node.metadata[KEY] = NodeRecord(found.call)
                self._fill(node, record, found.values)
                record.inputs += found.leaves
        return record

    def _take_unbound(self, node: GradFn) -> _Unbound | None:
        """What waits for a node, of this thread or of another one that has as many nodes.

        It has to fit: what was seen may have been an operation after that of the node, which went unseen.
        """
        number = node._sequence_nr()  # type: ignore[attr-defined]
        for binder in (self, *self._all) if len(self._all) > 1 else (self,):
            found = binder._unbound.get(number)
            if found is not None and _fits(node, found.values):
                return binder._unbound.pop(number, None)
        return None

    def record(self, node: GradFn) -> NodeRecord:
        """The record of a node, a new one where there is none."""
        record = self.record_of(node)
        if record is None:
            record = node.metadata[KEY] = NodeRecord(self._compiled_call(node) if self._compiled else None)
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
        self._unbound[seen.sequence] = _Unbound(self.call(function, frame), values, leaves)
        if len(self._unbound) > _MAX_UNBOUND:
            del self._unbound[next(iter(self._unbound))]

    def name_unbound(self, call: Call, start: int, end: int) -> None:
        """Nodes born inside a backward pass were made by the call that started it."""
        for sequence, unbound in self._unbound.items():
            if start <= sequence < end:
                self._unbound[sequence] = unbound._replace(call=call)

    def note_compiled(self, call: Call, start: int, end: int) -> None:
        """A compiled region made the nodes from `start` to `end`, which were not seen."""
        self._compiled.append((start, end, call))

    def _compiled_call(self, node: GradFn) -> Call | None:
        number = node._sequence_nr()  # type: ignore[attr-defined]
        return next((call for start, end, call in reversed(self._compiled) if start <= number < end), None)

    def forget_unbound(self) -> None:
        """Let go of values whose node was never met, on whichever thread."""
        self._all[:] = [binder for binder in self._all if binder is self or binder.thread]
        for binder in self._all:
            binder._unbound.clear()

    def retire(self) -> None:
        """The thread has ended; what waits for its nodes goes on waiting."""
        self.thread = 0
        if not self._unbound:
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

    def bind_ungraphed(self, call: Call, consumed: list[Tensor], outputs: list[Tensor]) -> None:
        """No node was born: remember who made these tensors, and why they have no graph."""
        call.cause = why_no_graph.cause_of(call, consumed, self.leaves.made)
        for tensor in outputs:
            self.leaves.note_made(tensor, call)

    def bind(
        self, call: Call, consumed: list[Tensor], outputs: list[Tensor], start: int, end: int, inside: list[Operation]
    ) -> None:
        """Nodes with numbers from `start` to `end` were born: give each its record."""
        birth = _Birth(call, start, end, {operation.sequence: operation for operation in inside})
        born: dict[GradFn, NodeRecord] = {}
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
                self._bind_tensor(birth, node, tensor, born)
            elif id(tensor) not in results and id(tensor) not in leaves:
                leaves[id(tensor)] = self.leaves.record(tensor)
        if born:
            last = next(iter(born.values()))
            self._walk(birth, born)
            self._give_inputs(birth, last, born, leaves)

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

    def _bind_tensor(self, birth: _Birth, node: GradFn, tensor: Tensor, born: dict[GradFn, NodeRecord]) -> None:
        """The value of a tensor to the node that made it, also where that node was born unseen."""
        record = self.record(node)
        if record.call is None and birth.made(node):
            record.call = birth.call
            born[node] = record
        if native.output_nr(tensor) not in record.values:
            value = self._store.keep(tensor)
            if value is not None:
                record.values[native.output_nr(tensor)] = value

    def _walk(self, birth: _Birth, born: dict[GradFn, NodeRecord]) -> None:
        """From the nodes of the results to all nodes that this call made, with the values seen below autograd."""
        reached = list(born)
        while reached:
            node = reached.pop()
            operation = birth.operation(node)
            if operation is not None:
                self._fill(node, born[node], (operation.output,))
            if birth.end - birth.start == 1:
                return
            for below, _ in node.next_functions:
                if below is not None and below not in born and birth.made(below):
                    record = self.record(below)
                    if record.call is None:
                        record.call = birth.call
                    elif record.call.thread != birth.call.thread:
                        continue  # which has the same number by chance
                    born[below] = record
                    reached.append(below)

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

    def _give_inputs(
        self, birth: _Birth, last: NodeRecord, born: dict[GradFn, NodeRecord], leaves: dict[int, LeafRecord]
    ) -> None:
        """Each leaf to the nodes whose operation took it, or a view of it; to the call's last node where none did."""
        given: set[int] = set()
        if len(born) > 1:
            for node, record in born.items():
                operation = birth.operation(node)
                arguments = tensors_in(operation.arguments) if operation is not None else []
                taken = {id(t) for t in arguments} | {id(native.base(t)) for t in arguments}
                mine = [key for key in leaves if key in taken]
                record.inputs += [leaves[key] for key in mine if leaves[key] not in record.inputs]
                given.update(mine)
        last.inputs += [leaf for key, leaf in leaves.items() if key not in given]


def _fits(node: GradFn, values: list[Snapshot | None]) -> bool:
    """Whether one of these values, where there are any, may be an output of a node."""
    slots = node._input_metadata  # type: ignore[attr-defined]
    tensors = [value.tensor for value in values if value is not None and value.tensor is not None]
    return not tensors or any(
        native.dtype(tensor) == slot.dtype and has_shape_of(slot, tensor) for tensor in tensors for slot in slots
    )


def _flat(values: Any) -> Iterator[Tensor | Snapshot]:
    for value in values:
        kind = type(value)
        if issubclass(kind, (Tensor, Snapshot)):
            yield value
        elif issubclass(kind, (list, tuple)):
            yield from _flat(elements_of(value))
