"""Small signs and text helpers that cards, frames and the legend share."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from visualizer.look.elision import elided

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
CENTER = int(Qt.AlignmentFlag.AlignCenter)
_DOT, _TIMES, _LEAST_NAME = re.compile(r"\."), " × ", "mm…"


def draw_check(painter: QPainter, middle: QPointF, color: QColor) -> None:
    """The sign of a node that is done."""
    x, y = middle.x(), middle.y()
    painter.setPen(QPen(color, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x - 5, y), QPointF(x - 1.5, y + 3.5), QPointF(x + 5, y - 4)]))


def draw_play(painter: QPainter, middle: QPointF, color: QColor) -> None:
    """The sign of the node that the engine is held at."""
    x, y = middle.x(), middle.y()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([QPointF(x - 4, y - 6), QPointF(x + 5, y), QPointF(x - 4, y + 6)]))


def draw_chevron(painter: QPainter, middle: QPointF, color: QColor, *, down: bool, size: float = 1.0) -> None:
    """Down: can be unfolded. Up: can be folded."""
    x, y, way, dx, dy = middle.x(), middle.y(), 1 if down else -1, 5 * size, 2.5 * size
    painter.setPen(QPen(color, 1.5 * size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(
        QPolygonF([QPointF(x - dx, y - dy * way), QPointF(x, y + dy * way), QPointF(x + dx, y - dy * way)])
    )


def sized(face: QFont, px: float) -> QFont:
    """The face at so many pixels of the scene: the painter's transform does the scaling."""
    face.setPixelSize(int(px + 0.5))
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return face


def elide(metrics: QFontMetricsF, text: str, width: float, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> str:
    """Of a dotted path the end says most, in whole names where two have room; of anything else what `mode` leaves, and
    how often it is there."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    if "." in text and "(" not in text and (" " not in text or " … " in text):
        ends = (f"…{text[dot.end() :]}" for dot in _DOT.finditer(text) if "." in text[dot.end() :])
        whole = next((end for end in ends if metrics.horizontalAdvance(end) <= width), "")
        return whole or elided(metrics, text, width, Qt.TextElideMode.ElideLeft)
    name, times, count = text.rpartition(_TIMES)
    behind = metrics.horizontalAdvance(times + count)
    if times and count.isdigit() and metrics.horizontalAdvance(_LEAST_NAME) + behind <= width:
        return elided(metrics, name, width - behind) + times + count
    return elided(metrics, text, width, mode)
