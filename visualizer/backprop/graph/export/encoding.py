"""What crosses the pipe to a process that encodes frames, and the loop of that process.

It reads a request, then frames of height × width × 4 bytes, blue, green, red and one unused: first `n_samples` that
show the colours to come, then `n_frames` to be written. It is a process of its own because encoders keep the
interpreter's lock for long, and so that the window need not import them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np

from engine.shared.disk_errors import write_reason

HEADER = struct.Struct("<I")


class EncodingRequest(msgspec.Struct, frozen=True):
    """`path` is a file, or a folder that is made; size in pixels. `colors`: those that say where a pass is, as 24 bits
    red, green, blue; a palette has them themselves, whatever the samples show."""

    path: str
    width: int
    height: int
    steps_per_second: float
    n_samples: int
    n_frames: int
    colors: tuple[int, ...] = ()


class FrameWriter(Protocol):
    """Frames are uint8 (height, width, 3): red, green, blue. Everything may raise OSError, and what encoders raise."""

    def add(self, frame: np.ndarray) -> None:
        """One more."""

    def close(self) -> None:
        """All are there: finish the file."""


Open = Callable[[EncodingRequest, list[np.ndarray]], FrameWriter]


def pack(request: EncodingRequest) -> bytes:
    """The request as it goes over the pipe."""
    body = msgspec.msgpack.encode(request)
    return HEADER.pack(len(body)) + body


def serve(open_writer: Open) -> None:
    """Encode what comes on stdin. What goes wrong, also a pipe that ends early, is a sentence on stdout as JSON and
    status 1, and what was written by then is removed."""
    (size,) = HEADER.unpack(sys.stdin.buffer.read(HEADER.size))
    request = msgspec.msgpack.decode(sys.stdin.buffer.read(size), type=EncodingRequest)
    try:
        samples = list(_frames(request, request.n_samples))
        writer = open_writer(request, samples)
        del samples
        for frame in _frames(request, request.n_frames):
            writer.add(frame)
        writer.close()
    except Exception as error:  # whatever an encoder raises, the window says it in a sentence
        remove(Path(request.path))
        print(msgspec.json.encode(write_reason(error)).decode(), flush=True)
        sys.exit(1)


def _frames(request: EncodingRequest, count: int) -> Iterator[np.ndarray]:
    n_bytes = request.height * request.width * 4
    for _ in range(count):
        data = sys.stdin.buffer.read(n_bytes)
        if len(data) < n_bytes:
            raise EOFError("the frames ended early")
        yield np.frombuffer(data, dtype=np.uint8).reshape(request.height, request.width, 4)[:, :, 2::-1]


def remove(path: Path) -> None:
    """A file, or a folder with what is in it, as far as that can be done."""
    if os.path.isdir(path):  # which of a name that cannot be says False
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def is_there(path: Path) -> bool:
    """Whether a folder of frames would write over something."""
    if not os.path.exists(path):
        return False
    try:
        return bool(os.listdir(path))
    except OSError:  # no folder, or one that cannot be read
        return True
