"""The newest backward pass as the engine holds it: what may be asked of it, and what its news mean."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.protocol import messages as m
from engine.protocol.graph_values import Graph
from engine.protocol.until import Until, UntilPaused, UntilProgramEnd
from engine.shared.language import tr
from visualizer.model.engine_process import EngineProcess
from visualizer.model.history import BackwardHistory
from visualizer.model.shown_pass import ShownPass
from visualizer.model.status import Status
from visualizer.model.stepping import Stepping


class HeldPass(QObject):
    """Steps it, starts one from an output, and sets `status` as the engine says how it stands."""

    changed = Signal()
    message = Signal(object)  # a function that says it; `str` says nothing any more
    starts = Signal()  # an output is to be stepped

    def __init__(self, engine: EngineProcess, status: Status, shown: ShownPass, parent: QObject) -> None:
        super().__init__(parent)
        self._engine, self._status, self._shown = engine, status, shown
        self.is_awaited = False  # the program that runs is to be held in every backward()
        self.retains_graph = True  # when an output is stepped
        self.root_gradients: dict[str, str] = {}  # expressions that the person gave, by output
        self._step_id = 0  # of the newest Step or StepOutput, which may be refused
        self._starts_pass = False  # an output is to be stepped, and the engine has not yet said so
        self._is_promised = False  # that the next node will be held: said, and not yet so
        self.stepping = Stepping(self, self._go_on, self)
        self.stepping.changed.connect(self.changed)
        shown.asked.connect(self.stepping.stop)

    def forget(self) -> None:
        """Of an engine that is gone."""
        self.stepping.stop()
        self._starts_pass = False

    # -- what is known of it

    @property
    def graph(self) -> Graph | None:
        """That on screen."""
        return self._shown.graph

    @property
    def history(self) -> BackwardHistory:
        """That of the pass on screen."""
        return self._shown.history

    def move(self, position: int) -> None:
        """Scrub: the picture at a recorded position."""
        self._shown.move(position)

    @property
    def can_step(self) -> bool:
        """Whether the program is held in its forward pass, or at a node of the pass on screen."""
        state = self._shown.live_state
        if self.is_held_forward:
            return True
        is_held = state is not None and state.status == "paused" and self._status.state == "paused"
        return is_held and self._shown.is_newest

    @property
    def is_held_forward(self) -> bool:
        """Whether the program is held outside of a pass, where a number turned NaN or infinite."""
        return self._status.state == "held"

    @property
    def may_be_held(self) -> bool:
        """Whether the engine may be held at a node before anyone asks for more: what is pressed now counts then."""
        is_on_the_way = self.is_awaited and self._status.state in ("running", "input")
        return self._status.state == "stepping" or self._starts_pass or is_on_the_way

    @property
    def runs_on(self) -> bool:
        """Whether the engine goes on until it is told to stop: past more than the next node, or through a program in
        which no pass is to be held."""
        state = self._status.state
        return state in ("stepping", "running") and (
            self.stepping.goes_far or (state == "running" and not self.is_awaited)
        )

    @property
    def is_owned(self) -> bool:
        """Whether it is of an output that the person stepped, and has not ended."""
        state = self._shown.live_state
        return state is not None and state.owned and self._status.state in ("paused", "stepping")

    # -- intents

    def step_output(self, output: str, gradient: str = "") -> None:
        """Step the backward of an output that has no backward line; `gradient` is an expression for its own."""
        if gradient:
            self.root_gradients[output] = gradient
        request = m.StepOutput(output=output, gradient=gradient, retain_graph=self.retains_graph)
        self._step_id = self._engine.send(request)
        self._starts_pass = bool(self._step_id)
        self.starts.emit()

    def turn_retaining(self) -> None:
        """Whether the backward of an output that is stepped keeps what its graph has saved: the other way."""
        self.retains_graph = not self.retains_graph
        self.changed.emit()

    def reset(self) -> None:
        """Forget an owned pass; the `.grad`s that it found come back."""
        self.stepping.stop()
        self._shown.live_history.clear()
        self._engine.send(m.ResetBackward())
        self._status.set("ready")
        self.changed.emit()

    def keep_gradients(self) -> None:
        """Those of an owned pass that has finished stay."""
        self._engine.send(m.KeepGradients())

    def pause(self) -> None:
        """Hold what runs on at the next node of a backward pass."""
        self._engine.send(m.Step(until=UntilPaused()))
        if self._status.state == "running":
            self.is_awaited = self._is_promised = True
            self.message.emit(lambda: tr("The next node of a backward pass will be held."))
        self.changed.emit()

    def _go_on(self, until: Until) -> None:
        if isinstance(until, UntilProgramEnd):
            self.is_awaited = False
        self._status.set("stepping")
        self._step_id = self._engine.send(m.Step(until=until))

    # -- events

    def take(self, event: m.BackwardProgress) -> None:
        """How it stands."""
        state, before = event.state, self._shown.live_state
        if state.owned and (before is None or before.pass_id != state.pass_id):
            self.message.emit(str)  # what was said of the pass before
        self._starts_pass = False
        self._shown.take(event)
        if state.status == "paused":
            self._is_held(has_hit=bool(state.hits))
        elif state.status == "running":
            self._status.set("stepping")
        elif state.owned:
            self._owned_ended(state.status)
        elif self._status.state in ("paused", "stepping"):
            self._status.set("running")
        self.changed.emit()

    def _is_held(self, *, has_hit: bool) -> None:
        if self._is_promised:
            self._is_promised = False
            self.message.emit(str)
        if has_hit:
            self.stepping.hit()
        following = self.stepping.next_at_hold()
        if following is not None:
            self._go_on(following)
        else:
            self._status.set("paused")

    def _owned_ended(self, status: str) -> None:
        self.stepping.stop()
        self._status.set("ready")
        if status == "aborted":
            self._shown.live_history.clear()
            self.message.emit(lambda: tr("The pass is forgotten; every .grad is as it was before."))

    def take_refusal(self, request_id: int) -> None:
        """The engine refused a request: where that was the newest step, it does not go on."""
        if request_id and request_id == self._step_id:
            self._step_id, self._starts_pass = 0, False
            self.stepping.stop()
            state = self._shown.live_state
            if self._status.state == "stepping" and state is not None and state.status == "paused":
                self._status.set("paused")
