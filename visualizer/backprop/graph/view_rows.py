"""Which views stand as rows in the card of the node before or after them, in a graph that has many."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from engine.protocol.graph_values import Graph, Node
from visualizer.model.turns import Work

Hosts = dict[int, int]
_FEW_NODES = 30  # in a graph of at most so many every view is a card
_TURN_EDGES = 2_000  # are walked over in some milliseconds


def is_view(node: Node) -> bool:
    """Whether a node shows the elements of one tensor in another shape."""
    return node.kind == "backward" and node.category == "view" and len(node.outputs) < 2


def top_of(hosts: Hosts, node: int) -> int:
    """The node whose card a node stands in, by itself or in a view's row."""
    while node in hosts:
        node = hosts[node]
    return node


def view_hosts(graph: Graph, ends: np.ndarray, is_hidden: np.ndarray, owner: np.ndarray, most: int) -> Work[Hosts]:
    """By view (indices in graph.nodes): the node whose card has it as a row, which may be a view that is a row itself.

    That is the one node that uses it, else the one whose only use it is; of the same region and the same call, as a
    frame is around whole cards; no card gets more than `most` rows. To join such two makes no cycle. `owner` int32
    (n_nodes,) is the region of each.
    """
    seen = np.flatnonzero(~is_hidden & graph.columns.is_made).tolist()
    views = [index for index in seen if is_view(graph.nodes[index])]
    yield
    if len(graph.nodes) <= _FEW_NODES or not views:
        return {}
    found = _Views(graph, is_hidden, owner, most)
    yield from found.look(ends)
    return found.hosts(views)


class _Views:
    def __init__(self, graph: Graph, is_hidden: np.ndarray, owner: np.ndarray, most: int) -> None:
        self._nodes, self._is_hidden, self._owner = graph.nodes, is_hidden, owner
        self._most = most  # rows of one card
        self._is_made = graph.columns.is_made
        self._n_of_call = Counter(graph.columns.calls[self._is_made].tolist())
        self._users: dict[int, list[int]] = defaultdict(list)
        self._used: dict[int, list[int]] = defaultdict(list)  # operations alone
        self._n_rows: Counter[int] = Counter()  # by the node whose card has them
        self._hosts: Hosts = {}

    def look(self, ends: np.ndarray) -> Work[None]:
        """Who uses whom."""
        is_seen = ~self._is_hidden[ends] & (ends >= 0)  # by both ends of each edge; one to nowhere counts as hidden
        pairs = dict.fromkeys(zip(*ends[is_seen.any(axis=1)].T.tolist(), strict=True))
        for n_done, (source, target) in enumerate(pairs):
            if not n_done % _TURN_EDGES:
                yield
            self._users[target].append(source)
            if target >= 0 and self._is_made[target]:
                self._used[source].append(target)
            else:
                self._n_rows[source] += 1
        yield

    def hosts(self, views: list[int]) -> Hosts:
        views = [index for index in views if len(self._used[index]) < 2]
        for view in views:
            users = self._users[view]
            if len(users) == 1:
                self._join(view, users[0])
        for view in views:
            if view not in self._hosts:
                self._join(view, self._before(view))
        return self._hosts

    def _before(self, view: int) -> int:
        """The node that a view, and those before it that are its rows, are the only use of; -1 without one."""
        node = view
        while len(self._used[node]) == 1:
            (before,) = self._used[node]
            if len(self._users[before]) > 1:
                break
            if top_of(self._hosts, before) != view:
                return before
            node = before
        return -1

    def _join(self, view: int, other: int) -> None:
        if other < 0 or self._is_hidden[other] or self._owner[view] != self._owner[other]:
            return
        call, top = self._nodes[view].call, top_of(self._hosts, other)
        n_rows = self._n_rows[top] + self._n_rows[view] + 1
        if n_rows <= self._most and (call == self._nodes[other].call or call < 0 or self._n_of_call[call] < 2):
            self._hosts[view] = other
            self._n_rows[top] = n_rows
