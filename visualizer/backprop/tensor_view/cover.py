"""What the cursor covers where a cell is many elements: asked for, one question at a time, until it is known."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.protocol.covered import AskCovered, CoveredShown
from engine.protocol.tiles import AskTiles

Place = tuple[int, int, int, int]  # first row, first column, how many rows and columns


class Cover(QObject):
    """Of one plane of one tensor. Emits `wanted(AskCovered)` and `arrived()` after an answer."""

    wanted = Signal(object)
    arrived = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._subject: AskTiles | None = None
        self._shown: CoveredShown | None = None
        self._in_flight: Place | None = None
        self._asked: AskCovered | None = None  # that which is on its way
        self._moment = self._asked_at = 0  # counts what may have changed the values

    def show(self, subject: AskTiles | None) -> None:
        """Another plane, which is asked for so, or none."""
        self._subject = subject
        self.invalidate()
        self._in_flight = self._asked = None

    def invalidate(self) -> None:
        """The values may have changed."""
        self._shown = None
        self._moment += 1

    def at(self, place: Place) -> CoveredShown | None:
        """What is there; None while it is not known, and then it is asked for."""
        if self._shown is not None and _place(self._shown) == place:
            return self._shown
        if self._subject is not None and self._in_flight is None:
            row, column, n_rows, n_columns = place
            subject = self._subject
            self._in_flight, self._asked_at = place, self._moment
            self._asked = AskCovered(
                key=subject.key,
                index=subject.index,
                row_axis=subject.row_axis,
                column_axis=subject.column_axis,
                first_row=row,
                first_column=column,
                n_rows=n_rows,
                n_columns=n_columns,
            )
            self.wanted.emit(self._asked)
        return None

    def take(self, shown: CoveredShown) -> bool:
        """An answer from the engine; False when it is not for what was asked."""
        if self._subject is None or shown.key != self._subject.key or _place(shown) != self._in_flight:
            return False
        self._in_flight = None
        self._shown = shown if self._asked_at == self._moment else None
        self.arrived.emit()
        return True

    def failed(self, request: object = None) -> None:
        """It will not be answered; None: whatever is on its way."""
        if request is None or request is self._asked:
            self._in_flight = self._asked = None


def _place(shown: CoveredShown) -> Place:
    return shown.first_row, shown.first_column, shown.n_rows, shown.n_columns
