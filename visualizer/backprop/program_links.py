"""What a run of the program shows: results, errors and output, its variables and its graph."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from engine.protocol.graph_values import Graph
from engine.protocol.hints import AskCall, AskHint
from engine.protocol.messages import AskCompletions, Completions, Finished
from engine.protocol.program_values import Variable
from engine.protocol.unfolding import UnfoldVariables
from engine.shared.language import said, tr
from engine.shared.local_numbers import elapsed
from visualizer.backprop.panels import Panels
from visualizer.look.spoken import Say
from visualizer.model.age import earlier
from visualizer.model.newest_question import NewestQuestion
from visualizer.model.note_words import words
from visualizer.model.selection import Selection
from visualizer.model.session import Session, error_of


class ProgramLinks(QObject):
    """The connections between the session's program and the panels. Panels come before the selection, which they
    draw."""

    def __init__(self, session: Session, selection: Selection, panels: Panels, say: Say, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._selection, self._panels, self._say = session, selection, panels, say
        self._completing, self._hinting = (NewestQuestion(session.engine, self) for _ in range(2))
        program, console = panels.program, panels.console
        session.state_changed.connect(self._on_state)
        session.program_started.connect(self._on_started)
        session.statement_done.connect(program.add_result)
        session.lines_ran.connect(program.add_results)
        session.statement_running.connect(program.set_running_line)
        session.program_finished.connect(self._on_finished)
        session.output.connect(console.append)
        session.input_wanted.connect(console.ask_input)
        session.variables_changed.connect(self._on_variables)
        session.graph_changed.connect(self._on_graph)
        console.input_answered.connect(session.answer_input)
        program.stop_requested.connect(session.stop)
        program.completions_wanted.connect(self._ask_completions)
        program.editor.results.chosen.connect(selection.select_variable)
        program.editor.renaming.known = lambda: {one.name: one.kind for one in session.variables}
        hints = program.editor.hints
        hints.hint_wanted.connect(self._ask_hint)
        hints.call_wanted.connect(self._ask_call)
        program.place_hovered.connect(self._mark_nodes)
        program.place_changed.connect(self._mark_nodes)
        panels.variables.retain_grad_requested.connect(
            lambda name: program.insert_line(f"{name}.retain_grad()", after_assignment_of=name)
        )
        panels.variables.unfolding_wanted.connect(self._unfold)
        session.ready.connect(lambda event: self._unfold(panels.variables.unfolded))
        panels.graph.output_chosen.connect(session.show_graph)
        panels.inspector.graph_wanted.connect(session.show_graph)
        panels.inspector.place_clicked.connect(program.go_to)

    def _unfold(self, names: tuple[str, ...]) -> None:
        """The engine tells the table; a new engine knows of nothing unfolded."""
        if names or self._session.variables:
            self._session.engine.send(UnfoldVariables(names=names))

    def _on_state(self, state: str) -> None:
        if state != "input":  # answered, interrupted, or the engine is gone
            self._panels.console.end_input()

    def _on_started(self) -> None:
        self._panels.console.begin_run()
        self._panels.program.clear_results()
        self._panels.program.set_error(None)
        self._panels.program.set_notices(())
        self._say(str)

    def _on_finished(self, event: Finished) -> None:
        self._panels.program.set_error(error_of(event))
        self._panels.program.set_notices(event.notices)
        if event.interrupted:
            self._say(lambda: tr("Stopped. What ran before stays."))
        elif event.error is not None:
            self._say(partial(said, event.error.said))
        else:
            self._say(lambda: tr("Ran in {time}", time=elapsed(event.dt_ms)))

    def _on_graph(self, graph: Graph | None) -> None:
        self._panels.graph.set_graph(graph)
        self._panels.variables.set_nodes({} if graph is None else graph.columns.by_id)
        self._selection.set_graph(graph)

    def _on_variables(self, rows: tuple[Variable, ...]) -> None:
        program, variables = self._panels.program, self._panels.variables
        variables.set_retain_lines({row.name: program.assignment_line(row.name) for row in rows})
        variables.set_variables(rows)
        variables.set_time(words(earlier(self._session.variables_age_ms)))
        self._selection.set_variables(rows)
        is_held = self._session.state in ("paused", "held", "stepping")  # then the step has asked already
        if self._selection.node is not None and not is_held:
            self._panels.inspector.refresh()

    def _ask_completions(self, text: str, line: int, column: int) -> None:
        program, completer = self._panels.program, self._panels.program.editor.completer
        moment = completer.moment

        def show(event: Completions) -> None:
            if completer.moment == moment:  # else of another place, behind whose dot other names fit
                program.show_completions(event.completions, event.prefix)

        self._completing.ask(
            AskCompletions(text=text, line=line, column=column),
            show,
            lambda sentence: None,
        )

    def _ask_hint(self, question: int, text: str, line: int, column: int) -> None:
        hints = self._panels.program.editor.hints
        self._hinting.ask(
            AskHint(text=text, line=line, column=column),
            lambda event: hints.show_hint(question, event.hint),
            lambda why: hints.fail(question, why),
        )

    def _ask_call(self, question: int, text: str, line: int, column: int) -> None:
        hints = self._panels.program.editor.hints
        self._hinting.ask(
            AskCall(text=text, line=line, column=column),
            lambda event: hints.show_call(question, event),
            lambda why: hints.fail(question, why),
        )

    def _mark_nodes(self, line: int, column: int) -> None:
        """The nodes of a place of the program."""
        run_lines = self._panels.program.editor.run_lines
        self._panels.graph.highlight_source(run_lines.covering(line, column))
