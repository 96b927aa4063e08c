"""Says which statement of a program runs, and which line in it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from threading import get_ident
from typing import NamedTuple

from engine.protocol.messages import Event, StatementDone, StatementRunning
from engine.protocol.program_values import LineResult

_ANNOUNCE_AFTER_S = 0.03  # a statement that is over sooner is not announced
_LOOK_EVERY_S = 0.1  # for the line


class _Statement(NamedTuple):
    line: int
    end_line: int


class Announcer:
    """Says which statement runs, once it runs for longer than a blink, and what each one left behind.

    While it runs, the line in it that runs is said again and again: the innermost line of the program's own text, be it
    inside a loop or a function, as a thread beside it happens to find it. Made on the thread that runs the program;
    `emit` is called there and on that thread.
    """

    def __init__(self, emit: Callable[[Event], None], path: str) -> None:
        self._emit = emit
        self._path = path
        self._program = get_ident()
        self._lock = threading.Lock()
        self._current: _Statement | None = None
        self._stopped = threading.Event()
        threading.Thread(target=self._announce, name="running statement", daemon=True).start()

    def begin(self, line: int, end_line: int) -> None:
        """A statement runs from now on."""
        with self._lock:
            self._current = _Statement(line, end_line)

    def end(self, result: LineResult | None) -> None:
        """It is over; without a result it has failed."""
        with self._lock:
            self._current = None
            if result is not None:
                self._emit(StatementDone(result=result))

    def stop(self) -> None:
        """Nothing runs any more."""
        self._stopped.set()

    def _announce(self) -> None:
        seen: _Statement | None = None
        told: StatementRunning | None = None
        while not self._stopped.wait(_ANNOUNCE_AFTER_S if told is None else _LOOK_EVERY_S):
            with self._lock:
                current = self._current
                if current is not None and current is seen:
                    news = StatementRunning(
                        line=current.line, end_line=current.end_line, at_line=self._line_in(current)
                    )
                    if news != told:
                        self._emit(news)
                        told = news
                elif current is not seen:
                    seen, told = current, None

    def _line_in(self, statement: _Statement) -> int:
        """Nothing of the program runs meanwhile: looking takes less time than Python gives a thread at once."""
        frame = sys._current_frames().get(self._program)
        while frame is not None and frame.f_code.co_filename != self._path:
            frame = frame.f_back
        return statement.line if frame is None else frame.f_lineno or statement.line
