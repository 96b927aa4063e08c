"""The step axis that all plots share: its range, its cursor, and round numbers for ticks."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal


class SharedAxis(QObject):
    """Range and cursor, in the unit of the axis. The cursor follows the pointer and falls back to the pinned place."""

    range_changed = Signal()
    cursor_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.full = (0.0, 1.0)
        self.snap: Callable[[float], float] = float  # a place to the one of the nearest record
        self._zoomed: tuple[float, float] | None = None
        self._hovered: float | None = None
        self._pinned: float | None = None

    @property
    def range(self) -> tuple[float, float]:
        """What is visible, from left to right."""
        return self._zoomed or self.full

    @property
    def is_zoomed(self) -> bool:
        return self._zoomed is not None

    @property
    def cursor(self) -> float | None:
        """Where the cursor stands, None when nobody points."""
        place = self._hovered if self._hovered is not None else self._pinned
        return None if place is None else self.snap(place)

    @property
    def pinned(self) -> float | None:
        return self._pinned

    def set_full(self, low: float, high: float) -> None:
        """The range without a zoom."""
        if (low, high) != self.full:
            self.full = (low, max(high, low + 1e-9))
            self.range_changed.emit()

    def zoom(self, low: float, high: float) -> None:
        """Show [low, high], kept inside the whole range; the whole range is no zoom."""
        low, high = max(min(low, high), self.full[0]), min(max(low, high), self.full[1])
        span = self.full[1] - self.full[0]
        if high - low < span * 1e-5:
            return
        self._zoomed = None if high - low >= span * 0.9999 else (low, high)
        self.range_changed.emit()

    def zoom_about(self, x: float, factor: float) -> None:
        """Make the visible range `factor` times as long, `x` staying where it is."""
        low, high = self.range
        self.zoom(x - (x - low) * factor, x + (high - x) * factor)

    def reset(self) -> None:
        """Show everything."""
        if self._zoomed is not None:
            self._zoomed = None
            self.range_changed.emit()

    def point(self, x: float | None) -> None:
        """The pointer is at `x`, or gone."""
        if x != self._hovered:
            self._hovered = x
            self.cursor_changed.emit()

    def pin(self, x: float | None) -> None:
        """Leave the cursor at `x`, or take it away."""
        self._pinned = x
        self.cursor_changed.emit()


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
