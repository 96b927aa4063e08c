"""Connects the panel of prompts: whose weights can be asked follows the shown run, a process of its own answers."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from engine.protocol.errors import EngineError
from engine.runs.checkpoint_choice import LIVE, NEWEST
from engine.runs.kept_checkpoints import best_of
from engine.runs.model_folder import read_folder
from engine.shared.language import grouped, mark, said, tr
from visualizer.look.file_dialogs import ask_folder
from visualizer.look.spoken import current
from visualizer.pretraining import formatting
from visualizer.pretraining.answering import Answering
from visualizer.pretraining.prompts.panel import PromptPanel
from visualizer.pretraining.run_view import WeightsView
from visualizer.pretraining.runs.shown_runs import Runs
from visualizer.pretraining.runs.tracked_run import RunSnapshot

_ANSWERING = ("training", "paused")  # states of a run in which its trainer answers

_KINDS = {"newest": mark("newest checkpoint"), "best": mark("best checkpoint")}
_OTHER = mark("checkpoint")


class PromptLinks(QObject):
    """The chosen weights stay chosen while a run trains on; another run brings its own."""

    def __init__(self, panel: PromptPanel, runs: Runs, parent: QObject) -> None:
        super().__init__(parent)
        self._panel, self._runs = panel, runs
        self._folders: tuple[WeightsView, ...] = ()
        self._run: Path | None = None
        self.answering = Answering(self)
        self.answering.told.connect(panel.take)
        panel.asked.connect(self.answering.ask)
        panel.stopped.connect(self.answering.stop)
        panel.field.textChanged.connect(self._on_typed)
        panel.folder_wanted.connect(
            lambda: ask_folder(panel, lambda: tr("Ask the weights of a Hugging Face folder"), self.add_folder)
        )
        runs.shown_changed.connect(self._on_run)
        runs.selection_changed.connect(self._on_run)
        current().changed.connect(self._on_run)

    def add_folder(self, path: str) -> None:
        """Offer the weights of a folder and choose them; what is wrong with it is said."""
        try:
            folder = read_folder(path)
        except EngineError as error:
            self._panel.say(partial(said, error.sentence), is_error=True)
            return
        view = WeightsView(folder.path, "folder", NEWEST, tr("folder {name}", name=folder.path.name))
        self._folders = (*(each for each in self._folders if each.path != view.path), view)
        self._panel.show_weights(self._views(), view)
        self._panel.say("")

    def choose(self, step: int) -> None:
        """The checkpoint of a step of the shown run answers."""
        views = self._views()
        self._panel.show_weights(views, next((view for view in views if view.which == step), self._panel.chosen))

    def close(self) -> None:
        """The window closes."""
        self.answering.close()

    def _on_typed(self) -> None:
        """While a prompt is typed, what will answer it starts; live weights are in the memory of their trainer."""
        chosen = self._panel.chosen
        if self._panel.field.hasFocus() and chosen is not None and chosen.which != LIVE:
            self.answering.warm()

    def _on_run(self) -> None:
        if self._panel.is_choosing:
            return
        views, chosen = self._views(), self._panel.chosen
        is_other = self._runs.selected != self._run and self._runs.shown is not None
        kept = None if is_other or chosen is None else next((view for view in views if view.key == chosen.key), None)
        if self._runs.shown is not None:
            self._run = self._runs.selected
        self._panel.show_weights(views, kept or next(iter(views), None))

    def _views(self) -> tuple[WeightsView, ...]:
        shown = self._runs.shown
        return self._folders if shown is None else (*weights_of(shown), *self._folders)


def weights_of(run: RunSnapshot) -> tuple[WeightsView, ...]:
    """What of a run can be asked: its live weights while it trains, then its checkpoints, the newest and the best
    first."""
    found = []
    if run.header.state in _ANSWERING and not run.header.is_remote:
        found.append(WeightsView(run.path, LIVE, LIVE, tr("live weights of {run}", run=run.header.name)))
    best = best_of(run.checkpoints)
    for place, one in enumerate(reversed(run.checkpoints)):
        step, is_best = one.progress.step, best is not None and one.path == best.path
        kind = "newest" if place == 0 else "best" if is_best else str(step)
        words = _KINDS.get(kind, _OTHER)
        parts = [tr(words), tr("step {step}", step=grouped(step))]
        if one.progress.validation_loss is not None:
            parts.append(tr("val {loss}", loss=formatting.loss(one.loss)))
        if is_best and place == 0:
            parts.append(tr("the best"))
        found.append(WeightsView(run.path, kind, step, ", ".join(parts)))
    return tuple(sorted(found, key=lambda view: view.kind not in (LIVE, "newest", "best")))
