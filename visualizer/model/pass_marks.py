"""The marks of a run's passes, in some twenty bytes each: a loop may run for days."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator

import msgspec
import numpy as np

from engine.protocol.passes import PassMark
from visualizer.model.history import NOTHING_ARRIVED


class PassMarks:
    """A sequence of PassMark, the first of index 1. What most of them have in common is kept once."""

    def __init__(self) -> None:
        self._kinds: list[PassMark] = []  # without index and numbers
        self._known: dict[PassMark, int] = {}
        self._kind, self._norms, self._losses = array("L"), array("d"), array("d")
        self._has_loss = array("b")

    def put(self, mark: PassMark) -> None:
        """Add the next, or replace one that is known."""
        place = slice(mark.index - 1, mark.index)
        kind = msgspec.structs.replace(mark, index=0, loss=None, norm=None)
        self._kind[place] = array("L", [self._number(kind)])
        self._has_loss[place] = array("b", [mark.loss is not None])
        self._losses[place] = array("d", [math.nan if mark.loss is None else mark.loss])
        self._norms[place] = array("d", [NOTHING_ARRIVED if mark.norm is None else mark.norm])

    def _number(self, kind: PassMark) -> int:
        number = self._known.setdefault(kind, len(self._kinds))
        if number == len(self._kinds):
            self._kinds.append(kind)
        return number

    def __len__(self) -> int:
        return len(self._kind)

    def __getitem__(self, place: int) -> PassMark:
        place = range(len(self))[place]
        norm = self._norms[place]
        return msgspec.structs.replace(
            self._kinds[self._kind[place]],
            index=place + 1,
            loss=self._losses[place] if self._has_loss[place] else None,
            norm=None if norm == NOTHING_ARRIVED else norm,
        )

    def __iter__(self) -> Iterator[PassMark]:
        return (self[place] for place in range(len(self)))

    def norms(self) -> np.ndarray:
        """Of the gradients that reached the leaves, float64 (n_passes,); NOTHING_ARRIVED where none was measured."""
        return np.array(self._norms, dtype=np.float64)

    def losses(self) -> np.ndarray:
        """The values of the roots, float64 (n_passes,); NaN also where a root is no number that was read."""
        return np.array(self._losses, dtype=np.float64)
