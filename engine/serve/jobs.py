"""The jobs of the main thread, which runs the person's code and torch's backward, one after another."""

from __future__ import annotations

import queue
from collections.abc import Callable
from importlib import import_module

from engine.program.interrupts import Interrupts
from engine.protocol import messages as m

_IDLE_S = 1.5  # a person who has not run anything by then is reading


class Jobs:
    """Given on the thread that serves requests, done in `work`. What a job returns is emitted as its answer."""

    def __init__(
        self,
        emit: Callable[[m.Event], None],
        failed: Callable[[int, Exception], m.Failed],
        interrupts: Interrupts,
    ) -> None:
        self._emit, self._failed, self._interrupts = emit, failed, interrupts
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self.active: list[str] = []  # kinds of those that wait or are done: "program", "pass", "preview", "graph"

    def add(self, kind: str, request: m.Request, call: Callable[[], m.Event | None]) -> None:
        """Let the main thread make a call, whose result is the answer. It is idle again when the answer goes out."""

        def job() -> None:
            try:
                answer = call()
            except Exception as error:
                answer = self._failed(request.id, error)
            self._interrupts.end()
            self.active.remove(kind)
            if answer is not None:
                self._emit(answer)

        self.active.append(kind)
        self._jobs.put(job)

    def work(self) -> None:
        """Do them, on the main thread, until `close`."""
        job = self._first()
        while job is not None:
            job()
            job = self._jobs.get()

    def close(self) -> None:
        """Let `work` return once it has nothing else to do."""
        self._jobs.put(None)

    def _first(self) -> Callable[[], None] | None:
        """What the first optimizer and torch.compile import, for over a second, is imported while nobody waits."""
        try:
            return self._jobs.get(timeout=_IDLE_S)
        except queue.Empty:
            import_module("torch._dynamo")
            return self._jobs.get()
