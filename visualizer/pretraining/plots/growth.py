"""Whether new records change what is drawn by as much as a pixel. A run that trains next door needs both cores more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

import numpy as np

from visualizer.pretraining.curves import Curves
from visualizer.pretraining.plots.plot import Plot
from visualizer.pretraining.plots.shown import Shown

_N_BEFORE = 500  # records that say what is usual
_UNSEEN = 0.01  # of the height of a plot
_SHIFTING = "hours"  # where its plan ends is known by the pace alone: all moves with each record


def is_seen(drawn: Shown, now: Shown, plots: Iterable[tuple[Plot, str]]) -> bool:
    """Whether `now` looks other than what is drawn, in the plots of these columns.

    It does not where all that is new are records within the pixel column of the last one that was drawn, about as high
    as those before: neither a spike nor what is not finite waits.
    """
    if not _is_grown(drawn, now):
        return True
    old, new = drawn.run, now.run
    n = len(old.step)
    for plot, column in plots:
        frame = plot.frame()
        ends = frame.x(np.array([old.x(now.unit)[-1], new.x(now.unit)[-1]]))
        values = getattr(new, column)
        if ends[1] - ends[0] >= 1 or not _is_usual(values[n:], values[max(n - _N_BEFORE, 0) : n], frame.y_range):
            return True
    return False


def _is_usual(fresh: np.ndarray, before: np.ndarray, drawn: tuple[float, float]) -> bool:
    """Whether the heights lie in what is drawn, and near those before them."""
    low, high = float(np.min(before)), float(np.max(before))
    room = max(0.5 * (high - low), _UNSEEN * (drawn[1] - drawn[0]))
    least, most = max(drawn[0], low - room), min(drawn[1], high + room)
    return bool(np.all((fresh >= least) & (fresh <= most)))  # False where one is not finite


def _is_grown(drawn: Shown, now: Shown) -> bool:
    """Whether the one is the other with more records of the shown run, and nothing else."""
    old, new = drawn.run, now.run
    is_same_view = (drawn.unit, drawn.weight) == (now.unit, now.weight) and now.unit != _SHIFTING
    overlays = [[(each.curves, each.color, each.place) for each in shown.overlays] for shown in (drawn, now)]
    is_same_run = all(getattr(old, name) == getattr(new, name) for name in _SETTINGS)
    is_longer = 0 < len(old.step) <= len(new.step) and len(old.val_step) == len(new.val_step)
    return is_same_view and is_same_run and is_longer and overlays[0] == overlays[1]


_SETTINGS = tuple(each.name for each in fields(Curves) if each.type != "np.ndarray")
