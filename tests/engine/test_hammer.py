"""A program runs while everything is asked of it, as fast as it goes: the engine lives, the program does not notice."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.keys import NodeGradKey, NodeValueKey, TensorKey, VariableGradKey, VariableKey
from engine.protocol.until import UntilEnd
from tests.engine.client import Client

SECONDS = 0.6
_START = """
import threading, torch
from torch import nn
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(8, 16), nn.Tanh(), nn.Linear(16, 1))
x, t = torch.randn(32, 8), torch.randn(32, 1)
weight, *others = net.parameters()
vector = torch.randn(64, requires_grad=True)
storage = torch.randn(64)
hidden, loss = net[0](x), vector.sum()
"""
# Gradients come and go: the engine writes `.grad` without Python's lock.
_TRAINING = """
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
while True:
    optimizer.zero_grad()
    hidden = net[0](x)
    hidden.retain_grad()
    loss = ((net[1:](hidden) - t) ** 2).mean()
    loss.backward()
    optimizer.step()
"""
# Storages move, sizes change, graphs are rebuilt in place.
_MOVING = """
while True:
    storage.resize_(64 + int(torch.randint(0, 4000, ()))).zero_()
    storage.set_(torch.randn(8, 8))
    storage.untyped_storage().resize_(0)
    storage.untyped_storage().resize_(1 << 14)
    weight.data = torch.randn(16, 8)
    hidden = vector * 2
    hidden[3:5] = 0
    hidden.add_(1)
    loss = hidden.sum()
    gradient, = torch.autograd.grad(loss, vector, create_graph=True)
    vector.grad = gradient.detach()
"""
# Threads of the program train as well, and outlive it.
_THREADS = """
def train():
    own = nn.Linear(8, 1)
    while True:
        own.zero_grad()
        (own(x) - t).square().mean().backward()
        storage.set_(torch.randn(8, 8))
        weight.data = torch.randn(16, 8)
for _ in range(2):
    threading.Thread(target=train, daemon=True).start()
while True:
    loss = (vector * 2).sum()
    loss.backward()
    vector.grad = None
"""


@pytest.fixture
def engine() -> Iterator[Client]:
    with Client() as engine:
        yield engine
        engine.send(m.Interrupt())


def requests(graph: m.Graph | None) -> list[m.Request]:
    """Everything that a window asks of what it shows."""
    variables = [VariableKey(name) for name in ("loss", "storage", "vector", "hidden")]
    keys = [*variables, VariableGradKey("weight"), VariableGradKey("vector"), VariableGradKey("hidden")]
    asked: list[m.Request] = [m.AskDetails(key=key) for key in keys]
    asked += [m.AskVariables(), m.AskRectangle(key=keys[1]), m.AskText(key=keys[1])]
    asked += [m.AskCompletions(text="vector.", line=1, column=7)]
    if graph is not None and graph.nodes:
        nodes = tuple(node.id for node in graph.nodes)
        asked += [m.AskCards(graph=graph.id, nodes=nodes), m.AskDetails(key=NodeGradKey(nodes[-1], 0))]
        asked += [m.AskRectangle(key=NodeValueKey(nodes[0], 0))]
    return asked


@pytest.mark.parametrize(
    ("program", "step"),
    [(_TRAINING, False), (_TRAINING, True), (_MOVING, False), (_THREADS, False)],
    ids=["training", "training-stepped", "moving", "threads"],
)
def test_an_engine_of_which_everything_is_asked_lives(engine: Client, program: str, step: bool) -> None:
    engine.run(_START)
    engine.start(program, step=step)
    end_s = time.monotonic() + SECONDS
    while time.monotonic() < end_s:
        graph = next((event.graph for event in reversed(engine.events) if isinstance(event, m.GraphShown)), None)
        for request in requests(graph):
            engine.send(request)
        if step:
            engine.send(m.Step(until=UntilEnd()))
        assert isinstance(engine.ask(m.AskDetails(key=VariableKey("loss"))), m.Details)
    engine.send(m.Interrupt())
    finished = engine.wait(m.Finished)
    assert finished.interrupted, finished.error


# All elements of each are equal before and after every operation, and differ in the middle of one.
_EQUAL = """
import threading, torch
value = torch.zeros(1 << 20)
leaf = torch.zeros(1 << 20, requires_grad=True)
leaf.grad = torch.zeros_like(leaf)
loss = leaf.sum()
def fill():
    while True:
        value.add_(1)
{start}
while True:
    {loop}
"""


@pytest.mark.parametrize(
    ("key", "start", "loop"),
    [
        (VariableKey("value"), "", "value.add_(1)"),
        (VariableKey("value"), "threading.Thread(target=fill, daemon=True).start()", "leaf.sum().item()"),
        (VariableGradKey("leaf"), "", "loss.backward(retain_graph=True)"),
    ],
    ids=["an operation", "one of another thread", "a backward"],
)
def test_what_is_read_is_never_half_written(engine: Client, key: TensorKey, start: str, loop: str) -> None:
    engine.start(_EQUAL.format(start=start, loop=loop))
    engine.wait(m.StatementRunning, where=lambda event: event.line == _EQUAL.count("\n") - 1)
    for _ in range(10):
        summary = engine.ask(m.AskDetails(key=key)).details.summary
        assert summary.minimum == summary.maximum
        cells = engine.ask(m.AskRectangle(key=key, n_columns=1 << 20, step=1 << 11)).rectangle.grid.array()
        assert cells.min() == cells.max()


def test_requests_beside_the_very_first_run_do_not_disturb_it() -> None:
    with Client() as engine:
        engine.start("import torch\nvector = torch.ones(3)")
        for _ in range(20):
            for request in requests(None):
                engine.send(request)
        assert engine.wait(m.Finished).error is None
