"""What a run does between its steps, and how long that takes. No torch."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec

from engine.runs.config import RunConfig

_Seconds: TypeAlias = Annotated[float, msgspec.Meta(ge=0)]


class BetweenSteps(msgspec.Struct, frozen=True, kw_only=True):
    """How long the newest of each took, in seconds by a clock that is never set; 0 before the first."""

    evaluation_s: _Seconds = 0.0
    sample_s: _Seconds = 0.0
    checkpoint_s: _Seconds = 0.0

    def left_s(self, run: RunConfig, step: int) -> float:
        """What those take that are still due after `step`: at their steps, and at the end."""
        kinds = (
            (self.evaluation_s, run.eval_every),
            (self.sample_s, run.sample_every),
            (self.checkpoint_s, run.checkpoint_every),
        )
        return sum(seconds * _n_due(every, step, run.max_steps) for seconds, every in kinds)


def _n_due(every: int, step: int, last: int) -> int:
    """How many multiples of `every` lie behind `step` and before `last`, and `last` itself; 0 is never."""
    return 0 if not every or step >= last else (last - 1) // every - step // every + 1
