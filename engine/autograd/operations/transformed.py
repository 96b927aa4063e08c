"""What was made inside of torch.func (vmap, grad, jvp …), where a program's tensors stand for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from torch import Tensor, UntypedStorage
from torch.multiprocessing.reductions import StorageWeakRef

from engine.autograd.records import Call
from engine.tensors import native

_MOST = 4096  # storages


class Inside(NamedTuple):
    """A storage, the newest call inside that made what lies in it, and the transforms around that, the outermost first:
    "vmap", "grad", "jvp"."""

    storage: StorageWeakRef
    call: Call
    transforms: tuple[str, ...]


class Transformed:
    """Of one program. Its threads call `note`; others read inside `GATE.reading`."""

    def __init__(self) -> None:
        self._known: dict[int, Inside] = {}  # by storage

    def note(self, call: Call, taken: Iterable[Tensor], outputs: Iterable[Tensor], transforms: tuple[str, ...]) -> None:
        """A call inside took tensors and has returned some: what these lie in was made there, but where the former lie
        in it."""
        before = {storage._cdata for storage in _storages(taken)}
        for storage in _storages(outputs):
            if storage._cdata in before:
                continue
            self._known.pop(storage._cdata, None)
            self._known[storage._cdata] = Inside(StorageWeakRef(storage), call, transforms)
        while len(self._known) > _MOST:
            del self._known[next(iter(self._known))]

    def of(self, tensor: Tensor) -> Inside | None:
        """Where a tensor of the program was made inside. Inside `Unseen`."""
        storage = next(_storages((native.bare(tensor),)), None)
        found = None if storage is None else self._known.get(storage._cdata)
        return None if found is None or found.storage.expired() else found


def _storages(tensors: Iterable[Tensor]) -> Iterator[UntypedStorage]:
    """What the tensors lie in that stand below all transforms, where they have a memory of their own."""
    for tensor in map(native.unwrapped, tensors):
        if native.has_own_data(tensor):
            yield native.untyped_storage(tensor)
