"""What a variable leads to that is no variable: parameters of a module, items of a list or a dictionary, attributes of
an object. Each has the name by which `lookup.resolve` finds it, "net.0.weight" or "batch['images'][0]"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from torch import Tensor
from torch.nn import Module

from engine.program.module_tree import named_tensors_in
from engine.shared.static_reads import defined_in, own_attributes, slot_attributes
from engine.tensors.arrays import can_be_seen

MOST = 256  # of one value
_MOST_SEARCHED = 500  # values of a variable, for one that can be shown in cells
_DEPTH = 3  # as `states[0]['model']['weight']`
_MOST_KEY_CHARACTERS = 100


class Parts(NamedTuple):
    """The first MOST parts by name, and how many there are in all."""

    found: list[tuple[str, Any]]
    n_parts: int


def parts_of(name: str, value: Any) -> Parts:
    """Of the value behind a name; none of its code runs. What torch itself defines, its optimizers say, has none."""
    kind = type(value)
    if issubclass(kind, list | tuple):
        base: Any = list if issubclass(kind, list) else tuple
        return Parts(
            [(f"{name}[{at}]", one) for at, one in enumerate(islice(base.__iter__(value), MOST))], base.__len__(value)
        )
    found = list(_named(name, value))
    return Parts(found[:MOST], len(found))


def first_shown(name: str, value: Any) -> str:
    """The name of the first tensor, or array of numbers, that a value leads to; "" where there is none among the first
    few hundred values."""
    waiting, n_left = [(name, value)], _MOST_SEARCHED
    for _level in range(_DEPTH):
        found: list[tuple[str, Any]] = []
        for path, one in waiting:
            found += parts_of(path, one).found[: n_left - len(found)]
        n_left -= len(found)
        shown = next((path for path, one in found if issubclass(type(one), Tensor) or can_be_seen(one)), "")
        if shown or n_left <= 0:
            return shown
        waiting = found
    return ""


def _named(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    kind = type(value)
    if issubclass(kind, Module):
        yield from named_tensors_in(value, name)
    elif issubclass(kind, dict):
        for key, one in list(dict.items(value)):
            if type(key) is int or (type(key) is str and len(key) <= _MOST_KEY_CHARACTERS):
                yield f"{name}[{key!r}]", one
    elif not issubclass(kind, Tensor | type) and _is_of_program(kind):
        for key, one in {**own_attributes(value), **dict(slot_attributes(value))}.items():
            if type(key) is str and key.isidentifier():
                yield f"{name}.{key}", one


def _is_of_program(kind: type) -> bool:
    return defined_in(kind).partition(".")[0] not in ("torch", "builtins", "numpy")
