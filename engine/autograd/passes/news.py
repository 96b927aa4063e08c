"""How often a backward pass is spoken of."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from engine.autograd.passes.backward_pass import BackwardPass
from engine.protocol.backward_values import BackwardState
from engine.protocol.messages import BackwardProgress, GraphShown

_BATCH_S = 0.03  # between news of a pass that runs on
_RECORDED_S = 0.1  # between news of recorded passes in a loop
_MAX_SHARE = 0.05  # of a loop's time that telling of its passes may take


class Progress:
    """Emits each step of a pass once, and knows when the next news are due."""

    def __init__(self, emit: Callable[[BackwardProgress | GraphShown], None]) -> None:
        self.emit = emit
        self._n_told = 0  # steps of the pass
        self._n_timed = 0  # nodes of it whose time was told
        self._last_s: float | None = None
        self._cost_s = 0.0  # of the last telling of a recorded pass

    def start_program(self) -> None:
        """A single recorded pass is told after the program's last line, not within it."""
        self._last_s = None

    def start_pass(self) -> None:
        """Nothing of the pass that begins was told."""
        self._n_told = self._n_timed = 0

    def tell(self, current: BackwardPass, state: BackwardState) -> None:
        """Emit the state with the steps since the last news."""
        steps = tuple(current.steps[self._n_told :])
        times = current.times(self._n_timed)
        self._n_told += len(steps)
        self._n_timed += len(times)
        self.emit(BackwardProgress(state=state, steps=steps, times=times, hooked=current.signs()))
        self._last_s = monotonic()

    def is_due(self) -> bool:
        """Whether a pass that runs on has been silent for long enough."""
        return self._since_s() >= _BATCH_S

    def is_recorded_due(self) -> bool:
        """Whether the loop that a recorded pass may belong to has been silent for long enough."""
        return self._since_s() >= max(_RECORDED_S, self._cost_s / _MAX_SHARE)

    def note_cost(self, cost_s: float) -> None:
        """How long it took to tell of a recorded pass, its graph included."""
        self._cost_s = cost_s

    def _since_s(self) -> float:
        now_s = monotonic()
        if self._last_s is None:
            self._last_s = now_s
        return now_s - self._last_s
