"""The button that says what cards are coloured by, and its menu."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from visualizer.backprop.graph.color_by import CATEGORY, CHOICES


class ColorMenu(QToolButton):
    """Emits `chosen(name)`, one of CHOICES."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("graph_color_by")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setToolTip("What the colours of the cards stand for")
        menu, group = QMenu(self), QActionGroup(self)
        self._actions: dict[str, QAction] = {}
        for name, choice in CHOICES.items():
            action = QAction(f"{choice.words[:1].upper()}{choice.words[1:]}", menu)
            action.setCheckable(True)
            action.triggered.connect(lambda checked=False, name=name: self.chosen.emit(name))
            group.addAction(action)
            menu.addAction(action)
            self._actions[name] = action
        self.setMenu(menu)
        self.set_chosen(CATEGORY)

    def set_chosen(self, name: str) -> None:
        """Show this one. No signal."""
        self._actions[name].setChecked(True)
        self.setText(f"Colour: {CHOICES[name].words}  ⌄")
        self.setAccessibleName(f"Coloured by {CHOICES[name].words}")
