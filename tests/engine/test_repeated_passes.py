"""Passes over graphs of a shape that was seen before, which are looked at less closely, keep what others keep."""

import math

import pytest
import torch

from engine.autograd.passes import hook_plan, registering
from engine.autograd.passes.call_graph import CallGraph
from engine.protocol.until import UntilNext
from tests.engine.programs import Stepper
from tests.engine.test_kept_passes import ran

N_PASSES = 5
PROGRAMS = {
    "a network": """\
model = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))
def loss_of(step):
    return (model(torch.randn(3, 4)) ** 2).mean()
""",
    "gradients that meet": """\
model = nn.Linear(4, 4)
def loss_of(step):
    h = model(torch.randn(3, 4))
    return (h * h.exp() + model(h)).sum()
""",
    "a leaf that gets what a node got": """\
model = nn.ParameterList([torch.ones(2, 3), torch.ones(2, 3), torch.ones(3, 2)])
def loss_of(step):
    return ((model[0] + model[1] + model[2].t()) * (step + 1)).sum()
""",
    "large gradients": """\
model = nn.Sequential(nn.Linear(64, 96), nn.Tanh(), nn.Linear(96, 80), nn.LayerNorm(80))
def loss_of(step):
    return model(torch.randn(64, 64)).pow(2).sum()
""",
    "batches of several sizes": """\
model = nn.Sequential(nn.Linear(32, 96), nn.ReLU(), nn.Linear(96, 1))
def loss_of(step):
    return model(torch.randn(16 if step % 2 else 256, 32)).mean()
""",
    "float64 and float32": """\
model = nn.ModuleList([nn.Linear(4, 4), nn.Linear(4, 4).double()])
def loss_of(step):
    return model[1](model[0](torch.randn(3, 4)).double()).sum()
""",
    "a parameter that no gradient reaches": """\
model = nn.ParameterList([torch.ones(3), torch.ones(3)])
def loss_of(step):
    return torch.where(torch.tensor(True), model[0] * 2, model[1].detach() * 3).sum() + (model[1] * 0).sum()
""",
    "a gradient penalty, in which gradients meet that never come": """\
model = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.Tanh(), nn.Flatten(), nn.Linear(64, 1))
def loss_of(step):
    x = torch.randn(6, 1, 4, 4, requires_grad=True)
    g, = torch.autograd.grad(model(x).sum(), x, create_graph=True)
    return ((g.flatten(1).norm(2, dim=1) - 1) ** 2).mean()
""",
    "a recurrent layer of which one output alone is used": """\
model = nn.ModuleList([nn.LSTM(3, 4, batch_first=True), nn.Linear(4, 1)])
def loss_of(step):
    out, _ = model[0](torch.randn(2, 5, 3), (torch.zeros(1, 2, 4), torch.zeros(1, 2, 4)))
    return model[1](out[:, -1]).pow(2).mean()
""",
    "two roots in turn": """\
model = nn.Linear(4, 2)
def loss_of(step):
    out = model(torch.randn(3, 4))
    return out.sum() if step % 2 else out.exp().mean()
""",
}
LOOP = """\
torch.manual_seed(1)
{program}
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
for step in range({n}):
    optimizer.zero_grad()
    loss = loss_of(step)
    loss.backward()
    optimizer.step()
"""


@pytest.fixture(autouse=True)
def no_hooks_of_other_tests(monkeypatch):
    """A hook that a program before has left on a node makes every pass of the process be looked at closely."""
    monkeypatch.setattr(registering, "_theirs", [])


def told_of(stepper, index):
    """What is known of the nodes of a pass in the order in which they ran."""
    opened = stepper.controller.open_pass(index)
    nodes = {node.id: node for node in opened.graph.nodes}
    found = []
    for step in opened.steps:
        gradients = [
            stepper.controller.values.gradient(step.node, slot) for slot in range(len(nodes[step.node].outputs))
        ]
        arrived = [(None if one is None else one.tolist(), note) for one, note in gradients]
        found.append((nodes[step.node].name, step.norm, arrived, stepper.controller.values.norm(step.node)))
    return found


@pytest.fixture(params=[0.0, math.inf], ids=["none is brief", "all are brief"])
def brief_s(request, monkeypatch):
    """Passes that took so long have no code of Python in their hooks, whatever this machine does beside."""
    monkeypatch.setattr(hook_plan, "_BRIEF_S", request.param)


@pytest.mark.usefixtures("brief_s")
@pytest.mark.parametrize("name", PROGRAMS)
def test_each_pass_of_a_loop_keeps_the_order_and_gradients_that_a_stepped_one_has(name):
    text = LOOP.format(program=PROGRAMS[name], n=N_PASSES)
    stepped, recorded = (ran(text, stepping=stepping)[0] for stepping in (True, False))
    assert any(shape.hooks is not None for shape in recorded.controller._shapes)
    for index in range(1, N_PASSES + 1):
        ours, theirs = told_of(recorded, index), told_of(stepped, index)
        assert [one[0] for one in ours] == [one[0] for one in theirs]
        for (_, norm, arrived, own), (_, their_norm, their_arrived, _) in zip(ours, theirs, strict=True):
            assert arrived == their_arrived
            assert norm == own == pytest.approx(their_norm, rel=1e-6)
    theirs = [mark.norm for mark in stepped.marks.values()]
    assert [mark.norm for mark in recorded.marks.values()] == pytest.approx(theirs, rel=1e-6)


AGAIN = """\
w, v = (torch.ones(3, requires_grad=True) for _ in range(2))
h = w * v.exp()
loss = (h * h.tanh()).sum() if {meets} else h.tanh().sum()
for step in range({n}):
    w.grad = v.grad = None
    loss.backward(retain_graph=True)
"""


@pytest.mark.usefixtures("brief_s")
@pytest.mark.parametrize("meets", [False, True])
def test_a_graph_that_passes_go_through_again_and_again_keeps_what_arrived_in_each(meets):
    text = AGAIN.format(meets=meets, n=N_PASSES)
    stepped, recorded = (ran(text, stepping=stepping)[0] for stepping in (True, False))
    for index in range(1, N_PASSES + 1):
        ours, theirs = told_of(recorded, index), told_of(stepped, index)
        assert [(name, arrived) for name, _, arrived, _ in ours] == [(name, arrived) for name, _, arrived, _ in theirs]


@pytest.mark.usefixtures("brief_s")
def test_each_node_of_a_repeated_pass_has_run_for_some_time():
    stepper, _ = ran(LOOP.format(program=PROGRAMS["a network"], n=N_PASSES))
    for index in range(1, N_PASSES + 1):
        opened = stepper.controller.open_pass(index)
        leaves = {node.id for node in opened.graph.nodes if node.kind == "accumulate"}
        timed = [time.node for time in opened.times if time.node not in leaves]
        assert timed == [step.node for step in opened.steps if step.node not in leaves]
        assert all(time.dt_ms > 0 for time in opened.times)


def test_the_nodes_inside_of_a_layer_have_their_values_in_each_pass():
    seeing = "    loss.backward()\n    seen.append(model[0].weight.detach().t().clone())"
    text = LOOP.format(program=PROGRAMS["a network"] + "seen = []\n", n=3).replace("    loss.backward()", seeing)
    stepper, namespace = ran(text)
    for index, seen in enumerate(namespace["seen"], 1):
        nodes = [node for node in stepper.controller.open_pass(index).graph.nodes if node.name == "TBackward0"]
        values = [stepper.recorder.value(node.id, 0)[0] for node in nodes]
        assert any(value is not None and torch.equal(value, seen) for value in values)


def test_an_interrupt_stops_a_brief_pass_at_its_end(monkeypatch):
    monkeypatch.setattr(hook_plan, "_BRIEF_S", math.inf)
    stepper, theirs, n_runs = Stepper(lambda event: None), torch.autograd._engine_run_backward, []

    def interrupted(*args, **kwargs):
        results = theirs(*args, **kwargs)
        n_runs.append(len(n_runs))
        if len(n_runs) == 4:
            stepper.controller.interrupt()
        return results

    monkeypatch.setattr(torch.autograd, "_engine_run_backward", interrupted)
    with pytest.raises(KeyboardInterrupt):
        stepper.run(LOOP.format(program=PROGRAMS["a network"], n=N_PASSES), stepping=False)
    assert len(n_runs) == 4 and stepper.marks[4].status == "aborted"


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_the_nodes_of_a_repeated_pass_had_saved_is_known_although_nobody_looked(name):
    def saved(n):
        """By node, what its storages take, and which of the nodes in its order share each."""
        stepper, _ = ran(LOOP.format(program=PROGRAMS[name], n=n))
        graph, of = stepper.recorder.current(), stepper.controller.values.saved
        nodes = [node for node in graph.nodes if node.kind == "backward"]
        storages = [of(node.id)[0] for node in nodes]
        assert all(of(node.id)[1] is None for node in nodes)
        sizes = [(node.name, sorted(one.n_bytes for one in here)) for node, here in zip(nodes, storages, strict=True)]
        ids = [{one.id for one in here} for here in storages]
        return sizes, [[bool(here & there) for there in ids] for here in ids]

    assert saved(3) == saved(1)


def test_what_arrived_stays_what_it_was_where_the_program_writes_into_its_gradients():
    text = LOOP.format(program=PROGRAMS["a leaf that gets what a node got"], n=3)
    stepper, _ = ran(text)
    before = [told_of(stepper, index) for index in (1, 2, 3)]
    written, _ = ran(text.replace("    optimizer.step()", "    [p.grad.mul_(-7) for p in model]"))
    after = [told_of(written, index) for index in (1, 2, 3)]
    assert after == before


def test_a_graph_of_other_edges_has_another_shape():
    shapes = []
    for second in ("a", "b", "a"):
        names = {"a": torch.ones(2, requires_grad=True), "b": torch.ones(2, requires_grad=True)}
        h = names["a"] * 2
        call = CallGraph([(h.exp() * h.tanh() + names[second].sin()).sum()], accumulate=True, known=shapes)
        assert len(call.nodes) == len(set(call.nodes)) == len(call.edges)
        shapes.append(call.shape)
    assert shapes[0] is shapes[2] is not shapes[1]


def test_a_graph_whose_nodes_were_made_in_another_order_has_another_shape():
    a = torch.ones(2, requires_grad=True)
    first = CallGraph([(a.exp() + a.tanh()).sum()], accumulate=True)
    tanh = a.tanh()
    second = CallGraph([(a.exp() + tanh).sum()], accumulate=True, known=[first.shape])
    assert second.shape is not first.shape and second.shape == first.shape


def test_an_error_in_a_repeated_pass_is_told_where_it_came():
    text = """\
w = torch.ones(3, requires_grad=True)
v = torch.ones(3, requires_grad=True)
for step in range(3):
    w.grad = v.grad = None
    b = (w * 2).exp()
    loss = ((b + v).tanh() * 3).sum()
    if step == 2:
        b.data.mul_(1)
        b.zero_() if not b.requires_grad else torch.autograd.graph.increment_version(b)
    try:
        loss.backward()
    except RuntimeError:
        pass
"""
    stepped, recorded = Stepper(), Stepper()
    for stepper, stepping in ((stepped, True), (recorded, False)):
        stepper.run(text, stepping=stepping)
        names = {node.id: node.name for node in stepper.recorder.current().nodes}
        state = stepper.events[-1].state
        assert (state.status, names[state.current]) == ("failed", "ExpBackward0")
    ours, theirs = told_of(recorded, 3), told_of(stepped, 3)
    assert ours == theirs and ours[-1][0] == "ExpBackward0"


def test_hooks_that_a_program_puts_on_a_node_of_a_repeated_pass_run_once_and_are_theirs():
    text = """\
w = torch.ones(3, requires_grad=True)
seen = []
for step in range(4):
    w.grad = None
    h = w * 2
    loss = h.sum()
    loss.backward(retain_graph=True)
    if step == 2:
        handle = h.grad_fn.register_hook(lambda inputs, outputs: seen.append(step))
        loss.backward()
        handle.remove()
"""
    stepper, namespace = ran(text)
    assert namespace["seen"] == [2] and len(stepper.marks) == 5
    assert namespace["w"].grad.tolist() == [2, 2, 2]


TURNING = """\
w = torch.ones(3, requires_grad=True)
v = torch.ones(3, requires_grad=True)
for step in range(4):
    w.grad = v.grad = None
    h = w * (0 if step == {step} else 2)
    ((h.sqrt() * v).sum() + (w * v).exp().sum()).backward()
"""


def held_from_turn(step):
    """(where it was held, what is known of its nodes) of the pass in which a gradient becomes infinite."""
    seen = []

    def answer(event):
        names = {node.id: node.name for node in stepper.recorder.current().nodes}
        seen.append((names[event.state.current], event.state.n_done))
        stepper.controller.holding.step(UntilNext())

    stepper = Stepper(answer)
    stepper.recorder.finite.hold.tell = lambda finding: None
    stepper.recorder.finite.watch.begin_run(is_on=True)
    stepper.run(TURNING.format(step=step), stepping=False)
    return seen, told_of(stepper, step + 1)


def test_where_a_gradient_turns_infinite_the_pass_is_held_behind_its_node_and_goes_on_from_there():
    (seen, told), (seen_first, told_first) = held_from_turn(2), held_from_turn(0)
    assert [name for name, _ in seen] == ["SqrtBackward0", "MulBackward0", "AccumulateGrad"]
    assert seen == seen_first and str(told) == str(told_first)  # as a pass that none was like before
