"""Round numbers along an axis, linear or logarithmic."""

from __future__ import annotations

import math


def round_step(span: float, n_steps: float) -> float:
    """1, 2, 2.5 or 5 times a power of ten, so that about `n_steps` of them fit into `span`."""
    raw = span / max(n_steps, 1)
    if not math.isfinite(raw) or raw <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)


def round_ticks(low: float, high: float, n_ticks: float, *, whole: bool = False) -> list[float]:
    """Round numbers in [low, high]; `whole` keeps to integers."""
    step = round_step(high - low, n_ticks)
    if whole:
        step = max(math.ceil(step), 1)
    first = math.ceil(low / step - 1e-9)
    return [index * step for index in range(first, math.floor(high / step + 1e-9) + 1)]


def log_ticks(low: float, high: float, n_ticks: float, *, whole: bool = False) -> list[float]:
    """Powers of ten in [low, high], as many as `n_ticks`; with 2 and 5 times, or any round numbers, between them where
    there would be fewer than three."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    if last - first >= 2:
        every = math.ceil((last - first + 1) / max(n_ticks, 2))
        return [10.0**power for power in range(first, last + 1) if power % every == 0]
    fine = [factor * 10.0**power for power in range(first - 1, last + 1) for factor in (1, 2, 5)]
    fine = [tick for tick in fine if low * (1 - 1e-9) <= tick <= high * (1 + 1e-9)]
    return fine if len(fine) >= 3 else [tick for tick in round_ticks(low, high, n_ticks, whole=whole) if tick > 0]
