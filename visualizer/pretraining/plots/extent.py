"""How far the runs of a drawing reach along the axis, and what of them has no place on a logarithmic one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.shared.language import tr, trn
from visualizer.pretraining.plots.shown import Shown


@dataclass(frozen=True)
class Extent:
    """In the unit of the axis: where the plan ends, where the data lie, and their least place above 0."""

    high: float
    data: tuple[float, float]
    least: float

    @classmethod
    def of(cls, shown: Shown) -> Extent:
        """Of every run; of the shown one with what it will train."""
        columns = [x for run, _, _ in shown.runs for x in (run.x(shown.unit), run.val_x(shown.unit)) if len(x)]
        planned = float(shown.run.ahead(np.array([float(max(shown.run.max_steps, 1))]), shown.unit)[0])
        low, high = min((float(x[0]) for x in columns), default=0.0), max((float(x[-1]) for x in columns), default=0.0)
        above = (x[np.searchsorted(x, 0.0, side="right") :][:1] for x in columns)
        least = min((float(first[0]) for first in above if len(first)), default=1.0)
        return cls(max(planned, high, least), (low, high), least)


def without_place(shown: Shown, *, is_log_x: bool, is_log_y: bool, is_log_norm: bool = False) -> str:
    """What logarithmic axes cannot show of the runs, in words; "" where that is nothing."""
    n_left = n_below = n_norms = 0
    for run, _, _ in shown.runs:
        n_norms += int(np.count_nonzero(run.grad_norm <= 0)) if is_log_norm else 0
        for x, y in ((run.x(shown.unit), run.loss), (run.val_x(shown.unit), run.val_loss)):
            n_left += int(np.searchsorted(x, 0.0, side="right")) if is_log_x else 0
            n_below += int(np.count_nonzero(y <= 0)) if is_log_y else 0
    left = trn(
        "{n} point at 0 {unit} has no place on a logarithmic axis.",
        "{n} points at 0 {unit} have no place on a logarithmic axis.",
        n_left,
        unit=tr(shown.unit),
    )
    below = trn(
        "{n} loss of 0 or less: ▼ at the foot of the logarithmic axis.",
        "{n} losses of 0 or less: ▼ at the foot of the logarithmic axis.",
        n_below,
    )
    norms = trn(
        "{n} gradient norm of 0: ▼ at the foot of the logarithmic axis.",
        "{n} gradient norms of 0: ▼ at the foot of the logarithmic axis.",
        n_norms,
    )
    return " ".join(words for words, n in ((left, n_left), (below, n_below), (norms, n_norms)) if n)
