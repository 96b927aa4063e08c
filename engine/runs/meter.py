"""How far the reading of something long has come."""

from __future__ import annotations


class Meter:
    """Is told what is about to be read, and what has been. This one looks away; others show it, or raise to end it."""

    def begin(self, n_bytes: int) -> None:
        """So many bytes are about to be read in all."""

    def read(self, n_bytes: int) -> None:
        """So many more bytes have been read and used; 0 where only time has passed."""
