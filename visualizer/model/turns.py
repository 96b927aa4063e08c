"""Long work on the window's thread, in turns of a frame's time between which the window lives."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

Result = TypeVar("Result")
Work = Generator[None, None, Result]  # it yields where it may be interrupted, some milliseconds of work apart

TURN_S = 0.012  # after which what may be interrupted is
_last_turn = [0.0]  # when one ended, on the clock of `rested_s`


def whole(work: Work[Result]) -> Result:
    """All of it at once."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result


def rested_s() -> float:
    """How long ago the last turn of any work ended."""
    return time.perf_counter() - _last_turn[0]


class Turns(QObject):
    """One work at a time; `done(result)` when it has ended."""

    done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work[Any] | None = None
        self._next = QTimer(self, singleShot=True, interval=0)  # after a frame that is due
        self._next.timeout.connect(self._take_turn)

    @property
    def is_running(self) -> bool:
        """Whether some of the work is left."""
        return self._work is not None

    def start(self, work: Work[Any]) -> None:
        """Instead of one that is under way."""
        self._work = work
        self._next.start()

    def stop(self) -> None:
        """Give up what is under way."""
        self._work = None
        self._next.stop()

    def _take_turn(self) -> None:
        work, end_s = self._work, time.perf_counter() + TURN_S
        if work is None:
            return
        try:
            while time.perf_counter() < end_s:
                next(work)
        except StopIteration as end:
            self._work, _last_turn[0] = None, time.perf_counter()
            self.done.emit(end.value)
            return
        _last_turn[0] = time.perf_counter()
        self._next.start()
