"""A line to type a search into, with a magnifying glass that grows with the text."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from visualizer.look import icons, theme


class SearchField(QLineEdit):
    """Qt draws the icons of its own line edits at 16 pixels whatever the size of the text is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.current().changed.connect(self._make_room)
        self._make_room()

    def _make_room(self) -> None:
        self.setTextMargins(theme.current().px(20), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme.current()
        side = look.px(16)
        glass = icons.icon("search", look.color("text.muted")).pixmap(side, side)
        QPainter(self).drawPixmap(look.px(8), (self.height() - side) // 2, side, side, glass)
