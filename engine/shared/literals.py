"""Plain values of Python as people write them; reading runs nothing."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
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
    dictionary has besides, as `torch.bfloat16`, is its text."""
    try:
        return _plain(tree_of(text.strip(), mode="eval").body, keeps_text=keeps_text)
    except (TypeError, MemoryError, RecursionError, ArithmeticError) as error:
        raise ValueError(str(error)) from error


def _plain(node: ast.expr, *, keeps_text: bool = False) -> object:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = _number(node.left), _number(node.right)
        if isinstance(node.op, ast.Pow | ast.LShift) and abs(right) > 64:
            raise ValueError("the exponent is too large")
        return _OPERATORS[type(node.op)](left, right)
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


def _number(node: ast.expr) -> int | float:
    value = _plain(node)
    if not isinstance(value, int | float) or abs(value) > _LARGEST:
        raise ValueError("arithmetic is read of plain numbers alone")
    return value
