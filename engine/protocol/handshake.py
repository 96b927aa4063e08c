"""Whether both ends speak the same protocol, from what every version can read of every other's frames.

The window's first frame is Hello, the engine's Ready says the same of itself; neither serves the other where the two
differ. A window of protocol 1 says no Hello.
"""

from __future__ import annotations

import msgspec

from engine.protocol.errors import EngineError

PROTOCOL = 17
OLDEST = 1  # what a window speaks that has not said


class Envelope(msgspec.Struct, frozen=True):
    """What no version may change: the message's type and id, and of Hello and Ready the protocol (0 elsewhere)."""

    type: str
    id: int = 0
    protocol: int = 0


_envelopes = msgspec.msgpack.Decoder(Envelope)


def read_envelope(body: bytes) -> Envelope:
    """The envelope of a frame's body in any version. Raises EngineError when it is no message."""
    try:
        return _envelopes.decode(body)
    except msgspec.DecodeError as error:
        raise not_of_protocol(error) from error


def compare(*, engine: int, window: int) -> None:
    """Raises EngineError where the two protocols differ."""
    if engine != window:
        raise EngineError(
            "protocol.mismatch",
            "This engine speaks protocol {engine}, this window {window}: install the same version on both sides.",
            engine=engine,
            window=window,
        )


def not_of_protocol(error: msgspec.DecodeError) -> EngineError:
    """What came is no message of this protocol."""
    return EngineError(
        "protocol.no_message",
        "A message that is not of protocol {protocol} came over the pipe: {reason}.",
        protocol=PROTOCOL,
        reason=error,
    )
