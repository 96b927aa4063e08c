"""How far a run is with its corpus, before its first step."""

from __future__ import annotations

import time

from engine.runs.run_folder import Status
from engine.shared.language import mark, tr
from visualizer.pretraining import formatting


class PreparingView:
    """Follows the statuses of one run; the time that is left comes of what was seen to be read, by a clock that is
    never set."""

    def __init__(self) -> None:
        self._first: Status | None = None
        self._last = Status(state="starting")
        self._first_s = self._last_s = 0.0  # when they were taken

    def take(self, status: Status) -> None:
        """The newest status."""
        if status.state != "preparing":
            self._first = None
        elif self._first is None or status.prepared_bytes < self._first.prepared_bytes:
            self._first, self._first_s = status, time.monotonic()
        if status != self._last:
            self._last, self._last_s = status, time.monotonic()

    @property
    def share(self) -> float:
        """Of the bytes that are to be read, those that have been."""
        return self._last.prepared_bytes / max(self._last.bytes_to_prepare, 1)

    @property
    def words(self) -> str:
        """ "Its corpus becomes tokens: 12 MB of 50 MB, 8 s left. Training begins then." """
        done, total = (formatting.n_bytes(n) for n in (self._last.prepared_bytes, self._last.bytes_to_prepare))
        left_s = self._left_s()
        if left_s is None:
            return tr("Its corpus becomes tokens: {done} of {total}. Training begins then.", done=done, total=total)
        words = mark("Its corpus becomes tokens: {done} of {total}, {left} left. Training begins then.")
        return tr(words, done=done, total=total, left=formatting.duration(left_s))

    def _left_s(self) -> float | None:
        first, last = self._first, self._last
        took_s = self._last_s - self._first_s
        if first is None or last.prepared_bytes <= first.prepared_bytes or took_s <= 0:
            return None
        a_second = (last.prepared_bytes - first.prepared_bytes) / took_s
        return (last.bytes_to_prepare - last.prepared_bytes) / a_second
