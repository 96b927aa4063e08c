"""The one window, and the one place with connections between objects: intents go up, frozen values come down."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from engine.protocol.keys import TensorKey
from engine.protocol.messages import AskCards, AskCompletions, AskDetails, AskRectangle, AskText, Finished, Ready
from engine.protocol.values import Graph, Variable
from visualizer.app import actions
from visualizer.app.commands import HELD_DOWN, Commands
from visualizer.app.engine_questions import EngineQuestions
from visualizer.app.file_commands import FileCommands
from visualizer.app.header import Header
from visualizer.app.held_keys import HeldKeys
from visualizer.app.settings import Settings
from visualizer.app.status_bar import StatusBar
from visualizer.backprop import backward_words
from visualizer.backprop.console.panel import ConsolePanel
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.backprop.inspector.panel import InspectorPanel
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.backprop.queue.panel import QueuePanel
from visualizer.backprop.selection_links import SelectionLinks
from visualizer.backprop.timeline.marks import Marks
from visualizer.backprop.timeline.panel import TimelinePanel
from visualizer.backprop.variables.panel import VariablesPanel
from visualizer.backprop.workspace import BackpropWorkspace
from visualizer.look import theme
from visualizer.model.engine_process import EngineProcess
from visualizer.model.selection import Selection
from visualizer.model.session import Session, error_of
from visualizer.pretraining.workspace import PretrainingWorkspace


class MainWindow(QMainWindow):
    """Panels, the session with its engine, and every connection between them."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.settings = settings
        self.engine = EngineProcess(settings.engine_command, self)
        self.session = Session(self.engine, self)
        self.commands = Commands(self)
        self.questions = EngineQuestions(self, self.engine, self.session, self.say)
        self.actions_by_id = actions.build(self, self.commands.run)
        self.held_keys = HeldKeys((self.actions_by_id[name] for name in HELD_DOWN), self)
        self.selection = Selection(self)
        self._make_panels()
        self.files = FileCommands(self, self.program, settings)
        self._make_layout()
        self._connect_session()
        self._connect_program()
        self._connect_graph()
        self._connect_tensors()
        SelectionLinks(
            self.selection,
            self.session,
            graph=self.graph,
            inspector=self.inspector,
            program=self.program,
            queue=self.queue,
            variables=self.variables,
            parent=self,
        )
        self._connect_rest()
        self.refresh_state()

    def begin(self, path: Path | None) -> None:
        """After the window is on the screen: open what was asked for and start the engine."""
        self.session.start_engine()
        self.files.begin(path)

    # -- construction

    def _make_panels(self) -> None:
        self.program = ProgramPanel(self)
        self.console = ConsolePanel(self)
        self.variables = VariablesPanel(self.selection, self)
        self.graph = GraphPanel(self.selection, self)
        self.inspector = InspectorPanel(self)
        self.queue = QueuePanel(self)
        self.timeline = TimelinePanel(
            [self.actions_by_id[name] for name in actions.TRANSPORT],
            [self.actions_by_id[name] for name in actions.TRANSPORT_EXTRA],
            self,
        )
        self.pretraining = PretrainingWorkspace(self)
        self.header = Header(self.actions_by_id, self)

    def _make_layout(self) -> None:
        panels = {
            "program": self.program,
            "variables": self.variables,
            "console": self.console,
            "inspector": self.inspector,
            "queue": self.queue,
            "timeline": self.timeline,
        }
        self.backprop = BackpropWorkspace(self.graph, panels, self)
        self.stack = QStackedWidget(self, objectName="central")
        self.stack.addWidget(self.backprop)
        self.stack.addWidget(self.pretraining)
        self.setCentralWidget(self.stack)
        self.setMenuWidget(self.header)
        view = self.header.menu_of["View"]
        view.addMenu("Panels").addActions(self.backprop.toggles())
        self.addActions(list(self.actions_by_id.values()))  # shortcuts work also while the menus are folded
        self._status = StatusBar(self)
        self.setStatusBar(self._status)
        self.setMinimumSize(900, 560)
        self.resize(1440, 900)
        geometry, docks = self.settings.state("geometry"), self.settings.state("docks")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.backprop.restore_layout(docks)
        self.pretraining.restore_layout(self.settings.state("columns"))
        self.show_workspace(self.settings.workspace)

    # -- connections

    def _connect_session(self) -> None:
        session = self.session
        session.state_changed.connect(self._on_state)
        session.ready.connect(self._on_ready)
        session.program_started.connect(self._on_started)
        session.statement_done.connect(self.program.add_result)
        session.statement_running.connect(self.program.set_running_line)
        session.program_finished.connect(self._on_finished)
        session.output.connect(self.console.append)
        session.input_wanted.connect(self._on_input_wanted)
        session.variables_changed.connect(self._on_variables)
        session.graph_changed.connect(self._on_graph)
        session.cards_arrived.connect(self.graph.set_cards)
        session.backward_changed.connect(self._on_backward)
        session.message.connect(self.say)
        session.engine_ended.connect(self.questions.on_ended)
        session.unresponsive.connect(self.questions.on_unresponsive)

    def _connect_program(self) -> None:
        program = self.program
        program.run_requested.connect(lambda: self.commands.run_program(step=False))
        program.stop_requested.connect(self.session.stop)
        program.completions_wanted.connect(self._ask_completions)
        program.place_hovered.connect(self._mark_nodes)
        program.place_changed.connect(self._mark_nodes)
        program.config_found.connect(self._open_configuration)
        program.status.connect(self.say)
        program.editor.undoAvailable.connect(lambda can: self.refresh_state())
        program.editor.redoAvailable.connect(lambda can: self.refresh_state())
        self.console.input_answered.connect(self.session.answer_input)

    def _connect_graph(self) -> None:
        graph = self.graph
        graph.cards_wanted.connect(
            lambda graph_id, nodes, slots: self.engine.send(AskCards(graph=graph_id, nodes=nodes, slots=slots))
        )
        graph.output_chosen.connect(self.session.show_graph)
        graph.status.connect(self.say)

    def _connect_tensors(self) -> None:
        self.variables.retain_grad_requested.connect(self._add_retain_grad)
        self.inspector.rectangle_wanted.connect(self._ask_rectangle)
        self.inspector.details_wanted.connect(self._ask_details)
        self.inspector.text_wanted.connect(self.copy_text)
        self.inspector.place_clicked.connect(self.program.go_to)
        self.inspector.status.connect(self.say)

    def _connect_rest(self) -> None:
        self.selection.changed.connect(self.refresh_state)
        self.files.run_folder_wanted.connect(self.commands.open_run_folder)
        self.held_keys.repeated.connect(self.commands.repeat)
        self.held_keys.let_go.connect(self.session.stepping.let_go)
        self.timeline.moved.connect(self.session.move)
        self.timeline.speed_changed.connect(self.session.stepping.set_speed)
        self.header.workspace_chosen.connect(self.show_workspace)
        self.pretraining.status.connect(self.say)
        self.pretraining.state_changed.connect(lambda: self.refresh_state())
        # A bound method of a QObject: the theme outlives the window, and this connection must not.
        theme.current().changed.connect(self._dress_actions)

    def _dress_actions(self) -> None:
        actions.dress(self.actions_by_id)

    # -- from the engine

    def _on_state(self, state: str) -> None:
        if state != "input":  # answered, interrupted, or the engine is gone
            self.console.end_input()
        self.refresh_state()

    def _on_ready(self, event: Ready) -> None:
        threads = f"{event.n_threads} thread" + ("s" if event.n_threads != 1 else "")
        self._status.set_devices(f"torch {event.torch_version}   {', '.join(event.devices)}, {threads}")
        self.pretraining.set_devices(event.devices)
        self.refresh_state()

    def _on_started(self) -> None:
        self.program.clear_results()
        self.program.set_error(None)
        self.say("")

    def _on_finished(self, event: Finished) -> None:
        self.program.set_error(error_of(event))
        if event.interrupted:
            self.say("Stopped. What ran before stays.")
        elif event.error is not None:
            self.say(event.error.sentence)
        else:
            self.say(f"Ran in {event.dt_ms:,.0f} ms")

    def _on_input_wanted(self, prompt: str) -> None:
        self.backprop.docks["console"].show()
        self.console.ask_input(prompt)

    def _on_graph(self, graph: Graph | None) -> None:
        nodes = graph.nodes if graph is not None else ()
        self.graph.set_graph(graph)
        self.variables.set_categories({node.id: node.category for node in nodes})
        self.selection.set_graph(graph)
        self.refresh_state()

    def _on_backward(self) -> None:
        history = self.session.history
        self.graph.set_backward(history.view())
        self.queue.set_rows(backward_words.queue_rows(history))
        self.timeline.set_marks(Marks(history.order(), history.norms, history.nodes), history.position, history.newest)
        self.timeline.set_position(*backward_words.position_words(history))
        self._mark_program()
        state = history.state
        if state is not None and state.owned and state.status == "failed" and state.error is not None:
            self.say(state.error.sentence)
        self.refresh_state()

    def _mark_program(self) -> None:
        history = self.session.history
        step, state = history.current, history.state
        node = history.nodes.get(step.node) if step is not None else None
        held = state is not None and state.status == "paused"
        self.program.mark_source(node.source if node is not None and held else None)
        if held and state is not None and not state.owned:
            self.program.set_paused(f"paused {history.position} / {history.n_nodes}", state.line)
        else:
            self.program.set_paused(None, 0)

    # -- words and state

    @property
    def path(self) -> str:
        """The file that the program runs as."""
        return self.files.run_path

    def say(self, sentence: str) -> None:
        """One sentence at the right of the status bar."""
        self._status.say(sentence)

    def refresh_state(self) -> None:
        """Enable what can be done now, and say where things stand."""
        actions.enable(self.actions_by_id, self.commands.conditions())
        session = self.session
        if self.workspace == 1:
            self.header.set_state(*self.pretraining.state_words())
        else:
            self.header.set_state(session.state, session.describe())
        self._status.set_engine(session.describe())
        self.program.set_running(session.is_busy)
        held = session.state == "paused"
        self.timeline.set_primary(2 if held else None)
        self.program.set_primary(not held)
        play = self.actions_by_id["play"]
        play.setProperty("icon_name", "pause" if session.stepping.is_playing else "play")
        play.setProperty("short_text", "Pause" if session.stepping.is_playing else "Play")
        play.setText("Pause" if session.stepping.is_playing else "Play")

    @property
    def workspace(self) -> int:
        """0 is Backprop, 1 is Pretraining."""
        return self.stack.currentIndex()

    def panels_on_screen(self) -> list[tuple[QWidget, QWidget]]:
        """The panels of the workspace in front, each with what takes the keyboard in it, in the order of F6."""
        if self.workspace:
            return self.pretraining.stops()
        return [
            (self.program, self.program.editor),
            (self.variables, self.variables.table),
            (self.console, self.console.view),
            (self.graph, self.graph.canvas),
            (self.inspector, self.inspector.value.heat_map),
            (self.queue, self.queue.view),
            (self.timeline, self.timeline.scrubber),
        ]

    def show_workspace(self, index: int) -> None:
        """0 is Backprop, 1 is Pretraining."""
        self.stack.setCurrentIndex(index)
        self.header.tabs.choose(index)
        self.refresh_state()

    # -- small intents

    def _ask_completions(self, text: str, line: int, column: int) -> None:
        self.engine.ask(
            AskCompletions(text=text, line=line, column=column),
            lambda event: self.program.show_completions(event.completions, event.prefix),
            lambda sentence: None,
        )

    def _ask_rectangle(self, request: AskRectangle) -> None:
        self.engine.ask(
            request,
            lambda event: self.inspector.set_rectangle(event.rectangle),
            lambda sentence: self.inspector.request_failed(request.key, sentence),
        )

    def _ask_details(self, key: TensorKey) -> None:
        self.engine.ask(
            AskDetails(key=key),
            lambda event: self.inspector.set_details(event.details),
            lambda sentence: self.inspector.request_failed(key, sentence),
        )

    def _mark_nodes(self, line: int, column: int) -> None:
        """The nodes of a place of the program that ran."""
        path = self.program.editor.run_lines.path or self.path
        self.graph.highlight_source(path if line else None, line, column)

    def _on_variables(self, rows: tuple[Variable, ...]) -> None:
        self.variables.set_retain_lines({row.name: self.program.assignment_line(row.name) for row in rows})
        self.variables.set_variables(rows)
        self.selection.set_variables(rows)
        if self.selection.node is not None:
            self.inspector.refresh()

    def _open_configuration(self, text: str) -> None:
        self.pretraining.fill_from_text(text)
        self.show_workspace(1)

    def _add_retain_grad(self, name: str) -> None:
        self.program.insert_line(f"{name}.retain_grad()", after_assignment_of=name)

    def copy_text(self, key: TensorKey) -> None:
        """A tensor's numbers on the clipboard."""
        self.engine.ask(AskText(key=key), lambda event: self._to_clipboard(event.text), self.say)

    def _to_clipboard(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.say(f"Copied {len(text):,} characters")

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.files.is_unsaved:
            event.ignore()
            self.files.leave(self.close)
            return
        self.settings.set_state("geometry", self.saveGeometry())
        self.settings.set_state("docks", self.backprop.save_layout())
        self.settings.set_state("columns", self.pretraining.save_layout())
        self.settings.workspace = self.workspace
        self.session.close()
        self.files.close()
        self.pretraining.close()
        self.graph.shut_down()
        QTimer.singleShot(0, QApplication.quit)
        super().closeEvent(event)
