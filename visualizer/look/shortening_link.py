"""A link whose words are cut in their middle where there is no room for all of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from visualizer.look import theme
from visualizer.look.elision import elided


class ShorteningLink(QPushButton):
    """Asks for as much room as its words take, and needs hardly any, so that words beside it are not made wider than
    their room. What it says whole is its accessible name, and its tool tip where it is cut."""

    def __init__(self, parent: QWidget | None = None, *, objectName: str = "") -> None:
        super().__init__(parent, objectName=objectName)
        self.setProperty("kind", "link")
        self._words = ""

    def set_words(self, words: str) -> None:
        """What it says, in the language of now."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """With all of its words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self._words
        text = option.fontMetrics.size(Qt.TextFlag.TextShowMnemonic, self._words)
        return self.style().sizeFromContents(QStyle.ContentsType.CT_PushButton, option, text, self)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(36), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        around = self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self._words)
        words = elided(self.fontMetrics(), self._words, self.width() - around, Qt.TextElideMode.ElideMiddle)
        if words != self.text():
            self.setText(words)
            self.setToolTip("" if words == self._words else self._words)
