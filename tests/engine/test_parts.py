"""A part of a program runs in what its other parts have left, by its own lines, and is run again from the beginning."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.differences import CheckDifferences
from tests.engine.client import Client

PROGRAM = """\
import torch
torch.manual_seed(0)
w = torch.randn(3, 2, dtype=torch.float64, requires_grad=True)
noise = torch.rand(2, dtype=torch.float64)
# %% forward
def squared(x):
    return x ** 2
hidden = torch.tanh(
    squared(w) + noise
)
# %% backward
loss = hidden.sum()
loss.backward()
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def run_part(engine: Client, lines: tuple[int, int] | None, text: str = PROGRAM, *, fresh: bool = False) -> m.Finished:
    engine.skip()
    request = engine.send(m.RunProgram(text=text, path=engine.path, lines=lines, fresh=fresh))
    return engine.wait(m.Finished, where=lambda event: event.id == request)


def lines_that_ran(engine: Client, start: int) -> list[int]:
    return [event.result.line for event in engine.waited_for(start) if isinstance(event, m.StatementDone)]


@pytest.mark.parametrize(
    ("lines", "ran"),
    [
        (None, [1, 2, 3, 4, 6, 8, 12, 13]),
        ((3, 3), [3]),
        ((5, 10), [6, 8]),
        ((9, 9), [8]),
        ((7, 8), [6, 8]),
        ((5, 5), []),
        ((13, 99), [13]),
    ],
)
def test_the_statements_that_touch_these_lines_run_and_no_others(
    engine: Client, lines: tuple[int, int] | None, ran: list[int]
) -> None:
    assert run_part(engine, None, PROGRAM.replace("loss.backward()\n", ""), fresh=True).error is None
    start = len(engine.events)
    assert run_part(engine, lines).error is None
    assert lines_that_ran(engine, start) == ran


def test_what_is_being_written_elsewhere_does_not_matter_to_a_part(engine: Client) -> None:
    text = "x = 5\ndef unfinished(:\ny = x + 1\n"
    assert run_part(engine, (1, 1), text, fresh=True).error is None
    start = len(engine.events)
    assert run_part(engine, (3, 3), text).error is None
    assert [event.result.text for event in engine.waited_for(start) if isinstance(event, m.StatementDone)] == ["6"]
    error = run_part(engine, (1, 2), text).error
    assert error is not None and error.type_name == "SyntaxError" and error.place is not None
    assert error.place.line == 2


def test_an_error_in_a_part_is_on_its_own_line(engine: Client) -> None:
    error = run_part(engine, (12, 12), fresh=True).error
    assert error is not None and error.place is not None
    assert (error.type_name, error.place.line, error.place.text) == ("NameError", 12, "hidden")


def test_a_pass_of_a_part_is_checked_by_all_that_ran_before_it(engine: Client) -> None:
    """Each part again with its own random numbers: w and noise are what they were, though others were drawn since."""
    run_part(engine, (1, 4), fresh=True)
    run_part(engine, (99, 99), PROGRAM + "\n" * 85 + "torch.rand(7)")
    run_part(engine, (5, 10))
    run_part(engine, (11, 13))
    graph = [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]
    node = next(one.id for one in graph.nodes if one.name == "TanhBackward0")
    found = engine.ask(CheckDifferences(graph=graph.id, node=node)).found
    assert found.status == "agrees" and found.n_compared == 6, found


def test_a_whole_run_forgets_the_parts_before_it(engine: Client) -> None:
    run_part(engine, (1, 1), "import torch; w = torch.ones(2, requires_grad=True)", fresh=True)
    run_part(engine, None, "loss = (w * w).sum()\nloss.backward()\n")
    graph = [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]
    node = next(one.id for one in graph.nodes if one.name == "MulBackward0")
    found = engine.ask(CheckDifferences(graph=graph.id, node=node)).found
    assert found.status == "unchecked" and found.reason is not None
    assert found.reason.code == "again.failed" and "w" in found.reason.text
