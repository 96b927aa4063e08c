"""Goes through the cells of a result, one after another, until somebody stops it."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

_EACH_MS = 700


class Walk(QObject):
    """Emits `came_to(index)` for each cell, row by row, and `changed()` after it began or stopped."""

    came_to = Signal(tuple)
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._shape: tuple[int, ...] = ()
        self._next = 0
        self._timer = QTimer(self, interval=_EACH_MS)
        self._timer.timeout.connect(self._go)

    @property
    def is_running(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def set_shape(self, shape: tuple[int, ...]) -> None:
        """Another result: from its first cell."""
        self.stop()
        self._shape, self._next = shape, 0

    def toggle(self) -> None:
        """Go on from where it was stopped, from the start once it has come to the end; or stop."""
        if self.is_running:
            self.stop()
            return
        self._next = 0 if self._next >= math.prod(self._shape) else self._next
        if math.prod(self._shape):
            self._timer.start()
            self.changed.emit()
            self._go()

    def stop(self) -> None:
        """Where it is."""
        if self.is_running:
            self._timer.stop()
            self.changed.emit()

    def _go(self) -> None:
        place = tuple(int(index) for index in np.unravel_index(self._next, self._shape)) if self._shape else ()
        self._next += 1
        if self._next >= math.prod(self._shape):
            self.stop()
        self.came_to.emit(place)
