"""Prompts to a run that trains: each is heard on a thread of its own, and answered by the training loop."""

from __future__ import annotations

import contextlib
import queue
import select
import socket
import threading
from collections import deque

import msgspec

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.prompts import AnswerLine, Prompt, Refused, line_of

_PATIENCE_S = 10.0  # for one who asked and does not read


class Asked:
    """A prompt, and the one who waits for its answer."""

    def __init__(self, prompt: Prompt, link: socket.socket) -> None:
        self.prompt = prompt
        self._link = link
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def tell(self, told: AnswerLine) -> None:
        """Say something of the answer. Waits for nobody."""
        self._lines.put(line_of(told))

    def end(self) -> None:
        """There is nothing more to say."""
        self._lines.put(None)

    @property
    def is_wanted(self) -> bool:
        """Whether the other end is still there."""
        try:
            is_readable = bool(select.select([self._link], [], [], 0)[0])
            return not is_readable or bool(self._link.recv(1, socket.MSG_PEEK))
        except (OSError, ValueError):
            return False

    def send(self) -> None:
        """Until the end, on the thread of the link; it is closed then."""
        with self._link, contextlib.suppress(OSError):  # the asker may go at any time
            self._link.settimeout(_PATIENCE_S)
            while (line := self._lines.get()) is not None:
                self._link.sendall(line)


class LivePrompts:
    """Any thread may call anything. What is asked before `open` or after `end` is refused."""

    def __init__(self, changed: threading.Condition) -> None:
        self._changed = changed  # is notified of each prompt
        self._waiting: deque[Asked] = deque()
        self._threads: list[threading.Thread] = []
        self._is_open = False

    def open(self) -> None:
        """The training loop answers from now on."""
        self._is_open = True

    def hear(self, link: socket.socket, text: str) -> None:
        """Take a prompt, as JSON, and the link over which it is answered."""
        thread = threading.Thread(target=self._take, args=(link, text), name="prompt", daemon=True)
        with self._changed:
            self._threads = [*(each for each in self._threads if each.is_alive()), thread]
        thread.start()

    @property
    def is_waiting(self) -> bool:
        """Whether somebody waits for an answer."""
        return bool(self._waiting)

    def next(self) -> Asked | None:
        """The prompt that waits longest, None without one."""
        with self._changed:
            return self._waiting.popleft() if self._waiting else None

    def end(self) -> None:
        """Refuse those that wait, and all that come; return when they have been told."""
        with self._changed:
            self._is_open = False
            waiting, self._waiting = list(self._waiting), deque()
            threads = self._threads
        for asked in waiting:
            asked.tell(Refused.of(not_training()))
            asked.end()
        for thread in threads:
            thread.join(_PATIENCE_S)

    def _take(self, link: socket.socket, text: str) -> None:
        asked = Asked(Prompt(text=""), link)
        try:
            asked.prompt = msgspec.json.decode(text, type=Prompt)
            asked.prompt.check()
            with self._changed:
                if not self._is_open:
                    raise EngineError.saying(not_training())
                self._waiting.append(asked)
                self._changed.notify_all()
        except msgspec.DecodeError as error:
            self._refuse(asked, Sentence.of("prompt.not_read", "This is no prompt: {reason}.", reason=error))
        except EngineError as error:
            self._refuse(asked, error.sentence)
        asked.send()

    def _refuse(self, asked: Asked, said: Sentence) -> None:
        asked.tell(Refused.of(said))
        asked.end()


def not_training() -> Sentence:
    """A run is not in its training loop."""
    return Sentence.of(
        "prompt.not_training",
        "The run does not answer: it has not begun to train, or has ended. Ask one of its checkpoints.",
    )
