"""Which visible nodes' cards have to be asked for: once per node, and again when a pass brought it a new gradient."""

from __future__ import annotations

from collections.abc import Iterable

from engine.protocol.notes import Partial
from engine.shared.backward_model import CURRENT, DONE, FAILED, NOT_REACHED, READY, WAITING, BackwardView
from visualizer.backprop.graph.content import ContentBook

_Output = tuple[int, int]  # node and slot
_Moment = tuple[int, int]  # the node's state when it was asked for, and how many of its gradients had arrived


class CardWishes:
    """Remembers what was asked for, so that nothing is asked for twice."""

    def __init__(self) -> None:
        self._asked: dict[_Output, _Moment] = {}

    def clear(self) -> None:
        """Forget everything: another graph, or data that is no longer true."""
        self._asked.clear()

    def restart(self) -> None:
        """Another pass: values stay true, every gradient is to be asked for anew when it arrives."""
        self._asked = dict.fromkeys(self._asked, (NOT_REACHED, 0))

    def wanted(self, nodes: Iterable[int], view: BackwardView | None, book: ContentBook) -> tuple[int, ...]:
        """Those of the visible `nodes` whose card lacks data of its output at this moment; they count as asked for."""
        missing = []
        for node in nodes:
            moment, output = _moment(node, view), (node, book.slots.get(node, 0))
            asked = self._asked.get(output)
            if asked is None or (asked != moment and _lacks(output, asked, moment, book)):
                self._asked[output] = moment
                missing.append(node)
        return tuple(missing)


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
