"""What a program's own classes see, and what it computes and raises, is what they see in plain Python, whatever is
asked of each variable and node while it is recorded, or held at each node."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.protocol import messages as m
from engine.protocol.keys import NodeGradKey, VariableKey
from engine.protocol.until import UntilNext
from tests.engine.asking import Asked
from tests.engine.client import Client, of_kind, printed
from tests.engine.foreign_programs import HEAD, PROGRAMS
from tests.warm import run_plain

Plain = dict[str, tuple[str, list[str]]]


@pytest.fixture(scope="module")
def plain() -> Plain:
    """What each program prints and raises in plain Python."""
    done = run_plain("tests.engine.plain_programs")
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def _ways() -> list[Any]:
    """Each program recorded and held; one without a pass is held nowhere."""
    ways = [
        (name, step)
        for name in PROGRAMS
        for step in (False, True)
        if not step or "grad(" in PROGRAMS[name] or "backward" in PROGRAMS[name]
    ]
    return [pytest.param(name, step, id=f"{name}-{'held' if step else 'recorded'}") for name, step in ways]


@pytest.mark.parametrize(("name", "step"), _ways())
def test_a_program_prints_and_raises_what_it_does_in_plain_python(plain: Plain, name: str, step: bool) -> None:
    output, errors = plain[name]
    asked = Asked((HEAD + PROGRAMS[name]).split("#---\n"), step=step)
    assert asked.output == output
    assert len(asked.errors) == len(errors)
    for ours, theirs in zip(asked.errors, errors, strict=True):
        assert bool(ours) == bool(theirs) and ours.endswith(theirs)
    assert not asked.defects


STALE = HEAD + "a = torch.randn(4, requires_grad=True)\nx = a * 1\np, q = x.split(2)\nx.add_(1)\nloss = x.sum()\n"


def test_a_stale_view_is_a_row_with_its_numbers_that_says_why_it_has_no_grad_fn() -> None:
    with Client() as engine:
        assert engine.run(STALE + "loss.backward()\n")[-1].error is None
        rows = {row.name: row for row in engine.ask(m.AskVariables()).rows}
        assert rows["p"].summary.line.startswith("(2,) f32 x∈[")
        assert rows["p"].summary.grad_fn == "cannot be read: the tensor that it is a view of was written to since"
        assert rows["x"].summary.grad_fn == "AddBackward0" and rows["loss"].node >= 0


WRAPPER = (
    HEAD
    + """from torch.utils._pytree import tree_map
class W(torch.Tensor):
    @staticmethod
    def __new__(cls, t, requires_grad=False):
        return torch.Tensor._make_wrapper_subclass(cls, t.shape, dtype=t.dtype, requires_grad=requires_grad)
    def __init__(self, t, requires_grad=False): self.t = t
    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        un = lambda a: a.t if isinstance(a, W) else a
        wr = lambda a: W(a) if isinstance(a, torch.Tensor) else a
        return tree_map(wr, func(*tree_map(un, args), **tree_map(un, kwargs or {})))
w = W(torch.ones(3), requires_grad=True)
loss = (w * 2).sum()
loss.backward()
"""
)


def test_a_class_that_keeps_its_elements_itself_is_not_asked_for_them_and_that_is_said() -> None:
    with Client() as engine:
        engine.start(WRAPPER, step=True)
        engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
        graph = of_kind(engine.events, m.GraphShown)[-1].graph
        assert engine.ask(m.AskDetails(key=VariableKey("w"))).details.summary.line == (
            "(3,) f32 W keeps its elements itself"
        )
        said = "This tensor's elements cannot be shown: its class W keeps them itself."
        for question in (m.AskRectangle(key=VariableKey("w")), m.AskText(key=VariableKey("w"))):
            assert engine.ask(question).sentence == said
        root = NodeGradKey(graph.nodes[0].id)
        card = engine.ask(m.AskCards(graph=graph.id, nodes=(root.node,))).cards[0]
        assert card.gradient is None and card.gradient_note.why == "W keeps its elements itself"
        assert engine.ask(m.AskDetails(key=root)).sentence == (
            "This gradient cannot be shown: W keeps its elements itself."
        )
        engine.send(m.Step(until=UntilNext()))
        engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
        engine.send(m.Interrupt())
        engine.wait(m.Finished)


MAKES_NAN = {
    "SqrtBackward0": "loss = (w.sqrt() * 0).sum()",
    "PowBackward0": "h = w * 1\nloss = (h.log().exp() * h.pow(0.5)).sum()",
    "DivBackward0": "loss = (w * 2).div(w.sum()).mul(0).sum()",
    "AcosBackward0": "loss = torch.acos(w + 1).mul(0).sum()",
    "CopySlices": "h = w * 1\nh[0:2].sqrt_()\nloss = (h * 0).sum()",
}


@pytest.mark.parametrize("step", [False, True], ids=["recorded", "held"])
@pytest.mark.parametrize("name", MAKES_NAN)
def test_anomaly_mode_blames_the_node_that_made_the_nan(name: str, step: bool) -> None:
    text = f"import torch\nw = torch.zeros(3, requires_grad=True)\n{MAKES_NAN[name]}\n"
    with Client() as engine:
        engine.start(text + "with torch.autograd.detect_anomaly():\n    loss.backward()\n", step=step)
        while not isinstance(news := engine.wait(m.Event, where=_ends_or_pauses), m.Finished):
            engine.send(m.Step(until=UntilNext()))
        state = of_kind(engine.events, m.BackwardProgress)[-1].state
        graph = of_kind(engine.events, m.GraphShown)[0].graph
        assert state.status == "failed"
        assert next(node.name for node in graph.nodes if node.id == state.current) == name
        assert f"{name}' returned nan values" in news.error.sentence
        assert f"Error detected in {name}" in printed(engine.events, "stderr").replace("torch::autograd::", "")


def _ends_or_pauses(event: m.Event) -> bool:
    return isinstance(event, m.Finished) or (isinstance(event, m.BackwardProgress) and event.state.status == "paused")


def test_anomaly_mode_prints_the_frames_of_the_program_alone() -> None:
    text = "import torch\nw = torch.zeros(3, requires_grad=True)\nwith torch.autograd.detect_anomaly():\n"
    with Client() as engine:
        engine.run(text + "    loss = (w.sqrt() * 0).sum()\n    loss.backward()\n")
        warning = printed(engine.events, "stderr").partition("Error detected in SqrtBackward0.")[2]
    frames = [line for line in warning.splitlines() if line.startswith('  File "')]
    assert frames == ['  File "program.py", line 4, in <module>']
