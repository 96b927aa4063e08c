"""A backward pass from several roots is over one graph, which holds and names them all."""

from __future__ import annotations

import pytest
import torch

from engine.protocol import messages as m
from engine.protocol.errors import EngineError
from engine.protocol.until import UntilEnd, UntilNext, UntilNode
from tests.engine.client import Client, of_kind
from tests.engine.programs import PROGRAMS, Stepper

TRUNK = PROGRAMS["two roots on one trunk"]


def only(found):
    (one,) = found
    return one


def shown(text, *, stepping=True):
    """(stepper, the one graph that was shown) of a program with one pass."""
    stepper = Stepper()
    stepper.run(text, stepping=stepping)
    return stepper, only(stepper.graphs).graph


@pytest.mark.parametrize("stepping", [True, False], ids=["stepped", "recorded"])
def test_the_graph_has_every_root_and_every_node_of_the_pass(stepping):
    stepper, graph = shown(TRUNK, stepping=stepping)
    state = stepper.events[-1].state
    assert graph.output == "a, b"
    nodes = {node.id: node for node in graph.nodes}
    assert [nodes[root].name for root in state.roots] == ["SumBackward0", "MeanBackward0"]
    assert {step.node for step in stepper.steps} == set(nodes) and state.n_needed == len(nodes) == 5
    trunk = next(node.id for node in graph.nodes if node.variable == "h")
    into_trunk = [nodes[edge.source].name for edge in graph.edges if edge.target == trunk]
    assert sorted(into_trunk) == ["MulBackward0", "MulBackward0", "SumBackward0"]


@pytest.mark.parametrize(
    ("call", "output"),
    [
        ("torch.autograd.backward([a, b])", "a, b"),
        ("torch.autograd.backward((b, a, b))", "b, a"),
        ("torch.autograd.grad((a, b), w)", "a, b"),
        ("torch.autograd.backward([a, b * 2])", "torch.autograd.backward([a, b * 2])"),
        ("torch.autograd.backward([t.sum() for t in (a, b)])", "torch.autograd.backward([t.sum() for t in (a, b)])"),
        ("(a * b).backward()", "(a * b)"),
        ("def both(one, two):\n    torch.autograd.backward([one, two])\nboth(a, b)", "one, two"),
    ],
)  # fmt: skip
def test_the_graph_is_named_after_its_roots_or_the_call(call, output):
    assert shown(TRUNK.rpartition("torch")[0] + call)[1].output == output


def test_a_root_that_is_a_leaf_or_an_edge_is_in_the_graph_too():
    for name in ("roots of which one is a leaf and one is given twice", "gradient edges as roots"):
        stepper, graph = shown(PROGRAMS[name])
        assert {step.node for step in stepper.steps} == {node.id for node in graph.nodes}


def test_a_graph_on_screen_that_holds_every_root_stays():
    text = "x = torch.ones(2, requires_grad=True)\nh = x * 2\nk = h + 1\nloss = (h * k).sum()\n"
    stepper = Stepper()
    namespace = stepper.run(text, stepping=False)
    graph = stepper.recorder.graph(namespace["loss"], "loss", namespace)
    stepper.run("torch.autograd.backward([h, k], [h, k])", namespace=namespace)
    assert stepper.graphs == [] and {event.state.graph for event in stepper.events} == {graph.id}


def test_a_pass_runs_to_a_node_that_only_another_root_leads_to():
    stepper, held = Stepper(), []

    def answer(event):
        held.append(event.state.current)
        graph = stepper.graphs[0].graph
        target = next(node.id for node in graph.nodes if node.name == "SumBackward0")
        stepper.controller.holding.step(UntilNode(target) if len(held) == 1 else UntilEnd())

    stepper._answer = answer
    stepper.run(TRUNK)
    names = {node.id: node.name for node in stepper.graphs[0].graph.nodes}
    assert [names[node] for node in held] == ["MeanBackward0", "SumBackward0"]


@pytest.fixture(scope="module")
def engine():
    with Client() as client:
        yield client


def paused(event):
    return event.state.status == "paused"


def test_the_graph_with_both_roots_stays_when_the_program_has_ended(engine):
    events = engine.run("import torch\n" + TRUNK)
    graph = only(of_kind(events, m.GraphShown)).graph
    assert (graph.output, set(graph.outputs) >= {"a", "b", "h"}) == ("a, b", True)


@pytest.mark.parametrize("after", ["", "after = w.grad * 2\n"])
def test_roots_that_no_variable_holds_stay_when_the_program_has_ended(engine, after):
    call = "torch.autograd.backward([h.sum(), (h * h).mean()])"
    text = "import torch\nw = torch.randn(3, requires_grad=True)\nh = w.tanh()\n" + call + "\n" + after
    graph = of_kind(engine.run(text), m.GraphShown)[-1].graph
    assert (graph.output, len(graph.nodes)) == (call, 5)
    assert engine.ask(m.ShowGraph(output="h")).graph.output == "h"
    assert of_kind(engine.run(text), m.GraphShown)[-1].graph.output == "h"  # which was chosen
    engine.ask(m.ShowGraph(output=""))


def test_each_root_can_be_chosen_by_itself_and_both_come_back_with_the_next_pass(engine):
    engine.run("import torch\n" + TRUNK)
    alone = engine.ask(m.ShowGraph(output="b")).graph
    assert (alone.output, "SumBackward0" in {node.name for node in alone.nodes}) == ("b", False)
    events = engine.run("import torch\n" + TRUNK)
    assert of_kind(events, m.GraphShown)[-1].graph.output == "a, b"


def test_the_queue_of_a_held_pass_begins_with_both_roots(engine):
    run = engine.start("import torch\n" + TRUNK, step=True)
    first = engine.wait(m.BackwardProgress, where=paused)
    assert first.state.roots[1] == first.state.current and first.steps[0].ready == (first.state.roots[0],)
    engine.send(m.Step(until=UntilNext()))
    engine.wait(m.BackwardProgress, where=paused)
    engine.send(m.Step(until=UntilEnd()))
    assert engine.wait(m.Finished, where=lambda event: event.id == run).error is None


def test_a_single_root_is_named_as_ever():
    assert shown("loss = torch.ones(2, requires_grad=True).sum()\nloss.backward()")[1].output == "loss"
    assert shown("(torch.ones(2, requires_grad=True) * 2).sum().backward()")[1].output.startswith("(torch.ones(2")


def test_outputs_are_stepped_together_and_leave_every_grad_as_it_was():
    text = TRUNK.replace("torch.autograd.backward([a, b])", "(2 * w).sum().backward()").replace("h.sum()", "h * 1")
    stepper = Stepper()
    namespace = stepper.run(text, stepping=False)
    a, b, w = (namespace[name] for name in "abw")
    gradients = [torch.linspace(-1, 1, 3), None]
    expected = torch.autograd.grad((a, b), w, gradients, retain_graph=True)[0]
    stepper.run_outputs({"a": a, "b": b}, gradients, namespace)
    state = stepper.events[-1].state
    assert (state.status, state.origin, state.owned) == ("finished", "stepping a, b", True)
    assert torch.equal(w.grad, expected + 2)
    stepper.controller.reset()
    assert torch.equal(w.grad, torch.full((3,), 2.0))
    with pytest.raises(EngineError, match=r"a has shape \(3,\)"):
        stepper.run_outputs({"a": a, "b": b}, [None, None], namespace)


def test_outputs_are_shown_and_stepped_by_their_names(engine):
    engine.run("import torch\n" + TRUNK.replace("backward([a, b])", "grad([a, b], w, retain_graph=True)"))
    assert engine.ask(m.ShowGraph(output="b")).graph.output == "b"
    both = engine.ask(m.ShowGraph(output="a, b")).graph
    assert (both.output, len(both.nodes)) == ("a, b", 5)
    for gradient, refusal in (("[1.0]", "These are 2 outputs"), ("torch.ones(2)", "These are 2 outputs")):
        refused = engine.ask(m.StepOutput(output="a, b", gradient=gradient))
        assert refused.sentence.startswith(refusal)
    engine.send(m.StepOutput(output="a, b", gradient="[torch.tensor(2.0), None]"))
    held = engine.wait(m.BackwardProgress, where=paused).state
    assert (held.graph, len(held.roots), held.n_needed) == (both.id, 2, 5)
    engine.send(m.Step(until=UntilEnd()))
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "finished")
