"""How what a text defines is called: its functions and methods, and its classes, also those made of their fields."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from inspect import CO_VARARGS, CO_VARKEYWORDS, getattr_static
from types import FunctionType
from typing import Any

from engine.program.definitions import Definition, class_named, decorators, last_name, takes_instance
from engine.program.documentation import signatures, written_signature
from engine.program.known import Expressions
from engine.program.known_kinds import Instance, Live, Written
from engine.protocol.hints import Signature

_MADE_BY_FIELDS = ("dataclass", "define", "frozen")  # also those of attrs
_TUPLES = ("NamedTuple",)
_NO_FIELDS = ("ClassVar",)
_NAME = re.compile(r"^[*/]+|[:= ].*", re.DOTALL)  # what a parameter is written with beside it


def ways_to_call(
    node: Definition | ast.Lambda, name: str, expressions: Expressions, *, is_bound: bool
) -> tuple[Signature, ...]:
    """`is_bound`: it was found on an instance, which is its first argument where it takes one."""
    if isinstance(node, ast.ClassDef):
        return _ways_to_make(node, name, expressions)
    is_plain = isinstance(node, ast.Lambda) or takes_instance(node)
    is_of_class = not isinstance(node, ast.Lambda) and "classmethod" in decorators(node)
    return (written_signature(node, name, skips=(is_bound and is_plain) or is_of_class),)


def newer_definition(value: Any, namespace_name: str, expressions: Expressions) -> Definition | None:
    """The definition of a function or class of the program that ran, where the text takes other parameters by now."""
    node = _definition_of(value, namespace_name, expressions)
    if node is None:
        return None
    made = getattr_static(value, "__init__", None) if isinstance(node, ast.ClassDef) else value
    if type(made) is not FunctionType or type(made.__dict__.get("__wrapped__")) is FunctionType:
        return None
    ways = ways_to_call(node, node.name, expressions, is_bound=False)
    written = {_NAME.sub("", part) for part in (ways[0].parameters if ways else ())} - {""}
    n_rest = bool(made.__code__.co_flags & CO_VARARGS) + bool(made.__code__.co_flags & CO_VARKEYWORDS)
    n = made.__code__.co_argcount + made.__code__.co_kwonlyargcount + n_rest
    ran = set(made.__code__.co_varnames[1 if isinstance(node, ast.ClassDef) else 0 : n])
    return node if written != ran else None


def _definition_of(value: Any, namespace_name: str, expressions: Expressions) -> Definition | None:
    is_class = issubclass(type(value), type)
    if not is_class and type(value) is not FunctionType:
        return None
    module = getattr_static(value, "__module__", None) if is_class else value.__module__
    name = type.__dict__["__name__"].__get__(value) if is_class else value.__name__
    tree = expressions.text.tree
    if module != namespace_name or tree is None:
        return None
    if is_class:
        return class_named(tree, name)
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return next((node for node in reversed(found) if node.name == name and not node.decorator_list), None)


def _ways_to_make(node: ast.ClassDef, name: str, expressions: Expressions) -> tuple[Signature, ...]:
    fields = list(_fields(node, expressions, set()))
    own = expressions.text.members(node).get("__init__")
    if own is None and (fields or _is_made_by_fields(node)):
        return (Signature(name, tuple(dict(fields).values())),)
    made = expressions.member(Written(node), "__init__")
    if isinstance(made, Written) and not isinstance(made.node, ast.ClassDef):
        return (written_signature(made.node, name, skips=True),)
    if isinstance(made, Live) and type(made.value) is FunctionType:
        return signatures(made.value, name, is_bound=True)
    return () if node.bases or node.keywords else (Signature(name, ()),)


def _is_made_by_fields(node: ast.ClassDef) -> bool:
    is_decorated = any(one in _MADE_BY_FIELDS for one in decorators(node))
    return is_decorated or any(last_name(base) in _TUPLES for base in node.bases)


def _fields(node: ast.ClassDef, expressions: Expressions, seen: set[int]) -> Iterator[tuple[str, str]]:
    """Each field of a data class with how it is given, those of its bases first."""
    if id(node) in seen:
        return
    seen.add(id(node))
    for base in expressions.bases(node):
        if isinstance(base, Written) and isinstance(base.node, ast.ClassDef):
            yield from _fields(base.node, expressions, seen)
    for statement in node.body if _is_made_by_fields(node) else ():
        match statement:
            case ast.AnnAssign(ast.Name(name), annotation, value):
                kind = annotation.value if isinstance(annotation, ast.Subscript) else annotation
                default = _default(value)
                if last_name(kind) not in _NO_FIELDS and default is not None:
                    yield name, f"{name}: {ast.unparse(annotation)}{default}"


def _default(value: ast.expr | None) -> str | None:
    """As it is written behind a field; None of one that cannot be given."""
    if not isinstance(value, ast.Call) or last_name(value.func) != "field":
        return "" if value is None else f" = {ast.unparse(value)}"
    given = {one.arg: one.value for one in value.keywords}
    if isinstance(init := given.get("init"), ast.Constant) and init.value is False:
        return None
    if "default" in given:
        return f" = {ast.unparse(given['default'])}"
    return " = …" if "default_factory" in given else ""


def instance_ways(known: Instance, name: str, expressions: Expressions) -> tuple[Signature, ...]:
    """How what will be made of a class of the text is called itself."""
    forward = expressions.member(known, "forward") if expressions.is_module(known) else None
    called = forward or expressions.member(known, "__call__")
    if not isinstance(called, Written) or isinstance(called.node, ast.ClassDef):
        return ()
    return (written_signature(called.node, name, skips=True),)
