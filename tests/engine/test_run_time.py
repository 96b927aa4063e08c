"""How long a program ran: its own time, not that of the person who steps it or answers it."""

from __future__ import annotations

import time

import pytest

from engine.protocol import messages as m
from engine.protocol.until import UntilEnd, UntilNext
from tests.engine.client import Client, of_kind

HELD_S = 0.3
BACKWARD = "import torch\nw = torch.ones(3, requires_grad=True)\n(w * w).sum().backward()\n"


@pytest.fixture(scope="module")
def engine():
    with Client() as client:
        client.run(BACKWARD)
        yield client


class Watch:
    """How much time passes, and how much of it a program is held for."""

    def __init__(self):
        self.held_s, self._start_s = 0.0, time.monotonic()

    def hold(self):
        start_s = time.monotonic()
        time.sleep(HELD_S)
        self.held_s += time.monotonic() - start_s

    def leaves_to(self, engine, run):
        """Whether the program's own time is within what is left when it was not held."""
        finished = engine.wait(m.Finished, where=lambda event: event.id == run)
        assert finished.error is None or finished.interrupted
        return finished.dt_ms / 1000 <= time.monotonic() - self._start_s - self.held_s


def held(engine):
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")


def test_the_time_that_a_pass_is_held_is_not_the_program_s(engine):
    watch, run = Watch(), engine.start(BACKWARD, step=True)
    for until in (UntilNext(), UntilEnd()):
        held(engine)
        watch.hold()
        engine.send(m.Step(until=until))
    assert watch.leaves_to(engine, run)


def test_nor_is_that_of_a_pass_that_is_stopped_while_held(engine):
    watch, run = Watch(), engine.start(BACKWARD, step=True)
    held(engine)
    watch.hold()
    engine.send(m.Interrupt())
    assert watch.leaves_to(engine, run)


def test_nor_that_of_a_question(engine):
    watch, run = Watch(), engine.start("first, second = input('first? '), input('second? ')\n")
    for _ in range(2):
        engine.wait(m.InputWanted)
        watch.hold()
        engine.send(m.AnswerInput(text="7"))
    assert watch.leaves_to(engine, run)


def test_what_the_program_itself_waits_is_its_own_time(engine):
    events = engine.run("import time\ntime.sleep(0.5)\n")
    assert of_kind(events, m.Finished)[-1].dt_ms >= 500
