"""The modules, classes and functions of a text, each with what its names are given."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeAlias

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


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


def members_of(node: ast.ClassDef) -> Iterator[tuple[str, ast.AST]]:
    """What the body of a class makes, by its names."""
    for one in node.body:
        if isinstance(one, (*FUNCTIONS, ast.ClassDef)):
            yield one.name, one
        for target in one.targets if isinstance(one, ast.Assign) else [getattr(one, "target", None)]:
            for name in ast.walk(target) if isinstance(target, ast.expr) else ():
                if isinstance(name, ast.Name):
                    yield name.id, name


def where_given(name: str, scope: Scope) -> Scope | None:
    """The scope that a name is given in, seen from another; None where the text does not make it."""
    found: Scope | None = scope
    while found is not None and (name not in found.given or (found.is_class and found is not scope)):
        found = found.outer
    return found


def last_name(node: ast.expr) -> str:
    """ "Module" of nn.Module, and of what is called or indexed so."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
