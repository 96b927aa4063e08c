"""Visible nodes' cards are asked for: once per node, and again when a pass brought it a new gradient; then of that
alone, for a value is what it was when its operation ran."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol.card_parts import CardParts
from engine.protocol.graph_values import Card, Graph
from engine.protocol.notes import Partial
from engine.shared.backward_model import CURRENT, DONE, FAILED, NOT_REACHED, READY, WAITING, BackwardView
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.card_nodes import nodes_of
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.scene_builder import Stage

_Output = tuple[int, int]  # node and slot
_Wish = tuple[int, int, CardParts]  # node, slot, and what is to be read of it
_Moment = tuple[int, int]  # the node's state when it was asked for, and how many of its gradients had arrived


LOOK_AFTER_MS = 30
_AT_ONCE_ELEMENTS = 1 << 20  # that the engine reads for one answer: where it gives way to a step, it begins that anew


class CardRequests(QObject):
    """Looks at what the canvas shows a moment after that has changed. `wanted(graph_id, node_ids, slots, parts)`
    asks."""

    wanted = Signal(int, tuple, tuple, tuple)

    def __init__(self, canvas: GraphCanvas, stage: Stage) -> None:
        super().__init__(canvas)
        self.wishes = CardWishes()
        self._canvas, self._stage = canvas, stage
        self._looking = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._looking.timeout.connect(self._look)

    def look_soon(self) -> None:
        """Something else may be in view, or known of it."""
        if self._stage.graph is not None and not self._looking.isActive():
            self._looking.start()

    def stop(self) -> None:
        """Until something changes again."""
        self._looking.stop()

    def ask(self, nodes: tuple[int, ...]) -> None:
        """For the cards of these nodes (ids), of large tensors one by one."""
        graph = self._stage.graph
        if graph is None:
            return
        outputs = [(node, self._canvas.book.slots.get(node, 0)) for node in nodes]
        for some in self._in_turns(graph, [(*output, self.wishes.parts(output)) for output in outputs]):
            self.wanted.emit(graph.id, *zip(*some, strict=True))

    def _in_turns(self, graph: Graph, cards: list[_Wish]) -> Iterator[list[_Wish]]:
        turn, n_elements = list[_Wish](), 0
        for wish in cards:
            size = _n_elements(graph, wish)
            if turn and n_elements + size > _AT_ONCE_ELEMENTS:
                yield turn
                turn, n_elements = [], 0
            turn.append(wish)
            n_elements += size
        if turn:
            yield turn

    def ask_anew(self, outputs: Iterable[_Output]) -> None:
        """For all of their cards: what came of them was not enough."""
        for output in outputs:
            self.wishes.forget(output)
            self.look_soon()

    def _look(self) -> None:
        scene, states, canvas = self._stage.scene, self._canvas.states, self._canvas
        if scene is None or states is None or self._stage.is_waiting or not canvas.isVisible():
            return
        nodes = [node for card in canvas.visible_cards() for node in nodes_of(scene, card)]
        missing = self.wishes.wanted(nodes, states.view, canvas.book)
        if missing:
            self.ask(missing)


class CardWishes:
    """Remembers what was asked for, so that nothing is asked for twice."""

    def __init__(self) -> None:
        self._asked: dict[_Output, _Moment] = {}
        self._parts: dict[_Output, CardParts] = {}  # of those that are not wanted whole

    def clear(self) -> None:
        """Forget everything: another graph, or data that is no longer true."""
        self._asked.clear()

    def forget(self, output: _Output) -> None:
        """What was asked for has not come."""
        self._asked.pop(output, None)

    def parts(self, output: _Output) -> CardParts:
        """What is to be read of one that is wanted."""
        return self._parts.get(output, CardParts.ALL)

    def restart(self) -> None:
        """Another pass: values stay true, every gradient is to be asked for anew when it arrives."""
        self._asked = dict.fromkeys(self._asked, (NOT_REACHED, 0))

    def wanted(self, nodes: Iterable[int], view: BackwardView | None, book: ContentBook) -> tuple[int, ...]:
        """Those of the visible `nodes` whose card lacks data of its output at this moment; they count as asked for."""
        missing = []
        for node in nodes:
            moment, output = _moment(node, view), (node, book.slots.get(node, 0))
            asked = self._asked.get(output)
            if asked is not None and (asked == moment or not _lacks(output, asked, moment, book)):
                continue
            missing.append(node)
            self._asked[output] = moment
            self._parts[output] = _parts(asked, moment, book.card(*output))
        return tuple(missing)


def _n_elements(graph: Graph, wish: _Wish) -> int:
    """That are read for a card."""
    node, slot, parts = wish
    place = graph.columns.index_of.get(node)
    outputs = () if place is None else graph.nodes[place].outputs[slot : slot + 1]
    return parts.bit_count() * sum(prod(output.shape or ()) for output in outputs)


def _moment(node: int, view: BackwardView | None) -> _Moment:
    state = NOT_REACHED if view is None else view.state(node)
    if state == WAITING and view is not None:
        return state, view.waiting[node][0]
    return (state if state in (CURRENT, DONE, FAILED, READY) else NOT_REACHED), 0


def _lacks(output: _Output, asked: _Moment, moment: _Moment, book: ContentBook) -> bool:
    """Whether this moment shows a gradient that the card does not have. Going back never asks: what came stays."""
    state = moment[0]
    if state == NOT_REACHED:
        return False
    card = book.card(*output)
    if card is None or card.gradient is None:
        return True
    is_partial = isinstance(card.gradient_note, Partial)
    if asked[0] == READY and state != READY:
        return True  # the tensor's own hooks have seen it since
    if state == DONE:
        return is_partial or card.grad is None  # an AccumulateGrad's .grad comes when it has run
    return is_partial


def _parts(asked: _Moment | None, moment: _Moment, card: Card | None) -> CardParts:
    """What a moment may have changed of a card. Once its node has run, the gradient that arrived is what it was when
    that began, or its note says otherwise."""
    if asked is None or card is None:
        return CardParts.ALL
    if moment[0] == DONE and asked[0] == CURRENT and card.gradient is not None:
        return CardParts.GRAD
    is_first = card.gradient is None  # of this pass
    return CardParts.GRADIENT | CardParts.GRAD if is_first or moment[0] == DONE else CardParts.GRADIENT
