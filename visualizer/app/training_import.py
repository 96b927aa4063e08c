"""Imports what the Pretraining workspace is made of while the window stands and waits for its engine, a little in each
turn of the event loop."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer

WORKSPACE = "visualizer.pretraining.workspace"
# What pyqtgraph imports besides its own modules, itself, and those of the workspace that bring many others.
_FIRST = (
    *("pydoc", "PySide6.QtTest", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtSvg", "pyqtgraph"),
    *("visualizer.pretraining.plots.strokes", "visualizer.pretraining.plots.panel"),
    *("visualizer.pretraining.form.form_model", "visualizer.pretraining.runs.panel"),
    *("visualizer.pretraining.prompts.panel", "visualizer.pretraining.panels", WORKSPACE),
)
_N_NAMES = 40  # of Qt's classes in one turn


class TrainingImport(QObject):
    """On the window's thread alone: a class of Qt's that Python makes on another one changes tables in which Qt looks
    up the classes of objects on this one meanwhile, without Python's lock, and the program dies of it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = _parts()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Import a part in each turn until all is there."""
        self._timer.start()

    def end(self) -> ModuleType:
        """Import the rest now; the module of the workspace."""
        self.stop()
        return importlib.import_module(WORKSPACE)

    def stop(self) -> None:
        """Leave the rest to `end`."""
        self._timer.stop()

    def _go_on(self) -> None:
        if next(self._parts, None) is None:
            self._timer.stop()


def _parts() -> Iterator[str]:
    """Each step imports a little; what it was."""
    for module in (QtCore, QtGui, QtWidgets):
        names = dir(module)
        for first in range(0, len(names), _N_NAMES):
            for name in names[first : first + _N_NAMES]:
                getattr(module, name)  # PySide makes a class when it is first asked for, and pyqtgraph asks for each
            yield f"{module.__name__}, {names[first]}"
    for name in _FIRST:
        importlib.import_module(name)
        yield name
