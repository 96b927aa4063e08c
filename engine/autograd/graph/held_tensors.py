"""The tensors that a program's values hold, by the names under which it reaches them: `layers[0].w`, `params["w"]`.

No code of the program runs: no property, no `__getattr__`, and no method of a container of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from torch import Tensor, nn

from engine.autograd.records import elements_of
from engine.program.module_tree import modules_in, named_tensors_in
from engine.shared.static_reads import defined_in, own_attributes, slot_attributes, type_name

_PLAIN = frozenset({str, int, float, bool, bytes, type(None)})
_NOT_ENTERED = (type, Tensor, ModuleType, FunctionType, BuiltinFunctionType, MethodType)
_MAX_ELEMENTS = 256  # of one holder
_MAX_VALUES = 20_000  # that are looked at, some 10 ms
_MAX_DEPTH = 8
_Named = tuple[str, Any]


def held_tensors(variables: Iterable[_Named]) -> Iterator[tuple[str, Tensor]]:
    """Every tensor in what variables hold, the nearest first: of one depth, attributes before elements.

    An object that is an element of another variable, as the variable of a loop is, has its name from there.
    """
    holders = [(name, value) for name, value in variables if _is_holder(value)]
    holders.sort(key=lambda holder: _is_container(holder[1]))
    elements = {id(part) for _, value in holders if _is_container(value) for _, part in _parts("", value)}
    is_element = [not _is_container(value) and id(value) in elements for _, value in holders]
    seen: dict[int, Any] = {}
    for late in (False, True):
        yield from _walk([holder for holder, is_late in zip(holders, is_element, strict=True) if is_late is late], seen)


def _walk(holders: list[_Named], seen: dict[int, Any]) -> Iterator[tuple[str, Tensor]]:
    n_values = 0
    for _ in range(_MAX_DEPTH):
        below: list[_Named] = []
        for name, holder in holders:
            if id(holder) in seen or n_values > _MAX_VALUES:
                continue
            seen[id(holder)] = holder
            if issubclass(type(holder), nn.Module):
                yield from named_tensors_in(holder, name)
            for path, value in _parts(name, holder):
                n_values += 1
                if issubclass(type(value), Tensor):
                    yield path, value
                elif _is_holder(value):
                    below.append((path, value))
        holders = below


def _parts(name: str, holder: Any) -> list[_Named]:
    """What a container or an object holds, each by its name."""
    kind = type(holder)
    if issubclass(kind, dict):
        return [(f"{name}[{_key(key)}]", value) for key, value in islice(dict.items(holder), _MAX_ELEMENTS)]
    if issubclass(kind, (list, tuple)):
        return [(f"{name}[{n}]", value) for n, value in enumerate(islice(elements_of(holder), _MAX_ELEMENTS))]
    if issubclass(kind, nn.Module):  # its tensors stand in its tables
        return [
            (f"{path}.{key}", value)
            for path, module in modules_in(holder, name)
            for key, value in islice(own_attributes(module).items(), _MAX_ELEMENTS)
            if type(key) is str and not key.startswith("_") and not issubclass(type(value), (Tensor, nn.Module))
        ]
    held = (*own_attributes(holder).items(), *slot_attributes(holder))
    return [(f"{name}.{key}", value) for key, value in held[:_MAX_ELEMENTS]]


def _is_container(value: Any) -> bool:
    return issubclass(type(value), (dict, list, tuple))


def _is_holder(value: Any) -> bool:
    """Whether a value is to be looked into: PyTorch's own, as optimizers, have only what the program has elsewhere."""
    kind = type(value)
    if kind in _PLAIN or issubclass(kind, _NOT_ENTERED):
        return False
    return _is_container(value) or issubclass(kind, nn.Module) or defined_in(kind).partition(".")[0] != "torch"


def _key(key: Any) -> str:
    """As it is written between the brackets; of a program's own class, whose `__repr__` may do anything, its name."""
    if type(key) is tuple:
        return f"({', '.join(map(_key, key))}{',' if len(key) == 1 else ''})"
    return repr(key) if type(key) in _PLAIN else type_name(key)
