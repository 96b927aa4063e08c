"""A part of what scrolls stays in view while what is above it, or itself, grows: answers come one after the other."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget


class KeptInView(QObject):
    """Of one scroll area: from `show` until the person scrolls, or `forget`."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._shown: QWidget | None = None
        bar = area.verticalScrollBar()
        bar.actionTriggered.connect(self.forget)
        bar.rangeChanged.connect(self._soon)
        self._later = QTimer(self, singleShot=True, interval=0)  # once the layout has moved its parts, too
        self._later.timeout.connect(self._follow)

    def show(self, part: QWidget) -> None:
        """Scroll to it: the whole, or from its top where there is no room."""
        self._shown = part
        self._follow()
        self._later.start()

    def forget(self) -> None:
        """Stay where it is."""
        self._shown = None

    def _soon(self) -> None:
        if self._shown is not None:
            self._later.start()

    def _follow(self) -> None:
        content = self._area.widget()
        if self._shown is None or content is None or not self._shown.isVisible():
            return
        top, height = self._shown.mapTo(content, QPoint(0, 0)).y(), self._shown.height()
        bar, room = self._area.verticalScrollBar(), self._area.viewport().height()
        if height >= room or top < bar.value():
            bar.setValue(top)
        elif top + height > bar.value() + room:
            bar.setValue(top + height - room)
