"""What is shown anew in several parts is painted once, when all of them are there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

_PATIENCE_MS = 150  # after which what is there is painted


class OneFrame(QObject):
    """Belongs to one widget, on the window's thread. From `begin` on its picture stays until `is_ready()`, which is
    asked whenever `look` is called, and no longer than 150 ms after the first `begin`: of what follows each other more
    quickly, as the nodes that a held key passes by, one is painted now and then. What is moved, resized or uncovered
    meanwhile is painted as it is."""

    def __init__(self, widget: QWidget, is_ready: Callable[[], bool]) -> None:
        super().__init__(widget)
        self._widget, self._is_ready = widget, is_ready
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._end)

    @property
    def is_awaited(self) -> bool:
        """Whether the picture is of before."""
        return self._patience.isActive()

    def begin(self) -> None:
        """Parts of what is shown are on their way, unless all of it is here."""
        if self.is_awaited or self._is_ready():
            self.look()
            return
        self._widget.setUpdatesEnabled(False)
        self._patience.start()

    def look(self) -> None:
        """A part has come."""
        if self.is_awaited and self._is_ready():
            self._end()

    def _end(self) -> None:
        self._patience.stop()
        self._widget.setUpdatesEnabled(True)
