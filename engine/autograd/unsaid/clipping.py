"""Gradients that are limited where it changes no step: after it, before there are any, or while they are scaled."""

from __future__ import annotations

from collections.abc import Iterator

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.optimizer_groups import held_by
from engine.autograd.training_events import Clip
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words


def clipping(run: Run) -> Iterator[Notice]:
    """One for the newest pass, where an optimizer has stepped by it."""
    events, passed = run.recorder.seen.events, run.newest_number()
    stepped = [(name, one, events.steps[one].newest) for name, one in run.optimizers() if one in events.steps]
    after = [(number, name, set(map(id, held_by(one)))) for name, one, number in stepped if number > passed >= 0]
    if not after:
        return
    step, name, held = min(after, key=lambda found: found[0])
    between = events.clips_between(passed, step)
    for clip in between:
        if events.is_unscaled_between(clip.number, step) and not events.is_unscaled_between(passed, clip.number):
            yield from _told(clip, _scaled(run, clip))
            return
    later = [clip for clip in events.clips if clip.number > step and clip.had_gradients and clip.is_limit]
    earlier = [clip for clip in events.clips if clip.number < passed]
    if between:
        return
    if later and _is_of(later[-1], held):
        yield from _told(later[-1], _after_step(later[-1], name))
    elif earlier and not earlier[-1].had_gradients and _is_of(earlier[-1], held) and len(earlier) > 1:
        yield from _told(earlier[-1], _before_pass(run, earlier[-1]))


def _is_of(clip: Clip, held: set[int]) -> bool:
    return clip.taken is None or bool(clip.taken & held)


def _told(clip: Clip, said: Sentence) -> Iterator[Notice]:
    if line_of(clip.call) is not None:
        yield Notice(said, source_of(clip.call.place))


def _after_step(clip: Clip, name: str) -> Sentence:
    return Sentence.of(
        "notice.clipped_after_step",
        "{expression} (line {line}) limits gradients that {name} has stepped by already, so that no step is limited. "
        "Call it between backward and {name}.step().",
        expression=expression_of(clip.call),
        line=line_of(clip.call),
        name=name,
    )


def _before_pass(run: Run, clip: Clip) -> Sentence:
    return Sentence.of(
        "notice.clipped_before_pass",
        "{expression} (line {line}) finds no gradient to limit: it runs before {origin} (line {origin_line}) makes "
        "them. Call it after that, before the step.",
        expression=expression_of(clip.call),
        line=line_of(clip.call),
        origin=origin_words(run.site.origin),
        origin_line=run.site.line,
    )


def _scaled(run: Run, clip: Clip) -> Sentence:
    return Sentence.of(
        "notice.clipped_scaled",
        "{expression} (line {line}) limits gradients that still have the factor of the GradScaler in them, and not "
        "those that the step is made of. Call scaler.unscale_(optimizer) before it.",
        expression=expression_of(clip.call),
        line=line_of(clip.call),
    )
