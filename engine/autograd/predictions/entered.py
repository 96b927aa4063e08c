"""A prediction as it was entered: its numbers, the cell that it is of, and how exactly it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from torch import Tensor

from engine.program.formula import Formula
from engine.protocol.errors import EngineError

_CELL = re.compile(r"\s*\[([-\d,\s]*)\]\s*[=:]\s*(.+)", re.DOTALL)


class Entered(NamedTuple):
    """`numbers` float64; `cell` None where all cells are meant; `rounding`: half a unit of the last digit that was
    written, 0 of an expression."""

    text: str
    numbers: Tensor
    cell: tuple[int, ...] | None
    rounding: float


def entered(text: str, shape: tuple[int, ...], names: Callable[[str], Any]) -> Entered:
    """Read what a person wrote for a gradient of a shape. Inside `unobserved`. Raises EngineError."""
    found = _CELL.fullmatch(text)
    cell = None if found is None else _cell(found[1], shape)
    formula = Formula(text if found is None else found[2], names)
    numbers = formula.value()
    if cell is not None and numbers.numel() != 1:
        raise EngineError(
            "prediction.one_number", "For one cell one number is needed; this has the shape {shape}.",
            shape=tuple(numbers.shape),
        )  # fmt: skip
    return Entered(text.strip(), numbers, cell, _rounding(formula.literal))


def _cell(text: str, shape: tuple[int, ...]) -> tuple[int, ...]:
    try:
        cell = tuple(int(part) for part in text.split(",") if part.strip())
    except ValueError:
        cell = (-1,) * (len(shape) + 1)
    if len(cell) != len(shape) or not all(-size <= index < size for index, size in zip(cell, shape, strict=True)):
        raise EngineError(
            "prediction.no_cell", "A gradient of the shape {shape} has no cell [{cell}].", shape=shape, cell=text
        )
    return tuple(index % size for index, size in zip(cell, shape, strict=True))


def _rounding(literal: str) -> float:
    """A number that was written is right where PyTorch's rounds to it: 0.08 of 0.0817."""
    if not literal:
        return 0.0
    mantissa, _, exponent = literal.lower().partition("e")
    n_decimals = len(mantissa.partition(".")[2].replace("_", ""))
    return float(0.5 * 10.0 ** (int(exponent or 0) - n_decimals))
