"""The debugger over a training loop on a CUDA device: the same bits, passes, stops and numbers as without one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from engine.protocol import messages as m
from engine.protocol.breakpoints import AllZero, Anywhere, AtOperation, AtPass, Breakpoint, NotFinite
from engine.protocol.graph_values import Graph
from engine.protocol.keys import NodeGradKey, NodeValueKey
from engine.protocol.until import UntilEnd, UntilNext, UntilPass, UntilProgramEnd
from tests.engine.asking import DEFECT
from tests.engine.client import Client, of_kind, printed

DEVICE = "cuda"
pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA device")
LOOP = f"""\
import torch
torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1)).to("{DEVICE}")
x = torch.randn(16, 4, device="{DEVICE}")
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
told = []
for i in range(6):
    optimizer.zero_grad()
    loss = net(x).square().mean()
    loss.backward()
    norm = sum(p.grad.double().square().sum() for p in net.parameters()).sqrt()
    told.append((loss.item(), norm.item()))
    optimizer.step()
print("bits", [p.grad.double().sum().item().hex() for p in net.parameters()], told)
"""
NAN = f"""\
import torch
w = torch.tensor([1.0, 0.0], device="{DEVICE}", requires_grad=True)
for i in range(5):
    scale = torch.tensor([1.0, 1.0 if i < 3 else 0.0], device="{DEVICE}")
    y = torch.log(scale)
    loss = (w * y).sum()
    loss.backward()
"""
SQUARE_ROOT = f"""\
import torch
w = torch.zeros(2, device="{DEVICE}", requires_grad=True)
loss = torch.sqrt(w * w).sum()
loss.backward()
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client(fresh=True) as client:  # CUDA starts threads that no fork would have
        client.run(f"import torch\ntorch.ones(2, device='{DEVICE}', requires_grad=True).sum().backward()", timeout=120)
        yield client


@pytest.fixture(scope="module")
def plain(engine: Client) -> str:
    return _bits(engine.run(LOOP))


def _bits(events: list[m.Event]) -> str:
    assert isinstance(events[-1], m.Finished) and events[-1].error is None, events[-1]
    return next(line for line in printed(events).splitlines() if line.startswith("bits"))


def _held_runs(engine: Client, text: str, until: list[object], **how: bool) -> tuple[list[m.Event], list[int]]:
    """Everything of a run that is let go as `until` says, which is over before it; the numbers of the passes held."""
    start, held = len(engine.events), list[int]()
    engine.start(text, **how)  # type: ignore[arg-type]
    while True:
        event = engine.wait(m.Event, where=lambda e: isinstance(e, m.Finished | m.BackwardProgress))
        if isinstance(event, m.Finished):
            return engine.waited_for(start), held
        if event.state.status == "paused":
            held.append(event.state.pass_index)
            engine.send(m.Step(until=until.pop(0) if until else UntilProgramEnd()))  # type: ignore[arg-type]


def test_every_node_of_every_pass_is_stepped_with_the_bits_of_a_plain_run(engine: Client, plain: str) -> None:
    events, held = _held_runs(engine, LOOP, [UntilNext()] * 1000, step=True)
    assert _bits(events) == plain and sorted(set(held)) == [1, 2, 3, 4, 5, 6]


def test_marks_have_the_losses_and_norms_of_the_program(engine: Client, plain: str) -> None:
    events = engine.run(LOOP)
    marks = {mark.index: mark for news in of_kind(events, m.Passes) for mark in news.marks}
    told = eval(plain.partition("] ")[2])
    assert [marks[index].loss for index in range(1, 7)] == [loss for loss, _ in told]
    for index, (_, norm) in enumerate(told, 1):
        assert not marks[index].is_measured or marks[index].norm == pytest.approx(norm, rel=1e-6)


def test_a_pass_of_a_number_is_run_to(engine: Client, plain: str) -> None:
    events, held = _held_runs(engine, LOOP, [UntilPass(4)], step=True)
    assert _bits(events) == plain and held == [1, 4]


@pytest.mark.parametrize(
    ("breakpoint", "passes"),
    [
        (Breakpoint(1, AtOperation("TanhBackward0")), [1, 2, 3, 4, 5, 6]),
        (Breakpoint(1, AtPass(5)), [5]),
        (Breakpoint(1, Anywhere(), AllZero()), []),
        (Breakpoint(1, Anywhere(), NotFinite()), []),
    ],
)
def test_breakpoints_hold_a_plain_run_where_they_say_and_change_no_bit(
    engine: Client, plain: str, breakpoint: Breakpoint, passes: list[int]
) -> None:
    engine.send(m.SetBreakpoints(breakpoints=(breakpoint,)))
    events, held = _held_runs(engine, LOOP, [UntilEnd()] * 20)
    engine.send(m.SetBreakpoints(breakpoints=()))
    assert _bits(events) == plain and held == passes


def test_an_earlier_pass_opens_with_its_values_and_gradients(engine: Client, plain: str) -> None:
    engine.run(LOOP)
    opened = engine.ask(m.OpenPass(index=2))
    assert isinstance(opened, m.PassOpened), opened
    loss = next(node for node in opened.graph.nodes if node.variable == "loss")
    value = engine.ask(m.AskDetails(key=NodeValueKey(loss.id, 0)))
    gradient = engine.ask(m.AskDetails(key=NodeGradKey(loss.id, 0)))
    told = eval(plain.partition("] ")[2])
    assert value.details.summary.minimum == pytest.approx(told[1][0])
    assert gradient.details.summary.minimum == 1


def test_a_program_is_held_where_a_number_first_is_not_finite(engine: Client) -> None:
    engine.start(NAN, pause_on_nan=True)
    found = engine.wait(m.Held).found
    assert found is not None and found.source is not None
    assert (found.source.line, found.brief) == (5, "log of 0")
    assert [(cell.index, cell.texts) for cell in found.cells] == [((1,), ("0", "-inf"))]
    assert {row.name: row.text for row in engine.ask(m.AskVariables()).rows}["i"] == "3"
    engine.send(m.Step(until=UntilProgramEnd()))
    engine.wait(m.Finished)


def test_a_pass_is_held_at_the_node_that_made_a_nan(engine: Client) -> None:
    engine.start(SQUARE_ROOT, pause_on_nan=True)
    graph = engine.wait(m.GraphShown).graph
    state = engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused").state
    assert _name(graph, state.current) in ("SqrtBackward0", "MulBackward0")
    engine.send(m.Step(until=UntilProgramEnd()))
    engine.wait(m.Finished)


def test_what_is_asked_of_a_node_is_answered(engine: Client) -> None:
    engine.run(LOOP)
    graph = of_kind(engine.events, m.GraphShown)[-1].graph
    for node in graph.nodes:
        if node.is_input:
            continue
        for kind in (m.AskRule, m.AskFlow, m.AskSaved, m.AskCell, m.AskWhy, m.AskViews, m.AskAccount):
            answer = engine.ask(kind(graph=graph.id, node=node.id))
            assert not isinstance(answer, m.Failed) or answer.code != DEFECT, (node.name, answer)
    tanh = next(node for node in graph.nodes if node.name == "TanhBackward0")
    (operand,) = engine.ask(m.AskRule(graph=graph.id, node=tanh.id)).rule.operands
    assert operand.is_checked, operand


def _name(graph: Graph, node: int) -> str:
    return next(known.name for known in graph.nodes if known.id == node)
