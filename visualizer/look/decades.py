"""Powers of ten as a scale: for bars and colours that stand for norms, bytes or times."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from engine.shared.local_numbers import plain

_MOST_DECADES = 16  # a float64 has as many digits; what is smaller lies at the foot


class DecadeScale:
    """Powers of ten from `low` to `high`, as far as the values reach."""

    def __init__(self, values: np.ndarray) -> None:
        positive = values[np.isfinite(values) & (values > 0)]
        largest, smallest = (float(positive.max()), float(positive.min())) if positive.size else (1.0, 1.0)
        self.high = math.ceil(math.log10(largest))
        lowest = math.floor(math.log10(smallest))
        self.is_cut = lowest < self.high - _MOST_DECADES
        self.low = max(min(lowest, self.high - 1), self.high - _MOST_DECADES)

    def shares(self, values: np.ndarray) -> np.ndarray:
        """How high each stands, from 0 to 1; 0 of what is not a positive finite number."""
        is_placed = np.isfinite(values) & (values > 0)
        logs = np.log10(values, out=np.full(len(values), float(self.low)), where=is_placed)
        return np.clip((logs - self.low) / (self.high - self.low), 0.0, 1.0)

    def ends(self, write: Callable[[float], str] = plain) -> tuple[str, str]:
        """The numbers at foot and top of the scale: "1e-6" and "10"; "≤1e-16" where smaller ones lie at the foot."""
        return ("≤" if self.is_cut else "") + write(10.0**self.low), write(10.0**self.high)
