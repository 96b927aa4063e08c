"""What the engine says, from bytes to whole events."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterator
from typing import Any

from engine.protocol.framing import FrameReader, decode_event
from engine.protocol.handshake import PROTOCOL, compare, read_envelope
from engine.protocol.messages import BackwardProgress
from engine.protocol.splitting import Joiner


class Incoming:
    """The events of one engine, in its order, but news of a pass before answers to requests that `may_wait` (ids).
    Before its Ready came, and is of our protocol, none is understood."""

    def __init__(self, may_wait: Container[int] = ()) -> None:
        self._may_wait = may_wait
        self._late: deque[Any] = deque()  # news of a pass overtakes them
        self._reader = FrameReader()
        self._bodies: Iterator[bytes] = iter(())
        self._joiner = Joiner()
        self._is_understood = False
        self._waiting: deque[bytes] = deque()  # frames that came before the Ready

    def feed(self, data: bytes) -> None:
        """Bytes that have come."""
        self._bodies = self._reader.feed(data)

    def events(self) -> Iterator[Any]:
        """What is whole of it, one by one; None of a part of an event. Who stops between two of them finds the rest by
        asking again. Raises EngineError when something is not of our protocol."""
        if not all(event.id in self._may_wait for event in self._late):
            yield from self._overtaken()
        for event in self._in_order():
            if event is None or isinstance(event, BackwardProgress):
                yield event
                continue
            self._late.append(event)
            if event.id not in self._may_wait:
                yield from self._overtaken()
        yield from self._overtaken()

    def _overtaken(self) -> Iterator[Any]:
        while self._late:
            yield self._late.popleft()

    def _in_order(self) -> Iterator[Any]:
        yield from self._understood()
        for body in self._bodies:
            self._waiting.append(body)
            self._is_understood = self._is_understood or _is_our_ready(body)
            yield from self._understood()

    def _understood(self) -> Iterator[Any]:
        while self._is_understood and self._waiting:
            yield self._joiner.take(decode_event(self._waiting.popleft()))


def _is_our_ready(body: bytes) -> bool:
    """Raises EngineError when a frame is the Ready of another protocol, or no message of any."""
    envelope = read_envelope(body)
    if envelope.protocol:
        compare(engine=envelope.protocol, window=PROTOCOL)
    return bool(envelope.protocol)
