"""What a program that is inside one operation answers, and what one that is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.protocol import messages as m
from engine.protocol.keys import VariableKey
from engine.protocol.until import UntilEnd, UntilNext
from tests.engine.client import Client

DETAILS = m.AskDetails(key=VariableKey("x"))
# One operation, which lasts until a file is there: it calls Python for its one element.
ONE_OPERATION = """
import os, time, torch
x.add_(1)
slow = torch.zeros(1)
def ends(value):
    while not os.path.exists({gate!r}): time.sleep(0.01)
    return 1.0
slow.apply_(ends)
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as engine:
        yield engine


@pytest.fixture(autouse=True)
def x_is_known(engine: Client) -> None:
    engine.run("import torch\nx = torch.zeros(2, 3)")
    engine.ask(DETAILS)


@pytest.fixture
def gate(engine: Client, tmp_path: Path) -> Iterator[Path]:
    """The engine is inside the operation until this file is made."""
    run = engine.start(ONE_OPERATION.format(gate=str(tmp_path / "gate")))
    engine.wait(m.StatementRunning, where=lambda event: event.line == 8)
    yield tmp_path / "gate"
    (tmp_path / "gate").touch()
    engine.end_of(run)


def test_what_was_known_is_told_with_its_age_and_once_more_as_soon_as_it_can_be_read(
    engine: Client, gate: Path
) -> None:
    request_id = engine.send(DETAILS)
    known = engine.wait(m.Details, where=lambda event: event.id == request_id)
    assert known.age_ms > 0 and known.details.summary.maximum == 0
    gate.touch()
    now = engine.wait(m.Details, where=lambda event: event.id == request_id)
    assert now.age_ms == 0 and now.details.summary.maximum == 1


def test_what_was_never_known_waits_and_keeps_no_other_request_waiting(engine: Client, gate: Path) -> None:
    waiting = engine.send(m.AskDetails(key=VariableKey("slow")))
    assert isinstance(engine.ask(m.Step(until=UntilNext())), m.Failed)
    assert not any(event.id == waiting for event in engine.events)
    gate.touch()
    answer = engine.wait(m.Details, where=lambda event: event.id == waiting)
    assert answer.age_ms == 0 and answer.details.summary.maximum == 1


def test_after_the_run_everything_is_of_now(engine: Client, gate: Path) -> None:
    assert engine.ask(m.AskVariables()).age_ms > 0
    gate.touch()
    engine.wait(m.Finished)
    last = [event for event in engine.events if isinstance(event, m.Variables)][-1]
    assert last.age_ms == 0 and last.rows[-1].summary.maximum == 1
    assert engine.ask(m.AskVariables()).age_ms == engine.ask(DETAILS).age_ms == 0


@pytest.mark.parametrize("waits", ["import time; time.sleep(1e6)", "while True: pass", "input()"])
def test_a_program_outside_of_an_operation_keeps_nobody_waiting(engine: Client, waits: str) -> None:
    engine.start(f"x.add_(1)\n{waits}")
    engine.wait(m.StatementRunning, where=lambda event: event.line == 2)
    answer = engine.ask(DETAILS)
    assert answer.age_ms == 0 and answer.details.summary.maximum == 1
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted


def test_a_custom_function_that_sleeps_keeps_nobody_waiting(engine: Client) -> None:
    text = """\
import time
class Sleepy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.clone()
    @staticmethod
    def backward(ctx, gradient):
        time.sleep(1e6)
        return gradient
loss = Sleepy.apply(torch.ones(3, requires_grad=True)).sum()
loss.backward()
"""
    engine.start(text)
    engine.wait(m.StatementRunning, where=lambda event: event.line == 11)
    assert engine.ask(DETAILS).age_ms == 0
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted


def test_a_step_goes_before_what_is_read_and_what_was_asked_is_answered_all_the_same(engine: Client) -> None:
    """Nine questions about 25 million numbers each."""
    engine.start(
        "big = torch.ones(5000, 5000).t()\nx = torch.ones(3, requires_grad=True)\nx.exp().sum().backward()", step=True
    )
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    sides = range(64, 72)
    questions = [
        *(m.AskRectangle(key=VariableKey("big"), n_rows=5000, n_columns=5000, step=side) for side in sides),
        m.AskDetails(key=VariableKey("big")),
    ]
    *asked, _ = engine.send_together(*questions, m.Step(until=UntilNext()))
    held = engine.wait(
        m.BackwardProgress, where=lambda event: event.state.status == "paused" and event.state.n_done == 1
    )
    answered = {event.id for event in engine.events[: engine.events.index(held)]}
    assert set(asked) - answered
    for request_id in asked:
        event = engine.answer(request_id)
        assert isinstance(event, m.Rectangle | m.Details) and event.age_ms == 0
    engine.send(m.Step(until=UntilEnd()))
    engine.wait(m.Finished)
