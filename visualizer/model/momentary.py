"""A sentence at the foot of the window that is true of one moment alone, as why a step was refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal


class Momentary(QObject):
    """`moment` is how things stand, as a value that is another one once they have gone on. Emits `over(words)` then,
    with the function that was `told`."""

    over = Signal(object)

    def __init__(self, moment: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._moment = moment
        self._words: Callable[[], str] | None = None
        self._told_at: object = None

    def tell(self, words: Callable[[], str]) -> None:
        """It has just been said."""
        self._words, self._told_at = words, self._moment()

    def look(self) -> None:
        """Things may have gone on."""
        if self._words is not None and self._moment() != self._told_at:
            words, self._words = self._words, None
            self.over.emit(words)
