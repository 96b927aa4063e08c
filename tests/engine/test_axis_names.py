"""Axes bear the names that the program itself gives them, and no others."""

from collections.abc import Iterator

import pytest

from engine.protocol.keys import NodeValueKey, VariableKey
from engine.protocol.messages import AskDetails, ShowGraph
from engine.protocol.tensor_values import AxisName
from tests.engine.client import Client

PROGRAM = """
import torch
import torch.nn as nn
import torch.nn.functional as F
B, T, C, H = 2, 3, 8, 2
x = torch.randn(B, T, C, requires_grad=True)
y = torch.randn(4, 5, 6)
rows, columns, depth = y.shape
lin = nn.Linear(C, C)
q = lin(x)
k = x.view(B, T, H, C // H).transpose(1, 2)  # (B, nh, T, hs)
v = x.view(B, T, H, 4)
p = v.permute(0, 2, 1, 3)
att = k @ k.transpose(-2, -1)
att = F.softmax(att * 0.5, dim=-1)
emb = nn.Embedding(10, 4)(torch.zeros(2, 3, dtype=torch.long))
conv = nn.Conv2d(3, 4, 3)(torch.randn(1, 3, 8, 8))
plain = torch.randn(2, 3)
bits = torch.zeros(2).view(torch.int32)
t = torch.zeros(B, T).t()
flat = torch.zeros((B, T))
both = flat + torch.ones(T)
late = torch.zeros(B, 7)
parts = q.split(4, dim=2)[0]
mean = q.mean(1)
kept = q.mean((0, -1), keepdim=True)
best = q.argmax(-1)
heads = torch.zeros(B, T, C).view(B, T, H, 4).transpose(1, 2)
twice = torch.cat([q, q], dim=1)
later = q.flip(1).cumsum(1)
mask = q > 0
loss = att.sum() + q.sum()
bare = torch.zeros(B, T, C).view(B, T, H, 4).transpose(1, 2)
weights = torch.softmax((bare @ bare.transpose(-2, -1) / 2).masked_fill(torch.ones(T, T).triu(1) > 0, -1e9), dim=-1)
mixed = (weights @ bare).transpose(1, 2).contiguous().sum(-1).tanh().exp().log().abs().sqrt().neg().sin().cos().tan()
steps = torch.zeros(B, T)
for _ in range(30):
    steps = steps * 2
"""
NAMES = {
    "x": "B T C", "y": "rows columns depth", "q": "B T -", "k": "B nh T hs", "v": "B T H -",
    "p": "B H T -", "att": "B nh T T", "emb": "batch token embedding", "conv": "batch channel height width",
    "plain": "", "bits": "", "t": "T B", "both": "B T", "late": "B -", "parts": "B T -", "mean": "B -", "kept": "B T -",
    "best": "B T", "mask": "B T -", "heads": "B H T -", "twice": "B T -", "later": "B T -", "loss": "",
    "bare": "B H T -", "weights": "B H T T", "mixed": "", "steps": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        client.run(PROGRAM)
        yield client


def axes(engine: Client, key: VariableKey | NodeValueKey) -> tuple[AxisName, ...]:
    found: tuple[AxisName, ...] = engine.ask(AskDetails(key=key)).details.axes
    return found


@pytest.mark.parametrize("name", NAMES)
def test_axes_bear_the_names_that_the_program_gives_them(engine: Client, name: str) -> None:
    assert " ".join(one.name or "-" for one in axes(engine, VariableKey(name))) == NAMES[name]


def test_it_is_told_where_a_name_comes_from(engine: Client) -> None:
    assert axes(engine, VariableKey("x"))[0] == AxisName("B", "torch.randn(B, T, C, requires_grad=True)", 6)
    assert axes(engine, VariableKey("y"))[1] == AxisName("columns", "rows, columns, depth = y.shape", 8)
    assert axes(engine, VariableKey("k"))[1] == AxisName("nh", "# (B, nh, T, hs)", 11)
    assert [one.is_of_operation for one in axes(engine, VariableKey("emb"))] == [True] * 3
    assert axes(engine, VariableKey("att"))[1].source == "# (B, nh, T, hs)"


def test_a_result_in_the_graph_has_them_as_well(engine: Client) -> None:
    graph = engine.ask(ShowGraph(output="loss")).graph
    softmax = next(node for node in graph.nodes if node.name == "SoftmaxBackward0")
    assert [one.name for one in axes(engine, NodeValueKey(softmax.id, 0))] == ["B", "nh", "T", "T"]


def test_names_that_no_longer_fit_are_not_told(engine: Client) -> None:
    engine.run("import torch\nz = torch.ones(2, 3)\nm, n = z.shape\nm = 7")
    assert axes(engine, VariableKey("z")) == ()
