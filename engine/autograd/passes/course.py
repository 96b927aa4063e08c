"""How loss and gradient norm went from pass to pass of a run."""

from __future__ import annotations

from array import array
from math import isfinite
from typing import NamedTuple

from engine.protocol.passes import PassMark


class PassNumbers(NamedTuple):
    """Of one pass that ended. `loss` may be NaN or infinite; `norm` is -1 where it was not measured."""

    number: int  # in the run, from 1
    loss: float
    norm: float


class Course:
    """Of the passes whose loss is a number, as their marks are told: 32 bytes each; of any, the first bad one."""

    def __init__(self) -> None:
        self._indices, self._lines = array("q"), array("q")
        self._losses, self._norms = array("d"), array("d")
        self.first_bad: PassMark | None = None  # the first whose loss or norm is not finite
        self.newest: PassMark | None = None

    def note(self, mark: PassMark) -> None:
        """A pass as it is told: maybe while it runs, and again once its norm is known."""
        norm = -1.0 if mark.norm is None else mark.norm
        self.newest = mark
        known = (one for one in (mark.loss, mark.norm) if one is not None)
        if self.first_bad is None and not all(map(isfinite, known)):
            self.first_bad = mark
        if mark.status != "finished" or mark.loss is None:
            return
        if self._indices and self._indices[-1] == mark.index:
            self._norms[-1] = norm
            return
        self._indices.append(mark.index)
        self._lines.append(mark.line)
        self._losses.append(mark.loss)
        self._norms.append(norm)

    def of_line(self, line: int) -> list[PassNumbers]:
        """The passes that a line of the program called, in their order."""
        told = zip(self._indices, self._lines, self._losses, self._norms, strict=True)
        return [PassNumbers(number, loss, norm) for number, at, loss, norm in told if at == line]
