"""Whether the records in a run's folder are those that its newest checkpoint knows by their hashes. No torch."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from engine.runs.kept_checkpoints import KeptCheckpoint
from engine.shared.regular_files import open_file

_BLOCK_BYTES = 1 << 20
_HASH_BYTES = 16
_NONE = hashlib.blake2b(digest_size=_HASH_BYTES).hexdigest()  # of no line


class _Stepped(msgspec.Struct):
    step: int


def altered_lines(folder: Path, checkpoints: Sequence[KeptCheckpoint], first: int) -> dict[str, int]:
    """Files with other lines than the run wrote until its newest checkpoint, or that are gone, by name, and its step.

    `first`: with which it began, until which nothing is known of its lines. Reads each of the files: a million records
    take half a second. For whoever looks at a run that has ended; of one that trains the lines may be on their way.
    """
    telling = [one.progress for one in checkpoints if one.progress.lines and one.progress.step > first]
    if not telling:
        return {}
    newest = telling[-1]
    return {
        name: newest.step for name, known in newest.lines.items() if _hash_until(folder / name, newest.step) != known
    }


def _hash_until(path: Path, step: int) -> str:
    """Of the lines until a step; of a file that cannot be read, of none."""
    found = hashlib.blake2b(digest_size=_HASH_BYTES)
    try:
        left = _n_bytes_until(path, step)
        with open_file(path) as file:
            while left and (block := file.read(min(left, _BLOCK_BYTES))):
                found.update(block)
                left -= len(block)
    except OSError:
        return _NONE
    return found.hexdigest()


def _n_bytes_until(path: Path, step: int) -> int:
    """Where the last line ends that is of a step until this one: looked for from the end, which is near."""
    with open_file(path) as file:
        begin = file.seek(0, os.SEEK_END)
        rest = b""  # of a line that begins before what was read
        while begin:
            end, begin = begin, max(begin - _BLOCK_BYTES, 0)
            file.seek(begin)
            data = file.read(end - begin) + rest
            cut = data.find(b"\n") + 1 if begin else 0
            place = begin + len(data)
            for line in reversed(data[cut:].splitlines(keepends=True)):
                if _is_until(line, step):
                    return place
                place -= len(line)
            rest = data[:cut]
    return 0


def _is_until(line: bytes, step: int) -> bool:
    try:
        return line.endswith(b"\n") and msgspec.json.decode(line, type=_Stepped).step <= step
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
