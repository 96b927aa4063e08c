"""A run that trains is painted anew when a pixel column or a height changes; its numbers are always the newest."""

from dataclasses import replace

import numpy as np
import pytest

from visualizer.pretraining.curves import Curves
from visualizer.pretraining.plots.panel import TrainingPlots

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window


def grown(n, **last):
    """A run of `n` steps, of a million; `last` are values of its last record."""
    step = np.arange(1.0, n + 1)
    heights = {"loss": 3 + np.sin(step), "learning_rate": 1e-3 + 0 * step, "grad_norm": 1 + 0.3 * np.cos(step),
               "tokens_per_second": 9000 + 100 * np.sin(step), "memory_gib": 0.4 + 0 * step}  # fmt: skip
    for name, value in last.items():
        heights[name][-1] = value
    return Curves("run", key="run", step=step, tokens=step * 512, hours=step / 1e5, **heights,
                  max_steps=1_000_000, tokens_per_step=512)  # fmt: skip


@pytest.fixture
def plots(qtbot):
    made = TrainingPlots()
    qtbot.addWidget(made)
    made.resize(920, 780)
    made.show()
    qtbot.waitExposed(made)
    made.show_curves(grown(50_000))
    made.repaint()
    return made


def drawn_to(plots):
    return plots.loss.trained_to


def test_records_within_the_last_pixel_column_are_not_painted_and_their_numbers_are_told(plots):
    now = grown(50_100, tokens_per_second=9077.0)
    plots.show_curves(now)
    assert drawn_to(plots) == 50_000
    assert plots.loss.shown.run is now
    (throughput,) = (panel for panel in plots.small if panel.plot.column == "tokens_per_second")
    assert throughput.value.text() == "9,077"
    assert plots.axis.snap(60_000) == 50_100  # the cursor finds it


@pytest.mark.parametrize(
    "now",
    [
        grown(53_000),
        grown(50_001, loss=30.0),
        grown(50_001, loss=np.nan),
        grown(50_001, grad_norm=np.inf),
        grown(50_001, tokens_per_second=1.0),
        replace(grown(50_001), changes=((50_000, "learning rate 0.1"),)),
        replace(grown(50_001), max_steps=2_000_000),
        replace(grown(50_001), val_step=np.array([5e4]), val_tokens=np.array([5e4]), val_loss=np.array([3.0])),
        replace(grown(40_000), n_restarts=1),
        replace(grown(50_001), name="renamed"),
    ],
    ids=["a column", "a spike", "NaN", "Inf", "a drop", "a change", "longer", "a validation", "taken back", "a name"],
)
def test_whatever_else_changes_is_painted_at_once(plots, now):
    plots.show_curves(now)
    assert drawn_to(plots) == now.step[-1]


def test_small_parts_add_up_to_a_pixel_column(plots):
    painted = set()
    for n in range(50_100, 54_001, 100):
        plots.show_curves(grown(n))
        painted.add(drawn_to(plots))
        assert n - drawn_to(plots) < 1_000_000 / plots.loss.area().width()
    assert 3 <= len(painted) <= 6


def test_in_hours_where_the_pace_moves_all_every_record_is_painted(plots):
    plots.set_unit("hours")
    plots.show_curves(grown(50_001))
    assert plots.loss.shown.run.step[-1] == 50_001
    assert drawn_to(plots) == grown(50_001).hours[-1]
