"""Records of operations on several operands, cell by cell. What was broadcast gets the sum over its copies."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, pointwise, unary

_TAKES = "The gradient goes to the operand that was taken, half to each where they were equal. The other gets none."
_SCALAR = "The gradient passes unchanged. The number that was added has no part in it."


def _other_of_quotient(v: Any) -> Tensor:
    return -v.g * ((v.self / v.other) / v.other)


def _share(v: Any, taken: Tensor) -> Tensor:
    return v.g * torch.where(v.self == v.other, 0.5, taken.to(v.g.dtype))


def _base(v: Any) -> Tensor:
    """0 where the exponent is zero, whatever the base is."""
    return v.g * torch.where(torch.as_tensor(v.exponent == 0), 0.0, v.exponent * v.self ** (v.exponent - 1))


def _exponent(v: Any) -> Tensor:
    flat = (v.result == 0) & (torch.as_tensor(v.exponent) >= 0)
    return v.g * torch.where(flat, 0.0, v.result * torch.as_tensor(v.self, dtype=v.g.dtype).log())


def _clamped(v: Any) -> Tensor:
    is_inside = torch.ones_like(v.self, dtype=torch.bool)
    if v.min is not None:
        is_inside &= v.self >= v.min
    if v.max is not None:
        is_inside &= v.self <= v.max
    return v.g * is_inside


def _low(v: Any) -> Tensor:
    is_held = v.self < v.min
    return v.g * (is_held if v.max is None else is_held & (v.min < v.max))


def _high(v: Any) -> Tensor:
    is_held = v.self > v.max
    return v.g * (is_held if v.min is None else is_held | (v.max < v.min))


def _xlogy(v: Any) -> Tensor:
    other = torch.as_tensor(v.other)
    return v.g * torch.where((v.self == 0) & (other <= 0), 0.0, torch.log(other))


RULES = (
    pointwise(
        "Add0", r"@y = @p + @alpha\cdot @q",
        "A sum hands the gradient to both operands unchanged. An operand that was broadcast gets the sum over its "
        "copies.",
        Operand("p", "@g", lambda v: v.g * 1), Operand("q", r"@alpha\cdot @g", lambda v: v.g * v.alpha),
        alpha="alpha",
    ),
    unary("Add1 Sub1", r"@y = @x + \text{a number}", "@g", lambda v: v.g * 1, _SCALAR),
    pointwise(
        "Sub0", r"@y = @p - @alpha\cdot @q",
        "A difference hands the gradient to the first operand unchanged, and to the second with its sign turned.",
        Operand("p", "@g", lambda v: v.g * 1), Operand("q", r"-@alpha\cdot @g", lambda v: -v.g * v.alpha),
        alpha="alpha",
    ),
    pointwise(
        "Rsub0", r"@y = @q - @alpha\cdot @p",
        "A difference hands the gradient to the second operand unchanged, and to the first with its sign turned.",
        Operand("p", r"-@alpha\cdot @g", lambda v: -v.g * v.alpha), Operand("q", "@g", lambda v: v.g * 1),
        alpha="alpha",
    ),
    unary(
        "Rsub1", r"@y = \text{a number} - @alpha\cdot @x", r"-@alpha\cdot @g", lambda v: -v.g * v.alpha,
        "The gradient passes with its sign turned.", alpha="alpha",
    ),
    pointwise(
        "Mul0", r"@y = @p \cdot @q",
        "Each operand gets the gradient times the other one: the larger the partner, the more a change counts. An "
        "operand that was broadcast gets the sum over its copies.",
        Operand("p", r"@g \cdot @q", lambda v: v.g * v.other), Operand("q", r"@g \cdot @p", lambda v: v.g * v.self),
        p="self", q="other",
    ),
    unary(
        "Mul1", r"@y = @k \cdot @x", r"@g \cdot @k", lambda v: v.g * v.other,
        "A constant factor scales the gradient as it scales the value.", k="other",
    ),
    pointwise(
        "Div0", r"@y = \frac{@p}{@q}",
        "The numerator gets the gradient over the denominator. The denominator gets it with its sign turned, and much "
        "of it where it is small.",
        Operand("p", r"@g \cdot \frac{1}{@q}", lambda v: v.g / v.other),
        Operand("q", r"-@g \cdot \frac{@p}{@q^2}", _other_of_quotient),
        p="self", q="other",
    ),
    unary(
        "Div1", r"@y = \frac{@x}{@k}", r"@g \cdot \frac{1}{@k}", lambda v: v.g / v.other,
        "A constant divisor scales the gradient as it scales the value.", k="other",
    ),
    unary(
        "Pow0", r"@y = @x^{@n}", r"@g \cdot @n \cdot @x^{@n - 1}", _base,
        "The exponent comes down as a factor, and the power is one less. Of a square that is twice the operand.",
        x="self", n="exponent",
    ),
    pointwise(
        "Pow1", r"@y = @p^{@q}",
        "The base gets the exponent as a factor and one power less. The exponent gets the output times the logarithm "
        "of the base.",
        Operand("p", r"@g \cdot @q \cdot @p^{@q - 1}", _base), Operand("q", r"@g \cdot @y \cdot \ln @p", _exponent),
        p="self", q="exponent", y="result",
    ),
    unary(
        "Pow2", r"@y = @k^{@x}", r"@g \cdot @y \cdot \ln @k", _exponent,
        "The exponent gets the output times the logarithm of the base.", k="self", y="result",
    ),
    pointwise(
        "Maximum0 Fmax0", r"@y = \max(@p, @q)", _TAKES,
        Operand("p", r"@g \cdot [\,@p > @q\,]", lambda v: _share(v, v.self > v.other)),
        Operand("q", r"@g \cdot [\,@q > @p\,]", lambda v: _share(v, v.self < v.other)),
        p="self", q="other",
    ),
    pointwise(
        "Minimum0 Fmin0", r"@y = \min(@p, @q)", _TAKES,
        Operand("p", r"@g \cdot [\,@p < @q\,]", lambda v: _share(v, v.self < v.other)),
        Operand("q", r"@g \cdot [\,@q < @p\,]", lambda v: _share(v, v.self > v.other)),
        p="self", q="other",
    ),
    pointwise(
        "Where0", r"@y = @p \text{ where } @c,\; @q \text{ elsewhere}",
        "Each cell's gradient goes to the branch that it was taken from. The other branch gets zero, which a NaN or "
        "Inf in its own backward turns into NaN.",
        Operand("p", r"@g \cdot [\,@c\,]", lambda v: torch.where(v.condition, v.g, 0.0)),
        Operand("q", r"@g \cdot [\,\mathrm{not}\ @c\,]", lambda v: torch.where(v.condition, 0.0, v.g)),
        c="condition",
    ),
    unary(
        "MaskedFill0", r"@y = @x \text{ where not } @m,\; \text{a number elsewhere}",
        r"@g \cdot [\,\mathrm{not}\ @m\,]",
        lambda v: v.g.masked_fill(v.mask, 0),
        "The gradient passes where the operand was kept. What was filled gets none, as what a mask hides from "
        "attention.",
        m="mask",
    ),
    pointwise(
        "MaskedFill1", r"@y = @p \text{ where not } @m,\; @q \text{ elsewhere}",
        "The gradient passes where the operand was kept. The value that filled the rest gets the sum of theirs.",
        Operand("p", r"@g \cdot [\,\mathrm{not}\ @m\,]", lambda v: v.g.masked_fill(v.mask, 0)),
        Operand("q", r"@g \cdot [\,@m\,]", lambda v: torch.where(v.mask, v.g, 0.0)),
        m="mask",
    ),
    pointwise(
        "Clamp0", r"@y = \min(\max(@x, @low), @high)",
        "The gradient passes between the bounds. Where the output is held at one, the bound gets it instead.",
        Operand("x", r"@g \cdot [\,@low \leq @x \leq @high\,]", _clamped),
        Operand("low", r"@g \cdot [\,@x < @low\,]", _low), Operand("high", r"@g \cdot [\,@x > @high\,]", _high),
        x="self", low="min", high="max",
    ),
    unary(
        "Clamp1", r"@y = \min(\max(@x, @low), @high)", r"@g \cdot [\,@low \leq @x \leq @high\,]", _clamped,
        "The gradient passes between the two bounds. Where the output is held at a bound, nothing passes.",
        x="self", low="min", high="max",
    ),
    unary(
        "ClampMin0", r"@y = \max(@x, @low)", r"@g \cdot [\,@x \geq @low\,]", lambda v: v.g * (v.self >= v.min),
        "The gradient passes above the bound. Where the output is held at it, nothing passes.", x="self", low="min",
    ),
    unary(
        "ClampMax0", r"@y = \min(@x, @high)", r"@g \cdot [\,@x \leq @high\,]", lambda v: v.g * (v.self <= v.max),
        "The gradient passes below the bound. Where the output is held at it, nothing passes.", x="self", high="max",
    ),
    pointwise(
        "ClampMin1", r"@y = \max(@x, @low)",
        "The gradient passes above the bound. Where the output is held at it, the bound gets it.",
        Operand("x", r"@g \cdot [\,@x \geq @low\,]", lambda v: v.g * (v.self >= v.min)),
        Operand("low", r"@g \cdot [\,@x < @low\,]", lambda v: v.g * (v.self < v.min)),
        x="self", low="min",
    ),
    pointwise(
        "ClampMax1", r"@y = \min(@x, @high)",
        "The gradient passes below the bound. Where the output is held at it, the bound gets it.",
        Operand("x", r"@g \cdot [\,@x \leq @high\,]", lambda v: v.g * (v.self <= v.max)),
        Operand("high", r"@g \cdot [\,@x > @high\,]", lambda v: v.g * (v.self > v.max)),
        x="self", high="max",
    ),
    pointwise(
        "Atan20", r"@y = \mathrm{atan2}(@p, @q)",
        "Each operand turns the angle as far as the other one is large, and less the longer the arrow is.",
        Operand("p", r"@g \cdot \frac{@q}{(@p)^2 + (@q)^2}", lambda v: v.g * v.other / (v.self**2 + v.other**2)),
        Operand("q", r"-@g \cdot \frac{@p}{(@p)^2 + (@q)^2}", lambda v: -v.g * v.self / (v.self**2 + v.other**2)),
        p="self", q="other",
    ),
    pointwise(
        "Hypot0", r"@y = \sqrt{(@p)^2 + (@q)^2}",
        "Each operand gets the gradient times its own share of the length.",
        Operand("p", r"@g \cdot \frac{@p}{@y}", lambda v: v.g * (v.self / v.result)),
        Operand("q", r"@g \cdot \frac{@q}{@y}", lambda v: v.g * (v.other / v.result)),
        p="self", q="other", y="result",
    ),
    pointwise(
        "Logaddexp0", r"@y = \ln(e^{@p} + e^{@q})",
        "A smooth maximum: each operand gets its share of the two exponentials.",
        Operand("p", r"@g \cdot \frac{1}{1 + e^{@q - @p}}", lambda v: v.g / (1 + torch.exp(v.other - v.self))),
        Operand("q", r"@g \cdot \frac{1}{1 + e^{@p - @q}}", lambda v: v.g / (1 + torch.exp(v.self - v.other))),
        p="self", q="other",
    ),
    unary(
        "Fmod0 Remainder0", r"@y = @x \bmod \text{a number}", "@g", lambda v: v.g * 1,
        "The remainder moves as the operand does. The gradient passes unchanged.",
    ),
    pointwise(
        "Fmod1", r"@y = @p - @q \cdot \mathrm{trunc}(@p / @q)",
        "The remainder moves as the first operand does. The divisor counts as often as it was taken away.",
        Operand("p", "@g", lambda v: v.g * 1),
        Operand("q", r"-@g \cdot \mathrm{trunc}(@p / @q)", lambda v: -v.g * torch.trunc(v.self / v.other)),
        p="self", q="other",
    ),
    pointwise(
        "Remainder1", r"@y = @p - @q \cdot \lfloor @p / @q \rfloor",
        "The remainder moves as the first operand does. The divisor counts as often as it was taken away.",
        Operand("p", "@g", lambda v: v.g * 1),
        Operand("q", r"-@g \cdot \lfloor @p / @q \rfloor", lambda v: -v.g * torch.floor(v.self / v.other)),
        p="self", q="other",
    ),
    pointwise(
        "Lerp0", r"@y = @p + @w\, (@q - @p)",
        "The gradient is parted between start and end as the values were.",
        Operand("p", r"@g \cdot (1 - @w)", lambda v: v.g * (1 - v.weight)),
        Operand("q", r"@g \cdot @w", lambda v: v.g * v.weight),
        w="weight",
    ),
    pointwise(
        "Lerp1", r"@y = @p + @w\, (@q - @p)",
        "The gradient is parted between start and end as the values were. The weight gets it times their distance.",
        Operand("p", r"@g \cdot (1 - @w)", lambda v: v.g * (1 - v.weight)),
        Operand("q", r"@g \cdot @w", lambda v: v.g * v.weight),
        Operand("w", r"@g \cdot (@q - @p)", lambda v: v.g * (v.end - v.self)),
        p="self", q="end", w="weight",
    ),
    pointwise(
        "Addcmul0", r"@y = @x + @value\cdot @p \cdot @q",
        "The sum hands the gradient on unchanged. Each factor gets it times the other one.",
        Operand("x", "@g", lambda v: v.g * 1),
        Operand("p", r"@value\cdot @g \cdot @q", lambda v: v.g * (v.tensor2 * v.value)),
        Operand("q", r"@value\cdot @g \cdot @p", lambda v: v.g * (v.tensor1 * v.value)),
        p="tensor1", q="tensor2", value="value",
    ),
    pointwise(
        "Addcdiv0", r"@y = @x + @value\cdot \frac{@p}{@q}",
        "The sum hands the gradient on unchanged. Numerator and denominator get it as those of a quotient do.",
        Operand("x", "@g", lambda v: v.g * 1),
        Operand("p", r"@value\cdot @g \cdot \frac{1}{@q}", lambda v: v.g * (v.value / v.tensor2)),
        Operand("q", r"-@value\cdot @g \cdot \frac{@p}{@q^2}",
                lambda v: -v.g * (v.value * v.tensor1 / (v.tensor2 * v.tensor2))),
        p="tensor1", q="tensor2", value="value",
    ),
    pointwise(
        "Xlogy0", r"@y = @p \cdot \ln @q",
        "The factor gets the gradient times the logarithm. The operand of the logarithm gets it times the quotient.",
        Operand("p", r"@g \cdot \ln @q", _xlogy),
        Operand("q", r"@g \cdot \frac{@p}{@q}", lambda v: v.g * v.self / v.other),
        p="self", q="other",
    ),
)  # fmt: skip
