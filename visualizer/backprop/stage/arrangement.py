"""How many sheets of a tensor stand beside and below each other, and how large their cells are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBERS_PX = (34.0, 28.0, 24.0, 20.0, 17.0, 14.5, 12.5, 11.5)  # fonts of numbers that are tried, the largest first
_CELLS_PX = (28.0, 22.0, 18.0, 15.0, 12.0, 9.0, 7.0, 5.0, 4.0, 3.0, 2.0)  # sides of cells without numbers
_NUMBER_OF_CELL = 0.95  # a font of this share of a square cell
# Of several sheets each has cells, or is one, that can be seen.
_SEEN_CELL_PX, _SEEN_SHEET_PX = 9.0, 40.0
_LEAST_SHEET_PX = 110  # px, of a sheet whose cells are smaller than the least


@dataclass(frozen=True)
class Room:
    """Pixels at today's scale. `header` is what row and column numbers take, `label` the index
    above a sheet and the lines below it."""

    width: int
    height: int
    gap: int
    label: int
    header: tuple[int, int]
    scale: float = 1.0


@dataclass(frozen=True)
class Arrangement:
    """`columns` sheets in a row, `n_shown` of all. `number_px` is the font of numbers, of cells too small for them the
    one that goes with their size once they are zoomed in."""

    columns: int
    n_shown: int
    sheet_width: int
    sheet_height: int
    number_px: float


def arrange(
    n_sheets: int, columns_wanted: int, size: tuple[int, int], n_digits: int, digit: tuple[float, float], room: Room
) -> Arrangement:
    """The largest cells with which all sheets are seen at once, else as many sheets as there is room for; also where
    all of them would be specks.

    `size` is rows and columns of a sheet, `columns_wanted` how many sheets belong into a row (0: as many as fit),
    `digit` width and height of a digit in a font of 1 px. With no digits, as of a picture, cells are squares.
    """
    for number_px, cell in _tried(n_digits, digit, room.scale):
        sheet = _sheet(size, cell, room)
        if n_sheets > 1 and cell[1] < _SEEN_CELL_PX * room.scale and max(size) * cell[1] < _SEEN_SHEET_PX * room.scale:
            break  # fewer sheets, which the person goes through, show more
        columns = min(columns_wanted or n_sheets, n_sheets, _fit(room.width, sheet[0], room.gap))
        is_whole = columns and (not columns_wanted or columns == columns_wanted)
        if is_whole and math.ceil(n_sheets / columns) <= _fit(room.height, sheet[1], room.gap):
            return Arrangement(columns, n_sheets, *sheet, number_px)
    if n_sheets == 1:
        return Arrangement(1, 1, room.width, room.height, _NUMBERS_PX[-2])
    side = round(_LEAST_SHEET_PX * room.scale) + room.header[0]
    columns, rows = max(_fit(room.width, side, room.gap), 1), max(_fit(room.height, side + room.label, room.gap), 1)
    width = (room.width - (columns - 1) * room.gap) // columns
    height = (room.height - (rows - 1) * room.gap) // rows
    return Arrangement(columns, min(columns * rows, n_sheets), width, height, _NUMBERS_PX[-1])


def _tried(n_digits: int, digit: tuple[float, float], scale: float) -> Iterator[tuple[float, tuple[float, float]]]:
    for px in _NUMBERS_PX if n_digits else ():
        yield px, number_cell(px * scale, n_digits, digit)
    for side in _CELLS_PX:
        yield max(_NUMBERS_PX[-1], side * _NUMBER_OF_CELL), (side * scale, side * scale)


def number_cell(px: float, n_digits: int, digit: tuple[float, float]) -> tuple[float, float]:
    """Width and height of a cell with a number in a font of this size."""
    return digit[0] * px * max(n_digits, 2) + px, digit[1] * px * 1.35


def _sheet(size: tuple[int, int], cell: tuple[float, float], room: Room) -> tuple[int, int]:
    rows, columns = size
    width = room.header[0] + columns * cell[0]
    height = room.label + room.header[1] + rows * cell[1]
    return math.ceil(width) + 1, math.ceil(height) + 1


def _fit(length: int, part: int, gap: int) -> int:
    """How many parts with gaps between them go into a length."""
    return max((length + gap) // (part + gap), 0)
