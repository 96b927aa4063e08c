"""One plot over the shared axis: pyqtgraph draws its lines, this class grid, ticks, marks and cursor, on a widget or on
any other painter."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent, QPen

from engine.shared.language import tr
from visualizer.look import theme
from visualizer.look.announcing import announce
from visualizer.look.painting import guarded
from visualizer.pretraining.plots import change_marks
from visualizer.pretraining.plots.axes import begin_numbers, paint_grid, paint_numbers_x, paint_numbers_y, width
from visualizer.pretraining.plots.frame import Frame
from visualizer.pretraining.plots.outliers import most, paint_cuts, usual
from visualizer.pretraining.plots.plot_axis import SharedAxis
from visualizer.pretraining.plots.shown import Shown
from visualizer.pretraining.plots.strokes import Curve, Line, draw
from visualizer.pretraining.plots.surface import Surface
from visualizer.pretraining.plots.ticks import log_ticks, round_ticks


class Plot(Surface):
    """`words_x` and `words_y` turn a tick into text. The vertical range holds what is visible of the lines, and of the
    whole run `levels`, too: a part of it has its height to itself."""

    accessible_role = QAccessible.Role.Chart

    def __init__(self, axis: SharedAxis, words_x: Callable[[float], str], words_y: Callable[[float], str]) -> None:
        super().__init__(axis)
        self.words_x, self.words_y = words_x, words_y
        self.said_x = words_x  # the same where there is room
        self.is_log_y = False
        self.leaves_outliers_out = False
        self.from_zero = False
        self.has_whole_ticks = True
        self.room_right = 12.0  # pixels at 100 %
        self.trained_to = 0.0  # right of it lies what is not trained, or not read, yet
        self.marks: list[tuple[str, np.ndarray]] = []  # of what has no height: its kind, and rising places
        self.changes: tuple[float, ...] = ()  # where settings were changed
        self.shown: Shown | None = None
        self.paint_s = 0.0  # what the last painting took
        self._lines: tuple[Line, ...] = ()
        self._curve = Curve()
        self._remember_words()
        self._levels: tuple[float, ...] = ()
        self._frame: Frame | None = None
        self._ticks: list[float] | None = None  # along the axis
        self._heights: list[float] = []  # of the ticks at the left, once there is a frame
        self._left = 26.0  # pixels of the words at the left
        axis.range_changed.connect(self.fit)
        axis.cursor_changed.connect(self.update)
        axis.cursor_changed.connect(self.follow_range)
        axis.cursor_changed.connect(self._tell_cursor)

    def clear(self) -> None:
        """Draw nothing, and hold nothing of what was drawn."""
        self.shown = None
        self.marks = []
        self.show_lines(())

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is drawn, the last one on top."""
        return self._lines

    def show_lines(self, lines: Sequence[Line], levels: Sequence[float] = ()) -> None:
        """Draw these from now on."""
        self._lines, self._levels = tuple(lines), tuple(levels)
        self._remember_words()
        self.fit()

    def set_log_y(self, is_log: bool) -> None:
        """Logarithmic or linear heights."""
        self.is_log_y = is_log
        self.fit()

    def set_without_outliers(self, is_without: bool) -> None:
        """The height for most numbers, or for all."""
        self.leaves_outliers_out = is_without
        self.fit()

    def fit(self) -> None:
        """Take the shared range, and the vertical one that shows what lies in it."""
        self._frame = self._ticks = None
        self.update()

    def frame(self) -> Frame:
        """The vertical range depends on no room, the room for the words of its ticks on the range: so that comes first,
        in the room of the last time, which is mostly the same."""
        if self._frame is None:
            look = theme.current()
            metrics = QFontMetricsF(look.font(10.5))
            bottom = self.height() - metrics.height() - look.px(7)
            area = QRectF(0, look.px(8), 1, max(bottom - look.px(8), 1))
            heights = self._vertical(self._framed(self._between(area, self._left), (0.0, 1.0)))
            self._heights = self._ticks_y(self._framed(area, heights))
            words = map(self._y_words, self._heights)
            left = max(map(width, words), default=0) + look.px(10)
            self._left = max(left, look.px(26))
            self._frame = self._framed(self._between(area, self._left), heights)
        return self._frame

    def _remember_words(self) -> None:
        """Of ticks: while one pans the same ones stand there. Anew with each drawing, in its unit and language."""
        self._x_words, self._y_words = lru_cache(maxsize=256)(self.words_x), lru_cache(maxsize=256)(self.words_y)

    def _between(self, area: QRectF, left: float) -> QRectF:
        right = max(self.width() - theme.current().px(self.room_right), left + 1)
        return QRectF(left, area.top(), right - left, area.height())

    def ticks_x(self) -> list[float]:
        """Round places, as many as their words leave room for."""
        if self._ticks is not None:
            return self._ticks
        frame, look = self.frame(), theme.current()
        low, high = frame.x_range
        widest = width(self.words_x(high)) + look.px(28)
        n = min(max(frame.area.width() / widest, 2), 8)
        ticks = log_ticks if frame.is_log_x else round_ticks
        self._ticks = ticks(low, high, n, whole=self.has_whole_ticks)
        return self._ticks

    def ticks_y(self) -> list[float]:
        """Round heights."""
        self.frame()
        return self._heights

    def _ticks_y(self, frame: Frame) -> list[float]:
        n = min(max(frame.area.height() / theme.current().px(52), 2), 7)
        return (log_ticks if frame.is_log_y else round_ticks)(*frame.y_range, n)

    def _framed(self, area: QRectF, heights: tuple[float, float]) -> Frame:
        return Frame(area, self.axis.range, heights, self.axis.is_log, self.is_log_y)

    def marked_heights(self) -> Sequence[np.ndarray]:
        """What is visible and is no line."""
        return ()

    def _ends(self, frame: Frame) -> list[float]:
        """What the vertical range has to hold."""
        columns, others = [line.seen(frame) for line in self._lines], self.marked_heights()
        if self.leaves_outliers_out:
            heights = [each for seen in columns for each in (seen.low, seen.high)]
            every = usual(np.concatenate([*heights, *others, ()]), is_log=self.is_log_y)
            raw = next((line for line in self._lines if line.is_pale), None)
            return [*every, *(() if raw is None else most(raw.seen(frame)))]
        found = [] if self.axis.is_zoomed else list(self._levels)
        for seen in columns:
            found += seen.ends(is_above_zero=self.is_log_y)
        return found + [float(end) for each in others if len(each) for end in (each.min(), each.max())]

    def _vertical(self, frame: Frame) -> tuple[float, float]:
        found = [each for each in self._ends(frame) if math.isfinite(each) and (each > 0 or not self.is_log_y)]
        if not found:
            return (0.1, 1.0) if self.is_log_y else (0.0, 1.0)
        bottom, top = min(found), max(found)
        if self.is_log_y:
            pad = max((top / bottom) ** 0.06, 1.02)
            return bottom / pad, top * pad
        if self.from_zero:
            return min(bottom, 0.0), (top or 1.0) * 1.12
        pad = (top - bottom) * 0.06 or abs(top) * 0.1 or 1.0
        return bottom - pad, top + pad

    def told_at(self, place: float) -> str:
        """What stands at a place of the axis, for a screen reader; each plot has its own."""
        return ""

    def _tell_cursor(self) -> None:
        """Where the arrow keys have brought the cursor, and the numbers there; without one, those of no run stay."""
        words = "" if self.axis.cursor is None or self.shown is None else self.told_at(self.axis.cursor)
        if self.hasFocus() or not words:
            self.setAccessibleDescription(words)
        if self.hasFocus():
            announce(self, "; ".join(filter(None, (self._range_words(), words))))

    def _range_words(self) -> str:
        return "" if self.marked is None else self.span_words(*self.marked)

    def span_words(self, low: float, high: float) -> str:
        """A part of the axis."""
        return tr("from {low} to {high}", low=self.said_x(low), high=self.said_x(high))

    def sums_up(self) -> list[str]:
        """Each curve of the shown run in a few words."""
        return []

    def told_now(self) -> str:
        """For a screen reader: the curves in a few words, and which part of the axis is seen."""
        if self.shown is None or not len(self.shown.run.step):
            return ""
        seen = tr("visible {range}", range=self.span_words(*self.axis.range))
        return "; ".join((*self.sums_up(), seen))

    # -- painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        start = time.perf_counter()
        painter = QPainter(self)
        self.draw_on(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.current().color("accent.line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
        self.paint_s = time.perf_counter() - start

    def draw_on(self, painter: QPainter) -> None:
        """All that the widget shows, in its coordinates."""
        frame = self.frame()
        area = frame.area
        painter.fillRect(QRectF(self.rect()), theme.current().color("bg.panel"))
        changes = [frame.point(x, 1).x() for x in self.changes]
        self._paint_grid(painter, area)
        change_marks.paint_lines(painter, area, changes)
        self.paint_under(painter, area)
        painter.save()
        painter.setClipRect(area.adjusted(0, -2, 1, 2))
        for line in self._lines:
            draw(painter, line, frame, self._curve)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ticks(painter)
        self._paint_marks(painter, area)
        if self.leaves_outliers_out:
            paint_cuts(painter, frame, self._lines)
        change_marks.paint_flags(painter, area, changes)
        self._paint_cursor(painter, area)
        self.paint_over(painter, area)

    def paint_under(self, painter: QPainter, area: QRectF) -> None:
        """What a plot draws behind its curves."""

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        """What a plot draws in front of its curves."""

    def paint_ground(self, painter: QPainter, box: QRectF) -> None:
        """What lies behind all else, in a part of the plot: another colour where nothing is trained yet."""
        look, frame = theme.current(), self.frame()
        painter.fillRect(box, look.color("bg.panel"))
        if self.trained_to < self.axis.range[1]:
            left = max(frame.point(self.trained_to, 1).x(), frame.area.left())
            not_trained = QRectF(QPointF(left, frame.area.top()), frame.area.bottomRight())
            painter.fillRect(not_trained.intersected(box), look.color("bg.raised"))

    def _paint_grid(self, painter: QPainter, area: QRectF) -> None:
        frame = self.frame()
        self.paint_ground(painter, area)
        paint_grid(painter, frame, self.ticks_x(), self.ticks_y())

    def _paint_ticks(self, painter: QPainter) -> None:
        begin_numbers(painter)
        paint_numbers_x(painter, self.frame(), self.ticks_x(), self._x_words, self.width())
        paint_numbers_y(painter, self.frame(), self.ticks_y(), self._y_words)

    def _paint_marks(self, painter: QPainter, area: QRectF) -> None:
        """A cross for NaN, a triangle for Inf, at the upper edge, and one at the foot for what a logarithmic axis has
        no place for: what has no height must not vanish."""
        look, size = theme.current(), theme.current().px(4)
        for kind, x in self.marks:
            if kind == "none" and not self.is_log_y:
                continue
            token = {"nan": "nan", "none": "warn.text"}.get(kind, "inf")
            painter.setPen(QPen(look.color(token), look.px(2)))
            y = area.bottom() - size if kind == "none" else area.top() + size
            for at in (np.unique(np.round(self.frame().occupied(x) / size)) * size).tolist():
                if kind == "nan":
                    painter.drawLine(QPointF(at - size, y - size), QPointF(at + size, y + size))
                    painter.drawLine(QPointF(at - size, y + size), QPointF(at + size, y - size))
                else:
                    tip = -size if kind == "inf" else size
                    corners = [QPointF(at, y + tip), QPointF(at - size, y - tip), QPointF(at + size, y - tip)]
                    painter.drawPolygon(corners)

    def _paint_cursor(self, painter: QPainter, area: QRectF) -> None:
        look, frame = theme.current(), self.frame()
        if self.pressed is not None and self.dragged is not None:
            left, right = sorted((frame.point(self.pressed, 1).x(), frame.point(self.dragged, 1).x()))
            painter.setPen(QPen(look.color("accent.line"), 1))
            for x in (left, right):
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.fillRect(QRectF(left, area.top(), right - left, look.px(4)), look.color("accent.line"))
            return
        if self.axis.cursor is None:
            return
        pen = QPen(look.color("text.secondary"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([2, 3])
        painter.setPen(pen)
        x = frame.point(self.axis.cursor, 1).x()
        if area.left() <= x <= area.right():
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        if self.pointed_y is not None:
            painter.drawLine(QPointF(area.left(), self.pointed_y), QPointF(area.right(), self.pointed_y))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()
