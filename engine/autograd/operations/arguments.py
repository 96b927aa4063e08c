"""A call's arguments without its tensors, so that it can be made again of others."""

from __future__ import annotations

from collections.abc import Sequence
from types import EllipsisType, NoneType
from typing import Any, NamedTuple

import torch
from torch import Tensor

from engine.autograd.records import elements_of

_PLAIN = frozenset({
    int, float, bool, complex, str, slice, NoneType, EllipsisType, torch.dtype, torch.device, torch.layout,
    torch.memory_format, torch.Size,
})  # fmt: skip
_MAX_ELEMENTS = 64
_NO_NAMES: dict[str, Any] = {}


class Place(NamedTuple):
    """Stands for an operand."""

    position: int


class Arguments(NamedTuple):
    """`args` and `kwargs` of a call, with places in them."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def filled(self, operands: Sequence[Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """With these in their places."""
        args, kwargs = _filled(self.args, operands), {name: _filled(one, operands) for name, one in self.kwargs.items()}
        return args, kwargs


class _OtherError(Exception):
    """An argument that may be anything, which is not kept."""


def replaced(args: tuple[Any, ...], kwargs: dict[str, Any], operands: Sequence[Tensor]) -> Arguments | None:
    """Arguments with places for `operands`; None where something in them is neither a tensor nor a plain value."""
    places = {id(tensor): place for place, tensor in enumerate(operands)}
    try:
        named = {name: _replaced(one, places) for name, one in kwargs.items()} if kwargs else _NO_NAMES
        return Arguments(tuple([one if type(one) in _PLAIN else _replaced(one, places) for one in args]), named)
    except _OtherError:
        return None


def _replaced(argument: Any, places: dict[int, int]) -> Any:
    place = places.get(id(argument))
    if place is not None:
        return Place(place)
    kind = type(argument)
    if kind in _PLAIN:
        return argument
    if kind in (list, tuple) and len(argument) <= _MAX_ELEMENTS:
        return kind(_replaced(one, places) for one in elements_of(argument))
    raise _OtherError


def _filled(argument: Any, operands: Sequence[Any]) -> Any:
    kind = type(argument)
    if kind is Place:
        return operands[argument.position]
    if kind in (list, tuple):
        return kind(_filled(one, operands) for one in argument)
    return argument
