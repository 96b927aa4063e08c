"""Memory that NumPy shares: what an operation took of it is known, though NumPy has written into it since."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.keys import NodeValueKey, OperandKey, VariableKey
from engine.protocol.notes import Changed
from engine.protocol.operations import AskOperation, OperationSeen
from tests.engine.client import Client

BEFORE = """import numpy as np
import torch
from_array = np.array([1, 2, 3], dtype=np.float32)
x = torch.from_numpy(from_array)
double = x * 2
made = torch.arange(3.0) + 1
early = made * 5
as_array = made.numpy()
taken = made[1:] * 10
buffer = bytearray(np.array([4, 5], dtype=np.float32))
read = torch.frombuffer(buffer, dtype=torch.float32)
more = read + 1
large_array = np.zeros(300_000, dtype=np.float32)
large = torch.from_numpy(large_array)
w = torch.ones(3, requires_grad=True)
still = torch.from_numpy(np.ones(3, dtype=np.float32)) * 3
loss = (w * x).sum() + (w * made).sum() + (w.sum() * large).sum()
"""
WRITES = """from_array[0] = 50
as_array[:] = 70
np.frombuffer(buffer, dtype=np.float32)[0] = 9
large_array[:] = 1
"""
SHOWN_LATER = "again = x * 3\n"


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client() as client:
        assert client.run(BEFORE + WRITES + SHOWN_LATER)[-1].error is None
        yield client


def numbers(client: Client, key: object) -> list[float]:
    return [float(one) for one in re.findall(r"-?\d+\.", client.ask(m.AskText(key=key)).text)]


def operation(client: Client, name: str) -> OperationSeen:
    return client.ask(AskOperation(key=VariableKey(name))).operation


@pytest.mark.parametrize(
    ("name", "taken"),
    [("double", [1, 2, 3]), ("more", [4, 5]), ("early", [1, 2, 3]), ("taken", [2, 3]), ("again", [50, 2, 3])],
)
def test_operands_are_as_the_call_took_them(client: Client, name: str, taken: list[int]) -> None:
    seen = operation(client, name)
    assert numbers(client, OperandKey(seen.serial, 0)) == taken
    assert not seen.written_since


def test_a_result_that_numpy_wrote_into_is_said_to_be_and_no_other(client: Client) -> None:
    assert operation(client, "made").written_since and numbers(client, VariableKey("made")) == [70, 70, 70]
    assert not operation(client, "still").written_since


def test_a_graph_shows_what_the_pass_began_with_and_of_a_large_one_says_that_it_was_changed(client: Client) -> None:
    graph = next(event.graph for event in client.events if isinstance(event, m.GraphShown))
    inputs = {node.variable: node.id for node in graph.nodes if node.kind == "input"}
    cards = {card.node: card for card in client.ask(m.AskCards(graph=graph.id, nodes=tuple(inputs.values()))).cards}
    shown = {tuple(numbers(client, NodeValueKey(one))) for name, one in inputs.items() if name != "large"}
    assert {(1, 2, 3)} <= shown and not any(70 in one or 50 in one for one in shown)
    assert cards[inputs["large"]].value_note == Changed(-1)
