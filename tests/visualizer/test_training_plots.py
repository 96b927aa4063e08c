"""The plots: one axis, one cursor, nothing hidden."""

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QToolButton, QWidget

from engine.runs.config import PRESETS
from engine.runs.known_losses import KnownLoss
from engine.runs.schedule import learning_rate
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.pretraining.columns import Columns
from visualizer.pretraining.curves import Curves, Overlay
from visualizer.pretraining.plots.outliers import usual
from visualizer.pretraining.plots.panel import TrainingPlots
from visualizer.pretraining.plots.readout import brief_rows, loss_rows, paint_box, paint_strip
from visualizer.pretraining.plots.series import Series, SeriesBook
from visualizer.pretraining.plots.small_plots import words_at, written_small
from visualizer.pretraining.plots.ticks import log_ticks, round_ticks
from visualizer.pretraining.runs.tracked_run import planned_rates
from visualizer.pretraining.smoothing import Smoother

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window


def curves(name="run", n=2000, max_steps=3000, **changes):
    step = np.arange(1.0, n + 1)
    loss = 4.3 + 6.5 * np.exp(-step / 60) + 0.2 * np.sin(step * 1.3)
    norm = 0.8 + 0.4 * np.sin(step)
    val = np.arange(100.0, n + 1, 100)
    values = {
        "step": step,
        "tokens": step * 512,
        "loss": loss,
        "hours": step * 0.05 / 3600,
        "learning_rate": np.full(n, 1e-3),
        "grad_norm": norm,
        "tokens_per_second": np.full(n, 1300.0),
        "memory_gib": np.full(n, 0.85),
        "val_step": val,
        "val_tokens": val * 512,
        "val_loss": 4.9 + 5.9 * np.exp(-val / 60),
        "planned_step": np.arange(1.0, max_steps + 1),
        "planned_rate": np.full(max_steps, 1e-3),
    }
    known = {"max_steps": max_steps, "tokens_per_step": 512, "grad_clip": 1.0, "vocab_size": 50257}
    return Curves(name, key=name, **(values | known | {"unigram_entropy": 6.32} | changes))


@pytest.fixture
def plots(qtbot):
    theme.current().set_mode("light")
    made = TrainingPlots()
    qtbot.addWidget(made)
    made.resize(920, 780)
    made.show()
    qtbot.waitExposed(made)
    made.show_curves(curves())
    made.grab()
    return made


def every_plot(plots):
    return [plots.loss, *(panel.plot for panel in plots.small)]


def place(plot, x):
    return QPoint(round(plot.frame().point(x, 1).x()), round(plot.area().center().y()))


def has_color(plot, token, box=None):
    image = plot.grab(box).toImage() if box is not None else plot.grab().toImage()
    wanted = QColor(theme.current().color(token)).rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_the_references_explain_where_the_loss_starts(plots):
    assert plots.loss.references() == [
        (math.log(50257), ("uniform guess ln 50,257 = 10.82", "ln 50,257 = 10.82", "10.82")),
        (6.32, ("unigram entropy of the corpus 6.32", "unigram entropy 6.32", "6.32")),
    ]


def test_a_drag_zooms_every_plot_a_double_click_fits_the_data_and_another_one_shows_the_plan(qtbot, plots):
    loss, small = plots.loss, plots.small[0].plot
    qtbot.mousePress(loss, Qt.MouseButton.LeftButton, pos=place(loss, 500))
    qtbot.mouseMove(loss, place(loss, 700))
    qtbot.mouseMove(loss, place(loss, 1000))
    qtbot.mouseRelease(loss, Qt.MouseButton.LeftButton, pos=place(loss, 1000))
    for plot in every_plot(plots):
        low, high = plot.frame().x_range
        assert abs(low - 500) < 8 and abs(high - 1000) < 8
    bottom, top = loss.frame().y_range
    assert top < 6 < math.log(50257)  # a part has the height to itself
    assert plots.findChild(QToolButton, "reset_zoom").isEnabled()
    qtbot.mouseDClick(small, Qt.MouseButton.LeftButton, pos=place(small, 800))
    assert all(plot.frame().x_range == (1, 2000) for plot in every_plot(plots))
    qtbot.mouseDClick(small, Qt.MouseButton.LeftButton, pos=place(small, 800))
    assert all(plot.frame().x_range == (0, 3000) for plot in every_plot(plots))
    bottom, top = loss.frame().y_range
    assert top > math.log(50257) > bottom  # the whole run, with where it starts


def test_keys_fit_pan_zoom_and_go_back_to_the_whole_run(qtbot, plots):
    loss = plots.loss
    plots.show_curves(curves(vocab_size=10**6))
    top = loss.frame().y_range[1]
    qtbot.keyClick(loss, Qt.Key.Key_F)
    assert loss.frame().x_range == (1, 2000) and loss.frame().y_range[1] < top  # the levels do not count then
    plots.show_curves(curves(n=2500))
    assert loss.frame().x_range == (1, 2500)  # it goes with what is trained
    qtbot.keyClick(loss, Qt.Key.Key_Plus)
    low, high = loss.frame().x_range
    assert high - low == pytest.approx(0.8 * 2499)
    qtbot.keyClick(loss, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert loss.frame().x_range == pytest.approx((low + 0.1 * (high - low), high + 0.1 * (high - low)))
    qtbot.keyClick(loss, Qt.Key.Key_Home)
    assert loss.frame().x_range == (0, 3000)


def test_a_drag_with_shift_pans_every_plot_and_stops_at_the_ends(qtbot, plots):
    loss, shift = plots.loss, Qt.KeyboardModifier.ShiftModifier
    plots.axis.zoom(500, 1500)
    start, end = place(loss, 1000), place(loss, 800)
    qtbot.mousePress(loss, Qt.MouseButton.LeftButton, shift, pos=start)
    qtbot.mouseMove(loss, end)
    qtbot.mouseRelease(loss, Qt.MouseButton.LeftButton, shift, pos=end)
    for plot in every_plot(plots):
        assert plot.frame().x_range == pytest.approx((700, 1700), abs=3)
    plots.axis.pan(-5)
    assert loss.frame().x_range == pytest.approx((0, 1000))


def test_a_pan_paints_the_plots_and_nothing_that_lies_behind_them(qtbot, plots):
    painted = []

    class Painted(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                painted.append(watched)
            return False

    watcher, widgets = Painted(), [plots, *plots.findChildren(QWidget)]
    plots.axis.zoom(500, 1000)
    qtbot.waitUntil(lambda: all(plot.frame().x_range == (500, 1000) for plot in every_plot(plots)))
    QApplication.processEvents()
    for widget in widgets:
        widget.installEventFilter(watcher)
    plots.axis.pan(0.1)
    qtbot.waitUntil(lambda: len(painted) >= len(every_plot(plots)))
    for widget in widgets:
        widget.removeEventFilter(watcher)
    assert set(painted) == set(every_plot(plots))


def test_the_cursor_reads_the_nearest_step_in_every_plot(qtbot, plots):
    qtbot.mouseMove(plots.loss, place(plots.loss, 1234))
    index = plots._curves.nearest(plots.axis.cursor, "steps")
    assert abs(index - 1233) <= 3
    shown = plots.findChild(QLabel, "grad_norm_value").text()
    assert shown == f"{plots._curves.grad_norm[index]:.2f}"
    qtbot.mouseClick(plots.loss, Qt.MouseButton.LeftButton, pos=place(plots.loss, 1234))
    assert abs(plots.axis.pinned - 1234) <= 3


def test_arrow_keys_move_the_cursor_by_one_record(qtbot, plots):
    qtbot.mouseClick(plots.loss, Qt.MouseButton.LeftButton, pos=place(plots.loss, 1234))
    plots.axis.point(None)
    before = plots.axis.cursor
    qtbot.keyClick(plots.loss, Qt.Key.Key_Right)
    assert plots.axis.cursor == before + 1
    qtbot.keyClick(plots.loss, Qt.Key.Key_Escape)
    assert plots.axis.cursor is None


def test_what_a_screen_reader_was_told_of_one_run_is_not_said_of_the_next(qtbot, plots):
    plots.loss.setFocus()
    qtbot.keyClick(plots.loss, Qt.Key.Key_Left)
    assert plots.loss.accessibleDescription().startswith("step 2,000; ")
    plots.loss.clearFocus()
    plots.show_curves(curves("next", 0))
    assert plots.loss.accessibleDescription() == ""


def test_the_axis_can_count_tokens(qtbot, plots):
    qtbot.mouseClick(plots.findChild(QToolButton, "unit_tokens"), Qt.MouseButton.LeftButton)
    assert plots.loss.frame().x_range == (0, 3000 * 512)
    assert plots.loss.trained_to == 2000 * 512


def test_what_is_not_finite_is_marked_and_not_averaged_away(plots):
    loss = curves().loss.copy()
    loss[999] = np.nan
    loss[1499] = np.inf
    assert not has_color(plots.loss, "nan") and not has_color(plots.loss, "inf")
    plots.show_curves(curves(loss=loss, n_restarts=1))
    assert has_color(plots.loss, "nan") and has_color(plots.loss, "inf")
    smoothed = plots.shown.smoothed(plots.shown.run).values
    assert np.isnan(smoothed[999]) and np.isfinite(smoothed[1000])
    assert ("loss", ("NaN",)) in [(row.label, row.values) for row in loss_rows(plots.shown, 1000.0)]


def test_a_run_without_one_finite_loss_still_draws(plots):
    nothing = np.full(2000, np.nan)
    plots.show_curves(curves(loss=nothing, n_restarts=1, val_loss=np.full(20, np.nan)))
    assert has_color(plots.loss, "nan")


def test_clipped_steps_are_marked_and_counted(plots):
    norm = curves().grad_norm
    share = (norm > 1.0).mean() * 100
    assert plots.findChild(ElidedLabel, "grad_norm_caption").text() == f"Marks: clipped. {share:.0f} % of steps so far"
    plots.show_curves(curves(grad_clip=0.0))
    assert plots.findChild(ElidedLabel, "grad_norm_caption").text() == ""


def test_the_future_is_a_pale_area(plots):
    plot = plots.loss
    image = plot.grab().toImage()
    ahead, done = place(plot, 2713), place(plot, 1713)
    assert QColor(image.pixel(ahead)) == theme.current().color("bg.raised")
    assert QColor(image.pixel(done)) == theme.current().color("bg.panel")


def test_another_run_lies_over_the_loss_in_its_own_colour(plots):
    plots.show_curves(curves(), (Overlay(curves("other", 1500, loss=np.full(1500, 8.0)), "cat.reduction"),))
    at = plots.loss.frame().point(700, 8.0)
    image = plots.loss.grab().toImage()
    near = [QColor(image.pixel(round(at.x()) + x, round(at.y()) + y)) for x in range(20) for y in (-1, 0, 1)]
    wanted = theme.current().color("cat.reduction")
    assert any(
        abs(drawn.hue() - wanted.hue()) < 12 and drawn.saturation() > 60 for drawn in near
    )  # its edges are smoothed


def test_only_what_a_pixel_can_show_is_drawn_of_a_long_run_and_no_spike_vanishes(plots):
    loss = curves(n=1_000_000).loss.copy()
    spikes = {77_777: 14.0, 400_001: -3.0, 999_999: 13.0}
    for at, value in spikes.items():
        loss[at] = value
    loss[500_000] = np.nan
    plots.show_curves(curves("long", n=1_000_000, max_steps=1_200_000, loss=loss))
    (raw, *_), frame = plots.loss.lines, plots.loss.frame()
    seen = raw.seen(frame)
    assert len(seen.x) <= plots.loss.width()
    for at, value in spikes.items():
        is_there = (seen.low == value) | (seen.high == value)
        assert (np.abs(frame.x(seen.x[is_there]) - frame.x(np.array([at + 1.0]))) <= 1.25).any()
    assert {kind: places.tolist() for kind, places in plots.loss.marks}["nan"] == [500_001]
    assert has_color(plots.loss, "nan")


@pytest.mark.parametrize("is_log", [False, True])
def test_panned_over_a_long_run_every_pixel_column_has_the_extremes_of_its_numbers(plots, is_log):
    n = 100_000
    loss = 2.0 + np.random.default_rng(3).normal(size=n)
    plots.show_curves(curves("long", n=n, max_steps=n, loss=loss))
    plots.axis.set_log(is_log)
    plots.axis.zoom(20_000, 60_000)
    for share in (0.01, 0.3, 0.9, -2.0, 0.004, -0.004):
        plots.axis.pan(share)
        frame, raw = plots.loss.frame(), plots.loss.lines[0]
        low, high = frame.x_range
        seen, inside = raw.seen(frame), loss[max(math.ceil(low) - 1, 0) : math.floor(high)]
        assert len(seen.x) <= frame.area.width() + 4
        assert seen.low.min() <= inside.min() and seen.high.max() >= inside.max()
        for pixel in (0.25, 0.5, 0.75):  # whatever its edges are: with its neighbours it has all of it
            at = frame.back_x(frame.area.left() + pixel * frame.area.width())
            column = int(np.abs(seen.x - at).argmin())
            step = slice(math.ceil(seen.x[column - 1]) - 1, math.floor(seen.x[column + 1]))
            near = slice(column - 1, column + 2)
            assert seen.low[near].min() <= loss[step].min() and seen.high[near].max() >= loss[step].max()


def test_series_are_kept_from_one_drawing_to_the_next_and_those_that_are_drawn_no_more_are_let_go(plots):
    book, run = SeriesBook(), plots.shown.run
    raw, smoothed = book.series(run, "loss"), book.series(run, "loss", 0.9)
    book.keep({run.key}, 0.9)
    assert book.series(run, "loss") is raw and book.series(run, "loss", 0.9) is smoothed
    book.keep({run.key}, 0.5)
    assert book.series(run, "loss") is raw and book.series(run, "loss", 0.9) is not smoothed
    book.keep(set(), 0.5)
    assert book.series(run, "loss") is not raw


@pytest.mark.parametrize("n", [1, 15, 16, 17, 4096, 5000, 70_001])
def test_extremes_are_those_of_the_numbers_however_the_column_grew(n):
    values = np.random.default_rng(n).normal(size=n)
    values[:: max(n // 7, 2)] = np.nan
    series, grown = Series(values), Series()
    for stop in (n // 3, n // 3, n // 2, n):
        grown.extend(values[:stop])
    whole = np.array([0]), np.array([n])
    for each in (series, grown):
        low, high = each.extremes(*whole)
        np.testing.assert_equal((low[0], high[0]), (np.fmin.reduce(values), np.fmax.reduce(values)))
    cuts = np.unique(np.linspace(0, n, 10).astype(int))
    lows, highs = grown.extremes(cuts[:-1], cuts[1:])
    for start, stop, low, high in zip(cuts, cuts[1:], lows, highs, strict=False):
        assert not low > np.fmin.reduce(values[start:stop]) and not high < np.fmax.reduce(values[start:stop])


@pytest.mark.parametrize("weight", [0.0, 0.5, 0.9, 0.999])
def test_smoothing_is_the_debiased_average_whatever_comes_in_which_parts(weight):
    values = np.random.default_rng(1).normal(5, 1, size=3000)
    values[[0, 17, 1234]] = np.nan, np.inf, np.nan
    wanted, average, n = [], 0.0, 0
    for value in values:
        if not math.isfinite(value):
            wanted.append(math.nan)
            continue
        average, n = weight * average + (1 - weight) * value, n + 1
        wanted.append(average / (1 - weight**n))
    smoother = Smoother(weight)
    parts = [smoother.extend(values[start:stop]) for start, stop in ((0, 1), (1, 700), (700, 700), (700, 3000))]
    np.testing.assert_allclose(np.concatenate(parts), wanted, rtol=1e-9)
    assert smoother.value == pytest.approx(wanted[-1])


def test_a_slider_smooths_and_the_legend_says_how_much(qtbot, plots):
    slider, legend = plots.controls.smoothing, plots.legend
    assert [entry.words for entry in legend.entries] == ["train, every step", "train, smoothed 0.95", "validation"]
    raw, smoothed = plots.loss.lines
    assert raw.is_pale and np.array_equal(raw.series.values, plots.shown.run.loss)
    assert smoothed.series.values[0] == plots.shown.run.loss[0]  # debiased
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: legend.entries[1].words == "train, smoothed 0.9")
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: [entry.words for entry in legend.entries] == ["train, every step", "validation"])
    assert plots.controls.findChild(QLabel, "smoothing_value").text() == "not smoothed"
    (line,) = plots.loss.lines
    assert np.array_equal(line.series.values, plots.shown.run.loss)


def test_hours_count_the_steps_and_end_at_the_pace_so_far(qtbot, plots):
    qtbot.mouseClick(plots.findChild(QToolButton, "unit_hours"), Qt.MouseButton.LeftButton)
    assert plots.loss.frame().x_range == pytest.approx((0, 3000 * 0.05 / 3600))
    assert plots.loss.trained_to == pytest.approx(2000 * 0.05 / 3600)
    assert plots.findChild(QToolButton, "log_steps").text() == "log hours"


def test_the_cursor_tells_the_nearest_record_also_where_one_step_took_long(plots):
    hours = np.cumsum(np.where(np.arange(2000) == 700, 100.0, 0.05)) / 3600  # as where a step was compiled first
    plots.show_curves(curves(), (Overlay(curves("slow", hours=hours), "cat.loss"),))
    plots.set_unit("hours")
    slow = plots.shown.overlays[0].curves
    assert plots.shown.index_at(slow, 40 / 3600) == 699 and plots.shown.index_at(slow, 130 / 3600) == 700
    assert plots.shown.index_at(slow, 2 * hours[-1]) == -1


def test_logarithmic_axes_say_what_has_no_place_on_them(qtbot, plots):
    loss = curves().loss.copy()
    loss[[499, 999]] = 0.0, -1.0
    val = np.arange(0.0, 2001, 100)
    changes = {"loss": loss, "val_step": val, "val_tokens": val * 512, "val_loss": np.full(21, 5.0)}
    plots.show_curves(curves("other", **changes))
    note = plots.findChild(QLabel, "plots_note")
    assert not note.isVisible()
    qtbot.mouseClick(plots.controls.log_x, Qt.MouseButton.LeftButton)
    assert plots.loss.frame().x_range == (1, 3000)
    assert note.isVisible() and note.text() == "1 point at 0 steps has no place on a logarithmic axis."
    qtbot.mouseClick(plots.controls.log_y, Qt.MouseButton.LeftButton)
    assert note.text().endswith("2 losses of 0 or less: ▼ at the foot of the logarithmic axis.")
    assert plots.loss.frame().y_range[0] > 0
    assert has_color(plots.loss, "warn.text")
    frame = plots.loss.frame()
    assert frame.point(10, 5).x() - frame.point(1, 5).x() == pytest.approx(
        frame.point(1000, 5).x() - frame.point(100, 5).x()
    )
    assert frame.back_x(frame.point(37, 5).x()) == pytest.approx(37)
    plots.axis.zoom_about(100, 0.5)
    assert plots.loss.frame().x_range == pytest.approx((10, 3000**0.5 * 10))


def test_the_gradient_norm_has_a_logarithmic_axis_of_its_own(qtbot, plots):
    norm = np.logspace(-3, 3, 2000)
    norm[[10, 20]] = 0.0
    plots.show_curves(curves("other", grad_norm=norm, grad_clip=1.0))
    note = plots.findChild(QLabel, "plots_note")
    assert plots.norm.frame().y_range[0] == 0 and not note.isVisible()
    assert not has_color(plots.norm, "warn.text")
    qtbot.mouseClick(plots.log_norm, Qt.MouseButton.LeftButton)
    low, high = plots.norm.frame().y_range
    assert 0 < low < 1.1e-3 and high > 1e3 and not plots.loss.is_log_y
    assert 1 in [round(tick, 9) for tick in plots.norm.ticks_y()]
    frame = plots.norm.frame()
    assert frame.down(10) - frame.down(100) == pytest.approx(frame.down(0.1) - frame.down(1))
    assert note.text() == "2 gradient norms of 0: ▼ at the foot of the logarithmic axis."
    assert has_color(plots.norm, "warn.text")


@pytest.mark.parametrize(
    ("values", "is_log", "ends"),
    [
        (np.append(np.linspace(1, 2, 101), (9.0, -9.0, np.nan, np.inf)), False, (1, 2)),
        (np.append(np.logspace(0, 2, 101), (1e9, 0.0, -1.0)), True, (1, 100)),
        (np.append(np.full(99, 3.0), 9.0), False, (3, 9)),
    ],
)
def test_outliers_lie_beyond_the_fences_of_most_numbers(values, is_log, ends):
    assert usual(values, is_log=is_log) == pytest.approx(ends)


def test_a_run_that_diverges_need_not_press_the_others_together_and_leaves_the_plot_at_a_mark(qtbot, plots):
    rising = np.append(np.full(1500, 4.4), np.linspace(4.4, 60, 500))
    plots.axis.zoom(500, 2000)
    plots.show_curves(curves(), (Overlay(curves("diverges", loss=rising, val_loss=rising[99::100]), "cat.loss"),))
    assert plots.loss.frame().y_range[1] > 40
    edge = QRect(0, round(plots.loss.area().top()), plots.loss.width(), 6)
    qtbot.mouseClick(plots.controls.outliers, Qt.MouseButton.LeftButton)
    bottom, top = plots.loss.frame().y_range
    assert 4 < bottom < 4.11 and 4.5 < top < 5  # with its noise, which is wider than most of the smooth lines
    assert has_color(plots.loss, "cat.loss", edge)
    plots.axis.zoom(500, 1000)  # where it does not diverge yet
    assert not has_color(plots.loss, "cat.loss", edge)
    qtbot.mouseClick(plots.controls.outliers, Qt.MouseButton.LeftButton)
    plots.axis.zoom(500, 2000)
    assert plots.loss.frame().y_range[1] > 40


def over(plots):
    others = Overlay(curves("second", 1500), "cat.reduction", 0), Overlay(curves("third", 900), "cat.leaf", 1)
    plots.show_curves(curves(), others)
    return others


def test_runs_laid_over_have_a_dash_and_a_marker_beside_their_colour_in_every_plot(plots):
    over(plots)
    for plot in every_plot(plots):
        dashes = {line.color: line.dash for line in plot.lines if line.color != "accent.line"}
        assert set(dashes) == {"cat.reduction", "cat.leaf"} and all(dashes.values())
        assert len(set(dashes.values())) == 2
    assert [(entry.words, entry.shape) for entry in plots.legend.entries][2:] == [
        ("validation", -1), ("second", 0), ("third", 1),
    ]  # fmt: skip


def test_the_cursor_tells_the_values_of_every_run_at_its_place_in_every_plot(qtbot, plots):
    second, third = over(plots)
    qtbot.mouseMove(plots.loss, place(plots.loss, 1200))
    at = int(plots.axis.cursor)
    rows = {row.label: row.values for row in loss_rows(plots.shown, plots.axis.cursor)}
    assert rows["second"][0] == f"{second.curves.loss[at - 1]:.4f}" and rows["third"] == ("–", "–", "–")
    assert rows["run"][2] == f"{plots.shown.run.val_loss[at // 100 - 1]:.4f}"
    norm = plots.small[1].plot
    assert words_at(plots.shown, second.curves, "grad_norm", at) == f"{second.curves.grad_norm[at - 1]:.2f}"
    assert words_at(plots.shown, third.curves, "grad_norm", at) == "–"
    small = [written_small("learning_rate", rate) for rate in (1e-2, 1e-3, 6.934e-4, 0)]
    assert small == ["0.01", "1e-3", "6.93e-4", "0"]
    assert has_color(norm, "cat.reduction", QRect(0, 0, norm.width(), norm.height() // 2))


def test_the_planned_rates_are_those_that_the_trainer_uses():
    for run in PRESETS.values():
        steps, rates = planned_rates(run)
        wanted = [learning_rate(run, int(step)) for step in steps]
        np.testing.assert_allclose(rates, wanted, rtol=1e-12)
        assert steps[0] == 1 and steps[-1] == run.max_steps and run.warmup_steps in steps


def test_snapshots_of_columns_never_change():
    columns = Columns(("x",))
    columns.append({"x": [1.0, 2.0, 3.0]})
    snapshot = columns["x"]
    columns.append({"x": list(range(5000))})
    columns.cut(1)
    columns.append({"x": [9.0]})
    assert snapshot.tolist() == [1.0, 2.0, 3.0]
    assert columns["x"].tolist() == [1.0, 9.0]


@pytest.mark.parametrize(("low", "high"), [(0, 3000), (3.2, 14.5), (0.0, 0.4), (0, 1_000_000)])
def test_ticks_are_round_and_inside(low, high):
    ticks = round_ticks(low, high, 5)
    assert 2 <= len(ticks) <= 7
    assert all(low <= tick <= high for tick in ticks)


@pytest.mark.parametrize(("low", "high"), [(1, 3000), (1, 1e6), (0.02, 14.5), (1.5, 1.9), (3.0, 40.0), (1e-5, 1e-3)])
def test_ticks_of_a_logarithmic_axis_are_round_and_inside(low, high):
    ticks = log_ticks(low, high, 5)
    assert 2 <= len(ticks) <= 9
    assert all(low <= tick * (1 + 1e-9) and tick <= high * (1 + 1e-9) for tick in ticks)
    assert all(len(f"{tick:.6g}".replace(".", "").strip("0").split("e")[0]) <= 3 for tick in ticks)


def test_nothing_lies_over_the_curves(plots):
    for plot in every_plot(plots):
        assert not plot.findChildren(QWidget)


@pytest.mark.parametrize("n", [1500, 3000])
def test_the_words_at_the_ends_have_room_beside_the_curves(plots, n):
    plots.show_curves(curves(n=n))
    plot = plots.loss
    plot.grab()
    area, end = plot.area(), plot.frame().point(n, 1).x()
    beside = QRect(round(end) + 8, round(area.top()), plot.width() - round(end) - 8, round(area.height()))
    assert has_color(plot, "accent.text", beside)
    before = QRect(round(end) - 70, round(area.top()), 60, round(area.height()))
    assert not has_color(plot, "accent.text", before)


@pytest.mark.parametrize("n_overlays", [0, 2])
def test_long_words_of_a_change_leave_two_thirds_of_the_plot_to_the_curves(plots, n_overlays):
    second, third = over(plots)
    words = "branch of a-run-with-quite-a-long-name-of-its-own-and-a-date-2026-11-28, learning_rate 0.0005"
    plots.show_curves(curves(changes=((500, words),)), (second, third)[:n_overlays])
    rows = loss_rows(plots.shown, 700.0)
    assert words.split(", ") == [value for row in rows if row.is_words for value in row.values]
    numbers = [row for row in rows if not row.is_words]
    assert box_width(rows, 800) <= max(box_width(numbers, 800), 800 / 3 + 3)
    assert box_width(rows, 2400) > 800 / 3 + 3  # where there is room, they stand side by side


def box_width(rows, plot_width):
    """Pixels that the box at the cursor of a plot covers from left to right."""
    image = QImage(plot_width, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("#00ff00"))
    painter = QPainter(image)
    assert paint_box(painter, QRectF(0, 0, plot_width, 600), 10.0, rows)
    painter.end()
    return sum(image.pixelColor(x, 40) != QColor("#00ff00") for x in range(plot_width))


@pytest.mark.parametrize(("width", "height"), [(500, 420), (900, 560), (1400, 1000)])
def test_the_numbers_of_every_axis_have_room_whatever_its_size(qtbot, plots, width, height):
    plots.show_curves(curves(learning_rate=np.linspace(0, 3e-4, 2000), memory_gib=np.full(2000, 0.36)))
    plots.resize(width, height)
    QApplication.processEvents()
    for plot in every_plot(plots):
        metrics = QFontMetricsF(theme.current().font(10.5))
        for tick in plot.ticks_y():
            assert metrics.horizontalAdvance(plot.words_y(tick)) <= plot.area().left() - theme.current().px(6)


def test_the_learning_rate_has_its_exponent_on_the_axis(plots):
    plots.show_curves(curves(learning_rate=np.linspace(0, 3e-4, 2000)))
    plot = next(plot for plot in every_plot(plots) if plot.objectName() == "learning_rate_plot")
    words = [plot.words_y(tick) for tick in plot.ticks_y()]
    assert words[0] == "0" and all("e-" in word for word in words[1:]) and len(words) > 1


def test_where_a_plot_is_too_small_for_its_box_the_cursor_tells_the_runs_in_brief(plots):
    over(plots)
    plots.axis.pin(700.0)
    assert [row.label for row in brief_rows(plots.shown, 700.0)] == ["step 700", "run", "second", "third"]
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    assert not paint_box(painter, QRectF(0, 0, 60, 40), 20.0, loss_rows(plots.shown, 700.0))
    painter.end()
    plots.resize(300, 330)
    QApplication.processEvents()
    assert plots.legend.isVisible()  # without it nothing would say which is which
    plots.grab()
    plots.show_curves(curves())
    assert not plots.legend.isVisible()


def test_in_a_small_plot_the_numbers_of_every_run_stand_in_lines_that_leave_the_curves_to_be_seen(plots):
    over(plots)
    brief, area = brief_rows(plots.shown, 700.0), QRectF(0, 0, 360, 100)
    image = QImage(360, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    assert not any(paint_box(painter, area, 140.0, rows) for rows in (loss_rows(plots.shown, 700.0), brief))
    box = paint_strip(painter, area, brief)
    assert area.contains(box) and box.width() * box.height() <= area.width() * area.height() / 4
    image.fill(QColor("white"))
    narrow = QRectF(0, 0, 120, 60)
    assert narrow.contains(paint_strip(painter, narrow, brief, is_at_foot=True))
    painter.end()
    inked = {image.pixel(x, y) for x in range(120) for y in range(60)}
    assert all(theme.current().color(run.color).rgb() in inked for run in brief[1:])


def test_a_name_is_shortened_only_where_it_has_no_room(plots):
    names = ["a baseline of a week ago, rate 0.0003, batch 12", "a baseline of a week ago, rate 0.0006, batch 12"]
    plots.show_curves(curves(names[0]), (Overlay(curves(names[1]), "cat.loss"),))
    legend = plots.legend
    width = QFontMetricsF(theme.current().font(11)).horizontalAdvance(names[1])
    named = next(box for entry, box in legend._places(legend.width()) if entry.words == names[1])
    assert width < named.width() <= legend.width()
    rows = loss_rows(plots.shown, 700.0)
    assert box_width(rows, 1600) - box_width([replace(row, label=row.label[:3]) for row in rows], 1600) > width / 2
    assert box_width(rows, 340) < 340  # there a name has what the numbers leave


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_control_and_plot_is_whole_and_can_be_scrolled_to(qtbot, plots, scale):
    theme.current().set_scale(scale)
    plots.show_curves(curves(), (Overlay(curves("other"), "cat.loss"),))
    plots.resize(plots.minimumSizeHint().expandedTo(QSize(380, 560)))
    scroll = plots.findChild(QScrollArea, "plots_scroll")
    rows = plots.controls.flow
    qtbot.waitUntil(lambda: plots.controls.height() >= rows.heightForWidth(plots.controls.width()))
    qtbot.waitUntil(lambda: scroll.widget().width() == scroll.viewport().width())  # a window grows a turn later
    whole = scroll.widget().rect()
    for widget in (*plots.controls.findChildren(QToolButton), plots.controls.smoothing, *every_plot(plots)):
        if widget.isVisible():
            box = QRect(widget.mapTo(scroll.widget(), QPoint(0, 0)), widget.size())
            assert whole.contains(box) and box.size() == box.size().expandedTo(widget.minimumSizeHint())
    bar = scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert not every_plot(plots)[-1].visibleRegion().isEmpty()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_line_of_a_change_crosses_no_words_of_a_reference(plots, mode):
    theme.current().set_mode(mode)
    at = [(step, "learning_rate 3e-4") for step in range(50, 3000, 10)]  # a line in nearly every column
    plots.show_curves(curves(changes=tuple(at)))
    plot = plots.loss
    image, line = plot.grab().toImage(), theme.current().color("warn.text").name()
    scale = image.width() / plot.width()
    level = plot.frame().point(1, plot.references()[0][0]).y()
    words = QFontMetricsF(theme.current().font(10.5)).horizontalAdvance(plot.references()[0][1][0])

    def lines_at(y):
        right = plot.area().right() - 6
        columns = range(round((right - words) * scale), round(right * scale))
        return sum(QColor(image.pixel(x, round(y * scale))).name() == line for x in columns)

    middle = level - 2 - QFontMetricsF(theme.current().font(10.5)).height() / 2
    if middle < plot.area().top():
        middle = level + 2 + QFontMetricsF(theme.current().font(10.5)).height() / 2
    assert lines_at(plot.area().center().y()) > 10  # beside the words they are drawn
    assert lines_at(middle) == 0


def test_the_words_at_the_ends_stand_beside_them_also_where_a_reference_is_near(plots):
    """A run of a dozen steps of thousands, whose loss is still that of a guess."""
    for n in (12, 2000, 2900):
        plots.show_curves(curves(n=n, max_steps=3000, loss=np.full(n, math.log(50257) - 0.05)))
        area, right = plots.loss.area(), plots.loss.frame().point(float(n), 1).x()
        labels = plots.loss.end_labels(area)
        references = [box for _, box, _ in plots.loss._reference_places()]
        assert labels and not any(box.intersects(each) for box, _, _ in labels for each in references)
        if n == 12:
            assert all(0 < box.left() - right < 20 for box, _, _ in labels)
            image = plots.loss.grab().toImage()
            scale = image.devicePixelRatio()
            line = theme.current().color("text.muted").name()
            for box, words, _ in labels:  # no dashed line goes through the letters
                inside = box.adjusted(1, 1, -1, -1)
                columns = range(round(inside.left() * scale), round(inside.right() * scale))
                rows = range(round(inside.top() * scale), round(inside.bottom() * scale))
                assert not any(QColor(image.pixel(x, y)).name() == line for x in columns for y in rows), words


@pytest.mark.parametrize("n", [2000, 6000])
def test_no_curve_goes_through_the_words_of_a_level_that_curves_end_at(plots, n):
    """Also where a noisy loss has come to that level at the left, and as long as there is room elsewhere."""
    step = np.arange(1.0, n + 1)
    noisy = 1.9 + 3 * np.exp(-step / 60) + 0.08 * np.sin(step * 1.7)
    known = KnownLoss(1.88, 2000, "nanoGPT")
    val = np.arange(100.0, n + 1, 100)
    run = curves(n=n, max_steps=6000, loss=noisy, vocab_size=65, unigram_entropy=3.31, known_loss=known, val_step=val,
                 val_tokens=val * 512, val_loss=np.full(len(val), 1.95))  # fmt: skip
    plots.show_curves(run)
    plot = plots.loss
    (box,) = [box for _, box, words in plot._reference_places() if words.startswith("nanoGPT")]
    drawn = [plot.frame().point(x, y) for x, y in zip(step, noisy, strict=True)]
    inside = [point for point in drawn if box.contains(point)]
    assert (n == 6000) == bool(inside)  # all over the plot there is no free place at that level
    assert plot.area().contains(box)


@pytest.mark.parametrize("height", [120, 160, 240, 400])
def test_nothing_is_drawn_through_words_of_a_low_plot(plots, height):
    """Before a run begins: three levels, whose words and those of the future have their places apart."""
    known = KnownLoss(1.88, 2000, "nanoGPT")
    plots.show_curves(curves(n=1, max_steps=2000, vocab_size=65, unigram_entropy=3.31, known_loss=known))
    loss = plots.loss
    loss.setFixedHeight(height)
    loss.grab()
    area = loss.area()
    places = loss._reference_places()
    future = loss._clear_of_references(QRectF(area.left(), 0, area.width() - 4, 13))
    assert len(places) == 3 and all(area.contains(box) for _, box, _ in places)
    assert not any(future.intersects(box) or future.top() <= y <= future.bottom() for y, box, _ in places)


def test_words_that_some_curve_has_to_cross_stand_where_the_fewest_do(plots):
    step, val = np.arange(1.0, 3001), np.arange(100.0, 3001, 100)
    noisy = 1.9 + 3 * np.exp(-step / 60) + 0.1 * np.sin(step * 1.7)
    known = {"val_step": val, "val_tokens": val * 512, "val_loss": np.full(len(val), 1.95)}
    plots.show_curves(curves(n=3000, loss=noisy, vocab_size=65, unigram_entropy=1.86, **known))
    level = plots.loss.frame().point(1, 1.86).y()
    (box,) = [box for _, box, words in plots.loss._reference_places() if words.startswith("unigram")]
    assert box.top() > level  # above are the smoothed loss and the validations, too, below the noise alone
