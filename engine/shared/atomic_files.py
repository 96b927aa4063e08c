"""Files that are written whole or not at all: a reader never sees half of one, a full disk leaves the old one."""

from __future__ import annotations

import contextlib
import os
from os import getpid
from pathlib import Path


def replace_file(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write under a temporary name beside `path` and rename; the mode of a file that is there stays.

    `durable`: it outlives a loss of power. Raises OSError, of `path`, with the old file intact and nothing left over.
    """
    temporary = path.with_name(f".{path.name}.{getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        take_place(temporary, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        error.filename, error.filename2 = str(path), None  # which a write does not tell, nor an opening rightly
        raise


def take_place(temporary: Path, path: Path) -> None:
    """Rename what is whole; the mode of a file that is there stays. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        temporary.chmod(path.stat().st_mode & 0o7777)
    temporary.replace(path)
