"""Tensors that no variable is but that one leads to: an item of a list or a dictionary, an attribute of an object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from torch import Tensor
from torch.nn import Module

from engine.shared.static_reads import defined_in, own_attributes, slot_attributes

_DEPTH = 2  # below a variable, as `ypred[0].data`
_MOST = 2_000  # values looked at, of a large container the last


def tensors_inside(variables: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Tensor]]:
    """By the dotted name that `lookup.resolve` reads: "loss.data", "losses.3". None of the program's code runs; modules
    and what torch itself defines, its optimizers say, are not looked into."""
    waiting = list(variables)
    n_left = _MOST
    for _level in range(_DEPTH):
        found = [(f"{name}.{key}", held) for name, value in waiting for key, held in _held(value)][-n_left:]
        n_left -= len(found)
        yield from ((name, held) for name, held in found if issubclass(type(held), Tensor))
        waiting = found if n_left else []


def _held(value: Any) -> list[tuple[str, Any]]:
    kind = type(value)
    if kind in (list, tuple):
        return [(str(place), held) for place, held in enumerate(value)][-_MOST:]
    if kind is dict:
        return _named(value)[-_MOST:]
    if issubclass(kind, Tensor | Module | type) or defined_in(kind).partition(".")[0] in ("torch", "builtins"):
        return []
    return _named({**own_attributes(value), **dict(slot_attributes(value))})


def _named(held: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in dict(held).items() if type(name) is str and name.isidentifier()]
