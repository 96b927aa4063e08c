"""A backward pass as far as it is recorded: every moment of it, which later news do not change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.protocol.backward_values import BackwardState, BackwardStep
from engine.shared.backward_model import BackwardView, RanBefore
from engine.shared.language import said
from visualizer.model.fact_columns import FactSource


@dataclass(frozen=True, eq=False)
class Recording:
    """The first `n_steps` of `steps`, which only grow, as `positions` (by node, from 1) and `times_ms` do.

    Position 0 is before the first node, p holds at `steps[p - 1]`, one past the last is the end of a finished pass.
    """

    state: BackwardState
    steps: Sequence[BackwardStep]
    n_steps: int
    positions: Mapping[int, int]
    times_ms: Mapping[int, float]
    not_needed: frozenset[int]

    @property
    def newest(self) -> int:
        """The last position."""
        return self.n_steps + (self.state.status == "finished")

    def step(self, position: int) -> BackwardStep | None:
        """The step that is held at a position, None before the first and past the last."""
        return self.steps[position - 1] if 1 <= position <= self.n_steps else None

    def view(self, position: int) -> BackwardView:
        """The picture at a position."""
        step = self.step(position)
        first = self.steps[0] if self.n_steps and not position else None  # which is in the queue still
        moment = step or first
        ready = moment.ready if moment is not None else ()
        has_failed = self.state.status == "failed" and position == self.newest
        return BackwardView(
            done=RanBefore(self.steps, self.positions, max(position - 1, 0)),
            current=step.node if step is not None else -1,
            ready=ready if first is None else (first.node, *ready),
            waiting={item.node: (item.arrived, item.expected) for item in moment.waiting} if moment is not None else {},
            not_needed=self.not_needed,
            error_node=self.state.current if has_failed else -1,
            error_text=said(self.state.error.said) if has_failed and self.state.error else "",
            pass_id=self.state.pass_id,
        )

    def gradient_norm(self, node: int, position: int) -> float | None:
        """Of the gradient that had arrived at a node by a position; None where none had, or it has no norm."""
        at = self.positions.get(node)
        if at is not None:
            return self.steps[at - 1].norm if at <= position else None
        state = self.state
        if node not in state.captured or not state.captured_norms or position != self.newest:
            return None
        return state.captured_norms[state.captured.index(node)]

    def time_ms(self, node: int, position: int) -> float | None:
        """How long a node ran that was done at a position; None where it was not, or nothing measured it."""
        at = self.positions.get(node)
        return self.times_ms.get(node) if at is not None and at < position else None


class RecordedFacts:
    """The facts of nodes at a position of a recording; what is known without a pass comes from `live`."""

    def __init__(self, recording: Recording, live: FactSource) -> None:
        self._recording, self._live, self._position = recording, live, 0
        self.of = live.of

    def go_to(self, position: int) -> list[int]:
        """The nodes of which something else is known there."""
        low, high = sorted((self._position, position))
        self._position = position
        return [step.node for step in self._recording.steps[max(low - 2, 0) : high + 1]] + list(
            self._recording.state.captured
        )

    def gradient_norm(self, node: int) -> float | None:
        return self._recording.gradient_norm(node, self._position)

    def time_ms(self, node: int) -> float | None:
        return self._recording.time_ms(node, self._position)
