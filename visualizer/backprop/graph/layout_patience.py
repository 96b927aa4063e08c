"""How long a layout may take before a plainer one is drawn in its place."""

from __future__ import annotations

import contextlib
import time

import psutil
from PySide6.QtCore import QObject, QTimer

from visualizer.backprop.graph.layout import LayoutClient

_LOOK_MS = 100


class LayoutPatience(QObject):
    """Of one client. What counts is the time that its process computes: a layout is no harder where others leave it
    little of a processor. Only the last limit is the clock's, as a person waits. On the window's thread."""

    def __init__(self, client: LayoutClient) -> None:
        super().__init__(client)
        self.computing_ms, self.waiting_ms = 2_000.0, 10_000.0
        self._client = client
        self._computed_ms = self._began_ms = 0.0  # before the layout that is under way, and when that began
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._check)
        client.begun.connect(self._begin)  # a machine that starts a process slowly may lay out fast

    def _begin(self) -> None:
        self._computed_ms, self._began_ms = self._computed(), 1000 * time.monotonic()
        self._look.start()

    def _check(self) -> None:
        if not self._client.is_busy:
            self._look.stop()
            return
        waited_ms = 1000 * time.monotonic() - self._began_ms
        if self._computed() - self._computed_ms >= self.computing_ms or waited_ms >= self.waiting_ms:
            self._look.stop()
            self._client.hurry()

    def _computed(self) -> float:
        """Of the client's process, milliseconds; 0 once that has ended."""
        with contextlib.suppress(psutil.Error):
            times = psutil.Process(self._client.process_id).cpu_times()
            return 1000 * (times.user + times.system)
        return 0.0
