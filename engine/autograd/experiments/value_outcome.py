"""What a trial of another value brought, beside what the held pass has without it."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor

from engine.autograd.experiments.outcome import Budget, Difference, Outcome
from engine.autograd.experiments.value_trial import Sent, Trial
from engine.autograd.passes.backward_pass import BackwardPass
from engine.tensors.unseen import Unseen


def value_outcome(
    current: BackwardPass, budget: Budget, grads: Mapping[int, Tensor], rest: Outcome, trial: Trial
) -> Difference:
    """Old is what has arrived in the pass and, of what is left of it, what a run of the rest brought. On its thread."""
    with Unseen():
        old = Outcome(budget, {})
        for node in current.order[:-1]:
            found = {slot: current.gradients.read(node, slot)[0] for slot in current.gradients.slots(node)}
            if any(one is not None for one in found.values()):
                old.arrive(node, [found.get(slot) for slot in range(max(found) + 1)])
        old.adopt(rest)
        by_node: dict[int, list[Sent]] = {}
        for one in trial.sent:
            by_node.setdefault(current.index(one.node), []).append(one)
        new = Difference(budget, grads, old, frozenset(by_node))
        for node, sent in by_node.items():
            tensors = {one.slot: one.tensor() for one in sent}
            if any(tensor is not None for tensor in tensors.values()):
                new.arrive(node, [tensors.get(slot) for slot in range(max(tensors) + 1)])
            for one in sent:
                if one.summary is not None:
                    new.see((node, one.slot), one.norm, one.summary)
        return new
