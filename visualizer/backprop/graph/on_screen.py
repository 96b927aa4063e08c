"""What stands in one card on the canvas, which a step over it passes at once."""

from __future__ import annotations

from engine.protocol.graph_values import Graph
from visualizer.backprop.graph.scene import Scene


def drawn_with(scene: Scene | None, graph: Graph | None, node: int) -> frozenset[int]:
    """The ids of the nodes in the card in which a node is drawn, rows and what is folded too; itself alone where the
    canvas does not show it."""
    index = None if scene is None or graph is None or scene.shown.graph.id != graph.id else scene.index_of.get(node)
    if scene is None or index is None:
        return frozenset({node})
    card_of = scene.shown.card_of
    return frozenset(scene.node_ids[card_of == card_of[index]].tolist())


def drawn_in(scene: Scene | None, fold: str) -> frozenset[int]:
    """The ids of the nodes in a folded card, by its key; none where the canvas has no such card."""
    if scene is None:
        return frozenset()
    card = next((number for number, slot in enumerate(scene.shown.cards) if slot.fold == fold), -1)
    return frozenset(scene.node_ids[scene.shown.card_of == card].tolist())
