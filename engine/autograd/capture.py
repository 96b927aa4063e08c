"""Records a forward pass as it runs.

A TorchFunctionMode sees the public call with its result and its grad_fn; an observer below autograd, the value of each
node that the call makes inside.
"""

from __future__ import annotations

import contextlib
import functools
import os
import threading
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from threading import get_ident
from types import FrameType
from typing import Any

import torch
from torch.autograd.function import _HookMixin
from torch.autograd.graph import saved_tensors_hooks

from engine.autograd.compiled import follow_compiled_regions
from engine.autograd.contexts import Packings, entering, leaving
from engine.autograd.entrances import FunctionMode, noted_parameter, recorded_apply
from engine.autograd.mode_stack import lowest
from engine.autograd.optimizer_steps import watched_steps
from engine.autograd.passes.registering import noting
from engine.autograd.patches import Patches
from engine.autograd.recorded_calls import RecordedCalls
from engine.autograd.snapshots import SnapshotStore
from engine.autograd.stand_ins import STAND_INS, unwatched
from engine.autograd.watched_training import watched_training
from engine.platform import c_stack
from engine.tensors import observing
from engine.tensors.gate import GATE
from engine.tensors.pristine import pristine_torch
from engine.tensors.unseen import Unseen

_sequence_nr: Callable[[], int] = torch.autograd._get_sequence_nr  # type: ignore[attr-defined]
_is_grad_enabled = torch.is_grad_enabled
_tracing_state = torch._C._get_tracing_state  # not None inside torch.jit.trace, which would trace the recording, too
_captures: weakref.WeakSet[Capture] = weakref.WeakSet()
_watching: list[Capture] = []  # the last one is told what is observed below autograd


class Capture:
    """Watches one thread, whose `calls` are recorded.

    `first` watches the program's first thread; while it does, each that the program starts has a capture of its own.
    """

    def __init__(self, store: SnapshotStore, first: Capture | None = None) -> None:
        self.calls: RecordedCalls = RecordedCalls(store, None if first is None else first.calls)
        self._by_thread: dict[int, Capture] = {} if first is None else first._by_thread
        self._store = store
        self._function_mode = FunctionMode(self.calls)
        self._patches: Patches = self._own_patches() if first is None else first._patches
        _captures.add(self)

    def _own_patches(self) -> Patches:
        return Patches(
            [
                (torch.nn.Module, "__call__", self.calls.modules.wrapped),
                (torch.autograd.Function, "apply", partial(recorded_apply, self._calls_of_thread)),
                (torch.nn.Parameter, "__new__", partial(noted_parameter, self._calls_of_thread)),
                (threading.Thread, "_bootstrap_inner", self._followed),
                (_HookMixin, "_register_hook", noting),
                *watched_steps(self._calls_of_thread),
                *watched_training(self._calls_of_thread),
                (saved_tensors_hooks, "__enter__", partial(entering, self._packings_of_thread)),
                (saved_tensors_hooks, "__exit__", partial(leaving, self._packings_of_thread)),
            ]
        )

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Operations of this thread are recorded inside; nothing is done a second time when nested."""
        if self.calls.recording:
            yield
            return
        c_stack.deepen()
        self.calls.records.forget_unbound()
        self.calls.departures.clear()
        self.calls.events.begin_run()
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
            other.calls.recording = is_recording

    @contextlib.contextmanager
    def _here(self) -> Iterator[None]:
        """The calling thread is watched inside."""
        self.calls.begin()
        was_on = observing.is_on()
        try:
            with self.calls.modules.following(), lowest(self._function_mode):
                observing.observe(True)
                yield
        finally:
            self.calls.end()
            observing.observe(was_on)
            observing.hide(False)  # whatever a KeyboardInterrupt came between
            GATE.leave(self.calls.thread, None)

    def _followed(self, original: Callable[[threading.Thread], None]) -> Callable[[threading.Thread], None]:
        """What a thread runs, recorded where the program starts one."""

        @functools.wraps(original)
        def run_thread(thread: threading.Thread) -> None:
            if not self.calls.recording:
                return original(thread)
            capture = Capture(self._store, self)
            self._by_thread[get_ident()] = capture
            try:
                with capture._here():
                    capture.calls.recording = self.calls.recording
                    original(thread)
            finally:
                self._by_thread.pop(get_ident(), None)
                capture.calls.records.retire()

        return run_thread

    def of_thread(self) -> Capture:
        """The capture of the calling thread; on a thread of torch's own, which works for it, that of the program."""
        return self._by_thread.get(get_ident(), self) if self._by_thread else self

    def is_single(self) -> bool:
        """Whether no other thread of the program runs."""
        return not self._by_thread

    def _packings_of_thread(self) -> tuple[Packings, bool]:
        calls = self._calls_of_thread()
        return calls.placing.packings, calls.recording and calls.thread == get_ident()

    def _calls_of_thread(self) -> RecordedCalls:
        return self.of_thread().calls

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Nothing is recorded inside, and no attribute of a tensor runs any of the program's code."""
        with Unseen(), pristine_torch():
            yield

    @contextlib.contextmanager
    def compiled(self, frame: FrameType | None) -> Iterator[None]:
        """A region of torch.compile runs inside, called from `frame`: its nodes are one call's."""
        calls, start = self.calls, _sequence_nr()
        try:
            with unwatched():
                yield
        finally:
            calls.below.look()
            end = _sequence_nr()
            if end != start:
                calls.records.waiting.note_compiled(calls.placing.call(torch.compile, frame), start, end)


def _observed(seen: observing.Observed, keyset: Any, /, *args: Any, **kwargs: Any) -> Any:
    """Runs each operation below autograd while a program is watched. What no public call makes arrives here, too."""
    if not seen.written and not _is_grad_enabled():  # most of a backward pass: neither a node nor a write
        return seen.run_hidden(keyset, args, kwargs)
    calls = _watching[-1].of_thread().calls if _watching else None
    entered = GATE.enter()
    below = None if calls is None else calls.below
    was_inside = below is not None and below.is_inside
    try:
        if calls is None or below is None or not calls.recording or _tracing_state() is not None:
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
    is_here = capture is not None and capture.calls.recording and get_ident() == capture.calls.thread
    return capture.compiled(frame) if capture is not None and is_here else unwatched()


follow_compiled_regions(_compiled)


def _stop_in_child() -> None:
    """A forked worker of a DataLoader inherits the modes, not the purpose."""
    for capture in _captures:
        capture.calls.recording = False
    observing.observe(False)


os.register_at_fork(after_in_child=_stop_in_child)
