"""Operations below autograd: the value of each node that a call makes inside, and what is about to be written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from threading import get_ident
from types import FrameType
from typing import Any

import torch
from torch import Tensor

from engine.autograd.node_records import NodeRecords, Operation
from engine.autograd.placing import Placing
from engine.autograd.records import Call, elements_of, tensors_in
from engine.autograd.snapshot import Snapshot, can_alias, version_of
from engine.autograd.snapshots import SnapshotStore
from engine.tensors import native, observing
from engine.tensors.unseen import quiet, spare

_sequence_nr: Callable[[], int] = torch.autograd._get_sequence_nr  # type: ignore[attr-defined]
_is_grad_enabled = torch.is_grad_enabled
_CLONE = torch.ops.aten.clone.default


Written = tuple[Tensor, Snapshot, Tensor]  # a tensor, what was recorded of it, and the tensor that that was


class Below:
    """What is seen there of one thread, and of those of torch's own that work for it.

    A node has the number `_get_sequence_nr() - 1` when its operation runs.
    """

    def __init__(self, store: SnapshotStore, records: NodeRecords, placing: Placing) -> None:
        self.pending: list[Operation] = []  # inside a public call, which will bind them
        self.is_inside = False  # an operation, where nothing is a public call
        self.collects = False  # a public call runs, which will bind what it makes
        self.public: Call | None = None  # that runs and will bind nothing: backward(), or one inside of torch.func
        self._seen = 0  # the next sequence number at the last look: a larger one means that a node was born
        self._overwritten: list[tuple[Snapshot, Tensor]] = []  # by the last operation, with what it wrote into
        self._cloning = -1  # the node whose in-place operation is making its clone, -1 for none
        self._slices: tuple[int, Tensor] | None = None  # the number that a CopySlices will have, and its base
        self._store = store
        self._records = records
        self._placing = placing

    def begin_call(self) -> int:
        """A public call begins. Returns the number that its first node will have."""
        self._seen = start = _sequence_nr()
        self._cloning, self._slices = -1, None
        return start

    def end_call(self) -> None:
        """It has returned, or raised."""
        if self._overwritten:
            self.settle_writes()
        self._seen = _sequence_nr()
        self._slices = None

    def end_unobserved(self, end: int) -> None:
        """As `end_call`, of one inside of which nothing was observed; the next node will have the number `end`."""
        if self._overwritten:
            self.settle_writes()
        self._seen = end
        self._slices = None

    def look(self) -> None:
        """What was born until now belongs to no operation that is still to come."""
        self._seen = _sequence_nr()

    def run(self, keyset: Any, seen: observing.Observed, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Run an operation, and record its value where a node was born for it."""
        written: list[Any] = []
        if seen.written or self._overwritten or self._slices is not None:
            written = [args[position] if position < len(args) else kwargs.get(name) for position, name in seen.written]
            self._before_operation(seen.overload, written)
        sequence = _sequence_nr()
        born = sequence > self._seen and _is_grad_enabled() and get_ident() == self._placing.thread
        self.is_inside = True
        output = seen.run(keyset, args, kwargs)
        if born:
            # An in-place operation that saves what it overwrites clones it first, after its own node was born.
            if self.public is not None and self.public.context is not None and self.public.context.transforms:
                self._records.waiting.keep_calls(self.public, self._seen, sequence - 1)
            self._cloning = sequence - 2 if sequence - self._seen > 1 and seen.overload is _CLONE else -1
            self._seen = sequence
            if self.collects and not written:
                self.pending.append(Operation(sequence - 1, output, args))
            else:
                self._after_operation(Operation(sequence - 1, output, args), seen.overload, written, sequence)
        elif written and self._cloning >= 0:
            self._after_operation(Operation(self._cloning, output, args), seen.overload, written, sequence)
            self._cloning = -1
        return output

    def before_call_writes(self, tensor: Tensor, function: Any, frame: FrameType) -> None:
        """As of an operation, of a call of `function` from `frame`, which is that operation alone."""
        try:
            with quiet():
                if can_alias(tensor):
                    self._before_write(tensor, lambda: self._placing.call(function, frame))
        except Exception as error:
            spare(error)

    def before_writes(self, tensors: Sequence[Tensor], call: Callable[[], Call]) -> list[Written]:
        """As of an operation, of a call that writes into all of `tensors`, which `can_alias`. Returns what had been
        recorded of them. Inside `Unseen`."""
        if self.pending or get_ident() != self._placing.thread:
            written = [(tensor, *one) for tensor in tensors for one in self._before_write(tensor, call)]
        else:
            written = self._store.before_writes(tensors, call)
            self._overwritten += [(snapshot, before) for _, snapshot, before in written]
        return written

    def _before_write(self, tensor: Tensor, call: Callable[[], Call]) -> list[tuple[Snapshot, Tensor]]:
        """Keep the recorded values that lie in `tensor`, and return each with the tensor that it was."""
        written = self._store.before_write(tensor, call)
        if get_ident() == self._placing.thread:
            self._overwritten += written
        if self.pending:
            key = native.untyped_storage(tensor)._cdata
            for index, seen in enumerate(self.pending):
                is_several = issubclass(type(seen.output), (tuple, list))
                outputs = elements_of(seen.output) if is_several else (seen.output,)
                self.pending[index] = seen._replace(output=[self._copy_if_in(key, item) for item in outputs])
        return written

    def settle_writes(self) -> None:
        """The last operation has come to its end, and has counted up the version of what it wrote into."""
        with quiet():
            for snapshot, written in self._overwritten:
                snapshot.is_unnoticed = version_of(written) == snapshot.version
        self._overwritten.clear()

    def _before_operation(self, operation: Any, written: list[Any]) -> None:
        frame = sys._getframe(1)  # its own would lead back to itself
        try:
            with quiet():
                if self._overwritten and get_ident() == self._placing.thread:
                    self.settle_writes()
                for tensor in tensors_in(written):
                    if can_alias(tensor):
                        self._before_write(tensor, lambda: self._placing.call(operation, frame))
                if self._slices is not None:
                    self._meet_slices()
        except Exception as error:
            spare(error)

    def _after_operation(self, seen: Operation, function: Any, written: list[Any], sequence: int) -> None:
        """An operation below autograd belongs to a node; one that writes into a view, to the CopySlices of its base,
        whose number will be `sequence`."""
        try:
            with quiet():
                self._note(seen, function)
                tensor = next(iter(tensors_in(written)), None)
                base = None if tensor is None else native.base(tensor)
                if base is not None:
                    self._slices = sequence, base
                    self._note(Operation(sequence, base, seen.arguments), function)
        except Exception as error:
            spare(error)

    def _note(self, seen: Operation, function: Any) -> None:
        if self.collects:
            self.pending.append(seen)
        else:
            self._records.keep_unbound(seen, self.public or self._placing.call(function, sys._getframe()))

    def _meet_slices(self) -> None:
        """A write into a view, which was noted, has made its base's CopySlices meanwhile, or none after all."""
        assert self._slices is not None
        (number, base), self._slices = self._slices, None
        node = native.grad_fn(base)
        if node is not None and node._sequence_nr() == number:  # type: ignore[attr-defined]
            self._seen = number + 1

    def _copy_if_in(self, key: int, item: Any) -> Any:
        if issubclass(type(item), Tensor) and can_alias(item) and native.untyped_storage(item)._cdata == key:
            return self._store.take_copy(item)
        return item


def copies_among(written: Iterable[Written]) -> dict[int, Tensor]:
    """Those that were made of whole tensors before they were written, by id of the tensor. Inside `Unseen`."""
    copies: dict[int, Tensor] = {}
    for tensor, snapshot, before in written:
        copy = snapshot.tensor
        if snapshot.copied and copy is not None and native.is_laid_out_as(before, tensor):
            copies.setdefault(id(tensor), copy)
    return copies
