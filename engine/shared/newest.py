"""Which of the program's tensors is the newest: the one that stands in the middle where there is no graph."""

from __future__ import annotations

from collections.abc import Iterable

from engine.protocol.program_values import Variable


def newest(rows: Iterable[Variable]) -> Variable | None:
    """The tensor that the program has bound last, or written into; where there is none, the last array of NumPy, then
    the last variable that leads to a tensor; None where there is nothing of the kind."""
    own = [row for row in rows if not row.part_of]
    seen = [row for row in own if row.summary is not None]
    tensors = [row for row in seen if row.summary is not None and not row.summary.is_array]
    others = seen or [row for row in own if row.inside]
    return max(tensors, key=lambda row: row.rank, default=others[-1] if others else None)
