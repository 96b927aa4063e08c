"""What is drawn of the shown run and of those laid over it: their lines, their values at the cursor."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from visualizer.pretraining.curves import Curves, Overlay
from visualizer.pretraining.plots.series import Series, SeriesBook
from visualizer.pretraining.plots.strokes import DASHES, Line


@dataclass(frozen=True, eq=False)
class Shown:
    """The runs of one drawing, in the unit of the axis, smoothed with a weight; 0 smooths nothing."""

    run: Curves
    overlays: tuple[Overlay, ...]
    unit: str
    weight: float
    book: SeriesBook

    @property
    def runs(self) -> list[tuple[Curves, str, int]]:
        """Each with its colour's token and the number of its style, the shown one (-1) first."""
        others = ((each.curves, each.color, each.place) for each in self.overlays)
        return [(self.run, "accent.line", -1), *others]

    def lines(self, column: str, *, is_smoothed: bool) -> list[Line]:
        """Those of a column, the shown run on top: smoothed, and behind it pale what was smoothed."""
        weight = self.weight if is_smoothed else 0.0
        found = [self._line(each.curves, column, weight, each.color, each.place) for each in self.overlays]
        if weight > 0:
            raw = Line(self.run.x(self.unit), self.book.series(self.run, column), width=1.0, is_pale=True)
            return [raw, *found, self._line(self.run, column, weight, "accent.line", -1)]
        return [*found, self._line(self.run, column, 0.0, "accent.line", -1)]

    def _line(self, run: Curves, column: str, weight: float, color: str, place: int) -> Line:
        series = self.book.series(run, column, weight)
        width = 2.0 if weight > 0 or column in ("learning_rate", "memory_gib") else 1.0
        dash = DASHES[place % len(DASHES)] if place >= 0 else ()
        return Line(run.x(self.unit), series, color, width, dash)

    def smoothed(self, run: Curves, column: str = "loss") -> Series:
        """What is drawn in front of a run's column."""
        return self.book.series(run, column, self.weight)

    def index_at(self, run: Curves, x: float) -> int:
        """The record of a run nearest to a place on the axis, -1 where it has none there: before its first one and
        behind its last, not where one step took long."""
        places = run.x(self.unit)
        index = run.nearest(x, self.unit)
        if index < 0:
            return -1
        own = self.run.x(self.unit)
        gap = max(_gap(places), _gap(own))
        return index if float(places[0]) - gap <= x <= float(places[-1]) + gap else -1

    def validation_at(self, run: Curves, x: float) -> tuple[float, float]:
        """(step, loss) of a run's newest validation at a place on the axis, NaN without one."""
        behind = int(np.searchsorted(run.val_x(self.unit), x * (1 + 1e-12), side="right")) - 1
        return (float(run.val_step[behind]), float(run.val_loss[behind])) if behind >= 0 else (math.nan, math.nan)


def _gap(places: np.ndarray) -> float:
    return float(places[-1] - places[0]) / (len(places) - 1) if len(places) > 1 else math.inf


def not_drawn(x: np.ndarray, y: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """(kind, places) of what a plot marks because it has no height: "nan", "inf", "-inf", and "none" of what a
    logarithmic axis has no place for."""
    is_odd = ~(np.isfinite(y) & (y > 0))  # mostly none of a million
    x, y = x[is_odd], y[is_odd]
    kinds = {"nan": np.isnan(y), "inf": np.isposinf(y), "-inf": np.isneginf(y), "none": np.isfinite(y) & (y <= 0)}
    return [(kind, x[chosen]) for kind, chosen in kinds.items() if chosen.any()]
