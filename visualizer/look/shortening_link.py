"""A link whose words are cut in their middle where there is no room for all of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from visualizer.look.elision import elided
from visualizer.look.fitted_button import FittedButton


class ShorteningLink(FittedButton):
    """Words beside it are not made wider than their room by it. What it says whole is its tool tip where it is cut."""

    def __init__(self, parent: QWidget | None = None, *, objectName: str = "") -> None:
        super().__init__(parent, objectName=objectName)
        self.setProperty("kind", "link")

    def fitting(self) -> str:
        metrics = self.fontMetrics()
        around = self.sizeHint().width() - metrics.horizontalAdvance(self.words)
        return elided(metrics, self.words, self.width() - around, Qt.TextElideMode.ElideMiddle)

    def _fit(self) -> None:
        super()._fit()
        self.setToolTip("" if self.text() == self.words else self.words)
