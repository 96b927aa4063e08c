"""The state of every card and link at one moment of a backward pass, as arrays that a step changes in few places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.shared.backward_model import BackwardView, NodeState
from visualizer.backprop.graph.scene import Scene

# As plain numbers: to compare an array with an IntEnum takes numpy twenty times as long as the array itself.
DONE, CURRENT, READY, WAITING, NOT_REACHED, NOT_NEEDED, FAILED = map(int, NodeState)
IDLE, PASSED, ARRIVING, NO_GRADIENT = range(4)


@dataclass(frozen=True)
class Change:
    """What is to be drawn anew: numbers of cards and of links."""

    cards: list[int]
    links: list[int]


class States:
    """`cards` int8 (n_cards,) holds NodeStates, `links` int8 (n_links,) IDLE, PASSED …; `done` and `needed` count a
    card's nodes. `version` grows with every change."""

    def __init__(self, scene: Scene, view: BackwardView | None) -> None:
        shown = scene.shown
        self.scene, self.view, self.version = scene, view, 0
        n_cards = len(shown.cards)
        self.cards = np.full(n_cards, DONE, dtype=np.int8)
        self.done = np.zeros(n_cards, dtype=np.int64)
        self.needed = np.zeros(n_cards, dtype=np.int64)
        self.links = np.zeros(len(shown.links), dtype=np.int8)
        self.links[~scene.link_has_gradient] = NO_GRADIENT
        self._nodes = np.full(len(scene.node_ids), NOT_REACHED, dtype=np.int8)
        self._is_counted = ~scene.is_input & ~shown.is_row  # whose state is their card's
        self._counts = np.zeros((len(NodeState), n_cards), dtype=np.int32)  # of those
        if view is None:
            return
        self._set_nodes(view)
        for state in map(int, NodeState):
            mine = shown.card_of[(self._nodes == state) & self._is_counted]
            self._counts[state] = np.bincount(mine, minlength=n_cards)
        self._set_cards(slice(None))
        self._set_all_links()

    def move(self, view: BackwardView | None) -> Change | None:
        """Go to another moment. Says what has changed; None where all of it has to be made anew instead."""
        changed = view.changed_since(self.view) if view is not None and self.view is not None else None
        if changed is None or view is None:
            return None
        index_of, card_of = self.scene.index_of, self.scene.shown.card_of
        touched = [index for node in changed if (index := index_of.get(node)) is not None]
        moved = []
        for index in touched:
            before, now = int(self._nodes[index]), int(view.state(int(self.scene.node_ids[index])))
            if before != now and not self.scene.is_input[index]:
                self._nodes[index] = now
                moved.append(index)
                if self._is_counted[index]:
                    self._counts[before, card_of[index]] -= 1
                    self._counts[now, card_of[index]] += 1
        self.view = view
        self.version += 1
        in_rows = self.scene.rows.cards_of(moved)  # a row shows the state alone
        cards = np.unique(np.array([*card_of[touched].tolist(), *in_rows], dtype=np.int32))
        self._set_cards(cards)
        links = [link for link in self.scene.links_at(moved) if self._set_link(link)]
        return Change(cards.tolist(), links)

    def of_node(self, index: int) -> NodeState:
        """The state of one node (index in graph.nodes)."""
        return NodeState(self._nodes[index])

    def _set_nodes(self, view: BackwardView) -> None:
        ids = self.scene.node_ids
        lists = ((NOT_NEEDED, view.not_needed), (WAITING, view.waiting), (READY, view.ready), (DONE, view.done))
        for state, members in lists:
            if members:
                self._nodes[np.isin(ids, np.fromiter(members, dtype=np.int64, count=len(members)))] = state
        self._nodes[ids == view.current] = CURRENT
        self._nodes[ids == view.error_node] = FAILED

    def _set_cards(self, which: np.ndarray | slice) -> None:
        counts = self._counts[:, which]
        total = counts.sum(axis=0)
        done, needed = counts[DONE], total - counts[NOT_NEEDED]
        states = np.full(len(total), NOT_REACHED, dtype=np.int8)
        states[(total > 0) & (needed == 0)] = NOT_NEEDED
        for state in (WAITING, READY):
            states[counts[state] > 0] = state
        states[(done > 0) & (done >= needed)] = DONE
        for state in (CURRENT, FAILED):
            states[counts[state] > 0] = state
        self.cards[which], self.done[which], self.needed[which] = states, done, needed

    def _set_all_links(self) -> None:
        """A node hands its gradients on when it has run: then its links have carried them."""
        scene, nodes = self.scene, self._nodes
        source, target = scene.shown.ends.T
        passed = (scene.link_of_edge >= 0) & (nodes[source] == DONE)
        arriving = passed & ((nodes[target] == CURRENT) | (nodes[target] == FAILED))
        for state, edges in ((PASSED, passed), (ARRIVING, arriving)):
            some = np.bincount(scene.link_of_edge[edges], minlength=len(self.links)) > 0
            self.links[some & scene.link_has_gradient] = state

    def _set_link(self, link: int) -> bool:
        """True if that changed it."""
        if not self.scene.link_has_gradient[link]:
            return False
        ends = self.scene.shown.ends[list(self.scene.shown.links[link].edges)]
        targets = self._nodes[ends[self._nodes[ends[:, 0]] == DONE, 1]]
        arrives = bool(((targets == CURRENT) | (targets == FAILED)).any())
        state = ARRIVING if arrives else PASSED if len(targets) else IDLE
        before, self.links[link] = self.links[link], state
        return bool(before != state)
