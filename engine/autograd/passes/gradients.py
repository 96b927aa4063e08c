"""The gradients of one backward pass, as they were when they arrived at their nodes."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import torch
from torch import Tensor

from engine.autograd.records import shape_of
from engine.autograd.snapshots import can_alias, version_of
from engine.protocol.notes import Changed, Note, NotRecorded, Unreadable
from engine.shared.static_reads import type_name
from engine.tensors import native
from engine.tensors.reading import UnreadableError, plain, real, unobserved

CLONE_BYTES = 16 << 10  # up to here a copy is as cheap as a reference
STEPPED_CLONE_BYTES = 1 << 20  # where a person waits for each node anyway
_ROOM_UNASKED_BYTES = 32 << 20
_functorch = torch._C._functorch
_vector_norm = torch.linalg.vector_norm
_MEASURED_AS_THEY_ARE = (torch.float32, torch.float64, torch.complex64, torch.complex128)


class _Kept:
    """One gradient, or why there is none. `version` is that at arrival, -1 for a copy, which nothing writes."""

    __slots__ = ("n_bytes", "note", "storage", "tensor", "version")

    def __init__(self, tensor: Tensor | None, version: int = -1, note: Note | None = None) -> None:
        self.tensor = tensor
        self.version = version
        self.note = note
        self.n_bytes = 0  # of a copy
        self.storage = 0  # address of the storage of an alias

    def read(self) -> tuple[Tensor | None, Note | None]:
        if self.tensor is None:
            return None, self.note
        changed = self.version >= 0 and version_of(self.tensor) != self.version
        return self.tensor, Changed() if changed else None


class Gradients:
    """What arrived at each (node, slot) of a pass.

    Small gradients are copied. A larger one is kept as an alias, which leaves its reference count alone, so that
    AccumulateGrad still takes it over without a copy; the engine never adds in place to a storage that an alias
    shares; who else writes into it moves its version counter, and the note says so.

    `room` tells how many bytes may be kept; it is asked only once a pass has become large.
    """

    def __init__(self, room: Callable[[], int], clone_bytes: int) -> None:
        self._room = room
        self._limit_bytes = -1
        self._clone_bytes = clone_bytes
        self._arrived: dict[int, dict[int, _Kept]] = {}
        self._parts: dict[int, dict[int, list[_Kept]]] = {}
        self._norms: dict[int, float | None] = {}  # of the nodes that were measured
        self._storages: dict[int, list[int]] = {}  # by address: bytes counted for it, aliases in it
        self.n_bytes = 0

    def arrive(self, node: int, gradients: Sequence[Tensor | None], *, owned_by_leaf: bool = False) -> None:
        """All gradients of a node, at once and summed. One that a leaf's `.grad` takes over costs no memory."""
        self._norms.pop(node, None)
        self._arrived[node] = {
            slot: self._keep(gradient, owned_by_leaf) for slot, gradient in enumerate(gradients) if gradient is not None
        }
        self._drop_parts(node)

    def add_part(self, node: int, slot: int, gradient: Tensor) -> None:
        """What one producer handed to a node that waits for its turn."""
        self._parts.setdefault(node, {}).setdefault(slot, []).append(self._keep(gradient, False))

    def capture(self, node: int, slot: int, gradient: Tensor) -> None:
        """What autograd.grad returned for an input."""
        self._norms.pop(node, None)
        self._arrived.setdefault(node, {})[slot] = self._keep(gradient, False)
        self._drop_parts(node)

    def read(self, node: int, slot: int) -> tuple[Tensor | None, Note | None]:
        """The gradient, or the sum so far, and a note; (None, None) where nothing has arrived."""
        arrived = self._arrived.get(node)
        if arrived is not None:
            kept = arrived.get(slot)
            return (None, None) if kept is None else kept.read()
        parts = list(self._parts.get(node, {}).get(slot, ()))
        tensors = [part.tensor for part in parts if part.tensor is not None]
        if len(tensors) < len(parts):
            return None, NotRecorded()
        return _sum(tensors) if tensors else (None, None)

    def norm(self, node: int) -> float | None:
        """Of all that arrived at a node, over all slots together; None where there is nothing to measure, or what
        torch cannot measure."""
        if node not in self._norms:
            arrived = self._arrived.get(node, {}).values()
            self._norms[node] = norm_of(kept.tensor for kept in arrived if kept.tensor is not None)
        return self._norms[node]

    def n_elements(self, nodes: Iterable[int]) -> int:
        """Of all that arrived at these nodes."""
        arrived = (kept.tensor for node in nodes for kept in self._arrived.get(node, {}).values())
        return sum(tensor.numel() for tensor in arrived if tensor is not None and not native.is_nested(tensor))

    def total_norm(self, nodes: Sequence[int]) -> Tensor | None:
        """Of all together that arrived at these nodes, as a scalar on the device of the first; None where nothing
        did, or what torch cannot measure. Inside `Unseen`."""
        arrived = [kept.tensor for node in nodes for kept in self._arrived.get(node, {}).values()]
        found = [tensor for tensor in arrived if tensor is not None and _is_measurable(tensor)]
        if not found or len(found) < len(arrived):
            return None
        if all(node in self._norms for node in nodes if node in self._arrived):
            squares = [norm**2 for norm in map(self.norm, nodes) if norm is not None]
            return torch.tensor(math.sqrt(sum(squares)), dtype=torch.float64)
        kinds = {(native.dtype(tensor), tensor.device, native.layout(tensor)) for tensor in found}
        if len(kinds) == 1 and native.dtype(found[0]) in _MEASURED_AS_THEY_ARE and can_alias(found[0]):
            return _vector_norm(torch.stack(torch._foreach_norm(found)))  # type: ignore[no-any-return]
        norms = [_norm(tensor) for tensor in found]
        known = [norm for norm in norms if norm is not None]
        return _vector_norm(torch.tensor(known, dtype=torch.float64)) if len(known) == len(norms) else None

    def shapes(self) -> list[tuple[int, int, object]]:
        """(node, slot, shape) of all that arrived."""
        return [
            (node, slot, None if kept.tensor is None else shape_of(kept.tensor))
            for node, slots in self._arrived.items()
            for slot, kept in slots.items()
        ]

    def storages(self) -> Iterator[tuple[int, int]]:
        """(address, bytes) of each storage that what arrived lies in, maybe more than once."""
        for slots in self._arrived.values():
            for kept in slots.values():
                if kept.tensor is not None and can_alias(kept.tensor):
                    storage = native.untyped_storage(kept.tensor)
                    yield storage._cdata, storage.nbytes()

    def forget(self) -> None:
        """Let go of all gradients."""
        self._arrived = {}
        self._parts = {}
        self._norms = {}

    def _keep(self, gradient: Tensor, owned_by_leaf: bool) -> _Kept:
        """A reference or a copy; what cannot be had is said instead, and never in the middle of the program's pass."""
        while _functorch.is_functorch_wrapped_tensor(gradient):
            gradient = _functorch.get_unwrapped(gradient)
        if _functorch.is_legacy_batchedtensor(gradient):  # is_grads_batched: one backward for many gradients
            return _Kept(None, note=NotRecorded("batch"))
        alias = native.bare(gradient)
        if native.dispatches(gradient) and not native.has_own_data(alias):
            return _Kept(None, note=Unreadable(f"{type_name(gradient)} keeps its elements itself"))
        if not can_alias(alias):
            return _Kept(alias, version_of(alias))
        n_bytes = native.nbytes(alias)
        if n_bytes <= self._clone_bytes and not (owned_by_leaf and n_bytes > CLONE_BYTES):
            self.n_bytes += n_bytes
            kept = _Kept(native.clone(alias))
            kept.n_bytes = n_bytes
            return kept
        return self._keep_alias(alias, owned_by_leaf)

    def _keep_alias(self, alias: Tensor, owned_by_leaf: bool) -> _Kept:
        storage = native.untyped_storage(alias)
        key = storage._cdata
        use = self._storages.get(key)
        if use is None:
            n_bytes = 0 if owned_by_leaf else storage.nbytes()
            if not self._has_room(n_bytes):
                return _Kept(None, note=NotRecorded("budget"))
            use = self._storages[key] = [n_bytes, 0]
            self.n_bytes += n_bytes
        elif owned_by_leaf:
            self.n_bytes -= use[0]
            use[0] = 0
        use[1] += 1
        kept = _Kept(alias, version_of(alias))
        kept.storage = key
        return kept

    def _drop_parts(self, node: int) -> None:
        """The sum has arrived."""
        for parts in self._parts.pop(node, {}).values():
            for part in parts:
                self.n_bytes -= part.n_bytes
                use = self._storages.get(part.storage)
                if use is not None:
                    use[1] -= 1
                    if not use[1]:
                        self.n_bytes -= use[0]
                        del self._storages[part.storage]

    def _has_room(self, n_bytes: int) -> bool:
        total = self.n_bytes + n_bytes
        if not n_bytes or total <= _ROOM_UNASKED_BYTES:
            return True
        if self._limit_bytes < 0:
            self._limit_bytes = self._room()
        return total <= self._limit_bytes


def norm_of(tensors: Iterable[Tensor]) -> float | None:
    """Of all together; None where there is nothing to measure, or what torch cannot measure."""
    norms = [_norm(tensor) for tensor in tensors if _is_measurable(tensor)]
    squares = [norm**2 for norm in norms if norm is not None]
    return math.sqrt(sum(squares)) if squares and len(squares) == len(norms) else None


def _sum(gradients: Sequence[Tensor]) -> tuple[Tensor | None, Note | None]:
    """In the order of arrival, as the engine adds them; of a dtype that torch does not add there is none."""
    try:
        with unobserved():
            return functools.reduce(torch.add, gradients), None
    except UnreadableError as error:
        return None, Unreadable(error.brief)


def _is_measurable(gradient: Tensor) -> bool:
    has_data = can_alias(gradient) or native.is_sparse(gradient)
    return (
        has_data
        and not native.is_meta(gradient)
        and (native.is_floating_point(gradient) or native.is_complex(gradient))
    )


def _norm(gradient: Tensor) -> float | None:
    """None of a dtype or a layout that torch cannot calculate with."""
    dtype = native.dtype(gradient)
    try:
        if native.layout(gradient) is not torch.strided:
            return float(gradient.norm())
        if dtype in _MEASURED_AS_THEY_ARE:
            return float(_vector_norm(gradient))
        if dtype in (torch.float16, torch.bfloat16):
            return float(_vector_norm(gradient, dtype=torch.float32))
        with unobserved():
            return float(_vector_norm(real(plain(gradient))))
    except (RuntimeError, UnreadableError):
        return None
