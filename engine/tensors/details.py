"""What the inspector shows of a tensor besides its cells: statistics over more elements, and a histogram."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import torch

from engine.protocol.keys import TensorKey
from engine.protocol.notes import Note
from engine.protocol.tensor_values import TensorDetails
from engine.tensors.counting import counts_of
from engine.tensors.gate import GATE
from engine.tensors.places import memory_order
from engine.tensors.reading import as_array, evenly_spaced, plain, real, unobserved
from engine.tensors.statistics import Statistics
from engine.tensors.summary import summarize_with_statistics

N_SAMPLE = 1 << 20  # elements of a large tensor that the histogram is of, once all have been read
MAX_BINS = 64
_N_AT_ONCE = 1 << 18  # elements, which are sorted into bins in some 2 ms
_NARROW = 1e-30
_NARROWEST = 1e-300
_HALVES = 2.0**50  # from here on edges between integers are finer than floats are
_WHOLE_NUMBERS = ("int", "uint", "bool")


def details(key: TensorKey, tensor: torch.Tensor, note: Note | None = None, until_s: float = math.inf) -> TensorDetails:
    """Summary and histogram, the former as `summarize` has it. A bin of integers holds equally many of them, one where
    they are few; the bins are fewer for few elements."""
    summary, found = summarize_with_statistics(tensor, until_s=until_s)
    is_sampled = found is not None and (found.sampled or found.is_large)
    with unobserved():
        if found is not None and found.is_large:
            found = dataclasses.replace(found, finite=_some_finite(plain(tensor)))
        counts, low, high = _histogram(found, whole=summary.dtype.startswith(_WHOLE_NUMBERS))
    return TensorDetails(key, summary, counts, low, high, note, is_histogram_sampled=is_sampled)


def _some_finite(elements: torch.Tensor) -> torch.Tensor:
    some = real(evenly_spaced(elements.permute(memory_order(elements)), N_SAMPLE))
    return some[some.isfinite()]


def _histogram(found: Statistics | None, *, whole: bool) -> tuple[tuple[int, ...], float, float]:
    if found is None or found.minimum is None or found.maximum is None:
        return (), 0.0, 0.0
    low, high, n_bins = _bins(found.minimum, found.maximum, found.finite.numel(), whole=whole)
    values = as_array(found.finite).reshape(-1)
    if high - low < _NARROW:  # float32 has no numbers for the edges in between
        values = values.astype(np.float64)
    counts = np.zeros(n_bins, np.int64)
    for start in range(0, values.size, _N_AT_ONCE):
        GATE.give_way()
        counts += counts_of(values[start : start + _N_AT_ONCE], n_bins, low, high)
    return tuple(int(count) for count in counts), low, high


def _bins(minimum: float, maximum: float, n_elements: int, *, whole: bool) -> tuple[float, float, int]:
    if whole and max(abs(minimum), abs(maximum)) < _HALVES:
        width = max(math.ceil((maximum - minimum + 1) / MAX_BINS), 1)
        n_bins = math.ceil((maximum - minimum + 1) / width)
        return minimum - 0.5, minimum - 0.5 + n_bins * width, n_bins
    n_bins = min(MAX_BINS, max(5, math.ceil(3 * math.sqrt(n_elements))))
    if maximum - minimum <= max(abs(maximum) * 1e-6, _NARROWEST):  # all equal, or nearer than a bin can be narrow
        margin = abs(maximum) / 2 if abs(maximum) > _NARROWEST else 0.5
        return minimum - margin, maximum + margin, n_bins | 1
    return minimum, maximum, n_bins
