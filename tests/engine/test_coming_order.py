"""What the window predicts of a pass from its graph alone, against the order in which PyTorch really ran."""

import random

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.protocol.until import UntilNext, UntilOutOfModule
from engine.shared.coming_order import ComingOrder
from engine.shared.stop_rule import StopRule
from tests.engine.programs import PROGRAMS, Stepper, new_namespace
from tests.engine.test_backward_queue import random_loss

TWO_GRAPHS = """\
x, y = torch.randn(3, requires_grad=True), torch.randn(3, requires_grad=True)
first = (x.exp() * y).sum()
second = (y * 2).sin().sum() + y.sum()
torch.autograd.backward([first, second])
"""
NESTED = """\
class Inner(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(3, 3), nn.Linear(3, 3, bias=False)
    def forward(self, x):
        return self.second(self.first(x).tanh()) + x
class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner, self.last = nn.Sequential(Inner(), nn.ReLU(), Inner()), nn.Linear(3, 2)
    def forward(self, x):
        return self.last(self.inner(x * 2))
model = Outer()
loss = model(torch.ones(2, 3)).pow(2).sum()
loss.backward()
"""


def passes(stepper):
    """(graph, first state, ids of the nodes in the order in which they ran) of every pass."""
    graphs = {event.graph.id: event.graph for event in stepper.graphs}
    states, orders = {}, {}
    for event in stepper.events:
        states.setdefault(event.state.pass_id, event.state)
        orders.setdefault(event.state.pass_id, []).extend(step.node for step in event.steps)
    return [(graphs[state.graph], state, orders[number]) for number, state in states.items()]


def assert_predicted(stepper):
    for graph, state, ran in passes(stepper):
        order = ComingOrder(graph, state)
        assert len(order) == len(ran)
        for position, node in enumerate(ran):
            assert order[position] == node
            assert order[position:] == ran[position:]
            order.ran(node)


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_coming_order_of_a_program_is_torch_s(name):
    stepper = Stepper()
    stepper.run(PROGRAMS[name])
    assert_predicted(stepper)


def test_roots_that_share_no_graph_are_one_graph_and_predicted_together():
    stepper = Stepper()
    stepper.run(TWO_GRAPHS)
    (graph,) = (event.graph for event in stepper.graphs)
    ran = {step.node for step in stepper.steps}
    assert ran == {node.id for node in graph.nodes if node.kind != "input"}
    assert_predicted(stepper)


def test_a_pass_is_predicted_in_a_graph_that_holds_more_than_it():
    text = "x = torch.randn(4, requires_grad=True)\nh = (x.sin() * x).exp()\nloss = (h.cos() * h).sum()\n"
    stepper = Stepper()
    namespace = stepper.run(text, stepping=False)
    graph = stepper.recorder.graph(namespace["loss"], "loss", namespace)
    stepper.run("h.backward(torch.ones(4))", namespace=namespace)
    state, ran = stepper.events[0].state, [step.node for step in stepper.steps]
    assert state.graph == graph.id and len(ran) < graph.n_nodes
    assert ComingOrder(graph, state)[:] == ran


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.sampled_from(["backward", "backward to inputs", "grad"]))
def test_the_coming_order_of_a_random_graph_is_torch_s(seed, call):
    torch.manual_seed(seed)
    loss, leaves = random_loss(seed)
    namespace = new_namespace() | {"loss": loss, "some": random.Random(seed).sample(leaves, 2)}
    lines = {
        "backward": "loss.backward()",
        "backward to inputs": "loss.backward(inputs=some)",
        "grad": "torch.autograd.grad(loss, some, allow_unused=True)",
    }
    stepper = Stepper()
    stepper.run(lines[call], namespace=namespace)
    assert_predicted(stepper)


def test_a_node_out_of_turn_only_moves_up():
    stepper = Stepper()
    stepper.run(PROGRAMS["many leaves at once"])
    ((graph, state, ran),) = passes(stepper)
    order = ComingOrder(graph, state)
    early, unknown = ran[4], 10**6
    order.ran(early)
    order.ran(unknown)
    rest = [node for node in ran if node != early]
    assert order[:] == [early, unknown, *rest] and len(order) == len(ran) + 1
    order.ran(rest[0])
    assert order[:] == [early, unknown, *rest]


@pytest.mark.parametrize("n_steps", range(8))
def test_stepping_over_a_module_stops_a_replay_where_it_stopped_the_engine(n_steps):
    stepper, held = Stepper(), []

    def answer(event):
        held.append(event.state.current)
        stepper.controller.holding.step(UntilNext() if len(held) <= n_steps else UntilOutOfModule())

    stepper._answer = answer
    stepper.run(NESTED)
    ((graph, _, ran),) = passes(stepper)
    replayed, current = [], held[n_steps]
    for node in ran[ran.index(current) + 1 :]:
        if StopRule(UntilOutOfModule(), current, graph).holds(node):
            replayed.append(node)
            current = node
    assert replayed == held[n_steps + 1 :] and len(replayed) < len(ran) - n_steps - 1


def test_a_node_without_a_derivative_comes_before_those_with_a_sequence_number_and_fails():
    text = "x = torch.randn(3, requires_grad=True)\nloss = (torch.heaviside(x, x) * x.sin().exp()).sum()\n"
    text += "try:\n    loss.backward()\nexcept RuntimeError as error:\n    words = str(error)\n"
    stepper = Stepper()
    assert "heaviside" in stepper.run(text)["words"]
    ((graph, state, ran),) = passes(stepper)
    names = {node.id: node.name for node in graph.nodes}
    assert [names[node] for node in ran] == ["SumBackward0", "MulBackward0", "NotImplemented"]
    assert ComingOrder(graph, state)[: len(ran)] == ran
