"""Sentences for the targets of a loss."""

from __future__ import annotations

import re

from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.sizes import dtype, shape
from engine.protocol.sentence import Sentence


def _target_class(match: re.Match[str], call: FailingCall) -> Sentence | None:
    if not call.tensors:
        return None
    scores = shape(call.tensors[0])
    n_classes = scores[1] if len(scores) > 1 else scores[0]
    return Sentence.of(
        "target.no_class",
        "{expression}: class {number} is out of range: the input of shape {shape} has {n_classes:,} classes, "
        "0 to {last}.",
        expression=call.expression,
        number=match[1],
        shape=scores,
        n_classes=n_classes,
        last=n_classes - 1,
    )


def _target_rows(match: re.Match[str], call: FailingCall) -> Sentence | None:
    if len(call.tensors) < 2:
        return None
    return Sentence.of(
        "target.rows",
        "{expression}: the input of shape {shape} and the target of shape {target_shape} must have equally many rows, "
        "and have {n_rows} and {n_target_rows}.",
        expression=call.expression,
        shape=shape(call.tensors[0]),
        n_rows=match[1],
        target_shape=shape(call.tensors[1]),
        n_target_rows=match[2],
    )


def _target_shape(match: re.Match[str], call: FailingCall) -> Sentence | None:
    if len(call.tensors) < 2:
        return None
    scores = shape(call.tensors[0])
    return Sentence.of(
        "target.shape",
        "{expression}: the target of shape {target_shape} does not fit the input of shape {shape}: with the classes "
        "on axis 1 it has to be {wanted}.",
        expression=call.expression,
        target_shape=shape(call.tensors[1]),
        shape=scores,
        wanted=(*scores[:1], *scores[2:]),
    )


def _target_dtype(match: re.Match[str], call: FailingCall) -> Sentence | None:
    if len(call.tensors) < 2:
        return None
    target = call.tensors[1]
    return Sentence.of(
        "target.dtype",
        "{expression}: a target of class numbers must be i64, e.g. with .long(); this one is {dtype} {shape}.",
        expression=call.expression,
        dtype=dtype(target),
        shape=shape(target),
    )


def _equal_target(match: re.Match[str], call: FailingCall) -> Sentence | None:
    if len(call.tensors) < 2:
        return None
    return Sentence.of(
        "target.unequal",
        "{expression}: the input has shape {shape} and the target {target_shape}; they have to be equal.",
        expression=call.expression,
        shape=shape(call.tensors[0]),
        target_shape=shape(call.tensors[1]),
    )


RULES = (
    (r"Target (-?\d+) is out of bounds", _target_class),
    (r"Expected input batch_size \((\d+)\) to match target batch_size \((\d+)\)", _target_rows),
    (r"Expected target size \[.*?\], got \[.*?\]", _target_shape),
    (r"expected target dtype to be Long|expected scalar type Long but found", _target_dtype),
    (r"Using a target size .* that is different to the input size", _equal_target),
)  # fmt: skip
