"""The copies of an engine that live, seen from outside."""

from __future__ import annotations

import contextlib
import os
import select
import signal
from pathlib import Path

from tests.engine.client import Client
from tests.patience import PATIENCE_S

# It goes on only in the engine itself: a copy of it that has begun stays.
STAYS_IN_A_COPY = "if os.getpid() != {pid}: threading.Event().wait()\n"


def living(engine: Client) -> set[int]:
    """The processes of its group, without those that have ended and wait for init to notice."""
    found = set()
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(ProcessLookupError, FileNotFoundError):
            state = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[0]
            if state != "Z" and os.getpgid(int(name)) == engine.process.pid:
                found.add(int(name))
    return found


def kill(pid: int) -> None:
    """From outside, and wait until it is gone."""
    handle = os.pidfd_open(pid)
    try:
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        assert select.select([handle], [], [], PATIENCE_S)[0]
    finally:
        os.close(handle)


def wait_for_the_end_of(pids: set[int]) -> None:
    """Of processes that may be gone already."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            handle = os.pidfd_open(pid)
            try:
                assert select.select([handle], [], [], PATIENCE_S)[0], f"{pid} lives on"
            finally:
                os.close(handle)
