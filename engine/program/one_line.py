"""Any value as one short line: bounded in time and length, whatever the value is."""

from __future__ import annotations

import reprlib
from itertools import islice
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

import torch

from engine.protocol.errors import EngineError
from engine.shared.numbers import number
from engine.tensors.reading import unobserved
from engine.tensors.summary import short

MAX_CHARACTERS = 120
_MANY_DIGITS_BITS = 400
_MANY_ITEMS = 8
_BRACKETS = {dict: "{}", list: "[]", tuple: "()", set: "{}", frozenset: "{}"}


def as_line(value: Any) -> str:
    """One line of at most MAX_CHARACTERS. A `__repr__` that raises is shown as such."""
    try:
        with unobserved():
            text = _texts.repr(value)
    except EngineError as error:
        return encodable(f"{type(value).__name__}: {error}")[:MAX_CHARACTERS]
    except Exception as error:  # the program's own __repr__ may raise anything
        return f"{type(value).__name__} whose __repr__ raises {type(error).__name__}"
    text = " ".join(encodable(text).split())
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"


def encodable(text: str) -> str:
    """The text with lone surrogates written as escapes: what a program prints of itself need not be valid Unicode."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def module_line(module: torch.nn.Module) -> str:
    """ "1,234 parameters"; those that are not there yet, as in a lazy module, are not counted."""
    sizes = [p.numel() for p in module.parameters() if not isinstance(p, torch.nn.parameter.UninitializedParameter)]
    n_parameters = sum(sizes)
    return f"{n_parameters:,} parameter{'' if n_parameters == 1 else 's'}"


class _Texts(reprlib.Repr):
    """reprlib with tensors, modules and numbers as the rest of the program shows them, and nothing ever sorted."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 3
        self.maxstring = self.maxother = MAX_CHARACTERS

    def repr1(self, x: Any, level: int) -> str:
        if isinstance(x, torch.Tensor):
            return short(x)
        if isinstance(x, torch.nn.Module):
            return f"{type(x).__name__} with {module_line(x)}"
        if isinstance(x, torch.Generator):
            return f"seed {x.initial_seed()}"
        if isinstance(x, ModuleType):
            return x.__name__
        if isinstance(x, type | FunctionType | BuiltinFunctionType | MethodType):
            return str(x.__qualname__)
        if type(x) in (float, complex):
            return number(x)
        if type(x) is int:
            return str(x) if x.bit_length() <= _MANY_DIGITS_BITS else f"int of {x.bit_length():,} bits"
        if type(x) in (bytes, bytearray):
            return repr(x[:MAX_CHARACTERS])
        if isinstance(x, dict | list | tuple | set | frozenset):
            return self._container(x, level)
        if type(x).__repr__ is object.__repr__:
            return f"{type(x).__name__} object"
        return super().repr1(x, level)

    def repr_instance(self, x: Any, level: int) -> str:
        return repr(x)  # reprlib's own hides that it raised

    def _container(self, items: Any, level: int) -> str:
        """Also of a subclass: a state_dict, a named tuple of tensors."""
        brackets = _BRACKETS[next(base for base in _BRACKETS if isinstance(items, base))]
        if level <= 0 and items:
            return f"{brackets[0]}…{brackets[1]}"
        some = list(islice(items.items() if isinstance(items, dict) else items, _MANY_ITEMS))
        if isinstance(items, dict):
            texts = [f"{self.repr1(key, level - 1)}: {self.repr1(value, level - 1)}" for key, value in some]
        else:
            texts = [self.repr1(item, level - 1) for item in some]
        if len(items) > len(some):
            texts.append(f"… {len(items):,} in all")
        comma = "," if isinstance(items, tuple) and len(items) == 1 else ""
        return f"{brackets[0]}{', '.join(texts)}{comma}{brackets[1]}"


_texts = _Texts()
