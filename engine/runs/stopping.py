"""Stopping a trainer from outside, also one that is held by a signal or hears nothing. No torch."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

from engine.protocol.errors import EngineError
from engine.runs.control import control
from engine.runs.run_folder import RunFolder
from engine.shared.processes import is_held

KILLED = "killed"


class Stopping:
    """Of any run on this machine. A trainer that does not answer one stop is ended by the next one."""

    def __init__(self, timeout_s: float = 5.0) -> None:
        self._timeout_s = timeout_s
        self._deaf: dict[Path, int] = {}  # pids of those that were asked, and did not answer

    def stop(self, folder: RunFolder) -> str:
        """The trainer's answer, or KILLED. Raises EngineError where it gives none, and what then ends it."""
        status, is_alive = folder.status(), folder.is_alive()
        if is_alive and self._deaf.pop(folder.path, 0) == status.pid:
            os.kill(status.pid, signal.SIGKILL)
            return KILLED
        if is_alive and is_held(status.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(status.pid, signal.SIGCONT)
        try:
            return control(folder, "stop", self._timeout_s)
        except EngineError as error:
            if not is_alive:
                raise
            self._deaf[folder.path] = status.pid
            raise EngineError(
                "trainer.deaf",
                "{error} Another Stop ends its process {pid}: what came after its checkpoint of step {step:,} is lost.",
                error=error.sentence,
                pid=status.pid,
                step=status.checkpoint_step,
            ) from error
