"""What tensors lie in: who shares a storage, in which order it is read, and why a view is refused."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.protocol.keys import NodeValueKey, VariableKey
from engine.protocol.messages import ShowGraph
from engine.protocol.storage import AskStorage, StorageShown
from engine.shared.strides import gaps, place
from tests.engine.client import Client

PROGRAM = """import numpy as np
import torch
x = torch.tensor([[1, 2, 3], [4, 5, 6]])
t = x.T
part = x[:, ::2]
copy = t.reshape(6)
array = np.arange(4.0)
shared = torch.from_numpy(array)
back = x.numpy()
apart = torch.tensor(array)
w = torch.ones(2, 2, requires_grad=True)
turned = (w * 2).transpose(0, 1)
loss = turned.sum()
"""


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client() as client:
        client.run(PROGRAM)
        yield client


def shown(client: Client, name: str) -> StorageShown:
    return client.ask(AskStorage(key=VariableKey(name), name=name))


def test_views_read_one_storage_in_their_own_order(client):
    answer = shown(client, "t")
    assert answer.texts == ("1", "2", "3", "4", "5", "6") and (answer.n_elements, answer.itemsize) == (6, 8)
    layouts = {one.name: (one.shape, one.stride, one.offset) for one in answer.layouts}
    assert next(iter(layouts)) == "t"
    assert layouts["t"] == ((3, 2), (1, 3), 0) and layouts["part"] == ((2, 2), (3, 2), 0)
    assert "copy" not in layouts


def test_who_reads_the_same_bytes_as_other_numbers_is_told(client):
    client.run("import torch\nx = torch.ones(2, 2)\nbits = x.view(torch.int32)\nz = torch.ones(2, dtype=torch.cfloat)\n"
               "real, alone = z.real, torch.ones(3)\n")  # fmt: skip
    try:
        said = {name: [one.text for one in shown(client, name).said] for name in ("x", "bits", "z", "real", "alone")}
    finally:
        client.run(PROGRAM)
    words = "The same bytes are read in another dtype by {}."
    assert said["x"][-1] == words.format("bits (int32)") and said["bits"][-1] == words.format("x (float32)")
    assert said["z"] == [words.format("real (float32)")] and said["alone"] == []


def test_an_array_of_numpy_lies_in_the_same_memory(client):
    assert [(one.name, one.kind) for one in shown(client, "shared").layouts] == [
        ("shared", "tensor"),
        ("array", "array"),
    ]
    assert ("back", "array") in [(one.name, one.kind) for one in shown(client, "x").layouts]
    assert [one.name for one in shown(client, "apart").layouts] == ["apart"]


def test_it_is_said_which_stride_does_not_fit_a_view(client):
    said = shown(client, "t").said[0]
    assert said.code == "storage.no_view"
    assert (said.arguments["axis"], said.arguments["step"], said.arguments["needed"]) == ("0", "1", "6")
    assert shown(client, "x").said[0].code == "storage.views"


def test_the_value_of_a_node_has_a_storage_too(client):
    graph = client.ask(ShowGraph(output="loss")).graph
    node = next(node for node in graph.nodes if node.variable == "turned")
    answer = client.ask(AskStorage(key=NodeValueKey(node.id), name="turned"))
    assert answer.layouts[0].stride == (1, 2)


@given(st.permutations(range(3)), st.lists(st.integers(1, 3), min_size=3, max_size=3), st.integers(1, 2))
def test_torch_views_a_tensor_flat_exactly_where_no_gap_is_found(order, sizes, step):
    tensor = torch.arange(int(np.prod(sizes))).reshape(sizes).permute(order)[:, ::step]
    try:
        tensor.view(-1)
        fits = True
    except RuntimeError:
        fits = False
    assert fits == (not gaps(tuple(tensor.shape), tensor.stride()))
    for index in itertools.product(*map(range, tensor.shape)):
        assert tensor[index] == place(index, tensor.stride(), tensor.storage_offset())


def test_a_large_storage_is_read_from_any_place_on(client: Client) -> None:
    client.run("import torch\nlong = torch.arange(10_000)\nlate = long[9_000:]")
    answer = client.ask(AskStorage(key=VariableKey("long"), name="long", first=9_950))
    assert (answer.first, answer.texts[0], answer.texts[-1], len(answer.texts)) == (9_950, "9950", "9999", 50)
    assert client.ask(AskStorage(key=VariableKey("long"), name="long", first=10**9)).texts == ("9999",)
    assert client.ask(AskStorage(key=VariableKey("late"), name="late")).first == 9_000  # where it begins
    assert client.ask(AskStorage(key=VariableKey("late"), name="late", first=0)).texts[0] == "0"
