"""The Pretraining workspace: the panels side by side, and every connection between them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QVBoxLayout, QWidget

from engine.protocol.errors import EngineError
from engine.runs.branches import FIXED, BranchPoint, left_out
from engine.runs.pasted import Pasted, as_python, read_configs
from engine.shared.folders import runs_folder
from visualizer.look import theme
from visualizer.look.boxes import complain
from visualizer.pretraining import desktop
from visualizer.pretraining.columns_layout import ColumnsLayout
from visualizer.pretraining.comparison import compare
from visualizer.pretraining.form.draft import Draft
from visualizer.pretraining.form.form_model import estimates, preset_of, to_text
from visualizer.pretraining.form.panel import TrainingForm
from visualizer.pretraining.going_on import GoingOn
from visualizer.pretraining.plots.exporter import PlotsExport
from visualizer.pretraining.plots.panel import TrainingPlots
from visualizer.pretraining.plots.repainter import Repainter
from visualizer.pretraining.run_view import LIVE, HeaderView
from visualizer.pretraining.runs.header import RunHeader
from visualizer.pretraining.runs.panel import TrainingRuns
from visualizer.pretraining.runs.shown_runs import Runs
from visualizer.pretraining.runs.tracked_run import RunSnapshot
from visualizer.pretraining.samples.panel import TrainingSamples
from visualizer.pretraining.weights_export import WeightsExport

_FIRST = """Choose a preset and press Start. nano learns in two minutes.
Or fill the form from a copied GPT_CONFIG_124M = {…} with Ctrl+V, or choose a run on the right."""


class PretrainingWorkspace(QWidget):
    """Start, watch and steer training runs. Closing it never touches a run."""

    status = Signal(str)
    state_changed = Signal()
    running_changed = Signal(bool)  # whether a trainer of this machine's list is at work

    def __init__(self, parent: QWidget | None = None, *, root: Path | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pretraining")
        self.header = RunHeader(self)
        self.form = TrainingForm(self)
        self.plots = TrainingPlots(self)
        self.list = TrainingRuns(self)
        self.samples = TrainingSamples(self)
        self.draft = Draft(root or runs_folder(), self)
        self.runs = Runs(root or runs_folder(), self)
        self.weights = WeightsExport(self)
        self.going_on = GoingOn(self, self.runs)
        self.plots_export = PlotsExport(self, self.plots)
        self._repainter = Repainter(self._draw, self)
        self._states: tuple[tuple[Path, str], ...] | None = None  # of the listed runs
        self._shown_state = ""
        self._shown_facts: object = None
        self._starts_when_read = False
        self._build()
        self._connect_draft()
        self._connect_runs()
        self._show_draft()

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
            return "idle", "No trainer running"
        verb = "running" if live[0].state == "training" else live[0].state
        words = f"Trainer {verb}, pid {live[0].pid}" if live[0].pid else f"Trainer {verb}"
        return "ready", words if len(live) == 1 else f"{len(live)} trainers running"

    def fill_from_text(self, text: str) -> None:
        """Fill a new run from a pasted configuration, of several the one that the person chooses; what cannot be read
        is said, and nothing changes."""
        try:
            found = read_configs(text)
        except EngineError as error:
            self._say_unread(error)
            return
        if len(found) == 1:
            self._fill(found[0])
        else:
            self._choose(found)

    def _choose(self, found: tuple[Pasted, ...]) -> None:
        dialog = QInputDialog(self)
        dialog.setObjectName("pasted_choice")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Pasted configurations")
        dialog.setLabelText(f"The text holds {len(found)} configurations. Fill in:")
        names = [one.name for one in found]
        dialog.setComboBoxItems(names)
        dialog.textValueSelected.connect(lambda name: self._fill(found[names.index(name)]))
        dialog.open()

    def _fill(self, pasted: Pasted) -> None:
        try:
            if self.runs.selected is not None:
                self._to_draft()
            words = self.draft.paste(pasted)
        except EngineError as error:
            self._say_unread(error)
            return
        self.form.say(words)
        self.status.emit(words)

    def _begin_from(self, folder: str) -> None:
        try:
            words = self.draft.begin_from(folder)
        except EngineError as error:
            self._say_unread(error)
            return
        self.form.say(words)
        self.status.emit(words)

    def _say_unread(self, error: EngineError) -> None:
        self.form.say(str(error), is_error=True)
        self.status.emit(str(error))

    def open_run(self, path: Path | str) -> None:
        """List and show the run in a folder, wherever it lies."""
        try:
            self.runs.open(Path(path).expanduser().resolve())
        except EngineError as error:
            complain(self, "The run was not opened", str(error))

    def set_devices(self, devices: tuple[str, ...]) -> None:
        """Offer what this machine has, as its engine says."""
        kinds = dict.fromkeys(name.partition(":")[0] for name in devices)
        self.form.rows["device"].set_choices((("auto", "automatic"), *((kind, kind) for kind in kinds)))

    def start(self) -> None:
        """Start the run in the form; from a shown run, go back to the form first."""
        if self.runs.selected is not None:
            self._to_draft()
            self.status.emit("Start trains what the form says.")
            return
        self._starts_when_read = self.draft.is_reading
        config = self.draft.config
        if self._starts_when_read:
            self.status.emit("The run starts as soon as its corpus is read.")
            return
        if config is None:
            self.status.emit(self.draft.reason)
            self.form.reveal(next(iter(self.draft.errors), ""))
            return
        try:
            missing = "" if self.draft.branch is None else left_out(self.draft.branch, config)
            name = self.runs.start(config, self.draft.preset, self.draft.branch)
        except (EngineError, OSError) as error:
            self.status.emit(f"The run could not be started: {error}")
            return
        if self.draft.branch is not None:
            self.draft.leave_branch()
        if missing:
            self.form.say(f"Characters of the corpus that are no tokens of the run are left out: {' '.join(missing)}")
        self.status.emit(f"{name} trains in a process of its own. The window can be closed, training goes on.")

    def pause_or_resume(self) -> None:
        """Pause the shown run, or go on with it: through its socket, or with a new trainer from its checkpoint."""
        try:
            self.runs.pause_or_resume()
        except (EngineError, OSError) as error:
            self.status.emit(str(error))

    def stop(self) -> None:
        """Stop the shown run at its next step; it writes a checkpoint and can be resumed."""
        self.runs.command("stop")

    def export_weights(self) -> None:
        """Export the shown run's newest checkpoint into a folder that the person chooses."""
        if self.runs.selected is None:
            self.status.emit("Choose a run on the right: its weights can be exported once it has a checkpoint.")
            return
        self.weights.ask(self.runs.selected)

    def reset_layout(self) -> None:
        """The panels back to their first sizes."""
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
            (self.list, self.list.view),
        ]

    def close(self) -> bool:
        """End the threads; runs go on."""
        self._repainter.stop()
        self.draft.close()
        self.weights.close()
        self.plots_export.close()
        self.runs.close()
        return super().close()

    # -- construction

    def _build(self) -> None:
        self._columns = ColumnsLayout(self.form, self.plots, (self.list, self.samples), self.plots.splitter)
        self._columns.sizes_wanted.connect(self.reset_layout)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.header)
        column.addWidget(self._columns, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.current().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        gap = theme.current().color("bg.window").name()
        self.setStyleSheet(f"QWidget#pretraining {{ background: {gap}; }}")

    def _connect_draft(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.form.preset_chosen.connect(self.draft.choose_preset)
        self.form.paste_wanted.connect(self.fill_from_text)
        self.form.weights_chosen.connect(self._begin_from)
        self.form.copy_wanted.connect(self._copy_as_python)
        self.form.new_run_wanted.connect(self._new_from_shown)
        self.draft.filled.connect(self._on_filled)
        self.draft.judged.connect(self._on_judged)
        self.header.start_wanted.connect(self.start)
        self.header.pause_or_resume_wanted.connect(self.pause_or_resume)
        self.header.stop_wanted.connect(self.stop)
        self.header.change_wanted.connect(self.going_on.ask)
        self.header.log_wanted.connect(lambda: desktop.show_log(self, self.runs.selected))

    def _connect_runs(self) -> None:
        self.plots.comparison_wanted.connect(lambda: compare(self, self.runs))
        self.plots.export_wanted.connect(self.plots_export.ask)
        self.plots_export.said.connect(self.status)
        self.list.run_selected.connect(self.runs.select)
        self.list.overlay_wanted.connect(self.runs.set_overlay)
        self.list.resume_wanted.connect(self._resume)
        self.list.change_wanted.connect(self.going_on.ask_of)
        self.list.branch_wanted.connect(self.going_on.ask_branch_of)
        self.list.reveal_wanted.connect(desktop.reveal)
        self.list.copy_path_wanted.connect(lambda path: self.status.emit(desktop.copy_path(path)))
        self.list.export_wanted.connect(self.weights.ask)
        self.list.rename_wanted.connect(self._rename)
        self.list.delete_wanted.connect(lambda path: desktop.confirm_delete(self, path, self._delete))
        self.list.new_wanted.connect(self._to_draft)
        self.list.open_wanted.connect(lambda: desktop.choose_folder(self, self.open_run))
        self.runs.rows_changed.connect(self._on_rows)
        self.runs.selection_changed.connect(self._on_selection)
        self.runs.shown_changed.connect(self._on_shown)
        self.runs.overlays_changed.connect(self._repainter.ask)
        self.runs.colors_changed.connect(lambda: self._repainter.ask(at_once=True))
        self.runs.said.connect(self.status)
        self.going_on.said.connect(self.status)
        self.going_on.branch_chosen.connect(self._begin_branch)

    # -- the draft

    def _show_draft(self) -> None:
        self.form.set_values(self.draft.texts | {"preset": self.draft.preset})
        self._on_judged()
        branch = self.draft.branch
        self.plots.show_empty(_FIRST if branch is None else _branch_words(branch))
        self.samples.show_samples("", (), "")

    def _to_draft(self) -> None:
        self._starts_when_read = False
        self.runs.select(None)

    def _on_edited(self) -> None:
        if self.runs.selected is not None:
            return
        texts = {key: text for key, text in self.form.values().items() if key != "preset"}
        if texts != self.draft.texts:
            self._starts_when_read = False  # it was meant for what the form said then
            self.draft.edit(texts)

    def _on_filled(self, texts: dict[str, str]) -> None:
        if self.runs.selected is None:
            self.form.set_values(texts)

    def _on_judged(self) -> None:
        if self.runs.selected is not None:
            return
        branch = self.draft.branch
        if branch is None:
            self.form.set_fixed("")
        else:
            self.form.set_fixed("of a branch", ("preset", *FIXED))
        self.form.rows["preset"].set_text(self.draft.preset)
        self.form.set_errors(self.draft.errors, self.draft.notices)
        self.form.estimates.show_estimates(self.draft.estimates)
        reason, config = self.draft.reason, self.draft.config
        words = "" if config is None else f"{config.max_steps:,} steps of {config.tokens_per_step:,} tokens"
        if branch is not None and words:
            words = f"A {branch.words}: {words} in all"
        can_start = not reason or self.draft.is_reading
        self.header.show_view(HeaderView("New run", "draft", reason or words, can_start=can_start))
        if self._starts_when_read and not self.draft.is_reading:
            self.start()

    def _copy_as_python(self) -> None:
        shown = self.runs.shown
        config = self.draft.checked.config if shown is None else shown.facts.config
        if config is None:
            self.status.emit(self.draft.reason)
            return
        preset = preset_of(config)
        name = "GPT_CONFIG" if preset == "custom" else f"GPT_CONFIG_{preset.upper()}"
        desktop.copy(as_python(config.model, name))
        self.status.emit("Copied the configuration as Python.")

    def _new_from_shown(self) -> None:
        shown = self.runs.shown
        self.draft.leave_branch()
        if shown is not None:
            self.draft.fill(to_text(shown.facts.config))
        self._to_draft()
        self._show_draft()

    def _begin_branch(self, point: BranchPoint) -> None:
        """The form holds a run that begins with a checkpoint of another one."""
        self._to_draft()
        self.draft.branch_from(point)
        self.plots.show_empty(_branch_words(point))
        self.form.say(f"Start begins a {point.words}, with what you change here. Its weights keep their sizes.")

    # -- runs

    def _on_rows(self) -> None:
        states = tuple((row.path, row.state) for row in self.runs.rows())
        if states == self._states:
            self._repainter.ask()
            return
        was_training = any(state in LIVE for _, state in self._states or ())
        self._states = states
        self._show_list()
        is_training = bool(self.runs.live_rows())
        if is_training != was_training:
            self.running_changed.emit(is_training)
        self.state_changed.emit()

    def _show_list(self) -> None:
        self.list.show_rows(self.runs.rows(), self.runs.selected)

    def _on_selection(self) -> None:
        """Another run, or the form, is shown."""
        self._show_list()
        if self.runs.selected is None:
            self._show_draft()

    def _on_shown(self, snapshot: RunSnapshot, is_new: bool) -> None:
        config = snapshot.facts.config
        is_live = snapshot.header.state in LIVE
        self.form.set_fixed("fixed while training" if is_live else "of this run")
        if is_new:
            self.form.set_errors({})
        if is_new or (snapshot.facts, snapshot.known_lines) != self._shown_facts:
            self._shown_facts = snapshot.facts, snapshot.known_lines
            self.form.set_values(to_text(config) | {"preset": preset_of(config)})
            self.form.estimates.show_estimates(estimates(config, snapshot.known_lines))
        is_other = is_new or snapshot.header.state != self._shown_state
        self._shown_state = snapshot.header.state
        if is_other:
            self.header.show_view(snapshot.header)
            self.state_changed.emit()
        self.samples.show_samples(snapshot.header.name, snapshot.samples, snapshot.sample_words)
        self._repainter.ask(at_once=is_other)

    def _draw(self) -> float:
        """Numbers, list and plots in one go; what painting the plots took the last time, in seconds."""
        shown = self.runs.shown
        self._show_list()
        if shown is None:
            return 0.0
        self.header.show_view(shown.header)
        self.plots.show_curves(shown.curves, self.runs.overlays())
        return self.plots.paint_s

    def _resume(self, path: Path) -> None:
        self.runs.select(path)
        self.pause_or_resume()

    def _rename(self, path: Path) -> None:
        name = next((row.name for row in self.runs.rows() if row.path == path), path.name)
        desktop.ask_name(self, name, lambda words: self.runs.reader.rename(path, words))

    def _delete(self, path: Path) -> None:
        try:
            self.runs.delete(path)
        except OSError as error:
            self.status.emit(f"{path} could not be deleted: {error.strerror}.")


def _branch_words(point: BranchPoint) -> str:
    """What stands where the plots will be."""
    return f"A {point.words}\nChange its rate, its length or its corpus, and press Start."
