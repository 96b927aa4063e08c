"""A cell of a result written out: as a sum of products, a sum, a mean, a softmax, or two numbers and their sign."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from torch import Tensor

from engine.autograd.operations.arguments import Arguments
from engine.autograd.operations.sources import Cells
from engine.shared.numbers import brief, number

# With the places of the two factors and, where there is one, of what is added to their products.
_PRODUCTS = {
    **dict.fromkeys(("@", "matmul", "mm", "mv", "dot", "bmm", "inner", "vdot", "einsum", "tensordot"), (0, 1)),
    **dict.fromkeys(("linear", "conv1d", "conv2d", "conv3d"), (0, 1, 2)),
    **dict.fromkeys(("addmm", "addmv", "baddbmm"), (1, 2, 0)),
}
_BETWEEN = {"+": "+", "-": "−", "*": "·", "/": "/", "add": "+", "sub": "−", "mul": "·", "div": "/"}
_SUMS = frozenset({"sum", "mean", "cumsum"})
DROPOUTS = frozenset({"dropout", "dropout1d", "dropout2d", "dropout3d", "feature_dropout"})
_MOST_TERMS = 8
_ROUNDING = 1e-2  # of the terms' own size: half precision adds up in another order


def sum_text(
    sign: str, operands: Sequence[Tensor], cells: Sequence[Cells], result: Tensor, cell: tuple[int, ...]
) -> str:
    """A cell of a result, as its operands' cells make it; "" of any operation that is not written so."""
    if not cells or any(not one.indices or one.n_cells > len(one.indices) for one in cells):
        return ""
    values = [_numbers(operand, one.indices) for operand, one in zip(operands, cells, strict=True)]
    made = result[cell].item()
    if any(isinstance(one, complex) for one in (made, *(value[0] for value in values))):
        return ""
    if sign in _PRODUCTS and len(cells) > 1:
        return _products([values[place] for place in _PRODUCTS[sign] if place < len(cells)], made)
    counts = {len(one) for one in values}
    if sign in _SUMS and len(cells) == 1:
        total = _joined([number(values[0][0]), *map(_factor, values[0][1 : _MOST_TERMS + 1])])
        return f"({total}) / {len(values[0])} = {number(made)}" if sign == "mean" else f"{total} = {number(made)}"
    if sign == "softmax" and len(cells) == 1 and operands[0].shape == result.shape:
        return _softmax(values[0], operands[0][cell].item(), made)
    if sign in _BETWEEN and counts == {1} and len(cells) == 2:
        return f"{number(values[0][0])} {_BETWEEN[sign]} {_factor(values[1][0])} = {number(made)}"
    return ""


def dropout_text(arguments: Arguments | None, operand: Tensor, result: Tensor, cell: tuple[int, ...]) -> str:
    """A cell of what dropout made: "0.5000 / (1 − 0.2) = 0.6250" where it was kept, "0.5000 · 0 = 0" where it was
    not; "" where that is not so, as of one that does not train."""
    if arguments is None or operand.shape != result.shape or operand.is_complex():
        return ""
    given, named = arguments
    p = named.get("p", given[1] if len(given) > 1 else 0.5)
    before, made = operand[cell].item(), result[cell].item()
    if type(p) is not float or not 0 < p < 1 or not before:
        return ""
    if made == 0:
        return f"{number(before)} · 0 = 0"
    is_kept = abs(before / (1 - p) - made) <= _ROUNDING * abs(made)
    return f"{number(before)} / (1 − {brief(p)}) = {number(made)}" if is_kept else ""


def _numbers(operand: Tensor, indices: Sequence[int]) -> list[float]:
    shape = tuple(operand.shape)
    return [operand[tuple(int(place) for place in np.unravel_index(flat, shape))].item() for flat in indices]


def _products(values: list[list[float]], made: float) -> str:
    """Only where the products, in this order, do add up to it."""
    first, second, *added = values
    if len(first) != len(second) or any(len(one) != 1 for one in added):
        return ""
    products = [a * b for a, b in zip(first, second, strict=True)]
    more = [one[0] for one in added]
    size = sum(map(abs, (*products, *more)))
    if math.isfinite(size) and abs(sum(products) + sum(more) - made) > _ROUNDING * size:
        return ""
    pairs = zip(first[: _MOST_TERMS + 1], second[: _MOST_TERMS + 1], strict=True)
    terms = [f"{number(a) if place == 0 else _factor(a)} · {_factor(b)}" for place, (a, b) in enumerate(pairs)]
    return " + ".join((_joined(terms), *map(_factor, more))) + f" = {number(made)}"


def _softmax(values: list[float], own: float, made: float) -> str:
    terms = [f"exp({number(one)})" for one in values[: _MOST_TERMS + 1]]
    return f"exp({number(own)}) / ({_joined(terms)}) = {number(made)}"


def _joined(terms: list[str]) -> str:
    """As a sum, of which the first terms are written."""
    return " + ".join(terms[:_MOST_TERMS]) + (" + …" if len(terms) > _MOST_TERMS else "")


def _factor(value: float) -> str:
    """In brackets where it has a sign."""
    return f"({number(value)})" if value < 0 else number(value)
