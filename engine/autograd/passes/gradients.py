"""The gradients of one backward pass, as they were when they arrived at their nodes."""

from __future__ import annotations

import functools
import itertools
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import isfinite
from operator import itemgetter
from types import MappingProxyType

import torch
from torch import Tensor

from engine.autograd.passes.held_gradients import HeldGradients
from engine.autograd.passes.kept_gradient import KeptGradient, Part
from engine.autograd.passes.norms import MEASURED_AS_THEY_ARE, is_in_range, is_measurable, norm_of, vector_norm
from engine.autograd.records import PLAIN_TENSORS, shape_of
from engine.autograd.snapshot import can_alias, version_of
from engine.protocol.notes import Note, NotRecorded, Unreadable
from engine.shared.static_reads import type_name
from engine.tensors import native
from engine.tensors.reading import UnreadableError, unobserved
from engine.tensors.unseen import Unseen

CLONE_BYTES = 16 << 10  # up to here a copy is as cheap as a reference
STEPPED_CLONE_BYTES = 1 << 20  # where a person waits for each node anyway
_MEASURED_BYTES = 2 << 20  # up to here it is in a cache just now: measured later, it costs four times as much
_ROOM_UNASKED_BYTES = 32 << 20
_REAL = frozenset({torch.float32, torch.float64})
_NOTHING: Mapping[int, KeptGradient] = MappingProxyType({})
_PLACE = itemgetter(0, 1)
_functorch = torch._C._functorch
_is_wrapped, _is_batched = _functorch.is_functorch_wrapped_tensor, _functorch.is_legacy_batchedtensor


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
        self._by_node: dict[int, dict[int, KeptGradient]] = {}
        self._held: HeldGradients | None = None  # not yet among them
        self._parts: dict[int, dict[int, list[Part]]] = {}  # of nodes that wait, and of those where several met
        self._so_far: dict[tuple[int, int], tuple[int, KeptGradient]] = {}  # of the first parts, how many, their sum
        self._norms: dict[int, float | None] = {}  # of the nodes that were measured
        self._summed: deque[int] = deque()  # the nodes that have parts and the sum of them
        self._storages: dict[int, list[int]] = {}  # by address: bytes counted for it, aliases in it
        self.n_bytes = 0

    def arrive(self, node: int, gradients: Sequence[Tensor | None], *, owned_by_leaf: bool = False) -> None:
        """All gradients of a node, at once and summed. One that a leaf's `.grad` takes over costs no memory."""
        if self._norms:
            self._norms.pop(node, None)
        for kept in self._arrived.get(node, _NOTHING).values():
            self._release(kept)
        self._arrived[node] = {
            slot: self._keep(gradient, owned_by_leaf) for slot, gradient in enumerate(gradients) if gradient is not None
        }
        self.settle_parts(node)

    def hand(self, node: int, slot: int, gradient: Tensor, *, owned_by_leaf: bool) -> None:
        """As `arrive`, of a gradient that is alone to arrive at a node, before that runs."""
        self._arrived[node] = {slot: self._keep(gradient, owned_by_leaf)}

    def hand_plain(self, node: int, slot: int, gradient: Tensor, *, owned_by_leaf: bool) -> bool:
        """As `hand`, of a tensor of torch's own class outside of torch.func, in a pass that makes no graph. One that is
        neither small nor large is measured at once: returns whether it is known to be finite."""
        n_bytes = native.nbytes(gradient) if can_alias(gradient) else _MEASURED_BYTES + 1  # a sparse one has none
        if n_bytes > _MEASURED_BYTES or self.n_bytes > _ROOM_UNASKED_BYTES:
            self.hand(node, slot, gradient, owned_by_leaf=owned_by_leaf)
            return False
        if n_bytes <= CLONE_BYTES:
            self.n_bytes += n_bytes
            self._arrived[node] = {slot: KeptGradient(native.clone(gradient), n_bytes=n_bytes)}
            return False
        self._arrived[node] = {slot: self._keep_alias(native.ALIAS(Tensor, gradient), owned_by_leaf)}
        if native.dtype(gradient) not in _REAL or not native.is_cpu(gradient):
            return False
        norm = float(vector_norm(gradient))
        is_finite = isfinite(norm)
        if is_finite and is_in_range(norm):  # else it has to be looked at more closely
            self._norms[node] = norm
        return is_finite

    def take(self, held: HeldGradients, n_bytes: int) -> None:
        """As `arrive`, of what is looked at only where somebody asks."""
        self._held = held
        self.n_bytes += n_bytes

    @property
    def _arrived(self) -> dict[int, dict[int, KeptGradient]]:
        """By node and slot."""
        if self._held is not None:
            held, self._held = self._held, None
            with Unseen():
                self._by_node.update(held.kept())
        return self._by_node

    def add_part(
        self, node: int, slot: int, gradient: Tensor, sender: int, place: int, *, norm: float | None = None
    ) -> None:
        """What one producer handed to a node that waits for its turn, for its operand at `place`. Where it is large its
        `norm` may be known."""
        kept = self._keep(gradient, False)
        if norm is not None:
            kept.know(norm)
        self._add(node, slot, Part(sender, place, kept))

    def add_norm(self, node: int, slot: int, gradient: Tensor, sender: int, place: int) -> None:
        """As `add_part`, of one that is not kept by itself: its norm alone."""
        found = _bare(gradient)
        kept = KeptGradient.measured(found, NotRecorded("large")) if isinstance(found, Tensor) else found
        self._add(node, slot, Part(sender, place, kept))

    def know_sum(self, node: int, slot: int, n_parts: int, so_far: Tensor) -> None:
        """What the first parts are together, which were not kept by themselves, at a node that waits for its turn."""
        self._so_far[node, slot] = n_parts, self._keep(so_far, False)

    def _add(self, node: int, slot: int, part: Part) -> None:
        self._parts.setdefault(node, {}).setdefault(slot, []).append(part)

    def slots(self, node: int) -> tuple[int, ...]:
        """The outputs of a node at which a gradient, or a part of one, has arrived."""
        arrived = self._arrived.get(node)
        return tuple(self._parts.get(node, {}) if arrived is None else arrived)

    def parts(self, node: int, slot: int) -> tuple[Part, ...]:
        """Those that have come so far, in that order; of what has arrived only where there were several."""
        return tuple(self._parts.get(node, {}).get(slot, ()))

    def capture(self, node: int, slot: int, gradient: Tensor) -> None:
        """What autograd.grad returned for an input."""
        self._norms.pop(node, None)
        self._arrived.setdefault(node, {})[slot] = self._keep(gradient, False)
        self.settle_parts(node)

    def read(self, node: int, slot: int) -> tuple[Tensor | None, Note | None]:
        """The gradient, or the sum so far, and a note; (None, None) where nothing has arrived."""
        arrived = self._arrived.get(node)
        if arrived is not None:
            kept = arrived.get(slot)
            return (None, None) if kept is None else kept.read()
        waiting = [part.kept for part in self.parts(node, slot)]
        if (node, slot) in self._so_far:
            n_parts, so_far = self._so_far[node, slot]
            if so_far.read()[1] is not None:
                return so_far.read()
            waiting[:n_parts] = [so_far]
        tensors = [one.tensor for one in waiting if one.tensor is not None]
        if len(tensors) < len(waiting):
            return None, NotRecorded()
        return _sum(tensors) if tensors else (None, None)

    def norm(self, node: int) -> float | None:
        """Of all that arrived at a node, over all slots together; None where there is nothing to measure, or what
        torch cannot measure."""
        if node not in self._norms:
            self._norms[node] = _norm_of_all(self._arrived.get(node, {}).values())
        return self._norms[node]

    def norms(self, nodes: Sequence[int]) -> list[float | None]:
        """As `norm`, of several nodes. Inside `Unseen`."""
        if self._held is not None:
            found = self._held.norms()
            if found is not None:
                self._norms = {**found, **self._norms}
        return [self.norm(node) for node in nodes]

    def n_elements(self, nodes: Sequence[int]) -> int:
        """Of all that arrived at these nodes."""
        n_held = None if self._held is None else self._held.n_elements(nodes)
        if n_held is not None:
            return n_held
        arrived = (kept.tensor for node in nodes for kept in self._arrived.get(node, {}).values())
        return sum(tensor.numel() for tensor in arrived if tensor is not None and not native.is_nested(tensor))

    def total_norm(self, nodes: Sequence[int]) -> Tensor | None:
        """Of all together that arrived at these nodes, as a scalar on the device of the first; None where nothing
        did, or what torch cannot measure. Inside `Unseen`."""
        norm = None if self._held is None else self._held.norm_of(nodes)
        if norm is not None and is_in_range(norm):
            return norm
        arrived = [kept.tensor for node in nodes for kept in self._arrived.get(node, {}).values()]
        found = [tensor for tensor in arrived if tensor is not None and is_measurable(tensor)]
        if not found or len(found) < len(arrived):
            return None
        if any(node in self._norms for node in nodes):  # the others are small
            told = [norm for norm in map(self.norm, nodes) if norm is not None]
            return torch.tensor(math.hypot(*told), dtype=torch.float64)
        kinds = {(native.dtype(tensor), tensor.device, native.layout(tensor)) for tensor in found}
        if len(kinds) == 1 and native.dtype(found[0]) in MEASURED_AS_THEY_ARE and can_alias(found[0]):
            norm = vector_norm(torch.stack(torch._foreach_norm(found)))
            if norm.device.type != "cpu" or is_in_range(norm):  # elsewhere, to look would make the program wait
                return norm  # type: ignore[no-any-return]
        norms = [norm_of((tensor,)) for tensor in found]
        known = [norm for norm in norms if norm is not None]
        return torch.tensor(math.hypot(*known), dtype=torch.float64) if len(known) == len(norms) else None

    def shapes(self) -> list[tuple[int, int, object]]:
        """(node, slot, shape) of all that arrived, by node."""
        found = [
            (node, slot, None if kept.tensor is None else _shape_of(kept.tensor))
            for node, slots in self._by_node.items()
            for slot, kept in slots.items()
        ]
        if self._held is not None:
            found += self._held.shapes()
        found.sort(key=_PLACE)
        return found

    def sizes(self) -> dict[int, int] | None:
        """How many bytes have arrived at each node; None where not all of it is kept and in plain storages."""
        sizes: dict[int, int] = {}
        for node, slots in self._arrived.items():
            tensors = [kept.tensor for kept in slots.values()]
            if not all(tensor is not None and can_alias(tensor) for tensor in tensors):
                return None
            sizes[node] = sum(native.nbytes(tensor) for tensor in tensors)
        return sizes

    def storages(self) -> Iterator[tuple[int, int]]:
        """(address, bytes) of each storage that what arrived lies in, maybe more than once."""
        arrived = (kept for slots in self._arrived.values() for kept in slots.values())
        parts = (part.kept for slots in self._parts.values() for parts in slots.values() for part in parts)
        so_far = (kept for _, kept in self._so_far.values())
        for kept in itertools.chain(arrived, parts, so_far):
            if kept.n_bytes:  # a copy, whose storage is its own, and no object of Python
                yield id(kept), kept.n_bytes
            elif kept.tensor is not None and can_alias(kept.tensor):
                storage = native.untyped_storage(kept.tensor)
                yield storage._cdata, storage.nbytes()

    def forget(self) -> None:
        """Let go of all gradients."""
        self._by_node, self._held = {}, None
        self._parts, self._so_far = {}, {}
        self._summed.clear()
        self._norms = {}

    def _keep(self, gradient: Tensor, owned_by_leaf: bool) -> KeptGradient:
        """A reference or a copy; what cannot be had is said instead, and never in the middle of the program's pass."""
        alias = _bare(gradient)
        if not isinstance(alias, Tensor):
            return alias
        if not can_alias(alias):
            return KeptGradient(alias, version_of(alias))
        n_bytes = native.nbytes(alias)
        if n_bytes <= self._clone_bytes and not (owned_by_leaf and n_bytes > CLONE_BYTES):
            self.n_bytes += n_bytes
            return KeptGradient(native.clone(alias), n_bytes=n_bytes)
        return self._keep_alias(alias, owned_by_leaf)

    def _keep_alias(self, alias: Tensor, owned_by_leaf: bool) -> KeptGradient:
        storage = native.untyped_storage(alias)
        key = storage._cdata
        use = self._storages.get(key)
        if use is None:
            n_bytes = 0 if owned_by_leaf else storage.nbytes()
            if not self._has_room(n_bytes):
                return KeptGradient.measured(alias, NotRecorded("budget"))
            use = self._storages[key] = [n_bytes, 0]
            self.n_bytes += n_bytes
        elif owned_by_leaf:
            self.n_bytes -= use[0]
            use[0] = 0
        use[1] += 1
        return KeptGradient(alias, version_of(alias), storage=key)

    @property
    def has_parts(self) -> bool:
        """Whether several gradients meet at any node."""
        return bool(self._parts)

    def settle_parts(self, node: int) -> None:
        """The sum has arrived, in which one alone is itself."""
        slots = self._parts.get(node) if self._parts else None
        if slots is None:
            return
        for slot, parts in list(slots.items()):
            if (node, slot) in self._so_far:
                self._release(self._so_far.pop((node, slot))[1])
            if len(parts) == 1:
                before, whole = slots.pop(slot)[0].kept, self._arrived.get(node, _NOTHING).get(slot)
                if whole is not None and before.storage:
                    whole.take_over(before)
                self._release(before)
        if slots:
            self._summed.append(node)
        else:
            del self._parts[node]

    def _release(self, kept: KeptGradient) -> None:
        """Its bytes are counted no more."""
        self.n_bytes -= kept.n_bytes
        use = self._storages.get(kept.storage)
        if use is not None:
            use[1] -= 1
            if not use[1]:
                self.n_bytes -= use[0]
                del self._storages[kept.storage]
        kept.n_bytes = kept.storage = 0

    def _let_parts_go(self, limit_bytes: int) -> None:
        """What others need room for: those whose sum has arrived, the oldest first."""
        while self._summed and self.n_bytes > limit_bytes:
            for parts in self._parts[self._summed.popleft()].values():
                for part in parts:
                    part.kept.fade()
                    self._release(part.kept)

    def _has_room(self, n_bytes: int) -> bool:
        total = self.n_bytes + n_bytes
        if not n_bytes or total <= _ROOM_UNASKED_BYTES:
            return True
        if self._limit_bytes < 0:
            self._limit_bytes = self._room()
        if total > self._limit_bytes:
            self._let_parts_go(self._limit_bytes - n_bytes)
        return self.n_bytes + n_bytes <= self._limit_bytes


def _bare(gradient: Tensor) -> Tensor | KeptGradient:
    """Without its class, or why its elements cannot be had."""
    while _is_wrapped(gradient):
        gradient = _functorch.get_unwrapped(gradient)
    if _is_batched(gradient):  # is_grads_batched: one backward for many gradients
        return KeptGradient.missing(NotRecorded("batch"))
    is_plain = type(gradient) in PLAIN_TENSORS
    alias: Tensor = native.ALIAS(Tensor, gradient) if is_plain else native.bare(gradient)
    if not is_plain and native.dispatches(gradient) and not native.has_own_data(alias):
        return KeptGradient.missing(Unreadable(f"{type_name(gradient)} keeps its elements itself"))
    return alias


def _shape_of(kept: Tensor) -> object:
    """As `shape_of`, of what is kept, which nearly always is bare."""
    is_plain = type(kept) is Tensor and not native.is_nested(kept)
    return native.shape(kept) if is_plain else shape_of(kept)


def _norm_of_all(arrived: Iterable[KeptGradient]) -> float | None:
    """Of all together, also of those that are written into since; None where one of them is gone unmeasured."""
    norms = [(kept.norm(), kept.tensor) for kept in arrived]
    norms_of = (norm_of((tensor,)) if norm is None and tensor is not None else norm for norm, tensor in norms)
    known = [norm for norm in norms_of if norm is not None]
    return math.hypot(*known) if known else None


def _sum(gradients: Sequence[Tensor]) -> tuple[Tensor | None, Note | None]:
    """In the order of arrival, as the engine adds them; of a dtype that torch does not add there is none."""
    try:
        with unobserved():
            return functools.reduce(torch.add, gradients), None
    except UnreadableError as error:
        return None, Unreadable(error.brief)
