"""What the forward pass records is joined to the right node: operation, variable, value, source, module, call."""

import pytest
import torch
from torch._C._dynamo.eval_frame import set_eval_frame

from engine.protocol.notes import NotRecorded
from tests.engine.watched import graph_of, node, watch

MLP = """\
torch.manual_seed(0)
x = torch.randn(4, 3)
y = torch.tensor([0, 1, 2, 1])
W1 = torch.randn(3, 5, requires_grad=True)
b1 = torch.zeros(5, requires_grad=True)
h = torch.tanh(x @ W1 + b1)
W2 = torch.randn(5, 3, requires_grad=True)
loss = F.cross_entropy(h @ W2, y)
"""


@pytest.mark.parametrize("is_inlined", [True, False])
def test_operations_variables_and_sources_of_an_mlp(is_inlined):
    """Python tells another place of a call that it does not inline, as while torch.compile looks at frames."""
    before = None if is_inlined else set_eval_frame(False)
    try:
        _, _, graph = graph_of(MLP, "loss")
    finally:
        if not is_inlined:
            set_eval_frame(before)
    seen = [(n.name, n.operation, n.variable, n.source and n.source.text) for n in graph.nodes if n.kind == "backward"]
    assert seen == [
        ("NllLossBackward0", "F.cross_entropy", "loss", "F.cross_entropy(h @ W2, y)"),
        ("LogSoftmaxBackward0", "F.cross_entropy", "", "F.cross_entropy(h @ W2, y)"),
        ("MmBackward0", "@", "", "h @ W2"),
        ("TanhBackward0", "torch.tanh", "h", "torch.tanh(x @ W1 + b1)"),
        ("AddBackward0", "+", "", "x @ W1 + b1"),
        ("MmBackward0", "@", "", "x @ W1"),
    ]
    assert {n.variable for n in graph.nodes if n.kind == "accumulate"} == {"W1", "b1", "W2"}


def test_nodes_of_one_call_share_its_number():
    _, _, graph = graph_of(MLP, "loss")
    loss, softmax = node(graph, name="NllLossBackward0"), node(graph, name="LogSoftmaxBackward0")
    assert loss.call == softmax.call >= 0
    assert sum(n.call == loss.call for n in graph.nodes) == 2


def test_inputs_without_a_gradient_join_the_node_that_consumed_them():
    recorder, namespace, graph = graph_of(MLP, "loss")
    names = {n.id: n.variable for n in graph.nodes if n.kind == "input"}
    assert sorted(names.values()) == ["x", "y"]
    joined = {
        (names[e.target], next(n.name for n in graph.nodes if n.id == e.source)) for e in graph.edges if not e.gradient
    }
    assert joined == {("x", "MmBackward0"), ("y", "NllLossBackward0")}
    x = next(key for key, name in names.items() if name == "x")
    assert torch.equal(recorder.value(x, 0)[0], namespace["x"])
    assert recorder.leaf(x) is namespace["x"]


def test_every_value_is_the_forward_pass_s_own():
    recorder, namespace, graph = graph_of(MLP, "loss")
    x, W1, b1, W2, h = (namespace[name].detach() for name in ("x", "W1", "b1", "W2", "h"))
    expected = {
        "TanhBackward0": h,
        "AddBackward0": x @ W1 + b1,
        "LogSoftmaxBackward0": torch.log_softmax(h @ W2, 1),
        "NllLossBackward0": namespace["loss"].detach(),
    }
    for name, value in expected.items():
        recorded, note = recorder.value(node(graph, name=name).id, 0)
        assert torch.equal(recorded, value) and note is None
    assert graph.n_not_recorded == 0


def test_the_sum_over_a_broadcast_is_told():
    _, _, graph = graph_of(MLP, "loss")
    names = {n.id: (n.name, n.variable) for n in graph.nodes}
    summed = {names[e.target]: (e.summed_from, e.shape) for e in graph.edges if e.summed_from}
    assert summed == {("AccumulateGrad", "b1"): ((4, 5), (5,))}


def test_ids_are_stable_and_found_from_tensors():
    recorder, namespace, graph = graph_of(MLP, "loss")
    smaller = recorder.graph(namespace["h"], "h", namespace)
    again = recorder.graph(namespace["loss"], "loss", namespace)
    assert [n.id for n in graph.nodes] == [n.id for n in again.nodes]
    assert {n.id for n in smaller.nodes} < {n.id for n in again.nodes}
    for name in ("h", "W1", "x", "loss"):
        assert node(again, id=recorder.node_of(namespace[name])).variable == name
    assert recorder.node_of(torch.ones(1)) == -1
    assert recorder.grad_fn(recorder.node_of(namespace["h"])) is namespace["h"].grad_fn


def test_the_outputs_are_the_variables_with_a_graph_newest_first():
    _, _, graph = graph_of(MLP + "logits = loss * 2\n", "loss")
    assert graph.outputs == ("logits", "loss", "h")


def test_nothing_is_recorded_outside():
    recorder, namespace = watch(MLP)
    late = namespace["h"] * 2
    graph = recorder.graph(late, "late", namespace)
    root = graph.nodes[0]
    assert (root.operation, root.source, root.outputs[0].recorded) == ("", None, False)
    assert recorder.value(root.id, 0) == (None, NotRecorded())
    assert graph.n_not_recorded == 1
