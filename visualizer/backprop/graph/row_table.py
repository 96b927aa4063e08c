"""The rows of a scene's cards as arrays: whose they are, and where."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from visualizer.backprop.graph.folding import CardSlot
from visualizer.backprop.graph.layout_values import ROW_HEIGHT
from visualizer.backprop.graph.leaf_rows import MOST_ROWS


class RowTable:
    """Card by card: `nodes` int32 (n_rows,), indices in graph.nodes; `cards` int32 (n_rows,); `rects` float64
    (n_rows, 4): x, y, width, height in the scene. A row that its card has no room for is where that counts them."""

    def __init__(self, slots: Sequence[CardSlot], rects: np.ndarray, heads: np.ndarray) -> None:
        """`rects` float64 (n_cards, 4) of the cards, `heads` float64 (n_cards,): their heights above their rows."""
        counts = [len(slot.rows) for slot in slots]
        self.nodes = np.array([row.node for slot in slots for row in slot.rows], dtype=np.int32)
        self.cards = np.repeat(np.arange(len(slots), dtype=np.int32), counts)
        places = np.minimum([place for n_rows in counts for place in range(n_rows)], MOST_ROWS - 1)
        self.rects = rects[self.cards]
        self.rects[:, 1] += heads[self.cards] + places * ROW_HEIGHT
        self.rects[:, 3] = ROW_HEIGHT
        self._order = np.argsort(self.nodes, kind="stable")
        self._sorted = self.nodes[self._order]

    def cards_of(self, nodes: Sequence[int]) -> list[int]:
        """The cards with a row that leads to one of these nodes."""
        first, stop = (np.searchsorted(self._sorted, nodes, side=side) for side in ("left", "right"))
        return [card for a, b in zip(first, stop, strict=True) for card in self.cards[self._order[a:b]].tolist()]
