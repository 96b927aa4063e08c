"""Square blocks of a matrix in one number each: smallest, largest, mean, and what of them is not finite.

Calculated by numpy: on slices of the size of a processor's cache its reductions along rows take a fifth of torch's
time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from engine.tensors.pooling import to_float32

NAN, POSITIVE_INF, NEGATIVE_INF = 1, 2, 4  # bits of `odd`
_CACHED_ELEMENTS = 1 << 19  # as many as stay in a processor's cache from one reduction to the next
_TURNED_ELEMENTS = 1 << 18  # the same where they are copied in another order
_NARROW = 64  # columns, below which it is faster to turn a matrix than to reduce its rows
_UNITS = {16: np.complex128, 8: np.uint64, 4: np.uint32, 2: np.uint16, 1: np.uint8}  # what is moved at once, by bytes
_THREE = (np.add, np.minimum, np.maximum)


class Scratch:
    """Memory for what is worked out on the way to blocks, used again for the next ones: fresh pages of it would cost a
    third of the work. Of one thread."""

    def __init__(self) -> None:
        self._held: dict[str, np.ndarray] = {}  # bytes

    def array(self, slot: str, shape: tuple[int, ...], kind: Any) -> np.ndarray:
        """An array to be written, until the same slot is asked for again."""
        n_bytes = math.prod(shape) * np.dtype(kind).itemsize
        held = self._held.get(slot)
        if held is None or held.size < n_bytes:
            held = self._held[slot] = np.empty(n_bytes, np.uint8)
        return held[:n_bytes].view(kind).reshape(shape)


class Blocks(NamedTuple):
    """One cell for each block, (rows, columns). `low` and `high` pass over NaN and include Inf, `mean` is that of the
    finite elements; NaN where there is no such element."""

    low: np.ndarray  # float32
    high: np.ndarray  # float32
    mean: np.ndarray  # float32
    n_finite: np.ndarray  # int64
    odd: np.ndarray  # uint8: bits of what is in it that is not finite

    @classmethod
    def empty(cls, n_rows: int, n_columns: int) -> Blocks:
        """Cells to be written."""
        kinds = (np.float32, np.float32, np.float32, np.int64, np.uint8)
        return cls(*(np.zeros((n_rows, n_columns), kind) for kind in kinds))

    def part(self, rows: Any, columns: Any) -> Blocks:
        """The cells at these rows and columns."""
        return Blocks(*(cells[rows, columns] for cells in self))

    def turned(self) -> Blocks:
        """Rows as columns."""
        return Blocks(*(cells.T for cells in self))

    @property
    def n_bytes(self) -> int:
        """What the cells take in memory."""
        return sum(cells.nbytes for cells in self)


def blocks(matrix: np.ndarray, step: int, scratch: Scratch | None = None) -> Blocks:
    """Blocks of `step` × `step` elements, a power of two, from the upper left on; those at the ends are what is left.
    `matrix` is of bool, integers, float32 or float64; `scratch` serves one call after the other."""
    scratch = scratch or Scratch()
    if matrix.dtype == np.bool_:
        matrix = matrix.view(np.uint8)
    n_rows, n_columns = matrix.shape
    if n_rows == 1:
        return _in_a_row(matrix, step, scratch)
    if 1 < n_columns <= step and matrix.flags.c_contiguous:  # a block is one stretch of memory
        return Blocks(*(cells.reshape(-1, 1) for cells in _in_a_row(matrix.reshape(1, -1), step * n_columns, scratch)))
    if n_columns < _NARROW < n_rows:
        return blocks(np.ascontiguousarray(matrix.T), step, scratch).turned()
    with np.errstate(all="ignore"):
        rows = _rows(matrix, step, scratch)
        folded = [_fold_columns((ufunc,), made, step, scratch)[0] for ufunc, made in zip(_THREE, rows, strict=True)]
        return _made(matrix, step, step, *folded)


def _in_a_row(row: np.ndarray, length: int, scratch: Scratch) -> Blocks:
    """`length` elements each, made of a part after the other that the cache holds."""
    n_at_once = max(_TURNED_ELEMENTS // length, 1) * length
    parts = [row[:, column : column + n_at_once] for column in range(0, max(row.shape[1], 1), n_at_once)]
    with np.errstate(all="ignore"):
        found = [_made(part, 1, length, *_fold_columns(_THREE, part, length, scratch)) for part in parts]
    return Blocks(*(np.concatenate(cells, axis=1) for cells in zip(*found, strict=True)))


def _made(matrix: np.ndarray, high: int, wide: int, total: np.ndarray, low: np.ndarray, top: np.ndarray) -> Blocks:
    """Of `high` × `wide` elements; rows of blocks in which something is not finite are made anew, with more care."""
    n_finite = _counts(matrix.shape, high, wide)
    mean = (total / n_finite).astype(np.float32) if total.dtype == np.float32 else to_float32(total / n_finite)
    found = Blocks(to_float32(low), to_float32(top), mean, n_finite, np.zeros(low.shape, np.uint8))
    for row in np.flatnonzero(~np.isfinite(total).all(axis=1)):
        care = _with_odd(matrix[row * high : (row + 1) * high], high, wide)
        for cells, odd in zip(found, care, strict=True):
            cells[row] = odd[0]
    return found


def _rows(matrix: np.ndarray, step: int, scratch: Scratch) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sum, smallest and largest of every `step` rows, made of a band of rows after the other."""
    kind = _kind_of_sums(matrix)
    if step == 1:
        return matrix.astype(kind, copy=False), matrix, matrix
    shape = -(-matrix.shape[0] // step), matrix.shape[1]
    kinds = {"sum": kind, "low": matrix.dtype, "high": matrix.dtype}
    total, low, high = (scratch.array(slot, shape, one) for slot, one in kinds.items())
    made = total, low, high
    n_rows = max(_CACHED_ELEMENTS // max(matrix.shape[1] * step, 1), 1) * step
    for row in range(0, matrix.shape[0], n_rows):
        band = matrix[row : row + n_rows]
        for ufunc, rows in zip(_THREE, made, strict=True):
            _fold_rows_into(ufunc, band, step, rows[row // step : (row + n_rows) // step])
    return made


def _kind_of_sums(matrix: np.ndarray) -> Any:
    return np.float64 if matrix.dtype.kind in "iu" else matrix.dtype


def coarser(cells: Blocks) -> Blocks:
    """Four cells in one."""
    with np.errstate(all="ignore"):
        n_finite = _halved(np.add, cells.n_finite)
        share = cells.mean * cells.n_finite.astype(np.float64)
        share[cells.n_finite == 0] = 0.0
        mean = (_halved(np.add, share) / n_finite).astype(np.float32)
        return Blocks(
            _halved(np.fmin, cells.low),
            _halved(np.fmax, cells.high),
            mean,
            n_finite,
            _halved(np.bitwise_or, cells.odd),
        )


def _halved(ufunc: np.ufunc, cells: np.ndarray) -> np.ndarray:
    """Of every two rows and every two columns; what is left over at an end stays alone."""
    n_rows, n_columns = cells.shape
    half = np.empty((-(-n_rows // 2), n_columns), cells.dtype)
    ufunc(cells[: n_rows // 2 * 2 : 2], cells[1::2], out=half[: n_rows // 2])
    half[n_rows // 2 :] = cells[n_rows // 2 * 2 :]
    made = np.empty((len(half), -(-n_columns // 2)), cells.dtype)
    ufunc(half[:, : n_columns // 2 * 2 : 2], half[:, 1::2], out=made[:, : n_columns // 2])
    made[:, n_columns // 2 :] = half[:, n_columns // 2 * 2 :]
    return made


def _with_odd(matrix: np.ndarray, high: int, wide: int) -> Blocks:
    """Where something is not finite, or the sum is too large for its dtype."""

    def folded(ufunc: np.ufunc, each: np.ndarray, kind: Any = np.float64) -> np.ndarray:
        return _folded(ufunc, each, high, wide, kind)

    numbers = matrix.astype(np.float64)
    is_nan, is_finite = np.isnan(numbers), np.isfinite(numbers)
    n_finite = folded(np.add, is_finite, np.int64)
    low = folded(np.minimum, np.where(is_nan, np.inf, numbers))
    top = folded(np.maximum, np.where(is_nan, -np.inf, numbers))
    has_nan = folded(np.logical_or, is_nan, np.bool_)
    has_high, has_low = (folded(np.logical_or, numbers == inf, np.bool_) for inf in (np.inf, -np.inf))
    nothing = has_nan & (n_finite == 0) & ~has_high & ~has_low
    low[nothing] = top[nothing] = np.nan
    area = float(high * wide)  # the sum of what is divided by it cannot be too large
    mean = folded(np.add, np.where(is_finite, numbers, 0.0) / area) * (area / n_finite)
    mean[n_finite == 0] = np.nan
    odd = has_nan * np.uint8(NAN) | has_high * np.uint8(POSITIVE_INF) | has_low * np.uint8(NEGATIVE_INF)
    return Blocks(to_float32(low), to_float32(top), to_float32(mean), n_finite, odd)


def _counts(shape: tuple[int, ...], high: int, wide: int) -> np.ndarray:
    """How many elements each block has."""
    rows, columns = (
        np.minimum(step, size - np.arange(0, size, step, dtype=np.int64)) if size else np.zeros(0, np.int64)
        for size, step in zip(shape, (high, wide), strict=True)
    )
    return rows[:, None] * columns


def _folded(ufunc: np.ufunc, matrix: np.ndarray, high: int, wide: int, kind: Any) -> np.ndarray:
    return _fold_columns((ufunc,), _fold_rows(ufunc, matrix, high, kind), wide, Scratch())[0]


def _fold_rows(ufunc: np.ufunc, matrix: np.ndarray, step: int, kind: Any) -> np.ndarray:
    if step == 1 or matrix.shape[0] == 1:
        return matrix.astype(kind, copy=False)
    rows = np.empty((-(-matrix.shape[0] // step), matrix.shape[1]), kind)
    _fold_rows_into(ufunc, matrix, step, rows)
    return rows


def _fold_rows_into(ufunc: np.ufunc, matrix: np.ndarray, step: int, rows: np.ndarray) -> None:
    n_whole = matrix.shape[0] // step
    if n_whole:
        whole = matrix[: n_whole * step].reshape(n_whole, step, matrix.shape[1])
        ufunc.reduce(whole, axis=1, dtype=rows.dtype, out=rows[:n_whole])
    if matrix.shape[0] % step:
        ufunc.reduce(matrix[n_whole * step :], axis=0, dtype=rows.dtype, out=rows[n_whole])


def _fold_columns(ufuncs: Sequence[np.ufunc], matrix: np.ndarray, length: int, scratch: Scratch) -> list[np.ndarray]:
    """Each of them over every `length` columns."""
    kinds = [_kind_of_sums(matrix) if len(ufuncs) > 1 and ufunc is np.add else matrix.dtype for ufunc in ufuncs]
    if length == 1:
        return [matrix.astype(kind, copy=False) for kind in kinds]
    n_columns = matrix.shape[1] // length * length
    whole, rest = matrix[:, :n_columns], matrix[:, n_columns:]
    turned = _turned(whole, length, scratch) if length > 2 else whole[None]
    found = []
    for ufunc, kind in zip(ufuncs, kinds, strict=True):
        n_left = turned.shape[2] * length // max(n_columns, 1)  # neighbours that were moved together
        folded = scratch.array("folded", turned.shape[1:], kind) if n_left > 1 else None
        folded = ufunc.reduce(turned, axis=0, dtype=kind, out=folded)
        while folded.shape[1] * length > n_columns:
            folded = ufunc(folded[:, ::2], folded[:, 1::2])
        last = [ufunc.reduce(rest, axis=1, dtype=kind, keepdims=True)] if rest.shape[1] else []
        found.append(np.concatenate([folded, *last], axis=1) if last else folded)
    return found


def _turned(matrix: np.ndarray, length: int, scratch: Scratch) -> np.ndarray:
    """Stretches of `length` columns with their elements, or small groups of neighbours, along the first axis: numpy
    reduces short stretches of a row ten times as slowly, and moves one element as slowly as a group."""
    n_unit = 1
    while length % (2 * n_unit) == 0 and 8 * n_unit <= length and 2 * n_unit * matrix.itemsize <= max(_UNITS):
        n_unit *= 2
    units = matrix.view(_UNITS[n_unit * matrix.itemsize])
    stretches = units.reshape(len(matrix), matrix.shape[1] // length, length // n_unit)
    turned = stretches.transpose(2, 0, 1)
    copied = scratch.array("turned", turned.shape, turned.dtype)
    np.copyto(copied, turned)
    return copied.view(matrix.dtype)
