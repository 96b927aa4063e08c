"""Tensor keys are values: they compare, hash, and cross the pipe."""

import msgspec
import pytest

from engine.protocol import messages as m
from engine.protocol.errors import EngineError
from engine.protocol.framing import FrameReader, decode_request, encode
from engine.protocol.keys import NodeGradKey, NodeValueKey, VariableGradKey, VariableKey

KEYS = (VariableKey("x"), VariableGradKey("x"), NodeValueKey(3), NodeValueKey(3, 1), NodeGradKey(3), NodeGradKey(3, 1))


def test_keys_tell_apart_what_a_name_or_a_number_alone_does_not() -> None:
    assert len(set(KEYS)) == len(KEYS)
    assert {key: place for place, key in enumerate(KEYS)}[NodeGradKey(3, 0)] == 4


@pytest.mark.parametrize("key", [*KEYS, VariableKey("net.fc.weight"), VariableKey("node:3:0"), VariableKey("")])
def test_a_key_arrives_as_it_was_sent(key) -> None:
    (body,) = FrameReader().feed(encode(m.AskDetails(key=key)))
    assert decode_request(body).key == key


@pytest.mark.parametrize("key", ["node:3:0", None, ["node_value"], ["node_value", "3", 0], ["vargrad", "x"], 7])
def test_what_is_no_key_is_refused(key) -> None:
    body = msgspec.msgpack.encode({"type": "ask_details", "id": 1, "key": key})
    with pytest.raises(EngineError, match="not of protocol"):
        decode_request(body)
