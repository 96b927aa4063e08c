"""What is seen of a corpus while it becomes tokens, and how that is stopped. No torch."""

from __future__ import annotations

import time

from engine.protocol.errors import EngineError
from engine.runs.meter import Meter
from engine.train.control_socket import ControlSocket
from engine.train.journal import Journal
from engine.train.progress import Progress


class StoppedError(EngineError):
    """A stop was asked for before a run had its tokens."""


class Preparing(Meter):
    """Tells status and terminal how far it is. Raises StoppedError, out of `read`, once a stop is asked for."""

    def __init__(self, journal: Journal, control: ControlSocket, progress: Progress) -> None:
        self._journal, self._control, self._progress = journal, control, progress
        self._n_bytes = self._n_read = 0
        self._start_s = 0.0

    def begin(self, n_bytes: int) -> None:
        """The reading of a corpus of `n_bytes` begins."""
        self._n_bytes, self._n_read, self._start_s = n_bytes, 0, time.monotonic()
        self._tell()

    def read(self, n_bytes: int) -> None:
        if self._control.wants_stop:
            raise StoppedError(
                "training.stopped_preparing",
                "Stopped while the corpus was prepared: nothing of it is kept, and Resume prepares it again.",
            )
        self._n_read = min(self._n_read + n_bytes, self._n_bytes)  # a file may grow meanwhile
        self._tell()

    def end(self) -> None:
        """All is read."""
        self._journal.set(state="starting", prepared_bytes=0, bytes_to_prepare=0)

    def _tell(self) -> None:
        self._journal.set(state="preparing", prepared_bytes=self._n_read, bytes_to_prepare=self._n_bytes)
        self._progress.preparing(self._n_read, self._n_bytes, time.monotonic() - self._start_s)
