"""What an expression stands for before it is run: read from live values, from the text, and from what PyTorch's own
documentation says its functions return. Nothing of the program runs."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Mapping
from inspect import getattr_static
from types import FunctionType
from typing import Any

from torch import Tensor
from torch.nn import Module

from engine.program import lookup
from engine.program.definitions import class_named, is_property
from engine.program.documentation import gives_tensor
from engine.program.known_kinds import Instance, Known, Live, Written, is_class, is_module_class, is_tensor
from engine.program.written import Text
from engine.shared.syntax import tree_of

_DEEPEST = 20
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
        """Attributes of a tensor that are tensors, which only running code could tell of others."""
        is_tensor = issubclass(kind, Tensor) and name in ("T", "mT", "H", "mH", "grad", "data", "real", "imag")
        return Instance(Tensor) if is_tensor else None

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

    def result(self, called: Known) -> Known | None:
        """What a call makes."""
        if isinstance(called, Written):
            return Instance(called.node) if isinstance(called.node, ast.ClassDef) else self._returned(called.node)
        if isinstance(called, Instance):
            return Instance(Tensor) if self.is_module(called) else None
        value = called.value
        if issubclass(type(value), type):
            return Instance(value)
        return Instance(Tensor) if issubclass(type(value), Module) or gives_tensor(value) else None

    def _returned(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Known | None:
        """What a function of the text says that it returns."""
        return self._annotated(node.returns) if isinstance(node, ast.FunctionDef) else None

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
