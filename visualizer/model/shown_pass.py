"""Which backward pass is on screen: the newest, where the engine is, or an earlier one of the run."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.protocol.backward_values import BackwardState
from engine.protocol.graph_values import Graph
from engine.protocol.messages import BackwardProgress, OpenPass, PassOpened
from visualizer.model.engine_process import EngineProcess
from visualizer.model.history import BackwardHistory
from visualizer.model.passes import PassBook


class ShownPass(QObject):
    """`graph` and `history` are of the pass on screen, `live_history` is of the newest."""

    graph_changed = Signal(object)
    changed = Signal()  # another pass, or another position in it
    asked = Signal()  # an earlier pass is on its way from the engine

    def __init__(self, engine: EngineProcess, passes: PassBook, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._passes = passes
        self.history = self.live_history = BackwardHistory()
        self.graph: Graph | None = None
        self._live_graph: Graph | None = None
        self._wanted = 0  # the newest OpenPass

    @property
    def is_newest(self) -> bool:
        """Whether it is the newest pass that is on screen, not an earlier one."""
        return self.history is self.live_history

    @property
    def live_state(self) -> BackwardState | None:
        """Where the newest pass stands, whichever is on screen."""
        return self.live_history.state

    def forget(self) -> None:
        """Of an engine that is gone. Emits nothing."""
        self.graph = self._live_graph = None
        self.history = self.live_history
        self.history.set_graph(None)
        self.history.clear()
        self._passes.clear()

    # -- intents

    def move(self, position: int) -> None:
        """Scrub: the picture at a recorded position."""
        if self.history.move(position):
            self.changed.emit()

    def open(self, index: int) -> None:
        """Show a pass of the run; the newest is where the engine is."""
        state = self.live_state
        if state is not None and state.pass_index == index:
            self.return_to_newest()
        elif 1 <= index <= len(self._passes):
            self.asked.emit()
            self._wanted = self._engine.send(OpenPass(index=index))

    def return_to_newest(self) -> None:
        """From an earlier pass to where the engine is."""
        if not self.is_newest:
            self._show(self._live_graph, self.live_history)

    # -- events

    def begin_run(self) -> None:
        """A program has begun: the newest pass, which is on screen now, is one of an earlier run, until this one makes
        its own."""
        self.live_history.is_of_earlier_run = self.live_state is not None
        self.return_to_newest()

    def take_graph(self, graph: Graph | None) -> None:
        """The graph over which the newest pass runs, or will."""
        self._live_graph = graph
        self.live_history.set_graph(graph)
        if self.is_newest:
            self._show(graph, self.history)

    def take_opened(self, event: PassOpened) -> None:
        """An earlier pass, which was asked for."""
        if event.id != self._wanted:
            return  # another was asked for since
        history = BackwardHistory()
        history.set_graph(event.graph)
        history.take(event.state, event.steps, event.times, event.hooked)
        self._show(event.graph, history)

    def take(self, event: BackwardProgress) -> None:
        """News of the newest pass; where it is held now and was not, the person waited for it."""
        state, before = event.state, self.live_state
        self.live_history.take(state, event.steps, event.times, event.hooked)
        is_other = before is None or before.pass_id != state.pass_id
        if is_other:
            self._tell_book()
        if state.status == "paused" and (is_other or before is None or before.status != "paused"):
            self.return_to_newest()

    def _show(self, graph: Graph | None, history: BackwardHistory) -> None:
        """The graph and the steps of one pass on screen."""
        self.graph, self.history = graph, history
        self._tell_book()
        self.graph_changed.emit(graph)
        self.changed.emit()

    def _tell_book(self) -> None:
        state = self.history.state
        self._passes.show(0 if state is None else state.pass_index, is_opened=not self.is_newest)
