"""The tiles of a plane that is too large for one picture: asked for by what is visible, a few at a time, kept by use.

What is not here yet is drawn from a coarser tile, so that nothing waits; the coarsest, of the whole plane, is asked for
first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import numpy as np
from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage

from engine.protocol.tiles import TILE_CELLS, AskTiles, Plane, Tile, TilesShown
from visualizer.look import color_maps, theme

_AT_ONCE = 2  # tiles in a request: to colour more would cost a frame
_MOST = 192  # tiles that are kept, half a megabyte each
_MOST_MARKS = 400  # of a tile

_At = tuple[int, int, int]  # step, row and column of a tile


class Visible(NamedTuple):
    """What a viewport shows: first row and column, their ends, and how many elements share a cell."""

    first_row: int
    first_column: int
    end_row: int
    end_column: int
    step: int

    def tiles(self, margin: int = 0) -> list[_At]:
        """Those that it touches, and `margin` more around, the middle ones first."""
        side = self.step * TILE_CELLS
        rows = range(max(self.first_row // side - margin, 0), -(-self.end_row // side) + margin)
        columns = range(max(self.first_column // side - margin, 0), -(-self.end_column // side) + margin)
        middle = (self.first_row + self.end_row) / (2 * side), (self.first_column + self.end_column) / (2 * side)
        found = [(self.step, row, column) for row in rows for column in columns]
        return sorted(found, key=lambda at: abs(at[1] + 0.5 - middle[0]) + abs(at[2] + 0.5 - middle[1]))


class Mark(NamedTuple):
    """An element that must be seen at any zoom: where its cell begins, and the element."""

    row: int
    column: int
    value: float


class TilePicture:
    """A tile in colours, of the range and the theme that it was last drawn with."""

    def __init__(self, tile: Tile, step: int) -> None:
        self.cells, self.step = tile.grid.array(), step
        side = step * TILE_CELLS
        self.place = QRectF(tile.column * side, tile.row * side, self.cells.shape[1] * step, self.cells.shape[0] * step)
        self.marks = tuple(_marks(tile, self.cells, step))
        self._look: tuple[object, ...] | None = None
        self._image = QImage()

    def image(self, kind: str, limits: tuple[float, float]) -> QImage:
        """One pixel a cell."""
        look = kind, limits, theme.current().is_dark, color_maps.orders_signs()
        if look != self._look:
            self._look = look
            self._image = color_maps.to_image(color_maps.colorize(self.cells, kind, *limits, is_dark=look[2]))
        return self._image


def _marks(tile: Tile, cells: np.ndarray, step: int) -> Iterator[Mark]:
    """What stands out, and what is not finite beside what is: where all around is not, its colour is seen."""
    odd = ~np.isfinite(cells)
    around = np.pad(odd, 1, constant_values=True)
    is_lost = odd & ~(around[:-2, 1:-1] & around[2:, 1:-1] & around[1:-1, :-2] & around[1:-1, 2:])
    places, extremes = tile.standing_out()
    at = np.concatenate([np.flatnonzero(is_lost)[:_MOST_MARKS], places[:_MOST_MARKS]])
    values = np.concatenate([cells.reshape(-1)[np.flatnonzero(is_lost)[:_MOST_MARKS]], extremes[:_MOST_MARKS]])
    top, left = tile.row * TILE_CELLS, tile.column * TILE_CELLS
    for place, value in zip(at.tolist(), values.tolist(), strict=True):
        row, column = divmod(place, cells.shape[1])
        yield Mark((top + row) * step, (left + column) * step, value)


class Tiles(QObject):
    """Of one plane of one tensor. Emits `wanted(AskTiles)`, one at a time, and `arrived()` after an answer."""

    wanted = Signal(object)
    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plane: Plane | None = None  # as far as it is known
        self.is_stopped = False  # the person does not want to wait for it
        self._subject: AskTiles | None = None  # whose tiles are shown, without any
        self._pictures: dict[_At, TilePicture] = {}  # the one that was drawn last is last
        self._visible: Visible | None = None
        self._in_flight: AskTiles | None = None
        self._size = (0, 0)  # of the plane, rows and columns
        self._is_checked = False  # what is here is still true
        self._moment = self._asked_at = 0  # counts what may have changed the values

    def show(self, subject: AskTiles | None) -> None:
        """Another plane, which is asked for so, or none."""
        self._subject = subject
        self.plane, self.is_stopped = None, False
        self._pictures.clear()
        self._in_flight = None

    def invalidate(self) -> None:
        """The values may have changed: whether they have, the next answer tells."""
        self._is_checked = False
        self._moment += 1

    def stop(self) -> None:
        """No more is asked for until `go_on`."""
        self.is_stopped = True
        self.arrived.emit()

    def go_on(self) -> None:
        """Ask again."""
        self.is_stopped = False
        self._ask()

    def want(self, visible: Visible, n_rows: int, n_columns: int) -> None:
        """The viewport shows this of a plane of so many rows and columns."""
        self._visible, self._size = visible, (n_rows, n_columns)
        self._ask()

    def _ask(self) -> None:
        visible, subject = self._visible, self._subject
        if visible is None or subject is None or self._in_flight is not None or self.is_stopped:
            return
        missing = [at for at in self._wanted(visible) if at not in self._pictures]
        if not missing and self._is_checked:
            return
        step = missing[0][0] if missing else visible.step
        tiles = tuple((row, column) for at, row, column in missing if at == step)[:_AT_ONCE]
        self._in_flight, self._asked_at = msgspec.structs.replace(subject, step=step, tiles=tiles), self._moment
        self.wanted.emit(self._in_flight)

    def _wanted(self, visible: Visible) -> list[_At]:
        """The whole, what is seen, and what may be seen next."""
        n_rows, n_columns = self._size
        side = visible.step * TILE_CELLS
        last = -(-n_rows // side), -(-n_columns // side)
        near = [at for at in visible.tiles(1) if at[1] < last[0] and at[2] < last[1]]
        seen = set(visible.tiles())
        return list(dict.fromkeys([(self._coarsest(), 0, 0), *sorted(near, key=lambda at: at not in seen)]))

    def _coarsest(self) -> int:
        """The step at which one tile shows everything."""
        longest = max(*self._size, 1)
        return 1 << max(0, (-(-longest // TILE_CELLS) - 1).bit_length())

    # -- answers

    def take(self, shown: TilesShown) -> bool:
        """An answer from the engine; False when it is not for what is shown."""
        asked = self._in_flight
        if asked is None or not _answers(shown, asked):
            return False
        self._in_flight = None
        if self.plane is None or shown.plane.serial != self.plane.serial:
            self._pictures.clear()
        self.plane = shown.plane
        self._is_checked = self._asked_at == self._moment and shown.plane.is_whole
        for tile in shown.tiles:
            self._pictures[shown.step, tile.row, tile.column] = TilePicture(tile, shown.step)
        self._forget()
        self.arrived.emit()
        self._ask()
        return True

    def failed(self, request: object = None) -> None:
        """It will not be answered; None: whatever is on its way."""
        if request is None or request is self._in_flight:
            self._in_flight = None

    def _forget(self) -> None:
        """What was not drawn for the longest time, but never the whole."""
        whole = (self._coarsest(), 0, 0)
        for at in list(self._pictures)[: max(0, len(self._pictures) - _MOST)]:
            if at != whole:
                del self._pictures[at]

    # -- what is drawn

    def pictures(self, visible: Visible) -> list[TilePicture]:
        """What covers the viewport, the coarser first: each tile that is missing by the finest one that holds it."""
        found: dict[_At, TilePicture] = {}
        for at in visible.tiles():
            held = self._held(at)
            if held is not None:
                found[held] = self._pictures[held] = self._pictures.pop(held)
        return [found[at] for at in sorted(found, key=lambda at: -at[0])]

    def mean_at(self, row: int, column: int, step: int) -> float | None:
        """What the cell shows that holds an element; None where its tile is not here."""
        side = step * TILE_CELLS
        picture = self._pictures.get((step, row // side, column // side))
        if picture is None:
            return None
        return float(picture.cells[row % side // step, column % side // step])

    def is_complete(self, visible: Visible) -> bool:
        """Whether nothing of it is drawn from a coarser tile."""
        return self._is_checked and all(at in self._pictures for at in visible.tiles())

    def _held(self, at: _At) -> _At | None:
        step, row, column = at
        coarsest = max(step, self._coarsest())
        while step <= coarsest:
            if (step, row, column) in self._pictures:
                return step, row, column
            step, row, column = 2 * step, row // 2, column // 2
        return None


def _answers(shown: TilesShown, asked: AskTiles) -> bool:
    is_plane = shown.index == asked.index and all(
        axis < 0 or axis == is_shown
        for axis, is_shown in ((asked.row_axis, shown.row_axis), (asked.column_axis, shown.column_axis))
    )
    return is_plane and (shown.key, shown.step) == (asked.key, asked.step)
