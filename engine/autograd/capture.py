"""Records a forward pass as it runs. Everything here is on the path of every operation: keep it small.

A TorchFunctionMode sees the public call with its result and its grad_fn; an observer below autograd sees the value of
each node that the call makes inside, as node number `_get_sequence_nr() - 1`.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from threading import get_ident
from types import FrameType
from typing import Any

import torch
from torch import Tensor
from torch.autograd import forward_ad

from engine.autograd.binding import Binder, Operation
from engine.autograd.compiled import follow_compiled_regions
from engine.autograd.departures import NOTED
from engine.autograd.mode_stack import Ours, lowest
from engine.autograd.modules import ModuleStack
from engine.autograd.patches import Patches
from engine.autograd.records import Place, elements_of, tensors_in
from engine.autograd.snapshots import Snapshot, SnapshotStore, can_alias, version_of
from engine.autograd.stand_ins import STAND_INS, unwatched
from engine.autograd.tangents import tangents_of
from engine.platform import c_stack
from engine.tensors import native, observing
from engine.tensors.gate import GATE
from engine.tensors.pristine import pristine_torch
from engine.tensors.unseen import Spared, Unseen, quiet, spare

_sequence_nr: Callable[[], int] = torch.autograd._get_sequence_nr  # type: ignore[attr-defined]
_is_grad_enabled = torch.is_grad_enabled
_functorch_level = torch._C._functorch.peek_interpreter_stack  # not None inside vmap, grad, jvp
_tracing_state = torch._C._get_tracing_state  # not None inside torch.jit.trace, which would trace the recording, too
BACKWARD = frozenset({torch.Tensor.backward, torch.autograd.backward, torch.autograd.grad})
_CLONE = torch.ops.aten.clone.default
_captures: weakref.WeakSet[Capture] = weakref.WeakSet()
_watching: list[Capture] = []  # the last one is told what is observed below autograd


class Capture:
    """Watches one thread. Public calls arrive at `run`, operations below autograd at `note_operation`.

    `first` watches the program's first thread; while it does, each that the program starts has a capture of its own.
    """

    def __init__(self, store: SnapshotStore, first: Capture | None = None) -> None:
        self.modules: ModuleStack = ModuleStack(self._module_returned, None if first is None else first.modules)
        self.binder: Binder = Binder(store, self.modules, None if first is None else first.binder)
        self._by_thread: dict[int, Capture] = {} if first is None else first._by_thread
        self.recording = False
        self.thread = 0
        self.seen = 0  # the next sequence number at the last look: a larger one means that a node was born
        self.pending: list[Operation] = []  # inside a public call, which will bind them
        self.depth = 0  # of public calls
        self.overwritten: list[tuple[Snapshot, Tensor]] = []  # by the last operation, with what it wrote into
        self.below = False  # inside an operation below autograd, where nothing is a public call
        self.cloning = -1  # the node whose in-place operation is making its clone, -1 for none
        self.slices: tuple[int, Tensor] | None = None  # the number that a CopySlices will have, and its base
        self._store = store
        self._immediate = 0  # above 0 inside a backward pass, whose nodes no public call will collect
        self._function_mode = _FunctionMode(self)
        self._patches: Patches = (
            first._patches
            if first is not None
            else Patches(
                [
                    (torch.nn.Module, "__call__", self.modules.wrapped),
                    (torch.autograd.Function, "apply", self._recorded),
                    (threading.Thread, "_bootstrap_inner", self._followed),
                ]
            )
        )
        _captures.add(self)

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Operations of this thread are recorded inside; nothing is done a second time when nested."""
        if self.recording:
            yield
            return
        c_stack.deepen()
        self.binder.forget_unbound()
        self.binder.departures.clear()
        _watching.append(self)
        self._record_threads(True)
        try:
            with STAND_INS.applied(), self._patches.applied(), self._here():
                yield
        finally:
            self._record_threads(False)
            _watching.remove(self)

    def _record_threads(self, is_recording: bool) -> None:
        """Threads that an earlier run left behind are recorded in this one, and no longer than it."""
        for other in list(self._by_thread.values()):
            other.recording = is_recording

    @contextlib.contextmanager
    def _here(self) -> Iterator[None]:
        """The calling thread is watched inside."""
        self.thread = self.binder.thread = get_ident()
        self.seen = _sequence_nr()
        self.recording = True
        was_on = observing.is_on()
        try:
            with self.modules.following(), lowest(self._function_mode):
                observing.observe(True)
                yield
        finally:
            self.recording = False
            self.settle_writes()
            self.pending.clear()
            self.depth = self._immediate = 0
            observing.observe(was_on)
            observing.hide(False)  # whatever a KeyboardInterrupt came between
            GATE.leave(self.thread, None)

    def _followed(self, original: Callable[[threading.Thread], None]) -> Callable[[threading.Thread], None]:
        """What a thread runs, recorded where the program starts one."""

        @functools.wraps(original)
        def run_thread(thread: threading.Thread) -> None:
            if not self.recording:
                return original(thread)
            capture = Capture(self._store, self)
            self._by_thread[get_ident()] = capture
            try:
                with capture._here():
                    capture.recording = self.recording
                    original(thread)
            finally:
                self._by_thread.pop(get_ident(), None)
                capture.binder.retire()

        return run_thread

    def of_thread(self) -> Capture:
        """The capture of the calling thread; on a thread of torch's own, which works for it, that of the program."""
        return self._by_thread.get(get_ident(), self) if self._by_thread else self

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Nothing is recorded inside, and no attribute of a tensor runs any of the program's code."""
        with Unseen(), pristine_torch():
            yield

    @contextlib.contextmanager
    def compiled(self, frame: FrameType | None) -> Iterator[None]:
        """A region of torch.compile runs inside, called from `frame`: its nodes are one call's."""
        start = _sequence_nr()
        try:
            with unwatched():
                yield
        finally:
            self.seen = _sequence_nr()
            if self.seen != start:
                self.binder.note_compiled(self.binder.call(torch.compile, frame), start, self.seen)

    def _recorded(self, original: classmethod[Any, Any, Any]) -> classmethod[Any, Any, Any]:
        """`autograd.Function.apply` is no public torch function, so that no mode sees it: it is wrapped."""

        @functools.wraps(original.__func__)
        def apply(cls: type, *args: Any, **kwargs: Any) -> Any:
            capture = self.of_thread()
            output = capture.run(original.__get__(None, cls), args, kwargs, sys._getframe(1))
            if capture.recording and get_ident() == capture.thread and _functorch_level() is None:
                with Spared():
                    capture.binder.bind_constants(output)
            return output

        return classmethod(apply)

    def run(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], frame: FrameType) -> Any:
        """Run a public function, called from `frame`, and record what it made."""
        if not self.recording or self.below or _functorch_level() is not None or _tracing_state() is not None:
            return function(*args, **kwargs)
        if get_ident() != self.thread:
            return function(*args, **kwargs)
        start = self.seen = _sequence_nr()
        self.cloning, self.slices = -1, None
        mark = len(self.pending)
        backward = function in BACKWARD
        self.depth += 1
        self._immediate += backward
        try:
            output = function(*args, **kwargs)
            self._note_call(function, (args, kwargs), output, frame, start, mark)
        finally:
            self.depth -= 1
            self._immediate -= backward
            if self.overwritten:
                self.settle_writes()
            self.seen = _sequence_nr()
            self.slices = None
            del self.pending[mark:]
        if backward:
            self._store.check()  # what backward freed may now be kept alive by the snapshots alone
        return output

    def _note_call(self, function: Any, given: Any, output: Any, frame: FrameType, start: int, mark: int) -> None:
        """Bind what a call made, which has returned. The program neither sees it nor hears of a failure."""
        end = _sequence_nr()
        try:
            with quiet():
                if end != start:
                    call = self.binder.call(function, frame)
                    if function in BACKWARD:
                        self.binder.name_unbound(call, start, end)
                    consumed, outputs = tensors_in(given), tensors_in((output,))
                    if forward_ad._current_level >= 0:
                        consumed += tangents_of(consumed)
                        outputs += tangents_of(outputs)
                    self.binder.bind(call, consumed, outputs, start, end, self.pending[mark:])
                elif issubclass(type(output), (Tensor, tuple, list)):
                    outputs = [tensor for tensor in tensors_in((output,)) if not native.requires_grad(tensor)]
                    if outputs:
                        call = self.binder.call(function, frame)
                        self.binder.bind_ungraphed(call, tensors_in(given), outputs)
                if end == start and function in NOTED:
                    self.binder.note_departure(self.binder.call(function, frame), given[0], output)
        except Exception as error:
            spare(error)

    def run_below(self, keyset: Any, seen: observing.Observed, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Run an operation below autograd, and record its value where a node was born for it."""
        operation = seen.overload
        written = [args[position] if position < len(args) else kwargs.get(name) for position, name in seen.written]
        if written or self.overwritten or self.slices is not None:
            self._before_operation(operation, written)
        sequence = _sequence_nr()
        born = sequence > self.seen and _is_grad_enabled() and get_ident() == self.thread
        self.below = True
        output = seen.run(keyset, args, kwargs)
        if born:
            # An in-place operation that saves what it overwrites clones it first, after its own node was born.
            self.cloning = sequence - 2 if operation is _CLONE and sequence - self.seen > 1 else -1
            self.seen = sequence
            self._after_operation(Operation(sequence - 1, output, args), operation, written, sequence)
        elif written and self.cloning >= 0:
            self._after_operation(Operation(self.cloning, output, args), operation, written, sequence)
            self.cloning = -1
        return output

    def _before_operation(self, operation: Any, written: list[Any]) -> None:
        """`operation` is about to write into `written`: keep the recorded values that lie there."""
        try:
            with quiet():
                if self.overwritten and get_ident() == self.thread:
                    self.settle_writes()
                for tensor in tensors_in(written):
                    if can_alias(tensor):
                        self._before_write(tensor, operation)
                if self.slices is not None:
                    self._meet_slices()
        except Exception as error:
            spare(error)

    def _after_operation(self, seen: Operation, function: Any, written: list[Any], sequence: int) -> None:
        """An operation below autograd belongs to a node; one that writes into a view, to the CopySlices of its base,
        whose number will be `sequence`."""
        try:
            with quiet():
                self._note_operation(seen, function)
                tensor = next(iter(tensors_in(written)), None)
                base = None if tensor is None else native.base(tensor)
                if base is not None:
                    self.slices = sequence, base
                    self._note_operation(Operation(sequence, base, seen.arguments), function)
        except Exception as error:
            spare(error)

    def _meet_slices(self) -> None:
        """A write into a view, which was noted, has made its base's CopySlices meanwhile, or none after all."""
        assert self.slices is not None
        (number, base), self.slices = self.slices, None
        node = native.grad_fn(base)
        if node is not None and node._sequence_nr() == number:  # type: ignore[attr-defined]
            self.seen = number + 1

    def _note_operation(self, seen: Operation, function: Any) -> None:
        if self.depth and not self._immediate:
            self.pending.append(seen)
        else:
            self.binder.keep_unbound(seen, function, sys._getframe())

    def settle_writes(self) -> None:
        """The last operation has come to its end, and has counted up the version of what it wrote into."""
        with quiet():
            for snapshot, written in self.overwritten:
                snapshot.is_unnoticed = version_of(written) == snapshot.version
        self.overwritten.clear()

    def _before_write(self, tensor: Tensor, operation: Any) -> None:
        frame = sys._getframe(1)  # its own would lead back to itself
        written = self._store.before_write(tensor, lambda: self.binder.call(operation, frame))
        if get_ident() == self.thread:
            self.overwritten += written
        if self.pending:
            key = native.untyped_storage(tensor)._cdata
            for index, seen in enumerate(self.pending):
                is_several = issubclass(type(seen.output), (tuple, list))
                outputs = elements_of(seen.output) if is_several else (seen.output,)
                self.pending[index] = seen._replace(output=[self._copy_if_in(key, item) for item in outputs])

    def _copy_if_in(self, key: int, item: Any) -> Any:
        if issubclass(type(item), Tensor) and can_alias(item) and native.untyped_storage(item)._cdata == key:
            return self._store.take_copy(item)
        return item

    def _module_returned(self, output: Any, frame: FrameType) -> None:
        """A module returned: its caller's instruction is what may give the result a name."""
        if (
            not self.recording
            or frame.f_code.co_filename not in self.binder.program_paths
            or _functorch_level() is not None
        ):
            return
        if issubclass(type(output), (Tensor, tuple, list)):
            with Spared():
                for node in [native.grad_fn(tensor) for tensor in tensors_in((output,))]:
                    record = None if node is None else self.binder.record_of(node)
                    if record is not None:
                        record.returned = Place(frame.f_code, frame.f_lasti)


class _FunctionMode(Ours):
    def __init__(self, capture: Capture) -> None:
        super().__init__()
        self._capture = capture

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func in BACKWARD:  # its call of the engine is inside the gate, and lets readers in between its nodes
            return self._capture.run(func, args, kwargs or {}, sys._getframe(1))
        entered = GATE.enter()
        try:
            return self._capture.run(func, args, kwargs or {}, sys._getframe(1))
        finally:
            GATE.leave(entered, None)


def _observed(seen: observing.Observed, keyset: Any, /, *args: Any, **kwargs: Any) -> Any:
    """Runs each operation below autograd while a program is watched. What no public call makes arrives here, too."""
    if not seen.written and not _is_grad_enabled():  # most of a backward pass: neither a node nor a write
        return seen.run_hidden(keyset, args, kwargs)
    capture = _watching[-1].of_thread() if _watching else None
    entered = GATE.enter()
    below = capture is not None and capture.below
    try:
        if capture is None or not capture.recording or _tracing_state() is not None:
            return seen.run_hidden(keyset, args, kwargs)
        observing.hide(True)
        return capture.run_below(keyset, seen, args, kwargs)
    finally:
        if capture is not None:
            capture.below = below
        observing.hide(False)
        GATE.leave(entered, None)


observing.set_observer(_observed)


def is_recorded() -> bool:
    """Whether the calling thread has a capture of its own."""
    return bool(_watching) and get_ident() in _watching[-1]._by_thread


def _compiled(frame: FrameType | None) -> contextlib.AbstractContextManager[None]:
    capture = _watching[-1].of_thread() if _watching else None
    is_here = capture is not None and capture.recording and get_ident() == capture.thread
    return capture.compiled(frame) if capture is not None and is_here else unwatched()


follow_compiled_regions(_compiled)


def _stop_in_child() -> None:
    """A forked worker of a DataLoader inherits the modes, not the purpose."""
    for capture in _captures:
        capture.recording = False
    observing.observe(False)


os.register_at_fork(after_in_child=_stop_in_child)
