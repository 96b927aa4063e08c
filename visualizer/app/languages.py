"""The menu Language: each by its own name, the one in use checked."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from engine.shared.language import languages, spoken
from visualizer.look.spoken import current, speak


class Languages(QObject):
    """`chosen(code)` of a language, "pt_BR". `actions` are also for the palette."""

    chosen = Signal(str)

    def __init__(self, menu: QMenu) -> None:
        super().__init__(menu)
        self.actions: list[QAction] = []
        group = QActionGroup(self)
        speak(menu.setTitle, "Language")
        for code, name in languages().items():
            action = QAction(name, self, checkable=True)
            action.setObjectName(f"language_{code}")
            action.triggered.connect(lambda checked=False, code=code: self.chosen.emit(code))
            group.addAction(action)
            menu.addAction(action)
            self.actions.append(action)
        current().changed.connect(self._check)
        self._check()

    def _check(self) -> None:
        for action in self.actions:
            action.setChecked(action.objectName() == f"language_{spoken()}")
