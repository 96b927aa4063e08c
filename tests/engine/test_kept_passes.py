"""Earlier passes of a run open again with the values, the gradients and the order that they had."""

import gc
import math
import weakref

import pytest
import torch

from engine.autograd.passes import kept_passes
from engine.protocol.breakpoints import AtPass, Breakpoint
from engine.protocol.errors import EngineError
from engine.protocol.notes import NotRecorded
from engine.protocol.until import UntilEnd
from tests.engine.programs import Stepper, new_namespace

LOOP = """\
torch.manual_seed(1)
model = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
seen = []
for step in range(20):
    x = torch.randn(3 + step % 2, 4)
    h = model[1](model[0](x))
    h.retain_grad()
    loss = (model[2](h) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    seen.append((h.detach().clone(), h.grad.clone(), model[0].weight.detach().clone(), model[0].weight.grad.clone()))
    optimizer.step()
"""


@pytest.fixture(autouse=True)
def every_structure(monkeypatch):
    """Graphs are worked out whatever that takes: on a busy machine a run would soon have had its share of time."""
    monkeypatch.setattr(kept_passes, "_COST_AT_FIRST_S", math.inf)


def ran(text, *, stepping=False, budget_bytes=1 << 28):
    """(stepper, namespace) of a program whose passes run to their ends."""
    stepper = Stepper(lambda event: stepper.controller.holding.step(UntilEnd()))
    stepper.controller._kept.budget_bytes = budget_bytes
    return stepper, stepper.run(text, stepping=stepping)


def one(opened, **fields):
    (found,) = [
        node for node in opened.graph.nodes if all(getattr(node, key) == value for key, value in fields.items())
    ]
    return found


def norms_of(steps):
    return [step.norm for step in steps]


@pytest.mark.parametrize("stepping", [False, True])
def test_a_pass_opens_with_the_values_and_gradients_that_it_had(stepping):
    stepper, namespace = ran(LOOP, stepping=stepping)
    controller, recorder = stepper.controller, stepper.recorder
    for index in (1, 2, 7, 20):
        h, h_grad, weight, weight_grad = namespace["seen"][index - 1]
        opened = controller.open_pass(index)
        tanh = one(opened, name="TanhBackward0")
        leaf = one(opened, kind="accumulate", variable="model.0.weight")
        assert torch.equal(recorder.value(tanh.id, 0)[0], h)
        assert torch.equal(controller.values.gradient(tanh.id, 0)[0], h_grad)
        assert torch.equal(recorder.value(leaf.id, 0)[0], weight)
        assert torch.equal(controller.values.gradient(leaf.id, 0)[0], weight_grad)
        assert opened.state.pass_index == index and opened.state.status == "finished"
        assert tanh.outputs[0].shape == tuple(h.shape)


def test_its_steps_are_those_that_it_was_held_at():
    stepper, _ = ran(LOOP, stepping=True)
    last = max(event.state.pass_id for event in stepper.events)
    steps = [step for event in stepper.events if event.state.pass_id == last for step in event.steps]
    opened = stepper.controller.open_pass(20)
    names = {node.id: node.name for node in (*opened.graph.nodes, *stepper.recorder.current().nodes)}
    assert [names[step.node] for step in opened.steps] == [names[step.node] for step in steps]
    assert norms_of(opened.steps) == norms_of(steps)
    assert [len(step.ready) for step in opened.steps] == [len(step.ready) for step in steps]


def test_two_passes_have_no_node_in_common():
    stepper, _ = ran(LOOP)
    graphs = [stepper.controller.open_pass(index).graph for index in (3, 3, 4)] + [stepper.recorder.current()]
    ids = [node.id for graph in graphs for node in graph.nodes]
    assert len(ids) == len(set(ids)) and len({graph.id for graph in graphs}) == 4


def test_over_its_budget_the_older_fade_and_keep_their_order_and_norms():
    whole, _ = ran(LOOP)
    n_bytes = whole.controller._kept.n_bytes
    stepper, _ = ran(LOOP, budget_bytes=n_bytes // 3)
    kept = stepper.controller._kept
    assert kept.n_bytes <= n_bytes // 3 and 3 <= len(kept.whole()) < 10 and kept.whole()[-1] == 20
    faded = next(index for index in range(1, 20) if index not in kept.whole())
    opened, same = stepper.controller.open_pass(faded), whole.controller.open_pass(faded)
    assert norms_of(opened.steps) == norms_of(same.steps) and None not in norms_of(opened.steps)
    tanh = one(opened, name="TanhBackward0")
    assert not tanh.outputs[0].recorded and stepper.recorder.value(tanh.id, 0)[0] is None
    assert stepper.controller.values.gradient(tanh.id, 0) == (None, NotRecorded("budget"))


def test_of_old_passes_fewer_are_kept_than_of_new_ones():
    text = (
        LOOP.replace("range(20)", "range(400)")
        .replace("step % 2", "0")
        .replace("    seen.append", "    0 and seen.append")
    )
    whole, _ = ran(LOOP)
    stepper, _ = ran(text, budget_bytes=whole.controller._kept.n_bytes)
    indices = stepper.controller._kept.whole()
    assert sum(index > 200 for index in indices) > sum(index <= 200 for index in indices) > 0
    assert set(range(396, 401)) <= set(indices)


def test_the_passes_with_a_nan_or_a_hit_go_last():
    text = (
        LOOP.replace("range(20)", "range(200)")
        .replace("step % 2", "0")
        .replace("    seen.append", "    0 and seen.append")
        .replace("    loss.backward()", "    (loss * math.nan if step == 2 else loss).backward()")
        .replace("    optimizer.step()", "    0 and optimizer.step()")
    )
    whole, _ = ran(LOOP)
    stepper = Stepper(lambda event: stepper.controller.holding.step(UntilEnd()))
    stepper.controller._kept.budget_bytes = whole.controller._kept.n_bytes // 2
    stepper.controller.holding.breakpoints.set((Breakpoint(1, AtPass(6)),))
    stepper.run("import math\n" + text, stepping=False)
    indices = stepper.controller._kept.whole()
    assert {3, 6} <= set(indices) and len(indices) < 20 and not {2, 4, 5, 7} & set(indices)


def test_a_norm_whose_squares_leave_float32_is_measured_all_the_same():
    stepper, _ = ran("w = torch.full((4,), 1.0, requires_grad=True)\n(w * 1e38).sum().backward()\n")
    assert math.isclose(stepper.marks[1].norm, 2e38, rel_tol=1e-6)
    (step,) = [step for step in stepper.steps if step.norm > 1e37]
    assert math.isclose(step.norm, 2e38, rel_tol=1e-6)


def test_a_pass_that_is_larger_than_the_budget_holds_nothing_of_the_next():
    stepper, _ = ran(LOOP, budget_bytes=10)
    assert stepper.controller._kept.whole() == () and stepper.controller._kept.n_bytes == 0
    assert len(stepper.controller.open_pass(5).steps) == 11


def test_what_is_kept_holds_no_graph():
    stepper, namespace = Stepper(), new_namespace()
    text = """\
nodes = []
for step in range(5):
    w = torch.ones(3, requires_grad=True)
    h = w * 2
    loss = (h * h).sum()
    loss.backward()
    loss.grad_fn.metadata["token"] = Token()
    nodes.append(weakref.ref(loss.grad_fn.metadata["token"]))
del w, h, loss
"""
    namespace |= {"weakref": weakref, "Token": type("Token", (), {})}
    stepper.run(text, stepping=False, namespace=namespace)
    gc.collect()
    assert [node() is None for node in namespace["nodes"]] == [True] * 4 + [False]  # the last is on screen


def test_a_pass_that_is_not_there_is_said():
    stepper, _ = ran(LOOP)
    with pytest.raises(EngineError, match="Of pass 21 nothing but its mark was kept"):
        stepper.controller.open_pass(21)


def test_a_new_run_begins_with_none():
    stepper, _ = ran(LOOP)
    stepper.run("w = torch.ones(2, requires_grad=True)\n(w * w).sum().backward()\n", stepping=False)
    assert stepper.controller._kept.whole() == (1,)


NESTED = """\
rows = [torch.ones(2, 3, requires_grad=True), torch.ones(4, 3, requires_grad=True)]
for layout in (torch.strided, torch.jagged):
    nested = torch.nested.as_nested_tensor(rows, layout=layout)
    loss = torch.nested.to_padded_tensor(nested * 2, 0.0).sum()
    loss.backward()
"""
SPARSE = """\
table = torch.ones(7, 3, requires_grad=True)
loss = F.embedding(torch.tensor([1, 1, 5]), table, sparse=True).pow(2).sum()
loss.backward()
"""


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
@pytest.mark.parametrize("text", [NESTED, SPARSE])
def test_gradients_without_a_plain_shape_are_kept_as_any(text):
    stepper, _ = ran(text)
    whole = stepper.controller._kept.whole()
    assert whole == tuple(range(1, text.count("layout in") + 2))
    assert all(stepper.controller.open_pass(index).steps for index in whole)
