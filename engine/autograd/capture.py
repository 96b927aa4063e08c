"""Records a forward pass as it runs. Everything here is on the path of every operation: keep it small.

A TorchFunctionMode sees the public call with its result and its grad_fn; a TorchDispatchMode below autograd sees the
value of each node that the call makes inside, as node number `_get_sequence_nr() - 1`.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import torch
from torch import Tensor
from torch.autograd.graph import Node as GradFn
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from engine.autograd import reasons, stack
from engine.autograd.modules import ModuleStack
from engine.autograd.records import KEY, Call, LeafRecord, NodeRecord, Place, tensors_in
from engine.autograd.snapshots import Snapshot, SnapshotStore, can_alias, version_of

_sequence_nr: Callable[[], int] = torch.autograd._get_sequence_nr  # type: ignore[attr-defined]
_functorch_level = torch._C._functorch.peek_interpreter_stack  # not None inside vmap, grad, jvp
_tracing_state = torch._C._get_tracing_state  # not None inside torch.jit.trace, which would trace the recording, too
_BACKWARD = frozenset({torch.Tensor.backward, torch.autograd.backward, torch.autograd.grad})
_CLONE = torch.ops.aten.clone.default
_MAX_UNATTACHED = 4096
# Python files between a call in a program and the function mode that are part of the one public call.
_WRAPPERS = frozenset(
    module.__file__
    for module in (
        torch.functional,
        torch.nn.functional,
        torch.overrides,
        torch._tensor,
        torch._ops,
        torch._jit_internal,
    )
)
_captures: weakref.WeakSet[Capture] = weakref.WeakSet()


class Capture:
    """One thread's forward passes. `program_paths` are the files whose frames count as the program."""

    def __init__(self, store: SnapshotStore) -> None:
        self.program_paths: set[str] = set()
        self.modules = ModuleStack(self._module_returned)
        self.recording = False
        self.thread = 0
        self.seen = 0  # the next sequence number at the last look: a larger one means that a node was born
        self.pending: list[tuple[int, Any, Any]] = []  # (sequence number, outputs, arguments) inside a public call
        self.depth = 0  # of public calls
        self.below = False  # inside an operation below autograd, where nothing is a public call
        self.cloning = -1  # the node whose in-place operation is making its clone, -1 for none
        self._store = store
        self._immediate = 0  # above 0 inside a backward pass, whose nodes no public call will collect
        self._unattached: dict[int, tuple[Call, list[Snapshot | None], list[LeafRecord]]] = {}  # by sequence number
        self._made: dict[int, tuple[weakref.ref[Tensor], Call]] = {}  # who made a tensor without a graph, by id
        self._made_limit = 1024
        self._leaves: weakref.WeakValueDictionary[int, LeafRecord] = weakref.WeakValueDictionary()
        self._numbers = itertools.count()
        self._function_mode = _FunctionMode(self)
        self._dispatch_mode = _DispatchMode(self)
        _captures.add(self)

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Operations of this thread are recorded inside; nothing is done a second time when nested."""
        if self.recording:
            yield
            return
        stack.deepen()
        self.clear_loose()
        self.thread = threading.get_ident()
        self.seen = _sequence_nr()
        self.recording = True
        try:
            with self.modules.watching(), self._custom_functions(), self._function_mode, self._dispatch_mode:
                yield
        finally:
            self.recording = False
            self.pending.clear()
            self.depth = self._immediate = 0

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Nothing is recorded inside, and no attribute of a tensor costs a call of a mode."""
        with torch._C.DisableTorchFunction():
            yield

    def clear_loose(self) -> None:
        """Forget values that belong to no node yet."""
        self._unattached.clear()

    @contextlib.contextmanager
    def _custom_functions(self) -> Iterator[None]:
        """`autograd.Function.apply` is no public torch function, so that no mode sees it: it is wrapped inside."""
        original = torch.autograd.Function.__dict__["apply"]

        @functools.wraps(original.__func__)
        def apply(cls: type, *args: Any, **kwargs: Any) -> Any:
            return self.run(original.__get__(None, cls), args, kwargs, sys._getframe(1))

        torch.autograd.Function.apply = classmethod(apply)  # type: ignore[assignment, method-assign]
        try:
            yield
        finally:
            torch.autograd.Function.apply = original  # type: ignore[method-assign]

    def run(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], frame: FrameType) -> Any:
        """Run a public function, called from `frame`, and record what it made."""
        if not self.recording or self.below or _functorch_level() is not None or _tracing_state() is not None:
            return function(*args, **kwargs)
        if threading.get_ident() != self.thread:
            return function(*args, **kwargs)
        start = self.seen = _sequence_nr()
        self.cloning = -1
        mark = len(self.pending)
        backward = function in _BACKWARD
        self.depth += 1
        self._immediate += backward
        try:
            output = function(*args, **kwargs)
            end = _sequence_nr()
            if end != start:
                if backward:
                    self._name_unattached(self._call(function, frame), start, end)
                self._note_born(function, args, kwargs, output, start, end, mark, frame)
            elif isinstance(output, (Tensor, tuple, list)):
                self._note_ungraphed(function, args, kwargs, output, frame)
        finally:
            self.depth -= 1
            self._immediate -= backward
            self.seen = _sequence_nr()
            del self.pending[mark:]
        if backward:
            self._store.enforce()  # what backward freed may now be kept alive by the snapshots alone
        return output

    def note_operation(self, operation: Any, sequence: int, output: Any, args: tuple[Any, ...]) -> None:
        """An operation below autograd belongs to the node with this sequence number."""
        if self.depth and not self._immediate:
            self.pending.append((sequence, output, args))
            return
        values = [self._snapshot(tensor) for tensor in tensors_in((output,))]
        consumed = [t for t in tensors_in(args) if t.grad_fn is None and (t.requires_grad or id(t) in self._made)]
        leaves = [self._leaf(tensor) for tensor in consumed]
        self._unattached[sequence] = self._call(operation, sys._getframe(2)), values, leaves
        if len(self._unattached) > _MAX_UNATTACHED:
            del self._unattached[next(iter(self._unattached))]

    def _name_unattached(self, call: Call, start: int, end: int) -> None:
        """Nodes born inside a backward pass were made by the call that started it."""
        for sequence, (_, values, leaves) in self._unattached.items():
            if start <= sequence < end:
                self._unattached[sequence] = call, values, leaves

    def before_write(self, tensor: Tensor) -> None:
        """`tensor` is about to be written: keep the recorded values that lie in its storage."""
        if not can_alias(tensor):
            return
        self._store.before_write(tensor)
        if self.pending:
            key = tensor.untyped_storage()._cdata
            for index, (sequence, output, args) in enumerate(self.pending):
                outputs = output if isinstance(output, (tuple, list)) else (output,)
                kept = [self._copy_if_in(key, item) for item in outputs]
                self.pending[index] = (sequence, kept, args)

    def _copy_if_in(self, key: int, item: Any) -> Any:
        if isinstance(item, Tensor) and can_alias(item) and item.untyped_storage()._cdata == key:
            return self._store.take_copy(item)
        return item

    def record_of(self, node: GradFn) -> NodeRecord | None:
        """The record of a node, where there is one; values that waited for it are attached first."""
        record = node.metadata.get(KEY)
        if record is None and self._unattached:
            found = self._unattached.pop(node._sequence_nr(), None)  # type: ignore[attr-defined]
            if found is not None:
                record = node.metadata[KEY] = NodeRecord(found[0])
                self._fill(node, record, found[1])
                record.inputs += found[2]
        return record

    def made(self, tensor: Tensor) -> Call | None:
        """The call that made a tensor without a graph."""
        entry = self._made.get(id(tensor))
        return entry[1] if entry is not None and entry[0]() is tensor else None

    def _snapshot(self, tensor: Tensor) -> Snapshot | None:
        return self._store.take(tensor) if can_alias(tensor) else None

    def _call(self, function: Any, frame: FrameType | None) -> Call:
        direct = True  # until a library's own function lies between
        paths = self.program_paths
        while frame is not None and frame.f_code.co_filename not in paths:
            if frame.f_code.co_filename not in _WRAPPERS:
                direct = False
            frame = frame.f_back
        place = None if frame is None else Place(frame.f_code, frame.f_lasti)
        return Call(next(self._numbers), function, place, direct, self.modules.current)

    def _note_ungraphed(
        self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], output: Any, frame: FrameType
    ) -> None:
        """No node was born: remember who made these tensors, and why they have no graph."""
        outputs = [tensor for tensor in tensors_in((output,)) if not tensor.requires_grad]
        if not outputs:
            return
        call = self._call(function, frame)
        call.cause = reasons.cause_of(call, tensors_in((args, kwargs)), self.made)
        for tensor in outputs:
            self._note_made(tensor, call)

    def _note_made(self, tensor: Tensor, call: Call) -> None:
        self._made[id(tensor)] = (weakref.ref(tensor), call)
        if len(self._made) > self._made_limit:
            self._made = {key: entry for key, entry in self._made.items() if entry[0]() is not None}
            self._made_limit = max(1024, 2 * len(self._made))

    def _note_born(
        self,
        function: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        output: Any,
        start: int,
        end: int,
        mark: int,
        frame: FrameType,
    ) -> None:
        """Nodes with numbers from `start` to `end` were born: give each its record."""
        call = self._call(function, frame)
        outputs = tensors_in((output,))
        consumed = tensors_in((args, kwargs))
        inside = {sequence: (values, arguments) for sequence, values, arguments in self.pending[mark:]}
        born: dict[GradFn, NodeRecord] = {}
        leaves: dict[int, LeafRecord] = {}
        results = {id(tensor) for tensor in outputs}
        for tensor in outputs:
            if not tensor.requires_grad:  # the indices of a maximum
                call.cause = "derivative", call
                self._note_made(tensor, call)
        # An in-place write into a view gives its base a new grad_fn, too.
        bases = [tensor._base for tensor in (*outputs, *consumed) if end - start > 1 and tensor._base is not None]
        for tensor in (*outputs, *consumed, *bases):
            node = tensor.grad_fn
            if node is None:
                if id(tensor) not in results and id(tensor) not in leaves:
                    leaves[id(tensor)] = self._leaf(tensor)
                continue
            record = self.record_of(node)
            if record is None:
                record = node.metadata[KEY] = NodeRecord(None)
            if start <= node._sequence_nr() < end and record.call is None:  # type: ignore[attr-defined]
                record.call = call
                born[node] = record
            if tensor.output_nr not in record.values:
                value = self._snapshot(tensor)
                if value is not None:
                    record.values[tensor.output_nr] = value
        root = next(iter(born.values()), None)
        self._walk(born, call, start, end, inside)
        self._give_inputs(root, born, leaves, inside)

    def _walk(
        self,
        born: dict[GradFn, NodeRecord],
        call: Call,
        start: int,
        end: int,
        inside: dict[int, tuple[Any, Any]],
    ) -> None:
        """From the nodes of the results to all nodes that this call made, with the values seen below autograd."""
        reached = list(born)
        while reached:
            node = reached.pop()
            record = born[node]
            values = inside.get(node._sequence_nr(), ((),))[0]  # type: ignore[attr-defined]
            self._fill(node, record, values if isinstance(values, (tuple, list)) else (values,))
            if end - start == 1:
                return
            for below, _ in node.next_functions:
                if below is None or below in born or not start <= below._sequence_nr() < end:  # type: ignore[attr-defined]
                    continue
                known = self.record_of(below)
                if known is None:
                    known = below.metadata[KEY] = NodeRecord(None)
                if known.call is None:
                    known.call = call
                born[below] = known
                reached.append(below)

    def _fill(self, node: GradFn, record: NodeRecord, values: Any) -> None:
        """Values in the order of the operation's results, into the slots of those that have a derivative."""
        slots = node._input_metadata if values else ()  # type: ignore[attr-defined]
        slot = 0
        for value in _flat(values):
            tensor = value.tensor if isinstance(value, Snapshot) else value
            if slot == len(slots):
                return
            if tensor is None or tensor.dtype != slots[slot].dtype or list(tensor.shape) != slots[slot].shape:
                continue
            if slot not in record.values:
                snapshot = value if isinstance(value, Snapshot) else self._snapshot(value)
                if snapshot is not None:
                    record.values[slot] = snapshot
            slot += 1

    def _give_inputs(
        self,
        root: NodeRecord | None,
        born: dict[GradFn, NodeRecord],
        leaves: dict[int, LeafRecord],
        inside: dict[int, tuple[Any, Any]],
    ) -> None:
        """Each leaf to the nodes whose operation took it, or a view of it; to the call's last node where none did."""
        if root is None:
            return
        if len(born) > 1:
            for node, record in born.items():
                arguments = tensors_in(inside.get(node._sequence_nr(), ((), ()))[1])  # type: ignore[attr-defined]
                taken = {id(t) for t in arguments} | {id(t._base) for t in arguments}
                record.inputs += [leaf for key, leaf in leaves.items() if key in taken and leaf not in record.inputs]
            given = {id(leaf) for record in born.values() for leaf in record.inputs}
            root.inputs += [leaf for leaf in leaves.values() if id(leaf) not in given]
        else:
            root.inputs += leaves.values()

    def _leaf(self, tensor: Tensor) -> LeafRecord:
        """The record of a leaf as it is now; one for all that consumes it unchanged."""
        requires_grad: bool = tensor.requires_grad
        known = self._leaves.get(id(tensor))
        if known is not None and known.reference() is tensor and known.requires_grad == requires_grad:
            value = known.value
            if value is None or (not value.copied and value.version == version_of(tensor)):
                return known
        record = LeafRecord(tensor, self._snapshot(tensor), self.made(tensor))
        self._leaves[id(tensor)] = record
        return record

    def _module_returned(self, output: Any, frame: FrameType) -> None:
        """A module returned: its caller's instruction is what may give the result a name."""
        if not self.recording or frame.f_code.co_filename not in self.program_paths or _functorch_level() is not None:
            return
        if isinstance(output, (Tensor, tuple, list)):
            with torch._C.DisableTorchFunction():
                nodes = [tensor.grad_fn for tensor in tensors_in((output,))]
            for node in nodes:
                record = None if node is None else self.record_of(node)
                if record is not None:
                    record.returned = Place(frame.f_code, frame.f_lasti)


def _flat(values: Any) -> Iterator[Tensor | Snapshot]:
    for value in values:
        if isinstance(value, (Tensor, Snapshot)):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _flat(value)


class _FunctionMode(TorchFunctionMode):
    def __init__(self, capture: Capture) -> None:
        super().__init__()
        self._capture = capture

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return self._capture.run(func, args, kwargs or {}, sys._getframe(1))


class _DispatchMode(TorchDispatchMode):
    supports_higher_order_operators = True  # torch.cond would refuse to run otherwise

    def __init__(self, capture: Capture) -> None:
        super().__init__()
        self._capture = capture

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        capture = self._capture
        kwargs = kwargs or {}
        if not capture.recording or _tracing_state() is not None:
            return func(*args, **kwargs)
        written = _written(func)
        for position, name in written:
            for tensor in tensors_in((args[position] if position < len(args) else kwargs.get(name),)):
                capture.before_write(tensor)
        sequence = _sequence_nr()
        born = sequence > capture.seen and torch.is_grad_enabled() and threading.get_ident() == capture.thread
        below, capture.below = capture.below, True
        try:
            output = func(*args, **kwargs)
            if born:
                # An in-place operation that saves what it overwrites clones it first, after its own node was born.
                capture.cloning = sequence - 2 if func is _CLONE and sequence - capture.seen > 1 else -1
                capture.seen = sequence
                capture.note_operation(func, sequence - 1, output, args)
            elif written and capture.cloning >= 0:
                capture.note_operation(func, capture.cloning, output, args)
                capture.cloning = -1
        finally:
            capture.below = below
        return output


@functools.cache
def _written(operation: Any) -> tuple[tuple[int, str], ...]:
    """Position and name of the arguments that an operation writes into."""
    schema = getattr(operation, "_schema", None)
    if schema is None:  # a higher-order operator
        return ()
    return tuple(
        (position, argument.name)
        for position, argument in enumerate(schema.arguments)
        if argument.alias_info is not None and argument.alias_info.is_write
    )


def _stop_in_child() -> None:
    """A forked worker of a DataLoader inherits the modes, not the purpose."""
    for capture in _captures:
        capture.recording = False


os.register_at_fork(after_in_child=_stop_in_child)
