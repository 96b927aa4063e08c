"""The plots: one axis, one cursor, nothing hidden."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from engine.runs.config import PRESETS
from engine.runs.schedule import learning_rate
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.pretraining.columns import Columns
from visualizer.pretraining.curves import Curves, Overlay, smooth
from visualizer.pretraining.plots.loss_plot import readout
from visualizer.pretraining.plots.panel import TrainingPlots
from visualizer.pretraining.plots.plot_axis import round_ticks
from visualizer.pretraining.runs.tracked_run import planned_rates

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
        "smoothed": smooth(loss, math.nan, 0),
        "learning_rate": np.full(n, 1e-3),
        "grad_norm": norm,
        "tokens_per_second": np.full(n, 1300.0),
        "memory_gib": np.full(n, 0.85),
        "smoothed_norm": smooth(norm, math.nan, 0),
        "smoothed_rate": np.full(n, 1300.0),
        "val_step": val,
        "val_tokens": val * 512,
        "val_loss": 4.9 + 5.9 * np.exp(-val / 60),
        "planned_step": np.arange(1.0, max_steps + 1),
        "planned_rate": np.full(max_steps, 1e-3),
    }
    known = {"max_steps": max_steps, "tokens_per_step": 512, "grad_clip": 1.0, "vocab_size": 50257}
    return Curves(name, **(values | known | {"unigram_entropy": 6.32} | changes))


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
    return QPoint(round(plot.to_pixels(x, 0).x()), round(plot.area().center().y()))


def has_color(plot, token, box=None):
    image = plot.grab(box).toImage() if box is not None else plot.grab().toImage()
    wanted = QColor(theme.current().color(token)).rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_the_references_explain_where_the_loss_starts(plots):
    assert plots.loss.references() == [
        (math.log(50257), "uniform guess ln 50,257 = 10.82"),
        (6.32, "unigram entropy of the corpus 6.32"),
    ]


def test_a_drag_zooms_every_plot_and_a_double_click_shows_all(qtbot, plots):
    loss = plots.loss
    qtbot.mousePress(loss.viewport(), Qt.MouseButton.LeftButton, pos=place(loss, 500))
    qtbot.mouseMove(loss.viewport(), place(loss, 700))
    qtbot.mouseMove(loss.viewport(), place(loss, 1000))
    qtbot.mouseRelease(loss.viewport(), Qt.MouseButton.LeftButton, pos=place(loss, 1000))
    for plot in every_plot(plots):
        low, high = plot.getPlotItem().getViewBox().viewRange()[0]
        assert abs(low - 500) < 8 and abs(high - 1000) < 8
    bottom, top = loss.getPlotItem().getViewBox().viewRange()[1]
    assert top > math.log(50257) > bottom
    assert plots.findChild(QToolButton, "reset_zoom").isEnabled()
    qtbot.mouseDClick(plots.small[0].plot.viewport(), Qt.MouseButton.LeftButton, pos=place(plots.small[0].plot, 800))
    for plot in every_plot(plots):
        assert plot.getPlotItem().getViewBox().viewRange()[0] == [0, 3000]


def test_the_cursor_reads_the_nearest_step_in_every_plot(qtbot, plots):
    qtbot.mouseMove(plots.loss.viewport(), place(plots.loss, 1234))
    index = plots._curves.nearest(plots.axis.cursor, "steps")
    assert abs(index - 1233) <= 3
    shown = plots.findChild(QLabel, "grad_norm_value").text()
    assert shown == f"{plots._curves.grad_norm[index]:.2f}"
    with qtbot.waitSignal(plots.step_selected) as told:
        qtbot.mouseClick(plots.loss.viewport(), Qt.MouseButton.LeftButton, pos=place(plots.loss, 1234))
    assert abs(told.args[0] - 1234) <= 3


def test_arrow_keys_move_the_cursor_by_one_record(qtbot, plots):
    qtbot.mouseClick(plots.loss.viewport(), Qt.MouseButton.LeftButton, pos=place(plots.loss, 1234))
    plots.axis.point(None)
    before = plots.axis.cursor
    qtbot.keyClick(plots.loss, Qt.Key.Key_Right)
    assert plots.axis.cursor == before + 1
    qtbot.keyClick(plots.loss, Qt.Key.Key_Escape)
    assert plots.axis.cursor is None


def test_the_axis_can_count_tokens(qtbot, plots):
    qtbot.mouseClick(plots.findChild(QToolButton, "unit_tokens"), Qt.MouseButton.LeftButton)
    assert plots.loss.getPlotItem().getViewBox().viewRange()[0] == [0, 3000 * 512]
    assert plots.loss.trained_to == 2000 * 512


def test_what_is_not_finite_is_marked_and_not_averaged_away(plots):
    loss = curves().loss.copy()
    loss[999] = np.nan
    loss[1499] = np.inf
    assert not has_color(plots.loss, "nan") and not has_color(plots.loss, "inf")
    plots.show_curves(curves(loss=loss, smoothed=smooth(loss, math.nan, 0)))
    assert has_color(plots.loss, "nan") and has_color(plots.loss, "inf")
    smoothed = plots._curves.smoothed
    assert np.isnan(smoothed[999]) and np.isfinite(smoothed[1000])
    assert ("loss", "NaN") in readout(plots._curves, 999)


def test_a_run_without_one_finite_loss_still_draws(plots):
    nothing = np.full(2000, np.nan)
    plots.show_curves(curves(loss=nothing, smoothed=nothing, val_loss=np.full(20, np.nan)))
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
    plots.show_curves(curves(), (Overlay(curves("other", 1500, smoothed=np.full(1500, 8.0)), "cat.reduction"),))
    at = plots.loss.to_pixels(700, 8.0)
    image = plots.loss.grab().toImage()
    drawn = QColor(image.pixel(round(at.x()), round(at.y())))
    wanted = theme.current().color("cat.reduction")
    assert abs(drawn.hue() - wanted.hue()) < 8 and drawn.saturation() > 80  # its edges are smoothed


def test_only_what_a_pixel_can_show_is_drawn_of_a_long_run(plots):
    loss = curves(n=100_000).loss.copy()
    loss[77_777] = 14.0
    plots.show_curves(curves(n=100_000, max_steps=120_000, loss=loss))
    _, drawn = plots.loss._raw.getData()
    assert len(drawn) < 4 * plots.loss.width()
    assert np.nanmax(drawn) == 14.0  # one step among so many


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


def test_nothing_lies_over_the_curves(plots):
    for plot in every_plot(plots):
        shown = [child for child in plot.findChildren(QWidget) if child.isVisible()]
        assert shown == [plot.viewport()]


@pytest.mark.parametrize("n", [1500, 3000])
def test_the_words_at_the_ends_have_room_beside_the_curves(plots, n):
    plots.show_curves(curves(n=n))
    plot = plots.loss
    plot.grab()
    area, end = plot.area(), plot.to_pixels(n, 0).x()
    beside = QRect(round(end) + 8, round(area.top()), plot.viewport().width() - round(end) - 8, round(area.height()))
    assert has_color(plot, "accent.text", beside)
    before = QRect(round(end) - 70, round(area.top()), 60, round(area.height()))
    assert not has_color(plot, "accent.text", before)


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
