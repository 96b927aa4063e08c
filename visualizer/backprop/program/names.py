"""Where each name of a text is made and used, by the scopes of Python; attributes of `self` by their class.

Lines count from 1, columns in UTF-16 units. A text that does not parse has no names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.shared import utf16
from engine.shared.syntax import tree_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass
class _Scope:
    outer: _Scope | None
    is_class: bool = False
    is_comprehension: bool = False
    made: set[str] = field(default_factory=set)
    elsewhere: dict[str, str] = field(default_factory=dict)  # "global" and "nonlocal" names
    parameters: set[str] = field(default_factory=set)  # of a function
    function: tuple[_Scope, str] | None = None  # where it is defined, and its name; None of a lambda
    instance: str = ""  # the first parameter of a method
    owner: _Scope | None = None  # the class of that method


Key: TypeAlias = tuple[int, str]  # the scope that a name belongs to, by its id, and the name; "." before an attribute


@dataclass(frozen=True)
class Place:
    """Where a name stands. `is_made`: it gets its value, or is defined, here; `is_imported`: by the name that it has
    where it comes from."""

    line: int
    column: int
    name: str
    is_made: bool
    is_imported: bool = False

    @property
    def end(self) -> int:
        """The column behind it."""
        return self.column + utf16.length(self.name)


@dataclass(frozen=True)
class Owner:
    """What a name belongs to. `lost`: a line where it stands in an unknown place; `unknown`: one where a call may give
    it by its name; 0 without one."""

    lost: int
    keywords: tuple[Place, ...]  # where a parameter is given by its name
    unknown: int


class Names:
    """The names of one text. Any thread may ask."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._found: list[tuple[_Scope, str, Place]] = []
        self._module = _Scope(None)
        self._scopes = [self._module]
        self._by_key: dict[Key, list[Place]] = {}
        self._lost: list[tuple[_Scope, str, int]] = []  # names whose place in a line is not known
        self._calls: list[tuple[_Scope, ast.Call]] = []
        try:
            self._body(tree_of(text).body, self._module)
        except (SyntaxError, ValueError, RecursionError):
            self._found.clear()
        for scope, name, place in self._found:
            self._by_key.setdefault(self._key(scope, name), []).append(place)

    def same(self, line: int, column: int) -> list[Place]:
        """Every place of the name at a place, in order; none where no name stands."""
        for places in self._by_key.values():
            if any(place.line == line and place.column <= column <= place.end for place in places):
                return sorted(places, key=lambda place: (place.line, place.column))
        return []

    def definition(self, line: int, column: int) -> Place | None:
        """Where the name at a place got its value last before, in the order of the text, else where first; None for
        what the text does not make."""
        made = [place for place in self.same(line, column) if place.is_made]
        before = [place for place in made if (place.line, place.end) < (line, column)]
        if before:
            return before[-1]
        return made[0] if made else None

    @property
    def groups(self) -> tuple[int, ...]:
        """Of every name in the order of the tree, which of them stand for the same: two texts with the same groups
        differ in how things are called alone."""
        seen: dict[Key, int] = {}
        return tuple(seen.setdefault(self._key(scope, name), len(seen)) for scope, name, _ in self._found)

    def owner(self, place: Place) -> Owner:
        """What the name at one of its places belongs to."""
        key = next(self._key(scope, name) for scope, name, at in self._found if at == place)
        scope = next(scope for scope in self._scopes if id(scope) == key[0])
        lost = next((line for made, name, line in self._lost if self._key(made, name) == key), 0)
        keywords, unknown = self._keywords(scope, key[1])
        return Owner(lost, tuple(keywords), unknown)

    def _keywords(self, scope: _Scope, name: str) -> tuple[list[Place], int]:
        """Where a parameter is given by its name in calls of its function, and the first line with a call that may be
        one, 0 without."""
        found: list[Place] = []
        unknown = 0
        for where, call in self._calls if name in scope.parameters else ():
            for keyword in call.keywords:
                if keyword.arg not in (name, None) or (is_own := self._calls_it(where, call.func, scope)) is False:
                    continue
                if is_own and keyword.arg:
                    column = utf16.of_utf8(self._lines[keyword.lineno - 1], keyword.col_offset)
                    found.append(Place(keyword.lineno, column, name, False))
                elif is_own or keyword.arg:  # names that are unpacked may be any
                    unknown = unknown or keyword.value.lineno
        return found, unknown

    def _calls_it(self, where: _Scope, called: ast.expr, function: _Scope) -> bool | None:
        """Whether a call is one of this function; None where that cannot be told."""
        root = called
        while isinstance(root, ast.Attribute | ast.Call | ast.Subscript):
            root = root.func if isinstance(root, ast.Call) else root.value
        made = self._by_key.get(self._key(where, root.id), []) if isinstance(root, ast.Name) else []
        is_method = function.function is not None and function.function[0].is_class
        if isinstance(root, ast.Name) and not any(place.is_made for place in made):
            return False  # built in
        if made and all(place.is_imported for place in made if place.is_made):
            return False
        if isinstance(called, ast.Name) and function.function is not None and not is_method:
            return True if self._key(where, called.id) == self._key(*function.function) else None
        return None if is_method or not isinstance(called, ast.Attribute) else False

    def _key(self, scope: _Scope, name: str) -> Key:
        if name.startswith("."):
            return id(scope), name
        found: _Scope | None = scope
        where = scope.elsewhere.get(name)
        if where == "global":
            return id(self._module), name
        if where == "nonlocal":
            found = scope.outer
        while found is not None:
            if name in found.made and (found is scope or not found.is_class):
                return id(found), name
            found = found.outer
        return id(self._module), name

    # -- the walk

    def _body(self, nodes: list[ast.stmt], scope: _Scope) -> None:
        for node in nodes:
            self._node(node, scope)

    def _inner(self, scope: _Scope, *, is_class: bool = False) -> _Scope:
        self._scopes.append(_Scope(scope, is_class))  # kept: a scope is known by its id
        return self._scopes[-1]

    def _node(self, node: ast.AST, scope: _Scope) -> None:
        if isinstance(node, (*_FUNCTIONS, ast.Lambda)):
            self._function(node, scope)
        elif isinstance(node, ast.ClassDef):
            self._class(node, scope)
        elif isinstance(node, _COMPREHENSIONS):
            self._comprehension(node, scope)
        else:
            if isinstance(node, ast.Call):
                self._calls.append((scope, node))
            self._names_of(node, scope)
            for child in ast.iter_child_nodes(node):
                is_walrus = isinstance(node, ast.NamedExpr) and child is node.target
                self._node(child, _outside(scope) if is_walrus else scope)

    def _names_of(self, node: ast.AST, scope: _Scope) -> None:
        match node:
            case ast.Name(name, context):
                self._add(scope, name, node.lineno, node.col_offset, is_made=not isinstance(context, ast.Load))
            case ast.Attribute(ast.Name(name), attribute, context) if name and name == scope.instance:
                column = (node.end_col_offset or 0) - len(attribute.encode())
                is_made = not isinstance(context, ast.Load)
                if scope.owner is not None:
                    self._add(scope.owner, f".{attribute}", node.end_lineno or 0, column, is_made=is_made)
            case ast.Import(aliases) | ast.ImportFrom(names=aliases):
                for alias in aliases:
                    name = alias.asname or alias.name.partition(".")[0]
                    pattern = rf"\bas\s+({re.escape(name)})\b" if alias.asname else ""
                    self._search(scope, name, alias, pattern, is_imported=not alias.asname)
            case ast.ExceptHandler(name=str(name)):
                self._search(scope, name, node, rf"\bas\s+({re.escape(name)})\b")
            case ast.Global(names) | ast.Nonlocal(names):
                for name in names:
                    scope.elsewhere[name] = "global" if isinstance(node, ast.Global) else "nonlocal"
                    self._search(scope, name, node, rf"\b({re.escape(name)})\b", is_made=False)
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                column = (node.end_col_offset or 0) - len(name.encode())
                self._add(scope, name, node.end_lineno or 0, column, is_made=True)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, scope: _Scope) -> None:
        inner, arguments = self._inner(scope), node.args
        inner.parameters = {parameter.arg for parameter in _parameters(arguments)}
        if not isinstance(node, ast.Lambda):
            inner.function = scope, node.name
            self._define(node, scope)
            for outside in (*node.decorator_list, *([node.returns] if node.returns else [])):
                self._node(outside, scope)
        for default in (*arguments.defaults, *(one for one in arguments.kw_defaults if one is not None)):
            self._node(default, scope)
        for parameter in _parameters(arguments):
            self._add(inner, parameter.arg, parameter.lineno, parameter.col_offset, is_made=True)
            if parameter.annotation is not None:
                self._node(parameter.annotation, scope)
        plain = [*arguments.posonlyargs, *arguments.args]
        inner.instance, inner.owner = scope.instance, scope.owner  # a function inside of a method sees its self
        if scope.is_class and plain:
            inner.instance, inner.owner = plain[0].arg, scope
        if isinstance(node, ast.Lambda):
            self._node(node.body, inner)
        else:
            self._body(node.body, inner)

    def _class(self, node: ast.ClassDef, scope: _Scope) -> None:
        self._define(node, scope)
        for outside in (*node.decorator_list, *node.bases, *node.keywords):
            self._node(outside, scope)
        self._body(node.body, self._inner(scope, is_class=True))

    def _comprehension(self, node: ast.AST, scope: _Scope) -> None:
        inner = self._inner(scope)
        inner.instance, inner.owner = scope.instance, scope.owner
        inner.is_comprehension = True
        for place, part in enumerate(node.generators):  # type: ignore[attr-defined]
            self._node(part.iter, inner if place else scope)
            self._node(part.target, inner)
            for condition in part.ifs:
                self._node(condition, inner)
        for name in ("elt", "key", "value"):
            if hasattr(node, name):
                self._node(getattr(node, name), inner)

    def _define(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, scope: _Scope) -> None:
        self._search(scope, node.name, node, rf"\b(?:def|class)\s+({re.escape(node.name)})\b")
        if scope.is_class and not isinstance(node, ast.ClassDef):
            _, name, place = self._found[-1]
            self._found.append((scope, f".{name}", place))

    def _search(
        self, scope: _Scope, name: str, node: ast.AST, pattern: str, *, is_made: bool = True, is_imported: bool = False
    ) -> None:
        """A name whose place the tree does not tell: the first that fits from the beginning of the node on."""
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):  # type: ignore[attr-defined]
            line = self._lines[number - 1]
            start = node.col_offset if number == node.lineno else 0  # type: ignore[attr-defined]
            before = line.encode()[:start].decode(errors="ignore")
            found = re.compile(pattern or rf"({re.escape(name)})\b").search(line, len(before))
            if found is not None:
                n_bytes = len(line[: found.start(1)].encode())
                self._add(scope, name, number, n_bytes, is_made=is_made, is_imported=is_imported)
                return

    def _add(
        self, scope: _Scope, name: str, line: int, n_bytes: int, *, is_made: bool, is_imported: bool = False
    ) -> None:
        written = name.removeprefix(".")
        text = self._lines[line - 1]
        if is_made and not name.startswith(".") and name not in scope.elsewhere:
            scope.made.add(name)
        if text.encode()[n_bytes:].startswith(written.encode()):  # inside of a string it may stand elsewhere
            place = Place(line, utf16.of_utf8(text, n_bytes), written, is_made, is_imported)
            self._found.append((scope, name, place))
        else:
            self._lost.append((scope, name, line))


def _outside(scope: _Scope) -> _Scope:
    """Where a walrus in a comprehension binds its name."""
    while scope.is_comprehension and scope.outer is not None:
        scope = scope.outer
    return scope


def _parameters(arguments: ast.arguments) -> Iterator[ast.arg]:
    yield from (*arguments.posonlyargs, *arguments.args)
    yield from (one for one in (arguments.vararg, *arguments.kwonlyargs, arguments.kwarg) if one is not None)
