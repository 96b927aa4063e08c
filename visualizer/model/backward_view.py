"""Where a backward pass stands, as the canvas draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DONE, CURRENT, READY, WAITING, NOT_REACHED, NOT_NEEDED, FAILED = range(7)
STATE_WORDS = ("done", "current", "ready, in the queue", "waiting", "not reached", "not needed", "error")


@dataclass(frozen=True)
class BackwardView:
    """One moment of a backward pass, live or of the recording.

    `ready` is the queue behind the current node, head first. `waiting` maps a node to (arrived, expected) gradients.
    A new `pass_id` makes the canvas forget the gradients of the pass before.
    """

    done: frozenset[int] = frozenset()
    current: int = -1
    ready: tuple[int, ...] = ()
    waiting: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    not_needed: frozenset[int] = frozenset()
    error_node: int = -1
    error_text: str = ""
    pass_id: int = 0

    def state(self, node: int) -> int:
        """DONE, CURRENT … of one node."""
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
