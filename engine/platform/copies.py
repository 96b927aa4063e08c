"""A copy of this process that does one piece of work and ends: whatever it does to memory stays with it."""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import signal
import struct
import threading
from collections.abc import Callable, Iterator
from os import getpid, write
from pathlib import Path

_LENGTH = struct.Struct("<I")
_MOST_DESCRIPTORS = 4096
Tell = Callable[[bytes], None]  # from the copy to whoever made it


class Copy:
    """One that runs. Its work gets a function that sends messages, which `messages` gives here, until it has ended."""

    def __init__(self, work: Callable[[Tell], None]) -> None:
        """Fork. Only the calling thread goes on in the copy, on one core, without descriptors or standard streams."""
        reading, writing = os.pipe()
        parent = os.fork()
        if parent == 0:  # a grandchild works: a program that waits for all its children does not wait for it
            _fork_again(work, reading, writing)
        os.close(writing)
        os.waitpid(parent, 0)
        self._stream = os.fdopen(reading, "rb")
        self._lock = threading.Lock()
        self.is_ended = False  # by `end`
        self._pid = _LENGTH.unpack(self._stream.read(_LENGTH.size))[0]

    def messages(self) -> Iterator[bytes]:
        """What it sends, until it ends or is ended. On one thread."""
        with self._stream:
            while len(head := self._stream.read(_LENGTH.size)) == _LENGTH.size:
                yield self._stream.read(*_LENGTH.unpack(head))
            with self._lock:
                self._pid = 0

    def end(self) -> None:
        """At once. From any thread."""
        with self._lock, contextlib.suppress(ProcessLookupError):
            self.is_ended = self.is_ended or bool(self._pid)
            if self._pid:
                os.kill(self._pid, signal.SIGKILL)


def _fork_again(work: Callable[[Tell], None], reading: int, writing: int) -> None:
    """Never returns."""
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
        os.closerange(3, writing)
        os.closerange(writing + 1, _MOST_DESCRIPTORS)
        work(lambda message: _write(writing, _LENGTH.pack(len(message)) + message))
    finally:
        os._exit(1)


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[write(descriptor, view) :]
