"""Gradients beside finite differences: what agrees, what does not and where, and what is not compared and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.autograd.again.replay import Constants, Replay
from engine.autograd.again.tape import Tape
from engine.autograd.differences.pace import Pace
from engine.autograd.differences.slope import slope
from engine.protocol import messages as m
from engine.protocol.differences import (
    CancelDifferences,
    CheckDifferences,
    Differences,
    DifferencesProgress,
    DifferencesShown,
)
from engine.protocol.graph_values import Graph
from tests.engine.client import Client
from tests.engine.copies import STAYS_IN_A_COPY, kill, living, wait_for_the_end_of

NETWORK = """import torch
import torch.nn.functional as F
torch.set_default_dtype(torch.float64)
net = torch.nn.Sequential(torch.nn.Linear(3, 6), torch.nn.Tanh(), torch.nn.Dropout(0.5), torch.nn.Linear(6, 2))
x = torch.randn(4, 3)
loss = F.cross_entropy(net(x), torch.tensor([0, 1, 1, 0]))
loss.backward()
torch.set_default_dtype(torch.float32)
"""
WRONG = """import torch
class Scale(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 3
    @staticmethod
    def backward(ctx, gradient):
        return gradient * 2
w = torch.randn(3, 4, requires_grad=True)
h = torch.tanh(torch.randn(5, 3) @ w)
k = Scale.apply(h)
loss = (k.view(10, 2) ** 2).mean()
loss.backward()
"""
CUT = """import torch
w = torch.randn(3, 4, requires_grad=True)
h = torch.tanh(torch.randn(5, 3) @ w)
n = w.detach().norm()
loss = (h ** 2).mean() / n
loss.backward()
"""

SUM = "loss = w.sum()\nloss.backward()\n"


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def shown(engine: Client, text: str) -> Graph:
    """The graph on screen once a program has ended, which draws the same numbers in every run of the tests."""
    engine.run(text.replace("import torch\n", "import torch; torch.manual_seed(0)\n", 1))
    finished = [event for event in engine.events if isinstance(event, m.Finished)][-1]
    assert finished.error is None, finished.error
    return [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]


def checked(engine: Client, graph: Graph, **fields: Any) -> Differences:
    """What a check of the first node with these fields finds."""
    node = next(one.id for one in graph.nodes if all(getattr(one, key) == value for key, value in fields.items()))
    answer = engine.ask(CheckDifferences(graph=graph.id, node=node))
    assert isinstance(answer, DifferencesShown), answer
    assert answer.found.reason is None or answer.found.reason.code != "engine.defect", answer.found.reason
    return answer.found


def stays(engine: Client) -> str:
    """A line at which only a copy stays."""
    return STAYS_IN_A_COPY.format(pid=engine.process.pid)


def words(found: Differences) -> str:
    """All that is said."""
    reason = () if found.reason is None else (found.reason,)
    return " ".join(one.text for one in (*reason, *found.said))


def leaf(leaf_name: str = "w") -> dict[str, Any]:
    """The fields of the node of a leaf."""
    return {"variable": leaf_name, "kind": "accumulate"}


def test_every_gradient_of_a_network_in_float64_agrees_to_nine_digits_with_its_dropout_held(engine):
    graph = shown(engine, NETWORK)
    for node in graph.nodes:
        if not node.is_input:
            found = checked(engine, graph, id=node.id)
            assert found.status == "agrees" and found.n_compared == found.n_cells, (node.name, found)
            assert found.relative_error < 1e-9
    first = checked(engine, graph, variable="net.0.weight", kind="accumulate")
    assert words(first) == "Random numbers, as those of a dropout, were those of the program."


def test_a_backward_that_is_not_the_derivative_is_named_with_its_line(engine):
    graph = shown(engine, WRONG)
    scale = next(node for node in graph.nodes if node.name == "ScaleBackward")
    assert checked(engine, graph, id=scale.id).status == "agrees"
    found = checked(engine, graph, **leaf())
    assert (found.status, found.culprit, found.n_differ) == ("differs", scale.id, 12)
    assert found.relative_error == pytest.approx(1 / 3, rel=1e-3)
    assert words(found).startswith("They part at k = ScaleBackward (line 11), a Function of the program: ")
    worst = found.cells[0]
    assert worst.kind == "differs" and worst.autograd == pytest.approx(worst.finite * 2 / 3, rel=1e-3)


def test_a_detach_that_cuts_a_way_to_the_loss_is_named_with_its_line(engine):
    found = checked(engine, shown(engine, CUT), **leaf())
    assert found.status == "differs"
    assert words(found).startswith("Autograd was cut off at line 4, where the program goes on without a graph")


def test_what_no_grad_cuts_is_named_too(engine):
    text = CUT.replace("n = w.detach().norm()", "with torch.no_grad(): n = w.norm()")
    assert words(checked(engine, shown(engine, text), **leaf())).startswith("Autograd was cut off at line 4")


def test_a_hook_that_changes_a_gradient_is_named_with_its_line(engine):
    text = "import torch\nw = torch.randn(4, requires_grad=True)\nh = w.exp()\nh.register_hook(lambda g: g * 2)\n"
    text += "loss = h.sum()\nloss.backward()\n"
    assert words(checked(engine, shown(engine, text), **leaf())).startswith("A hook (line 4) changes the gradient")


@pytest.mark.parametrize("tie", ["torch.relu(w).sum()", "w.abs().sum()", "torch.maximum(w, -w).sum()"])
def test_a_kink_is_no_disagreement_and_is_said(engine, tie):
    text = f"import torch\nw = torch.tensor([0.0, 1.0, -1.0], requires_grad=True)\nloss = {tie}\nloss.backward()\n"
    found = checked(engine, shown(engine, text), **leaf())
    assert (found.status, found.n_kinks, found.cells[0].kind, found.cells[0].cell) == ("agrees", 1, "kink", (0,))
    assert found.cells[0].left < found.cells[0].right
    assert words(found) == "1 of the cells lie at a kink or a jump: there is no one derivative."


def test_of_many_cells_some_are_compared_and_all_of_them_along_one_direction(engine):
    text = "import torch\nw = torch.randn(40, 40, requires_grad=True)\nloss = (w @ w).sin().mean()\nloss.backward()\n"
    found = checked(engine, shown(engine, text), **leaf())
    assert (found.status, found.n_compared, found.n_cells) == ("agrees", 64, 1600)
    assert found.direction_error is not None and found.direction_error < 1e-4


def test_a_gradient_that_is_wrong_in_one_cell_of_many_is_found_along_the_direction(engine):
    text = """import torch
w = torch.randn(40, 40, requires_grad=True)
h = w.sin()
def hook(gradient):
    gradient = gradient.clone()
    gradient[7, 7] += 100
    return gradient
h.register_hook(hook)
loss = h.sum()
loss.backward()
"""
    assert checked(engine, shown(engine, text), **leaf()).status == "differs"


def test_a_number_that_was_taken_out_is_held_and_said(engine):
    text = "import torch\nw = torch.tensor([2.0], requires_grad=True)\nif w.item() > 0:\n    y = w * 3\n"
    text += "loss = y.sum()\nloss.backward()\n"
    found = checked(engine, shown(engine, text), **leaf())
    assert found.status == "agrees" and words(found).startswith("A number is taken out of a tensor (line 3)")


def test_a_view_is_changed_and_what_it_is_a_view_of_is_not(engine):
    text = "import torch\nw = torch.randn(6, requires_grad=True)\nh = w * 1\nv = h.view(2, 3)\n"
    text += "loss = (v ** 2).sum() + (h ** 3).sum()\nloss.backward()\n"
    assert checked(engine, shown(engine, text), variable="v").status == "agrees"


def test_a_write_in_place_is_replayed(engine):
    text = "import torch\nw = torch.randn(6, requires_grad=True)\nh = w * 2\nh[1:3] = h[3:5].exp()\nh.mul_(w)\n"
    text += "loss = h.sum()\nloss.backward()\n"
    found = checked(engine, shown(engine, text), **leaf())
    assert found.status == "agrees" and found.relative_error < 1e-5


LOOP = """import torch
torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))
optimizer = torch.optim.Adam(net.parameters())
x = torch.randn(16, 4)
for step in range(50):
    optimizer.zero_grad()
    loss = ((net(x) - 1) ** 2).mean()
    loss.backward()
    optimizer.step()
"""


def test_the_newest_of_fifty_passes_and_an_earlier_one_are_each_compared_with_their_own_values(engine):
    graph = shown(engine, LOOP)
    assert checked(engine, graph, **leaf("net.0.weight")).status == "agrees"
    opened = engine.ask(m.OpenPass(index=3))
    found = checked(engine, opened.graph, **leaf("net.0.weight"))
    assert (found.status, found.n_compared) == ("agrees", 32)


def test_two_losses_over_one_forward_pass_are_compared_each(engine):
    text = (
        "import torch\nw = torch.randn(3, requires_grad=True)\nh = w.exp()\nfirst = h.sum()\nsecond = (h ** 2).sum()\n"
    )
    text += "first.backward(retain_graph=True)\nsecond.backward()\n"
    graph = shown(engine, text)
    for node in graph.nodes:
        assert checked(engine, graph, id=node.id).status == "agrees"


REASONS = {
    "The forward pass is random, or depends on something outside:": "s = os.getpid() == PID\nloss = (w * s).sum()",
    "Complex numbers are not compared.": "w = torch.ones(2, dtype=torch.complex64, requires_grad=True)\n"
    "loss = (w * w.conj()).real.sum()",
    "The program writes notes.txt (line 3)": "open('notes.txt', 'a').close(); loss = w.sum()",
}


def test_at_a_function_of_the_program_it_is_said_that_its_own_backward_was_not_compared(engine):
    found = checked(engine, shown(engine, WRONG), name="ScaleBackward")
    assert found.status == "agrees"
    assert "What the backward of k = ScaleBackward (line 11) makes of it is not: check what it was given" in words(
        found
    )
    assert "differences.own_left_out" not in {
        one.code for one in checked(engine, shown(engine, WRONG), variable="h").said
    }


@pytest.mark.parametrize("reason", REASONS)
def test_what_is_not_compared_says_why(engine, reason, tmp_path):
    text = f"import torch, os\nw = torch.randn(2, requires_grad=True); os.chdir({str(tmp_path)!r})\n"
    text += f"PID = {engine.process.pid}; {REASONS[reason]}\nloss.backward()\n"
    said = words(checked(engine, shown(engine, text), **leaf()))
    assert said.startswith(reason), said


def test_an_input_without_a_gradient_has_nothing_to_compare_with(engine):
    text = "import torch\nx = torch.tensor([1, 2])\nw = torch.ones(2, requires_grad=True)\nloss = (x * w).sum()\n"
    graph = shown(engine, text + "loss.backward()\n")
    found = checked(engine, graph, variable="x")
    assert words(found) == "It takes no gradient, so there is nothing to compare with."


def test_a_check_that_is_cancelled_answers_that_it_was(engine):
    graph = shown(engine, f"import torch, os, threading\nw = torch.ones(2, requires_grad=True)\n{stays(engine)}" + SUM)
    request = engine.send(CheckDifferences(graph=graph.id, node=graph.nodes[0].id))
    engine.wait(DifferencesProgress)
    engine.send(CancelDifferences())
    answer = engine.answer(request)
    assert words(answer.found) == "The check was cancelled."


def test_a_copy_that_is_killed_in_the_midst_of_a_check_is_said_to_have_ended_and_the_next_check_is_made(engine):
    graph = shown(engine, f"import torch, os, threading\nw = torch.ones(2, requires_grad=True)\n{stays(engine)}" + SUM)
    before = living(engine)
    request = engine.send(CheckDifferences(graph=graph.id, node=graph.nodes[0].id))
    engine.wait(DifferencesProgress)
    (copy,) = living(engine) - before
    kill(copy)
    answer = engine.answer(request)
    assert words(answer.found) == "The copy of the engine ended before it was done: memory may have run out."
    wait_for_the_end_of(living(engine) - before)
    assert checked(engine, shown(engine, NETWORK), variable="net.0.weight").status == "agrees"


def test_a_check_tells_how_long_it_takes_yet(engine):
    slow = "w = torch.randn(300, 300, requires_grad=True)\nv = w / 20\nfor _ in range(12):\n    v = v @ w / 20\n"
    graph = shown(engine, f"import torch\ntorch.manual_seed(0)\n{slow}loss = v.sum()\nloss.backward()\n")
    n_before = len(engine.events)
    request = engine.send(CheckDifferences(graph=graph.id, node=graph.nodes[-1].id))
    assert engine.answer(request).found.status == "agrees"
    told = [event for event in engine.events[n_before:] if isinstance(event, DifferencesProgress)]
    assert [event.left_s > 0 for event in told if event.stage == "running"] == [True]
    lefts = [event.left_s for event in told if event.stage == "comparing" and event.left_s is not None]
    assert lefts and lefts[0] > lefts[-1] >= 0 and all(event.n_cells == 64 for event in told[2:])


# -- the parts


def test_the_pace_of_a_comparison_is_that_of_its_evaluations_so_far():
    now, told = [0.0], []
    pace = Pace(10, 3.0, lambda n_done, left_s: told.append((n_done, left_s)), lambda: now[0])

    def evaluation(seconds):
        pace.begin()
        for share in (0.5, 1.0):
            now[0] += seconds / 2
            pace.step(share)
        pace.end()

    evaluation(4.0)  # at the value: two along a direction follow, and one cell at least
    assert told == [(0, 2 + 8 + 8), (0, 0 + 8 + 8)]
    evaluation(2.0)
    evaluation(2.0)
    pace.begin_cells(3.0)
    told.clear()
    evaluation(0.5)
    evaluation(0.5)
    assert pace.cell_done() and told[-1] == (0, pytest.approx(2.0))  # of the budget, which 10 cells would pass
    evaluation(1.5)
    evaluation(1.5)
    assert not pace.cell_done() and told[-1][1] == 0.0


CHAIN = {
    "sin": torch.sin,
    "view": lambda x: x.view(-1),
    "square": lambda x: x * x,
    "transpose": lambda x: x.view(2, 3).t().reshape(-1),
    "in place": lambda x: x.clone().mul_(2),
    "slice": lambda x: torch.cat([x[1:], x[:1] * 2]),
    "softmax": lambda x: x.softmax(0),
}


@given(st.lists(st.sampled_from(sorted(CHAIN)), min_size=1, max_size=5), st.integers(0, 2**31 - 1))
def test_a_replay_gives_the_derivative_that_autograd_gives_through_any_chain(names, seed):
    torch.manual_seed(seed)
    x = torch.randn(6, dtype=torch.float64, requires_grad=True)
    tape = Tape({__file__}, 1 << 20, pytest.fail)
    with tape:
        tape.is_on = True
        y = x
        for name in names:
            y = CHAIN[name](y)
        root = y.sum()
    (expected,) = torch.autograd.grad(root, x)
    tag = (id(x), -1)
    replay = Replay(tape, tag, tape.uses[tag], [tape.ref(root)], Constants(tape, torch.float64))
    at = replay.run(x.detach())[0].item()
    assert at == root.item()
    for cell in range(6):
        step = torch.zeros(6, dtype=torch.float64)
        step[cell] = 1
        found = slope(
            lambda shift, step=step: replay.run(x.detach() + shift * step)[0].item(), at, expected[cell], 1e-7
        )
        assert found.kind == "smooth" and found.allows(float(expected[cell]), 1e-7)


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_the_slopes_of_both_sides_tell_a_kink(left, right):
    found = slope(lambda shift: shift * (right if shift > 0 else left), 0.0, 100.0, 1e-3)
    assert (found.kind == "kink") == (abs(left - right) > 1e-3)
    assert found.allows((left + right) / 2, 1e-3)


def test_a_jump_is_no_slope():
    assert slope(lambda shift: float(shift > 0), 0.0, 0.0, 1e-3).kind == "jump"
