"""What processes there are, as the tests look at them: zombies do not count."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import psutil

from engine.shared.processes import process_start


def send_signal(pid: int, number: int) -> None:
    """To one process. A pid that is not known yet, or no longer, is 0, which the kernel takes for one's own group: the
    tests themselves. Raises ValueError for it, ProcessLookupError for a process that is gone."""
    if pid <= 0:
        raise ValueError(f"{pid} is no process")
    os.kill(pid, number)


def is_running(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    return process_start(pid) > 0


def group_members(leader: int) -> set[int]:
    """The living processes of a group."""
    return {pid for pid in psutil.pids() if group_of(pid) == leader and is_running(pid)}


def children_of(parent: int) -> dict[int, str]:
    """The living children of a process and their command lines."""
    return dict(_described(pids_of_children(parent)))


def pids_of_children(parent: int) -> list[int]:
    """Zombies, too, as the kernel lists them: psutil would look at every process of the machine."""
    if not Path(f"/proc/{parent}/task/{parent}/children").exists():
        return [child.pid for child in psutil.Process(parent).children()]
    found, again = None, _listed(parent)
    while found != again:  # the list may lack one while another one leaves it
        found, again = again, _listed(parent)
    return found


def _listed(parent: int) -> list[int]:
    found: list[int] = []
    for path in Path(f"/proc/{parent}/task").glob("*/children"):  # each thread has those that it started
        with contextlib.suppress(OSError):  # it ended meanwhile
            found += map(int, path.read_text().split())
    return found


def is_ended(child: int) -> bool:
    """Whether a child of this process has ended, as the kernel says in one look; it is still to be waited for."""
    try:
        return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True  # and was waited for


def _described(pids: list[int]) -> Iterator[tuple[int, str]]:
    for pid in pids:
        if words := command_of(pid):
            yield pid, words


def command_of(pid: int) -> str:
    """The command line of a process, "" of one that has ended."""
    try:
        process = psutil.Process(pid)
        return " ".join(process.cmdline()).strip() if process.status() != psutil.STATUS_ZOMBIE else ""
    except psutil.NoSuchProcess:
        return ""


def group_of(pid: int) -> int:
    """The leader of its group; 0 of a process that is gone."""
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0
