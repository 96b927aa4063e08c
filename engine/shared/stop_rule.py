"""Where a backward pass that goes on is held again: one rule for the engine's live pass and for the window's replay."""

from __future__ import annotations

from collections.abc import Callable

from engine.protocol.graph_values import Graph
from engine.protocol.sentence import Sentence
from engine.protocol.until import (
    Until,
    UntilAny,
    UntilNext,
    UntilNode,
    UntilOutOfModule,
    UntilOutside,
    UntilPaused,
    wanted_nodes,
)
from engine.shared.phrases import origin_words


class StopRule:
    """What `until` means for a pass over `graph` that is held at the node `current` (-1 before the first).

    It is asked of each node that is about to run, in their order, until it holds one.
    """

    def __init__(self, until: Until, current: int, graph: Graph | None) -> None:
        self._until = until
        self._n_left = until.n_nodes if isinstance(until, UntilNext) else 1
        if isinstance(until, UntilOutOfModule):
            self._inside = _module_of(current, graph)
        else:
            self._inside = until.nodes if isinstance(until, UntilOutside) else frozenset()
        self._wanted = wanted_nodes(until)

    def holds(self, node: int) -> bool:
        """Whether the pass is held at the node with this id, which is about to run."""
        if isinstance(self._until, UntilNode | UntilAny):
            return node in self._wanted
        if isinstance(self._until, UntilOutOfModule | UntilOutside):
            return node not in self._inside
        if isinstance(self._until, UntilNext):
            self._n_left -= 1
            return self._n_left <= 0
        return isinstance(self._until, UntilPaused)


def never_held(
    wanted: frozenset[int],
    origin: str,
    *,
    is_part: Callable[[int], bool],
    is_needed: Callable[[int], bool],
    has_run: Callable[[int], bool],
) -> Sentence | None:
    """Why the pass named `origin` will not come to any of these nodes any more; None where it will."""
    if any(is_part(node) and is_needed(node) and not has_run(node) for node in wanted):
        return None
    if len(wanted) != 1:
        return Sentence.of(
            "nodes.not_held", "{origin} will run none of these nodes any more.", origin=origin_words(origin)
        )
    (node,) = wanted
    if not is_part(node):
        return Sentence.of("node.not_of_pass", "This node is not part of {origin}.", origin=origin_words(origin))
    if not is_needed(node):
        return Sentence.of(
            "node.not_needed", "{origin} does not need this node, so it will not run.", origin=origin_words(origin)
        )
    return Sentence.of("node.has_run", "This node has run already: go back on the timeline to see it.")


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
