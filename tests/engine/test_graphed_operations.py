"""Operations of programs with a graph: their operands as they were, and which cells became which."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.keys import NodeValueKey, VariableKey
from engine.protocol.operations import AskOperation, AskSources, OperationShown
from tests.engine.client import Client

PROGRAM = """import torch
from torch import nn
import torch.nn.functional as F
torch.manual_seed(0)
x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
w = torch.tensor([[1.0, 0.0, 2.0], [0.0, 1.0, 3.0]], requires_grad=True)
h = x @ w
both = torch.cat([h, h * 10], dim=1)
left, right = both.chunk(2, dim=1)
soft = torch.softmax(h, dim=1)
fc = nn.Linear(3, 2)
y = fc(h)
square = h * h
grown = h.clone()
grown.mul_(2)
high, where = h.max(dim=1)
turned = h.transpose(0, 1)
singular = torch.linalg.svdvals(h)
loss = (torch.tanh(y).sum() + soft.sum() + right.sum() + square.sum() + grown.sum() + high.sum() + turned.sum())
"""


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client() as client:
        client.run(PROGRAM)
        yield client


def shown(client: Client, key: VariableKey | NodeValueKey) -> OperationShown:
    return client.ask(AskOperation(key=key))


def cells(client: Client, name: str, cell: tuple[int, ...], position: int = -1) -> list[tuple[int, ...]]:
    key = VariableKey(name)
    seen = shown(client, key).operation
    assert seen is not None
    told = client.ask(AskSources(key=key, serial=seen.serial, cell=cell, position=position))
    return [one.indices for one in told.cells]


def text(client: Client, name: str, cell: tuple[int, ...]) -> str:
    key = VariableKey(name)
    seen = shown(client, key).operation
    assert seen is not None
    return client.ask(AskSources(key=key, serial=seen.serial, cell=cell)).text


def test_operands_of_a_call_in_a_graph_are_as_they_were(client):
    seen = shown(client, VariableKey("h")).operation
    assert seen is not None and (seen.sign, seen.text) == ("@", "x @ w")
    assert [operand.name for operand in seen.operands] == ["x", "w"]
    texts = client.ask(m.AskRectangle(key=seen.operands[1].key)).rectangle.texts
    assert [float(one) for one in texts] == [1, 0, 2, 0, 1, 3]


def test_its_cells_are_followed_both_ways(client):
    assert cells(client, "h", (0, 2)) == [(0, 1), (2, 5)]
    assert cells(client, "h", (1, 0), position=0) == [(3, 4, 5)]
    assert cells(client, "singular", (1,)) == [(0, 1, 2, 3, 4, 5)]  # a later output of its node
    assert text(client, "h", (0, 2)).endswith("= 8.0000")


def test_what_stands_for_a_node_is_what_its_variable_has(client):
    graph = client.ask(m.ShowGraph(output="loss")).graph
    node = next(node for node in graph.nodes if node.variable == "h")
    seen = shown(client, NodeValueKey(node.id)).operation
    assert seen is not None and seen.serial == shown(client, VariableKey("h")).operation.serial


def test_a_list_of_operands_and_one_that_stands_twice(client):
    assert cells(client, "both", (1, 4)) == [(), (4,)]
    assert cells(client, "square", (1, 2)) == [(5,), (5,)]


def test_the_second_result_of_a_call_is_followed_by_itself(client):
    assert cells(client, "right", (0, 0)) == [(3,)]
    assert cells(client, "left", (0, 0)) == [(0,)]
    assert cells(client, "high", (1,)) == [(5,)]


def test_a_layer_shows_its_input_weight_and_bias(client):
    seen = shown(client, VariableKey("y")).operation
    assert seen is not None and seen.sign == "linear"
    assert [operand.name for operand in seen.operands] == ["h", "fc.weight", "fc.bias"]
    assert cells(client, "y", (1, 0)) == [(3, 4, 5), (0, 1, 2), (0,)]
    assert text(client, "y", (1, 0)).count("·") == 3


def test_a_softmax_is_written_out(client):
    assert cells(client, "soft", (0, 1)) == [(0, 1, 2)]
    assert text(client, "soft", (0, 1)).startswith("exp(2.0000) / (exp(1.0000) + exp(2.0000) + exp(8.0000)) = ")


def test_what_a_call_wrote_into_is_followed_and_shown_as_it_was(client):
    seen = shown(client, VariableKey("grown")).operation
    assert seen is not None and seen.writes and seen.operands[0].key is not None
    assert cells(client, "grown", (1, 1)) == [(4,)]


def test_a_view_in_a_graph_lies_with_its_operand(client):
    turned, h = shown(client, VariableKey("turned")).operation, shown(client, VariableKey("h")).operation
    assert turned is not None and turned.shares == (True,)
    assert h is not None and h.shares == (False, False)
