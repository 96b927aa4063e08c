"""Losses that get what they do not read: targets of another kind, or scores in the place of logarithms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import torch
from torch import Tensor

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.cuts import bare_name
from engine.autograd.misused import normalised_twice
from engine.autograd.operations.arguments import PLACE
from engine.autograd.operations.given import Given, TakenOperand
from engine.autograd.records import Call, NodeRecord
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.numbers import plain
from engine.tensors import native

_MOST = 1 << 22  # elements that are looked at
_CLASS_AXIS = 1
_CLOSE = 1e-4  # of a sum that no other number has by chance
_TOLERANCE = 0.01  # of a sum of probabilities, for half precision and rounded data

_TEACHES_NOTHING = Sentence.phrase("words.teaches_nothing", "teaches nothing")
_COUNTS_AS_BOTH = Sentence.phrase("words.counts_as_both", "counts as both")
_SCORES = Sentence.phrase("words.scores_wanted", "scores, of which it makes probabilities itself")
_LOGARITHMS = Sentence.phrase("words.logarithms_wanted", "logarithms of probabilities")
_GIVE_SCORES = Sentence.phrase("words.give_scores", "The loss cannot come near 0: give it the scores")
_GIVE_LOGARITHMS = Sentence.phrase("words.give_logarithms", "Take their .log(), or F.cross_entropy of the scores")


class _Operand(NamedTuple):
    """Which argument of a loss is looked at, by place and name, and what is said of one that it does not read."""

    place: int
    name: str
    said: Callable[[Call, Tensor], Sentence | None]


def loss_operands(run: Run) -> Iterator[Notice]:
    """One for each loss of the newest pass, by its place in the program."""
    known = {notice.place for notice in normalised_twice(list(run.nodes()))}  # whose softmax is named there
    told: set[object] = set()
    for _, _, record in run.nodes():
        call = record.call
        rules = () if call is None else _RULES.get(bare_name(call.function), ())
        if call is None or call.place in told or line_of(call) is None or source_of(call.place) in known:
            continue
        for rule in rules:
            value = _value(record, rule)
            said = None if value is None else rule.said(call, value)
            if said is not None:
                told.add(call.place)
                yield Notice(said, source_of(call.place))
                break


def _value(record: NodeRecord, rule: _Operand) -> Tensor | None:
    """That argument, where it is kept as it was and not large."""
    given = Given.of(record)
    if given is None or given.arguments is None:
        return None
    args, named = given.arguments
    keys = [key for key, value in (*enumerate(args), *named.items()) if value is PLACE]
    found = next((n for n, key in enumerate(keys) if key in (rule.place, rule.name)), len(given.operands))
    value = TakenOperand(given.operands[found]).value() if found < len(given.operands) else None
    bare = None if value is None else native.bare(value)
    return bare if bare is not None and native.has_own_data(bare) and 0 < native.numel(bare) <= _MOST else None


def _no_probability(call: Call, target: Tensor) -> Sentence | None:
    low, high = float(target.min()), float(target.max())
    if not (low < -_TOLERANCE or high > 1 + _TOLERANCE):
        return None
    return Sentence.of(
        "notice.target_no_probability",
        "{expression} takes targets from 0 to 1, and gets them from {low} to {high}: the loss has no lower end, and "
        "the scores run away. Bring them to 0 … 1, as by (y + 1) / 2 where they are −1 and 1.",
        expression=expression_of(call),
        low=plain(low),
        high=plain(high),
    )


def _no_sign(effect: Sentence) -> Callable[[Call, Tensor], Sentence | None]:
    def said(call: Call, target: Tensor) -> Sentence | None:
        other = target[(target != 1) & (target != -1)]
        if not native.numel(other):
            return None
        return Sentence.of(
            "notice.target_no_sign",
            "{expression} takes targets of 1 and −1: of {n_all:,} there are {n:,} others, as {value}, and what has one "
            "{effect}. Of 0 and 1 make them by 2 * y - 1.",
            expression=expression_of(call),
            n_all=native.numel(target),
            n=native.numel(other),
            value=plain(float(other.reshape(-1)[0])),
            effect=effect,
        )

    return said


def _no_distribution(call: Call, target: Tensor) -> Sentence | None:
    """Of classes by number nothing; rows of zeros are left out on purpose."""
    if not target.is_floating_point() or target.dim() < 1:
        return None
    sums = target.double().sum(_CLASS_AXIS if target.dim() > 1 else 0).reshape(-1)
    sums = sums[sums != 0]
    wrong = sums[(sums - 1).abs() > _TOLERANCE]
    if 2 * native.numel(wrong) <= native.numel(sums):
        return None
    return Sentence.of(
        "notice.target_no_distribution",
        "{expression} takes a probability of each class, and of {n_all:,} rows those of {n:,} do not add up to 1, as "
        "to {total}. Divide each row by its sum; where several classes hold at once, use "
        "F.binary_cross_entropy_with_logits.",
        expression=expression_of(call),
        n_all=native.numel(sums),
        n=native.numel(wrong),
        total=plain(round(float(wrong[0]), 4)),
    )


def _no_logarithms(call: Call, given: Tensor) -> Sentence | None:
    """The logarithm of a probability is never above 0; that of a softmax without its logarithm is told elsewhere."""
    is_probability = float(given.min()) >= 0 and float(given.max()) <= 1
    if not given.is_floating_point() or is_probability or float(given.max()) <= _TOLERANCE:
        return None
    axis = _CLASS_AXIS if given.dim() > 1 else 0
    return Sentence.of(
        "notice.no_logarithms",
        "{expression} takes logarithms of probabilities, which are never above 0, and gets numbers up to {high}; "
        "their exponentials add up to {total} in the first row: the loss has no lower end. Use F.cross_entropy of "
        "these scores, or F.log_softmax before.",
        expression=expression_of(call),
        high=plain(round(float(given.max()), 4)),
        total=plain(round(float(torch.logsumexp(given.double(), axis).reshape(-1)[0].exp()), 4)),
    )


def _probabilities(call: Call, given: Tensor) -> Sentence | None:
    """Made by hand: scores do not add up to 1 in each row. Rows of 0 and 1, as an identity has, may be scores."""
    if not given.is_floating_point() or given.dim() < 1 or float(given.min()) < 0:
        return None
    axis = _CLASS_AXIS if given.dim() > 1 else 0
    sums = given.double().sum(axis).reshape(-1)
    is_certain = bool(((given == 0) | (given == 1)).all())
    if native.shape(given)[axis] < 2 or is_certain or not bool(((sums - 1).abs() < _CLOSE).all()):
        return None
    is_of_scores = bare_name(call.function) == "cross_entropy"
    return Sentence.of(
        "notice.probabilities_given",
        "{expression} takes {wanted}, and gets probabilities: no number is below 0, and each row adds up to 1. {cure}.",
        expression=expression_of(call),
        wanted=_SCORES if is_of_scores else _LOGARITHMS,
        cure=_GIVE_SCORES if is_of_scores else _GIVE_LOGARITHMS,
    )


_RULES = {
    "binary_cross_entropy_with_logits": (_Operand(1, "target", _no_probability),),
    "multilabel_soft_margin_loss": (_Operand(1, "target", _no_probability),),
    "cosine_embedding_loss": (_Operand(2, "target", _no_sign(_TEACHES_NOTHING)),),
    "margin_ranking_loss": (_Operand(2, "target", _no_sign(_TEACHES_NOTHING)),),
    "soft_margin_loss": (_Operand(1, "target", _no_sign(_TEACHES_NOTHING)),),
    "hinge_embedding_loss": (_Operand(1, "target", _no_sign(_COUNTS_AS_BOTH)),),
    "cross_entropy": (_Operand(1, "target", _no_distribution), _Operand(0, "input", _probabilities)),
    "nll_loss": (_Operand(0, "input", _no_logarithms), _Operand(0, "input", _probabilities)),
}
