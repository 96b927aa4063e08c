"""The horizontal axis that all plots share: its range and its cursor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from visualizer.pretraining.plots.frame import placed

_CLOSEST = 1e-5  # of the whole range


class SharedAxis(QObject):
    """Range and cursor, in the unit of the axis. The cursor follows the pointer and falls back to the pinned place."""

    range_changed = Signal()
    cursor_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.snap: Callable[[float], float] = float  # a place to the one of the nearest record
        self.is_log = False
        self.follows_data = False  # shows what is trained, not what is planned
        self._full = self._data = (0.0, 1.0)
        self._least = 1.0
        self._zoomed: tuple[float, float] | None = None
        self._hovered: float | None = None
        self._pinned: float | None = None

    @property
    def full(self) -> tuple[float, float]:
        """The range without a zoom."""
        low, high = self._full
        return (self._least, max(high, self._least * 1.0001)) if self.is_log else (low, high)

    @property
    def range(self) -> tuple[float, float]:
        """What is visible, from left to right."""
        if self._zoomed is not None:
            return self._zoomed
        if not self.follows_data:
            return self.full
        low, high = self._data
        return (max(low, self._least), max(high, self._least * 1.0001)) if self.is_log else (low, high)

    @property
    def is_zoomed(self) -> bool:
        """Whether less than the full range is shown: a part of it, or what is trained so far."""
        return self._zoomed is not None or self.follows_data

    @property
    def cursor(self) -> float | None:
        """Where the cursor stands, None when nobody points."""
        place = self._hovered if self._hovered is not None else self._pinned
        return None if place is None else self.snap(place)

    @property
    def pinned(self) -> float | None:
        return self._pinned

    def set_full(self, high: float, data: tuple[float, float], least: float) -> None:
        """All that there is, from 0 to `high`; where its `data` lie, the `least` of them above 0."""
        full = (0.0, max(high, 1e-9))
        data = (data[0], data[1] if data[1] > data[0] else data[0] + max(abs(data[0]) * 1e-3, 1e-9))
        if (full, data, least) != (self._full, self._data, self._least):
            self._full, self._data, self._least = full, data, least
            self.range_changed.emit()

    def set_log(self, is_log: bool) -> None:
        """Logarithmic or linear, all of it visible."""
        self.is_log, self._zoomed = is_log, None
        self.range_changed.emit()

    def take(self, other: SharedAxis) -> None:
        """Show what another axis shows, in its way, with its cursor where that is held."""
        self.is_log, self.follows_data = other.is_log, other.follows_data
        self._zoomed, self._pinned = other._zoomed, other._pinned
        self.range_changed.emit()
        self.cursor_changed.emit()

    def zoom(self, low: float, high: float) -> None:
        """Show [low, high], kept inside the whole range; the whole range is no zoom."""
        low, high = max(min(low, high), self.full[0]), min(max(low, high), self.full[1])
        (first, last), (left, right) = self._ends(self.full), self._ends((low, high))
        if right - left < (last - first) * _CLOSEST:
            return
        self._zoomed = None if right - left >= (last - first) * 0.9999 else (low, high)
        self.follows_data = False
        self.range_changed.emit()

    def zoom_about(self, x: float, factor: float) -> None:
        """Make the visible range `factor` times as long, `x` staying where it is."""
        middle, (low, high) = placed(x, self.is_log), self._ends(self.range)
        self.zoom(self._back(middle - (middle - low) * factor), self._back(middle + (high - middle) * factor))

    def pan(self, share: float) -> None:
        """Move on by a share of the visible range, to the right above 0, as far as there is something."""
        (first, last), (low, high) = self._ends(self.full), self._ends(self.range)
        by = min(max(share * (high - low), first - low), last - high)
        if by:
            self.zoom(self._back(low + by), self._back(high + by))

    def reveal(self, x: float) -> None:
        """Move on as far as `x` needs it."""
        place, (low, high) = placed(x, self.is_log), self._ends(self.range)
        if high > low and not low <= place <= high:
            self.pan((place - (high if place > high else low)) / (high - low))

    def fit(self) -> None:
        """Show what is trained; where that is shown already, the whole run."""
        if self.follows_data and self._zoomed is None:
            self.reset()
            return
        self._zoomed, self.follows_data = None, True
        self.range_changed.emit()

    def reset(self) -> None:
        """Show everything."""
        if self.is_zoomed:
            self._zoomed, self.follows_data = None, False
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

    def beside(self, x: float, share: float) -> float:
        """What lies a share of the visible range to the right of `x`, to the left below 0."""
        low, high = self._ends(self.range)
        return self._back(placed(x, self.is_log) + share * (high - low))

    def _ends(self, ends: tuple[float, float]) -> tuple[float, float]:
        return placed(ends[0], self.is_log), placed(ends[1], self.is_log)

    def _back(self, place: float) -> float:
        return 10.0**place if self.is_log else place
