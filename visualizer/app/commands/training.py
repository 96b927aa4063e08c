"""The menu Training, and opening a run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.shared.language import tr
from visualizer.app.training_room import TrainingRoom
from visualizer.look.file_dialogs import ask_folder
from visualizer.pretraining.plots.controls import FORMATS

if TYPE_CHECKING:
    from visualizer.pretraining.workspace import PretrainingWorkspace


class TrainingCommands:
    """Acts on the Pretraining workspace, the second of `workspaces`."""

    def __init__(self, window: QWidget, workspaces: QStackedWidget, room: TrainingRoom) -> None:
        self._window, self._workspaces, self._room = window, workspaces, room

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        exports: dict[str, Callable[[], object]] = {
            f"plots_{suffix[1:]}": partial(self._export_plots, suffix) for suffix in FORMATS
        }
        return exports | {
            "open_run": lambda: ask_folder(self._window, lambda: tr("Open run folder"), self.open_run_folder),
            "train_start": self._start,
            "train_pause": lambda: self._room.workspace.pause_or_resume(),
            "train_stop": lambda: self._room.workspace.stop(),
            "train_change": self._change,
            "train_branch": self._branch,
            "train_export": self._export,
            "train_ask": lambda: self._shown().ask_model(),
            "train_compare": lambda: self._shown().plots.comparison_wanted.emit(),
        }

    def open_run_folder(self, path: str) -> None:
        """Show a run."""
        self._shown().open_run(path)

    def open_configuration(self, text: str) -> None:
        """Fill the form from a configuration that a program holds."""
        self._shown().fill_from_text(text)

    def _shown(self) -> PretrainingWorkspace:
        """The workspace, in front."""
        self._workspaces.setCurrentIndex(1)
        return self._room.workspace

    def _export_plots(self, suffix: str) -> None:
        self._shown().plots_export.ask(suffix)

    def _change(self) -> None:
        self._shown().going_on.ask()

    def _branch(self) -> None:
        self._shown().going_on.ask_branch()

    def _export(self) -> None:
        self._shown().export_weights()

    def _start(self) -> None:
        self._shown().start()
