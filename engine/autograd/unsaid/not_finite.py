"""A run whose loss or gradients turned NaN or infinite, and its first pass that has such a number."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine.autograd.unsaid.rising import endless_rise
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.numbers import compact
from engine.shared.phrases import origin_words


def not_finite(run: Run) -> Iterator[Notice]:
    """One where a loss did, or where the newest pass has such a gradient, as an overflow that a scaler skips has not;
    none of a loss that grew to there without end, of which that is said."""
    first, newest = run.course.first_bad, run.course.newest
    if first is None or newest is None or endless_rise(run.course.of_line(first.line)) is not None:
        return
    is_of_loss = _is_bad(first.loss)
    if not is_of_loss and not _is_bad(newest.loss) and not _is_bad(newest.norm):
        return
    source = run.site.source
    place = source if source is not None and source.line == first.line else None
    if is_of_loss:
        said = Sentence.of(
            "notice.loss_not_finite",
            "In pass {number} of {n} the loss of {origin} (line {line}) is {loss}. F7 goes to the operation that made "
            "the first such number, and says why and what is usually done.",
            number=first.index,
            n=newest.index,
            origin=origin_words(first.origin),
            line=first.line,
            loss=compact(first.loss or 0.0),
        )
    else:
        said = Sentence.of(
            "notice.gradient_not_finite",
            "In pass {number} of {n}, of {origin} (line {line}), gradients are NaN or infinite. F7 goes to the "
            "operation that made the first such number, and says why and what is usually done.",
            number=first.index,
            n=newest.index,
            origin=origin_words(first.origin),
            line=first.line,
        )
    yield Notice(said, place)


def _is_bad(number: float | None) -> bool:
    return number is not None and not math.isfinite(number)
