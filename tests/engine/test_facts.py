"""Facts of nodes are PyTorch's own numbers, had in turns so short that nobody else waits for them."""

import math
import time

import pytest
import torch

from engine.autograd.passes.controller import BackwardController
from engine.protocol import messages as m
from engine.protocol.notes import Freed, NotRecorded, Packed, Unreadable
from engine.serve.facts import FactBook
from tests.engine.client import Client, of_kind
from tests.engine.programs import PROGRAMS, Stepper
from tests.engine.watched import graph_of, node

NETWORK = """\
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 3))
x = torch.randn(5, 6)
loss = F.cross_entropy(net(x), torch.tensor([0, 1, 2, 1, 0]))
"""
HOOKED = """\
def pack(tensor):
    return tensor.clone()
def unpack(tensor):
    raise AssertionError("a hook of the program's was run")
a = torch.randn(4, requires_grad=True)
with torch.autograd.graph.saved_tensors_hooks(pack, unpack):
    loss = a.tanh().sum()
"""


def facts_of(text, name="loss", **variables):
    """(graph, facts by node id, namespace) of the graph behind a variable."""
    recorder, namespace, graph = graph_of(text, name, **variables)
    book = FactBook(recorder, BackwardController(recorder, lambda event: None))
    return graph, all_facts(book.facts, graph), namespace


def all_facts(ask, graph):
    """Asked for until all have come."""
    found = {}
    left = [node.id for node in graph.nodes]
    while left:
        answer = ask(m.AskFacts(graph=graph.id, nodes=tuple(left)))
        assert answer.graph == graph.id
        found |= {facts.node: facts for facts in answer.facts}
        left = [node_id for node_id in left if node_id not in found]
    return found


def test_minimum_maximum_norm_and_counts_are_those_that_torch_gives():
    graph, facts, space = facts_of("x = torch.randn(7, 9, requires_grad=True)\ny = x.relu()\nloss = y.sum()")
    found, y = facts[node(graph, name="ReluBackward0").id], space["y"]
    assert (found.minimum, found.maximum) == (y.min().item(), y.max().item())
    assert found.norm == torch.linalg.vector_norm(y).item()
    assert (found.n_zero, found.n_elements) == ((y == 0).sum().item(), 63)
    assert (found.n_nan, found.n_inf, found.value_note) == (0, 0, None)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float16, torch.bfloat16, torch.complex64])
def test_smaller_floats_are_measured_in_float32_and_complex_numbers_by_their_magnitude(dtype):
    graph, facts, space = facts_of(
        "x = torch.randn(40, 3, dtype=dtype, requires_grad=True)\ny = x * 2\nloss = y.abs().sum()", dtype=dtype
    )
    y = space["y"].detach()
    y = y.abs() if dtype.is_complex else y if dtype == torch.float64 else y.float()
    found = facts[node(graph, name="MulBackward0").id]
    assert found.norm == torch.linalg.vector_norm(y).item()
    assert (found.minimum, found.maximum) == (y.min().item(), y.max().item())


def test_nan_and_inf_are_counted_and_the_rest_measured_without_them():
    graph, facts, _ = facts_of(
        "x = torch.tensor([-1.0, 0.0, 4.0, float('nan')], requires_grad=True)\ny = x.log()\nloss = y.sum()"
    )
    found = facts[node(graph, name="LogBackward0").id]
    assert (found.n_nan, found.n_inf, found.n_elements) == (2, 1, 4)
    assert found.minimum == found.maximum == found.norm == pytest.approx(math.log(4))
    assert facts[node(graph, name="SumBackward0").id].minimum is None


def test_several_outputs_are_measured_as_one():
    graph, facts, space = facts_of("x = torch.randn(6, 4, requires_grad=True)\na, b = x.split(3)\nloss = (a * b).sum()")
    found = facts[node(graph, name="SplitBackward0").id]
    assert (found.n_elements, found.maximum) == (24, space["x"].max().item())
    assert found.norm == pytest.approx(space["x"].norm().item())


def test_a_large_tensor_and_its_transpose_have_the_norm_that_torch_gives_the_whole():
    graph, facts, space = facts_of(
        "x = torch.randn(3000, 3000, requires_grad=True)\nloss = (torch.ones(1, 3000) @ x.T).sum()"
    )
    x = space["x"]
    for name in ("AccumulateGrad", "TBackward0"):
        found = facts[next(n.id for n in graph.nodes if n.name in (name, "PermuteBackward0"))]
        assert found.norm == torch.linalg.vector_norm(x).item()
        assert (found.minimum, found.maximum, found.n_elements) == (x.min().item(), x.max().item(), 9_000_000)


def test_what_a_node_saved_is_what_its_grad_fn_says():
    graph, facts, space = facts_of(NETWORK)
    for found in graph.nodes:
        if found.kind != "backward":
            assert facts[found.id].saved == ()
    relu = space["loss"].grad_fn
    while relu.name() != "ReluBackward0":
        relu = relu.next_functions[1 if relu.name() == "AddmmBackward0" else 0][0]
    (storage,) = facts[node(graph, name="ReluBackward0").id].saved
    assert storage.n_bytes == relu._saved_result.untyped_storage().nbytes() == 5 * 8 * 4
    second = next(n for n in graph.nodes if n.name == "AddmmBackward0" and n.module == "2")
    assert storage.id in {one.id for one in facts[second.id].saved}  # the input of the layer after: one memory


def test_hooks_that_the_program_packs_with_are_not_run():
    graph, facts, _ = facts_of(HOOKED)
    assert facts[node(graph, name="TanhBackward0").id].saved_note == Packed()


def test_what_was_freed_says_so():
    graph, facts, _ = facts_of("a = torch.ones(3, requires_grad=True)\nloss = a.tanh().sum()\nloss.backward()")
    assert facts[node(graph, name="TanhBackward0").id].saved_note == Freed()
    assert facts[node(graph, name="SumBackward0").id].saved_note is None  # it had saved nothing


def test_what_a_watched_pass_freed_is_known_all_the_same():
    stepper = Stepper()
    stepper.run("a = torch.ones(3, requires_grad=True)\nloss = a.tanh().sum()\nloss.backward()", stepping=False)
    graph = stepper.recorder.current()
    facts = all_facts(FactBook(stepper.recorder, stepper.controller).facts, graph)
    (storage,) = facts[node(graph, name="TanhBackward0").id].saved
    assert storage.n_bytes == 12


def test_a_value_that_was_not_kept_and_one_that_cannot_be_read_say_so():
    recorder, _, graph = graph_of("x = torch.ones(9, requires_grad=True)\ny = x * 2\nloss = (y + 1).sum()", "loss")
    recorder.budget_bytes = 0
    book = FactBook(recorder, BackwardController(recorder, lambda event: None))
    dropped = [f for f in all_facts(book.facts, graph).values() if f.value_note == NotRecorded("budget")]
    assert dropped and all(f.norm is None for f in dropped)
    graph, facts, _ = facts_of("x = torch.ones(3, device='meta', requires_grad=True)\nloss = (x * 2).sum()")
    assert isinstance(facts[node(graph, name="MulBackward0").id].value_note, Unreadable)


def test_a_parameter_that_was_written_to_is_measured_anew():
    recorder, space, graph = graph_of("w = torch.ones(4, requires_grad=True)\nloss = (w * 2).sum()", "loss")
    book = FactBook(recorder, BackwardController(recorder, lambda event: None))
    before = all_facts(book.facts, graph)
    with torch.no_grad():
        space["w"].mul_(5)  # unwatched: nobody copied what it held
    after = all_facts(book.facts, graph)
    leaf = node(graph, name="AccumulateGrad").id
    assert (before[leaf].maximum, after[leaf].maximum) == (1.0, 5.0)
    assert after[leaf].value_note is not None


@pytest.mark.parametrize("stepping", [True, False])
def test_a_pass_tells_how_long_each_node_ran_and_not_how_long_it_was_held(stepping):
    held_s, start_s = 0.0, time.monotonic()

    def answer(event):
        nonlocal held_s
        begin_s = time.monotonic()
        time.sleep(0.05)
        held_s += time.monotonic() - begin_s
        stepper.controller.holding.step(m.UntilNext())

    stepper = Stepper(answer)
    stepper.run(
        "import time\n"
        "class Slow(torch.autograd.Function):\n"
        "    @staticmethod\n"
        "    def forward(ctx, x):\n"
        "        return x * 2\n"
        "    @staticmethod\n"
        "    def backward(ctx, g):\n"
        "        time.sleep(0.2)\n"
        "        return g * 2\n"
        "loss = Slow.apply(torch.ones(3, requires_grad=True)).sum()\n"
        "loss.backward()\n",
        stepping=stepping,
    )
    graph = stepper.recorder.current()
    times = {time.node: time.dt_ms for event in stepper.events for time in event.times}
    assert set(times) == {node.id for node in graph.nodes}
    slow = node(graph, name="SlowBackward").id
    assert times[slow] >= 200
    assert sum(times.values()) / 1000 + held_s <= time.monotonic() - start_s


def test_what_grad_takes_out_is_told_with_its_norm():
    stepper = Stepper()
    space = stepper.run(
        "x = torch.tensor([3.0, 4.0], requires_grad=True)\n(g,) = torch.autograd.grad((x * x).sum(), x)"
    )
    state = stepper.events[-1].state
    assert state.captured_norms == (torch.linalg.vector_norm(space["g"]).item(),)
    assert stepper.events[0].state.captured_norms == ()


@pytest.mark.parametrize("name", ["mlp", "shared weights and fan-in", "in place"])
def test_reading_what_nodes_saved_changes_no_pass(name):
    stepper = Stepper()
    stepper.run(PROGRAMS[name], stepping=False)
    assert stepper.statuses == ["finished"]


def test_an_answer_has_what_a_turn_allows_and_the_rest_can_be_asked_for_again():
    with Client() as engine:
        events = engine.run(
            "import torch\nx = torch.randn(3000, 4000, requires_grad=True)\nloss = sum((x * k).sum() for k in range(8))"
        )
        graph = of_kind(events, m.GraphShown)[-1].graph
        first = engine.ask(m.AskFacts(graph=graph.id, nodes=tuple(node.id for node in graph.nodes)))
        assert len(first.facts) < len(graph.nodes)
        assert len(all_facts(engine.ask, graph)) == len(graph.nodes)
        other = engine.ask(m.AskFacts(graph=graph.id + 7, nodes=(0,)))
        assert (other.graph, other.facts) == (graph.id, ())


STRANGE = """\
class Strange(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, arguments=(), keywords=None):
        raise RuntimeError("not for you")
x = torch.ones(4, requires_grad=True)
with torch._C.DisableTorchFunctionSubclass():
    y = (x * 3).as_subclass(Strange)
    loss = (y.as_subclass(torch.Tensor) * torch.tensor([1.0, 0.0, 2.0, 0.0])).sum()
"""


def test_a_tensor_of_a_class_of_the_program_is_read_past_its_class():
    graph, facts, _ = facts_of(STRANGE)
    values = [facts[found.id] for found in graph.nodes if found.name == "MulBackward0"]
    assert sorted(found.maximum for found in values) == [3.0, 6.0]
    assert sorted(found.n_zero for found in values) == [0, 2]


def test_a_node_that_tells_nothing_keeps_no_other_back(monkeypatch):
    recorder, _, graph = graph_of("x = torch.ones(4, requires_grad=True)\nloss = (x * 3).sum()", "loss")
    book = FactBook(recorder, BackwardController(recorder, lambda event: None))
    strange = node(graph, name="MulBackward0").id
    value = recorder.value
    monkeypatch.setattr(recorder, "value", lambda node_id, slot: value(node_id, slot) if node_id != strange else 1 / 0)
    facts = all_facts(book.facts, graph)
    assert facts[strange].value_note == Unreadable("division by zero")
    assert facts[node(graph, name="SumBackward0").id].maximum == 12.0
