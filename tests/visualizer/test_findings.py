"""What is said above the plots before anybody reads them: overfitting, the best of several runs, a known loss."""

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QSize

from engine.runs.config import PRESETS
from engine.runs.known_losses import known_loss
from tests.visualizer.test_training_plots import curves
from visualizer.look import theme
from visualizer.pretraining.curves import Overlay
from visualizer.pretraining.plots.findings import findings
from visualizer.pretraining.plots.panel import TrainingPlots

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
VAL_STEP = np.arange(100.0, 2001, 100)


def with_validations(losses, name="run", **changes):
    step = VAL_STEP[: len(losses)]
    return curves(name, val_step=step, val_tokens=step * 512, val_loss=np.array(losses), **changes)


@pytest.fixture
def plots(qtbot):
    made = TrainingPlots()
    qtbot.addWidget(made)
    made.resize(920, 780)
    made.show()
    qtbot.waitExposed(made)
    made.set_weight(0.0)
    return made


def said(plots, run, *others):
    plots.show_curves(run, tuple(Overlay(each, "cat.loss", place) for place, each in enumerate(others)))
    return findings(plots.shown)


def test_of_validations_alone_nothing_is_said_of_training(plots):
    assert said(plots, with_validations([3.0, 2.0], n=0)) == "Validation is at its best: 2.00 at step 200."
    assert said(plots, with_validations([3.0, 2.0, 2.2], n=0)) == "Best validation 2.00 at step 200; newest 2.20."


def test_it_is_said_since_when_a_run_overfits_and_with_which_numbers(plots):
    falling = np.linspace(4.0, 1.0, 2000)
    run = with_validations([3.0, 2.0, 2.2, 2.4, 2.6], loss=falling)
    then, now = falling[199], falling[-1]
    assert said(plots, run) == (
        f"Overfitting since step 200: validation rose from 2.00 to 2.60, training fell from {then:.2f} to {now:.2f}."
    )
    assert plots.findings.text() == findings(plots.shown) and plots.findings.isVisible()


@pytest.mark.parametrize(
    ("losses", "words"),
    [
        ([3.0, 2.0, 1.9], "Validation is at its best: 1.90 at step 300, training 1.00."),
        ([3.0, 2.0, 2.2], "Best validation 2.00 at step 200; newest 2.20, training 1.00."),  # once may be chance
        ([3.0, 2.0, 2.001, 2.002, 2.003], "Best validation 2.00 at step 200; newest 2.00, training 1.00."),
        ([3.0], ""),
        ([np.nan], ""),
        ([], ""),
    ],
)
def test_no_run_is_told_to_overfit_by_chance(plots, losses, words):
    assert said(plots, with_validations(losses, loss=np.linspace(4.0, 1.0, 2000))) == words


def test_where_training_rises_too_it_is_not_overfitting(plots):
    diverging = with_validations([3.0, 2.0, 2.2, 2.4, 2.6], loss=np.linspace(1.0, 4.0, 2000))
    assert said(plots, diverging).startswith("Best validation 2.00 at step 200")


def test_of_several_runs_the_one_with_the_lowest_validation_is_named(plots):
    run, better = with_validations([3.0, 2.0]), with_validations([2.5, 1.5, 1.8], "better")
    assert said(plots, run, better).endswith("\nLowest validation of these runs: better, 1.50 at step 200.")
    assert "Lowest" not in said(plots, run, with_validations([2.5, 2.0], "as good"))
    same, another = (with_validations([2.5, 1.5], text, text=text) for text in ("aa", "bb"))
    assert "Lowest" in said(plots, same, with_validations([2.5, 1.6]))  # of one the text is not known
    assert said(plots, same, another).endswith(
        "\nThese runs are validated on different texts: their losses do not compare them."
    )
    other = with_validations([1.0], "characters", vocab_size=65)
    assert said(plots, run, other).endswith(
        "\nThese runs have different vocabularies: a loss per token does not compare them."
    )


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_what_is_said_is_whole_and_the_plot_below_keeps_its_axis(qtbot, plots, scale):
    theme.current().set_scale(scale)
    try:
        run = with_validations([3.0, 2.0, 2.2, 2.4, 2.6], loss=np.linspace(4.0, 1.0, 2000))
        said(plots, run, with_validations([2.5], "a name that is long enough for a line of its own"))
        plots.resize(plots.minimumSizeHint().expandedTo(QSize(420, 560)))
        line = plots.findings
        qtbot.waitUntil(lambda: line.height() >= line.heightForWidth(line.width()))
        qtbot.waitUntil(lambda: plots.loss.height() >= plots.loss.minimumHeight())
        assert plots.loss.geometry().bottom() <= plots.loss.parentWidget().height()
    finally:
        theme.current().set_scale(1.0)


def test_what_others_published_is_a_level_of_the_same_configuration_alone(plots):
    nano = PRESETS["nano"]
    known = known_loss(msgspec.structs.replace(nano, learning_rate=3e-3, seed=1))
    assert known is not None and (known.loss, known.steps, known.source) == (1.88, 2000, "nanoGPT")
    wider = msgspec.structs.replace(nano.model, emb_dim=256)
    for changes in ({"corpus": "the-verdict"}, {"max_steps": 500}, {"batch_size": 6}, {"model": wider}):
        assert known_loss(msgspec.structs.replace(nano, **changes)) is None
    assert known_loss(PRESETS["mini"]).loss == 1.4697 and known_loss(PRESETS["124M"]) is None
    plots.show_curves(curves(known_loss=known, vocab_size=65))
    level, words = plots.loss.references()[-1]
    assert (level, words[0]) == (1.88, "nanoGPT, validation after 2,000 steps 1.88")


def test_in_large_text_the_line_has_the_width_of_the_plots(qtbot, plots):
    theme.current().set_scale(2.0)
    plots.resize(440, 780)
    said(plots, with_validations([3.0, 2.0]), with_validations([2.5, 1.5], "better"))
    qtbot.waitUntil(lambda: plots.findings.width() > 0.9 * plots.loss.width())
    assert plots.controls.compare.isVisible()
