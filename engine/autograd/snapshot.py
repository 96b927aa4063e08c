"""One value as it was when an operation ran: a detached alias, until somebody writes into its storage.

The alias costs no copy, shares storage and version counter with the tensor, and has no grad_fn, so that it can live in
the metadata of a graph's node without a cycle.
"""

from __future__ import annotations

from typing import Any

import torch
from msgspec import Struct
from torch import Tensor

from engine.autograd.foreign_memory import Beside
from engine.protocol.notes import Changed, Note, NotRecorded
from engine.tensors import native

_no_dispatch = torch._C._disabled_torch_dispatch_impl
_layout, _is_quantized, _is_nested, _version = native.layout, native.is_quantized, native.is_nested, native.version
_untyped_storage = native.untyped_storage
_is_functional = torch._is_functional_tensor
_strided = torch.strided


def can_alias(tensor: Tensor) -> bool:
    """Whether `tensor` has one plain storage: not sparse, not a wrapper of other tensors, not without data."""
    return (
        type(tensor).__torch_dispatch__ is _no_dispatch  # `not native.dispatches`, without a call: this is asked often
        and _layout(tensor) is _strided
        and not _is_quantized(tensor)
        and not _is_nested(tensor)
        and not _is_functional(tensor)
    )


def version_of(tensor: Tensor) -> int:
    """The version counter, -1 for an inference tensor, which has none."""
    try:
        return int(native.version(tensor))
    except RuntimeError:
        return -1


class Snapshot(Struct, eq=False, weakref=True):
    """One value. `tensor` is None once the budget dropped it."""

    tensor: Tensor | None
    storage: int  # the address of its implementation, which the tensor keeps alive
    held_bytes: int
    version: int
    copied: bool = False  # has bytes of its own, which nothing else writes
    writer: Any = None  # the first call that wrote into it, as `before_write` was told of it
    written_storage: int = 0  # the address of what it wrote into
    written_bytes: int = 0  # how many that has
    is_unnoticed: bool = False  # and autograd did not notice: it wrote through `.data`, or others did, as NumPy
    beside: Beside | None = None  # what it was, where others may write without a word
    _dropped: tuple[Any, torch.dtype] | None = None  # what is left of it then

    @classmethod
    def of(cls, tensor: Tensor) -> Snapshot:
        """Of a tensor that nobody else has."""
        storage = _untyped_storage(tensor)
        try:
            version = _version(tensor)
        except RuntimeError:
            version = -1  # as `version_of`
        return cls(tensor, storage._cdata, storage.nbytes(), version)

    @property
    def beside_bytes(self) -> int:
        """Of what is kept beside it."""
        return 0 if self.beside is None else int(native.nbytes(self.beside.numbers))

    def drop(self) -> None:
        """For the budget: what it was like is still known."""
        self._dropped = self.kind
        self.tensor = self.beside = None

    @property
    def kind(self) -> tuple[Any, torch.dtype]:
        """Shape and dtype."""
        if self.tensor is not None:
            return native.shape(self.tensor), native.dtype(self.tensor)
        assert self._dropped is not None
        return self._dropped

    @property
    def is_kept(self) -> bool:
        """False once the budget dropped it."""
        return self.tensor is not None

    @property
    def is_of_others(self) -> bool:
        """Whether it was kept because others, as NumPy, had written into what it was taken of."""
        return self.copied and self.is_unnoticed and self.writer is None

    def meet_others(self) -> bool:
        """Whether others, as NumPy, have written into it without a word. What was there is its value from now on, where
        all of it is kept. Inside `Unseen`."""
        beside, tensor = self.beside, self.tensor
        if beside is None or tensor is None or self.copied or version_of(tensor) != self.version:
            return False
        if beside.is_still(tensor):
            return False
        self.written_storage, self.written_bytes, self.is_unnoticed = self.storage, self.held_bytes, True
        if beside.is_whole:
            storage = _untyped_storage(beside.numbers)
            self.tensor, self.storage, self.held_bytes = beside.numbers, storage._cdata, storage.nbytes()
            self.copied, self.beside = True, None
        return True

    def read(self) -> tuple[Tensor | None, Note | None]:
        """The value, and whether it was changed since, or why there is none."""
        is_written = self.beside is not None and self.meet_others()
        tensor = self.tensor
        if tensor is None:
            return None, NotRecorded("budget")
        if is_written and not self.copied:
            return tensor, Changed(-1)
        if self.copied or version_of(tensor) == self.version:
            return tensor, None
        return tensor, Changed(self.version)
