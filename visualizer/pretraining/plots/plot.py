"""One plot: pyqtgraph draws the curves, this class the axes, the grid, the cursor and the marks around them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from visualizer.look import theme
from visualizer.look.painting import guarded
from visualizer.pretraining.plots import change_marks
from visualizer.pretraining.plots.plot_axis import SharedAxis, round_ticks

_CENTER = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Plot(pg.PlotWidget):
    """A plot over the shared axis. Drag zooms all plots, double click resets, click pins the cursor.

    `words_x` and `words_y` turn a tick into text.
    """

    nudged = Signal(int)  # an arrow key wants the cursor one record to the left or right

    def __init__(self, axis: SharedAxis, words_x: Callable[[float], str], words_y: Callable[[float], str]) -> None:
        super().__init__(background=None, enableMenu=False)
        self.axis = axis
        self.words_x, self.words_y = words_x, words_y
        self.from_zero = False
        self.room_right = 12.0  # pixels at 100 %
        self.trained_to = 0.0  # right of it lies what is not trained yet
        self.marks: list[tuple[float, float]] = []  # (x, non-finite value)
        self.changes: tuple[float, ...] = ()  # where settings were changed
        self.paint_s = 0.0  # what the last painting took
        self._data: list[tuple[np.ndarray, np.ndarray]] = []
        self._levels: list[float] = []
        self._pressed: float | None = None
        self._dragged: float | None = None
        item = self.getPlotItem()
        item.hideAxis("left")
        item.hideAxis("bottom")
        item.hideButtons()
        item.layout.setSpacing(0)
        item.setClipToView(True)
        item.getViewBox().setDefaultPadding(0)
        item.getViewBox().disableAutoRange()
        item.getViewBox().setBorder(None)
        # Never shown; it goes with the plot. Without its window flags it would be a widget inside of it.
        item.ctrlMenu.setParent(self, item.ctrlMenu.windowFlags())
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)
        axis.range_changed.connect(self.fit)
        axis.cursor_changed.connect(self.viewport().update)

    def curve(self, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> pg.PlotDataItem:
        """A new, empty line that breaks at non-finite values; 1 pixel wide lines keep every peak."""
        is_raw = width <= 1
        # Smoothing the edges of a line that is all peaks costs 20 times its drawing and shows nothing.
        item = pg.PlotDataItem(connect="finite", antialias=not is_raw, autoDownsampleFactor=1.0)
        self.addItem(item)
        item.setDownsampling(auto=True, method="peak" if is_raw else "mean")
        if width >= 2:
            item.curve.setSegmentedLineMode("on")  # stroking one long path is five times slower
        self.set_pen(item, QColor(Qt.GlobalColor.transparent), width, style)
        return item

    @staticmethod
    def set_pen(item: pg.PlotDataItem, color: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        """Redress a line."""
        pen = QPen(color, theme.current().scale * width, style)
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        item.setPen(pen)

    def set_extent(self, data: list[tuple[np.ndarray, np.ndarray]], levels: list[float]) -> None:
        """What the vertical range has to hold: columns (x, y) where they are visible, and always `levels`."""
        self._data, self._levels = data, levels
        self.fit()

    def fit(self) -> None:
        """Take the shared range, and the vertical one that shows what lies in it."""
        low, high = self.axis.range
        bottom, top = self._vertical(low, high)
        self.getPlotItem().getViewBox().setRange(xRange=(low, high), yRange=(bottom, top), padding=0)
        self._make_room()
        self.viewport().update()

    def area(self) -> QRectF:
        """Where the curves are, in pixels."""
        return self.getPlotItem().getViewBox().sceneBoundingRect()

    def to_pixels(self, x: float, y: float) -> QPointF:
        """A point of the data in pixels."""
        area, (xs, ys) = self.area(), self.getPlotItem().getViewBox().viewRange()
        return QPointF(
            area.left() + (x - xs[0]) / (xs[1] - xs[0]) * area.width(),
            area.bottom() - (y - ys[0]) / (ys[1] - ys[0]) * area.height(),
        )

    def to_x(self, pixel: float) -> float:
        """The place on the shared axis under a pixel."""
        area, (low, high) = self.area(), self.axis.range
        share = (pixel - area.left()) / max(area.width(), 1)
        return low + min(max(share, 0), 1) * (high - low)

    def _vertical(self, low: float, high: float) -> tuple[float, float]:
        lows, highs = list(self._levels), list(self._levels)
        for x, y in self._data:
            first, last = np.searchsorted(x, low), np.searchsorted(x, high, side="right")
            visible = y[max(first - 1, 0) : last + 1]
            visible = visible[np.isfinite(visible)]
            if len(visible):
                lows.append(float(visible.min()))
                highs.append(float(visible.max()))
        if not lows:
            return 0.0, 1.0
        bottom, top = min(lows), max(highs)
        if self.from_zero:
            return min(bottom, 0.0), (top or 1.0) * 1.12
        pad = (top - bottom) * 0.06 or abs(top) * 0.1 or 1.0
        return bottom - pad, top + pad

    def _make_room(self) -> None:
        look = theme.current()
        metrics = QFontMetricsF(look.font(10.5))
        words = [self.words_y(tick) for tick in self.ticks_y()]
        left = max((metrics.horizontalAdvance(word) for word in words), default=0) + look.px(10)
        left = max(left, look.px(26))
        bottom = metrics.height() + look.px(7)
        margins = (left, look.px(8), look.px(self.room_right), bottom)
        layout = self.getPlotItem().layout
        if tuple(layout.getContentsMargins()) != margins:
            layout.setContentsMargins(*margins)

    def ticks_x(self) -> list[float]:
        """Round places, as many as their words leave room for."""
        look = theme.current()
        widest = QFontMetricsF(look.font(10.5)).horizontalAdvance(self.words_x(self.axis.range[1])) + look.px(28)
        return round_ticks(*self.axis.range, min(max(self.area().width() / widest, 2), 8), whole=True)

    def ticks_y(self) -> list[float]:
        bottom, top = self.getPlotItem().getViewBox().viewRange()[1]
        return round_ticks(bottom, top, min(max(self.area().height() / theme.current().px(52), 2), 7))

    # -- painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        start = time.perf_counter()
        super().paintEvent(event)
        self.paint_s = time.perf_counter() - start

    @guarded
    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        look = theme.current()
        painter.fillRect(rect, look.color("bg.panel"))
        area = self.area()
        if self.trained_to < self.axis.range[1]:
            left = max(self.to_pixels(self.trained_to, 0).x(), area.left())
            painter.fillRect(QRectF(QPointF(left, area.top()), area.bottomRight()), look.color("bg.raised"))
        painter.setPen(QPen(look.color("line.subtle"), 1))
        for tick in self.ticks_x():
            x = round(self.to_pixels(tick, 0).x()) + 0.5
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        for tick in self.ticks_y():
            y = round(self.to_pixels(0, tick).y()) + 0.5
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(QPen(look.color("line.default"), 1))
        y = round(area.bottom()) + 0.5
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        self.paint_under(painter, area)

    @guarded
    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.area()
        self._paint_ticks(painter, area)
        self._paint_marks(painter, area)
        change_marks.paint(painter, area, [self.to_pixels(x, 0).x() for x in self.changes])
        self._paint_cursor(painter, area)
        self.paint_over(painter, area)
        if self.hasFocus():
            painter.setPen(QPen(theme.current().color("accent.line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def paint_under(self, painter: QPainter, area: QRectF) -> None:
        """What a plot draws behind its curves."""

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        """What a plot draws in front of its curves."""

    def _paint_ticks(self, painter: QPainter, area: QRectF) -> None:
        look = theme.current()
        painter.setFont(look.font(10.5))
        painter.setPen(look.color("text.muted"))
        metrics = QFontMetricsF(painter.font())
        for tick in self.ticks_x():
            words = self.words_x(tick)
            width = metrics.horizontalAdvance(words) + 2
            left = self.to_pixels(tick, 0).x() - width / 2
            left = min(max(left, 0), self.viewport().width() - width)
            painter.drawText(QRectF(left, area.bottom() + look.px(5), width, metrics.height()), _CENTER, words)
        above = math.inf
        for tick in self.ticks_y():
            y = self.to_pixels(0, tick).y()
            if above - y < metrics.height():  # a low plot has no room for both
                continue
            above = y
            box = QRectF(0, y - metrics.height() / 2, area.left() - look.px(6), metrics.height())
            painter.drawText(box, _RIGHT, self.words_y(tick))

    def _paint_marks(self, painter: QPainter, area: QRectF) -> None:
        """A cross for NaN, a triangle for Inf, at the upper edge: what has no height must not vanish."""
        look, size, seen = theme.current(), theme.current().px(4), set()
        for x, value in self.marks:
            place = self.to_pixels(x, 0).x()
            if not area.left() <= place <= area.right() or round(place / size) in seen:
                continue
            seen.add(round(place / size))
            is_nan = value != value
            painter.setPen(QPen(look.color("nan" if is_nan else "inf"), look.px(2)))
            y = area.top() + size
            if is_nan:
                painter.drawLine(QPointF(place - size, y - size), QPointF(place + size, y + size))
                painter.drawLine(QPointF(place - size, y + size), QPointF(place + size, y - size))
            else:
                tip = -size if value > 0 else size
                corners = [QPointF(place, y + tip), QPointF(place - size, y - tip), QPointF(place + size, y - tip)]
                painter.drawPolygon(corners)

    def _paint_cursor(self, painter: QPainter, area: QRectF) -> None:
        look = theme.current()
        if self._pressed is not None and self._dragged is not None:
            left, right = sorted((self.to_pixels(self._pressed, 0).x(), self.to_pixels(self._dragged, 0).x()))
            painter.setPen(QPen(look.color("accent.line"), 1))
            for x in (left, right):
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.fillRect(QRectF(left, area.top(), right - left, look.px(4)), look.color("accent.line"))
            return
        if self.axis.cursor is None:
            return
        x = self.to_pixels(self.axis.cursor, 0).x()
        if area.left() <= x <= area.right():
            pen = QPen(look.color("text.secondary"), 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([2, 3])
            painter.setPen(pen)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    # -- input: pyqtgraph's own dragging and menus are not used

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = self.to_x(event.position().x()), None
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = self.to_x(event.position().x())
        if self._pressed is not None:
            start = self.to_pixels(self._pressed, 0).x()
            if self._dragged is not None or abs(event.position().x() - start) > theme.current().px(4):
                self._dragged = x
                self.viewport().update()
        else:
            self.axis.point(x if self.area().adjusted(-4, -8, 4, 8).contains(event.position()) else None)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, dragged = self._pressed, self._dragged
        self._pressed = self._dragged = None
        if pressed is not None and dragged is not None:
            self.axis.zoom(pressed, dragged)
        elif pressed is not None:
            self.axis.pin(None if self.axis.pinned is not None else pressed)
        self.viewport().update()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.axis.pin(None)
        self.axis.reset()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.axis.zoom_about(self.to_x(event.position().x()), 0.999 ** event.angleDelta().y())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self.axis.point(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.nudged.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_Escape:
            self.axis.pin(None)
        elif key == Qt.Key.Key_Home:
            self.axis.reset()
        else:
            QWidget.keyPressEvent(self, event)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        if getattr(self, "_data", None) is not None:  # Qt resizes once before __init__ is through
            self._make_room()  # another height has other ticks, and those may be wider
            self.viewport().update()
