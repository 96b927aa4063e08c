"""How many numbers lie in each of equally wide bins: NumPy's own answer, in less than half of its time."""

from __future__ import annotations

import numpy as np

_ROUNDINGS = 4  # of a place, each of them by at most the dtype's epsilon
_MOST_IN_DOUBT = 0.05  # of a bin's width, at each of its edges


def counts_of(values: np.ndarray, n_bins: int, low: float, high: float) -> np.ndarray:
    """As `np.histogram(values, n_bins, (low, high))[0]` of floats none of which lies outside; at most 2**15 bins.

    A number's place is worked out as it is there; held against the bins' edges is only what lies so near to one that
    rounding may have taken it over."""
    kind, width = np.finfo(values.dtype), high - low
    scale = n_bins / width if 0 < width < kind.max / 2 else np.inf
    in_doubt = _ROUNDINGS * float(kind.eps) * (n_bins + scale * max(abs(low), abs(high)))
    if not in_doubt < _MOST_IN_DOUBT:
        return np.histogram(values, n_bins, (low, high))[0]
    places = values - values.dtype.type(low)
    places *= values.dtype.type(scale)
    bins = places.astype(np.int16)
    places -= bins
    places -= 0.5
    near = np.flatnonzero(np.abs(places, out=places) > 0.5 - in_doubt)
    edges = np.histogram_bin_edges(values[:0], n_bins, (low, high))
    bins[near] = np.minimum(np.searchsorted(edges, values[near], side="right") - 1, n_bins - 1)
    return np.bincount(bins, minlength=n_bins)
