"""Where a backward pass that goes on is held again: one rule for the engine's live pass and for the window's replay."""

from __future__ import annotations

from engine.protocol.sentence import Sentence
from engine.protocol.until import Until, UntilNext, UntilNode, UntilOutOfModule
from engine.protocol.values import Graph


class StopRule:
    """What `until` means for a pass over `graph` that is held at the node `current` (-1 before the first)."""

    def __init__(self, until: Until, current: int, graph: Graph | None) -> None:
        self._until = until
        self._inside = _module_of(current, graph) if isinstance(until, UntilOutOfModule) else frozenset()

    def holds(self, node: int) -> bool:
        """Whether the pass is held at the node with this id, which is about to run."""
        if isinstance(self._until, UntilNode):
            return node == self._until.node
        if isinstance(self._until, UntilOutOfModule):
            return node not in self._inside
        return isinstance(self._until, UntilNext)


def never_held(origin: str, *, is_part: bool, is_needed: bool, has_run: bool) -> Sentence | None:
    """Why the pass named `origin` will not come to a node any more; None where it will."""
    if not is_part:
        return Sentence.of("node.not_of_pass", "This node is not part of {origin}.", origin=origin)
    if not is_needed:
        return Sentence.of("node.not_needed", "{origin} does not need this node, so it will not run.", origin=origin)
    if has_run:
        return Sentence.of("node.has_run", "This node has run already: go back on the timeline to see it.")
    return None


def _module_of(current: int, graph: Graph | None) -> frozenset[int]:
    """The nodes of the module that made `current`, with those of its children; none where no module did.

    AccumulateGrad belongs to no module and runs between the others: it is stepped over, too.
    """
    nodes = () if graph is None else graph.nodes
    path = next((node.module for node in nodes if node.id == current), "")
    if not path:
        return frozenset()
    below = path + "."
    return frozenset(
        node.id for node in nodes if node.kind == "accumulate" or node.module == path or node.module.startswith(below)
    )
