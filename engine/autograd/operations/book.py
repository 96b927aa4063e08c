"""The newest calls of the program that made a tensor without a graph, with what they took."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Container, Sequence
from typing import Any, NamedTuple

from torch import Tensor

from engine.autograd.operations.arguments import emptied
from engine.autograd.operations.beginnings import Beginnings
from engine.autograd.operations.given import Gone, Kept
from engine.autograd.operations.operation import KEPT_BYTES, WRITTEN, Made, Operand, Operation, Writes, storage_of
from engine.autograd.operations.transformed import Transformed
from engine.autograd.operations.writing import STATE, WRITING
from engine.autograd.records import Call, LeafRecord
from engine.autograd.references import Reference, refer
from engine.autograd.snapshot import Snapshot, can_alias, version_of
from engine.autograd.snapshots import SnapshotStore
from engine.program.places import Place
from engine.tensors import native

_MAX_OPERANDS = 32
_FAILED_BYTES = 1 << 24  # of an operand of a call that failed: one call, whose operands often are nowhere else
_KEPT_OF_A_LOOP = 32  # times of an instruction in one statement: then it is a loop, which may be long
_NOTED_OF_A_LOOP = 512
_NEWEST = 64  # operations of one statement whose results may be gone
_MOST_HELD = 4096  # results
_DEEPEST = 8  # calls that made what another one took, one of the other
_EARLIER = 4  # writes before the newest that are remembered of a tensor
_OF_SETITEM = 3  # arguments
_AUGMENTED_BYTES = 16  # of code, from the operation of an augmented assignment to its end


class _Part(NamedTuple):
    """The view that was written into last, and what it was: `x[0] += 1` does that before it tells x so."""

    reference: Reference
    kept: Kept
    place: Place  # of the instruction that wrote

    def is_told(self, value: Any, place: Place) -> bool:
        """Whether an instruction ends that statement, and gives the view itself."""
        is_near = place.code is self.place.code and 0 < place.offset - self.place.offset <= _AUGMENTED_BYTES
        return is_near and self.reference() is value


class OperationBook:
    """Of one program. Its threads call `note`, the main one `settle`; others read inside `GATE.reading`. `beginnings`:
    how tensors began, of no other tensor or of one with another dtype or device."""

    def __init__(self, store: SnapshotStore) -> None:
        self._store = store
        self.beginnings = Beginnings()
        self.transformed = Transformed()
        self._writes = Writes()
        self._new: list[Operation] = []  # of the statement that runs
        self._n_new = _NEWEST  # of these, before those without a living result are let go of
        self._inside: deque[Operation] = deque(maxlen=_NEWEST)  # of libraries in it
        self._makers: dict[int, tuple[Operation, int]] = {}  # in it, by id of a result, with its place among them
        self._n_made: dict[tuple[Place | None, str], int] = {}  # in it, by instruction, and module of a library
        self._held: dict[int, tuple[Reference, Operation]] = {}  # of those before, by id of a result that lives on
        self._limit = _NEWEST
        self._part: _Part | None = None
        self.failed: Operation | None = None  # that ended the newest run with an exception
        self._serials = itertools.count(1)

    def note(
        self,
        call: Call,
        given: tuple[tuple[Any, ...], dict[str, Any]],
        consumed: Sequence[Tensor],
        outputs: Sequence[Tensor],
        before: Kept | None = None,
    ) -> None:
        """A call of the program, or of a library that it has called, has taken tensors and returned some without a
        graph, or written into one, which was `before` as the book has kept it. On the path of every such operation:
        keep it small."""
        if not 0 < len(consumed) <= _MAX_OPERANDS or call.function in STATE:
            return
        made = set(map(id, outputs))
        is_writing = call.function in WRITING or given[1].get("inplace") is True or "out" in given[1]
        if is_writing:
            for tensor in outputs:
                self._writes.note(tensor)
        if not is_writing and made <= set(map(id, consumed)):
            return  # its operand, as it came: `contiguous` of what is, dropout that does not train
        instruction = call.place, "" if call.direct or call.module is None else call.module.path
        n_made = self._n_made[instruction] = self._n_made.get(instruction, 0) + 1
        if n_made > _NOTED_OF_A_LOOP:
            return
        may_keep = n_made <= _KEPT_OF_A_LOOP
        if not call.direct and call.module is None and is_writing:
            return  # an optimizer, an initialization
        taken = tuple([
            self._written(one, before) if is_writing and id(one) in made else self._taken(one, may_keep=may_keep)
            for one in consumed
        ])  # fmt: skip
        arguments, results = emptied(*given), tuple(map(refer, outputs))
        before_it = self.of(outputs[0]) if may_keep and any(id(one) in made for one in consumed) else None
        origin = before_it if before_it is None or before_it.origin is None else before_it.origin
        earlier = () if before_it is None else (before_it.alone(), *before_it.earlier)[:_EARLIER]
        kept = tuple([Made.of(one, self._store, self._writes, may_keep=may_keep) for one in outputs])
        depth = max([0 if one.maker is None else one.maker[0].depth + 1 for one in taken])
        operation = Operation(next(self._serials), call, taken, arguments, results, origin, kept, earlier, depth)
        maker = operation.without_numbers()
        for place, one in enumerate(outputs):
            self._makers[id(one)] = maker, place
        while len(self._makers) > _NEWEST:
            del self._makers[next(iter(self._makers))]
        if call.direct:
            self._add(operation)
        else:
            self._inside.append(operation)

    def fail(
        self,
        call: Call,
        given: tuple[tuple[Any, ...], dict[str, Any]],
        consumed: Sequence[Tensor],
        kept: Container[int],
    ) -> Operation:
        """A call has ended the run with an exception: it made nothing of what it took, of which those at some places
        are kept."""
        taken = tuple([
            self._taken(one, may_keep=place in kept, most_bytes=_FAILED_BYTES)
            for place, one in enumerate(consumed)
        ])  # fmt: skip
        self.failed = failed = Operation(next(self._serials), call, taken, emptied(*given))
        return failed

    def _add(self, operation: Operation) -> None:
        new = self._new
        if len(new) >= self._n_new:
            new[:] = [one for one in new if _living(one)][-_MOST_HELD:]
            self._n_new = _NEWEST + 2 * len(new)
        new.append(operation)

    def note_written(self, tensor: Tensor) -> None:
        """A call that returns nothing has written into it: an assignment to cells."""
        self._writes.note(tensor)

    def give_away(self, tensor: Tensor) -> None:
        """Others, as NumPy, may write into a tensor from now on. Inside `Unseen`."""
        self._writes.give_away(tensor)

    def note_returned(self, tensor: Tensor) -> None:
        """A module has returned a tensor to the program: what made it is remembered as one of its own calls."""
        for operation in reversed(self._inside):
            if any(one is tensor for one in _living(operation)):
                self._add(operation)
                return

    def before(self, args: tuple[Any, ...], kept: Kept | None, place: Place) -> Kept | None:
        """What an instruction at `place` may be about to write into, the first of `args`, as it is now: `kept` where a
        graph has it, else, of small tensors, by the book. None of any other, and of one in a long loop."""
        tensor, part, self._part = args[0], self._part, None
        if not issubclass(type(tensor), Tensor) or self._n_made.get((place, ""), 0) >= _KEPT_OF_A_LOOP:
            return None
        is_small = can_alias(tensor) and native.nbytes(tensor) <= KEPT_BYTES
        if part is not None and is_small and len(args) == _OF_SETITEM and part.is_told(args[2], place):
            return self._whole_before(tensor, args[1], part)
        kept = kept or (self._store.keep(tensor) if is_small else None)
        if kept is not None and native.base(tensor) is not None:
            self._part = _Part(refer(tensor), kept, place)
        return kept

    def _whole_before(self, tensor: Tensor, index: Any, part: _Part) -> Snapshot | None:
        before, note = (None, None) if isinstance(part.kept, LeafRecord | Gone) else part.kept.read()
        if before is None or note is not None:
            return None
        whole = self._store.take_copy(tensor)
        assert whole.tensor is not None
        whole.tensor[index] = before
        whole.version, whole.written_storage = version_of(whole.tensor), storage_of(tensor)
        return whole

    def _written(self, tensor: Tensor, before: Kept | None) -> Operand:
        before = before if isinstance(before, Snapshot) else None
        return Operand(refer(tensor), before, WRITTEN, 0)

    def _taken(self, tensor: Tensor, *, may_keep: bool, most_bytes: int = KEPT_BYTES) -> Operand:
        is_small = may_keep and can_alias(tensor) and native.nbytes(tensor) <= most_bytes
        kept = self._store.keep(tensor) if is_small else None
        maker = self._maker(tensor)
        if kept is None:
            beside = self._store.beside(tensor) if may_keep and can_alias(tensor) else None
            n_writes = self._writes.of(tensor)
            return Operand(refer(tensor), None, version_of(tensor), 0, self._writes, n_writes, beside, maker)
        return Operand(refer(tensor), kept, kept.version, kept.storage, maker=maker)

    def _maker(self, tensor: Tensor) -> tuple[Operation, int] | None:
        """Of what a call of the statement that runs has returned."""
        found = self._makers.get(id(tensor))
        if found is None or found[0].depth >= _DEEPEST or found[0].results[found[1]]() is not tensor:
            return None
        return found

    def new_serial(self) -> int:
        """Of an operation that is none of these."""
        return next(self._serials)

    def settle(self) -> None:
        """A statement has ended: what still has its result, a variable or a list, has it for longer."""
        for operation in (*self._inside, *self._new):
            for tensor in _living(operation):
                self._held[id(tensor)] = refer(tensor), operation
        self._new.clear()
        self._n_new = _NEWEST
        self._inside.clear()
        self._n_made.clear()
        self._makers.clear()
        self._part = None
        if len(self._held) > self._limit:
            self.forget_dead()
            while len(self._held) > _MOST_HELD:
                del self._held[next(iter(self._held))]
            self._limit = _NEWEST + 2 * len(self._held)

    def forget_dead(self) -> None:
        """Let go of what was kept for results that are gone."""
        self._new = [operation for operation in self._new if _living(operation)]
        inside = [operation for operation in self._inside if _living(operation)]
        self._inside.clear()
        self._inside.extend(inside)
        self._held = {key: entry for key, entry in self._held.items() if entry[0]() is not None}

    def of(self, tensor: Tensor) -> Operation | None:
        """What made a tensor, as far as it is remembered."""
        for operation in (*reversed(self._new), *reversed(self._inside)):
            if any(one is tensor for one in _living(operation)):
                return operation
        return _of(self._held, tensor)

    def by_serial(self, serial: int) -> Operation | None:
        """As an answer named it."""
        known = itertools.chain(self._new, self._inside, (operation for _, operation in self._held.values()))
        failed = () if self.failed is None else (self.failed,)
        every = itertools.chain(failed, *map(Operation.with_earlier, known))
        return next((operation for operation in every if operation.serial == serial), None)


def _living(operation: Operation) -> list[Tensor]:
    return [tensor for tensor in (reference() for reference in operation.results) if tensor is not None]


def _of(held: dict[int, tuple[Reference, Operation]], tensor: Tensor) -> Operation | None:
    entry = held.get(id(tensor))
    return entry[1] if entry is not None and entry[0]() is tensor else None
