"""Files in folders that other hands reach: what lies there under the name of one may be a pipe, a device or a socket.

To open a pipe waits for its other end, and a device gives bytes for ever; both are refused here, and never waited for.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path
from typing import IO, Any


def open_file(path: Path, mode: str = "rb", **options: Any) -> IO[Any]:
    """As `path.open`. Raises OSError also for what is no file, with ENXIO unless it is a folder."""
    return open(path, mode, opener=_opened, **options)


def read_file(path: Path) -> bytes:
    """All of it. Raises OSError as `open_file` does."""
    with open_file(path) as file:
        return file.read()


def set_aside_no_file(path: Path) -> bool:
    """Whether something else lay where a file belongs; it has another name then."""
    is_other = _is_no_file(path)
    if is_other:
        set_aside(path)
    return is_other


def set_aside(path: Path) -> None:
    """Give what lies there, if anything does, the name of what is unusable."""
    aside = path.with_name(f"unusable-{path.name}")
    with contextlib.suppress(OSError):
        if os.path.lexists(path):
            shutil.rmtree(aside) if aside.is_dir() and not aside.is_symlink() else aside.unlink(missing_ok=True)
            path.rename(aside)


def _is_no_file(path: Path) -> bool:
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError as error:
        return error.errno == errno.ELOOP


def _opened(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)
    kind = os.fstat(descriptor).st_mode
    if stat.S_ISREG(kind):
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EISDIR if stat.S_ISDIR(kind) else errno.ENXIO, "it is no file", path)
