"""What a text says of its names at a line, whether or not it can run yet. Nothing is run."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from engine.program.definitions import takes_instance
from engine.shared.static_reads import own_attributes
from engine.shared.syntax import tree_of

_MOST_OPEN = 20  # lines of a statement that is not finished
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_INNER = (*_FUNCTIONS, ast.ClassDef, ast.Lambda, *_COMPREHENSIONS)  # what has names of its own
_LEAVES = (ast.Name, ast.Constant, ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop, ast.alias)


@dataclass
class Scope:
    """The names that a module, function, class, lambda or comprehension makes, each with what made it last: an
    expression, an import, a parameter, a definition."""

    node: ast.AST
    names: dict[str, ast.AST] = field(default_factory=dict)


class Text:
    """The text with the line `line` left out where it is not finished: most of it was whole a moment ago."""

    def __init__(self, text: str, line: int) -> None:
        self._line = line
        self._imports: dict[int, tuple[str, str]] = {}  # by id of the alias
        self._starred: list[ast.alias] = []  # each name that an import of all makes; kept, as its id is
        self._selves: dict[int, ast.ClassDef] = {}  # by id of the parameter
        self._rests: dict[int, type] = {}  # of *parameters and **parameters
        self._members: dict[int, dict[str, ast.AST]] = {}  # by id of the class
        self._scopes: list[Scope] = []  # an outer one first
        self._seen: list[Scope] = []  # by the line, the innermost first
        self.tree = _tree(text, line)
        if self.tree is not None:
            self._fill(self.tree.body, self._enter(self.tree))
            self._look_from(line)

    def at(self, line: int) -> Text:
        """What it says at another line."""
        other = copy(self)
        other._look_from(line)
        return other

    def _look_from(self, line: int) -> None:
        self._seen = _seen([scope for scope in self._scopes if _holds(scope.node, line)])

    def binding(self, name: str) -> tuple[ast.AST | None, bool]:
        """What made a name that the line sees, and whether that is a function's own."""
        for scope in self._seen:
            if name in scope.names:
                return scope.names[name], not isinstance(scope.node, ast.Module)
        return None, False

    def names(self) -> dict[str, ast.AST]:
        """Every name that the line sees."""
        found: dict[str, ast.AST] = {}
        for scope in self._seen:
            found = scope.names | found
        return found

    def members(self, node: ast.ClassDef) -> dict[str, ast.AST]:
        """What the text gives a class and its instances."""
        return self._members.get(id(node), {})

    def class_of_self(self, parameter: ast.arg) -> ast.ClassDef | None:
        """The class whose method has this as its first parameter."""
        return self._selves.get(id(parameter))

    def kind_of_rest(self, parameter: ast.arg) -> type | None:
        """Of a parameter that takes all that is left: tuple or dict."""
        return self._rests.get(id(parameter))

    def class_here(self) -> ast.ClassDef | None:
        """The class of the method that the line is in."""
        for scope in self._seen:
            if isinstance(scope.node, _FUNCTIONS):
                first = [*scope.node.args.posonlyargs, *scope.node.args.args][:1]
                return self._selves.get(id(first[0])) if first else None
        return None

    def import_of(self, alias: ast.alias) -> tuple[str, str]:
        """The module of an import and the name in it, "" for the module itself."""
        return self._imports[id(alias)]

    def _enter(self, node: ast.AST) -> Scope:
        self._scopes.append(Scope(node))
        return self._scopes[-1]

    def _fill(self, body: Iterable[ast.AST], scope: Scope) -> None:
        for statement in body:
            for node in _inside(statement):
                self._bind(node, scope)

    def _bind(self, node: ast.AST, scope: Scope) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                scope.names[node.name] = node
                self._function(node, scope)
            case ast.ClassDef():
                scope.names[node.name] = node
                inner = self._enter(node)
                self._fill(node.body, inner)
                self._members[id(node)] = inner.names | self._members.get(id(node), {})
            case ast.Lambda():
                inner = self._enter(node)
                self._parameters(node.args, inner)
                self._fill([node.body], inner)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                inner = self._enter(node)
                for part in node.generators:
                    self._assign(part.target, ast.Subscript(part.iter, ast.Constant(0)), inner)
                self._fill(ast.iter_child_nodes(node), inner)
            case ast.Assign(targets, value):
                for target in targets:
                    self._assign(target, value, scope)
            case ast.AnnAssign(target):
                self._assign(target, node, scope)
            case ast.NamedExpr(target, value):
                self._assign(target, value, scope)
            case ast.For(target, iterable) | ast.AsyncFor(target, iterable):
                self._assign(target, ast.Subscript(iterable, ast.Constant(0)), scope)
            case ast.withitem(context, ast.expr() as target):
                self._assign(target, context, scope)
            case ast.Import(aliases):
                for alias in aliases:
                    first = alias.name.partition(".")[0]
                    self._imports[id(alias)] = (alias.name if alias.asname else first, "")
                    scope.names[alias.asname or first] = alias
            case ast.ImportFrom(str(module), [ast.alias("*")]):
                for name in _all_of(module):
                    self._starred.append(ast.alias(name))
                    self._imports[id(self._starred[-1])] = (module, name)
                    scope.names[name] = self._starred[-1]
            case ast.ImportFrom(str(module), aliases):
                for alias in aliases:
                    self._imports[id(alias)] = (module, alias.name)
                    scope.names[alias.asname or alias.name] = alias

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> None:
        inner = self._enter(node)
        parameters = [*node.args.posonlyargs, *node.args.args]
        if parameters and isinstance(scope.node, ast.ClassDef) and takes_instance(node):
            self._selves[id(parameters[0])] = scope.node
        self._parameters(node.args, inner)
        self._fill(node.body, inner)

    def _parameters(self, arguments: ast.arguments, inner: Scope) -> None:
        pairs = ((arguments.vararg, tuple), (arguments.kwarg, dict))
        rest = {parameter: kind for parameter, kind in pairs if parameter is not None}
        self._rests |= {id(parameter): kind for parameter, kind in rest.items()}
        for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *rest):
            inner.names[parameter.arg] = parameter

    def _assign(self, target: ast.expr, value: ast.expr | ast.AnnAssign, scope: Scope) -> None:
        match target:
            case ast.Name(name):
                read = value.value if isinstance(value, ast.AnnAssign) else value
                if name not in scope.names or read is None or not _reads(read, name):  # `x = x.T`: x is what it was
                    scope.names[name] = value
            case ast.Tuple(parts) | ast.List(parts):
                values = value.elts if isinstance(value, ast.Tuple) and len(value.elts) == len(parts) else None
                for place, part in enumerate(parts):
                    assert isinstance(value, ast.expr)  # an annotation has one name
                    self._assign(part, values[place] if values else ast.Subscript(value, ast.Constant(place)), scope)
            case ast.Attribute(ast.Name(name), attribute) if isinstance(scope.names.get(name), ast.arg):
                owner = self._selves.get(id(scope.names[name]))
                if owner is not None:
                    self._members.setdefault(id(owner), {}).setdefault(attribute, value)


def _all_of(module: str) -> list[str]:
    """What `import *` makes of a module that has been imported."""
    namespace = dict(own_attributes(sys.modules.get(module)))
    named: Any = namespace.get("__all__")
    names = named if type(named) in (list, tuple) else [name for name in namespace if not str(name).startswith("_")]
    return [name for name in names if type(name) is str]


def returns_of(node: ast.FunctionDef) -> list[ast.Return]:
    """Of a function, and not of those in it."""
    return [each for part in node.body for each in _inside(part) if isinstance(each, ast.Return)]


def _inside(statement: ast.AST) -> Iterator[ast.AST]:
    """A statement and what stands in it, but not in what has names of its own inside of it."""
    left = [statement]
    while left:
        node = left.pop()
        yield node
        if not isinstance(node, _INNER):
            left += [child for child in ast.iter_child_nodes(node) if not isinstance(child, _LEAVES)][::-1]


def _reads(value: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(value))


def _holds(node: ast.AST, line: int) -> bool:
    if isinstance(node, ast.ClassDef):
        return node.lineno < line <= (node.end_lineno or node.lineno)
    is_within = isinstance(node, (*_FUNCTIONS, ast.Lambda, *_COMPREHENSIONS)) and node.lineno <= line
    return isinstance(node, ast.Module) or (is_within and line <= (node.end_lineno or node.lineno))  # type: ignore[attr-defined]


def _seen(holding: list[Scope]) -> list[Scope]:
    """The scopes that hold a line, the outer first, as far as their names are seen there, the innermost first."""
    bodies = [scope for scope in holding if isinstance(scope.node, (*_FUNCTIONS, ast.ClassDef, ast.Module))]
    return [scope for scope in reversed(holding) if not isinstance(scope.node, ast.ClassDef) or scope is bodies[-1]]


def _tree(text: str, line: int) -> ast.Module | None:
    lines = text.split("\n")
    here = lines[line - 1] if 1 <= line <= len(lines) else ""
    indent = here[: len(here) - len(here.lstrip())]
    attempts = [lines, [*lines[: line - 1], f"{indent}pass", *lines[line:]]]
    attempts += [lines[: line - n] for n in range(1, min(line, _MOST_OPEN) + 1)]
    for attempt in attempts:
        try:
            return tree_of("\n".join(attempt))  # type: ignore[no-any-return]
        except (SyntaxError, ValueError, RecursionError):
            continue
    return None
