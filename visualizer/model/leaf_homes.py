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
    for leaf, number in _around_users(regions, owner, to_leaves).items():
        owner[leaf] = _home(regions, graph.nodes[leaf], number)
    for leaf in np.flatnonzero(is_leaf).tolist():
        regions[owner[leaf]].nodes.append(leaf)
    return owner


def _around_users(regions: list[Region], owner: np.ndarray, to_leaves: np.ndarray) -> dict[int, int]:
    """By leaf, the innermost region around all of its users. Backward passes that went through them later, and took it,
    too, are left out of account."""
    in_layer = np.array([region.kind == LAYER for region in regions], dtype=bool)[owner[to_leaves[:, 0]]]
    found: dict[int, int] = {}
    newest: dict[int, int] = {}  # of the forward pass: the smallest index of a user
    for user, leaf in [*to_leaves[~in_layer].tolist(), *to_leaves[in_layer].tolist()]:
        region = int(owner[user])
        if regions[region].kind != LAYER:
            newest[leaf] = min(newest.get(leaf, user), user)
        elif user < newest.get(leaf, -1):
            continue
        found[leaf] = _around_both(regions, found[leaf], region) if leaf in found else region
    return found


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
