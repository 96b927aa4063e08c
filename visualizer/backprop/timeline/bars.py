"""The bars of the timeline: gradient norms over decades; what has no place on that scale has a sign of its own."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from visualizer.look import theme
from visualizer.look.batches import Batch
from visualizer.look.decades import DecadeScale
from visualizer.model.history import NOTHING_ARRIVED

_WIDTH = 12  # px, the greatest
_LEAST_HEIGHT = 2  # px
_SIGN = 3  # px, half of a cross, a triangle or a ring
_STEM = 2  # px


class NormBars:
    """Draws an axis, and the bars of nodes at equal distances on it. `top` and `foot` of full height are pixels."""

    def __init__(self) -> None:
        self._bars, self._lines = Batch(QRectF), Batch(QLineF)

    def paint_axis(
        self, painter: QPainter, scale: DecadeScale, left: float, right: float, ends: tuple[float, float]
    ) -> None:
        """A line at each decade with room for it, and the numbers of the outermost ones left of `left`."""
        top, foot = ends
        look, n_decades = theme.current(), scale.high - scale.low
        stride = math.ceil(look.px(5) * n_decades / max(foot - top, 1))
        color = look.color("line.subtle")
        for decade in range(0, n_decades + 1, stride):
            y = round(foot - (foot - top) * decade / n_decades)
            painter.fillRect(QRectF(left, y, right - left, 1), color)  # a tenth of what a smooth line costs
        painter.setPen(look.color("text.muted"))
        metrics = painter.fontMetrics()
        for text, end in zip(scale.ends(), (foot, top), strict=True):
            x = left - look.px(5) - metrics.horizontalAdvance(text)
            painter.drawText(QPointF(x, end + metrics.ascent() * 0.4), text)

    def paint(
        self,
        painter: QPainter,
        scale: DecadeScale,
        norms: np.ndarray,
        x: np.ndarray,
        spacing: float,
        ends: tuple[float, float],
        *,
        current: int,
    ) -> None:
        """One bar for each norm at its x, `spacing` from node to node, between the `ends` top and foot. Where several
        share a pixel, the largest; NaN and Inf are always seen. `current` is the place of the held node, -1 for none.
        """
        top, foot = ends
        width = min(theme.current().px(_WIDTH), max(spacing * 0.7, 1.0))
        is_finite = np.isfinite(norms) & (norms > 0)
        self._paint_finite(painter, scale.shares(norms)[is_finite], x[is_finite], width, ends)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_zeros(painter, x[norms == 0], spacing, foot)
        self._paint_stems(painter, x[np.isnan(norms)], "nan", _cross, ends)
        self._paint_stems(painter, x[np.isposinf(norms)], "inf", _triangle, ends)
        if 0 <= current < len(norms) and is_finite[current]:
            share = scale.shares(norms[current : current + 1])[0]
            height = max(share * (foot - top), theme.current().px(_LEAST_HEIGHT))
            bar = QRectF(x[current] - width / 2, foot - height, width, height)
            painter.fillRect(bar, theme.current().color("flow.line"))

    def _paint_finite(
        self, painter: QPainter, shares: np.ndarray, x: np.ndarray, width: float, ends: tuple[float, float]
    ) -> None:
        top, foot = ends
        if not len(x):
            return
        if width <= 1:
            x, first = np.unique(np.floor(x), return_index=True)
            shares = np.maximum.reduceat(shares, first)
        heights = np.maximum(shares * (foot - top), theme.current().px(_LEAST_HEIGHT))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("flow.trail"))
        self._bars.draw(painter, np.column_stack([x - width / 2, foot - heights, np.full(len(x), width), heights]))

    def _paint_zeros(self, painter: QPainter, x: np.ndarray, spacing: float, foot: float) -> None:
        """A ring on the foot of the axis; a dot where there is no room for one."""
        look, x = theme.current(), np.unique(np.floor(x))
        radius = look.px(_SIGN) if spacing >= look.px(3 * _SIGN) else 1.0
        painter.setPen(QPen(look.color("text.muted"), 1.2 * look.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in x.tolist():
            painter.drawEllipse(QPointF(place, foot - radius), radius, radius)

    def _paint_stems(
        self,
        painter: QPainter,
        x: np.ndarray,
        token: str,
        sign: Callable[[QPainter, QPointF, float, QColor], None],
        ends: tuple[float, float],
    ) -> None:
        """Full height with the sign of the heat maps at the top."""
        look, x = theme.current(), np.unique(np.floor(x))
        size, (top, foot) = look.px(_SIGN), ends
        painter.setPen(QPen(look.color(token), look.px(_STEM)))
        self._lines.draw(painter, np.column_stack([x, np.full(len(x), foot), x, np.full(len(x), top + 2 * size)]))
        last = -math.inf
        for place in x.tolist():
            if place - last >= 2 * size:  # beside each other they would be a blot
                last = place
                sign(painter, QPointF(place, top + size), size, look.color(token))


def is_known(norms: np.ndarray) -> np.ndarray:
    """Where a gradient arrived, bool (n_nodes,)."""
    return norms != NOTHING_ARRIVED


def _cross(painter: QPainter, middle: QPointF, size: float, color: QColor) -> None:
    painter.setPen(QPen(color, max(1.5, size / 2)))
    painter.drawLine(middle + QPointF(-size, -size), middle + QPointF(size, size))
    painter.drawLine(middle + QPointF(-size, size), middle + QPointF(size, -size))


def _triangle(painter: QPainter, middle: QPointF, size: float, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    corners = [QPointF(0, -size), QPointF(-size, size), QPointF(size, size)]
    painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))
