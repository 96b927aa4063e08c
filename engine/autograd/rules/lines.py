"""A node whose lines along one dim are each worked by themselves, as of a softmax: of a cell its line is enough."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.values import NodeValues

_Cell = tuple[int, ...]
_Saved = Callable[[int], tuple[Any, ...]]


class Line:
    """The node of one line: `values` with a size of 1 in every other dim, and `cell` in it."""

    def __init__(self, values: NodeValues, dim: int, cell: _Cell) -> None:
        self._whole, self._cell = values.shape, cell
        self._dim = dim % len(self._whole)
        self.cell = tuple(index if nth == self._dim else 0 for nth, index in enumerate(cell))
        shape = tuple(size if nth == self._dim else 1 for nth, size in enumerate(self._whole))
        arriving = [self._part(gradient) for gradient in values.arriving]
        self.values = NodeValues(lambda name: self._part(getattr(values, name)), arriving, [shape] * len(values.shapes))
        self.values.nth = values.nth

    def _part(self, value: Any) -> Any:
        if not isinstance(value, Tensor) or tuple(value.shape) != self._whole:
            return value
        for nth, index in enumerate(self._cell):
            value = value if nth == self._dim else value.narrow(nth, index, 1)
        return value

    def places(self, places: Tensor) -> Tensor:
        """Where elements of the line lie in the whole, counted row by row."""
        stride = math.prod(self._whole[self._dim + 1 :])
        rest = (index * math.prod(self._whole[nth + 1 :]) for nth, index in enumerate(self._cell) if nth != self._dim)
        return places * stride + sum(rest)

    def saved(self, saved: _Saved) -> _Saved:
        """The same with places in the whole."""

        def moved(nth: int) -> tuple[Any, ...]:
            return tuple(one._replace(place=int(self.places(torch.tensor(one.place)))) for one in saved(nth))

        return moved
