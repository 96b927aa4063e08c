"""A column that is drawn: with the extremes of every 16, 256 … values, so that a million cost what a screen does."""

from __future__ import annotations

import numpy as np

from visualizer.pretraining.curves import Curves
from visualizer.pretraining.smoothing import Smoother

_FACTOR = 16
_LEAST_BLOCKS = 4  # in what stands in one pixel column


class Series:
    """Values, float64, that only grow. Extremes leave out what is not finite."""

    def __init__(self, values: np.ndarray | None = None) -> None:
        self.values = np.empty(0)
        self._levels: list[tuple[np.ndarray, np.ndarray]] = []  # (least, greatest) of _FACTOR, _FACTOR² … values
        if values is not None:
            self.extend(values)

    def extend(self, values: np.ndarray) -> None:
        """Take a longer column that begins as this one does."""
        n_known, self.values = len(self.values), values
        if len(values) == n_known:
            return
        fresh = values[n_known // _FACTOR * _FACTOR :]
        fresh = np.where(np.isfinite(fresh), fresh, np.nan)
        lows, highs = fresh, fresh
        n_known //= _FACTOR
        level = 0
        while len(lows) > 1 or level < len(self._levels):
            lows, highs = _reduced(np.fmin, lows), _reduced(np.fmax, highs)
            if level < len(self._levels):
                old = self._levels[level]
                lows, highs = np.append(old[0][:n_known], lows), np.append(old[1][:n_known], highs)
                self._levels[level] = lows, highs
            else:
                self._levels.append((lows, highs))
            n_known //= _FACTOR
            lows, highs = lows[n_known * _FACTOR :], highs[n_known * _FACTOR :]
            level += 1

    def extremes(self, starts: np.ndarray, stops: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(least, greatest) finite value of each range of indices that begins where the one before ends; NaN where
        there is none. Both ends of a range are exact to a quarter of its length."""
        counts = stops - starts
        lows, highs = np.full(len(starts), np.nan), np.full(len(starts), np.nan)
        n_blocks = np.maximum(counts, 1) / _LEAST_BLOCKS
        levels = np.clip(np.floor(np.log(n_blocks) / np.log(_FACTOR)), 0, len(self._levels)).astype(int)
        for level in np.unique(levels[counts > 0]).tolist():
            chosen = (levels == level) & (counts > 0)
            lows[chosen], highs[chosen] = self._of_level(level, starts[chosen], stops[chosen])
        return lows, highs

    def _of_level(self, level: int, starts: np.ndarray, stops: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if level == 0:
            seen = self.values[starts[0] : stops[-1]]
            low = high = np.where(np.isfinite(seen), seen, np.nan)
            first, last = starts - starts[0], stops - starts[0]
        else:  # a range may end in the last block, which the next one begins in: NaN stands for what lies behind it
            size = _FACTOR**level
            low, high = (np.append(each, np.nan) for each in self._levels[level - 1])
            first = starts // size
            last = np.maximum(-(-stops // size), first + 1)
        places = np.stack((first, last), axis=1).ravel()
        places = places[:-1] if places[-1] >= len(low) else places
        return np.fmin.reduceat(low, places)[::2], np.fmax.reduceat(high, places)[::2]


class SeriesBook:
    """The series of the shown runs, kept from one drawing to the next: only what is new is taken in."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, float], tuple[int, Series, Smoother]] = {}

    def series(self, run: Curves, column: str, weight: float = 0.0) -> Series:
        """A column of a run, smoothed with a weight above 0."""
        key, values = (run.key, column, weight), getattr(run, column)
        n_restarts, series, smoother = self._kept.get(key, (run.n_restarts, Series(), Smoother(weight)))
        if n_restarts != run.n_restarts or len(series.values) > len(values):
            n_restarts, series, smoother = run.n_restarts, Series(), Smoother(weight)
        self._kept[key] = n_restarts, series, smoother
        if weight > 0:
            values = _longer(series.values, smoother.extend(values[len(series.values) :]))
        series.extend(values)
        return series

    def keep(self, runs: set[str], weight: float) -> None:
        """Forget every other run, and what was smoothed with another weight."""
        self._kept = {key: kept for key, kept in self._kept.items() if key[0] in runs and key[2] in (0.0, weight)}


def _reduced(of: np.ufunc, values: np.ndarray) -> np.ndarray:
    return of.reduceat(values, np.arange(0, len(values), _FACTOR))


def _longer(known: np.ndarray, fresh: np.ndarray) -> np.ndarray:
    return known if not len(fresh) else fresh if not len(known) else np.append(known, fresh)
