"""The structure of a graph, or of some of its nodes, as DOT text."""

from __future__ import annotations

from collections.abc import Container

import graphviz

from engine.protocol.graph_values import Graph, Node
from visualizer.backprop.graph.folding import shape_text
from visualizer.backprop.graph.naming import Namer


def dot_text(graph: Graph, chosen: Container[int] | None = None) -> str:
    """Every node and edge of the graph, folded or not, with modules as clusters. Of some `chosen` nodes (ids) also the
    edges across their border, which end at the bare name of what is there."""
    drawing = graphviz.Digraph("graph", graph_attr={"rankdir": "BT"}, node_attr={"shape": "box"})
    namer = Namer(graph)
    by_module: dict[str, list[Node]] = {}
    for node in graph.nodes:
        if chosen is None or node.id in chosen:
            by_module.setdefault(node.module, []).append(node)
    for module, nodes in by_module.items():
        if not module:
            _add_nodes(drawing, nodes, namer)
            continue
        with drawing.subgraph(name=f"cluster_{module}") as cluster:
            cluster.attr(label=graphviz.escape(module))
            _add_nodes(cluster, nodes, namer)
    _add_edges(drawing, graph, chosen)
    return drawing.source


def _add_nodes(drawing: graphviz.Digraph, nodes: list[Node], namer: Namer) -> None:
    for node in nodes:
        output = node.outputs[0] if node.outputs else None
        shape = f"{shape_text(output.shape)} {output.dtype}" if output is not None else ""
        lines = [node.name, namer.second_line(node)[0], shape]
        drawing.node(str(node.id), "\\n".join(graphviz.escape(line) for line in lines if line.strip()))


def _add_edges(drawing: graphviz.Digraph, graph: Graph, chosen: Container[int] | None) -> None:
    names, outside = {node.id: node.name for node in graph.nodes}, set[int]()
    for edge in graph.edges:
        ends = (edge.source, edge.target)
        beyond = [] if chosen is None else [end for end in ends if end not in chosen]
        if len(beyond) == 2:
            continue
        for end in beyond:
            if end not in outside:
                outside.add(end)
                drawing.node(str(end), graphviz.escape(names.get(end, "")), shape="plaintext", fontcolor="gray50")
        style = {} if edge.gradient else {"style": "dashed"}
        drawing.edge(*map(str, ends), label=graphviz.escape(shape_text(edge.shape)), **style)
