"""Requests that read what the program writes: answered inside the gate, or with what was last known.

The program may be inside one operation for minutes. A request that it keeps waiting is answered with the last answer to
the same question and its age, and once more as soon as the gate opens; one that has never been answered waits for that,
and keeps no other waiting. Likewise one in whose midst a held pass is told to go on: every answer for looking gives
way to a step, at the next tensor that it reads or in the middle of a large one. What changes something does not.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, NamedTuple

import msgspec

from engine.protocol import messages as m
from engine.tensors.gate import GATE, GivesWay
from engine.tensors.pristine import pristine_torch

PATIENCE_S = 0.03
_MAX_KNOWN = 64
_MAX_KNOWN_BYTES = 1 << 20  # of one rectangle
# Events that say how old they are.
_AGEING = (
    m.Variables,
    m.Cards,
    m.RuleShown,
    m.FlowShown,
    m.AccountShown,
    m.CellShown,
    m.Details,
    m.Rectangle,
)  # events that say how old they are


class _Known(NamedTuple):
    event: m.Variables | m.Cards | m.RuleShown | m.FlowShown | m.AccountShown | m.CellShown | m.Details | m.Rectangle
    time_s: float


class Safepoint:
    """Serves the kinds of requests in `handlers`, of which those in `changing` are done to their end. `answer` may be
    called from any thread, the rest is deferred to the thread that serves requests."""

    def __init__(
        self,
        handlers: Mapping[type, Callable[[Any], m.Event | None]],
        emit: Callable[[m.Event], None],
        defer: Callable[[Callable[[], None]], None],
        failed: Callable[[int, Exception], m.Failed],
        changing: frozenset[type] = frozenset(),
    ) -> None:
        self._handlers = handlers
        self._changing = changing
        self._emit = emit
        self._defer = defer
        self._failed = failed
        self._known: dict[m.Request, _Known] = {}  # by `_subject` of a question; the oldest first
        self._waiting: dict[m.Request, list[int]] = {}  # questions to answer when the gate opens, for whom

    def answer(self, request: m.Request, patience_s: float = PATIENCE_S) -> m.Event | None:
        """The answer of now, or the last one with its age; None where it comes later. Raises EngineError."""
        question = msgspec.structs.replace(request, id=0)
        with contextlib.suppress(GivesWay), GATE.reading(patience_s) as is_in:
            if is_in:
                return self._fresh(question, request.id)
        known = self._known.get(_subject(question))
        if not self._waiting:
            self._defer(self._try_again)
        if known is None:
            self._waiting.setdefault(question, []).append(request.id)
            return None
        self._waiting[question] = [request.id]
        age_ms = round(1000 * (monotonic() - known.time_s), 1)
        return msgspec.structs.replace(known.event, id=request.id, age_ms=age_ms)

    def _fresh(self, question: m.Request, request_id: int) -> m.Event | None:
        firmly = GATE.to_the_end() if type(question) in self._changing else contextlib.nullcontext()
        with pristine_torch(), firmly:
            event = self._handlers[type(question)](msgspec.structs.replace(question, id=request_id))
        self._known.pop(_subject(question), None)
        if isinstance(event, _AGEING) and _n_bytes(event) <= _MAX_KNOWN_BYTES:
            self._known[_subject(question)] = _Known(event, monotonic())
            if len(self._known) > _MAX_KNOWN:
                self._known.pop(next(iter(self._known)), None)
        return event

    def _try_again(self) -> None:
        """One question that waits, where the gate has opened."""
        with contextlib.suppress(GivesWay), GATE.reading(PATIENCE_S, again=True) as is_in:
            if is_in and self._waiting:
                question = next(reversed(self._waiting))  # what is looked at now
                for event in self._late(question, self._waiting[question]):
                    self._emit(event)
                del self._waiting[question]
        if self._waiting:
            self._defer(self._try_again)

    def _late(self, question: m.Request, asked_by: list[int]) -> list[m.Event]:
        try:
            event = self._fresh(question, asked_by[-1])
        except Exception as error:
            return [self._failed(request_id, error) for request_id in asked_by if request_id]
        return [] if event is None else [msgspec.structs.replace(event, id=request_id) for request_id in asked_by]


def _subject(question: m.Request) -> m.Request:
    """What it is about: the table is one, however much of it is counted."""
    return m.AskVariables() if isinstance(question, m.AskVariables) else question


def _n_bytes(event: m.Event) -> int:
    return len(event.rectangle.grid.data) if isinstance(event, m.Rectangle) else 0
