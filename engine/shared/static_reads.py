"""What is known of any object without running its own code: no property, no `__getattr__`, no `__class__`."""

from __future__ import annotations

from types import GetSetDescriptorType, MemberDescriptorType
from typing import Any

_name = type.__dict__["__name__"].__get__
_order = type.__dict__["__mro__"].__get__
_names = type.__dict__["__dict__"].__get__


def type_name(value: Any) -> str:
    """The name of the type of any value; no property of a metaclass is asked."""
    return str(_name(type(value)))


def member_names(value: Any) -> set[str]:
    """The names of its attributes, as `dir` gives them where a class has no `__dir__` of its own."""
    is_type = issubclass(type(value), type)
    found = [*map(_names, _order(value if is_type else type(value))), {} if is_type else own_attributes(value)]
    return {name for names in found for name in names if type(name) is str}


def annotated_names(kind: type) -> set[str]:
    """The names that a class and its bases annotate, where that is not computed first."""
    found = [_names(base).get("__annotations__") for base in _order(kind)]
    return {name for names in found if type(names) is dict for name in names if type(name) is str}


def own_attributes(value: Any) -> dict[str, Any]:
    """The `__dict__` of an instance; empty where it has none, or where its class computes it."""
    for kind in _order(type(value)):
        found = _names(kind).get("__dict__")
        if found is not None:
            held = found.__get__(value) if type(found) in (GetSetDescriptorType, MemberDescriptorType) else {}
            return held if type(held) is dict else {}
    return {}


def slot_attributes(value: Any) -> list[tuple[str, Any]]:
    """What an instance holds in the `__slots__` of its classes."""
    found: list[tuple[str, Any]] = []
    for kind in _order(type(value)):
        for name, member in list(_names(kind).items()):
            if type(member) is MemberDescriptorType and not name.startswith("__"):
                try:
                    found.append((name, member.__get__(value)))
                except AttributeError:  # it was not set
                    continue
    return found


def defined_in(kind: type) -> str:
    """The module that defines a class, "torch.optim.sgd"; "" where it does not say."""
    found = _names(kind).get("__module__")
    return found if type(found) is str else ""
