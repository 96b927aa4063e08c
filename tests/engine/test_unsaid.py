"""Gradients that are missing, wrong or gone, as people report them: line and cause are told when the program has ended,
and nothing is told of programs that only look so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.autograd.passes.course import PassNumbers
from engine.autograd.unsaid.rising import endless_rise
from engine.protocol import messages as m
from tests.engine.client import Client
from tests.engine.noticed import notices
from tests.engine.reported_programs import HEAD, MEANT, TOLD


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


@pytest.mark.parametrize("name", TOLD)
def test_a_reported_gradient_is_told_with_its_line_and_its_cause(engine: Client, name: str) -> None:
    program, code, line, words = TOLD[name]
    found = {notice.said.code: notice for notice in notices(engine, program)}
    assert code in found, found
    told = found[code]
    assert (told.place.line if told.place is not None else 0) == line
    assert words in told.said.text


@pytest.mark.parametrize("name", MEANT)
def test_what_is_meant_is_not_told(engine: Client, name: str) -> None:
    assert notices(engine, MEANT[name]) == ()


def course(*losses: float) -> list[PassNumbers]:
    return [PassNumbers(place + 1, loss, loss) for place, loss in enumerate(losses)]


def test_a_loss_that_grows_without_end_is_told_from_where_it_begins_to_grow() -> None:
    rise = endless_rise(course(3.0, 1.0, 0.5, 0.6, 9.0, 200.0, 9e3, 2e6, float("nan")))
    assert rise is not None
    assert (rise.before.number, rise.first.number, rise.last.number) == (3, 4, 9)


@pytest.mark.parametrize(
    "losses",
    [
        (1.0, 0.9, 0.8),
        (1.0, 50.0, 2000.0, 3.0, 0.5, 0.4, 0.3, 0.2),
        (1e-6, 0.5, 0.9, 0.3, 0.7, 0.2, 0.8, 0.4, 0.6, 0.9, 0.3, 0.2),
        (-1.0, 10.0, 1e3, 1e6, 1e9),
        (1.0, float("nan"), float("nan")),
    ],
)
def test_a_loss_that_falls_comes_back_or_jumps_about_is_no_endless_rise(losses: tuple[float, ...]) -> None:
    assert endless_rise(course(*losses)) is None


def test_a_variable_that_was_frozen_says_by_which_line(engine: Client) -> None:
    notices(engine, "w = torch.ones(3, requires_grad=True)\nw.requires_grad = False\nx = w * 2\n")
    why = engine.ask(m.AskWhy(name="w")).why
    assert why.said[0].text == (
        "w.grad is None: since w.requires_grad at line 6 w does not require a gradient. Leave that out where it is to "
        "be trained."
    )


def test_a_frozen_optimizer_that_another_program_has_left_behind_is_not_told_again(engine: Client) -> None:
    left = "body = nn.Linear(2, 2).requires_grad_(False)\nopt = torch.optim.SGD(body.parameters(), lr=0.1)\n"
    assert [notice.said.code for notice in notices(engine, left + TWICE)] == ["notice.frozen_at"]
    finished = engine.run(HEAD + TWICE)[-1]
    assert isinstance(finished, m.Finished) and finished.notices == ()


@pytest.mark.parametrize(
    "damage",
    [
        "opt.param_groups = [{'params': None}]",
        "opt.param_groups = None",
        "opt.param_groups = [3, {}]",
        "del opt.param_groups",
        "opt.param_groups[0]['lr'] = 'high'",
        "opt.__dict__.clear()",
    ],
)
def test_an_optimizer_that_a_program_has_broken_takes_no_other_word_away(engine: Client, damage: str) -> None:
    program = (
        "w = torch.ones(2, requires_grad=True)\nx = torch.ones(3, requires_grad=True)\n"
        "opt = torch.optim.SGD([w], lr=0.1)\n(w * 2).sum().backward()\nopt.step()\n"
        "y = torch.zeros(3)\ny[torch.tensor([0, 0, 1])] = x * 2\ny.sum().backward()\n"
    )
    events = engine.run(HEAD + program + damage)
    assert not [event for event in events if isinstance(event, m.Failed)]
    assert isinstance(events[-1], m.Finished)
    assert "notice.repeated_index" in [notice.said.code for notice in events[-1].notices]
    engine.run("opt = None")


def test_an_optimizer_that_is_broken_raises_at_its_step_what_pytorch_raises(engine: Client) -> None:
    engine.run(HEAD + "w = torch.ones(2, requires_grad=True)\nopt = torch.optim.SGD([w], lr=0.1)\n")
    finished = engine.run("opt.param_groups = [{'params': None, **opt.defaults}]\nopt.step()")[-1]
    assert isinstance(finished, m.Finished) and finished.error is not None
    assert "'NoneType' object is not iterable" in str(finished.error)
    engine.run("opt = None")


TWICE = "w = torch.ones(2, requires_grad=True)\nw.sum().backward()\n"
