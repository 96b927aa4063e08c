"""What one asks the plots first, in a line above them: whether validation still falls, and which run is best."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.shared.language import grouped, mark, tr
from visualizer.pretraining import formatting
from visualizer.pretraining.curves import Curves
from visualizer.pretraining.plots.shown import Shown

_LEAST_AFTER = 3  # validations behind the best one, all of them worse
_LEAST_RISE = 0.01  # of the best loss: what validations differ by from batch to batch is less
_FALLS = mark("Validation is at its best: {best} at step {step}, training {train}.")
_RISES = mark(
    "Overfitting since step {step}: validation rose from {best} to {now}, training fell from {train_then} to {train}."
)
_BETWEEN = mark("Best validation {best} at step {step}; newest {now}, training {train}.")
_FALLS_ALONE = mark("Validation is at its best: {best} at step {step}.")
_BETWEEN_ALONE = mark("Best validation {best} at step {step}; newest {now}.")
_BEST = mark("Lowest validation of these runs: {run}, {loss} at step {step}.")
_OTHER_TEXT = mark("These runs are validated on different texts: their losses do not compare them.")
_OTHER_TOKENS = mark("These runs have different vocabularies: a loss per token does not compare them.")


@dataclass(frozen=True)
class _Best:
    loss: float
    step: int
    n_after: int  # validations since then
    newest: float


def findings(shown: Shown) -> str:
    """Of the shown run, and of several which has the lowest validation loss; "" where there is nothing to say yet."""
    several = _of_several(shown) if len(shown.runs) > 1 else ""
    return "\n".join(words for words in (_of_one(shown), several) if words)


def _of_one(shown: Shown) -> str:
    run, best = shown.run, _best(shown.run)
    if best is None or not run.is_read:
        return ""
    train, then = _train_at(shown, math.inf), _train_at(shown, best.step)
    is_worse = best.n_after >= _LEAST_AFTER and best.newest - best.loss > _LEAST_RISE * abs(best.loss)
    words = _FALLS if not best.n_after else _RISES if is_worse and train < then else _BETWEEN
    if not len(run.step):  # of its validations alone
        words = _BETWEEN_ALONE if best.n_after else _FALLS_ALONE
    values = {"best": best.loss, "now": best.newest, "train_then": then, "train": train}
    return tr(words, step=grouped(best.step), **{name: formatting.loss(value) for name, value in values.items()})


def _of_several(shown: Shown) -> str:
    if len({run.vocab_size for run, _, _ in shown.runs}) > 1:
        return tr(_OTHER_TOKENS)
    if len({run.text for run, _, _ in shown.runs} - {""}) > 1:
        return tr(_OTHER_TEXT)
    found = [(best.loss, best.step, run.name) for run, _, _ in shown.runs if (best := _best(run)) is not None]
    losses = [loss for loss, _, _ in found]
    if len(found) < 2 or losses.count(min(losses)) > 1:  # as of a run and a branch that nothing was changed in
        return ""
    loss, step, name = min(found)
    return tr(_BEST, run=name, loss=formatting.loss(loss), step=grouped(step))


def _best(run: Curves) -> _Best | None:
    known = np.flatnonzero(np.isfinite(run.val_loss))
    if len(known) < 2:  # one is neither better nor worse than any
        return None
    losses = run.val_loss[known]
    at = int(losses.argmin())
    return _Best(float(losses[at]), int(run.val_step[known][at]), len(known) - 1 - at, float(losses[-1]))


def _train_at(shown: Shown, step: float) -> float:
    """The training loss as it is drawn, at a step or at the end."""
    run = shown.run
    index = min(int(np.searchsorted(run.step, step)), len(run.step) - 1)
    return float(shown.smoothed(run).values[index]) if index >= 0 else math.nan
