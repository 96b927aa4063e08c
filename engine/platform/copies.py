"""A copy of this process that does one piece of work and ends: whatever it does to memory stays with it."""

from __future__ import annotations

import contextlib
import faulthandler
import fcntl
import gc
import os
import signal
import struct
import threading
from collections.abc import Callable, Iterator
from os import getpid, read, write
from pathlib import Path

_LENGTH = struct.Struct("<I")
_MOST_DESCRIPTORS = 4096
_F_SETSIG = 10  # of Linux's fcntl
Tell = Callable[[bytes], None]  # from the copy to whoever made it


class Copy:
    """One that runs. Its work gets a function that sends messages, which `messages` gives here, until it has ended."""

    def __init__(self, work: Callable[[Tell], None]) -> None:
        """Fork. Only the calling thread goes on in the copy, without descriptors, standard streams or torch's threads:
        its work calls `torch.set_num_threads(1)` first. It ends with this process, whatever ends that."""
        reading, writing = os.pipe()
        ending, self._lifeline = os.pipe()
        parent = os.fork()
        if parent == 0:  # a grandchild works: a program that waits for all its children does not wait for it
            _fork_again(work, writing, ending)
        os.close(writing)
        os.close(ending)
        os.waitpid(parent, 0)
        self._stream = os.fdopen(reading, "rb")
        self._lock = threading.Lock()
        self.is_ended = False  # by `end`
        self._pid = _LENGTH.unpack(self._stream.read(_LENGTH.size))[0]

    def messages(self) -> Iterator[bytes]:
        """What it sends, until it ends or is ended; it is ended where nobody goes on to listen. On one thread."""
        try:
            with self._stream:
                while len(head := self._stream.read(_LENGTH.size)) == _LENGTH.size:
                    yield self._stream.read(*_LENGTH.unpack(head))
        finally:
            with self._lock:
                self._pid = 0
            os.close(self._lifeline)

    def end(self) -> None:
        """At once. From any thread."""
        with self._lock, contextlib.suppress(ProcessLookupError):
            self.is_ended = self.is_ended or bool(self._pid)
            if self._pid:
                os.kill(self._pid, signal.SIGKILL)


def _fork_again(work: Callable[[Tell], None], writing: int, ending: int) -> None:
    """Never returns. At the other end of `ending` hangs the life of the copy."""
    try:
        faulthandler.disable()
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        if os.fork():
            os._exit(0)
        write(writing, _LENGTH.pack(getpid()))
        with contextlib.suppress(OSError):  # where memory runs out, the copy goes, and not the original
            Path("/proc/self/oom_score_adj").write_text("1000")
        gc.freeze()  # what was garbage before is not ended here: it may be of use to the original, as a folder is
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        first, second = sorted((writing, ending))
        for low, high in ((3, first), (first + 1, second), (second + 1, _MOST_DESCRIPTORS)):
            os.closerange(low, high)
        _end_with_maker(ending)
        work(lambda message: _write(writing, _LENGTH.pack(len(message)) + message))
    finally:
        os._exit(1)


def _end_with_maker(ending: int) -> None:
    """Be killed as soon as nobody holds the other end of a pipe."""
    fcntl.fcntl(ending, fcntl.F_SETOWN, getpid())
    fcntl.fcntl(ending, _F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(ending, fcntl.F_SETFL, fcntl.fcntl(ending, fcntl.F_GETFL) | os.O_ASYNC | os.O_NONBLOCK)
    with contextlib.suppress(BlockingIOError):
        if not read(ending, 1):  # it has gone already
            os._exit(1)


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[write(descriptor, view) :]
