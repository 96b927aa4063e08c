"""A few words in the middle of a room, whose lines are about equally long: no last word stands alone."""

from __future__ import annotations

import math
import re
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from visualizer.look import theme

_MARGIN_PX = 16


class BalancedLabel(QLabel):
    """Its first paragraph stands out. It takes the width that it gets."""

    def __init__(self, parent: QWidget | None = None, *, name: str) -> None:
        super().__init__(parent, objectName=name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._paragraphs: tuple[str, ...] = ()
        self._heights: dict[tuple[int, str], int] = {}  # by width and font: layouts ask for the same ones many times

    def say(self, *paragraphs: str) -> None:
        """Plain texts."""
        self._paragraphs = paragraphs
        self._heights.clear()
        self._balance()

    def minimumSizeHint(self) -> QSize:
        """Of any width: the sides of its paragraphs are as wide as there is room."""
        return QSize(0, self.fontMetrics().lineSpacing())

    def heightForWidth(self, width: int) -> int:
        """With the sides that it will have then."""
        asked = width, self.font().key()
        if asked not in self._heights:
            self._heights[asked] = self._measured(width)
        return self._heights[asked]

    def _measured(self, width: int) -> int:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font())
        document.setHtml(self._html(width))
        document.setTextWidth(width)
        return math.ceil(document.size().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._balance()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._heights.clear()
            self._balance()

    def _balance(self) -> None:
        self.setText(self._html(self.width()))

    def _html(self, width: int) -> str:
        room = max(width - 2 * theme.current().px(_MARGIN_PX), 1)
        return "".join(self._written(text, room, is_first=not n) for n, text in enumerate(self._paragraphs))

    def _written(self, text: str, room: int, *, is_first: bool) -> str:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if is_first else QFont.Weight.Normal)
        side = theme.current().px(_MARGIN_PX) + (room - narrowest(text, QFontMetrics(font), room)) // 2
        weight = " font-weight: 600;" if is_first else ""
        return f"<p style='margin-left: {side}px; margin-right: {side}px;{weight}'>{escape(text)}</p>"


def narrowest(text: str, metrics: QFontMetrics, room: int) -> int:
    """The least width in which a text has no more lines than in the whole room."""

    def height(width: int) -> int:
        return metrics.boundingRect(0, 0, width, 1 << 20, Qt.TextFlag.TextWordWrap, text).height()

    wanted, low, high = height(room), 1, room
    widest = max((metrics.horizontalAdvance(word) for word in re.split(r"[ \n]", text)), default=1)
    low = min(widest, room)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if height(middle) <= wanted else (middle + 1, high)
    return min(low + 2, room)  # what lays out rich text rounds otherwise
