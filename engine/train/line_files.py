"""Files of one JSON record a line, appended to while a run trains: whole lines only, each step once, hashed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from typing import Any

import msgspec

from engine.runs.run_folder import RunFolder
from engine.shared.atomic_files import replace_file
from engine.shared.regular_files import open_file, read_file
from engine.shared.stored_json import decode

_HASH_BYTES = 16


class LineFiles:
    """Of one run folder, by name. Only for the process that has the run."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._hashes: dict[str, hashlib.blake2b] = {}
        self._unsecured: set[str] = set()

    def append(self, name: str, lines: bytes) -> None:
        """All of it or nothing. Raises OSError."""
        path = self._folder.path / name
        size = path.stat().st_size if path.exists() else 0
        with open_file(path, "ab", buffering=0) as file:
            if file.write(lines) != len(lines):
                file.truncate(size)  # a torn line would stand before the next ones
                raise OSError(errno.ENOSPC, "No space left on device")
        self._hash(name).update(lines)
        self._unsecured.add(name)

    def secure(self) -> dict[str, str]:
        """Until what was appended is on the disk; its hashes. Raises OSError."""
        for name in sorted(self._unsecured):
            with open_file(self._folder.path / name) as file:
                os.fsync(file.fileno())
        self._unsecured.clear()
        return self.hashes()

    def hashes(self) -> dict[str, str]:
        """Of all lines of each file, by name."""
        return {name: found.hexdigest() for name, found in self._hashes.items()}

    def take_back(self, name: str, kind: type[Any], step: int) -> None:
        """Leave the lines until `step`: those that are records of the kind, each step once. Raises OSError, also where
        nothing could be appended."""
        path = self._folder.path / name
        lines = read_file(path).splitlines(keepends=True) if path.exists() else []
        kept = _in_order(lines, kind, step)
        if kept != lines:
            replace_file(path, b"".join(kept))
        with open_file(path, "ab"):
            pass
        self._hashes[name] = hashlib.blake2b(b"".join(kept), digest_size=_HASH_BYTES)

    def _hash(self, name: str) -> hashlib.blake2b:
        return self._hashes.setdefault(name, hashlib.blake2b(digest_size=_HASH_BYTES))


def _in_order(lines: list[bytes], kind: type[Any], last: int) -> list[bytes]:
    found: dict[int, bytes] = {}
    for line in lines:
        with contextlib.suppress(msgspec.DecodeError):
            step = decode(line, kind).step
            if step <= last and line.endswith(b"\n"):
                found.setdefault(step, line)
    return [found[step] for step in sorted(found)]
