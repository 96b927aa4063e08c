"""Where a text defines a class, a function or a method, and what it imports at a line. Nothing is run."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from typing import Any, TypeAlias

from engine.program import lookup

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def class_named(tree: ast.Module | None, name: str) -> ast.ClassDef | None:
    """The class that a text gives a name at last, outside of functions and classes."""
    found = [node for node in (tree.body if tree is not None else ()) if isinstance(node, ast.ClassDef)]
    return next((node for node in reversed(found) if node.name == name), None)


def defined_at(tree: ast.Module | None, line: int, name: str) -> tuple[Definition, ast.ClassDef | None] | None:
    """What a line defines by this name, and the class that it belongs to."""
    for node, owner in _definitions(tree, None) if tree is not None else ():
        if node.lineno == line and node.name == name:
            return node, owner
    return None


def imported_at(tree: ast.Module | None, line: int, expression: str) -> Any:
    """The module, or what is imported of one, that an import of a line names; lookup.MISSING of what is not loaded."""
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Import | ast.ImportFrom) and node.lineno <= line <= (node.end_lineno or node.lineno):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            if module is not None and expression in (one.name for one in node.names):
                return lookup.attribute(sys.modules[module], expression) if module in sys.modules else lookup.MISSING
            whole = [module] if module is not None else [one.name for one in node.names]
            if any(f"{one}.".startswith(f"{expression}.") for one in whole):
                return sys.modules.get(expression, lookup.MISSING)
    return lookup.MISSING


def decorators(node: Function | ast.ClassDef) -> list[str]:
    """The last names of what it is decorated with: "property", "dataclass", "setter"."""
    called = [one.func if isinstance(one, ast.Call) else one for one in node.decorator_list]
    return [last_name(one) for one in called]


def last_name(node: ast.expr) -> str:
    """ "dataclass" of `dataclasses.dataclass`; "" of what is no name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def is_property(node: Function) -> bool:
    """Whether it is read as an attribute."""
    return not {"property", "cached_property", "setter", "getter", "deleter"}.isdisjoint(decorators(node))


def takes_instance(node: Function) -> bool:
    """Whether its first parameter is the object that it is called on."""
    return {"staticmethod", "classmethod"}.isdisjoint(decorators(node))


def _definitions(node: ast.AST, owner: ast.ClassDef | None) -> Iterator[tuple[Definition, ast.ClassDef | None]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition):
            yield child, owner
            yield from _definitions(child, child if isinstance(child, ast.ClassDef) else None)
        elif isinstance(child, ast.stmt):
            yield from _definitions(child, owner)
