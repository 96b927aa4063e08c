"""NumPy's arrays as tensors in the same memory, so that they are seen as tensors are."""

from __future__ import annotations

import mmap
import sys
from typing import Any

import numpy as np
import torch

from engine.protocol.sentence import Sentence
from engine.tensors.mapped_memory import is_there
from engine.tensors.reading import UnreadableError, cut_off, unobserved

_KINDS = (np.ndarray, np.memmap)  # another subclass means more than its elements: a mask, say
_KEPT_ELEMENTS = 1 << 21  # from here on what has been read of an array is worth to be kept, with its tensor
_MOST_KEPT = 8
_MOST_COPIED_BYTES = 1 << 28  # of a file that memory may be too small for


class _Memory:
    """Where an array lies: one that may not be written to is read all the same. Keeps the array."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array
        interface: dict[str, Any] = dict(array.__array_interface__)
        interface["data"] = interface["data"][0], False
        self.__array_interface__ = interface


class Arrays:
    """Of large ones the tensor stays the same between runs, for as long as anybody but this holds the array. While a
    program runs none is kept: NumPy resizes no array that somebody else holds. Asked inside `GATE.reading`."""

    def __init__(self) -> None:
        self._kept: list[tuple[_Memory, torch.Tensor]] = []
        self._may_keep = True

    def begin_run(self) -> None:
        """A program is about to run. On any thread."""
        self._may_keep, self._kept = False, []

    def end_run(self) -> None:
        """It has ended. On any thread."""
        self._may_keep = True

    def tensor(self, array: np.ndarray) -> torch.Tensor:
        """In its memory; of another byte order or read backwards a copy. Of an array for which `can_be_seen`. Raises
        UnreadableError where it cannot be copied."""
        memory = _Memory(array)
        for before, kept in self._kept:
            if before.array is array and before.__array_interface__ == memory.__array_interface__:
                return kept
        tensor = _over(memory)
        is_copy = tensor.data_ptr() != memory.__array_interface__["data"][0]  # as it was, and not as it will be
        if self._may_keep and not is_copy and array.size >= _KEPT_ELEMENTS:
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
        return _tensor(np.asarray(memory), memory.array)


def _is_ours_alone(memory: _Memory) -> bool:
    return sys.getrefcount(memory.array) <= 2  # that of `memory`, and the argument's


def _tensor(array: np.ndarray, of: np.ndarray) -> torch.Tensor:
    """`of`: the array as the program has it."""
    is_uneven = any(step < 0 or step % array.itemsize for step in array.strides)
    if is_uneven or not array.dtype.isnative:
        _check_copied(of)
        array = array.astype(array.dtype.newbyteorder("="), order="C")
    return torch.from_numpy(array)


def _check_copied(array: np.ndarray) -> None:
    """Of what lies in a file nothing is copied that is not there any more, or that is very large."""
    if not array.size or not _is_of_file(array):
        return
    reach = sum((size - 1) * max(step, 0) for size, step in zip(array.shape, array.strides, strict=True))
    if not is_there(array.ctypes.data + reach + array.itemsize - 1):
        raise cut_off()
    if array.nbytes > _MOST_COPIED_BYTES:
        raise UnreadableError(
            "tensor.too_large_to_copy",
            "This array's elements cannot be shown: it lies in a file, in another byte order or backwards, and its "
            "{n_bytes:,} bytes are too many to copy.",
            brief=Sentence.phrase("brief.too_large_to_copy", "backwards or in another byte order in a large file"),
            n_bytes=array.nbytes,
        )


def _is_of_file(array: np.ndarray) -> bool:
    base: Any = array
    while isinstance(base, np.ndarray):
        base = base.base
    return isinstance(base, mmap.mmap)


def can_be_seen(value: object) -> bool:
    """Whether it is an array of numbers that PyTorch has a dtype for."""
    if type(value) not in _KINDS:
        return False
    dtype = value.dtype  # type: ignore[attr-defined]
    return dtype.kind in "biufc" and dtype.itemsize <= (16 if dtype.kind == "c" else 8)


ARRAYS = Arrays()
