"""Which leaves and inputs stand as rows in the card of the node that uses them, and which have cards of their own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from engine.protocol.values import Graph

FEW_NODES = 25  # in a graph of at most so many, leaves are cards, where they teach
MOST_ROWS = 8  # of one card; `torch.stack` of a thousand leaves would be as high as a tower


@dataclass(frozen=True, slots=True)
class LeafRow:
    """A leaf (index in graph.nodes) in the card of a node that uses it. With more than one use it has a card of its
    own, to which the row leads."""

    node: int
    n_uses: int = 1


@dataclass(frozen=True)
class LeafRows:
    """`rows` by the index of the node whose card has them, `host` by leaf: where it is drawn instead of as a card."""

    rows: dict[int, tuple[LeafRow, ...]] = field(default_factory=dict)
    host: dict[int, int] = field(default_factory=dict)

    def has_chip(self, node: int, leaf: int) -> bool:
        """Whether a node's card leads to a leaf by a row, so that no line has to."""
        return any(row.node == leaf for row in self.rows.get(node, ()))


def leaf_rows(graph: Graph, ends: np.ndarray, is_hidden: np.ndarray) -> LeafRows:
    """`is_hidden` bool (n_nodes,): whether a node is inside of a folded card, which has no rows."""
    seen = ends[(ends >= 0).all(axis=1) & ~is_hidden[ends[:, 1]]]
    users: dict[int, list[int]] = defaultdict(list)
    pairs = dict.fromkeys(map(tuple, seen.tolist()))
    cut_off = {
        source for source, target in pairs if graph.nodes[target].is_ghost
    }  # each is a card, with what is behind
    for source, target in pairs:
        if graph.nodes[target].kind in ("accumulate", "input") and target not in cut_off:
            users[target].append(source)
    rows: dict[int, list[LeafRow]] = defaultdict(list)
    host: dict[int, int] = {}
    for leaf, found in users.items():
        if len(found) == 1 and not is_hidden[found[0]]:
            host[leaf] = found[0]
        for user in found:
            if not is_hidden[user]:
                rows[user].append(LeafRow(leaf, len(found)))
    return LeafRows({node: tuple(found) for node, found in rows.items()}, host)
