"""The whole way of a gradient: from the loss down to what is pointed at, and on from it to the leaves that it feeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.shared.language import grouped, trn
from visualizer.backprop.graph.scene import Scene

OFF, HERE, BEFORE, AFTER = range(4)  # before: between the loss and here, where it comes from
NEAR_EDGES = (8, 24)  # so many edges away the way is drawn strongly, and less so; further away it is faint
_UNREACHED = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Target:
    """What is pointed at: the gradient comes to the nodes `first` and goes on from `last` (indices in graph.nodes).
    Both are the same, but for an edge, which lies between them."""

    first: tuple[int, ...]
    last: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Way:
    """`cards` and `links` int8 say OFF, HERE, BEFORE or AFTER of each; `card_reach` and `link_reach` int8 how far away
    it is, 0 to len(NEAR_EDGES). `rows` are lit leaves in cards that are off or before, indices in `Scene.rows`."""

    cards: np.ndarray
    links: np.ndarray
    card_reach: np.ndarray
    link_reach: np.ndarray
    rows: np.ndarray

    @property
    def words(self) -> str:
        """How many cards are lit on each side, as a sentence."""
        before, after = (int((self.cards == side).sum()) for side in (BEFORE, AFTER))
        return trn(
            "Its gradient comes through {n} card and goes on to {after}.",
            "Its gradient comes through {n} cards and goes on to {after}.",
            before,
            after=grouped(after),
        )


class Ways:
    """Finds ways in one scene: whole graphs of nodes are walked, so that what is folded lights up only where a gradient
    goes through it. Edges are arranged at the first question."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        shown = scene.shown
        carries = np.array([edge.gradient for edge in shown.graph.edges], dtype=bool)
        self._edges = np.flatnonzero(carries & (shown.ends >= 0).all(axis=1)) if len(shown.ends) else np.empty(0, int)
        self._ends = shown.ends[self._edges]
        n_nodes = len(shown.graph.nodes)
        sources, targets = self._ends.reshape(-1, 2).T
        self._above, self._below = _by_end(targets, sources, n_nodes), _by_end(sources, targets, n_nodes)

    def way(self, target: Target) -> Way | None:
        """None where no gradient goes: at an input, or a node that nothing leads to and that leads nowhere."""
        n_nodes = len(self._above)
        before, after = _hops(target.first, self._above), _hops(target.last, self._below)
        here = np.zeros(n_nodes, dtype=bool)
        here[list(set(target.first) & set(target.last))] = True
        is_lit = (before < _UNREACHED) | (after < _UNREACHED)
        if not (is_lit & ~here).any():
            return None
        cards, card_reach = self._cards(before, after, here)
        links, link_reach = self._links(target, before, after)
        return Way(cards, links, card_reach, link_reach, self._rows(is_lit, cards))

    def _cards(self, before: np.ndarray, after: np.ndarray, here: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        shown = self.scene.shown
        has_card = ~shown.is_row
        owner, n_cards = shown.card_of[has_card], len(shown.cards)
        hops = [_least(owner, side[has_card], n_cards) for side in (before, after)]
        return _sides(hops, np.unique(owner[here[has_card]]))

    def _links(self, target: Target, before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """An edge lies before what it leads to is reached upward, and after where it comes from is reached downward."""
        is_first, is_last = (np.isin(np.arange(len(before)), nodes) for nodes in (target.first, target.last))
        sources, targets = self._ends.T
        owner = self.scene.link_of_edge[self._edges]
        is_drawn = owner >= 0
        between = is_drawn & is_first[sources] & is_last[targets]
        n_links = len(self.scene.links)
        hops = [_least(owner[is_drawn], side[is_drawn], n_links) for side in (before[targets], after[sources])]
        return _sides(hops, np.unique(owner[between]))

    def _rows(self, is_lit: np.ndarray, cards: np.ndarray) -> np.ndarray:
        shown, rows = self.scene.shown, self.scene.rows
        is_own = shown.is_row[rows.nodes] & (shown.card_of[rows.nodes] == rows.cards)
        return np.flatnonzero(is_own & is_lit[rows.nodes] & np.isin(cards[rows.cards], (OFF, BEFORE)))


def _by_end(own: np.ndarray, other: np.ndarray, n_nodes: int) -> list[list[int]]:
    """By node: the other ends of the edges that have it as their own end."""
    order = np.argsort(own, kind="stable")
    starts = np.searchsorted(own[order], np.arange(n_nodes + 1)).tolist()
    others = other[order].tolist()
    return [others[start:stop] for start, stop in pairwise(starts)]


def _hops(starts: Iterable[int], following: list[list[int]]) -> np.ndarray:
    """How many edges away every node is, int32 (n_nodes,)."""
    hops = [_UNREACHED] * len(following)
    waiting = list(starts)
    for node in waiting:
        hops[node] = 0
    for node in waiting:  # which grows on the way
        next_hop = hops[node] + 1
        for other in following[node]:
            if hops[other] > next_hop:
                hops[other] = next_hop
                waiting.append(other)
    return np.array(hops, dtype=np.int32)


def _least(owner: np.ndarray, hops: np.ndarray, n: int) -> np.ndarray:
    least = np.full(n, _UNREACHED, dtype=np.int32)
    np.minimum.at(least, owner, hops)
    return least


def _sides(hops: list[np.ndarray], here: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    before, after = hops
    sides = np.where(before < _UNREACHED, BEFORE, np.where(after < _UNREACHED, AFTER, OFF)).astype(np.int8)
    sides[here] = HERE
    nearest = np.minimum(before, after)
    nearest[here] = 0
    return sides, np.searchsorted(NEAR_EDGES, nearest, side="left").astype(np.int8)
