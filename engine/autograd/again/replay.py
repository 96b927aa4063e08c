"""A tape run again with another value of one tensor: only what depends on it, in float64, without the program.

What the program drew at random stays what it was, and so does what it took out of a tensor as a number of Python.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from engine.autograd.again import wider
from engine.autograd.again.tape import Entry, Opaque, Ref, Tag, Tape, Use, flat_of, placed, tensors_of

_aten = torch.ops.aten
_NUMBER_TAKEN = (_aten._local_scalar_dense.default,)
_DRAWS = frozenset(
    {"bernoulli_", "uniform_", "normal_", "random_", "exponential_", "geometric_", "log_normal_", "cauchy_", "rand"}
    | {"rand_like", "randn", "randn_like", "randint", "randint_like", "randperm", "normal", "multinomial", "bernoulli"}
)  # what comes of them has no derivative by what they are given
_OF_SHAPE = frozenset(
    {"empty_like", "zeros_like", "ones_like", "full_like", "new_empty", "new_zeros", "new_ones", "new_full"}
    | {"new_empty_strided"}
)  # they read no element
_WIDER = {
    **dict.fromkeys((torch.float16, torch.bfloat16, torch.float32), torch.float64),
    torch.complex64: torch.complex128,
}
_APART = -1  # the key of a storage that only the replay has
_CACHED_BYTES = 1 << 30  # of operands that stay what they are, in float64


class CannotReplayError(Exception):
    """An operation that another value cannot be led through; `operation` is its name, on `line` of the program."""

    def __init__(self, operation: str, line: int, reason: str = "") -> None:
        super().__init__(reason)
        self.operation, self.line, self.reason = operation, line, reason


class _Step(NamedTuple):
    at: int  # the number of the entry
    entry: Entry
    is_restored: bool  # its results are what they were
    adopts: tuple[Ref, ...]  # what it writes into, which did not depend on anything before
    frees: tuple[int, ...]  # what nobody reads after it


class Constants:
    """Operands that stay what they are, in the types that a replay computes with. Shared by the replays of a tape."""

    def __init__(self, tape: Tape, dtype: torch.dtype | None) -> None:
        self._tape = tape
        self._is_wide = dtype is torch.float64
        self._kept: dict[tuple[int, int, torch.dtype], Tensor] = {}
        self._n_bytes = 0

    def dtype(self, dtype: torch.dtype) -> torch.dtype:
        """That which stands for it in a replay."""
        return _WIDER.get(dtype, dtype) if self._is_wide else dtype

    def flat(self, ref: Ref, index: int) -> Tensor:
        """The whole storage as the entry at `index` finds it, not to be written to."""
        storage = self._tape.content(ref.storage, index)
        key = (ref.storage, storage._cdata, ref.dtype)
        found = self._kept.get(key)
        if found is None:
            found = flat_of(storage, ref.dtype).to(self.dtype(ref.dtype))
            n_bytes = found.untyped_storage().nbytes()
            if self._n_bytes + n_bytes <= _CACHED_BYTES:
                self._kept[key] = found
                self._n_bytes += n_bytes
        return found


class Replay:
    """What depends on one tensor, from its use in the graph to `ends`.

    `as_tracked`: only along the ways that autograd follows; what it was cut off from stays what it was. Raises
    CannotReplayError.
    """

    def __init__(self, tape: Tape, tag: Tag | None, use: Use, ends: Sequence[Ref], constants: Constants,
                 *, as_tracked: bool = False) -> None:  # fmt: skip
        self._tape, self._tag, self._use = tape, tag, use
        self._ends, self._constants, self._as_tracked = ends, constants, as_tracked
        self.numbers_taken: list[int] = []  # lines where one was taken out of what depends on it
        self.cuts: list[int] = []  # lines where what depends on it goes on without a graph
        self.draws = False  # whether the program draws random numbers in between
        self._is_apart = self._lies_apart()
        self._own = _APART if self._is_apart else use.ref.storage  # the key of the storage that the tensor lies in
        self._tracked_storages = {use.ref.storage}
        self.steps = self._planned()

    def _lies_apart(self) -> bool:
        """Whether the tensor is a view that nobody writes through: then what it is a view of stays what it is, and the
        tensor has a storage of its own in the replay."""
        tag = self._tag
        if tag is None or tag not in self._tape.parents:
            return False
        later = self._tape.entries[self._use.start :]
        return not any(self._tape.is_of(write, tag) for entry in later for write in entry.writes)

    def _key(self, ref: Ref) -> int:
        """By which the storage of an operand is known in the replay."""
        if self._is_apart and ref.storage == self._use.ref.storage and self._tag is not None:
            return _APART if self._tape.is_of(ref, self._tag) else ref.storage
        return ref.storage

    # -- the plan

    def _planned(self) -> list[_Step]:
        dirty = {self._own}
        found: list[tuple[int, Entry, bool, tuple[Ref, ...]]] = []
        for index in range(self._use.start, len(self._tape.entries)):
            entry = self._tape.entries[index]
            self.draws = self.draws or (index > self._tape.graph_start and _name(entry) in _DRAWS)
            changed = [ref for ref in entry.operands() if type(ref) is Ref and self._is_changed(ref, dirty, entry)]
            if not changed or _name(entry) in _OF_SHAPE:
                continue
            self._note_cut(entry, changed)
            if entry.operation in _NUMBER_TAKEN:
                self.numbers_taken.append(entry.line)
            elif entry.writes or entry.fresh:  # no view
                if any(type(one) is Opaque for one in (*entry.operands(), *tensors_of(entry.outputs))):
                    raise CannotReplayError(_name(entry), entry.line)
                adopts = tuple(ref for ref in entry.writes if ref.storage not in dirty)
                dirty |= entry.fresh | {ref.storage for ref in entry.writes}
                found.append((index, entry, _name(entry) in _DRAWS, adopts))
        return self._with_ends(found)

    def _is_changed(self, ref: Ref, dirty: Collection[int], entry: Entry | None) -> bool:
        """Whether an operand of an entry depends on the tensor."""
        if self._as_tracked and entry is not None and not _is_tracked(ref, entry):
            return False
        return self._key(ref) in dirty

    def _note_cut(self, entry: Entry, changed: Sequence[Ref]) -> None:
        """Autograd does not follow what an entry makes of a tensor that it has followed until there."""
        if entry.is_inside or not any(_is_real(ref) for ref in tensors_of(entry.outputs)):
            return
        if not (entry.writes or entry.fresh):  # a view matters once it is used
            return
        tracked = [ref for ref in changed if ref.is_tracked]
        for ref in changed:
            if not ref.is_tracked and ref.storage in self._tracked_storages:
                self.cuts.append(self._tape.cut_lines.get(ref.place, entry.line))
        if tracked and not entry.is_graded:
            self.cuts.append(entry.line)
        elif tracked:
            self._tracked_storages |= entry.fresh

    def _with_ends(self, found: list[tuple[int, Entry, bool, tuple[Ref, ...]]]) -> list[_Step]:
        """Each step with what nobody reads after it."""
        last = {self._key(ref): len(found) for ref in self._ends}
        for place, (_, entry, _, _) in enumerate(found):
            for ref in (*entry.operands(), *tensors_of(entry.outputs)):
                if type(ref) is Ref:
                    last[self._key(ref)] = max(place, last.get(self._key(ref), 0))
        frees: dict[int, list[int]] = {}
        for key, place in last.items():
            frees.setdefault(place, []).append(key)
        return [_Step(*step, tuple(frees.get(place, ()))) for place, step in enumerate(found)]

    # -- running

    def value(self) -> Tensor:
        """The tensor as the program had it, in the type that is computed with; a copy, in row-major order."""
        ref = self._use.ref
        return placed(self._constants.flat(ref, self._use.start), ref).clone(memory_format=torch.contiguous_format)

    def run(self, value: Tensor, told: Callable[[Entry, Sequence[Tensor]], None] | None = None) -> list[Tensor]:
        """What stands in `ends` where the tensor is `value`, of its shape. `told` hears of each operation that ran and
        of its results. Raises CannotReplayError."""
        ref, live = self._use.ref, {}
        live[self._own] = self._constants.flat(ref, self._use.start).clone()
        placed(live[self._own], ref).copy_(value)
        with torch.no_grad():
            for step in self.steps:
                results = self._restored(step, live) if step.is_restored else self._computed(step, live)
                if told is not None:
                    told(step.entry, results)
                for key in step.frees:
                    live.pop(key, None)
            return [self._operand(end, len(self._tape.entries), live, None).clone() for end in self._ends]

    def _computed(self, step: _Step, live: dict[int, Tensor]) -> list[Tensor]:
        entry = step.entry
        for ref in step.adopts:
            live[ref.storage] = self._constants.flat(ref, step.at).clone()
        args = self._given(entry.args, step, live)
        kwargs = {name: self._given(value, step, live) for name, value in entry.kwargs.items()}
        try:
            output = wider.run(entry.operation, args, kwargs)
        except (RuntimeError, NotImplementedError) as error:
            raise CannotReplayError(_name(entry), entry.line, str(error).partition("\n")[0]) from error
        results = _tensors(output)
        for ref, result in zip(tensors_of(entry.outputs), results, strict=False):
            if ref.storage in entry.fresh:
                self._put(ref, result, live)
        return results

    def _restored(self, step: _Step, live: dict[int, Tensor]) -> list[Tensor]:
        """What was drawn at random, as it was drawn."""
        found = []
        for ref in (*tensors_of(step.entry.outputs), *step.entry.writes):
            kept = placed(self._constants.flat(ref, step.at + 1), ref)
            self._put(ref, kept, live)
            found.append(kept)
        return found

    def _put(self, ref: Ref, result: Tensor, live: dict[int, Tensor]) -> None:
        """A result into its storage, as it lay there in the program."""
        flat = live.get(ref.storage)
        if flat is None:
            n_elements = self._tape.storages[ref.storage].nbytes() // ref.dtype.itemsize
            flat = live[ref.storage] = torch.empty(n_elements, dtype=self._constants.dtype(ref.dtype))
        placed(flat, ref).copy_(result)

    def _given(self, value: Any, step: _Step, live: dict[int, Tensor]) -> Any:
        kind = type(value)
        if kind is Ref:
            return self._operand(value, step.at, live, step.entry)
        if kind is list or kind is tuple:
            return kind(self._given(item, step, live) for item in value)
        return self._constants.dtype(value) if kind is torch.dtype else value

    def _operand(self, ref: Ref, index: int, live: dict[int, Tensor], entry: Entry | None) -> Tensor:
        is_changed = self._is_changed(ref, live, entry) or (entry is not None and ref in entry.writes)
        flat = live[self._key(ref)] if is_changed else self._constants.flat(ref, index)
        if flat.dtype != self._constants.dtype(ref.dtype):
            raise CannotReplayError("view", 0 if entry is None else entry.line)
        return placed(flat, ref)


def _is_tracked(ref: Ref, entry: Entry) -> bool:
    """Whether autograd follows what an entry makes of an operand."""
    return entry.is_inside or (entry.is_graded and (ref.is_tracked or ref in entry.writes))


def _name(entry: Entry) -> str:
    return str(entry.operation._schema.name).removeprefix("aten::")


def _is_real(ref: Any) -> bool:
    return type(ref) is Ref and ref.dtype.is_floating_point


def _tensors(value: Any) -> list[Tensor]:
    if isinstance(value, (tuple, list)):
        return [tensor for item in value for tensor in _tensors(item)]
    return [value] if isinstance(value, Tensor) else []
