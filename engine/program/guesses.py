"""A value that a learner foretold, held against the one that the program has."""

from __future__ import annotations

import ast
import math
import re
from typing import Any
from unicodedata import combining, normalize

import torch
from torch import Tensor

from engine.program.formula import Formula
from engine.program.lookup import MISSING
from engine.program.one_line import as_line
from engine.protocol.errors import EngineError
from engine.shared.numbers import brief
from engine.tensors.reading import unobserved

_MOST_ELEMENTS = 64  # of a tensor that can be foretold, and is written whole
_RELATIVE = 1e-4  # of float32, as one computes by hand
_DECIMAL_COMMA = re.compile(r"([+-]?\d+),(\d+)")


def truth(value: Any) -> str:
    """A value as a learner reads and enters it: "torch.int64", "(2, 3)", "0.6931", "[1, 0]"."""
    value = _plain(value)
    if isinstance(value, float | str):
        return value if isinstance(value, str) else brief(value)
    return f"[{', '.join(map(truth, value))}]" if isinstance(value, list) else as_line(value)


def agrees(entered: str, value: Any) -> bool:
    """Whether the text means this value: words without regard to case, accents, spaces and `torch.`, numbers as exactly
    as they were written."""
    value = _plain(value)
    if _bare(entered) == _bare(truth(value)):
        return True
    if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
        return _is_number(entered, value)
    if not isinstance(value, list | tuple):
        return False
    if ";" in entered:  # as a language writes a list whose numbers have decimal commas
        entered = _DECIMAL_COMMA.sub(r"\1.\2", entered).replace(";", ",")
    try:
        found = ast.literal_eval(entered.strip().removeprefix("torch.Size").removeprefix("torch.tensor"))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return False
    return _is_same(found, value)


def _plain(value: Any) -> Any:
    """Numbers and lists of a small tensor; a size as a tuple."""
    if isinstance(value, Tensor) and value.numel() <= _MOST_ELEMENTS:
        return value.detach().tolist()
    return tuple(value) if isinstance(value, torch.Size) else value


def _bare(text: str) -> str:
    letters = "".join(letter for letter in normalize("NFKD", text) if not combining(letter))  # "nao" for "não"
    short = re.sub(r"[\s`'\"]", "", letters).lower().replace("torch.size", "").replace("torch.", "")
    return re.sub(r"^\((.*?),?\)$", r"[\1]", short)


def _is_number(entered: str, value: float) -> bool:
    text = _DECIMAL_COMMA.sub(r"\1.\2", entered.strip())
    try:
        with unobserved():
            formula = Formula(text, lambda name: MISSING)
            found, literal = formula.value(), formula.literal
    except EngineError:
        return False
    return found.numel() == 1 and _is_near(float(found), value, literal)


def _is_near(found: float, value: float, literal: str) -> bool:
    if isinstance(value, int) or not math.isfinite(value):
        return found == value or (math.isnan(found) and math.isnan(value))
    mantissa, _, exponent = literal.lower().partition("e")
    half_a_digit = 0.5 * 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2])) if "." in mantissa else 0.0
    return abs(found - value) <= max(_RELATIVE * abs(value), 1.0001 * half_a_digit)


def _is_same(found: Any, value: Any) -> bool:
    if isinstance(value, list | tuple):
        is_as_long = isinstance(found, list | tuple) and len(found) == len(value)
        return is_as_long and all(map(_is_same, found, value))
    if isinstance(value, bool) or not isinstance(found, int | float):
        return bool(found == value)
    return _is_near(float(found), value, repr(found))
