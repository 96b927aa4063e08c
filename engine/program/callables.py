"""What the program calls something that it can call, and where it wrote it, without running any of its code."""

from __future__ import annotations

from functools import partial
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType
from typing import Any, NamedTuple

from engine.shared.static_reads import type_name

_DEPTH = 8  # of methods and partials in each other


class Named(NamedTuple):
    """`path` and `line` are those of its `def` or `lambda`; "" and 0 of what is no function of Python."""

    name: str
    path: str = ""
    line: int = 0


def named(value: Any) -> Named:
    """The name of a function, of what is inside a method or a `partial`, else of the object's type."""
    for _ in range(_DEPTH):
        if type(value) is MethodType:
            value = value.__func__
        elif type(value) is partial:
            value = value.func
    if type(value) is FunctionType:
        code: CodeType = value.__code__
        return Named(code.co_name, code.co_filename, code.co_firstlineno)
    return Named(value.__name__ if type(value) is BuiltinFunctionType else type_name(value))


def enclosed(value: Any, name: str) -> Any:
    """What a function that was made inside another one sees of that by a name; None where it sees none."""
    if type(value) is not FunctionType or name not in value.__code__.co_freevars:
        return None
    cell = (value.__closure__ or ())[value.__code__.co_freevars.index(name)]
    try:
        return cell.cell_contents
    except ValueError:  # it is empty
        return None
