"""The plots of training runs: loss large, four small ones under it, all over one axis with one cursor."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from engine.shared.language import mark, tr
from engine.shared.local_numbers import plain
from visualizer.look import theme
from visualizer.look.spoken import current, speak
from visualizer.look.tall_scroll import TallScroll
from visualizer.pretraining import formatting
from visualizer.pretraining.curves import Curves, Overlay
from visualizer.pretraining.plots.checkpoint_bar import CheckpointBar
from visualizer.pretraining.plots.controls import Controls
from visualizer.pretraining.plots.extent import Extent, without_place
from visualizer.pretraining.plots.findings import findings
from visualizer.pretraining.plots.growth import is_seen
from visualizer.pretraining.plots.legend import Legend, entries_of
from visualizer.pretraining.plots.loss_plot import LossPlot
from visualizer.pretraining.plots.no_run import NoRun
from visualizer.pretraining.plots.plot import Plot
from visualizer.pretraining.plots.plot_axis import SharedAxis
from visualizer.pretraining.plots.sentences import Sentences
from visualizer.pretraining.plots.series import SeriesBook
from visualizer.pretraining.plots.shown import Shown
from visualizer.pretraining.plots.small_plots import SmallPanel
from visualizer.pretraining.smoothing import FIRST_WEIGHT

_SMALL = (
    ("learning_rate", mark("Learning rate"), "learning_rate"),
    ("grad_norm", mark("Gradient norm"), "grad_norm"),
    ("throughput", mark("Tokens per second"), "tokens_per_second"),
    ("memory", mark("Memory, GiB"), "memory_gib"),
)
_LOW, _LEAST_SHARE = 400, 0.6  # px of a panel's height, and the loss's share of a lower one
_UNSEEN_S = 10.0  # at most, what changes no pixel column is not painted
_HINT = mark(
    "Every plot shares the axis. Drag to zoom, Shift+drag to pan, double-click or F to fit the data, Home for the whole"
    " run; click to hold the cursor, ← and → move it, Enter at both ends zooms. Marks on the axis are checkpoints:"
    " click one, or [ and ]."
)


class TrainingPlots(QWidget):
    """Draws `Curves`."""

    comparison_wanted = Signal()
    export_wanted = Signal(str)  # a suffix

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_plots")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._curves: Curves | None = None
        self._overlays: tuple[Overlay, ...] = ()
        self._unit, self._weight = "steps", FIRST_WEIGHT
        self._drawn: Shown | None = None
        self._drawn_s = 0.0  # by the monotonic clock
        self._book = SeriesBook()
        self._n_columns = 0  # of the small plots
        self._is_low = False
        self.axis = SharedAxis(self)
        self.axis.snap = self._snap
        self.loss = LossPlot(self.axis, self._words_x)
        self.small = [SmallPanel(self.axis, *names) for names in _SMALL]
        norm = next(panel for panel in self.small if panel.plot.column == "grad_norm")
        self.norm, self.log_norm = norm.plot, norm.add_log()
        self.controls = Controls()
        self.checkpoint = CheckpointBar(self.loss.checkpoints)
        self.legend = Legend()
        self.findings = Sentences(self, name="plots_findings")
        self.note = Sentences(self, name="plots_note")
        self._hint = QLabel(self)
        speak(self._hint.setText, _HINT)
        self._hint.setWordWrap(True)
        self._grid = QGridLayout()
        self.no_run = NoRun(self)
        self._stack = QStackedLayout()
        self._redraw = QTimer(self)  # one for many moves of the slider
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(0)
        self._redraw.timeout.connect(self._draw)
        self._build()
        self._connect()
        self._dress()
        self.show_empty(tr("No run is shown."))

    @property
    def plots(self) -> list[Plot]:
        """The large one and the small ones."""
        return [self.loss, *(panel.plot for panel in self.small)]

    @property
    def shown(self) -> Shown | None:
        """What is drawn, None while no run is shown."""
        if self._curves is None:
            return None
        return Shown(self._curves, self._overlays, self._unit, self._weight, self._book)

    @property
    def paint_s(self) -> float:
        """What painting every plot took the last time, in seconds."""
        return sum(plot.paint_s for plot in self.plots)

    def show_empty(self, words: str) -> None:
        """No run to draw: say what to do first."""
        self._curves, self._overlays, self._drawn = None, (), None
        self._book.keep(set(), self._weight)
        for plot in self.plots:  # which hold no records of a run that is not shown
            plot.clear()
        self.no_run.say(words)
        self._stack.setCurrentIndex(1)

    def show_curves(self, curves: Curves, overlays: tuple[Overlay, ...] = ()) -> None:
        """Draw a run and the runs laid over it. Zoom and cursor stay while it is the same run."""
        if self._curves is None or self._curves.key != curves.key:
            self.axis.pin(None)
            self.axis.reset()
        is_drawn = self._stack.currentIndex() == 0
        self._curves, self._overlays = curves, overlays
        self._stack.setCurrentIndex(0)
        shown = self.shown
        if is_drawn and shown is not None and not self._is_due(shown):
            self._show_numbers(shown)
        else:
            self._draw()

    def set_unit(self, unit: str) -> None:
        """The shared axis in one of UNITS."""
        self._unit = unit
        self.controls.set_unit(unit)
        for plot in self.plots:
            plot.has_whole_ticks = unit != "hours"
        self.axis.pin(None)
        self.axis.reset()
        self._draw()

    def set_weight(self, weight: float) -> None:
        """How much is smoothed."""
        self._weight = weight
        self._redraw.start()

    def reset_layout(self) -> None:
        """Give the loss its first share of the height."""
        self.splitter.setSizes([640, 360])

    def _draw(self) -> None:
        shown = self.shown
        if shown is None:
            return
        self._redraw.stop()
        self._drawn, self._drawn_s = shown, time.monotonic()
        self._book.keep({run.key for run, _, _ in shown.runs}, shown.weight)
        extent = Extent.of(shown)
        self.axis.set_full(extent.high, extent.data, extent.least)
        self.loss.show_runs(shown)
        for panel in self.small:
            panel.show_runs(shown)
        self.legend.show_entries(entries_of(shown))
        self._show_legend()
        self.controls.set_compared(len(shown.runs) > 1)
        self.findings.say(findings(shown))
        self._show_note()

    def _is_due(self, shown: Shown) -> bool:
        """Whether painting it would show more than what is painted."""
        if self._drawn is None or time.monotonic() - self._drawn_s > _UNSEEN_S:
            return True
        columns = [(self.loss, "loss"), *((panel.plot, panel.plot.column) for panel in self.small)]
        return is_seen(self._drawn, shown, columns)

    def _show_numbers(self, shown: Shown) -> None:
        """Of the newest record, where painting the plots would show no more."""
        self.loss.shown = shown
        for panel in self.small:
            panel.plot.shown = shown
            panel.show_value()

    def _say(self) -> None:
        """In the language in use: what is painted, and as wide as its words need it."""
        self.controls.dress()
        self.loss.dress()
        self._draw()

    def _show_note(self) -> None:
        shown = self.shown
        if shown is None:
            return
        is_log_x, is_log_y, is_log_norm = self.axis.is_log, self.loss.is_log_y, self.norm.is_log_y
        self.note.say(without_place(shown, is_log_x=is_log_x, is_log_y=is_log_y, is_log_norm=is_log_norm))

    def _show_legend(self) -> None:
        """Always of several runs: without it nothing says which is which. In a low panel one scrolls."""
        is_several = self.shown is not None and len(self.shown.runs) > 1
        self.legend.setVisible(is_several or self.height() >= theme.current().px(360))

    def _words_x(self, tick: float) -> str:
        return plain(tick) if self._unit == "hours" else formatting.count(tick)

    def _snap(self, place: float) -> float:
        index = self._curves.nearest(place, self._unit) if self._curves is not None else -1
        return place if self._curves is None or index < 0 else float(self._curves.x(self._unit)[index])

    def _nudge(self, direction: int) -> None:
        run = self._curves
        if run is None or not len(run.step):
            return
        places = run.x(self._unit)
        index = len(places) if self.axis.cursor is None else run.nearest(self.axis.cursor, self._unit) + direction
        self._stand_at(float(places[min(max(index, 0), len(places) - 1)]))

    def _leap(self, share: float) -> None:
        """The cursor goes on by a share of what is visible, at least to the next record."""
        run, before = self._curves, self.axis.cursor
        if run is None or not len(run.step):
            return
        if before is None:
            self._nudge(0)
            return
        place = self._snap(self.axis.beside(before, share))
        if place == before:
            self._nudge(1 if share > 0 else -1)
        else:
            self._stand_at(place)

    def _stand_at(self, place: float) -> None:
        self.axis.point(None)
        self.axis.reveal(place)
        self.axis.pin(place)

    # -- layout

    def _connect(self) -> None:
        for plot in self.plots:
            plot.nudged.connect(self._nudge)
            plot.moved.connect(self._leap)
            plot.said_x = self._words_x
        controls = self.controls
        controls.unit_chosen.connect(self.set_unit)
        controls.weight_chosen.connect(self.set_weight)
        controls.log_y_wanted.connect(self.loss.set_log_y)
        controls.log_x_wanted.connect(self.axis.set_log)
        controls.outliers_left_out.connect(self.loss.set_without_outliers)
        controls.fit_wanted.connect(self.axis.fit)
        controls.reset_wanted.connect(self.axis.reset)
        controls.comparison_wanted.connect(self.comparison_wanted)
        controls.export_wanted.connect(self.export_wanted)
        for toggled in (controls.log_x_wanted, controls.log_y_wanted, self.log_norm.toggled):
            toggled.connect(self._show_note)
        self.axis.range_changed.connect(lambda: controls.set_zoomed(self.axis.is_zoomed))
        theme.current().changed.connect(self._dress)
        current().changed.connect(self._say)

    def _build(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setObjectName("plots_splitter")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        upper, lower = QWidget(), QWidget()
        upper.setProperty("role", "panel")
        lower.setProperty("role", "panel")
        self._upper = column = QVBoxLayout(upper)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.controls)
        self._found = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._found.setSpacing(8)
        self._found.addWidget(self.findings, 1)
        self._found.addWidget(self.controls.compare, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight)
        column.addLayout(self._found)
        column.addWidget(self.legend)
        column.addWidget(self.note)
        column.addWidget(self.checkpoint)
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
        self.setLayout(self._stack)  # which shows what comes first, a window of its own without this one
        self._stack.addWidget(TallScroll(self.splitter, "plots_scroll"))  # large text needs more than there is
        self._stack.addWidget(self.no_run)
        self._stack.setContentsMargins(0, 0, 0, 0)

    def _arrange(self) -> None:
        """Four small plots in a row where they fit, else two by two; a button beside the findings, else below them."""
        is_wide = self.width() >= theme.current().px(400)
        self._found.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
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
        self._hint.setVisible(self.height() >= theme.current().px(640))
        self._show_legend()
        self._give_height()

    def _give_height(self) -> None:
        """In a low panel the loss comes first, with most of what is seen at once, and what is said of it below it."""
        is_low = 0 < self.height() < theme.current().px(_LOW)
        self.loss.set_least_height(round(_LEAST_SHARE * self.height()) if is_low else 0)
        if is_low != self._is_low:
            self._is_low = is_low
            self._upper.removeItem(self._found)
            self._upper.removeWidget(self.legend)
            place = self._upper.count() if is_low else 1
            self._upper.insertWidget(place, self.legend)
            self._upper.insertLayout(place, self._found)

    def _dress(self) -> None:
        look = theme.current()
        self._hint.setStyleSheet(f"color: {look.color('text.muted').name()}; font-size: {look.px(10.5)}px;")
        self.findings.setStyleSheet(f"color: {look.color('text.primary').name()}; font-size: {look.px(11.5)}px;")
        self.note.setStyleSheet(f"color: {look.color('warn.text').name()}; font-size: {look.px(10.5)}px;")
        self.controls.dress()
        self.legend.updateGeometry()
        self.loss.dress()
        for small in self.small:
            small.dress()
        self._arrange()
