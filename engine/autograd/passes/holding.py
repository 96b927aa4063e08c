"""A backward pass held at its nodes until the person says go on: where it stops, what lets it go on, what ends it."""

from __future__ import annotations

import functools
import threading
from collections import deque
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, NamedTuple

from engine.autograd.passes.backward_pass import BackwardAborted, BackwardPass
from engine.autograd.passes.breakpoints import Breakpoints
from engine.autograd.passes.call_site import CallSite, names_here
from engine.autograd.passes.pass_log import PassLog
from engine.autograd.passes.telling import Telling
from engine.autograd.passes.turning import Turning, told
from engine.autograd.recorder import Recorder
from engine.protocol.backward_values import BackwardState, Kept
from engine.protocol.errors import EngineError
from engine.protocol.messages import BackwardProgress
from engine.protocol.until import (
    Until,
    UntilAny,
    UntilNode,
    UntilNotFinite,
    UntilPass,
    UntilPaused,
    UntilProgramEnd,
    wanted_nodes,
)
from engine.shared.stop_rule import StopRule, never_held
from engine.tensors.gate import GATE
from engine.tensors.unseen import Spared

_WAIT_S = 0.05  # a longer wait would let a KeyboardInterrupt wait on some systems


class _Task(NamedTuple):
    run: Callable[[], None]
    refuse: Callable[[EngineError], None]


class Holding:
    """Of the passes of one thread, one after another. `condition` is over what its two sides share.

    `begin_run`, `begin_pass`, `watch` and `hold` belong to the thread of the passes, the rest to any.
    """

    def __init__(self, recorder: Recorder, telling: Telling, log: PassLog, condition: threading.Condition) -> None:
        self.held_s = 0.0  # that passes have waited for the person
        self.breakpoints = Breakpoints(recorder.seen.record_of, recorder.program_paths)
        self._recorder = recorder
        self._telling = telling
        self._log = log
        self._condition = condition
        self._pass: BackwardPass | None = None
        self._site: CallSite | None = None
        self._stop_rule: StopRule | None = None  # None while a node is held
        self._is_aborted = False
        self._watched_version = 0  # of the breakpoints that the pass looks for
        self._tasks: deque[_Task] = deque()  # for the thread of a held pass
        self._is_waiting = False  # there is one, which looks for them
        self._holds_from: int | None = None  # the first pass of the run that is held; None where none is

    # -- on the thread of the passes

    def begin_run(self, *, stepping: bool) -> None:
        """A run of the program begins, whose passes are all held or, until a breakpoint says so, none."""
        self._holds_from = 1 if stepping else None
        self.breakpoints.begin_run()

    def is_wanted(self, index: int) -> bool:
        """Whether the pass of this number is held from its first node on."""
        return self._holds_from is not None and index >= self._holds_from

    def begin_pass(self, current: BackwardPass, site: CallSite) -> None:
        """Another pass is about to run. Inside the condition."""
        self._pass, self._site = current, site
        self._stop_rule = None

    def watch(self, current: BackwardPass, site: CallSite, index: int) -> None:
        """Look for the breakpoints that are set now."""
        self._watched_version = self.breakpoints.version
        paths = self._recorder.program_paths
        watch = self.breakpoints.watch(current.call, lambda: names_here(paths, site.namespace), index)
        if watch is not None:
            watch.go_on(current.order, current.looks_for)
        current.watch(watch, lambda held: self._begin_holding(held, site, index))
        ids, finite = self.breakpoints.turning_ids(), self._recorder.finite.watch
        current.turning = Turning.wanted(current.call, ids, finite, current.turning)

    def _begin_holding(self, current: BackwardPass, site: CallSite, index: int) -> Callable[[int], None]:
        """A breakpoint holds a pass that was only recorded: show its graph, and how it came to where it is."""
        self._log.tell()
        self._telling.start(current, site, index)
        current.make_steps()
        return self.hold

    def hold(self, node: int) -> None:
        """In a prehook: go on, or wait until told to."""
        current = self._pass
        assert current is not None and self._site is not None
        with self._condition:
            self._stop_if_asked(current)
            state = self._state_at(node, current)
            if state.status == "running" and not self._telling.progress.is_due():
                return
        with self._recorder.locals.held(), told(current, node, state, self._recorder):
            self._telling.progress.tell(current, state)
            self._wait(current)
        if self.breakpoints.version != self._watched_version:
            with Spared():
                self.watch(current, self._site, state.pass_index)

    def _state_at(self, node: int, current: BackwardPass) -> BackwardState:
        """The pass goes on over a node or is paused at it, as the stop rule and the breakpoints say."""
        state = self._telling.state
        assert state is not None
        n_done = len(current.order) - 1
        hits = current.hits or (state.hits if not n_done else ())
        is_stopped = bool(hits) or current.turned is not None
        if self._stop_rule is not None and not is_stopped and not self._stop_rule.holds(current.ids[node]):
            return self._telling.set(status="running", n_done=n_done, current=current.ids[node], hits=())
        self._stop_rule = None
        return self._telling.set(status="paused", n_done=n_done, current=current.ids[node], hits=hits)

    def _wait(self, current: BackwardPass) -> None:
        start_s = monotonic()
        self._is_waiting = True
        try:
            while (task := self._next_task(current)) is not None:
                task.run()
        finally:
            self.held_s += monotonic() - start_s
            with self._condition:
                self._is_waiting, left, self._tasks = False, self._tasks, deque()
            for task in left:
                task.refuse(_goes_on())

    def _next_task(self, current: BackwardPass) -> _Task | None:
        """What is to be done while the pass is held; None once it is to go on."""
        with self._condition:
            while self._stop_rule is None and not self._tasks:
                self._condition.wait(_WAIT_S)
                self._stop_if_asked(current)
            return self._tasks.popleft() if self._tasks else None

    def check_held(self) -> None:
        """In a task. Raises EngineError where the pass is to go on, BackwardAborted where it is to stop."""
        with self._condition:
            assert self._pass is not None
            self._stop_if_asked(self._pass)
            if self._stop_rule is not None:
                raise _goes_on()

    def names(self) -> Mapping[str, Any]:
        """In a task: the variables that the program sees where it called backward. Not to be kept."""
        assert self._site is not None
        return names_here(self._recorder.program_paths, self._site.namespace)

    def _stop_if_asked(self, current: BackwardPass) -> None:
        if self._is_aborted or current.is_interrupted:
            assert self._site is not None
            raise BackwardAborted(f"Stopped in {self._site.origin}")

    # -- from any thread

    def names_at_call(self) -> Mapping[str, Any]:
        """What the frame sees that called the newest pass, as far as it was stepped: its variables, then those of the
        program."""
        return {} if self._site is None else self._site.namespace

    def step(self, until: Until) -> None:
        """Go on from the held node, or stop one that goes on. Raises EngineError where there is none, or where a node
        will not run any more."""
        with self._condition:
            state, current = self._telling.state, self._pass
            if isinstance(until, UntilPaused):
                self._holds_from = self._log.n_begun + 1
                if state is None or state.status != "running":
                    return
            if current is None or state is None or not current.ids or state.status not in ("paused", "running"):
                raise EngineError(
                    "pass.none_held", "No backward pass is held: start one with Step through or from an output."
                )
            if isinstance(until, UntilNode | UntilAny):
                self._check_reachable(wanted_nodes(until), state, current)
            self._plan_passes(until)
            self._stop_rule = StopRule(until, state.current, self._recorder.current())
            if state.status == "paused":
                self._telling.set(status="running")
                GATE.hurry()
            self._condition.notify_all()

    def _plan_passes(self, until: Until) -> None:
        """Which of the passes to come are held."""
        if isinstance(until, UntilProgramEnd | UntilNotFinite):
            self._holds_from = None
        if isinstance(until, UntilPass):
            if until.index <= self._log.n_begun:
                raise EngineError("pass.has_begun", "Pass {index} has begun already.", index=until.index)
            self._holds_from = until.index

    @staticmethod
    def _check_reachable(wanted: frozenset[int], state: BackwardState, current: BackwardPass) -> None:
        refusal = never_held(
            wanted,
            state.origin,
            is_part=lambda node: current.index(node) >= 0,
            is_needed=lambda node: bool(current.call.runs[current.index(node)]),
            has_run=lambda node: current.index(node) in current.order,
        )
        if refusal is not None:
            raise EngineError.saying(refusal)

    def do_here(
        self, task: Callable[[BackwardPass, BackwardState], None], refuse: Callable[[EngineError], None]
    ) -> None:
        """Let the thread of the held pass make a call while it waits; `refuse` is called there instead where the pass
        goes on before. Raises EngineError where none is held."""
        with self._condition:
            current, state = self._pass, self._telling.state
            if current is None or state is None or not self._is_waiting or not current.ids:
                raise EngineError("pass.none_held_here", "No backward pass is held: this needs one.")
            self._tasks.append(_Task(functools.partial(task, current, state), refuse))
            self._condition.notify_all()

    def tell_kept(self, kept: tuple[Kept, ...]) -> None:
        """With which gradients of the person's the held pass goes on."""
        with self._condition:
            state = self._telling.set(kept=kept)
        self._telling.progress.emit(BackwardProgress(state=state))

    def abort(self) -> None:
        """Stop the pass at the held node, or at the next; one that is about to start stops at its first."""
        with self._condition:
            self._is_aborted = True
            self._condition.notify_all()

    def forget_abort(self) -> None:
        """A pass has ended, or another may begin: what was asked to stop has. Inside the condition."""
        self._is_aborted = False


def _goes_on() -> EngineError:
    return EngineError("pass.goes_on", "The pass has gone on meanwhile.")
