"""What is counted in a whole large tensor, kept from one answer to the next: the table's row and the inspector ask in
turn."""

from __future__ import annotations

import math
from typing import NamedTuple

_MOST = 8


class Counts(NamedTuple):
    """Of all elements; the norm is that of the finite ones."""

    n_zero: int
    n_nan: int
    n_inf: int
    norm: float

    def times(self, n: int) -> Counts:
        """Where each element stands so many times."""
        return Counts(self.n_zero * n, self.n_nan * n, self.n_inf * n, self.norm * math.sqrt(n))


class Counted:
    """The newest counts, by the moment of the tensor. Only inside `GATE.reading`."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Counts] = {}

    def forget(self) -> None:
        """The program has run: what it wrote may not show in a moment."""
        self._known.clear()

    def of(self, moment: tuple[object, ...]) -> Counts | None:
        """What was counted then."""
        return self._known.get(moment)

    def keep(self, moment: tuple[object, ...], counts: Counts) -> None:
        """For whoever asks next."""
        self._known[moment] = counts
        while len(self._known) > _MOST:
            del self._known[next(iter(self._known))]


COUNTED = Counted()
