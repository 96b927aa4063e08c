"""All that is told of a run once it has ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from engine.autograd.empty_steps import empty_steps
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
from engine.autograd.unsaid.equal_sides import equal_sides
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
from engine.autograd.unsaid.places_mixed import places_mixed
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

# In the order in which they are told.
_TOLD: tuple[Callable[[Run], Iterable[Notice]], ...] = (
    untrainable,
    untrained_modules,
    taken_as_numbers,
    numbers_added,
    without_graph,
    constant_summands,
    samples,
    own_targets,
    equal_sides,
    advantages,
    missed_terms,
    judged,
    penalties,
    renewed,
    not_kept,
    looked_for,
    repeated_index,
    blocked,
    zero_logarithms,
    overwritten,
    rising,
    not_finite,
    steps,
    clipping,
    thrown_away,
    left_evaluating,
    measured_training,
    kept_graphs,
    made_anew,
    all_zero,
    alike,
    padding,
    padded_targets,
    masked_means,
    drops_all,
    drops_in_evaluation,
    loss_operands,
    answers_seen,
    places_mixed,
    divergences,
    driven_apart,
    likelihood,
    tied_by_numbers,
    copied_into_itself,
    loaded_itself,
)


def after_run(run: Run) -> Iterator[Notice]:
    """On the thread that ran it, while nothing is recorded."""
    namespace, current, site = run.namespace, run.current, run.site
    yield from Notices(current, run.recorder.seen.record_of).all()
    seen = run.recorder.seen
    yield from Untrained(namespace, run.before, current, site, seen.numbers_newest_first()).notices(seen.record_of)
    yield from not_zeroed(namespace, run.accounts, current, site)
    yield from empty_steps(namespace, run.recorder, current, site)
    with Unseen():
        found = [notice for told in _TOLD for notice in told(run)]
    yield from found
