"""What is in an `nn.Module`, read from its tables: a program's own `parameters`, `named_modules` or `__getattr__` may
raise, take its time, or count its calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from torch import Tensor
from torch.nn import Module, Parameter

from engine.shared.static_reads import own_attributes


def table(module: Module, name: str) -> dict[str, Any]:
    """ "_parameters", "_buffers" or "_modules" of a module; empty where it was not made as one."""
    found = own_attributes(module).get(name)
    return found if type(found) is dict else {}


def modules_in(root: Module, prefix: str = "") -> Iterator[tuple[str, Module]]:
    """Each module with its dotted path, as `named_modules` gives them: itself first, and each once."""
    waiting, seen = [(prefix, root)], set()
    while waiting:
        path, module = waiting.pop()
        if id(module) in seen:
            continue
        seen.add(id(module))
        yield path, module
        children = reversed(list(table(module, "_modules").items()))
        waiting += [(f"{path}.{name}" if path else name, child) for name, child in children if _is_module(child)]


def parameters_in(root: Module) -> Iterator[Tensor]:
    """The parameters of a module and of those in it, each once."""
    seen = set()
    for _, module in modules_in(root):
        for parameter in list(table(module, "_parameters").values()):
            if issubclass(type(parameter), Tensor) and id(parameter) not in seen:
                seen.add(id(parameter))
                yield parameter


def named_parameters_in(root: Module, prefix: str) -> Iterator[tuple[str, Tensor]]:
    """The parameters of a module and of those in it, by path, of torch's own class."""
    for path, module in modules_in(root, prefix):
        for name, parameter in list(table(module, "_parameters").items()):
            if type(parameter) is Parameter:
                yield f"{path}.{name}", parameter


def named_tensors_in(root: Module, prefix: str) -> Iterator[tuple[str, Tensor]]:
    """The parameters, buffers and other attributes that are tensors, of a module and of those in it."""
    for path, module in modules_in(root, prefix):
        for own in (table(module, "_parameters"), table(module, "_buffers"), own_attributes(module)):
            for name, value in list(own.items()):
                if issubclass(type(value), Tensor):
                    yield f"{path}.{name}", value


def plain_tensors_in(root: Module, prefix: str) -> Iterator[tuple[str, Tensor]]:
    """The attributes that are tensors and neither parameters nor buffers, of a module and of those in it."""
    for path, module in modules_in(root, prefix):
        for name, value in list(own_attributes(module).items()):
            if issubclass(type(value), Tensor):
                yield f"{path}.{name}", value


def submodule(root: Module, path: str) -> Module | None:
    """The module at a dotted path, None where there is none."""
    found: Any = root
    for name in path.split("."):
        found = table(found, "_modules").get(name)
        if not _is_module(found):
            return None
    return found


def _is_module(value: Any) -> bool:
    return issubclass(type(value), Module)
