"""What is scrolled stays scrolled over a while in which there is more room, and nothing to scroll."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QScrollBar, QWidget
from shiboken6 import isValid

_SETTLED_MS = 400  # without another size: every layout has been made, also after a change of the window's own size


class ScrolledPlaces(QObject):
    """Of all that scrolls in a part of the window. On the window's thread."""

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self._room = room
        self._kept: list[_Place] = []

    def keep(self) -> None:
        """As it is now, before there is more room."""
        for place in filter(isValid, self._kept):
            place.forget()
        bars = self._room.findChildren(QScrollBar)
        self._kept = [_Place(bar) for bar in bars if bar.isVisible() and bar.value() > bar.minimum()]

    def bring_back(self) -> None:
        """Now that the room is as it was, or is about to be; what somebody scrolled meanwhile stays where it is."""
        for place in filter(isValid, self._kept):
            place.go_back()
        self._kept = []


class _Place(QObject):
    """Of one bar, until somebody scrolls it."""

    def __init__(self, bar: QScrollBar) -> None:
        super().__init__(bar)
        self._bar, self._value = bar, bar.value()
        self._is_going_back = self._is_over = False
        self._settling = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settling.timeout.connect(self.forget)
        self._soon = QTimer(self, singleShot=True, interval=0)  # who sets the range sets a value behind it
        self._soon.timeout.connect(self._set)
        bar.valueChanged.connect(self._on_moved)
        bar.rangeChanged.connect(self._on_range)

    def go_back(self) -> None:
        if self._is_over:
            return
        self._is_going_back = True
        self._settling.start()
        self._soon.start()

    def forget(self) -> None:
        if self._is_over:  # and not deleted yet
            return
        self._is_over = True
        self._bar.valueChanged.disconnect(self._on_moved)
        self._bar.rangeChanged.disconnect(self._on_range)
        self._soon.stop()
        self._settling.stop()
        self.deleteLater()

    def _set(self) -> None:
        self._bar.setValue(min(self._value, self._bar.maximum()))

    def _on_moved(self, value: int) -> None:
        if value not in (self._value, self._bar.maximum()):  # the most there is: for want of anything to scroll
            self.forget()

    def _on_range(self) -> None:
        if self._is_going_back:
            self._settling.start()
            self._soon.start()
