"""While a program is held at a NaN in its forward pass, everything answers, and it goes on, or ends, when told to."""

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.keys import FoundKey, VariableKey
from engine.protocol.until import UntilEnd, UntilProgramEnd
from tests.engine.client import Client, of_kind

PROGRAM = """\
import torch
x = torch.tensor([[1.0, 0.0], [4.0, 0.0]])
for i in range(3):
    y = torch.log(x)
    y = y - y
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


@pytest.fixture
def held(engine: Client) -> m.Held:
    engine.start(PROGRAM, pause_on_nan=True)
    return engine.wait(m.Held)


def _let_go(engine: Client) -> m.Finished:
    engine.send(m.Step(until=UntilProgramEnd()))
    return engine.wait(m.Finished)


def test_what_is_told_has_the_expression_the_operands_and_the_first_cells(engine: Client, held: m.Held) -> None:
    found = held.found
    assert found is not None and found.source is not None
    assert (found.source.line, found.source.text, found.brief) == (4, "torch.log(x)", "log of 0")
    assert [(part.name, part.shape, part.is_made) for part in found.parts] == [
        ("x", (2, 2), False),
        ("result", (2, 2), True),
    ]
    assert [part.said and part.said.code for part in found.parts] == [None, "words.result"]
    assert [(cell.index, cell.texts) for cell in found.cells] == [((0, 1), ("0", "-inf")), ((1, 1), ("0", "-inf"))]
    assert (found.n_bad, found.n_elements) == (2, 4)
    assert _let_go(engine).error is None


def test_variables_and_tensors_are_read_while_it_is_held_and_not_after(engine: Client, held: m.Held) -> None:
    assert held.found is not None
    rows = {row.name: row for row in engine.ask(m.AskVariables()).rows}
    assert rows["i"].text == "0"
    made = FoundKey(held.found.serial, 1)
    assert engine.ask(m.AskDetails(key=made)).details.summary.n_inf == 2
    assert engine.ask(m.AskRectangle(key=FoundKey(held.found.serial, 0))).rectangle.texts[1] == "0"
    assert engine.ask(m.AskDetails(key=VariableKey("x"))).details.summary.n_zero == 2
    _let_go(engine)
    gone = engine.ask(m.AskDetails(key=made))
    assert isinstance(gone, m.Failed) and gone.code == "found.gone"


def test_it_goes_on_to_the_next_that_arises_or_to_the_end(engine: Client, held: m.Held) -> None:
    engine.send(m.Step(until=UntilEnd()))
    assert engine.wait(m.Held).found is None
    following = engine.wait(m.Held).found
    assert following is not None and following.source is not None
    assert (following.source.line, following.brief) == (5, "inf - inf")
    start = len(engine.events)
    assert _let_go(engine).error is None
    assert [event.found for event in of_kind(engine.events[start:], m.Held)] == [None]


def test_an_interrupt_ends_it(engine: Client, held: m.Held) -> None:
    engine.send(m.Interrupt())
    assert engine.wait(m.Held).found is None
    assert engine.wait(m.Finished).interrupted
    assert engine.run("z = 1")[-1].error is None


def test_the_pause_can_be_switched_off_while_it_is_held(engine: Client, held: m.Held) -> None:
    engine.send(m.PauseOnNan(is_on=False))
    start = len(engine.events)
    engine.send(m.Step(until=UntilEnd()))
    engine.wait(m.Finished)
    assert [event.found for event in of_kind(engine.events[start:], m.Held)] == [None]


def test_an_engine_that_is_closed_while_it_is_held_ends() -> None:
    with Client() as engine:
        engine.start(PROGRAM, pause_on_nan=True)
        engine.wait(m.Held)
    assert engine.process.returncode is not None


def test_a_program_without_the_pause_is_not_held(engine: Client) -> None:
    assert of_kind(engine.run(PROGRAM), m.Held) == []
