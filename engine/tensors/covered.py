"""A part of a plane in a few numbers, read anew each time, piece by piece."""

from __future__ import annotations

import math

import torch

from engine.protocol.covered import AskCovered, CoveredShown
from engine.shared.numbers import number
from engine.tensors.gate import GATE
from engine.tensors.reading import pieces, plain, real, reducible, unobserved
from engine.tensors.rectangle import plane_of

_AT_ONCE = 1 << 20  # elements


def covered(tensor: torch.Tensor, request: AskCovered) -> CoveredShown:
    """Smallest, largest and mean of what is asked for. Raises EngineError where there is nothing to read. Only inside
    `GATE.reading`."""
    rows, columns = (
        slice(max(first, 0), max(first, 0) + max(n, 0))
        for first, n in ((request.first_row, request.n_rows), (request.first_column, request.n_columns))
    )
    with unobserved():
        part = plane_of(plain(tensor), request).matrix[rows, columns]
        is_same = [stride == 0 and size > 1 for stride, size in zip(part.stride(), part.shape, strict=True)]
        once = part[tuple(slice(0, 1) if same else slice(None) for same in is_same)]  # as far as it lies in memory
        found = [_of_piece(piece) for piece in pieces(once, _AT_ONCE) if piece.numel()]
    n_times = part.numel() // max(once.numel(), 1)
    some = [one for one in found if one[2]]
    total, n_finite = math.fsum(one[3] for one in some), sum(one[2] for one in some)
    return CoveredShown(
        request.id,
        key=request.key,
        first_row=request.first_row,
        first_column=request.first_column,
        n_rows=request.n_rows,
        n_columns=request.n_columns,
        smallest=number(min(one[0] for one in some)) if some else "",
        largest=number(max(one[1] for one in some)) if some else "",
        mean=number(total / n_finite) if some else "",
        n_nan=sum(one[4] for one in found) * n_times,
        n_inf=sum(one[5] for one in found) * n_times,
    )


def _of_piece(piece: torch.Tensor) -> tuple[float, float, int, float, int, int]:
    """Smallest, largest, number and sum of the finite elements, and how many are NaN and Inf."""
    GATE.give_way()
    elements = piece if reducible(piece) else real(piece)  # of integers every digit counts
    n_nan = int(elements.isnan().sum())
    n_inf = int(elements.isinf().sum())
    if n_nan or n_inf:
        elements = elements[elements.isfinite()]
    if not elements.numel():
        return math.nan, math.nan, 0, 0.0, n_nan, n_inf
    low, high = (bound.item() for bound in torch.aminmax(elements))
    return low, high, elements.numel(), float(elements.sum(dtype=torch.float64)), n_nan, n_inf
