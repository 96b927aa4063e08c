"""How something is called and what it does, in its own words, read without running any code of the program."""

from __future__ import annotations

import ast
import re
import sys
from inspect import CO_VARARGS, CO_VARKEYWORDS, cleandoc, getattr_static
from types import (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    FunctionType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    WrapperDescriptorType,
)
from typing import Any

import torch
from torch.nn import Module

from engine.program import lookup
from engine.protocol.hints import Signature

_NATIVE = (
    *(BuiltinFunctionType, MethodDescriptorType, WrapperDescriptorType),
    *(MethodWrapperType, ClassMethodDescriptorType),
)
_FUNCTIONS = (*_NATIVE, FunctionType)
_MOST_CHARACTERS = 400
_MOST_SIGNATURES = 6
_MOST_OF_DEFAULT = 40
_MARKED = re.compile(r"(?::[\w:+-]+:)?(?<!\\)`{1,2}~?([^`]+)`{1,2}_{0,2}")
_ESCAPED = re.compile(r"\\([^\w\s]|_)|\\(?:text|mathrm)\{([^}]*)\}|\\(?=[A-Za-z])")
_CALL = re.compile(r"(?:\.\. (?:function|method):: )?([\w.]+)\((.*)\)\s*(?:->\s*(.+))?")
_SEE = re.compile(r"See (?::\w+:`~?(torch[\w.]+)`|(torch\.[\w.]+))")
_SHOWN = (int, float, bool, str, complex, type(None), torch.dtype, torch.device, torch.layout)


def documentation(value: Any) -> str:
    """The text under a value's name; "" where it has none. No property of the program is asked."""
    return cleandoc(_docstring(value))


def first_line(value: Any) -> str:
    """The first line of the documentation, which for torch's functions is the signature."""
    lines = _docstring(value).expandtabs().strip().splitlines()
    return without_markup(lines[0].strip())[:80] if lines else ""


def _docstring(value: Any) -> str:
    if type(value) is MethodType:
        value = value.__func__
    text = value.__doc__ if type(value) in _FUNCTIONS else getattr_static(value, "__doc__", None)
    return text if isinstance(text, str) else ""


def without_markup(text: str) -> str:
    """The words of reStructuredText: "add(input, *, alpha=1)" of "add(input, \\*, alpha=1)", "x" of ":attr:`x`"."""
    return _ESCAPED.sub(r"\1\2", _MARKED.sub(r"\1", text))


def paragraph(text: str, *, follows: bool = True) -> str:
    """The first paragraph of a documentation that is words; of one that says "See torch.sum", that one's."""
    for part in re.split(r"\n\s*\n", text.strip()):
        words = " ".join(part.split())
        if not words or _CALL.fullmatch(words) or words.startswith(".. "):
            continue
        seen = _SEE.match(words)
        if seen and follows:
            first, _, rest = (seen[1] or seen[2]).partition(".")
            other = lookup.resolve({first: sys.modules[first]}, f"{first}.{rest}")
            return paragraph(documentation(other), follows=False) or without_markup(words)
        words = without_markup(words)
        return words if len(words) <= _MOST_CHARACTERS else words[:_MOST_CHARACTERS].rsplit(" ", 1)[0] + " …"
    return ""


def signatures(value: Any, name: str, *, is_bound: bool) -> tuple[Signature, ...]:
    """The ways to call a value. `is_bound`: it was found on an instance, which is its first argument."""
    if type(value) is MethodType:
        return signatures(value.__func__, name, is_bound=True)
    if issubclass(type(value), type):
        return _of_class(value, name)
    if type(value) is FunctionType:
        return tuple(_in_words(documentation(value), name)) or (_of_function(value, name, skips=is_bound),)
    if issubclass(type(value), Module):
        return _of_method(type(value), "forward", name)
    if type(value) in _NATIVE:
        return tuple(_in_words(documentation(value), name)) or _of_native(value, name)
    return _of_method(type(value), "__call__", name)


def written_signature(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, name: str, *, skips: bool
) -> Signature:
    """The same of a definition in the text. `skips`: its first parameter is the instance."""
    arguments = node.args
    plain = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
    parts = [_parameter(one, default) for one, default in zip(plain, defaults, strict=True)][1 if skips else 0 :]
    if arguments.vararg is not None:
        parts.append(f"*{_parameter(arguments.vararg, None)}")
    elif arguments.kwonlyargs:
        parts.append("*")
    parts += [_parameter(*pair) for pair in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
    if arguments.kwarg is not None:
        parts.append(f"**{_parameter(arguments.kwarg, None)}")
    returns = None if isinstance(node, ast.Lambda) else node.returns
    return Signature(name, tuple(parts), ast.unparse(returns) if returns is not None else "")


def split_parameters(text: str) -> tuple[str, ...]:
    """The parts between commas that stand in no brackets."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and not depth:
            parts.append(text[start:place].strip())
            start = place + 1
    return tuple(part for part in (*parts, text[start:].strip()) if part)


def _in_words(text: str, name: str) -> list[Signature]:
    """Those that a documentation has as lines of their own, as those of torch do."""
    found: list[Signature] = []
    for number, line in enumerate(text.strip().splitlines()):
        call = _CALL.fullmatch(without_markup(line.strip()))
        is_here = call is not None and call[1].rpartition(".")[2] == name.rpartition(".")[2]
        if call is not None and is_here and (number < 2 or line.lstrip().startswith("..") or line == line.lstrip()):
            made = Signature(name, split_parameters(call[2]), (call[3] or "").strip())
            found += [made] if made not in found else []
    return found[:_MOST_SIGNATURES]


def _of_class(kind: type, name: str) -> tuple[Signature, ...]:
    written = tuple(_in_words(documentation(kind), name))
    return written or _of_method(kind, "__init__", name) or _of_method(kind, "__new__", name)


def _of_method(kind: type, method: str, name: str) -> tuple[Signature, ...]:
    found = getattr_static(kind, method, None)
    found = found.__func__ if type(found) is staticmethod else found
    return (_of_function(found, name, skips=True),) if type(found) is FunctionType else ()


def _of_native(value: Any, name: str) -> tuple[Signature, ...]:
    text = value.__text_signature__
    if not isinstance(text, str):
        return ()
    parts = [part for part in split_parameters(text.strip("()")) if part not in ("$self", "$module")]
    return (Signature(name, tuple(parts)),)


def _of_function(function: FunctionType, name: str, *, skips: bool) -> Signature:
    """Of the code of the function that is wrapped; its `__signature__` may be anything."""
    while type(inner := function.__dict__.get("__wrapped__")) is FunctionType:
        function = inner
    code, defaults = function.__code__, function.__defaults__ or ()
    plain = list(code.co_varnames[: code.co_argcount])
    parts = [*plain[: len(plain) - len(defaults)]]
    parts += [
        f"{one}={_shown(value)}" for one, value in zip(plain[len(plain) - len(defaults) :], defaults, strict=True)
    ]
    at = code.co_argcount + code.co_kwonlyargcount
    keywords = list(code.co_varnames[code.co_argcount : at])
    if code.co_flags & CO_VARARGS:
        parts.append(f"*{code.co_varnames[at]}")
        at += 1
    elif keywords:
        parts.append("*")
    given = function.__kwdefaults__ or {}
    parts += [f"{one}={_shown(given[one])}" if one in given else one for one in keywords]
    if code.co_flags & CO_VARKEYWORDS:
        parts.append(f"**{code.co_varnames[at]}")
    return Signature(name, tuple(parts[1 if skips and plain else 0 :]))


def _shown(value: Any) -> str:
    """A default; of what only its own `__repr__` could show, three dots."""
    is_shown = type(value) in _SHOWN or (type(value) in (tuple, list) and not value)
    text = repr(value) if is_shown else "…"
    return text if len(text) <= _MOST_OF_DEFAULT else "…"


def _parameter(parameter: ast.arg, default: ast.expr | None) -> str:
    kind = f": {ast.unparse(parameter.annotation)}" if parameter.annotation is not None else ""
    if default is None:
        return f"{parameter.arg}{kind}"
    return f"{parameter.arg}{kind}{' = ' if kind else '='}{ast.unparse(default)}"
