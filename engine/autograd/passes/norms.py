"""Norms of gradients, of whatever kind they are."""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from torch import Tensor

from engine.autograd.snapshot import can_alias
from engine.tensors import native
from engine.tensors.reading import UnreadableError, plain, real, unobserved

MEASURED_AS_THEY_ARE = (torch.float32, torch.float64, torch.complex64, torch.complex128)
vector_norm = torch.linalg.vector_norm
_SMALL = 1e-15  # of smaller norms the squares lose digits in float32, or are zero there


def norm_of(tensors: Iterable[Tensor]) -> float | None:
    """Of all together; None where there is nothing to measure, or what torch cannot measure."""
    norms = [norm(tensor) for tensor in tensors if is_measurable(tensor)]
    known = [found for found in norms if found is not None]
    return math.hypot(*known) if known and len(known) == len(norms) else None


def is_measurable(gradient: Tensor) -> bool:
    """Whether there are numbers to measure."""
    has_data = can_alias(gradient) or native.is_sparse(gradient)
    return (
        has_data
        and not native.is_meta(gradient)
        and (native.is_floating_point(gradient) or native.is_complex(gradient))
    )


def norm(gradient: Tensor) -> float | None:
    """None of a dtype or a layout that torch cannot calculate with."""
    dtype = native.dtype(gradient)
    try:
        if native.layout(gradient) is not torch.strided:
            return float(gradient.norm())
        if dtype in MEASURED_AS_THEY_ARE:
            return _in_range(float(vector_norm(gradient)), gradient)
        if dtype in (torch.float16, torch.bfloat16):
            return _in_range(float(vector_norm(gradient, dtype=torch.float32)), gradient)
        with unobserved():
            return float(vector_norm(real(plain(gradient))))
    except (RuntimeError, UnreadableError):
        return None


def is_in_range(found: float | Tensor) -> bool:
    """Whether the squares that a norm is the root of have not left the range of float32."""
    return not math.isinf(found) and not found < _SMALL


def _in_range(found: float, gradient: Tensor) -> float:
    """A norm whose squares have left the range of its dtype, while all elements are finite, measured by the largest."""
    if is_in_range(found) or not native.numel(gradient):
        return found
    largest = float(vector_norm(gradient, ord=math.inf))
    if not largest:
        return found
    return largest * float(vector_norm(gradient.double() / largest)) if math.isfinite(largest) else found
