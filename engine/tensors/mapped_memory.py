"""Memory that is a file: what of it can be read, since the file may have been cut, and whether it is one."""

from __future__ import annotations

import ctypes
import errno
from os import getpid
from pathlib import Path

_MAPS = Path("/proc/self/maps")
_IN_MEMORY = (b"/dev/", b"/memfd:", b"/SYSV")  # what processes share


class _Span(ctypes.Structure):
    _fields_ = (("start", ctypes.c_void_p), ("n_bytes", ctypes.c_size_t))


def _reader() -> ctypes._NamedFuncPointer | None:
    """The system's call, which fails where reading in this process would end it; None where it has none."""
    try:
        call = ctypes.CDLL(None, use_errno=True).process_vm_readv
    except (AttributeError, OSError):
        return None
    call.argtypes = (
        ctypes.c_int, ctypes.POINTER(_Span), ctypes.c_ulong, ctypes.POINTER(_Span), ctypes.c_ulong, ctypes.c_ulong,
    )  # fmt: skip
    call.restype = ctypes.c_ssize_t
    return call


_read = _reader()


def is_there(address: int) -> bool:
    """Whether a byte of memory can be read. One of a file that has been cut cannot: the system ends whoever tries."""
    if _read is None:
        return True
    byte = ctypes.c_char()
    here, there = _Span(ctypes.addressof(byte), 1), _Span(address, 1)
    n_read = _read(getpid(), ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
    return n_read == 1 or ctypes.get_errno() != errno.EFAULT  # it may be forbidden to ask


def is_of_file(address: int) -> bool:
    """Whether a place in memory is one in a file on a disk; False where the system does not tell."""
    try:
        maps = _MAPS.read_bytes()
    except OSError:
        return False
    for line in maps.splitlines():
        start, _, rest = line.partition(b"-")
        if int(start, 16) <= address < int(rest.partition(b" ")[0], 16):
            _, _, _, _, number, *path = line.split(maxsplit=5)
            return number != b"0" and not b"".join(path).startswith(_IN_MEMORY)
    return False
