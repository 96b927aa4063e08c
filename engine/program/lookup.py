"""Values by dotted name, read without running any of the program's code: no property, no `__getattr__`."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from inspect import getattr_static
from types import MemberDescriptorType, ModuleType
from typing import Any

import torch
from torch import Tensor
from torch.nn import Module

from engine.program.module_tree import table
from engine.protocol.errors import EngineError
from engine.shared.output_names import in_function
from engine.shared.static_reads import own_attributes
from engine.tensors import native
from engine.tensors.arrays import ARRAYS, can_be_seen
from engine.tensors.reading import UnreadableError, check_whole, unobserved
from engine.tensors.unseen import Unseen

MISSING = object()
# Attributes of a tensor that are worth reading and cost nothing.
_TRANSPOSED = ("T", "mT", "H", "mH")
_TENSOR_VIEWS = (*_TRANSPOSED, "data", "real", "imag")
# Of "batch['images'][0].weight": a name, or a key of a dictionary, or a place of a list.
_STEP = re.compile(r"""\.?([^.\[\]]+)|\[(-?\d{1,18}|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\]""")


def attribute(value: Any, name: str) -> Any:
    """What `value.name` holds, MISSING where only running code could tell."""
    if issubclass(type(value), Tensor):
        return _of_tensor(value, name)
    if issubclass(type(value), Module):
        for kind in ("_parameters", "_buffers", "_modules"):
            held = table(value, kind)
            if name in held:
                return held[name]
    if issubclass(type(value), ModuleType):
        return own_attributes(value).get(name, MISSING)
    found = getattr_static(value, name, MISSING)
    if type(found) is MemberDescriptorType and issubclass(type(value), found.__objclass__):
        return _in_slot(value, found)
    if found is MISSING or _is_computed(found):
        return MISSING
    if isinstance(found, staticmethod | classmethod):
        return found.__func__
    return found


def element(value: Any, key: Any) -> Any:
    """What `value[key]` is of Python's own containers and of torch's lists of modules, else MISSING."""
    if issubclass(type(value), Module):
        value, key = value.__dict__.get("_modules", {}), str(key)
    if type(value) is dict:
        return value.get(key, MISSING)
    is_inside = type(value) in (list, tuple) and type(key) is int and -len(value) <= key < len(value)
    return value[key] if is_inside else MISSING


def held(value: Any, key: Any) -> Any:
    """What a list, a tuple or a dictionary holds there, also of a subclass, of which no method is asked; else
    MISSING."""
    if issubclass(type(value), dict):
        return dict.get(value, key, MISSING)
    base: Any = next((base for base in (list, tuple) if issubclass(type(value), base)), None)
    if base is None or type(key) is not int or not -base.__len__(value) <= key < base.__len__(value):
        return MISSING
    return base.__getitem__(value, key)


def _steps(path: str) -> list[tuple[str, Any]]:
    """Each as a name, or as ("", key) of what stands in brackets."""
    found, end = list[tuple[str, Any]](), 0
    for step in _STEP.finditer(path):
        if step.start() != end:
            break
        found.append((step[1], None) if step[1] is not None else ("", ast.literal_eval(step[2])))
        end = step.end()
    return found if end == len(path) else [(name, None) for name in path.split(".")]


def resolve(namespace: Mapping[str, Any], dotted: str) -> Any:
    """The value behind "x", "model.fc.weight" or "batch['images'][0]"; numbers index lists, tuples and Sequentials, as
    in "layers.0". That of a function is "Net.forward().x", where the namespace has functions.

    Raises EngineError when there is none.
    """
    function, inside = in_function(dotted)
    (first, _), *rest = [(function, None), *_steps(inside)] if function else _steps(dotted)
    value = namespace.get(first, MISSING)
    for name, key in rest:
        if value is MISSING:
            break
        if not name:
            value = held(value, key)
        elif name.isdigit() and type(value) in (list, tuple):
            value = value[int(name)] if int(name) < len(value) else MISSING
        elif type(value) is dict and name in value:
            value = value[name]
        else:
            value = attribute(value, name)
    if value is MISSING:
        raise EngineError(
            "variable.missing", "There is no variable {name}; run the program that makes it.", name=dotted
        )
    return value


def resolve_cells(namespace: Mapping[str, Any], dotted: str) -> tuple[Tensor, bool]:
    """As `resolve_tensor`; an array of NumPy as a tensor in its memory, and whether it is one."""
    value = resolve(namespace, dotted)
    if can_be_seen(value):
        return ARRAYS.tensor(value), True
    return resolve_tensor(namespace, dotted), False


def resolve_tensor(namespace: Mapping[str, Any], dotted: str) -> Tensor:
    """As `resolve`. Raises EngineError where it is not a tensor."""
    value = resolve(namespace, dotted)
    if not issubclass(type(value), Tensor):
        raise EngineError(
            "variable.no_tensor",
            "{name} is not a tensor but {type_name}.",
            name=dotted,
            type_name=type(value).__name__,
        )
    return value


def grad_of(tensor: Tensor) -> Tensor | None:
    """`tensor.grad` where it is kept, without the warning that reading it elsewhere gives."""
    with Unseen():
        is_kept = native.is_leaf(tensor) or (not native.is_stale(tensor) and native.retains_grad(tensor))
        return native.grad(tensor) if is_kept else None


def _of_tensor(tensor: Tensor, name: str) -> Any:
    if name == "grad":
        found = grad_of(tensor)
        return MISSING if found is None else found
    if name not in _TENSOR_VIEWS:
        return own_attributes(tensor).get(name, MISSING)
    try:
        with unobserved():
            bare = native.bare(tensor)
            if native.dispatches(tensor) and not native.has_own_data(bare):  # only its class knows
                return tensor if name == "data" else MISSING
            if (name in _TRANSPOSED and bare.dim() < 2) or (name in ("T", "H") and bare.dim() != 2):
                return MISSING  # deprecated: it would warn
            if native.layout(bare) != torch.strided:  # its indices are read
                check_whole(bare)
            return getattr(bare, name)
    except UnreadableError:  # also .imag of real numbers
        return MISSING


def _in_slot(value: Any, slot: MemberDescriptorType) -> Any:
    try:
        return slot.__get__(value, type(value))
    except AttributeError:  # it was not set
        return MISSING


def _is_computed(found: Any) -> bool:
    """Whether an attribute found on the class runs code when it is read."""
    return hasattr(type(found), "__get__") and (hasattr(type(found), "__set__") or isinstance(found, property))
