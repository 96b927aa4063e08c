"""How a run goes on otherwise than it was begun: asked for in a dialog, done by its trainer or by a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.protocol.errors import EngineError
from engine.runs.branches import branch_point
from engine.runs.changes import Settings
from engine.runs.kept_checkpoints import KeptCheckpoint, best_of
from engine.runs.run_folder import RunFolder
from engine.shared.language import grouped, mark, said, tr
from visualizer.look.questions import ask_choice
from visualizer.look.spoken import speak
from visualizer.pretraining import formatting
from visualizer.pretraining.change_dialog import ChangeDialog
from visualizer.pretraining.memory_question import unless_no_room
from visualizer.pretraining.run_view import LIVE, UNREADABLE
from visualizer.pretraining.runs.shown_runs import Runs
from visualizer.pretraining.runs.tracked_run import RunSnapshot

_LESS = 10  # what a rate that ended at NaN is divided by, to begin with


class GoingOn(QObject):
    """Acts on the shown run."""

    said = Signal(object)
    branch_chosen = Signal(object)  # BranchPoint

    def __init__(self, parent: QWidget, runs: Runs) -> None:
        super().__init__(parent)
        self._window, self._runs = parent, runs
        self._awaited: tuple[Path, Callable[[], None]] | None = None
        runs.shown_changed.connect(self._on_shown)

    def ask_of(self, path: Path) -> None:
        """The same for a run of the list, as soon as it is shown."""
        self._await(path, self.ask)

    def ask_branch_of(self, path: Path) -> None:
        """Which of a run's checkpoints a branch begins with, as soon as the run is shown."""
        self._await(path, self.ask_branch)

    def ask_branch(self) -> None:
        """The same for the shown run."""
        shown = self._runs.shown
        if shown is None:
            self.said.emit(lambda: tr("Choose a run on the right: a branch begins with one of its checkpoints."))
            return
        if not shown.checkpoints:
            words = mark("{run} has no checkpoint yet that a branch could begin with.")
            self.said.emit(lambda: tr(words, run=shown.header.name))
            return
        steps = list(checkpoint_words(shown.checkpoints).values())
        ask_choice(
            self._window,
            "branch_choice",
            lambda: tr("Branch of {run}", run=shown.header.name),
            lambda: tr("A new run begins with the weights of this checkpoint, and with settings of its own:"),
            lambda: list(checkpoint_words(shown.checkpoints)),
            lambda place: self._branch(shown.path, steps[place]),
        )

    def branch_at(self, step: int) -> None:
        """Begin one of the shown run with its checkpoint of a step."""
        if self._runs.shown is not None:
            self._branch(self._runs.shown.path, step)

    def _branch(self, path: Path, step: int) -> None:
        try:
            point = branch_point(RunFolder(path), step)
            self.branch_chosen.emit(point)
            for sentence in point.said:
                self.said.emit(partial(said, sentence))
        except EngineError as error:
            self.said.emit(partial(said, error.sentence))

    def _await(self, path: Path, act: Callable[[], None]) -> None:
        self._awaited = path, act
        self._runs.select(path)
        self._on_shown()

    def _on_shown(self) -> None:
        shown, awaited = self._runs.shown, self._awaited
        if shown is not None and awaited is not None and shown.path == awaited[0]:
            self._awaited = None
            awaited[1]()

    def ask(self) -> None:
        """Open the dialog for the shown run."""
        shown = self._runs.shown
        if shown is None:
            self.said.emit(lambda: tr("Choose a run on the right: it can then go on longer, or with another rate."))
            return
        if shown.header.is_remote:
            self.said.emit(
                lambda: tr(
                    "{run} trains on {host}; here it can only be watched.",
                    run=shown.header.name,
                    host=shown.status.host,
                )
            )
            return
        if shown.header.state == UNREADABLE or shown.header.cannot_go_on:
            self.said.emit(lambda: shown.header.sentence)
            return
        offered = _offered(shown)
        is_live = shown.header.state in LIVE
        step = shown.header.step if is_live else shown.status.checkpoint_step
        button = mark("Change") if is_live else mark("Go on")
        dialog = ChangeDialog(
            self._window, shown.facts.config, step, lambda: _words(shown), button, offered, is_live=is_live
        )
        title = mark("Change {run}") if is_live else mark("Go on with {run}")
        speak(dialog.setWindowTitle, title, run=shown.header.name)
        dialog.chosen.connect(lambda settings: self._change(shown.path, settings))
        dialog.open()

    def _change(self, path: Path, settings: Settings) -> None:
        def change(insists: bool) -> None:
            self._runs.change(path, settings, ignore_memory=insists)

        unless_no_room(self._window, change, self.said.emit)


def checkpoint_words(checkpoints: tuple[KeptCheckpoint, ...]) -> dict[str, int]:
    """Steps by what is told of their checkpoints, the newest first: "step 500, val 2.04, the best"."""
    best = best_of(checkpoints)
    told = {}
    for one in reversed(checkpoints):
        parts = [tr("step {step}", step=grouped(one.progress.step))]
        parts += [tr("val {loss}", loss=formatting.loss(one.loss))] if one.progress.validation_loss is not None else []
        parts += [tr("the best")] if best is not None and one.path == best.path else []
        told[", ".join(parts)] = one.progress.step
    return told


def _offered(shown: RunSnapshot) -> Settings:
    """What is filled in."""
    config, state = shown.facts.config, shown.header.state
    if state == "finished" and shown.status.is_early:
        return {"patience": 2 * config.patience}
    if state == "finished":
        return {"max_steps": 2 * config.max_steps}
    if state not in LIVE and shown.status.is_not_finite:
        return {"learning_rate": config.learning_rate / _LESS}
    return {}


def _words(shown: RunSnapshot) -> str:
    """What the dialog says."""
    state, kept = shown.header.state, shown.status.checkpoint_step
    if state in LIVE:
        return tr("The run goes on with these from its next step on. Each change is marked on the plots.")
    whence = (
        tr("The run goes on from the checkpoint of step {step}.", step=grouped(kept))
        if kept
        else tr("The run goes on from its first step: it has no checkpoint.")
    )
    if state == "finished" and shown.status.is_early:
        return f"{whence} {tr('With more patience; 0 has it for ever.')}"
    if state == "finished":
        return f"{whence} {tr('Its rate stays where the cosine ended.')}"
    if shown.status.is_not_finite:
        scaled = tr("What is left of its rate's schedule is scaled.")
        return f"{whence} {scaled}"
    return whence
