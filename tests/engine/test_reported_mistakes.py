"""A mistake that people report is told with its line and its cause, and nothing is once it is mended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from tests.engine import (
    reported_averages,
    reported_losses,
    reported_mistakes,
    reported_networks,
    reported_operands,
    reported_pairs,
    reported_places,
    reported_sequences,
)
from tests.engine.client import Client
from tests.engine.noticed import notices
from tests.engine.reported_mistakes import ERRORS
from tests.engine.reported_programs import HEAD

ROOMS = (
    reported_mistakes,
    reported_losses,
    reported_networks,
    reported_pairs,
    reported_places,
    reported_operands,
    reported_averages,
    reported_sequences,
)
MISTAKES = {name: mistake for room in ROOMS for name, mistake in room.MISTAKES.items()}
FINE = {name: program for room in ROOMS for name, program in room.FINE.items()}


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_its_cause(engine: Client, name: str) -> None:
    mistake = MISTAKES[name]
    found = {notice.said.code: notice for notice in notices(engine, mistake.program)}
    assert mistake.code in found, found
    told = found[mistake.code]
    assert (told.place.line if told.place is not None else 0) == mistake.line
    assert mistake.words in told.said.text


@pytest.mark.parametrize("name", MISTAKES)
def test_of_the_same_program_mended_nothing_is_told(engine: Client, name: str) -> None:
    program, wrong, right = MISTAKES[name][:3]
    assert program.count(wrong) == 1
    assert notices(engine, program.replace(wrong, right)) == ()


@pytest.mark.parametrize("name", FINE)
def test_of_what_only_looks_like_one_nothing_is_told(engine: Client, name: str) -> None:
    assert notices(engine, FINE[name]) == ()


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_names_its_cause_and_mended_there_is_none(engine: Client, name: str) -> None:
    program, wrong, right, sentence = ERRORS[name]
    finished = engine.run(HEAD + program)[-1]
    assert isinstance(finished, m.Finished) and finished.error is not None
    assert finished.error.sentence == sentence
    assert program.count(wrong) == 1
    notices(engine, program.replace(wrong, right))


def test_a_rate_of_nan_is_not_told_as_one_of_zero(engine: Client) -> None:
    program = """\
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(12):
    opt.param_groups[0]["lr"] = float("nan")
    opt.zero_grad(); net(torch.ones(2)).sum().backward(); opt.step()
"""
    assert [notice.said.code for notice in notices(engine, program)] == ["notice.loss_not_finite"]
