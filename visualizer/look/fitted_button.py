"""A button that says of its words what it has room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton

from visualizer.look import theme


class FittedButton(QPushButton):
    """Asks for as much room as its words take, and needs hardly any. All of them stay its accessible name. What stands
    on it is `fitting`, of those that are made of this."""

    words = ""

    def set_words(self, words: str) -> None:
        """What it says where it has room, in the language of now."""
        self.words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self._fit()

    def fitting(self) -> str:
        """What it says in its width."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """With all of its words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.words
        content = option.fontMetrics.size(Qt.TextFlag.TextShowMnemonic, self.words)
        if not self.icon().isNull():
            icon = option.iconSize
            content = QSize(content.width() + icon.width() + 4, max(content.height(), icon.height()))
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
        words = self.fitting()
        if words != self.text():
            self.setText(words)
