"""Checks of gradients by finite differences: the one that runs, what they found, and what the run before found."""

from __future__ import annotations

from time import monotonic
from typing import Any, NamedTuple

import msgspec
from PySide6.QtCore import QObject, Signal

from engine.protocol.differences import (
    CancelDifferences,
    CheckDifferences,
    Differences,
    DifferencesProgress,
    DifferencesShown,
)
from engine.protocol.graph_values import Node
from engine.shared.language import mark, tr
from engine.shared.local_numbers import brief
from visualizer.model.engine_process import Why
from visualizer.model.session import Session

DIFFERS = mark("differs")
_Place = tuple[int, int]  # node and output


class CheckState(NamedTuple):
    """What is known of one output. `stale` says since when what was found is not of now; "" where it is."""

    is_running: bool = False
    progress: DifferencesProgress | None = None
    found: Differences | None = None
    stale: str = ""
    failure: str = ""
    told_s: float = 0.0  # when the progress was told, by `monotonic`

    def left_s(self) -> float | None:
        """About how long its stage takes yet, None where that is not known."""
        told = None if self.progress is None else self.progress.left_s
        return None if told is None else told - (monotonic() - self.told_s)


class _Known(NamedTuple):
    found: Differences
    pass_id: int
    node: Node


class DifferenceBook(QObject):
    """One check at a time. Lives on the window's thread, which waits for none of it."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._running: _Place | None = None
        self._progress: DifferencesProgress | None = None
        self._told_s = 0.0
        self._known: dict[_Place, _Known] = {}
        self._before: dict[tuple[Any, ...], Differences] = {}  # of the run before, by what the node is in the program
        self._failures: dict[_Place, Why] = {}
        session.engine.event_arrived.connect(self._take)
        session.program_started.connect(self._on_started)
        session.engine_ended.connect(lambda sentence: self._forget())
        session.backward_changed.connect(self.changed)

    def check(self, node: Node, slot: int) -> None:
        """Begin a check of an output of the graph on screen; one that runs is ended."""
        graph = self._session.graph
        if graph is None:
            return
        place = (node.id, slot)
        self._running, self._progress = place, None
        self._failures.pop(place, None)
        self._session.engine.ask(
            CheckDifferences(graph=graph.id, node=node.id, slot=slot),
            lambda event: self._on_shown(node, event),
            lambda why: self._on_failure(place, why),
        )
        self.changed.emit()

    def cancel(self) -> None:
        """End the check that runs."""
        if self._running is not None:
            self._session.engine.send(CancelDifferences())

    @property
    def is_running(self) -> bool:
        """Whether any check runs."""
        return self._running is not None

    def of(self, node: Node, slot: int) -> CheckState:
        """What is known of an output."""
        place = (node.id, slot)
        if place == self._running:
            return CheckState(True, self._progress, told_s=self._told_s)
        known = self._known.get(place)
        if known is not None:
            stale = "" if known.pass_id == self._pass_id else mark("another pass has run since")
            return CheckState(found=known.found, stale=stale, failure=self._failures.get(place, str)())
        before = self._before.get(_identity(node, slot))
        stale = "" if before is None else mark("the program has run again since")
        return CheckState(found=before, stale=stale, failure=self._failures.get(place, str)())

    def badges(self) -> dict[int, str]:
        """By node: in two words what was found of its first output in the pass on screen."""
        found = {place: known for place, known in self._known.items() if known.pass_id == self._pass_id}
        return {node: words for (node, slot), known in found.items() if not slot and (words := badge(known.found))}

    @property
    def _pass_id(self) -> int:
        state = self._session.history.state
        return -1 if state is None else state.pass_id

    def _take(self, event: object) -> None:
        if isinstance(event, DifferencesProgress) and (event.node, event.slot) == self._running:
            self._progress, self._told_s = event, monotonic()
            self.changed.emit()

    def _on_shown(self, node: Node, event: DifferencesShown) -> None:
        place = (event.found.node, event.found.slot)
        if place == self._running:
            self._running = None
        is_cancelled = event.found.reason is not None and event.found.reason.code == "differences.cancelled"
        if not (is_cancelled and place in self._known):  # what was found before still holds
            self._known[place] = _Known(event.found, self._pass_id, node)
        self.changed.emit()

    def _on_failure(self, place: _Place, why: Why) -> None:
        if place == self._running:
            self._running = None
        self._failures[place] = why
        self.changed.emit()

    def _on_started(self) -> None:
        """What was found is of the run before."""
        for (_, slot), known in self._known.items():
            self._before[_identity(known.node, slot)] = known.found
        self._known.clear()
        self._failures.clear()
        self.changed.emit()

    def _forget(self) -> None:
        self._running = self._progress = None
        self._known.clear()
        self._before.clear()
        self._failures.clear()
        self.changed.emit()


def badge(found: Differences) -> str:
    """ "checked 7e-08" or "differs"; "" where nothing was compared."""
    if found.status == "unchecked":
        return ""
    return tr(DIFFERS) if found.status == "differs" else tr("checked {size}", size=size_of(found.relative_error))


def size_of(error: float) -> str:
    """A relative error in one digit, a large one in two."""
    return brief(error, 2 if error >= 0.01 else 1)


def _identity(node: Node, slot: int) -> tuple[Any, ...]:
    """What a node is in the program, in each run of it."""
    source = None if node.source is None else msgspec.structs.astuple(node.source)
    return node.name, node.variable, node.module, source, slot
