"""The exponential average of a column, debiased, and going on where it ended."""

from __future__ import annotations

import math

import numpy as np

_LARGEST_POWER = 1e6  # of 1 / weight within a block, so that no more than six digits of sixteen are lost
_CHUNK = 1 << 17  # values at once
FIRST_WEIGHT = 0.95  # of what is drawn before anybody chose another, and of the numbers above the plots


class Smoother:
    """Each average is `weight` times the one before plus `1 - weight` times the value, divided by the weights that went
    into it: so the first average is the first value, and the start is not dragged towards 0.

    A value that is not finite leaves a gap in the result and does not enter the average: it is marked, not averaged
    away.
    """

    def __init__(self, weight: float) -> None:
        self.weight = weight  # from 0, which smooths nothing, to below 1
        self.value = math.nan  # the newest average
        self._average = 0.0  # biased
        self._n = 0

    def extend(self, values: np.ndarray) -> np.ndarray:
        """The averages at the next values, float64 of the same length."""
        out = np.full(len(values), np.nan)
        is_finite = np.isfinite(values)
        found = values[is_finite]
        out[is_finite] = np.concatenate(
            [self._debiased(found[start : start + _CHUNK]) for start in range(0, len(found), _CHUNK)] or [found]
        )
        return out

    def _debiased(self, values: np.ndarray) -> np.ndarray:
        averages = _averages(values, self.weight, self._average)
        self._average = float(averages[-1])
        if self.weight > 0:
            n_biased = math.ceil(-40 / math.log(self.weight))  # behind them the bias is below float64's last digit
            counts = np.arange(self._n + 1, min(self._n + len(values), n_biased) + 1)
            averages[: len(counts)] /= 1 - self.weight**counts
        self._n += len(values)
        self.value = float(averages[-1])
        return averages


def _averages(values: np.ndarray, weight: float, before: float) -> np.ndarray:
    """Biased, block by block: within one the recursion is a cumulative sum."""
    if weight <= 0:
        return values.astype(np.float64)
    length = max(int(math.log(_LARGEST_POWER) / -math.log(weight)), 1)
    n_blocks = -(-len(values) // length)
    blocks = np.zeros(n_blocks * length)
    blocks[: len(values)] = values
    blocks = blocks.reshape(n_blocks, length)
    powers = weight ** np.arange(length)
    local = np.cumsum(blocks / powers, axis=1) * (powers * (1 - weight))
    carried = np.empty(n_blocks)
    whole = weight**length
    for block, last in enumerate(local[:, -1].tolist()):
        carried[block] = before
        before = before * whole + last
    local += carried[:, None] * (powers * weight)
    return local.reshape(-1)[: len(values)]
