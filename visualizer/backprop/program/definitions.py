"""Where what stands behind a dot, before a `=` in a call or in an annotation's quotes is made in the same text.

What a name stands for is told by the classes of the text alone: `self`, `super()`, a class, and what was made by
calling one. Lines count from 1, columns in UTF-16 units.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TypeAlias

from engine.shared import utf16
from engine.shared.syntax import tree_of
from visualizer.backprop.program.method_calls import MethodCalls
from visualizer.backprop.program.names import Place
from visualizer.backprop.program.receivers import Receivers

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def definition(text: str, line: int, column: int) -> Place | None:
    """Where the member, the parameter or the class at a place is made; None where that cannot be told."""
    try:
        return _Definitions(text, line, column).found()
    except (SyntaxError, ValueError, RecursionError):
        return None


class _Definitions:
    """Of one place of a text."""

    def __init__(self, text: str, line: int, column: int) -> None:
        self._lines = text.split("\n")
        tree = tree_of(text)
        self._nodes, self._receivers = list(ast.walk(tree)), Receivers(tree, {})
        self._line, self._column = line, column
        self._calls = MethodCalls(text)
        self._classes = {node.name: node for node in self._nodes if isinstance(node, ast.ClassDef)}
        around = [node for node in self._classes.values() if node.lineno <= line <= (node.end_lineno or 0)]
        self._inside = max(around, key=lambda node: node.lineno, default=None)

    def found(self) -> Place | None:
        for node in self._nodes:
            match node:
                case ast.Attribute(value, name) if self._ends_here(node, name):
                    return self._member(self._owner(node), name, from_bases=_is_super(value))
                case ast.Call(called, _, keywords):
                    for keyword in keywords:
                        if keyword.arg and self._begins_here(keyword, keyword.arg):
                            return self._parameter(called, keyword.arg) or self._calls.parameter(
                                self._line, self._column
                            )
                case ast.Constant(str(name)) if name in self._classes and self._ends_here(node, name, behind=1):
                    return self._place(self._classes[name], name)
        return None

    def _owner(self, node: ast.Attribute) -> ast.ClassDef | None:
        """The class of what a member is asked of: as the lines above say, else as all of the text does."""
        if (near := self._class_of(node.value)) is not None:
            return near
        scopes = (scope for one, scope in self._receivers.attributes if one is node)
        return next((self._classes.get(self._receivers.of(node.value, scope) or "") for scope in scopes), None)

    def _class_of(self, value: ast.expr) -> ast.ClassDef | None:
        """The class of the text whose member is asked for."""
        if isinstance(value, ast.Call):
            return self._inside if _is_super(value) else self._named(value.func)
        if not isinstance(value, ast.Name):
            return None
        if value.id in self._classes:
            return self._classes[value.id]
        if self._inside is not None and value.id in self._selves(self._inside):
            return self._inside
        if (annotated := self._annotated_parameter(value.id)) is not None:
            return annotated
        made = [node for node in self._nodes if isinstance(node, ast.Assign) and node.lineno <= self._line]
        named = [node for node in made if any(isinstance(t, ast.Name) and t.id == value.id for t in node.targets)]
        newest = max(named, key=lambda node: node.lineno, default=None)
        return self._named(newest.value.func) if newest and isinstance(newest.value, ast.Call) else None

    def _annotated_parameter(self, name: str) -> ast.ClassDef | None:
        """The class that the innermost function around the place says that its parameter is of."""
        around = [one for one in self._nodes if isinstance(one, _FUNCTIONS) and self._is_in(one)]
        for function in sorted(around, key=lambda one: -one.lineno):
            arguments = function.args
            for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                if one.arg == name:
                    kind = one.annotation
                    quoted = kind.value if isinstance(kind, ast.Constant) else None
                    return self._classes.get(str(quoted)) if quoted else self._named(kind)
        return None

    def _is_in(self, node: _Function) -> bool:
        return node.lineno <= self._line <= (node.end_lineno or 0)

    def _selves(self, owner: ast.ClassDef) -> set[str]:
        """What the method that the place is in calls its object."""
        methods = filter(self._is_in, _methods(owner))
        return {
            (*one.args.posonlyargs, *one.args.args)[0].arg for one in methods if one.args.posonlyargs or one.args.args
        }

    def _named(self, node: ast.expr | None) -> ast.ClassDef | None:
        return self._classes.get(node.id) if isinstance(node, ast.Name) else None

    def _member(
        self, owner: ast.ClassDef | None, name: str, *, from_bases: bool = False, seen: tuple[str, ...] = ()
    ) -> Place | None:
        """Where a class, or one that it is made of, has it first."""
        if owner is None or owner.name in seen:
            return None
        node = None if from_bases else made_by(owner, name)
        if node is not None:
            return self._place(node, name)
        bases = (self._member(self._named(base), name, seen=(*seen, owner.name)) for base in owner.bases)
        return next((place for place in bases if place is not None), None)

    def _parameter(self, called: ast.expr, name: str) -> Place | None:
        """Where a function, a method or a class's `__init__` has it."""
        if isinstance(called, ast.Attribute):
            owner, method = self._class_of(called.value), called.attr
        else:
            owner, method = self._named(called), "__init__"
        owners = [] if owner is None else [owner, *filter(None, map(self._named, owner.bases))]
        made = [one for each in owners for one in _methods(each) if one.name == method]
        if isinstance(called, ast.Name) and owner is None:
            made = [node for node in self._nodes if isinstance(node, _FUNCTIONS) and node.name == called.id]
        for function in made[:1]:
            arguments = function.args
            for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                if one.arg == name:
                    return self._place(one, name)
        is_made_by_fields = not made and isinstance(called, ast.Name)  # as a data class
        fields = [node for each in owners if (node := made_by(each, name)) is not None] if is_made_by_fields else []
        return self._place(fields[0], name) if fields else None

    def _place(self, node: ast.AST, name: str) -> Place:
        """Where the name stands in what makes it: behind its dot, its `def` or `class`, or at once."""
        number, n_bytes = node.lineno, node.col_offset  # type: ignore[attr-defined]
        if isinstance(node, ast.Attribute):
            number, n_bytes = node.end_lineno or number, (node.end_col_offset or 0) - len(name.encode())
        line = self._lines[number - 1]
        column = utf16.of_utf8(line, n_bytes)
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            found = re.search(rf"\b(?:def|class)\s+({re.escape(name)})\b", line)
            column = utf16.length(line[: found.start(1)]) if found else column
        return Place(number, column, name, is_made=True)

    def _ends_here(self, node: ast.expr, name: str, *, behind: int = 0) -> bool:
        """Whether the place is in the name that a node ends with, but for so many signs."""
        if node.end_lineno != self._line:
            return False
        end = utf16.of_utf8(self._lines[self._line - 1], (node.end_col_offset or 0) - behind)
        return end - utf16.length(name) <= self._column <= end

    def _begins_here(self, node: ast.keyword, name: str) -> bool:
        start = utf16.of_utf8(self._lines[node.lineno - 1], node.col_offset)
        return node.lineno == self._line and start <= self._column <= start + utf16.length(name)


def _methods(owner: ast.ClassDef) -> Iterator[_Function]:
    return (one for one in owner.body if isinstance(one, _FUNCTIONS))


def made_by(owner: ast.ClassDef, name: str) -> ast.AST | None:
    """What in a class makes a member: a definition or an assignment of its body, else one to its object's attribute."""
    for node in owner.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)) and node.name == name:
            return node
        for target in targets:
            if isinstance(target, ast.Name) and target.id == name:
                return target
    stored = (inner for method in _methods(owner) for inner in ast.walk(method) if isinstance(inner, ast.Attribute))
    return next((one for one in stored if one.attr == name and isinstance(one.ctx, ast.Store)), None)


def _is_super(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "super"
