"""Plots without a mouse and without eyes: a range by keys, and the curves in words."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from engine.shared import language
from tests.visualizer.test_accessibility import announced
from tests.visualizer.test_training_plots import curves, every_plot
from visualizer.look import accessible_roles, theme
from visualizer.pretraining.plots.in_words import curve_words
from visualizer.pretraining.plots.panel import TrainingPlots

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def plots(qtbot):
    theme.current().set_mode("light")
    accessible_roles.install()
    made = TrainingPlots()
    qtbot.addWidget(made)
    made.resize(920, 780)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_curves(curves())
    made.loss.setFocus()
    return made


def press(plot, key, times=1, modifier=Qt.KeyboardModifier.NoModifier):
    for _ in range(times):
        QTest.keyClick(plot, key, modifier)


@pytest.mark.parametrize("is_log", [False, True])
@pytest.mark.parametrize("name", ["loss", "grad_norm"])
def test_a_range_is_chosen_zoomed_to_panned_and_left_by_keys(plots, name, is_log, monkeypatch):
    plot = next(each for each in every_plot(plots) if each.objectName() == f"{name}_plot")
    plots.axis.set_log(is_log)
    plot.setFocus()
    press(plot, Qt.Key.Key_Return)  # brings the cursor
    assert plots.axis.cursor == 2000 and plot.pressed is None
    press(plot, Qt.Key.Key_Left, 4, CONTROL)
    begin = plots.axis.cursor
    assert begin < 1990
    heard = announced(monkeypatch)
    press(plot, Qt.Key.Key_Return)
    press(plot, Qt.Key.Key_Left, 3, CONTROL)
    press(plot, Qt.Key.Key_Right, 2)
    end = plots.axis.cursor
    assert plot.marked == (end, begin) and heard[-1].startswith(f"from {end:,.0f} to {begin:,.0f}; step {end:,.0f}")
    press(plot, Qt.Key.Key_Return)
    assert plot.marked is None
    for each in every_plot(plots):
        assert each.frame().x_range == (end, begin)
    press(plot, Qt.Key.Key_Right, 1, SHIFT)
    low, high = plots.axis.range
    assert low > end and high > begin
    press(plot, Qt.Key.Key_Plus)
    assert plots.axis.range[0] > low and plots.axis.range[1] < high
    press(plot, Qt.Key.Key_Home)
    assert plots.axis.range == plots.axis.full


def test_escape_gives_up_the_range_and_then_the_cursor_and_so_does_another_plot(plots):
    press(plots.loss, Qt.Key.Key_Left)
    press(plots.loss, Qt.Key.Key_Return)
    press(plots.loss, Qt.Key.Key_Left, 3)
    assert plots.loss.marked is not None
    press(plots.loss, Qt.Key.Key_Escape)
    assert plots.loss.marked is None and plots.axis.cursor is not None
    press(plots.loss, Qt.Key.Key_Return)
    plots.small[0].plot.setFocus()
    assert plots.loss.marked is None and plots.loss.pressed is None
    press(plots.small[0].plot, Qt.Key.Key_Escape)
    assert plots.axis.cursor is None


def test_the_cursor_stays_in_sight(plots):
    plots.axis.zoom(500, 600)
    plots.axis.pin(600.0)
    press(plots.loss, Qt.Key.Key_Right, 3)
    assert plots.axis.cursor == 603 and plots.axis.range[1] >= 603
    press(plots.loss, Qt.Key.Key_Left, 60, CONTROL)
    assert plots.axis.range[0] <= plots.axis.cursor < 500


def test_the_marked_range_is_seen(plots):
    press(plots.loss, Qt.Key.Key_Left, 2, CONTROL)
    without = plots.loss.grab().toImage()
    press(plots.loss, Qt.Key.Key_Return)
    press(plots.loss, Qt.Key.Key_Left, 4, CONTROL)
    frame, image = plots.loss.frame(), plots.loss.grab().toImage()
    at = [round(frame.point(x, 1).x()) for x in plots.loss.marked]
    y = round(frame.area.top()) + 1
    accent = theme.current().color("accent.line")
    assert all(image.pixelColor(x, y) == accent for x in range(at[0] + 1, at[1])) and without != image


def told(plot):
    return QAccessible.queryAccessibleInterface(plot).text(QAccessible.Text.Description)


def test_a_screen_reader_is_told_each_curve_in_words_that_follow_the_run(plots):
    run = curves()
    words = told(plots.loss)
    low = int(run.loss.argmin())
    assert words.startswith(f"training loss {run.loss[0]:.2f} at step 1 to {run.loss[-1]:.2f} at step 2,000, ")
    assert f"lowest {run.loss[low]:.2f} at step {low + 1:,}" in words
    assert f"validation loss {run.val_loss[0]:.2f} at step 100 to {run.val_loss[-1]:.2f} at step 2,000" in words
    assert words.endswith("visible from 0 to 3,000")
    plots.axis.zoom(500, 700)
    assert told(plots.loss).endswith("visible from 500 to 700")
    norms = told(next(panel.plot for panel in plots.small if panel.plot.column == "grad_norm"))
    assert norms.startswith(f"gradient norm {run.grad_norm[0]:.2f} at step 1 to ") and "highest 1.20 at step" in norms
    plots.show_curves(curves(n=1000))
    assert "at step 1,000, " in told(plots.loss)
    language.use("pt_BR")
    assert "no passo 1.000" in told(plots.loss)
    language.use(language.ENGLISH)
    plots.show_empty("No run")
    assert told(plots.loss) == ""


def test_a_curve_in_words_passes_over_what_is_no_number():
    steps = np.arange(1.0, 6)
    word = "{:.1f}".format
    odd = np.array([np.nan, 2.0, 1.0, 3.0, np.inf])
    assert (
        curve_words("loss", steps, odd, word)
        == "loss 2.0 at step 2 to 3.0 at step 4, lowest 1.0 at step 3, 2 not finite"
    )
    assert curve_words("loss", steps[:1], odd[1:2], word) == "loss 2.0 at step 1"
    assert curve_words("loss", steps[:1], odd[:1], word) == ""
