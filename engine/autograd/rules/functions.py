"""Records of functions of one operand, cell by cell."""

from __future__ import annotations

import math

import torch

from engine.autograd.rules.rule import unary

_ROOT_OF_PI = 2 / math.sqrt(math.pi)
_STEPS = "The function is flat between its jumps. No gradient passes."

RULES = (
    unary(
        "Exp0", r"@y = e^{@x}", r"@g \cdot @y", lambda v: v.g * v.result,
        "The exponential is its own slope. Where the output is large, so is what flows back.", y="result",
    ),
    unary(
        "Exp20", r"@y = 2^{@x}", r"@g \cdot @y \cdot \ln 2", lambda v: v.g * v.result * math.log(2),
        "As the exponential, times the logarithm of the base.", y="result",
    ),
    unary(
        "Expm10", r"@y = e^{@x} - 1", r"@g \cdot (@y + 1)", lambda v: v.g * (v.result + 1),
        "The slope is the exponential itself, which is the output plus one.", y="result",
    ),
    unary(
        "Log0", r"@y = \ln @x", r"@g \cdot \frac{1}{@x}", lambda v: v.g / v.self,
        "The slope is one over the operand. Near zero the gradient grows without bound, and at zero it is infinite.",
        x="self",
    ),
    unary(
        "Log20", r"@y = \log_2 @x", r"@g \cdot \frac{1}{@x \cdot \ln 2}", lambda v: v.g / (v.self * math.log(2)),
        "As the natural logarithm, over the logarithm of the base.", x="self",
    ),
    unary(
        "Log100", r"@y = \log_{10} @x", r"@g \cdot \frac{1}{@x \cdot \ln 10}", lambda v: v.g / (v.self * math.log(10)),
        "As the natural logarithm, over the logarithm of the base.", x="self",
    ),
    unary(
        "Log1P0", r"@y = \ln(1 + @x)", r"@g \cdot \frac{1}{1 + @x}", lambda v: v.g / (v.self + 1),
        "The slope is one over one plus the operand. It is infinite at minus one.", x="self",
    ),
    unary(
        "Sqrt0", r"@y = \sqrt{@x}", r"@g \cdot \frac{1}{2 \cdot @y}", lambda v: v.g / (2 * v.result),
        "The smaller the root, the steeper it is. At zero the gradient is infinite.", y="result",
    ),
    unary(
        "Rsqrt0", r"@y = \frac{1}{\sqrt{@x}}", r"-\frac{1}{2} \cdot @g \cdot @y^3",
        lambda v: -0.5 * v.g * v.result.pow(3),
        "A larger operand makes the output smaller, so the sign turns. It is steep where the operand is small.",
        y="result",
    ),
    unary(
        "Reciprocal0", r"@y = \frac{1}{@x}", r"-@g \cdot @y^2", lambda v: -v.g * v.result * v.result,
        "A larger operand makes the output smaller, so the sign turns. It is steep near zero.", y="result",
    ),
    unary(
        "Neg0", r"@y = -@x", r"-@g", lambda v: -v.g,
        "The gradient passes with its sign turned.",
    ),
    unary(
        "Abs0", r"@y = |@x|", r"@g \cdot \mathrm{sgn}(@x)", lambda v: v.g * v.self.sgn(),
        "The gradient passes, with its sign turned where the operand is negative. At zero it is zero.", x="self",
    ),
    unary(
        "Sin0", r"@y = \sin @x", r"@g \cdot \cos @x", lambda v: v.g * v.self.cos(),
        "The slope of the sine is the cosine. At its crests nothing passes.", x="self",
    ),
    unary(
        "Cos0", r"@y = \cos @x", r"-@g \cdot \sin @x", lambda v: v.g * -v.self.sin(),
        "The slope of the cosine is minus the sine.", x="self",
    ),
    unary(
        "Tan0", r"@y = \tan @x", r"@g \cdot (1 + @y^2)", lambda v: v.g * (1 + v.result.pow(2)),
        "The slope is one plus the square of the output. It is never less than one.", y="result",
    ),
    unary(
        "Sinh0", r"@y = \sinh @x", r"@g \cdot \cosh @x", lambda v: v.g * v.self.cosh(),
        "The slope of the hyperbolic sine is the hyperbolic cosine, at least one.", x="self",
    ),
    unary(
        "Cosh0", r"@y = \cosh @x", r"@g \cdot \sinh @x", lambda v: v.g * v.self.sinh(),
        "The slope of the hyperbolic cosine is the hyperbolic sine.", x="self",
    ),
    unary(
        "Asin0", r"@y = \arcsin @x", r"@g \cdot \frac{1}{\sqrt{1 - @x^2}}",
        lambda v: v.g * (1 - v.self * v.self).rsqrt(),
        "The slope is infinite where the operand is one or minus one.", x="self",
    ),
    unary(
        "Acos0", r"@y = \arccos @x", r"-@g \cdot \frac{1}{\sqrt{1 - @x^2}}",
        lambda v: v.g * -(1 - v.self * v.self).rsqrt(),
        "As of the arc sine, with the sign turned.", x="self",
    ),
    unary(
        "Atan0", r"@y = \arctan @x", r"@g \cdot \frac{1}{1 + @x^2}", lambda v: v.g / (v.self * v.self + 1),
        "The slope is one at zero, and falls with the square of the operand.", x="self",
    ),
    unary(
        "Asinh0", r"@y = \mathrm{arsinh}\, @x", r"@g \cdot \frac{1}{\sqrt{1 + @x^2}}",
        lambda v: v.g * (v.self.pow(2) + 1).rsqrt(),
        "The slope is one at zero, and falls as one over the operand far away.", x="self",
    ),
    unary(
        "Acosh0", r"@y = \mathrm{arcosh}\, @x", r"@g \cdot \frac{1}{\sqrt{@x^2 - 1}}",
        lambda v: v.g * (v.self.pow(2) - 1).rsqrt(),
        "The slope is infinite at one, and falls as one over the operand far away.", x="self",
    ),
    unary(
        "Atanh0", r"@y = \mathrm{artanh}\, @x", r"@g \cdot \frac{1}{1 - @x^2}", lambda v: v.g / (1 - v.self.pow(2)),
        "The slope is one at zero, and infinite at one and minus one.", x="self",
    ),
    unary(
        "Erf0", r"@y = \mathrm{erf}\, @x", r"@g \cdot \frac{2}{\sqrt{\pi}} \cdot e^{-(@x)^2}",
        lambda v: _ROOT_OF_PI * torch.exp(-v.self.pow(2)) * v.g,
        "The slope is the bell curve. Far from zero nothing passes.", x="self",
    ),
    unary(
        "Erfc0", r"@y = 1 - \mathrm{erf}\, @x", r"-@g \cdot \frac{2}{\sqrt{\pi}} \cdot e^{-(@x)^2}",
        lambda v: -_ROOT_OF_PI * torch.exp(-v.self.pow(2)) * v.g,
        "The slope is minus the bell curve. Far from zero nothing passes.", x="self",
    ),
    unary(
        "Erfinv0", r"@y = \mathrm{erf}^{-1}(@x)", r"@g \cdot \frac{\sqrt{\pi}}{2} \cdot e^{(\mathrm{erf}^{-1}(@x))^2}",
        lambda v: 0.5 * math.sqrt(math.pi) * torch.exp(v.self.erfinv().pow(2)) * v.g,
        "One over the bell curve: steep where the operand is near one or minus one.", x="self",
    ),
    unary(
        "Lgamma0", r"@y = \ln \Gamma(@x)", r"@g \cdot \psi(@x)", lambda v: v.g * torch.digamma(v.self),
        "The slope of the logarithm of the gamma function is the digamma function.", x="self",
    ),
    unary(
        "Digamma0", r"@y = \psi(@x)", r"@g \cdot \psi_1(@x)", lambda v: v.g * torch.polygamma(1, v.self),
        "The slope of the digamma function is the trigamma function.", x="self",
    ),
    unary(
        "Logit0", r"@y = \ln \frac{@x}{1 - @x}", r"@g \cdot \frac{1}{@x\, (1 - @x)}", lambda v: _logit(v),
        "The inverse of the sigmoid. Its gradient grows without bound near zero and one, and is none where the operand "
        "was clamped.", x="self",
    ),
    unary(
        "Deg2Rad0", r"@y = \frac{\pi}{180} @x", r"@g \cdot \frac{\pi}{180}", lambda v: v.g * (math.pi / 180),
        "A constant factor.",
    ),
    unary(
        "Rad2Deg0", r"@y = \frac{180}{\pi} @x", r"@g \cdot \frac{180}{\pi}", lambda v: v.g * (180 / math.pi),
        "A constant factor.",
    ),
    unary(
        "NanToNum0", r"@y = @x \text{ with numbers for NaN and Inf}", r"@g \cdot [\,@x \text{ is finite}\,]",
        lambda v: v.g * v.self.isfinite(),
        "The gradient passes where the operand was a number. Where it was replaced, nothing passes.", x="self",
    ),
    unary("Sign0 Sgn0", r"@y = \mathrm{sgn}(@x)", "0", lambda v: v.g * 0, _STEPS),
    unary("Floor0", r"@y = \lfloor @x \rfloor", "0", lambda v: v.g * 0, _STEPS),
    unary("Ceil0", r"@y = \lceil @x \rceil", "0", lambda v: v.g * 0, _STEPS),
    unary("Round0 Round1", r"@y = \mathrm{round}(@x)", "0", lambda v: v.g * 0, _STEPS),
    unary("Trunc0", r"@y = \mathrm{trunc}(@x)", "0", lambda v: v.g * 0, _STEPS),
    unary(
        "Frac0", r"@y = @x - \mathrm{trunc}(@x)", "@g", lambda v: v.g * 1,
        "What lies behind the point moves as the operand does. The gradient passes unchanged.",
    ),
    unary(
        "Zero0 Fill0 Fill2", r"@y = \text{a constant}", "0", lambda v: v.g * 0,
        "What was there before is overwritten. No gradient passes to it.",
    ),
    unary(
        "Sinc0", r"@y = \frac{\sin \pi @x}{\pi @x}",
        r"@g \cdot \frac{\cos(\pi @x) - \frac{\sin(\pi @x)}{\pi @x}}{@x}", lambda v: _sinc(v),
        "The slope of the wave that fades: zero at zero, and smaller with the distance.", x="self",
    ),
    unary(
        "Clone0 Alias0 LiftFresh0", "@y = @x", "@g", lambda v: v.g * 1,
        "The output is a copy, or another name, of the operand. The gradient passes unchanged.",
    ),
    unary(
        "ToCopy0", r"@y = @x \text{ in another dtype or place}", "@g", lambda v: v.g * 1,
        "The output has the operand's numbers in another dtype or on another device. The gradient goes back in the "
        "operand's own.",
    ),
)  # fmt: skip


def _logit(v: object) -> torch.Tensor:
    x, eps = v.self, v.eps  # type: ignore[attr-defined]
    gradient: torch.Tensor = v.g / (x * (1 - x))  # type: ignore[attr-defined]
    if eps is None or eps < 0:
        return gradient
    return torch.where((x >= eps) & (x <= 1 - eps), gradient, 0.0)


def _sinc(v: object) -> torch.Tensor:
    turned = math.pi * v.self  # type: ignore[attr-defined]
    slope = (turned * turned.cos() - turned.sin()) / (turned * v.self)  # type: ignore[attr-defined]
    return v.g * torch.where(v.self == 0, 0.0, slope)  # type: ignore[attr-defined]
