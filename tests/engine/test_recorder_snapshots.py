"""A card shows the value of the moment in which the operation ran, whatever was written afterwards."""

import torch

from engine.protocol.notes import Changed
from tests.engine.watched import graph_of, node, watch


def value_of(recorder, graph, slot=0, **fields):
    return recorder.value(node(graph, **fields).id, slot)


def test_relu_in_place_leaves_the_value_before_it():
    text = "W = torch.tensor([[1., -2.], [-3., 4.]], requires_grad=True)\nh = W * 2\nh.relu_()\nloss = h.sum()\n"
    recorder, _, graph = graph_of(text, "loss")
    before, note = value_of(recorder, graph, name="MulBackward0")
    assert before.tolist() == [[2, -4], [-6, 8]] and note is None
    assert value_of(recorder, graph, name="ReluBackward0")[0].tolist() == [[2, 0], [0, 8]]


def test_a_chain_of_writes_keeps_every_state():
    text = "a = torch.ones(3, requires_grad=True)\nb = a + 1\nb.mul_(3)\nb += 1\nb.exp_()\nloss = b.sum()\n"
    recorder, _, graph = graph_of(text, "loss")
    values = [
        recorder.value(n.id, 0)[0][0].item()
        for n in reversed(graph.nodes)
        if n.kind == "backward" and n.name != "SumBackward0"
    ]
    assert values[:3] == [2, 6, 7] and abs(values[3] - 1096.63) < 0.1


def test_a_write_through_a_view_and_through_data():
    text = (
        "a = torch.ones(2, 3, requires_grad=True)\nb = a * 2\nc = b * 1\nrow = b[0]\n"
        "with torch.no_grad():\n    b.data[1] = 9.\nc.data.zero_()\nrow.data.fill_(7)\nloss = c.sum() + row.sum()\n"
    )
    recorder, _, graph = graph_of(text, "loss")
    assert [recorder.value(n.id, 0)[0].tolist() for n in graph.nodes if n.name == "MulBackward0"] == [
        [[2, 2, 2], [2, 2, 2]]
    ] * 2
    assert value_of(recorder, graph, name="SelectBackward0")[0].tolist() == [2, 2, 2]


def test_writing_into_a_view_makes_a_new_state_of_its_base():
    text = "a = torch.ones(2, 2, requires_grad=True)\nb = a * 2\nb[0].mul_(5)\nloss = b.sum()\n"
    recorder, _, graph = graph_of(text, "loss")
    assert value_of(recorder, graph, name="CopySlices")[0].tolist() == [[10, 10], [2, 2]]
    assert value_of(recorder, graph, name="MulBackward0")[0].tolist() == [[2, 2], [2, 2]]


def test_parameters_and_inputs_are_those_of_the_forward_pass_after_a_step():
    text = """\
torch.manual_seed(0)
model = nn.Linear(3, 2)
x = torch.randn(4, 3)
before, x_before = model.weight.detach().clone(), x.clone()
optimizer = torch.optim.AdamW(model.parameters(), lr=0.5)
loss = model(x).square().mean()
loss.backward()
optimizer.step()
optimizer.zero_grad(set_to_none=False)
x.zero_()
"""
    recorder, namespace, graph = graph_of(text, "loss")
    weight, note = value_of(recorder, graph, variable="model.weight")
    assert torch.equal(weight, namespace["before"]) and note is None
    assert not torch.equal(weight, namespace["model"].weight)
    assert torch.equal(value_of(recorder, graph, name="TBackward0")[0], namespace["before"].T)
    assert torch.equal(value_of(recorder, graph, kind="input")[0], namespace["x_before"])


def test_the_same_tensor_before_and_after_a_write_are_two_inputs():
    text = (
        "s = torch.ones(2)\nw = torch.ones(2, requires_grad=True)\na = w * s\ns += 1\nb = w + s\nloss = (a + b).sum()\n"
    )
    recorder, _, graph = graph_of(text, "loss")
    values = [recorder.value(n.id, 0)[0].tolist() for n in graph.nodes if n.kind == "input"]
    assert sorted(values) == [[1, 1], [2, 2]]


def test_a_write_that_no_mode_saw_is_told_by_the_version():
    recorder, namespace, graph = graph_of("a = torch.ones(3, requires_grad=True)\nb = a * 2\nloss = b.sum()\n", "loss")
    with torch.no_grad():
        namespace["b"].zero_()
    value, note = value_of(recorder, graph, name="MulBackward0")
    assert note == Changed(0) and value.tolist() == [0, 0, 0]


def test_a_row_of_a_large_table_is_copied_alone():
    text = "t = torch.zeros(1000, 1000)\nw = torch.ones(1000, requires_grad=True)\nh = t[3] * w\nt.fill_(1)\n"
    recorder, _, graph = graph_of(text, "h")
    assert value_of(recorder, graph, kind="input")[0].sum() == 0
    assert recorder.recorded_bytes <= 2 * 1000 * 4  # for the graph, and as what the operation gave


def test_a_transposed_parameter_shares_one_copy():
    text = (
        "m = nn.Linear(100, 100, bias=False)\nh = m(torch.ones(1, 100))\nwith torch.no_grad():\n    m.weight.zero_()\n"
    )
    recorder, _, graph = graph_of(text, "h")
    assert recorder.recorded_bytes < 1.5 * 100 * 100 * 4
    weight, transposed = (
        value_of(recorder, graph, kind="accumulate")[0],
        value_of(recorder, graph, name="TBackward0")[0],
    )
    assert torch.equal(weight.T, transposed) and weight.abs().sum() > 0


def test_saved_tensors_freed_by_backward_do_not_matter():
    recorder, namespace = watch(
        "w = torch.randn(5, requires_grad=True)\nh = w.tanh()\nloss = h.sum()\nloss.backward()\n"
    )
    graph = recorder.graph(namespace["loss"], "loss", namespace)
    assert graph.n_not_recorded == 0
    assert torch.equal(value_of(recorder, graph, variable="h")[0], namespace["w"].detach().tanh())


def test_inference_tensors_and_views_of_complex_ones():
    text = """\
with torch.inference_mode():
    t = torch.ones(3)
w = torch.ones(3, dtype=torch.complex64, requires_grad=True)
z = (w * 2j).conj()
y = z * torch.ones(3)
z2 = w * 1
with torch.no_grad():
    z2.mul_(5)
loss = (y + z2).abs().sum()
"""
    recorder, _, graph = graph_of(text, "loss")
    assert value_of(recorder, graph, name="ConjBackward0")[0].resolve_conj().tolist() == [-2j] * 3
    assert graph.n_not_recorded == 0
