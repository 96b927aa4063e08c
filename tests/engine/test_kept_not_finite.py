"""After a run, the first number that is not finite is told as it is when the program is held there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.keys import FoundKey
from engine.protocol.not_finite import Found
from engine.shared import language
from tests.engine.client import Client
from tests.engine.finite import found_in

HEAD = "import torch\nimport torch.nn.functional as F\ntorch.manual_seed(0)\n"
LEAF = "w = torch.tensor([[0.0, 1.0, -2.0], [4.0, 0.0, 0.5]], requires_grad=True)\n"
PROGRAMS = {
    "log": "loss = torch.log(w).sum()\n",
    "log of a class": "loss = -torch.log(F.softmax(w * 200, dim=1)).sum()\n",
    "root": "loss = (w * 1).sqrt().sum()\n",
    "division": "loss = (1 / w).sum()\n",
    "division of zeros": "loss = (w / w.relu()).sum()\n",
    "a mean of nothing": "loss = w[w > 100].mean()\n",
    "exponential": "loss = torch.exp(w * 100).sum()\n",
    "a row of -inf": "loss = F.softmax((w * 1).masked_fill(torch.ones(2, 3).bool(), float('-inf')), dim=-1).sum()\n",
    "a power": "loss = ((w * 1) ** 0.5).sum()\n",
    "half": "loss = (w.half() * 60000).float().sum()\n",
    "a distance": "loss = torch.sqrt(((w - w.detach()) ** 2).sum())\n",
    "a branch that is not taken": "loss = torch.where(w > 0, w.sqrt(), w).sum()\n",
    "a constant divides": "loss = (w * 1).div(torch.zeros(3)).sum()\n",
    "a root of what is no variable": "loss = torch.sqrt(w * 0).sum()\n",
    "a part of several": "loss = torch.sqrt(w.relu().unbind()[0]).sum()\n",
    "a base of zero": "loss = (w * 1).abs().pow(0.5).sum()\n",
}


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def told(engine: Client, program: str) -> m.FirstNotFinite:
    finished = engine.run(HEAD + LEAF + program + "loss.backward()\n")[-1]
    assert isinstance(finished, m.Finished) and finished.error is None, finished
    graph = [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]
    answer = engine.ask(m.AskFirstNotFinite(graph=graph.id))
    assert isinstance(answer, m.FirstNotFinite), answer
    return answer


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_cause_is_that_of_the_moment_itself(engine: Client, name: str) -> None:
    (live, *_), found = found_in(HEAD + LEAF + PROGRAMS[name] + "loss.backward()\n"), told(engine, PROGRAMS[name]).found
    assert found is not None and found.said == live.said and found.cure == live.cure
    assert (found.direction, found.kind, found.brief) == (live.direction, live.kind, live.brief)
    assert found.n_bad == live.n_bad
    assert [cell.index for cell in found.cells] == [cell.index for cell in live.cells]
    assert [cell.texts[-1] for cell in found.cells] == [cell.texts[-1] for cell in live.cells]
    assert found.source is not None and live.source is not None and found.source.line == live.source.line == 5


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("loss = torch.sqrt(w * 0).sum()\n", "w * 0"),
        ("loss = (w.relu() * 0).sqrt().sum()\n", "w.relu() * 0"),
        ("h = w * 0\nloss = torch.sqrt(h).sum()\n", "h"),
        ("loss = torch.sqrt(torch.where(w > 0, w.relu() * 0, w * 0)).sum()\n", "operand 1"),  # of 39 characters
    ],
)
def test_an_operand_of_a_node_is_called_as_the_program_writes_it(engine: Client, program: str, name: str) -> None:
    (live, *_), found = found_in(HEAD + LEAF + program + "loss.backward()\n"), told(engine, program).found
    assert found is not None
    for one in (live, found):
        assert one.direction == "backward"
        assert name in [part.name for part in one.parts] or f"gradient for {name}" in [part.name for part in one.parts]
        assert f"for {name} are " in one.said.text


def test_how_many_elements_are_bad_is_a_number_that_one_can_read() -> None:
    (found,) = found_in(HEAD + "w = torch.zeros(1200, requires_grad=True)\nloss = (1 / w).sum()\n")
    assert "1,200 of 1,200 elements of the result are Inf" in found.said.text
    language.use("pt_BR")
    try:
        assert "1.200 de 1.200 elementos" in language.said(found.said)
    finally:
        language.use(language.ENGLISH)


def test_its_tensors_can_be_asked_for_until_a_program_runs(engine: Client) -> None:
    found = told(engine, PROGRAMS["log"]).found
    assert isinstance(found, Found) and [part.is_made for part in found.parts] == [False, True]
    key = FoundKey(found.serial, 1)
    shown = engine.ask(m.AskDetails(key=key))
    assert isinstance(shown, m.Details) and shown.details.summary.n_inf == 2, shown
    engine.run("x = 1\n")
    gone = engine.ask(m.AskDetails(key=key))
    assert isinstance(gone, m.Failed) and gone.code == "found.gone", gone
