"""The person's steps on their way to the engine: none is lost while another is under way, and none is sent too many."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol.sentence import Sentence
from engine.protocol.until import Until, UntilNext, UntilNode
from engine.protocol.values import Graph
from engine.shared.stop_rule import StopRule, never_held
from visualizer.model.history import BackwardHistory


class Pass(Protocol):
    """What is stepped: the session's pass."""

    history: BackwardHistory
    graph: Graph | None

    @property
    def can_step(self) -> bool: ...
    @property
    def may_be_held(self) -> bool: ...
    def move(self, position: int) -> None: ...


class Stepping(QObject):
    """Presses of the step keys, a key that is held down, and Play.

    Behind the newest position a step moves the cursor at once. At it the engine goes on; a press while it does is
    remembered until it is held again, and a key that is held down is pressed again then, until it is let go.
    """

    changed = Signal()  # playing began or ended
    refused = Signal(str)

    def __init__(self, current: Pass, go_on: Callable[[Until], None], parent: QObject) -> None:
        super().__init__(parent)
        self._pass = current
        self._go_on = go_on
        self._remembered: deque[Until] = deque()
        self._held_down: Until | None = None
        self._player = QTimer(self)
        self._player.timeout.connect(self._play_next)

    # -- keys

    def step(self, until: Until = UntilNext()) -> None:
        """A press: one step on, now or as soon as the engine is held."""
        if not self._pass.history.is_live:
            self._replay(until)
        elif self._pass.can_step:
            self._go_on(until)
        elif self._pass.may_be_held:
            self._remembered.append(until)

    def repeat(self, until: Until) -> None:
        """The key is held down: once more, and again whenever the engine is held, until `let_go`."""
        if not self._pass.history.is_live:
            self._replay(until)
            return
        self._held_down = until
        if self._pass.can_step:
            self._go_on(until)

    def let_go(self) -> None:
        """The key that was held down is up."""
        self._held_down = None

    def go_back(self, position: int) -> None:
        """To a recorded position, also while a step is under way; what was to follow is dropped."""
        self.stop()
        self._pass.move(position)

    def stop(self) -> None:
        """Nothing follows the step that is under way."""
        self._remembered.clear()
        self._held_down = None
        if self.is_playing:
            self._player.stop()
            self.changed.emit()

    def next_at_hold(self) -> Until | None:
        """The engine is held again: with what it goes on at once, None where it waits."""
        if not self._pass.history.is_live:  # the person went back meanwhile
            self._remembered.clear()
            return None
        return self._remembered.popleft() if self._remembered else self._held_down

    # -- Play

    @property
    def is_playing(self) -> bool:
        return self._player.isActive()

    def play(self, interval_ms: int) -> None:
        """Step by itself, one node each `interval_ms`; a call while playing pauses."""
        if self.is_playing:
            self.stop()
        else:
            self._player.start(interval_ms)
            self.changed.emit()

    def set_speed(self, interval_ms: int) -> None:
        """How long Play holds each node."""
        self._player.setInterval(interval_ms)

    def _play_next(self) -> None:
        if self._pass.can_step or not self._pass.history.is_live:
            self.step()
        elif not self._pass.may_be_held:
            self.stop()

    # -- what is recorded

    def _replay(self, until: Until) -> None:
        history = self._pass.history
        refusal = self._never_held(until.node) if isinstance(until, UntilNode) else None
        if refusal is not None:
            self.refused.emit(refusal.text)
            return
        rule = StopRule(until, history.current.node if history.current else -1, self._pass.graph)
        following = history.steps[history.position :]
        self._pass.move(next((step.index + 1 for step in following if rule.holds(step.node)), history.newest))

    def _never_held(self, node: int) -> Sentence | None:
        history, position = self._pass.history, self._pass.history.position_of(node)
        assert history.state is not None
        is_needed = node not in history.state.not_needed
        has_run = position is not None and position <= history.position
        return never_held(history.state.origin, is_part=True, is_needed=is_needed, has_run=has_run)
