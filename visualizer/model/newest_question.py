"""Questions that each key asks anew: one is with the engine, and of those that came since the newest alone follows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from engine.protocol.message import Request
from visualizer.model.engine_process import EngineProcess, Why


class NewestQuestion(QObject):
    """Of one kind. An engine that takes longer for an answer than a person for a key is never behind by more than one
    of them. Everything on the window's thread."""

    def __init__(self, engine: EngineProcess, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._is_out = False
        self._next: Callable[[], None] | None = None
        engine.ready.connect(self._forget)
        engine.ended.connect(self._forget)

    def ask(self, request: Request, answer: Callable[[Any], None], failed: Callable[[Why], None]) -> None:
        """As EngineProcess.ask; neither function hears of a question that another one has overtaken."""

        def send() -> None:
            self._is_out, self._next = True, None
            self._engine.ask(request, partial(self._end, answer), partial(self._end, failed))

        if self._is_out:
            self._next = send
        else:
            send()

    def _end(self, tell: Callable[[Any], None], told: Any) -> None:
        self._is_out = False
        if self._next is not None:
            self._next()
        else:
            tell(told)

    def _forget(self) -> None:
        """Another engine: it owes no answer."""
        self._is_out, self._next = False, None
