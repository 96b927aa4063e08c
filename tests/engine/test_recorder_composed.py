"""Calls inside of which nothing is observed: what is recorded of them is what observing them would have recorded."""

import pytest
import torch
from msgspec.structs import astuple

from engine.autograd import recorded_calls
from engine.autograd.composed import COMPOSED, UNOBSERVED
from engine.protocol.notes import NotRecorded
from tests.engine.watched import graph_of

GIVEN = """\
torch.manual_seed(0)
x, y, z = (torch.randn(*shape, requires_grad=True) for shape in ((4, 6), (2, 4, 6), (2, 3, 4, 6)))
w, v, b, s = (torch.randn(*shape, requires_grad=True) for shape in ((5, 6), (6, 5), (5,), (6,)))
data = torch.randn(2, 4, 6)
h = y * 2
"""

OVERWRITTEN = """\
with torch.no_grad():
    for tensor in (x, y, z, w, v, b, s, data):
        tensor.zero_()
"""

CALLS = [
    "F.linear(x, w, b)",
    "F.linear(x, w)",
    "F.linear(y, w, b)",
    "F.linear(h, w, b)",
    "F.linear(y, w)",
    "F.linear(z, w, b)",
    "F.linear(z, w)",
    "F.linear(data, w, b)",
    "F.linear(data, w)",
    "F.linear(data, w.detach(), b)",
    "F.linear(y.detach(), w.detach(), b)",
    "F.linear(y.transpose(0, 1), w, b)",
    "F.linear(y.transpose(0, 1), w)",
    "nn.Linear(6, 3, bias=False)(h.transpose(0, 1))",
    "F.linear(z.transpose(1, 2), w)",
    "F.linear(s, w, b)",
    "F.linear(x.detach(), w, bias=b)",
    "F.linear(x, x)",
    "nn.Linear(6, 3)(h)",
    "x @ v",
    "y @ v",
    "h @ v",
    "data @ v",
    "y.transpose(0, 1) @ v",
    "y @ y.mT",
    "z @ y[:1].mT",
    "z @ z.mT",
    "z @ v",
    "z @ data.mT[:1].clone()",
    "x @ y.mT",
    "s @ y.mT",
    "y @ s",
    "x @ s",
    "s @ s",
    "torch.matmul(y, v)",
    "y.matmul(v)",
    "y.transpose(0, 1).reshape(8, 6)",
    "y.reshape(8, 6)",
    "y.reshape((8, 6))",
    "y.reshape(2, 4, 6)",
    "h.transpose(0, 1).flatten()",
    "h.flatten(1)",
    "torch.flatten(data + h, 1)",
    "h.transpose(0, 1).contiguous()",
    "h.contiguous()",
    "h.split(2, dim=1)",
    "h.split([1, 3], 1)",
    "torch.split(y, 3)",
    "y.chunk(2, -1)",
    "torch.chunk(data * y, 3, 1)",
    "x.T",
    "w.T.T",
    "h.mT",
    "F.layer_norm(h, (6,))",
    "F.layer_norm(h, (6,), s, s)",
    "nn.LayerNorm(6)(y)",
    "F.layer_norm(h, (6,), bias=s, weight=s * 2)",
    "h.matmul(other=v)",
    "torch.layer_norm(h, [6], s, None)",
    "F.gelu(h)",
    "F.gelu(y, approximate='tanh')",
    "F.mse_loss(h, data)",
    "F.mse_loss(y, h, reduction='sum')",
    "F.mse_loss(y, x, reduction='none')",
    "F.mse_loss(h, data, weight=data.exp())",
    "F.softmax(h, -1)",
    "F.softmax(h, -1, dtype=torch.float64)",
    "h.softmax(1)",
    "torch.log_softmax(y, 0)",
    "F.log_softmax(y, dim=-1)",
    "F.relu(h)",
    "F.relu(h * 1, inplace=True)",
    "nn.ReLU(True)(h * 1)",
    "F.silu(y)",
    "F.silu(y * 1, True)",
    "F.embedding(torch.tensor([[0, 2], [3, 3]]), w)",
    "nn.Embedding(7, 3, padding_idx=1)(torch.tensor([1, 2]))",
    "F.embedding(torch.tensor([0, 2]), w * 1, max_norm=0.5)",
    "F.embedding(torch.tensor([0, 2]), w * 1, None, 0.5)",
    "torch.cat([h, y, data])",
    "torch.cat((x, s[None], x), dim=0)",
    "torch.cat([x, x])",
    "torch.cat([x, x.double()], 1)",
    "torch.concat([h])",
    "torch.cat(tensors=[h, h])",
    "torch.stack([x, x.exp(), data[0]], dim=1)",
    "torch.stack((s, s))",
    "h ** 2",
    "h.exp() ** x",
    "2 ** h",
    "3 - h",
    "h[1]",
    "x[-1]",
    "h[:]",
    "h[0:1]",
    "y[::2]",
    "h[data.argmax() * 0 :]",
    "h[1, 2]",
    "h[:, None]",
    "h[[0, 1]]",
    "h[True]",
    "F.dropout(h, 0.5)",
    "nn.Dropout(0.3)(x)",
    "nn.Dropout(0.3).eval()(x)",
    "F.dropout(h, 1.0)",
    "F.dropout(h * 1, 0.5, True, True)",
    "torch.dropout(y, 0.2, True)",
]


def recorded(program):
    """What is shown of a program: its nodes with their values, and its edges, by the place of each node."""
    recorder, _, graph = graph_of(program, "loss")
    places = {node.id: place for place, node in enumerate(graph.nodes)}
    nodes = [
        (
            *(node.name, node.kind, node.operation, node.variable, node.source, node.module, node.outputs),
            [recorder.value(node.id, slot)[0] for slot in range(len(node.outputs))],
        )
        for node in graph.nodes
    ]
    edges = [(places[edge.source], places[edge.target], *astuple(edge)[2:]) for edge in graph.edges]
    return nodes, edges


def same(value, other):
    if value is None or other is None:
        return value is other
    return value.dtype == other.dtype and torch.equal(value, other)


@pytest.mark.filterwarnings("ignore:Using a target size")
@pytest.mark.parametrize("written", ["", OVERWRITTEN], ids=["", "overwritten"])
@pytest.mark.parametrize("call", CALLS)
def test_what_is_not_observed_is_recorded_as_if_it_were(call, written, monkeypatch):
    first = "first = out[-1] if isinstance(out, tuple) else out\n"
    program = f"{GIVEN}out = {call}\n{first}loss = (first * 3).sum()\n{written}"
    nodes, edges = recorded(program)
    single = {function: takes for function, takes in UNOBSERVED.items() if function not in COMPOSED}
    monkeypatch.setattr(recorded_calls, "UNOBSERVED", single)
    observed, observed_edges = recorded(program)
    assert [node[:-1] for node in nodes] == [node[:-1] for node in observed]
    for node, other in zip(nodes, observed, strict=True):
        assert all(map(same, node[-1], other[-1])), node[0]
    assert edges == observed_edges


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
@pytest.mark.parametrize(
    "calls",
    [
        "h = torch.nested.nested_tensor([x, y[0][:2]])\nout = F.softmax(F.linear(h, w, b), -1).to_padded_tensor(0.0)",
        "h = torch.nested.as_nested_tensor([x, y[0][:2]])\nout = F.gelu(F.relu(h)).to_padded_tensor(0.0)",
        "out = (torch.eye(4).to_sparse() @ x.relu()).reshape(3, 8)",
        "out = F.linear(data.to_sparse().to_dense(), w, b)",
    ],
)
def test_nested_and_sparse_tensors_go_through_as_in_plain_python(calls):
    program = f"{GIVEN}{calls}\nloss = out.sum()\n"
    plain = {"torch": torch, "F": torch.nn.functional}
    exec(program, plain)
    recorder, namespace, graph = graph_of(program, "loss")
    assert torch.equal(namespace["out"], plain["out"])
    for node in graph.nodes:
        value, note = recorder.value(node.id, 0)
        assert value is not None or note == NotRecorded("nested" if "nested" in calls else ""), node.name
