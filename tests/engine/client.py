"""A window in miniature: starts a real engine process and speaks the protocol with it."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from engine.protocol import messages as m
from engine.protocol.framing import FrameReader, decode_event, encode
from engine.protocol.handshake import PROTOCOL
from engine.protocol.splitting import Joiner
from tests.patience import PATIENCE_S
from tests.warm import PYTHONPATH, ROOT, start, start_bare, start_fresh

E = TypeVar("E", bound=m.Event)
_END = (m.Finished, m.Failed)


class Client:
    """`with Client() as engine: events = engine.run("x = 1")`. Ends the engine's whole group when it leaves.

    The engine has all that it imports from the start, unless `bare` asks for one that has torch alone, or `fresh` for
    an interpreter that begins with nothing.
    """

    def __init__(
        self,
        *,
        path: str = "program.py",
        cwd: Path = ROOT,
        protocol: int = PROTOCOL,
        bare: bool = False,
        fresh: bool = False,
    ) -> None:
        self.path = path
        self.events: list[m.Event] = []  # all of them, in the order of arrival
        self._next_id = 1
        self._taken = 0
        self._arrived = threading.Condition()
        self._is_over = False
        environment = {**os.environ, "PYTHONPATH": PYTHONPATH, "OMP_NUM_THREADS": "1"}
        begin = start_fresh if fresh else start_bare if bare else start
        self.process = begin("serve", cwd=cwd, environment=environment)
        self.log = queue.SimpleQueue[str]()
        threading.Thread(target=self._read, daemon=True).start()
        self.send(m.Hello(protocol=protocol))

    def __enter__(self) -> Client:
        self.ready = self.wait(m.Ready)
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the engine's stdin, as a window that dies does, and kill what should be left."""
        assert self.process.stdin is not None and self.process.stdout is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(PATIENCE_S)
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def send(self, request: m.Request) -> int:
        """Send a request under a fresh id, which is returned."""
        return self.send_together(request)[0]

    def send_together(self, *requests: m.Request) -> list[int]:
        """Send requests in one piece, which the engine hears at once; their ids."""
        numbered = [msgspec.structs.replace(one, id=self._next_id + place) for place, one in enumerate(requests)]
        self._next_id += len(numbered)
        assert self.process.stdin is not None
        self.process.stdin.write(b"".join(map(encode, numbered)))
        return [request.id for request in numbered]

    def ask(self, request: m.Request, timeout: float = PATIENCE_S) -> Any:
        """Send a request and return the event that answers it, which may be a Failed."""
        start = len(self.events)
        return self.answer(self.send(request), timeout, start)

    def answer(self, request_id: int, timeout: float = PATIENCE_S, start: int = 0) -> Any:
        """The event that answers a request that was sent, among those from a position on."""
        return self._find(lambda event: event.id == request_id, start, timeout, f"an answer to request {request_id}")

    def end_of(self, run: int, timeout: float = PATIENCE_S) -> Any:
        """The Finished of a run, or its Failed, whether or not it was waited for already."""
        return self._find(lambda event: event.id == run and isinstance(event, _END), 0, timeout, f"an end of run {run}")

    def wait(self, kind: type[E], timeout: float = PATIENCE_S, where: Callable[[E], bool] = lambda event: True) -> E:
        """The next event of a kind after the last one that was waited for."""
        return self._find(
            lambda event: isinstance(event, kind) and where(event), self._taken, timeout, kind.__name__, take=True
        )

    def start(self, text: str, *, step: bool = False, pause_on_nan: bool = False, path: str | None = None) -> int:
        """Send a program without waiting for its end."""
        self.skip()
        return self.send(m.RunProgram(text=text, path=path or self.path, step=step, pause_on_nan=pause_on_nan))

    def run(
        self, text: str, *, step: bool = False, path: str | None = None, timeout: float = PATIENCE_S
    ) -> list[m.Event]:
        """Run a program and return all events from then on, Finished (or Failed) the last."""
        start = len(self.events)
        request_id = self.start(text, step=step, path=path)
        self.wait(m.Event, timeout, lambda e: e.id == request_id and isinstance(e, _END))
        return self.waited_for(start)

    def waited_for(self, start: int) -> list[m.Event]:
        """The events from a position on up to the one last waited for; the engine may have said more since."""
        return self.events[start : self._taken]

    def skip(self) -> None:
        """Let `wait` begin with what arrives from now on."""
        with self._arrived:
            self._taken = len(self.events)

    def _find(self, fits: Callable[[Any], bool], start: int, timeout: float, what: str, *, take: bool = False) -> Any:
        deadline = time.monotonic() + timeout
        position = start
        with self._arrived:
            while True:
                while position < len(self.events):
                    event = self.events[position]
                    position += 1
                    if fits(event):
                        if take:
                            self._taken = position
                        return event
                if self._is_over:
                    raise AssertionError(f"The engine ended before {what} came.")
                if not self._arrived.wait(max(0.0, deadline - time.monotonic())):
                    kinds = [type(event).__name__ for event in self.events[start:]][-20:]
                    raise AssertionError(f"No {what} within {timeout} s; last came {kinds}.")

    def _read(self) -> None:
        reader, joiner = FrameReader(), Joiner()
        assert self.process.stdout is not None
        while data := os.read(self.process.stdout.fileno(), 1 << 16):
            for body in reader.feed(data):
                event = joiner.take(decode_event(body))
                with self._arrived:
                    self.events += [event] if event is not None else []
                    self._arrived.notify_all()
        with self._arrived:
            self._is_over = True
            self._arrived.notify_all()


def of_kind(events: list[m.Event], kind: type[E]) -> list[E]:
    """Those events that are of a kind."""
    return [event for event in events if isinstance(event, kind)]


def printed(events: list[m.Event], stream: str = "stdout") -> str:
    """The text that a program wrote."""
    return "".join(event.text for event in of_kind(events, m.Output) if event.stream == stream)


def results(events: list[m.Event]) -> dict[int, str]:
    """The text beside each line."""
    return {event.result.line: event.result.text for event in of_kind(events, m.StatementDone)}
