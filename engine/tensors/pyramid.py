"""A large matrix in blocks of a size, of twice that, and so on up to one: what any zoom shows of it is at hand.

The finest blocks are made in one reading of the elements, in turns; what is finer still is read from the tensor itself,
whose visible part is small by then. No tensor is kept.
"""

from __future__ import annotations

import itertools
import os
import sys
import threading
from collections.abc import Callable
from time import monotonic

import numpy as np
import torch

from engine.tensors.blocks import Blocks, Scratch, blocks, coarser
from engine.tensors.gate import GATE
from engine.tensors.in_place import CONVERSIONS, in_place, is_direct
from engine.tensors.reading import as_array, check_whole, real

FINEST = 16  # elements along each side of the finest blocks, more where these would be too many
MAX_CELLS = 1 << 21  # of the finest level; some 44 MB
_PIECE_ELEMENTS = 1 << 22  # read at once, in about four milliseconds
_CONVERTED_ELEMENTS = 1 << 20  # the same where they are copied into another dtype, or on another device
_MOST_THREADS = 4  # beyond which memory is what is waited for


class Pyramid:
    """Of a plane of a tensor. `matrix` is everywhere that plane, plain and 2-d, with the same elements each time. Only
    inside `GATE.reading`, and `unobserved`."""

    def __init__(self, matrix: torch.Tensor) -> None:
        self._shape = _Shape(matrix)
        n_rows, n_columns = self._shape.size
        self.finest = FINEST
        while -(-n_rows // self.finest) * -(-n_columns // self.finest) > MAX_CELLS:
            self.finest *= 2
        self._levels = [Blocks.empty(-(-n_rows // self.finest), -(-n_columns // self.finest))]
        self._pieces = self._shape.pieces(self.finest)
        self._scratch = _scratches()
        self.n_elements = n_rows * n_columns
        self.is_whole = not self.n_elements

    @property
    def n_bytes(self) -> int:
        """What it keeps."""
        return sum(level.n_bytes for level in self._levels)

    @property
    def n_read(self) -> int:
        """How many elements, of `n_elements`."""
        left = sum((row_end - row) * (end - column) for row, column, row_end, end in self._pieces)
        return self.n_elements - left

    def go_on(self, matrix: torch.Tensor, until_s: float, end_s: float = 0.0) -> bool:
        """Read on until then, by `monotonic()`, or for as long as it promises to be whole by `end_s`; whether it is
        whole. What was read stays read where it gives way."""
        if self.is_whole:
            return True
        self._read(self._shape.of(matrix), until_s, end_s)
        if self._pieces:
            return False
        self.is_whole, self._scratch = True, _scratches()
        return True

    def _read(self, turned: torch.Tensor, until_s: float, end_s: float) -> None:
        """All pieces in turn, on this thread and, where numpy alone is needed, on others beside it."""
        read, has_help = _reader(turned), is_direct(turned)
        places, stop, start_s = itertools.count(), threading.Event(), monotonic()

        def work(look: Callable[[], None], scratch: Scratch) -> None:
            while not stop.is_set() and (place := next(places)) < len(self._pieces):
                self._take(self._pieces[place], read, scratch)
                done.append(place)
                look()

        def look() -> None:
            GATE.give_way()
            check_whole(turned)
            now_s = monotonic()
            if now_s >= until_s and now_s + (now_s - start_s) * (len(self._pieces) / len(done) - 1) > end_s:
                stop.set()

        done: list[int] = []
        n_threads = min(len(self._scratch), len(self._pieces) - 1) if has_help else 1
        helpers = [
            threading.Thread(target=work, args=(lambda: None, scratch), name="pyramid", daemon=True)
            for scratch in self._scratch[1:n_threads]
        ]
        try:
            for helper in helpers:
                helper.start()
            work(look, self._scratch[0])
        finally:
            stop.set()
            for helper in helpers:
                if helper.ident is not None:
                    helper.join()
            ready = set(done)
            self._pieces = [piece for place, piece in enumerate(self._pieces) if place not in ready]

    def _take(self, piece: _Piece, read: Callable[[_Piece], np.ndarray], scratch: Scratch) -> None:
        found, (row, column, _, _) = blocks(read(piece), self.finest, scratch), piece
        rows = slice(row // self.finest, row // self.finest + found.low.shape[0])
        columns = slice(column // self.finest, column // self.finest + found.low.shape[1])
        for cells, new in zip(self._levels[0], found, strict=True):
            cells[rows, columns] = new

    def cells(self, matrix: torch.Tensor, step: int, place: tuple[int, int], size: tuple[int, int]) -> Blocks:
        """Blocks of `step` × `step` elements, a power of two, `size` of them in rows and columns at most, from `place`
        on, which counts in such blocks. Of a whole pyramid."""
        (row, column), (n_rows, n_columns) = place, size
        if step < self.finest:
            part = matrix[row * step : (row + n_rows) * step, column * step : (column + n_columns) * step]
            return cells_now(part, step)
        level = self._level((step // self.finest).bit_length() - 1)
        return self._shape.back(level, step, row, column, n_rows, n_columns)

    def _level(self, number: int) -> Blocks:
        """The coarser ones are made when they are first looked at; beyond the one that has all in one cell is none."""
        while len(self._levels) <= number and max(self._levels[-1].low.shape) > 1:
            GATE.give_way()
            self._levels.append(coarser(self._levels[-1]))
        return self._levels[min(number, len(self._levels) - 1)]

    def is_same_as(self, other: Pyramid) -> bool:
        """Whether both have read the same. Of whole pyramids of one plane."""
        pairs = zip(self._levels[0], other._levels[0], strict=True)
        return all(np.array_equal(mine, its, equal_nan=mine.dtype.kind == "f") for mine, its in pairs)

    def top(self) -> Blocks:
        """All in one cell. Of a whole pyramid."""
        return self._level(sys.maxsize)

    def finest_cells(self) -> Blocks:
        """The finest blocks that are kept."""
        return self._levels[0]


def _scratches() -> tuple[Scratch, ...]:
    """One for each thread that reads, the calling one among them; they take memory once they are used."""
    return tuple(Scratch() for _ in range(min(_n_cores(), _MOST_THREADS)))


def _n_cores() -> int:
    """That this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_Piece = tuple[int, int, int, int]  # first row, first column, end row, end column


class _Shape:
    """How a plane lies in memory: read along it, and an axis along which all is the same only once."""

    def __init__(self, matrix: torch.Tensor) -> None:
        self.n_rows, self.n_columns = matrix.shape
        self._same = tuple(stride == 0 and size > 1 for stride, size in zip(matrix.stride(), matrix.shape, strict=True))
        strides = [stride if size > 1 else 0 for stride, size in zip(matrix.stride(), matrix.shape, strict=True)]
        is_read_in_place = is_direct(matrix) and matrix.dtype not in CONVERSIONS
        self._piece_elements = _PIECE_ELEMENTS if is_read_in_place else _CONVERTED_ELEMENTS
        self._is_turned = 0 < strides[0] < strides[1] or (strides[0] > 0 and strides[1] == 0)
        read = self.of(matrix)
        self.size = read.shape[0], read.shape[1]

    def of(self, matrix: torch.Tensor) -> torch.Tensor:
        """What of it is read."""
        rows, columns = (slice(0, 1) if same else slice(None) for same in self._same)
        part = matrix[rows, columns]
        return part.t() if self._is_turned else part

    def back(self, level: Blocks, step: int, row: int, column: int, n_rows: int, n_columns: int) -> Blocks:
        """Cells of a level as they lie in the plane."""
        level = level.turned() if self._is_turned else level
        rows = np.arange(row, min(row + n_rows, -(-self.n_rows // step)))
        columns = np.arange(column, min(column + n_columns, -(-self.n_columns // step)))
        rows, columns = (at * (not same) for at, same in zip((rows, columns), self._same, strict=True))
        return level.part(rows[:, None], columns[None])

    def pieces(self, step: int) -> list[_Piece]:
        """What is read at once: whole blocks."""
        (n_rows, n_columns), n_elements = self.size, self._piece_elements
        wide = max(n_elements // (step * step), 1) * step if n_rows >= step else n_elements // n_rows
        wide = min(-(-wide // step) * step, -(-n_columns // step) * step) if n_columns else step
        high = max(n_elements // max(wide * step, 1), 1) * step
        return [
            (row, column, min(row + high, n_rows), min(column + wide, n_columns))
            for row in range(0, n_rows, high)
            for column in range(0, n_columns, wide)
        ]


def cells_now(part: torch.Tensor, step: int) -> Blocks:
    """Blocks of a small plane, read now. Only inside `GATE.reading`, and `unobserved`."""
    if part.stride(0) < part.stride(1):
        return cells_now(part.t(), step).turned()
    GATE.give_way()
    n_rows = max(_CONVERTED_ELEMENTS // max(part.shape[1] * step, 1), 1) * step
    found = []
    for row in range(0, max(part.shape[0], 1), n_rows):
        GATE.give_way()
        piece = part[row : row + n_rows]
        found.append(blocks(_reader(piece)((0, 0, *piece.shape)), step))
    return Blocks(*(np.concatenate(cells) for cells in zip(*found, strict=True)))


def _reader(matrix: torch.Tensor) -> Callable[[_Piece], np.ndarray]:
    """Of a piece of it an array whose rows lie in memory one element after another."""
    if not is_direct(matrix):
        return lambda at: as_array(real(matrix[at[0] : at[2], at[1] : at[3]]))
    whole, convert = in_place(matrix), CONVERSIONS.get(matrix.dtype, np.ascontiguousarray)
    is_dense = whole.shape[1] == 1 or whole.strides[1] == whole.itemsize
    if is_dense and matrix.dtype not in CONVERSIONS:
        return lambda at: whole[at[0] : at[2], at[1] : at[3]]
    return lambda at: convert(whole[at[0] : at[2], at[1] : at[3]])
