"""Elements of a tensor, counted row by row, and the order in which they lie in memory."""

from __future__ import annotations

from collections.abc import Sequence

import torch


def unravelled(place: int, shape: Sequence[int]) -> tuple[int, ...]:
    """The index of the element at a place. torch.unravel_index imports for half a second when it is first called."""
    index: list[int] = []
    for size in reversed(shape):
        place, at = divmod(place, size)
        index.insert(0, at)
    return tuple(index)


def memory_order(tensor: torch.Tensor) -> list[int]:
    """The axes from the widest stride to the narrowest: permuted so, a transposed matrix is read as it lies in memory.
    Against that order some reductions take ten times as long."""
    return sorted(range(tensor.dim()), key=lambda axis: (tensor.shape[axis] == 1, -tensor.stride(axis)))
