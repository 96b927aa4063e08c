"""Values as they were when an operation ran, kept under a byte budget.

A snapshot starts as a detached alias: it costs no copy, shares storage and version counter with the tensor, and has no
grad_fn, so that it can live in the metadata of a graph's node without a cycle. Just before an operation writes into a
storage, the snapshots in it get a copy (copy on write).
"""

from __future__ import annotations

import weakref

import torch
from torch import Tensor

ALIAS = torch.Tensor._make_subclass  # a detached alias that no mode sees; 4 times cheaper than detach() under a mode
NOT_RECORDED = "not recorded"
OVER_BUDGET = "not recorded (over the budget)"


def can_alias(tensor: Tensor) -> bool:
    """Whether `tensor` has one plain storage: not sparse, not a wrapper of other tensors, not without data."""
    return (
        tensor.layout is torch.strided
        and type(tensor).__torch_dispatch__ is torch._C._disabled_torch_dispatch_impl
        and not tensor.is_quantized
        and not tensor.is_nested
        and not torch._is_functional_tensor(tensor)
    )


def version_of(tensor: Tensor) -> int:
    """The version counter, -1 for an inference tensor, which has none."""
    return -1 if tensor.is_inference() else tensor._version


class Snapshot:
    """One value. `tensor` is None once the budget dropped it."""

    __slots__ = ("__weakref__", "_store", "copied", "held_bytes", "key", "tensor", "version")

    def __init__(self, store: SnapshotStore, tensor: Tensor) -> None:
        self.tensor: Tensor | None = tensor
        self.version = version_of(tensor)
        self.copied = False  # has bytes of its own, which nothing else writes
        storage = tensor.untyped_storage()
        self.held_bytes = storage.nbytes()
        self.key = storage._cdata
        self._store = store

    def read(self) -> tuple[Tensor | None, str]:
        """The value and a note: "", "changed since version N", or why there is none."""
        tensor = self.tensor
        if tensor is None:
            return None, OVER_BUDGET
        if self.copied or version_of(tensor) == self.version:
            return tensor, ""
        return tensor, f"changed since version {self.version}"

    def __del__(self) -> None:
        self._store.forget(self)


class SnapshotStore:
    """All living snapshots, oldest first, and the storages that they lie in."""

    def __init__(self, budget_bytes: int) -> None:
        self._snapshots: dict[int, weakref.ref[Snapshot]] = {}
        self._by_storage: dict[int, set[int]] = {}
        self._budget_bytes = budget_bytes
        self._living_bytes = 0  # of all snapshots, shared storages counted each time: never less than recorded_bytes
        self._added_bytes = 0  # since the last count
        self._slack_bytes = budget_bytes  # how much may be added before counting again

    @property
    def budget_bytes(self) -> int:
        return self._budget_bytes

    @budget_bytes.setter
    def budget_bytes(self, n_bytes: int) -> None:
        self._budget_bytes = n_bytes
        self.enforce()

    def take(self, tensor: Tensor) -> Snapshot:
        """A snapshot of `tensor`, which `can_alias`, as it is now. Copies nothing."""
        return self._add(Snapshot(self, ALIAS(torch.Tensor, tensor)))

    def take_copy(self, tensor: Tensor) -> Snapshot:
        """A snapshot with bytes of its own, for a tensor about to be written."""
        snapshot = self._add(Snapshot(self, ALIAS(torch.Tensor, tensor).clone()))
        snapshot.copied = True
        return snapshot

    def _add(self, snapshot: Snapshot) -> Snapshot:
        identity = id(snapshot)
        self._snapshots[identity] = weakref.ref(snapshot)
        self._by_storage.setdefault(snapshot.key, set()).add(identity)
        self._living_bytes += snapshot.held_bytes
        self._added_bytes += snapshot.held_bytes
        if self._added_bytes > self._slack_bytes:
            self.check()
        return snapshot

    def forget(self, snapshot: Snapshot) -> None:
        """Called by a dying snapshot, and for one whose value was dropped."""
        identity = id(snapshot)
        if self._snapshots.pop(identity, None) is not None:
            self._living_bytes -= snapshot.held_bytes
            self._leave_storage(snapshot, identity)

    def _leave_storage(self, snapshot: Snapshot, identity: int) -> None:
        members = self._by_storage.get(snapshot.key)
        if members is not None:
            members.discard(identity)
            if not members:
                del self._by_storage[snapshot.key]

    def _in_storage(self, key: int) -> list[Snapshot]:
        found = (self._snapshots[identity]() for identity in self._by_storage.get(key, ()))
        return [snapshot for snapshot in found if snapshot is not None and snapshot.tensor is not None]

    def before_write(self, tensor: Tensor) -> None:
        """Copy every snapshot in the storage of `tensor`, which is about to be written, where the budget has room."""
        storage = tensor.untyped_storage()
        key = storage._cdata
        if key not in self._by_storage:
            return
        snapshots = [s for s in self._in_storage(key) if not s.copied and version_of(s.tensor) == s.version]
        apart = sum(s.tensor.nbytes for s in snapshots if s.tensor is not None)
        if not snapshots or min(apart, storage.nbytes()) > self._budget_bytes - self.recorded_bytes:
            return
        # One copy of the storage serves a parameter and its transpose; a row of a large table is copied alone.
        whole = None
        if storage.nbytes() < apart:
            whole = torch.empty(0, dtype=torch.uint8, device=storage.device).set_(storage).clone().untyped_storage()
        for snapshot in snapshots:
            self._move(snapshot, whole)

    def _move(self, snapshot: Snapshot, storage: torch.UntypedStorage | None) -> None:
        """Give a snapshot the same elements in `storage`, a copy of its own, or in a fresh clone."""
        old = snapshot.tensor
        assert old is not None
        if storage is None:
            new = old.clone()
        else:
            new = torch.empty(0, dtype=old.dtype, device=old.device)
            new.set_(storage, old.storage_offset(), old.size(), old.stride())  # type: ignore[call-overload]
            if old.is_conj():
                new = new.conj()
            if old.is_neg():
                new = torch._neg_view(new)
        self._leave_storage(snapshot, id(snapshot))
        snapshot.tensor = new
        snapshot.copied = True
        snapshot.key = new.untyped_storage()._cdata
        self._living_bytes += new.untyped_storage().nbytes() - snapshot.held_bytes
        snapshot.held_bytes = new.untyped_storage().nbytes()
        self._by_storage.setdefault(snapshot.key, set()).add(id(snapshot))

    @property
    def recorded_bytes(self) -> int:
        """Bytes that only snapshots keep alive: of the storages that no other tensor, graph or program refers to."""
        return sum(self._exclusive_bytes(key, members) for key, members in list(self._by_storage.items()))

    def _exclusive_bytes(self, key: int, members: set[int]) -> int:
        if torch._C._storage_Use_Count(key) - 1 > len(members):  # the count itself takes a reference
            return 0
        for identity in members:
            snapshot = self._snapshots[identity]()
            if snapshot is not None and snapshot.tensor is not None:
                return snapshot.tensor.untyped_storage().nbytes()
        return 0

    def check(self) -> None:
        """`enforce` where there may be anything to drop: counting walks all storages."""
        if self._living_bytes > self._budget_bytes:
            self.enforce()

    def enforce(self) -> int:
        """Drop the oldest values that only snapshots keep alive until `recorded_bytes`, returned, is in the budget."""
        recorded = self.recorded_bytes
        if recorded > self._budget_bytes:
            for reference in list(self._snapshots.values()):
                snapshot = reference()
                if snapshot is None or snapshot.tensor is None:
                    continue
                members = self._by_storage[snapshot.key]
                freed = self._exclusive_bytes(snapshot.key, members)
                if freed:
                    for member in self._in_storage(snapshot.key):
                        self.forget(member)
                        member.tensor = None
                    recorded -= freed
                    if recorded <= self._budget_bytes:
                        break
        self._added_bytes = 0
        # Counting walks all storages: not after every operation of a pass that runs at the limit.
        self._slack_bytes = max(self._budget_bytes - recorded, self._budget_bytes // 16)
        return recorded
