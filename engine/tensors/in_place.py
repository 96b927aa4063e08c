"""A tensor's elements as numpy reads them where they are. `Tensor.numpy()` would forbid the program to resize its
storage ever after, and on small parts torch's threads wait for each other longer than they work."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

_KINDS = {
    torch.float32: np.float32, torch.float64: np.float64, torch.float16: np.float16, torch.bfloat16: np.uint16,
    torch.uint8: np.uint8, torch.uint16: np.uint16, torch.uint32: np.uint32, torch.uint64: np.uint64,
    torch.int8: np.int8, torch.int16: np.int16, torch.int32: np.int32, torch.int64: np.int64, torch.bool: np.bool_,
    torch.complex64: np.complex64, torch.complex128: np.complex128,
}  # fmt: skip


def _of_bfloat16(bits: np.ndarray) -> np.ndarray:
    return (bits.astype(np.uint32) << 16).view(np.float32)


# What is calculated with of a dtype that numpy has not, or reads slowly: float32, and magnitudes of complex numbers.
CONVERSIONS: dict[torch.dtype, Callable[[np.ndarray], np.ndarray]] = {
    torch.float16: lambda array: array.astype(np.float32),
    torch.bfloat16: _of_bfloat16,
    torch.complex64: np.abs,
    torch.complex128: np.abs,
}


def is_direct(tensor: torch.Tensor) -> bool:
    """Whether numpy can read it where it is."""
    return tensor.dtype in _KINDS and tensor.device.type == "cpu"


def in_place(tensor: torch.Tensor) -> np.ndarray:
    """Its elements, read-only, bfloat16 as its bits. Valid for as long as the tensor is; never to be kept."""
    return np.asarray(_Memory(tensor))


class _Memory:
    def __init__(self, tensor: torch.Tensor) -> None:
        kind = np.dtype(_KINDS[tensor.dtype])
        self._tensor = tensor  # as long as the array is
        self.__array_interface__ = {
            "version": 3,
            "typestr": kind.str,
            "shape": tuple(tensor.shape),
            "strides": tuple(stride * kind.itemsize for stride in tensor.stride()),
            "data": (tensor.data_ptr(), True),
        }
