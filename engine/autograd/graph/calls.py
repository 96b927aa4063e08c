"""A recorded call in words: its text in the program, its line, its function."""

from __future__ import annotations

import ast

from engine.autograd.records import Call
from engine.program.function_names import function_name
from engine.program.places import Place
from engine.program.sentences.failing_call import parsed
from engine.program.sources import locate
from engine.protocol.source import Source

_MAX_EXPRESSION = 60  # characters


def source_of(place: Place | None) -> Source | None:
    """The sub-expression of the program behind a place."""
    return None if place is None else locate(place.code, place.offset)


def line_of(call: Call) -> int | None:
    """The line of the program that made a call."""
    source = source_of(call.place)
    return None if source is None else source.line


def expression_of(call: Call) -> str:
    """The call as the program writes it, where that is short, else its function."""
    source = source_of(call.place)
    text = "" if source is None else source.text
    return text if text and "\n" not in text and len(text) <= _MAX_EXPRESSION else function_of(call)


def function_of(call: Call) -> str:
    """What a person calls its function, "torch.argmax"."""
    return function_name(call.function)


def names_in(call: Call) -> set[str]:
    """The names and dotted names that the program writes in a call."""
    source = source_of(call.place)
    tree = None if source is None else parsed(source.text)
    parts = ast.walk(tree) if tree is not None else ()
    return {ast.unparse(part) for part in parts if isinstance(part, ast.Name | ast.Attribute)}
