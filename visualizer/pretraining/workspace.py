"""The Pretraining workspace: the panels side by side, and every connection between them."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.protocol.errors import EngineError
from engine.shared.disk_errors import write_reason
from engine.shared.folders import runs_folder
from engine.shared.language import mark, said, tr
from visualizer.look.boxes import complain
from visualizer.look.wide_scroll import WideScroll
from visualizer.pretraining import centre, desktop
from visualizer.pretraining.centre import Centre
from visualizer.pretraining.columns_layout import ColumnsLayout
from visualizer.pretraining.comparison import compare
from visualizer.pretraining.draft_links import DraftLinks
from visualizer.pretraining.filling import Filling
from visualizer.pretraining.form.draft import Draft
from visualizer.pretraining.form.panel import TrainingForm
from visualizer.pretraining.going_on import GoingOn
from visualizer.pretraining.large_column import LargeColumn
from visualizer.pretraining.memory_question import unless_no_room
from visualizer.pretraining.panels import Panels
from visualizer.pretraining.plots.exporter import PlotsExport
from visualizer.pretraining.plots.panel import TrainingPlots
from visualizer.pretraining.prompt_links import PromptLinks
from visualizer.pretraining.prompts.panel import PromptPanel
from visualizer.pretraining.run_links import RunLinks
from visualizer.pretraining.run_view import LIVE
from visualizer.pretraining.runs.header import RunHeader
from visualizer.pretraining.runs.panel import TrainingRuns
from visualizer.pretraining.runs.shown_runs import Runs
from visualizer.pretraining.samples.panel import TrainingSamples
from visualizer.pretraining.weights_export import WeightsExport

_CENTRE = 1  # of the columns
# By the state of the only run that is trained.
_TRAINER = {
    "starting": mark("Trainer starting"),
    "preparing": mark("Trainer preparing"),
    "training": mark("Trainer running"),
    "paused": mark("Trainer paused"),
    "stopping": mark("Trainer stopping"),
}


class PretrainingWorkspace(QWidget):
    """Start, watch and steer training runs. Closing it never touches a run."""

    status = Signal(object)
    said_again = Signal()  # the newest status is in another language from now on
    state_changed = Signal()
    running_changed = Signal(bool)  # whether a trainer of this machine's list is at work

    def __init__(self, parent: QWidget | None = None, *, root: Path | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pretraining")
        self.header = RunHeader(self)
        self.form = TrainingForm(self)
        self.plots = TrainingPlots(self)
        self.prompts = PromptPanel(self)
        self.centre = Centre(self.plots, self.prompts)
        self.list = TrainingRuns(self)
        self.samples = TrainingSamples(self)
        self.draft = Draft(root or runs_folder(), self)
        self.runs = Runs(root or runs_folder(), self)
        self.weights = WeightsExport(self)
        self.prompt_links = PromptLinks(self.prompts, self.runs, self)
        self.going_on = GoingOn(self, self.runs)
        self.plots_export = PlotsExport(self, self.plots)
        panels = Panels(self.header, self.form, self.plots, self.list, self.samples)
        self._draft_links = DraftLinks(self, self.draft, self.runs, panels)
        self._filling = Filling(self, self.draft, self._draft_links, self.runs, self.form)
        self._run_links = RunLinks(self, self.runs, panels)
        self._alone_before = -1  # the column that was alone before a presentation
        self._build()
        self._connect_draft()
        self._connect_list()
        self._connect_said()
        self._draft_links.show()

    # -- what the main window asks for

    @property
    def is_training(self) -> bool:
        """Whether the shown run has a trainer that can be paused and stopped."""
        shown = self.runs.shown
        return shown is not None and shown.header.state in LIVE

    def state_words(self) -> tuple[str, str]:
        """Name of the state and words for the window's header."""
        live = self.runs.live_rows()
        if not live:
            return "idle", tr("No trainer running")
        if len(live) > 1:
            return "ready", tr("{n} trainers running", n=len(live))
        words = tr(_TRAINER[live[0].state])
        return "ready", tr("{trainer}, pid {pid}", trainer=words, pid=live[0].pid) if live[0].pid else words

    def fill_from_text(self, text: str) -> None:
        """Fill a new run from a pasted configuration, of several the one that the person chooses; what cannot be read
        is said, and nothing changes."""
        self._filling.fill_from_text(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is pasted fills the form, as the words in the middle say, wherever the keyboard is."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.form.paste_button.isVisibleTo(self.form):
            self.form.paste_button.click()
            return
        super().keyPressEvent(event)

    def set_root(self, root: Path) -> None:
        """List the runs of another folder, and begin new ones there."""
        self.draft.set_root(root)
        self.runs.set_root(root)

    def set_field(self, key: str, value: str) -> None:
        """One field of a new run, or its preset."""
        self._draft_links.set_field(key, value)

    def open_run(self, path: Path | str) -> None:
        """List and show the run in a folder, wherever it lies."""
        try:
            self.runs.open(Path(os.path.realpath(os.path.expanduser(path))))
        except EngineError as error:
            complain(self, lambda: tr("The run was not opened"), partial(said, error.sentence))

    def set_devices(self, devices: tuple[str, ...]) -> None:
        """Offer what this machine has, as its engine says."""
        kinds = dict.fromkeys(name.partition(":")[0] for name in devices)
        self.form.rows["device"].set_choices((("auto", mark("automatic")), *((kind, kind) for kind in kinds)))

    def start(self) -> None:
        """Start the run in the form; from a shown run, go back to the form first."""
        self._draft_links.start()

    def pause_or_resume(self) -> None:
        """Pause the shown run, or go on with it: through its socket, or with a new trainer from its checkpoint."""
        unless_no_room(self, lambda insists: self.runs.pause_or_resume(ignore_memory=insists), self.status.emit)

    def stop(self) -> None:
        """Stop the shown run at its next step; it writes a checkpoint and can be resumed."""
        self.runs.command("stop")

    def export_weights(self, step: int | None = None) -> None:
        """Export a checkpoint of the shown run, the newest or that of a step, into a folder that the person chooses."""
        if self.runs.selected is None:
            self.status.emit(
                lambda: tr("Choose a run on the right: its weights can be exported once it has a checkpoint.")
            )
            return
        self.weights.ask(self.runs.selected, step)

    def ask_model(self, run: Path | None = None) -> None:
        """The keyboard into a prompt, to the weights of a run, else to those that are chosen."""
        if run is not None:
            self.runs.select(run)
        self.centre.show_page(centre.PROMPT)
        self.prompts.field.setFocus()

    def _ask_checkpoint(self, step: int) -> None:
        self.prompt_links.choose(step)
        self.ask_model()

    def reset_layout(self) -> None:
        """The panels back to their first sizes."""
        self.large.show(-1)
        self._columns.reset()
        self.plots.reset_layout()

    def save_layout(self) -> QByteArray:
        """The widths and heights of the panels, for `restore_layout`."""
        return self._columns.save()

    def restore_layout(self, states: QByteArray | None) -> None:
        """The layout of the last time, if there is one."""
        self._columns.restore(states)

    def stops(self) -> list[tuple[QWidget, QWidget]]:
        """The panels, each with what takes the keyboard in it."""
        return [
            (self.form, self.form.rows["preset"].editor),
            (self.plots, self.plots.loss),
            (self.prompts, self.prompts.field),
            (self.list, self.list.view),
        ]

    # -- for a room

    def present(self, *, is_on: bool) -> None:
        """All the room for the plots, or the column that has it; then as it was before."""
        if is_on:
            self._alone_before = self._columns.alone
            self.large.show(self._columns.alone if self.large.is_on else _CENTRE)
        else:
            self.large.show(self._alone_before)

    def close(self) -> bool:
        """End the threads; runs go on."""
        self._run_links.stop()
        self.draft.close()
        self.weights.close()
        self.prompt_links.close()
        self.plots_export.close()
        self.runs.close()
        return super().close()

    # -- construction

    def _build(self) -> None:
        self._columns = ColumnsLayout(self.form, self.centre, (self.list, self.samples), self.plots.splitter)
        self._columns.sizes_wanted.connect(self.reset_layout)
        titles: dict[QWidget, int] = {self.form.head: 0, self.plots.controls.title: _CENTRE}
        titles |= {self.list.title: _CENTRE + 1, self.samples.title: _CENTRE + 1}
        self.large = LargeColumn(self._columns, titles, [stop for _panel, stop in self.stops()], _CENTRE, self)
        self.large.changed.connect(self.state_changed)
        self.centre.bar.tabBarDoubleClicked.connect(lambda page: self.large.toggle(_CENTRE))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.header)
        column.addWidget(WideScroll(self._columns, "training_scroll"), 1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _connect_draft(self) -> None:
        self.header.start_wanted.connect(self.start)
        self.header.pause_or_resume_wanted.connect(self.pause_or_resume)
        self.header.stop_wanted.connect(self.stop)
        self.header.change_wanted.connect(self.going_on.ask)
        self.header.log_wanted.connect(self._show_log)
        self.going_on.branch_chosen.connect(self._draft_links.begin_branch)
        self._run_links.state_changed.connect(self.state_changed)
        self._run_links.running_changed.connect(self.running_changed)

    def _connect_list(self) -> None:
        self.plots.comparison_wanted.connect(lambda: compare(self, self.runs))
        self.plots.export_wanted.connect(self.plots_export.ask)
        self.plots.checkpoint.branch_wanted.connect(self.going_on.branch_at)
        self.plots.checkpoint.weights_wanted.connect(self.export_weights)
        self.plots.checkpoint.ask_wanted.connect(self._ask_checkpoint)
        self.list.run_selected.connect(self.runs.select)
        self.list.overlay_wanted.connect(self.runs.set_overlay)
        self.list.resume_wanted.connect(self._resume)
        self.list.change_wanted.connect(self.going_on.ask_of)
        self.list.branch_wanted.connect(self.going_on.ask_branch_of)
        self.list.reveal_wanted.connect(desktop.reveal)
        self.list.copy_path_wanted.connect(lambda path: self.status.emit(desktop.copy_path(path)))
        self.list.export_wanted.connect(self.weights.ask)
        self.list.ask_wanted.connect(self.ask_model)
        self.list.rename_wanted.connect(self._rename)
        self.list.delete_wanted.connect(self._confirm_delete)
        self.list.new_wanted.connect(self._draft_links.go_back)
        self.list.open_wanted.connect(lambda: desktop.choose_folder(self, self.open_run))

    def _connect_said(self) -> None:
        for speaker in (self.runs, self.going_on, self.plots_export, self._draft_links, self._filling):
            speaker.said.connect(self.status)
        self.runs.said_again.connect(self.said_again)

    # -- runs

    def _show_log(self) -> None:
        if (path := self.runs.selected) is not None:
            desktop.show_log(self, path, self.runs.name_of(path))

    def _resume(self, path: Path) -> None:
        self.runs.select(path)
        self.pause_or_resume()

    def _rename(self, path: Path) -> None:
        name = next((row.given_name for row in self.runs.rows() if row.path == path), path.name)
        desktop.ask_name(self, name, lambda words: self.runs.reader.rename(path, words))

    def _confirm_delete(self, path: Path) -> None:
        desktop.confirm_delete(self, path, self.runs.name_of(path), self._delete)

    def _delete(self, path: Path) -> None:
        try:
            self.runs.delete(path)
        except OSError as error:
            why = write_reason(error)
            self.status.emit(lambda: tr("{path} could not be deleted: {reason}.", path=path, reason=said(why)))
