"""A graph that was told to the window, by its nodes and edges."""

from __future__ import annotations

from collections.abc import Iterator

from engine.autograd.recorder import Recorder
from engine.protocol.graph_values import Edge, Graph, Node

_MOST = 28  # characters of a sub-expression
_MOST_ALONE = 60  # of one on a line of its own


class GraphIndex:
    """Of the graph that was asked about last."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._graph = 0
        self.nodes: dict[int, Node] = {}
        self._edges: dict[int, list[Edge]] = {}  # by the node that sends
        self._senders: dict[tuple[int, int], list[Edge]] = {}  # by the output that gradients meet at

    def node(self, graph_id: int, node: int) -> Node | None:
        """A node of a graph on screen; None of any other."""
        graph = self._recorder.graph_of_id(graph_id)
        if graph is None:
            return None
        if graph.id != self._graph:
            self._read(graph)
        return self.nodes.get(node)

    def _read(self, graph: Graph) -> None:
        self._graph, self.nodes = graph.id, {node.id: node for node in graph.nodes}
        self._edges, self._senders = {}, {}
        for edge in graph.edges:
            self._edges.setdefault(edge.source, []).append(edge)
            if edge.gradient:
                self._senders.setdefault((edge.target, edge.target_slot), []).append(edge)

    def senders(self, node: int, slot: int) -> list[Edge]:
        """Along which gradients come to an output."""
        return self._senders.get((node, slot), [])

    def edges(self, node: int) -> list[Edge]:
        """That leave a node, those to inputs without a gradient, too."""
        return self._edges.get(node, [])

    def edge(self, node: int, place: int) -> Edge | None:
        """Along which the gradient for the operand at `place` leaves."""
        return next((edge for edge in self.edges(node) if edge.gradient and edge.source_slot == place), None)

    def n_operands(self, node: int) -> int:
        """That get a gradient, with those between them that get none."""
        return 1 + max((edge.source_slot for edge in self.edges(node) if edge.gradient), default=-1)

    def operand_name(self, node: int, place: int) -> str:
        """What the program calls it."""
        edge = self.edge(node, place)
        return "" if edge is None or edge.target not in self.nodes else self.output_name(edge.target, edge.target_slot)

    def written(self, node: int, slot: int = 0) -> str:
        """What the program calls it, else the sub-expression that made it, in brackets, where that is short."""
        text = self.expression(node, _MOST)
        return self.output_name(node, slot) or (text if text.isidentifier() or not text else f"({text})")

    def output_name(self, node: int, slot: int = 0) -> str:
        """What the program calls it."""
        known = self.nodes[node]
        return known.outputs[slot].variable if len(known.outputs) > 1 else known.variable

    def expression(self, node: int, most: int = _MOST_ALONE) -> str:
        """The sub-expression of the program whose value the one output of a node is; "" of one that has more than
        `most` characters, and of none."""
        known = self.nodes[node]
        text = known.source.text if known.expression and known.source is not None and len(known.outputs) <= 1 else ""
        return text if len(text) <= most and "\n" not in text else ""

    def operand_expression(self, node: int, place: int) -> str:
        """As `expression`, of what an operation consumed at a place."""
        edge = self.edge(node, place)
        return "" if edge is None or edge.target not in self.nodes else self.expression(edge.target)

    def variables(self) -> frozenset[str]:
        """All names of the program's that its nodes have."""
        return frozenset(name for node in self.nodes.values() for name in _variables_of(node) if name)


def _variables_of(node: Node) -> Iterator[str]:
    yield node.variable
    yield from (output.variable for output in node.outputs)
