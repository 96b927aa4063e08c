"""When to draw anew: never per record, at most ten times a second, and only for a small share of the time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_LEAST_S, _MOST_S = 0.1, 4.0
# Of the time of one core. On two cores a frame of 10 ms is drawn every two seconds: the trainer next door needs both.
_SHARE = 0.0025 * (os.cpu_count() or 2)


class Repainter(QObject):
    """`draw` draws and returns what the last frame's painting took, in seconds."""

    def __init__(self, draw: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._draw = draw
        self._drawn_at = -1e9
        self._cost_s = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fire)

    def ask(self, *, at_once: bool = False) -> None:
        """Draw soon; `at_once` is for what the person just did."""
        interval = min(max(self._cost_s / _SHARE, _LEAST_S), _MOST_S)
        wait = 0.0 if at_once else max(self._drawn_at + interval - time.monotonic(), 0.0)
        if not self._timer.isActive() or at_once:
            self._timer.start(round(wait * 1000))

    def stop(self) -> None:
        """Draw no more."""
        self._timer.stop()

    def _fire(self) -> None:
        start = time.monotonic()
        painting_s = self._draw()
        self._drawn_at = time.monotonic()
        self._cost_s = self._drawn_at - start + painting_s
