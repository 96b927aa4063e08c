"""Messages as msgpack in frames: the length of the body as 4 bytes, little-endian, then the body."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import msgspec

from engine.protocol.errors import EngineError
from engine.protocol.handshake import not_of_protocol
from engine.protocol.messages import EVENTS, REQUESTS, Event, Request
from engine.protocol.splitting import in_parts

MAX_FRAME_BYTES = 1 << 28
_HEADER = struct.Struct("<I")
_encoder = msgspec.msgpack.Encoder()
_requests = msgspec.msgpack.Decoder(REQUESTS)
_events = msgspec.msgpack.Decoder(EVENTS)


def encode(message: Request | Event) -> bytes:
    """One message as a whole frame. Raises EngineError above MAX_FRAME_BYTES."""
    body = _encoder.encode(message)
    if len(body) > MAX_FRAME_BYTES:
        raise EngineError(
            "protocol.too_large",
            "A message of {n_bytes:,} bytes is larger than the {most:,} that one may be.",
            n_bytes=len(body),
            most=MAX_FRAME_BYTES,
        )
    return _HEADER.pack(len(body)) + body


def encode_in_parts(event: Event) -> bytes:
    """One event as the frames of its parts. Raises EngineError where one of them is above MAX_FRAME_BYTES."""
    return b"".join(map(encode, in_parts(event)))


def decode_request(body: bytes) -> Any:
    """A frame's body as one of REQUESTS. Raises EngineError when it is none."""
    return _decode(_requests, body)


def decode_event(body: bytes) -> Any:
    """A frame's body as one of EVENTS. Raises EngineError when it is none."""
    return _decode(_events, body)


def _decode(decoder: msgspec.msgpack.Decoder, body: bytes) -> Any:
    try:
        return decoder.decode(body)
    except msgspec.DecodeError as error:
        raise not_of_protocol(error) from error


class FrameReader:
    """Cuts a stream of bytes into the bodies of frames."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The bodies that `data` completes, one by one. Raises EngineError behind them when a length is impossible.
        Those that are not taken come with the next data."""
        self._buffer += data
        return self._bodies()

    def _bodies(self) -> Iterator[bytes]:
        while len(self._buffer) >= _HEADER.size:
            (size,) = _HEADER.unpack_from(self._buffer)
            if size > MAX_FRAME_BYTES:
                raise EngineError("protocol.no_frames", "The engine's pipe carries something that is not the protocol.")
            if len(self._buffer) < _HEADER.size + size:
                return
            body = bytes(self._buffer[_HEADER.size : _HEADER.size + size])
            del self._buffer[: _HEADER.size + size]
            yield body
