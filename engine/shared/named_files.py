"""Files that a person names to be written: through links, never over what is protected or no file."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from engine.shared.atomic_files import replace_file


def place_of(path: Path) -> Path:
    """Where the bytes of `path` lie or will lie: a link stays one, and what it leads to is written.

    Raises OSError, of `path`: EPERM where the file is write-protected, EISDIR and ENXIO where there is something else.
    """
    place = Path(os.path.realpath(path))
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return place
    if not stat.S_ISREG(mode):
        raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO, "it is no file", str(path))
    # A rename asks the folder alone, and the administrator may write anything.
    if not (mode & 0o222 and os.access(place, os.W_OK)):
        raise PermissionError(errno.EPERM, "it is write-protected", str(path))
    return place


def write_named(path: Path, data: bytes, *, durable: bool = True) -> None:
    """`replace_file` there. Raises OSError, with the old file intact and nothing left over."""
    replace_file(place_of(path), data, durable=durable)
