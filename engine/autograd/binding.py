"""Binds what was seen of a call to the nodes that it made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from torch import Tensor
from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import Node as GradFn
from torch.utils.hooks import RemovableHandle

from engine.autograd.departures import HOOKING, Departures
from engine.autograd.folded import FOLDED
from engine.autograd.graph import why_no_graph
from engine.autograd.inside import bind_inside, is_fresh, view_of
from engine.autograd.node_records import NOT_OBSERVED, NodeRecords, Operation
from engine.autograd.operations.arguments import Arguments, emptied
from engine.autograd.operations.given import GONE, note_given
from engine.autograd.records import KEY, PLAIN_TENSORS, Call, LeafRecord, NodeRecord, RegisteredHook, tensors_in
from engine.autograd.severed import sever
from engine.autograd.single import given as flattened
from engine.autograd.snapshots import SnapshotStore
from engine.tensors import native

_LISTS = frozenset({list, tuple})
_grad_fn, _grad_fn_of, _output_nr = native.grad_fn, native._grad_fn, native.output_nr


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
        return None if found is None or native.name_of(node) in NOT_OBSERVED else found


class Binder:
    """For one thread, whose nodes have `records`."""

    def __init__(self, store: SnapshotStore, records: NodeRecords, departures: Departures) -> None:
        self._store = store
        self._records = records
        self._leaves = records.leaves
        self._departures = departures
        self.is_left_off = False  # gradients are switched off, and were before the run began

    def _note_hook(self, tensor: Tensor, call: Call, handle: RemovableHandle) -> None:
        node = native.grad_fn(tensor)
        is_before = call.function is Tensor.register_hook
        hook = RegisteredHook(call, is_before, handle.hooks_dict_ref, handle.id)
        self._leaves.note_hook(tensor, hook)
        if node is not None:
            record = self._records.record(node)
            record.hooks = hook.behind(record.hooks)

    def note_departure(self, call: Call, arguments: tuple[Any, ...], output: Any) -> None:
        """A call that `departures` keeps, or one that registers a hook."""
        if call.function in HOOKING:
            self._note_hook(arguments[0], call, output)
            return
        leaf = self._departures.note(call, arguments, output, self._leaves.made)
        if leaf is not None:
            call.cause = why_no_graph.cause_of_leaf(call, tensors_in(arguments), self._leaves.made)
            self._leaves.note_made(leaf, call)

    def note_parameter(self, call: Call, given: Iterable[Any], parameter: Tensor) -> None:
        """`nn.Parameter` made a leaf, inside of a module that runs, or of what an operation had computed and has a
        graph."""
        taken = tensors_in(given)
        if any(native.grad_fn(tensor) is not None for tensor in taken):
            call.cause = "detached", call
            sever(call, taken)
            self._leaves.note_made(parameter, call)
        elif call.module is not None:
            self._leaves.note_made(parameter, call)

    def bind_ungraphed(self, call: Call, consumed: list[Tensor], outputs: list[Tensor]) -> None:
        """No node was born: remember who made these tensors, and why they have no graph."""
        call.cause = why_no_graph.cause_of(call, consumed, self._leaves.made)
        if self.is_left_off and call.cause == ("no_grad", call):
            call.cause = "left_off", call
        self._leaves.note_severed(call)
        for tensor in outputs:
            self._leaves.note_made(tensor, call)

    def bind_unobserved(
        self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any], output: Any, start: int, end: int
    ) -> None:
        """As `bind`, of a call inside of which nothing was observed, and whose arguments are plain."""
        outputs = (output,) if type(output) is Tensor else tensors_in((output,))
        node = _grad_fn(outputs[0]) if outputs else None
        if node is None or not start <= node._sequence_nr() < end or KEY in (metadata := node.metadata):
            self.bind(call, (args, kwargs), tensors_in((args, kwargs)), list(outputs), start, end, [])
            return
        record = metadata[KEY] = NodeRecord(call)
        is_plain = not kwargs and type(args[0]) not in _LISTS and not _is_later(outputs)
        leaves, taken = self._bind_results(record, args if is_plain else flattened(args, kwargs), outputs)
        if is_plain:
            record.given = taken
        else:
            note_given(call, (args, kwargs), tensors_in((args, kwargs)), outputs, leaves)
        if end - start > 1:
            if call.function in FOLDED and self._records.is_alone():
                self._records.folded.note(record, start, end, leaves)
                if view_of(node) is not None:
                    return  # the product behind it has taken the leaves
            else:
                record = bind_inside(call, node, record, start, end, leaves)
        if leaves:
            record.inputs = tuple(leaves.values())

    def _bind_results(
        self, record: NodeRecord, consumed: Iterable[Any], outputs: Sequence[Tensor]
    ) -> tuple[dict[int, LeafRecord], list[Any]]:
        """To a new record the results of its node. Returns the leaves among what the call took, by id, and all that it
        took, with what is kept of each tensor in its place."""
        keep, values = self._store.keep, record.values
        for tensor in outputs:
            value = keep(tensor)
            if value is not None:
                values[_output_nr(tensor)] = value
        results = tuple(map(id, outputs))
        leaves: dict[int, LeafRecord] = {}
        taken: list[Any] = []
        for tensor in consumed:
            if type(tensor) not in PLAIN_TENSORS and not issubclass(type(tensor), Tensor):
                taken.append(tensor)
                continue
            try:
                maker = _grad_fn_of(tensor)
            except RuntimeError:  # as `native.grad_fn`
                maker = None
            if maker is not None:
                known, slot = maker.metadata.get(KEY), _output_nr(tensor)
                if known is None or slot not in known.values:
                    known = self._records.record(maker)
                    self._records.give_value(known, tensor)
                taken.append(GONE if known is record else known.values.get(slot, GONE))
            elif id(tensor) in results:
                taken.append(GONE)
            else:
                leaf = leaves.get(id(tensor))
                if leaf is None:
                    leaf = leaves[id(tensor)] = self._leaves.record(tensor)
                taken.append(leaf)
        return leaves, taken

    def bind(
        self,
        call: Call,
        given: Arguments,
        consumed: list[Tensor],
        outputs: list[Tensor],
        start: int,
        end: int,
        inside: list[Operation],
    ) -> None:
        """Nodes with numbers from `start` to `end` were born: give each its record."""
        if end - start == 1 and len(outputs) == 1 and start not in self._records.waiting:
            node = native.grad_fn(outputs[0])
            if node is not None and is_fresh(node, start, end):
                self._bind_one(call, given, node, consumed, outputs, inside)
                return
        birth = _Birth(call, start, end, {operation.sequence: operation for operation in inside}, {})
        leaves: dict[int, LeafRecord] = {}
        results = {id(tensor) for tensor in outputs}
        for tensor in outputs:
            if not native.requires_grad(tensor):  # the indices of a maximum
                if call.cause is None:
                    call.cause = "derivative", call
                    sever(call, consumed)
                self._leaves.note_made(tensor, call)
        # An in-place write into a view gives its base a new grad_fn, too. A base without one is no operand.
        tensors = [*outputs, *consumed]
        if end - start > 1:
            bases = [base for base in map(native.base, tensors) if base is not None]
            tensors += [base for base in bases if native.grad_fn(base) is not None]
        for tensor in tensors:
            node = native.grad_fn(tensor)
            if node is not None:
                self._bind_tensor(birth, node, tensor)
            elif id(tensor) not in results and id(tensor) not in leaves:
                leaves[id(tensor)] = self._leaves.record(tensor)
        if birth.born:
            last = next(iter(birth.born.values()))
            _give_inputs(last, self._walk(birth), leaves)
            note_given(call, given, consumed, outputs, leaves)

    def _bind_one(
        self,
        call: Call,
        given: Arguments,
        node: GradFn,
        consumed: list[Tensor],
        outputs: list[Tensor],
        inside: list[Operation],
    ) -> None:
        """As `bind`, of a call as most are: it made one node, and returned what that stands for."""
        record = node.metadata[KEY] = NodeRecord(call)
        leaves, taken = self._bind_results(record, consumed, outputs)
        record.inputs = tuple(leaves.values())
        record.given = emptied(*given), taken, {_output_nr(outputs[0]): 0} if _is_later(outputs) else None
        if inside and (not record.values or len(node._input_metadata) > 1):  # type: ignore[attr-defined]
            for operation in inside:
                if operation.sequence == node._sequence_nr():  # type: ignore[attr-defined]
                    self._records.fill(node, record, (operation.output,))

    def bind_constants(self, outputs: Any) -> None:
        """What a custom Function returned: its node has a slot for each, also for those without a derivative."""
        outputs = outputs if type(outputs) is tuple else (outputs,)
        nodes = [native.grad_fn(output) if issubclass(type(output), Tensor) else None for output in outputs]
        node = next((node for node in nodes if isinstance(node, BackwardCFunction)), None)
        if node is None or len(node._input_metadata) != len(outputs):  # type: ignore[attr-defined]
            return
        record = self._records.record(node)
        constants = {
            slot: self._leaves.record(output) if issubclass(type(output), Tensor) else None
            for slot, output in enumerate(outputs)
            if nodes[slot] is None
        }
        if constants:
            record.constants = constants
            record.values |= {slot: leaf.value for slot, leaf in constants.items() if leaf and leaf.value}

    def _bind_tensor(self, birth: _Birth, node: GradFn, tensor: Tensor) -> None:
        """The value of a tensor to the node that made it, also where that node was born unseen."""
        record = self._records.record(node)
        if record.call is None and birth.made(node):
            record.call = birth.call
            birth.born[node] = record
        self._records.give_value(record, tensor)

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
                self._records.fill(node, record, (operation.output,))
            if birth.end - birth.start == 1:
                break
            for below, _ in node.next_functions:
                if below is not None and below not in born and birth.made(below):
                    record = self._records.record(below)
                    if record.call is None:
                        record.call = birth.call
                    elif record.call.thread != birth.call.thread:
                        continue  # which has the same number by chance
                    born[below] = record
                    reached.append((below, record))
        return seen


def _is_later(outputs: Sequence[Tensor]) -> bool:
    """Whether a call returned one of its node's outputs alone, and not the first: the singular values."""
    return len(outputs) == 1 and _output_nr(outputs[0]) != 0


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
                        record.inputs += (leaf,)
    last.inputs += tuple(leaf for key, leaf in leaves.items() if key not in given)
