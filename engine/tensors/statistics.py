"""Statistics of a tensor's finite elements, calculated by torch itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch

from engine.tensors.reading import evenly_spaced, real


@dataclass(frozen=True)
class Statistics:
    """Of the finite elements; the counts are of all that were read. Magnitudes stand for complex numbers."""

    finite: torch.Tensor  # what was calculated with: float32 or float64, without NaN and Inf
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    std: float | None = None  # unbiased, as torch.std() is by default; None for a single element
    norm: float | None = None
    n_zero: int = 0
    n_nan: int = 0
    n_inf: int = 0
    sampled: bool = False


def statistics(tensor: torch.Tensor, max_elements: int, n_sample: int) -> Statistics:
    """Exact up to `max_elements`; above, of `n_sample` evenly spaced elements. `tensor` is plain."""
    sampled = tensor.numel() > max_elements
    elements = real(evenly_spaced(tensor, n_sample) if sampled else tensor)
    if elements.numel() == 0:
        return Statistics(elements)
    n_zero = elements.numel() - int(elements.count_nonzero())
    low, high = (float(bound) for bound in torch.aminmax(elements))
    n_nan = n_inf = 0
    if not (math.isfinite(low) and math.isfinite(high)):  # aminmax carries NaN on
        n_nan, n_inf = int(elements.isnan().sum()), int(elements.isinf().sum())
        elements = elements[elements.isfinite()]
        if elements.numel() == 0:
            return Statistics(elements, n_zero=n_zero, n_nan=n_nan, n_inf=n_inf, sampled=sampled)
        low, high = (float(bound) for bound in torch.aminmax(elements))
    return Statistics(
        elements,
        minimum=low,
        maximum=high,
        mean=_calculate(torch.mean, elements),
        std=_calculate(torch.std, elements) if elements.numel() > 1 else None,
        norm=_calculate(torch.linalg.vector_norm, elements),
        n_zero=n_zero,
        n_nan=n_nan,
        n_inf=n_inf,
        sampled=sampled,
    )


def _calculate(reduction: Callable[[torch.Tensor], torch.Tensor], elements: torch.Tensor) -> float:
    """In the tensor's own precision, so that it equals the person's own call; in float64 where that overflows."""
    result = float(reduction(elements))
    return result if math.isfinite(result) else float(reduction(elements.double()))
