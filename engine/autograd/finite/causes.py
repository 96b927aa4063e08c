"""Why a result is not finite although its operands are, and the usual cure: one table, of operations and of nodes.

The first row that fits says it. To add one, write a `Cause` above those that fit more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from torch import Tensor

from engine.autograd.finite import cures
from engine.autograd.finite.case import Case
from engine.autograd.finite.check import extremes
from engine.protocol.sentence import Sentence

_TARGET = 1  # among the operands of a loss
_GROWN = 1e12  # a magnitude that no network in order has


class Cause(NamedTuple):
    """`brief` and `why` are parts of sentences; `why` may have {operation} in it, and {where}, what the operands are
    at the place."""

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
_LOGS = _names("log log2 log10 log_")
_EXPS = _names("exp exp2 expm1 sinh cosh exp_")
_POWERS = _names("pow rpow pow_ float_power")
_NORMALISING = _names(
    "layer_norm group_norm instance_norm batch_norm rms_norm normalize cosine_similarity weight_norm "
    "local_response_norm"
)
_SOLVING = _names(
    "inv inverse solve solve_ex inv_ex solve_triangular cholesky_solve cholesky_inverse lu_solve lstsq cond logdet "
    "slogdet"
)
_GAMMAS = _names("digamma lgamma polygamma mvlgamma psi gammaln multigammaln")


def _is_domain(case: Case) -> bool:
    x = case.value(0)
    limits = {
        "acosh": x < 1,
        "logit": x < 0 or x > 1,
        "log1p": x <= -1,
        "ndtri": x <= 0 or x >= 1,
        "entr": x < 0,
        "xlog1py": case.value(1) <= -1,
    }
    return limits.get(case.name, abs(x) >= 1)


def _has_negative_target(case: Case) -> bool:
    target = case.operands[_TARGET] if len(case.operands) > _TARGET else None
    return isinstance(target, Tensor) and extremes(target).low < 0


def _is_pole(case: Case) -> bool:
    arguments = (case.value(place) for place, one in enumerate(case.operands) if isinstance(one, Tensor))
    return any(x <= 0 and x.is_integer() for x in arguments)


FORWARD: tuple[Cause, ...] = (
    Cause(_LOGS, lambda c: c.value(0) == 0, "log of 0", "the logarithm of 0 is -inf", cures.EPSILON),
    Cause(_LOGS, lambda c: c.value(0) < 0, "log of a negative number", "a negative number has no logarithm",
          cures.POSITIVE),
    Cause(_names("xlogy"), lambda c: c.value(1) == 0, "log of 0", "the logarithm of 0 is -inf", cures.EPSILON),
    Cause(_names("xlogy"), lambda c: c.value(1) < 0, "log of a negative number", "a negative number has no logarithm",
          cures.POSITIVE),
    Cause(_names("kl_div"), lambda c: c.kind == "NaN" and _has_negative_target(c), "a target below 0",
          "it takes the logarithm of its target, and a negative number has none", cures.KL_TARGET),
    Cause(_names("logit"), lambda c: c.value(0) == 0, "logit of 0", "logit is infinite at 0", cures.DOMAIN),
    Cause(_names("logit"), lambda c: c.value(0) == 1, "logit of 1", "logit is infinite at 1", cures.DOMAIN),
    Cause(_names("sqrt rsqrt sqrt_"), lambda c: c.value(0) < 0, "sqrt of a negative number",
          "a negative number has no square root", cures.ROOT),
    Cause(_names("rsqrt reciprocal"), lambda c: c.value(0) == 0, "division by 0", "1 / 0 is infinite",
          cures.DENOMINATOR),
    Cause(_names("rtruediv rdiv"), lambda c: c.value(0) == 0, "division by 0", "1 / 0 is infinite", cures.DENOMINATOR),
    Cause(_DIVIDING, lambda c: c.value(0) == 0 and c.value(1) == 0, "0 / 0", "0 / 0 is NaN", cures.DENOMINATOR),
    Cause(_DIVIDING, lambda c: c.value(1) == 0, "division by 0", "the denominator is 0 there", cures.DENOMINATOR),
    Cause(_POWERS, lambda c: c.value(0) == 0 and c.value(1) < 0, "0 to a negative power", "1 / 0 is infinite",
          cures.POWER),
    Cause(_POWERS, lambda c: c.value(0) < 0 and c.kind == "NaN", "fractional power of a negative number",
          "a negative number has no such power", cures.POWER),
    Cause(_names("logit acos asin arccos arcsin acosh atanh arctanh erfinv log1p ndtri entr xlog1py"),
          _is_domain, "outside of the domain",
          "{operation} is not finite there", cures.DOMAIN),
    Cause(_GAMMAS, _is_pole, "at a pole", "{operation} is infinite at 0 and at each negative whole number", cures.POLE),
    Cause(_names("cos sin tan"), lambda c: math.isinf(c.value(0)), "an angle of inf",
          "{operation} has no value at infinity", cures.INFINITE_ANGLE),
    Cause(_SOFTMAX | _ATTENTION, lambda c: c.row().high == -math.inf, "a row of all -inf",
          "softmax of a row that is all -inf is 0 / 0", cures.ROW),
    Cause(_ATTENTION, lambda c: c.kind == "NaN", "a row that is masked whole",
          "softmax of a row that is masked whole is 0 / 0", cures.ROW),
    Cause(_names("mean nanmean mse_loss l1_loss median"), lambda c: c.n_taken == 0, "mean of nothing",
          "the mean of no element is 0 / 0", cures.EMPTY),
    Cause(_names("std var std_mean var_mean"), lambda c: c.kind == "NaN" and not c.has_infinite, "spread of one number",
          "one number has no spread: 0 / 0", cures.FEW),
    Cause(_names("ctc_loss"), lambda c: c.kind == "Inf", "no way to the target",
          "the input is too short to hold the target, which has probability 0", cures.SHORT),
    Cause(_names("cross_entropy nll_loss kl_div"), lambda c: c.kind == "Inf" and c.has_infinite,
          "a target that is masked", "the right answer has a score of -inf, and probability 0", cures.TARGET),
    Cause(_names("cross_entropy nll_loss"), lambda c: c.kind == "NaN" and not c.row().has_inf, "no target left",
          "every target is ignored, so that the mean is 0 / 0", cures.IGNORED),
    Cause(_names("mul multiply rmul matmul mm bmm linear addmm einsum"),
          lambda c: c.kind == "NaN" and c.has_infinite, "0 · inf",
          "an infinite operand times 0, or against its opposite, is NaN", cures.INFINITE),
    Cause(_SUMMING | _SOFTMAX | _NORMALISING | _names("cross_entropy logsumexp std var std_mean var_mean"),
          lambda c: c.kind == "NaN" and c.has_infinite, "inf - inf", "infinities of its operands cancel",
          cures.INFINITE),
    Cause(frozenset(), lambda c: c.kind == "NaN" and c.has_infinite, "an infinite operand",
          "{operation} makes NaN of an infinity", cures.INFINITE),
    Cause(_SOLVING, lambda c: c.largest <= _GROWN, "a singular matrix",
          "the matrix has no inverse, or nearly none", cures.SINGULAR),
    Cause(frozenset(), lambda c: c.dtype == "float16", "float16 overflow",
          "float16 ends at 65,504, and the result is larger", cures.HALF),
    Cause(_NORMALISING, lambda c: c.kind == "NaN" and c.largest <= _GROWN, "0 / 0",
          "the length or the spread that it divides by is 0", cures.NORMALISER),
    Cause(_EXPS, _any, "exp overflow", "the exponential is larger than its type holds", cures.EXPONENT),
    Cause(frozenset(), lambda c: c.is_write, "the step of an optimizer",
          "the step is larger than its type holds", cures.RATE),
    Cause(frozenset(), lambda c: c.largest > _GROWN, "numbers that grew too large",
          "its operands are as large as {largest} already, and the result is larger than its type holds", cures.RATE),
    Cause(frozenset(), lambda c: c.kind == "Inf", "overflow",
          "{operation} is infinite, or larger than its type holds, {where}", cures.RANGE),
    Cause(frozenset(), _any, "not defined there", "{operation} is not defined {where}", cures.UNDEFINED),
)  # fmt: skip

DATA = Cause(frozenset(), _any, "NaN in the data", "{operand} held NaN before", cures.DATA)
UNFILLED = Cause(frozenset(), _any, "memory that was not filled", "{operand} was never filled in", cures.UNFILLED)


def _has_bad(case: Case) -> bool:
    return any(not extremes(one).is_finite for one in case.operands if isinstance(one, Tensor))


BACKWARD: tuple[Cause, ...] = (
    Cause(_names("Acos Asin"), lambda c: c.kind == "NaN" and c.gets_zero, "0 · inf at the edge of the domain",
          "the gradient that arrives is 0, the derivative at the edge is infinite, and their product is NaN",
          cures.EDGE),
    Cause(_names("Sqrt Rsqrt Pow Log Log2 Log10 Div Reciprocal"),
          lambda c: c.kind == "NaN" and c.gets_zero, "0 · inf, as behind where",
          "the gradient that arrives is 0, the derivative there is infinite, and their product is NaN", cures.WHERE),
    Cause(_names("Sqrt Rsqrt"), lambda c: c.value(0) == 0, "sqrt at 0",
          "the derivative of sqrt is infinite at 0", cures.ROOT),
    Cause(_names("Log Log2 Log10"), lambda c: c.value(0) == 0, "log at 0", "the derivative of log is 1 / 0",
          cures.EPSILON),
    Cause(_names("Pow"), lambda c: c.value(0) == 0, "power at 0",
          "the derivative of the power is infinite at 0", cures.POWER),
    Cause(_names("Pow"), lambda c: c.value(0) < 0 and c.kind == "NaN", "power of a negative number",
          "the derivative by the exponent is a logarithm of the base, which is negative", cures.POWER),
    Cause(_names("Div"), lambda c: c.value(1) == 0, "division by 0", "the denominator is 0 there", cures.DENOMINATOR),
    Cause(_names("Reciprocal"), lambda c: c.value(0) == 0, "division by 0", "the denominator is 0 there",
          cures.DENOMINATOR),
    Cause(_names("Hypot"), lambda c: c.value(0) == 0 and c.value(1) == 0, "sqrt at 0",
          "the derivative of sqrt is infinite at 0", cures.ROOT),
    Cause(_names("Xlogy"), lambda c: c.value(0) == 0 and c.value(1) == 0, "0 / 0",
          "the derivative by the second is x / y, and 0 / 0 is NaN", cures.EPSILON),
    Cause(_names("Xlogy"), lambda c: c.value(1) == 0, "log at 0", "the derivative of log is 1 / 0", cures.EPSILON),
    Cause(_names("LinalgEigh LinalgEig LinalgSvd"), lambda c: not _has_bad(c), "equal values, or one of 0",
          "the derivative of the vectors divides by differences of the values, of svd by the values too, and one is 0",
          cures.EQUAL),
    Cause(_names("LinalgInvEx LinalgSlogdet LinalgDet LinalgSolveEx LinalgQr LinalgLu LinalgLuFactorEx LinalgPinv "
                 "LinalgLstsq LinalgSolveTriangular CholeskySolve CholeskyInverse LinalgCholeskyEx"),
          lambda c: not _has_bad(c), "a singular matrix",
          "the derivative divides by the matrix, which has no inverse, or nearly none", cures.SINGULAR),
    Cause(_names("CtcLoss"), _any, "no way to the target",
          "the input is too short to hold the target, which has probability 0", cures.SHORT),
    Cause(_names("Digamma Lgamma Polygamma"), _is_pole, "at a pole",
          "the derivative is infinite at 0 and at each negative whole number", cures.POLE),
    Cause(_names("Acos Asin Atan2 Acosh Atanh Erfinv Logit SpecialEntr Log1P SpecialNdtri SpecialXlog1Py"),
          lambda c: not _has_bad(c), "at the edge of the domain",
          "the derivative is infinite there", cures.DOMAIN),
    Cause(frozenset(), _has_bad, "values that are not finite",
          "what its operation took or gave was not finite", cures.VALUES),
    Cause(frozenset(), lambda c: c.dtype == "float16", "float16 overflow",
          "float16 ends at 65,504, and the gradient is larger", cures.HALF),
    Cause(_names("Exp Exp2 Expm1 Sinh Cosh I0 SpecialI1 SpecialErfcx"), _any, "exp overflow",
          "the exponential is larger than its type holds", cures.EXPONENT),
    Cause(frozenset(), lambda c: c.kind == "NaN" and c.gets_zero, "0 · inf, as behind where",
          "the gradient that arrives is 0, and {operation} has no finite derivative {where}", cures.WHERE),
    Cause(frozenset(), lambda c: c.kind == "NaN", "no derivative there",
          "{operation} has no derivative {where}", cures.UNDEFINED),
    Cause(frozenset(), lambda c: max(c.largest, c.largest_arriving) <= _GROWN, "an infinite derivative",
          "the derivative of {operation} is infinite, or larger than its type holds, {where}", cures.UNDEFINED),
    Cause(frozenset(), _any, "a gradient that grew too large", "the gradient is larger than its type holds",
          cures.GRADIENT),
)  # fmt: skip
ARRIVED = Cause(
    frozenset(),
    _any,
    "a sum of gradients",
    "what arrives here is not finite although each part of it was",
    cures.GRADIENT,
)
