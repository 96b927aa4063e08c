"""One step of a pass, as it is told."""

from __future__ import annotations

from collections.abc import Sequence

from engine.protocol.backward_values import BackwardStep, Waiting
from engine.shared.ready_queue import Arrivals, PassPlan

READY_SHOWN = 256  # of a longer queue, so that the news of a pass stay linear in its nodes


def step_at(
    index: int, node: int, norm: float | None, ids: Sequence[int], arrivals: Arrivals, plan: PassPlan
) -> BackwardStep:
    """The step of a node that is about to run, with the queue and the nodes that wait as `arrivals` has them."""
    return BackwardStep(
        index,
        ids[node],
        norm,
        tuple(ids[ready] for ready in arrivals.ready(READY_SHOWN)),
        tuple(Waiting(ids[waiting], count, plan.expected[waiting]) for waiting, count in arrivals.waiting.items()),
    )
