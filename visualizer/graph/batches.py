"""Thousands of rectangles or lines in one call of QPainter, straight from a numpy array."""

from __future__ import annotations

import numpy as np
import shiboken6
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter


class Batch:
    """A reused array of QRectF (x, y, width, height) or QLineF (x0, y0, x1, y1): both are four doubles in memory.

    QPainter's array overloads take a pointer to the first element and a count, as in pyqtgraph's PrimitiveArray; that
    class would do, but importing pyqtgraph takes longer than the first picture of a graph may.
    """

    def __init__(self, kind: type[QRectF] | type[QLineF]) -> None:
        self._kind = kind
        self._array = np.empty((0, 4), dtype=np.float64)

    def draw(self, painter: QPainter, values: np.ndarray) -> None:
        """Draw all rows of float (n, 4) with the painter's pen and brush."""
        n = len(values)
        if n == 0:
            return
        if n > len(self._array):
            self._array = np.empty((max(n, 2 * len(self._array)), 4), dtype=np.float64)
        self._array[:n] = values
        first = shiboken6.wrapInstance(self._array.ctypes.data, self._kind)
        if self._kind is QRectF:
            painter.drawRects(first, n)
        else:
            painter.drawLines(first, n)
