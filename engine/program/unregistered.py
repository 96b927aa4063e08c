"""Layers and parameters in plain containers, which a module does not look into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from torch import Tensor, nn

from engine.program.module_tree import modules_in, parameters_in
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.static_reads import own_attributes


def unregistered(namespace: Mapping[str, Any], before: Set[int]) -> list[Notice]:
    """One notice for each plain container of a module in the namespace that holds what the module does not train; of
    those that have come since the values with the ids `before`."""
    named = ((name, value) for name, value in list(namespace.items()) if id(value) not in before)
    modules = ((name, value) for name, value in named if type(name) is str and issubclass(type(value), nn.Module))
    return [notice for name, module in modules if not name.startswith("_") for notice in _of_module(name, module)]


def _of_module(name: str, module: nn.Module) -> list[Notice]:
    known = set(map(id, parameters_in(module)))
    found = []
    for path, owner in modules_in(module, name):
        for attribute, value in plain_containers(owner):
            unknown = [p for p in _parameters(value) if id(p) not in known]
            if unknown:
                said = Sentence.of(
                    "notice.plain_container",
                    "{path}.{attribute} is a plain {kind}, which a module does not look into: an optimizer of "
                    "{name}.parameters() does not train the {n_tensors} tensors in it. Make it an nn.{container}.",
                    path=path,
                    attribute=attribute,
                    kind=type(value).__name__,
                    name=name,
                    n_tensors=len(unknown),
                    container=container_for(value),
                )
                found.append(Notice(said))
    return found


def plain_containers(module: nn.Module) -> Iterator[tuple[str, Any]]:
    """The attributes of a module that hold layers or parameters where it does not look."""
    for attribute, value in list(own_attributes(module).items()):
        if not attribute.startswith("_") and container_for(value):
            yield attribute, value


def container_for(value: Any) -> str:
    """The container of torch.nn for what a plain one holds; "" where it holds nothing to train."""
    items = _items(value)
    ending = "Dict" if type(value) is dict else "List"
    if any(issubclass(type(item), nn.Module) for item in items):
        return f"Module{ending}"
    return f"Parameter{ending}" if any(issubclass(type(item), nn.Parameter) for item in items) else ""


def _items(value: Any) -> list[Any]:
    if type(value) is dict:
        return list(value.values())
    return list(value) if type(value) in (list, tuple) else []


def _parameters(value: Any) -> Iterator[Tensor]:
    for item in _items(value):
        if issubclass(type(item), nn.Module):
            yield from parameters_in(item)
        elif issubclass(type(item), nn.Parameter):
            yield item
