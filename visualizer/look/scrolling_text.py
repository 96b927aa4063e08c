"""A label of any length: as tall as its text up to some lines, and scrolled beyond."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget


class ScrollingText(QScrollArea):
    """Shows `label`, which wraps its words."""

    def __init__(self, label: QLabel, most_lines: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._label, self._most_lines = label, most_lines
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        self.setWidget(label)

    def fit(self) -> None:
        """The text or its font has changed."""
        wanted = self._label.heightForWidth(max(self.viewport().width(), 1))
        most = self._most_lines * self._label.fontMetrics().lineSpacing()
        self.setFixedHeight(max(min(wanted, most), 1))
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
