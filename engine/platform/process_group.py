"""The engine and all that it starts live and die together, also when native code holds the interpreter's lock."""

from __future__ import annotations

import os
import select
import signal
from contextlib import suppress
from os import O_RDONLY, close, getpgrp, getpid, kill, killpg, listdir, read
from os import open as open_descriptor

from engine.platform.descriptors import move

# The engine itself sees the end of stdin first and ends better than by a kill from outside.
_GRACE_MS = 1500
_KILL, _INTERRUPT = signal.SIGKILL, signal.SIGINT


def lead() -> None:
    """Make this process the leader of a group of its own, in a session of its own where possible."""
    with suppress(PermissionError):  # it already leads one
        os.setsid()


def interrupt_others() -> None:
    """SIGINT to all that this process has started, as Ctrl+C in a terminal sends it. On any thread.

    Not to this process: sent to a group, the signal would come on whichever of its threads is free. Where the system
    has no /proc, nobody gets it.
    """
    own = getpid()
    if getpgrp() == own:
        with suppress(FileNotFoundError):
            for pid in [int(name) for name in listdir("/proc") if name.isdigit()]:
                if pid != own and _group_of(pid) == own:
                    with suppress(ProcessLookupError):
                        kill(pid, _INTERRUPT)


def _group_of(pid: int) -> int:
    """The group of a process; -1 where that is gone."""
    try:
        stat = open_descriptor(f"/proc/{pid}/stat", O_RDONLY)
    except OSError:
        return -1
    try:
        return int(read(stat, 4096).rpartition(b")")[2].split()[2])
    except OSError:
        return -1
    finally:
        close(stat)


def end() -> None:
    """Kill the whole group: this process, the workers of a DataLoader, children in the background."""
    killpg(getpgrp(), _KILL)


def watch(window: int, private: tuple[int, ...]) -> None:
    """Fork a process that ends the group once the window or the engine is gone. Call it before any thread starts.

    A thread could not do it: a native operation may keep the interpreter's lock for hours. `window` is the
    descriptor that the window holds the other end of; `private` are descriptors that the watching process must close.
    """
    alive, life = os.pipe()  # `life` closes with the engine; forked children give it up below
    parent = os.fork()
    if parent == 0:
        # A grandchild, so that a program that waits for all its children does not wait for this one.
        if os.fork() == 0:
            _watch(window, alive, (life, *private))
        os._exit(0)
    os.waitpid(parent, 0)
    os.close(alive)
    life = move(life)
    os.register_at_fork(after_in_child=lambda: close(life))


def _watch(window: int, engine: int, private: tuple[int, ...]) -> None:
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for descriptor in private:
            os.close(descriptor)
        poll = select.poll()
        poll.register(window, 0)  # only the hang-up, never the data
        poll.register(engine, 0)
        gone = [descriptor for descriptor, _ in poll.poll()]
        if engine not in gone:
            rest = select.poll()
            rest.register(engine, 0)
            rest.poll(_GRACE_MS)
        end()
    finally:
        os._exit(1)
