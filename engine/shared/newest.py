"""Which of the program's tensors is the newest: the one that stands in the middle where there is no graph."""

from __future__ import annotations

from collections.abc import Iterable

from engine.protocol.program_values import Variable


def newest(rows: Iterable[Variable]) -> Variable | None:
    """What the program has bound last, or written into, of tensors and what leads to one; where there is no tensor,
    of NumPy's arrays, too. Of equals the last; None where there is nothing of the kind."""
    own = [row for row in rows if not row.part_of]
    seen = [row for row in own if row.summary is not None]
    tensors = [row for row in seen if row.summary is not None and not row.summary.is_array]
    found = [*(tensors or seen), *(row for row in own if row.inside)]
    return max(reversed(found), key=lambda row: row.rank, default=None)
