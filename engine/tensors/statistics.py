"""Statistics of a tensor's finite elements, calculated by torch itself."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch

from engine.tensors.counted import COUNTED, Counts
from engine.tensors.gate import GATE
from engine.tensors.in_place import CONVERSIONS, in_place, is_direct
from engine.tensors.places import memory_order
from engine.tensors.reading import evenly_spaced, pieces, real

# Norm and counts read up to this many elements (about 0.2 s), and all that a storage has; only a view whose rows
# overlap is ever larger.
MAX_COUNTED_ELEMENTS = 1 << 28
LONG_COUNTED_ELEMENTS = 1 << 22  # more take longer than a few milliseconds


@dataclass(frozen=True)
class Statistics:
    """Of the finite elements; magnitudes stand for complex numbers.

    Where `sampled`, minimum, maximum, mean and std are of a sample; norm and counts are still of all elements, since
    the norm of a part is not that of the whole, and a single NaN matters. Where these are too many to read, there is no
    norm, and the counts are of the sample, too.
    """

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
    counts_due: bool = False  # norm and counts of all elements are known only later


Moment = Callable[[], tuple[object, ...]]


def statistics(
    tensor: torch.Tensor, max_elements: int, n_sample: int, moment: Moment, *, may_wait: bool = False
) -> Statistics:
    """Exact up to `max_elements`; above, with `n_sample` evenly spaced elements. `tensor` is plain; `moment` is asked
    of a large one, as `moment_of` has it. What has to be counted for longer than a frame `may_wait`, unless the sample
    holds what is not finite."""
    tensor = tensor.permute(memory_order(tensor))
    if tensor.numel() <= max_elements:
        return _of_elements(real(tensor))
    found = _of_sample(evenly_spaced(tensor, n_sample))
    once, n_times = _once(tensor)
    if once.numel() > max(MAX_COUNTED_ELEMENTS, tensor.untyped_storage().nbytes() // tensor.element_size()):
        return dataclasses.replace(found, norm=None)
    now = moment()
    counts = COUNTED.of(now)
    if counts is None and may_wait and once.numel() > LONG_COUNTED_ELEMENTS and not found.n_nan + found.n_inf:
        return dataclasses.replace(found, norm=None, n_zero=0, counts_due=True)
    if counts is None:
        counts = _counts_and_norm(once).times(n_times)
        COUNTED.keep(now, counts)
    return dataclasses.replace(found, **counts._asdict())


def _once(tensor: torch.Tensor) -> tuple[torch.Tensor, int]:
    """An expanded tensor without its repetitions, and how often each of its elements stands in it."""
    n_times = 1
    for axis, (size, stride) in enumerate(zip(tensor.shape, tensor.stride(), strict=True)):
        if stride == 0 and size > 1:
            tensor, n_times = tensor.narrow(axis, 0, 1), n_times * size
    return tensor, n_times


def _of_sample(some: torch.Tensor) -> Statistics:
    """Calculated by numpy where it can be: torch shares out so few elements among threads, which on a busy machine wait
    for each other fifty times as long as they work."""
    if not is_direct(some):
        return dataclasses.replace(_of_elements(real(some.contiguous())), sampled=True)
    GATE.give_way()
    numbers = CONVERSIONS.get(some.dtype, np.array)(in_place(some))
    numbers = numbers if numbers.dtype.kind == "f" else numbers.astype(np.float64)
    is_finite = np.isfinite(numbers)
    finite, n_nan = numbers if is_finite.all() else numbers[is_finite], int(np.count_nonzero(np.isnan(numbers)))
    found = Statistics(
        torch.from_numpy(finite),
        n_zero=numbers.size - int(np.count_nonzero(numbers)),
        n_nan=n_nan,
        n_inf=numbers.size - finite.size - n_nan,
        sampled=True,
    )
    if not finite.size:
        return found
    low, high = float(finite.min()), float(finite.max())
    with np.errstate(all="ignore"):
        mean = float(finite.mean(dtype=np.float64))
        std = float(finite.std(ddof=1, dtype=np.float64)) if finite.size > 1 else None
    return dataclasses.replace(found, minimum=low, maximum=high, mean=mean, std=std)


def _of_elements(elements: torch.Tensor) -> Statistics:
    GATE.give_way()
    if elements.numel() == 0:
        return Statistics(elements)
    n_zero = _zeros(elements)
    low, high = (float(bound) for bound in torch.aminmax(elements))
    n_nan = n_inf = 0
    if not (math.isfinite(low) and math.isfinite(high)):  # aminmax carries NaN on
        n_nan, n_inf = int(elements.isnan().sum()), int(elements.isinf().sum())
        elements = elements[elements.isfinite()]
        if elements.numel() == 0:
            return Statistics(elements, n_zero=n_zero, n_nan=n_nan, n_inf=n_inf)
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
    )


def _counts_and_norm(tensor: torch.Tensor) -> Counts:
    """Zeros, NaN, Inf, and the norm of the finite elements, without a copy of the whole tensor."""
    if tensor.dtype in (torch.float32, torch.float64):
        norm = float(torch.linalg.vector_norm(tensor))
        if math.isfinite(norm):
            return Counts(sum(map(_zeros, _in_turns(tensor))), 0, 0, norm)
    n_zero, n_nan, n_inf, squares = 0, 0, 0, 0.0
    for piece in _in_turns(tensor):
        elements = real(piece)
        n_zero += _zeros(elements)
        norm = float(torch.linalg.vector_norm(elements))
        if not math.isfinite(norm):
            n_nan, n_inf = n_nan + int(elements.isnan().sum()), n_inf + int(elements.isinf().sum())
            norm = _calculate(torch.linalg.vector_norm, elements[elements.isfinite()])
        squares += norm * norm
    return Counts(n_zero, n_nan, n_inf, math.sqrt(squares))


def _zeros(elements: torch.Tensor) -> int:
    """Counted by numpy where it can be: a comparison and a count of its answers take it a third of torch's time."""
    if not is_direct(elements) or elements.dtype in CONVERSIONS:
        return elements.numel() - int(elements.count_nonzero())
    return int(np.count_nonzero(np.equal(in_place(elements), 0)))


def _in_turns(tensor: torch.Tensor) -> Iterator[torch.Tensor]:
    """Its pieces; a step may come in between."""
    for piece in pieces(tensor):
        GATE.give_way()
        yield piece


def _calculate(reduction: Callable[[torch.Tensor], torch.Tensor], elements: torch.Tensor) -> float:
    """In the tensor's own precision, so that it equals the person's own call; in float64 where that overflows."""
    GATE.give_way()
    result = float(reduction(elements))
    return result if math.isfinite(result) else float(reduction(elements.double()))
