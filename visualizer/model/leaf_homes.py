"""Which region each node of a graph is in: an operation where it was made, a leaf where its users are."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain

import numpy as np

from engine.protocol.graph_values import Graph, Node
from visualizer.model.regions import LAYER, ROOT, SERIES, Region
from visualizer.model.turns import Work

_TURN_USES = 2_000  # are walked over in some milliseconds


def owners(graph: Graph, regions: list[Region], ends: np.ndarray) -> Work[np.ndarray]:
    """int32 (n_nodes,): the region of each node; the leaves are put into `regions`, which hold the operations and stand
    outer before inner. A leaf goes where all of its users are, and what lies behind a cut where the tensor is that was
    cut off; what several members of a series use, or a variable of the program holds, stays outside, and so does what a
    backward pass found. `ends` are those of the tree."""
    owner = np.zeros(len(graph.nodes), dtype=np.int32)
    made = list(chain.from_iterable(region.nodes for region in regions))
    owner[made] = np.repeat(np.arange(len(regions)), [len(region.nodes) for region in regions])
    yield
    is_leaf = ~graph.columns.is_made
    to_leaves = ends[(ends >= 0).all(axis=1)]
    to_leaves = to_leaves[is_leaf[to_leaves[:, 1]]]
    is_behind = is_leaf[to_leaves[:, 0]]
    around = yield from _around_users(regions, owner, to_leaves[~is_behind])
    behind = to_leaves[is_behind].tolist()
    waiting = Counter(leaf for _, leaf in behind)
    for n_done, (leaf, number) in enumerate(around.items()):
        if not n_done % _TURN_USES:
            yield
        if leaf not in waiting:
            owner[leaf] = _home(regions, graph.nodes[leaf], number)
    yield
    _settle(graph, regions, owner, around, behind, waiting)
    leaves = np.flatnonzero(is_leaf)
    for leaf, number in zip(leaves.tolist(), owner[leaves].tolist(), strict=True):
        regions[number].nodes.append(leaf)
    yield
    return owner


def _settle(
    graph: Graph,
    regions: list[Region],
    owner: np.ndarray,
    around: dict[int, int],
    behind: list[list[int]],
    waiting: Counter[int],
) -> None:
    """Those that leaves lead to, each after all that lead to it: few, for what lies behind a cut is told in part."""
    following = defaultdict[int, list[int]](list)
    for user, leaf in behind:
        following[user].append(leaf)
    settled = [user for user in following if user not in waiting]
    for user in settled:
        for leaf in following[user]:
            number = int(owner[user])
            around[leaf] = _around_both(regions, around[leaf], number) if leaf in around else number
            waiting[leaf] -= 1
            if not waiting[leaf]:
                owner[leaf] = _home(regions, graph.nodes[leaf], around[leaf])
                settled.append(leaf)


def _around_users(regions: list[Region], owner: np.ndarray, to_leaves: np.ndarray) -> Work[dict[int, int]]:
    """By leaf, the innermost region around all of its users. Backward passes that went through them later, and took it,
    too, are left out of account."""
    is_layer = [region.kind == LAYER for region in regions]
    in_layer = np.array(is_layer, dtype=bool)[owner[to_leaves[:, 0]]]
    found: dict[int, int] = {}
    newest: dict[int, int] = {}  # of the forward pass: the smallest index of a user
    in_order = np.concatenate([to_leaves[~in_layer], to_leaves[in_layer]])
    uses = zip(*in_order.T.tolist(), owner[in_order[:, 0]].tolist(), strict=True)
    for n_done, (user, leaf, region) in enumerate(uses):
        if not n_done % _TURN_USES:
            yield
        if not is_layer[region]:
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
