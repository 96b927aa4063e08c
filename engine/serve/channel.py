"""The engine's end of the pipe: frames over private descriptors, so that nothing a program writes can meet them."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator
from os import close, read, write
from typing import TextIO

from engine.platform.descriptors import keep
from engine.protocol.framing import FrameReader, encode_in_parts
from engine.protocol.messages import Event

_READ_BYTES = 1 << 16
_BATCH_BYTES = 1 << 20
# Frames that wait to be written; above it the window is not keeping up.
_MANY_FRAMES = 64


class Channel:
    """Frames in and out. `emit` may be called from every thread and never waits for the window."""

    def __init__(self, inward: int, outward: int, log: int) -> None:
        self.inward = inward  # descriptor that requests come from
        self.outward = outward  # descriptor that events go to
        self.log: TextIO = open(log, "w", buffering=1, encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
        self._frames: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._is_open = True

    @classmethod
    def take_over(cls) -> Channel:
        """Move stdin, stdout and stderr to private descriptors that no child process inherits.

        Descriptor 0 becomes the null device; 1 and 2 stay what they were until somebody captures them.
        """
        channel = cls(keep(0), keep(1), keep(2))
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        close(null)
        return channel

    def emit(self, event: Event) -> None:
        """Send an event, a long one in parts with nothing between them. Raises EngineError when one of them is larger
        than a frame may be."""
        if self._is_open:
            self._frames.put(encode_in_parts(event))

    @property
    def is_behind(self) -> bool:
        """Whether the window takes frames more slowly than they come."""
        return self._frames.qsize() > _MANY_FRAMES

    def start(self) -> None:
        """Write frames on a thread of their own: a signal may interrupt the main thread, but never half a frame."""
        os.register_at_fork(after_in_child=self._close_in_child)
        threading.Thread(target=self._write_frames, name="frames out", daemon=True).start()

    def bodies(self) -> Iterator[bytes]:
        """The bodies of the frames that arrive, until the window goes. Raises EngineError on foreign bytes."""
        reader = FrameReader()
        while data := read(self.inward, _READ_BYTES):
            yield from reader.feed(data)

    def _write_frames(self) -> None:
        while True:
            batch = bytearray(self._frames.get())
            while len(batch) < _BATCH_BYTES and not self._frames.empty():
                batch += self._frames.get()
            view = memoryview(batch)
            try:
                while view:
                    view = view[write(self.outward, view) :]
            except OSError:  # the window is gone: the reader sees the end of stdin and ends the process
                self._is_open = False
                return

    def _close_in_child(self) -> None:
        """A forked worker must neither speak the protocol nor keep the pipe open when the engine dies."""
        self._is_open = False
        for descriptor in (self.inward, self.outward):
            close(descriptor)
