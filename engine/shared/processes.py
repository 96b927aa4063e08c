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
    """When a process started, in hundredths of a second since the machine did; 0 for one that has ended."""
    try:
        process = psutil.Process(pid)
        if process.status() in _ENDED:
            return 0
        return _since_boot(process)
    except (
        psutil.Error,
        ValueError,
        OverflowError,
    ):  # ended, another person's, or no process has such an id
        return 0


def _since_boot(process: psutil.Process) -> int:
    """Setting the clock moves both the start and the boot, so that their difference stays: where the clock was not set
    between the two looks. Raises psutil.Error."""
    boot = psutil.boot_time()
    while True:
        start, before, boot = psutil.Process(process.pid).create_time(), boot, psutil.boot_time()
        if boot == before:
            return round(100 * (start - boot))
