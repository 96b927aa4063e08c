"""Any value as one short line: bounded in time and length, whatever the value is."""

from __future__ import annotations

import math
import reprlib
from functools import partial
from itertools import islice
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

import torch
from torch import Generator, Tensor
from torch.nn import Module, Parameter

from engine.program.foreign import FOREIGN, TooSlowError
from engine.program.module_tree import parameters_in
from engine.shared.numbers import number, shortened
from engine.shared.static_reads import type_name
from engine.tensors import native
from engine.tensors.reading import is_uninitialized
from engine.tensors.summary import short
from engine.tensors.unseen import Unseen

MAX_CHARACTERS = 120
_MANY_DIGITS_BITS = 400
_MANY_ITEMS = 8
_MAX_READ_CHARACTERS = 8 * MAX_CHARACTERS  # of a text that may be a gigabyte long
_MAX_ATTEMPTS = 3  # at a container with several slow values in it
_PLAIN = frozenset({bool, int, float, complex, str, bytes, bytearray, range, type(None), Tensor, Parameter})
_BRACKETS = {dict: "{}", list: "[]", tuple: "()", set: "{}", frozenset: "{}"}
_CONTAINERS = tuple(_BRACKETS)


def as_line(value: Any) -> str:
    """One line of at most MAX_CHARACTERS. A `__repr__` that raises or takes too long is shown as such."""
    if _is_plain(value):
        return _line(_Texts(), value)
    for _ in range(_MAX_ATTEMPTS):
        texts = _Texts()
        try:
            return FOREIGN.ask(partial(_line, texts, value))
        except TooSlowError:
            if texts.shown in _PLAIN or texts.shown in _BRACKETS:
                break
            FOREIGN.give_up(texts.shown)
    return f"{type_name(value)} that takes too long to show"


def _line(texts: _Texts, value: Any) -> str:
    try:
        with torch.no_grad():
            text = texts.repr(value)
    except Exception as error:  # a __len__, say; what a __repr__ raises is part of the text
        return f"{type_name(value)} that cannot be shown: {type_name(error)}"
    text = " ".join(encodable(str(text)[:_MAX_READ_CHARACTERS]).split())
    return shortened(text, MAX_CHARACTERS)


def _is_plain(value: Any, level: int = 3) -> bool:
    """Whether showing it runs none of the program's code."""
    kind = type(value)
    if kind in _PLAIN:
        return True
    if kind not in _BRACKETS or not level:
        return kind in _BRACKETS
    some = islice(value.items() if kind is dict else value, _MANY_ITEMS)
    return all(_is_plain(item, level - (kind is not tuple)) for item in some)


def encodable(text: str) -> str:
    """The text with lone surrogates written as escapes: what a program prints of itself need not be valid Unicode."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def module_line(module: Module) -> str:
    """ "1,234 parameters"."""
    n_parameters = count_parameters(module)
    return f"{n_parameters:,} parameter{'' if n_parameters == 1 else 's'}"


def count_parameters(module: Module) -> int:
    """The numbers in all of them; those that are not there yet, as in a lazy module, are not counted."""
    with Unseen():
        return sum(math.prod(native.bare(p).shape) for p in parameters_in(module) if not is_uninitialized(p))


class _Texts(reprlib.Repr):
    """reprlib with tensors, modules and numbers as the rest of the program shows them, and nothing ever sorted."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 3
        self.maxstring = self.maxother = MAX_CHARACTERS
        self.shown: type = type(None)  # of the value that is asked just now

    def repr1(self, x: Any, level: int) -> str:
        outer, self.shown = self.shown, type(x)
        is_slow = FOREIGN.is_slow(self.shown)
        text = f"{type_name(x)} whose __repr__ takes too long" if is_slow else self._repr(x, level)
        self.shown = outer
        return text

    def _repr(self, x: Any, level: int) -> str:
        kind = type(x)
        if issubclass(kind, Tensor):
            return short(x)
        if issubclass(kind, Module):
            return f"{type_name(x)} with {module_line(x)}"
        if kind is Generator:
            return f"seed {x.initial_seed()}"
        if kind is ModuleType:
            return str(x.__name__)
        if issubclass(kind, type | FunctionType | BuiltinFunctionType | MethodType):
            return str(x.__qualname__)
        if type(x) in (float, complex):
            return number(x)
        if type(x) is int:
            return str(x) if x.bit_length() <= _MANY_DIGITS_BITS else f"int of {x.bit_length():,} bits"
        if type(x) in (bytes, bytearray):
            return repr(x[:MAX_CHARACTERS])
        if issubclass(kind, _CONTAINERS):
            return self._container(x, level)
        if type(x).__repr__ is object.__repr__:
            return f"{type_name(x)} object"
        return super().repr1(x, level)

    def repr_instance(self, x: Any, level: int) -> str:
        try:
            return repr(x)[:_MAX_READ_CHARACTERS]
        except BaseException as error:  # the program's own may raise anything; reprlib hides what
            return f"{type_name(x)} whose __repr__ raises {type_name(error)}"

    def _container(self, items: Any, level: int) -> str:
        """Also of a subclass: a state_dict, a named tuple of tensors. No method of its own is asked."""
        base: Any = next(base for base in _CONTAINERS if issubclass(type(items), base))
        brackets, n_items = _BRACKETS[base], base.__len__(items)
        if level <= 0 and n_items:
            return f"{brackets[0]}…{brackets[1]}"
        some = list(islice(dict.items(items) if base is dict else base.__iter__(items), _MANY_ITEMS))
        if base is dict:
            texts = [f"{self.repr1(key, level - 1)}: {self.repr1(value, level - 1)}" for key, value in some]
        else:
            texts = [self.repr1(item, level - 1) for item in some]
        if n_items > len(some):
            texts.append(f"… {n_items:,} in all")
        comma = "," if base is tuple and n_items == 1 else ""
        return f"{brackets[0]}{', '.join(texts)}{comma}{brackets[1]}"
