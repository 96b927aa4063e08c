"""A label whose words wrap, and which is measured once."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget


class WrappedLabel(QLabel):
    """Layouts ask some twenty times at each change how high it is at the same width, and Qt would lay out its words,
    or its table, each time."""

    def __init__(self, parent: QWidget | None = None, *, name: str) -> None:
        super().__init__(parent, objectName=name)
        self.setWordWrap(True)
        self._heights: dict[int, int] = {}  # by width, of the text and font that it has

    def setText(self, text: str) -> None:
        if text != self.text():
            self._heights.clear()
            super().setText(text)

    def heightForWidth(self, width: int) -> int:
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = super().heightForWidth(width)
        return height

    def changeEvent(self, event: QEvent) -> None:
        """Another font, style or direction."""
        self._heights.clear()
        super().changeEvent(event)
