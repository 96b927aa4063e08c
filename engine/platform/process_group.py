"""The engine and all that it starts live and die together, also when native code holds the interpreter's lock."""

from __future__ import annotations

import contextlib
import os
import select
import signal
from _signal import pthread_kill  # of C: it relies on nothing that a program can change
from os import close, getpgrp, getpid, killpg

from engine.platform.descriptors import move

# The engine itself sees the end of stdin first and ends better than by a kill from outside.
_GRACE_MS = 1500
_KILL, _INTERRUPT = signal.SIGKILL, signal.SIGINT


def lead() -> None:
    """Make this process the leader of a group of its own, in a session of its own where possible."""
    with contextlib.suppress(PermissionError):  # it already leads one
        os.setsid()


def interrupt(main: int) -> None:
    """SIGINT as Ctrl+C in a terminal sends it: to this process, whose thread `main` hears it, and to all it started.

    Where it leads no group, to that thread alone. The kernel prefers the first thread, and the signal is there once.
    """
    if getpgrp() == getpid():
        killpg(getpgrp(), _INTERRUPT)
    else:
        pthread_kill(main, _INTERRUPT)


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
