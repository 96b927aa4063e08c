"""Which cell a key leads to."""

from __future__ import annotations

from PySide6.QtCore import Qt

_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
MOVES = (*_ARROWS, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)


def moved(
    key: Qt.Key,
    control: bool,
    selected: tuple[int, int] | None,
    first: tuple[int, int],
    page: tuple[int, int],
    last: tuple[int, int],
    step: int = 1,
) -> tuple[int, int]:
    """The cell to select after a key of MOVES, as in a spreadsheet; (row, column) throughout.

    Where a cell that is seen is `step` × `step` elements an arrow leads to the next of these.
    With nothing selected an arrow selects the first visible cell. Page keys go by a page of rows, with Control of
    columns; Home and End to the ends of the row, with Control of the whole matrix.
    """
    row, column = selected or first
    if key in _ARROWS:
        down, right = _ARROWS[key] if selected is not None else (0, 0)
        row, column = _beside(row, down, step), _beside(column, right, step)
    elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        sign = 1 if key == Qt.Key.Key_PageDown else -1
        row, column = (row, column + sign * page[1]) if control else (row + sign * page[0], column)
    elif key == Qt.Key.Key_Home:
        row, column = 0 if control else row, 0
    elif key == Qt.Key.Key_End:
        row, column = last[0] if control else row, last[1]
    return min(max(row, 0), last[0]), min(max(column, 0), last[1])


def _beside(at: int, go: int, step: int) -> int:
    return (at // step + go) * step if go else at
