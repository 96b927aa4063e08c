"""Divergences of distributions: `F.kl_div` with other operands than it reads, and any that a loss makes larger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from torch import Tensor

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.cuts import bare_name
from engine.autograd.misnormalised import misnormalised
from engine.autograd.operations.arguments import filled
from engine.autograd.operations.given import Given, TakenOperand
from engine.autograd.records import Call, NodeRecord
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.numbers import plain
from engine.tensors import native

_MOST = 1 << 22  # elements that are looked at
_TOLERANCE = 1e-3  # of a sum of probabilities
_LOG_TARGET = 4  # among the arguments of F.kl_div


class Operands(NamedTuple):
    """What `F.kl_div` got."""

    given: Tensor
    target: Tensor
    is_log_target: bool


def divergences(run: Run) -> Iterator[Notice]:
    """One for each call of `F.kl_div` in the newest pass whose operands are told to be others by their numbers."""
    known = {notice.place for notice in misnormalised(list(run.nodes()))}  # whose softmax is named there
    told: set[object] = set()
    for _, _, record in run.nodes():
        call = record.call
        if call is None or bare_name(call.function) != "kl_div" or call.place in told or line_of(call) is None:
            continue
        operands = _operands(record)
        said = None if operands is None else _said(call, operands)
        if said is not None and source_of(call.place) not in known:
            told.add(call.place)
            yield Notice(said, source_of(call.place))


def values_of(record: NodeRecord) -> list[Tensor | None]:
    """What the call took that made a node, in order; each None where it is not kept as it was, or large."""
    given = Given.of(record)
    return [] if given is None else [_bare(TakenOperand(one).value()) for one in given.operands]


def is_distribution(value: Tensor) -> bool:
    """Whether its numbers are probabilities, which add up to 1 along an axis."""
    if not _is_of_several(value) or float(value.min()) < 0 or float(value.max()) > 1 + _TOLERANCE:
        return False
    return any(_are_ones(value.double().sum(axis)) for axis in range(value.dim()) if native.shape(value)[axis] > 1)


def is_logarithm(value: Tensor) -> bool:
    """Whether its numbers are logarithms of probabilities, which add up to 1 along an axis."""
    if not _is_of_several(value) or float(value.max()) > _TOLERANCE:
        return False
    return any(
        _are_ones(value.double().exp().sum(axis)) for axis in range(value.dim()) if native.shape(value)[axis] > 1
    )


def _is_of_several(value: Tensor) -> bool:
    return value.is_floating_point() and value.dim() > 0 and native.numel(value) > 1


def _are_ones(sums: Tensor) -> bool:
    return bool(((sums - 1).abs() < _TOLERANCE).all())


def _operands(record: NodeRecord) -> Operands | None:
    given, values = Given.of(record), values_of(record)
    if given is None or given.arguments is None:
        return None
    args, named = filled(given.arguments, values)
    one, target = (args[n] if len(args) > n else named.get(name) for n, name in enumerate(("input", "target")))
    is_log = args[_LOG_TARGET] if len(args) > _LOG_TARGET else named.get("log_target", False)
    is_known = isinstance(one, Tensor) and isinstance(target, Tensor)
    return Operands(one, target, is_log is True) if is_known else None


def _said(call: Call, operands: Operands) -> Sentence | None:
    given, target = operands.given, operands.target
    if is_distribution(given):
        return _of_probabilities(call)
    if float(given.max()) > _TOLERANCE:
        return _of_scores(call, given)
    if operands.is_log_target:
        return _target_no_logarithm(call) if is_distribution(target) else None
    return _target_no_probability(call, target) if float(target.min()) < -_TOLERANCE else None


def _of_probabilities(call: Call) -> Sentence:
    return Sentence.of(
        "notice.kl_first_no_logarithm",
        "{expression} takes logarithms of probabilities first, and gets probabilities there: they add up to 1. Where "
        "they are the target, they come second, and the logarithms of the prediction first; else take their .log().",
        expression=expression_of(call),
    )


def _of_scores(call: Call, given: Tensor) -> Sentence:
    return Sentence.of(
        "notice.kl_of_scores",
        "{expression} takes logarithms of probabilities first, which are never above 0, and gets numbers up to {high}: "
        "the loss has no lower end. Use F.log_softmax before.",
        expression=expression_of(call),
        high=plain(round(float(given.max()), 4)),
    )


def _target_no_logarithm(call: Call) -> Sentence:
    return Sentence.of(
        "notice.kl_target_no_logarithm",
        "{expression} takes logarithms as target, as log_target=True says, and gets probabilities. Leave log_target "
        "out.",
        expression=expression_of(call),
    )


def _target_no_probability(call: Call, target: Tensor) -> Sentence:
    cure = (
        Sentence.phrase("words.say_log_target", "They are logarithms of probabilities: say log_target=True")
        if is_logarithm(target)
        else Sentence.phrase("words.softmax_of_target", "Use F.softmax of it before")
    )
    return Sentence.of(
        "notice.kl_target_no_probability",
        "{expression} takes probabilities as target, and gets numbers down to {low}, whose logarithm is NaN. {cure}.",
        expression=expression_of(call),
        low=plain(round(float(target.min()), 4)),
        cure=cure,
    )


def _bare(value: Tensor | None) -> Tensor | None:
    bare = None if value is None else native.bare(value)
    return bare if bare is not None and native.has_own_data(bare) and 0 < native.numel(bare) <= _MOST else None
