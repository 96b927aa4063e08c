"""What a call that made nodes of the graph was given. It lives with the record of the node that it returned.

The values are those that the graph's own records keep of the operands: nothing is kept for longer, or twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import torch
from torch import Tensor

from engine.autograd.derived import Derived
from engine.autograd.operations.arguments import PLACE, Arguments, emptied, mapped
from engine.autograd.records import KEY, Call, LeafRecord, NodeRecord
from engine.autograd.snapshot import Snapshot, can_alias
from engine.tensors import native
from engine.tensors.spans import is_whole

_ONE: Mapping[int, int] = {0: 0}


class Gone:
    """In the place of a tensor that the call wrote into, or of which nothing is kept."""


GONE = Gone()
Kept: TypeAlias = Snapshot | Derived | LeafRecord | Gone
_KEPT = (Snapshot, Derived, LeafRecord, Gone)


def is_still(kept: Snapshot | Derived, tensor: Tensor) -> bool:
    """Whether a tensor has the numbers that it had; False where these are not known any more. Inside `Unseen`."""
    before, note = kept.read()
    if before is None or note is not None or native.shape(before) != native.shape(tensor):
        return False
    if _lies_alike(before, tensor):
        return True
    now = native.bare(tensor).detach()
    return is_whole(now) and bool((torch.eq(before, now) | (before.ne(before) & now.ne(now))).all())


def _lies_alike(one: Tensor, other: Tensor) -> bool:
    return (
        native.untyped_storage(one)._cdata == native.untyped_storage(other)._cdata
        and native.storage_offset(one) == native.storage_offset(other)
        and native.stride(one) == native.stride(other)
    )


class Given(NamedTuple):
    """`operands`: in the order of the arguments. `places`: by slot of the node, which result of the call that is; None
    where they are in the same order."""

    arguments: Arguments | None
    operands: Sequence[Kept]
    places: Mapping[int, int] | None = None

    def place(self, slot: int) -> int:
        """Of an output of the node among the results of the call."""
        return slot if self.places is None else self.places.get(slot, 0)

    @classmethod
    def of(cls, record: NodeRecord) -> Given | None:
        """As the record has it; None of a node that no call returned."""
        given = record.given
        if type(given) is not list:  # arguments of a plain call, with what is kept in the place of its tensors
            return None if given is None else cls(*given)
        operands: list[Kept] = []
        arguments = mapped((tuple(given), {}), lambda one: _taken(one, operands))
        return cls(arguments, operands)


class TakenOperand(NamedTuple):
    """A tensor that a call took which made nodes of the graph."""

    kept: Kept

    def value(self) -> Tensor | None:
        """As the call took it; None once it is written to, or the budget has dropped it."""
        value = self._value
        tensor, note = (None, None) if value is None else value.read()
        return tensor if note is None else None

    @property
    def _value(self) -> Snapshot | Derived | None:
        if isinstance(self.kept, LeafRecord):
            return self.kept.value
        return None if isinstance(self.kept, Gone) else self.kept

    @property
    def is_written(self) -> bool:
        """Whether the call may have written into it, so that only what it made of it is known."""
        return isinstance(self.kept, Gone)

    def is_held_by(self, tensor: Tensor) -> bool:
        """Whether this tensor is what the call took."""
        if isinstance(self.kept, LeafRecord):
            return self.kept.reference() is tensor
        return self._value is not None and _value(tensor) is self.kept

    def lies_with(self, result: Tensor) -> bool:
        """Whether it lay in the storage that `result` lies in."""
        value = self._value
        if value is None or not can_alias(result):
            return self.is_written
        storage = value.written_storage if value.copied and value.written_storage else value.storage
        return storage == native.untyped_storage(result)._cdata


def _taken(argument: Any, operands: list[Kept]) -> Any:
    if not isinstance(argument, _KEPT):
        return argument
    operands.append(argument)
    return PLACE


def note_given(
    call: Call,
    given: Arguments,
    consumed: Iterable[Tensor],
    outputs: Sequence[Tensor],
    leaves: Mapping[int, LeafRecord],
) -> None:
    """A call has returned `outputs`, some with a new node. `leaves`: of what it took, by id."""
    results = {id(tensor) for tensor in outputs}
    operands = tuple(GONE if id(tensor) in results else leaves.get(id(tensor)) or _value(tensor) for tensor in consumed)
    arguments = emptied(*given)
    found: dict[int, tuple[NodeRecord, dict[int, int]]] = {}
    for place, tensor in enumerate(outputs):
        node = native.grad_fn(tensor)
        record = None if node is None else node.metadata.get(KEY)
        if record is not None and record.call is call:
            found.setdefault(id(record), (record, {}))[1][native.output_nr(tensor)] = place
    for record, places in found.values():
        record.given = arguments, operands, places


def note_written(
    call: Call,
    given: Arguments,
    consumed: Iterable[Tensor],
    written: Tensor,
    before: Kept,
    leaf_of: Callable[[Tensor], LeafRecord],
) -> None:
    """A call has written into `written`, which has a new node for that and was `before`. `leaf_of`: the record of a
    tensor that has no node."""
    node = native.grad_fn(written)
    record = None if node is None else node.metadata.get(KEY)
    if record is not None and record.call is call:
        kept = (before if one is written else kept_before(one) or leaf_of(one) for one in consumed)
        record.given = emptied(*given), tuple(kept), _ONE


def kept_before(tensor: Tensor) -> Kept | None:
    """What the graph's own record keeps of a tensor; None of one without a node."""
    return None if native.grad_fn(tensor) is None else _value(tensor)


def _value(tensor: Tensor) -> Kept:
    """As the record of the node that made it has it."""
    node = native.grad_fn(tensor)
    record = None if node is None else node.metadata.get(KEY)
    return GONE if record is None else record.values.get(native.output_nr(tensor), GONE)
