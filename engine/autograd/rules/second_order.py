"""Records of what `create_graph=True` makes of activations: the nodes of a second backward pass."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, pointwise


def _is_above(v: Any) -> Tensor:
    return v.self > v.threshold


RULES = (
    pointwise(
        "TanhBackward0", r"@y = @q\, (1 - @x^2)",
        "The backward of a tanh, differentiated once more. To what arrived there goes the same slope again, and to the "
        "result of the tanh how that slope changes with it.",
        Operand("q", r"@g \cdot (1 - @x^2)", lambda v: v.g * (1 - v.output**2)),
        Operand("x", r"-2\, @g \cdot @q\, @x", lambda v: -2 * v.g * v.grad_output * v.output),
        q="grad_output", x="output",
    ),
    pointwise(
        "SigmoidBackward0", r"@y = @q\, @x\, (1 - @x)",
        "The backward of a sigmoid, differentiated once more. To what arrived there goes the same slope again, and to "
        "the result of the sigmoid how that slope changes with it: not at all where that is one half.",
        Operand("q", r"@g \cdot @x\, (1 - @x)", lambda v: v.g * v.output * (1 - v.output)),
        Operand("x", r"@g \cdot @q\, (1 - 2\, @x)", lambda v: v.g * v.grad_output * (1 - 2 * v.output)),
        q="grad_output", x="output",
    ),
    pointwise(
        "ThresholdBackward0", r"@y = @q\; [@x > t]",
        "The backward of a ReLU, differentiated once more. It lets through where the ReLU did, and as its slope "
        "changes nowhere, its operand gets 0: a ReLU has no second derivative to learn from.",
        Operand("q", r"@g \cdot [@x > t]", lambda v: v.g * _is_above(v)),
        Operand("x", r"0 \cdot @g", lambda v: torch.zeros_like(v.g)),
        x="self",
    ),
)  # fmt: skip
