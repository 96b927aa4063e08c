"""The state of the Backprop workspace between the engine and the panels: what runs, what is shown, where the cursor is.

Intents come in as method calls, requests go to the engine, frozen values go out as signals.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol import messages as m
from engine.protocol.graph_values import Graph
from engine.protocol.invocation import Invocation
from engine.protocol.program_values import ProgramError, Variable
from engine.shared.language import said, tr
from visualizer.model.breakpoints import BreakpointBook
from visualizer.model.engine_process import EngineProcess
from visualizer.model.experiments import Experiments
from visualizer.model.held_pass import HeldPass
from visualizer.model.history import BackwardHistory
from visualizer.model.live_variables import LiveVariables
from visualizer.model.momentary import Momentary
from visualizer.model.nan_pause import NanPause
from visualizer.model.passes import PassBook
from visualizer.model.shown_pass import ShownPass
from visualizer.model.status import Status

# A program that still runs so long after it was interrupted has most likely swallowed the KeyboardInterrupt.
_HEED_MS = 1000


class Session(QObject):
    """One workspace engine and what the window knows of it."""

    state_changed = Signal(str)  # as in Status
    ready = Signal(object)
    run_asked = Signal()  # before the request goes out
    program_started = Signal()
    statement_running = Signal(int)  # the line inside it
    statement_done = Signal(object)
    lines_ran = Signal(object)
    program_finished = Signal(object)
    output = Signal(str, str, int)
    input_wanted = Signal(str)
    variables_changed = Signal(tuple)
    graph_changed = Signal(object)
    cards_arrived = Signal(tuple)
    backward_changed = Signal()
    message = Signal(object)  # a function that says it; `str` says nothing any more
    engine_ended = Signal(object)  # why, as a function
    unresponsive = Signal()
    taken_in = Signal()  # all panels have heard what the engine said

    def __init__(self, engine: EngineProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self.passes = PassBook(self)
        self._status = Status(self)
        self.shown = ShownPass(engine, self.passes, self)
        self.experiments = Experiments(engine, self.shown, self)
        self.held = HeldPass(engine, self._status, self.shown, self)
        self.stepping = self.held.stepping
        self.nan = NanPause(engine, self._status, self)
        self.of_now = Momentary(self._moment, self)
        self.breakpoints = BreakpointBook(self)
        self.is_taking_in = False  # what follows from one event is not yet all heard
        self.has_breakpoints = False  # whether the engine has any
        self.info: m.Ready | None = None
        self.variables: tuple[Variable, ...] = ()
        self.variables_age_ms = 0.0  # when they came; 0 where they were of that moment
        self.devices: tuple[str, ...] = ("cpu",)
        self._finished_s = 0.0  # how long the programs took whose variables the engine holds
        self._started_s: float | None = None  # when the one that runs began
        self._has_run = False  # whether this engine has seen a program
        self._runs_fresh = False  # whether the next run begins without variables
        self._pending_run: m.RunProgram | None = None
        self._live_variables = LiveVariables(engine, self)
        self._heed = QTimer(self, singleShot=True, interval=_HEED_MS)
        self._heed.timeout.connect(self._say_heedless)
        self._handlers = self._by_kind()
        self._connect()

    def _by_kind(self) -> dict[type, Callable[[Any], None]]:
        """What each kind of event is taken in by."""
        return {
            m.Started: self._on_started,
            m.StatementRunning: lambda event: self.statement_running.emit(event.at_line),
            m.StatementDone: lambda event: self.statement_done.emit(event.result),
            m.LinesRan: self.lines_ran.emit,
            m.Output: lambda event: self.output.emit(event.stream, event.text, event.dropped),
            m.InputWanted: self._on_input_wanted,
            m.Finished: self._on_finished,
            m.Interrupted: lambda event: self._heed.start(),
            m.Variables: self._on_variables,
            m.GraphShown: lambda event: self.shown.take_graph(event.graph),
            m.Cards: self._on_cards,
            m.BackwardProgress: lambda event: self.held.take(event),
            m.Held: lambda event: self.nan.take(event),
            m.Passes: lambda event: self.passes.take(event),
            m.PassOpened: lambda event: self.shown.take_opened(event),
            m.Failed: self._on_failed,
        }

    def _connect(self) -> None:
        self._live_variables.arrived.connect(self._on_variables)
        self._status.changed.connect(self._on_status)
        self.shown.graph_changed.connect(self.graph_changed)
        self.shown.changed.connect(self.backward_changed)
        self.held.changed.connect(self.backward_changed)
        self.held.message.connect(self.message)
        self.stepping.refused.connect(self.say_of_now)
        for may_go_on in (self.backward_changed, self.state_changed, self.program_started):
            may_go_on.connect(self.of_now.look)
        self.held.starts.connect(lambda: self.state_changed.emit(self.state))
        self.engine.event_arrived.connect(self.take_in)
        self.engine.ready.connect(self._on_ready)
        self.engine.ended.connect(self._on_ended)
        self.engine.unresponsive.connect(self.unresponsive)

    # -- the engine's life

    def begin(self) -> None:
        """Start an engine, or wait for the one that was started before there was a session."""
        if self.engine.is_alive:
            self._status.set("starting")
        else:
            self.start_engine()

    def start_engine(self) -> None:
        """Start an engine, or a fresh one in place of the old."""
        self.stepping.stop()
        self._heed.stop()
        self._forget()
        self._status.set("starting")
        self.engine.start()

    def restart_and_run(
        self, text: str, path: str, *, step: bool = False, invocation: Invocation = Invocation()
    ) -> None:
        """Run in a namespace that holds nothing: a fresh engine."""
        self.start_engine()
        pauses = step and self.nan.is_on
        self._pending_run = m.RunProgram(text=text, path=path, step=step, pause_on_nan=pauses, invocation=invocation)

    def begin_document(self) -> None:
        """Another program is in the editor, and begins with nothing of the one before: an engine that has run
        anything is replaced."""
        self._pending_run = None
        self.held.root_gradients.clear()
        if self._has_run or self.state == "ended":
            self.start_engine()

    def begin_page(self) -> None:
        """Another page of a lesson is in the editor: what the next run finds is as new, where the engine can go on."""
        if self.state == "ready" and self._has_run:
            self.held.root_gradients.clear()
            self._forget_programs()
            self._runs_fresh = True
        else:
            self.begin_document()

    def close(self) -> None:
        """End the engine with the window."""
        self.stepping.stop()
        self.engine.close()

    # -- intents

    @property
    def computed_s(self) -> float:
        """How long the programs have taken, seconds, whose variables the engine holds."""
        return self._finished_s + (time.monotonic() - self._started_s if self._started_s is not None else 0.0)

    @property
    def state(self) -> str:
        """As in `Status`."""
        return self._status.state

    @property
    def may_read_on(self) -> bool:
        """Whether what takes the engine long to read may be asked for: nothing that runs would wait meanwhile."""
        return self.state not in ("running", "input", "stepping")

    @property
    def is_busy(self) -> bool:
        """Whether a program or a pass runs or is held."""
        return self._status.is_busy

    @property
    def has_run(self) -> bool:
        """Whether this engine has seen a program."""
        return self._has_run

    @property
    def graph(self) -> Graph | None:
        """On screen."""
        return self.shown.graph

    @property
    def history(self) -> BackwardHistory:
        """Of the pass on screen."""
        return self.shown.history

    def run(
        self,
        text: str,
        path: str,
        *,
        step: bool = False,
        to_nan: bool = False,
        lines: tuple[int, int] | None = None,
        invocation: Invocation = Invocation(),
        fresh: bool = False,
    ) -> None:
        """Run the program in the live namespace, which `fresh` empties first, or what stands in the first to the last
        of `lines`; `step` pauses inside every backward() that it calls, `to_nan` only where a number turns NaN or
        infinite."""
        pauses = to_nan or (step and self.nan.is_on)
        request = m.RunProgram(
            text=text, path=path, step=step, pause_on_nan=pauses, fresh=fresh, lines=lines, invocation=invocation
        )
        if self.state == "ended":
            self.start_engine()
        if self.state == "starting":
            self._pending_run = request
            self.say_of_now(lambda: tr("The program runs as soon as the engine is ready."))
        elif self.is_busy and not self.held.is_owned:
            self.say_of_now(lambda: tr("The program is still running; stop it first (Ctrl+.)."))
        else:
            self._send_run(request)

    def stop(self) -> None:
        """Stop whatever runs: playing, the program, a held backward."""
        self.stepping.stop()
        self._pending_run = None
        if self.held.is_owned:
            self.engine.send(m.AbortBackward())
        elif self.is_busy:
            self.engine.interrupt()

    def answer_input(self, text: str) -> None:
        """The line that the program waits for in `input`."""
        self._status.set("running")
        self.engine.send(m.AnswerInput(text=text))

    def show_graph(self, output: str) -> None:
        """Ask for the graph behind an output, "" for the newest loss."""
        self.engine.send(m.ShowGraph(output=output))

    def set_breakpoints(self, request: m.SetBreakpoints) -> None:
        """All that are switched on, in place of those before."""
        self.has_breakpoints = bool(request.breakpoints)
        self.engine.send(request)

    # -- events

    def take_in(self, event: Any) -> None:
        """What the engine says that no one asked for; when this returns, all panels have heard it."""
        handler = self._handlers.get(type(event))
        if handler is None:  # an answer whose asker is gone is nobody's
            return
        self.is_taking_in = True
        try:
            handler(event)
        finally:
            self.is_taking_in = False
            self.taken_in.emit()

    def _on_ready(self, event: m.Ready) -> None:
        self.info = event
        self.devices = event.devices
        self._status.set("ready")
        self.ready.emit(event)
        if self._pending_run is not None:
            request, self._pending_run = self._pending_run, None
            self._send_run(request)

    def _send_run(self, request: m.RunProgram) -> None:
        """The engine may be slow to take it; the window is busy from now on."""
        request = msgspec.structs.replace(request, fresh=request.fresh or self._runs_fresh)
        self._runs_fresh = False
        if not self.held.is_owned:  # the engine aborts that first, and says so
            self._status.set("running")
        self.held.is_awaited, self._has_run = request.step, True
        self.run_asked.emit()
        self.engine.send(request)

    def _on_started(self, event: m.Started) -> None:
        self._started_s = time.monotonic()
        self.shown.begin_run()
        self.passes.clear()
        self.backward_changed.emit()
        self.breakpoints.begin_run()
        self._status.set("running")
        self.program_started.emit()

    def _on_ended(self, words: Callable[[], str]) -> None:
        self.stepping.stop()
        self._forget()
        self._status.set("ended")
        self.engine_ended.emit(words)

    def _forget(self) -> None:
        self.info, self.has_breakpoints = None, False
        self._forget_programs()

    def _forget_programs(self) -> None:
        """What any of them left."""
        self.shown.forget()
        self.held.forget()
        self.nan.forget()
        self.variables, self.variables_age_ms = (), 0.0
        self._pending_run = None
        self._has_run = self._runs_fresh = False
        self._finished_s, self._started_s = 0.0, None
        self.graph_changed.emit(None)
        self.variables_changed.emit(())
        self.backward_changed.emit()

    def _on_input_wanted(self, event: m.InputWanted) -> None:
        self._status.set("input")
        self.input_wanted.emit(event.prompt)

    def _on_finished(self, event: m.Finished) -> None:
        self.stepping.stop()
        self._heed.stop()
        self._finished_s += event.dt_ms / 1000
        self._started_s = None
        self._status.set("ready")
        self.program_finished.emit(event)

    def _on_variables(self, event: m.Variables) -> None:
        self.variables, self.variables_age_ms = event.rows, event.age_ms
        self.variables_changed.emit(event.rows)

    def _on_cards(self, event: m.Cards) -> None:
        if self.graph is not None and event.graph == self.graph.id:
            self.cards_arrived.emit(event.cards)

    def _on_failed(self, event: m.Failed) -> None:
        self.held.take_refusal(event.id)
        self.say_of_now(lambda: said(event.said))

    def say_of_now(self, words: Callable[[], str]) -> None:
        """Say why something is not done, or what is so, until the pass or the program has gone on."""
        self.message.emit(words)
        self.of_now.tell(words)

    # -- inner workings

    def _moment(self) -> object:
        return self.history, self.history.position, self.is_busy, self.state == "starting"

    def _say_heedless(self) -> None:
        if self.is_busy:
            self.message.emit(
                lambda: tr(
                    "The interrupt was delivered, but the program still runs: it may have caught the "
                    "KeyboardInterrupt. Stop again, or end it with Program ▸ Restart engine."
                )
            )

    def _on_status(self, state: str) -> None:
        if state in ("running", "input"):
            self._live_variables.start()
        else:
            self._live_variables.stop()
        self.state_changed.emit(state)

    def describe(self) -> str:
        """The state in words, for the menu row and the status bar."""
        words, state = self._status.words, self.shown.live_state
        if self.state in ("paused", "stepping") and state is not None:
            words = tr("{state} in {origin}", state=words, origin=state.origin)
        return words


def error_of(event: m.Finished) -> ProgramError | None:
    """The error to mark in the editor: none where the person stopped the program."""
    return None if event.interrupted else event.error
