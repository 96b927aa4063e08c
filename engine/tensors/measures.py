"""The numbers that whole tensors are compared by. A large tensor is read piece by piece, with pauses between."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable
from typing import NamedTuple

import torch
from torch import Tensor

from engine.protocol.sentence import Sentence
from engine.tensors.reading import UnreadableError, pieces, plain, real
from engine.tensors.statistics import MAX_COUNTED_ELEMENTS

_SMALL = 1e-15  # of smaller norms the squares lose digits in float32, or are zero there
_FLOATS = {torch.float32: None, torch.float64: None, torch.float16: torch.float32, torch.bfloat16: torch.float32}


class Measures(NamedTuple):
    """As NodeFacts has them, in its order: of all elements; minimum, maximum and norm of the finite ones, None where
    there are none."""

    n_elements: int = 0
    minimum: float | None = None
    maximum: float | None = None
    norm: float | None = None
    n_zero: int = 0
    n_nan: int = 0
    n_inf: int = 0


def together(parts: Iterable[Measures]) -> Measures:
    """The measures of several tensors as of one."""
    parts = list(parts)
    if len(parts) == 1:
        return parts[0]
    norms = [part.norm for part in parts if part.norm is not None]
    return Measures(
        sum(part.n_elements for part in parts),
        min((part.minimum for part in parts if part.minimum is not None), default=None),
        max((part.maximum for part in parts if part.maximum is not None), default=None),
        math.hypot(*norms) if norms else None,
        sum(part.n_zero for part in parts),
        sum(part.n_nan for part in parts),
        sum(part.n_inf for part in parts),
    )


def measuring(tensor: Tensor) -> Generator[None, None, Measures]:
    """Measure a tensor, with a pause after each piece of a few milliseconds. Inside `unobserved()`.

    Raises UnreadableError for a tensor that has no elements to read, or too many.
    """
    elements = plain(tensor)
    if elements.numel() > MAX_COUNTED_ELEMENTS:
        raise UnreadableError(
            "tensor.too_large_to_measure",
            "This tensor has {n_elements:,} elements, too many to measure.",
            brief=Sentence.phrase("brief.too_many", "too many elements"),
            n_elements=elements.numel(),
        )
    if is_dense(elements):  # in the order of its memory: a transposed matrix takes ten times as long
        elements = elements.as_strided((elements.numel(),), (1,))
    parts = []
    for piece in pieces(elements):
        parts.append(_of_piece(real(piece)))
        yield
    found = together(parts)
    if len(parts) == 1 or elements.dtype not in _FLOATS or found.n_nan or found.n_inf:
        return found
    norm = float(torch.linalg.vector_norm(elements, dtype=_FLOATS[elements.dtype]))
    if not math.isfinite(norm) or norm < _SMALL:  # the squares are too large for the dtype, or too small
        return found
    return found._replace(norm=norm)


def is_dense(tensor: Tensor) -> bool:
    """Whether a strided tensor's elements fill a part of its memory, each once, in whatever order of the axes."""
    expected = 1
    for stride, size in sorted(zip(tensor.stride(), tensor.shape, strict=True)):
        if size != 1 and stride != expected:
            return False
        expected *= size
    return expected > 0


def _of_piece(elements: Tensor) -> Measures:
    n_elements = elements.numel()
    if not n_elements:
        return Measures()
    n_zero = n_elements - int(elements.count_nonzero())
    low, high = (float(bound) for bound in torch.aminmax(elements))
    n_nan = n_inf = 0
    if not (math.isfinite(low) and math.isfinite(high)):  # aminmax carries NaN on
        n_nan, n_inf = int(elements.isnan().sum()), int(elements.isinf().sum())
        elements = elements[elements.isfinite()]
        if not elements.numel():
            return Measures(n_elements, n_zero=n_zero, n_nan=n_nan, n_inf=n_inf)
        low, high = (float(bound) for bound in torch.aminmax(elements))
    norm = float(torch.linalg.vector_norm(elements))
    if not math.isfinite(norm) or (norm < _SMALL and n_zero < n_elements):
        norm = float(torch.linalg.vector_norm(elements.double()))
    return Measures(n_elements, low, high, norm, n_zero, n_nan, n_inf)
