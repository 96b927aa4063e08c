"""Why the system did not write or read, in words that a person understands, whoever reports it."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence

_NO_SPACE = Sentence.phrase("disk.no_space", "no space left on the device")
_OF_SYSTEM = re.compile(r"os error (\d+)|\[Errno (\d+)\]", re.IGNORECASE)
_HALF_WRITTEN = re.compile(r"\d+ requested and \d+ written")  # numpy's tofile, which drops the cause
_WORDS = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: Sentence.phrase("disk.quota", "the quota of the disk is used up"),
    errno.EFBIG: Sentence.phrase("disk.too_large", "the file would be larger than this system allows"),
    errno.EROFS: Sentence.phrase("disk.read_only", "the disk is read-only"),
    errno.EPERM: Sentence.phrase("disk.protected", "it is write-protected"),
    errno.EACCES: Sentence.phrase("disk.not_permitted", "permission denied"),
    errno.ENOENT: Sentence.phrase("disk.no_folder", "its folder is not there"),
    errno.EIO: Sentence.phrase("disk.error", "the disk reports an error"),
    errno.EISDIR: Sentence.phrase("disk.is_folder", "it is a folder"),
    errno.ENOTDIR: Sentence.phrase("disk.not_a_folder", "it is no folder, or lies in none"),
    errno.ENXIO: Sentence.phrase("disk.not_regular", "it is a pipe, a device or a socket, and no file"),
    errno.ELOOP: Sentence.phrase("disk.circle", "its links lead round in a circle"),
    errno.ENAMETOOLONG: Sentence.phrase("disk.long_name", "its name or its path is too long"),
}
_NO_FILE = Sentence.phrase("disk.no_file", "there is no such file")


def write_reason(error: Exception) -> Sentence | str:
    """Of an OSError, and of what libraries make of one, without a full stop."""
    number = error.errno if isinstance(error, OSError) else None
    text = str(error)
    found = _OF_SYSTEM.search(text)
    if number is None and found:
        number = int(found[1] or found[2])
    if number in _WORDS:
        return _WORDS[number]
    if _HALF_WRITTEN.search(text) or "no space left" in text.lower():
        return _NO_SPACE
    return (isinstance(error, OSError) and error.strerror) or text.rstrip(".") or type(error).__name__


def read_reason(error: Exception) -> Sentence | str:
    """The same of what was to be read, and may not be there at all."""
    return _NO_FILE if isinstance(error, FileNotFoundError) else write_reason(error)


def not_reached(path: Path, error: OSError) -> EngineError:
    """What is said where the system keeps from knowing what lies there."""
    return EngineError("weights.not_reached", "{path} cannot be read: {reason}.", path=path, reason=read_reason(error))
