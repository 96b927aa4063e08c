"""What the program, its child processes and C code write to descriptors 1 and 2, as Output events in bounded number."""

from __future__ import annotations

import codecs
import ctypes
import fcntl
import os
import select
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from os import close, dup2, read
from time import monotonic, sleep
from typing import TextIO

from engine.platform.descriptors import is_open, is_same, keep, move
from engine.protocol.messages import Output

_COALESCE_S = 0.03
_READ_BYTES = 1 << 20  # also the capacity of the pipe, so that two reads empty it
_MAX_READS = 4
# A million lines at once are 7 MB: so much passes whole, then so much a second; of the rest only the end is kept.
_BURST_BYTES = 1 << 20
_BYTES_PER_S = 1 << 18
_TAIL_BYTES = 1 << 16


class Stream:
    """One captured descriptor. What passes its byte budget goes out whole; of a flood the beginning and the end do."""

    def __init__(self, name: str, descriptor: int, emit: Callable[[Output], None]) -> None:
        self.name = name
        read_end, write_end = os.pipe()
        self.read_end, self._write_end = move(read_end), move(write_end)
        os.set_blocking(self.read_end, False)
        if hasattr(fcntl, "F_SETPIPE_SZ"):
            fcntl.fcntl(self.read_end, fcntl.F_SETPIPE_SZ, _READ_BYTES)
        self._descriptor = descriptor
        self._emit = emit
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._tail = bytearray()  # the end of what was left out so far, still to be shown
        self._n_dropped = 0
        self._is_cut = False  # something was left out, maybe less than a line
        self._allowance = float(_BURST_BYTES)
        self._filled_at = monotonic()
        self.connect()

    def read(self) -> int:
        """Take what is in the pipe without waiting; returns the number of bytes."""
        taken = 0
        for _ in range(_MAX_READS):  # a child may write on for ever
            try:
                data = read(self.read_end, _READ_BYTES)
            except BlockingIOError:
                break
            if not data:
                break
            taken += len(data)
            self._take(data)
        return taken

    def connect(self) -> None:
        """Let the descriptor lead here, also where a program closed it or led it elsewhere."""
        if not is_same(self._descriptor, self._write_end):
            dup2(self._write_end, self._descriptor)  # inheritable: children write here too

    def refresh(self) -> None:
        """A new program has the whole budget."""
        self._allowance = float(_BURST_BYTES)

    def close(self) -> None:
        """In a forked child, which only writes, to the descriptor that it has."""
        for end in (self.read_end, self._write_end):
            close(end)

    @property
    def holds_back(self) -> bool:
        """Whether there is text that waits for its budget, or a gap to tell of."""
        return bool(self._tail) or self._is_cut

    def settle(self, *, final: bool, is_behind: bool = False) -> None:
        """Show the end of a flood when the budget allows it again, or when it is `final`."""
        self._refill()
        if self.holds_back and (final or (self._allowance >= len(self._tail) and not is_behind)):
            text = bytes(self._tail)
            self._tail.clear()
            if self._is_cut:
                self._emit(Output(stream=self.name, text="", dropped=max(1, self._n_dropped)))
                self._n_dropped, self._is_cut = 0, False
                self._decoder.reset()
            self._send(text)

    def _take(self, data: bytes) -> None:
        self._refill()
        if not self.holds_back and len(data) > self._allowance > 0:
            end = data.rfind(b"\n", 0, int(self._allowance)) + 1
            self._send(data[:end])
            data = data[end:]
        if self.holds_back or len(data) > self._allowance:
            self._hold_back(data)
        else:
            self._send(data)

    def _hold_back(self, data: bytes) -> None:
        self._tail += data
        excess = len(self._tail) - _TAIL_BYTES
        if excess > 0:
            cut = self._tail.find(b"\n", excess) + 1 or excess
            self._n_dropped += self._tail.count(b"\n", 0, cut)
            self._is_cut = True
            del self._tail[:cut]

    def _send(self, data: bytes) -> None:
        self._allowance -= len(data)
        text = self._decoder.decode(data)
        if text:
            self._emit(Output(stream=self.name, text=text))

    def _refill(self) -> None:
        now = monotonic()
        self._allowance = min(_BURST_BYTES, self._allowance + (now - self._filled_at) * _BYTES_PER_S)
        self._filled_at = now


class CapturedOutput:
    """Descriptors 1 and 2 become pipes, which one thread empties every 30 ms. Descriptor 0 has nothing to read."""

    def __init__(self, emit: Callable[[Output], None], is_behind: Callable[[], bool]) -> None:
        self._is_behind = is_behind
        self._lock = threading.Lock()
        self._streams = [Stream("stdout", 1, emit), Stream("stderr", 2, emit)]
        self._nothing = keep(0)
        self._libc = ctypes.CDLL(None)
        self._texts = [_line_buffered(1), _line_buffered(2)]
        self._put_texts()
        os.register_at_fork(after_in_child=self._close_in_child)
        threading.Thread(target=self._pump, name="output", daemon=True).start()

    def begin(self) -> None:
        """A program starts: descriptors and text streams are those of a terminal again, and its byte budget is whole.

        What an earlier program had in the place of `sys.stdout` is gone, as at the end of a script.
        """
        if not is_same(0, self._nothing):
            dup2(self._nothing, 0)
        for captured in self._streams:
            captured.connect()
        if not all(map(is_open, self._texts)):
            self._texts = [_line_buffered(1), _line_buffered(2)]
        self._put_texts()
        with self._lock:
            for captured in self._streams:
                captured.refresh()

    def _put_texts(self) -> None:
        sys.stdout = sys.__stdout__ = self._texts[0]  # type: ignore[misc, assignment]
        sys.stderr = sys.__stderr__ = self._texts[1]  # type: ignore[misc, assignment]

    def flush(self) -> None:
        """Everything that was written before this call goes out now, what C code buffers included."""
        theirs = (getattr(sys, "stdout", None), getattr(sys, "stderr", None))
        for text in (*theirs, *self._texts):
            if type(text) is TextIOWrapper:  # else it is the program's own, which may do anything
                with suppress(OSError, ValueError):  # closed, or its descriptor is
                    text.flush()
        self._libc.fflush(None)
        with self._lock:
            for captured in self._streams:
                captured.read()
                captured.settle(final=True)

    def _pump(self) -> None:
        poll = select.poll()
        for stream in self._streams:
            poll.register(stream.read_end, select.POLLIN)
        holds_back = False
        while True:
            poll.poll(100 if holds_back else None)
            with self._lock:
                taken = sum(stream.read() for stream in self._streams)
                for stream in self._streams:
                    stream.settle(final=False, is_behind=self._is_behind())
                holds_back = any(stream.holds_back for stream in self._streams)
            if taken < _READ_BYTES // 2:  # a flood would fill the pipe and hold the program up meanwhile
                sleep(_COALESCE_S)

    def _close_in_child(self) -> None:
        for stream in self._streams:
            stream.close()


def _line_buffered(descriptor: int) -> TextIO:
    """As a terminal has it: UTF-8, flushed at each line."""
    return open(descriptor, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
