"""Sliders, bars and fields count in 32 bits; tensors have more elements than that."""

from __future__ import annotations

_MOST = 2**31 - 2


def countable(number: int) -> int:
    """The number, as far as a slider, a bar or a field counts."""
    return min(max(number, 0), _MOST)
