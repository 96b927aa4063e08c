"""Goes through the cells of a result, one after another, until somebody stops it; or to any one of them."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from visualizer.backprop.tensor_view.planes import flat_index

_EACH_MS = 700
_NOWHERE = -1


class Walk(QObject):
    """Emits `came_to(index)` for each cell, row by row, and `changed()` after it began, stopped or came to another."""

    came_to = Signal(tuple)
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._shape: tuple[int, ...] = ()
        self.n_cells = 0
        self.at = _NOWHERE  # the number of the cell that it has come to
        self._timer = QTimer(self, interval=_EACH_MS)
        self._timer.timeout.connect(lambda: self.go_to(self.at + 1))

    @property
    def is_running(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def set_shape(self, shape: tuple[int, ...]) -> None:
        """Another result: before its first cell."""
        self.stop()
        self._shape, self.n_cells, self.at = shape, math.prod(shape), _NOWHERE
        self.changed.emit()

    def toggle(self) -> None:
        """Go on from where it is, from the start once it has come to the end; or stop."""
        if self.is_running:
            self.stop()
        elif self.n_cells:
            self._timer.start()
            self.go_to(0 if self.at + 1 >= self.n_cells else self.at + 1)

    def stop(self) -> None:
        """Where it is."""
        if self.is_running:
            self._timer.stop()
            self.changed.emit()

    def step(self, n_cells: int) -> None:
        """Stop, so many cells on, or back."""
        self.stop()
        self.go_to(self.at + n_cells)

    def go_to(self, number: int) -> None:
        """To a cell, counted row by row; the first or the last instead of one that there is not."""
        if not self.n_cells:
            return
        self.at = min(max(number, 0), self.n_cells - 1)
        if self.at == self.n_cells - 1:
            self._timer.stop()
        self.changed.emit()
        self.came_to.emit(tuple(int(one) for one in np.unravel_index(self.at, self._shape)) if self._shape else ())

    def stand_at(self, index: tuple[int, ...]) -> None:
        """Somebody has chosen a cell: from there it goes on."""
        self.stop()
        self.at = flat_index(index, self._shape)
        self.changed.emit()
