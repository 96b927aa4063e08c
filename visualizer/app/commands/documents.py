"""File > Recent and File > Examples: the programs that were open before, and those that ship with the window."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from engine.shared.language import tr
from visualizer.app.examples import NAMES, example
from visualizer.app.file_commands import FileCommands
from visualizer.app.settings import Settings
from visualizer.look.spoken import speak


class DocumentCommands(QObject):
    """Fills its menu `recent` each time before it opens: a file may have come or gone since."""

    def __init__(self, files: FileCommands, settings: Settings, menu: QMenu, before: QAction) -> None:
        super().__init__(menu)
        self._files, self._settings = files, settings
        self.recent = QMenu(menu, objectName="recent_menu")
        self.recent.setToolTipsVisible(True)
        self.recent.aboutToShow.connect(self._fill)
        menu.insertMenu(before, self.recent)
        speak(self.recent.setTitle, "Recent")
        self._fill()

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {f"example_{name}": partial(self._open_example, name) for name in NAMES}

    def entries(self) -> list[QAction]:
        """A command for each recent program that is still there."""
        self._fill()
        return [action for action in self.recent.actions() if action.data() and action.isEnabled()]

    def _fill(self) -> None:
        self.recent.clear()
        paths = self._settings.recent_files
        for path in paths:
            self._add(path, has_twin=[other.name for other in paths].count(path.name) > 1)
        if not paths:
            self.recent.addAction(tr("No program was opened or saved yet")).setEnabled(False)
            return
        self.recent.addSeparator()
        self.recent.addAction(tr("Clear this list")).triggered.connect(self._clear)

    def _add(self, path: Path, *, has_twin: bool) -> None:
        """By its name; with its folder where another one is called the same."""
        name = f"{path.name} — {path.parent.name}" if has_twin else path.name
        is_there = os.path.isfile(path)
        text = name if is_there else tr("{name} (not there any more)", name=name)
        action = self.recent.addAction(text.replace("&", "&&"))
        action.setToolTip(str(path))
        action.setData(str(path))
        action.setEnabled(is_there)
        action.triggered.connect(lambda checked=False: self._files.open_path(path, ask=True))

    def _clear(self) -> None:
        self._settings.recent_files = []

    def _open_example(self, name: str) -> None:
        self._files.open_text(example(name), f"{name}.py")
