"""Where a backward pass stands: the state of every node at one moment of it, live or of the recording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import IntEnum

from engine.protocol.backward_values import BackwardStep
from engine.shared.language import mark


class NodeState(IntEnum):
    """What a pass has done with a node. The canvas keeps one per node in an int8 array."""

    DONE = 0
    CURRENT = 1
    READY = 2
    WAITING = 3
    NOT_REACHED = 4
    NOT_NEEDED = 5
    FAILED = 6

    @property
    def has_gradient(self) -> bool:
        """Whether the whole gradient has arrived."""
        return self in (NodeState.DONE, NodeState.CURRENT, NodeState.READY, NodeState.FAILED)


DONE, CURRENT, READY, WAITING, NOT_REACHED, NOT_NEEDED, FAILED = NodeState
STATE_WORDS = (
    mark("done"),
    mark("current"),
    mark("ready, in the queue"),
    mark("waiting"),
    mark("not reached"),
    mark("not needed"),
    mark("error"),
)


class RanBefore(Set[int]):
    """The nodes of the first `count` steps of a pass, without copying them: steps are only ever added.

    `positions` maps every node that ran to its place in `steps`, from 1.
    """

    def __init__(self, steps: Sequence[BackwardStep], positions: Mapping[int, int], count: int) -> None:
        self._steps, self._positions, self._count = steps, positions, count

    def __contains__(self, node: object) -> bool:
        return 0 < self._positions.get(node, 0) <= self._count  # type: ignore[call-overload]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[int]:
        return (step.node for step in self._steps[: self._count])

    def __xor__(self, other: Set[object]) -> set[int]:  # type: ignore[override]
        """The nodes that ran between two moments."""
        if isinstance(other, RanBefore) and other._positions is self._positions:
            low, high = sorted((self._count, other._count))
            return {step.node for step in self._steps[low:high]}
        return set(self) ^ set(other)  # type: ignore[arg-type]

    @classmethod
    def _from_iterable(cls, nodes: object) -> frozenset[int]:  # type: ignore[override]
        return frozenset(nodes)  # type: ignore[call-overload, no-any-return]


@dataclass(frozen=True)
class BackwardView:
    """One moment of a backward pass.

    `ready` is the queue behind the current node, head first. `waiting` maps a node to (arrived, expected) gradients.
    A new `pass_id` makes the canvas forget the gradients of the pass before.
    """

    done: Set[int] = frozenset()
    current: int = -1
    ready: tuple[int, ...] = ()
    waiting: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    not_needed: frozenset[int] = frozenset()
    error_node: int = -1
    error_text: str = ""
    pass_id: int = 0

    def state(self, node: int) -> NodeState:
        """Of one node."""
        if node == self.error_node:
            return FAILED
        if node == self.current:
            return CURRENT
        if node in self.done:
            return DONE
        if node in self.ready:
            return READY
        if node in self.waiting:
            return WAITING
        return NOT_NEEDED if node in self.not_needed else NOT_REACHED

    def changed_since(self, before: BackwardView) -> set[int] | None:
        """The nodes of which something is different from an earlier or later moment of this pass: their state, their
        place in the queue or what has arrived. None where the moment is of another pass."""
        if before.pass_id != self.pass_id or before.not_needed is not self.not_needed:
            return None
        changed = set(self.done ^ before.done)
        changed |= {self.current, before.current, self.error_node, before.error_node}
        if self.ready != before.ready:
            changed |= {*self.ready, *before.ready}
        changed |= {node for node, _ in self.waiting.items() ^ before.waiting.items()}
        return changed - {-1}
