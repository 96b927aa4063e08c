"""Work that a copy of the engine does for a request: followed to its end, whatever ends it, one piece at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable

from engine.platform.copies import Copy, Tell


class Errands:
    """`begin` at a safepoint, `cancel` from any thread. `told` and `ended` are called on a thread of the errand."""

    def __init__(self, name: str) -> None:
        self._name = name  # of its threads
        self._lock = threading.Lock()
        self._copy: Copy | None = None

    def begin(self, work: Callable[[Tell], None], told: Callable[[bytes], None], ended: Callable[[bool], None]) -> None:
        """Let a copy of this process do `work`; what runs is cancelled. `told` gets what it sends, and `ended`, once it
        is gone, whether it was cancelled."""
        self.cancel()
        copy = Copy(work)
        with self._lock:
            self._copy = copy
        threading.Thread(target=self._follow, args=(copy, told, ended), name=self._name, daemon=True).start()

    def cancel(self) -> None:
        """End what runs, at once."""
        with self._lock:
            if self._copy is not None:
                self._copy.end()

    def _follow(self, copy: Copy, told: Callable[[bytes], None], ended: Callable[[bool], None]) -> None:
        try:
            for message in copy.messages():
                told(message)
        finally:
            with self._lock:
                if self._copy is copy:
                    self._copy = None
            ended(copy.is_ended)
