"""Records a forward pass as it runs. Everything here is on the path of every operation: keep it small.

A TorchFunctionMode sees the public call with its result and its grad_fn; an observer below autograd, the value of each
node that the call makes inside.
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

from engine.autograd.below import Below
from engine.autograd.binding import Binder
from engine.autograd.compiled import follow_compiled_regions
from engine.autograd.departures import NOTED
from engine.autograd.mode_stack import Ours, lowest
from engine.autograd.modules import ModuleStack
from engine.autograd.patches import Patches
from engine.autograd.placing import Placing
from engine.autograd.records import PLAIN_TENSORS, Place, tensors_in
from engine.autograd.single import GRAD, READS, SINGLE, WRITERS, is_plain
from engine.autograd.snapshots import SnapshotStore
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
_captures: weakref.WeakSet[Capture] = weakref.WeakSet()
_watching: list[Capture] = []  # the last one is told what is observed below autograd


class Capture:
    """Watches one thread. Public calls arrive at `run`, operations below autograd at `below.run`.

    `first` watches the program's first thread; while it does, each that the program starts has a capture of its own.
    """

    def __init__(self, store: SnapshotStore, first: Capture | None = None) -> None:
        self.modules: ModuleStack = ModuleStack(self._module_returned, None if first is None else first.modules)
        self.placing: Placing = Placing(self.modules, None if first is None else first.placing)
        self.binder: Binder = Binder(store, self.placing, None if first is None else first.binder)
        self.below = Below(store, self.binder, self.placing)
        self._by_thread: dict[int, Capture] = {} if first is None else first._by_thread
        self.recording = False
        self.thread = 0
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
                    (torch.nn.Parameter, "__new__", self._noted),
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
        self.thread = self.placing.thread = get_ident()
        self.below.look()
        self.recording = True
        was_on = observing.is_on()
        try:
            with self.modules.following(), lowest(self._function_mode):
                observing.observe(True)
                yield
        finally:
            self.recording = False
            self.below.settle_writes()
            self.below.pending.clear()
            self.below.collects = False
            self._immediate = 0
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
            self.below.look()
            end = _sequence_nr()
            if end != start:
                self.binder.waiting.note_compiled(self.placing.call(torch.compile, frame), start, end)

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

    def _noted(self, original: staticmethod[..., Any]) -> staticmethod[..., Any]:
        """What `nn.Parameter` makes is a new leaf: no mode sees from what."""

        @functools.wraps(original.__func__)
        def new(cls: type, *args: Any, **kwargs: Any) -> Any:
            parameter = original.__func__(cls, *args, **kwargs)
            capture = self.of_thread()
            if capture.recording and get_ident() == capture.thread and _functorch_level() is None:
                with Spared():
                    call = capture.placing.call(torch.nn.Parameter, sys._getframe(1))
                    capture.binder.note_parameter(call, (args, kwargs), parameter)
            return parameter

        return staticmethod(new)

    def run(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], frame: FrameType) -> Any:
        """Run a public function, called from `frame`, and record what it made."""
        below = self.below
        if not self.recording or below.is_inside or _functorch_level() is not None or _tracing_state() is not None:
            return function(*args, **kwargs)
        if get_ident() != self.thread:
            return function(*args, **kwargs)
        writes = function in WRITERS and bool(args) and not _is_grad_enabled()
        if (writes or function in SINGLE) and not self._immediate and is_plain(args, kwargs):
            return self._run_single(function, args, kwargs, frame, writes=writes)
        start = below.begin_call()
        mark = len(below.pending)
        backward = function in BACKWARD
        collected = below.collects
        self._immediate += backward
        below.collects = not self._immediate
        try:
            output = function(*args, **kwargs)
            self._note_call(function, (args, kwargs), output, frame, start, mark)
        finally:
            below.collects = collected
            self._immediate -= backward
            below.end_call()
            del below.pending[mark:]
        if backward:
            self._store.check()  # what backward freed may now be kept alive by the snapshots alone
        return output

    def _run_single(
        self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], frame: FrameType, *, writes: bool
    ) -> Any:
        """As `run`, of what makes one node at most: nothing has to be observed inside."""
        start = _sequence_nr()
        observing.observe(False)
        try:
            if writes:
                self.below.before_call_writes(args[0], function, frame)
            output = function(*args, **kwargs)
        finally:
            observing.observe(True)
            self.below.end_call()
        self._note_call(function, (args, kwargs), output, frame, start, len(self.below.pending))
        return output

    def is_known_grad(self, tensor: Any, frame: FrameType) -> bool:
        """Whether a library, as an optimizer, reads a `.grad` of which nothing new is to be noted."""
        if type(tensor) not in PLAIN_TENSORS or frame.f_code.co_filename in self.placing.program_paths:
            return False
        grad = native.grad(tensor)
        return grad is None or self.binder.leaves.made(grad) is not None

    def _note_call(self, function: Any, given: Any, output: Any, frame: FrameType, start: int, mark: int) -> None:
        """Bind what a call made, which has returned. The program neither sees it nor hears of a failure."""
        end = _sequence_nr()
        try:
            with quiet():
                if end != start:
                    call = self.placing.call(function, frame)
                    if function in BACKWARD:
                        self.binder.waiting.rename(call, start, end)
                    consumed, outputs = tensors_in(given), tensors_in((output,))
                    if forward_ad._current_level >= 0:
                        consumed += tangents_of(consumed)
                        outputs += tangents_of(outputs)
                    self.binder.bind(call, consumed, outputs, start, end, self.below.pending[mark:])
                elif issubclass(type(output), (Tensor, tuple, list)):
                    outputs = [tensor for tensor in tensors_in((output,)) if not native.requires_grad(tensor)]
                    if outputs:
                        call = self.placing.call(function, frame)
                        self.binder.bind_ungraphed(call, tensors_in(given), outputs)
                if end == start and function in NOTED:
                    self.binder.note_departure(self.placing.call(function, frame), given[0], output)
        except Exception as error:
            spare(error)

    def _module_returned(self, output: Any, frame: FrameType) -> None:
        """A module returned: its caller's instruction is what may give the result a name."""
        if (
            not self.recording
            or frame.f_code.co_filename not in self.placing.program_paths
            or _functorch_level() is not None
        ):
            return
        if issubclass(type(output), (Tensor, tuple, list)):
            try:
                with quiet():
                    self._note_returned(output, Place(frame.f_code, frame.f_lasti))
            except Exception as error:
                spare(error)

    def _note_returned(self, output: Any, place: Place) -> None:
        for tensor in tensors_in((output,)):
            node = native.grad_fn(tensor)
            record = None if node is None else self.binder.record_of(node)
            if record is not None:
                record.returned = place


class _FunctionMode(Ours):
    def __init__(self, capture: Capture) -> None:
        super().__init__()
        self._capture = capture

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func in READS or (func == GRAD and self._capture.is_known_grad(args[0], sys._getframe(1))):
            return func(*args, **(kwargs or {}))
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
    below = None if capture is None else capture.below
    was_inside = below is not None and below.is_inside
    try:
        if capture is None or below is None or not capture.recording or _tracing_state() is not None:
            return seen.run_hidden(keyset, args, kwargs)
        observing.hide(True)
        return below.run(keyset, seen, args, kwargs)
    finally:
        if below is not None:
            below.is_inside = was_inside
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
