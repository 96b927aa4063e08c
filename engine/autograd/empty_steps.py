"""Steps of optimizers that find no gradient although passes bring some: emptied before, or made before the pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from torch.optim import Optimizer

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.node_names import user_names
from engine.autograd.optimizer_groups import held_by
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_site import CallSite
from engine.autograd.recorder import Recorder
from engine.autograd.records import Call
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words


def empty_steps(
    namespace: Mapping[str, Any], recorder: Recorder, current: BackwardPass, site: CallSite
) -> Iterator[Notice]:
    """One for each optimizer whose newest step found no gradient, although the newest pass, before it, brought some;
    or none of whose steps found any, the newest being before that pass."""
    known = [record.ran_in for record in map(recorder.seen.record_of, current.call.nodes) if record is not None]
    n_before = max((mark.number for mark in known if mark is not None), default=-1)
    for name, value in user_names(namespace):
        if not issubclass(type(value), Optimizer) or value not in recorder.seen.empty_steps or name.startswith("_"):
            continue
        call, steps = recorder.seen.empty_steps[value], recorder.seen.events.steps.get(value)
        if n_before < 0 or not any(current.has_reached(parameter) for parameter in held_by(value)):
            continue
        if call.number > n_before:
            yield _told(call, _emptied(name, site))
        elif steps is not None and steps.n == steps.n_empty:
            yield _told(call, _too_early(name, site))


def _told(call: Call, why: Sentence) -> Notice:
    said = Sentence.of(
        "notice.step_without_gradient",
        "{step} (line {step_line}) found no gradient and changed nothing: {why}",
        step=expression_of(call),
        step_line=line_of(call) or 0,
        why=why,
    )
    return Notice(said, source_of(call.place))


def _emptied(name: str, site: CallSite) -> Sentence:
    return Sentence.phrase(
        "notice.emptied_before_step",
        "{origin} (line {line}) had brought one to the parameters of {name}, and it was emptied in between, as "
        "zero_grad() does. Call that before backward, or after the step.",
        origin=origin_words(site.origin),
        line=site.line,
        name=name,
    )


def _too_early(name: str, site: CallSite) -> Sentence:
    return Sentence.phrase(
        "notice.step_before_pass",
        "it runs before {origin} (line {line}), which brings them to the parameters of {name}. Call it after that, and "
        "zero_grad() before.",
        origin=origin_words(site.origin),
        line=site.line,
        name=name,
    )
