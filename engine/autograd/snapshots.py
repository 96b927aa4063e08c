"""Values as they were when an operation ran, kept under a byte budget.

A snapshot starts as a detached alias: it costs no copy, shares storage and version counter with the tensor, and has no
grad_fn, so that it can live in the metadata of a graph's node without a cycle. Just before an operation writes into a
storage, the snapshots in it get a copy (copy on write).
"""

from __future__ import annotations

import itertools
import threading
import weakref
from collections import deque
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from engine.protocol.notes import Changed, Note, NotRecorded
from engine.tensors import native
from engine.tensors.native import ALIAS


def can_alias(tensor: Tensor) -> bool:
    """Whether `tensor` has one plain storage: not sparse, not a wrapper of other tensors, not without data."""
    return (
        not native.dispatches(tensor)
        and native.layout(tensor) is torch.strided
        and not native.is_quantized(tensor)
        and not native.is_nested(tensor)
        and not torch._is_functional_tensor(tensor)
    )


def version_of(tensor: Tensor) -> int:
    """The version counter, -1 for an inference tensor, which has none."""
    return -1 if native.is_inference(tensor) else native.version(tensor)


class Snapshot:
    """One value. `tensor` is None once the budget dropped it."""

    __slots__ = ("__weakref__", "copied", "is_unnoticed", "place", "tensor", "version", "writer", "written_storage")
    place: Place

    def __init__(self, tensor: Tensor) -> None:
        self.tensor: Tensor | None = tensor
        self.version = version_of(tensor)
        self.copied = False  # has bytes of its own, which nothing else writes
        self.writer: Any = None  # the first call that wrote into it, as `before_write` was told of it
        self.written_storage = 0  # the address of what it wrote into
        self.is_unnoticed = False  # and autograd did not notice: it wrote through `.data`

    def read(self) -> tuple[Tensor | None, Note | None]:
        """The value, and whether it was changed since, or why there is none."""
        tensor = self.tensor
        if tensor is None:
            return None, NotRecorded("budget")
        if self.copied or version_of(tensor) == self.version:
            return tensor, None
        return tensor, Changed(self.version)


class Place(weakref.ref[Snapshot]):
    """A snapshot that may have died, and where its value lay."""

    __slots__ = ("held_bytes", "number", "storage")
    number: int
    storage: int  # the address of the storage's implementation
    held_bytes: int


class SnapshotStore:
    """All living snapshots, oldest first, and the storages that they lie in. Any thread may call."""

    def __init__(self, budget_bytes: int) -> None:
        self._numbers = itertools.count()
        # A collection may run at any allocation, on any thread, also inside the store; an exception in a destructor,
        # as an interrupt is, would be lost. What is called there is this queue's own C function.
        self._dead: deque[Place] = deque()
        self._lock = threading.RLock()  # over all that follows; a collection may run an operation of the program's
        self._places: dict[int, Place] = {}  # by number
        self._by_storage: dict[int, set[int]] = {}
        self._budget_bytes = budget_bytes
        self._living_bytes = 0  # of all snapshots, shared storages counted each time: never less than recorded_bytes
        self._added_bytes = 0  # since the last count
        self._slack_bytes = budget_bytes  # how much may be added before counting again

    def __len__(self) -> int:
        """How many live."""
        with self._lock:
            self._bury()
            return len(self._places)

    @property
    def budget_bytes(self) -> int:
        return self._budget_bytes

    @budget_bytes.setter
    def budget_bytes(self, n_bytes: int) -> None:
        self._budget_bytes = n_bytes
        self.enforce()

    def keep(self, tensor: Tensor) -> Snapshot | None:
        """As `take`; None of a tensor that has not one plain storage."""
        return self.take(tensor) if can_alias(tensor) else None

    def take(self, tensor: Tensor) -> Snapshot:
        """A snapshot of `tensor`, which `can_alias`, as it is now. Copies nothing."""
        return self._add(Snapshot(ALIAS(torch.Tensor, tensor)))

    def take_copy(self, tensor: Tensor) -> Snapshot:
        """A snapshot with bytes of its own, for a tensor about to be written."""
        snapshot = self._add(Snapshot(ALIAS(torch.Tensor, tensor).clone()))
        snapshot.copied = True
        return snapshot

    def _add(self, snapshot: Snapshot) -> Snapshot:
        place = snapshot.place = Place(snapshot, self._dead.append)
        place.number = next(self._numbers)
        with self._lock:
            self._bury()
            assert snapshot.tensor is not None
            self._places[place.number] = place
            self._enter_storage(place, native.untyped_storage(snapshot.tensor))
            self._added_bytes += place.held_bytes
            if self._added_bytes > self._slack_bytes:
                self.check()
        return snapshot

    def _bury(self) -> None:
        """Forget the dead; until then the address of a storage of theirs may belong to another."""
        while self._dead:
            self._forget(self._dead.popleft())

    def _forget(self, place: Place) -> None:
        if self._places.pop(place.number, None) is not None:
            self._leave_storage(place)

    def _enter_storage(self, place: Place, storage: torch.UntypedStorage) -> None:
        place.storage, place.held_bytes = storage._cdata, storage.nbytes()
        self._by_storage.setdefault(place.storage, set()).add(place.number)
        self._living_bytes += place.held_bytes

    def _leave_storage(self, place: Place) -> None:
        self._living_bytes -= place.held_bytes
        members = self._by_storage.get(place.storage)
        if members is not None:
            members.discard(place.number)
            if not members:
                del self._by_storage[place.storage]

    def _in_storage(self, key: int) -> list[Snapshot]:
        """Those that live and have a value."""
        places = [self._places.get(number) for number in tuple(self._by_storage.get(key, ()))]
        found = [place() for place in places if place is not None]
        return [snapshot for snapshot in found if snapshot is not None and snapshot.tensor is not None]

    def before_write(self, tensor: Tensor, writer: Callable[[], object]) -> list[tuple[Snapshot, Tensor]]:
        """Copy every snapshot in the storage of `tensor`, which is about to be written, where the budget has room.

        Each is told who writes. Returned with each is the tensor that it was, whose version tells afterwards whether
        autograd noticed.
        """
        storage = native.untyped_storage(tensor)
        key = storage._cdata
        if key not in self._by_storage:
            return []
        with self._lock:
            self._bury()
            snapshots = [s for s in self._in_storage(key) if not s.copied and version_of(s.tensor) == s.version]
            apart = sum(native.nbytes(s.tensor) for s in snapshots if s.tensor is not None)
            if not snapshots:
                return []
            call = writer()
            for snapshot in snapshots:
                if snapshot.writer is None:
                    snapshot.writer, snapshot.written_storage = call, key
            written = [(snapshot, snapshot.tensor) for snapshot in snapshots if snapshot.tensor is not None]
            if min(apart, storage.nbytes()) > self._budget_bytes - self.recorded_bytes:
                return written
            # One copy of the storage serves a parameter and its transpose; a row of a large table is copied alone.
            whole = None
            if storage.nbytes() < apart:
                bytes_of = torch.empty(0, dtype=torch.uint8, device=storage.device).set_(storage)
                whole = bytes_of.clone().untyped_storage()
            for snapshot in snapshots:
                self._move(snapshot, whole)
            return written

    def _move(self, snapshot: Snapshot, storage: torch.UntypedStorage | None) -> None:
        """Give a snapshot the same elements in `storage`, a copy of its own, or in a fresh clone."""
        old = snapshot.tensor
        assert old is not None
        if storage is None:
            new = native.clone(old)
        else:
            new = torch.empty(0, dtype=native.dtype(old), device=old.device)
            new.set_(storage, old.storage_offset(), old.size(), old.stride())  # type: ignore[call-overload]
            if old.is_conj():
                new = new.conj()
            if old.is_neg():
                new = torch._neg_view(new)
        self._leave_storage(snapshot.place)
        snapshot.tensor = new
        snapshot.copied = True
        self._enter_storage(snapshot.place, native.untyped_storage(new))

    @property
    def recorded_bytes(self) -> int:
        """Bytes that only snapshots keep alive: of the storages that no other tensor, graph or program refers to."""
        with self._lock:
            self._bury()
            return sum(self._exclusive_bytes(key) for key in tuple(self._by_storage))

    def _exclusive_bytes(self, key: int) -> int:
        living = self._in_storage(key)  # holds the storage: the address of a dead one must not be asked
        if not living or torch._C._storage_Use_Count(key) - 1 > len(living):  # the count itself takes a reference
            return 0
        tensor = living[0].tensor
        return 0 if tensor is None else native.untyped_storage(tensor).nbytes()

    def check(self) -> None:
        """`enforce` where there may be anything to drop: counting walks all storages."""
        if self._living_bytes > self._budget_bytes:
            self.enforce()

    def enforce(self) -> int:
        """Drop the oldest values that only snapshots keep alive until `recorded_bytes`, returned, is in the budget."""
        with self._lock:
            recorded = self.recorded_bytes
            if recorded > self._budget_bytes:
                recorded = self._drop_oldest(recorded)
            self._added_bytes = 0
            # Counting walks all storages: not after every operation of a pass that runs at the limit.
            self._slack_bytes = max(self._budget_bytes - recorded, self._budget_bytes // 16)
            return recorded

    def _drop_oldest(self, recorded: int) -> int:
        for place in tuple(self._places.values()):
            snapshot = place()
            if snapshot is None or snapshot.tensor is None:
                continue
            freed = self._exclusive_bytes(place.storage)
            if freed:
                for member in self._in_storage(place.storage):
                    self._forget(member.place)
                    member.tensor = None
                recorded -= freed
                if recorded <= self._budget_bytes:
                    break
        return recorded
