"""Descriptors of the engine's own, which neither a child process inherits nor a program meets by chance."""

from __future__ import annotations

import fcntl
import os
import resource
from os import fstat
from typing import TextIO

_HIGHEST = 4096  # each fork copies a table of this length
_N_OWN = 64


def keep(descriptor: int) -> int:
    """Another descriptor of the same file, far above those that a program opens, or closes by number."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = max(0, min(soft, _HIGHEST) - _N_OWN)
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, lowest)


def move(descriptor: int) -> int:
    """As `keep`, and the old one is closed."""
    kept = keep(descriptor)
    os.close(descriptor)
    return kept


def is_same(descriptor: int, kept: int) -> bool:
    """Whether `descriptor` is open and stands for the file that `kept` does."""
    try:
        found, wanted = fstat(descriptor), fstat(kept)
    except OSError:
        return False
    return (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino)


def is_open(text: TextIO) -> bool:
    """Whether a text stream can be written to or read from."""
    try:
        return not text.closed
    except ValueError:  # detached from its buffer
        return False
