"""One panel of Backprop at a time, above the timeline, and all of them again as they were."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget

from visualizer.look.scrolled_places import ScrolledPlaces

MIDDLE = "middle"
_MOST_RESIZES = 3
BELOW = "timeline"  # stays below whichever is large: position and norms belong to each of them


class LargePanel(QObject):
    """`changed()`: another one, or none, is large, or there are others. `name` is that of a dock, MIDDLE of what stands
    in the middle, "" of none. `is_needed`: there is no room for more than one. `keyboard_wanted()`: the panel that had
    it has gone."""

    changed = Signal()
    keyboard_wanted = Signal()

    def __init__(self, workspace: QMainWindow, docks: Mapping[str, QDockWidget]) -> None:
        super().__init__(workspace)
        self._workspace, self._docks = workspace, docks
        self._before, self._size_before = QByteArray(), QSize()
        self._n_resizes = 0  # of the window that may still come after a presentation
        self._places = ScrolledPlaces(workspace)
        self._shown: set[str] = set()
        self._came_by_itself = False
        self._before_presentation = ("", False)  # the name, and whether it came by itself
        self.is_needed = False
        self.name = ""
        workspace.installEventFilter(self)

    @property
    def candidates(self) -> list[str]:
        """What is on screen, or was before one became large, in the order of the docks."""
        shown = self._shown if self.name else {name for name, dock in self._docks.items() if not dock.isHidden()}
        return [MIDDLE, *(name for name in self._docks if name in shown and name != BELOW)]

    def toggle(self, name: str) -> None:
        """Make it large, or all as they were if it is."""
        if self.name == name:
            self.leave()
        else:
            self.show(name)

    def show(self, name: str) -> None:
        """Make it large, in place of the one that is."""
        if not self.name:
            self._places.keep()
            self._before, self._size_before = self._workspace.saveState(), self._workspace.size()
            self._shown = set(self.candidates) - {MIDDLE}
        focused = QApplication.focusWidget()
        is_hiding_focus = focused is not None and self._holder(focused) not in (name, BELOW, "")
        self.name = name
        self._shown |= {name} - {MIDDLE}
        for other, dock in self._docks.items():
            if other != BELOW:
                dock.setVisible(other == name)
        self._workspace.centralWidget().setVisible(name == MIDDLE)
        self.changed.emit()
        if is_hiding_focus:
            self.keyboard_wanted.emit()

    def leave(self) -> None:
        """Every panel where it was, where there is room for them."""
        self._came_by_itself = self.is_needed
        if not self.name or self.is_needed:
            return
        self.name = ""
        focused = QApplication.focusWidget()
        self._workspace.centralWidget().show()
        self._workspace.restoreState(self._before)
        self._places.bring_back()
        if focused is not None and focused is not QApplication.focusWidget():
            focused.setFocus()  # docks that come back beside it take the keyboard from it
        self.changed.emit()

    def begin_presentation(self) -> None:
        """One is large from here on, however much room there is: the one that is, else that with the keyboard."""
        self._before_presentation = self.name, self._came_by_itself
        self._came_by_itself = False
        if not self.name:
            self.show(self.holding(QApplication.focusWidget()))

    def end_presentation(self) -> None:
        """The one that was large is so again, or none."""
        name, came_by_itself = self._before_presentation
        if not name:
            self.leave()
            return
        self._came_by_itself = came_by_itself
        self.show(name)

    def settle(self) -> None:
        """A presentation has ended: every panel is as large as it was before, once text and window are so again, which
        a desktop does in its own time."""
        self._n_resizes = _MOST_RESIZES
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        if self.name or not self._n_resizes or self._before.isEmpty():
            return
        self._workspace.restoreState(self._before)
        self._n_resizes -= 1
        if self._n_resizes and self._workspace.size() == self._size_before:
            self._n_resizes = 0
            # What has just come back asks for as much room as its larger text took until its layouts have been made.
            QTimer.singleShot(0, self, lambda: self.name or self._workspace.restoreState(self._before))

    def need(self, *, is_needed: bool) -> None:
        """Whether there is room for one alone: then the one with the keyboard is large, and all are back once there
        is more."""
        self.is_needed = is_needed
        if is_needed and not self.name:
            self._came_by_itself = True
            self.show(self.holding(QApplication.focusWidget()))
        elif not is_needed and self._came_by_itself:
            self.leave()

    def holding(self, widget: QWidget | None) -> str:
        """The panel that a widget lies in; MIDDLE of any other."""
        found = "" if widget is None else self._holder(widget)
        return MIDDLE if found in ("", BELOW) else found

    def _holder(self, widget: QWidget) -> str:
        """The dock or the middle that a widget lies in, "" of none."""
        panels = {**self._docks, MIDDLE: self._workspace.centralWidget()}
        return next((name for name, panel in panels.items() if panel.isAncestorOf(widget)), "")

    def watch(self, title: QWidget, name: str) -> None:
        """A double click on its title makes it large."""
        title.setProperty("large_panel", name)
        title.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._workspace:
            if event.type() == QEvent.Type.Resize and self._n_resizes:
                QTimer.singleShot(0, self, self._settle)
            return False
        if event.type() != QEvent.Type.MouseButtonDblClick:
            return False
        name = str(watched.property("large_panel"))
        if name in self._docks and self._docks[name].isFloating():
            return False  # the dock's own double click brings it back
        if name != BELOW:  # which is there beside each of them, and does not float for want of anything else
            self.toggle(name)
        return True
