"""A few words beside each other, of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from visualizer.look import theme
from visualizer.look.spoken import speak


class Segments(QWidget):
    """`chosen(place)` where the person has chosen another. Words and tips are marked constants."""

    chosen = Signal(int)

    def __init__(self, words: Sequence[str], tips: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(self)
        for place, (word, tip) in enumerate(zip(words, tips, strict=True)):
            button = QToolButton(self, objectName=f"{name}_{word.lower()}")
            speak(button.setText, word)
            speak(button.setToolTip, tip)
            button.setCheckable(True)
            self._group.addButton(button, place)
            self._row.addWidget(button)
        self._group.idClicked.connect(self.chosen)
        theme.current().changed.connect(self._dress)
        self._dress()

    def set_chosen(self, place: int) -> None:
        """No signal."""
        self._group.button(place).setChecked(True)

    def _dress(self) -> None:
        look = theme.current()
        self._row.setSpacing(look.px(2))
        for button in self._group.buttons():
            button.setFont(look.font(12))
