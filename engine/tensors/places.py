"""Elements of a tensor, counted row by row."""

from __future__ import annotations

from collections.abc import Sequence


def unravelled(place: int, shape: Sequence[int]) -> tuple[int, ...]:
    """The index of the element at a place. torch.unravel_index imports for half a second when it is first called."""
    index: list[int] = []
    for size in reversed(shape):
        place, at = divmod(place, size)
        index.insert(0, at)
    return tuple(index)
