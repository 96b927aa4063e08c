"""Records of samples of distributions, and of values that are rounded to a grid."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, pointwise, unary, whole

_DRAWN = (
    "A sample is drawn anew by chance, and no derivative says how it depends on its distribution: the operand gets 0. "
    "What is to learn from samples is written as a function of a fixed noise, or scored by log-probabilities."
)


def _by_grid(v: Any) -> tuple[Tensor, Tensor, Tensor]:
    """Of each element its place on the grid, and whether it lies below or above the last one."""
    place = (v.self / v.scale + v.zero_point.round()).round()
    return place, place < v.quant_min, place > v.quant_max


def _of_step(v: Any) -> Tensor:
    place, below, above = _by_grid(v)
    zero = v.zero_point.round()
    inner = place - zero - v.self / v.scale
    each = torch.where(below, v.quant_min - zero, torch.where(above, v.quant_max - zero, inner))
    return (v.g * each * v.grad_factor).sum().reshape(v.shape)


def _of_zero(v: Any) -> Tensor:
    _, below, above = _by_grid(v)
    return (torch.where(below | above, -v.g * v.scale, 0.0) * v.grad_factor).sum().reshape(v.shape)


def _inside(v: Any) -> Tensor:
    _, below, above = _by_grid(v)
    return v.g.masked_fill(below | above, 0)


RULES = (
    whole("Normal1 Normal2 Poisson0 Bernoulli0 Exponential0 Cauchy0 Geometric0 LogNormal0 Uniform0 Random2 Normal0",
          r"@y \sim p(@x)", _DRAWN, Operand("x", r"0", lambda v: v.g.new_zeros(v.shape))),
    whole("Normal3", r"@y \sim \mathcal{N}(@m, @s^2)", _DRAWN,
          Operand("m", r"0", lambda v: v.g.new_zeros(v.shape)), Operand("s", r"0", lambda v: v.g.new_zeros(v.shape))),
    pointwise(
        "StandardGamma0", r"@y \sim \Gamma(@x)",
        "A gamma sample moves with its shape as the place does where the distribution function keeps its value. So it "
        "has a derivative, and a shape can be learned from it.",
        Operand("x", r"@g \cdot \left(-\frac{\partial F / \partial @x}{p(@y)}\right)",
                lambda v: v.g * torch._standard_gamma_grad(v.self, v.result)),
        x="self", y="result",
    ),
    unary(
        "FakeQuantizePerTensorAffineCachemask0 FakeQuantizePerTensorAffineCachemaskTensorQparams0 "
        "FakeQuantizePerChannelAffineCachemask0",
        r"@y = \Delta\, \mathrm{round}(x / \Delta)", r"@g \cdot [@m]",
        lambda v: v.g * v.mask,
        "Rounding to a grid has no derivative, so the gradient goes through as if nothing was rounded. Only what lies "
        "beyond the ends of the grid gets 0.",
        m="mask",
    ),
    whole(
        "FakeQuantizeLearnablePerTensorAffine0", r"@y = @s\, \mathrm{round}(@x / @s)",
        "Rounding to a grid whose step is learned. A value inside of the grid gets the gradient as it is, and the step "
        "gets how far the rounding moved each of them, and the last place of the grid where a value lies beyond.",
        Operand("x", r"@g \cdot [\text{inside}]", _inside),
        Operand("s", r"\sum @g\, (\mathrm{round}(@x / @s) - @x / @s)", _of_step),
        Operand("z", r"-\sum_{\text{outside}} @g\, @s", _of_zero),
        x="self", s="scale",
    ),
)  # fmt: skip
