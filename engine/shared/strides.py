"""Strides without tensors: how an index becomes a place in a storage, and which axes can be read as one."""

from __future__ import annotations

import itertools
from typing import NamedTuple


class Gap(NamedTuple):
    """Axes `axis` and `after`, between which only axes of size 1 lie: a step along the first is `step` elements, and
    would have to be `needed` for both to be read as one."""

    axis: int
    after: int
    step: int
    needed: int


def gaps(shape: tuple[int, ...], stride: tuple[int, ...]) -> tuple[Gap, ...]:
    """Where axes of a tensor cannot be joined. None: .view() takes any shape of as many elements."""
    axes = [axis for axis, size in enumerate(shape) if size != 1]
    if 0 in shape:
        return ()
    pairs = [(axis, after, stride[after] * shape[after]) for axis, after in itertools.pairwise(axes)]
    return tuple(Gap(axis, after, stride[axis], needed) for axis, after, needed in pairs if stride[axis] != needed)


def place(index: tuple[int, ...], stride: tuple[int, ...], offset: int) -> int:
    """Of an element in the storage, counted in elements."""
    return offset + sum(one * step for one, step in zip(index, stride, strict=True))
