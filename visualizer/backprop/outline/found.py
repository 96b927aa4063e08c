"""Which rows of the outline hold what Find found in the graph."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from visualizer.backprop.outline.rows import Outline


class FoundRows:
    """`nodes` are ids."""

    def __init__(self, outline: Outline, nodes: Iterable[int]) -> None:
        self._outline = outline
        found = np.zeros(outline.n_nodes + 1, dtype=np.int64)
        found[[place + 1 for node in nodes if (place := outline.row_of_node(node)) >= 0]] = 1
        self._n_before = np.cumsum(found)

    def count(self, row: int) -> int:
        """How many of a row's nodes were found; of a node's own row 1 or 0."""
        start, stop = self._outline.span(row)
        return int(self._n_before[stop] - self._n_before[start])
