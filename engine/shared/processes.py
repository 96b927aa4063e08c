"""Which processes of this machine live. A process id comes back for another process, its start never does."""

from __future__ import annotations

import psutil

_ENDED = (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)


def is_held(pid: int) -> bool:
    """Whether a signal, or a debugger, keeps a process from going on."""
    try:
        return psutil.Process(pid).status() in (psutil.STATUS_STOPPED, psutil.STATUS_TRACING_STOP)
    except (psutil.Error, ValueError, OverflowError):
        return False


def process_start(pid: int) -> int:
    """When a process started, in hundredths of a second since the machine did; 0 for one that has ended.

    Setting the clock moves both the start and the boot, so that their difference stays.
    """
    try:
        process = psutil.Process(pid)
        if process.status() in _ENDED:
            return 0
        return round(100 * (process.create_time() - psutil.boot_time()))
    except (
        psutil.Error,
        ValueError,
        OverflowError,
    ):  # ended, another person's, or no process has such an id
        return 0
