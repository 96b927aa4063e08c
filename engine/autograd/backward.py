"""`Tensor.backward()` itself, held between nodes: what starts a pass, steps it, stops it, and tells how it stands.

The engine runs on the thread that called it. A hook on each node holds it there until another thread says go on, so
that order, values, freed buffers, hooks, custom Functions and errors are PyTorch's own.
"""

from __future__ import annotations

import contextlib
import itertools
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
import torch
from torch import Tensor

from engine.autograd.backward_pass import BackwardPass
from engine.autograd.call_graph import CallGraph, has_graph
from engine.autograd.call_site import CallSite, describe
from engine.autograd.goal import Goal
from engine.autograd.recorder import Recorder
from engine.autograd.saved_grads import SavedGrads
from engine.errors import EngineError
from engine.messages import BackwardProgress, GraphShown
from engine.values import BackwardState

_BATCH_S = 0.03  # between news of a pass that runs on
_RECORDED_S = 0.1  # between news of passes in a loop
_MAX_SHARE = 0.1  # of the time that telling of recorded passes may take
_WAIT_S = 0.05  # a longer wait would let a KeyboardInterrupt wait on some systems
_ARGUMENTS = ("gradients", "retain_graph", "create_graph", "inputs", "allow_unreachable", "accumulate_grad")


class BackwardAborted(KeyboardInterrupt):
    """The person stopped a backward pass; a program that called it ends as by Ctrl+C."""


class BackwardController:
    """Steps or records every backward pass of one thread.

    `installed` and `run_output` belong to that thread, the rest to any. Nested passes (a reentrant checkpoint runs
    one inside of a node) and passes of other threads run through unseen. `emit` is called on the thread of the pass.
    """

    def __init__(self, recorder: Recorder, emit: Callable[[BackwardProgress | GraphShown], None]) -> None:
        self.state: BackwardState | None = None
        self._recorder = recorder
        self._emit = emit
        self._pass_ids = itertools.count(1)
        self._condition = threading.Condition()
        self._pass: BackwardPass | None = None
        self._site: CallSite | None = None
        self._saved: SavedGrads | None = None
        self._goal: Goal | None = None  # None while a node is held
        self._is_aborted = False
        self._is_active = False  # a pass of ours runs
        self._thread = 0
        self._n_told = 0  # steps of the pass that were emitted
        self._last_told_s: float | None = None
        self._telling_s = 0.0  # how long it took to tell of the last recorded pass
        self._untold = False  # a recorded pass that waits for its turn

    # -- on the thread that runs the program

    @contextlib.contextmanager
    def installed(self, *, stepping: bool) -> Iterator[None]:
        """Inside, this thread's backward(), autograd.backward() and autograd.grad() are held at each node, or with
        `stepping` False recorded: of many passes the newest, told at most ten times a second and at the end."""
        self._settle()
        self._last_told_s = None
        with self._wrapped(stepping, None):
            try:
                yield
            finally:
                self._tell_recorded()

    def run_output(
        self, output: Tensor, gradient: Tensor | None, label: str, namespace: Mapping[str, Any] | None = None
    ) -> None:
        """Step the backward pass of `output`; returns when it has finished, failed or was aborted.

        The graph is kept. The `.grad`s are what they were unless the pass finishes and `keep` is called. An error
        inside the pass is told in `state`. Raises EngineError when the pass cannot start.
        """
        gradient = _root_gradient(output, gradient, label)
        self._settle()
        space = _main_namespace() if namespace is None else namespace
        with self._wrapped(True, CallSite.owned(output, label, space)):
            try:
                torch.autograd.backward(output, gradient, retain_graph=True)
            except BackwardAborted:
                pass  # said in `state`
            except Exception:
                if self.state is None or self.state.status != "failed":
                    raise

    @contextlib.contextmanager
    def _wrapped(self, stepping: bool, site: CallSite | None) -> Iterator[None]:
        """torch.autograd's one way into the engine leads through `_observe` inside."""
        original = torch.autograd._engine_run_backward
        original_of_graph = torch.autograd.graph._engine_run_backward
        self._thread = thread = threading.get_ident()
        active = True

        def run_backward(roots: Any, *args: Any, **kwargs: Any) -> Any:
            if not active or self._is_active or threading.get_ident() != thread or not all(map(has_graph, roots)):
                return original(roots, *args, **kwargs)
            return self._observe(original, stepping, site, roots, args, kwargs)

        torch.autograd._engine_run_backward = run_backward
        torch.autograd.graph._engine_run_backward = run_backward
        try:
            yield
        finally:
            active = False  # a program may have kept the wrapper
            torch.autograd._engine_run_backward = original
            torch.autograd.graph._engine_run_backward = original_of_graph

    def _observe(
        self, original: Any, stepping: bool, site: CallSite | None, roots: Any, args: Any, kwargs: dict[str, Any]
    ) -> Any:
        given = dict(zip(_ARGUMENTS, args, strict=False)) | kwargs
        accumulate = given.get("accumulate_grad", False)
        call = CallGraph(roots, given.get("inputs", ()), accumulate=accumulate)
        root = next((root for root in roots if isinstance(root, Tensor)), None)
        current = BackwardPass(call, self._room, self._hold if stepping else None)
        self._begin(current)
        self._site = site or describe(root, self._recorder.program_paths, accumulate, _main_namespace(), stepping)
        if stepping:
            self._start(current, self._site, owned=site is not None)
        self._is_active = True
        try:
            if site is not None:
                self._saved = SavedGrads(call.leaves(), site.namespace)
            with current.hooked():
                results = original(roots, *args, **kwargs)
            if call.has_captured:
                current.take_captured(results)
        except BaseException as error:
            self._end(current, stepping, error)
            raise
        finally:
            self._is_active = False
        self._end(current, stepping, None)
        return results

    def _begin(self, current: BackwardPass) -> None:
        """Forget the pass before: the gradients of the newest only are kept."""
        with self._condition:
            self._restore()
            self._pass = current
            self._untold = False
            self._goal = None
            self._is_aborted = False
            self._n_told = 0

    def _start(self, current: BackwardPass, site: CallSite, *, owned: bool) -> None:
        """Show the graph of the pass and say that it runs."""
        graph_id = self._show(site)
        current.identify(self._recorder)
        call = current.call
        self.state = BackwardState(
            pass_id=next(self._pass_ids),
            graph=graph_id,
            status="running",
            origin=site.origin,
            line=site.line,
            n_needed=call.n_needed,
            not_needed=tuple(node_id for node_id, runs in zip(current.ids, call.runs, strict=True) if not runs),
            owned=owned,
        )

    def _show(self, site: CallSite) -> int:
        """The id of the shown graph, which holds the root of the pass; it is made and told where it does not."""
        root = site.root
        if root is not None and self._recorder.node_of(root) < 0:
            graph = self._recorder.graph(root, site.label, site.namespace)
            self._emit(GraphShown(graph=graph))
        current = self._recorder.current()
        return -1 if current is None else current.id

    def _hold(self, node: int) -> None:
        """In a prehook: go on, or wait until told to."""
        current = self._pass
        assert current is not None and self.state is not None
        with self._condition:
            if self._is_aborted:
                raise BackwardAborted(f"Stopped in {self.state.origin}")
            n_done = len(current.order) - 1
            if self._goal is not None and not self._goal.stops(node, current.ids[node]):
                self._set(status="running", n_done=n_done, current=current.ids[node])
                if self._since_news_s() < _BATCH_S:
                    return
            else:
                self._goal = None
                self._set(status="paused", n_done=n_done, current=current.ids[node])
        self._tell_steps()
        with self._condition:
            while self._goal is None and not self._is_aborted:
                self._condition.wait(_WAIT_S)
            if self._is_aborted:
                raise BackwardAborted(f"Stopped in {self.state.origin}")

    def _end(self, current: BackwardPass, stepping: bool, error: BaseException | None) -> None:
        """Say how the pass ended. A recorded one that simply finished may wait for a newer to take its place."""
        if error is not None:
            with self._condition:
                self._restore()
        if not stepping:
            self._untold = True
            if error is not None or self._since_news_s() >= max(_RECORDED_S, self._telling_s / _MAX_SHARE):
                self._tell_recorded(error)
            return
        self._finish(current, error)
        self._tell_steps()

    def _finish(self, current: BackwardPass, error: BaseException | None) -> None:
        assert self._site is not None
        status = "finished" if error is None else "failed" if isinstance(error, Exception) else "aborted"
        n_done = len(current.order) - (current.running >= 0)
        node, reason = -1, None
        if status == "failed":
            index = current.failed_node()
            node = current.ids[index] if index >= 0 else -1
            assert isinstance(error, Exception)
            reason = self._site.explain(error, self._recorder.program_paths)
        with self._condition:
            self._set(status=status, n_done=n_done, current=node, error=reason)

    def _tell_recorded(self, error: BaseException | None = None) -> None:
        """Emit the newest recorded pass, if it was not."""
        current, site = self._pass, self._site
        if not self._untold or current is None or site is None:
            return
        self._untold = False
        start_s = time.monotonic()
        self._start(current, site, owned=False)
        current.make_steps()
        self._finish(current, error)
        self._tell_steps()
        self._telling_s = time.monotonic() - start_s

    def _tell_steps(self) -> None:
        """Emit the state with the steps since the last news."""
        current, state = self._pass, self.state
        assert current is not None and state is not None
        steps = tuple(current.steps[self._n_told :])
        self._n_told += len(steps)
        self._emit(BackwardProgress(state=state, steps=steps))
        self._last_told_s = time.monotonic()

    def _since_news_s(self) -> float:
        """Seconds since the last news; the first call starts the clock, so that a single pass is told after it."""
        now_s = time.monotonic()
        if self._last_told_s is None:
            self._last_told_s = now_s
        return now_s - self._last_told_s

    def _set(self, **changes: Any) -> None:
        assert self.state is not None
        self.state = msgspec.structs.replace(self.state, **changes)

    def _room(self) -> int:
        return self._recorder.budget_bytes - self._recorder.recorded_bytes

    def _settle(self) -> None:
        """Something new starts: an owned pass that nobody kept gives its `.grad`s back."""
        with self._condition:
            if self._is_active:
                raise EngineError("A backward pass is already running; finish or stop it first.")
            self._restore()

    def _restore(self) -> None:
        if self._saved is not None:
            self._saved.restore()
            self._saved = None

    # -- from any thread

    def step(self, until: str, node: int = -1) -> None:
        """Go on from the held node. Raises EngineError where there is none, or where `node` will not run any more."""
        with self._condition:
            state, current = self.state, self._pass
            if current is None or state is None or not current.ids or state.status not in ("paused", "running"):
                raise EngineError("No backward pass is held: start one with Step through or from an output.")
            self._goal = Goal.make(until, node, state, current, self._recorder)
            if state.status == "paused":
                self._set(status="running")
            self._condition.notify_all()

    def abort(self) -> None:
        """Stop the pass at the held node, or at the next; nothing happens where none runs."""
        with self._condition:
            self._is_aborted = True
            self._condition.notify_all()

    def reset(self) -> None:
        """Forget an owned pass; the `.grad`s that it found are back, at once or as soon as it has stopped."""
        with self._condition:
            state = self.state
            if state is None or not state.owned:
                raise EngineError("Only the pass of an output that you stepped yourself can be reset.")
            if state.status in ("paused", "running"):
                self._is_aborted = True
                self._condition.notify_all()
                return
            self._restore()
            if self._pass is not None:
                self._pass.gradients.forget()
            self._pass = None
            self.state = None
        self._emit(BackwardProgress(state=msgspec.structs.replace(state, status="aborted", current=-1, n_done=0)))

    def keep(self) -> None:
        """Commit the `.grad`s of an owned pass that finished."""
        with self._condition:
            if self._saved is None or self.state is None or self.state.status != "finished":
                raise EngineError("There are no gradients to keep: step an output to its end first.")
            self._saved.commit()
            self._saved = None
            self._set(owned=False)
            state = self.state
        self._emit(BackwardProgress(state=state))

    def gradient(self, node_id: int, slot: int) -> tuple[Tensor | None, str]:
        """The gradient of the last pass with respect to a node's output, as it arrived there, and a note.

        The note is "", "partial, 1 of 2" (the sum so far), "changed since" or why it was not kept; (None, "") where
        nothing arrived.
        """
        current = self._pass
        index = -1 if current is None else current.index(node_id)
        return (None, "") if current is None or index < 0 else current.gradient(index, slot)


def _main_namespace() -> Mapping[str, Any]:
    return sys.modules["__main__"].__dict__


def _root_gradient(output: Tensor, gradient: Tensor | None, label: str) -> Tensor | None:
    """Checked, so that a pass that starts can also run. Raises EngineError."""
    shape = tuple(output.shape)
    if not output.requires_grad:
        raise EngineError(f"{label} has no graph to go back through: nothing that made it requires a gradient.")
    if gradient is None and output.numel() != 1:
        raise EngineError(f"{label} has shape {shape}: backward from it needs a gradient of that shape.")
    if gradient is not None and tuple(gradient.shape) != shape:
        raise EngineError(f"The gradient has shape {tuple(gradient.shape)}, but {label} has shape {shape}.")
    return gradient
