"""The cards that a drawing shows and nobody has looked at yet: asked of the engine, and waited for with patience."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol.graph_values import Card
from engine.shared.backward_model import BackwardView
from visualizer.backprop.graph.card_requests import CardWishes
from visualizer.backprop.graph.content import ContentBook

_CARDS_AT_ONCE = 200  # asked of the engine in one request
_PATIENCE_MS = 5_000  # for an answer of the engine; then the drawing does without


class CardGathering(QObject):
    """`wanted(node_ids)` asks for cards; `done(n_missing)` follows every `begin` that is not stopped."""

    wanted = Signal(tuple)
    done = Signal(int)

    def __init__(self, book: ContentBook, wishes: CardWishes, parent: QObject) -> None:
        super().__init__(parent)
        self._book, self._wishes = book, wishes
        self._view: BackwardView | None = None
        self._unasked: list[int] = []
        self._awaited: set[int] = set()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._finish)

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is awaited."""
        return self._patience.isActive()

    def begin(self, nodes: list[int], view: BackwardView | None) -> None:
        """Gather what the cards of these nodes show at a moment of the pass."""
        self._unasked, self._awaited, self._view = nodes, set(), view
        self._ask()

    def take(self, cards: tuple[Card, ...]) -> None:
        """The book has these now."""
        self._awaited -= {card.node for card in cards}
        if self.is_waiting and not self._awaited:
            self._ask()

    def stop(self) -> None:
        """Nothing is waited for any more."""
        self._patience.stop()
        self._unasked, self._awaited = [], set()

    def _ask(self) -> None:
        while self._unasked and not self._awaited:
            some, self._unasked = self._unasked[:_CARDS_AT_ONCE], self._unasked[_CARDS_AT_ONCE:]
            wanted = self._wishes.wanted(some, self._view, self._book)
            bare = (node for node in some if self._book.card(node, self._book.slots.get(node, 0)) is None)
            self._awaited = {*wanted, *bare}  # some may be on their way already
            if wanted:
                self.wanted.emit(wanted)
        if self._awaited:
            self._patience.start()
        else:
            self._finish()

    def _finish(self) -> None:
        n_missing = len(self._awaited) + len(self._unasked)
        self.stop()
        self.done.emit(n_missing)
