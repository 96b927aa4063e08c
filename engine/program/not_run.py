"""Names and attributes that the text tells of, before it has run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from engine.program.definitions import is_property
from engine.program.documentation import written_signature
from engine.program.known import Expressions
from engine.program.known_kinds import Instance, Known, Live, Written
from engine.program.lookup import attribute
from engine.program.members import class_names, describe, members
from engine.protocol.program_values import Completion
from engine.shared.static_reads import member_names


def written_names(expressions: Expressions) -> Iterator[Completion]:
    """The names that the line of the cursor sees, those of its own function first."""
    for name, made in expressions.text.names().items():
        yield _completion(name, expressions.made(made), is_parameter=isinstance(made, ast.arg))


def written_members(expression: str, expressions: Expressions) -> Iterator[Completion]:
    """What will be on the value of an expression; nothing where that is not known without running it."""
    known = expressions.of(expression)
    if isinstance(known, Live):
        yield from members(known.value)
    elif isinstance(known, Instance) and isinstance(known.kind, type):
        for name in class_names(known.kind):
            yield describe(name, attribute(known.kind, name), object())
    elif known is not None:
        yield from _of_class(known, expressions)


def newer_members(value: Any, expressions: Expressions) -> Iterator[Completion]:
    """What the text gives a value's class since it ran, beside what the value has."""
    node = expressions.class_of(value)
    if node is not None:
        there = member_names(value)
        yield from (one for one in _of_class(Instance(node), expressions) if one.name not in there)


def _of_class(known: Known, expressions: Expressions) -> Iterator[Completion]:
    """Of a class of the text: what it gives itself, then what its bases do."""
    node = known.kind if isinstance(known, Instance) else known.node if isinstance(known, Written) else None
    if not isinstance(node, ast.ClassDef):
        return
    seen = set()
    for name, made in expressions.text.members(node).items():
        seen.add(name)
        yield _completion(name, expressions.made(made), is_method=True)
    for base in expressions.bases(node):
        found: Iterator[Completion] = iter(())
        if isinstance(base, Live) and issubclass(type(base.value), type):
            kind = base.value
            found = (describe(name, attribute(kind, name), object()) for name in class_names(kind))
        elif isinstance(base, Written):
            found = _of_class(base, expressions)
        for completion in found:
            if completion.name not in seen:
                seen.add(completion.name)
                yield completion


def _completion(name: str, known: Known | None, *, is_parameter: bool = False, is_method: bool = False) -> Completion:
    plain = "parameter" if is_parameter else "variable"
    if isinstance(known, Live):
        return describe(name, known.value, None)
    if isinstance(known, Instance):
        kind = known.kind
        return Completion(name, plain, kind.__name__ if isinstance(kind, type) else kind.name)
    if isinstance(known, Written):
        if isinstance(known.node, ast.ClassDef):
            return Completion(name, "class")
        if is_method and not isinstance(known.node, ast.Lambda) and is_property(known.node):
            return Completion(name, "property")
        signature = written_signature(known.node, name, skips=is_method)
        return Completion(name, "method" if is_method else "function", signature.text[:80])
    return Completion(name, plain)
