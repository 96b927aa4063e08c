"""Hashes by which it is known that a file is not what was written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from engine.shared.regular_files import open_file

_BLOCK_BYTES = 1 << 22


def hash_of(path: Path, told: Callable[[int], None] = lambda n_bytes: None) -> str:
    """BLAKE2b of 16 bytes, as hex digits; about a second a GiB. `told` of each block that was read. Raises OSError."""
    found = hashlib.blake2b(digest_size=16)
    with open_file(path) as file:
        while block := file.read(_BLOCK_BYTES):
            found.update(block)
            told(len(block))
    return found.hexdigest()


def hash_of_bytes(data: bytes) -> str:
    """The same of what a file would hold."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
