"""Graph, cards and stepping through the protocol: a real engine process, compared with PyTorch in this one."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np
import pytest
import torch

from engine.protocol import messages as m
from engine.protocol.backward_values import BackwardState
from engine.protocol.card_parts import CardParts
from engine.protocol.graph_values import Card, Graph
from engine.protocol.keys import NodeGradKey, NodeValueKey, VariableGradKey, VariableKey
from engine.protocol.notes import Copied
from engine.protocol.until import UntilEnd, UntilNext
from tests.engine.client import Client, of_kind, printed, results

PROGRAM = """import torch
torch.manual_seed(0)
x = torch.randn(4, 3)
W = torch.randn(3, 2, requires_grad=True)
b = torch.zeros(2, requires_grad=True)
h = torch.tanh(x @ W + b)
loss = h.square().mean()
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def reference() -> dict[str, torch.Tensor]:
    """The same program in this process, after loss.backward()."""
    names: dict[str, torch.Tensor] = {}
    exec(PROGRAM, names)
    names["h"].retain_grad()
    names["loss"].backward()
    return names


def shown(events: list[m.Event]) -> Graph:
    return of_kind(events, m.GraphShown)[-1].graph


def node_named(graph: Graph, name: str) -> int:
    return next(node.id for node in graph.nodes if node.name == name)


def pause(engine: Client) -> BackwardState:
    return engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused").state


def ended(engine: Client) -> BackwardState:
    return engine.wait(m.BackwardProgress, where=lambda event: event.state.status not in ("paused", "running")).state


def rows(engine: Client) -> dict[str, object]:
    return {row.name: row for row in engine.ask(m.AskVariables()).rows}


def test_after_a_run_the_graph_of_the_newest_loss_is_shown(engine: Client) -> None:
    graph = shown(engine.run(PROGRAM))
    assert graph.output == "loss"
    assert graph.outputs == ("loss", "h")
    names = [node.name for node in graph.nodes]
    expected = "MeanBackward0 PowBackward0 TanhBackward0 AddBackward0 MmBackward0 AccumulateGrad AccumulateGrad Tensor"
    assert sorted(names) == sorted(expected.split())
    assert graph.n_not_recorded == 0
    source = next(node.source for node in graph.nodes if node.name == "MmBackward0")
    assert (source.line, source.text) == (6, "x @ W")


def test_cards_hold_the_values_of_the_forward_pass(engine: Client) -> None:
    graph = shown(engine.run(PROGRAM))
    expected = reference()
    answer = engine.ask(m.AskCards(graph=graph.id, nodes=tuple(node.id for node in graph.nodes)))
    cards: dict[int, Card] = {card.node: card for card in answer.cards}
    tanh = cards[node_named(graph, "TanhBackward0")]
    assert tanh.value is not None and tanh.value.thumbnail is not None
    np.testing.assert_array_equal(tanh.value.thumbnail.array(), expected["h"].detach().numpy())
    assert tanh.value.thumbnail.rows <= 14 and tanh.value.thumbnail.columns <= 23
    assert tanh.gradient is None
    (bare,) = engine.ask(m.AskCards(graph=graph.id, nodes=(tanh.node,), parts=(CardParts.GRADIENT,))).cards
    assert bare == msgspec.structs.replace(tanh, value=None, parts=CardParts.GRADIENT)
    assert engine.ask(m.AskCards(graph=graph.id + 999, nodes=(0,))).cards == ()


def test_another_output_can_be_shown_and_stays_chosen(engine: Client) -> None:
    engine.run(PROGRAM)
    assert engine.ask(m.ShowGraph(output="h")).graph.output == "h"
    assert shown(engine.run(PROGRAM)).output == "h"
    assert engine.ask(m.ShowGraph(output="")).graph.output == "loss"
    assert shown(engine.run("h = None")).output == "loss"


def test_an_output_of_this_run_comes_before_an_older_loss() -> None:
    with Client() as engine:
        assert shown(engine.run(PROGRAM)).output == "loss"
        assert shown(engine.run("doubled = 2 * h")).output == "doubled"
        assert shown(engine.run("n = 3")).output == "loss"  # this run made none


def test_what_a_function_trained_stays_on_screen_when_it_has_returned(engine: Client) -> None:
    text = """
def train(model):
    for _ in range(3):
        error = model(torch.ones(4, 3)).square().mean()
        error.backward()
train(torch.nn.Linear(3, 2))
"""
    graph = shown(engine.run("import torch" + text))
    assert (graph.output, graph.n_nodes) == ("error", 6)


def test_the_newest_pass_stays_on_screen_though_an_older_loss_has_a_name(engine: Client) -> None:
    text = "w = torch.ones(3, requires_grad=True)\nloss = (w * w).sum()\nloss.backward()\nw.exp().mean().backward()"
    events = engine.run(f"import torch\n{text}")
    passes = [event.state for event in events if isinstance(event, m.BackwardProgress)]
    assert (shown(events).n_nodes, shown(events).id) == (3, passes[-1].graph)
    later = engine.run("later = w.sum()")
    assert shown(later).output == "later"


@pytest.mark.parametrize(
    ("held", "name"),
    [
        ("[w * 2, (w * w).sum()]", "held.1"),
        ("{'loss': (w * w).sum(), 'of each': w * w}", "held.loss"),
        ("Value((w * w).sum())", "held.data"),
        ("[Value(w * 2), Value(w.sum())]", "held.1.data"),
    ],
)
def test_a_graph_is_found_in_what_variables_lead_to(engine: Client, held: str, name: str) -> None:
    text = """
class Value:
    def __init__(self, data):
        self.data = data
w = torch.ones(3, requires_grad=True)
"""
    assert shown(engine.run(f"import torch{text}held = {held}")).output == name
    assert shown(engine.run("out = w.exp()")).output == "out"


def test_what_has_no_graph_says_why(engine: Client) -> None:
    engine.run(PROGRAM + "with torch.no_grad():\n    quiet = x @ W\nplain = x + 1")
    assert "under torch.no_grad()" in engine.ask(m.ShowGraph(output="quiet")).graph.reason.text
    assert engine.ask(m.ShowGraph(output="plain")).graph.reason
    missing = engine.ask(m.ShowGraph(output="missing"))
    assert isinstance(missing, m.Failed) and missing.sentence.startswith("There is no variable missing")
    engine.ask(m.ShowGraph(output=""))


def test_a_run_whose_outputs_were_all_cut_off_says_where() -> None:
    with Client() as engine:
        run = "import torch\nwith torch.no_grad():\n    w = torch.ones(3, requires_grad=True)\n    y = (w * 2).sum()"
        graph = shown(engine.run(run))
    assert graph.output == "y"
    assert graph.reason.text == (
        "y has no graph: w * 2 at line 4 ran under torch.no_grad(), or with gradients switched off; compute it outside "
        "of that."
    )


def test_gradients_of_a_backward_in_the_program_are_on_the_cards(engine: Client) -> None:
    events = engine.run(PROGRAM + "loss.backward()")
    expected = reference()
    assert events[-1].error is None
    graph = shown(events)
    nodes = {node.variable: node.id for node in graph.nodes}
    answer = engine.ask(m.AskCards(graph=graph.id, nodes=(nodes["h"], nodes["W"])))
    on_h, on_w = answer.cards
    np.testing.assert_array_equal(on_h.gradient.thumbnail.array(), expected["h"].grad.numpy())
    np.testing.assert_array_equal(on_w.grad.thumbnail.array(), expected["W"].grad.numpy())
    cells = engine.ask(m.AskRectangle(key=NodeGradKey(nodes["h"]))).rectangle.grid.array()
    np.testing.assert_array_equal(cells, expected["h"].grad.numpy())
    cells = engine.ask(m.AskRectangle(key=NodeValueKey(nodes["h"]))).rectangle.grid.array()
    np.testing.assert_array_equal(cells, expected["h"].detach().numpy())
    cells = engine.ask(m.AskRectangle(key=VariableGradKey("W"))).rectangle.grid.array()
    np.testing.assert_array_equal(cells, expected["W"].grad.numpy())


def test_a_backward_in_the_program_is_stepped(engine: Client) -> None:
    engine.start(PROGRAM + "loss.backward()\nprint('after')", step=True)
    state = pause(engine)
    assert state.line == 8 and not state.owned and state.n_needed == 7
    engine.wait(m.Variables)
    fired = [state.current]
    while True:
        engine.send(m.Step(until=UntilNext()))
        state = engine.wait(m.BackwardProgress, where=lambda event: event.state.status != "running").state
        if state.status != "paused":
            break
        fired.append(state.current)
        assert engine.wait(m.Variables).rows
    assert state.status == "finished"
    assert len(set(fired)) == state.n_needed == 7
    finished = engine.wait(m.Finished)
    assert finished.error is None
    np.testing.assert_array_equal(
        engine.ask(m.AskRectangle(key=VariableGradKey("W"))).rectangle.grid.array(), reference()["W"].grad.numpy()
    )


def test_an_output_is_stepped_without_a_backward_line_and_reset(engine: Client) -> None:
    engine.run(PROGRAM)
    expected = reference()["W"].grad.numpy()
    for _ in range(2):
        engine.skip()
        engine.send(m.StepOutput(output="loss"))
        assert pause(engine).owned
        engine.send(m.Step(until=UntilEnd()))
        assert ended(engine).status == "finished"
        cells = engine.ask(m.AskRectangle(key=VariableGradKey("W"))).rectangle.grid.array()
        np.testing.assert_array_equal(cells, expected)
        engine.send(m.ResetBackward())
        ended(engine)
        assert isinstance(engine.ask(m.AskDetails(key=VariableGradKey("W"))), m.Failed)
    engine.skip()
    engine.send(m.StepOutput(output="loss"))
    pause(engine)
    engine.send(m.Step(until=UntilEnd()))
    ended(engine)
    engine.send(m.KeepGradients())
    ended(engine)
    assert rows(engine)["W"].grad is not None
    assert results(engine.run("W.grad.shape"))[1] == "(3, 2)"


def test_a_gradient_for_the_root_is_an_expression(engine: Client) -> None:
    engine.run(PROGRAM)
    engine.skip()
    engine.send(m.StepOutput(output="h", gradient="torch.ones(4, 2)"))
    assert pause(engine).owned
    engine.send(m.AbortBackward())
    assert ended(engine).status == "aborted"
    for gradient, sentence in [
        ("", "h has shape (4, 2)"),
        ("torch.ones(3)", "The gradient has shape (3,)"),
        ("missing", "The gradient cannot be evaluated: NameError"),
        ("1 +", "The gradient is not an expression"),
    ]:
        answer = engine.ask(m.StepOutput(output="h", gradient=gradient))
        assert isinstance(answer, m.Failed) and answer.sentence.startswith(sentence)
    assert isinstance(engine.ask(m.StepOutput(output="missing")), m.Failed)
    assert isinstance(engine.ask(m.StepOutput(output="x")), m.Failed)


def test_a_run_aborts_a_stepped_output(engine: Client) -> None:
    engine.run(PROGRAM)
    engine.skip()
    engine.send(m.StepOutput(output="loss"))
    pause(engine)
    refused = engine.ask(m.ShowGraph(output="h"))
    assert isinstance(refused, m.Failed) and "being stepped" in refused.sentence
    engine.send(m.RunProgram(text="print(W.grad)", path="program.py"))
    assert ended(engine).status == "aborted"
    assert engine.wait(m.Output).text == "None\n"
    assert engine.wait(m.Finished).error is None


def test_a_stepped_output_gives_way_to_another(engine: Client) -> None:
    engine.run(PROGRAM)
    engine.skip()
    for _ in range(3):
        engine.send(m.StepOutput(output="loss"))
        pause(engine)
    engine.ask(m.Interrupt())
    assert ended(engine).status == "aborted"
    assert results(engine.run("W.grad is None"))[1] == "True"


def test_what_follows_the_news_of_an_end_at_once_is_served(engine: Client) -> None:
    engine.run(PROGRAM)
    for _ in range(20):
        engine.skip()
        engine.send(m.StepOutput(output="loss"))
        pause(engine)
        engine.send(m.Step(until=UntilEnd()))
        assert ended(engine).status == "finished"
        assert isinstance(engine.ask(m.ShowGraph(output="loss")), m.GraphShown)
        assert isinstance(engine.run("1")[-1], m.Finished)


def test_aborting_a_backward_of_the_program_ends_the_program(engine: Client) -> None:
    start = len(engine.events)
    engine.start(PROGRAM + "loss.backward()\nprint('not reached')", step=True)
    pause(engine)
    engine.send(m.AbortBackward())
    assert engine.wait(m.Finished).interrupted
    assert "not reached" not in printed(engine.waited_for(start))


def test_an_error_inside_backward_has_its_place(engine: Client) -> None:
    text = """import torch
class Bad(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x * 2
    @staticmethod
    def backward(ctx, g): return g @ torch.ones(7, 7)
w = torch.ones(3, requires_grad=True)
out = Bad.apply(w).sum()
out.backward()
"""
    error = engine.run(text)[-1].error
    assert error.place.line == 6 and error.place.text == "g @ torch.ones(7, 7)"
    assert error.sentence.startswith("g @ torch.ones(7, 7): shapes (1, 3) and (7, 7) do not fit")


def test_a_loop_of_a_thousand_steps_runs_in_constant_memory(engine: Client) -> None:
    text = """import torch, resource
w = torch.ones(200, 500, requires_grad=True)
def peak_mib(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
for i in range(1000):
    loss = (w * 0.5).square().mean()
    loss.backward()
    if i == 300: start = peak_mib()
growth = peak_mib() - start
growth < 150
"""
    events = engine.run(text)
    assert events[-1].error is None
    # What is kept of earlier passes grows ever more slowly; the 700 steps together would be 800 MiB.
    assert results(events)[9] == "True", results(events)[8]


def test_a_program_with_a_backward_shows_its_graph_once(engine: Client) -> None:
    events = engine.run("import torch\nw = torch.ones(3, requires_grad=True)\nloss = (w * w).sum()\nloss.backward()\n")
    assert len(of_kind(events, m.GraphShown)) == 1


def test_the_value_of_a_weight_that_was_stepped_since_is_called_a_snapshot(engine: Client) -> None:
    events = engine.run(
        "import torch\nw = torch.ones(3, requires_grad=True)\nh = w * 2\nloss = h.sum()\nloss.backward()\n"
        "torch.optim.SGD([w], lr=1.0).step()\n"
    )
    graph = shown(events)
    leaf, product = node_named(graph, "AccumulateGrad"), node_named(graph, "MulBackward0")
    cards = engine.ask(m.AskCards(graph=graph.id, nodes=(leaf, product))).cards
    assert [card.value_note for card in cards] == [Copied(), None]
    details = engine.ask(m.AskDetails(key=NodeValueKey(leaf))).details
    assert (details.note, details.summary.mean) == (Copied(), 1.0)
    assert engine.ask(m.AskDetails(key=VariableKey("w"))).details.summary.mean == -1.0


def test_a_card_is_of_the_output_that_it_is_asked_for(engine: Client) -> None:
    events = engine.run(
        "import torch\nw = torch.arange(5.0, requires_grad=True)\nlow, high = w.split([2, 3])\n"
        "loss = low.sum() + (high * 3).sum()\nloss.backward()\n"
    )
    graph = shown(events)
    split = next(node for node in graph.nodes if len(node.outputs) == 2)
    assert [output.variable for output in split.outputs] == ["low", "high"]
    low, high = engine.ask(m.AskCards(graph=graph.id, nodes=(split.id, split.id), slots=(0, 1))).cards
    assert (low.slot, low.value.shape, low.gradient.mean) == (0, (2,), 1.0)
    assert (high.slot, high.value.shape, high.gradient.mean) == (1, (3,), 3.0)
