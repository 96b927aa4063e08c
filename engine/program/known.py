"""What an expression stands for before it is run: read from live values, from the text, and from what PyTorch's own
documentation says its functions return. Nothing of the program runs."""

from __future__ import annotations

import ast
import builtins
import io
import sys
from collections.abc import Mapping, Sequence
from copy import copy
from inspect import getattr_static
from pathlib import PurePath
from types import FunctionType
from typing import Any

import numpy
import torch
from numpy import ndarray, ufunc
from torch import Tensor
from torch.nn import Module

from engine.program import lookup
from engine.program.definitions import class_named, is_property
from engine.program.documentation import gives_tensor
from engine.program.given_kinds import kind_given
from engine.program.known_kinds import Instance, Known, Live, Written, class_of, is_class, is_module_class, is_tensor
from engine.program.written import Text, returns_of
from engine.shared.syntax import tree_of

_DEEPEST = 20
_DEEPER = 4  # by each function whose returns are looked at
_MOST_RETURNS = 5  # of one
_TENSORS = ("T", "mT", "H", "mH", "grad", "data", "real", "imag")  # which are tensors, too
_ARRAYS = ("T", "real", "imag")
_FACTS: dict[type, dict[str, type]] = {
    Tensor: {"shape": torch.Size, "dtype": torch.dtype, "device": torch.device},
    ndarray: {"shape": tuple, "dtype": numpy.dtype},
    PurePath: {"name": str, "stem": str, "suffix": str, "parts": tuple},
}
_WRAPPING = ("Optional", "Annotated", "Final", "ClassVar", "Required", "NotRequired")  # of one kind
_LITERALS = {ast.List: list, ast.ListComp: list, ast.Tuple: tuple, ast.Dict: dict, ast.DictComp: dict, ast.Set: set}
_LITERALS |= {ast.SetComp: set, ast.JoinedStr: str}


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
            if found is not lookup.MISSING:
                return Live(found)
            if issubclass(type(owner.value), Tensor):
                return self.member(Instance(type(owner.value)), name)
            node = self.class_of(owner.value)
            return self._written_member(node, name) if node is not None else None
        kind = owner.kind if isinstance(owner, Instance) else owner.node
        if isinstance(kind, type):
            found = lookup.attribute(kind, name)
            return Live(found) if found is not lookup.MISSING else self._computed(kind, name)
        return self._written_member(kind, name) if isinstance(kind, ast.ClassDef) else None

    def class_of(self, value: Any) -> ast.ClassDef | None:
        """How the text defines the class of a value now: what has been written since it ran is only there."""
        kind = type(value)
        node = class_named(self.text.tree, kind.__name__)
        return node if node is not None and self._namespace.get(kind.__name__) is kind else None

    def property_of(self, owner: Known, name: str) -> ast.FunctionDef | FunctionType | None:
        """The function that an attribute is computed by; None of any other attribute."""
        if isinstance(owner, Live):
            found = getattr_static(type(owner.value), name, None)
            getter = found.fget if type(found) is property else None
            return getter if type(getter) is FunctionType else None
        kind = owner.kind if isinstance(owner, Instance) else None
        if not isinstance(kind, ast.ClassDef):
            return None
        made = self.text.members(kind).get(name)
        if made is not None:
            return made if isinstance(made, ast.FunctionDef) and is_property(made) else None
        bases = [Instance(base.node) for base in self.bases(kind) if isinstance(base, Written)]  # type: ignore[arg-type]
        return next((found for base in bases if (found := self.property_of(base, name)) is not None), None)

    def bases(self, node: ast.ClassDef) -> list[Known]:
        """The classes that one of the text is made of."""
        return [known for base in node.bases if (known := self._base(base)) is not None]

    def _base(self, base: ast.expr) -> Known | None:
        """A class of the text as it is written there, also where it ran: that says what its instances are given."""
        made = self.text.binding(base.id)[0] if isinstance(base, ast.Name) else None
        return Written(made) if isinstance(made, ast.ClassDef) else self._of(base)

    def _computed(self, kind: type, name: str) -> Known | None:
        """Attributes of tensors and arrays, which only running code could tell of others."""
        is_same = (issubclass(kind, Tensor) and name in _TENSORS) or (issubclass(kind, ndarray) and name in _ARRAYS)
        if is_same or (issubclass(kind, Module) and _declares_tensor(kind, name)):
            return Instance(ndarray if issubclass(kind, ndarray) else Tensor)
        if issubclass(kind, PurePath) and name == "parent":
            return Instance(kind)
        of = next((facts for owner, facts in _FACTS.items() if issubclass(kind, owner)), {})
        return Instance(of[name]) if name in of else None

    def _written_member(self, node: ast.ClassDef, name: str) -> Known | None:
        made = self.text.members(node).get(name)
        if isinstance(made, ast.FunctionDef) and is_property(made):
            return self._annotated(made.returns)
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
            case ast.Call(ast.Name("super"), []):
                return self._above()
            case ast.Call(function, given):
                called = self._of(function)
                return self.result(called, self._owner(function), given) if called is not None else None
            case ast.Lambda():
                return Written(node)
            case ast.Constant(value):
                return Instance(type(value))
            case ast.Subscript(owner, key):
                return self._element(self._of(owner), key)
            case ast.BinOp(left, ast.Div()) if (kind := class_of(self._of(left))) and issubclass(kind, PurePath):
                return Instance(kind)
            case ast.BinOp() | ast.UnaryOp() | ast.Compare():
                return self._computed_of([part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)])
        kind = _LITERALS.get(type(node))
        return Instance(kind) if kind is not None else None

    def _computed_of(self, parts: Sequence[ast.expr]) -> Known | None:
        """By signs, element by element."""
        kinds = [class_of(self._of(part)) or object for part in parts]
        wanted = (one for one in (Tensor, ndarray) if any(issubclass(kind, one) for kind in kinds))
        kind = next(wanted, None)
        return Instance(kind) if kind is not None else None

    def _owner(self, function: ast.expr) -> type | None:
        """The class whose method this is, where it is one of a value or class that is known."""
        owner = self._of(function.value) if isinstance(function, ast.Attribute) else None
        if is_class(owner):
            return owner.value  # type: ignore[union-attr, no-any-return]
        return class_of(owner)

    def _above(self) -> Known | None:
        """What `super()` is: the method's instance as one of its first base."""
        node = self.text.class_here()
        for base in self.bases(node) if node is not None else ():
            if isinstance(base, Written):
                return Instance(base.node)  # type: ignore[arg-type]
            return Instance(base.value) if is_class(base) else None  # type: ignore[union-attr]
        return Instance(object) if node is not None else None

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
            owner, rest = self.text.class_of_self(made), self.text.kind_of_rest(made)
            if rest is not None or owner is not None:
                return Instance(rest or owner)  # type: ignore[arg-type]
            return self._annotated(made.annotation)
        if isinstance(made, ast.AnnAssign):
            value = self._of(made.value) if made.value is not None else None
            return value if value is not None else self._annotated(made.annotation)
        return self._of(made) if isinstance(made, ast.expr) else None

    def _annotated(self, annotation: ast.expr | None) -> Known | None:
        """What an annotation says that something is."""
        match annotation:
            case ast.Constant(str(text)):
                try:
                    return self._annotated(tree_of(text, mode="eval").body)
                except (SyntaxError, ValueError, RecursionError):
                    return None
            case None | ast.Constant():
                return None
            case ast.BinOp(left, ast.BitOr(), right):
                return self._annotated(left) or self._annotated(right)
            case ast.Subscript(ast.Name(name) | ast.Attribute(_, name), inner) if name in _WRAPPING:
                return self._annotated(inner.elts[0] if isinstance(inner, ast.Tuple) else inner)
            case ast.Subscript(owner):
                return self._annotated(owner)
        known = self._of(annotation)
        return self.result(known) if isinstance(known, Written) or is_class(known) else None  # type: ignore[arg-type]

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

    def result(self, called: Known, owner: type | None = None, given: Sequence[ast.expr] = ()) -> Known | None:
        """What a call makes: of a method of `owner`, of what it is given."""
        if isinstance(called, Written):
            return Instance(called.node) if isinstance(called.node, ast.ClassDef) else self._returned(called.node)
        if isinstance(called, Instance):
            return Instance(Tensor) if self.is_module(called) else None
        value = called.value
        if issubclass(type(value), type):
            return Instance(value)
        if issubclass(type(value), Module) or gives_tensor(value):
            return Instance(Tensor)
        if type(value) is ufunc:
            return self._computed_of(given)
        if value is io.open and any(isinstance(one, ast.Constant) and "b" in str(one.value) for one in given[1:2]):
            return Instance(io.BufferedReader)
        kind = kind_given(value, owner)
        return Instance(kind) if kind is not None else None

    def _returned(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Known | None:
        """What a function of the text says that it returns, or, of an unannotated one, what all its returns make."""
        if isinstance(node, ast.Lambda):
            return self._of(node.body)
        if node.returns is not None or not isinstance(node, ast.FunctionDef):
            return self._annotated(node.returns) if isinstance(node, ast.FunctionDef) else None
        kinds = set()
        for returned in returns_of(node)[:_MOST_RETURNS]:
            inner = copy(self)
            inner.text, inner._made, inner._depth = self.text.at(returned.lineno), {}, self._depth + _DEEPER
            known = inner._of(returned.value) if returned.value is not None else None
            kinds.add(known.kind if isinstance(known, Instance) else class_of(known))
        kind = kinds.pop() if len(kinds) == 1 else None
        return Instance(kind) if isinstance(kind, type) else None

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
            return is_module_class(base.value)
        is_other = isinstance(base, Written) and isinstance(base.node, ast.ClassDef) and base.node is not of
        return is_other and self.is_module(Instance(base.node))  # type: ignore[union-attr, arg-type]


def _declares_tensor(kind: type, name: str) -> bool:
    """Whether a class of torch's says that this is a tensor, as Linear of `weight`."""
    declared = (vars(base).get("__annotations__", {}).get(name) for base in kind.__mro__ if _is_of_torch(base))
    return any(one in (Tensor, "Tensor") for one in declared)


def _is_of_torch(kind: type) -> bool:
    return str(vars(kind).get("__module__")).startswith("torch.")
