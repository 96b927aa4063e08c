"""A button that shows its icon alone where there is no room for its words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from visualizer.look import theme
from visualizer.look.spoken import speak


class ShrinkingButton(QPushButton):
    """Needs an icon. Its accessible name stays what its words are. `words` are a marked
    constant."""

    def __init__(self, words: str, parent: QWidget | None = None, *, objectName: str = "") -> None:
        super().__init__(parent, objectName=objectName)
        self._words = ""
        speak(self.set_words, words)

    def set_words(self, words: str) -> None:
        """What it says where it has room."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """With its words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self._words
        text = option.fontMetrics.size(Qt.TextFlag.TextShowMnemonic, self._words)
        content = QSize(text.width() + option.iconSize.width() + 4, max(text.height(), option.iconSize.height()))
        return self.style().sizeFromContents(QStyle.ContentsType.CT_PushButton, option, content, self)

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
        words = self._words if self.width() >= self.sizeHint().width() else ""
        if words != self.text():
            self.setText(words)
