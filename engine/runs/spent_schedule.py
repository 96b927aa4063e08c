"""A run that begins or goes on where the cosine of its rate has ended: another rate is typed, and hardly anything of it
is trained with. No torch."""

from __future__ import annotations

import msgspec

from engine.protocol.sentence import Sentence
from engine.runs.config import RunConfig
from engine.runs.schedule import learning_rate
from engine.shared.numbers import plain, setting

_LITTLE = 0.1  # of the way from the lowest rate to the highest: what is left of the cosine, so that it is told


def spent_schedule(run: RunConfig, step: int, before: RunConfig) -> Sentence | None:
    """With which rate `run` trains after `step` steps, where that is not the one that it names, and what gives it more;
    None where it was left as it was `before` and no step lies behind the end of the cosine."""
    is_meant = run.learning_rate != before.learning_rate or run.max_steps > run.horizon
    if not is_meant or run.learning_rate <= run.min_learning_rate:
        return None
    most = _most(run, step)
    if most >= run.min_learning_rate + _LITTLE * (run.learning_rate - run.min_learning_rate):
        return None
    rate, peak = _short(most), setting(run.learning_rate)
    if run.max_steps <= run.horizon:
        return Sentence.of(
            "config.schedule_nearly_over",
            "Trains at {rate} at most, not at {peak}: the cosine of the rate ends at step {horizon:,}. More max_steps, "
            "and decay_steps as many, leave more of it.",
            rate=rate,
            peak=peak,
            horizon=run.horizon,
        )
    longer = msgspec.structs.replace(run, decay_steps=run.max_steps)
    return Sentence.of(
        "config.schedule_over",
        "Trains at {rate} at most, not at {peak}: the cosine of the rate ends at step {horizon:,} (decay_steps). With "
        "decay_steps {max_steps:,} it begins at {other} and falls to the last step.",
        rate=rate,
        peak=peak,
        horizon=run.horizon,
        max_steps=run.max_steps,
        other=_short(_most(longer, step)),
    )


def _most(run: RunConfig, step: int) -> float:
    """The highest rate of what is left: it rises in the warm-up, and then falls."""
    return learning_rate(run, max(step + 1, min(run.warmup_steps, run.max_steps)))


def _short(rate: float) -> str:
    return plain(rate, 3)
