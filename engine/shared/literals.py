"""Plain values of Python as people write them; reading runs nothing."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from engine.shared.syntax import tree_of

_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: operator.pow,
    ast.LShift: operator.lshift,
}
_LARGEST = 1e18  # of a number in a sum or product: more is a slip, and its powers would never end


def read_literal(text: str) -> object:
    """The value of a literal. Raises SyntaxError, or ValueError for whatever else keeps it from being one."""
    try:
        return ast.literal_eval(tree_of(text.lstrip(" \t"), mode="eval"))
    except (TypeError, MemoryError, RecursionError) as error:  # a key that is a list; nested too deeply
        raise ValueError(str(error)) from error


def read_plain(text: str, *, keeps_text: bool = False) -> object:
    """As `read_literal`, with arithmetic of numbers, as in `5 * 8` or `1 << 20`, and `dict(a=1)`. `keeps_text`: what a
    dictionary has besides, as `torch.bfloat16`, is its text. Numbers are those that are written: `6e-4 * 0.1` is 6e-5,
    where float64 makes it 5.9999999999999995e-05."""
    try:
        return _plain(tree_of(text.strip(), mode="eval").body, keeps_text=keeps_text)
    except (TypeError, MemoryError, RecursionError, ArithmeticError) as error:
        raise ValueError(str(error)) from error


def _plain(node: ast.expr, *, keeps_text: bool = False) -> object:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        value, is_whole = _calculated(node)
        return int(value) if is_whole else float(value)
    if isinstance(node, ast.Dict):
        if None in node.keys:
            raise ValueError("what is unpacked into a dictionary is not known")
        keys = [_plain(key) for key in node.keys if key is not None]
        read = _or_text if keeps_text else _plain
        return dict(zip(keys, map(read, node.values), strict=True))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict" and not node.args:
        return {keyword.arg: _plain(keyword.value) for keyword in node.keywords if keyword.arg is not None}
    return ast.literal_eval(node)


def _or_text(node: ast.expr) -> object:
    try:
        return _plain(node, keeps_text=True)
    except (TypeError, ValueError, ArithmeticError):
        return ast.unparse(node)


def _calculated(node: ast.expr) -> tuple[Fraction, bool]:
    """A number, and whether it is an int. Raises ValueError for what is none, TypeError and ArithmeticError."""
    if not isinstance(node, ast.BinOp) or type(node.op) not in _OPERATORS:
        value = _plain(node)
        if not isinstance(value, int | float):
            raise ValueError("arithmetic is read of plain numbers alone")
        return Fraction(repr(value)), isinstance(value, int)
    (left, is_whole), (right, is_right_whole) = _calculated(node.left), _calculated(node.right)
    is_whole = is_whole and is_right_whole and not isinstance(node.op, ast.Div)
    if max(abs(left), abs(right)) > _LARGEST:
        raise ValueError("a number is too large")
    if isinstance(node.op, ast.Pow | ast.LShift) and abs(right) > 64:
        raise ValueError("the exponent is too large")
    operands = (int(left), int(right)) if is_whole else (left, right)
    made = Fraction(_OPERATORS[type(node.op)](*operands))
    return made, is_whole and made.denominator == 1
