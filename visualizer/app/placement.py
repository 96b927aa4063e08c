"""Where everything in the window stands, from one start of it to the next."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget

from visualizer.app.settings import Settings
from visualizer.app.training_room import TrainingRoom
from visualizer.backprop.workspace import BackpropWorkspace


class Placement:
    """The window's place and size, its docks and columns, the room of the lessons, and which workspace is in front."""

    def __init__(
        self,
        window: QMainWindow,
        settings: Settings,
        *,
        backprop: BackpropWorkspace,
        pretraining: TrainingRoom,
        beside: QSplitter,
        workspaces: QStackedWidget,
    ) -> None:
        self._window, self._settings = window, settings
        self._backprop, self._pretraining = backprop, pretraining
        self._beside, self._workspaces = beside, workspaces

    def restore(self) -> None:
        """As it was left; else a size that shows all."""
        self._window.setMinimumSize(900, 560)
        self._window.resize(1440, 900)
        geometry, docks = self._settings.state("geometry"), self._settings.state("docks")
        if geometry is not None:
            self._window.restoreGeometry(geometry)
        self._backprop.restore_layout(docks)
        self._pretraining.restore_layout(self._settings.state("columns"))
        beside = self._settings.state("lessons")
        if beside is not None:
            self._beside.restoreState(beside)
        self._workspaces.setCurrentIndex(self._settings.workspace)

    def save(self) -> None:
        """As it is now."""
        self._settings.set_state("geometry", self._window.saveGeometry())
        self._settings.set_state("docks", self._backprop.save_layout())
        self._settings.set_state("lessons", self._beside.saveState())
        if (columns := self._pretraining.save_layout()) is not None:
            self._settings.set_state("columns", columns)
        self._settings.workspace = self._workspaces.currentIndex()
