"""From a graph and what is folded in it to a laid-out scene; the layout is waited for without blocking the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QObject, QPointF, QTimer, Signal

from engine.protocol.graph_values import Graph
from engine.shared.language import said, tr, trn
from visualizer.backprop.graph.folding import VisibleGraph, folding
from visualizer.backprop.graph.layout import LayoutClient, layout_request
from visualizer.backprop.graph.layout_patience import LayoutPatience
from visualizer.backprop.graph.layout_values import SCREEN, LayoutReply, LayoutRequest
from visualizer.backprop.graph.leaf_rows import FEW_NODES
from visualizer.backprop.graph.opening import (
    followed,
    opened_to,
    paged,
    reveal,
    reveal_region,
    split_part,
    start_folded,
    toggled,
)
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.series_controls import Turn
from visualizer.model.region_builder import finding_regions
from visualizer.model.regions import RegionTree
from visualizer.model.turns import Turns, Work, whole

BANNER_AFTER_MS = 300
_ANOTHER_SHAPE = 1.3  # times wider or higher than another room: then other columns fit better
_AT_ONCE = 2_000  # nodes, which take no longer than a frame or two


class Stage(QObject):
    """`shown(scene, needs_fit, anchor)`: `anchor` is the fold key whose place on the screen should stay, or "".

    Of a large graph the way to the layout is made in turns of the event loop. `slow(say)` while all that takes long:
    `say()` tells of what. A layout that takes longer still gives way to a plainer one; `settled()` when it no longer
    does, `failed(sentence)`.

    `room` tells the width and height of what a graph is to fit on. It is asked whenever the whole is to be seen anew:
    what is opened in it, or run again unchanged, keeps its places in a window of another size.
    """

    shown = Signal(object, bool, str)
    slow = Signal(object)
    settled = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None, room: Callable[[], tuple[float, float]] = lambda: SCREEN) -> None:
        super().__init__(parent)
        self._room, self._screen = room, SCREEN
        self.graph: Graph | None = None
        self.tree: RegionTree | None = None
        self._before: RegionTree | None = None  # of the graph before, until that of this one is there
        self.scene: Scene | None = None
        self.folded: frozenset[str] = frozenset()
        self._followed: tuple[int, frozenset[str]] | None = None  # a node, and the folding in which it is seen
        self._pending: tuple[VisibleGraph, str] | None = None
        self._wants_fit = self._owes_fit = False  # before its layout is asked for, and while it is under way
        self._turns = Turns(self)
        self._turns.done.connect(self._request)
        self._wanted_leaf_cards: bool | None = None
        self._last_request: LayoutRequest | None = None
        self.layout = LayoutClient(self)
        self.layout.done.connect(self._on_done)
        self._banner = QTimer(self, singleShot=True, interval=BANNER_AFTER_MS)
        self._banner.timeout.connect(self._say_slow)
        self.patience = LayoutPatience(self.layout)

    @property
    def has_leaf_cards(self) -> bool:
        """Whether leaves are cards of their own: as the person chose, else in small graphs."""
        if self._wanted_leaf_cards is not None or self.graph is None:
            return bool(self._wanted_leaf_cards)
        return len(self.graph.nodes) <= FEW_NODES

    def set_leaf_cards(self, has_leaf_cards: bool) -> None:
        """Draw leaves as cards, or as rows in the cards of the nodes that use them, in every graph from now on."""
        self._wanted_leaf_cards = has_leaf_cards
        if self.tree is not None:
            self._ask(needs_fit=True)

    def say_again(self) -> None:
        """The language is another: frames and folded cards are called otherwise."""
        if self.tree is not None:
            self.tree.forget_words()
            self._ask(needs_fit=False)

    @property
    def is_waiting(self) -> bool:
        """Whether a layout is under way."""
        return self._pending is not None or self._turns.is_running

    def suit_room(self) -> None:
        """The whole is on show: what was laid out for a room of quite another shape, as a canvas behind a tab has, is
        laid out for the one that it has now."""
        if self.tree is None or self.is_waiting:
            return
        (width, height), (wide, high) = self._room(), self._screen
        if not 1 / _ANOTHER_SHAPE < (width / height) / (wide / high) < _ANOTHER_SHAPE:
            self._last_request = None
            self._ask(needs_fit=True)

    def set_graph(self, graph: Graph | None) -> None:
        """Show another graph, or none. What the person folded stays folded where the modules are the same."""
        self._drop()
        self._followed = None
        self._before = None if graph is None else self.tree or self._before
        self.graph, self.tree, self.scene = graph, None, None
        if graph is None:
            self.layout.forget()
            self._last_request = None
        if graph is None or not graph.nodes:
            return
        self._wants_fit = True
        self._work(self._arrive(graph))

    def toggle(self, key: str) -> None:
        """Fold what is open, open what is folded, in place."""
        if self.tree is not None:
            self._fold_as(toggled(self.tree, self.folded, key), anchor=key)

    def turn(self, turn: Turn) -> None:
        """Open other members of a series instead of those that stand open."""
        if self.tree is None:
            return
        if turn.way:
            self._fold_as(paged(self.tree, self.folded, turn.series, turn.way), anchor=turn.series)
        else:
            self._fold_as(opened_to(self.tree, self.folded, turn.series, turn.first, turn.stop), anchor=turn.series)

    def fold_all(self) -> None:
        """Every region closed."""
        if self.tree is not None:
            self._fold_as(frozenset(self.tree.foldable()), needs_fit=True)

    def unfold_all(self) -> None:
        """Every node a card of its own."""
        self._fold_as(frozenset(), needs_fit=True)

    def reveal(self, node_index: int) -> bool:
        """Open what hides a node; False when nothing does."""
        if self.tree is None:
            return False
        return self._open_as(reveal(self.tree, self.folded, node_index))

    def reveal_module(self, key: str) -> bool:
        """Open what hides a module or a group of them, not itself; False when nothing does."""
        return self.tree is not None and self._open_as(reveal_region(self.tree, self.folded, key))

    def follow(self, node_index: int) -> None:
        """Where a series stands open at one member, open the one that a node is in instead. Its frame stays put."""
        if self.tree is None or self._followed == (node_index, self.folded):
            return
        wanted = followed(self.tree, self.folded, node_index)
        self._followed = node_index, wanted
        if wanted != self.folded:
            parts = (part for key in wanted ^ self.folded if (part := split_part(key)) is not None)
            self._fold_as(wanted, anchor=next((series for series, _, _ in parts), ""))

    def cancel(self) -> None:
        """Give up the layout under way; the picture before it stays."""
        self.layout.cancel()
        self._drop()
        if self.scene is not None:
            self.folded = self.scene.shown.folded
        else:
            self.failed.emit(
                lambda: tr("The layout was cancelled. Fold all modules to draw less, or choose the output again.")
            )

    def close(self) -> None:
        """End the layout process."""
        self._drop()
        self.layout.stop()

    def _open_as(self, folded: frozenset[str]) -> bool:
        if folded == self.folded:
            return False
        self._fold_as(folded)
        return True

    def _fold_as(self, folded: frozenset[str], *, anchor: str = "", needs_fit: bool = False) -> None:
        if self.tree is None or folded == self.folded:
            return
        self.folded = folded
        self._ask(needs_fit=needs_fit or self.scene is None, anchor=anchor)

    def _ask(self, *, needs_fit: bool, anchor: str = "") -> None:
        assert self.graph is not None and self.tree is not None
        self._wants_fit = self._wants_fit or needs_fit
        self._work(self._fold(self.graph, self.tree, anchor))

    def _work(self, work: Work[tuple[VisibleGraph, str]]) -> None:
        """What is pending meanwhile is of another moment."""
        assert self.graph is not None
        self._pending = None
        self._banner.start()
        if len(self.graph.nodes) > _AT_ONCE:
            self._turns.start(work)
        else:
            self._turns.stop()
            self._request(whole(work))

    def _arrive(self, graph: Graph) -> Work[tuple[VisibleGraph, str]]:
        tree = yield from finding_regions(graph)
        before, self._before = self._before, None
        if before is None or set(before.foldable()) != set(tree.foldable()):
            self.folded = start_folded(graph, tree)
        self.tree = tree
        yield
        return (yield from self._fold(graph, tree, ""))

    def _fold(self, graph: Graph, tree: RegionTree, anchor: str) -> Work[tuple[VisibleGraph, str]]:
        visible = yield from folding(graph, tree, self.folded, has_leaf_cards=self.has_leaf_cards)
        return visible, anchor

    def _request(self, made: tuple[VisibleGraph, str]) -> None:
        request = layout_request(made[0], self._screen)
        if self._wants_fit and request != self._last_request:
            self._screen = self._room()
            request = msgspec.structs.replace(request, screen=self._screen)
        # A layout that is replaced before it was shown hands its wish to be fitted on.
        self._owes_fit = self._owes_fit or (self._wants_fit and request != self._last_request)
        self._pending, self._wants_fit = made, False
        self._last_request = request
        known = self.layout.request(request)
        if known is not None:
            self._on_done(known)

    def _on_done(self, reply: LayoutReply) -> None:
        if self._pending is None:
            return
        visible, anchor = self._pending
        self._drop()
        if reply.error:
            self._last_request = None
            self.failed.emit(partial(said, reply.error))
            return
        self.scene = Scene(visible, reply)
        owed, self._owes_fit = self._owes_fit, False
        self.shown.emit(self.scene, owed, anchor)

    def _drop(self) -> None:
        self._pending = None
        self._turns.stop()
        self._banner.stop()
        self.settled.emit()

    def _say_slow(self) -> None:
        if self._pending is not None:
            n_cards = len(self._pending[0].cards)
            self.slow.emit(lambda: trn("{n} card", "{n} cards", n_cards))
        elif self._turns.is_running and self.graph is not None:
            n_nodes = self.graph.n_nodes
            self.slow.emit(lambda: trn("{n} node", "{n} nodes", n_nodes))


def landmark(scene: Scene, key: str) -> QPointF | None:
    """The middle of the upper edge of a fold key's card, frame, or else cards; None where it has none."""
    for number, slot in enumerate(scene.shown.cards):
        if slot.fold == key:
            rect = scene.rect(number)
            return QPointF(rect.center().x(), rect.top())
    for number, frame in enumerate(scene.shown.frames):
        if frame.fold == key:
            if scene.layout.frames[number]:
                x, y, width, _height = scene.layout.frames[number]
                return QPointF(x + width / 2, y)
            rects = scene.rects[list(frame.members)]
            return QPointF(float(rects[:, 0].mean() + rects[:, 2].mean() / 2), float(rects[:, 1].min()))
    return None
