"""Thousands of rectangles or lines in one call of QPainter, straight from a numpy array."""

from __future__ import annotations

import numpy as np
import shiboken6
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

_ROW_BYTES = 32


class Batch:
    """A reused array of QRectF (x, y, width, height) or QLineF (x0, y0, x1, y1): both are four doubles in memory.

    QPainter's array overloads take a pointer to the first element and a count, as in pyqtgraph's PrimitiveArray; that
    class would do, but importing pyqtgraph takes longer than the first picture of a graph may.
    """

    def __init__(self, kind: type[QRectF] | type[QLineF]) -> None:
        self._kind = kind
        self._array = np.empty((0, 4), dtype=np.float64)

    def room(self, n: int) -> np.ndarray:
        """The first n rows, float64 (n, 4), to be filled before they are drawn."""
        if n > len(self._array):
            self._array = np.empty((max(n, 2 * len(self._array)), 4), dtype=np.float64)
        return self._array[:n]

    def draw_rows(self, painter: QPainter, start: int, stop: int) -> None:
        """Draw the filled rows from start to stop with the painter's pen and brush."""
        if stop <= start:
            return
        first = shiboken6.wrapInstance(self._array.ctypes.data + start * _ROW_BYTES, self._kind)
        if self._kind is QRectF:
            painter.drawRects(first, stop - start)
        else:
            painter.drawLines(first, stop - start)

    def draw(self, painter: QPainter, values: np.ndarray) -> None:
        """Draw all rows of a float (n, 4)."""
        self.room(len(values))[:] = values
        self.draw_rows(painter, 0, len(values))
