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

MOST = 512  # of one value
_MOST_SEARCHED = 500  # values of a variable, for one that can be shown in cells
_DEPTH = 3  # as `states[0]['model']['weight']`
_MOST_KEY_CHARACTERS = 100


class Parts(NamedTuple):
    """The first MOST parts by name, and how many there are in all."""

    found: list[tuple[str, Any]]
    n_parts: int


def parts_of(name: str, value: Any) -> Parts:
    """Of the value behind a name; none of its code runs. What torch itself defines, its optimizers say, has none."""
    base: Any = next((base for base in (list, tuple, dict) if issubclass(type(value), base)), None)
    if base is None:
        found = list(_named(name, value))
        return Parts(found[:MOST], len(found))
    # At once: another thread of the program may change it meanwhile.
    held = list(islice(dict.items(value) if base is dict else enumerate(base.__iter__(value)), MOST))
    return Parts([(f"{name}[{key!r}]", one) for key, one in held if _is_written(key)], base.__len__(value))


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
    elif not issubclass(kind, Tensor | type) and _is_of_program(kind):
        for key, one in {**own_attributes(value), **dict(slot_attributes(value))}.items():
            if type(key) is str and key.isidentifier():
                yield f"{name}.{key}", one


def _is_written(key: Any) -> bool:
    """Whether a program would write it so: other keys would run code of the program to be found again."""
    if type(key) is int:
        return -(10**18) < key < 10**18
    return type(key) is str and len(key) <= _MOST_KEY_CHARACTERS


def _is_of_program(kind: type) -> bool:
    return defined_in(kind).partition(".")[0] not in ("torch", "builtins", "numpy")
