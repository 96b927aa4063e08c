"""A file of lines while another process writes it: only what is new, and never half a line. No torch."""

from __future__ import annotations

import os
from pathlib import Path

from engine.shared.regular_files import open_file

_END_BYTES = 64  # of what was read, by which it is known again; every record tells its step and its time


class NewLines:
    """Follows one file from its beginning."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.offset = 0  # bytes that were read
        self.has_more = False  # behind what was read last
        self.is_damaged = False  # it has lines that are no records, or cannot be read
        self._seen: os.stat_result | None = None
        self._end = b""  # of what was read

    @property
    def name(self) -> str:
        """Of the file."""
        return self.path.name

    def was_replaced(self) -> bool:
        """Whether it was since the last look. A resume that takes steps back writes it anew under the same name; a
        copy is written into the file that was there, or into one that has its number again."""
        try:
            now = self.path.stat()
        except OSError:
            return False
        before, self._seen = self._seen, now
        if before is None or (now.st_size, now.st_mtime_ns) == (before.st_size, before.st_mtime_ns):
            return before is not None and now.st_ino != before.st_ino
        return now.st_ino != before.st_ino or not self._is_what_was_read()

    def _is_what_was_read(self) -> bool:
        try:
            with open_file(self.path, buffering=0) as file:
                file.seek(self.offset - len(self._end))
                return file.read(len(self._end)) == self._end
        except OSError:
            return True

    @property
    def n_new_bytes(self) -> int:
        """How many lie there that were not read."""
        try:
            return self.path.stat().st_size - self.offset
        except OSError:
            return 0

    def rewind(self) -> None:
        """Read from the beginning again."""
        self.offset, self.is_damaged, self._end = 0, False, b""

    def count(self, lines: bytes, n_records: int) -> None:
        """So many records were made of the lines."""
        self.is_damaged |= lines.count(b"\n") != n_records

    def read(self, n_bytes: int = -1) -> bytes:
        """The lines that are new, whole, of the next `n_bytes`."""
        try:
            with open_file(self.path, buffering=0) as file:
                file.seek(self.offset)
                data = file.read(n_bytes)
        except OSError as error:
            self.is_damaged |= not isinstance(error, FileNotFoundError)
            self.has_more = False
            return b""
        whole = data[: data.rfind(b"\n") + 1]
        self.offset += len(whole)
        self._end = whole[-_END_BYTES:] or self._end
        self.has_more = bool(whole) and len(data) == n_bytes
        return whole
