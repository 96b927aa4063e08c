"""Tensors without a grad_fn: who made them, and what they were when an operation took them."""

from __future__ import annotations

import weakref
from typing import Any

from torch import Tensor

from engine.autograd.records import Call, LeafRecord, RegisteredHook
from engine.autograd.references import Reference, refer
from engine.autograd.snapshot import version_of
from engine.autograd.snapshots import SnapshotStore
from engine.tensors import native

_requires_grad = native._requires_grad
_FEWEST = 1024  # makers that are kept before those of dead tensors are looked for


class Leaves:
    """Of all threads of a program, each of which may call."""

    def __init__(self, store: SnapshotStore) -> None:
        self._store = store
        self._made: dict[int, tuple[Reference, Call]] = {}  # by id
        self._made_limit = _FEWEST
        self._hooks: dict[int, tuple[Reference, tuple[RegisteredHook, ...]]] = {}  # by id
        self._hooks_limit = _FEWEST
        self._severed: dict[int, tuple[Reference, Call]] = {}  # by id of a leaf
        self._severed_limit = _FEWEST
        self._records: dict[int, tuple[Reference, weakref.ref[LeafRecord]]] = {}  # by id
        self._records_limit = _FEWEST

    def made(self, tensor: Tensor) -> Call | None:
        """The call that made a tensor without a graph, or let a leaf begin."""
        entry = self._made.get(id(tensor))
        return entry[1] if entry is not None and entry[0]() is tensor else None

    def note_made(self, tensor: Tensor, call: Call) -> None:
        """`call` made `tensor`, or let it begin."""
        self._made[id(tensor)] = (refer(tensor), call)
        if len(self._made) > self._made_limit:
            _forget_dead(self._made)
            self._made_limit = max(_FEWEST, 2 * len(self._made))

    @property
    def has_hooks(self) -> bool:
        """Whether the program has registered a hook on any tensor."""
        return bool(self._hooks)

    def note_hook(self, tensor: Tensor, hook: RegisteredHook) -> None:
        """A hook was registered on `tensor`."""
        self._hooks[id(tensor)] = (refer(tensor), hook.behind(self.hooks(tensor)))
        if len(self._hooks) > self._hooks_limit:
            _forget_dead(self._hooks)
            self._hooks_limit = max(_FEWEST, 2 * len(self._hooks))

    def hooks(self, tensor: Tensor) -> tuple[RegisteredHook, ...]:
        """Those that were registered on a leaf, taken off since or not."""
        entry = self._hooks.get(id(tensor))
        return entry[1] if entry is not None and entry[0]() is tensor else ()

    def note_severed(self, call: Call) -> None:
        """`call` took leaves, and passes them no gradient."""
        for severed in call.severed:
            tensor = severed.reference() if severed.made is None else None
            if tensor is not None:
                self._severed[id(tensor)] = (severed.reference, call)
        if len(self._severed) > self._severed_limit:
            _forget_dead(self._severed)
            self._severed_limit = max(_FEWEST, 2 * len(self._severed))

    def severed_by(self, tensor: Tensor) -> Call | None:
        """The last call that took a leaf and passes it no gradient."""
        entry = self._severed.get(id(tensor))
        return entry[1] if entry is not None and entry[0]() is tensor else None

    def was_taken(self, tensor: Tensor) -> bool:
        """Whether an operation that makes a node has taken a leaf."""
        entry = self._records.get(id(tensor))
        return entry is not None and entry[0]() is tensor

    def record(self, tensor: Tensor) -> LeafRecord:
        """The record of a leaf as it is now; one for all that consumes it unchanged."""
        key = id(tensor)
        entry = self._records.get(key)
        try:
            requires_grad = _requires_grad(tensor)
        except RuntimeError:  # as `native.requires_grad`: each operation asks
            requires_grad = False
        reference = None
        if entry is not None and (weak := entry[0].weak) is not None and weak() is tensor:
            reference, known = entry[0], entry[1]()
            if known is not None and known.requires_grad == requires_grad:
                value = known.value
                if value is None:
                    return known
                if value.beside is not None:
                    value.meet_others()
                if not value.copied and value.version == version_of(tensor):
                    return known
        value, made = self._store.keep(tensor), self.made(tensor) if key in self._made else None
        reference = reference or refer(tensor)
        if value is None:
            record = LeafRecord.of(tensor, reference, value, made, requires_grad=requires_grad)
        else:
            record = LeafRecord(reference, value, made, requires_grad)
        self._records[key] = (reference, weakref.ref(record))
        if len(self._records) > self._records_limit:
            _forget_dead(self._records)
            self._records_limit = max(_FEWEST, 2 * len(self._records))
        return record


def _forget_dead(entries: dict[int, tuple[Reference, Any]]) -> None:
    for key, entry in list(entries.items()):
        if entry[0]() is None and entries.get(key) is entry:
            del entries[key]
