"""The derivative of a function of one number by central differences, and whether it has one there."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Literal, NamedTuple

STEP = 1e-5  # of a number up to 1; of a larger one this share of it
_FINER = 10.0
_ROUNDING = 1e-14  # of a function's value, that differences of it cannot be relied on
Kind = Literal["smooth", "kink", "jump", "not finite"]


class Slope(NamedTuple):
    """`left` and `right` are the slopes of the two sides, equal where it is smooth."""

    value: float
    left: float
    right: float
    kind: Kind
    noise: float  # how far off it may be by rounding alone

    def allows(self, derivative: float, margin: float) -> bool:
        """Whether that may be called its derivative here, give or take `margin`: at a kink any slope between."""
        low, high = (
            (min(self.left, self.right), max(self.left, self.right)) if self.kind == "kink" else (self.value,) * 2
        )
        return low - margin - self.noise <= derivative <= high + margin + self.noise


def slope(
    function: Callable[[float], float], at_zero: float, expected: float, margin: float, size: float = 0.0
) -> Slope:
    """Of `function` of a shift, at 0, where it is `at_zero`. `size`: how large the number is that is shifted.

    Two evaluations where they give what is `expected`, give or take `margin`, on both sides; four where not.
    """
    step = STEP * max(1.0, abs(size))
    coarse = _slope_of(function, at_zero, step)
    gap_before = abs(coarse.right - coarse.left)
    if coarse.allows(expected, 0.1 * margin) and gap_before <= max(margin, 4 * coarse.noise):
        return coarse
    fine = _slope_of(function, at_zero, step / _FINER)
    if not isfinite(fine.value):
        return fine._replace(kind="not finite")
    gap = abs(fine.right - fine.left)
    if max(abs(fine.left), abs(fine.right)) > 0.5 * _FINER * max(abs(coarse.left), abs(coarse.right), margin):
        return fine._replace(kind="jump")
    # Of a smooth function the gap between the sides shrinks with the step.
    if gap > 0.5 * gap_before and gap > max(margin, 4 * fine.noise):
        return fine._replace(kind="kink")
    return coarse if abs(coarse.value - fine.value) <= margin else fine


def _slope_of(function: Callable[[float], float], at_zero: float, step: float) -> Slope:
    above, below = function(step), function(-step)
    noise = _ROUNDING * max(abs(above), abs(below), abs(at_zero)) / step
    return Slope((above - below) / (2 * step), (at_zero - below) / step, (above - at_zero) / step, "smooth", noise)
