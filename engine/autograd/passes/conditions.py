"""Whether what arrives at a node meets the condition of a breakpoint. Inside `Unseen`."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from engine.autograd.passes.gradients import norm_of
from engine.autograd.records import NodeRecord
from engine.protocol.breakpoints import AllZero, Condition, Norm, NotFinite, Ratio
from engine.tensors import native


def is_met(condition: Condition, gradients: Sequence[Tensor], record: NodeRecord | None) -> bool:
    """`gradients` are bare. False where there is nothing to measure, or torch cannot measure it."""
    match condition:
        case NotFinite():
            return not all(map(is_finite, gradients))
        case AllZero():
            return bool(gradients) and norm_of(gradients) == 0
        case Norm(limit, above):
            return _is_beyond(norm_of(gradients), limit, above)
        case Ratio(limit, above):
            values = () if record is None else (value.tensor for value in record.values.values())
            return _is_beyond(_ratio(norm_of(gradients), norm_of(v for v in values if v is not None)), limit, above)


def is_finite(tensor: Tensor) -> bool:
    """Whether no element of a bare tensor is NaN or infinite; True of what has no such elements.

    Its sum is read, and where that is not finite, as of large numbers it may not be, every element is looked at.
    """
    if not (native.is_floating_point(tensor) or native.is_complex(tensor)) or native.is_meta(tensor):
        return True
    try:
        return bool(torch.isfinite(tensor.sum())) or bool(torch.isfinite(tensor).all())
    except RuntimeError:  # of a dtype or a layout that torch does not add up
        return True


def _ratio(gradient: float | None, value: float | None) -> float | None:
    return None if gradient is None or not value else gradient / value


def _is_beyond(measured: float | None, limit: float, above: bool) -> bool:
    if measured is None or math.isnan(measured):
        return False
    return measured > limit if above else measured < limit
