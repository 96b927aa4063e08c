"""Whether a trainer that lives has been silent for longer than its work explains, and since when."""

from __future__ import annotations

import time

from engine.runs.run_folder import Status
from engine.shared.language import mark, tr
from engine.shared.processes import is_held

_HELD_S = 2.0  # a signal may hold it for a moment
_LEAST_S = {"training": 10.0, "preparing": 60.0, "stopping": 60.0, "starting": 120.0}
_FIRST_STEP_S = 120.0  # until then nobody knows how long a step takes; it may be compiled
_N_STEPS, _N_BETWEEN = 8, 4  # that may take so many times as long as the newest ones did


class Silence:
    """Follows the statuses of one run, by a clock that is never set."""

    def __init__(self) -> None:
        self._heard: object = None
        self._heard_s = 0.0
        self._clock = 0.0  # then, as people read it

    def take(self, status: Status, step: int) -> None:
        """The newest status and step."""
        heard = (status.pid, status.updated, status.state, step)
        if heard != self._heard:
            is_first, self._heard = self._heard is None, heard
            self._heard_s = time.monotonic()
            self._clock = min(status.updated or time.time(), time.time()) if is_first else time.time()

    def words(self, status: Status, step: int, pace_s: float | None) -> str:
        """What is said of it, "" while it works."""
        silent_s = time.monotonic() - self._heard_s
        since = time.strftime("%H:%M:%S", time.localtime(self._clock))
        if silent_s >= _HELD_S and is_held(status.pid):
            words = mark(
                "Its process {pid} is held by a signal, nothing came since {since}. “kill -CONT {pid}” lets it go on; "
                "Stop lets it go on and ends it."
            )
            return tr(words, pid=status.pid, since=since)
        if status.state == "paused" or silent_s < self._most_s(status, step, pace_s):
            return ""
        words = mark("Nothing came from the trainer since {since}, though its process {pid} lives. Stop ends it.")
        return tr(words, pid=status.pid, since=since)

    def _most_s(self, status: Status, step: int, pace_s: float | None) -> float:
        least = _LEAST_S.get(status.state, 0.0)
        if status.state != "training":
            return least
        between = status.between_steps
        slow = _N_BETWEEN * max(between.evaluation_s, between.sample_s, between.checkpoint_s)
        return max(least, slow, _N_STEPS * pace_s if pace_s is not None and step else _FIRST_STEP_S)
