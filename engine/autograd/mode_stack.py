"""The stack of torch's function modes, on which a program leaves its own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import overrides
from torch.overrides import TorchFunctionMode
from torch.utils._device import DeviceContext

_current = overrides._get_current_function_mode_stack
_n_modes, _mode_at = torch._C._len_torch_function_stack, torch._C._get_function_stack_at
_pop, _push = overrides._pop_mode, overrides._push_mode


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


class _OursOff:
    """Two of a step of a training loop: half as dear as a generator."""

    __slots__ = ("_ours",)

    def __enter__(self) -> None:
        n_modes = _n_modes()
        if n_modes and isinstance(_mode_at(n_modes - 1), Ours):
            self._ours: TorchFunctionMode | None = _pop()
            return
        above = _pop_above(lambda other: isinstance(other, Ours))
        self._ours = _pop() if _n_modes() else None
        _push_back(above)

    def __exit__(self, *exception: object) -> None:
        if self._ours is not None:
            above = _pop_above(lambda other: type(other) is DeviceContext) if _n_modes() else []
            _push(self._ours)
            _push_back(above)


def ours_off() -> contextlib.AbstractContextManager[None]:
    """No mode of ours is on the stack of this thread inside."""
    return _OursOff()


def _pop_above(is_floor: Callable[[Any], bool]) -> list[Any]:
    popped = []
    while (modes := _current()) and not is_floor(modes[-1]):
        popped.append(overrides._pop_mode())
    return popped


def _push_back(popped: list[Any]) -> None:
    while popped:
        overrides._push_mode(popped.pop())
