"""The names that a statement mentions, in the order in which it comes to them as it runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

_OTHER_BODIES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)  # none of them runs here and now
_BRANCHES = (ast.If, ast.Match, ast.Try, ast.TryStar, ast.Break, ast.Continue)


class Mention(NamedTuple):
    """`is_sure`: the statement has given the name a value, or written into the one that it had, seen or not."""

    name: str
    is_sure: bool


class Mentions(NamedTuple):
    """Of a statement, in order. `is_in_order` is False where a loop may end elsewhere than at its last lines."""

    names: tuple[Mention, ...]
    is_in_order: bool

    @classmethod
    def of(cls, statement: ast.stmt) -> Mentions:
        """A statement of a program, with those inside of it; of one that is nested too deep no order is known."""
        try:
            return cls._of(statement)
        except RecursionError:
            return cls((), False)

    @classmethod
    def _of(cls, statement: ast.stmt) -> Mentions:
        loops = [one for one in ast.walk(statement) if isinstance(one, ast.For | ast.While)]
        turns = any(isinstance(part, _BRANCHES) for loop in loops for part in ast.walk(loop))
        return cls(tuple(_walk(statement, is_sure=True)), not turns)


def _walk(node: ast.AST, *, is_sure: bool) -> Iterator[Mention]:
    """`is_sure`: it runs, if what it is a part of does."""
    match node:
        case ast.Name(name, ast.Del()):
            return
        case ast.Name(name, ast.Store()):
            yield Mention(name, is_sure)
        case ast.Name(name):
            yield Mention(name, False)
        case ast.alias():
            yield Mention((node.asname or node.name).partition(".")[0], is_sure)
        case ast.MatchAs() | ast.MatchStar() if node.name:
            yield from _each(ast.iter_child_nodes(node), is_sure=False)
            yield Mention(node.name, False)
        case ast.MatchMapping() if node.rest:
            yield from _each(ast.iter_child_nodes(node), is_sure=False)
            yield Mention(node.rest, False)
        case _:
            yield from _parts(node, is_sure=is_sure)


def _parts(node: ast.AST, *, is_sure: bool) -> Iterator[Mention]:
    match node:
        case ast.Assign(targets, value):
            yield from _each((value, *targets), is_sure=is_sure)
            yield from _written(targets, is_sure=is_sure)
        case ast.AnnAssign(target, _, value):
            yield from _each((value, target) if value is not None else (), is_sure=is_sure)
            yield from _written([target], is_sure=is_sure)
        case ast.AugAssign(target, _, value):
            yield from _walk(value, is_sure=is_sure)
            yield from _written([target], is_sure=is_sure)
        case ast.NamedExpr(target, value):
            yield from _walk(value, is_sure=False)
            yield from _walk(target, is_sure=False)  # it may stand where it is not come to
        case ast.Call(ast.Attribute(receiver, method)) if writes(method):
            yield from _each((*ast.iter_child_nodes(node),), is_sure=is_sure)
            yield from _written([receiver], is_sure=is_sure)
        case ast.For(target, source, body, orelse) | ast.AsyncFor(target, source, body, orelse):
            yield from _walk(source, is_sure=is_sure)
            yield from _each((target, *body, *orelse), is_sure=False)
        case ast.While(test, body, orelse):  # the test is what runs last
            yield from _each((*body, test, *orelse), is_sure=False)
        case ast.With(items, body) | ast.AsyncWith(items, body):
            yield from _each((*items, *body), is_sure=is_sure)
        case _ if isinstance(node, _OTHER_BODIES):
            return
        case _:
            is_sure = is_sure and isinstance(node, ast.Expr | ast.withitem | ast.ImportFrom | ast.Import | ast.Tuple
                                             | ast.List | ast.Starred)  # fmt: skip
            yield from _each(ast.iter_child_nodes(node), is_sure=is_sure)


def writes(method: str) -> bool:
    """Whether it writes into its receiver by its name, as `add_`, and no `__init__`."""
    return method.endswith("_") and not method.endswith("__")


def _each(nodes: Iterator[ast.AST] | tuple[ast.AST, ...], *, is_sure: bool) -> Iterator[Mention]:
    for node in nodes:
        yield from _walk(node, is_sure=is_sure)


def _written(targets: list[ast.expr], *, is_sure: bool) -> Iterator[Mention]:
    for name in written_names(targets):
        yield Mention(name, is_sure)


def written_names(targets: list[ast.expr]) -> Iterator[str]:
    """The variables in which a write into `x`, `x[0]`, `x.data` or `x.T[0]` ends."""
    for target in targets:
        while isinstance(target, ast.Subscript | ast.Attribute | ast.Starred | ast.Call):
            target = target.func if isinstance(target, ast.Call) else target.value
        if isinstance(target, ast.Name):
            yield target.id
        elif isinstance(target, ast.Tuple | ast.List):
            yield from written_names(target.elts)
