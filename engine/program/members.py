"""What is on a value, each name with its kind and a few words, looked up without running code of the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from inspect import getattr_static
from types import (
    BuiltinFunctionType,
    FunctionType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
    WrapperDescriptorType,
)
from typing import Any

from torch import Tensor
from torch.nn import Module

from engine.program import lookup
from engine.program.documentation import first_line
from engine.program.foreign import bounded
from engine.program.module_tree import table
from engine.program.one_line import as_line, module_line
from engine.protocol.program_values import Completion
from engine.shared.numbers import shortened
from engine.shared.static_reads import annotated_names, member_names, type_name
from engine.tensors.summary import short

_MOST_CHARACTERS = 80  # of the words
_PLAIN_DIRS = (object.__dir__, type.__dir__)
_ROUTINES = (
    *(FunctionType, BuiltinFunctionType, MethodType),
    *(MethodDescriptorType, WrapperDescriptorType, MethodWrapperType),
)


def members(owner: Any, chosen: Callable[[list[str]], list[str]] = list) -> Iterator[Completion]:
    """The attributes of a value, or those that are chosen of their names; none of lookup.MISSING."""
    if owner is lookup.MISSING:
        return
    try:
        known = _names_in(owner)
    except Exception:  # its own __dir__ may raise anything, or take too long
        return
    for name in chosen([name for name in known if isinstance(name, str)]):
        value = lookup.attribute(owner, name)
        if value is lookup.MISSING and issubclass(type(owner), Tensor):
            value = lookup.attribute(type(owner), name)  # a method
        yield describe(name, value, owner)


def class_names(kind: type) -> list[str]:
    """What an instance of a class that is there will have: its attributes, and those that are annotated alone."""
    return _in_order(member_names(kind) | annotated_names(kind))


def _in_order(names: Iterable[str]) -> list[str]:
    """As in a dictionary, and not capitals first; before all a letter alone, as a tensor's T."""
    return sorted(names, key=lambda name: (len(name) > 1, name.lower(), name))


def _names_in(owner: Any) -> Iterable[str]:
    """As `dir` gives them. A `__dir__` of the program's own is asked: it knows what it makes up."""
    kind = type(owner)
    if issubclass(kind, Module):
        tables = [table(owner, name) for name in ("_parameters", "_modules", "_buffers")]
        return _in_order(member_names(owner).union(*tables))
    if issubclass(kind, Tensor) or kind.__dir__ in _PLAIN_DIRS or kind is ModuleType:
        return _in_order(member_names(owner))
    return bounded(owner, partial(dir, owner))


def describe(name: str, value: Any, owner: Any) -> Completion:
    """A value as its kind and a few words. `owner`: what it is an attribute of."""
    if value is lookup.MISSING:
        static = getattr_static(type(owner), name, None)
        return Completion(name, "property" if isinstance(static, property) or hasattr(static, "__set__") else "")
    kind = type(value)
    if issubclass(kind, type):
        return Completion(name, "class", first_line(value))
    if issubclass(kind, ModuleType):
        return Completion(name, "module")
    if issubclass(kind, _ROUTINES):
        is_method = owner is not None and not issubclass(type(owner), ModuleType)
        return Completion(name, "method" if is_method else "function", first_line(value))
    try:
        if issubclass(kind, Tensor):
            return Completion(name, "tensor", short(value))
        if issubclass(kind, Module):
            return Completion(name, "nn.Module", f"{type_name(value)}, {module_line(value)}")
        line, kind_name = as_line(value), type_name(value)
        says_kind = line.startswith((f"{kind_name}(", f"{kind_name} "))  # as that of a data class
        return Completion(name, "variable", shortened(line if says_kind else f"{kind_name} {line}", _MOST_CHARACTERS))
    except Exception:  # one strange value must not hide the others
        return Completion(name, "variable", type_name(value))
