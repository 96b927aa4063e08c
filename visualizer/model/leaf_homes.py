"""Which region each node of a graph is in: an operation where it was made, a leaf where its users are."""

from __future__ import annotations

import numpy as np

from engine.protocol.values import Graph, Node
from visualizer.model.regions import LAYER, ROOT, SERIES, Region


def owners(graph: Graph, regions: list[Region], ends: np.ndarray) -> np.ndarray:
    """int32 (n_nodes,): the region of each node; the leaves are put into `regions`, which hold the operations and stand
    outer before inner. A leaf goes where all of its users are; what several members of a series use, or a variable of
    the program holds, stays outside, and so does what a backward pass found. `ends` are those of the tree."""
    owner = np.zeros(len(graph.nodes), dtype=np.int32)
    for number, region in enumerate(regions):
        owner[region.nodes] = number
    is_leaf = np.array([node.kind != "backward" for node in graph.nodes], dtype=bool)
    to_leaves = ends[(ends >= 0).all(axis=1)]
    to_leaves = to_leaves[is_leaf[to_leaves[:, 1]]]
    found: dict[int, int] = {}
    for leaf, mine in zip(to_leaves[:, 1].tolist(), owner[to_leaves[:, 0]].tolist(), strict=True):
        found[leaf] = _around_both(regions, found[leaf], mine) if leaf in found else mine
    for leaf, number in found.items():
        owner[leaf] = _home(regions, graph.nodes[leaf], number)
    for leaf in np.flatnonzero(is_leaf).tolist():
        regions[owner[leaf]].nodes.append(leaf)
    return owner


def _around_both(regions: list[Region], first: int, second: int) -> int:
    while first != second:
        first, second = min(first, second), regions[max(first, second)].parent  # the later one is not the outer one
    return first


def _home(regions: list[Region], node: Node, number: int) -> int:
    is_named = node.kind == "input" and node.variable and "." not in node.variable
    while number != ROOT:
        region = regions[number]
        if region.kind not in (SERIES, LAYER) and not (is_named and regions[region.parent].kind != SERIES):
            break
        number = region.parent
    return number
