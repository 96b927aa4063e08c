"""Which rows of the outline a search leaves."""

from __future__ import annotations

import numpy as np

from engine.protocol.values import Node
from visualizer.backprop.outline.rows import TOP, Outline


class Search:
    """Words that a node's operation, name, shape, dtype, module, place and text have to hold, all of them."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._texts: list[str] | None = None  # by place, made for the first search
        self._n_before: list[int] | None = None  # matches before each place; None without a search

    def set_words(self, text: str) -> None:
        """Search for these; "" leaves every row."""
        words = text.lower().split()
        if not words:
            self._n_before = None
            return
        if self._texts is None:
            self._texts = self._make_texts()
        matches = np.array([all(word in text for word in words) for text in self._texts], dtype=np.int64)
        self._n_before = [0, *np.cumsum(matches).tolist()]

    @property
    def n_found(self) -> int:
        """How many nodes match; -1 without a search."""
        return -1 if self._n_before is None else self._n_before[-1]

    def leaves(self, row: int) -> bool:
        """Whether a row matches or has a match below it."""
        if self._n_before is None:
            return True
        start, stop = self._outline.span(row)
        return self._n_before[stop] > self._n_before[start]

    def _make_texts(self) -> list[str]:
        outline = self._outline
        paths: dict[int, str] = {TOP: ""}
        for number, branch in enumerate(outline.branches):  # a parent comes before what is below it
            row = outline.n_nodes + number
            own = f"{branch.path} {branch.subtitle} {branch.title}".lower()
            paths[row] = f"{paths[outline.parent(row)]} {own}"
        return [
            _text_of(outline.graph.nodes[index]) + paths[outline.parent(place)]
            for place, index in enumerate(outline.node_at)
        ]


def _text_of(node: Node) -> str:
    words = [node.name, node.variable, node.operation, node.module, node.category]
    words += [f"{output.shape} {output.dtype}" for output in node.outputs]
    if node.source is not None:
        words += [f"line {node.source.line} line:{node.source.line}", node.source.text]
    return " ".join(words).lower()
