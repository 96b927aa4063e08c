"""How far a trial is, told from time to time."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from engine.protocol.experiments import TrialProgress, TrialStage

_TOLD_S = 0.25  # between two times that it is told


class Telling:
    """Of one trial, which is not told at all where it is over in a moment. On the thread that runs it."""

    def __init__(self, emit: Callable[[TrialProgress], None]) -> None:
        self._emit = emit
        self._told_s = monotonic()

    def tell(self, stage: TrialStage, n_begun: int, n_nodes: int) -> None:
        """So many of the nodes of this stage have begun to run."""
        if monotonic() - self._told_s > _TOLD_S:
            self._told_s = monotonic()
            self._emit(TrialProgress(stage=stage, n_done=n_begun, n_nodes=n_nodes))
