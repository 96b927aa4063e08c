"""What processes there are, as the tests look at them: zombies do not count."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psutil

from engine.shared.processes import process_start


def is_running(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    return process_start(pid) > 0


def group_members(leader: int) -> set[int]:
    """The living processes of a group."""
    return {pid for pid in psutil.pids() if group_of(pid) == leader and is_running(pid)}


def children_of(parent: int) -> dict[int, str]:
    """The living children of a process and their command lines."""
    return dict(_described(psutil.Process(parent).children()))


def _described(processes: list[psutil.Process]) -> Iterator[tuple[int, str]]:
    for process in processes:
        try:
            if process.status() != psutil.STATUS_ZOMBIE:
                yield process.pid, " ".join(process.cmdline())
        except psutil.NoSuchProcess:
            continue  # it ended meanwhile


def group_of(pid: int) -> int:
    """The leader of its group; 0 of a process that is gone."""
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0
