"""One panel of Backprop at a time, as large as the workspace, and all of them again as they were."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QEvent, QObject, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

MIDDLE = "middle"


class LargePanel(QObject):
    """`changed()`: another one, or none, is large. `name` is that of a dock, MIDDLE of what stands in the middle, ""
    of none."""

    changed = Signal()

    def __init__(self, workspace: QMainWindow, docks: Mapping[str, QDockWidget]) -> None:
        super().__init__(workspace)
        self._workspace, self._docks = workspace, docks
        self._before = QByteArray()
        self._shown: set[str] = set()
        self.name = ""

    @property
    def candidates(self) -> list[str]:
        """What is on screen, or was before one became large, in the order of the docks."""
        shown = self._shown if self.name else {name for name, dock in self._docks.items() if not dock.isHidden()}
        return [MIDDLE, *(name for name in self._docks if name in shown)]

    def toggle(self, name: str) -> None:
        """Make it large, or all as they were if it is."""
        if self.name == name:
            self.leave()
        else:
            self.show(name)

    def show(self, name: str) -> None:
        """Make it large, in place of the one that is."""
        if not self.name:
            self._before = self._workspace.saveState()
            self._shown = set(self.candidates) - {MIDDLE}
        self.name = name
        self._shown |= {name} - {MIDDLE}
        for other, dock in self._docks.items():
            dock.setVisible(other == name)
        self._workspace.centralWidget().setVisible(name == MIDDLE)
        self.changed.emit()

    def leave(self) -> None:
        """Every panel where it was."""
        if not self.name:
            return
        self.name = ""
        self._workspace.centralWidget().show()
        self._workspace.restoreState(self._before)
        self.changed.emit()

    def holding(self, widget: QWidget | None) -> str:
        """The panel that a widget lies in; MIDDLE of any other."""
        found = (name for name, dock in self._docks.items() if widget is not None and dock.isAncestorOf(widget))
        return next(found, MIDDLE)

    def watch(self, title: QWidget, name: str) -> None:
        """A double click on its title makes it large."""
        title.setProperty("large_panel", name)
        title.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.MouseButtonDblClick:
            return False
        name = str(watched.property("large_panel"))
        if name in self._docks and self._docks[name].isFloating():
            return False  # the dock's own double click brings it back
        self.toggle(name)
        return True
