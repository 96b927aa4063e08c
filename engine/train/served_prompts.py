"""Prompts of the window on stdin, each with whose weights are asked and whether it is still wanted, and what it is told
on stdout. No torch."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable

import msgspec

from engine.protocol.sentence import Sentence
from engine.runs.prompts import STOP, WARM, AnswerLine, Asked, Loading, Refused, line_of

PYTORCH_STARTS = Sentence.of("answer.pytorch_starts", "PyTorch starts.")


class ServedPrompt:
    """One of them."""

    def __init__(self, asked: Asked) -> None:
        self.of = asked.path, asked.which
        self.prompt = asked.prompt
        self._stopped = threading.Event()

    def stop(self) -> None:
        """From any thread."""
        self._stopped.set()

    def is_stopped(self) -> bool:
        """Whether the window wants no more of its answer, or is gone."""
        return self._stopped.is_set()


class ServedPrompts:
    """A line of stdin is an Asked as JSON, STOP for the newest one, or WARM, upon which `warm` starts PyTorch where
    prompts are waited for."""

    def __init__(self, warm: Callable[[], object]) -> None:
        self._warm = warm
        self._is_warming = False
        self._telling = threading.Lock()
        self._asked: queue.SimpleQueue[ServedPrompt | bytes | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, name="prompts", daemon=True).start()

    def next(self) -> ServedPrompt | None:
        """Wait for one; None once stdin is closed."""
        while isinstance(asked := self._asked.get(), bytes):
            self._warm()
            self._is_warming = False
        return asked

    def tell(self, told: AnswerLine) -> None:
        """From any thread. Raises BrokenPipeError when nobody reads."""
        with self._telling:
            sys.stdout.buffer.write(line_of(told))
            sys.stdout.buffer.flush()

    def _read(self) -> None:
        newest: ServedPrompt | None = None
        for line in sys.stdin.buffer:
            if line.strip() == WARM:
                self._is_warming = True
                self._asked.put(WARM)
            elif line.strip() != STOP:
                try:
                    newest = ServedPrompt(msgspec.json.decode(line, type=Asked))
                except msgspec.DecodeError as error:  # this thread has to live: without it no prompt is ever answered
                    said = Sentence.of("prompt.not_read", "This is no prompt: {reason}.", reason=str(error))
                    self.tell(Refused.of(said))
                    continue
                if self._is_warming:  # until that is done, nobody else can say what is waited for
                    self.tell(Loading(PYTORCH_STARTS))
                self._asked.put(newest)
            elif newest is not None:
                newest.stop()
        if newest is not None:
            newest.stop()
        self._asked.put(None)
