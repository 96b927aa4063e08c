"""The stack of torch's function modes, on which a program leaves its own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from torch import overrides
from torch.overrides import TorchFunctionMode
from torch.utils._device import DeviceContext

_current = overrides._get_current_function_mode_stack


class Ours(TorchFunctionMode):
    """A mode of the recorder: at most one is on the stack of a thread."""


@contextlib.contextmanager
def lowest(mode: TorchFunctionMode) -> Iterator[None]:
    """`mode` lies below the modes that a program has left entered, or leaves so.

    Torch leaves whichever mode is on top: of ours on top, a program that leaves its own would leave ours.
    """
    above = _pop_above(lambda other: type(other) is DeviceContext)  # which torch wants below all others
    mode.__enter__()
    _push_back(above)
    try:
        yield
    finally:
        above = _pop_above(lambda other: other is mode)
        if _current():  # else the program has left more than it had entered
            mode.__exit__(None, None, None)
        _push_back(above)


@contextlib.contextmanager
def ours_off() -> Iterator[None]:
    """No mode of ours is on the stack of this thread inside."""
    above = _pop_above(lambda other: isinstance(other, Ours))
    ours = overrides._pop_mode() if _current() else None
    _push_back(above)
    try:
        yield
    finally:
        if ours is not None:
            above = _pop_above(lambda other: type(other) is DeviceContext)
            overrides._push_mode(ours)
            _push_back(above)


def _pop_above(is_floor: Callable[[Any], bool]) -> list[Any]:
    popped = []
    while (modes := _current()) and not is_floor(modes[-1]):
        popped.append(overrides._pop_mode())
    return popped


def _push_back(popped: list[Any]) -> None:
    while popped:
        overrides._push_mode(popped.pop())
