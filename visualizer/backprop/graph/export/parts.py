"""What of a graph is selected or in view: its nodes, and the cards, links and frames of a scene that hold them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF

from visualizer.backprop.graph.leaf_rows import MOST_ROWS
from visualizer.backprop.graph.opening import Folded, split_part, toggled
from visualizer.backprop.graph.scene import Scene
from visualizer.model.regions import RegionTree
from visualizer.model.selection import Selected, SelectedModule, SelectedNode

_MARGIN = 28.0  # around a part of a scene, where the links that leave it are cut


@dataclass(frozen=True, eq=False)
class Part:
    """Some cards of a scene with their links, also those that leave them, and the frames around nothing else. `inner`
    are the links between two of the cards. `area` holds it all, in scene pixels."""

    scene: Scene
    area: QRectF
    cards: frozenset[int]
    links: frozenset[int]
    inner: frozenset[int]
    frames: frozenset[int]

    def node_ids(self) -> list[int]:
        """Of the nodes with a card or a row of their own."""
        return node_ids(self.scene, sorted(self.cards))


def whole(scene: Scene) -> Part:
    """All of it."""
    links = frozenset(range(len(scene.links)))
    frames = frozenset(range(len(scene.shown.frames)))
    return Part(scene, scene.bounds, frozenset(range(len(scene.rects))), links, links, frames)


def part_of(scene: Scene, nodes: np.ndarray) -> Part:
    """The cards of some nodes (indices in graph.nodes); a leaf in a row goes with the others' cards."""
    shown = scene.shown
    with_cards = nodes[~shown.is_row[nodes]]
    cards = frozenset(shown.card_of[with_cards if len(with_cards) else nodes].tolist())
    is_ours = np.zeros(len(scene.rects), dtype=bool)
    is_ours[list(cards)] = True
    ends = is_ours[scene.links]
    frames = frozenset(
        number
        for number, frame in enumerate(shown.frames)
        if scene.layout.frames[number] and cards.issuperset(frame.members)
    )
    area = QRectF()
    for rect in (*map(scene.rect, cards), *map(scene.frame_extent, frames)):
        area |= rect
    links, inner = np.flatnonzero(ends.any(axis=1)), np.flatnonzero(ends.all(axis=1))
    area.adjust(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
    return Part(scene, area, cards, frozenset(links.tolist()), frozenset(inner.tolist()), frames)


def node_ids(scene: Scene, cards: list[int]) -> list[int]:
    """The ids of the nodes that have one of these cards, or a row in it, to themselves."""
    nodes = scene.shown.graph.nodes
    slots = [slot for slot in (scene.shown.cards[card] for card in cards) if not slot.fold]
    rows = (row.node for slot in slots for row in slot.rows[:MOST_ROWS])
    return [nodes[index].id for index in dict.fromkeys((*(slot.nodes[0] for slot in slots), *rows))]


def nodes_of_cards(scene: Scene, cards: list[int]) -> np.ndarray:
    """All nodes in some cards, as indices in graph.nodes: folded ones and rows, too."""
    return np.flatnonzero(np.isin(scene.shown.card_of, cards))


def selected_nodes(tree: RegionTree, selected: Selected) -> np.ndarray:
    """What is selected in a graph, as indices in graph.nodes; empty where nothing of it is."""
    if isinstance(selected, SelectedNode):
        ids = np.array([node.id for node in tree.graph.nodes], dtype=np.int64)
        return np.flatnonzero(ids == selected.node)
    if not isinstance(selected, SelectedModule):
        return np.empty(0, dtype=np.int64)
    part = split_part(selected.key)
    number = tree.find(part[0] if part else selected.key)
    if number < 0:
        return np.empty(0, dtype=np.int64)
    if part is None:
        return np.sort(tree.inside(number))
    return np.sort(np.concatenate([tree.inside(child) for child in tree.regions[number].children[part[1] : part[2]]]))


def opened(tree: RegionTree, folded: Folded, selected: Selected) -> Folded:
    """What is folded once the folded thing that is selected is open; as it was where none is."""
    is_folded = isinstance(selected, SelectedModule) and selected.key in folded
    return toggled(tree, folded, selected.key) if is_folded else folded  # type: ignore[union-attr]
