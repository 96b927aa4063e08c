"""A loss that grew without end, and the pass where it began to."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from engine.autograd.optimizer_groups import groups_of, held_by
from engine.autograd.passes.course import PassNumbers
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.numbers import compact, plain
from engine.shared.phrases import origin_words


class Rise(NamedTuple):
    """A loss that grew without end: the pass before it began to, the first higher one, the last that ran."""

    before: PassNumbers
    first: PassNumbers
    last: PassNumbers


_MOST_AT_FIRST = 5  # passes whose losses are the level that a run begins at
_ENDLESS = 100.0  # times that level, where as many passes tell it
_ENDLESS_OF_FEW = 1000.0
_FEWEST_RISES = 2


def endless_rise(passes: list[PassNumbers]) -> Rise | None:
    """Where the loss began to grow to many times the level that it had at first, and stayed there or became NaN.

    Only of losses above 0, whose size means something, and where the gradient grew with it.
    """
    n_finite = next((place for place, one in enumerate(passes) if not math.isfinite(one.loss)), len(passes))
    finite = passes[:n_finite]
    if n_finite <= _FEWEST_RISES or any(one.loss <= 0 for one in finite):
        return None
    n_first = max(1, min(_MOST_AT_FIRST, n_finite // 4))
    level = max(one.loss for one in finite[:n_first])
    end = sorted(one.loss for one in finite[-3:])[1]
    if end < (_ENDLESS if n_first > _FEWEST_RISES else _ENDLESS_OF_FEW) * level or not _grew(finite, n_first):
        return None
    at = next(place for place in reversed(range(n_finite)) if finite[place].loss <= level)
    while at and finite[at - 1].loss < finite[at].loss:
        at -= 1
    is_steady = all(
        finite[at + n].loss < finite[at + n + 1].loss for n in range(_FEWEST_RISES) if at + n + 1 < n_finite
    )
    return Rise(finite[at], finite[at + 1], passes[-1]) if is_steady and at + 1 < n_finite else None


def rising(run: Run) -> Iterator[Notice]:
    """One where the loss of the line that called the newest pass did so."""
    site = run.site
    passes = run.course.of_line(site.line) if site.line else []
    rise = endless_rise(passes)
    if rise is None:
        return
    name, rate = _optimizer_of(run)
    if name:
        said = Sentence.of(
            "notice.rising_with_rate",
            "From pass {first} on the loss of {origin} (line {line}) grows without end: it was {before} before, "
            "{after} there and {end} in pass {last}. Each step overshoots; the rate of {name} is {rate} now. Take a "
            "tenth of it, or clip the gradients (torch.nn.utils.clip_grad_norm_).",
            name=name,
            rate=rate,
            origin=origin_words(site.origin),
            line=site.line,
            first=rise.first.number,
            before=compact(rise.before.loss),
            after=compact(rise.first.loss),
            last=rise.last.number,
            end=compact(rise.last.loss),
        )
    else:
        said = Sentence.of(
            "notice.rising",
            "From pass {first} on the loss of {origin} (line {line}) grows without end: it was {before} before, "
            "{after} there and {end} in pass {last}. Each step overshoots: take a tenth of the rate, or clip the "
            "gradients (torch.nn.utils.clip_grad_norm_).",
            origin=origin_words(site.origin),
            line=site.line,
            first=rise.first.number,
            before=compact(rise.before.loss),
            after=compact(rise.first.loss),
            last=rise.last.number,
            end=compact(rise.last.loss),
        )
    yield Notice(said, site.source)


def _optimizer_of(run: Run) -> tuple[str, str]:
    """The name and rate of one that trains what the newest pass reached; "" where none is known."""
    reached = set(map(id, run.current.call.leaves))
    for name, value in run.optimizers():
        rate = next((group.settings.get("lr") for group in groups_of(value)), None)
        if isinstance(rate, float | int) and any(id(parameter) in reached for parameter in held_by(value)):
            return name, plain(rate)
    return "", ""


def _grew(finite: list[PassNumbers], n_first: int) -> bool:
    """Whether the gradient did, as far as it was measured."""
    first = [one.norm for one in finite[:n_first] if one.norm >= 0]
    last = [one.norm for one in finite[-3:] if one.norm >= 0]
    return not first or not last or not max(last) < 10 * max(first)
