"""An engine says in one sentence that its window is of another version, and serves it nothing."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Iterator

import msgspec
import pytest

from engine.protocol import messages as m
from engine.protocol.framing import FrameReader, decode_event
from engine.protocol.handshake import PROTOCOL
from tests.engine.client import ROOT, Client, of_kind
from tests.patience import PATIENCE_S


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def test_what_is_no_request_of_this_protocol_is_answered_to_who_asked(engine: Client) -> None:
    assert engine.process.stdin is not None
    for body in ({"type": "ask_details", "id": 1001, "key": "var:x"}, {"type": "set_budget", "id": 1002}):
        engine.process.stdin.write(frame(body))
        answer = engine.wait(m.Failed)
        assert answer.id == body["id"] and "not of protocol" in answer.sentence
    assert engine.run("1 + 1")[-1].error is None


@pytest.mark.parametrize("protocol", [1, PROTOCOL + 1])
def test_a_window_of_another_protocol_is_told_so_and_served_nothing(protocol: int) -> None:
    with Client(protocol=protocol) as engine:
        sentence = (
            f"This engine speaks protocol {PROTOCOL}, this window {protocol}: install the same version on both sides."
        )
        answer = engine.ask(m.RunProgram(text="print('never')", path="program.py"))
        assert [event.sentence for event in of_kind(engine.events, m.Failed)] == [sentence] * 2
        assert answer.sentence == sentence
        assert not of_kind(engine.events, m.Started | m.Output)


def test_a_window_that_never_says_its_protocol_speaks_the_oldest() -> None:
    command = [sys.executable, "-P", "-m", "engine", "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(frame({"type": "ask_variables", "id": 7}))
        process.stdin.flush()
        reader, bodies = FrameReader(), []
        while not bodies:
            bodies = list(reader.feed(process.stdout.read1()))
        failed = decode_event(bodies[0])
        assert failed.id == 7
        assert failed.sentence.startswith(f"This engine speaks protocol {PROTOCOL}, this window 1:")
        process.stdin.close()
        process.wait(PATIENCE_S)


def frame(body: dict) -> bytes:
    """A message of any protocol as a frame."""
    packed = msgspec.msgpack.encode(body)
    return struct.pack("<I", len(packed)) + packed
