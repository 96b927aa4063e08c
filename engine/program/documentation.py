"""How something is called and what it does, in its own words, read without running any code of the program."""

from __future__ import annotations

import ast
import re
import sys
from inspect import CO_VARARGS, CO_VARKEYWORDS, cleandoc, getattr_static
from pathlib import Path
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
from torch import Tensor
from torch.nn import Module, functional

from engine.program import lookup
from engine.program.documented_calls import documented, is_call, schemas, split_parameters, without_markup
from engine.protocol.hints import Signature

_NATIVE = (
    *(BuiltinFunctionType, MethodDescriptorType, WrapperDescriptorType),
    *(MethodWrapperType, ClassMethodDescriptorType),
)
_FUNCTIONS = (*_NATIVE, FunctionType)
_TEXT_OF_CLASS = type.__dict__["__text_signature__"]
_TORCH = str(Path(torch.__file__).parent)
_MOST_CHARACTERS = 400
_MOST_OF_DEFAULT = 40
_HEADING = re.compile(r"\A[^\n]+\n(=+|-+|~+)\Z")
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
    is_function = type(value) in _FUNCTIONS or type(value).__module__.startswith("_cython_")
    text = value.__doc__ if is_function else getattr_static(value, "__doc__", None)
    return text if isinstance(text, str) else ""


def paragraph(text: str, *, follows: bool = True) -> str:
    """The first paragraph of a documentation that is words; of one that says "See torch.sum", that one's."""
    for part in re.split(r"\n\s*\n", text.strip()):
        words = " ".join(part.split())
        if not words or is_call(words) or words.startswith(".. ") or _HEADING.match(part):
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
        return tuple(documented(documentation(value), name)) or (_of_function(value, name, skips=is_bound),)
    if issubclass(type(value), Module):
        return _of_method(type(value), "forward", name)
    if type(value) in _NATIVE:
        return tuple(documented(documentation(value), name)) or _of_native(value, name) or schemas(value, name)
    return _of_method(type(value), "__call__", name) or tuple(documented(documentation(value), name))


def is_native(value: Any) -> bool:
    """Whether it is a function or method that is written in C."""
    return type(value) in _NATIVE


def gives_tensor(value: Any) -> bool:
    """Whether a function says that it returns a tensor. Of others than torch's even the annotations may be code."""
    if type(value) is FunctionType and value.__code__.co_filename.startswith(_TORCH):
        if value.__annotations__.get("return") in (Tensor, "Tensor", "torch.Tensor"):
            return True
    elif type(value) not in _NATIVE:
        return False
    name = value.__name__
    words = documentation(value)
    if type(value) is MethodDescriptorType and not words:  # as Tensor.relu
        words = documentation(lookup.attribute(functional, name))
    found = documented(words, name)
    is_said = any(one.returns in ("Tensor", "LongTensor") for one in found)
    return is_said or (not found and any(one.returns == "Tensor" for one in schemas(value, name)))


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


def _of_class(kind: type, name: str) -> tuple[Signature, ...]:
    written = tuple(documented(documentation(kind), name))
    return written or _of_method(kind, "__init__", name) or _of_method(kind, "__new__", name) or _of_native(kind, name)


def _of_method(kind: type, method: str, name: str) -> tuple[Signature, ...]:
    found = getattr_static(kind, method, None)
    found = found.__func__ if type(found) is staticmethod else found
    return (_of_function(found, name, skips=True),) if type(found) is FunctionType else ()


def _of_native(value: Any, name: str) -> tuple[Signature, ...]:
    """Of what is written in C, or a class that is: as it says that it is called."""
    is_class = issubclass(type(value), type)
    text = _TEXT_OF_CLASS.__get__(value) if is_class else value.__text_signature__
    if not isinstance(text, str):
        is_error = is_class and issubclass(value, BaseException)
        return (Signature(name, ("*args",)),) if is_error else ()
    parts = split_parameters(" ".join(text.split()).removeprefix("(").removesuffix(")"))
    bound = [part for part in parts if part not in ("$self", "$module")]
    is_positional = len(bound) < len(parts) and bound[:1] == ["/"]  # the bound one is, and that alone
    return (Signature(name, tuple(bound[1:] if is_positional else bound)),)


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
