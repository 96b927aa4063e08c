"""Dashes of a curve are as long where it is steep as where it is flat, and stay where they are."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from visualizer.look import theme
from visualizer.pretraining.plots.frame import Frame
from visualizer.pretraining.plots.series import Series
from visualizer.pretraining.plots.strokes import Curve, Line, draw

SIDE = 200  # pixels


def painted(x: np.ndarray, y: np.ndarray, *, is_smooth: bool) -> np.ndarray:
    """Where a dashed line has left colour, bool (SIDE, SIDE), rows from the top."""
    line = Line(x, Series(y), width=1.0, dash=(5, 4), is_smooth=is_smooth)
    frame = Frame(QRectF(0, 0, SIDE, SIDE), (0.0, float(SIDE)), (0.0, float(SIDE)))
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw(painter, line, frame, Curve())
    painter.end()
    return np.frombuffer(image.constBits(), np.uint32).reshape(SIDE, SIDE) != QColor("white").rgb()


def runs(marks: np.ndarray) -> list[int]:
    """How long each run of True is, without those that the ends cut."""
    edges = np.flatnonzero(np.diff(marks.astype(int)))
    lengths = np.diff(edges)
    return lengths[int(not marks[edges[0] + 1]) :: 2].tolist()


def test_a_steep_plan_has_dashes_of_their_length(qapp):
    theme.current().set_mode("light")
    x = np.linspace(80, 90, 50)
    rows = painted(x, np.linspace(10, 190, 50), is_smooth=True).any(axis=1)
    found = runs(rows)
    assert len(found) >= 18 and set(found) <= {4, 5, 6}  # 180 pixels of 5 + 4
    flat = painted(np.linspace(10, 190, 50), np.full(50, 100.0), is_smooth=True).any(axis=0)
    assert set(runs(flat)) <= {4, 5, 6} and len(runs(flat)) >= 18


def test_dashes_stay_where_they_are_while_what_is_ahead_shrinks(qapp):
    theme.current().set_mode("light")
    x = np.linspace(10, 190, 361)
    y = 100 + 80 * np.cos(x / 60)
    whole = painted(x, y, is_smooth=True)
    later = painted(x[100:], y[100:], is_smooth=True)
    ahead = int(x[100]) + 2
    assert whole[:, ahead:].any() and (whole[:, ahead:] == later[:, ahead:]).all()
