"""Lines of a plot, drawn by pyqtgraph as many short ones at once; colour never stands alone, so others are dashed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyqtgraph as pg
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from visualizer.look import theme
from visualizer.pretraining.curves import MOST_OVERLAYS, is_filled
from visualizer.pretraining.plots.decimation import Decimation, Seen
from visualizer.pretraining.plots.frame import Frame
from visualizer.pretraining.plots.series import Series

pg.setConfigOptions(antialias=True)

# On, off, … in pixels at 100 % along the axis; the first is that of the first run laid over, the last a parent's. Of
# two runs of one colour, six places apart, one has short dashes and the other long ones.
DASHES: tuple[tuple[float, ...], ...] = (
    (9, 4), (3, 3), (12, 3, 3, 3), (16, 6), (6, 2, 2, 2, 2, 2), (2, 5),
    (2, 3, 2, 8), (20, 4), (4, 6), (3, 2, 3, 9), (24, 8), (14, 3, 2, 3, 2, 3), (1, 2),
)  # fmt: skip
_LEAST_UPRIGHT = 0.25  # pixels of a pixel column that are worth a line of their own
_MOST_PIECES = 20_000  # of a dashed line; of one that leads far out of what is visible
_PALE = 0.7  # of the panel's colour in the raw curve


@dataclass(eq=False)
class Line:
    """A column at the rising places `x`, in the colour of a token."""

    x: np.ndarray
    series: Series
    color: str = "accent.line"
    width: float = 1.5
    dash: tuple[float, ...] = ()
    is_pale: bool = False
    is_smooth: bool = False  # and ends at a fixed place: its dashes are measured along itself, back from there
    decimation: Decimation = field(init=False)

    def __post_init__(self) -> None:
        self.decimation = Decimation(self.series, self.x)

    def seen(self, frame: Frame) -> Seen:
        """What is drawn in a frame, whatever its vertical range."""
        return self.decimation.seen(frame)


class Curve(pg.PlotCurveItem):
    """What draws the lines of a plot: pyqtgraph's curve, given its segments as they are drawn, where its own finds them
    anew in points. It stands in no scene: its numbers are pixels, and any painter takes it."""

    def __init__(self) -> None:
        super().__init__()
        self._segments = PrimitiveArray(QLineF, 4)

    def set_segments(self, segments: np.ndarray, pen: QPen, *, is_smoothed: bool) -> None:
        """Draw these, float (n, 4) from x, y to x, y, with the next paint; nothing is told of it."""
        self.opts["pen"], self.opts["antialias"] = pen, is_smoothed
        self._segments.resize(len(segments))
        self._segments.ndarray()[:] = segments

    def paint(self, painter: QPainter, option: object, widget: object) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self.opts["antialias"])
        painter.setPen(self.opts["pen"])
        painter.drawLines(*self._segments.drawargs())


def draw(painter: QPainter, line: Line, frame: Frame, item: Curve) -> None:
    """What is visible of a line, broken where it is not finite."""
    look = theme.current()
    segments = _segments(line.seen(frame), frame)
    if line.dash:
        segments = _dashed(segments, np.array(line.dash) * look.scale, is_along_itself=line.is_smooth)
    pen = QPen(faded(look.color(line.color)) if line.is_pale else look.color(line.color), line.width * look.scale)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if line.dash or line.width <= 1 else Qt.PenCapStyle.SquareCap)
    # Smoothing the edges of a line that is all peaks costs 20 times its drawing and shows nothing.
    item.set_segments(segments, pen, is_smoothed=line.width > 1)
    item.paint(painter, None, None)


def faded(color: QColor) -> QColor:
    """As if it were mostly transparent: where two lines meet, it is no darker."""
    under = theme.current().color("bg.panel")
    parts = (
        round(a * (1 - _PALE) + b * _PALE)
        for a, b in zip(color.getRgb()[:3], under.getRgb()[:3], strict=True)
    )  # fmt: skip
    return QColor(*parts)


def draw_marker(painter: QPainter, shape: int, at: QPointF, radius: float, color: QColor) -> None:
    """A circle for the shown run (-1), another shape for those laid over it, filled or hollow."""
    painter.setPen(QPen(color, 1.2 * theme.current().scale))
    painter.setBrush(color if is_filled(shape) else theme.current().color("bg.panel"))
    if shape < 0:
        painter.drawEllipse(at, radius, radius)
        return
    corners = _SHAPES[-1] if shape == MOST_OVERLAYS else _SHAPES[shape % (len(_SHAPES) - 1)]
    painter.drawPolygon(QPolygonF([at + corner * radius for corner in corners]))


def _polygon(n: int, turn: float) -> list[QPointF]:
    angles = (np.arange(n) / n + turn) * 2 * np.pi
    return [QPointF(float(np.cos(angle)), float(np.sin(angle))) * 1.15 for angle in angles]


_SHAPES: Sequence[list[QPointF]] = (  # the last is a parent's
    _polygon(4, 0.125), _polygon(3, -0.25), _polygon(4, 0.0), _polygon(3, 0.25), _polygon(5, -0.25), _polygon(6, 0.0),
    [QPointF(x, y) * 0.36 for x, y in ((-1, -3), (1, -3), (1, -1), (3, -1), (3, 1), (1, 1))]
    + [QPointF(x, y) * 0.36 for x, y in ((1, 3), (-1, 3), (-1, 1), (-3, 1), (-3, -1), (-1, -1))],
)  # fmt: skip


def _segments(seen: Seen, frame: Frame) -> np.ndarray:
    """From each point to the next, float (n, 4): within a pixel column from its least value to its greatest, and from
    its last value to the first of the next one. A point that stands alone is a short line."""
    x, heights = frame.x(seen.x), frame.y(seen.heights)  # at once: each call costs more than its numbers
    first, last, is_upright = heights[0], heights[-1], np.empty(0, dtype=bool)
    if not seen.is_points:
        is_upright = heights[1] - heights[2] > _LEAST_UPRIGHT
    elif frame.is_log_y:
        first = last = np.where(seen.heights[0] > 0, first, np.nan)
    n_upright = int(np.count_nonzero(is_upright))
    segments = np.empty((n_upright + max(len(x) - 1, 0), 4))
    upright, onward = segments[:n_upright], segments[n_upright:]
    if n_upright:
        upright[:, 0] = upright[:, 2] = x[is_upright]
        upright[:, 1], upright[:, 3] = heights[1][is_upright], heights[2][is_upright]
    onward[:, 0], onward[:, 1], onward[:, 2], onward[:, 3] = x[:-1], last[:-1], x[1:], first[1:]
    if len(x) > 1 and math.isfinite(first.sum()):
        return segments
    is_whole = np.isfinite(onward[:, 1] + onward[:, 3])
    alone = np.isfinite(first) & ~np.append(False, is_whole) & ~np.append(is_whole, False)
    dots = np.stack((x[alone], first[alone], x[alone] + 1, first[alone]), axis=1)
    return np.concatenate((upright, onward[is_whole], dots))


def _dashed(segments: np.ndarray, dash: np.ndarray, *, is_along_itself: bool) -> np.ndarray:
    """Cut by a pattern along the axis, of which a line of many peaks keeps something, or along the line itself, of
    which a steep one does. Either stays where it is while the line grows, or what is ahead of it shrinks."""
    across = segments[:, 2:] - segments[:, :2]
    lengths = np.hypot(across[:, 0], across[:, 1]) if is_along_itself else across[:, 0]
    longest = max(1.0, lengths.sum() / _MOST_PIECES) if is_along_itself else float(dash.min())
    n_pieces = np.maximum(np.ceil(lengths / longest), 1).astype(int)
    source = np.repeat(np.arange(len(segments)), n_pieces)
    piece = np.arange(len(source)) - np.repeat(np.cumsum(n_pieces) - n_pieces, n_pieces)
    share = np.stack((piece, piece + 1)) / n_pieces[source]
    start, along = segments[source, :2], across[source]
    pieces = np.concatenate((start + along * share[0][:, None], start + along * share[1][:, None]), axis=1)
    if is_along_itself:
        to_end = np.cumsum(lengths[::-1])[::-1]
        middle = to_end[source] - share.mean(axis=0) * lengths[source]
    else:
        middle = (pieces[:, 0] + pieces[:, 2]) / 2
    return pieces[np.searchsorted(np.cumsum(dash), middle % dash.sum(), side="right") % 2 == 0]


def draw_level(painter: QPainter, area: QRectF, y: float, color: QColor) -> None:
    """A dashed horizontal line."""
    pen = QPen(color, 1, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([5, 4])
    painter.setPen(pen)
    painter.drawLine(QPointF(area.left(), round(y) + 0.5), QPointF(area.right(), round(y) + 0.5))
