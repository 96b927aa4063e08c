"""What is said of a pass's health: of reported ills that first which it is, of their healthy twins nothing."""

import pytest

from engine.protocol import messages as m
from engine.protocol.health import AskHealth
from engine.protocol.until import UntilEnd, UntilNext
from tests.engine.client import Client, of_kind
from tests.engine.health_programs import DEEP_MLP, HEALTHY, RECTIFIED, REPORTS


@pytest.fixture(scope="module")
def engine():
    with Client() as started:
        yield started


def graph_of(events):
    finished = of_kind(events, m.Finished)
    assert not finished or finished[-1].error is None, finished[-1].error
    return of_kind(events, m.GraphShown)[-1].graph


def health_of(engine, graph):
    """All of it, in as many answers as it takes."""
    while True:
        health = engine.ask(AskHealth(graph=graph.id)).health
        if health.n_done >= health.n_all:
            return health


def checked(engine, text):
    graph = graph_of(engine.run(text))
    return graph, health_of(engine, graph)


def counted(health):
    return [finding.kind for finding in health.findings if finding.severity != "aside"]


@pytest.mark.parametrize("name", REPORTS)
def test_what_is_reported_is_found_first_and_not_in_its_healthy_twin(engine, name):
    ill, kind, healthy = REPORTS[name]
    assert checked(engine, ill)[1].findings[0].kind == kind
    assert checked(engine, healthy)[1].findings == ()


@pytest.mark.parametrize("name", HEALTHY)
def test_usual_networks_have_no_finding_at_their_usual_start(engine, name):
    assert checked(engine, HEALTHY[name])[1].findings == ()


def test_what_is_so_in_most_programs_is_told_and_not_counted(engine):
    """A last layer that starts at zeros, and a recurrent network whose only loss is at its end."""
    zeros = RECTIFIED.replace("nn.init.constant_(self.fc2.bias, BIAS)", "nn.init.zeros_(self.fc3.weight)")
    short = REPORTS["recurrent, spectral radius above 1"][0].replace("1.2", "0.5")
    for text, code in ((zeros, "health.stops"), (short, "health.falls_in_time")):
        _, health = checked(engine, text)
        assert [(finding.severity, finding.said.code) for finding in health.findings] == [("aside", code)]


def test_an_optimizer_that_holds_what_no_pass_reaches_is_named(engine):
    _, health = checked(
        engine,
        """import torch
from torch import nn
first, last = nn.Linear(8, 16), nn.Linear(16, 1)
opt = torch.optim.SGD([*first.parameters(), *last.parameters()], 0.1)
loss = last(first(torch.randn(32, 8)).detach()).mean()
loss.backward()
""",
    )
    [found] = health.findings
    assert found.said.text == "2 of 4 parameters of opt never got a gradient: first.weight, first.bias."
    assert found.variable == "opt" and "did not reach first.weight" in found.cure.text


def test_a_finding_leads_to_its_node_and_line(engine):
    graph, health = checked(engine, REPORTS["deep sigmoid"][0])
    [found] = health.findings
    node = next(node for node in graph.nodes if node.id == found.node)
    assert node.name == "SigmoidBackward0" and found.place == node.source and found.place.line
    assert found.severity == "serious" and "SigmoidBackward0" in found.said.text
    assert found.cure.text.startswith("Usual cure: ReLU or GELU")


def test_the_norm_falls_along_the_layers_of_the_plot(engine):
    _, health = checked(engine, DEEP_MLP.replace("ACTIVATION", "nn.Sigmoid()"))
    norms = [point.norm for point in health.depth]
    assert len(norms) == 21 and norms == sorted(norms)
    assert [point.label for point in health.depth[:2]] == ["0", "2"]


def test_units_are_dead_that_are_zero_for_all_inputs_of_all_passes(engine):
    """The two inputs of the second half wake the units that the first half never did."""
    loop = """import torch
net = torch.nn.Linear(2, 64)
with torch.no_grad():
    net.weight.copy_(torch.tensor([[1.0, 0.0], [0.0, 1.0]]).repeat(32, 1))
    net.bias.fill_(-0.5)
def loss_of(x):
    return torch.relu(net(x)).sum()
for i in range(6):
    x = torch.zeros(40, 2)
    x[:, i % KINDS] = 1.0
    loss = loss_of(x)
    loss.backward()
"""
    [found] = checked(engine, loop.replace("KINDS", "1"))[1].findings[:1]
    assert found.kind == "dead" and found.said.text.startswith(
        "32 of 64 units of ReluBackward0 (line 7) are 0 for each of"
    )
    assert "240 inputs in 6 passes" in found.said.text and found.shares[0] == 1.0 and found.shares[-1] == 0.0
    awake = checked(engine, loop.replace("KINDS", "2"))[1]
    assert awake.findings == ()
    assert "Units were counted over this pass and 5 passes before it." in [said.text for said in awake.limits]


def test_few_inputs_tell_nothing_of_units(engine):
    health = checked(engine, RECTIFIED.replace("BIAS", "0.0").replace("64, 16)", "4, 16)").replace("(64,)", "(4,)"))[1]
    assert health.findings == ()
    assert [said.code for said in health.limits] == ["health.few_inputs"]


def test_an_earlier_pass_is_looked_at_as_far_as_it_is_kept(engine):
    """It began with a bias of -10, which the second pass no longer had."""
    text = RECTIFIED.replace("BIAS", "-10.0") + "nn.init.zeros_(net.fc2.bias)\n"
    text += "loss = F.cross_entropy(net(torch.randn(64, 16)), torch.randint(0, 4, (64,)))\nloss.backward()\n"
    _, newest = checked(engine, text)
    assert counted(newest) == []
    opened = engine.ask(m.OpenPass(index=1))
    assert counted(health_of(engine, opened.graph))[0] == "dead"


def test_results_at_the_ends_of_their_range_are_found_inside_a_network_alone(engine):
    text = """import torch
from torch import nn
torch.manual_seed(0)
first, second, third = nn.Linear(8, 16), nn.Linear(16, 16), nn.Linear(16, 1)
x = SCALE * torch.randn(64, 8)
loss = torch.sigmoid(third(torch.tanh(second(torch.tanh(first(x)))))).mean()
loss.backward()
"""
    _, health = checked(engine, text.replace("SCALE", "100"))
    assert [finding.kind for finding in health.findings] == ["saturated"]
    assert "TanhBackward0" in health.findings[0].said.text and "derivative is below 6 %" in health.findings[0].said.text
    assert checked(engine, text.replace("SCALE", "1"))[1].findings == ()
    end = text.replace("loss = torch.sigmoid(third(", "loss = torch.sigmoid(20 * third(").replace("SCALE", "1")
    assert checked(engine, end)[1].findings == ()


def test_what_is_not_finite_is_said_to_be_and_alone(engine):
    _, health = checked(
        engine,
        "import torch\nw = torch.zeros(3, requires_grad=True)\nloss = (w.sqrt() * 2).sum()\nloss.backward()\n",
    )
    assert [(finding.kind, finding.severity) for finding in health.findings] == [("exploding", "serious")]
    assert "F7" in health.findings[0].cure.text


def test_a_held_pass_is_looked_at_as_far_as_it_has_come(engine):
    engine.start(REPORTS["deep sigmoid"][0], step=True)
    held = engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    graph = of_kind(engine.events, m.GraphShown)[-1].graph
    assert health_of(engine, graph).findings == ()
    for _ in range(20):
        engine.send(m.Step(until=UntilNext()))
        held = engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    assert held.state.n_done == 20
    known = [point.norm is not None for point in health_of(engine, graph).depth]
    assert known[0] is False and known[-1] is True
    engine.send(m.Step(until=UntilEnd()))
    engine.wait(m.Finished)


def test_a_graph_that_is_not_on_screen_has_no_health(engine):
    graph, _ = checked(engine, REPORTS["deep sigmoid"][2])
    health = engine.ask(AskHealth(graph=graph.id + 1000)).health
    assert (health.findings, health.depth, health.n_all) == ((), (), 0)
