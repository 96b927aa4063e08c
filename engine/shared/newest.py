"""Which of the program's tensors is the newest: the one that stands in the middle where there is no graph."""

from __future__ import annotations

from collections.abc import Iterable

from engine.protocol.program_values import Variable


def newest(rows: Iterable[Variable]) -> Variable | None:
    """The tensor that the program has bound last, or written into; None where there is none."""
    return max((row for row in rows if row.summary is not None), key=lambda row: row.rank, default=None)
