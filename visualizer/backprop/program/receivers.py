"""Whose class of a text an expression is an instance of, or the class itself, where the text or the last run tells.

Nothing of the text runs. `known` are the types of the module's variables, as a run has left them.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping, Sequence

from visualizer.backprop.program.scopes import FUNCTIONS, Function, Scope, last_name, members_of, where_given

OTHER = ""  # what is no class of the text
_ITSELF = {"to", "cuda", "cpu", "eval", "train", "float", "double", "half", "requires_grad_", "apply"}  # of a module
_GROWS = {"append", "extend", "insert", "add_module", "add"}  # what a container holds then is not told
_HOLDS = {"ModuleList", "Sequential", "list", "tuple", "reversed", "sorted"}  # what they are handed
_VALUES = (ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.JoinedStr, ast.ListComp, ast.DictComp, ast.Compare)


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
        self._scopes: dict[int, Scope] = {}  # by the node that has it
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
        return [last_name(base) for base in self.classes[name].bases]

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
            case ast.Call(ast.Name(name)):
                return self._of_call(name, scope)
            case ast.Call(ast.Attribute(value, method)):
                if owner := self.of(value, scope):
                    return owner if method in _ITSELF else self._of_method(owner, method)
                return OTHER if self._is_imported(value, scope) else None
            case ast.Await(value):
                return self.of(value, scope)
            case ast.Attribute(value, name):
                owner = self.of(value, scope)
                return self._stored_in(owner, name) if owner else OTHER if self._is_imported(value, scope) else None
            case ast.Subscript(value):
                return self._once(value, scope, is_inside=True)
        return OTHER if isinstance(node, _VALUES) else None

    def _of_call(self, name: str, scope: Scope) -> str | None:
        """What a function of the text gives back, or a class by another name."""
        where = where_given(name, scope)
        given = where.given[name] if where is not None else []
        match given:
            case [ast.FunctionDef() | ast.AsyncFunctionDef() as function]:
                return self._given_back(function)
            case [ast.Name(other)] if where is not None and other != name:
                return self._of(ast.Call(ast.Name(other), [], []), where)
        return None

    def _of_method(self, owner: str, name: str, seen: tuple[str, ...] = ()) -> str | None:
        """What a method gives back, of the first class that has it."""
        if owner not in self.classes or owner in seen:
            return None
        own = [one for made, one in members_of(self.classes[owner]) if made == name]
        if own:
            is_method = len(own) == 1 and isinstance(own[0], FUNCTIONS) and not own[0].decorator_list
            return self._given_back(own[0]) if is_method else None  # type: ignore[arg-type]
        found = (self._of_method(base, name, (*seen, owner)) for base in self.bases(owner))
        return next((one for one in found if one is not None), None)

    def _given_back(self, function: Function) -> str | None:
        """As it is annotated, else what all that it returns is."""
        if function.returns is not None:
            return self._annotated(function.returns)
        inside = list(ast.walk(function))
        returned = [node.value for node in inside if isinstance(node, ast.Return)]
        is_plain = not any(isinstance(node, (*FUNCTIONS, ast.Yield, ast.YieldFrom)) for node in inside[1:])
        if not is_plain or None in returned:
            return None
        scope = self._scopes[id(function)]
        found = {self.of(value, scope) for value in returned if value is not None}
        return found.pop() if len(found) == 1 else None

    def _inside(self, node: ast.expr, scope: Scope) -> str | None:
        """What each thing in a container is, as a block in `nn.ModuleList([Block() for _ in range(2)])`."""
        match node:
            case ast.List(parts) | ast.Tuple(parts):
                return self._all_alike(parts, scope)
            case ast.ListComp(part) | ast.GeneratorExp(part):
                return self.of(part, scope)
            case ast.Call(called, [only]) if last_name(called) in _HOLDS and not isinstance(only, ast.Starred):
                return self._once(only, scope, is_inside=True)
            case ast.Call(called, parts) if last_name(called) in _HOLDS:
                return self._all_alike(parts, scope)
            case ast.Subscript(value, ast.Slice()):
                return self._once(value, scope, is_inside=True)
            case ast.Name(name) if name not in self._grown:
                where = where_given(name, scope)
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
        where = where_given(name, scope)
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
            case ast.BinOp(left, ast.BitOr(), right):
                told = [one for one in (left, right) if not (isinstance(one, ast.Constant) and one.value is None)]
                return self._annotated(told[0]) if len(told) == 1 else None
            case ast.Subscript(kind, one) if last_name(kind) == "Optional":
                return self._annotated(one)
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
            if isinstance(child, (*FUNCTIONS, ast.Lambda)):
                self._walk(child, self._function(child, scope))
            else:
                self._walk(child, self._inner(child, scope) if isinstance(child, ast.ClassDef) else scope)

    def _inner(self, node: ast.AST, scope: Scope) -> Scope:
        made = Scope(node, scope)
        made.owner, made.instance = scope.owner, scope.instance
        self._scopes[id(node)] = made
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
        is_static = any(last_name(one) == "staticmethod" for one in getattr(node, "decorator_list", ()))
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
                    self._grown.add(last_name(node.func.value))
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                scope.given.setdefault(name, []).append(node)
            case ast.alias(name, other):
                scope.given.setdefault(other or name.partition(".")[0], []).append(node)
            case ast.Assign(targets, value):
                for target in targets:
                    self._give(target, value, scope)
            case ast.AnnAssign(target, annotation, value):
                is_told = value is None or self._annotated(annotation)
                self._give(target, ast.arg("", annotation) if is_told else value, scope)
            case ast.NamedExpr(target, value):
                self._give(target, value, scope)
            case ast.For(ast.Tuple([count, target]), ast.Call(ast.Name("enumerate"), [values, *_])):
                self._give(count, None, scope)
                self._give(target, ast.Subscript(values, ast.Constant(0)), scope)
            case ast.For(target, values) | ast.comprehension(target, values):
                self._give(target, ast.Subscript(values, ast.Constant(0)), scope)
            case ast.AsyncFor(target) | ast.AugAssign(target):
                self._give(target, None, scope)
            case ast.withitem(value, target) if target is not None:
                self._give(target, ast.Call(ast.Attribute(value, "__enter__"), [], []), scope)

    def _give(self, target: ast.expr, value: ast.AST | None, scope: Scope) -> None:
        match target:
            case ast.Name(name):
                scope.given.setdefault(name, []).append(value)
            case ast.Attribute(ast.Name(name), attribute) if name == scope.instance and scope.owner is not None:
                stored = value if isinstance(value, ast.expr) else None
                self._stored.setdefault((scope.owner, attribute), []).append((stored, scope))
            case ast.Tuple(parts) | ast.List(parts):
                given = value.elts if isinstance(value, ast.Tuple | ast.List) else []
                are_pairs = len(given) == len(parts) and not any(
                    isinstance(one, ast.Starred) for one in (*parts, *given)
                )
                for place, part in enumerate(parts):
                    self._give(part, given[place] if are_pairs else None, scope)
            case ast.Subscript(value):
                self._grown.add(last_name(value))
            case ast.Starred(inner):
                self._give(inner, ast.List([]), scope)
