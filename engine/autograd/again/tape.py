"""Every operation of a stretch of a program, below autograd and in order: what a replay needs.

Operands and results are places in storages, so that views, writes and what autograd cut off need no case of their own.
A tape keeps all that it saw alive: it is written in a copy of the process, and goes with it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Set
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from engine.autograd.records import PLAIN_TENSORS
from engine.tensors import native

_sequence_nr: Callable[[], int] = torch.autograd._get_sequence_nr  # type: ignore[attr-defined]
Tag = tuple[int, int]  # what a tensor is in a graph: its node's number and output; of a leaf its own id and -1


class Ref(NamedTuple):
    """A tensor as an operation saw it: a place in a storage, and what it is in the graph."""

    storage: int
    dtype: torch.dtype
    size: tuple[int, ...]
    stride: tuple[int, ...]
    offset: int
    tag: Tag | None = None
    is_tracked: bool = False  # it requires a gradient; False with a tag: autograd was cut off from it

    @property
    def place(self) -> tuple[Any, ...]:
        """Without what it is in the graph."""
        return self[:5]


class Opaque(NamedTuple):
    """A tensor without a storage of plain numbers: sparse, nested, or of a class of its own."""

    tensor: Tensor


class Entry(NamedTuple):
    """One operation. In `args`, `kwargs` and `outputs` a `Ref` or an `Opaque` stands for each tensor."""

    operation: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    outputs: tuple[Any, ...]
    writes: tuple[Ref, ...]  # of its operands, those that it changes
    fresh: frozenset[int]  # the storages that it made
    line: int  # of the program, 0 where none of its frames is above
    is_graded: bool  # grad mode was on
    is_inside: bool  # the forward of a custom Function

    def operands(self) -> Iterator[Any]:
        """The tensors that it takes."""
        return tensors_of((self.args, tuple(self.kwargs.values())))


class Place(NamedTuple):
    """An operand of an entry: the number of the entry, and which of the tensors that it takes."""

    entry: int
    operand: int


class Use(NamedTuple):
    """Where a tensor is used: `first` from `start` on, which is after all that changed it before the graph used it."""

    start: int
    ref: Ref
    first: Place


Awaited = Callable[[Ref, Tensor], Tensor | None]  # of an operand and what it holds: the value that it is to have


class Tape(TorchDispatchMode):
    """Records what the thread does inside of it while `is_on`.

    `program_paths` are the files whose lines are noted. `full` is called, and must not return, when what only the tape
    keeps takes more than `budget_bytes`.
    """

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # else the first operation of each copy would import all of torch.compile, for seconds

    def __init__(self, program_paths: Set[str], budget_bytes: int, full: Callable[[], object]) -> None:
        super().__init__()
        self.is_on = False
        self.depth = 0  # of custom Functions whose forward runs
        self.changes: dict[Place, Tensor] = {}  # what is written into operands before their entry runs
        self.awaited: Awaited | None = None
        self._program_paths = program_paths
        self._budget_bytes, self._full = budget_bytes, full
        self.clear()

    def clear(self) -> None:
        """Nothing has been seen."""
        self.entries: list[Entry] = []
        self.storages: dict[int, Any] = {}
        self.uses: dict[Tag, Use] = {}
        self.parents: dict[Tag, Tag] = {}  # of what lies in the storage of an operand: that operand
        self.graph_start = 0  # the first entry that is in the graph
        self.n_bytes = 0  # of storages that were made, and of what was kept before it was written over
        self._earlier: dict[int, list[tuple[int, Any]]] = {}  # contents, up to the entry that changed them
        self._read: set[int] = set()  # storages
        self._last_write: dict[int, int] = {}
        self._used_in_graph: set[Tag] = set()
        self.cut_lines: dict[tuple[Any, ...], int] = {}  # of what autograd was cut off from, by its place
        self._tags: dict[tuple[Any, ...], Tag] = {}  # and what it was before
        self._leaves: list[Tensor] = []  # alive, so that an id means one
        self._seen = _sequence_nr()

    # -- writing

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        if not self.is_on:
            return func(*args, **kwargs)
        sequence = _sequence_nr()
        makes_node = sequence > self._seen and torch.is_grad_enabled()
        self._seen = sequence
        given = (self._taken(args), {name: self._taken(value) for name, value in kwargs.items()})
        operands = [ref for ref in tensors_of((given[0], tuple(given[1].values()))) if type(ref) is Ref]
        writes = _written(func, *given)
        for position, ref in enumerate(operands):
            place = Place(len(self.entries), position)
            self._note_use(ref, place, makes_node or self.depth > 0)
            self._change(ref, place, is_read=ref not in writes)
        reads = [ref for ref in operands if ref not in writes]
        for ref in writes:
            self._before_write(ref.storage, is_needed=self.has_graph or any(one.tag for one in reads))
        self._read.update(ref.storage for ref in reads)
        known = set(self.storages)
        output = func(*args, **kwargs)
        outputs = self._taken(tuple(output) if isinstance(output, (tuple, list)) else (output,))
        fresh = frozenset(ref.storage for ref in tensors_of(outputs) if type(ref) is Ref and ref.storage not in known)
        line = self._line()
        self._note_aliases(operands, outputs, fresh, sequence - 1 if makes_node else None, line)
        self._last_write.update(dict.fromkeys(fresh, len(self.entries)))
        self.entries.append(Entry(func, *given, outputs, writes, fresh, line, torch.is_grad_enabled(), self.depth > 0))
        self.n_bytes += sum(self.storages[key].nbytes() for key in fresh)
        if self.n_bytes > self._budget_bytes:
            self._full()
        return output

    def _change(self, ref: Ref, place: Place, *, is_read: bool) -> None:
        """Another value into an operand, where there is one for it."""
        if place not in self.changes and (self.awaited is None or not is_read):
            return
        content = placed(flat_of(self.storages[ref.storage], ref.dtype), ref)
        if self.awaited is not None and is_read and (value := self.awaited(ref, content)) is not None:
            self.changes[place] = value
        if place in self.changes:
            content.copy_(self.changes[place])

    def _taken(self, value: Any) -> Any:
        kind = type(value)
        if issubclass(kind, Tensor):
            return self.ref(value)
        return kind(map(self._taken, value)) if kind in (list, tuple) else value

    def ref(self, tensor: Tensor) -> Ref | Opaque:
        """The place of a tensor."""
        if type(tensor) not in PLAIN_TENSORS or native.layout(tensor) is not torch.strided or native.is_nested(tensor):
            return Opaque(tensor)
        storage = native.untyped_storage(tensor)
        key = storage._cdata
        self.storages.setdefault(key, storage)
        place = (key, native.dtype(tensor), tuple(tensor.shape), tensor.stride(), tensor.storage_offset())
        tag = self._tag_of(tensor)
        return Ref(*place, tag or self._tags.get(place), tag is not None)

    def _tag_of(self, tensor: Tensor) -> Tag | None:
        if not native.requires_grad(tensor):
            return None
        node = native.grad_fn(tensor)
        if node is not None:
            return native.sequence_nr(node), native.output_nr(tensor)
        self._leaves.append(tensor)
        return id(tensor), -1

    def _note_use(self, ref: Ref, place: Place, in_graph: bool) -> None:
        tag = ref.tag
        if tag is not None and (tag not in self.uses or (in_graph and tag not in self._used_in_graph)):
            start = self._last_write.get(ref.storage, -1) + 1
            known = self.uses.get(tag)
            self.uses[tag] = Use(start, ref, known.first if known is not None and known.first.entry >= start else place)
            if in_graph:
                self.graph_start = self.graph_start if self._used_in_graph else place.entry
                self._used_in_graph.add(tag)

    def _before_write(self, key: int, *, is_needed: bool) -> None:
        """Keep what is overwritten: not of a parameter that is being initialized, which nobody has read."""
        if is_needed or key in self._read:
            content = self.storages[key].clone()
            self._earlier.setdefault(key, []).append((len(self.entries), content))
            self.n_bytes += content.nbytes()
        self._last_write[key] = len(self.entries)

    def _note_aliases(
        self, operands: list[Ref], outputs: Any, fresh: frozenset[int], node: int | None, line: int
    ) -> None:
        for slot, ref in enumerate(tensors_of(outputs)):
            if type(ref) is not Ref or ref.storage in fresh:
                continue
            above = next((one.tag for one in operands if one.storage == ref.storage and one.tag is not None), None)
            if above is not None and node is not None:
                self.parents.setdefault((node, slot), above)
            elif above is not None:
                self._tags[ref.place], self.cut_lines[ref.place] = above, line

    def _line(self) -> int:
        frame = sys._getframe(2)
        while frame is not None and frame.f_code.co_filename not in self._program_paths:
            frame = frame.f_back  # type: ignore[assignment]
        return 0 if frame is None else frame.f_lineno

    # -- reading

    @property
    def has_graph(self) -> bool:
        """Whether a graph has begun on it."""
        return bool(self._used_in_graph)

    def content(self, key: int, index: int) -> Any:
        """The storage as the entry with this index finds it."""
        return next((kept for end, kept in self._earlier.get(key, ()) if end >= index), self.storages[key])

    def is_of(self, ref: Ref, tag: Tag) -> bool:
        """Whether it is that tensor, or lies in its storage because it was made of it."""
        found = ref.tag
        while found is not None and found != tag:
            found = self.parents.get(found)
        return found is not None


def flat_of(storage: Any, dtype: torch.dtype) -> Tensor:
    """All that a storage holds, as one row."""
    n_elements = storage.nbytes() // dtype.itemsize
    return torch.empty(0, dtype=dtype).set_(storage, 0, (n_elements,), (1,))


def placed(flat: Tensor, ref: Ref) -> Tensor:
    """The tensor at a place, in the row that stands for its storage."""
    return flat.as_strided(ref.size, ref.stride, ref.offset)


def has_shared_cells(ref: Ref) -> bool:
    """Whether several cells of a tensor are one number, as after an expansion."""
    return any(stride == 0 and size > 1 for size, stride in zip(ref.size, ref.stride, strict=True))


def tensors_of(value: Any) -> Iterator[Any]:
    """The `Ref`s and `Opaque`s in it, in order."""
    kind = type(value)
    if kind is Ref or kind is Opaque:
        yield value
    elif kind is list or kind is tuple:
        for item in value:
            yield from tensors_of(item)


def _written(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Ref, ...]:
    found: list[Ref] = []
    for place, argument in enumerate(func._schema.arguments):
        if argument.alias_info is not None and argument.alias_info.is_write:
            value = args[place] if place < len(args) else kwargs.get(argument.name)
            found += (ref for ref in tensors_of(value) if type(ref) is Ref)
    return tuple(found)
