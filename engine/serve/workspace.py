"""The workspace: a live program, the graph behind one of its outputs, a backward pass; requests are method calls.

Jobs that run the person's code or torch's backward go to the main thread; all else is answered where it is asked.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from os import getpid

from engine.autograd.bound import Bound
from engine.autograd.finite.finding import Finding
from engine.autograd.gated import gate_torch
from engine.autograd.passes import forecast
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.program.interrupts import Interrupts
from engine.program.living_ids import LivingIds
from engine.program.preview import preview
from engine.program.runner import Outcome, Runner
from engine.program.unregistered import unregistered
from engine.protocol import messages as m
from engine.protocol.errors import EngineError
from engine.protocol.lessons import CheckExercise, JudgeGuess
from engine.protocol.program_values import Notice, ProgramError
from engine.protocol.sentence import Sentence
from engine.protocol.until import UntilNotFinite, UntilPaused, UntilProgramEnd
from engine.serve.chosen_graph import ChosenGraph
from engine.serve.failed_operation import FailedOperation
from engine.serve.jobs import Jobs
from engine.serve.lessons import LessonDesk
from engine.serve.operations_found import OperationFinder
from engine.serve.questions import CHANGING, Handlers, Live, Questions
from engine.serve.safepoint import PATIENCE_S, Safepoint
from engine.serve.terminal import Terminal
from engine.serve.typed_gradient import typed_gradients
from engine.tensors.arrays import ARRAYS
from engine.tensors.summary import summarize
from engine.tensors.unseen import Spared, tell_failures_to

_PATIENCE_AT_END_S = 0.25  # with a thread that a program left behind


class Workspace:
    """What one `serve` engine holds.

    `defer` runs a call on the thread that serves requests; `report` words an exception that is a defect.
    """

    def __init__(
        self,
        emit: Callable[[m.Event], None],
        defer: Callable[[Callable[[], None]], None],
        interrupts: Interrupts,
        terminal: Terminal,
        report: Callable[[Exception], Sentence],
    ) -> None:
        self._process = getpid()
        self._emit = emit
        self._report = report
        self._defer = defer
        self._interrupts = interrupts
        self._terminal = terminal
        self._recorder = Recorder()
        self._controller = BackwardController(self._recorder, self._on_backward)
        self._recorder.finite.hold.tell = self._on_held
        self._runner = Runner(interrupts, self._tell, terminal.log, self._controller.known, self._recorder.locals)
        self._ids_before = LivingIds()  # of the variables' values, when the newest run began
        self._bound = Bound(self._runner.namespace, OperationFinder(self._runner.scope, self._recorder).number)
        self._failures = FailedOperation(self._recorder)
        self._runner.turn, self._runner.fell = self._bound.turn, self._failures.note
        live = (self._runner, self._recorder, self._controller, self._bound, lambda: self._ids_before)
        questions = Questions(Live(*live, emit, self._failed, report))
        self._facts, self._experiments = questions.facts, questions.experiments
        self._jobs = Jobs(emit, self._failed, interrupts)
        self._chosen = ChosenGraph(self._runner, self._recorder, self._controller, emit)
        self._rows_are_due = False
        self._pass_has_ended = True  # of an output that is stepped
        changing = self._changing()
        at_safepoint = questions.at_safepoint | changing
        self._safepoint = Safepoint(at_safepoint, emit, defer, self._failed, CHANGING | changing.keys())
        lessons = LessonDesk(self._runner.namespace, self._jobs.add, lambda: "program" in self._jobs.active)
        self._handlers: Handlers = questions.at_once | self._at_once()
        self._handlers |= {CheckExercise: lessons.check, JudgeGuess: lessons.judge}
        self._handlers |= dict.fromkeys(at_safepoint, self._safepoint.answer)

    def _at_once(self) -> Handlers:
        holding = self._controller.holding
        return {
            m.RunProgram: self._run_program,
            m.ShowGraph: self._show_graph,
            m.Preview: self._preview,
            m.StepOutput: self._step_output,
            m.Step: self._step,
            m.PauseOnNan: lambda request: self._recorder.finite.watch.switch(request.is_on),
            m.SetBreakpoints: lambda request: holding.breakpoints.set(request.breakpoints),
            m.AbortBackward: lambda request: holding.abort(),
        }

    def _changing(self) -> Handlers:
        """What writes what is read there."""
        return {
            m.OpenPass: self._open_pass,
            m.ResetBackward: lambda request: self._after_pass(self._controller.reset),
            m.KeepGradients: lambda request: self._after_pass(self._controller.keep),
        }

    def answer(self, request: m.Request) -> m.Event | None:
        """Serve one request; None where its answer comes later or is an event of its own. Raises EngineError."""
        return self._handlers[type(request)](request)

    @property
    def is_idle(self) -> bool:
        """Whether the main thread has nothing to do."""
        return not self._jobs.active

    def interrupt_pass(self) -> None:
        """Stop a backward pass that runs, where the signal alone would not reach it."""
        self._controller.interrupt()

    # -- the main thread

    def warm_up(self) -> None:
        """Before the first program."""
        gate_torch()
        tell_failures_to(self._report)

    def work(self) -> None:
        """Do the jobs of the main thread until `close`."""
        self._jobs.work()

    def close(self) -> None:
        """Let `work` return once it has nothing else to do."""
        self._jobs.close()

    def forget(self) -> None:
        """Let go of every variable, so that open files are written. On the main thread, at the end."""
        self._runner.namespace.clear()
        self._recorder.clear()

    def _failed(self, request_id: int, error: Exception) -> m.Failed:
        return m.Failed.of(request_id, error.sentence if isinstance(error, EngineError) else self._report(error))

    # -- the program

    def _run_program(self, request: m.RunProgram) -> None:
        if "program" in self._jobs.active:
            raise _still_running()
        if self._is_stepping:
            self._controller.holding.abort()
        self._facts.forget()
        self._jobs.add("program", request, lambda: self._run(request))

    def _run(self, request: m.RunProgram) -> m.Event:
        self._terminal.begin()
        ARRAYS.begin_run()
        self._recorder.program_paths.add(request.path)
        self._emit(m.Started(request.id))
        if request.fresh:
            self._runner.forget()
            self._recorder.clear()
        self._interrupts.begin()
        self._experiments.forget()
        waited_s = self._waited_s
        self._ids_before = LivingIds(self._runner.namespace.values())
        self._chosen.begin_run()
        self._failures.forget()
        try:
            self._recorder.finite.begin_run(is_on=request.pause_on_nan)
            outcome = self._runner.run(
                *(request.text, request.path, lambda: self._observed(request.step)),
                lines=request.lines,
                invocation=request.invocation,
            )
        except Exception as error:  # a program that began must be seen to end
            outcome = Outcome(ProgramError.of(error, self._report(error)), False, 0.0)
        self._interrupts.end()
        ARRAYS.end_run()
        self._bound.stop()
        if getpid() != self._process:
            _leave_fork(outcome)
        self._terminal.flush()
        try:
            self._chosen.show(outcome.error)
            self._send_rows(_PATIENCE_AT_END_S)
        except Exception as error:  # the program has finished all the same
            self._emit(self._failed(0, error))
        dt_ms = outcome.dt_ms - (self._waited_s - waited_s) * 1000
        return m.Finished(
            request.id,
            notices=self._notices() if outcome.error is None else (),
            error=outcome.error,
            failed=self._failures.seen,
            interrupted=outcome.interrupted,
            dt_ms=round(max(dt_ms, 0.0), 3),
            made_graph=self._chosen.has_grown or self._controller.n_passes > 0,
        )

    @property
    def _waited_s(self) -> float:
        """How long programs have waited for the person so far: held in a backward pass, or for a line of input."""
        holds = (self._controller.holding, self._recorder.finite.hold)
        return sum(hold.held_s for hold in holds) + self._terminal.console.waited_s

    def _tell(self, event: m.Event) -> None:
        """News of the program, on its thread."""
        if type(event) is m.StatementDone:
            self._recorder.operations.settle()
        self._emit(event)

    @contextlib.contextmanager
    def _observed(self, step: bool) -> Iterator[None]:
        with self._recorder.watching(), self._controller.installed(stepping=step):
            yield

    def _preview(self, request: m.Preview) -> None:
        if "program" in self._jobs.active or self._is_stepping:
            raise EngineError("preview.waits", "The preview waits until the program has ended.")
        self._jobs.add(
            "preview", request, lambda: m.Previewed(request.id, summary=summarize(preview(request.expression)))
        )

    # -- the graph

    def _show_graph(self, request: m.ShowGraph) -> None:
        if "program" in self._jobs.active:
            raise EngineError(
                "graph.program_runs", "The graph can be changed once the program has ended; it is still running."
            )
        if self._is_stepping:
            raise EngineError(
                "graph.pass_is_stepped", "A backward pass is being stepped; end or reset it to see another graph."
            )

        def show() -> m.Event:
            graph = self._chosen.choose(request.output)
            self._refresh_variables()  # their nodes are those of the graph on screen
            return m.GraphShown(request.id, graph=graph)

        self._jobs.add("graph", request, show)

    def _notices(self) -> tuple[Notice, ...]:
        try:
            namespace, before = self._runner.namespace, self._ids_before
            told = self._controller.notices(namespace, before), unregistered(namespace, before)
            return (*forecast.notices(self._recorder, namespace), *(notice for found in told for notice in found))
        except Exception as error:  # the program has finished all the same
            self._emit(self._failed(0, error))
            return ()

    # -- backward

    @property
    def _is_stepping(self) -> bool:
        return "pass" in self._jobs.active and not self._pass_has_ended

    def _step(self, request: m.Step) -> None:
        """From where the program is held in its forward pass, else from a node of a backward pass."""
        finite = self._recorder.finite
        if isinstance(request.until, UntilProgramEnd):
            finite.watch.switch(False)
        if isinstance(request.until, UntilNotFinite):
            finite.watch.switch(True)
            finite.watch.has_spread = False
        if isinstance(request.until, UntilPaused) or not finite.hold.go_on():
            self._controller.holding.step(request.until)

    def _on_held(self, finding: Finding | None) -> None:
        if finding is not None and finding.found.direction == "forward":
            with Spared():
                self._controller.tell_newest()
        self._emit(m.Held(found=None if finding is None else finding.found))
        if finding is not None:
            self._refresh_variables()

    def _step_output(self, request: m.StepOutput) -> None:
        if "program" in self._jobs.active:
            raise _still_running()
        if self._is_stepping:
            self._controller.holding.abort()
        self._pass_has_ended = False
        self._jobs.add("pass", request, lambda: self._run_pass(request))

    def _run_pass(self, request: m.StepOutput) -> None:
        self._interrupts.begin()
        namespace = self._runner.namespace
        outputs = self._chosen.outputs(request.output)
        gradients = typed_gradients(request.gradient, len(outputs), namespace)
        try:
            self._interrupts.allow()
            self._controller.run_outputs(outputs, gradients, namespace, retain_graph=request.retain_graph)
        except KeyboardInterrupt:
            pass  # the controller has said that the pass was aborted
        finally:
            self._interrupts.end()
        self._terminal.flush()

    def _open_pass(self, request: m.OpenPass) -> m.PassOpened:
        return m.PassOpened(request.id, **self._controller.open_pass(request.index)._asdict())

    def _after_pass(self, call: Callable[[], None]) -> None:
        call()
        self._refresh_variables()

    def _on_backward(self, event: m.BackwardProgress | m.GraphShown | m.Passes) -> None:
        if isinstance(event, m.BackwardProgress) and event.state.owned:
            self._pass_has_ended = event.state.status not in ("paused", "running")
        self._emit(event)
        if isinstance(event, m.BackwardProgress) and (event.state.status == "paused" or event.state.owned):
            self._refresh_variables()

    def _refresh_variables(self) -> None:
        """Soon and once, however often this is called until then."""
        if not self._rows_are_due:
            self._rows_are_due = True
            self._defer(self._send_rows)

    def _send_rows(self, patience_s: float = PATIENCE_S) -> None:
        self._rows_are_due = False
        rows = self._safepoint.answer(m.AskVariables(counting="later"), patience_s)
        if rows is not None:
            self._emit(rows)


def _still_running() -> EngineError:
    return EngineError("program.still_running", "The program is still running; stop it first.")


def _leave_fork(outcome: Outcome) -> None:
    """A child that the program forked with os.fork() ran to the program's end, and ends there as in a script."""
    sys.stdout.flush()
    if outcome.error is not None:
        print(outcome.error.traceback, file=sys.stderr, flush=True)
    os._exit(0 if outcome.error is None else 1)
