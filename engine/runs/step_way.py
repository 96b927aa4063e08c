"""In which way a run makes its steps. No torch."""

from __future__ import annotations

import msgspec

from engine.shared.language import grouped, mark, tr
from engine.shared.stored_json import Count


class StepWay(msgspec.Struct, frozen=True, kw_only=True):
    """From `step` on (1 is the first), until the next; a line of ways.jsonl, the newest is in the status, too."""

    step: Count
    micro_batch: Count  # sequences in one forward pass
    n_micro_batches: Count  # in one step
    is_compiled: bool = False
    is_compiling: bool = False  # a compiled step is on its way
    reason: str = ""  # why the way before was left, "" where nothing went wrong

    @property
    def words(self) -> str:
        """ "64 × 1 sequences a step, compiled", in the language in use."""
        words = mark("{micro_batch} × {n} sequences a step, eager")
        if self.is_compiled:
            words = mark("{micro_batch} × {n} sequences a step, compiled")
        elif self.is_compiling:
            words = mark("{micro_batch} × {n} sequences a step, eager while it is compiled")
        return tr(words, micro_batch=grouped(self.micro_batch), n=grouped(self.n_micro_batches))
