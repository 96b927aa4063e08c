"""All that is told of a run once it has ended."""

from __future__ import annotations

from collections.abc import Iterator

from engine.autograd.misused import emptied_before_steps
from engine.autograd.not_zeroed import not_zeroed
from engine.autograd.notices import Notices
from engine.autograd.unsaid.alike import alike
from engine.autograd.unsaid.all_zero import all_zero
from engine.autograd.unsaid.answers_seen import answers_seen
from engine.autograd.unsaid.blocked import blocked
from engine.autograd.unsaid.clipping import clipping
from engine.autograd.unsaid.constant_summands import constant_summands
from engine.autograd.unsaid.divergences import divergences
from engine.autograd.unsaid.driven_apart import driven_apart
from engine.autograd.unsaid.drops_all import drops_all, drops_in_evaluation
from engine.autograd.unsaid.judged import judged
from engine.autograd.unsaid.kept_graphs import kept_graphs
from engine.autograd.unsaid.left_evaluating import left_evaluating
from engine.autograd.unsaid.likelihood import likelihood
from engine.autograd.unsaid.loaded_itself import loaded_itself
from engine.autograd.unsaid.looked_for import looked_for
from engine.autograd.unsaid.loss_operands import loss_operands
from engine.autograd.unsaid.measured_training import measured_training
from engine.autograd.unsaid.missed_terms import missed_terms
from engine.autograd.unsaid.not_finite import not_finite
from engine.autograd.unsaid.not_kept import not_kept
from engine.autograd.unsaid.number_added import numbers_added
from engine.autograd.unsaid.numbers import renewed, taken_as_numbers
from engine.autograd.unsaid.overwritten import overwritten
from engine.autograd.unsaid.own_targets import advantages, own_targets
from engine.autograd.unsaid.padded_targets import masked_means, padded_targets
from engine.autograd.unsaid.padding import padding
from engine.autograd.unsaid.penalties import penalties
from engine.autograd.unsaid.repeated_index import repeated_index
from engine.autograd.unsaid.rising import rising
from engine.autograd.unsaid.run import Run
from engine.autograd.unsaid.samples import samples
from engine.autograd.unsaid.shared_numbers import copied_into_itself, tied_by_numbers
from engine.autograd.unsaid.steps import steps
from engine.autograd.unsaid.thrown_away import thrown_away
from engine.autograd.unsaid.untrainable import untrainable
from engine.autograd.unsaid.untrained_modules import made_anew, untrained_modules
from engine.autograd.unsaid.without_graph import without_graph
from engine.autograd.unsaid.zero_logarithm import zero_logarithms
from engine.autograd.untrained import Untrained
from engine.protocol.program_values import Notice
from engine.tensors.unseen import Unseen


def after_run(run: Run) -> Iterator[Notice]:
    """On the thread that ran it, while nothing is recorded."""
    namespace, current, site = run.namespace, run.current, run.site
    yield from Notices(current, run.recorder.seen.record_of).all()
    seen = run.recorder.seen
    yield from Untrained(namespace, run.before, current, site, seen.numbers_newest_first()).notices(seen.record_of)
    yield from not_zeroed(namespace, run.accounts, current, site)
    yield from emptied_before_steps(namespace, run.recorder, current, site)
    with Unseen():
        yield from [
            *untrainable(run),
            *untrained_modules(run),
            *taken_as_numbers(run),
            *numbers_added(run),
            *without_graph(run),
            *constant_summands(run),
            *samples(run),
            *own_targets(run),
            *advantages(run),
            *missed_terms(run),
            *judged(run),
            *penalties(run),
            *renewed(run),
            *not_kept(run),
            *looked_for(run),
            *repeated_index(run),
            *blocked(run),
            *zero_logarithms(run),
            *overwritten(run),
            *rising(run),
            *not_finite(run),
            *steps(run),
            *clipping(run),
            *thrown_away(run),
            *left_evaluating(run),
            *measured_training(run),
            *kept_graphs(run),
            *made_anew(run),
            *all_zero(run),
            *alike(run),
            *padding(run),
            *padded_targets(run),
            *masked_means(run),
            *drops_all(run),
            *drops_in_evaluation(run),
            *loss_operands(run),
            *answers_seen(run),
            *divergences(run),
            *driven_apart(run),
            *likelihood(run),
            *tied_by_numbers(run),
            *copied_into_itself(run),
            *loaded_itself(run),
        ]
