"""The bytes that all nodes together hold for backward, over a forward pass and its backward, with the peak."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.protocol.saved import HeldTotal
from engine.shared.language import tr
from engine.shared.local_numbers import scaled
from visualizer.look import theme
from visualizer.look.painting import guarded

UNITS = ("B", "kB", "MB", "GB", "TB")
_HEIGHT_PX = 84


class HeldPlot(QWidget):
    """An area that rises while forward runs and falls while backward does. The span in which the selected node holds
    its part is filled."""

    accessible_role = QAccessible.Role.Chart

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("held_plot")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._total = HeldTotal()
        theme.current().changed.connect(self.updateGeometry)

    def set_total(self, total: HeldTotal) -> None:
        """Show another one."""
        self._total = total
        self.setVisible(len(total.n_bytes) > 1 and max(total.n_bytes) > 0)
        peak = max(total.n_bytes, default=0)
        self.setToolTip(tr("All nodes together hold {size} at most", size=scaled(peak, UNITS, 1024)))
        self.setAccessibleName(self.toolTip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(140), theme.current().px(_HEIGHT_PX))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        totals, look = self._total.n_bytes, theme.current()
        if len(totals) < 2 or not max(totals):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(11))
        line = QFontMetricsF(painter.font()).height()
        area = QRectF(0, line + look.px(2), self.width() - 1, self.height() - 2 * line - look.px(4))
        self._paint_curve(painter, area)
        self._paint_words(painter, area, line)

    def _point(self, area: QRectF, place: int) -> QPointF:
        totals = self._total.n_bytes
        share = totals[place] / max(totals)
        return QPointF(area.left() + area.width() * place / (len(totals) - 1), area.bottom() - share * area.height())

    def _paint_curve(self, painter: QPainter, area: QRectF) -> None:
        look, total = theme.current(), self._total
        points = [self._point(area, place) for place in range(len(total.n_bytes))]
        painter.setPen(Qt.PenStyle.NoPen)
        if 0 <= total.made_at <= total.freed_at:
            span = points[total.made_at : total.freed_at + 1]
            foot = [QPointF(span[-1].x(), area.bottom()), QPointF(span[0].x(), area.bottom())]
            painter.setBrush(look.color("accent.tint"))
            painter.drawPolygon(QPolygonF([*span, *foot]))
        painter.setPen(QPen(look.color("accent.line"), 1.5 * look.scale))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(look.color("line.default"), 1))
        painter.drawLine(QLineF(area.bottomLeft(), area.bottomRight()))

    def _paint_words(self, painter: QPainter, area: QRectF, line: float) -> None:
        look, totals = theme.current(), self._total.n_bytes
        peak = max(totals)
        top = self._point(area, totals.index(peak))
        painter.setPen(look.color("text.primary"))
        words = tr("peak {size}", size=scaled(peak, UNITS, 1024))
        width = QFontMetricsF(painter.font()).horizontalAdvance(words)
        left = min(max(top.x() - width / 2, 0.0), self.width() - width - 1)
        painter.drawText(QPointF(left, line - look.px(3)), words)
        painter.setPen(look.color("text.muted"))
        border = area.left() + area.width() * (self._total.n_forward - 0.5) / (len(totals) - 1)
        painter.drawLine(QLineF(border, area.top(), border, area.bottom()))
        room = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(0, area.bottom(), border, line + look.px(2)), room, tr("forward"))
        painter.drawText(
            QRectF(border + look.px(3), area.bottom(), self.width(), line + look.px(2)), room, tr("backward")
        )
