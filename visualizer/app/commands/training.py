"""The menu Training, and opening a run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.shared.language import tr
from visualizer.look.file_dialogs import ask_folder
from visualizer.pretraining.plots.controls import FORMATS
from visualizer.pretraining.workspace import PretrainingWorkspace


class TrainingCommands:
    """Acts on the Pretraining workspace, the second of `workspaces`."""

    def __init__(self, window: QWidget, workspaces: QStackedWidget, pretraining: PretrainingWorkspace) -> None:
        self._window, self._workspaces, self._pretraining = window, workspaces, pretraining

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        exports: dict[str, Callable[[], object]] = {
            f"plots_{suffix[1:]}": partial(self._in_pretraining, partial(self._pretraining.plots_export.ask, suffix))
            for suffix in FORMATS
        }
        return exports | {
            "open_run": lambda: ask_folder(self._window, lambda: tr("Open run folder"), self.open_run_folder),
            "train_start": self._start,
            "train_pause": self._pretraining.pause_or_resume,
            "train_stop": self._pretraining.stop,
            "train_change": self._change,
            "train_branch": self._branch,
            "train_export": self._export,
            "train_ask": lambda: self._in_pretraining(self._pretraining.ask_model),
            "train_compare": lambda: self._in_pretraining(self._pretraining.plots.comparison_wanted.emit),
        }

    def open_run_folder(self, path: str) -> None:
        """Show a run."""
        self._workspaces.setCurrentIndex(1)
        self._pretraining.open_run(path)

    def open_configuration(self, text: str) -> None:
        """Fill the form from a configuration that a program holds."""
        self._workspaces.setCurrentIndex(1)
        self._pretraining.fill_from_text(text)

    def _in_pretraining(self, act: Callable[[], object]) -> None:
        self._workspaces.setCurrentIndex(1)
        act()

    def _change(self) -> None:
        self._workspaces.setCurrentIndex(1)
        self._pretraining.going_on.ask()

    def _branch(self) -> None:
        self._workspaces.setCurrentIndex(1)
        self._pretraining.going_on.ask_branch()

    def _export(self) -> None:
        self._workspaces.setCurrentIndex(1)
        self._pretraining.export_weights()

    def _start(self) -> None:
        self._workspaces.setCurrentIndex(1)
        self._pretraining.start()
