"""Which nodes a card of a scene stands for, and which card what is selected. Cards are numbers, -1 is none."""

from __future__ import annotations

from engine.protocol.source import Source
from visualizer.backprop.graph.leaf_rows import MOST_ROWS
from visualizer.backprop.graph.scene import Scene
from visualizer.model.selection import Selected, SelectedModule, SelectedNode


def node_of(scene: Scene | None, card: int) -> int:
    """The id of the node of a card that is not folded, -1 of any other."""
    if scene is None or card < 0 or scene.shown.cards[card].fold:
        return -1
    return scene.shown.graph.nodes[scene.shown.cards[card].nodes[0]].id


def nodes_of(scene: Scene, card: int) -> list[int]:
    """The ids of the nodes of a card and of its rows; none of a folded one."""
    node = node_of(scene, card)
    if node < 0:
        return []
    rows = scene.shown.cards[card].rows[:MOST_ROWS]
    return [node, *(scene.shown.graph.nodes[row.node].id for row in rows)]


def source_of(scene: Scene | None, card: int) -> Source | None:
    """The sub-expression that made a card's nodes, None where it is not one."""
    if scene is None or card < 0:
        return None
    nodes = (scene.shown.graph.nodes[index] for index in scene.shown.cards[card].nodes)
    sources = {node.source for node in nodes if node.kind == "backward" or not scene.shown.cards[card].fold}
    return sources.pop() if len(sources) == 1 else None


def card_of(scene: Scene | None, selected: Selected) -> int:
    """The card of what is selected: of a node also the folded module that it is in."""
    if scene is None:
        return -1
    if isinstance(selected, SelectedNode) and selected.node in scene.index_of:
        return int(scene.shown.card_of[scene.index_of[selected.node]])
    if isinstance(selected, SelectedModule):
        return next((number for number, slot in enumerate(scene.shown.cards) if slot.fold == selected.key), -1)
    return -1
