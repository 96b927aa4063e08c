"""The number that an operation worked with beside its one tensor, worked out of operand and result: the node has let go
of it, and nobody else had it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context
from typing import Any

import torch
from torch import Tensor

from engine.tensors import native
from engine.tensors.gate import GATE

_MOST_CELLS = 1 << 20  # of a tensor of which it must hold for every cell
_DIGITS = (1, 2, 3, 4, 5, 6, 8, 12, 17)  # of a number as a program writes it, the shortest first
_Function = Callable[[Tensor, Any], Tensor]
# By PyTorch's name of the node and of what it saved: (the operation, the number out of result and operand).
_OF_KIND: dict[tuple[str, str], tuple[_Function, Callable[[float, float], float]]] = {
    ("MulBackward0", "other"): (torch.mul, lambda result, operand: result / operand),
    ("DivBackward0", "other"): (torch.div, lambda result, operand: operand / result),
}


def number_used(kind: str, name: str, operand: Tensor, result: Tensor) -> Tensor | None:
    """As a scalar in float64: with it the operation gives the very bits of `result`. None where there is no such
    number. Inside `unobserved` and the gate."""
    known = _OF_KIND.get((kind, name))
    if known is None or not native.is_floating_point(result) or not 0 < result.numel() <= _MOST_CELLS:
        return None
    operation, inverse = known
    GATE.give_way()
    finite = torch.isfinite(result) & torch.isfinite(operand) & (result != 0) & (operand != 0)
    if not bool(finite.any()):
        return None
    at = int((operand.abs() * finite).argmax())
    rough = inverse(float(result.flatten()[at]), float(operand.flatten()[at]))
    for digits in _DIGITS:
        guess = float(Context(prec=digits).create_decimal_from_float(rough))
        GATE.give_way()
        if torch.equal(operation(operand, guess).nan_to_num(), result.nan_to_num()):
            return torch.tensor(guess, dtype=torch.float64)
    return None
