"""Python code that is given up where it lasts."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

from engine.protocol.errors import EngineError


@contextlib.contextmanager
def time_limit(n_seconds: float, given_up: EngineError) -> Iterator[None]:
    """Raises `given_up` inside once it lasts longer. On the main thread only."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise given_up

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, n_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
