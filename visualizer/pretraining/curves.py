"""What the plots draw: the records of one run as columns, frozen."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

_EMPTY = np.empty(0, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Curves:
    """One run's records as float64 columns of equal length, oldest first, and what is known of its future.

    Non-finite losses and norms stay in the columns; the plots mark them. `val_*` have a length of their own.
    """

    name: str
    step: np.ndarray = field(default_factory=lambda: _EMPTY)
    tokens: np.ndarray = field(default_factory=lambda: _EMPTY)
    loss: np.ndarray = field(default_factory=lambda: _EMPTY)  # nats per token
    smoothed: np.ndarray = field(default_factory=lambda: _EMPTY)
    learning_rate: np.ndarray = field(default_factory=lambda: _EMPTY)
    grad_norm: np.ndarray = field(default_factory=lambda: _EMPTY)
    tokens_per_second: np.ndarray = field(default_factory=lambda: _EMPTY)
    memory_gib: np.ndarray = field(default_factory=lambda: _EMPTY)
    smoothed_norm: np.ndarray = field(default_factory=lambda: _EMPTY)
    smoothed_rate: np.ndarray = field(default_factory=lambda: _EMPTY)
    val_step: np.ndarray = field(default_factory=lambda: _EMPTY)
    val_tokens: np.ndarray = field(default_factory=lambda: _EMPTY)
    val_loss: np.ndarray = field(default_factory=lambda: _EMPTY)
    planned_step: np.ndarray = field(default_factory=lambda: _EMPTY)
    planned_rate: np.ndarray = field(default_factory=lambda: _EMPTY)
    max_steps: int = 0
    tokens_per_step: int = 0
    grad_clip: float = 0.0  # 0: the gradient is not clipped
    vocab_size: int = 0
    unigram_entropy: float | None = None  # nats per token
    changes: tuple[tuple[int, str], ...] = ()  # after which step which settings were changed

    def x(self, unit: str) -> np.ndarray:
        """The horizontal positions of the records, in "steps" or "tokens"."""
        return self.tokens if unit == "tokens" else self.step

    def val_x(self, unit: str) -> np.ndarray:
        """The horizontal positions of the validations."""
        return self.val_tokens if unit == "tokens" else self.val_step

    def scale(self, unit: str) -> float:
        """What one step is long, on the axis of `unit`."""
        return float(self.tokens_per_step) if unit == "tokens" else 1.0

    def nearest(self, x: float, unit: str) -> int:
        """Index of the record nearest to `x`, -1 without records."""
        places = self.x(unit)
        if not len(places):
            return -1
        right = int(np.searchsorted(places, x))
        candidates = [index for index in (right - 1, right) if 0 <= index < len(places)]
        return min(candidates, key=lambda index: abs(places[index] - x))


def smooth(values: np.ndarray, previous: float, n_before: int) -> np.ndarray:
    """Exponential average, going on from `previous` (NaN at the start of a run) after `n_before` values.

    Its window grows with the run, up to 25 values, so that the first descent is followed and not dragged along.
    A non-finite value leaves a gap in the result and does not enter the average: it is marked, not averaged away.
    """
    out = np.empty(len(values), dtype=np.float64)
    average = previous
    for index, value in enumerate(values.tolist()):
        if value - value != 0:  # NaN or ±Inf
            out[index] = np.nan
            continue
        kept = min(0.96, (n_before + index) / (n_before + index + 10))
        average = value if average != average else kept * average + (1 - kept) * value
        out[index] = average
    return out


@dataclass(frozen=True, eq=False)
class Overlay:
    """Another run in the same plot; `color` is a token."""

    curves: Curves
    color: str
