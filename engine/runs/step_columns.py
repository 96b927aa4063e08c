"""The records of a run's steps as columns: a million of them cost a second, and a quarter of one the next time.

What was parsed is kept in a file of blocks beside the records. It is derived, and no truth: each block holds the hash
of the lines that it was made of and its own, and where either is not that of what lies there, the lines are parsed and
the file is written anew from there on. A disk that takes nothing costs the time alone. No torch.
"""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import msgspec
import numpy as np

from engine.runs.new_lines import NewLines
from engine.runs.run_folder import StepRecord
from engine.runs.step_order import in_order
from engine.shared.regular_files import open_file

COLUMNS_FILE = "records.columns"
STEP_COLUMNS = (
    "step", "tokens", "loss", "learning_rate", "gradient_norm", "tokens_per_second", "dt_ms", "memory_gib"
)  # fmt: skip
PART_BYTES = 1 << 22  # of lines that are parsed at once
_BLOCK_BYTES = PART_BYTES // 2  # of lines, at least; a part ends with its last whole line
_Step = msgspec.defstruct(
    "_Step",
    [(field.name, field.type) for field in msgspec.structs.fields(StepRecord) if field.name in STEP_COLUMNS],
    frozen=True, kw_only=True, gc=False,
)  # fmt: skip
_DECODER = msgspec.json.Decoder(_Step)
# Magic, bytes of lines, lines, records, hash of the lines; behind it the hash of the block.
_HEAD = struct.Struct("<8sQQQI")
_HASH = struct.Struct("<I")
_MAGIC = b"columns2"


def parsed(lines: bytes) -> np.ndarray:
    """float64, a row for each of STEP_COLUMNS and a column for each record; NaN where a value is not finite."""
    try:
        steps = _DECODER.decode_lines(lines)
    except (ValueError, RecursionError):
        steps = list(_readable(lines))
    rows = chain.from_iterable(map(msgspec.structs.astuple, steps))
    values = np.fromiter(rows, np.float64, len(steps) * len(STEP_COLUMNS))  # None becomes NaN
    return values.reshape(len(steps), len(STEP_COLUMNS)).T


def _readable(lines: bytes) -> Iterator[msgspec.Struct]:
    for line in lines.splitlines():
        with contextlib.suppress(ValueError, RecursionError):  # torn by a power cut: the trainer goes on behind it
            yield _DECODER.decode(line)


def keep(folder: Path) -> None:
    """Keep the columns of a run, for whoever opens it first."""
    steps = StepColumns(folder)
    with contextlib.suppress(OSError):  # who opens it parses it then
        steps.read(PART_BYTES)
        while steps.has_more:
            steps.read(PART_BYTES)


class StepColumns:
    """Follows the records of one run, from the kept columns as far as these are true."""

    def __init__(self, folder: Path) -> None:
        self._lines = NewLines(folder / "records.jsonl")
        self._kept = _KeptColumns(folder / COLUMNS_FILE)
        self._step = -1.0  # of the last record

    @property
    def name(self) -> str:
        """Of the file of records."""
        return self._lines.name

    @property
    def is_damaged(self) -> bool:
        """Whether it has lines that are no records, or cannot be read."""
        return self._lines.is_damaged

    @property
    def has_more(self) -> bool:
        """Whether the next `read` brings more that lies there already."""
        return self._kept.is_true or self._lines.has_more

    def was_replaced(self) -> bool:
        """Whether steps were taken back since the last look."""
        return self._lines.was_replaced()

    def rewind(self) -> None:
        """Read from the first step again."""
        self._lines.rewind()
        self._kept.rewind()

    def keep_up(self) -> None:
        """Keep one more block, if what lies there fills one. Who writes the records does this now and then: of a run
        that is opened while it trains, or after it was killed, little is left to parse."""
        if self.was_replaced():
            self.rewind()
        if self._lines.n_new_bytes >= _BLOCK_BYTES:
            self.read(PART_BYTES)

    def read(self, n_bytes: int) -> np.ndarray:
        """What `parsed` makes of the lines that are new, of about the next `n_bytes`, in the order of steps."""
        if not self._lines.offset:
            self._step = -1.0
        n_lines, columns = self._next(n_bytes)
        is_in_order = in_order(columns[0], self._step)
        if not is_in_order.all():
            columns = columns[:, is_in_order]
        self._lines.is_damaged |= n_lines != columns.shape[1]
        self._step = float(columns[0, -1]) if columns.size else self._step
        return columns

    def _next(self, n_bytes: int) -> tuple[int, np.ndarray]:
        """How many lines, and their columns."""
        block = self._kept.next()
        if block is not None:
            start = self._lines.offset
            lines = self._lines.read(block.n_bytes)
            if len(lines) == block.n_bytes and crc32(lines) == block.hash:
                return block.n_lines, block.columns
            self._lines.offset = start
            self._kept.refuse()
        lines = self._lines.read(n_bytes)
        n_lines, columns = lines.count(b"\n"), parsed(lines)
        self._kept.take(lines, n_lines, columns)
        return n_lines, columns


class _Block(NamedTuple):
    """What was made of so many bytes of lines, with their hash."""

    n_bytes: int
    n_lines: int
    hash: int
    columns: np.ndarray


class _KeptColumns:
    """The file. `is_true` until a block is missing or wrong: from there on it is written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.rewind()

    def rewind(self) -> None:
        self.is_true = True
        self._end = self._last = 0  # of the blocks that are true, and where the one begins that was read last
        self._size = self._n_bytes()
        self._is_writable = True
        self._forget()

    def _forget(self) -> None:
        self._pending: list[np.ndarray] = []
        self._pending_bytes = self._pending_lines = self._pending_hash = 0

    def next(self) -> _Block | None:
        """The next one, None when there is none."""
        block = self._read() if self.is_true else None
        self.is_true = block is not None
        return block

    def _read(self) -> _Block | None:
        try:
            with open_file(self._path, buffering=0) as file:
                file.seek(self._end)
                head, hashed = file.read(_HEAD.size), file.read(_HASH.size)
                magic, n_bytes, n_lines, n_records, of_lines = _HEAD.unpack(head)
                size = n_records * len(STEP_COLUMNS) * 8
                if magic != _MAGIC or size > self._size:
                    return None
                data = file.read(size)
        except (OSError, struct.error):
            return None
        if len(data) != size or hashed != _HASH.pack(crc32(data, crc32(head))):
            return None
        self._last, self._end = self._end, self._end + _HEAD.size + _HASH.size + size
        return _Block(n_bytes, n_lines, of_lines, np.frombuffer(data).reshape(len(STEP_COLUMNS), n_records))

    def refuse(self) -> None:
        """The block that was read last is not of these lines."""
        self.is_true, self._end = False, self._last

    def take(self, lines: bytes, n_lines: int, columns: np.ndarray) -> None:
        """The next lines, which no block holds yet."""
        if not lines or not self._is_writable:
            return
        self._pending.append(columns)
        self._pending_bytes += len(lines)
        self._pending_lines += n_lines
        self._pending_hash = crc32(lines, self._pending_hash)
        if self._pending_bytes >= _BLOCK_BYTES:
            self._write(np.concatenate(self._pending, axis=1))
            self._forget()

    def _write(self, columns: np.ndarray) -> None:
        data = np.ascontiguousarray(columns).tobytes()
        head = _HEAD.pack(_MAGIC, self._pending_bytes, self._pending_lines, columns.shape[1], self._pending_hash)
        block = head + _HASH.pack(crc32(data, crc32(head))) + data
        # Who finds that another one writes it leaves that to him.
        self._is_writable = self._n_bytes() == self._size
        if not self._is_writable:
            return
        try:
            with open_file(self._path, "r+b" if self._path.exists() else "w+b") as file:
                file.truncate(self._end)
                file.seek(self._end)
                file.write(block)
        except OSError:  # no space, no right, no folder any more
            self._is_writable = False
            with contextlib.suppress(OSError):  # half a block would take the room that records need
                os.truncate(self._path, self._end)
            return
        self._end += len(block)
        self._size = self._end

    def _n_bytes(self) -> int:
        try:
            return self._path.stat().st_size
        except OSError:
            return 0
