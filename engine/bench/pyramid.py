"""What is kept of a large tensor so that it can be panned and zoomed: made in one reading, against numpy's two."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable

import torch

from engine.shared.measurement import Measurement
from engine.tensors.in_place import in_place
from engine.tensors.pyramid import Pyramid
from engine.tensors.reading import unobserved

_N_ROUNDS = 5


def pyramid_times() -> list[Measurement]:
    """In turns with numpy: medians by the clock, and of the ratio in each turn."""
    x = torch.randn(10_000, 10_000)
    array = in_place(x)
    with unobserved():
        turns = [(_ms(lambda: _build(x)), _ms(lambda: (array.min(), array.max()))) for _ in range(_N_ROUNDS)]
    return [
        Measurement(
            name="blocks of 10^8 elements at every zoom, smallest, largest and mean",
            ours=statistics.median(ours for ours, _ in turns),
            other=statistics.median(other for _, other in turns),
            against="`numpy.min` and `numpy.max`",
            ratio=statistics.median(ours / other for ours, other in turns),
            aim="≤ 1.5 ×",
        )
    ]


def _build(x: torch.Tensor) -> None:
    pyramid = Pyramid(x)
    pyramid.go_on(x, math.inf)
    pyramid.top()  # with every coarser level


def _ms(work: Callable[[], object]) -> float:
    start_s = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start_s)
