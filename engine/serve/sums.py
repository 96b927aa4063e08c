"""A sum of terms against PyTorch's own number: which terms are shown, what the others are, and whether they agree."""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from torch import Tensor

from engine.protocol.cells import CellPlace, CellTerm
from engine.protocol.keys import NodeValueKey
from engine.shared.numbers import number
from engine.tensors.gate import GATE

N_SHOWN = 8  # terms, of more than one more
N_LIT = 1000  # cells
_ROUNDINGS = 16  # of each term; twice what was measured of the records' functions in float32


class Sum:
    """`products` in float64, against `own`, which was computed in one of `dtypes`. `scale` is the sum of the magnitudes
    that took part; `is_whole`: no other term is missing."""

    def __init__(
        self, products: Tensor, own: float, scale: float, dtypes: Iterable[torch.dtype], *, is_whole: bool
    ) -> None:
        total, n_terms = float(products.sum()), len(products)
        GATE.give_way()
        self.shown = list(range(n_terms)) if n_terms <= N_SHOWN + 1 else largest(products)[:N_SHOWN]
        self.n_more = n_terms - len(self.shown)
        self.rest = number(total - float(products[self.shown].sum())) if self.n_more else ""
        self.total = number(total) if n_terms else ""
        self.difference = ""
        if is_whole and n_terms and not _is_near(total, own, scale, n_terms, dtypes):
            self.difference = number(own - total)


def largest(products: Tensor) -> list[int]:
    """The places of the largest, NaN before all."""
    GATE.give_way()
    sizes = products.abs().nan_to_num(float("inf"))
    return [int(place) for place in sizes.topk(min(len(products), N_LIT)).indices.tolist()]


def _is_near(total: float, own: float, scale: float, n_terms: int, dtypes: Iterable[torch.dtype]) -> bool:
    if not math.isfinite(own) or not math.isfinite(total):
        return number(own) == number(total)
    rounds = max((torch.finfo(dtype).eps for dtype in dtypes if dtype.is_floating_point), default=0.0)
    return abs(total - own) <= _ROUNDINGS * rounds * (1 + math.sqrt(n_terms)) * scale


def saved_among(shown: Iterable[CellTerm]) -> list[CellPlace]:
    """The values that are factors of terms."""
    places = (factor.place for term in shown for factor in term.factors)
    return [place for place in places if place is not None and isinstance(place.key, NodeValueKey)]
