"""The facts of the nodes on screen: one place for all that sorts, colours and searches by them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol.facts import NodeFacts
from engine.protocol.graph_values import Graph, Node
from engine.protocol.messages import AskFacts, Facts
from visualizer.model.history import BackwardHistory
from visualizer.model.session import Session

_AT_ONCE = 256  # nodes in one question; the engine answers as many as a few milliseconds allow
_BUSY_MS = 200  # between two questions while a program runs, which waits while it is read
_TELL_MS = 40  # what has changed is told together


class GraphFacts(QObject):
    """Range, norm, zeros and saved memory of a node are asked of the engine once somebody wants them. Gradient norms
    and times come with the news of the backward pass, and are those at the cursor of the timeline.

    `changed(nodes)` names the nodes, a frozenset of ids, of which more is known or something else than before. Lives
    on the window's thread.
    """

    changed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._graph: Graph | None = None
        self._known: dict[int, NodeFacts] = {}
        self._stale: set[int] = set()  # known, and to be asked for again
        self._wanted: list[list[int]] = []  # wishes, the newest last
        self._is_asking = False
        self._changed: set[int] = set()
        self._position = 0  # of the timeline's cursor when it was last looked at
        self._pass_id = 0
        self._pace = QTimer(self, singleShot=True)
        self._pace.timeout.connect(self._ask)
        self._telling = QTimer(self, singleShot=True, interval=_TELL_MS)
        self._telling.timeout.connect(self._tell)
        session.graph_changed.connect(self._on_graph)
        session.backward_changed.connect(self._on_backward)
        session.program_finished.connect(self._on_finished)
        session.experiments.changed.connect(self._on_experiment)

    # -- what is known

    def of(self, node: int) -> NodeFacts | None:
        """What the engine knows of a node without a pass; None until it was wanted and has come."""
        return self._known.get(node)

    def told(self) -> set[int]:
        """The nodes of which anything is known."""
        state, found = self._history.state, set(self._known)
        found.update(step.node for step in self._history.steps)
        found.update(state.captured if state is not None else ())
        return found

    def gradient_norm(self, node: int) -> float | None:
        """Of the gradient of the loss with respect to a node's outputs together, as far as the pass has come."""
        experiments = self._session.experiments
        return experiments.norm(node) if experiments.has(node) else self._history.gradient_norm(node)

    def why_no_norm(self, node: Node) -> str:
        """In two words, where there is no gradient norm; "" without a pass, and of what gets no gradient."""
        return "" if node.is_input else self._history.why_no_gradient(node.id)

    def time_ms(self, node: int) -> float | None:
        """How long a node ran in the pass, milliseconds on the thread that ran it; None where it has not."""
        return self._history.time_ms(node)

    def want(self, nodes: Iterable[int]) -> None:
        """Ask for what is not known of these nodes, before all that was wanted earlier."""
        missing = [node for node in nodes if node not in self._known or node in self._stale]
        if missing:
            self._wanted.append(missing[::-1])
            self._ask_soon()

    @property
    def is_waiting(self) -> bool:
        """Whether something that was wanted has not come yet."""
        return self._is_asking or bool(self._wanted)

    # -- asking

    @property
    def _history(self) -> BackwardHistory:
        return self._session.history

    def _ask_soon(self) -> None:
        if not self._is_asking and not self._pace.isActive():
            self._pace.start(_BUSY_MS if self._session.state == "running" else 0)

    def _ask(self) -> None:
        graph, batch = self._graph, self._next_batch()
        if graph is None or not batch:
            return
        self._is_asking = True
        self._session.engine.ask(
            AskFacts(graph=graph.id, nodes=batch),
            lambda event: self._take(graph, batch, event),
            lambda sentence: self._drop(graph),
            may_wait=True,
        )

    def _next_batch(self) -> tuple[int, ...]:
        batch: dict[int, None] = {}
        while self._wanted and len(batch) < _AT_ONCE:
            wish = self._wanted[-1]
            while wish and len(batch) < _AT_ONCE:
                node = wish.pop()
                if node not in self._known or node in self._stale:
                    batch[node] = None
            if not wish:
                self._wanted.pop()
        return tuple(batch)

    def _take(self, graph: Graph, asked: tuple[int, ...], event: Facts) -> None:
        if graph is not self._graph:
            return
        self._is_asking = False
        if event.graph != graph.id:  # the news of another graph are on their way
            self._wanted.clear()
            return
        for facts in event.facts:
            self._stale.discard(facts.node)
            if self._known.get(facts.node) != facts:
                self._known[facts.node] = facts
                self._changed.add(facts.node)
        if len(event.facts) < len(asked):
            self._wanted.append(list(asked[len(event.facts) :][::-1]))
        self._tell_soon()
        if self._wanted:
            self._ask_soon()

    def _drop(self, graph: Graph) -> None:
        if graph is self._graph:
            self._is_asking = False
            self._wanted.clear()

    # -- what changes them

    def _on_graph(self, graph: Graph | None) -> None:
        self._graph = graph
        self._known, self._wanted, self._is_asking = {}, [], False
        self._stale, self._changed = set(), set()
        self._telling.stop()

    def _on_finished(self) -> None:
        """A program may have written to what the graph on screen refers to."""
        self._stale = set(self._known)
        self.want(self._known)

    def _on_experiment(self) -> None:
        """Other norms than the program's are shown, or its own again."""
        self._changed.update(self._history.nodes)
        self._tell_soon()

    def _on_backward(self) -> None:
        """The gradients of the nodes between the cursor's old place and its new one appear or vanish."""
        history = self._history
        pass_id = history.state.pass_id if history.state is not None else 0
        if pass_id != self._pass_id:
            self._pass_id, self._position = pass_id, 0
            self._changed.update(history.nodes)
        before, self._position = self._position, history.position
        low, high = sorted((before, history.position))
        self._changed.update(step.node for step in history.steps[max(low - 1, 0) : high])
        if history.state is not None and history.state.captured_norms:
            self._changed.update(history.state.captured)
        self._tell_soon()

    def _tell_soon(self) -> None:
        if self._changed and not self._telling.isActive():
            self._telling.start()

    def _tell(self) -> None:
        changed, self._changed = frozenset(self._changed), set()
        self.changed.emit(changed)


def n_leaf_elements(node: Node) -> int:
    """How many elements a leaf has that gets a gradient; 0 of any other node, or where it is not known."""
    shape = node.outputs[0].shape if node.kind == "accumulate" and node.outputs else None
    return 0 if shape is None else math.prod(shape)
