"""What a run's records come to: the numbers of its header and its row in the list, in a room that does not grow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from engine.runs.kept_checkpoints import Improvement
from engine.runs.run_folder import Evaluation
from visualizer.pretraining.smoothing import FIRST_WEIGHT, Smoother

_SPARK_POINTS = 48  # at least, and twice as many at most
_N_RECENT = 200  # steps whose pace tells the time that is left


class Spark:
    """The means of a few dozen parts of a run, of what is finite in each."""

    def __init__(self) -> None:
        self._sums, self._counts = np.empty(0), np.empty(0)
        self._n, self._width = 0, 1  # values that came, and how many make a part

    def extend(self, values: np.ndarray) -> None:
        """Take the next values."""
        is_finite = np.isfinite(values)
        parts = (self._n + np.arange(len(values))) // self._width
        self._n += len(values)
        self._sums = _added(self._sums, parts, np.where(is_finite, values, 0.0))
        self._counts = _added(self._counts, parts, is_finite.astype(np.float64))
        while len(self._sums) > 2 * _SPARK_POINTS:
            self._sums, self._counts = _halved(self._sums), _halved(self._counts)
            self._width *= 2

    @property
    def points(self) -> np.ndarray:
        """NaN where nothing of a part is finite."""
        is_filled = self._counts > 0
        return np.divide(self._sums, self._counts, out=np.full(len(self._sums), np.nan), where=is_filled)


class RunSummary:
    """Takes the records of one run in their order; a branch begins after the hours of its parent."""

    def __init__(self, hours_before: float = 0.0) -> None:
        self.loss, self.rate = Smoother(FIRST_WEIGHT), Smoother(FIRST_WEIGHT)
        self.spark = Spark()
        self.step = self.n_steps = 0  # the newest, and how many there are
        self.hours = hours_before  # of training
        self.memory_gib = math.nan
        self.validation_loss: float | None = None  # the newest
        self.best = Improvement()
        self._recent = np.array([hours_before])  # hours of the newest steps, and before them

    def take(self, columns: Mapping[str, np.ndarray], evaluations: Sequence[Evaluation]) -> None:
        """The next records, as the columns of a `Curves`."""
        if len(columns["step"]):
            self.step = int(columns["step"][-1])
            self.n_steps += len(columns["step"])
            self.hours = float(columns["hours"][-1])
            self.memory_gib = float(columns["memory_gib"][-1])
            self.loss.extend(columns["loss"])
            self.rate.extend(columns["tokens_per_second"])
            self.spark.extend(columns["loss"])
            self._recent = np.append(self._recent, columns["hours"][-_N_RECENT:])[-_N_RECENT:]
        for evaluation in evaluations:
            self.validation_loss = evaluation.validation_loss
            self.best = self.best.after(evaluation.step, evaluation.validation_loss)

    @property
    def pace_s(self) -> float | None:
        """Seconds a step takes of late, None without any."""
        hours = self._recent
        return 3600 * float(hours[-1] - hours[0]) / (len(hours) - 1) if len(hours) > 1 else None


def _added(kept: np.ndarray, parts: np.ndarray, values: np.ndarray) -> np.ndarray:
    fresh = np.bincount(parts, values, minlength=len(kept))
    fresh[: len(kept)] += kept
    return fresh


def _halved(values: np.ndarray) -> np.ndarray:
    return np.add.reduceat(values, np.arange(0, len(values), 2))
