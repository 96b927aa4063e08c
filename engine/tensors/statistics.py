"""Statistics of a tensor's finite elements, calculated by torch itself."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from engine.tensors.counted import COUNTED, Whole
from engine.tensors.gate import GATE
from engine.tensors.in_place import CONVERSIONS, in_place, is_direct
from engine.tensors.mapped_memory import is_of_file
from engine.tensors.places import memory_order
from engine.tensors.reading import evenly_spaced, real

# Up to this many elements are read (in a second, in turns), and all that a storage has; only a view whose rows overlap
# is ever larger.
MAX_COUNTED_ELEMENTS = 1 << 28
# A file that is looked at as memory is read as far as it is shown: of a larger one a sample stands for all.
MAX_COUNTED_BYTES_OF_FILE = 1 << 30
_N_SAMPLE_OF_FILE = 1 << 11  # each of which comes from the disk with what lies beside it
_TINY = 1e-15  # the squares of smaller numbers lose digits in float32, or are zero there


@dataclass(frozen=True)
class Statistics:
    """Of the finite elements; magnitudes stand for complex numbers.

    Where `sampled`, all is of a sample: of a large tensor whose elements have not all been read yet (then the counts
    are due), or that are too many to read.
    """

    finite: torch.Tensor  # float32 or float64, without NaN and Inf: what was calculated with, of a large one a sample
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    std: float | None = None  # unbiased, as torch.std() is by default; None for a single element
    norm: float | None = None
    n_zero: int = 0
    n_nan: int = 0
    n_inf: int = 0
    sampled: bool = False
    counts_due: bool = False  # what is true of all elements is known only later
    is_large: bool = False  # all elements were read, piece by piece, and `finite` are some of them


Moment = Callable[[], tuple[object, ...]]


def statistics(
    tensor: torch.Tensor, max_elements: int, n_sample: int, moment: Moment, until_s: float = math.inf
) -> Statistics:
    """Exact; above `max_elements` of `n_sample` evenly spaced elements for as long as reading all of them takes longer
    than until then, by `monotonic()`. Nothing waits where the sample holds what is not finite. `tensor` is plain;
    `moment` is asked of a large one, as `moment_of` has it."""
    tensor = tensor.permute(memory_order(tensor))
    if tensor.numel() <= max_elements:
        return _of_elements(real(tensor))
    is_large_file = _is_large_file(tensor)
    found = _of_sample(evenly_spaced(tensor, _N_SAMPLE_OF_FILE if is_large_file else n_sample))
    once, n_times = _once(tensor)
    n_most = max(MAX_COUNTED_ELEMENTS, tensor.untyped_storage().nbytes() // tensor.element_size())
    if once.numel() > n_most or is_large_file:
        return dataclasses.replace(found, norm=None)
    whole = COUNTED.of(moment(), _in_a_row(once), math.inf if found.n_nan + found.n_inf else until_s)
    if whole is None:
        return dataclasses.replace(found, norm=None, n_zero=0, counts_due=True)
    return _of_whole(whole.times(n_times), found.finite)


def _is_large_file(tensor: torch.Tensor) -> bool:
    return tensor.is_cpu and tensor.nbytes > MAX_COUNTED_BYTES_OF_FILE and is_of_file(tensor.data_ptr())


def _of_whole(whole: Whole, some: torch.Tensor) -> Statistics:
    found = Statistics(some, n_zero=whole.n_zero, n_nan=whole.n_nan, n_inf=whole.n_inf, is_large=True)
    if not whole.n_finite:
        return found
    return dataclasses.replace(
        found, minimum=whole.low, maximum=whole.high, mean=whole.mean, std=whole.std, norm=whole.norm
    )


def _in_a_row(tensor: torch.Tensor) -> torch.Tensor:
    """As it lies in memory, where it fills a part of that."""
    return tensor.view(-1) if tensor.is_contiguous() else tensor


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
    squared = elements.double() if 0 < max(abs(low), abs(high)) < _TINY else elements
    return Statistics(
        elements,
        minimum=low,
        maximum=high,
        mean=_calculate(torch.mean, elements),
        std=_calculate(torch.std, squared) if elements.numel() > 1 else None,
        norm=_calculate(torch.linalg.vector_norm, squared),
        n_zero=n_zero,
        n_nan=n_nan,
        n_inf=n_inf,
    )


def _zeros(elements: torch.Tensor) -> int:
    """Counted by numpy where it can be: a comparison and a count of its answers take it a third of torch's time."""
    if not is_direct(elements) or elements.dtype in CONVERSIONS:
        return elements.numel() - int(elements.count_nonzero())
    return int(np.count_nonzero(np.equal(in_place(elements), 0)))


def _calculate(reduction: Callable[[torch.Tensor], torch.Tensor], elements: torch.Tensor) -> float:
    """In the tensor's own precision, so that it equals the person's own call; in float64 where that overflows."""
    GATE.give_way()
    result = float(reduction(elements))
    return result if math.isfinite(result) else float(reduction(elements.double()))
