"""Records of special functions, cell by cell."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, pointwise, unary

_BESSEL = "A Bessel function, whose slope is that of the next order. Both grow as the exponential does."


def _bessel_1(v: Any) -> Tensor:
    return v.g * torch.where(v.self == 0, 0.5, torch.special.i0(v.self) - v.result / v.self)


def _share(first: Tensor, second: Tensor) -> Tensor:
    """2^first / (2^first + 2^second)."""
    return torch.sigmoid((first - second) * math.log(2))


RULES = (
    unary("I00", r"@y = I_0(@x)", r"@g \cdot I_1(@x)", lambda v: v.g * torch.special.i1(v.self), _BESSEL, x="self"),
    unary("SpecialI10", r"@y = I_1(@x)", r"@g \cdot \left(I_0(@x) - \frac{@y}{@x}\right)", _bessel_1, _BESSEL,
          x="self", y="result"),
    unary("SpecialI0E0", r"@y = e^{-|@x|}\, I_0(@x)", r"@g \cdot (e^{-|@x|}\, I_1(@x) - \mathrm{sign}(@x)\, @y)",
          lambda v: v.g * (torch.special.i1e(v.self) - v.self.sgn() * v.result),
          "A Bessel function that is scaled so as not to grow. The scale's own slope is taken off.",
          x="self", y="result"),
    unary("Polygamma0", r"@y = \psi^{(n)}(@x)", r"@g \cdot \psi^{(n + 1)}(@x)",
          lambda v: v.g * torch.polygamma(v.n + 1, v.self),
          "A derivative of the logarithm of the gamma function. Its slope is the next one.", x="self"),
    unary("Mvlgamma0", r"@y = \ln \Gamma_p(@x)", r"@g \cdot \sum_{j < p} \psi\left(@x - \frac{j}{2}\right)",
          lambda v: v.g * sum(torch.digamma(v.self - j / 2) for j in range(v.p)),
          "A product of gamma functions, half a step apart. The slope is the sum of their digammas.", x="self"),
    unary("SpecialEntr0", r"@y = -@x \ln @x", r"-@g \cdot (\ln @x + 1)", lambda v: -v.g * (v.self.log() + 1),
          "The share of one outcome in an entropy. Near zero its slope grows without bound.", x="self"),
    unary("SpecialLogNdtr0", r"@y = \ln \Phi(@x)", r"@g \cdot \frac{e^{-@x^2/2}}{\sqrt{2\pi}\; e^{@y}}",
          lambda v: v.g * torch.exp(-v.self**2 / 2 - v.result) / math.sqrt(2 * math.pi),
          "The bell curve over the area below it. Far to the left that is nearly the operand itself, with its sign "
          "turned.", x="self", y="result"),
    unary("SpecialNdtri0", r"@y = \Phi^{-1}(@x)", r"@g \cdot \sqrt{2\pi}\; e^{@y^2/2}",
          lambda v: v.g * math.sqrt(2 * math.pi) * torch.exp(v.result**2 / 2),
          "The inverse of the normal distribution. Its slope is one over the bell curve, infinite at zero and at one.",
          y="result"),
    unary("SpecialErfcx0", r"@y = e^{@x^2}\, \mathrm{erfc}(@x)",
          r"@g \cdot \left(2 @x\, @y - \frac{2}{\sqrt{\pi}}\right)",
          lambda v: v.g * (2 * v.self * v.result - 2 / math.sqrt(math.pi)),
          "The scale grows, and the tail falls. The slope is the difference of both.", x="self", y="result"),
    unary("Frexp0", r"@x = @y \cdot 2^{@n}", r"@g \cdot 2^{-@n}", lambda v: v.g / torch.exp2(v.exponent.to(v.g.dtype)),
          "The number is taken apart into a mantissa and a power of two. That power is a constant of the gradient.",
          n="exponent"),
    pointwise(
        "SpecialXlog1Py0", r"@y = @p \ln(1 + @q)",
        "The factor gets the logarithm. What is in the logarithm gets the factor over one plus itself.",
        Operand("p", r"@g \cdot \ln(1 + @q)", lambda v: v.g * torch.log1p(v.other)),
        Operand("q", r"@g \cdot \frac{@p}{1 + @q}", lambda v: v.g * v.self / (1 + v.other)),
        p="self", q="other",
    ),
    pointwise(
        "Logaddexp20", r"@y = \log_2(2^{@p} + 2^{@q})",
        "The larger operand gets most of the gradient. The shares are those of a softmax to the base of two.",
        Operand("p", r"@g \cdot \frac{2^{@p}}{2^{@p} + 2^{@q}}", lambda v: v.g * _share(v.self, v.other)),
        Operand("q", r"@g \cdot \frac{2^{@q}}{2^{@p} + 2^{@q}}", lambda v: v.g * _share(v.other, v.self)),
        p="self", q="other",
    ),
    pointwise(
        "Copysign0", r"@y = |@p|\, \mathrm{sign}(q)",
        "The size comes from one operand and the sign from the other. A sign has no slope, so that one gets 0.",
        Operand("p", r"@g \cdot \frac{@y}{@p}", lambda v: v.g * torch.where(v.self == 0, 0.0, v.result / v.self)),
        Operand("q", r"0 \cdot @g", lambda v: torch.zeros_like(v.g)),
        p="self", y="result",
    ),
    pointwise(
        "Ldexp0", r"@y = @p \cdot 2^{@q}",
        "As a product with a power of two. The power itself has the logarithm of two as its slope.",
        Operand("p", r"@g \cdot 2^{@q}", lambda v: v.g * torch.exp2(v.other.to(v.g.dtype))),
        Operand("q", r"@g \cdot @y \cdot \ln 2", lambda v: v.g * v.result * math.log(2)),
        q="other", y="result",
    ),
)  # fmt: skip
