"""NumPy's arrays as tensors in the same memory, so that they are seen as tensors are."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import torch

from engine.tensors.reading import unobserved

_KINDS = (np.ndarray, np.memmap)  # another subclass means more than its elements: a mask, say
_KEPT_ELEMENTS = 1 << 21  # from here on what has been read of an array is worth to be kept, with its tensor
_MOST_KEPT = 8


class _Memory:
    """Where an array lies: one that may not be written to is read all the same. Keeps the array."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array
        interface: dict[str, Any] = dict(array.__array_interface__)
        interface["data"] = interface["data"][0], False
        self.__array_interface__ = interface


class Arrays:
    """Of large ones the tensor stays the same, for as long as anybody but this holds the array. On the thread that
    answers."""

    def __init__(self) -> None:
        self._kept: list[tuple[_Memory, torch.Tensor]] = []

    def tensor(self, array: np.ndarray) -> torch.Tensor:
        """In its memory; of another byte order or read backwards a copy. Of an array for which `can_be_seen`."""
        kept = next((tensor for memory, tensor in self._kept if memory.array is array), None)
        if kept is not None and kept.shape == array.shape:
            return kept
        memory = _Memory(array)
        tensor = _over(memory)
        if array.size >= _KEPT_ELEMENTS:
            self._kept = [pair for pair in self._kept if pair[0].array is not array][1 - _MOST_KEPT :]
            self._kept.append((memory, tensor))
        return tensor

    def forget_gone(self) -> None:
        """Let go of what the program has let go of."""
        self._kept = [pair for pair in self._kept if not _is_ours_alone(pair[0])]


def tensor_of(array: np.ndarray) -> torch.Tensor:
    """As `Arrays.tensor`, and nothing of it is kept. Any thread may call."""
    return _over(_Memory(array))


def _over(memory: _Memory) -> torch.Tensor:
    with unobserved():
        return _tensor(np.asarray(memory))


def _is_ours_alone(memory: _Memory) -> bool:
    return sys.getrefcount(memory.array) <= 2  # that of `memory`, and the argument's


def _tensor(array: np.ndarray) -> torch.Tensor:
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    if any(step < 0 or step % array.itemsize for step in array.strides):
        array = array.copy()
    return torch.from_numpy(array)


def can_be_seen(value: object) -> bool:
    """Whether it is an array of numbers that PyTorch has a dtype for."""
    if type(value) not in _KINDS:
        return False
    dtype = value.dtype  # type: ignore[attr-defined]
    return dtype.kind in "biufc" and dtype.itemsize <= (16 if dtype.kind == "c" else 8)


ARRAYS = Arrays()
