"""Sentences for indices, axes, targets, dtypes and devices."""

from __future__ import annotations

import re

import torch

from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.shapes import shape
from engine.protocol.values import short_dtype


def _index(match: re.Match[str], call: FailingCall) -> str:
    size = int(match[3])
    of = f" of a tensor of shape {shape(call.tensors[0])}" if call.tensors else ""
    range_ = f", 0 to {size - 1}" if size else ""
    return f"{call.expression}: index {match[1]} is out of range: axis {match[2]}{of} has {size:,} elements{range_}."


def _table(match: re.Match[str], call: FailingCall) -> str | None:
    tensors = call.tensors
    if call.name != "embedding" or len(tensors) < 2 or not tensors[0].numel():
        return None
    n_rows = shape(tensors[1])[0]
    with torch._C.DisableTorchFunction(), torch.no_grad():
        lowest, highest = int(tensors[0].min()), int(tensors[0].max())
    wrong = highest if highest >= n_rows else lowest
    return f"{call.expression}: index {wrong} is out of range: the table has {n_rows:,} rows, 0 to {n_rows - 1}."


def _too_many(match: re.Match[str], call: FailingCall) -> str:
    of = f", shape {shape(call.tensors[0])}" if call.tensors else ""
    return f"{call.expression}: more indices than the tensor has axes, which is {match[1]}{of}."


def _axis(match: re.Match[str], call: FailingCall) -> str:
    of = f" of shape {shape(call.tensors[0])}" if call.tensors else ""
    return f"{call.expression}: axis {match[3]} does not exist: the tensor{of} takes {match[1]} to {match[2]}."


def _target_class(match: re.Match[str], call: FailingCall) -> str | None:
    if not call.tensors:
        return None
    scores = shape(call.tensors[0])
    n_classes = scores[1] if len(scores) > 1 else scores[0]
    return (
        f"{call.expression}: class {match[1]} is out of range: the input of shape {scores} has {n_classes:,} classes, "
        f"0 to {n_classes - 1}."
    )


def _target_rows(match: re.Match[str], call: FailingCall) -> str | None:
    if len(call.tensors) < 2:
        return None
    scores, target = shape(call.tensors[0]), shape(call.tensors[1])
    return (
        f"{call.expression}: the input of shape {scores} has {match[1]} rows, "
        f"but the target of shape {target} has {match[2]}."
    )


def _target_shape(match: re.Match[str], call: FailingCall) -> str | None:
    if len(call.tensors) < 2:
        return None
    scores, target = shape(call.tensors[0]), shape(call.tensors[1])
    wanted = (*scores[:1], *scores[2:])
    return (
        f"{call.expression}: the target of shape {target} does not fit the input of shape {scores}: with the classes "
        f"on axis 1 it has to be {wanted}."
    )


def _target_dtype(match: re.Match[str], call: FailingCall) -> str | None:
    if len(call.tensors) < 2:
        return None
    target = call.tensors[1]
    return (
        f"{call.expression}: a target of class numbers must be i64, e.g. with .long(); this one is {_dtype(target)} "
        f"{shape(target)}."
    )


def _equal_target(match: re.Match[str], call: FailingCall) -> str | None:
    if len(call.tensors) < 2:
        return None
    scores, target = shape(call.tensors[0]), shape(call.tensors[1])
    return f"{call.expression}: the input has shape {scores} and the target {target}; they have to be equal."


def _dtypes(match: re.Match[str], call: FailingCall) -> str | None:
    tensors = call.tensors
    devices = list(dict.fromkeys(str(tensor.device) for tensor in tensors))
    if len(devices) > 1:
        return _devices(match, call)
    dtypes = list(dict.fromkeys(_dtype(tensor) for tensor in tensors))
    if len(dtypes) < 2:
        return None
    first = str(next(t.dtype for t in tensors if t.is_floating_point()) if _has_float(tensors) else tensors[0].dtype)
    return (
        f"{call.expression}: dtypes {' and '.join(dtypes[:3])} do not go together "
        f"(shapes {' and '.join(str(shape(tensor)) for tensor in tensors[:3])}); convert one, e.g. with .to({first})."
    )


def _devices(match: re.Match[str], call: FailingCall) -> str | None:
    devices = list(dict.fromkeys(str(tensor.device) for tensor in call.tensors))
    if len(devices) < 2:
        return None
    return f"{call.expression}: the tensors are on {' and '.join(devices)}; move them to one device with .to(…)."


def _truth(match: re.Match[str], call: FailingCall) -> str | None:
    if not call.tensors:
        return None
    return (
        f"{call.expression}: a tensor of shape {shape(call.tensors[0])} is neither true nor false; "
        "say .any() or .all(), or compare single elements."
    )


def _item(match: re.Match[str], call: FailingCall) -> str | None:
    if not call.tensors:
        return None
    return (
        f"{call.expression}: a tensor of shape {shape(call.tensors[0])} is not one number; "
        "pick an element or reduce it first, e.g. with .mean()."
    )


def _has_float(tensors: list[torch.Tensor]) -> bool:
    return any(tensor.is_floating_point() for tensor in tensors)


def _dtype(tensor: torch.Tensor) -> str:
    return short_dtype(str(tensor.dtype).removeprefix("torch."))


RULES = (
    (r"index (-?\d+) is out of bounds for dimension (\d+) with size (\d+)", _index),
    (r"index out of range in self", _table),
    (r"too many indices for tensor of dimension (\d+)", _too_many),
    (r"Dimension out of range \(expected to be in range of \[(-?\d+), (-?\d+)\], but got (-?\d+)\)", _axis),
    (r"Target (-?\d+) is out of bounds", _target_class),
    (r"Expected input batch_size \((\d+)\) to match target batch_size \((\d+)\)", _target_rows),
    (r"Expected target size \[.*?\], got \[.*?\]", _target_shape),
    (r"expected target dtype to be Long|expected scalar type Long but found", _target_dtype),
    (r"Using a target size .* that is different to the input size", _equal_target),
    (r"Expected all tensors to be on the same device", _devices),
    (r"same dtype|should be the same|expected scalar type \w+ but found \w+", _dtypes),
    (r"Boolean value of Tensor with more than one value is ambiguous", _truth),
    (r"cannot be converted to Scalar|only one element tensors can be converted", _item),
)  # fmt: skip
