"""A field that takes a number as the language in use writes it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from engine.shared.language import local, pythonic
from visualizer.look.spoken import say_again


class NumberField(QLineEdit):
    """Shows "0,001" in Portuguese and is "0.001" for the program; a point typed there is understood, too. What is no
    number stays as it is."""

    def __init__(self, parent: QWidget | None = None, *, objectName: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(objectName)
        self._number = ""
        self.textChanged.connect(self._read)
        say_again(self, self._write)

    def number(self) -> str:
        """What stands in it, as Python writes it."""
        return self._number

    def set_number(self, text: str) -> None:
        """Show a number that Python has written; a text that shows the same already stays as it was typed."""
        if text != self._number:
            self.setText(local(text))

    def _read(self, text: str) -> None:
        self._number = pythonic(text.strip())

    def _write(self) -> None:
        if self.text() != local(self._number):
            self.setText(local(self._number))
