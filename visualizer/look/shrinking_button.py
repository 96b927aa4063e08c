"""A button that shows its icon alone where there is no room for its words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from visualizer.look.fitted_button import FittedButton
from visualizer.look.spoken import speak


class ShrinkingButton(FittedButton):
    """Needs an icon. `words` are a marked constant."""

    def __init__(self, words: str, parent: QWidget | None = None, *, objectName: str = "") -> None:
        super().__init__(parent, objectName=objectName)
        speak(self.set_words, words)

    def fitting(self) -> str:
        return self.words if self.width() >= self.sizeHint().width() else ""
