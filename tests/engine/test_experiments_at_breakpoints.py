"""What is tried in a pass that ran on and that a breakpoint holds is what is tried in one that is stepped."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
import torch

from engine.autograd.passes.sums_so_far import SumsSoFar
from engine.protocol import messages as m
from engine.protocol.backward_values import Edit
from engine.protocol.breakpoints import AtLine, Breakpoint
from engine.protocol.until import UntilEnd, UntilProgramEnd
from tests.engine.client import Client

# A table that is tied: what goes to it from the last product waits, in float32 10 MB of 40,000 rows and 128 kB of 500,
# until what goes to it from the first comes.
TIED = """\
import torch, torch.nn.functional as F
torch.manual_seed(0)
table = torch.randn({rows}, 64, requires_grad=True)
ids = torch.randint(0, {rows}, (16,))
h = torch.tanh(table[ids] * 1.5)
out = h @ table.t()
loss = {loss}
loss.backward()
"""
LOSSES = {
    "one": "F.cross_entropy(out, ids)",
    "two": "F.cross_entropy(out, ids) + ((h + 1) @ (table * 1.5).t()).pow(2).mean()",
    "four": "out.sin().sum() + (h @ table.t()).pow(2).mean() + (table * table).mean() + (h @ table.exp().t()).mean()",
}


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def tried(engine: Client, text: str, *, step: bool) -> list[tuple[str, float | None, float | None, float | None]]:
    """(name, norm before, after, of the difference) of each node behind the one at which line 5 holds the pass."""
    engine.send(m.SetBreakpoints(breakpoints=(Breakpoint(1, AtLine(5)),)))
    start = len(engine.events)
    run = engine.start(text, step=step)
    state = engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused").state
    if not state.hits:
        engine.send(m.Step(until=UntilEnd()))
        state = engine.wait(m.BackwardProgress, where=lambda event: bool(event.state.hits)).state
    graph = [event.graph for event in engine.events[start:] if isinstance(event, m.GraphShown)][-1]
    answer = engine.ask(m.TryGradient(graph=graph.id, node=state.current, edit=Edit("scale", 2.0)))
    engine.send(m.SetBreakpoints(breakpoints=()))
    engine.send(m.Step(until=UntilProgramEnd()))
    assert engine.end_of(run).error is None
    assert isinstance(answer, m.ExperimentTried), answer
    names = {node.id: node.variable or node.name for node in graph.nodes}
    found = answer.tried
    return [
        (names[node], *norms) for node, *norms in zip(found.nodes, found.old, found.new, found.difference, strict=True)
    ]


@pytest.mark.parametrize("rows", [500, 40_000])
@pytest.mark.parametrize("name", LOSSES)
def test_what_waits_at_a_leaf_is_known_where_a_breakpoint_holds_a_pass_that_ran_on(engine: Client, name, rows) -> None:
    text = TIED.format(rows=rows, loss=LOSSES[name])
    held = tried(engine, text, step=False)
    assert held == tried(engine, text, step=True)
    assert "table" in [name for name, *_ in held]


@pytest.mark.parametrize(
    ("loss", "n_parts"),
    [
        ("(w * 2).sum() + (w.sin() * 3).sum() + w.exp().sum()", 3),
        ("w.exp().sum() + (w * w).sum()", 3),
        ("w.exp().sum()", 1),
    ],
)
def test_a_sum_that_waits_is_known_while_the_engine_adds_to_it_in_place(loss, n_parts) -> None:
    w = torch.ones(300, 10, requires_grad=True)
    root, sums, places, known = eval(loss, {"w": w}), SumsSoFar(), [], []
    nodes = [root.grad_fn]
    for node in nodes:
        nodes += [below for below, _ in node.next_functions if below is not None and below not in nodes]

    def look(slots, sent, arrived):
        for slot in slots:
            sums.hand((0, 0), sent[slot])
            places.append(sent[slot].data_ptr())

    def arrive(gradients):
        known.append((gradients[0].data_ptr(), sums.take()))

    for node in nodes:
        slots = [slot for slot, (below, _) in enumerate(node.next_functions) if getattr(below, "variable", None) is w]
        if slots:
            node.register_hook(functools.partial(look, slots))
    next(node for node in nodes if getattr(node, "variable", None) is w).register_prehook(arrive)
    root.backward()
    ((arrived, found),) = known
    assert len(places) == n_parts and arrived in places  # the others were added to one of them
    assert [(n, so_far.data_ptr()) for n, so_far in found.values()] == [(n_parts, arrived)]


def test_a_sum_that_the_engine_made_anew_is_not_known() -> None:
    sums, kept = SumsSoFar(), [torch.ones(3), torch.ones(3)]
    for one in kept:  # somebody else has them, too: the engine adds to neither
        sums.hand((0, 0), one)
    assert sums.take() == {}
    sums.hand((0, 0), kept[0])
    sums.arrive(0, 1)
    assert sums.take() == {}
