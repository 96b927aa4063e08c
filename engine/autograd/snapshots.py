"""Values as they were when operations ran, kept under a byte budget.

Just before an operation writes into a storage, the snapshots in it get a copy (copy on write).
"""

from __future__ import annotations

import threading
import weakref
from collections import Counter, deque
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeGuard

import torch
from torch import Tensor
from torch._C import TensorBase

from engine.autograd.foreign_memory import Beside, GivenAway
from engine.autograd.snapshot import Snapshot, can_alias, version_of
from engine.tensors import native
from engine.tensors.native import ALIAS
from engine.tensors.observing import below_autograd
from engine.tensors.unseen import Unseen

_version, _untyped_storage = native.version, native.untyped_storage
_use_count = torch._C._storage_Use_Count
_flattened, _unflattened = torch._C._nn.flatten_dense_tensors, torch._C._nn.unflatten_dense_tensors
_SMALL_BYTES = 64 << 10  # of a storage: up to here one copy of many is cheaper than many
_FEWEST = 1024  # snapshots that are kept before the dead are looked for


_Reference: TypeAlias = "weakref.ref[Snapshot]"
# A list only of several, as few are: thousands of passes keep some of each.
_Members: TypeAlias = "_Reference | list[_Reference]"
_refer = weakref.ref  # not by `weakref.ref[Snapshot]`, which takes ten times as long to call


class SnapshotStore:
    """All living snapshots, oldest first, and the storages that they lie in. Any thread may call.

    The dead are found when somebody counts: nothing is called when a snapshot dies.
    """

    def __init__(self, budget_bytes: int) -> None:
        self._lock = threading.RLock()  # over all that follows; a collection may run an operation of the program's
        self._new: deque[_Reference] = deque()  # not among those that follow; whoever adds to it takes no lock
        self._references: list[_Reference] = []
        self._by_storage: dict[int, _Members] = {}
        self._given_away = GivenAway()
        self._beside: list[_Reference] = []  # those that others may write into
        self._n_before_sweep = _FEWEST
        self._budget_bytes = budget_bytes
        self._living_bytes = 0  # of all snapshots, shared storages counted each time: never less than recorded_bytes
        self._added_bytes = 0  # since the last count
        self._slack_bytes = budget_bytes  # how much may be added before counting again

    def __len__(self) -> int:
        """How many live."""
        with self._lock:
            self._sweep()
            return len(self._references)

    @property
    def budget_bytes(self) -> int:
        """How much of what nobody else keeps alive may be kept."""
        return self._budget_bytes

    @budget_bytes.setter
    def budget_bytes(self, n_bytes: int) -> None:
        self._budget_bytes = n_bytes
        self.enforce()

    def keep(self, tensor: Tensor) -> Snapshot | None:
        """A snapshot of `tensor` as it is now, which copies nothing; None where it has not one plain storage."""
        if not can_alias(tensor):
            return None
        alias = ALIAS(Tensor, tensor)
        storage = _untyped_storage(alias)
        n_bytes = storage.nbytes()
        try:  # as `Snapshot.of`: of each result of each operation
            version = _version(alias)
        except RuntimeError:
            version = -1
        snapshot = Snapshot(alias, storage._cdata, n_bytes, version)
        if self._given_away.holds(storage):
            self._put_beside(snapshot, alias)
            n_bytes += snapshot.beside_bytes
        self._new.append(_refer(snapshot))
        self._added_bytes += n_bytes  # a count that a thread loses is made good by the next
        if self._added_bytes > self._slack_bytes or len(self._new) > _FEWEST:
            self._look_after()
        return snapshot

    def expose(self, tensor: Tensor) -> None:
        """A tensor was given away to others, as NumPy, who may write into it from now on. Inside `Unseen`."""
        if not can_alias(tensor):
            return
        storage = _untyped_storage(tensor)
        with self._lock:
            self._given_away.note(storage)
            self._take_in()
            for snapshot in self._in_storage(storage._cdata):
                if not snapshot.copied and snapshot.beside is None and snapshot.tensor is not None:
                    self._put_beside(snapshot, snapshot.tensor)
                    self._added_bytes += snapshot.beside_bytes

    def beside(self, tensor: Tensor) -> Beside | None:
        """What a tensor that can be aliased is like now, where others, as NumPy, may write into it without a word."""
        is_given_away = self._given_away.holds(_untyped_storage(tensor))
        return Beside.of(native.bare(tensor)) if is_given_away else None

    def _put_beside(self, snapshot: Snapshot, tensor: Tensor) -> None:
        snapshot.beside = Beside.of(tensor)
        if snapshot.beside is not None:
            self._beside.append(_refer(snapshot))

    def written_by_others(self) -> frozenset[_Reference]:
        """The values into which others, as NumPy, have written since they were taken, and autograd was not told."""
        if not self._beside:
            return frozenset()
        with self._lock, Unseen():
            living = [(reference, one) for reference in self._beside if (one := reference()) is not None]
            self._beside = [reference for reference, _ in living]
            return frozenset(reference for reference, one in living if one.meet_others() or one.is_of_others)

    def take_copy(self, tensor: Tensor) -> Snapshot:
        """A snapshot with bytes of its own, for a tensor about to be written."""
        snapshot = self.keep(ALIAS(Tensor, tensor).clone())
        assert snapshot is not None  # what can be aliased is copied to such a one
        snapshot.copied = True
        return snapshot

    def _look_after(self) -> None:
        """Now and then: what was added may be too much, or forgotten again."""
        if self._added_bytes > self._slack_bytes:
            self.check()
        with self._lock:
            self._take_in()
            if len(self._references) > self._n_before_sweep:
                self._sweep()

    def _take_in(self) -> None:
        """Those that came since the last time, and live."""
        new, references, by_storage = self._new, self._references, self._by_storage
        while new:
            reference = new.popleft()
            snapshot = reference()
            if snapshot is not None:
                references.append(reference)
                self._living_bytes += snapshot.held_bytes
                if by_storage.setdefault(snapshot.storage, reference) is not reference:
                    _add(by_storage, snapshot.storage, reference)

    def _enter_storage(self, snapshot: Snapshot, reference: _Reference) -> None:
        self._living_bytes += snapshot.held_bytes
        _add(self._by_storage, snapshot.storage, reference)

    def _sweep(self) -> None:
        """Forget the dead, and those without a value."""
        self._take_in()
        living: list[_Reference] = []
        by_storage: dict[int, _Members] = {}
        n_bytes = 0
        for reference in self._references:
            snapshot = reference()
            if snapshot is None or snapshot.tensor is None:
                continue
            living.append(reference)
            n_bytes += snapshot.held_bytes
            _add(by_storage, snapshot.storage, reference)
        self._beside = [reference for reference in self._beside if reference() is not None]
        self._references, self._by_storage, self._living_bytes = living, by_storage, n_bytes
        self._n_before_sweep = max(_FEWEST, 2 * len(living))

    def _in_storage(self, key: int) -> list[Snapshot]:
        """Those that live and have a value there; the address may have been that of another storage before."""
        members = self._by_storage.get(key, [])
        references = members if isinstance(members, list) else [members]
        found = [snapshot for reference in references if _has_value(snapshot := reference(), key)]
        if len(found) < len(references):  # a parameter is written at every step
            self._by_storage[key] = [_refer(snapshot) for snapshot in found]
        return found

    def before_write(self, tensor: Tensor, writer: Callable[[], object]) -> list[tuple[Snapshot, Tensor]]:
        """Copy every snapshot in the storage of `tensor`, which is about to be written, where the budget has room.

        Each is told who writes. Returned with each is the tensor that it was, whose version tells afterwards whether
        autograd noticed.
        """
        storage = native.untyped_storage(tensor)
        key = storage._cdata
        if not self._new and key not in self._by_storage:
            return []
        with self._lock:
            self._take_in()
            for snapshot in self._in_storage(key):
                snapshot.meet_others()
            snapshots = [s for s in self._in_storage(key) if not s.copied and version_of(s.tensor) == s.version]
            apart = sum(native.nbytes(s.tensor) for s in snapshots if s.tensor is not None)
            if not snapshots:
                return []
            call = writer()
            for snapshot in snapshots:
                if snapshot.writer is None:
                    snapshot.writer, snapshot.written_storage, snapshot.written_bytes = call, key, storage.nbytes()
            written = [(snapshot, snapshot.tensor) for snapshot in snapshots if snapshot.tensor is not None]
            if not self._has_room(min(apart, storage.nbytes())):
                return written
            # One copy of the storage serves a parameter and its transpose; a row of a large table is copied alone.
            whole = None
            if storage.nbytes() < apart:
                bytes_of = torch.empty(0, dtype=torch.uint8, device=storage.device).set_(storage)
                whole = bytes_of.clone().untyped_storage()
            for snapshot in snapshots:
                self._move(snapshot, whole)
            return written

    def before_writes(
        self, tensors: Sequence[Tensor], writer: Callable[[], object]
    ) -> list[tuple[Tensor, Snapshot, Tensor]]:
        """As `before_write`, of tensors that are about to be written one after the other, each before what it returns
        of that. Of small ones the copies are one, which their snapshots share: the parameters of a loop."""
        small: list[tuple[Tensor, Snapshot, Tensor]] = []
        found: list[tuple[Tensor, Snapshot, Tensor]] = []
        with self._lock:
            self._take_in()
            for tensor in tensors:
                snapshot = self._only_one_in(_untyped_storage(tensor)._cdata)
                old = None if snapshot is None else snapshot.tensor
                if snapshot is not None and old is not None and _is_small_and_whole(old, snapshot):
                    snapshot.copied = True  # which a second tensor in the same storage finds
                    small.append((tensor, snapshot, old))
                else:
                    found += [(tensor, *one) for one in self.before_write(tensor, writer)]
            if len(small) > 1 and self._copy_together(small, writer):
                return found + small
            for tensor, snapshot, _ in small:
                snapshot.copied = False
                found += [(tensor, *one) for one in self.before_write(tensor, writer)]
        return found

    def _only_one_in(self, key: int) -> Snapshot | None:
        """The one value there that was neither copied nor written to; None also of several, and where nobody knows."""
        members = self._by_storage.get(key)
        if members is None:
            return None
        found, its_own = None, None
        for reference in members if isinstance(members, list) else (members,):
            snapshot = reference()
            if snapshot is not None and snapshot.storage == key and snapshot.tensor is not None:
                if found is not None or snapshot.copied:
                    return None
                found, its_own = snapshot, reference
        if found is None or its_own is None or found.tensor is None:
            return None
        self._by_storage[key] = its_own  # without the dead, and those that have a copy
        return found if version_of(found.tensor) == found.version else None

    def _copy_together(self, written: Sequence[tuple[Tensor, Snapshot, Tensor]], writer: Callable[[], object]) -> bool:
        """Give snapshots of one kind of numbers the same elements in one new storage; False without room, or where they
        are of several kinds."""
        olds = [old for _, _, old in written]
        n_bytes = sum(map(native.nbytes, olds))
        if len(set(map(native.dtype, olds))) > 1 or not self._has_room(n_bytes):
            return False
        with below_autograd():
            news = _unflattened(_flattened(olds), olds)
        call, storage = writer(), _untyped_storage(news[0])
        key, n_bytes = storage._cdata, storage.nbytes()
        references: list[_Reference] = []
        for (_, snapshot, _), new in zip(written, news, strict=True):
            if snapshot.writer is None:
                snapshot.writer, snapshot.written_storage = call, snapshot.storage
                snapshot.written_bytes = snapshot.held_bytes
            self._living_bytes += n_bytes - snapshot.held_bytes
            snapshot.tensor, snapshot.storage, snapshot.held_bytes, snapshot.copied = new, key, n_bytes, True
            references.append(_refer(snapshot))
        self._by_storage[key] = references
        self._added_bytes += n_bytes
        return True

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
        self._living_bytes -= snapshot.held_bytes
        copy = Snapshot.of(new)
        snapshot.tensor, snapshot.storage, snapshot.held_bytes = new, copy.storage, copy.held_bytes
        snapshot.copied = True
        self._added_bytes += snapshot.held_bytes
        self._enter_storage(snapshot, weakref.ref(snapshot))

    def _has_room(self, n_bytes: int) -> bool:
        """Whether the budget has room for a copy; only where the last count leaves that open is there another."""
        return n_bytes <= self._slack_bytes - self._added_bytes or n_bytes <= self._budget_bytes - self.recorded_bytes

    @property
    def recorded_bytes(self) -> int:
        """Bytes that only snapshots keep alive: of the storages that no other tensor, graph or program refers to."""
        with self._lock:
            self._sweep()
            # Holds the storages: the address of a dead one must not be asked.
            living = [snapshot for reference in self._references if _has_value(snapshot := reference())]
            n_members = Counter([snapshot.storage for snapshot in living])
            one_of_each = {snapshot.storage: snapshot.tensor for snapshot in living if snapshot.tensor is not None}
            exclusive = sum(_exclusive_bytes(key, n_members[key], one) for key, one in one_of_each.items())
            return exclusive + sum(snapshot.beside_bytes for snapshot in living)

    def _exclusive_bytes(self, key: int) -> int:
        members = self._in_storage(key)
        tensor = members[0].tensor if members else None
        return 0 if tensor is None else _exclusive_bytes(key, len(members), tensor)

    def check(self) -> None:
        """`enforce` where there may be anything to drop: counting walks all storages."""
        with self._lock:
            self._take_in()
            if self._living_bytes > self._budget_bytes:
                self.enforce()
            else:
                self._begin_count(self._living_bytes)

    def enforce(self) -> int:
        """Drop the oldest values that only snapshots keep alive until `recorded_bytes`, returned, is in the budget."""
        with self._lock:
            recorded = self.recorded_bytes
            if recorded > self._budget_bytes:
                recorded = self._drop_oldest(recorded)
            self._begin_count(recorded)
            return recorded

    def _begin_count(self, recorded: int) -> None:
        self._added_bytes = 0
        # Counting walks all storages: not after every operation of a pass that runs at the limit.
        self._slack_bytes = max(self._budget_bytes - recorded, self._budget_bytes // 16)

    def _drop_oldest(self, recorded: int) -> int:
        for reference in tuple(self._references):
            snapshot = reference()
            if snapshot is None or snapshot.tensor is None:
                continue
            freed = self._exclusive_bytes(snapshot.storage)
            members = self._in_storage(snapshot.storage)
            beside = sum(member.beside_bytes for member in members)
            if freed or beside:
                freed += beside
                for member in members:
                    member.drop()
                recorded -= freed
                if recorded <= self._budget_bytes:
                    break
        self._sweep()
        return recorded


def _is_small_and_whole(tensor: Tensor, snapshot: Snapshot) -> bool:
    """Whether it is all that lies in its storage, one number after the other, in the memory of this machine."""
    return (
        snapshot.held_bytes <= _SMALL_BYTES
        and native.nbytes(tensor) == snapshot.held_bytes
        and bool(native.is_cpu(tensor))
        and bool(TensorBase.is_contiguous(tensor))
        and not native.is_complex(tensor)
        and not TensorBase.is_neg(tensor)
    )


def _add(by_storage: dict[int, _Members], key: int, reference: _Reference) -> None:
    members = by_storage.setdefault(key, reference)
    if isinstance(members, list):
        members.append(reference)
    elif members is not reference:
        by_storage[key] = [members, reference]


def _exclusive_bytes(key: int, n_members: int, tensor: Tensor) -> int:
    """Of the storage at this address, in which so many snapshots lie, one of them `tensor`, if nobody else holds it."""
    if _use_count(key) - 1 > n_members:  # the count itself takes a reference
        return 0
    return int(_untyped_storage(tensor).nbytes())


def _has_value(snapshot: Snapshot | None, storage: int = 0) -> TypeGuard[Snapshot]:
    """Whether it lives and has a value, in `storage` where that is given."""
    return snapshot is not None and snapshot.tensor is not None and storage in (0, snapshot.storage)
