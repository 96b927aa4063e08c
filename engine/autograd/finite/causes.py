"""Why a result is not finite although its operands are, and the usual cure: one table, of operations and of nodes.

The first row that fits says it. To add one, write a `Cause` above those that fit more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from torch import Tensor

from engine.autograd.finite.case import Case
from engine.autograd.finite.check import extremes
from engine.protocol.sentence import Sentence

_GROWN = 1e12  # a magnitude that no network in order has


class Cause(NamedTuple):
    """`brief` and `why` are parts of sentences; `why` may name the operation in braces."""

    names: frozenset[str]  # of operations; every one where it is empty
    when: Callable[[Case], bool]
    brief: str  # "log of 0"
    why: str
    cure: Sentence | None


def cause_of(case: Case, causes: Iterable[Cause]) -> Cause:
    """The first that fits; the last of each table fits everything."""
    return next(cause for cause in causes if (not cause.names or case.name in cause.names) and cause.when(case))


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any(case: Case) -> bool:
    return True


_DIVIDING = _names("div divide true_divide truediv floor_divide floordiv rtruediv rdiv div_ remainder fmod")
_SUMMING = _names("add sub subtract radd rsub sum mean linear matmul mm bmm addmm baddbmm einsum cumsum conv1d conv2d")
_SOFTMAX = _names("softmax log_softmax softmin gumbel_softmax")
_ATTENTION = _names("scaled_dot_product_attention multi_head_attention_forward")
_LOGS = _names("log log2 log10 log_ logit xlogy")
_EXPS = _names("exp exp2 expm1 sinh cosh exp_")
_POWERS = _names("pow rpow pow_ float_power")

_EPSILON = Sentence.of(
    "cure.log_of_zero",
    "Add a small number first, as in torch.log(x + 1e-8), or use F.log_softmax or F.logsigmoid instead.",
)
_DENOMINATOR = Sentence.of(
    "cure.division", "Keep the denominator away from 0: x / (y + 1e-8), or y.clamp(min=1e-8) where it is positive."
)
_ROOT = Sentence.of("cure.root", "Clamp it first, as in torch.sqrt(x.clamp(min=0) + 1e-8).")
_EXPONENT = Sentence.of(
    "cure.exp", "Subtract the maximum before, or use torch.logsumexp, F.softmax or F.log_softmax, which do that."
)
_POWER = Sentence.of("cure.power", "Clamp the base to positive numbers first, as in x.clamp(min=1e-8) ** p.")
_DOMAIN = Sentence.of("cure.domain", "Clamp the argument to where the function is defined, with a margin of 1e-6.")
_ROW = Sentence.of(
    "cure.masked_row",
    "Leave each row at least one position that is not masked, or mask with a large finite number, as "
    "torch.finfo(x.dtype).min.",
)
_HALF = Sentence.of(
    "cure.half_overflow",
    "Use bfloat16, which has the range of float32, or scale before: divide by sqrt(d), use torch.amp.GradScaler.",
)
_RATE = Sentence.of(
    "cure.rate",
    "Make the learning rate smaller, or clip with torch.nn.utils.clip_grad_norm_; look at the passes before, where the "
    "numbers grew.",
)
_RANGE = Sentence.of("cure.range", "Scale the operands down first, or compute with their logarithms.")
_EMPTY = Sentence.of("cure.empty", "See that something is left to average, as with mask.sum().clamp(min=1).")
_FEW = Sentence.of("cure.few", "A spread of one number is 0 / 0: give correction=0, or more than one element.")
_IGNORED = Sentence.of("cure.ignored", "Leave a batch out whose targets are all ignored, or use reduction='sum'.")
_DATA = Sentence.of(
    "cure.data", "Look where the data comes from: torch.isnan(x).any(); fill or leave out what is missing."
)
_UNFILLED = Sentence.of(
    "cure.unfilled", "torch.empty fills nothing in: use torch.zeros, or an initialiser of torch.nn.init."
)
_INFINITE = Sentence.of("cure.infinities", "Infinities cancel to NaN: mask with a large finite number instead of them.")
_INFINITE_ANGLE = Sentence.of(
    "cure.infinite_angle",
    "Make infinite arguments finite before, also where torch.where does not take the result: its gradient is NaN then.",
)
_WHERE = Sentence.of(
    "cure.where",
    "torch.where sends a gradient of 0 into the branch that it does not take: make that branch safe before, as in "
    "f(torch.where(m, x, 1.0)).",
)
_EDGE = Sentence.of(
    "cure.edge",
    "Keep the argument off the edge: x.clamp(-1 + 1e-6, 1 - 1e-6). Clamping to the edge itself leaves values there.",
)
_EQUAL = Sentence.of(
    "cure.equal_eigenvalues",
    "The values alone have a gradient there (torch.linalg.eigvalsh, svdvals); the vectors have one once no two values "
    "are equal, as with torch.diag(1e-6 * torch.arange(n)) added.",
)
_UNDEFINED = Sentence.of(
    "cure.undefined", "Keep the operands away from such a point: clamp them, or add a small number, before."
)
_GRADIENT = Sentence.of(
    "cure.gradient", "Clip with torch.nn.utils.clip_grad_norm_ and look at the passes before, where the norms grew."
)
_VALUES = Sentence.of(
    "cure.values", "The gradient is as its values are: look for the first of them that is not finite."
)


def _is_domain(case: Case) -> bool:
    x = case.value(0)
    limits = {"acosh": x < 1, "log1p": x <= -1}
    return limits.get(case.name, abs(x) >= 1)


FORWARD: tuple[Cause, ...] = (
    Cause(_LOGS, lambda c: c.value(0) == 0, "log of 0", "the logarithm of 0 is -inf", _EPSILON),
    Cause(_LOGS, lambda c: c.value(0) < 0, "log of a negative number", "a negative number has no logarithm", _EPSILON),
    Cause(_names("logit"), lambda c: c.value(0) >= 1, "logit of 1", "logit is infinite at 1", _DOMAIN),
    Cause(_names("sqrt rsqrt sqrt_"), lambda c: c.value(0) < 0, "sqrt of a negative number",
          "a negative number has no square root", _ROOT),
    Cause(_names("rsqrt reciprocal"), lambda c: c.value(0) == 0, "division by 0", "1 / 0 is infinite", _DENOMINATOR),
    Cause(_names("rtruediv rdiv"), lambda c: c.value(0) == 0, "division by 0", "1 / 0 is infinite", _DENOMINATOR),
    Cause(_DIVIDING, lambda c: c.value(0) == 0 and c.value(1) == 0, "0 / 0", "0 / 0 is NaN", _DENOMINATOR),
    Cause(_DIVIDING, lambda c: c.value(1) == 0, "division by 0", "the denominator is 0 there", _DENOMINATOR),
    Cause(_POWERS, lambda c: c.value(0) == 0 and c.value(1) < 0, "0 to a negative power", "1 / 0 is infinite", _POWER),
    Cause(_POWERS, lambda c: c.value(0) < 0 and c.kind == "NaN", "fractional power of a negative number",
          "a negative number has no such power", _POWER),
    Cause(_names("acos asin arccos arcsin acosh atanh arctanh erfinv log1p"), _is_domain, "outside of the domain",
          "{operation} is not finite there", _DOMAIN),
    Cause(_names("cos sin tan"), lambda c: math.isinf(c.value(0)), "an angle of inf",
          "{operation} has no value at infinity", _INFINITE_ANGLE),
    Cause(_SOFTMAX | _ATTENTION, lambda c: c.row().high == -math.inf, "a row of all -inf",
          "softmax of a row that is all -inf is 0 / 0", _ROW),
    Cause(_ATTENTION, lambda c: c.kind == "NaN", "a row that is masked whole",
          "softmax of a row that is masked whole is 0 / 0", _ROW),
    Cause(_names("mean nanmean mse_loss l1_loss median"), lambda c: c.n_taken == 0, "mean of nothing",
          "the mean of no element is 0 / 0", _EMPTY),
    Cause(_names("std var std_mean var_mean"), lambda c: c.kind == "NaN", "spread of one number",
          "one number has no spread: 0 / 0", _FEW),
    Cause(_names("cross_entropy nll_loss"), lambda c: c.kind == "NaN" and not c.row().has_inf, "no target left",
          "every target is ignored, so that the mean is 0 / 0", _IGNORED),
    Cause(_names("mul multiply rmul matmul mm bmm linear addmm einsum"),
          lambda c: c.kind == "NaN" and c.has_infinite, "0 · inf",
          "an infinite operand times 0, or against its opposite, is NaN", _INFINITE),
    Cause(_SUMMING | _SOFTMAX | _names("cross_entropy logsumexp normalize layer_norm batch_norm"),
          lambda c: c.kind == "NaN" and c.has_infinite, "inf - inf", "infinities of its operands cancel", _INFINITE),
    Cause(frozenset(), lambda c: c.dtype == "float16", "float16 overflow",
          "float16 ends at 65,504, and the result is larger", _HALF),
    Cause(_EXPS, _any, "exp overflow", "the exponential is larger than its type holds", _EXPONENT),
    Cause(frozenset(), lambda c: c.is_write, "the step of an optimizer",
          "the step is larger than its type holds", _RATE),
    Cause(frozenset(), lambda c: c.largest > _GROWN, "numbers that grew too large",
          "its operands are as large as {largest} already, and the result is larger than its type holds", _RATE),
    Cause(frozenset(), lambda c: c.kind == "Inf", "overflow", "the result is larger than its type holds", _RANGE),
    Cause(frozenset(), _any, "not defined there", "{operation} is not defined there", None),
)  # fmt: skip

DATA = Cause(frozenset(), _any, "NaN in the data", "{operand} held NaN before", _DATA)
UNFILLED = Cause(frozenset(), _any, "memory that was not filled", "{operand} was never filled in", _UNFILLED)


def _has_bad(case: Case) -> bool:
    return any(not extremes(one).is_finite for one in case.operands if isinstance(one, Tensor))


BACKWARD: tuple[Cause, ...] = (
    Cause(_names("Acos Asin"), lambda c: c.kind == "NaN" and c.gradient == 0, "0 · inf at the edge of the domain",
          "the gradient that arrives is 0, the derivative at the edge is infinite, and their product is NaN", _EDGE),
    Cause(_names("Sqrt Rsqrt Pow Log Log2 Log10 Div Reciprocal"),
          lambda c: c.kind == "NaN" and c.gradient == 0, "0 · inf, as behind where",
          "the gradient that arrives is 0, the derivative there is infinite, and their product is NaN", _WHERE),
    Cause(_names("Sqrt Rsqrt"), lambda c: c.value(0) == 0, "sqrt at 0",
          "the derivative of sqrt is infinite at 0", _ROOT),
    Cause(_names("Log Log2 Log10"), lambda c: c.value(0) == 0, "log at 0", "the derivative of log is 1 / 0", _EPSILON),
    Cause(_names("Pow"), lambda c: c.value(0) == 0, "power at 0",
          "the derivative of the power is infinite at 0", _POWER),
    Cause(_names("Div"), lambda c: c.value(1) == 0, "division by 0", "the denominator is 0 there", _DENOMINATOR),
    Cause(_names("Reciprocal"), lambda c: c.value(0) == 0, "division by 0", "the denominator is 0 there", _DENOMINATOR),
    Cause(_names("Hypot"), lambda c: c.value(0) == 0 and c.value(1) == 0, "sqrt at 0",
          "the derivative of sqrt is infinite at 0", _ROOT),
    Cause(_names("Xlogy"), lambda c: c.value(1) == 0, "log at 0", "the derivative of log is 1 / 0", _EPSILON),
    Cause(_names("LinalgEigh LinalgEig LinalgSvd"), lambda c: not _has_bad(c), "equal values, or one of 0",
          "the derivative of the vectors divides by differences of the values, of svd by the values too, and one is 0",
          _EQUAL),
    Cause(_names("Acos Asin Atan2 Acosh Atanh Erfinv Logit SpecialEntr"), _any, "at the edge of the domain",
          "the derivative is infinite there", _DOMAIN),
    Cause(frozenset(), _has_bad, "values that are not finite",
          "what its operation took or gave was not finite", _VALUES),
    Cause(frozenset(), lambda c: c.dtype == "float16", "float16 overflow",
          "float16 ends at 65,504, and the gradient is larger", _HALF),
    Cause(_names("Exp Expm1 Sinh Cosh"), _any, "exp overflow",
          "the exponential is larger than its type holds", _EXPONENT),
    Cause(frozenset(), lambda c: c.kind == "NaN", "no derivative there",
          "the derivative is not defined there", _UNDEFINED),
    Cause(frozenset(), _any, "a gradient that grew too large", "the gradient is larger than its type holds", _GRADIENT),
)  # fmt: skip
ARRIVED = Cause(
    frozenset(), _any, "a sum of gradients", "what arrives here is not finite although each part of it was", _GRADIENT
)
