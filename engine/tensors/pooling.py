"""Many elements in one cell: the element with the largest magnitude; NaN wins, then Inf."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import torch

from engine.tensors.gate import GATE
from engine.tensors.reading import as_array, real, reducible

# Reading this many elements takes about 0.1 s; above it, evenly spaced rows of every block are read.
MAX_POOLED_ELEMENTS = 1 << 27
# Read in pieces of this many elements: between them a step comes in, and dtypes that torch cannot reduce are converted.
PIECE_ELEMENTS = 1 << 20
_LARGEST = float(np.finfo(np.float32).max)


def to_float32(array: np.ndarray) -> np.ndarray:
    """float32 of any number; what is finite stays finite. Complex numbers become magnitudes."""
    if np.iscomplexobj(array):
        array = np.abs(array)
    if array.dtype == np.float64:
        array = np.where(np.isfinite(array), np.clip(array, -_LARGEST, _LARGEST), array)
    return np.ascontiguousarray(array, dtype=np.float32)


def pool(matrix: torch.Tensor, step: int) -> tuple[np.ndarray, bool]:
    """A plain 2-d tensor in blocks of step×step: float32 (rows/step, columns/step), and whether it was sampled."""
    if step == 1:
        return to_float32(as_array(real(matrix))), False
    if matrix.stride(0) < matrix.stride(1):  # rows that lie contiguous in memory are reduced 30 times as fast
        cells, sampled = pool(matrix.t(), step)
        return np.ascontiguousarray(cells.T), sampled
    skip = math.ceil(matrix.numel() / MAX_POOLED_ELEMENTS)
    as_it_is = reducible(matrix)
    rows_per_piece = max(1, PIECE_ELEMENTS // (step * max(1, matrix.shape[1]))) * step
    pieces = []
    for first in range(0, matrix.shape[0], rows_per_piece):
        GATE.give_way()
        piece = matrix[first : first + rows_per_piece]
        pieces.append(_extremes(piece if as_it_is else real(piece), step, skip))
    return np.concatenate(pieces), skip > 1


def _extremes(matrix: torch.Tensor, step: int, skip: int) -> np.ndarray:
    outer, inner = min(skip, step), math.ceil(skip / step)
    high = _reduce(_reduce(matrix, 0, step, outer, torch.amax), 1, step, inner, torch.amax)
    low = _reduce(_reduce(matrix, 0, step, outer, torch.amin), 1, step, inner, torch.amin)
    return strongest(as_array(real(high)), as_array(real(low)))


def _reduce(matrix: torch.Tensor, axis: int, step: int, skip: int, reduction) -> torch.Tensor:
    """Blocks of `step` along one axis reduced to one element each, the last block as long as it happens to be."""
    size = matrix.shape[axis]
    n_whole = size // step
    parts = []
    if n_whole:
        blocks = matrix.narrow(axis, 0, n_whole * step).unflatten(axis, (n_whole, step))
        parts.append(reduction(blocks[(slice(None),) * (axis + 1) + (slice(None, None, skip),)], axis + 1))
    if size % step:
        rest = matrix.narrow(axis, n_whole * step, size % step)
        parts.append(reduction(rest[(slice(None),) * axis + (slice(None, None, skip),)], axis, keepdim=True))
    return parts[0] if len(parts) == 1 else torch.cat(parts, axis)


def strongest(high: np.ndarray, low: np.ndarray) -> np.ndarray:
    """Of two arrays that carry NaN on, the element with the larger magnitude; the positive one of equals."""
    return to_float32(np.where(np.abs(low) > np.abs(high), low, high))


def thumbnail(matrix: np.ndarray, n_rows: int, n_columns: int) -> np.ndarray:
    """A float32 array pooled into exactly min(rows, n_rows) × min(columns, n_columns) cells of nearly equal size."""
    high = low = matrix
    if matrix.shape[0] > n_rows:  # whole rows at once: reduceat takes them one element after another
        edges = [row * matrix.shape[0] // n_rows for row in range(n_rows + 1)]
        blocks = [matrix[first:end] for first, end in pairwise(edges)]
        high, low = np.stack([block.max(0) for block in blocks]), np.stack([block.min(0) for block in blocks])
    if matrix.shape[1] > n_columns:
        starts = np.arange(n_columns) * matrix.shape[1] // n_columns
        high, low = np.maximum.reduceat(high, starts, 1), np.minimum.reduceat(low, starts, 1)
    return strongest(high, low)
