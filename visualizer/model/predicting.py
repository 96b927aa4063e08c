"""Predict, then reveal: what the learner expects a node to send on, and how far off it was."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from engine.protocol.graph_values import Node
from engine.protocol.predictions import (
    AskQuestion,
    AskVerdicts,
    EnterPrediction,
    PredictionTaken,
    Question,
    QuestionShown,
    Verdict,
    VerdictsShown,
)
from visualizer.model.engine_process import Why
from visualizer.model.history import BackwardHistory
from visualizer.model.session import Session


class Predicting(QObject):
    """Follows the session's pass while it is on. Of a pass that is held it asks at the newest position: what the engine
    has not computed yet is nowhere to be seen. Of one that has ended it asks wherever its replay stands. `n_right` of
    `n_judged` predictions of this pass were right in every cell.

    Signals: `asked()`, another question or none; `refused()`, an entry cannot be read; `judged()`.
    """

    asked = Signal()
    refused = Signal()
    judged = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._engine = session, session.engine
        self.is_on = False
        self.node: Node | None = None  # that is about to run, in the pass or in its replay
        self.question: Question | None = None
        self.refusals: dict[int, Why] = {}  # by place
        self.judged_node: Node | None = None
        self.verdicts: tuple[Verdict, ...] = ()
        self.n_right = self.n_judged = 0
        self._pass = -1
        self._awaited: set[int] = set()  # places of predictions that the engine has not taken yet
        self._running: Node | None = None  # whose predictions are judged once it has run
        session.backward_changed.connect(self._follow)

    def switch(self) -> None:
        """On, or off."""
        self.is_on = not self.is_on
        self.node, self.question, self.refusals = None, None, {}
        self._awaited.clear()
        self.verdicts, self.judged_node, self._running = (), None, None
        self.asked.emit()
        self.judged.emit()
        self._follow()

    def step(self, texts: Mapping[int, str]) -> None:
        """Enter what is not empty, by place, and step once all of it could be read; with nothing entered only step."""
        entered = {place: text for place, text in texts.items() if text.strip()}
        if not entered or self.node is None:
            self.reveal()
            return
        if self.question is None or self._awaited:
            return  # what was entered is of the node before, or is on its way
        self.refusals, self._awaited = {}, set(entered)
        for place, text in entered.items():
            self._enter(self.node, place, text)

    def reveal(self) -> None:
        """Step without judging."""
        self._session.stepping.step()

    # -- following the pass

    @property
    def is_replay(self) -> bool:
        """Whether it asks about a pass that has ended."""
        return self.node is not None and is_over(self._session.history)

    def _held(self) -> Node | None:
        session, history = self._session, self._session.history
        if not self.is_on or session.stepping.is_playing:
            return None
        is_asked = history.is_replay if is_over(history) else history.is_live and session.held.can_step
        return history.held if is_asked else None

    def _follow(self) -> None:
        if not self.is_on:
            return
        state, node = self._session.history.state, self._held()
        if state is not None and state.pass_id != self._pass:
            self._pass, self.n_right, self.n_judged = state.pass_id, 0, 0
            self.judged.emit()
        self._judge()
        if (None if node is None else node.id) == (None if self.node is None else self.node.id):
            return
        self.node, self.question, self.refusals = node, None, {}
        self._awaited.clear()
        self.asked.emit()
        if node is not None:
            self._ask(node)

    def _ask(self, node: Node) -> None:
        def take(event: QuestionShown) -> None:
            if self.node is not None and self.node.id == event.question.node:
                self.question = event.question
                self.asked.emit()

        self._engine.ask(AskQuestion(graph=self._graph, node=node.id), take, self._session.message.emit)

    @property
    def _graph(self) -> int:
        return 0 if self._session.graph is None else self._session.graph.id

    # -- predictions

    def _enter(self, node: Node, place: int, text: str) -> None:
        request = EnterPrediction(graph=self._graph, node=node.id, place=place, text=text)
        self._engine.ask(request, self._on_taken, lambda why: self._on_refused(node, place, why))

    def _on_taken(self, event: PredictionTaken) -> None:
        if self.node is None or self.node.id != event.node:
            return
        self._awaited.discard(event.place)
        if not self._awaited and not self.refusals:
            self._running = self.node
            self.refused.emit()  # there is none any more
            self.reveal()

    def _on_refused(self, node: Node, place: int, why: Why) -> None:
        if self.node is not None and self.node.id == node.id:
            self._awaited.discard(place)
            self.refusals[place] = why
            self.refused.emit()

    def _judge(self) -> None:
        """Once the node has run."""
        node, state = self._running, self._session.history.state
        if node is None or state is None:
            return
        position = self._session.history.position_of(node.id)
        if position is not None and position < self._session.history.position:
            self._running = None
            self._engine.ask(
                AskVerdicts(graph=self._graph, node=node.id),
                lambda event: self._on_verdicts(node, event),
                self._session.message.emit,
            )

    def _on_verdicts(self, node: Node, event: VerdictsShown) -> None:
        self.judged_node, self.verdicts = node, event.verdicts
        known = [verdict for verdict in event.verdicts if verdict.said is None]
        self.n_judged += len(known)
        self.n_right += sum(verdict.is_right for verdict in known)
        self.judged.emit()


def is_over(history: BackwardHistory) -> bool:
    """Whether the pass on screen has run to its end: its steps are replayed."""
    return history.state is not None and history.state.status not in ("paused", "running")
