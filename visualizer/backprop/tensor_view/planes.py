"""A tensor as planes: which two axes are rows and columns, and which sheet each place along the others is."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

WITH_OPACITY = 4  # channels


def flat_index(element: tuple[int, ...], shape: tuple[int, ...]) -> int:
    """The place of an element, counted row by row."""
    return int(np.ravel_multi_index(element, shape)) if shape else 0


@dataclass(frozen=True)
class Planes:
    """`shown` are the axes of rows and columns, by default the last two. Of the others the last two make the grid of
    sheets; further ones are at the places of `outer`."""

    shape: tuple[int, ...]
    shown: tuple[int, int] = (-2, -1)
    outer: tuple[int, ...] = ()
    colors: int | None = None  # the axis whose places are red, green and blue, and, of four, opacity

    @property
    def n_axes(self) -> int:
        """Of a sheet: 0 of a scalar, 1 of a vector."""
        return min(len(self.shape), 2)

    @property
    def row_axis(self) -> int:
        return self.shown[0] % len(self.shape) if len(self.shape) > 1 else -2

    @property
    def column_axis(self) -> int:
        return self.shown[1] % len(self.shape) if len(self.shape) > 1 else -1

    @property
    def sheet_size(self) -> tuple[int, int]:
        """Rows and columns; a vector is one row, a scalar one cell."""
        if len(self.shape) < 2:
            return 1, self.shape[0] if self.shape else 1
        return self.shape[self.row_axis], self.shape[self.column_axis]

    @property
    def others(self) -> tuple[int, ...]:
        """The axes that are neither rows nor columns, nor colours."""
        if len(self.shape) < 3:
            return ()
        shown = (self.row_axis, self.column_axis, self.colors)
        return tuple(axis for axis in range(len(self.shape)) if axis not in shown)

    @property
    def sheet_axes(self) -> tuple[int, ...]:
        """The axes along which sheets stand beside each other."""
        return self.others[-2:]

    @property
    def outer_axes(self) -> tuple[int, ...]:
        """The axes of which one place is seen at a time."""
        return self.others[:-2]

    @property
    def places(self) -> tuple[int, ...]:
        """Along `outer_axes`."""
        return (*self.outer, *(0,) * len(self.outer_axes))[: len(self.outer_axes)]

    @property
    def n_sheets(self) -> int:
        """That belong beside each other."""
        return math.prod(self.shape[axis] for axis in self.sheet_axes)

    @property
    def sheets_in_a_row(self) -> int:
        """Of a grid of sheets; 0 where they may stand as there is room."""
        return self.shape[self.sheet_axes[1]] if len(self.sheet_axes) == 2 else 0

    def turned(self, shown: tuple[int, int]) -> Planes:
        """With other axes as rows and columns; one of colours that is now shown so is none any more."""
        colors = None if self.colors in {axis % len(self.shape) for axis in shown} else self.colors
        return replace(self, shown=shown, outer=(), colors=colors)

    def colored(self, axis: int | None) -> Planes:
        """With an axis as colours, None: none; where it was rows or columns, the last two others are these."""
        shown = (self.row_axis, self.column_axis)
        if axis in shown:
            first, last = [other for other in range(len(self.shape)) if other != axis][-2:]
            shown = (first, last)
        return replace(self, shown=shown, outer=(), colors=axis)

    @property
    def color_axes(self) -> tuple[int, ...]:
        """Those that may be colours, or these and opacity, by their size."""
        n_axes = len(self.shape)
        return tuple(axis for axis in range(n_axes) if n_axes > 2 and self.shape[axis] in (3, WITH_OPACITY))

    def at(self, outer: tuple[int, ...]) -> Planes:
        """At other places along the outer axes."""
        return replace(self, outer=outer)

    def index_of(self, sheet: int) -> tuple[int, ...]:
        """The places along all axes that are not rows and columns, in their order; 0 along that of colours."""
        if len(self.shape) < 3:
            return ()
        places = dict(zip(self.others, self._places_of(sheet), strict=True))
        shown = (self.row_axis, self.column_axis)
        return tuple(places.get(axis, 0) for axis in range(len(self.shape)) if axis not in shown)

    def _places_of(self, sheet: int) -> tuple[int, ...]:
        return (*self.places, *self._along(sheet))

    def _along(self, sheet: int) -> tuple[int, ...]:
        sizes = tuple(self.shape[axis] for axis in self.sheet_axes)
        return tuple(int(place) for place in np.unravel_index(sheet, sizes)) if sizes and 0 not in sizes else ()

    def words_of(self, sheet: int) -> tuple[str, str]:
        """The index of a sheet: "[1, :, :]", and in short "1"."""
        words = [":"] * len(self.shape)
        for axis, place in zip(self.others, self._places_of(sheet), strict=True):
            words[axis] = str(place)
        return f"[{', '.join(words)}]", ", ".join(str(place) for place in self._places_of(sheet))

    def element(self, sheet: int, row: int, column: int) -> tuple[int, ...]:
        """The whole index of a cell of a sheet."""
        if len(self.shape) < 2:
            return (column,) * len(self.shape)
        places = [0] * len(self.shape)
        for axis, place in zip(self.others, self._places_of(sheet), strict=True):
            places[axis] = place
        places[self.row_axis], places[self.column_axis] = row, column
        return tuple(places)

    def place_of(self, element: tuple[int, ...]) -> tuple[int, int, int]:
        """The sheet of an element, its row and its column; sheet -1 where another outer place is seen."""
        if len(self.shape) < 2:
            return 0, 0, sum(element)
        row, column = element[self.row_axis], element[self.column_axis]
        if tuple(element[axis] for axis in self.outer_axes) != self.places:
            return -1, row, column
        sizes = tuple(self.shape[axis] for axis in self.sheet_axes)
        along = tuple(element[axis] for axis in self.sheet_axes)
        return int(np.ravel_multi_index(along, sizes)) if sizes else 0, row, column
