"""Numbers in the bins of a histogram."""

from __future__ import annotations

import numpy as np
import pytest

from engine.tensors.counting import counts_of


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("center", [0.0, 1.0, -5e6])
@pytest.mark.parametrize("grain", [0.0, 0.25])
def test_each_number_is_counted_in_the_bin_that_numpy_counts_it_in(dtype: type, center: float, grain: float) -> None:
    random = np.random.default_rng(0)
    for exponent in range(-6, 8):
        values = random.standard_normal(500) * 10.0**exponent + center
        values = (np.round(values / grain) * grain if grain else values).astype(dtype)
        low, high, n_bins = float(values.min()), float(values.max()), int(random.integers(1, 65))
        if high - low > 1e-4 * abs(low):  # else NumPy itself has no room for the edges
            expected = np.histogram(values, n_bins, (low, high))[0]
            assert counts_of(values, n_bins, low, high).tolist() == expected.tolist()


def test_numbers_as_far_apart_as_they_can_be_are_counted_as_numpy_counts_them() -> None:
    values = np.array([-1.6e38, -1.0, 0.0, 1e38, 1.6e38], np.float32)
    low, high = float(values[0]), float(values[-1])
    assert counts_of(values, 8, low, high).tolist() == np.histogram(values, 8, (low, high))[0].tolist()


def test_numbers_at_the_edges_lie_right_of_them_but_for_the_last() -> None:
    values = np.arange(9, dtype=np.float32)
    assert counts_of(values, 8, 0.0, 8.0).tolist() == [1, 1, 1, 1, 1, 1, 1, 2]
