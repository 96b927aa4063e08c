"""What differs on a CUDA device: hooks run on its own autograd thread, and the main thread waits in C++ meanwhile."""

import time

import pytest
import torch

from engine.protocol import messages as m
from tests.engine.client import Client, of_kind, printed

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA device")
AT_ONCE_S = 1.0
NET = """\
import torch
torch.manual_seed(0)
net = torch.nn.Sequential(*[torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.Tanh()) for _ in range(8)]).cuda()
x = torch.randn(32, 64, device="cuda")
loss = net(x).square().mean()
"""
SUMS = "\nprint([p.grad.double().sum().item().hex() for p in net.parameters()])\n"
SLOW = """\
import time
import torch
class Slow(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2
    @staticmethod
    def backward(ctx, gradient):
        time.sleep(0.05)
        return gradient * 2
y = torch.ones(4, device="cuda", requires_grad=True)
for _ in range(200):
    y = Slow.apply(y)
"""
LOOP = """\
first = net[0][0].weight
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
while True:
    optimizer.zero_grad()
    loss = net(x).square().mean()
    loss.backward()
    optimizer.step()
"""


@pytest.fixture(scope="module")
def engine():
    with Client(fresh=True) as client:  # CUDA starts threads that no fork would have
        client.run("import torch\ntorch.ones(2, device='cuda', requires_grad=True).sum().backward()", timeout=120)
        yield client


def interrupted_within_a_second(engine, run):
    """The run ends as by Ctrl+C within a second, and the engine goes on."""
    start_s = time.monotonic()
    engine.send(m.Interrupt())
    finished = engine.wait(m.Finished, 10, lambda event: event.id == run)
    assert finished.interrupted and time.monotonic() - start_s < AT_ONCE_S
    assert printed(engine.run("print(6 * 7)")) == "42\n"


def test_a_held_pass_has_the_bits_of_a_plain_one(engine):
    plain = printed(engine.run(NET + "loss.backward()" + SUMS))
    run = engine.start(NET + "loss.backward()" + SUMS, step=True)
    paused = engine.wait(m.BackwardProgress, 30, lambda event: event.state.status == "paused").state
    for _ in range(paused.n_needed - 1):
        engine.send(m.Step())
        engine.wait(m.BackwardProgress, 30, lambda event: event.state.status == "paused")
    engine.send(m.Step())
    engine.wait(m.Finished, 30, lambda event: event.id == run)
    assert printed(engine.events)[-len(plain) :] == plain != ""


def test_an_interrupt_ends_a_held_pass(engine):
    run = engine.start(NET + "loss.backward()", step=True)
    engine.wait(m.BackwardProgress, 30, lambda event: event.state.status == "paused")
    interrupted_within_a_second(engine, run)


def test_an_interrupt_ends_a_pass_that_runs_on(engine):
    run = engine.start(SLOW + "print('now', flush=True)\ny.sum().backward()")
    engine.wait(m.Output, 120, lambda event: "now" in event.text)
    interrupted_within_a_second(engine, run)


def test_an_interrupt_ends_a_training_loop(engine):
    run = engine.start(NET + LOOP)
    engine.wait(m.BackwardProgress, 30)
    interrupted_within_a_second(engine, run)


def test_requests_beside_a_training_loop_are_answered(engine):
    run = engine.start(NET + LOOP)
    engine.wait(m.BackwardProgress, 30)
    end_s, n_answers = time.monotonic() + 20, 0
    while time.monotonic() < end_s:
        rows = engine.ask(m.AskVariables(), timeout=10).rows
        assert {"net", "x", "first", "loss"} <= {row.name for row in rows}
        n_answers += 1
    assert engine.process.poll() is None and n_answers > 100
    interrupted_within_a_second(engine, run)
    assert of_kind(engine.run("float(loss)"), m.StatementDone)
