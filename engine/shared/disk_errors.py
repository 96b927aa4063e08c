"""Why the system did not write, in words that a person understands, whoever reports it."""

from __future__ import annotations

import errno
import re

from engine.protocol.sentence import Sentence

_NO_SPACE = Sentence.phrase("disk.no_space", "no space left on the device")
_OF_SYSTEM = re.compile(r"os error (\d+)|\[Errno (\d+)\]", re.IGNORECASE)
_HALF_WRITTEN = re.compile(r"\d+ requested and \d+ written")  # numpy's tofile, which drops the cause
_WORDS = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: Sentence.phrase("disk.quota", "the quota of the disk is used up"),
    errno.EFBIG: Sentence.phrase("disk.too_large", "the file would be larger than this system allows"),
    errno.EROFS: Sentence.phrase("disk.read_only", "the disk is read-only"),
    errno.EACCES: Sentence.phrase("disk.not_permitted", "permission denied"),
    errno.ENOENT: Sentence.phrase("disk.folder_gone", "its folder is gone"),
    errno.EIO: Sentence.phrase("disk.error", "the disk reports an error"),
}


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
