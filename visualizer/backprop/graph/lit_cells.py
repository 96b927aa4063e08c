"""Elements that took part in something, as places on the thumbnails of cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QRectF

from engine.protocol.cells import CellPlace
from engine.protocol.keys import NodeGradKey, NodeValueKey

Lit = Mapping[NodeValueKey | NodeGradKey, Sequence[tuple[int, ...]]]
_COLUMNS, _ROWS = 23, 14  # that a thumbnail has room for
_MOST = 48  # frames


def by_tensor(places: Iterable[CellPlace]) -> Lit:
    """The elements of each tensor."""
    found: dict[NodeValueKey | NodeGradKey, list[tuple[int, ...]]] = {}
    for place in places:
        found.setdefault(place.key, []).append(place.cell)
    return found


def shares(cells: Sequence[tuple[int, ...]], shape: tuple[int, ...]) -> tuple[QRectF, ...]:
    """Each as shares of a thumbnail's width and height. A thumbnail shows the first slice: elements of others have no
    place on it; those that fall together have one."""
    n_rows, n_columns = (1, 1, *shape)[-2:]
    rows, columns = min(n_rows, _ROWS), min(n_columns, _COLUMNS)
    found = dict.fromkeys(
        ((0, 0, *cell)[-2] * rows // n_rows, (0, 0, *cell)[-1] * columns // n_columns)
        for cell in cells
        if not any(cell[:-2])
    )
    return tuple(QRectF(column / columns, row / rows, 1 / columns, 1 / rows) for row, column in list(found)[:_MOST])
