"""Finding nodes: by what is written on or behind their cards, and by a place in the program."""

from __future__ import annotations

from engine.protocol.values import Graph, Node, Source
from visualizer.backprop.graph.folding import shape_text


class Finder:
    """The matches of the newest search, indices in graph.nodes, and which of them is looked at."""

    def __init__(self) -> None:
        self.matches: tuple[int, ...] = ()
        self.place = -1  # in matches, -1 before the first step
        self.is_searching = False

    def search(self, graph: Graph | None, text: str) -> None:
        """Find every node that holds `text`, or all of its words."""
        self.is_searching = bool(text.strip()) and graph is not None
        self.matches = matches(graph, text) if graph is not None else ()
        self.place = -1

    def step(self, way: int) -> int:
        """The index of the next (1) or previous (-1) match, round and round; -1 when there is none."""
        if not self.matches:
            return -1
        if self.place < 0 and way < 0:
            self.place = 0
        self.place = (self.place + way) % len(self.matches)
        return self.matches[self.place]


def matches(graph: Graph, text: str) -> tuple[int, ...]:
    """Indices of the nodes found, in the order of the graph, the loss first."""
    whole = text.casefold().strip()
    if not whole:
        return ()
    words = whole.split()
    types = {module.path: module.type_name for module in graph.modules}
    found = []
    for index, node in enumerate(graph.nodes):
        haystack = _haystack(node, types.get(node.module, ""))
        if whole in haystack or all(word in haystack for word in words):
            found.append(index)
    return tuple(found)


def nodes_at(graph: Graph, path: str, line: int, column: int) -> frozenset[int]:
    """Indices of the nodes whose sub-expression covers a place; of nested ones, those of the smallest."""
    covering: dict[tuple[int, int], list[int]] = {}
    for index, node in enumerate(graph.nodes):
        source = node.source
        if source is not None and source.path == path and _covers(source, line, column):
            size = (source.end_line - source.line, source.end_column - source.column)
            covering.setdefault(size, []).append(index)
    return frozenset(covering[min(covering)]) if covering else frozenset()


def _covers(source: Source, line: int, column: int) -> bool:
    return (source.line, source.column) <= (line, column) < (source.end_line, source.end_column)


def _haystack(node: Node, module_type: str) -> str:
    shapes = [shape_text(output.shape) for output in node.outputs]
    source = node.source.text if node.source is not None else ""
    return "\n".join([node.name, node.operation, node.variable, source, node.module, module_type, *shapes]).casefold()
