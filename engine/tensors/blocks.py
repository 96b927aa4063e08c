"""Square blocks of a matrix in one number each: smallest, largest, mean, and what of them is not finite.

Calculated by numpy: on slices of the size of a processor's cache its reductions along rows take a fifth of torch's
time.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from engine.tensors.pooling import to_float32

NAN, POSITIVE_INF, NEGATIVE_INF = 1, 2, 4  # bits of `odd`
_CACHED_ELEMENTS = 1 << 18  # as many as stay in a processor's cache from one reduction to the next
_NARROW = 64  # columns, below which it is faster to turn a matrix than to reduce its rows


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


def blocks(matrix: np.ndarray, step: int) -> Blocks:
    """Blocks of `step` × `step` elements, a power of two, from the upper left on; those at the ends are what is left.
    `matrix` is of bool, integers, float32 or float64."""
    if matrix.dtype == np.bool_:
        matrix = matrix.view(np.uint8)
    if matrix.shape[1] < _NARROW < matrix.shape[0]:
        return blocks(np.ascontiguousarray(matrix.T), step).turned()
    with np.errstate(all="ignore"):
        total, low, high = (
            _fold_columns(ufunc, rows, step)
            for ufunc, rows in zip((np.add, np.minimum, np.maximum), _rows(matrix, step), strict=True)
        )
        if not np.isfinite(total).all():
            return _with_odd(matrix, step)
        n_finite = _counts(matrix.shape, step)
        mean = (total / n_finite).astype(np.float32) if step > 1 else to_float32(matrix)
        return Blocks(to_float32(low), to_float32(high), mean, n_finite, np.zeros(low.shape, np.uint8))


def _rows(matrix: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sum, smallest and largest of every `step` rows, made of a band of rows after the other."""
    kind = np.float64 if matrix.dtype.kind in "iu" else matrix.dtype
    if step == 1 or matrix.shape[0] == 1:
        return matrix.astype(kind, copy=False), matrix, matrix
    shape = -(-matrix.shape[0] // step), matrix.shape[1]
    made = np.empty(shape, kind), np.empty(shape, matrix.dtype), np.empty(shape, matrix.dtype)
    n_rows = max(_CACHED_ELEMENTS // max(matrix.shape[1] * step, 1), 1) * step
    for row in range(0, matrix.shape[0], n_rows):
        band = matrix[row : row + n_rows]
        for ufunc, rows in zip((np.add, np.minimum, np.maximum), made, strict=True):
            rows[row // step : (row + n_rows) // step] = _fold_rows(ufunc, band, step, rows.dtype)
    return made


def coarser(cells: Blocks) -> Blocks:
    """Four cells in one."""
    with np.errstate(all="ignore"):
        n_finite = _folded(np.add, cells.n_finite, 2, np.int64)
        share = np.where(cells.n_finite > 0, cells.mean.astype(np.float64), 0.0) * cells.n_finite
        mean = (_folded(np.add, share, 2, np.float64) / n_finite).astype(np.float32)
    return Blocks(
        _folded(np.fmin, cells.low, 2, np.float32),
        _folded(np.fmax, cells.high, 2, np.float32),
        mean,
        n_finite,
        _folded(np.bitwise_or, cells.odd, 2, np.uint8),
    )


def _with_odd(matrix: np.ndarray, step: int) -> Blocks:
    """Where something is not finite, or the sum is too large for its dtype."""
    numbers = matrix.astype(np.float64)
    is_nan, is_finite = np.isnan(numbers), np.isfinite(numbers)
    n_finite = _folded(np.add, is_finite, step, np.int64)
    low = _folded(np.minimum, np.where(is_nan, np.inf, numbers), step, np.float64)
    high = _folded(np.maximum, np.where(is_nan, -np.inf, numbers), step, np.float64)
    has_nan = _folded(np.logical_or, is_nan, step, np.bool_)
    has_high, has_low = (_folded(np.logical_or, numbers == inf, step, np.bool_) for inf in (np.inf, -np.inf))
    nothing = has_nan & (n_finite == 0) & ~has_high & ~has_low
    low[nothing] = high[nothing] = np.nan
    area = float(step * step)  # the sum of what is divided by it cannot be too large
    mean = _folded(np.add, np.where(is_finite, numbers, 0.0) / area, step, np.float64) * (area / n_finite)
    mean[n_finite == 0] = np.nan
    odd = has_nan * np.uint8(NAN) | has_high * np.uint8(POSITIVE_INF) | has_low * np.uint8(NEGATIVE_INF)
    return Blocks(to_float32(low), to_float32(high), to_float32(mean), n_finite, odd)


def _counts(shape: tuple[int, ...], step: int) -> np.ndarray:
    """How many elements each block has."""
    rows, columns = (
        np.minimum(step, size - np.arange(0, size, step, dtype=np.int64)) if size else np.zeros(0, np.int64)
        for size in shape
    )
    return rows[:, None] * columns


def _folded(ufunc: np.ufunc, matrix: np.ndarray, step: int, kind: Any) -> np.ndarray:
    return _fold_columns(ufunc, _fold_rows(ufunc, matrix, step, kind), step)


def _fold_rows(ufunc: np.ufunc, matrix: np.ndarray, step: int, kind: Any) -> np.ndarray:
    if step == 1 or matrix.shape[0] == 1:
        return matrix.astype(kind, copy=False)
    n_whole = matrix.shape[0] // step
    whole = matrix[: n_whole * step].reshape(n_whole, step, matrix.shape[1])
    parts = [ufunc.reduce(whole, axis=1, dtype=kind)] if n_whole else []
    if matrix.shape[0] % step:
        parts.append(ufunc.reduce(matrix[n_whole * step :], axis=0, dtype=kind, keepdims=True))
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _fold_columns(ufunc: np.ufunc, matrix: np.ndarray, step: int) -> np.ndarray:
    """By halves: numpy reduces short stretches of a row ten times as slowly."""
    if step == 1:
        return matrix
    n_columns = matrix.shape[1] // step * step
    folded, length = matrix[:, :n_columns], step
    while length > 1:
        folded, length = ufunc(folded[:, ::2], folded[:, 1::2]), length // 2
    if n_columns == matrix.shape[1]:
        return folded
    rest = ufunc.reduce(matrix[:, n_columns:], axis=1, dtype=matrix.dtype, keepdims=True)
    return np.concatenate([folded, rest], axis=1)
