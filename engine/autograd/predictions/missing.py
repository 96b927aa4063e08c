"""What a prediction lacks: each way to miss a gradient is worked out, and told only where it gives exactly what was
entered."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor

from engine.autograd.predictions.judge import Target
from engine.autograd.predictions.slope_words import slope_words
from engine.autograd.rules.rule import Operand, Rule
from engine.autograd.rules.values import NodeValues, sum_to
from engine.protocol.sentence import Sentence
from engine.shared.numbers import brief

_COARSEST = 0.02  # rounding of a number, as a share of it: one that is rounded more may be anything
_MOST_COPIES = 64


class _Way(NamedTuple):
    """What somebody gets who misses it so."""

    numbers: Tensor
    said: Sentence


@dataclass(frozen=True)
class Case:
    """One prediction and what it is compared with. All tensors float64 on the CPU.

    `parts`: what was sent on to this operand, one for each place that it stands at. `others`: what went to the others,
    by name. `rule` is None of a node without a record. `names` of its symbols, as the program has them.
    """

    target: Target
    parts: Sequence[Tensor]
    others: Mapping[str, Tensor]
    rule: Rule | None
    place: int
    values: NodeValues
    names: Mapping[str, str]


def missing(case: Case) -> tuple[Sentence, ...]:
    """What is missing, and that the sign is wrong; nothing where no way explains it."""
    prediction, target = case.target.prediction, case.target
    largest = float(prediction.numbers.abs().max()) if prediction.numbers.numel() else 0.0
    if not largest or prediction.rounding > _COARSEST * largest:
        return ()
    turned = Sentence.of("missing.sign", "The sign is the other way round.")
    if target.fits(-prediction.numbers):
        return (turned,)
    for way in _ways(case):
        for sign in (1, -1):
            if target.fits(sign * prediction.numbers, way.numbers):
                return (way.said,) if sign > 0 else (way.said, turned)
    return _of_shape(case)


def _of_shape(case: Case) -> tuple[Sentence, ...]:
    """Where the shape is another."""
    numbers, actual = case.target.prediction.numbers, case.target.actual
    if numbers.numel() == actual.numel() and case.target.fits(numbers.reshape(actual.shape)):
        return (Sentence.of("missing.shape", "The numbers are right, and lie in another shape."),)
    if numbers.dim() == 2 and case.target.fits(numbers.T):
        return (_turned(),)
    arrived = case.values.arriving[0]
    if arrived is not None and numbers.shape == arrived.shape != actual.shape:
        try:
            is_unsummed = case.target.fits(sum_to(numbers, actual.shape))
        except RuntimeError:  # it was not broadcast
            return ()
        if is_unsummed:
            return (_unsummed(),)
    return ()


def _turned() -> Sentence:
    return Sentence.of("missing.transposed", "It is transposed.")


def _unsummed() -> Sentence:
    return Sentence.of(
        "missing.sum", "You left out the sum over the broadcast axis: the operand was used for several cells."
    )


def _ways(case: Case) -> Iterator[_Way]:
    actual = case.target.actual
    for part in case.parts if len(case.parts) > 1 else ():
        said = Sentence.of("missing.part", "You left out the part that comes by the operand's other place.")
        yield _Way(part, said)
    for name, other in case.others.items():
        if other.shape == actual.shape:
            yield _Way(other, Sentence.of("missing.other_operand", "This is the gradient of {name}.", name=name))
    if actual.dim() == 2 and actual.shape[0] == actual.shape[1]:
        yield _Way(actual.T, _turned())
    if case.rule is not None and len(case.parts) == 1:
        yield from _spared(case, _by_rule)
        yield from _spared(case, _by_transposing)
    for factor, words in _constants(case):
        yield _Way(actual / factor, Sentence.of("missing.factor", "You left out the factor {factor}.", factor=words))


def _spared(case: Case, ways: Callable[[Case], Iterator[_Way]]) -> Iterator[_Way]:
    """As far as what the node saved is kept, and fits."""
    try:
        yield from ways(case)
    except Exception:  # a record's function may fail in any way with what was not meant for it
        return


def _constants(case: Case) -> Iterator[tuple[float, str]]:
    yield from ((2.0, "2"), (0.5, "1/2"))
    arrived = case.values.arriving[0]
    sizes = {case.target.actual.numel(), *case.target.actual.shape}
    sizes |= set() if arrived is None else {arrived.numel(), *arrived.shape}
    for size in sorted(size for size in sizes if size > 2):
        yield from ((float(size), str(size)), (1 / size, f"1/{size}"))


# -- by the record


def _by_rule(case: Case) -> Iterator[_Way]:
    rule, values = case.rule, case.values
    assert rule is not None
    operand = rule.operand(case.place)
    values.nth = case.place
    ones = values.with_arriving([None if g is None else torch.ones_like(g) for g in values.arriving])
    slope = operand.gradient(ones)
    if rule.is_pointwise:
        yield from _pointwise(case, operand, slope)
    said = Sentence.of("missing.arriving", "You left out the gradient that arrives, grad.")
    yield _Way(sum_to(slope, values.shape), said)


def _pointwise(case: Case, operand: Operand, slope: Tensor) -> Iterator[_Way]:
    """What arrives times the slope of each cell, and the sum over what was broadcast."""
    values, shape = case.values, case.values.shape
    words = slope_words(operand.formula, case.names)
    terms = values.g * slope
    yield _Way(sum_to(values.g, shape), Sentence.of("missing.slope", "You left out {slope}.", slope=words))
    for copy in _copies(terms, shape):
        yield _Way(copy, _unsummed())
    for quantity, name in _quantities(case):
        if not bool((quantity == 1).all()):
            left_out = Sentence.of("missing.quantity", "You left out {name}.", name=name)
            yield _Way(sum_to((terms / quantity).expand(values.g.shape), shape), left_out)
            too_much = Sentence.of("missing.too_much", "{name} is too much.", name=name)
            yield _Way(sum_to((terms * quantity).expand(values.g.shape), shape), too_much)


def _copies(terms: Tensor, shape: Sequence[int]) -> Iterator[Tensor]:
    """Of each cell of the operand one of its terms, where there are several."""
    n_new = terms.dim() - len(shape)
    whole = [1] * n_new + list(shape)
    summed = [dim for dim, size in enumerate(whole) if size != terms.shape[dim]]
    count = math.prod(terms.shape[dim] for dim in summed)
    if not summed or count > _MOST_COPIES:
        return
    kept = [dim for dim in range(terms.dim()) if dim not in summed]
    flat = terms.permute(*summed, *kept).reshape(count, *(terms.shape[dim] for dim in kept))
    yield from (one.reshape(tuple(shape)) for one in flat)


def _quantities(case: Case) -> Iterator[tuple[Tensor, str | Sentence]]:
    """What a slope is usually made of: saved values, and simple functions of them."""
    rule, values = case.rule, case.values
    assert rule is not None
    for symbol, saved in rule.saved.items():
        value: Any = getattr(values, saved)
        name = case.names.get(symbol, symbol)
        if isinstance(value, Tensor) and value.is_floating_point():
            yield from (
                (value, name), (1 - value, f"(1 − {name})"), (value**2, f"{name}²"), (1 - value**2, f"(1 − {name}²)"),
                (1 / value, f"1/{name}"),
            )  # fmt: skip
        elif isinstance(value, int | float) and value:
            number = torch.tensor(float(value), dtype=torch.float64)
            yield number, _factor(brief(float(value)))
            yield 1 / number, _factor(f"1/{brief(float(value))}")


def _factor(text: str) -> Sentence:
    return Sentence.phrase("words.factor", "the factor {factor}", factor=text)


def _by_transposing(case: Case) -> Iterator[_Way]:
    """A matrix that should have been turned, or not."""
    rule, values = case.rule, case.values
    assert rule is not None
    for symbol, saved in rule.saved.items():
        value = getattr(values, saved)
        if not isinstance(value, Tensor) or value.dim() != 2 or value.shape[0] != value.shape[1]:
            continue
        turned = values.with_arriving(values.arriving)
        turned.__dict__[saved] = value.T
        turned.nth = case.place
        name = case.names.get(symbol, symbol)
        said = Sentence.of("missing.matrix_transposed", "{name} is transposed in the one of the two.", name=name)
        yield _Way(sum_to(rule.operand(case.place).gradient(turned), values.shape), said)
