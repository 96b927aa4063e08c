"""Settings that are asked for while a run trains: heard on the socket's thread, taken by the training loop."""

from __future__ import annotations

import threading

import msgspec

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.changes import Settings, checked
from engine.runs.config import RunConfig
from engine.runs.control import refusal


class LiveChanges:
    """Any thread may call anything. Until `now` was called first, and after `end`, nothing is taken."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: list[Settings] = []
        self._run: RunConfig | None = None
        self._step = 0

    def now(self, run: RunConfig, step: int) -> None:
        """With which settings the run is after `step` steps."""
        with self._lock:
            self._run, self._step = run, step

    def offer(self, text: str) -> str:
        """Settings as JSON. "ok" where they will hold from the next step on, else why not, as a `refusal`."""
        with self._lock:
            if self._run is None:
                return refusal(
                    Sentence.of(
                        "trainer.takes_no_changes", "The run takes no changes: it has not begun, or is at its end."
                    )
                )
            run = self._run
            for earlier in self._asked:
                run = msgspec.structs.replace(run, **earlier)
            try:
                self._asked.append(checked(run, self._step, msgspec.json.decode(text, type=dict[str, int | float])))
            except msgspec.DecodeError as error:
                return refusal(Sentence.of("trainer.no_settings", "These are no settings: {reason}.", reason=error))
            except EngineError as error:
                return refusal(error.sentence)
        return "ok"

    def take(self) -> list[Settings]:
        """What was asked for since the last time."""
        with self._lock:
            taken, self._asked = self._asked, []
        return taken

    def give_up(self) -> list[Settings]:
        """Take nothing more, and return what was asked for and will not be made."""
        with self._lock:
            self._run = None
            asked, self._asked = self._asked, []
        return asked

    def end(self) -> bool:
        """Take nothing more, unless something is left to be taken; False then."""
        with self._lock:
            if not self._asked:
                self._run = None
            return not self._asked
