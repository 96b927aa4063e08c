"""Which calls of a text give a parameter of a method by its name, and which of them cannot be told.

A call goes to the method that its object's class, or one made of it, has first; that of a class goes to `__init__`,
that of an object to `__call__` or, of a module, to `forward`. Nothing of the text runs.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.shared import utf16
from engine.shared.syntax import tree_of
from visualizer.backprop.program.foreign_members import FOREIGN
from visualizer.backprop.program.names import Place
from visualizer.backprop.program.receivers import OTHER, Receivers
from visualizer.backprop.program.scopes import Function, Scope

_CALLED = ("__call__", "forward")  # by calling the object, the first that there is
_MADE = "__init__"
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Method:
    """A method of a class of the text."""

    owner: str
    function: Function

    @property
    def parameters(self) -> list[ast.arg]:
        """Those that may be given by their names."""
        return [*self.function.args.args, *self.function.args.kwonlyargs]

    @property
    def all_parameters(self) -> list[ast.arg]:
        """Those and the others, but for the ones with stars."""
        return [*self.function.args.posonlyargs, *self.parameters]


class MethodCalls:
    """Of one text that parses. `known`: the types of the module's variables, as a run has left them."""

    def __init__(self, text: str, known: Mapping[str, str] = _NOTHING) -> None:
        self._lines = text.split("\n")
        self._receivers = Receivers(tree_of(text), known)
        self._methods = {
            (owner, one.name): Method(owner, one)
            for owner, body in self._receivers.classes.items()
            for one in body.body
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
        }

    def method_at(self, place: Place) -> Method | None:
        """The method whose parameter is written there."""
        for method in self._methods.values():
            if any(self._place(one) == (place.line, place.column) for one in method.all_parameters):
                return method
        return None

    def parameter(self, line: int, column: int) -> Place | None:
        """Where the one is made that a call gives by its name at a place."""
        for call, scope in self._receivers.calls:
            for keyword in call.keywords:
                number, start = self._place(keyword)
                if number == line and start <= column <= start + utf16.length(keyword.arg or ""):
                    return self._only(self._targets(call, scope) or set(), keyword.arg)
        return None

    def _only(self, found: set[tuple[str, str]], name: str | None) -> Place | None:
        named = [one for each in found for one in self._methods[each].parameters if one.arg == name]
        return Place(*self._place(named[0]), named[0].arg, True) if len(found) == len(named) == 1 else None

    def given(self, method: Method, name: str) -> tuple[tuple[Place, ...], int]:
        """Where calls give it by its name, and the first line with one that may, 0 without."""
        found: list[Place] = []
        unknown = 0
        for call, scope in self._receivers.calls:
            for keyword in call.keywords:
                if keyword.arg not in (name, None) or (is_own := self._is_of(call, scope, method)) is False:
                    continue
                if is_own and keyword.arg:
                    found.append(Place(*self._place(keyword), name, False))
                elif keyword.arg or is_own:  # names that are unpacked may be any
                    unknown = unknown or keyword.value.lineno
        return tuple(found), unknown

    # -- inner workings

    def _place(self, node: ast.arg | ast.keyword) -> tuple[int, int]:
        """Line, from 1, and column, in UTF-16 units."""
        return node.lineno, utf16.of_utf8(self._lines[node.lineno - 1], node.col_offset)

    def _is_of(self, call: ast.Call, scope: Scope, method: Method) -> bool | None:
        """Whether a call is one of this method; None where that cannot be told."""
        targets = self._targets(call, scope)
        here = (method.owner, method.function.name)
        if targets is None:
            return None if self._may_be(call.func, method) else False
        if targets:
            return here in targets and (True if len(targets) == 1 else None)
        return None if any(self._stands_for(one, scope, method) for one in call.args) else False

    def _may_be(self, called: ast.expr, method: Method) -> bool:
        """Of a call of what is not known."""
        name = method.function.name
        if not isinstance(called, ast.Attribute) or name in _CALLED:
            return True
        return called.attr == name or (name == _MADE and called.attr in self._receivers.family(method.owner))

    def _stands_for(self, given: ast.expr, scope: Scope, method: Method) -> bool:
        """Whether another's function is handed this one, as `partial` and `checkpoint` are, and gives it the name."""
        name, family = method.function.name, self._receivers.family(method.owner)
        if isinstance(given, ast.Name) and given.id in family:
            return name == _MADE
        if isinstance(given, ast.Attribute) and given.attr == name:
            return True
        return name in _CALLED and self._receivers.of(given, scope) in family

    def _targets(self, call: ast.Call, scope: Scope) -> set[tuple[str, str]] | None:
        """The methods that a call may go to; None where that cannot be told."""
        classes = self._receivers.classes
        match call.func:
            case ast.Name(name) if name in classes:
                return self._first(name, _MADE)
            case ast.Attribute(ast.Call(ast.Name("super")), name):
                return None if scope.owner is None else self._of_bases(scope.owner, name)
            case ast.Attribute(ast.Name(owner), name) if owner in classes:
                return self._first(owner, name)
            case ast.Attribute(value, name) if kind := self._receivers.of(value, scope):
                if (found := self._any(kind, name)) or self._is_foreign(kind, name):
                    return found
        kind = self._receivers.of(call.func, scope)
        return None if kind is None else set() if kind == OTHER else self._of_object(kind)

    def _of_object(self, owner: str) -> set[tuple[str, str]]:
        return next((found for name in _CALLED if (found := self._any(owner, name))), set())

    def _any(self, owner: str, name: str) -> set[tuple[str, str]]:
        """Of an object that is of a class or of one made of it."""
        made_of_it = {one for one in self._receivers.classes if owner in self._line(one)} - {owner}
        return self._first(owner, name) | {(one, name) for one in made_of_it if (one, name) in self._methods}

    def _first(self, owner: str, name: str) -> set[tuple[str, str]]:
        return next(({(one, name)} for one in self._line(owner) if (one, name) in self._methods), set())

    def _of_bases(self, owner: str, name: str) -> set[tuple[str, str]]:
        bases = (base for base in self._receivers.bases(owner) if base in self._receivers.classes)
        return next((found for base in bases if (found := self._first(base, name))), set())

    def _line(self, owner: str) -> list[str]:
        """A class and those of the text that it is made of, the nearest first."""
        found: list[str] = []
        waiting = [owner]
        while waiting:
            one = waiting.pop(0)
            if one in self._receivers.classes and one not in found:
                found.append(one)
                waiting = [*self._receivers.bases(one), *waiting]
        return found

    def _is_foreign(self, owner: str, name: str) -> bool:
        """Whether a base that the text does not make has it."""
        bases = (base for one in self._line(owner) for base in self._receivers.bases(one))
        return any(name in FOREIGN.get(base, ()) for base in bases)
