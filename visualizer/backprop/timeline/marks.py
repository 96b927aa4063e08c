"""What stands on the timeline: one mark per node of a pass, made when it is drawn or pointed at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.protocol.graph_values import Node
from engine.protocol.kind_names import without_backward
from engine.shared.language import tr


@dataclass(frozen=True)
class Mark:
    """One node of the pass: its name and its category token."""

    label: str
    category: str


class Marks:
    """The nodes of a pass in firing order. `norms` are those of the arriving gradients of the nodes that ran,
    NOTHING_ARRIVED where none came; both sequences may grow and change behind this."""

    def __init__(
        self, order: Sequence[int] = (), norms: Sequence[float] = (), nodes: Mapping[int, Node] | None = None
    ) -> None:
        self.norms = norms
        self._order = order
        self._nodes = nodes or {}

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, index: int) -> Mark:
        node = self._nodes.get(self._order[index])
        return Mark(tr("outside of the graph"), "view") if node is None else Mark(short_label(node), node.category)

    def node(self, index: int) -> int:
        """The id of the node at a place."""
        return self._order[index]

    def places_of(self, nodes: frozenset[int]) -> list[int]:
        """Where these stand, by their ids."""
        order = self._order[: len(self._order)] if nodes else ()
        return [place for place, node in enumerate(order) if node in nodes]


def short_label(node: Node) -> str:
    """ "Mm logits", "Acc W2": fits under a mark."""
    name = without_backward(node.name) if node.kind == "backward" else "Acc"
    return f"{name} {node.variable}".strip()
