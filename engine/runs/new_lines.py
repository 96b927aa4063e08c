"""A file of lines while another process writes it: only what is new, and never half a line. No torch."""

from __future__ import annotations

from pathlib import Path


class NewLines:
    """Follows one file from its beginning."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.offset = 0  # bytes that were read
        self.has_more = False  # behind what was read last
        self.is_damaged = False  # it has lines that are no records, or cannot be read
        self._inode = 0

    @property
    def name(self) -> str:
        """Of the file."""
        return self.path.name

    def was_replaced(self) -> bool:
        """Whether it was since the last look. A resume that takes steps back writes it anew under the same name."""
        try:
            inode = self.path.stat().st_ino
        except OSError:
            return False
        known, self._inode = self._inode, inode
        return known not in (0, inode)

    @property
    def n_new_bytes(self) -> int:
        """How many lie there that were not read."""
        try:
            return self.path.stat().st_size - self.offset
        except OSError:
            return 0

    def rewind(self) -> None:
        """Read from the beginning again."""
        self.offset, self.is_damaged = 0, False

    def count(self, lines: bytes, n_records: int) -> None:
        """So many records were made of the lines."""
        self.is_damaged |= lines.count(b"\n") != n_records

    def read(self, n_bytes: int = -1) -> bytes:
        """The lines that are new, whole, of the next `n_bytes`."""
        try:
            with self.path.open("rb", buffering=0) as file:
                file.seek(self.offset)
                data = file.read(n_bytes)
        except OSError as error:
            self.is_damaged |= not isinstance(error, FileNotFoundError)
            self.has_more = False
            return b""
        whole = data[: data.rfind(b"\n") + 1]
        self.offset += len(whole)
        self.has_more = bool(whole) and len(data) == n_bytes
        return whole
