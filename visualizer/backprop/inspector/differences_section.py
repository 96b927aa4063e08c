"""The gradient at the selected output beside finite differences: asked for by a button, and told cell by cell."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from engine.protocol.differences import Differences, DifferencesProgress
from engine.protocol.graph_values import Node
from engine.shared.language import grouped, mark, said, tr, trn
from visualizer.backprop.inspector.differences_table import DifferencesTable
from visualizer.backprop.inspector.node_section import CONCEALED, NodeSection, say, text_label
from visualizer.backprop.inspector.rich_text import RichText, to_node
from visualizer.backprop.inspector.time_left import TICK_MS, with_time_left
from visualizer.look import spoken, theme
from visualizer.look.spoken import speak
from visualizer.model.differences import CheckState, badge, size_of

_NOTHING = mark(
    "Not checked. A check runs the program again in a copy of the engine, up to this pass, and compares this gradient "
    "with central differences in float64. It changes nothing of yours."
)
_STAGES = {"running": mark("Running the program again"), "searching": mark("Looking for where they part")}


class DifferencesSection(NodeSection):
    """It asks nothing by itself. Signals: `check_wanted(Node, slot)`, `cancel_wanted()`, `subject_changed()`: another
    output is selected, answer with `show_check`; `cell_chosen(index)`: a row of the table leads to that cell."""

    title = mark("Finite differences")
    is_of_pass = True
    check_wanted = Signal(object, int)
    cancel_wanted = Signal()
    subject_changed = Signal()
    cell_chosen = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("differences_section")
        self.check = QPushButton(self, objectName="differences_check")
        self.check.clicked.connect(self.ask)
        self.cancel = QPushButton(self, objectName="differences_cancel")
        speak(self.cancel.setText, "Cancel")
        speak(self.cancel.setToolTip, "End the check")
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
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self._write_progress)
        for changed in (theme.current().changed, spoken.current().changed):
            changed.connect(self._write)
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
            state = CheckState(failure=tr(CONCEALED))
        if state != self._state:
            self._state = state
            self._write()

    # -- words

    def _write(self) -> None:
        state, found = self._state, self._state.found
        self.check.setVisible(not state.is_running)
        self.check.setText(tr("Check again") if found is not None else tr("Check"))
        self.cancel.setVisible(state.is_running)
        self._write_progress()
        found = None if state.is_running else found
        self.subject.set_text("" if found is None or state.stale else _short(found))
        say(self.verdict, "" if found is None else self._verdict(found, state.stale))
        sentences = () if found is None else found.said
        say(self.said, state.failure or " ".join(map(said, sentences)))
        culprit = -1 if found is None or state.stale else found.culprit
        self.culprit.show_text(lambda: to_node(culprit, tr("Select the node where they part")) if culprit >= 0 else "")
        self.table.show_cells(() if found is None else found.cells)
        say(self.note, self._note(found))

    def _write_progress(self) -> None:
        state = self._state
        say(self.progress, _progress_words(state) if state.is_running else "")
        if state.is_running != self._clock.isActive():
            (self._clock.start if state.is_running else self._clock.stop)()

    def _note(self, found: Differences | None) -> str:
        if found is None:
            return "" if self._state.is_running or self._state.failure else tr(_NOTHING)
        if found.status == "unchecked":
            return ""
        return trn(
            "Central differences in float64 through the {n} operation of this forward pass that depend on it, run "
            "again in a copy of the engine.",
            "Central differences in float64 through the {n} operations of this forward pass that depend on it, run "
            "again in a copy of the engine.",
            found.n_operations,
        )

    @staticmethod
    def _verdict(found: Differences, stale: str) -> str:
        since = tr(stale) if stale else ""
        before = escape(tr("{since}: this is of before.", since=since[:1].upper() + since[1:])) + " " if stale else ""
        if found.status == "unchecked":
            reason = "" if found.reason is None else said(found.reason)
            return before + escape(tr("Not compared. {reason}", reason=reason))
        words, token = (tr("Differs"), "error.text") if found.status == "differs" else (tr("Agrees"), "state.done")
        color = theme.current().color("text.muted" if stale else token).name()
        return f'{before}<span style="color:{color}">{escape(words)}</span>: {escape(_measured(found))}'


def _measured(found: Differences) -> str:
    parts = [tr("relative error {size}", size=size_of(found.relative_error))]
    if found.n_compared == found.n_cells and not found.n_differ:
        parts.append(trn("{n} cell", "all {n} cells", found.n_cells))
    elif found.n_compared < found.n_cells:
        compared = grouped(found.n_compared)
        parts.append(
            trn(
                "{compared} of {n} cell, chosen at random",
                "{compared} of {n} cells, chosen at random",
                found.n_cells,
                compared=compared,
            )
        )
    if found.direction_error is not None:
        parts.append(tr("all of them along one random direction: {size}", size=size_of(found.direction_error)))
    if found.n_differ:
        parts.append(
            trn(
                "{differ} of the {n} cell compared disagree",
                "{differ} of the {n} cells compared disagree",
                found.n_compared,
                differ=found.n_differ,
            )
        )
    return ", ".join(parts) + "."


def _short(found: Differences) -> str:
    return badge(found) or tr("not compared")


def _progress_words(state: CheckState) -> str:
    """How far it is, and about how long that takes yet where it is known and no moment."""
    return with_time_left(_doing(state.progress), state.left_s())


def _doing(progress: DifferencesProgress | None) -> str:
    if progress is None or progress.stage == "running":
        return tr(_STAGES["running"])
    if progress.stage == "searching":
        return tr(_STAGES["searching"])
    if not progress.n_done:
        return tr("Comparing")
    done = grouped(progress.n_done)
    return trn("Comparing: {done} of {n} cell", "Comparing: {done} of {n} cells", progress.n_cells, done=done)
