"""Time to find nodes and to colour cards in a large graph of which all facts are known."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

import msgspec

from engine.protocol.facts import NodeFacts, SavedStorage
from engine.protocol.graph_values import Graph
from engine.protocol.source import Source
from engine.shared.measurement import Measurement
from visualizer.app.application import make_application
from visualizer.app.settings import Settings
from visualizer.backprop.graph.color_by import CATEGORY, CHOICES, CardValues
from visualizer.backprop.graph.finder import Finder
from visualizer.backprop.graph.scene import Scene
from visualizer.bench.graph_frames import grid_scene
from visualizer.model.fact_columns import FactColumns

_QUERIES = ("tanh -h17", "op:tanh norm>1", "nan", "zeros>0.1 max>0", "module:h.3", "line:14-17", "shape:(…,4)")


def graph_search(n_nodes: int) -> list[Measurement]:
    """The slowest query and the slowest colouring, each with what it does once for a graph; milliseconds."""
    make_application(Settings())
    scene = grid_scene(n_nodes)
    graph = _named(scene.shown.graph)
    columns, finder = FactColumns(graph, _Known(graph)), Finder()
    finder.set_graph(graph, columns)
    while finder.prepare():  # as it is done once the field is entered
        pass
    find_ms = max(_median_ms(partial(finder.ask, query)) for query in _QUERIES)
    color_ms = max(_median_ms(partial(_color, scene, name, columns)) for name in CHOICES if name != CATEGORY)
    named = f"among {n_nodes:,} nodes"
    return [
        Measurement(name=f"a query {named}, the slowest of {len(_QUERIES)}", ours=find_ms, aim="≤ 50 ms"),
        Measurement(name=f"colours of {n_nodes:,} cards by a number, the slowest", ours=color_ms, aim="≤ 50 ms"),
    ]


def _color(scene: Scene, name: str, columns: FactColumns) -> None:
    CardValues(scene).coloring(name, columns)


def _named(graph: Graph) -> Graph:
    """With variables, lines and modules, as a program's graph has them."""
    nodes = tuple(
        msgspec.structs.replace(
            node,
            variable=f"h{node.id}" if node.id % 3 == 0 else "",
            source=Source("rnn.py", node.id % 90, 0, node.id % 90, 9, f"h @ W{node.id % 90}"),
            module=f"net.h.{node.id % 100}",
        )
        for node in graph.nodes
    )
    return msgspec.structs.replace(graph, nodes=nodes)


class _Known:
    """All facts of all nodes, as they are once the engine has told them."""

    def __init__(self, graph: Graph) -> None:
        self._facts = {
            node.id: NodeFacts(node.id, 16, -1.0, 1.0, 1e-3 * node.id, 3, saved=(SavedStorage(node.id, 64),))
            for node in graph.nodes
        }

    def of(self, node: int) -> NodeFacts | None:
        return self._facts.get(node)

    def gradient_norm(self, node: int) -> float | None:
        return 1e-3 * node

    def time_ms(self, node: int) -> float | None:
        return 0.1


def _median_ms(act: Callable[[], object]) -> float:
    times_ms = []
    for _round in range(5):
        start_s = time.perf_counter()
        act()
        times_ms.append((time.perf_counter() - start_s) * 1000)
    return statistics.median(times_ms)
