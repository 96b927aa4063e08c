"""How far a held pass runs when it is told to go on."""

from __future__ import annotations

from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.recorder import Recorder
from engine.protocol.errors import EngineError
from engine.protocol.values import BackwardState

_UNTIL = ("next", "node", "module", "end")


class Goal:
    """Where to hold next. `inside` has the ids of the nodes that stepping over a module passes."""

    def __init__(self, until: str, target: int = -1, inside: frozenset[int] = frozenset()) -> None:
        self._until = until
        self._target = target
        self._inside = inside

    def stops(self, node: int, node_id: int) -> bool:
        """Whether to hold the node with this index and id."""
        if self._until == "node":
            return node == self._target
        if self._until == "module":
            return node_id not in self._inside
        return self._until == "next"

    @classmethod
    def make(cls, until: str, node_id: int, state: BackwardState, current: BackwardPass, recorder: Recorder) -> Goal:
        """The goal of a Step request. Raises EngineError where it cannot be reached."""
        if until not in _UNTIL:
            raise EngineError(f"A pass can run until one of {', '.join(_UNTIL)}, not “{until}”.")
        if until == "node":
            return cls(until, _target(node_id, state, current))
        if until == "module":
            return cls(until, inside=_inside(state.current, recorder))
        return cls(until)


def _target(node_id: int, state: BackwardState, current: BackwardPass) -> int:
    index = current.index(node_id)
    if index < 0:
        raise EngineError(f"This node is not part of {state.origin}.")
    if not current.call.runs[index]:
        raise EngineError(f"{state.origin} does not need this node, so it will not run.")
    if index in current.order:
        raise EngineError("This node has run already: go back on the timeline to see it.")
    return index


def _inside(node_id: int, recorder: Recorder) -> frozenset[int]:
    """The nodes of the module that made `node_id`, with those of its children.

    AccumulateGrad belongs to no module and runs between the others: it is passed too.
    """
    graph = recorder.current()
    nodes = () if graph is None else graph.nodes
    path = next((node.module for node in nodes if node.id == node_id), "")
    if not path:
        return frozenset()
    below = path + "."
    return frozenset(
        node.id for node in nodes if node.kind == "accumulate" or node.module == path or node.module.startswith(below)
    )
