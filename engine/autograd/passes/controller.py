"""`Tensor.backward()` itself, held between nodes: what starts a pass, steps it, stops it, and tells how it stands.

The engine runs on the thread that called it. A hook on each node holds it there until another thread says go on, so
that order, values, freed buffers, hooks, custom Functions and errors are PyTorch's own.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from time import monotonic
from typing import Any

import msgspec
import torch
from torch import Tensor

from engine.autograd.knowledge import Knowledge
from engine.autograd.notices import Notices
from engine.autograd.passes.backward_pass import BackwardAborted, BackwardPass
from engine.autograd.passes.breakpoints import Breakpoints
from engine.autograd.passes.call_site import CallSite, describe, names_here
from engine.autograd.passes.engine_calls import EngineCall, check_root, intercepted
from engine.autograd.passes.hooks import HookedNodes
from engine.autograd.passes.kept_passes import KeptPasses, Opened
from engine.autograd.passes.leaving import Leaving
from engine.autograd.passes.pass_log import PassLog
from engine.autograd.passes.saved_grads import SavedGrads
from engine.autograd.passes.telling import Telling
from engine.autograd.recorder import Recorder
from engine.autograd.saved import Saved
from engine.autograd.untrained import Untrained
from engine.protocol.errors import EngineError
from engine.protocol.messages import BackwardProgress, GraphShown, Passes
from engine.protocol.notes import Note
from engine.protocol.sentence import Sentence
from engine.protocol.until import Until, UntilNode, UntilPass, UntilProgramEnd
from engine.protocol.values import BackwardState, Notice
from engine.shared.output_names import joined
from engine.shared.stop_rule import StopRule, never_held
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.unseen import Spared

_KEPT_BYTES = 128 << 20  # that earlier passes may take
_WAIT_S = 0.05  # a longer wait would let a KeyboardInterrupt wait on some systems


class BackwardController:
    """Steps or records every backward pass of one thread.

    `installed` and `run_outputs` belong to that thread, `gradient`, `reset` and `keep` to one inside `GATE.reading`,
    the rest to any. Nested passes (a reentrant checkpoint runs one inside of a node) and passes of other threads run
    through unseen. `emit` is called on the thread of the pass.
    """

    def __init__(self, recorder: Recorder, emit: Callable[[BackwardProgress | GraphShown | Passes], None]) -> None:
        self.held_s = 0.0  # that passes have waited for the person
        self._has_run_pass = False  # in this run of the program
        self.leaf_root = ""  # what the program's newest pass began at, where nothing lies behind it
        self._recorder = recorder
        self.known = Knowledge(recorder, self._newest_pass)
        self._condition = threading.Condition()
        self._telling = Telling(recorder, self.known, emit, self._condition)
        self._pass: BackwardPass | None = None
        self._site: CallSite | None = None
        self._saved: SavedGrads | None = None
        self._stop_rule: StopRule | None = None  # None while a node is held
        self._is_aborted = False
        self._is_active = False  # a pass of ours runs
        self._kept = KeptPasses(recorder, _KEPT_BYTES)
        self._log = PassLog(emit, self._kept)
        self._leaving: Leaving | None = None  # of the newest pass, once it was asked for
        self._watched_version = 0  # of the breakpoints that the pass looks for
        self.breakpoints = Breakpoints(recorder.record_of, recorder.program_paths)
        self._holds_from: int | None = None  # the first pass of the run that is held; None where none is

    @property
    def state(self) -> BackwardState | None:
        """Where the pass stands that was told last."""
        return self._telling.state

    # -- on the thread that runs the program

    @contextlib.contextmanager
    def installed(self, *, stepping: bool) -> Iterator[None]:
        """Inside, this thread's backward(), autograd.backward() and autograd.grad() are held at each node, or with
        `stepping` False recorded: of many passes the newest, told at most ten times a second and at the end."""
        self._settle()
        self.leaf_root = ""
        self._has_run_pass = False
        self._telling.progress.start_program()
        self._log.begin_run()
        self._holds_from = 1 if stepping else None
        with intercepted(self._observe):
            try:
                yield
            finally:
                with Spared():
                    if self._telling.tell_recorded() and self._pass is not None:
                        self._log.note_told(self._pass)
                    self._settle_kept()
                    self._log.tell()

    def run_outputs(
        self, outputs: Mapping[str, Tensor], gradients: Sequence[Tensor | None], namespace: Mapping[str, Any]
    ) -> None:
        """Step the backward pass of `outputs`, by name; returns when it has finished, failed or was aborted.

        `gradients`: one for each, None for that of a scalar. The graph is kept. The `.grad`s are what they were unless
        the pass finishes and `keep` is called. An error inside the pass is told in `state`. Raises EngineError when
        the pass cannot start.
        """
        for (name, output), gradient in zip(outputs.items(), gradients, strict=True):
            if not native.requires_grad(output):
                raise EngineError.saying(self._recorder.why_no_graph(output, name))
            check_root(output, gradient, name)
        self._settle()
        site = CallSite.owned(joined(outputs), namespace)
        before = self.state
        with intercepted(lambda call: self._observe(call, site)):
            try:
                torch.autograd.backward(tuple(outputs.values()), gradients, retain_graph=True)
            except BackwardAborted:
                pass  # said in `state`
            except Exception as error:
                if self.state is before:
                    raise EngineError(
                        "pass.cannot_start",
                        "The pass cannot start: {reason}",
                        reason=str(error).partition("\n")[0],
                    ) from error

    def _observe(self, call: EngineCall, owned_site: CallSite | None = None) -> Any:
        """One call of the engine under hooks; what it returns or raises is the engine's own."""
        current = None
        with Spared():
            current = self._prepare(call, owned_site)
        if current is None:  # the engine runs all the same
            return call.run()
        self._is_active = True
        try:
            if owned_site is not None:
                self._saved = SavedGrads(current.call.leaves(), owned_site.namespace)
            with current.hooked():
                results = call.run()
            current.take_captured(results)
            with Spared():
                self._mark(current, call)
        except BaseException as error:
            with Spared():
                current.failed(error)
                self._end(current, error)
            raise
        finally:
            self._is_active = False
        with Spared():
            self._end(current, None)
        return results

    def _prepare(self, call: EngineCall, owned_site: CallSite | None) -> BackwardPass:
        """What is known of a pass before it runs; one that is stepped is told."""
        index, paths = self._log.n_begun + 1, self._recorder.program_paths
        stepping = owned_site is not None or (self._holds_from is not None and index >= self._holds_from)
        site = owned_site or describe(call.roots, paths, call.accumulates, _main_namespace(), with_locals=stepping)
        starting = self.breakpoints.starting(site, index) if owned_site is None else ()
        current = BackwardPass(call.graph(), self._room, self._hold if stepping or starting else None)
        current.hooks = HookedNodes(self._recorder.hooks_of(current.call.nodes))
        self._watch(current, site, index)
        self._settle_kept()
        self._begin(current)
        self._site = site
        self._has_run_pass = True
        self.leaf_root = site.label if current.call.begins_at_leaves else ""
        if owned_site is None:
            self._log.begins(call, site)
        if current.is_held:
            self._log.tell()
            current.seed(call.root_gradients)
            self._telling.start(current, site, index, starting)
        return current

    def _settle_kept(self) -> None:
        """The newest pass is kept, also one of a new structure."""
        with GATE.inside():
            self._kept.settle()

    def _mark(self, current: BackwardPass, call: EngineCall) -> None:
        """Note with its nodes that they have run."""
        assert self._site is not None
        self._recorder.mark(current.nodes_run(), self._site.origin, self._site.line, frees=not call.keeps_graph)

    def _begin(self, current: BackwardPass) -> None:
        """Forget the pass before: the gradients of the newest only are kept."""
        with GATE.inside(), self._condition:
            self._restore()
            self._pass = current
            self._stop_rule = None
            self._telling.begin_pass()

    def _watch(self, current: BackwardPass, site: CallSite, index: int) -> None:
        self._watched_version = self.breakpoints.version
        watch = self.breakpoints.watch(current.call, lambda: names_here(self._recorder.program_paths, site.namespace))
        current.watch(watch, lambda: self._begin_holding(current, site, index))

    def _begin_holding(self, current: BackwardPass, site: CallSite, index: int) -> Callable[[int], None]:
        """A breakpoint holds a pass that was only recorded: show its graph, and how it came to where it is."""
        self._log.tell()
        self._telling.start(current, site, index)
        current.make_steps()
        return self._hold

    def _hold(self, node: int) -> None:
        """In a prehook: go on, or wait until told to."""
        current = self._pass
        assert current is not None and self.state is not None and self._site is not None
        with self._condition:
            self._stop_if_asked(current)
            n_done = len(current.order) - 1
            hits = current.hits or (self.state.hits if not n_done else ())
            if self._stop_rule is not None and not hits and not self._stop_rule.holds(current.ids[node]):
                state = self._telling.set(status="running", n_done=n_done, current=current.ids[node], hits=())
                if not self._telling.progress.is_due():
                    return
            else:
                self._stop_rule = None
                state = self._telling.set(status="paused", n_done=n_done, current=current.ids[node], hits=hits)
        self._telling.progress.tell(current, state)
        start_s = monotonic()
        try:
            with self._condition:
                while self._stop_rule is None:
                    self._condition.wait(_WAIT_S)
                    self._stop_if_asked(current)
        finally:
            self.held_s += monotonic() - start_s
        if self.breakpoints.version != self._watched_version:
            with Spared():
                self._watch(current, self._site, self.state.pass_index)

    def _stop_if_asked(self, current: BackwardPass) -> None:
        assert self.state is not None
        if self._is_aborted or current.is_interrupted:
            raise BackwardAborted(f"Stopped in {self.state.origin}")

    def _end(self, current: BackwardPass, error: BaseException | None) -> None:
        """Say how the pass ended. A recorded one that simply finished may wait for a newer to take its place."""
        with GATE.inside(), self._condition:
            self._is_aborted = False
            if error is not None:
                self._restore()
        site = self._site
        assert site is not None
        mark = None if site.is_owned else self._log.ended(current, error)
        is_told = current.is_held
        if is_told:
            self._telling.finish(current, site, error)
        else:
            is_told = self._telling.recorded_ended(current, site, self._log.n_begun, error)
        if mark is not None:
            if is_told:
                self._log.note_told(current)
            with GATE.inside():
                self._kept.add(mark, current, site)

    def notices(self, namespace: Mapping[str, Any], before: Set[int]) -> tuple[Notice, ...]:
        """What the program's newest pass and what led to it did unseen. On the thread that ran it, after its end.

        `before` are the ids of what was in `namespace` when the program began.
        """
        newest = self._newest_pass()
        if newest is None or not self._has_run_pass:
            return ()
        with self._recorder.paused():
            untrained = Untrained(namespace, before, *newest).notices(self._recorder.record_of)
            return (*Notices(newest[0], self._recorder.record_of).all(), *untrained)

    def _newest_pass(self) -> tuple[BackwardPass, CallSite] | None:
        return None if self._pass is None or self._site is None else (self._pass, self._site)

    def _room(self) -> int:
        return self._recorder.budget_bytes - self._recorder.recorded_bytes

    def _settle(self) -> None:
        """Something new starts: an owned pass that nobody kept gives its `.grad`s back."""
        with GATE.inside(), self._condition:
            if self._is_active:
                raise EngineError("pass.already_runs", "A backward pass is already running; finish or stop it first.")
            self._is_aborted = False
            self._restore()

    def _restore(self) -> None:
        if self._saved is not None:
            self._saved.restore()
            self._saved = None

    # -- from any thread

    def step(self, until: Until) -> None:
        """Go on from the held node. Raises EngineError where there is none, or where a node will not run any more."""
        with self._condition:
            state, current = self.state, self._pass
            if current is None or state is None or not current.ids or state.status not in ("paused", "running"):
                raise EngineError(
                    "pass.none_held", "No backward pass is held: start one with Step through or from an output."
                )
            if isinstance(until, UntilNode):
                self._check_reachable(until.node, state, current)
            self._plan_passes(until)
            self._stop_rule = StopRule(until, state.current, self._recorder.current())
            if state.status == "paused":
                self._telling.set(status="running")
                GATE.hurry()
            self._condition.notify_all()

    def _plan_passes(self, until: Until) -> None:
        """Which of the passes to come are held."""
        if isinstance(until, UntilProgramEnd):
            self._holds_from = None
        if isinstance(until, UntilPass):
            if until.index <= self._log.n_begun:
                raise EngineError("pass.has_begun", "Pass {index} has begun already.", index=until.index)
            self._holds_from = until.index

    @staticmethod
    def _check_reachable(node_id: int, state: BackwardState, current: BackwardPass) -> None:
        index = current.index(node_id)
        is_part = index >= 0
        refusal = never_held(
            state.origin,
            is_part=is_part,
            is_needed=is_part and current.call.runs[index],
            has_run=is_part and index in current.order,
        )
        if refusal is not None:
            raise EngineError.saying(refusal)

    def abort(self) -> None:
        """Stop the pass at the held node, or at the next; one that is about to start stops at its first."""
        with self._condition:
            self._is_aborted = True
            self._condition.notify_all()

    def interrupt(self) -> None:
        """Stop the pass that runs, at its next node; the next one is not meant. The nodes of a device run on a thread
        that no signal reaches, while the one that a signal reaches waits for them and does not look."""
        with self._condition:
            if self._is_active and self._pass is not None:
                self._pass.is_interrupted = True
                self._condition.notify_all()

    def reset(self) -> None:
        """Forget an owned pass; its `.grad`s are back, at once or as soon as it has stopped. At a safepoint."""
        with self._condition:
            state = self.state
            if state is None or not state.owned:
                raise EngineError(
                    "pass.not_owned", "Only the pass of an output that you stepped yourself can be reset."
                )
            if state.status in ("paused", "running"):
                self._is_aborted = True
                self._condition.notify_all()
                return
            self._restore()
            if self._pass is not None:
                self._pass.gradients.forget()
            self._pass = None
            self._telling.state = None
        self._telling.progress.emit(
            BackwardProgress(state=msgspec.structs.replace(state, status="aborted", current=-1, n_done=0))
        )

    def keep(self) -> None:
        """Commit the `.grad`s of an owned pass that finished. At a safepoint."""
        with self._condition:
            if self._saved is None or self.state is None or self.state.status != "finished":
                raise EngineError(
                    "pass.nothing_to_keep", "There are no gradients to keep: step an output to its end first."
                )
            self._saved.commit()
            self._saved = None
            state = self._telling.set(owned=False)
        self._telling.progress.emit(BackwardProgress(state=state))

    def gradient(self, node_id: int, slot: int) -> tuple[Tensor | None, Note | None]:
        """The gradient of the last pass with respect to a node's output, as it arrived there so far.

        With it comes what is to be known of it; (None, None) where nothing arrived.
        """
        earlier = self._kept.gradient(node_id, slot)
        if earlier is not None:
            return earlier
        current = self._pass
        index = -1 if current is None else current.index(node_id)
        return (None, None) if current is None or index < 0 else current.gradient(index, slot)

    def leaving(self, node_id: int, place: int) -> tuple[Tensor | None, Sentence | None]:
        """What a node sent on to its operand at `place`, or why that is not known by itself; (None, None) without a
        pass."""
        current = self._pass
        index = -1 if current is None else current.index(node_id)
        if current is None or index < 0:
            return None, None
        if self._leaving is None or self._leaving.of is not current:
            self._leaving = Leaving(current)
        return self._leaving.read(index, place)

    def small_saved(self, node_id: int, name: str) -> Any:
        """What a node had saved by this name when the last pass ran it, where the pass was held and it is small."""
        current = self._pass
        return None if current is None else current.small_saved.read(current.index(node_id), name)

    def open_pass(self, index: int) -> Opened:
        """A pass of the run that has ended, beside the one on screen. At a safepoint. Raises EngineError where nothing
        of it was kept."""
        return self._kept.open(index, self._telling.new_pass_id())

    def saved(self, node_id: int) -> Saved | None:
        """What a node had saved when the last pass ran it; None where it did not."""
        current = self._pass
        return None if current is None else current.saved.get(current.index(node_id))


def _main_namespace() -> Mapping[str, Any]:
    return sys.modules["__main__"].__dict__
