"""A call's arguments without its tensors, so that it can be made again of others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import EllipsisType, NoneType
from typing import Any, TypeAlias

import numpy as np
import torch
from torch import Tensor

_PLAIN = frozenset({
    int, float, bool, complex, str, slice, range, NoneType, EllipsisType, torch.dtype, torch.device, torch.layout,
    torch.memory_format, torch.Size,
})  # fmt: skip
_MAX_ELEMENTS = 64
_NO_NAMES: dict[str, Any] = {}

Arguments: TypeAlias = tuple[tuple[Any, ...], dict[str, Any]]  # args and kwargs of a call


class _Place:
    """Stands for a tensor."""


PLACE = _Place()


class _OtherError(Exception):
    """An argument that may be anything, which is not kept."""


def emptied(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Arguments | None:
    """Arguments with a place for each tensor, in the order of `tensors_in`; None where something in them is neither a
    tensor nor a plain value. On the path of every operation: keep it small."""
    try:
        named = {name: _emptied(one) for name, one in kwargs.items()} if kwargs else _NO_NAMES
        return tuple([one if type(one) in _PLAIN else _emptied(one) for one in args]), named
    except _OtherError:
        return None


def filled(arguments: Arguments, operands: Sequence[Any]) -> Arguments:
    """With these in their places, in their order."""
    given = iter(operands)
    return mapped(arguments, lambda one: next(given) if one is PLACE else one)


def places_of_out(arguments: Arguments, n_operands: int) -> tuple[int, ...]:
    """Which operands are given as out=, for the results."""
    out = filled(arguments, range(n_operands))[1].get("out")
    return tuple(out) if isinstance(out, (tuple, list)) else () if out is None else (out,)


def without_out(arguments: Arguments) -> Arguments:
    """Arguments whose results are to be new tensors."""
    args, kwargs = arguments
    return args, {name: one for name, one in kwargs.items() if name != "out"}


def mapped(arguments: Arguments, change: Callable[[Any], Any]) -> Arguments:
    """With something else for each, also of those in lists, in their order."""
    args = tuple(_mapped(one, change) for one in arguments[0])
    return args, {name: _mapped(one, change) for name, one in arguments[1].items()}


def _emptied(argument: Any) -> Any:
    kind = type(argument)
    if kind in _PLAIN:
        return argument
    if kind in (list, tuple) and len(argument) <= _MAX_ELEMENTS:
        return kind([_emptied(one) for one in argument])
    if issubclass(kind, Tensor):
        return PLACE
    if issubclass(kind, (np.number, np.bool_)):
        return argument
    raise _OtherError


def _mapped(argument: Any, change: Callable[[Any], Any]) -> Any:
    kind = type(argument)
    return kind([_mapped(one, change) for one in argument]) if kind in (list, tuple) else change(argument)
