"""The button that says what cards are coloured by, and its menu."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from engine.shared.language import tr
from visualizer.backprop.graph.color_by import CATEGORY, CHOICES
from visualizer.look.spoken import say_again, speak


class ColorMenu(QToolButton):
    """Emits `chosen(name)`, one of CHOICES."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("graph_color_by")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setProperty("kind", "menu")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        speak(self.setToolTip, "What the colours of the cards stand for")
        menu, group = QMenu(self), QActionGroup(self)
        self._actions: dict[str, QAction] = {}
        for name in CHOICES:
            action = QAction(menu)
            action.setCheckable(True)
            action.triggered.connect(lambda checked=False, name=name: self.chosen.emit(name))
            group.addAction(action)
            menu.addAction(action)
            self._actions[name] = action
        self.setMenu(menu)
        self._chosen = CATEGORY
        say_again(self, self._name_all)
        self.set_chosen(CATEGORY)

    def _name_all(self) -> None:
        for name, choice in CHOICES.items():
            words = tr(choice.words)
            self._actions[name].setText(f"{words[:1].upper()}{words[1:]}")
        self._write()

    def _write(self) -> None:
        words = tr(CHOICES[self._chosen].words)
        self.setText(tr("Colour: {what}", what=words))
        self.setAccessibleName(tr("Coloured by {what}", what=words))

    def set_chosen(self, name: str) -> None:
        """Show this one. No signal."""
        self._actions[name].setChecked(True)
        self._chosen = name
        self._write()
