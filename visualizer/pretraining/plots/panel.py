"""The plots of a training run: loss large, four small ones under it, all over one step axis with one cursor."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from visualizer.look import icons, theme
from visualizer.look.painting import guarded
from visualizer.pretraining.curves import Curves, Overlay
from visualizer.pretraining.plots.loss_plot import LossPlot
from visualizer.pretraining.plots.plot_axis import SharedAxis
from visualizer.pretraining.plots.small_plots import SmallPanel

_SMALL = (
    ("learning_rate", "Learning rate", "learning_rate"),
    ("grad_norm", "Gradient norm", "grad_norm"),
    ("throughput", "Tokens per second", "tokens_per_second"),
    ("memory", "Memory, GiB", "memory_gib"),
)
_HINT = "Every plot shares the step axis. Drag to zoom all, double-click to reset, click to hold the cursor."


class TrainingPlots(QWidget):
    """Draws `Curves`; emits `step_selected(int)` with the step of the pinned cursor, -1 when it is taken away."""

    step_selected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_plots")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._curves: Curves | None = None
        self._overlays: tuple[Overlay, ...] = ()
        self._unit = "steps"
        self._n_columns = 0  # of the small plots
        self.axis = SharedAxis(self)
        self.axis.snap = self._snap
        self.loss = LossPlot(self.axis)
        self.small = [SmallPanel(self.axis, *names) for names in _SMALL]
        self.legend = _Legend()
        self._hint = QLabel(_HINT, self)
        self._hint.setWordWrap(True)
        self._grid = QGridLayout()
        self._empty = QLabel(self, objectName="training_empty")
        self._stack = QStackedLayout()
        self._build()
        for plot in (self.loss, *(panel.plot for panel in self.small)):
            plot.nudged.connect(self._nudge)
        self.axis.cursor_changed.connect(self._tell_step)
        self.axis.range_changed.connect(lambda: self._reset.setEnabled(self.axis.is_zoomed))
        theme.current().changed.connect(self._dress)
        self._dress()
        self.show_empty("No run is shown.")

    @property
    def paint_s(self) -> float:
        """What painting every plot took the last time, in seconds."""
        return self.loss.paint_s + sum(panel.plot.paint_s for panel in self.small)

    def show_empty(self, words: str) -> None:
        """No run to draw: say what to do first."""
        self._curves = None
        first, _, rest = words.partition("\n")
        self._empty.setText(f"<p style='font-weight: 600;'>{first}</p><p>{rest}</p>")
        self._stack.setCurrentIndex(1)

    def show_curves(self, curves: Curves, overlays: tuple[Overlay, ...] = ()) -> None:
        """Draw a run and the runs laid over it. Zoom and cursor stay while it is the same run."""
        if self._curves is None or self._curves.name != curves.name:
            self.axis.pin(None)
            self.axis.reset()
        self._curves, self._overlays = curves, overlays
        self._stack.setCurrentIndex(0)
        self._draw()

    def set_unit(self, unit: str) -> None:
        """The shared axis in "steps" or "tokens"."""
        self._unit = unit
        for button in self._units.buttons():
            button.setChecked(button.text() == unit)
        self.axis.pin(None)
        self.axis.reset()
        if self._curves is not None:
            self._draw()

    def reset_layout(self) -> None:
        """Give the loss its first share of the height."""
        self.splitter.setSizes([640, 360])

    def _draw(self) -> None:
        assert self._curves is not None
        run, unit = self._curves, self._unit
        ends = [float(max(run.max_steps, 1)) * run.scale(unit)]
        ends += [float(each.x(unit)[-1]) for each in self._shown() if len(each.x(unit))]
        self.axis.set_full(0.0, max(*ends, 1.0) if len(ends) > 1 else max(ends[0], 1.0))
        self.loss.show_curves(run, self._overlays, unit)
        for panel in self.small:
            panel.show_curves(run, unit)
        self.legend.show_overlays(tuple((each.curves.name, each.color) for each in self._overlays))

    def _shown(self) -> list[Curves]:
        return [each for each in (self._curves, *(overlay.curves for overlay in self._overlays)) if each is not None]

    def _snap(self, place: float) -> float:
        index = self._curves.nearest(place, self._unit) if self._curves is not None else -1
        return place if self._curves is None or index < 0 else float(self._curves.x(self._unit)[index])

    def _nudge(self, direction: int) -> None:
        run = self._curves
        if run is None or not len(run.step):
            return
        places = run.x(self._unit)
        index = len(places) if self.axis.cursor is None else run.nearest(self.axis.cursor, self._unit) + direction
        self.axis.point(None)
        self.axis.pin(float(places[min(max(index, 0), len(places) - 1)]))

    def _tell_step(self) -> None:
        run, place = self._curves, self.axis.pinned
        index = run.nearest(place, self._unit) if run is not None and place is not None else -1
        self.step_selected.emit(int(run.step[index]) if run is not None and index >= 0 else -1)

    # -- layout

    def _build(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setObjectName("plots_splitter")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        upper, lower = QWidget(), QWidget()
        upper.setProperty("role", "panel")
        lower.setProperty("role", "panel")
        column = QVBoxLayout(upper)
        column.setContentsMargins(12, 8, 8, 8)
        column.addLayout(self._head())
        column.addWidget(self.loss, 1)
        below = QVBoxLayout(lower)
        below.setContentsMargins(12, 10, 8, 8)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(10)
        below.addLayout(self._grid, 1)
        below.addWidget(self._hint)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(lower)
        self.reset_layout()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(24, 24, 24, 24)
        self._stack.addWidget(self.splitter)
        self._stack.addWidget(self._empty)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._stack)

    def _head(self) -> QHBoxLayout:
        self._title, self._nats = QLabel("Loss"), QLabel("nats per token")
        self._title.setProperty("role", "title")
        self._nats.setProperty("role", "caption")
        self._units = QButtonGroup(self)
        frame = QFrame(objectName="unit_choice")
        choice = QHBoxLayout(frame)
        choice.setContentsMargins(2, 2, 2, 2)
        choice.setSpacing(2)
        for unit in ("steps", "tokens"):
            button = QToolButton(objectName=f"unit_{unit}")
            button.setText(unit)
            button.setCheckable(True)
            button.setToolTip(f"The horizontal axis of every plot in {unit}")
            button.clicked.connect(lambda checked=False, name=unit: self.set_unit(name))
            self._units.addButton(button)
            choice.addWidget(button)
        self._units.buttons()[0].setChecked(True)
        self._reset = QToolButton(objectName="reset_zoom")
        self._reset.setToolTip("Show the whole run (double-click a plot, or Home)")
        self._reset.setAccessibleName("Show the whole run")
        self._reset.setEnabled(False)
        self._reset.clicked.connect(self.axis.reset)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._nats)
        row.addWidget(self.legend, 1)
        row.addWidget(frame)
        row.addWidget(self._reset)
        return row

    def _arrange(self) -> None:
        """Four small plots in a row where they fit, else two by two."""
        columns = 4 if self.width() >= theme.current().px(640) else 2
        if self._n_columns == columns:
            return
        self._n_columns = columns
        for index, panel in enumerate(self.small):
            self._grid.removeWidget(panel)
            self._grid.addWidget(panel, index // columns, index % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._nats.setVisible(self.width() >= theme.current().px(560))
        self._hint.setVisible(self.height() >= theme.current().px(640))

    def _dress(self) -> None:
        look = theme.current()
        self._empty.setFont(look.font(13))
        self._empty.setStyleSheet(f"color: {look.color('text.secondary').name()};")
        self._hint.setStyleSheet(f"color: {look.color('text.muted').name()}; font-size: {look.px(10.5)}px;")
        self._reset.setIcon(icons.icon("fit"))
        self._reset.setIconSize(QSize(look.px(14), look.px(14)))
        control, panel = look.color("bg.control").name(), look.color("bg.panel").name()
        self.findChild(QFrame, "unit_choice").setStyleSheet(
            f"QFrame#unit_choice {{ background: {control}; border-radius: {look.px(5)}px; }}"
            f"QToolButton {{ padding: {look.px(2)}px {look.px(8)}px; font-size: {look.px(11)}px;"
            f" color: {look.color('text.secondary').name()}; }}"
            f"QToolButton:checked {{ background: {panel}; color: {look.color('text.primary').name()}; }}"
        )
        self.loss.dress()
        for small in self.small:
            small.dress()
        self._arrange()


class _Legend(QWidget):
    """The line styles of the loss plot, right aligned; entries that do not fit are left out from the left."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("loss_legend")
        self._overlays: tuple[tuple[str, str], ...] = ()

    def show_overlays(self, overlays: tuple[tuple[str, str], ...]) -> None:
        """The runs laid over, as (name, colour token)."""
        if overlays != self._overlays:
            self._overlays = overlays
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(120), theme.current().px(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.current().px(22))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(11))
        entries = [("train, every step", "raw"), ("train, smoothed", "accent.line"), ("validation", "val")]
        right, middle, line = float(self.width()), self.height() / 2, look.px(16)
        for words, kind in reversed([*entries, *self._overlays]):
            width = painter.fontMetrics().horizontalAdvance(words)
            left = right - width - line - look.px(6)
            if left < 0:
                break
            painter.setPen(look.color("text.secondary"))
            painter.drawText(
                round(left + line + look.px(6)), round(middle + painter.fontMetrics().ascent() * 0.38), words
            )
            color = look.color({"raw": "accent.line", "val": "text.primary"}.get(kind, kind))
            painter.setOpacity(0.4 if kind == "raw" else 1.0)
            painter.setPen(QPen(color, look.scale * (1 if kind == "raw" else 1.4 if kind == "val" else 2)))
            painter.drawLine(round(left), round(middle), round(left + line), round(middle))
            painter.setOpacity(1.0)
            if kind == "val":
                painter.setBrush(look.color("bg.panel"))
                painter.drawEllipse(round(left + line / 2 - 3), round(middle - 3), 6, 6)
            right = left - look.px(16)
