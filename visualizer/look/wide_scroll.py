"""Scrolls sideways what is wider than its room, as panels are where large text stands beside something else."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from visualizer.look import theme

_LEAST_WIDTH = 300  # pixels at 100 %


class WideScroll(QScrollArea):
    """Around one widget, which is as high as the room. What has the keyboard comes into view."""

    def __init__(self, held: QWidget, name: str) -> None:
        super().__init__(objectName=name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(held)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def minimumSizeHint(self) -> QSize:
        held = self.widget().minimumSizeHint()
        return QSize(min(held.width(), theme.current().px(_LEAST_WIDTH)), held.height())

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.widget().isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, 0)
