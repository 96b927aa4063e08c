"""What a panel says while it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from visualizer.look import theme
from visualizer.look.spoken import speak


class EmptyWords(QScrollArea):
    """A sentence or two in as many lines as they need; where the panel is lower than that, they scroll. `words` are
    a marked constant."""

    def __init__(self, words: str, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self._label = QLabel(self, objectName=name)
        self._label.setProperty("role", "secondary")
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        self.setWidget(self._label)
        speak(self.setText, words)
        theme.current().changed.connect(self._dress)
        self._dress()

    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def setText(self, words: str) -> None:
        """Say something else."""
        self._label.setText(words)
        self.setAccessibleName(words)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The keyboard stops here only where there is something to scroll."""
        width, height = self.viewport().width(), self.viewport().height()
        is_cut = self._label.heightForWidth(width) > height
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_cut else Qt.FocusPolicy.NoFocus)

    def _dress(self) -> None:
        side = theme.current().px(12)
        self._label.setContentsMargins(side, theme.current().px(8), side, theme.current().px(4))
        self._fit()
