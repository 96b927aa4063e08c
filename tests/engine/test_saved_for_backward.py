"""What nodes hold for backward is told by name, owner, sharing and version; a pass that will fail is told before."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
import torch

from engine.autograd.kept_for_backward import kept_by, obstacle
from engine.autograd.passes.call_graph import CallGraph
from engine.autograd.passes.forecast import foretell
from engine.protocol import messages as m
from engine.protocol.graph_values import Graph
from engine.protocol.notes import Freed, Packed
from engine.protocol.saved import NodeSaved
from engine.protocol.until import UntilEnd
from engine.shared.held_bytes import held_bytes
from engine.tensors.unseen import Unseen
from tests.engine.client import Client, of_kind
from tests.engine.watched import watch

HEAD = "import torch\nfrom torch import nn\n"
END = UntilEnd()
SQUARE = "x = torch.ones(3, requires_grad=True)\nh = x.exp()\nloss = (h * h).sum()\n"


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def shown(events: list[m.Event]) -> Graph:
    return of_kind(events, m.GraphShown)[-1].graph


def saved(engine: Client, graph: Graph, name: str) -> NodeSaved:
    node = next(node.id for node in graph.nodes if node.name == name)
    answer = engine.ask(m.AskSaved(graph=graph.id, node=node))
    assert isinstance(answer, m.SavedShown), answer
    return answer.saved


def test_each_tensor_has_its_name_owner_size_and_the_nodes_that_share_it(engine: Client) -> None:
    graph = shown(engine.run(HEAD + SQUARE))
    exp, product = saved(engine, graph, "ExpBackward0"), saved(engine, graph, "MulBackward0")
    assert [(one.name, one.owner, one.shape, one.n_bytes) for one in exp.tensors] == [("result", "h", (3,), 12)]
    assert [(one.name, one.owner) for one in product.tensors] == [("other", "h"), ("self", "h")]
    assert exp.tensors[0].sharing == (product.node,) and product.tensors[0].sharing == (exp.node,)
    assert exp.n_bytes == product.n_bytes == 12  # two names for one storage
    assert exp.readers == (product.node, exp.node)
    assert (exp.released, exp.forecast) == (None, None)


def test_a_parameter_that_is_saved_through_its_transpose_is_named(engine: Client) -> None:
    graph = shown(
        engine.run(HEAD + "net = nn.Linear(4, 2)\nx = torch.ones(3, 4, requires_grad=True)\nloss = net(x).sum()")
    )
    assert {one.name: one.owner for one in saved(engine, graph, "AddmmBackward0").tensors} == {
        "mat1": "x",
        "mat2": "part of net.weight",
    }


def test_a_result_without_a_name_is_called_what_the_program_wrote_to_make_it(engine: Client) -> None:
    graph = shown(engine.run(HEAD + "x = torch.ones(2, 3, requires_grad=True)\nloss = x.exp().view(6).sin().sum()"))
    assert [one.owner for one in saved(engine, graph, "SinBackward0").tensors] == ["x.exp()"]


def test_the_total_grows_in_forward_and_shrinks_in_backward_to_nothing(engine: Client) -> None:
    graph = shown(engine.run(HEAD + "x = torch.ones(3, requires_grad=True)\nloss = x.exp().tanh().sum()\n"))
    total = saved(engine, graph, "TanhBackward0").total
    assert total.n_bytes == (12, 24, 24, 24, 12, 0)  # exp, tanh, sum; sum, tanh, exp
    assert (total.n_forward, total.made_at, total.freed_at) == (3, 1, 4)


def test_what_several_hold_counts_once_and_until_the_last_has_run() -> None:
    storages = {1: [(7, 100)], 2: [(7, 100), (8, 10)]}
    assert held_bytes(storages, [1, 2], [2, 1], is_freed=True) == [100, 110, 100, 0]
    assert held_bytes(storages, [1, 2], [2, 1], is_freed=False) == [100, 110, 110, 110]


def test_a_pass_that_frees_is_named_and_a_second_one_foretold(engine: Client) -> None:
    graph = shown(engine.run(HEAD + SQUARE + "loss.backward()"))
    found = saved(engine, graph, "MulBackward0")
    assert (found.tensors, found.note, found.n_bytes) == ((), Freed(), 12)
    assert found.released is not None and found.released.text == "loss.backward() (line 6) freed it once it had run."
    assert found.forecast is not None and found.forecast_node == found.node
    assert found.forecast.text == (
        "loss.backward(): loss.backward() at line 6 has gone back through this graph already and freed what it had "
        "saved; pass retain_graph=True to that one, or compute the output anew."
    )


def test_a_pass_that_retains_the_graph_leaves_a_second_one_possible(engine: Client) -> None:
    graph = shown(engine.run(HEAD + SQUARE + "loss.backward(retain_graph=True)"))
    found = saved(engine, graph, "MulBackward0")
    assert found.forecast is None and len(found.tensors) == 2
    assert found.released is not None and "retained it" in found.released.text


def test_a_held_pass_that_will_fail_says_so_at_its_first_node(engine: Client) -> None:
    engine.start(HEAD + SQUARE + "h += 1\nloss.backward()", step=True)
    state = engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused").state
    product = next(node for node in shown(engine.events).nodes if node.name == "MulBackward0")
    assert state.forecast is not None and state.forecast_node == product.id
    assert state.forecast.said.text == (
        "loss.backward(): backward of Tensor.mul (line 5) needs h as it was then, but h += 1 at line 6 changed it in "
        "place; compute a new tensor there, or write into h.clone()."
    )
    engine.send(m.Step(until=END))
    engine.wait(m.Finished)


def test_a_write_that_breaks_a_backward_is_a_notice_of_a_program_that_has_not_called_it(engine: Client) -> None:
    (notice,) = engine.run(HEAD + SQUARE + "h += 1\nh = None\n")[-1].notices
    assert notice.said.text.startswith("loss.backward(): backward of Tensor.mul (line 5) needs h as it was then")
    assert notice.place is not None and notice.place.line == 5
    assert engine.run(HEAD + SQUARE + "h = None\n")[-1].notices == ()


def test_of_a_number_taken_of_a_graph_that_a_pass_has_freed_no_backward_is_foretold(engine: Client) -> None:
    events = engine.run(HEAD + SQUARE + "loss.backward()\nbest = h.max()\n")
    assert events[-1].notices == ()
    assert saved(engine, shown(events), "MaxBackward1").forecast is not None  # who asks is told


def test_the_switch_of_an_own_backward_says_whether_it_retains_the_graph(engine: Client) -> None:
    graph = shown(engine.run(HEAD + SQUARE))
    for retains in (True, False):
        engine.skip()
        engine.send(m.StepOutput(output="loss", retain_graph=retains))
        held = engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused").state
        assert held.forecast is None
        engine.send(m.Step(until=END))
        engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "finished")
        found = saved(engine, graph, "MulBackward0")
        assert (found.forecast is None) == retains
    engine.skip()
    engine.send(m.StepOutput(output="loss"))
    assert (
        engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused").state.forecast is not None
    )
    engine.send(m.AbortBackward())


# -- reading changes nothing

OBSTACLES = {
    "freed": SQUARE + "loss.backward()\n",
    "written": SQUARE + "h.add_(1)\n",
    "written through a view": SQUARE + "h[0] = 5.0\n",
    "a parameter after a step": (
        "w = torch.ones(3, requires_grad=True)\nloss = (w * w).sum()\nloss.backward(retain_graph=True)\n"
        "torch.optim.SGD([w], 0.1).step()\n"
    ),
    "a function of the program, freed": (
        "class Twice(torch.autograd.Function):\n"
        "    @staticmethod\n    def forward(ctx, x):\n        ctx.save_for_backward(x)\n        return x * 2\n"
        "    @staticmethod\n    def backward(ctx, g):\n        return g * ctx.saved_tensors[0]\n"
        "x = torch.ones(3, requires_grad=True)\nloss = Twice.apply(x).sum()\nloss.backward()\n"
    ),
    "nothing": SQUARE,
    "written through data": SQUARE + "h.data.add_(1)\n",
    "a write that backward does not need": (
        "x = torch.ones(3, requires_grad=True)\nh = x + 1\nloss = h.sum()\nh.add_(1)\n"
    ),
}


@pytest.mark.parametrize("name", OBSTACLES)
def test_what_is_foretold_is_what_pytorch_does(name: str) -> None:
    recorder, space = watch(OBSTACLES[name])
    found = foretell(CallGraph([space["loss"]], accumulate=True), recorder, "loss.backward()", space)
    try:
        space["loss"].backward()
    except RuntimeError:
        assert found is not None and found.said.text.startswith("loss.backward()")
    else:
        assert found is None


def test_hooks_of_the_program_are_not_run_and_what_they_packed_is_said_to_be_packed() -> None:
    calls = []
    x = torch.ones(3, requires_grad=True)
    with torch.autograd.graph.saved_tensors_hooks(lambda t: t, lambda t: calls.append(t)):  # type: ignore[func-returns-value]
        y = x.exp()
    with Unseen():
        assert [(one.name, one.is_packed, one.shape) for one in kept_by(y.grad_fn)] == [("result", True, None)]
        assert obstacle(y.grad_fn) == ""
    assert calls == []


def test_reading_keeps_no_tensor_alive_and_writes_no_version() -> None:
    x = torch.ones(3, requires_grad=True)
    y = x.exp()
    z = y * y
    before = y._version
    with Unseen():
        assert [one.name for one in kept_by(z.grad_fn)] == ["other", "self"]
        assert obstacle(z.grad_fn) == ""
    assert y._version == before
    gone = weakref.ref(y)
    del y, z
    gc.collect()
    assert gone() is None


def test_packed_tensors_are_told_in_the_answer(engine: Client) -> None:
    text = (
        "x = torch.ones(3, requires_grad=True)\n"
        "with torch.autograd.graph.saved_tensors_hooks(lambda t: t, lambda t: t):\n    loss = x.exp().sum()\n"
    )
    found = saved(engine, shown(engine.run(HEAD + text)), "ExpBackward0")
    assert found.note == Packed() and [one.is_packed for one in found.tensors] == [True]


def test_versions_saved_and_current_differ_where_somebody_wrote_who_is_named(engine: Client) -> None:
    graph = shown(engine.run(HEAD + SQUARE + "h += 1\nloss.sum()"))
    engine.ask(m.ShowGraph(output="loss"))
    graph = shown(engine.events)
    found = saved(engine, graph, "MulBackward0")
    (first, _) = found.tensors
    assert set(saved(engine, graph, "ExpBackward0").readers) == set(found.tensors[0].sharing) | {found.node}
    assert (first.saved_version, first.version) == (0, 1)
    assert first.written is not None and first.written.text == "h += 1 at line 6 changed it in place."


UNNOTICED = {
    "NumPy": ("h.detach().numpy()[:] = 5", "NumPy, or another that shares its memory, changed it since"),
    "data": ("h.data.add_(1)", "h.data.add_(1) at line 6 changed it through .data"),
}


@pytest.mark.parametrize("how", UNNOTICED)
def test_a_write_that_no_version_tells_of_is_said_before_the_pass_runs(engine: Client, how: str) -> None:
    statement, words = UNNOTICED[how]
    graph = shown(engine.run(f"{HEAD}{SQUARE}{statement}\n"))
    for name in ("ExpBackward0", "MulBackward0"):
        first, *_ = saved(engine, graph, name).tensors
        assert first.version == first.saved_version
        assert first.written is not None and first.written.text.startswith(words)
    graph = shown(engine.run(HEAD + SQUARE))
    assert saved(engine, graph, "MulBackward0").tensors[0].written is None
