"""The gradient at the selected output beside finite differences: asked for by a button, and told cell by cell."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from engine.protocol.differences import Differences, DifferencesProgress
from engine.protocol.values import Node
from engine.shared.numbers import count
from visualizer.backprop.inspector.differences_table import DifferencesTable
from visualizer.backprop.inspector.node_section import CONCEALED, NodeSection, say, text_label
from visualizer.backprop.inspector.rich_text import RichText, to_node
from visualizer.look import theme
from visualizer.model.differences import CheckState, badge, size_of

_NOTHING = (
    "Not checked. A check runs the program again in a copy of the engine, up to this pass, and compares this gradient "
    "with central differences in float64. It changes nothing of yours."
)
_STAGES = {"running": "Running the program again…", "searching": "Looking for where they part…"}


class DifferencesSection(NodeSection):
    """It asks nothing by itself. Signals: `check_wanted(Node, slot)`, `cancel_wanted()`, `subject_changed()`: another
    output is selected, answer with `show_check`; `cell_chosen(index)`: a row of the table leads to that cell."""

    title = "Finite differences"
    is_of_pass = True
    check_wanted = Signal(object, int)
    cancel_wanted = Signal()
    subject_changed = Signal()
    cell_chosen = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("differences_section")
        self.check = QPushButton("Check", self, objectName="differences_check")
        self.check.clicked.connect(self.ask)
        self.cancel = QPushButton("Cancel", self, objectName="differences_cancel")
        self.cancel.setToolTip("End the check")
        self.cancel.clicked.connect(self.cancel_wanted)
        self.progress = text_label(self, "differences_progress", "secondary")
        buttons = QHBoxLayout()
        for widget, stretch in ((self.check, 0), (self.cancel, 0), (self.progress, 1)):
            buttons.addWidget(widget, stretch)
        self.column.addLayout(buttons)
        self.verdict = text_label(self, "differences_verdict", "primary")
        self.verdict.setTextFormat(Qt.TextFormat.RichText)
        self.said = text_label(self, "differences_said", "primary")
        self.culprit = RichText("differences_culprit", self.node_chosen.emit, self)
        self.table = DifferencesTable(self)
        self.table.cell_chosen.connect(self.cell_chosen)
        self.note = text_label(self, "differences_note", "secondary")
        for part in (self.verdict, self.said, self.culprit, self.table, self.note):
            self.column.addWidget(part)
        self._state = CheckState()
        theme.current().changed.connect(self._write)
        self.set_open(is_open=False)
        self._write()

    @property
    def node(self) -> Node | None:
        """The node that it is about."""
        found = self._nodes.get(self._node)
        return found if isinstance(found, Node) else None

    def ask(self) -> None:
        """Check what is selected."""
        node = self.node
        if node is not None:
            self.set_open(is_open=True)
        if node is not None and not self._conceals(node.id):
            self.check_wanted.emit(node, self.slot)

    def name_key(self, words: str) -> None:
        """The tooltip of the button, with its key."""
        self.check.setToolTip(words)

    def refresh(self) -> None:
        if self.node is not None:
            self._shown, self.shown_name = self._node, self.node.name
            self.subject_changed.emit()
            self.answer_shown.emit()

    def show_check(self, state: CheckState) -> None:
        """What is known of the output that is selected."""
        if self.node is not None and self._conceals(self.node.id):
            state = CheckState(failure=CONCEALED)
        if state != self._state:
            self._state = state
            self._write()

    # -- words

    def _write(self) -> None:
        state, found = self._state, self._state.found
        self.check.setVisible(not state.is_running)
        self.check.setText("Check again" if found is not None else "Check")
        self.cancel.setVisible(state.is_running)
        say(self.progress, _progress_words(state.progress) if state.is_running else "")
        found = None if state.is_running else found
        self.subject.set_text("" if found is None or state.stale else _short(found))
        say(self.verdict, "" if found is None else self._verdict(found, state.stale))
        said = () if found is None else found.said
        say(self.said, state.failure or " ".join(one.text for one in said))
        culprit = -1 if found is None or state.stale else found.culprit
        self.culprit.show_text(lambda: to_node(culprit, "Select the node where they part") if culprit >= 0 else "")
        self.table.show_cells(() if found is None else found.cells)
        say(self.note, self._note(found))

    def _note(self, found: Differences | None) -> str:
        if found is None:
            return "" if self._state.is_running or self._state.failure else _NOTHING
        if found.status == "unchecked":
            return ""
        return (
            f"Central differences in float64 through the {count(found.n_operations, 'operation')} of this forward pass "
            "that depend on it, run again in a copy of the engine."
        )

    @staticmethod
    def _verdict(found: Differences, stale: str) -> str:
        before = f"{escape(stale[:1].upper() + stale[1:])}: this is of before. " if stale else ""
        if found.status == "unchecked":
            reason = "" if found.reason is None else found.reason.text
            return f"{before}Not compared. {escape(reason)}"
        words, token = ("Differs", "error.text") if found.status == "differs" else ("Agrees", "state.done")
        color = theme.current().color("text.muted" if stale else token).name()
        return f'{before}<span style="color:{color}">{words}</span>: {escape(_measured(found))}'


def _measured(found: Differences) -> str:
    cells = count(found.n_cells, "cell")
    parts = [f"relative error {size_of(found.relative_error)}"]
    if found.n_compared == found.n_cells and not found.n_differ:
        parts.append(f"all {cells}" if found.n_cells > 1 else cells)
    elif found.n_compared < found.n_cells:
        parts.append(f"{found.n_compared:,} of {cells}, chosen at random")
    if found.direction_error is not None:
        parts.append(f"all of them along one random direction: {size_of(found.direction_error)}")
    if found.n_differ:
        parts.append(f"{found.n_differ} of the {count(found.n_compared, 'cell')} compared disagree")
    return ", ".join(parts) + "."


def _short(found: Differences) -> str:
    return badge(found) or "not compared"


def _progress_words(progress: DifferencesProgress | None) -> str:
    if progress is None or progress.stage == "running":
        return _STAGES["running"]
    if progress.stage == "searching":
        return _STAGES["searching"]
    if not progress.n_cells:
        return "Comparing…"
    return f"Comparing: {progress.n_done:,} of {count(progress.n_cells, 'cell')}"
