"""The health of the pass on screen: asked of the engine while somebody looks, and once a run has ended.

While a program runs at full speed nothing is asked: the gradients of the pass on screen give way to those of the next.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol.health import AskHealth, Finding, HealthShown, PassHealth
from visualizer.model.session import Session

_SOON_MS = 150  # after the last news: a held key steps on without it


class HealthBook(QObject):
    """`health` is of the graph on screen, or None; what was known of the same graph stays until all is looked at anew.

    Lives on the window's thread, which waits for none of it.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.health: PassHealth | None = None
        self.is_looking = False  # an answer is awaited, or there is more to look at
        self._is_watched = False
        self._is_stale = True
        self._is_over = False  # a run has ended since it was last asked for
        self._over_pass = 0  # the pass of an output that was last seen to end
        self._pace = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._pace.timeout.connect(self._begin)
        session.graph_changed.connect(self._on_graph)
        session.backward_changed.connect(self._on_news)
        session.program_started.connect(self._on_started)
        session.program_finished.connect(self._on_finished)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The worst first."""
        return () if self.health is None else self.health.findings

    @property
    def is_of_all(self) -> bool:
        """Whether the pass on screen is the newest and has run to its end: what it did not reach is known then."""
        state = self._session.history.state
        return self._session.shown.is_newest and state is not None and state.status == "finished"

    @property
    def is_due(self) -> bool:
        """Whether the pass on screen is looked at, or will be in a moment."""
        return self.is_looking or self._pace.isActive()

    @property
    def is_running(self) -> bool:
        """Whether a program runs, and is not held."""
        return self._session.state == "running"

    @property
    def n_findings(self) -> int:
        """Those that count: not what is as it is in most programs."""
        return sum(finding.severity != "aside" for finding in self.findings)

    def watch(self, *, is_watched: bool) -> None:
        """Whether somebody looks."""
        self._is_watched = is_watched
        self._ask_soon()

    # -- what makes it old

    def _on_graph(self) -> None:
        self._is_stale = True
        graph = self._session.graph
        if graph is None:  # of an engine that is gone, with what was asked of it
            self.is_looking = self._is_over = False
        if self.health is not None and (graph is None or graph.id != self.health.graph):
            self.health = None
            self.changed.emit()
        self._ask_soon()

    def _on_news(self) -> None:
        self._is_stale = True
        state = self._session.history.state
        if state is not None and state.owned and state.status == "finished" and state.pass_id != self._over_pass:
            self._over_pass, self._is_over = state.pass_id, True
        self._ask_soon()

    def _on_started(self) -> None:
        self._is_over = False
        self.changed.emit()

    def _on_finished(self) -> None:
        self._is_over = self._is_stale = True
        self.changed.emit()
        self._ask_soon()

    # -- asking

    @property
    def _has_pass(self) -> bool:
        graph = self._session.graph
        return graph is not None and bool(graph.nodes) and self._session.history.state is not None

    def _ask_soon(self) -> None:
        is_wanted = self._is_watched or self._is_over
        if self._is_stale and is_wanted and not self.is_looking and not self.is_running and self._has_pass:
            was_due = self.is_due
            self._pace.start()
            if not was_due:
                self.changed.emit()

    def _begin(self) -> None:
        graph = self._session.graph
        if graph is None or not self._has_pass or self.is_running:
            self.changed.emit()
            return
        self._is_stale, self._is_over = False, False
        self.is_looking = True
        self._ask(graph.id)
        self.changed.emit()

    def _ask(self, graph: int) -> None:
        self._session.engine.ask(AskHealth(graph=graph), self._take, lambda sentence: self._end())

    def _take(self, event: HealthShown) -> None:
        graph, health = self._session.graph, event.health
        if graph is None or graph.id != health.graph:
            self._end()
            return
        is_whole = health.n_done >= health.n_all
        if is_whole or self.health is None or self.health.n_done < self.health.n_all:
            self.health = health
        if is_whole:
            self._end()
        else:
            self._ask(health.graph)
            self.changed.emit()

    def _end(self) -> None:
        """What came meanwhile is asked for anew."""
        self.is_looking = False
        self.changed.emit()
        self._ask_soon()
