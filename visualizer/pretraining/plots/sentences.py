"""Sentences above a plot, in as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent

from visualizer.look.wrapped_label import WrappedLabel


class Sentences(WrappedLabel):
    """Hidden while there is nothing to say; never lower than its lines at its width, which a splitter asks for."""

    def say(self, words: str) -> None:
        """Show these."""
        if words != self.text():
            self.setText(words)
            self.updateGeometry()
        self.setVisible(bool(words))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
