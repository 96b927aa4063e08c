"""Interrupt while the nodes of a pass run on another thread, as a CUDA device's do.

No signal reaches their hooks, and the main thread waits for them where it sees none.
"""

from __future__ import annotations

import pytest

from engine.protocol import messages as m
from engine.protocol.until import UntilNext
from tests.engine.client import Client, of_kind, printed

N_NODES = 1000  # of a pass that lasts 20 s
# The engine's call is made on a thread that Python did not start, and waited for in a function that ignores signals.
ON_ANOTHER_THREAD = """
import ctypes, time, torch
from torch.autograd import Variable
libc = ctypes.CDLL(None)
engine = Variable._execution_engine

class Device:
    def run_backward(self, *arguments, **named):
        left = []
        def body(nothing):
            try:
                left.append(engine.run_backward(*arguments, **named))
            except BaseException as error:
                left.append(error)
        body = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(body)
        thread = ctypes.c_ulong()
        libc.pthread_create(ctypes.byref(thread), None, body, None)
        libc.pthread_join(thread, None)
        if isinstance(left[0], BaseException):
            raise left[0]
        return left[0]

    def __getattr__(self, name):
        return getattr(engine, name)

class Slow(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.clone()
    @staticmethod
    def backward(ctx, gradient):
        print("a node runs")
        time.sleep(0.02)
        return gradient

Variable._execution_engine = Device()
x = torch.ones(3, requires_grad=True)
y = x
for _ in range(1000):
    y = Slow.apply(y)
loss = y.sum()
print("forward done")
"""
BACKWARD = ON_ANOTHER_THREAD + "loss.backward()\n"


@pytest.fixture
def engine():
    with Client() as engine:
        yield engine
        engine.send(m.Interrupt())


def finished_early(engine: Client) -> m.Finished:
    """Interrupt the pass, which does not come to its end."""
    engine.send(m.Interrupt())
    finished = engine.wait(m.Finished)
    state = of_kind(engine.events, m.BackwardProgress)[-1].state
    assert state.status == "aborted" and state.n_done < N_NODES
    return finished


def test_interrupt_ends_a_held_pass_on_another_thread(engine: Client) -> None:
    engine.start(BACKWARD, step=True)
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    assert finished_early(engine).interrupted


def test_interrupt_ends_a_running_pass_on_another_thread(engine: Client) -> None:
    engine.start(BACKWARD)
    engine.wait(m.Output, where=lambda event: "a node runs" in event.text)
    assert finished_early(engine).interrupted


def test_an_interrupt_that_ended_one_pass_leaves_the_next_alone(engine: Client) -> None:
    engine.start(BACKWARD, step=True)
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    assert finished_early(engine).interrupted
    engine.start("loss = (x * 2).sum()\nloss.backward()", step=True)
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    engine.send(m.Step(until=UntilNext()))
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused" and event.state.n_done == 1)


def test_an_owned_pass_on_another_thread_is_interrupted_and_restores_its_grads(engine: Client) -> None:
    engine.run(ON_ANOTHER_THREAD)
    engine.send(m.StepOutput(output="loss"))
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    engine.send(m.Interrupt())
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "aborted")
    assert printed(engine.run("print(x.grad)")) == "None\n"
