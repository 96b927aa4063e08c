"""How long a program ran: its own time, not that of the person who steps it or answers it."""

from __future__ import annotations

import time

import pytest

from engine.protocol import messages as m
from engine.protocol.until import UntilEnd, UntilNext
from tests.engine.client import Client, of_kind

HELD_S = 1.0
BACKWARD = "import torch\nw = torch.ones(3, requires_grad=True)\n(w * w).sum().backward()\n"


@pytest.fixture(scope="module")
def engine():
    with Client() as client:
        client.run(BACKWARD)
        yield client


def finished_ms(engine, run):
    finished = engine.wait(m.Finished, where=lambda event: event.id == run)
    assert finished.error is None or finished.interrupted
    return finished.dt_ms


def held(engine):
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")


def test_the_time_that_a_pass_is_held_is_not_the_program_s(engine):
    run = engine.start(BACKWARD, step=True)
    for until in (UntilNext(), UntilEnd()):
        held(engine)
        time.sleep(HELD_S)
        engine.send(m.Step(until=until))
    assert finished_ms(engine, run) < HELD_S * 1000


def test_nor_is_that_of_a_pass_that_is_stopped_while_held(engine):
    run = engine.start(BACKWARD, step=True)
    held(engine)
    time.sleep(HELD_S)
    engine.send(m.Interrupt())
    assert finished_ms(engine, run) < HELD_S * 1000


def test_nor_that_of_a_question(engine):
    run = engine.start("first, second = input('first? '), input('second? ')\n")
    for _ in range(2):
        engine.wait(m.InputWanted)
        time.sleep(HELD_S)
        engine.send(m.AnswerInput(text="7"))
    assert finished_ms(engine, run) < HELD_S * 1000


def test_what_the_program_itself_waits_is_its_own_time(engine):
    events = engine.run("import time\ntime.sleep(0.5)\n")
    assert of_kind(events, m.Finished)[-1].dt_ms >= 500
