"""How long a comparison takes yet, by how long its evaluations have taken so far."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

_TOLD_S = 0.25  # between two times that it is told
_BEFORE_CELLS = 3  # evaluations: at the value, and on both sides of it along one direction
_LEAST_SHARE = 0.02  # of the first evaluation, from which its whole time is told


class Pace:
    """`n_cells` are to be compared, in `budget_s` seconds if that is less; each takes an evaluation on either side.

    `tell(n_done, left_s)` hears of the cells that are done and of the seconds that are left, None while not known.
    `clock` counts seconds.
    """

    def __init__(
        self,
        n_cells: int,
        budget_s: float,
        tell: Callable[[int, float | None], None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._n_cells, self._n_done, self._tell, self._clock = n_cells, 0, tell, clock
        self.budget_s = budget_s
        self._n_before = _BEFORE_CELLS
        self._evaluation_s: float | None = None  # the newest that is over
        self._start_s = self._told_s = self._clock()
        self._cells_s = 0.0  # when the first cell began

    def begin_cells(self, budget_s: float) -> None:
        """What comes before them is over."""
        self._n_before, self.budget_s, self._cells_s = 0, budget_s, self._clock()

    def cell_done(self) -> bool:
        """Another one is compared; whether there is time for the next."""
        self._n_done += 1
        return self._clock() - self._cells_s <= self.budget_s

    def begin(self) -> None:
        """An evaluation begins."""
        self._start_s = self._clock()

    def step(self, share: float) -> None:
        """So much of it is done."""
        now_s = self._clock()
        if now_s - self._told_s > _TOLD_S:
            self._told_s = now_s
            self._tell(self._n_done, self._left_s(share, now_s))

    def end(self) -> None:
        """It is over."""
        self._evaluation_s = self._clock() - self._start_s
        self._n_before = max(self._n_before - 1, 0)

    def _left_s(self, share: float, now_s: float) -> float | None:
        each_s = self._evaluation_s
        if each_s is None:
            if share < _LEAST_SHARE:
                return None
            each_s = (now_s - self._start_s) / share
        n_before = max(self._n_before - 1, 0)
        spent_s = now_s - self._cells_s if self._cells_s else 0.0
        cells_s = min(2 * each_s * (self._n_cells - self._n_done), max(self.budget_s - spent_s, 0.0))
        if not self._cells_s:
            cells_s = max(cells_s, 2 * each_s)  # one is compared, however long it takes
        return max(each_s * (1 - share), 0.0) + each_s * n_before + cells_s
