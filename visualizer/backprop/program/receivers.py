"""Whose class of a text an expression is an instance of, or the class itself, where the text or the last run tells.

Nothing of the text runs. `known` are the types of the module's variables, as a run has left them.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
OTHER = ""  # what is no class of the text
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_ITSELF = {"to", "cuda", "cpu", "eval", "train", "float", "double", "half", "requires_grad_", "apply"}  # of a module
_GROWS = {"append", "extend", "insert", "add_module", "add"}  # what a container holds then is not told
_HOLDS = {"ModuleList", "Sequential", "list", "tuple", "reversed", "sorted"}  # what they are handed
_VALUES = (ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.JoinedStr, ast.ListComp, ast.DictComp, ast.Compare)


class Scope:
    """A module, a class or a function, with what its names are given."""

    def __init__(self, node: ast.AST, outer: Scope | None) -> None:
        self.node, self.outer = node, outer
        self.given: dict[str, list[ast.expr | ast.AST | None]] = {}  # None where that cannot be told
        self.owner: str | None = None  # of a method and what is in it, the class
        self.instance = ""

    @property
    def is_class(self) -> bool:
        """Whether its names are not those of the functions in it."""
        return isinstance(self.node, ast.ClassDef)


class Receivers:
    """Of one tree. A class that is defined twice is none of which is told."""

    def __init__(self, tree: ast.Module, known: Mapping[str, str]) -> None:
        self._known = known
        found: dict[str, list[ast.ClassDef]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(node)
        self.classes = {name: nodes[0] for name, nodes in found.items() if len(nodes) == 1}
        self.twice = {name for name, nodes in found.items() if len(nodes) > 1}
        self.attributes: list[tuple[ast.Attribute, Scope]] = []
        self.calls: list[tuple[ast.Call, Scope]] = []
        self._stored: dict[tuple[str, str], list[tuple[ast.expr | None, Scope]]] = {}  # by class and attribute
        self._grown: set[str] = set()  # the last names of containers that more is put into
        self._asked: set[tuple[int, bool]] = set()
        self.module = Scope(tree, None)
        self._walk(tree, self.module)

    def family(self, name: str) -> set[str]:
        """A class with those of the text that it is made of, or that are made of it."""
        family, waiting = set(), {name}
        while waiting:
            family |= waiting
            near = {base for one in waiting for base in self.bases(one) if base in self.classes}
            near |= {one for one in self.classes if waiting & set(self.bases(one))}
            waiting = near - family
        return family

    def bases(self, name: str) -> list[str]:
        """The last names of what a class is made of."""
        return [_last_name(base) for base in self.classes[name].bases]

    def of(self, node: ast.expr, scope: Scope) -> str | None:
        """The name of the class, OTHER for none of the text; None where that cannot be told."""
        return self._once(node, scope, is_inside=False)

    def _once(self, node: ast.expr, scope: Scope, *, is_inside: bool) -> str | None:
        """Of it, or of what a container holds; of one that is asked about meanwhile None, as in x = x.next."""
        asked = (id(node), is_inside)
        if asked in self._asked:
            return None
        self._asked.add(asked)
        try:
            return self._inside(node, scope) if is_inside else self._of(node, scope)
        finally:
            self._asked.discard(asked)

    def _of(self, node: ast.expr, scope: Scope) -> str | None:
        match node:
            case ast.Name(name):
                return self._of_name(name, scope)
            case ast.Call(ast.Name("super")):
                return scope.owner
            case ast.Call(ast.Name(name)) if name in self.classes:
                return name
            case ast.Call(ast.Attribute(value, method)):
                owner = self.of(value, scope)
                return owner if owner and method in _ITSELF else OTHER if self._is_imported(value, scope) else None
            case ast.Attribute(value, name):
                owner = self.of(value, scope)
                return self._stored_in(owner, name) if owner else OTHER if self._is_imported(value, scope) else None
            case ast.Subscript(value):
                return self._once(value, scope, is_inside=True)
        return OTHER if isinstance(node, _VALUES) else None

    def _inside(self, node: ast.expr, scope: Scope) -> str | None:
        """What each thing in a container is, as a block in `nn.ModuleList([Block() for _ in range(2)])`."""
        match node:
            case ast.List(parts) | ast.Tuple(parts):
                return self._all_alike(parts, scope)
            case ast.ListComp(part) | ast.GeneratorExp(part):
                return self.of(part, scope)
            case ast.Call(called, [only]) if _last_name(called) in _HOLDS and not isinstance(only, ast.Starred):
                return self._once(only, scope, is_inside=True)
            case ast.Call(called, parts) if _last_name(called) in _HOLDS:
                return self._all_alike(parts, scope)
            case ast.Subscript(value, ast.Slice()):
                return self._once(value, scope, is_inside=True)
            case ast.Name(name) if name not in self._grown:
                where = _where(name, scope)
                given = where.given[name] if where is not None else []
                stars = [ast.Starred(one) for one in given if isinstance(one, ast.expr)]
                return self._all_alike(stars, where) if where is not None and len(stars) == len(given) else None
            case ast.Attribute(value, name) if name not in self._grown:
                owner = self.of(value, scope)
                return self._stored_in(owner, name, is_inside=True) if owner else None
        return None

    def _all_alike(self, parts: Sequence[ast.expr], scope: Scope) -> str | None:
        found = {
            self._once(one.value, scope, is_inside=True) if isinstance(one, ast.Starred) else self.of(one, scope)
            for one in parts
        }
        return found.pop() if len(found) == 1 else None

    def _of_name(self, name: str, scope: Scope) -> str | None:
        if name == scope.instance and scope.owner is not None:
            return scope.owner
        where = _where(name, scope)
        if where is None:
            return self._known_as(name) if name in self._known else OTHER if hasattr(builtins, name) else None
        found = {self._of_given(one, where) for one in where.given[name]}
        if len(found) == 1 and (only := found.pop()) is not None:
            return only
        return self._known_as(name) if where is self.module and name in self._known else None

    def _known_as(self, name: str) -> str | None:
        kind = self._known[name]
        return None if kind in self.twice else kind if kind in self.classes else OTHER

    def _of_given(self, given: ast.AST | None, scope: Scope) -> str | None:
        match given:
            case ast.ClassDef(name):
                return name if name in self.classes else None
            case ast.arg(annotation=annotation):
                return self._annotated(annotation)
            case ast.alias() | ast.FunctionDef() | ast.AsyncFunctionDef():
                return OTHER
            case ast.expr():
                return self.of(given, scope)
        return None

    def _annotated(self, annotation: ast.expr | None) -> str | None:
        match annotation:
            case ast.Name(name) | ast.Constant(str(name)) if name in self.classes:
                return name
            case ast.Name(name) if hasattr(builtins, name):
                return OTHER
            case ast.Attribute(_, name) if name not in self.classes and name not in self.twice:
                return OTHER
        return None

    def _stored_in(self, owner: str, name: str, *, is_inside: bool = False) -> str | None:
        stored = [pair for one in self.family(owner) for pair in self._stored.get((one, name), [])]
        found = {None if value is None else self._once(value, scope, is_inside=is_inside) for value, scope in stored}
        return found.pop() if len(found) == 1 else None

    def _is_imported(self, node: ast.expr, scope: Scope) -> bool:
        """Whether it is a module or what stands in one, as torch.nn."""
        while isinstance(node, ast.Attribute):
            node = node.value
        where: Scope | None = scope
        while isinstance(node, ast.Name) and where is not None:
            if node.id in where.given:
                return all(isinstance(one, ast.alias) for one in where.given[node.id])
            where = where.outer
        return False

    # -- the walk

    def _walk(self, node: ast.AST, scope: Scope) -> None:
        for child in ast.iter_child_nodes(node):
            self._note(child, scope)
            if isinstance(child, (*_FUNCTIONS, ast.Lambda)):
                self._walk(child, self._function(child, scope))
            else:
                self._walk(child, self._inner(child, scope) if isinstance(child, ast.ClassDef) else scope)

    def _inner(self, node: ast.AST, scope: Scope) -> Scope:
        made = Scope(node, scope)
        made.owner, made.instance = scope.owner, scope.instance
        return made

    def _function(self, node: Function | ast.Lambda, scope: Scope) -> Scope:
        made = self._inner(node, scope)
        arguments = node.args
        plain = [*arguments.posonlyargs, *arguments.args]
        for one in (*plain, *arguments.kwonlyargs):
            made.given.setdefault(one.arg, []).append(one)
        for star in (arguments.vararg, arguments.kwarg):
            if star is not None:
                made.given[star.arg] = [ast.List([])]
        owner = scope.node
        is_static = any(_last_name(one) == "staticmethod" for one in getattr(node, "decorator_list", ()))
        if isinstance(owner, ast.ClassDef) and plain and not is_static:
            made.owner = owner.name if owner.name in self.classes else None
            made.instance = plain[0].arg
        return made

    def _note(self, node: ast.AST, scope: Scope) -> None:
        match node:
            case ast.Attribute():
                self.attributes.append((node, scope))
            case ast.Call():
                self.calls.append((node, scope))
                if isinstance(node.func, ast.Attribute) and node.func.attr in _GROWS:
                    self._grown.add(_last_name(node.func.value))
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                scope.given.setdefault(name, []).append(node)
            case ast.alias(name, other):
                scope.given.setdefault(other or name.partition(".")[0], []).append(node)
            case ast.Assign(targets, value):
                for target in targets:
                    self._give(target, value, scope)
            case ast.AnnAssign(target, annotation, value):
                self._give(target, value or ast.arg("", annotation), scope)
            case ast.NamedExpr(target, value):
                self._give(target, value, scope)
            case ast.For(ast.Tuple([count, target]), ast.Call(ast.Name("enumerate"), [values, *_])):
                self._give(count, None, scope)
                self._give(target, ast.Subscript(values, ast.Constant(0)), scope)
            case ast.For(target, values) | ast.comprehension(target, values):
                self._give(target, ast.Subscript(values, ast.Constant(0)), scope)
            case ast.AsyncFor(target) | ast.AugAssign(target):
                self._give(target, None, scope)
            case ast.withitem(_, target) if target is not None:
                self._give(target, None, scope)

    def _give(self, target: ast.expr, value: ast.AST | None, scope: Scope) -> None:
        match target:
            case ast.Name(name):
                scope.given.setdefault(name, []).append(value)
            case ast.Attribute(ast.Name(name), attribute) if name == scope.instance and scope.owner is not None:
                stored = value if isinstance(value, ast.expr) else None
                self._stored.setdefault((scope.owner, attribute), []).append((stored, scope))
            case ast.Tuple(parts) | ast.List(parts):
                for part in parts:
                    self._give(part, None, scope)
            case ast.Subscript(value):
                self._grown.add(_last_name(value))
            case ast.Starred(inner):
                self._give(inner, ast.List([]), scope)


def members_of(node: ast.ClassDef) -> Iterator[tuple[str, ast.AST]]:
    """What the body of a class makes, by its names."""
    for one in node.body:
        if isinstance(one, (*_FUNCTIONS, ast.ClassDef)):
            yield one.name, one
        for target in one.targets if isinstance(one, ast.Assign) else [getattr(one, "target", None)]:
            for name in ast.walk(target) if isinstance(target, ast.expr) else ():
                if isinstance(name, ast.Name):
                    yield name.id, name


def _where(name: str, scope: Scope) -> Scope | None:
    """The scope that a name is given in, seen from another; None where the text does not make it."""
    where: Scope | None = scope
    while where is not None and (name not in where.given or (where.is_class and where is not scope)):
        where = where.outer
    return where


def _last_name(node: ast.expr) -> str:
    """ "Module" of nn.Module, and of what is called or indexed so."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
