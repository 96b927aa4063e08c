"""A call that made tensors or wrote into one, with what it took and returned, as the book of operations keeps it."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

from torch import Tensor
from torch.multiprocessing.reductions import StorageWeakRef

from engine.autograd.foreign_memory import Beside
from engine.autograd.operations.arguments import Arguments
from engine.autograd.operations.given import TakenOperand, is_still
from engine.autograd.records import Call
from engine.autograd.references import Reference
from engine.autograd.snapshot import Snapshot, can_alias, version_of
from engine.autograd.snapshots import SnapshotStore
from engine.tensors import native

KEPT_BYTES = 1 << 16  # of an operand up to which it is kept; of others only what the program itself still has is seen
_MOST_STORAGES = 4096  # that have been written to
WRITTEN = -2  # the version of what the call itself wrote into, which no tensor has


class Writes:
    """How often calls of the program have written into what tensors lie in, also where no version counter tells: into
    `.data`, or by `apply_`. What NumPy writes nobody tells: what lay there when it was given away is compared. Any
    thread may call."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._newest: dict[int, int] = {}  # by storage
        self._forgotten = 0
        self._given_away: dict[int, tuple[StorageWeakRef, Beside]] = {}  # as they were then, by storage

    def give_away(self, tensor: Tensor) -> None:
        """Others, as NumPy, may write into a large tensor from now on. Inside `Unseen`."""
        if not can_alias(tensor) or native.nbytes(tensor) <= KEPT_BYTES:
            return
        storage = native.untyped_storage(tensor)
        self._given_away = {key: one for key, one in self._given_away.items() if not one[0].expired()}
        beside = None if storage._cdata in self._given_away else Beside.of(_all_of(tensor))
        if beside is not None:
            self._given_away[storage._cdata] = StorageWeakRef(storage), beside

    def is_written_by_others(self, tensor: Tensor, beside: Beside | None) -> bool:
        """Whether others have written into a tensor without a word since it was as `beside`, or was given away."""
        if beside is not None:
            return not beside.is_still(native.bare(tensor))
        weak, known = self._given_away.get(storage_of(tensor), (None, None))
        return weak is not None and known is not None and not weak.expired() and not known.is_still(_all_of(tensor))

    def note(self, tensor: Tensor) -> None:
        """A call has written into it."""
        if len(self._newest) >= _MOST_STORAGES:
            self._newest, self._forgotten = {}, next(self._numbers)
        self._newest[storage_of(tensor)] = next(self._numbers)

    def of(self, tensor: Tensor) -> int:
        """The number of the newest write; of a storage that is not remembered another one than it had."""
        return self._newest.get(storage_of(tensor), self._forgotten)


def _all_of(tensor: Tensor) -> Tensor:
    """What a dense tensor lies in, in numbers of its dtype."""
    bare = native.bare(tensor)
    return bare.as_strided((native.untyped_storage(tensor).nbytes() // bare.element_size(),), (1,), 0)


class Operand(NamedTuple):
    """A tensor that a call took. `kept`: as it was then, where it is small; of another how often it had been written
    to by then, as `writes` counts that. `maker`: the call of the same statement that has returned it,
    without its numbers, and its place among the results."""

    reference: Reference
    kept: Snapshot | None
    version: int
    storage: int  # that it lay in, 0 where it is not kept
    writes: Writes | None = None
    n_writes: int = 0
    beside: Beside | None = None  # of a large one that others may write into
    maker: tuple[Operation, int] | None = None

    def value(self) -> Tensor | None:
        """As the call took it; None once it is gone or written to."""
        if self.kept is not None:
            tensor, note = self.kept.read()
            return tensor if note is None else None
        tensor = self.reference()
        if tensor is None or version_of(tensor) != self.version:
            return None
        return tensor if self.writes is None or self._is_untouched(tensor, self.writes) else None

    def _is_untouched(self, tensor: Tensor, writes: Writes) -> bool:
        return writes.of(tensor) == self.n_writes and not writes.is_written_by_others(tensor, self.beside)

    @property
    def is_changed(self) -> bool:
        """Whether the program has it still, and it is not as the call took it."""
        return self.kept is None and self.version != WRITTEN and self.reference() is not None and self.value() is None

    @property
    def is_written(self) -> bool:
        """Whether the call wrote into it, so that only what it made of it is known."""
        return self.version == WRITTEN and self.kept is None

    def is_held_by(self, tensor: Tensor) -> bool:
        """Whether this tensor is what the call took."""
        return self.reference() is tensor

    def lies_with(self, result: Tensor) -> bool:
        """Whether it lay in the storage that `result` lies in."""
        operand = self.reference()
        storage = self.storage or (0 if operand is None else storage_of(operand))
        return storage != 0 and storage == storage_of(result)


class Made(NamedTuple):
    """A result of a call, when that had returned. `kept`: as it was then, where it is small."""

    kept: Snapshot | None
    version: int
    layout: tuple[Any, ...] | None  # where and how it lay, None of one without a plain storage
    writes: Writes
    n_writes: int

    @classmethod
    def of(cls, tensor: Tensor, store: SnapshotStore, writes: Writes, *, may_keep: bool) -> Made:
        """Of a tensor that a call has just returned."""
        kept = store.keep(tensor) if may_keep and can_alias(tensor) and native.nbytes(tensor) <= KEPT_BYTES else None
        return cls(kept, version_of(tensor), _layout_of(tensor), writes, 0 if kept else writes.of(tensor))

    def is_now(self, result: Tensor) -> bool:
        """Whether it has its numbers still. Of a large one, whether nobody wrote into what it lies in."""
        if self.kept is not None:
            self.kept.meet_others()
        is_untouched = version_of(result) == self.version and self.layout == _layout_of(result)
        if self.kept is None:
            is_written = self.writes.of(result) != self.n_writes or self.writes.is_written_by_others(result, None)
            return is_untouched and not is_written
        return (is_untouched and not self.kept.copied) or is_still(self.kept, result)

    def is_turned(self, result: Tensor) -> bool:
        """Whether its cells stand elsewhere since: in other axes, or in another order."""
        return self.layout is not None and self.layout[2:] != (_layout_of(result) or self.layout)[2:]

    def was(self, kept: Snapshot) -> bool:
        """Whether a value that was kept later is this one. Of a large one, whether no write was counted between."""
        if self.kept is None:
            return self.version == kept.version != -1 and not kept.is_unnoticed
        value, note = kept.read()
        return value is not None and note is None and is_still(self.kept, value)


class Operation(NamedTuple):
    """A call: `arguments` are its own, with places in `operands` for tensors; None where they are not kept."""

    serial: int
    call: Call
    operands: tuple[Operand | TakenOperand, ...]
    arguments: Arguments | None
    results: tuple[Reference, ...] = ()
    origin: Operation | None = None  # of one that wrote into a tensor, the first call known that made or wrote it
    made: tuple[Made, ...] = ()  # the results, when it had returned
    earlier: tuple[Operation, ...] = ()  # of one that wrote into a tensor, the newest calls before, the newest first
    depth: int = 0  # of the calls that made what it took, one of the other

    def that_made(self, kept: Snapshot, place: int) -> Operation | None:
        """Of this call and those before it the one whose result was `kept`, which somebody may have written into since;
        None where that is not known. Inside `Unseen`."""
        return next((one for one in self.with_earlier() if place < len(one.made) and one.made[place].was(kept)), None)

    def with_earlier(self) -> tuple[Operation, ...]:
        """It, and the calls before it that are remembered, the newest first."""
        return (self, *self.earlier, *(() if self.origin is None else (self.origin,)))

    @property
    def shapes(self) -> tuple[tuple[int, ...] | None, ...]:
        """Of the results, when it had returned; None of one without a plain storage."""
        return tuple(None if one.layout is None else one.layout[2] for one in self.made)

    def without_numbers(self) -> Operation:
        """It, with nothing that is kept of what it took and made, nor what was before it."""
        operands = tuple([
            one._replace(kept=None, beside=None) if type(one) is Operand else one for one in self.operands
        ])  # fmt: skip
        made = tuple([one._replace(kept=None) for one in self.made])
        return self._replace(operands=operands, made=made, origin=None, earlier=())

    def alone(self) -> Operation:
        """It, without those before it."""
        return self._replace(origin=None, earlier=())


def _layout_of(tensor: Tensor) -> tuple[Any, ...] | None:
    """Storage, place in it, shape and strides."""
    if not can_alias(tensor):
        return None
    return storage_of(tensor), native.storage_offset(tensor), native.shape(tensor), native.stride(tensor)


def storage_of(tensor: Tensor) -> int:
    """The address of what a tensor lies in; 0 of one without a plain storage."""
    return int(native.untyped_storage(tensor)._cdata) if can_alias(tensor) else 0
