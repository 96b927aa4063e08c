"""The one window: it makes every part and connects the rooms. Intents go up, frozen values come down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QStackedWidget

from engine.protocol.messages import Ready
from visualizer.app import actions
from visualizer.app.applying import Applying
from visualizer.app.backprop_links import BackpropLinks
from visualizer.app.commands.backward import HELD_DOWN, BackwardCommands
from visualizer.app.commands.documents import DocumentCommands
from visualizer.app.commands.edit import EditCommands
from visualizer.app.commands.graph import GraphCommands
from visualizer.app.commands.program import ProgramCommands
from visualizer.app.commands.tensors import TensorCommands
from visualizer.app.commands.training import TrainingCommands
from visualizer.app.commands.window import WindowCommands
from visualizer.app.conditions import Conditions
from visualizer.app.engine_questions import EngineQuestions
from visualizer.app.enter_presses import EnterPresses
from visualizer.app.file_commands import FileCommands
from visualizer.app.header import Header
from visualizer.app.held_keys import HeldKeys
from visualizer.app.invocations import Invocations
from visualizer.app.languages import Languages
from visualizer.app.lesson_links import LessonLinks
from visualizer.app.lesson_shows import LessonShows
from visualizer.app.neighbours import Neighbours
from visualizer.app.page_colors import PageColors
from visualizer.app.placement import Placement
from visualizer.app.presenting import PointerRing, Presenting
from visualizer.app.settings import Settings
from visualizer.app.settings_trouble import SettingsTrouble
from visualizer.app.status_bar import StatusBar
from visualizer.app.text_fields import Copied, TextFields
from visualizer.app.told_state import ToldState
from visualizer.app.training_room import TrainingRoom
from visualizer.app.way_back import WayBack
from visualizer.backprop.breakpoint_links import BreakpointLinks
from visualizer.backprop.breakpoints.panel import BreakpointPanel
from visualizer.backprop.console.panel import ConsolePanel
from visualizer.backprop.graph.first_steps import FIRST_STEPS
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.backprop.health.panel import HealthPanel
from visualizer.backprop.inspector.panel import InspectorPanel
from visualizer.backprop.large_panel import MIDDLE
from visualizer.backprop.middle import Middle
from visualizer.backprop.outline.panel import OutlinePanel
from visualizer.backprop.panels import Panels
from visualizer.backprop.predict.panel import PredictPanel
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.backprop.queue.panel import QueuePanel
from visualizer.backprop.stage.panel import TensorStage
from visualizer.backprop.timeline.panel import TimelinePanel
from visualizer.backprop.variables.panel import VariablesPanel
from visualizer.backprop.workspace import BackpropWorkspace
from visualizer.lessons.progress import Progress
from visualizer.lessons.reader import LessonReader
from visualizer.look import spoken, theme
from visualizer.look.spoken import Words, speak, speak_count
from visualizer.model.engine_process import EngineProcess
from visualizer.model.facts import GraphFacts
from visualizer.model.health import HealthBook
from visualizer.model.selection import Selection
from visualizer.model.session import Session

if TYPE_CHECKING:
    from visualizer.pretraining.workspace import PretrainingWorkspace


class MainWindow(QMainWindow):
    """The session with its engine, the selection, the panels, and the commands that act on them."""

    def __init__(self, settings: Settings, engine: EngineProcess | None = None) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.settings = settings
        self.engine = engine or EngineProcess(settings.engine_command)
        self.engine.setParent(self)
        self.session = Session(self.engine, self)
        self.selection = Selection(self)
        self.facts = GraphFacts(self.session, self)
        self.health = HealthBook(self.session, self)
        self.questions = EngineQuestions(self, self.engine, self.session, self.say)
        self.actions_by_id = actions.build(self, self.do)
        self.held_keys = HeldKeys((self.actions_by_id[name] for name in HELD_DOWN), self)
        self._is_leaving = False
        with theme.current().dressing_at_once():
            self._make_panels()
            self.files = FileCommands(self, self.program, self.questions, settings)
            self._invocations = Invocations(self.files, self.program, settings)
            Neighbours(self.files, self.program)
            self._make_layout()
        self._placement.restore()
        self._show_workspace(self.workspace)
        self.breakpoints = self._link_breakpoints()
        self.session.nan.is_on = self.settings.pauses_on_nan
        self._make_commands()
        self._state = self._make_state()
        EnterPresses(self)
        self._connect_rooms()  # before the panels, so that a dock is open when the keyboard goes into it
        links = self._link_backprop()
        self.breakpoints.load()
        self.files.replaced.connect(self.breakpoints.load)
        self._lesson_links = self._link_lessons()
        self.commands |= links.table() | self._lesson_links.table()
        self.commands |= {name: self.way_back.noting(name, command) for name, command in self.commands.items()}
        self._connect_state()
        self._state.show()

    @property
    def pretraining(self) -> PretrainingWorkspace:
        """The second workspace, which is made when it is first asked for."""
        return self._training.workspace

    def begin(self, path: Path | None, arguments: tuple[str, ...] = ()) -> None:
        """After the window is on the screen: open what was asked for, a program with its arguments, and start the
        engine, which may have been on its way before the window was."""
        self.session.begin()
        self._training.load()
        self.files.begin(path)
        if path is not None and self.files.document.path == path.absolute():
            self._invocations.begin(arguments)
        self.files.replaced.connect(lambda: self.stack.setCurrentIndex(0))  # not for the program of the start
        if self.settings.shows_lessons:
            self._lesson_links.show(is_shown=True)
        SettingsTrouble(self.settings, self.say, self)

    # -- construction

    def _make_panels(self) -> None:
        # In the order in which they are read, which is that of Tab.
        self.header = Header(self.actions_by_id, self)
        self.lessons = LessonReader(Progress(), self)
        self.lessons.hide()
        self.program = ProgramPanel(self)
        self.variables = VariablesPanel(self.selection, self)
        self.outline = OutlinePanel(self.selection, self.facts, self)
        health = HealthPanel(self.health, self.selection, self)
        self.console = ConsolePanel(self)
        self.graph, stage = GraphPanel(self.selection, self.facts, self), TensorStage(self)
        self.inspector = InspectorPanel(self)
        self.queue = QueuePanel(self)
        breakpoints, predict = BreakpointPanel(self.session.breakpoints, self), PredictPanel(self)
        self.timeline = TimelinePanel(
            [self.actions_by_id[name] for name in actions.TRANSPORT],
            [self.actions_by_id[name] for name in actions.TRANSPORT_EXTRA],
            self.session.passes,
            self,
        )
        self.panels = Panels(
            *(self.program, self.variables, self.outline, self.console),
            *(self.graph, self.inspector, self.queue, self.timeline),
            *(breakpoints, health, predict),
            *(stage, Middle(self.graph, stage, self)),
        )
        self._training = TrainingRoom(self, root=self.settings.runs_folder)

    def _make_layout(self) -> None:
        self.backprop = BackpropWorkspace(self.panels.middle, self.panels.docks(), self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.backprop)
        self.stack.addWidget(self._training)
        self._beside = QSplitter(self, objectName="central")
        self._beside.setChildrenCollapsible(False)
        self._beside.addWidget(self.lessons)
        self._beside.addWidget(self.stack)
        self._beside.setStretchFactor(1, 1)
        self.setCentralWidget(self._beside)
        self.backprop.large.watch(self.graph.bar, MIDDLE)
        self.backprop.large.watch(self.panels.stage, MIDDLE)
        self.presenting = Presenting(self, self.backprop.large, self._training)
        self.pointer = PointerRing(self)
        docks = self.backprop.docks
        led_to = {"predict": docks["predict"], "what_if": docks["inspector"], "health": docks["health"]}
        self.way_back = WayBack({**led_to, "lessons": self.lessons}, self)
        self.setMenuWidget(self.header)
        view = self.header.menu_of["View"]
        self.languages = Languages(view.addMenu(""))
        self.lessons.language_wanted.connect(self.languages.chosen)
        panels = view.addMenu("")
        speak(panels.setTitle, "Panels")
        panels.addActions(self.backprop.toggles())
        self.addActions(list(self.actions_by_id.values()))  # shortcuts work also while the menus are folded
        self._status = StatusBar(self)
        self.setStatusBar(self._status)
        self._placement = Placement(
            *(self, self.settings),
            backprop=self.backprop,
            pretraining=self._training,
            beside=self._beside,
            workspaces=self.stack,
        )

    def _make_commands(self) -> None:
        self._program_commands = ProgramCommands(self, self.session, self.files, self.program, self._invocations)
        self._backward_commands = BackwardCommands(self, self.session, self.selection, self.panels, self.say)
        tensors = TensorCommands(
            *(self, self.session, self.selection, self.panels, self.say), bring=lambda: self._bring("inspector")
        )
        menu = self.header.menu_of["File"]
        documents = DocumentCommands(self.files, self.settings, menu, self.actions_by_id["open_run"])
        self.files.tensors_wanted.connect(lambda name: tensors.insert(Path(name)))
        self._training_commands = TrainingCommands(self, self.stack, self._training)
        self.fields = TextFields(self, self.program.editor, self.session.experiments)
        self.fields.offer_copy(
            Copied(self.inspector, lambda: self.inspector.has_tensor, self.inspector.copy),
            Copied(self.variables, lambda: self.variables.selected, self.variables.copy),
            Copied(self.graph, lambda: self.session.graph is not None, self.graph.copy),
        )
        edit = EditCommands(
            self.fields, self.stack, self.panels, self.backprop.large, lambda: self.pretraining.list.focus_search()
        )
        self.panels.offer(self.actions_by_id["see_operation"])
        self.panels.offer(self.actions_by_id["why"])
        overlays, text = self.graph.overlays, self.program.editor.document()
        overlays.empty.steps.offer([self.actions_by_id[name] for name in FIRST_STEPS])
        self.program.text_changed.connect(lambda: overlays.set_has_program(has_program=not text.isEmpty()))
        self.commands: dict[str, Callable[[], object]] = {}
        self.commands |= {"present": self.presenting.toggle, "pointer": self.pointer.toggle}
        for group in (
            *(self.files, self._invocations, documents, tensors, self.breakpoints),
            *(self._program_commands, self._backward_commands, self._training_commands),
            *(self._graph_commands(), edit, self._window_commands(documents)),
        ):
            self.commands |= group.table()

    def _graph_commands(self) -> GraphCommands:
        return GraphCommands(
            self,
            workspaces=self.stack,
            backprop=self.backprop,
            panels=self.panels,
            session=self.session,
            selection=self.selection,
            presenting=self.presenting,
            way_back=self.way_back,
            settings=self.settings,
        )

    def _window_commands(self, documents: DocumentCommands) -> WindowCommands:
        return WindowCommands(
            self,
            actions=self.actions_by_id,
            applying=Applying(
                *(self.settings, self.engine, self.actions_by_id, self._training, self.panels.program.editor),
                is_presenting=lambda: self.presenting.is_on,
            ),
            session=self.session,
            workspaces=self.stack,
            backprop=self.backprop,
            panels=self.panels,
            pretraining=self._training,
            lessons=self.lessons,
            recent=documents.entries,
            languages=self.languages,
        )

    def _make_state(self) -> ToldState:
        conditions = Conditions(
            fields=self.fields,
            presenting=self.presenting,
            way_back=self.way_back,
            pointer=self.pointer,
            session=self.session,
            selection=self.selection,
            workspaces=self.stack,
            backprop=self.backprop,
            panels=self.panels,
            pretraining=self._training,
            lessons=self.lessons,
        )
        return ToldState(
            session=self.session,
            conditions=conditions,
            table=self.actions_by_id,
            header=self.header,
            status=self._status,
            panels=self.panels,
            pretraining=self._training,
            workspaces=self.stack,
            parent=self,
        )

    # -- connections

    def _link_breakpoints(self) -> BreakpointLinks:
        return BreakpointLinks(
            self.session,
            self.panels,
            lambda: self.files.document.path,
            self.say,
            lambda: self.backprop.bring("breakpoints"),
            self,
        )

    def _link_backprop(self) -> BackpropLinks:
        return BackpropLinks(
            *(self.session, self.selection, self.panels, self.health),
            actions=self.actions_by_id,
            step=self.commands["step"],
            run_to_nan=lambda: self._program_commands.run(to_nan=True),
            is_newest=lambda: self._program_commands.is_newest,
            bring=self.backprop.bring,
            bring_health=lambda: self._bring("health"),
            offer=self.backprop.offer,
            say=self.say,
            parent=self,
        )

    def _link_lessons(self) -> LessonLinks:
        return LessonLinks(
            self.lessons,
            session=self.session,
            files=self.files,
            program=self._program_commands,
            shows=LessonShows(
                self.lessons,
                selection=self.selection,
                workspaces=self.stack,
                backprop=self.backprop,
                middle=self.panels.middle,
                inspector=self.inspector,
                pretraining=self._training,
                actions=self.actions_by_id,
                colors=PageColors(self.panels.graph.colors),
                say=self.say,
            ),
            parent=self,
        )

    def _connect_state(self) -> None:
        """Whatever changes what can be done, or where things stand."""
        session, editor = self.session, self.program.editor
        changes = (
            session.state_changed,
            session.ready,
            session.graph_changed,
            session.backward_changed,
            session.breakpoints.changed,
            session.passes.changed,
            session.nan.changed,
            session.nan.switched,
            session.experiments.changed,
            self.selection.changed,
            self.fields.changed,
            self.header.menu_of["Edit"].aboutToShow,
            self._training.state_changed,
            editor.undoAvailable,
            editor.redoAvailable,
            self.stack.currentChanged,
            self.lessons.turned,
            self.way_back.changed,
            self.backprop.large.changed,
            self.graph.colors.changed,
            self.graph.overlays.legend_chosen,
            self.graph.light.switched,
        )
        self._state.follow(changes)
        # Bound methods of a QObject: the theme outlives the window, and this connection must not.
        theme.current().changed.connect(self._dress_actions)
        spoken.current().changed.connect(self._say_again)

    def _connect_rooms(self) -> None:
        session, program, training = self.session, self.program, self._training_commands
        session.ready.connect(self._on_ready)
        session.input_wanted.connect(lambda prompt: self.backprop.bring("console"))
        session.engine_ended.connect(self.questions.on_ended)
        session.unresponsive.connect(self.questions.on_unresponsive)
        program.run_requested.connect(self._program_commands.run)
        program.config_found.connect(training.open_configuration)
        self.files.replaced.connect(self._begin_document)
        self.files.run_folder_wanted.connect(training.open_run_folder)
        self.held_keys.repeated.connect(self._backward_commands.repeat)
        self.held_keys.let_go.connect(session.stepping.let_go)
        self.stack.currentChanged.connect(self._show_workspace)
        self.header.workspace_chosen.connect(self.stack.setCurrentIndex)
        for sentence in (session.message, program.status, self.graph.status, self.inspector.status):
            sentence.connect(self.say)
        session.of_now.over.connect(self._status.take_back)
        self._training.status.connect(self.say)
        self._training.said_again.connect(self._status.say_again)

    # -- words and state

    def do(self, name: str) -> None:
        """Do one action of the table."""
        self.commands[name]()
        if self.actions_by_id[name].isCheckable():
            self._state.forget()  # the click has changed that
        self._state.show()

    def say(self, sentence: Words) -> None:
        """One sentence at the right of the status bar."""
        self._status.say(sentence)

    @property
    def workspace(self) -> int:
        """0 is Backprop, 1 is Pretraining."""
        return self.stack.currentIndex()

    def _on_ready(self, event: Ready) -> None:
        speak_count(
            self._status.set_devices,
            "torch {version}   {devices}, {n} thread",
            "torch {version}   {devices}, {n} threads",
            event.n_threads,
            version=event.torch_version,
            devices=", ".join(event.devices),
        )
        self._training.set_devices(event.devices)

    def _begin_document(self) -> None:
        """What belonged to the program before goes with it."""
        (self.session.begin_page if self.files.is_page_after_page else self.session.begin_document)()
        self.selection.clear()
        self.console.clear()
        self.variables.filter.clear()
        self.graph.bar.field.clear()
        self.outline.field.clear()
        self.say(str)
        self.program.editor.setFocus()

    def _dress_actions(self) -> None:
        actions.dress(self.actions_by_id)

    def _say_again(self) -> None:
        """Where things stand, in another language."""
        self._state.forget()
        self._state.show()

    def _show_workspace(self, index: int) -> None:
        self.header.tabs.choose(index)

    def _bring(self, name: str) -> None:
        """A panel of Backprop, whichever workspace is on screen."""
        self.stack.setCurrentIndex(0)
        self.backprop.bring(name)

    def close_unasked(self) -> None:
        """Give up what is not saved, and what the program has computed."""
        self._is_leaving = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.files.must_ask and not self._is_leaving:
            event.ignore()
            self.files.leave_window(self.close_unasked)
            return
        self.files.forget()
        self._placement.save()
        self.settings.shows_lessons = not self.lessons.isHidden()
        self.settings.pauses_on_nan = self.session.nan.is_on
        self.session.close()
        self.files.close()
        self._training.close()
        self.graph.shut_down()
        self.inspector.shut_down()
        self.lessons.shut_down()
        QTimer.singleShot(0, QApplication.quit)
        super().closeEvent(event)
