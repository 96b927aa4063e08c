"""Which of the program's tensors are the same but for what is still read of them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from engine.protocol.program_values import Variable
from engine.protocol.tensor_values import MAX_EXACT_ELEMENTS, TensorSummary


def without_statistics(summary: TensorSummary | None) -> TensorSummary | None:
    """What tells a large tensor from another one, whether or not all of its elements have been read."""
    if summary is None or summary.n_elements <= MAX_EXACT_ELEMENTS:
        return summary
    numbers = dict.fromkeys(("minimum", "maximum", "mean", "std", "norm"))
    counts = {"n_zero": 0, "n_nan": 0, "n_inf": 0, "sampled": False, "counts_due": False}
    return msgspec.structs.replace(summary, line="", **numbers, **counts)


def counts_due(rows: Iterable[Variable]) -> bool:
    """Whether something is still to be counted in one of the tensors or gradients."""
    summaries = (summary for row in rows for summary in (row.summary, row.grad))
    return any(summary is not None and summary.counts_due for summary in summaries)
