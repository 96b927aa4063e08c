"""What an expression stands for before it is run: read from live values, from the text, and from what PyTorch's own
documentation says its functions return. Nothing of the program runs."""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, MethodDescriptorType
from typing import Any, TypeAlias

import torch
from torch import Tensor
from torch.nn import Module, functional

from engine.program import lookup
from engine.program.documentation import documentation
from engine.program.written import Text
from engine.shared.syntax import tree_of

_DEEPEST = 20
_TORCH = str(Path(torch.__file__).parent)
_GIVES_TENSOR = re.compile(r"\A\s*[\w.]+\(.*\)\s*->\s*(?:Tensor|LongTensor)\s*$", re.MULTILINE)
_LITERALS = {ast.List: list, ast.ListComp: list, ast.Tuple: tuple, ast.Dict: dict, ast.DictComp: dict, ast.Set: set}
_LITERALS |= {ast.SetComp: set, ast.JoinedStr: str}


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


class Expressions:
    """What the expressions of a text stand for at a line of it."""

    def __init__(self, text: str, line: int, namespace: Mapping[str, Any]) -> None:
        self.text = Text(text, line)
        self._namespace = namespace
        self._depth = 0
        self._made: dict[int, Known | None] = {}  # by id of what made a name; None while that is looked at, too

    def of(self, expression: str) -> Known | None:
        """What an expression stands for; None where that is not known without running it."""
        try:
            return self._of(tree_of(expression, mode="eval").body)
        except (SyntaxError, ValueError, RecursionError):
            return None

    def made(self, node: ast.AST) -> Known | None:
        """What a definition, import, parameter or assigned expression of the text gives its name."""
        if id(node) not in self._made:
            self._made[id(node)] = None
            self._made[id(node)] = self._of_binding(node)
        return self._made[id(node)]

    def is_local(self, name: str) -> bool:
        """Whether the line sees a name of a function or class, which hides that of the program."""
        return self.text.binding(name)[1]

    def member(self, owner: Known, name: str) -> Known | None:
        """What an attribute is."""
        if isinstance(owner, Live):
            found = lookup.attribute(owner.value, name)
            if found is lookup.MISSING and issubclass(type(owner.value), Tensor):
                return self.member(Instance(type(owner.value)), name)
            return Live(found) if found is not lookup.MISSING else None
        kind = owner.kind if isinstance(owner, Instance) else owner.node
        if isinstance(kind, type):
            found = lookup.attribute(kind, name)
            return Live(found) if found is not lookup.MISSING else self._computed(kind, name)
        return self._written_member(kind, name) if isinstance(kind, ast.ClassDef) else None

    def bases(self, node: ast.ClassDef) -> list[Known]:
        """The classes that one of the text is made of."""
        return [known for base in node.bases if (known := self._base(base)) is not None]

    def _base(self, base: ast.expr) -> Known | None:
        """A class of the text as it is written there, also where it ran: that says what its instances are given."""
        made = self.text.binding(base.id)[0] if isinstance(base, ast.Name) else None
        return Written(made) if isinstance(made, ast.ClassDef) else self._of(base)

    def _computed(self, kind: type, name: str) -> Known | None:
        """Attributes of a tensor that are tensors, which only running code could tell of others."""
        is_tensor = issubclass(kind, Tensor) and name in ("T", "mT", "H", "mH", "grad", "data", "real", "imag")
        return Instance(Tensor) if is_tensor else None

    def _written_member(self, node: ast.ClassDef, name: str) -> Known | None:
        made = self.text.members(node).get(name)
        if made is not None:
            return self.made(made)
        for base in self.bases(node):
            found = self.member(base, name)
            if found is not None:
                return found
        return None

    def _of(self, node: ast.expr) -> Known | None:
        self._depth += 1
        try:
            return self._read(node) if self._depth <= _DEEPEST else None
        finally:
            self._depth -= 1

    def _read(self, node: ast.expr) -> Known | None:
        match node:
            case ast.Name(name):
                return self._of_name(name)
            case ast.Attribute(owner, name):
                known = self._of(owner)
                return self.member(known, name) if known is not None else None
            case ast.Call(function):
                called = self._of(function)
                return self.result(called) if called is not None else None
            case ast.Lambda():
                return Written(node)
            case ast.Constant(value):
                return Instance(type(value))
            case ast.Subscript(owner, key):
                return self._element(self._of(owner), key)
            case ast.BinOp() | ast.UnaryOp() | ast.Compare():
                parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
                return Instance(Tensor) if any(is_tensor(self._of(part)) for part in parts) else None
        kind = _LITERALS.get(type(node))
        return Instance(kind) if kind is not None else None

    def _of_name(self, name: str) -> Known | None:
        """A name of a function's own is asked of the text first: the program's may be another one."""
        binding, is_local = self.text.binding(name)
        if binding is not None and is_local:
            return self.made(binding)
        if name in self._namespace:
            return Live(self._namespace[name])
        if binding is not None:
            return self.made(binding)
        return Live(getattr(builtins, name)) if hasattr(builtins, name) else None

    def _of_binding(self, made: ast.AST) -> Known | None:
        if isinstance(made, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return Written(made)
        if isinstance(made, ast.alias):
            return self._imported(made)
        if isinstance(made, ast.arg):
            owner = self.text.class_of_self(made)
            if owner is not None:
                return Instance(owner)
            known = self._of(made.annotation) if made.annotation is not None else None
            return self.result(known) if known is not None else None
        return self._of(made) if isinstance(made, ast.expr) else None

    def _imported(self, alias: ast.alias) -> Known | None:
        module, name = self.text.import_of(alias)
        if module in sys.modules and not name:
            return Live(sys.modules[module])
        found = lookup.attribute(sys.modules[module], name) if module in sys.modules else lookup.MISSING
        if found is not lookup.MISSING:
            return Live(found)
        inner = sys.modules.get(f"{module}.{name}")
        return Live(inner) if inner is not None else None

    def _element(self, owner: Known | None, key: ast.expr) -> Known | None:
        if is_tensor(owner):
            return Instance(Tensor)
        if not isinstance(owner, Live) or not isinstance(key, ast.Constant):
            return None
        found = lookup.element(owner.value, key.value)
        return Live(found) if found is not lookup.MISSING else None

    def result(self, called: Known) -> Known | None:
        """What a call makes."""
        if isinstance(called, Written):
            return Instance(called.node) if isinstance(called.node, ast.ClassDef) else self._returned(called.node)
        if isinstance(called, Instance):
            return Instance(Tensor) if self.is_module(called) else None
        value = called.value
        if issubclass(type(value), type):
            return Instance(value)
        if issubclass(type(value), Module):
            return Instance(Tensor)
        if _returns_tensor(value):
            return Instance(Tensor)
        name = value.__name__ if type(value) is MethodDescriptorType else ""
        words = documentation(value) or documentation(lookup.attribute(functional, name))  # as Tensor.relu, without one
        return Instance(Tensor) if _GIVES_TENSOR.search(words) else None

    def _returned(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Known | None:
        """What a function of the text says that it returns."""
        kind = self._of(node.returns) if isinstance(node, ast.FunctionDef) and node.returns is not None else None
        return self.result(kind) if kind is not None and (isinstance(kind, Written) or is_class(kind)) else None

    def is_module(self, known: Known) -> bool:
        """Whether it is, or will be, an nn.Module."""
        if isinstance(known, Live):
            return issubclass(type(known.value), Module)
        if isinstance(known, Written):
            return False
        if isinstance(known.kind, type):
            return issubclass(known.kind, Module)
        return any(self._is_of_modules(base, known.kind) for base in self.bases(known.kind))

    def _is_of_modules(self, base: Known, of: ast.ClassDef) -> bool:
        if isinstance(base, Live):
            return _is_module_class(base.value)
        is_other = isinstance(base, Written) and isinstance(base.node, ast.ClassDef) and base.node is not of
        return is_other and self.is_module(Instance(base.node))  # type: ignore[union-attr, arg-type]


def is_tensor(known: Known | None) -> bool:
    """Whether it is, or will be, a tensor."""
    if isinstance(known, Live):
        return issubclass(type(known.value), Tensor)
    return isinstance(known, Instance) and isinstance(known.kind, type) and issubclass(known.kind, Tensor)


def is_class(known: Known | None) -> bool:
    """Whether it is a class that is there."""
    return isinstance(known, Live) and issubclass(type(known.value), type)


def _returns_tensor(value: Any) -> bool:
    """Whether a function of torch says that it returns a tensor. Of others even the annotations may be code."""
    is_of_torch = type(value) is FunctionType and value.__code__.co_filename.startswith(_TORCH)
    return is_of_torch and value.__annotations__.get("return") in (Tensor, "Tensor", "torch.Tensor")


def _is_module_class(value: Any) -> bool:
    return issubclass(type(value), type) and issubclass(value, Module)
