"""Lines of a plot, drawn by pyqtgraph as many short ones at once; colour never stands alone, so others are dashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from visualizer.look import theme
from visualizer.pretraining.plots.decimation import Decimation, Seen
from visualizer.pretraining.plots.frame import Frame
from visualizer.pretraining.plots.series import Series

# On, off, … in pixels at 100 % along the axis; the first is that of the first run laid over.
DASHES: tuple[tuple[float, ...], ...] = ((9, 4), (3, 3), (12, 3, 3, 3), (16, 6), (6, 2, 2, 2, 2, 2), (2, 5))
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


def curve() -> pg.PlotCurveItem:
    """What draws the lines of a plot. It stands in no scene: its numbers are pixels, and any painter takes it."""
    item = pg.PlotCurveItem(connect="pairs", skipFiniteCheck=True)
    item.setSegmentedLineMode("on")  # stroking one long path is five times slower
    return item


def draw(painter: QPainter, line: Line, frame: Frame, item: pg.PlotCurveItem) -> None:
    """What is visible of a line, broken where it is not finite."""
    look = theme.current()
    segments = _segments(line.seen(frame), frame)
    if line.dash:
        segments = _dashed(segments, np.array(line.dash) * look.scale, is_along_itself=line.is_smooth)
    pen = QPen(faded(look.color(line.color)) if line.is_pale else look.color(line.color), line.width * look.scale)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if line.dash or line.width <= 1 else Qt.PenCapStyle.SquareCap)
    # Smoothing the edges of a line that is all peaks costs 20 times its drawing and shows nothing.
    item.setData(segments[:, 0::2].ravel(), segments[:, 1::2].ravel(), pen=pen, antialias=line.width > 1)
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
    """A hollow mark: a circle for the shown run (-1), another shape for each one laid over it."""
    painter.setPen(QPen(color, 1.2 * theme.current().scale))
    painter.setBrush(theme.current().color("bg.panel"))
    if shape < 0:
        painter.drawEllipse(at, radius, radius)
        return
    painter.drawPolygon(QPolygonF([at + corner * radius for corner in _SHAPES[shape % len(_SHAPES)]]))


def _polygon(n: int, turn: float) -> list[QPointF]:
    angles = (np.arange(n) / n + turn) * 2 * np.pi
    return [QPointF(float(np.cos(angle)), float(np.sin(angle))) * 1.15 for angle in angles]


_SHAPES: Sequence[list[QPointF]] = (
    _polygon(4, 0.125), _polygon(3, -0.25), _polygon(4, 0.0), _polygon(3, 0.25), _polygon(5, -0.25), _polygon(6, 0.0),
)  # fmt: skip


def _segments(seen: Seen, frame: Frame) -> np.ndarray:
    """From each point to the next, float (n, 4): within a pixel column from its least value to its greatest, and from
    its last value to the first of the next one. A point that stands alone is a short line."""
    x = frame.x(seen.x)
    if seen.is_points:
        first = frame.y(seen.first)
        if frame.is_log_y:
            first = np.where(seen.first > 0, first, np.nan)
        last, upright = first, np.empty((0, 4))
    else:
        first, low, high, last = frame.y(np.array(seen[1:]))  # at once: each call costs more than its numbers
        upright = np.array((x, low, x, high)).T[low - high > _LEAST_UPRIGHT]
    onward = np.array((x[:-1], last[:-1], x[1:], first[1:])).T
    if np.isfinite(first).all() and len(x) > 1:
        return np.concatenate((upright, onward))
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
