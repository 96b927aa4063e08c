"""The number that a backward pass differentiates, as a function of one tensor of its forward pass."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import torch
from torch import Tensor

from engine.autograd.again.replay import Constants, Replay
from engine.autograd.again.rerun import Arrived
from engine.autograd.again.tape import Ref, Use, tensors_of
from engine.autograd.differences.pace import Pace

_RELATIVE = {torch.float64: 1e-6, torch.float32: 5e-3}  # of what autograd rounds; of shorter types more
_RELATIVE_OF_SHORT = 1e-1


class Scalar:
    """The roots of the pass times what the call handed to them, summed, where the output of a node is changed.

    `dtype` is the type of the fewest digits on the way, `tolerance` what autograd may be off by in it. `pace` hears of
    each evaluation. Raises CannotReplayError.
    """

    def __init__(
        self,
        arrived: Arrived,
        node_id: int,
        slot: int,
        use: Use,
        constants: Constants,
        *,
        as_tracked: bool = False,
        pace: Pace | None = None,
    ) -> None:
        tag = arrived.tag(node_id, slot)
        self.replay = Replay(arrived.tape, tag, use, arrived.ends, constants, as_tracked=as_tracked)
        self.value = self.replay.value()
        self._weights, self._pace = _weights(arrived), pace
        self.ends = self._run(self.value)
        self.at_value = self._sum(self.ends)
        self.dtype = self._shortest(arrived, use)
        self.tolerance = _RELATIVE.get(self.dtype, _RELATIVE_OF_SHORT)

    def along(self, direction: Tensor, shift: float) -> float:
        """Where the tensor is shifted by `shift` times `direction`, of its shape."""
        return self._sum(self._run(self.value + shift * direction))

    def at_cell(self, index: int, shift: float) -> float:
        """Where one cell is, by its number in row-major order."""
        changed = self.value.clone()
        changed.view(-1)[index] += shift
        return self._sum(self._run(changed))

    def _run(self, value: Tensor) -> list[Tensor]:
        pace, n_steps = self._pace, len(self.replay.steps)
        if pace is None:
            return self.replay.run(value)
        n_done = itertools.count(1)
        pace.begin()
        found = self.replay.run(value, lambda entry, results: pace.step(next(n_done) / n_steps))
        pace.end()
        return found

    def _sum(self, ends: Sequence[Tensor]) -> float:
        return sum(float((end * weight).sum()) for end, weight in zip(ends, self._weights, strict=True))

    def _shortest(self, arrived: Arrived, use: Use) -> torch.dtype:
        found = {use.ref.dtype, *(end.dtype for end in arrived.ends)}
        for step in self.replay.steps:
            refs = (ref for ref in tensors_of(step.entry.outputs) if type(ref) is Ref)
            found |= {ref.dtype for ref in refs if ref.dtype.is_floating_point}
        return max(found, key=lambda dtype: torch.finfo(dtype).eps)


def _weights(arrived: Arrived) -> list[Tensor]:
    found = []
    for end, gradient in zip(arrived.ends, arrived.root_gradients, strict=True):
        given = torch.ones(end.size) if gradient is None else gradient.detach()
        found.append(given.to(torch.float64))
    return found
