"""Which leaves, inputs and views stand as rows in the card of a node beside them, and which have cards of their own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import msgspec
import numpy as np

from engine.protocol.graph_values import Graph
from visualizer.backprop.graph.view_rows import top_of, view_hosts
from visualizer.model.turns import Work

_TURN_EDGES = 2_000  # are walked over in some milliseconds
FEW_NODES = 25  # in a graph of at most so many, leaves are cards, where they teach
MOST_ROWS = 8  # of one card; `torch.stack` of a thousand leaves would be as high as a tower


class LeafRow(msgspec.Struct, frozen=True, gc=False):
    """A leaf or a view (index in graph.nodes) in the card of a node beside it. A leaf with more than one use has a card
    of its own, to which the row leads."""

    node: int
    n_uses: int = 1


@dataclass(frozen=True)
class LeafRows:
    """`rows` by the index of the node whose card has them, `host` by leaf and view: where it is drawn instead of as a
    card."""

    rows: dict[int, tuple[LeafRow, ...]] = field(default_factory=dict)
    host: dict[int, int] = field(default_factory=dict)

    def has_chip(self, node: int, leaf: int) -> bool:
        """Whether a node's card leads to a leaf by a row, so that no line has to."""
        return any(row.node == leaf for row in self.rows.get(self.host.get(node, node), ()))


def leaf_rows(graph: Graph, ends: np.ndarray, is_hidden: np.ndarray, owner: np.ndarray) -> Work[LeafRows]:
    """`is_hidden` bool (n_nodes,): whether a node is inside of a folded card, which has no rows; `owner` int32
    (n_nodes,): its region."""
    nodes, is_leaf = graph.nodes, ~graph.columns.is_made
    views = yield from view_hosts(graph, ends, is_hidden, owner, MOST_ROWS)
    seen = ends[(ends >= 0).all(axis=1) & ~is_hidden[ends[:, 1]] & is_leaf[ends[:, 1]]]
    pairs = list(zip(*seen.T.tolist(), strict=True))
    cut_off = {source for source, target in pairs if nodes[target].is_ghost}  # each is a card, with what is behind
    users: dict[int, dict[int, None]] = defaultdict(dict)
    for n_done, (source, target) in enumerate(pairs):
        if not n_done % _TURN_EDGES:
            yield
        if target not in cut_off and not nodes[target].is_ghost:
            users[target][top_of(views, source)] = None
    rows: dict[int, list[LeafRow]] = defaultdict(list)
    host: dict[int, int] = {view: top_of(views, view) for view in views}
    yield
    for n_done, (leaf, found) in enumerate(users.items()):
        if not n_done % _TURN_EDGES:
            yield
        first = next(iter(found))
        if len(found) == 1 and not is_hidden[first]:
            host[leaf] = first
        for user in found:
            if not is_hidden[user]:
                rows[user].append(LeafRow(leaf, len(found)))
    for view in views:
        rows[host[view]].append(LeafRow(view))
    return LeafRows({node: tuple(found) for node, found in rows.items()}, host)
