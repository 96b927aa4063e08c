"""The state of the Backprop workspace between the engine and the panels: what runs, what is shown, where the cursor is.

Intents come in as method calls, requests go to the engine, frozen values go out as signals.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol import messages as m
from engine.protocol.until import Until
from engine.protocol.values import BackwardState, Graph, ProgramError, Variable
from visualizer.model.breakpoints import BreakpointBook
from visualizer.model.engine_process import EngineProcess
from visualizer.model.history import BackwardHistory
from visualizer.model.live_variables import LiveVariables
from visualizer.model.passes import PassBook
from visualizer.model.stepping import Stepping

# A program that still runs so long after it was interrupted has most likely swallowed the KeyboardInterrupt.
_HEED_MS = 1000

_STATUS = {
    "starting": "Starting the engine",
    "ready": "Engine ready",
    "running": "Running",
    "paused": "Paused",
    "stepping": "Running on",
    "input": "Waiting for input",
    "ended": "Engine ended",
}


class Session(QObject):
    """One workspace engine and what the window knows of it."""

    state_changed = Signal(str)  # a key of _STATUS
    ready = Signal(object)
    run_asked = Signal()  # before the request goes out
    program_started = Signal()
    statement_running = Signal(int, int)
    statement_done = Signal(object)
    program_finished = Signal(object)
    output = Signal(str, str, int)
    input_wanted = Signal(str)
    variables_changed = Signal(tuple)
    graph_changed = Signal(object)
    cards_arrived = Signal(tuple)
    backward_changed = Signal()
    message = Signal(str)
    engine_ended = Signal(str)
    unresponsive = Signal()

    def __init__(self, engine: EngineProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self.history = self._live_history = BackwardHistory()  # of the pass on screen, and of the newest
        self.passes = PassBook(self)
        self.breakpoints = BreakpointBook(self)
        self.has_breakpoints = False  # whether the engine has any
        self.state = "starting"
        self.info: m.Ready | None = None
        self.graph: Graph | None = None  # on screen
        self._live_graph: Graph | None = None  # of the newest pass
        self.variables: tuple[Variable, ...] = ()
        self.variables_age_ms = 0.0  # when they came; 0 where they were of that moment
        self.devices: tuple[str, ...] = ("cpu",)
        self.root_gradients: dict[str, str] = {}  # expressions that the person gave, by output
        self._finished_s = 0.0  # how long the programs took whose variables the engine holds
        self._started_s: float | None = None  # when the one that runs began
        self._has_run = False  # whether this engine has seen a program
        self._pending_run: m.RunProgram | None = None
        self._is_stepped = False  # the program that runs is to be held in every backward()
        self._step_id = 0  # of the newest Step or StepOutput, which may be refused
        self._starts_pass = False  # an output is to be stepped, and the engine has not yet said so
        self._wanted_pass = 0  # the newest OpenPass
        self.stepping = Stepping(self, self._go_on, self)
        self.stepping.changed.connect(self.backward_changed)
        self.stepping.refused.connect(self.message)
        self._live_variables = LiveVariables(engine, self)
        self._live_variables.arrived.connect(self._on_variables)
        self._heed = QTimer(self, singleShot=True, interval=_HEED_MS)
        self._heed.timeout.connect(self._say_heedless)
        self._handlers: dict[type, Callable[[Any], None]] = {
            m.Started: self._on_started,
            m.StatementRunning: lambda event: self.statement_running.emit(event.line, event.end_line),
            m.StatementDone: lambda event: self.statement_done.emit(event.result),
            m.Output: lambda event: self.output.emit(event.stream, event.text, event.dropped),
            m.InputWanted: self._on_input_wanted,
            m.Finished: self._on_finished,
            m.Interrupted: lambda event: self._heed.start(),
            m.Variables: self._on_variables,
            m.GraphShown: self._on_graph,
            m.Cards: self._on_cards,
            m.BackwardProgress: self._on_backward,
            m.Passes: lambda event: self.passes.take(event),
            m.PassOpened: self._on_pass_opened,
            m.Failed: self._on_failed,
        }
        engine.event_arrived.connect(self.take_in)
        engine.ready.connect(self._on_ready)
        engine.ended.connect(self._on_ended)
        engine.unresponsive.connect(self.unresponsive)

    # -- the engine's life

    def start_engine(self) -> None:
        """Start an engine, or a fresh one in place of the old."""
        self.stepping.stop()
        self._heed.stop()
        self._forget()
        self._set_state("starting")
        self.engine.start()

    def restart_and_run(self, text: str, path: str, *, step: bool = False) -> None:
        """Run in a namespace that holds nothing: a fresh engine."""
        self.start_engine()
        self._pending_run = m.RunProgram(text=text, path=path, step=step)

    def begin_document(self) -> None:
        """Another program is in the editor, and begins with nothing of the one before: an engine that has run
        anything is replaced."""
        self._pending_run = None
        self.root_gradients.clear()
        if self._has_run or self.state == "ended":
            self.start_engine()

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
    def is_busy(self) -> bool:
        return self.state in ("running", "paused", "stepping", "input")

    def run(self, text: str, path: str, *, step: bool = False) -> None:
        """Run the program in the live namespace; `step` pauses inside every backward() that it calls."""
        request = m.RunProgram(text=text, path=path, step=step)
        if self.state == "ended":
            self.start_engine()
        if self.state == "starting":
            self._pending_run = request
            self.message.emit("The program runs as soon as the engine is ready.")
        elif self.is_busy and not self._holds_owned_pass():
            self.message.emit("The program is still running; stop it first (Ctrl+.).")
        else:
            self._send_run(request)

    def stop(self) -> None:
        """Stop whatever runs: playing, the program, a held backward."""
        self.stepping.stop()
        self._pending_run = None
        if self._holds_owned_pass():
            self.engine.send(m.AbortBackward())
        elif self.is_busy:
            self.engine.interrupt()

    def answer_input(self, text: str) -> None:
        self._set_state("running")
        self.engine.send(m.AnswerInput(text=text))

    def show_graph(self, output: str) -> None:
        self.engine.send(m.ShowGraph(output=output))

    def step_output(self, output: str, gradient: str = "") -> None:
        """Step the backward of an output that has no backward line; `gradient` is an expression for its own."""
        if gradient:
            self.root_gradients[output] = gradient
        self._step_id = self.engine.send(m.StepOutput(output=output, gradient=gradient))
        self._starts_pass = bool(self._step_id)
        self.state_changed.emit(self.state)

    @property
    def can_step(self) -> bool:
        state = self._live_history.state
        is_held = state is not None and state.status == "paused" and self.state == "paused"
        return is_held and self.history is self._live_history

    @property
    def may_be_held(self) -> bool:
        """Whether the engine may be held at a node before anyone asks for more: what is pressed now counts then."""
        is_on_the_way = self._is_stepped and self.state in ("running", "input")
        return self.state == "stepping" or self._starts_pass or is_on_the_way

    def move(self, position: int) -> None:
        """Scrub: the picture at a recorded position."""
        if self.history.move(position):
            self.backward_changed.emit()

    def open_pass(self, index: int) -> None:
        """Show a pass of the run; the newest is where the engine is."""
        state = self._live_history.state
        if state is not None and state.pass_index == index:
            self.return_to_newest()
        elif 1 <= index <= len(self.passes):
            self.stepping.stop()
            self._wanted_pass = self.engine.send(m.OpenPass(index=index))

    def return_to_newest(self) -> None:
        """From an earlier pass to where the engine is."""
        if self.history is not self._live_history:
            self._show_pass(self._live_graph, self._live_history)

    def set_breakpoints(self, request: m.SetBreakpoints) -> None:
        """All that are switched on, in place of those before."""
        self.has_breakpoints = bool(request.breakpoints)
        self.engine.send(request)

    @property
    def live_state(self) -> BackwardState | None:
        """Where the newest pass stands, whichever is on screen."""
        return self._live_history.state

    def reset_backward(self) -> None:
        """Forget an owned pass; the `.grad`s that it found come back."""
        self.stepping.stop()
        self._live_history.clear()
        self.engine.send(m.ResetBackward())
        self._set_state("ready")
        self.backward_changed.emit()

    def keep_gradients(self) -> None:
        self.engine.send(m.KeepGradients())

    # -- events

    def take_in(self, event: Any) -> None:
        """What the engine says that no one asked for; when this returns, all panels have heard it."""
        handler = self._handlers.get(type(event))
        if handler is not None:  # an answer whose asker is gone is nobody's
            handler(event)

    def _on_ready(self, event: m.Ready) -> None:
        self.info = event
        self.devices = event.devices
        self._set_state("ready")
        self.ready.emit(event)
        if self._pending_run is not None:
            request, self._pending_run = self._pending_run, None
            self._send_run(request)

    def _send_run(self, request: m.RunProgram) -> None:
        """The engine may be slow to take it; the window is busy from now on."""
        if not self._holds_owned_pass():  # the engine aborts that first, and says so
            self._set_state("running")
        self._is_stepped, self._has_run = request.step, True
        self.run_asked.emit()
        self.engine.send(request)

    def _on_started(self, event: m.Started) -> None:
        self._started_s = time.monotonic()
        self.return_to_newest()
        self.passes.clear()
        self.breakpoints.begin_run()
        self._set_state("running")
        self.program_started.emit()

    def _on_ended(self, sentence: str) -> None:
        self.stepping.stop()
        self._forget()
        self._set_state("ended")
        self.engine_ended.emit(sentence)

    def _forget(self) -> None:
        self.info, self.has_breakpoints = None, False
        self.graph = self._live_graph = None
        self.history = self._live_history
        self.history.set_graph(None)
        self.passes.clear()
        self.variables, self.variables_age_ms = (), 0.0
        self._pending_run = None
        self._starts_pass = self._has_run = False
        self._finished_s, self._started_s = 0.0, None
        self.history.clear()
        self.graph_changed.emit(None)
        self.variables_changed.emit(())
        self.backward_changed.emit()

    def _on_input_wanted(self, event: m.InputWanted) -> None:
        self._set_state("input")
        self.input_wanted.emit(event.prompt)

    def _on_finished(self, event: m.Finished) -> None:
        self.stepping.stop()
        self._heed.stop()
        self._finished_s += event.dt_ms / 1000
        self._started_s = None
        self._set_state("ready")
        self.program_finished.emit(event)

    def _on_variables(self, event: m.Variables) -> None:
        self.variables, self.variables_age_ms = event.rows, event.age_ms
        self.variables_changed.emit(event.rows)

    def _on_graph(self, event: m.GraphShown) -> None:
        self._live_graph = event.graph
        self._live_history.set_graph(event.graph)
        if self.history is self._live_history:
            self._show_pass(event.graph, self.history)

    def _on_pass_opened(self, event: m.PassOpened) -> None:
        if event.id != self._wanted_pass:
            return  # another was asked for since
        history = BackwardHistory()
        history.set_graph(event.graph)
        history.take(event.state, event.steps, event.times)
        self._show_pass(event.graph, history)

    def _show_pass(self, graph: Graph | None, history: BackwardHistory) -> None:
        """The graph and the steps of one pass on screen."""
        self.graph, self.history = graph, history
        self._tell_shown()
        self.graph_changed.emit(graph)
        self.backward_changed.emit()

    def _tell_shown(self) -> None:
        state = self.history.state
        self.passes.show(0 if state is None else state.pass_index, is_opened=self.history is not self._live_history)

    def _on_cards(self, event: m.Cards) -> None:
        if self.graph is not None and event.graph == self.graph.id:
            self.cards_arrived.emit(event.cards)

    def _on_backward(self, event: m.BackwardProgress) -> None:
        state, history = event.state, self._live_history
        before = history.state
        if state.owned and (before is None or before.pass_id != state.pass_id):
            self.message.emit("")  # what was said of the pass before
        history.take(state, event.steps, event.times)
        self._starts_pass = False
        if before is None or before.pass_id != state.pass_id:
            self._tell_shown()
        if state.status == "paused" and (
            before is None or before.status != "paused" or before.pass_id != state.pass_id
        ):
            self.return_to_newest()  # what the person waited for
        if state.status == "paused":
            following = self.stepping.next_at_hold()
            if following is not None:
                self._go_on(following)
            else:
                self._set_state("paused")
        elif state.status == "running":
            self._set_state("stepping")
        elif state.owned:
            self.stepping.stop()
            self._set_state("ready")
            if state.status == "aborted":
                history.clear()
                self.message.emit("The pass is forgotten; every .grad is as it was before.")
        elif self.state in ("paused", "stepping"):
            self._set_state("running")
        self.backward_changed.emit()

    def _on_failed(self, event: m.Failed) -> None:
        if event.id and event.id == self._step_id:  # the engine does not go on
            self._step_id, self._starts_pass = 0, False
            self.stepping.stop()
            state = self._live_history.state
            if self.state == "stepping" and state is not None and state.status == "paused":
                self._set_state("paused")
        self.message.emit(event.sentence)

    # -- inner workings

    def _go_on(self, until: Until) -> None:
        self._set_state("stepping")
        self._step_id = self.engine.send(m.Step(until=until))

    def _holds_owned_pass(self) -> bool:
        state: BackwardState | None = self._live_history.state
        return state is not None and state.owned and self.state in ("paused", "stepping")

    def _say_heedless(self) -> None:
        if self.is_busy:
            self.message.emit(
                "The interrupt was delivered, but the program still runs: it may have caught the KeyboardInterrupt. "
                "Stop again, or end it with Program ▸ Restart engine."
            )

    def _set_state(self, state: str) -> None:
        if state != self.state:
            self.state = state
            if state in ("running", "input"):
                self._live_variables.start()
            else:
                self._live_variables.stop()
            self.state_changed.emit(state)

    def describe(self) -> str:
        """The state in words, for the menu row and the status bar."""
        words = _STATUS[self.state]
        state = self._live_history.state
        if self.state in ("paused", "stepping") and state is not None:
            words += f" in {state.origin}"
        return words


def error_of(event: m.Finished) -> ProgramError | None:
    """The error to mark in the editor: none where the person stopped the program."""
    return None if event.interrupted else event.error
