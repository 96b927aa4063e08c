"""A file of lines while another process writes it: only what is new, and never half a line. No torch."""

from __future__ import annotations

from pathlib import Path


class NewLines:
    """Follows one file from its beginning."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.offset = 0  # bytes that were read
        self.has_more = False  # behind what was read last
        self._inode = 0

    def was_replaced(self) -> bool:
        """Whether it was since the last look. A resume that takes steps back writes it anew under the same name."""
        try:
            inode = self.path.stat().st_ino
        except FileNotFoundError:
            return False
        known, self._inode = self._inode, inode
        return known not in (0, inode)

    def rewind(self) -> None:
        """Read from the beginning again."""
        self.offset = 0

    def read(self, n_bytes: int = -1) -> bytes:
        """The lines that are new, whole, of the next `n_bytes`. Raises OSError."""
        try:
            with self.path.open("rb", buffering=0) as file:
                file.seek(self.offset)
                data = file.read(n_bytes)
        except FileNotFoundError:
            return b""
        whole = data[: data.rfind(b"\n") + 1]
        self.offset += len(whole)
        self.has_more = bool(whole) and len(data) == n_bytes
        return whole
