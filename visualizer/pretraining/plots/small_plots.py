"""The small plots under the loss: a title, the value at the cursor or the newest one, and a curve."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.shared.numbers import fixed, percent, plain, short_count
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.pretraining import formatting
from visualizer.pretraining.curves import Curves
from visualizer.pretraining.plots import change_marks
from visualizer.pretraining.plots.plot import Plot
from visualizer.pretraining.plots.plot_axis import SharedAxis


class SmallPlot(Plot):
    """A curve over the shared axis; `clip` draws the clipping line and a mark above every clipped step."""

    def __init__(self, axis: SharedAxis, words_y) -> None:
        super().__init__(axis, short_count, words_y)
        self.from_zero = True
        self.room_right = 6.0
        self.clip = 0.0
        self.clipped = np.empty(0)
        self.setMinimumSize(100, 64)

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        if self.clip <= 0:
            return
        look = theme.current()
        y = self.to_pixels(0, self.clip).y()
        if area.top() <= y <= area.bottom():
            pen = QPen(look.color("flow.line"), 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([5, 4])
            painter.setPen(pen)
            painter.drawLine(QPointF(area.left(), round(y) + 0.5), QPointF(area.right(), round(y) + 0.5))
        low, high = self.axis.range
        visible = self.clipped[(self.clipped >= low) & (self.clipped <= high)]
        columns = np.unique(np.round((visible - low) / (high - low) * area.width()))
        for column in columns.tolist():
            mark = QRectF(area.left() + column - 0.5, area.top(), 1.2, look.px(4))
            painter.fillRect(mark, look.color("flow.line"))


class SmallPanel(QWidget):
    """Title and number above, plot in the middle, a caption below where there is something to say."""

    def __init__(self, axis: SharedAxis, name: str, title: str, column: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}_panel")
        self.column = column  # of Curves
        self._curves: Curves | None = None
        self._unit = "steps"
        self.plot = SmallPlot(axis, plain if column == "learning_rate" else short_count)
        self.plot.setObjectName(f"{name}_plot")
        self.plot.setAccessibleName(f"{title} against steps")
        self._smoothed = {"grad_norm": "smoothed_norm", "tokens_per_second": "smoothed_rate"}.get(column)
        self._raw = self.plot.curve(1)
        self._line = self.plot.curve(1.5)
        self._planned = self.plot.curve(1.2, Qt.PenStyle.DashLine)
        self._title = ElidedLabel(11.5, "text.primary", weight=600, parent=self)
        self._title.set_text(title)
        self.value = QLabel("–", self, objectName=f"{name}_value")
        self.caption = ElidedLabel(10.5, "flow.text", parent=self)
        self.caption.setObjectName(f"{name}_caption")
        policy = self.caption.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the four plots stand on one line
        self.caption.setSizePolicy(policy)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.value)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addLayout(head)
        self._column.addWidget(self.plot, 1)
        self._column.addWidget(self.caption)
        axis.cursor_changed.connect(self.show_value)
        self.dress()

    def show_curves(self, curves: Curves | None, unit: str) -> None:
        """Draw one run's column."""
        self._curves, self._unit = curves, unit
        run = curves or Curves("")
        x, y = run.x(unit), getattr(run, self.column)
        finite = np.where(np.isfinite(y), y, np.nan)
        if self._smoothed is not None:
            self._raw.setData(x, finite)
            self._line.setData(x, getattr(run, self._smoothed))
        else:
            self._line.setData(x, finite)
        bad = np.flatnonzero(np.isinf(y)) if self.column != "grad_norm" else np.flatnonzero(~np.isfinite(y))
        self.plot.marks = list(zip(x[bad].tolist(), y[bad].tolist(), strict=True))
        self.plot.trained_to = float(x[-1]) if len(x) else 0.0
        self.plot.changes = change_marks.places(curves, unit)
        data = [(x, y)]
        if self.column == "learning_rate":
            data.append(self._show_planned(run, x))
        if self.column == "grad_norm":
            self._show_clipping(run, x, y)
        self.plot.set_extent(data, [])
        self.show_value()

    def show_value(self) -> None:
        """The number at the cursor, or the newest."""
        run = self._curves
        index = -1
        if run is not None and len(run.step):
            cursor = self.plot.axis.cursor
            index = len(run.step) - 1 if cursor is None else run.nearest(cursor, self._unit)
        self.value.setText(self._words(float(getattr(run, self.column)[index])) if index >= 0 else "–")

    def dress(self) -> None:
        """Fonts and pens in today's look."""
        look = theme.current()
        self.value.setFont(look.font(11.5, 600))
        pale = QColor(look.color("accent.line"))
        pale.setAlphaF(0.3)
        self.plot.set_pen(self._raw, pale, 1)
        self.plot.set_pen(self._line, look.color("accent.line"), 1.5)
        self.plot.set_pen(self._planned, look.color("accent.line"), 1.2, Qt.PenStyle.DashLine)
        self.plot.fit()

    def _show_planned(self, run: Curves, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        done = run.step[-1] if len(run.step) else 0
        ahead = run.planned_step > done
        places = np.append(x[-1:], run.planned_step[ahead] * run.scale(self._unit))
        planned = places, np.append(run.learning_rate[-1:], run.planned_rate[ahead])
        self._planned.setData(*planned)
        return planned

    def _show_clipping(self, run: Curves, x: np.ndarray, y: np.ndarray) -> None:
        self.plot.clip = run.grad_clip
        is_clipped = y > run.grad_clip if run.grad_clip > 0 else np.zeros(len(y), dtype=bool)
        self.plot.clipped = x[is_clipped]
        share = percent(float(is_clipped.mean())) if len(y) else ""
        self.caption.set_text(f"Marks: clipped. {share} of steps so far" if len(self.plot.clipped) else "")

    def _words(self, value: float) -> str:
        if not math.isfinite(value):
            return "–" if self.column in ("memory_gib", "tokens_per_second") else formatting.non_finite(value)
        if self.column == "learning_rate":
            return formatting.power_of_ten(value)
        return formatting.count(value) if self.column == "tokens_per_second" else fixed(value, 2)
