"""The variables of functions, where the program is held or has failed inside of them."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.program.locals import Locals, Told
from engine.protocol import messages as m
from engine.protocol.keys import VariableKey
from engine.protocol.program_values import Variable
from tests.engine.client import Client

FAILS = """\
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(8, 16), nn.Linear(32, 4)
    def forward(self, x):
        hidden = torch.relu(self.a(x))
        kept = [hidden, 3]
        file = open(__file__)
        return self.b(hidden * 2)
def main(n):
    net = Net()
    net(torch.ones(n, 8))
main(5)
"""
TRAINS = """\
import torch
def loss_of(w, target):
    scale = torch.tensor(2.0)
    def inner(error):
        loss = (error * scale).sum()
        loss.backward()
        return loss
    return inner((w - target) ** 2)
def main():
    w = torch.ones(3, requires_grad=True)
    for step in range(2):
        loss_of(w, torch.zeros(3))
    return w
result = main()
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def rows(engine: Client) -> dict[str, Variable]:
    return {row.name: row for row in engine.ask(m.AskVariables()).rows}


def test_where_a_program_failed_the_variables_of_its_functions_are_there(engine: Client) -> None:
    engine.run(FAILS)
    found = rows(engine)
    assert [name for name in found if "()" in name] == [
        "Net.forward().self", "Net.forward().x", "Net.forward().hidden", "Net.forward().kept", "Net.forward().file",
        "main().n", "main().net",
    ]  # fmt: skip
    hidden = found["Net.forward().hidden"].summary
    assert hidden is not None and hidden.shape == (5, 16)
    assert found["main().n"].text == "5" and found["Net.forward().file"].kind == "TextIOWrapper"
    details = engine.ask(m.AskDetails(key=VariableKey("Net.forward().kept.0"))).details
    assert details.summary.shape == (5, 16)
    assert engine.ask(m.AskDetails(key=VariableKey("main().net.a.weight"))).details.summary.shape == (16, 8)


def test_the_graph_of_what_a_failed_function_had_computed_is_shown_and_can_be_stepped(engine: Client) -> None:
    engine.run(FAILS)
    graph = [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]
    assert graph.output == "Net.forward().hidden"
    assert {node.name for node in graph.nodes} >= {"ReluBackward0", "AddmmBackward0"}


def test_they_are_gone_with_the_next_run(engine: Client) -> None:
    engine.run(FAILS)
    assert any("()" in name for name in rows(engine))
    engine.run("x = 1")
    assert not any("()" in name for name in rows(engine))
    assert isinstance(engine.ask(m.AskDetails(key=VariableKey("main().net.a.weight"))), m.Failed)


def test_while_a_pass_is_held_they_are_those_of_the_functions_that_wait(engine: Client) -> None:
    engine.start(TRAINS, step=True)
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    found = rows(engine)
    assert [name for name in found if "()" in name] == [
        "inner().error", "inner().loss", "inner().scale", "loss_of().w", "loss_of().target", "loss_of().scale",
        "main().w", "main().step",
    ]  # fmt: skip
    assert found["main().step"].text == "0" and "result" not in found
    engine.send(m.Step(until=m.UntilNext()))
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    assert "inner().loss" in rows(engine)
    engine.send(m.AbortBackward())
    engine.wait(m.Finished)


def test_a_recursion_has_a_name_for_each_and_twenty_at_most() -> None:
    local = Locals({__file__})

    def down(n: int) -> None:
        if n:
            down(n - 1)
        else:
            raise ValueError

    try:
        down(30)
    except ValueError as error:
        local.fail(error.__traceback__)
    names = list(local.functions)
    assert names[:2] == ["down()", "down#2()"] and len(names) == 20
    assert [local.functions[name]["n"] for name in names[:3]] == [0, 1, 2]


KEEPS = """
def fails(path, tensor, own):
    handle = path.open("w")
    handle.write("text")
    many = [own]
    raise ValueError
"""


class Own:
    pass


def test_of_a_failed_function_no_file_and_no_object_is_kept(tmp_path: Path) -> None:
    local, tensor, own = Locals({"keeps.py"}), torch.ones(2), Own()
    living, space = weakref.ref(own), dict[str, Any]()
    exec(compile(KEEPS, "keeps.py", "exec"), space)
    try:
        space["fails"](tmp_path / "a", tensor, own)
    except ValueError as error:
        local.fail(error.__traceback__)
    del own
    names = local.functions["fails()"]
    assert living() is None and (tmp_path / "a").read_text() == "text"
    assert names["tensor"] is tensor
    assert all(isinstance(names[name], Told) for name in ("path", "own", "handle", "many"))
    local.forget()
    assert local.functions == {}
