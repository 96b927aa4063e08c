"""What each row of the action table does, when it can be done, and the questions that some of them ask."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QInputDialog, QWidget

from engine.protocol.messages import Preview
from engine.protocol.until import Until, UntilEnd, UntilNext, UntilNode, UntilOutOfModule
from visualizer.app.actions import TABLE
from visualizer.app.command_palette import CommandPalette
from visualizer.app.file_commands import FileCommands
from visualizer.app.settings import Settings
from visualizer.app.shortcut_sheet import ShortcutSheet
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.backprop.inspector.panel import InspectorPanel
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.backprop.tensor_builder.dialog import TensorBuilder
from visualizer.backprop.timeline.panel import TimelinePanel
from visualizer.backprop.workspace import BackpropWorkspace
from visualizer.look import theme
from visualizer.look.boxes import inform
from visualizer.look.file_dialogs import ask_folder, ask_new_file
from visualizer.model.engine_process import EngineProcess
from visualizer.model.selection import Selection
from visualizer.model.session import Session
from visualizer.pretraining.workspace import PretrainingWorkspace

HELD_DOWN: dict[str, Until] = {"step": UntilNext(), "step_over": UntilOutOfModule()}  # keys that may be held down
_EXPORTS = "SVG drawing (*.svg);;PDF document (*.pdf);;PNG picture (*.png);;DOT structure (*.dot)"


class Desk(Protocol):
    """What the commands act on: the window, which is a QWidget, with its session and panels."""

    settings: Settings
    engine: EngineProcess
    session: Session
    files: FileCommands
    actions_by_id: dict[str, QAction]
    selection: Selection
    backprop: BackpropWorkspace
    program: ProgramPanel
    graph: GraphPanel
    inspector: InspectorPanel
    timeline: TimelinePanel
    pretraining: PretrainingWorkspace

    def close(self) -> bool: ...
    @property
    def workspace(self) -> int: ...
    def panels_on_screen(self) -> list[tuple[QWidget, QWidget]]: ...
    def refresh_state(self) -> None: ...
    def say(self, sentence: str) -> None: ...
    def show_workspace(self, index: int) -> None: ...


class Commands:
    """`run(id)` does what the action says. It acts on the window's session and panels and keeps no state."""

    def __init__(self, window: Desk) -> None:
        self._window = window
        self._table: dict[str, Callable[[], object]] = {}

    def run(self, name: str) -> None:
        """Do one action of the table."""
        if not self._table:
            self._table = self._make_table()
        self._table[name]()

    def _make_table(self) -> dict[str, Callable[[], object]]:
        window, session, files = self._window, self._window.session, self._window.files
        look, stepping = theme.current(), session.stepping
        return {
            "new": files.new,
            "open": files.open,
            "save": files.save,
            "save_as": files.save_as,
            "open_run": self._open_run,
            "export": self.export_graph,
            "quit": window.close,
            "undo": window.program.undo,
            "redo": window.program.redo,
            "find": self._find,
            "copy_tensor": window.inspector.copy,
            "deselect": window.selection.clear,
            "backprop": lambda: window.show_workspace(0),
            "pretraining": lambda: window.show_workspace(1),
            "palette": lambda: CommandPalette(self.palette_entries(), window).open_over(window),
            "fit": window.graph.fit,
            "fold_all": window.graph.fold_all,
            "unfold_all": window.graph.unfold_all,
            "theme_system": lambda: self._set_theme("system"),
            "theme_dark": lambda: self._set_theme("dark"),
            "theme_light": lambda: self._set_theme("light"),
            "larger": lambda: self._set_scale(look.scale + 0.125),
            "smaller": lambda: self._set_scale(look.scale - 0.125),
            "next_panel": lambda: self._go_to_panel(1),
            "previous_panel": lambda: self._go_to_panel(-1),
            "arrange": self._arrange,
            "reset_layout": self._reset_layout,
            "run": lambda: self.run_program(step=False),
            "step_through": lambda: self.run_program(step=True),
            "restart_and_run": self._restart_and_run,
            "stop": session.stop,
            "build_tensor": self._build_tensor,
            "restart_engine": session.start_engine,
            "step_output": self._step_output,
            "start": lambda: stepping.go_back(0),
            "back": lambda: stepping.go_back(session.history.position - 1),
            "step": lambda: stepping.step(HELD_DOWN["step"]),
            "step_over": lambda: stepping.step(HELD_DOWN["step_over"]),
            "run_to": self._run_to,
            "play": lambda: stepping.play(window.timeline.interval_ms),
            "end": lambda: stepping.step(UntilEnd()),
            "reset": session.reset_backward,
            "keep": self._keep,
            "train_start": self._train_start,
            "train_pause": window.pretraining.pause_or_resume,
            "train_stop": window.pretraining.stop,
            "shortcuts": lambda: ShortcutSheet(window).open(),
            "about": self._about,
        }

    def conditions(self) -> set[str]:
        """Which of the table's `enabled_when` hold now."""
        session, window = self._window.session, self._window
        history, state = session.history, session.history.state
        graph = session.graph
        held = {"busy"} if session.is_busy or session.state == "stepping" else {"idle"}
        if graph is not None and graph.nodes:
            held.add("graph")
            if not session.is_busy:
                held.add("output")
        if history.position > 0:
            held.add("behind")
        if session.can_step or session.may_be_held or not history.is_live:
            held.add("ahead")
            if window.selection.node is not None:
                held.add("ahead_selected")
        if state is not None and state.owned:
            held.add("owned")
            if state.status == "finished":
                held.add("owned_done")
        if window.inspector.has_tensor:
            held.add("tensor")
        if window.selection.current is not None and not window.workspace:
            held.add("selection")
        if window.pretraining.is_training:
            held.add("training")
        held.add("in_pretraining" if window.workspace else "in_backprop")
        held.add(f"theme_{theme.current().mode}")
        held |= {"arranging"} if window.backprop.is_arranging else set()
        document = window.program.editor.document()
        held |= {"undoable"} if document.isUndoAvailable() else set()
        held |= {"redoable"} if document.isRedoAvailable() else set()
        return held

    # -- program

    def run_program(self, *, step: bool) -> None:
        """Save the text to the file that it runs as, then run it in the live namespace."""
        window = self._window
        path = window.files.write_for_run()
        if path is not None:
            if not window.session.is_busy:
                window.program.begin_run(path)
            window.session.run(window.program.text(), path, step=step)

    def _restart_and_run(self) -> None:
        path = self._window.files.write_for_run()
        if path is not None:
            self._window.program.begin_run(path)
            self._window.session.restart_and_run(self._window.program.text(), path)

    def _build_tensor(self) -> None:
        window = self._window
        used = {row.name for row in window.session.variables}
        dialog = TensorBuilder(window.session.devices, window, used=used)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.preview_wanted.connect(
            lambda expression: window.engine.ask(
                Preview(expression=expression),
                lambda event: dialog.show_preview(event.summary),
                dialog.show_preview_error,
            )
        )
        dialog.line_built.connect(window.program.insert_line)
        dialog.open()

    # -- backward

    def repeat(self, name: str) -> None:
        """The key of a step is held down."""
        self._window.session.stepping.repeat(HELD_DOWN[name])

    def _step_output(self) -> None:
        window = self._window
        graph = window.session.graph
        if graph is None:
            return
        variable = next((row for row in window.session.variables if row.name == graph.output), None)
        if variable is not None and variable.summary is not None and variable.summary.n_elements != 1:
            self._ask_root_gradient(graph.output, variable.summary.shape)
        else:
            window.session.step_output(graph.output)

    def _ask_root_gradient(self, output: str, shape: tuple[int, ...]) -> None:
        """What was given last is offered again: it may have had a slip."""
        session = self._window.session
        dialog = QInputDialog(self._window)
        dialog.setObjectName("root_gradient")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Gradient for the root")
        dialog.setLabelText(f"{output} has the shape {shape}, so the backward needs a gradient of that shape:")
        dialog.setTextValue(session.root_gradients.get(output, f"torch.ones_like({output})"))
        dialog.textValueSelected.connect(lambda gradient: session.step_output(output, gradient))
        dialog.open()

    def _run_to(self) -> None:
        node = self._window.selection.node
        if node is not None:
            self._window.session.stepping.step(UntilNode(node.id))

    def _keep(self) -> None:
        self._window.session.keep_gradients()
        self._window.say("The gradients of this pass stay in the tensors' .grad.")

    # -- files, look, training

    def export_graph(self) -> None:
        """Ask for a file and write the canvas into it."""
        ask_new_file(self._window, "Export graph", self._window.graph.export, path="graph.svg", kinds=_EXPORTS)

    def _open_run(self) -> None:
        ask_folder(self._window, "Open run folder", self.open_run_folder)

    def open_run_folder(self, path: str) -> None:
        """Show a run in the Pretraining workspace."""
        self._window.show_workspace(1)
        self._window.pretraining.open_run(path)

    def _find(self) -> None:
        if self._window.program.has_editor_focus():
            self._window.program.find()
            return
        self._window.show_workspace(0)
        self._window.graph.focus_search()

    def palette_entries(self) -> list[tuple[str, QAction]]:
        """What the command palette offers: every action but itself, and the panels to close and reopen."""
        actions = self._window.actions_by_id
        entries = [(row.menu, actions[row.id]) for row in TABLE if row.id != "palette"]
        return entries + [("Panels", toggle) for toggle in self._window.backprop.toggles()]

    def _go_to_panel(self, way: int) -> None:
        """The panels of the workspace in a ring; the one behind or before the one that has the focus."""
        panels = [(panel, stop) for panel, stop in self._window.panels_on_screen() if stop.isVisible()]
        focused = QApplication.focusWidget()
        has_focus = [panel is focused or panel.isAncestorOf(focused) for panel, _stop in panels]
        here = has_focus.index(True) if True in has_focus else (-1 if way > 0 else 0)
        panels[(here + way) % len(panels)][1].setFocus(Qt.FocusReason.TabFocusReason)

    def _arrange(self) -> None:
        self._window.backprop.set_arranging(not self._window.backprop.is_arranging)
        self._window.refresh_state()

    def _set_theme(self, mode: str) -> None:
        self._window.settings.theme_mode = mode
        theme.current().set_mode(mode)
        self._window.refresh_state()

    def _set_scale(self, scale: float) -> None:
        theme.current().set_scale(scale)
        self._window.settings.scale = theme.current().scale

    def _reset_layout(self) -> None:
        self._window.backprop.reset_layout()
        self._window.pretraining.reset_layout()
        self._window.refresh_state()

    def _train_start(self) -> None:
        self._window.show_workspace(1)
        self._window.pretraining.start()

    def _about(self) -> None:
        info = self._window.session.info
        words = f"Tensor visualizer {version('tensor-visualizer')}"
        if info is not None:
            words += f"\ntorch {info.torch_version}, Python {info.python_version}, engine process {info.pid}"
        inform(self._window, "About", words)
