"""By which rule a call came to the dtype of its result, held against what PyTorch says of such operands.

A rule is told only where it leads to the dtype that the result has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import torch

from engine.autograd.operations.arguments import Arguments
from engine.autograd.records import Call, dtype_name
from engine.protocol.number_types import OperandType
from engine.protocol.sentence import Sentence

_ARITHMETIC = frozenset({
    "add", "sub", "subtract", "mul", "multiply", "div", "divide", "true_divide", "truediv", "floordiv", "floor_divide",
    "mod", "remainder", "fmod", "pow", "and", "or", "xor", "bitwise_and", "bitwise_or", "bitwise_xor", "maximum",
    "minimum", "fmax", "fmin", "atan2", "arctan2", "hypot", "logaddexp", "logaddexp2", "addcmul", "addcdiv", "copysign",
    "nextafter", "xlogy", "clamp", "clip", "clamp_min", "clamp_max", "where", "outer", "ger",
})  # fmt: skip
_JOINING = frozenset({
    "cat", "concat", "concatenate", "stack", "hstack", "vstack", "dstack", "column_stack", "row_stack",
})  # fmt: skip
_COMPARING = frozenset({
    "eq", "ne", "lt", "le", "gt", "ge", "less", "less_equal", "greater", "greater_equal", "not_equal", "isclose",
    "logical_and", "logical_or", "logical_xor", "logical_not", "isnan", "isinf", "isfinite", "isin", "signbit", "any",
    "all", "isposinf", "isneginf", "isreal",
})  # fmt: skip
_SUMMING = frozenset({"sum", "nansum", "prod", "cumsum", "cumprod"})
_COUNTING = frozenset({
    "argmax", "argmin", "argsort", "nonzero", "argwhere", "searchsorted", "bucketize", "count_nonzero", "bincount",
})  # fmt: skip
_WITH_INDICES = frozenset({
    "max", "min", "sort", "topk", "kthvalue", "mode", "median", "nanmedian", "cummax", "cummin", "unique",
})  # fmt: skip
_FRACTIONAL = frozenset({
    "div", "divide", "true_divide", "truediv", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sqrt", "rsqrt",
    "sin", "cos", "tan", "asin", "acos", "atan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "asinh", "acosh",
    "atanh", "sigmoid", "logit", "erf", "erfc", "erfinv", "reciprocal", "lgamma", "digamma", "atan2", "arctan2",
    "deg2rad", "rad2deg", "xlogy", "logsumexp", "sinc", "logaddexp", "hypot", "copysign",
})  # fmt: skip
_ALIKE = frozenset({
    "matmul", "mm", "bmm", "mv", "dot", "vdot", "inner", "addmm", "addmv", "baddbmm", "linear", "conv1d",
    "conv2d", "conv3d", "bilinear", "scaled_dot_product_attention", "lerp", "tensordot", "chain_matmul",
})  # fmt: skip
_MEASURING = frozenset({"abs", "absolute", "real", "imag", "angle", "norm", "vector_norm"})
_CHOOSING = frozenset({
    "getitem", "masked_select", "masked_fill", "masked_scatter", "gather", "index_select", "take", "take_along_dim",
    "index_fill", "index_add", "index_copy", "index_put", "put", "scatter", "scatter_add",
})  # fmt: skip
_NUMBERS_BY_NAME = ("other", "exponent", "input", "min", "max", "self")
_PYTHON = (bool, int, float, complex)


class Made(NamedTuple):
    """A call with the result that is asked about: `place` among all that it returned, its dtype and rank. `operands`:
    its tensors. `writes`: into the first of them, or into what was given as out=."""

    call: Call
    arguments: Arguments | None
    operands: tuple[OperandType, ...]
    dtype: torch.dtype
    rank: int
    place: int = 0
    writes: bool = False


class Promotion(NamedTuple):
    """What took part, and the rule."""

    operands: tuple[OperandType, ...] = ()
    rule: Sentence | None = None


def promotion_of(made: Made) -> Promotion:
    """Nothing where no rule of these led to the dtype of the result. Inside `Unseen`."""
    name = _plain_name(made.call.function)
    operands = made.operands[1:] if name == "where" else made.operands
    numbers = _numbers(made.arguments) if name in _ARITHMETIC | _COMPARING else ()
    is_turned = getattr(made.call.function, "__name__", "").startswith("__r")
    taken = (*numbers, *operands) if is_turned else (*operands, *numbers)
    rule = _rule(name, made, taken) if taken else None
    return Promotion() if rule is None else Promotion(taken, rule)


def _rule(name: str, made: Made, taken: Sequence[OperandType]) -> Sentence | None:
    dtype, promoted = made.dtype, _promoted(taken, is_joined=name in _JOINING)
    asked = None if made.arguments is None else made.arguments[1].get("dtype")
    if asked is dtype:
        return Sentence.of("promotion.asked", "dtype= asked for {dtype}.", dtype=dtype_name(dtype))
    if made.writes:
        return _of_writing(dtype, promoted)
    if dtype == torch.bool and name in _COMPARING:
        return _of_comparing(taken, promoted)
    if (name in _COUNTING or (name in _WITH_INDICES and made.place)) and dtype == torch.int64:
        return Sentence.of("promotion.indices", "These are indices or counts: int64, whatever they are of.")
    if name in _ARITHMETIC | _JOINING and promoted == dtype:
        return _of_promotion() if len(taken) > 1 else None
    return _of_one_kind(name, dtype, taken) or _of_autocast(made, dtype, promoted) or _of_keeping(name, dtype, taken)


def _of_promotion() -> Sentence:
    return Sentence.of(
        "promotion.widest",
        "PyTorch takes the widest dtype of the highest kind (bool, whole, floating, complex); a tensor without "
        "dimensions, or a Python number, counts only where its kind is higher.",
    )


def _of_writing(dtype: torch.dtype, promoted: torch.dtype | None) -> Sentence:
    if promoted is None or promoted == dtype:
        return Sentence.of(
            "promotion.written", "It is written into: a tensor keeps its dtype, here {dtype}.", dtype=dtype_name(dtype)
        )
    return Sentence.of(
        "promotion.cast",
        "It is written into: a tensor keeps its dtype. What is computed in {promoted} is cast to {dtype}.",
        promoted=dtype_name(promoted),
        dtype=dtype_name(dtype),
    )


def _of_comparing(taken: Sequence[OperandType], promoted: torch.dtype | None) -> Sentence:
    if promoted is None or len(taken) < 2:
        return Sentence.of("promotion.truth", "The answers are True and False: bool, whatever is asked.")
    return Sentence.of(
        "promotion.compared",
        "The answers are True and False: bool. What is compared is first made {promoted}, to which both promote.",
        promoted=dtype_name(promoted),
    )


def _of_one_kind(name: str, dtype: torch.dtype, taken: Sequence[OperandType]) -> Sentence | None:
    """Of operands that are whole numbers, complex, or all of one dtype."""
    tensors = [one for one in map(_dtype, taken) if one is not None]
    are_whole = bool(tensors) and not any(one.is_floating_point or one.is_complex for one in tensors)
    if are_whole and name in _SUMMING and dtype == torch.int64:
        return Sentence.of(
            "promotion.summed",
            "Whole numbers, and True and False, are added up or multiplied in int64, in which many of them have room.",
        )
    if are_whole and name in _FRACTIONAL and dtype == torch.get_default_dtype():
        return Sentence.of(
            "promotion.fractions",
            "Of whole numbers it makes numbers with fractions, and takes the default dtype, {dtype}.",
            dtype=dtype_name(dtype),
        )
    if len(tensors) == 1 and tensors[0].is_complex and name in _MEASURING and dtype == tensors[0].to_real():
        return Sentence.of(
            "promotion.real",
            "Of a complex number it makes a real one, of the dtype that its two parts have, {dtype}.",
            dtype=dtype_name(dtype),
        )
    if name in _ALIKE and len(tensors) > 1 and set(tensors) == {dtype}:
        return Sentence.of(
            "promotion.alike", "Nothing is promoted here: all have to be of one dtype, and the result is of it."
        )
    return None


def _of_autocast(made: Made, dtype: torch.dtype, promoted: torch.dtype | None) -> Sentence | None:
    context = made.call.context
    if context is None or not context.is_autocast or dtype == promoted or not dtype.is_floating_point:
        return None
    return Sentence.of(
        "promotion.autocast",
        "It was called within autocast, which had it computed in {dtype}: PyTorch has a list of functions for which "
        "fewer bits are enough, and one of those that need float32.",
        dtype=dtype_name(dtype),
    )


def _of_keeping(name: str, dtype: torch.dtype, taken: Sequence[OperandType]) -> Sentence | None:
    if name in _CHOOSING and len(taken) > 1 and _dtype(taken[0]) == dtype:
        return Sentence.of(
            "promotion.chosen",
            "Masks and indices only choose: the result keeps the dtype of what they are laid on, {dtype}, also where "
            "other numbers are put in.",
            dtype=dtype_name(dtype),
        )
    if any(_dtype(one) != dtype for one in taken):
        return None
    return Sentence.of("promotion.kept", "What took part is {dtype}, and so is the result.", dtype=dtype_name(dtype))


def _promoted(taken: Sequence[OperandType], *, is_joined: bool) -> torch.dtype | None:
    """What PyTorch promotes them to; None of what it promotes with nothing."""
    kinds = {
        rank: [kind for one, kind in ((one, _kind(one)) for one in taken) if min(one.rank, 1) == rank and kind]
        for rank in (1, 0, -1)
    }
    try:
        if is_joined:
            return reduce(torch.promote_types, [kind for kind in map(_dtype, taken) if kind is not None])
        found: Any = None
        for rank, every in kinds.items():
            if every and rank >= 0:
                joint = torch.empty((1,) * rank, dtype=reduce(torch.promote_types, every))
                found = joint if found is None else _empty(found, torch.result_type(found, joint))
            for number in every if rank < 0 else ():
                found = number if found is None else _empty(found, torch.result_type(found, number))
    except (RuntimeError, TypeError):  # float8 and the like
        return None
    return found.dtype if isinstance(found, torch.Tensor) else None


def _empty(found: Any, dtype: torch.dtype) -> torch.Tensor:
    return torch.empty(found.shape if isinstance(found, torch.Tensor) else (), dtype=dtype)


def _kind(one: OperandType) -> Any:
    """The dtype of a tensor; of a number one of its kind."""
    if one.rank >= 0:
        return _dtype(one)
    return {"bool": True, "int": 1, "float": 1.0, "complex": 1j}[_python_kind(one.dtype)]


def _python_kind(words: str) -> str:
    """As what PyTorch takes a number: one of NumPy's as Python's of its kind, its truth values as floats."""
    maker, _, kind = words.partition(" ")
    if maker == "Python":
        return kind
    return "complex" if kind.startswith("complex") else "int" if re.match("u?int", kind) else "float"


def _dtype(one: OperandType) -> torch.dtype | None:
    found = getattr(torch, one.dtype, None) if one.rank >= 0 else None
    return found if isinstance(found, torch.dtype) else None


def _numbers(arguments: Arguments | None) -> tuple[OperandType, ...]:
    """Of Python and of NumPy, that are calculated with."""
    args, named = ((), {}) if arguments is None else arguments
    given = (*args, *(named[word] for word in _NUMBERS_BY_NAME if word in named))
    return tuple(OperandType(repr(one), _number_kind(one), -1) for one in given if _is_number(one))


def _is_number(one: Any) -> bool:
    return type(one) in _PYTHON or isinstance(one, np.number | np.bool_)


def _number_kind(one: Any) -> str:
    return f"Python {type(one).__name__}" if type(one) in _PYTHON else f"NumPy {one.dtype}"


def _plain_name(function: Any) -> str:
    """Of "__rsub__", "add_" and "subtract" what they have in common: "sub", "add"."""
    name = getattr(function, "__name__", "").strip("_")
    if name == "get":  # of an attribute, as `.real`
        return getattr(getattr(function, "__self__", None), "__name__", name)
    for prefix in ("i", "r"):
        if name[1:] in _ARITHMETIC and name not in _ARITHMETIC and name.startswith(prefix):
            return name[1:]
    return name
