"""How healthy the pass over a graph on screen is, looked at a few milliseconds at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from time import monotonic
from typing import Any, NamedTuple

from engine.autograd.health.checkup import Checkup
from engine.autograd.health.subject import Subject
from engine.autograd.health.unreached import unreached
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.protocol.graph_values import Graph
from engine.protocol.health import AskHealth, Finding, HealthShown, PassHealth
from engine.tensors.gate import GATE
from engine.tensors.reading import unobserved

_TURN_S = 0.02  # how long one answer may be worked at


class _Work(NamedTuple):
    """A pass that is looked at. `state`: of which moment."""

    state: tuple[object, ...]
    checkup: Checkup
    left: Iterator[None]


class HealthBook:
    """Answers about the graph on screen and its pass. Only inside `GATE.reading`.

    `before` gives the ids of the values that were there before the newest run.
    """

    def __init__(
        self,
        namespace: Mapping[str, Any],
        recorder: Recorder,
        controller: BackwardController,
        before: Callable[[], Set[int]],
    ) -> None:
        self._namespace, self._recorder, self._controller, self._before = namespace, recorder, controller, before
        self._work: _Work | None = None

    def health(self, request: AskHealth) -> HealthShown:
        """As far as it was looked at; asked again it goes on. Nothing of a graph that is not on screen."""
        graph = self._recorder.graph_of_id(request.graph)
        if graph is None:
            self._work = None
            return HealthShown(request.id, health=PassHealth(request.graph))
        work, self._work = self._work, None  # what breaks off in the middle is begun anew
        with unobserved():
            if work is None or work.state != self._state(graph):
                work = self._begin(graph)
            is_over = _go_on(work.left)
            health = work.checkup.health()
        self._work = None if is_over else work
        return HealthShown(request.id, health=health)

    def _state(self, graph: Graph) -> tuple[object, ...]:
        state = self._controller.state
        return graph.id, None if state is None else (state.pass_id, state.n_done, state.status)

    def _begin(self, graph: Graph) -> _Work:
        subject = Subject(graph, self._recorder, self._controller.values)
        checkup = Checkup(subject, lambda: self._unreached(graph), self._controller.n_passes)
        return _Work(self._state(graph), checkup, checkup.work())

    def _unreached(self, graph: Graph) -> list[Finding]:
        """Of the newest pass, once it is over: the parameters are those of now."""
        current, state = self._recorder.current(), self._controller.state
        if current is None or current.id != graph.id or state is None or state.status != "finished":
            return []
        return list(unreached(self._namespace, self._before(), self._controller))


def _go_on(left: Iterator[None]) -> bool:
    """Whether all is looked at; False where the turn ends first."""
    end_s = monotonic() + _TURN_S
    for _ in left:
        GATE.give_way()
        if monotonic() >= end_s:
            return False
    return True
