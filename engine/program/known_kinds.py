"""What an expression can stand for before it is run."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any, TypeAlias

from torch import Tensor
from torch.nn import Module


@dataclass(frozen=True)
class Live:
    """A value that is there."""

    value: Any


@dataclass(frozen=True)
class Instance:
    """What will be made of a class: one that is there, or that the text defines."""

    kind: type | ast.ClassDef


@dataclass(frozen=True)
class Written:
    """A function or class that the text defines and that has not run."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


Known: TypeAlias = Live | Instance | Written


def is_tensor(known: Known | None) -> bool:
    """Whether it is, or will be, a tensor."""
    if isinstance(known, Live):
        return issubclass(type(known.value), Tensor)
    return isinstance(known, Instance) and isinstance(known.kind, type) and issubclass(known.kind, Tensor)


def class_of(known: Known | None) -> type | None:
    """The class that it is, or will be, made of; None where that is one of the text, or not known."""
    if isinstance(known, Live):
        return type(known.value)
    return known.kind if isinstance(known, Instance) and isinstance(known.kind, type) else None


def is_class(known: Known | None) -> bool:
    """Whether it is a class that is there."""
    return isinstance(known, Live) and issubclass(type(known.value), type)


def is_module_class(value: Any) -> bool:
    """Whether it is nn.Module or made of it."""
    return issubclass(type(value), type) and issubclass(value, Module)
