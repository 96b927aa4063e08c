"""A line to type a search into, with a magnifying glass that grows with the text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from visualizer.look import icons, theme
from visualizer.look.announcing import announce
from visualizer.look.escape import claims_escape
from visualizer.look.painting import guarded

_REST_MS = 400  # of typing, before what came of it is told


class SearchField(QLineEdit):
    """Escape clears it and leaves, which `left` says. The glass is drawn here, because Qt draws the icons of its own
    line edits at 16 pixels whatever the size of the text is."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.current().changed.connect(self._make_room)
        self._make_room()
        self._rests = QTimer(self, singleShot=True, interval=_REST_MS)

    def tell(self, words: Callable[[], str]) -> None:
        """What was found, which `words` say, is told to a screen reader whenever the typing rests."""
        self.textEdited.connect(self._rests.start)
        self._rests.timeout.connect(lambda: announce(self, words()))

    def _make_room(self) -> None:
        self.setTextMargins(theme.current().px(20), 0, 0, 0)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme.current()
        side = look.px(16)
        glass = icons.icon("search", look.color("text.muted")).pixmap(side, side)
        QPainter(self).drawPixmap(look.px(8), (self.height() - side) // 2, side, side, glass)

    def event(self, event: QEvent) -> bool:
        return claims_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)
