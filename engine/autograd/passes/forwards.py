"""Which forward pass of a run a node on screen belongs to: what has to be known to run it again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_site import CallSite
from engine.autograd.passes.kept_passes import KeptPasses
from engine.autograd.passes.pass_log import PassLog
from engine.tensors import native


class Forward(NamedTuple):
    """What one backward pass goes back over.

    `ids` and `names` are of its nodes in the order in which a walk from the roots of the call comes to them.
    """

    pass_index: int  # in the run, from 1; 0 of an output that was stepped after it
    label: str  # the variables that hold the roots, "a, b"
    after: int  # the newest pass that had begun when its first node was made, 0 for none
    ids: Sequence[int]
    names: Sequence[str]
    cpu_s: float  # of the program's thread, from the start of the run


class Forwards:
    """Answers about the newest pass, which `newest` gives, and about an earlier one that was opened. Inside
    `GATE.reading`."""

    is_of_run = False  # whether the newest pass is one of the newest run

    def __init__(
        self, newest: Callable[[], tuple[BackwardPass, CallSite] | None], kept: KeptPasses, log: PassLog
    ) -> None:
        self._newest, self._kept, self._log = newest, kept, log

    def of(self, node_id: int) -> Forward | None:
        """The one that a node belongs to; None where no pass of the newest run went through it."""
        opened = self._kept.opened_with(node_id)
        if opened is not None:
            index = opened.mark.index
            return Forward(index, opened.mark.root, index - 1, opened.ids, opened.pattern.names, self._log.cpu_s(index))
        newest = self._newest()
        if newest is None or not (self.is_of_run or newest[1].is_owned) or newest[0].index(node_id) < 0:
            return None
        current, site = newest
        numbers = [native.sequence_nr(node) for node in current.call.nodes if native.leaf_of(node) is None]
        names = [native.name_of(node) for node in current.call.nodes]
        after = bisect_right(self._log.starts, min(numbers, default=0))
        index = 0 if site.is_owned else self._log.n_begun
        return Forward(
            index, site.label, min(after, index - 1) if index else after, current.ids, names, self._log.cpu_s(index)
        )
