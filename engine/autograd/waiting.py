"""What was seen of nodes that no public call collects: it waits until its node is met."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from torch.autograd.graph import Node as GradFn

from engine.autograd.records import Call, LeafRecord, has_shape_of
from engine.autograd.snapshot import Snapshot
from engine.tensors import native

_MAX_WAITING = 4096


class Unbound(NamedTuple):
    """Seen below autograd outside of a public call (in a backward pass, vmap or a script)."""

    call: Call
    values: list[Snapshot | None]
    leaves: list[LeafRecord]


class Waiting:
    """Of one thread, which numbers its nodes by itself: by sequence number."""

    def __init__(self) -> None:
        self._unbound: dict[int, Unbound] = {}
        self._compiled: deque[tuple[int, int, Call]] = deque(maxlen=_MAX_WAITING)

    def __bool__(self) -> bool:
        return bool(self._unbound)

    def __contains__(self, sequence: int) -> bool:
        return sequence in self._unbound

    def keep(self, sequence: int, unbound: Unbound) -> None:
        """Keep what was seen of the node with this number; of too many the oldest goes."""
        self._unbound[sequence] = unbound
        if len(self._unbound) > _MAX_WAITING:
            del self._unbound[next(iter(self._unbound))]

    def keep_calls(self, call: Call, start: int, end: int) -> None:
        """`call` made the nodes from number `start` to `end`, too, which are of other levels of torch.func."""
        for number in range(start, end):
            self._unbound.setdefault(number, Unbound(call, [], []))

    def take(self, node: GradFn) -> Unbound | None:
        """What waits for a node, no longer kept.

        It has to fit: what was seen may have been an operation after that of the node, which went unseen.
        """
        number = native.sequence_nr(node)
        found = self._unbound.get(number)
        return self._unbound.pop(number, None) if found is not None and _fits(node, found.values) else None

    def note_compiled(self, call: Call, start: int, end: int) -> None:
        """A compiled region made the nodes from `start` to `end`, which were not seen."""
        self._compiled.append((start, end, call))

    def compiled_call(self, node: GradFn) -> Call | None:
        """The call of the compiled region that made a node."""
        if not self._compiled:
            return None
        number = native.sequence_nr(node)
        return next((call for start, end, call in reversed(self._compiled) if start <= number < end), None)

    def forget(self) -> None:
        """Let go of values whose node was never met."""
        self._unbound.clear()


def _fits(node: GradFn, values: list[Snapshot | None]) -> bool:
    """Whether one of these values, where there are any, may be an output of a node."""
    slots = node._input_metadata  # type: ignore[attr-defined]
    tensors = [value.tensor for value in values if value is not None and value.tensor is not None]
    return not tensors or any(
        native.dtype(tensor) == slot.dtype and has_shape_of(slot, tensor) for tensor in tensors for slot in slots
    )
