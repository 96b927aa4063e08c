"""The runs that the workspace shows: which is selected, which are laid over it, and the control of their trainers."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs import memory_check
from engine.runs.branches import FIXED, BranchPoint, default_name, make_branch
from engine.runs.changes import Settings
from engine.runs.config import RunConfig
from engine.runs.control import start_detached
from engine.runs.run_folder import RunFolder, has_trained, new_folder
from engine.runs.stopping import KILLED
from engine.shared.language import mark, said, spoken, tr
from engine.shared.processes import process_start
from visualizer.pretraining.curves import MOST_OVERLAYS, Overlay, color_of
from visualizer.pretraining.run_view import LIVE, RESUMABLE, UNREADABLE, RunRow
from visualizer.pretraining.runs.judgement import Spawned
from visualizer.pretraining.runs.reader_thread import RunsReader
from visualizer.pretraining.runs.row_losses import validations
from visualizer.pretraining.runs.tracked_run import RunSnapshot

_WORDS = {
    "pause": mark("{run} will pause after this step."),
    "resume": mark("{run} trains on."),
    "stop": mark("{run} will stop."),
    "change": mark("{run} goes on with it from its next step on."),
}


class Runs(QObject):
    """Selection and overlays of the runs below `root`, and of those opened from elsewhere."""

    rows_changed = Signal()
    rows_said = Signal()  # in another language from now on
    selection_changed = Signal()
    shown_changed = Signal(object, bool)  # RunSnapshot of the selected run, whether it is the first of this selection
    overlays_changed = Signal()  # an overlaid run has new records
    colors_changed = Signal()  # other runs are laid over, or one of them is read
    said = Signal(object)
    said_again = Signal()  # what was said last is in another language from now on

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = root
        self.selected: Path | None = None
        self.shown: RunSnapshot | None = None
        self._rows: tuple[RunRow, ...] = ()
        self._places: dict[Path, int] = {}  # of those laid over, each its style
        self._snapshots: dict[Path, RunSnapshot] = {}
        self._is_first_list = True
        self._said_in = spoken()  # the language of the rows
        self.reader = RunsReader(root, self)
        self.reader.rows_changed.connect(self._on_rows)
        self.reader.rows_said.connect(self._on_rows_said)
        self.reader.run_changed.connect(self._on_run)
        self.reader.failed.connect(self.said)
        self.reader.answered.connect(self._on_answer)
        self.reader.refused.connect(self._on_refusal)

    def rows(self) -> tuple[RunRow, ...]:
        """The list, newest first; overlaid runs carry the place that says how they are drawn."""
        return tuple(replace(row, place=self._places.get(row.path, -1)) for row in self._rows)

    def name_of(self, path: Path) -> str:
        """What the list calls a run."""
        return next((row.name for row in self._rows if row.path == path), path.name)

    def live_rows(self) -> list[RunRow]:
        """The runs that a trainer works on."""
        return [row for row in self._rows if row.state in LIVE]

    def overlays(self) -> tuple[Overlay, ...]:
        """The runs laid over the selected one; of a branch its parent, too, up to where it begins."""
        chosen = ((path, place) for path, place in self._places.items() if path != self.selected)
        found = tuple(
            Overlay(self._snapshots[path].curves, color_of(place), place)
            for path, place in chosen
            if path in self._snapshots
        )
        parent = self._snapshots.get(self._parent) if self._parent is not None else None
        if parent is None or self.shown is None:
            return found
        before = parent.curves.until(self.shown.facts.parent_step)
        return (Overlay(before, color_of(MOST_OVERLAYS), MOST_OVERLAYS), *found)  # as no run laid over is drawn

    def chosen(self) -> tuple[RunSnapshot, ...]:
        """The selected run and those laid over it, as far as they are read."""
        paths = [self.selected, *(path for path in self._places if path != self.selected)]
        return tuple(self._snapshots[path] for path in paths if path in self._snapshots)

    def select(self, path: Path | None) -> None:
        """Show a run; None shows the form."""
        self._is_first_list = False
        if path == self.selected:
            return
        self.selected, self.shown = path, None
        self.selection_changed.emit()
        if path is not None and path in self._snapshots:
            self._show(self._snapshots[path])
        self._watch()

    def set_root(self, root: Path) -> None:
        """The runs of another folder; those opened from elsewhere stay."""
        self.root = root
        self.select(None)
        self.reader.set_root(root)

    def set_overlay(self, path: Path, is_wanted: bool) -> None:
        """Lay a run over the loss plot, or take it away."""
        if is_wanted:
            free = [place for place in range(MOST_OVERLAYS) if place not in self._places.values()]
            if not free:
                self.said.emit(lambda: tr("At most {n} runs can be laid over another.", n=MOST_OVERLAYS))
                return
            self._places[path] = free[0]
        else:
            self._places.pop(path, None)
        self._watch()
        self.colors_changed.emit()

    def open(self, path: Path) -> None:
        """List and select the run in a folder. Raises EngineError when there is none."""
        if not has_trained(path):
            RunFolder(path).facts()
        self.select(path)  # first, so that its records are read once, and kept
        self.reader.add(path)

    def start(self, config: RunConfig, preset: str, branch: BranchPoint | None = None) -> str:
        """Make the folder of a run or a branch, start a trainer that outlives this window, and return its name."""
        if branch is None:
            folder = new_folder(self.root, config, preset)
        else:
            folder = make_branch(branch, config, self.root / default_name(branch))
        self._start_trainer(folder, resume=branch is not None)
        self.select(folder.path)
        return folder.name

    def pause_or_resume(self, *, ignore_memory: bool = False) -> None:
        """What the button of the selected run means in its state. Raises ConfigError where a run that is to go on has
        no room in memory, unless `ignore_memory`, EngineError and OSError."""
        if self.shown is None or self.selected is None:
            return
        state = self.shown.header.state
        if state == UNREADABLE or self.shown.header.cannot_go_on:
            shown = self.shown
            self.said.emit(lambda: shown.header.sentence)
        elif state in RESUMABLE:
            folder, name = RunFolder(self.selected), self.name_of(self.selected)
            words = mark("{run} resumes from its checkpoint.")
            if not folder.has_checkpoint:
                words = mark("{run} starts again: it has no checkpoint yet.")
            self._go_on(folder, {}, ignore_memory=ignore_memory)
            self.said.emit(lambda: tr(words, run=name))
        elif state in LIVE:
            self.command("resume" if state == "paused" else "pause")

    def command(self, command: str) -> None:
        """Ask the trainer of the selected run for "pause", "resume" or "stop"."""
        if self.selected is None or self.shown is None or self.shown.header.state not in LIVE:
            self.said.emit(lambda: tr("No training run is shown that could be controlled."))
        elif any(row.is_remote for row in self._rows if row.path == self.selected):
            words = mark("{run} trains on {host}; here it can only be watched.")
            name, host = self.name_of(self.selected), self.shown.status.host
            self.said.emit(lambda: tr(words, run=name, host=host))
        else:
            self.reader.command(self.selected, command)

    def change(self, path: Path, settings: Settings, *, ignore_memory: bool = False) -> None:
        """Other settings for a run: for its trainer, or for a new one where it has ended. Raises as
        `pause_or_resume` does."""
        folder = RunFolder(path)
        if folder.is_trained():
            self.reader.command(path, f"change {msgspec.json.encode(settings).decode()}")
        else:
            self._go_on(folder, settings, ignore_memory=ignore_memory)
            name = self.name_of(path)
            self.said.emit(lambda: tr("{run} goes on with other settings.", run=name))

    def delete(self, path: Path) -> None:
        """Remove a run's folder. Raises OSError."""
        name = self.name_of(path)
        if path == self.selected:
            self.select(None)
        self._places.pop(path, None)
        shutil.rmtree(path)
        self.reader.forget(path)
        self.said.emit(lambda: tr("Deleted {run}.", run=name))

    def close(self) -> None:
        """Follow no more; trainers go on."""
        self.reader.close()

    def _go_on(self, folder: RunFolder, settings: Settings, *, ignore_memory: bool) -> None:
        if folder.is_trained():
            raise EngineError("run.trains_already", "{run} is training already.", run=folder.name)
        if not ignore_memory:
            memory_check.check(folder.facts().config, fixed=(*FIXED, "batch_size"))
        self._start_trainer(folder, resume=True, settings=settings, ignore_memory=ignore_memory)

    def _start_trainer(
        self, folder: RunFolder, *, resume: bool, settings: Mapping[str, int | float] = {}, ignore_memory: bool = False
    ) -> None:
        before = folder.status()
        pid = start_detached(folder, resume=resume, settings=settings, ignore_memory=ignore_memory)
        self.reader.note_spawned(folder.path, Spawned(pid, process_start(pid), before))

    @property
    def _parent(self) -> Path | None:
        """The run that the shown one is a branch of, unless it is laid over anyway."""
        path = Path(self.shown.facts.parent) if self.shown is not None and self.shown.facts.parent else None
        return None if path in self._places else path

    def _watch(self) -> None:
        wanted = [path for path in (self.selected, self._parent) if path is not None] + list(self._places)
        self._snapshots = {path: each for path, each in self._snapshots.items() if path in wanted}
        self.reader.watch(tuple(dict.fromkeys(wanted)))

    def _on_rows(self, rows: tuple[RunRow, ...]) -> None:
        before = {row.path: row.state for row in self._rows}
        self._rows = rows
        for row in rows:
            if before.get(row.path, "") in LIVE and row.state not in (*LIVE, UNREADABLE):  # which was said
                self.said.emit(partial(self._ended_words, row.path, row.state))
        self.rows_changed.emit()
        if self._is_first_list:
            self._is_first_list = not rows
            live = self.live_rows()
            if live:
                self.select(live[0].path)  # a window that comes back shows what is being trained

    def _ended_words(self, path: Path, state: str) -> str:
        """How a run ended, as the reader's thread has said it last; "" once it is another story, and until that thread
        speaks the language in use."""
        if self._said_in != spoken():
            return ""
        row = next((row for row in self._rows if (row.path, row.state) == (path, state)), None)
        if row is None:
            return ""
        return f"{row.name}: {', '.join(filter(None, (row.words.removesuffix('.'), validations(row))))}."

    def _on_rows_said(self) -> None:
        self._said_in = spoken()
        self.rows_said.emit()
        self.said_again.emit()

    def _on_run(self, snapshot: RunSnapshot) -> None:
        before = self._snapshots.get(snapshot.path)
        self._snapshots[snapshot.path] = snapshot
        if snapshot.path == self.selected:
            self._show(snapshot)
        elif before is None or before.curves.is_read != snapshot.curves.is_read:
            self.colors_changed.emit()
        else:
            self.overlays_changed.emit()

    def _show(self, snapshot: RunSnapshot) -> None:
        is_new = self.shown is None
        self.shown = snapshot
        if is_new and self._parent is not None:
            self._watch()
        self.shown_changed.emit(snapshot, is_new)

    def _on_answer(self, path: Path, answer: str) -> None:
        command, _, reply = answer.partition(" ")
        if command == "rename":
            self.said.emit(lambda: tr("The run in {folder} is called {name}.", folder=path.name, name=reply))
            return
        if reply == KILLED:
            name = self.name_of(path)
            self.said.emit(lambda: tr("The process of {run} did not answer and was ended.", run=name))
            return
        words, name = _WORDS.get(command, ""), self.name_of(path)
        of_another_version = reply if command == "change" else answer
        self.said.emit(lambda: tr(words, run=name) if reply == "ok" and words else f"{name}: {of_another_version}")

    def _on_refusal(self, path: Path, sentence: Sentence) -> None:
        name = self.name_of(path)
        self.said.emit(lambda: f"{name}: {said(sentence)}")
