"""Memory that others write into without a word, as NumPy does: what lay there is kept beside it, to be compared.

torch counts no version then. A storage that is shared with them cannot be resized: torch says so of what `from_numpy`,
`frombuffer` and a mapped file gave it, and of what `.numpy()` gave away; what went through DLPack is noted here.
"""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.multiprocessing.reductions import StorageWeakRef

from engine.tensors import native
from engine.tensors.observing import below_autograd
from engine.tensors.spans import end_in_storage, is_whole

_WHOLE_BYTES = 64 << 10  # up to here all numbers are kept, which can then be shown
_SUMMED_BYTES = 4 << 20  # up to here sums of all its bits are, of 64 words each: a write into one cell is noticed
_WORD, _WORDS = 8, 64  # bytes, and how many of these a sum is of
_MOST_SAMPLED = 4096  # of a larger one, evenly spaced: a write into most of it is noticed, one into a cell may not be


class Beside(NamedTuple):
    """The numbers of a tensor at one moment; all of them, or, of a larger one that lies in one piece, sums or some."""

    numbers: Tensor
    is_whole: bool

    @classmethod
    def of(cls, tensor: Tensor) -> Beside | None:
        """Of a detached alias as it is; None of a large one whose numbers do not lie in one piece, on a device, and in
        a file that has been cut."""
        if not native.is_cpu(tensor):
            return None
        with below_autograd():
            if not is_whole(tensor):
                return None
            if native.nbytes(tensor) <= _WHOLE_BYTES:
                return cls(native.clone(tensor), is_whole=True)
            some = _some(tensor)
            return None if some is None else cls(some, is_whole=False)

    def is_still(self, tensor: Tensor) -> bool:
        """Whether the bits of the alias are the same, and can be read at all."""
        with below_autograd():
            if not is_whole(tensor):
                return False
            now = tensor if self.is_whole else _some(tensor)
            return now is not None and torch.equal(_bits(now), _bits(self.numbers))


class GivenAway:
    """The storages that were given to others, as NumPy, while they live."""

    def __init__(self) -> None:
        self._living: dict[int, StorageWeakRef] = {}  # by address, which is no other's while it is referred to

    def note(self, storage: torch.UntypedStorage) -> None:
        """From now on others may write into it."""
        for key in [key for key, one in self._living.items() if one.expired()]:
            del self._living[key]
        if storage._cdata not in self._living:
            self._living[storage._cdata] = StorageWeakRef(storage)

    def holds(self, storage: torch.UntypedStorage) -> bool:
        """Whether others may write into a storage without a word."""
        return not storage.resizable() or (bool(self._living) and storage._cdata in self._living)


def _some(tensor: Tensor) -> Tensor | None:
    """What tells one state of a large tensor from another, in memory of its own."""
    n_elements = native.numel(tensor)
    if not n_elements or end_in_storage(tensor) != _start(tensor) + n_elements * tensor.element_size():
        return None
    flat = torch.as_strided(tensor, (n_elements,), (1,))  # as it lies in memory, whichever axis comes first
    if native.nbytes(tensor) > _SUMMED_BYTES:
        step = -(-n_elements // _MOST_SAMPLED)
        return native.clone(torch.as_strided(flat, (n_elements // step,), (step,)))
    return torch.from_numpy(_sums(flat.data_ptr(), int(native.nbytes(tensor))))


def _start(tensor: Tensor) -> int:
    return int(native.storage_offset(tensor)) * tensor.element_size()


def _sums(address: int, n_bytes: int) -> np.ndarray:
    memory = np.frombuffer((ctypes.c_char * n_bytes).from_address(address), np.uint8)
    n_summed = n_bytes // (_WORD * _WORDS) * _WORD * _WORDS
    sums = memory[:n_summed].view(np.int64).reshape(_WORDS, -1).sum(axis=0)
    return np.concatenate([sums, memory[n_summed:]])


def _bits(tensor: Tensor) -> Tensor:
    flat = tensor.resolve_conj().resolve_neg().contiguous().reshape(-1)
    return flat.view(torch.uint8)
