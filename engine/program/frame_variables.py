"""One variable of a function that runs.

Until Python 3.13 a frame's `f_locals` makes a dict that keeps every variable alive and is the one that the program's
own `locals()` gave it; so the variable is read from its place in the frame.
"""

from __future__ import annotations

import sys
from ctypes import c_void_p, py_object, sizeof
from types import CellType, FrameType
from typing import Any

_WORD = sizeof(c_void_p)
_RUNNING = object.__basicsize__ + _WORD  # from the frame object to where it refers to what runs: after `f_back`
_VARIABLES = 9 * _WORD  # from there to the first variable
_HAS_VIEW = sys.version_info >= (3, 13)  # `f_locals` is a view, which keeps nothing


def variable(frame: FrameType, name: str, slot: int) -> Any:
    """What a variable, the `slot`-th of its function, holds; None where it holds nothing or cannot be read. For the
    thread of the frame."""
    if _HAS_VIEW:
        return frame.f_locals.get(name)
    if not _IS_READABLE:
        return None
    try:
        value: Any = py_object.from_address(_first(frame) + slot * _WORD).value
        return value.cell_contents if type(value) is CellType else value
    except ValueError:  # there is none
        return None


def _first(frame: FrameType) -> int:
    """The address of a function's first variable."""
    return (c_void_p.from_address(id(frame) + _RUNNING).value or 0) + _VARIABLES


def _reads_itself() -> bool:
    """Whether this interpreter's frames are as they are taken to be: no address is followed before it is known."""
    if _HAS_VIEW or sys.implementation.name != "cpython":
        return _HAS_VIEW
    own = _first(sys._getframe())
    return c_void_p.from_address(own).value == id(own)


_IS_READABLE = _reads_itself()
