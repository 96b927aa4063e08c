"""Sentences for indices and axes."""

from __future__ import annotations

import re

import torch

from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.sizes import shape
from engine.protocol.sentence import Sentence


def _index(match: re.Match[str], call: FailingCall) -> Sentence:
    size = int(match[3])
    if size == 1:
        return _index_of_one(match, call)
    if call.tensors and size:
        return Sentence.of(
            "index.out_of_range_of_shape",
            "{expression}: index {index} is out of range: axis {axis} of a tensor of shape {shape} has {size:,} "
            "elements, 0 to {last}.",
            expression=call.expression,
            index=match[1],
            axis=match[2],
            shape=shape(call.tensors[0]),
            size=size,
            last=size - 1,
        )
    if size:
        return Sentence.of(
            "index.out_of_range",
            "{expression}: index {index} is out of range: axis {axis} has {size:,} elements, 0 to {last}.",
            expression=call.expression,
            index=match[1],
            axis=match[2],
            size=size,
            last=size - 1,
        )
    return _index_of_none(match, call)


def _index_of_one(match: re.Match[str], call: FailingCall) -> Sentence:
    """An index on an axis with a single element."""
    if call.tensors:
        return Sentence.of(
            "index.axis_of_shape_has_one",
            "{expression}: index {index} is out of range: axis {axis} of a tensor of shape {shape} has 1 element, "
            "at index 0.",
            expression=call.expression,
            index=match[1],
            axis=match[2],
            shape=shape(call.tensors[0]),
        )
    return Sentence.of(
        "index.axis_has_one",
        "{expression}: index {index} is out of range: axis {axis} has 1 element, at index 0.",
        expression=call.expression,
        index=match[1],
        axis=match[2],
    )


def _index_of_none(match: re.Match[str], call: FailingCall) -> Sentence:
    """An index on an axis without elements."""
    if call.tensors:
        return Sentence.of(
            "index.axis_of_shape_is_empty",
            "{expression}: index {index} is out of range: axis {axis} of a tensor of shape {shape} has 0 elements.",
            expression=call.expression,
            index=match[1],
            axis=match[2],
            shape=shape(call.tensors[0]),
        )
    return Sentence.of(
        "index.axis_is_empty",
        "{expression}: index {index} is out of range: axis {axis} has 0 elements.",
        expression=call.expression,
        index=match[1],
        axis=match[2],
    )


def _table(match: re.Match[str], call: FailingCall) -> Sentence | None:
    tensors = call.tensors
    if call.name != "embedding" or len(tensors) < 2 or not tensors[0].numel():
        return None
    n_rows = shape(tensors[1])[0]
    with torch._C.DisableTorchFunction(), torch.no_grad():
        lowest, highest = int(tensors[0].min()), int(tensors[0].max())
    return Sentence.of(
        "index.no_row_of_table",
        "{expression}: index {index} is out of range: the table has {n_rows:,} rows, 0 to {last}.",
        expression=call.expression,
        index=highest if highest >= n_rows else lowest,
        n_rows=n_rows,
        last=n_rows - 1,
    )


def _too_many(match: re.Match[str], call: FailingCall) -> Sentence:
    if not call.tensors:
        return Sentence.of(
            "index.too_many",
            "{expression}: more indices than the tensor has axes, which is {n_axes}.",
            expression=call.expression,
            n_axes=match[1],
        )
    return Sentence.of(
        "index.too_many_for_shape",
        "{expression}: more indices than the tensor has axes, which is {n_axes}, shape {shape}.",
        expression=call.expression,
        n_axes=match[1],
        shape=shape(call.tensors[0]),
    )


def _axis(match: re.Match[str], call: FailingCall) -> Sentence:
    if not call.tensors:
        return Sentence.of(
            "axis.missing",
            "{expression}: axis {axis} does not exist: the tensor takes {first} to {last}.",
            expression=call.expression,
            axis=match[3],
            first=match[1],
            last=match[2],
        )
    return Sentence.of(
        "axis.missing_in_shape",
        "{expression}: axis {axis} does not exist: the tensor of shape {shape} takes {first} to {last}.",
        expression=call.expression,
        axis=match[3],
        shape=shape(call.tensors[0]),
        first=match[1],
        last=match[2],
    )


def _truth(match: re.Match[str], call: FailingCall) -> Sentence | None:
    if not call.tensors:
        return None
    return Sentence.of(
        "tensor.no_truth_value",
        "{expression}: a tensor of shape {shape} is neither true nor false; "
        "say .any() or .all(), or compare single elements.",
        expression=call.expression,
        shape=shape(call.tensors[0]),
    )


def _item(match: re.Match[str], call: FailingCall) -> Sentence | None:
    if not call.tensors:
        return None
    return Sentence.of(
        "tensor.not_one_number",
        "{expression}: a tensor of shape {shape} is not one number; "
        "pick an element or reduce it first, e.g. with .mean().",
        expression=call.expression,
        shape=shape(call.tensors[0]),
    )


RULES = (
    (r"index (-?\d+) is out of bounds for dimension (\d+) with size (\d+)", _index),
    (r"index out of range in self", _table),
    (r"too many indices for tensor of dimension (\d+)", _too_many),
    (r"Dimension out of range \(expected to be in range of \[(-?\d+), (-?\d+)\], but got (-?\d+)\)", _axis),
    (r"Boolean value of Tensor with more than one value is ambiguous", _truth),
    (r"cannot be converted to Scalar|only one element tensors can be converted", _item),
)  # fmt: skip
