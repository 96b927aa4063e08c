"""How large the gradient is on its way past each layer: norms in decades, in the order of the forward pass."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.protocol.health import DepthPoint
from engine.shared.language import mark, tr, trn
from engine.shared.local_numbers import brief
from visualizer.look import theme
from visualizer.look.decades import DecadeScale
from visualizer.look.painting import guarded
from visualizer.look.walked import Walked

_HEIGHT_PX = 104
_MOST_DOTS = 64
_ENDS = (
    (mark("first layer"), mark("last layer, nearest to the loss")),
    (mark("first layer"), mark("last layer")),
    (mark("first"), mark("last")),
)

_LAYER = mark("{name}, layer {number} of {total}: {norm}. A click or Enter selects it.")


class DepthPlot(QWidget):
    """A line from the first layer to the last; the gradient comes from the right. A click chooses a layer's node;
    the arrow keys go along the layers, and Enter chooses."""

    accessible_role = QAccessible.Role.Chart
    accessible_parts: Walked | None = None  # until it is made

    node_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("depth_plot")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._points: tuple[DepthPoint, ...] = ()
        self._marked: frozenset[int] = frozenset()
        self._norms = np.empty(0)
        self._scale = DecadeScale(self._norms)
        self.accessible_parts = self.walked = Walked(
            self, lambda: len(self._points), self._words_of, self._rect_of, act=self._choose
        )
        theme.current().changed.connect(self.updateGeometry)

    def set_points(self, points: tuple[DepthPoint, ...], marked: frozenset[int]) -> None:
        """Show these; the layers of nodes in `marked` are lit."""
        if points != self._points:
            self.walked.leave()
        self._points, self._marked = points, marked
        self._norms = np.array([math.nan if one.norm is None else one.norm for one in points], dtype=np.float64)
        self._scale = DecadeScale(self._norms)
        self.setVisible(int((np.isfinite(self._norms) & (self._norms > 0)).sum()) > 1)
        low, high = self._scale.ends()
        self.setAccessibleName(
            trn(
                "Norm of the gradient past each of {n} layer, between {low} and {high}",
                "Norm of the gradient past each of {n} layers, between {low} and {high}",
                len(points),
                low=low,
                high=high,
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(140), theme.current().px(_HEIGHT_PX))

    # -- where things are

    def _area(self) -> QRectF:
        look = theme.current()
        metrics = QFontMetricsF(look.font(11))
        left = max(metrics.horizontalAdvance(end) for end in self._scale.ends()) + look.px(6)
        line = metrics.height()
        return QRectF(left, line / 2, max(1.0, self.width() - left - look.px(6)), max(1.0, self.height() - 1.9 * line))

    def point_of(self, place: int) -> QPointF:
        """Where the layer of this place stands."""
        area = self._area()
        share = float(self._scale.shares(self._norms[place : place + 1])[0])
        x = area.left() + area.width() * place / max(1, len(self._points) - 1)
        return QPointF(x, area.bottom() - share * area.height())

    def _rect_of(self, place: int) -> QRect:
        """The strip of the plot in which a click chooses this layer."""
        area = self._area()
        width = area.width() / max(1, len(self._points) - 1)
        strip = QRectF(area.left() + (place - 0.5) * width, area.top(), width, area.height())
        return strip.intersected(QRectF(self.rect())).toAlignedRect()

    def _place_at(self, x: float) -> int:
        area = self._area()
        place = round((x - area.left()) / area.width() * (len(self._points) - 1))
        return min(max(place, 0), len(self._points) - 1)

    # -- the hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._points and event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._place_at(event.position().x()))

    def _choose(self, place: int) -> None:
        self.node_chosen.emit(self._points[place].node)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.walked.press(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.walked.leave()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._points:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        return super().event(event)

    def words_at(self, x: float) -> str:
        """Of the layer at this place."""
        return self._words_of(self._place_at(x))

    def _words_of(self, place: int) -> str:
        point = self._points[place]
        norm = tr("no gradient has come") if point.norm is None else tr("norm {norm}", norm=brief(point.norm, 3))
        total = len(self._points)
        return tr(_LAYER, name=point.label, number=place + 1, total=total, norm=norm)

    # -- the eye

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self._points):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        self._paint_axes(painter, area)
        self._paint_line(painter)
        if self.walked.selected() >= 0:
            self._paint_walked(painter, area)

    def _paint_walked(self, painter: QPainter, area: QRectF) -> None:
        """A line through the layer that the keys have come to, and a ring around its norm."""
        look, place = theme.current(), self.walked.selected()
        x = area.left() + area.width() * place / max(1, len(self._points) - 1)
        painter.setPen(QPen(look.color("text.secondary"), look.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
        if math.isfinite(self._norms[place]):
            painter.drawEllipse(self.point_of(place), 6 * look.scale, 6 * look.scale)

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        look = theme.current()
        painter.setFont(look.font(11))
        painter.setPen(QPen(look.color("line.subtle"), 1))
        for y in (area.top(), area.bottom()):
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
        painter.setPen(look.color("text.muted"))
        low, high = self._scale.ends()
        line = QFontMetricsF(painter.font()).height()
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for y, words in ((area.top(), high), (area.bottom(), low)):
            painter.drawText(QRectF(0, y - line / 2, area.left() - look.px(4), line), right, words)
        below = QRectF(area.left(), area.bottom() + look.px(2), area.width(), line)
        metrics = QFontMetricsF(painter.font())
        choices = [(tr(first), tr(last)) for first, last in _ENDS]
        ends = next(
            (ends for ends in choices if metrics.horizontalAdvance("  ".join(ends)) <= below.width()), choices[-1]
        )
        painter.drawText(below, left, ends[0])
        painter.drawText(below, right, ends[1])

    def _paint_line(self, painter: QPainter) -> None:
        """A ring at the foot is a gradient of zeros."""
        look = theme.current()
        known = [place for place in range(len(self._points)) if math.isfinite(self._norms[place])]
        painter.setPen(QPen(look.color("accent.line"), 1.5 * look.scale))
        painter.drawPolyline(QPolygonF([self.point_of(place) for place in known if self._norms[place] > 0]))
        for place in known:
            is_marked = self._points[place].node in self._marked
            ink = look.color("error.text" if is_marked else "accent.line")
            if self._norms[place] == 0:
                painter.setPen(QPen(look.color("text.muted"), 1.2 * look.scale))
                painter.setBrush(look.color("bg.panel"))
            elif is_marked or len(known) <= _MOST_DOTS:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink)
            else:
                continue
            radius = look.scale * (4 if is_marked else 2.2)
            painter.drawEllipse(self.point_of(place), radius, radius)
