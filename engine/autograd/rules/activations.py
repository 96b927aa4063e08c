"""Records of activations: functions of one operand that a network's layers end with, and the softmaxes."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, pointwise, unary, whole


def _gelu(v: Any) -> Tensor:
    x = v.self
    if v.approximate == "tanh":
        inner = math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)
        bent = torch.tanh(inner)
        slope = 0.5 * (1 + bent) + 0.5 * x * (1 - bent**2) * math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * x**2)
    else:
        slope = 0.5 * (1 + torch.erf(x / math.sqrt(2))) + x * torch.exp(-0.5 * x**2) / math.sqrt(2 * math.pi)
    return v.g * slope


def _silu(v: Any) -> Tensor:
    gate = torch.sigmoid(v.self)
    return v.g * gate * (1 + v.self * (1 - gate))


def _mish(v: Any) -> Tensor:
    bent = torch.tanh(torch.nn.functional.softplus(v.self))
    return v.g * (bent + v.self * (1 - bent**2) * torch.sigmoid(v.self))


def _elu(v: Any) -> Tensor:
    x = v.self
    negative = v.alpha * v.scale * v.input_scale * torch.exp(v.input_scale * x)
    return v.g * torch.where(x > 0, torch.full_like(x, v.scale), negative)


def _elu_in_place(v: Any) -> Tensor:
    y = v.result
    return v.g * torch.where(y > 0, torch.full_like(y, v.scale), v.input_scale * (y + v.alpha * v.scale))


def _softplus(v: Any) -> Tensor:
    bent = torch.sigmoid(v.beta * v.self)
    return v.g * torch.where(v.self * v.beta > v.threshold, 1.0, bent)


def _glu(v: Any) -> Tensor:
    a, b = v.self.chunk(2, v.dim)
    gate = torch.sigmoid(b)
    return torch.cat([v.g * gate, v.g * a * gate * (1 - gate)], v.dim)


def _softmax(v: Any) -> Tensor:
    return v.result * (v.g - (v.g * v.result).sum(v.dim, keepdim=True))


def _log_softmax(v: Any) -> Tensor:
    return v.g - torch.exp(v.result) * v.g.sum(v.dim, keepdim=True)


RULES = (
    unary(
        "Sigmoid0", r"@y = \sigma(@x)", r"@g \cdot @y\, (1 - @y)", lambda v: v.g * (1 - v.result) * v.result,
        "The slope is largest, a quarter, where the output is one half. Near zero and one the unit is saturated, and "
        "hardly anything passes.", y="result",
    ),
    unary(
        "Tanh0", r"@y = \tanh @x", r"@g \cdot (1 - @y^2)", lambda v: v.g * (1 - v.result**2),
        "The slope is one at zero. Near one and minus one the unit is saturated, and hardly anything passes.",
        y="result",
    ),
    unary(
        "Relu0", r"@y = \max(0, @x)", r"@g \cdot [\,@y > 0\,]", lambda v: v.g * (v.result > 0),
        "The gradient passes unchanged where the output is positive. Where it is zero nothing passes: the unit is off.",
        y="result",
    ),
    unary(
        "LeakyRelu0", r"@y = @x \text{ where } @x > 0,\; @k @x \text{ elsewhere}",
        r"@g \cdot (1 \text{ where } @x > 0,\; @k \text{ elsewhere})",
        lambda v: torch.where(v.self > 0, v.g, v.g * v.negative_slope),
        "The gradient passes unchanged where the operand is positive, and times a small slope elsewhere.",
        x="self", k="negative_slope",
    ),
    unary(
        "Elu0", r"@y = @scale \cdot (@x \text{ where } @x > 0,\; @alpha (e^{@x} - 1) \text{ elsewhere})",
        r"@g \cdot (@scale \text{ where } @x > 0,\; @scale\, @alpha\, e^{@x} \text{ elsewhere})", _elu,
        "A constant slope where the operand is positive. Below, the slope fades as the exponential does.",
        x="self", alpha="alpha", scale="scale",
    ),
    unary(
        "Elu1", r"@y = @scale \cdot (@x \text{ where } @x > 0,\; @alpha (e^{@x} - 1) \text{ elsewhere})",
        r"@g \cdot (@scale \text{ where } @y > 0,\; @y + @scale\, @alpha \text{ elsewhere})", _elu_in_place,
        "A constant slope where the output is positive. Below, the slope fades as the exponential does.",
        y="result", alpha="alpha", scale="scale",
    ),
    unary(
        "Celu0", r"@y = @x \text{ where } @x > 0,\; @alpha (e^{@x / @alpha} - 1) \text{ elsewhere}",
        r"@g \cdot (1 \text{ where } @x > 0,\; e^{@x / @alpha} \text{ elsewhere})",
        lambda v: torch.where(v.self > 0, v.g, v.g * torch.exp(v.self / v.alpha)),
        "The gradient passes unchanged where the operand is positive. Below, the slope fades as the exponential does.",
        x="self", alpha="alpha",
    ),
    unary(
        "Gelu0", r"@y = @x \cdot \Phi(@x)", r"@g \cdot (\Phi(@x) + @x \cdot \Phi'(@x))", _gelu,
        "A smooth gate: the operand times the share of a normal distribution below it. Large operands pass the "
        "gradient, very negative ones pass none.", x="self",
    ),
    unary(
        "Silu0", r"@y = @x \cdot \sigma(@x)", r"@g \cdot \sigma(@x)\, (1 + @x\, (1 - \sigma(@x)))", _silu,
        "The operand times its own sigmoid. Large operands pass the gradient, very negative ones pass none.", x="self",
    ),
    unary(
        "Mish0", r"@y = @x \cdot \tanh(\ln(1 + e^{@x}))",
        r"@g \cdot (t + @x\, (1 - t^2)\, \sigma(@x)), \quad t = \tanh(\ln(1 + e^{@x}))", _mish,
        "A smooth gate as GELU and SiLU. Large operands pass the gradient, very negative ones pass none.", x="self",
    ),
    unary(
        "Hardtanh0", r"@y = \min(\max(@x, @low), @high)", r"@g \cdot [\,@low < @x < @high\,]",
        lambda v: v.g * ((v.self > v.min_val) & (v.self < v.max_val)),
        "The gradient passes between the two bounds. Where the output is held at a bound, nothing passes.",
        x="self", low="min_val", high="max_val",
    ),
    unary(
        "Hardsigmoid0", r"@y = \min(\max(\frac{@x + 3}{6}, 0), 1)", r"@g \cdot \frac{1}{6}\, [\,-3 < @x < 3\,]",
        lambda v: v.g * ((v.self > -3) & (v.self < 3)) / 6,
        "A sixth of the gradient passes on the slope. On the flat ends nothing passes.", x="self",
    ),
    unary(
        "Hardswish0", r"@y = @x \cdot \min(\max(\frac{@x + 3}{6}, 0), 1)",
        r"@g \cdot (0 \text{ for } @x \leq -3,\; 1 \text{ for } @x \geq 3,\; "
        r"\frac{@x}{3} + \frac{1}{2} \text{ between})",
        lambda v: v.g * torch.where(v.self <= -3, 0.0, torch.where(v.self < 3, v.self / 3 + 0.5, 1.0)),
        "Below minus three nothing passes, above three all of it. Between them the slope rises on a line.", x="self",
    ),
    unary(
        "Softplus0", r"@y = \frac{1}{@beta} \ln(1 + e^{@beta\, @x})", r"@g \cdot \sigma(@beta\, @x)", _softplus,
        "A smooth ReLU, whose slope is the sigmoid. Large operands pass the gradient, very negative ones pass none.",
        x="self", beta="beta",
    ),
    unary(
        "LogSigmoid0", r"@y = \ln \sigma(@x)", r"@g \cdot (1 - \sigma(@x))", lambda v: v.g * torch.sigmoid(-v.self),
        "The slope is one for very negative operands. For large ones, which are right already, hardly anything passes.",
        x="self",
    ),
    unary(
        "Threshold0", r"@y = @x \text{ where } @x > @t,\; \text{a constant elsewhere}", r"@g \cdot [\,@x > @t\,]",
        lambda v: v.g * (v.self > v.threshold),
        "The gradient passes unchanged above the threshold. Below it nothing passes.", x="self", t="threshold",
    ),
    unary(
        "Softshrink0", r"@y = @x \text{ moved towards } 0 \text{ by } @lambda", r"@g \cdot [\,|@x| > @lambda\,]",
        lambda v: v.g * (v.self.abs() > v.lambd),
        "The gradient passes unchanged where something is left of the operand. What was shrunk to zero gets none.",
        x="self", **{"lambda": "lambd"},
    ),
    unary(
        "Hardshrink0", r"@y = @x \text{ where } |@x| > @lambda,\; 0 \text{ elsewhere}",
        r"@g \cdot [\,|@x| > @lambda\,]",
        lambda v: v.g * (v.self.abs() > v.lambd),
        "The gradient passes unchanged where the operand was kept. What was set to zero gets none.",
        x="self", **{"lambda": "lambd"},
    ),
    pointwise(
        "PreluKernel0", r"@y = @x \text{ where } @x > 0,\; @w @x \text{ elsewhere}",
        "The gradient passes unchanged where the operand is positive, and times the learned slope elsewhere. The slope "
        "itself learns from the negative operands.",
        Operand("x", r"@g \cdot (1 \text{ where } @x > 0,\; @w \text{ elsewhere})",
                lambda v: v.g * torch.where(v.self > 0, 1.0, v.weight)),
        Operand("w", r"@g \cdot @x\, [\,@x \leq 0\,]", lambda v: v.g * torch.where(v.self > 0, 0.0, v.self)),
        x="self", w="weight",
    ),
    whole(
        "Glu0", r"@y = a \cdot \sigma(b), \quad a, b = \text{the halves of } @x",
        "One half of the operand is gated by the sigmoid of the other. The gate passes the gradient to the first half, "
        "and learns from what it let through.",
        Operand("x", r"@g \odot \sigma(b) \text{ for } a, \quad "
                     r"@g \odot a \odot \sigma(b) (1 - \sigma(b)) \text{ for } b",
                _glu),
        x="self",
    ),
    whole(
        "Softmax0 SafeSoftmax0", r"@y_i = \frac{e^{@x_i}}{\sum_k e^{@x_k}}",
        "The shares sum to one, so what raises one lowers the others: from each gradient the mean, weighted by the "
        "shares, is taken away. A share near zero passes hardly anything.",
        Operand("x",
                r"@y_i \Big(\frac{\partial L}{\partial @y_i} - \sum_k \frac{\partial L}{\partial @y_k} @y_k\Big)",
                _softmax, along=lambda v: v.dim),
        y="result",
    ),
    whole(
        "LogSoftmax0", r"@y_i = @x_i - \ln \sum_k e^{@x_k}",
        "Each class gets its own gradient, less its share of all of them together. With a cross-entropy that is the "
        "predicted probability minus one for the right class, and the probability for the others.",
        Operand("x", r"\frac{\partial L}{\partial @y_i} - e^{@y_i} \sum_k \frac{\partial L}{\partial @y_k}",
                _log_softmax, along=lambda v: v.dim),
        y="result",
    ),
)  # fmt: skip
