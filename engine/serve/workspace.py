"""The workspace: a live program, the graph behind one of its outputs, a backward pass; requests are method calls.

Jobs that run the person's code or torch's backward go to the main thread; all else is answered where it is asked.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import queue
import sys
from collections.abc import Callable, Iterator
from os import getpid
from typing import Any

import torch

from engine.autograd.finite.finding import Finding
from engine.autograd.gated import gate_torch
from engine.autograd.passes import forecast
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.program import variables
from engine.program.interrupts import Interrupts
from engine.program.living_ids import LivingIds
from engine.program.lookup import resolve_tensor
from engine.program.preview import preview
from engine.program.runner import Outcome, Runner
from engine.program.sentences.explain import explain
from engine.program.unregistered import unregistered
from engine.protocol import messages as m
from engine.protocol.errors import EngineError
from engine.protocol.lessons import CheckExercise, JudgeGuess
from engine.protocol.sentence import Sentence
from engine.protocol.until import UntilNotFinite, UntilPaused, UntilProgramEnd
from engine.protocol.values import Graph, Notice, ProgramError
from engine.serve.lessons import LessonDesk
from engine.serve.questions import CHANGING, Handlers, Live, Questions
from engine.serve.safepoint import PATIENCE_S, Safepoint
from engine.serve.terminal import Terminal
from engine.shared.output_names import parted
from engine.tensors.summary import summarize
from engine.tensors.unseen import Spared, tell_failures_to

_GRADIENT = "<gradient>"
_IDLE_S = 1.5  # a person who has not run anything by then is reading
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
        self._runner = Runner(interrupts, self._tell, terminal.log, self._controller.known)
        self._ids_before = LivingIds()  # of the variables' values, when the newest run began
        questions = Questions(
            Live(self._runner, self._recorder, self._controller, lambda: self._ids_before, emit, self._failed, report)
        )
        self._reading, self._facts, self._experiments = questions.reading, questions.facts, questions.experiments
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._active: list[str] = []  # kinds of the jobs that wait or run: "program", "pass", "preview", "graph"
        self._run_start = 0  # the sequence number at which the newest run began
        self._chosen = ""  # the output that the person chose, "" for the newest loss
        self._rows_are_due = False
        self._pass_has_ended = True  # of an output that is stepped
        changing = self._changing()
        at_safepoint = questions.at_safepoint | changing
        self._safepoint = Safepoint(at_safepoint, emit, defer, self._failed, CHANGING | changing.keys())
        lessons = LessonDesk(self._runner.namespace, self._enqueue, lambda: "program" in self._active)
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
        return not self._active

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
        job = self._first_job()
        while job is not None:
            job()
            job = self._jobs.get()

    def _first_job(self) -> Callable[[], None] | None:
        """What the first optimizer and torch.compile import, for over a second, is imported while nobody waits."""
        try:
            return self._jobs.get(timeout=_IDLE_S)
        except queue.Empty:
            importlib.import_module("torch._dynamo")
            return self._jobs.get()

    def close(self) -> None:
        """Let `work` return once it has nothing else to do."""
        self._jobs.put(None)

    def forget(self) -> None:
        """Let go of every variable, so that open files are written. On the main thread, at the end."""
        self._runner.namespace.clear()
        self._recorder.clear()

    def _enqueue(self, kind: str, request: m.Request, call: Callable[[], m.Event | None]) -> None:
        """Let the main thread make a call, whose result is the answer. It is idle again when the answer goes out."""

        def job() -> None:
            try:
                answer = call()
            except Exception as error:
                answer = self._failed(request.id, error)
            self._interrupts.end()
            self._active.remove(kind)
            if answer is not None:
                self._emit(answer)

        self._active.append(kind)
        self._jobs.put(job)

    def _failed(self, request_id: int, error: Exception) -> m.Failed:
        return m.Failed.of(request_id, error.sentence if isinstance(error, EngineError) else self._report(error))

    # -- the program

    def _run_program(self, request: m.RunProgram) -> None:
        if "program" in self._active:
            raise _still_running()
        if self._is_stepping:
            self._controller.holding.abort()
        self._facts.forget()
        self._enqueue("program", request, lambda: self._run(request))

    def _run(self, request: m.RunProgram) -> m.Event:
        self._terminal.begin()
        self._recorder.program_paths.add(request.path)
        self._emit(m.Started(request.id))
        if request.fresh:
            self._runner.forget()
            self._recorder.clear()
        self._interrupts.begin()
        self._experiments.forget()
        waited_s = self._waited_s
        self._ids_before = LivingIds(self._runner.namespace.values())
        self._run_start = torch.autograd._get_sequence_nr()  # type: ignore[attr-defined]
        try:
            self._recorder.finite.begin_run(is_on=request.pause_on_nan)
            outcome = self._runner.run(request.text, request.path, lambda: self._observed(request.step))
        except Exception as error:  # a program that began must be seen to end
            outcome = Outcome(ProgramError.of(error, self._report(error)), False, 0.0)
        self._interrupts.end()
        if getpid() != self._process:
            _leave_fork(outcome)
        self._terminal.flush()
        try:
            self._show_chosen(outcome.error)
            self._send_rows(_PATIENCE_AT_END_S)
        except Exception as error:  # the program has finished all the same
            self._emit(self._failed(0, error))
        dt_ms = outcome.dt_ms - (self._waited_s - waited_s) * 1000
        return m.Finished(
            request.id,
            notices=self._notices() if outcome.error is None else (),
            error=outcome.error,
            interrupted=outcome.interrupted,
            dt_ms=round(max(dt_ms, 0.0), 3),
            made_graph=torch.autograd._get_sequence_nr() > self._run_start,  # type: ignore[attr-defined]
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
        if "program" in self._active or self._is_stepping:
            raise EngineError("preview.waits", "The preview waits until the program has ended.")
        self._enqueue(
            "preview", request, lambda: m.Previewed(request.id, summary=summarize(preview(request.expression)))
        )

    # -- the graph

    def _show_graph(self, request: m.ShowGraph) -> None:
        if "program" in self._active:
            raise EngineError(
                "graph.program_runs", "The graph can be changed once the program has ended; it is still running."
            )
        if self._is_stepping:
            raise EngineError(
                "graph.pass_is_stepped", "A backward pass is being stepped; end or reset it to see another graph."
            )

        def show() -> m.Event:
            graph = self._graph(request.output)
            self._chosen = request.output
            self._refresh_variables()  # their nodes are those of the graph on screen
            return m.GraphShown(request.id, graph=graph)

        self._enqueue("graph", request, show)

    def _graph(self, name: str) -> Graph:
        namespace = self._runner.namespace
        name = name or variables.newest_output(namespace, self._run_start)
        name = name or variables.newest_severed(namespace, self._recorder.is_severed)
        if name:
            outputs = self._outputs(name)
            if len(outputs) > 1:
                return self._recorder.graph_of_several(outputs, namespace)
            return self._recorder.graph(outputs[name], name, namespace)
        self._recorder.clear()
        return Graph(
            0,
            "",
            reason=variables.why_no_output(namespace, self._recorder.transforms),
            recorded_bytes=self._recorder.recorded_bytes,
            budget_bytes=self._recorder.budget_bytes,
        )

    def _notices(self) -> tuple[Notice, ...]:
        try:
            namespace, before = self._runner.namespace, self._ids_before
            told = self._controller.notices(namespace, before), unregistered(namespace, before)
            return (*forecast.notices(self._recorder, namespace), *(notice for found in told for notice in found))
        except Exception as error:  # the program has finished all the same
            self._emit(self._failed(0, error))
            return ()

    def _show_chosen(self, error: ProgramError | None) -> None:
        """After a run: the graph of the output that was chosen while it has one, else of the newest loss; why there is
        none behind a root that the program called backward of."""
        namespace = self._runner.namespace
        rootless = self._controller.leaf_root
        if error is not None and error.code.startswith("graph."):
            rootless = str(error.arguments.get("name", ""))
        if rootless in namespace:
            self._emit(m.GraphShown(graph=self._graph(rootless)))
            return
        name = variables.newest_output(namespace, self._run_start)
        with contextlib.suppress(EngineError):  # the chosen variable may be gone
            if self._chosen and variables.has_graph(resolve_tensor(namespace, self._chosen)):
                name = self._chosen
        output = resolve_tensor(namespace, name) if name else None
        is_of_run = output is not None and variables.has_graph_since(output, self._run_start)
        if self._controller.shows_newest_pass and not is_of_run and (not name or name != self._chosen):
            return  # no variable has a graph, as where a function trains: there is only that of the pass
        if output is not None and self._recorder.is_shown(output, namespace):
            return  # its backward has shown it already
        if output is not None and name != self._chosen and self._recorder.is_inside(output):
            self._emit(m.GraphShown(graph=self._recorder.shown_again(namespace)))  # behind roots that no variable holds
        else:
            self._emit(m.GraphShown(graph=self._graph(name)))

    # -- backward

    @property
    def _is_stepping(self) -> bool:
        return "pass" in self._active and not self._pass_has_ended

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
        if "program" in self._active:
            raise _still_running()
        if self._is_stepping:
            self._controller.holding.abort()
        self._pass_has_ended = False
        self._enqueue("pass", request, lambda: self._run_pass(request))

    def _run_pass(self, request: m.StepOutput) -> None:
        self._interrupts.begin()
        namespace = self._runner.namespace
        outputs = self._outputs(request.output)
        gradients = self._gradients(request.gradient.strip(), len(outputs))
        try:
            self._interrupts.allow()
            self._controller.run_outputs(outputs, gradients, namespace, retain_graph=request.retain_graph)
        except KeyboardInterrupt:
            pass  # the controller has said that the pass was aborted
        finally:
            self._interrupts.end()
        self._terminal.flush()

    def _outputs(self, label: str) -> dict[str, torch.Tensor]:
        return {name: resolve_tensor(self._runner.namespace, name) for name in parted(label)}

    def _gradients(self, expression: str, count: int) -> list[torch.Tensor | None]:
        """One for each root: of several the expression gives a list. None for that of a scalar."""
        if not expression:
            return [None] * count
        found = self._evaluate(expression)
        found = [found] if count == 1 else list(found) if isinstance(found, (list, tuple)) else []
        if len(found) != count:
            raise EngineError(
                "gradient.not_for_each",
                "These are {count} outputs: give a list of {count} gradients, None for that of a scalar.",
                count=count,
            )
        return [None if one is None else torch.as_tensor(one) for one in found]

    def _evaluate(self, expression: str) -> Any:
        try:
            code = compile(expression, _GRADIENT, "eval")
            return eval(code, dict(self._runner.namespace))
        except SyntaxError as error:
            raise EngineError(
                "gradient.no_expression", "The gradient is not an expression: {reason}.", reason=error.msg
            ) from error
        except Exception as error:
            raise EngineError(
                "gradient.raises",
                "The gradient cannot be evaluated: {reason}",
                reason=explain(error, {_GRADIENT}).said,
            ) from error

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
        rows = self._safepoint.answer(m.AskVariables(), patience_s)
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
