"""Python code that is given up where it lasts."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType, TracebackType

from engine.program.insisting import ARMED, is_of_program
from engine.protocol.errors import EngineError

_AGAIN_S = 0.25  # it caught what ended it, and goes on


class _LateError(BaseException):
    """Not one of those that `except Exception` catches."""


class TimeLimit:
    """Raises `given_up(where)` out of what it holds once that lasts longer, whatever it catches. On the main thread
    only, and the innermost of several: what clears away is not to be ended."""

    def __init__(self, n_seconds: float, given_up: Callable[[TracebackType | None], EngineError]) -> None:
        self._n_seconds, self._given_up = n_seconds, given_up
        self._is_told = False

    def __enter__(self) -> None:
        self._previous = signal.signal(signal.SIGALRM, self._stop)
        signal.setitimer(signal.ITIMER_REAL, self._n_seconds, _AGAIN_S)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._previous)
        if isinstance(error, _LateError):
            raise self._given_up(trace) from None

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if frame is not None and frame.f_code is TimeLimit.__exit__.__code__:
            return
        if self._is_told and is_of_program(frame):
            ARMED[number]
        self._is_told = True
        raise _LateError
