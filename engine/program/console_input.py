"""`input()` and `sys.stdin` of the program: the console in the window is asked, the protocol's pipe never."""

from __future__ import annotations

import builtins
import io
import sys
import threading
from collections.abc import Callable
from os import getpid
from queue import SimpleQueue
from threading import get_ident
from time import monotonic

from engine.platform.descriptors import is_open
from engine.program.insisting import waits_for_person
from engine.protocol.errors import EngineError
from engine.protocol.messages import InputWanted
from engine.shared.pristine import BUILTINS

END_OF_INPUT = "\x04"  # what Ctrl+D sends


class ConsoleInput:
    """Asks the window for a line and waits, interruptibly, until it comes."""

    def __init__(self, emit: Callable[[InputWanted], None], flush: Callable[[], None]) -> None:
        self.waited_s = 0.0  # that the main thread has waited for lines
        self._emit = emit
        self._flush = flush
        self._turn = threading.Lock()
        self._answer: SimpleQueue[str] | None = None
        self._process = getpid()
        self._lines: io.TextIOWrapper | None = None

    def install(self) -> None:
        """Put this in the place of `input` and `sys.stdin`, where it stays in the engine's process."""
        original = builtins.input

        def input(prompt: object = "", /) -> str:
            if getpid() != self._process:  # a worker has no console
                return original(prompt)
            line = self.ask(str(prompt))
            if line is None:
                raise EOFError("EOF when reading a line")
            return line

        input.__doc__ = original.__doc__
        builtins.input = input
        BUILTINS.accept(builtins, "input")
        self.reopen()

    def reopen(self) -> None:
        """Let there be an open `sys.stdin` for the next program, also where `exit()` closed it."""
        if self._lines is None or not is_open(self._lines):
            self._lines = io.TextIOWrapper(_Lines(self), encoding="utf-8")  # type: ignore[arg-type]
        sys.stdin = sys.__stdin__ = self._lines  # type: ignore[misc]

    def ask(self, prompt: str) -> str | None:
        """One line without its end, None at the end of input."""
        if getpid() != self._process:
            return None
        with self._turn:
            answer = self._answer = SimpleQueue()
            try:
                self._flush()
                self._emit(InputWanted(prompt=prompt.encode("utf-8", "backslashreplace").decode("utf-8")))
                line = self._wait(answer)
            finally:
                self._answer = None
        return None if line == END_OF_INPUT else line

    def _wait(self, answer: SimpleQueue[str]) -> str:
        start_s = monotonic()
        try:
            return answer.get()
        finally:
            if get_ident() == threading.main_thread().ident:
                self.waited_s += monotonic() - start_s

    def answer(self, text: str) -> None:
        """The line that the window was asked for. Raises EngineError when nothing was asked."""
        waiting, self._answer = self._answer, None
        if waiting is None:
            raise EngineError("input.not_asked", "The program does not ask for input.")
        waiting.put(text.removesuffix("\n"))


waits_for_person(ConsoleInput._wait)


class _Lines(io.BufferedIOBase):
    """What lies under `sys.stdin`: one answer of the console at a time."""

    def __init__(self, console: ConsoleInput) -> None:
        self._console = console
        self._rest = b""

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def read1(self, size: int | None = -1, /) -> bytes:
        if not self._rest:
            line = self._console.ask("")
            self._rest = b"" if line is None else (line + "\n").encode("utf-8", "surrogatepass")
        end = len(self._rest) if size is None or size < 0 else size
        data, self._rest = self._rest[:end], self._rest[end:]
        return data

    def read(self, size: int | None = -1, /) -> bytes:
        data = b""
        while size is None or size < 0 or len(data) < size:
            part = self.read1(-1 if size is None or size < 0 else size - len(data))
            if not part:
                break
            data += part
        return data
