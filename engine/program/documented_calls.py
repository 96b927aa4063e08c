"""The ways to call something as its own documentation writes them, or the schemas that PyTorch dispatches by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import torch

from engine.protocol.hints import Signature

_MOST = 6
_MOST_LINES = 12  # that one way is written over
_DIRECTIVE = re.compile(r"\.\. (?:function|method|class):: ")
_NAME = re.compile(r"([A-Za-z_][\w.]*)\(")
_RETURNS = re.compile(r"(?:-+>\s*(.+?))?[:.]?")
_MARKED = re.compile(r"(?::[\w:+-]+:)?(?<!\\)`{1,2}~?([^`]+)`{1,2}_{0,2}")
_ESCAPED = re.compile(r"\\([^\w\s]|_)|\\(?:text|mathrm)\{([^}]*)\}|\\(?=[A-Za-z])")
_CONSTRUCTOR = "__init__"  # as some classes of torch name themselves
_A_SENTENCE = re.compile(r"\s*(?:[.;]\s|#).*", re.DOTALL)
_MOST_OF_KIND = 36  # what a call gives, and not what it does


def without_markup(text: str) -> str:
    """The words of reStructuredText: "add(input, *, alpha=1)" of "add(input, \\*, alpha=1)", "x" of ":attr:`x`"."""
    return _ESCAPED.sub(r"\1\2", _MARKED.sub(r"\1", text))


def documented(text: str, name: str) -> list[Signature]:
    """Those that a documentation begins with, or has as directives of their own; none of its examples."""
    lines = text.strip().splitlines()
    n_first = next((place for place, line in enumerate(lines) if not line.strip()), len(lines))
    found: list[Signature] = []
    for place, line in enumerate(lines):
        if (place < n_first or line.lstrip().startswith("..")) and (made := _call_at(lines, place, name)) is not None:
            found += [made] if made not in found else []
    return found[:_MOST]


def is_call(words: str) -> bool:
    """Whether a paragraph is nothing but a way to call something."""
    return _split(words) is not None


def schemas(value: Any, name: str) -> tuple[Signature, ...]:
    """Of a function of torch that has no documentation: what it is dispatched by."""
    own = str(value.__name__)
    if getattr(torch._C._VariableFunctions, own, None) is not value:
        return ()
    found = torch._C._jit_get_schemas_for_operator(f"aten::{own}")
    made = (_of_schema(one, name) for one in found if "out" not in (argument.name for argument in one.arguments))
    return tuple(dict.fromkeys(made))[:_MOST]


def split_parameters(text: str) -> tuple[str, ...]:
    """The parts between commas that stand in no brackets."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and not depth:
            parts.append(text[start:place].strip())
            start = place + 1
    return tuple(part for part in (*parts, text[start:].strip()) if part)


def _of_schema(schema: Any, name: str) -> Signature:
    given = [str(one.type) for one in schema.returns]
    returns = given[0] if len(given) == 1 else f"({', '.join(given)})" if given else ""
    return Signature(name, tuple(_named(schema)), returns)


def _named(schema: Any) -> Iterator[str]:
    is_by_name = False
    for argument in schema.arguments:
        if argument.kwarg_only and not is_by_name:
            is_by_name = True
            yield "*"
        name = "input" if argument.name == "self" else argument.name
        yield f"{name}={argument.default_value!r}" if argument.has_default_value() else name


def _call_at(lines: list[str], place: int, name: str) -> Signature | None:
    """The way to call it that begins with a line, which may go on in the next ones."""
    text = ""
    for line in lines[place : place + _MOST_LINES]:
        if not line.strip():
            return None
        text = f"{text} {line.strip()}".strip().removesuffix("\\").rstrip()
        called = _NAME.match(_DIRECTIVE.sub("", without_markup(text)))
        if called is None or called[1].rpartition(".")[2] not in (name.rpartition(".")[2], _CONSTRUCTOR):
            return None
        found = _split(without_markup(text))
        if found is not None:
            return Signature(name, tuple(_parameters(found[0])), found[1])
        if text.count("(") <= text.count(")"):
            return None
    return None


def _split(text: str) -> tuple[str, str] | None:
    """What stands in the brackets of a call, and what it gives; None where the text is anything else."""
    text = _DIRECTIVE.sub("", text)
    called = _NAME.match(text)
    if called is None:
        return None
    depth = 1
    for place in range(called.end(), len(text)):
        depth += (text[place] in "([{") - (text[place] in ")]}")
        if not depth:
            returns = _RETURNS.fullmatch(text[place + 1 :].strip())
            return (text[called.end() : place], _kind(returns[1] or "")) if returns is not None else None
    return None


def _kind(text: str) -> str:
    """What a call gives, without what is said of it."""
    parts = split_parameters(_A_SENTENCE.sub("", text))
    return parts[0] if parts and len(parts[0]) <= _MOST_OF_KIND else ""


def _parameters(text: str) -> Iterator[str]:
    """What may be left out has a default, three dots where none is written: "stop", "step=…" of "stop[, step]"."""
    depth, opened, part, is_left_out = 0, 0, "", False
    for place, letter in enumerate(f"{text},"):
        is_begun = bool(part.strip())
        if letter == "[" and not depth and (not is_begun or text[place + 1 :].lstrip().startswith(",")):
            opened += 1
            is_left_out = is_left_out or not is_begun
        elif letter == "]" and opened and not depth:
            opened -= 1
            is_left_out = is_left_out and is_begun
        elif letter == "," and not depth:
            if is_begun:
                yield _one(part.strip(), is_left_out)
            part, is_left_out = "", bool(opened)
        else:
            depth += (letter in "([{") - (letter in ")]}")
            part += letter


def _one(part: str, is_left_out: bool) -> str:
    is_plain = part.isidentifier() and is_left_out
    return f"{part}=…" if is_plain else part
