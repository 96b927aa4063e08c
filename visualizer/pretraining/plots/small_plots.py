"""The small plots under the loss: a title, the value at the cursor or the newest one, and a curve of each run."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from engine.shared.language import mark, tr
from engine.shared.local_numbers import fixed, percent, plain, short_count
from visualizer.look import theme
from visualizer.look.batches import Batch
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import speak, speak_by
from visualizer.look.style_sheet import wear
from visualizer.pretraining import formatting
from visualizer.pretraining.curves import Curves
from visualizer.pretraining.plots import change_marks
from visualizer.pretraining.plots.in_words import curve_words
from visualizer.pretraining.plots.plot import Plot
from visualizer.pretraining.plots.plot_axis import SharedAxis
from visualizer.pretraining.plots.readout import Row, paint_box, paint_dots, paint_strip
from visualizer.pretraining.plots.series import Series
from visualizer.pretraining.plots.shown import Shown, not_drawn
from visualizer.pretraining.plots.strokes import Line, draw_level

_SMOOTHED = ("grad_norm", "tokens_per_second")
_PLANNED_DASH = (5, 4)
_MARKS = Batch(QRectF)
_NAMES = {  # inside of a sentence
    "learning_rate": mark("learning rate"),
    "grad_norm": mark("gradient norm"),
    "tokens_per_second": mark("tokens per second"),
    "memory_gib": mark("memory in GiB"),
}


class SmallPlot(Plot):
    """A column over the shared axis; `clip` draws the clipping line and a mark above every clipped step."""

    def __init__(self, axis: SharedAxis, column: str) -> None:
        super().__init__(axis, short_count, plain if column == "learning_rate" else short_count)
        self.column = column  # of Curves
        self.from_zero = True
        self.room_right = 6.0
        self.clip = 0.0
        self.clipped = np.empty(0)

    def told_at(self, place: float) -> str:
        shown = self.shown
        if shown is None or (index := shown.index_at(shown.run, place)) < 0:
            return ""
        step = tr("step {step}", step=formatting.count(shown.run.step[index]))
        return f"{step}; {words_at(shown, shown.run, self.column, place)}"

    def sums_up(self) -> list[str]:
        run = self.shown.run if self.shown is not None else None
        if run is None:
            return []
        name = tr(_NAMES[self.column])
        return [curve_words(name, run.step, getattr(run, self.column), lambda value: written(self.column, value))]

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        if self.clip > 0:
            self._paint_clipping(painter, area)
        shown, cursor = self.shown, self.axis.cursor
        if shown is None or cursor is None:
            return
        is_smoothed = self.column in _SMOOTHED and shown.weight > 0
        paint_dots(painter, self.frame(), shown, self.column, cursor, is_smoothed=is_smoothed)
        if shown.overlays:  # of one run alone the value stands in the title
            rows = [
                Row("", (words_at(shown, run, self.column, cursor, written_small),), color, shape)
                for run, color, shape in shown.runs
            ]
            if not paint_box(painter, area, self.frame().point(cursor, 1).x(), rows, 10):
                paint_strip(painter, area, rows, 9, is_at_foot=True)

    def _paint_clipping(self, painter: QPainter, area: QRectF) -> None:
        look = theme.current()
        y = self.frame().point(1, self.clip).y()
        if area.top() <= y <= area.bottom():
            draw_level(painter, area, y, look.color("flow.line"))
        columns = self.frame().occupied(self.clipped)
        marks = np.empty((len(columns), 4))
        marks[:] = 0.0, area.top(), 1.2, look.px(4)
        marks[:, 0] = columns - 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("flow.line"))
        _MARKS.draw(painter, marks)


class SmallPanel(QWidget):
    """Title and number above, plot in the middle, a caption below where there is something to say."""

    def __init__(self, axis: SharedAxis, name: str, title: str, column: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}_panel")
        self.title = title
        self.plot = SmallPlot(axis, column)
        self.plot.setObjectName(f"{name}_plot")
        speak_by(self.plot.setAccessibleName, lambda: tr("{plot} against steps", plot=tr(title)))
        self._title = ElidedLabel(11.5, "text.primary", weight=600, least="mm…", parent=self)
        speak(self._title.set_text, title)
        self.value = QLabel("–", self, objectName=f"{name}_value")
        self.caption = ElidedLabel(10.5, "flow.text", parent=self)
        self.caption.setObjectName(f"{name}_caption")
        policy = self.caption.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the four plots stand on one line
        self.caption.setSizePolicy(policy)
        self._log: QToolButton | None = None
        self._head = head = QHBoxLayout()
        head.setSpacing(6)
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

    def add_log(self) -> QToolButton:
        """A switch beside the title for logarithmic heights."""
        self._log = switch = QToolButton(self, objectName=f"log_{self.plot.column}")
        switch.setCheckable(True)
        speak(switch.setText, "log")
        speak(switch.setToolTip, "The gradient norm on a logarithmic axis")
        speak(switch.setAccessibleName, "The gradient norm on a logarithmic axis")
        switch.toggled.connect(self.plot.set_log_y)
        self._head.insertWidget(1, switch)
        self.dress()
        return switch

    def show_runs(self, shown: Shown) -> None:
        """Draw one column of every run."""
        plot, column, run = self.plot, self.plot.column, shown.run
        plot.shown = shown
        x, y = run.x(shown.unit), getattr(run, column)
        plot.changes = change_marks.places(run, shown.unit)
        lines = shown.lines(column, is_smoothed=column in _SMOOTHED)
        is_marked = np.isinf(y) | (column == "grad_norm")  # the others may not be measured
        plot.marks = not_drawn(x[is_marked], y[is_marked])
        plot.trained_to = float(x[-1]) if len(x) else 0.0
        if column == "learning_rate":
            lines.insert(0, _planned(run, shown.unit))
        if column == "grad_norm":
            self._show_clipping(run, x, y)
        plot.show_lines(lines)
        self.show_value()

    def show_value(self) -> None:
        """The shown run's number at the cursor, or its newest."""
        shown, cursor = self.plot.shown, self.plot.axis.cursor
        if shown is None or not len(shown.run.step):
            self.value.setText("–")
            return
        place = float(shown.run.x(shown.unit)[-1]) if cursor is None else cursor
        self.value.setText(words_at(shown, shown.run, self.plot.column, place))

    def dress(self) -> None:
        """Fonts in today's look."""
        look = theme.current()
        self.plot.setMinimumSize(look.px(72), look.px(64))
        self.value.setFont(theme.current().font(11.5, 600))
        if self._log is not None:
            wear(
                self._log,
                f"QToolButton {{ padding: 0 {look.px(5)}px; font-size: {look.px(10.5)}px;"
                f" border-radius: {look.px(4)}px; color: {look.color('text.secondary').name()}; }}"
                f"QToolButton:checked {{ background: {look.color('bg.control').name()};"
                f" color: {look.color('text.primary').name()}; }}",
            )
        self.plot.fit()

    def _show_clipping(self, run: Curves, x: np.ndarray, y: np.ndarray) -> None:
        self.plot.clip = run.grad_clip
        is_clipped = y > run.grad_clip if run.grad_clip > 0 else np.zeros(len(y), dtype=bool)
        self.plot.clipped = x[is_clipped]
        share = percent(float(is_clipped.mean())) if len(y) else ""
        self.caption.set_text(
            tr("Marks: clipped. {share} of steps so far", share=share) if len(self.plot.clipped) else ""
        )


def words_at(shown: Shown, run: Curves, column: str, x: float, write: Callable[[str, float], str] | None = None) -> str:
    """The number in a run's column at a place on the axis, "–" without one; `write` is `written` by default."""
    index = shown.index_at(run, x)
    value = float(getattr(run, column)[index]) if index >= 0 else math.nan
    if not math.isfinite(value):
        is_missing = index < 0 or column in ("memory_gib", "tokens_per_second")
        return "–" if is_missing else formatting.non_finite(value)
    return (write or written)(column, value)


def written_small(column: str, value: float) -> str:
    """The same in small type, where ⁻² and ⁻³ look alike."""
    return plain(value, 3) if column == "learning_rate" else written(column, value)


def written(column: str, value: float) -> str:
    """A finite number of a column."""
    if column == "learning_rate":
        return formatting.power_of_ten(value)
    return formatting.count(value) if column == "tokens_per_second" else fixed(value, 2)


def _planned(run: Curves, unit: str) -> Line:
    is_ahead = run.planned_step > (run.step[-1] if len(run.step) else 0)
    x = np.append(run.x(unit)[-1:], run.ahead(run.planned_step[is_ahead], unit))
    rates = np.append(run.learning_rate[-1:], run.planned_rate[is_ahead])
    return Line(x, Series(rates), width=1.2, dash=_PLANNED_DASH, is_smooth=True)
