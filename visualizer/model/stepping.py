"""The person's steps on their way to the engine: none is lost while another is under way, and none is sent too many."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from engine.protocol.graph_values import Graph
from engine.protocol.sentence import Sentence
from engine.protocol.until import (
    Until,
    UntilAny,
    UntilNext,
    UntilNode,
    UntilNotFinite,
    UntilPass,
    UntilProgramEnd,
    wanted_nodes,
)
from engine.shared.language import said
from engine.shared.stop_rule import StopRule, never_held
from visualizer.model.history import BackwardHistory
from visualizer.model.player import Player

_OF_THE_RUN = UntilPass | UntilProgramEnd | UntilNotFinite  # what is recorded of a pass has no such place


class Pass(Protocol):
    """What is stepped: the session's pass."""

    history: BackwardHistory
    graph: Graph | None

    @property
    def can_step(self) -> bool: ...
    @property
    def is_held_forward(self) -> bool: ...
    @property
    def may_be_held(self) -> bool: ...
    @property
    def runs_on(self) -> bool: ...
    def move(self, position: int) -> None: ...
    def pause(self) -> None: ...


class Stepping(QObject):
    """Presses of the step keys, a key that is held down, and Play.

    Behind the newest position a step moves the cursor at once, unless it is one to another pass or to the end of the
    run. At it the engine goes on; a press while it does is remembered until it is held again, and a key that is held
    down is pressed again then, until it is let go.
    """

    changed = Signal()  # playing began or ended
    refused = Signal(object)  # a function that says why

    def __init__(self, current: Pass, go_on: Callable[[Until], None], parent: QObject) -> None:
        super().__init__(parent)
        self._pass = current
        self._go_on = go_on
        self._remembered: deque[Until] = deque()
        self._held_down: Until | None = None
        self.goes_far = False  # what is under way is more than a step
        self._player = Player(self)
        self._player.due.connect(self._play_next)

    # -- keys

    def step(self, until: Until = UntilNext()) -> None:
        """A press: one step on, now or as soon as the engine is held."""
        if self._pass.is_held_forward:
            self._send(until)
        elif not self._pass.history.is_live and not (isinstance(until, _OF_THE_RUN) and self._pass.can_step):
            self._replay(until)
        elif self._pass.can_step:
            self._pass.move(self._pass.history.newest)
            self._send(until)
        elif self._pass.may_be_held:
            self._remembered.append(until)

    def run_ahead(self, node: int) -> None:
        """From the newest position on to a node that is still to come."""
        self._pass.move(self._pass.history.newest)
        self.step(UntilNode(node))

    def repeat(self, until: Until) -> None:
        """The key is held down: once more, and again whenever the engine is held, until `let_go`."""
        if not self._pass.history.is_live:
            self._replay(until)
            return
        self._held_down = until
        if self._pass.can_step:
            self._send(until)

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
        self.goes_far = False
        if self.is_playing:
            self._player.stop()
            self.changed.emit()

    def hit(self) -> None:
        """A breakpoint holds the pass: nothing goes on by itself."""
        self._held_down = None
        if self.is_playing:
            self.stop()

    def next_at_hold(self) -> Until | None:
        """The engine is held again: with what it goes on at once, None where it waits."""
        self.goes_far = False
        if not self._pass.history.is_live:  # the person went back meanwhile
            self._remembered.clear()
            return None
        following = self._remembered.popleft() if self._remembered else self._held_down
        self.goes_far = following is not None and following != UntilNext()
        return following

    def _send(self, until: Until) -> None:
        self.goes_far = until != UntilNext()
        self._go_on(until)

    # -- Play

    @property
    def is_playing(self) -> bool:
        return self._player.is_playing

    def play(self, nodes_per_s: float) -> None:
        """Step by itself, so many nodes a second. While playing, a call pauses; while the pass or the program runs on,
        it is held at the next node."""
        runs_on = self._pass.history.is_live and self._pass.runs_on
        if self.is_playing or runs_on:
            self.stop()
            if runs_on:
                self._pass.pause()
        else:
            self._player.start(nodes_per_s)
            self.changed.emit()

    def set_speed(self, nodes_per_s: float) -> None:
        """How many nodes a second Play steps."""
        self._player.set_speed(nodes_per_s)

    def _play_next(self, n_nodes: int) -> None:
        if self._pass.can_step or not self._pass.history.is_live:
            self.step(UntilNext(n_nodes))
        elif not self._pass.may_be_held:
            self.stop()

    # -- what is recorded

    def _replay(self, until: Until) -> None:
        history = self._pass.history
        refusal = self._never_held(wanted_nodes(until)) if isinstance(until, UntilNode | UntilAny) else None
        if refusal is not None:
            self.refused.emit(lambda: said(refusal))
            return
        rule = StopRule(until, history.current.node if history.current else -1, self._pass.graph)
        following = history.steps[history.position :]
        self._pass.move(next((step.index + 1 for step in following if rule.holds(step.node)), history.newest))

    def _never_held(self, wanted: frozenset[int]) -> Sentence | None:
        history = self._pass.history
        assert history.state is not None
        not_needed = history.state.not_needed
        return never_held(
            wanted,
            history.state.origin,
            is_part=lambda node: True,
            is_needed=lambda node: node not in not_needed,
            has_run=lambda node: (history.position_of(node) or history.newest + 1) <= history.position,
        )
