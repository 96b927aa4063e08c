"""The learning rate over a run, as the trainer uses it and the window draws it ahead."""

from __future__ import annotations

import math

from engine.runs.config import RunConfig


def learning_rate(run: RunConfig, step: int) -> float:
    """The rate of step 1, 2 …: linear warm-up, then half a cosine down to `min_learning_rate` at the horizon, where
    it stays."""
    if step <= run.warmup_steps:
        return run.learning_rate * step / max(run.warmup_steps, 1)
    share = min((step - run.warmup_steps) / max(run.horizon - run.warmup_steps, 1), 1.0)
    low = min(run.min_learning_rate, run.learning_rate)
    return low + 0.5 * (1 + math.cos(math.pi * share)) * (run.learning_rate - low)
