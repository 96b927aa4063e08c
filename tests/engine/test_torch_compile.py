"""Recording and torch.compile: neither traces nor breaks the other. That no recording imports it is seen in a fresh
engine: test_server.py."""

import torch

from engine.autograd.recorder import Recorder
from tests.engine.watched import graph_of


def test_a_compiled_region_is_not_led_into_the_recorder(recwarn) -> None:
    x = torch.linspace(-1, 1, 5, requires_grad=True)
    compiled = torch.compile(lambda a: (a * 2).sin(), backend="eager")
    with Recorder().watching():
        y = compiled(x)
        torch._dynamo.graph_break()
        y.sum().backward()
    assert torch.equal(y, (x * 2).sin())
    assert not [str(warning.message) for warning in recwarn if "Dynamo" in str(warning.message)]
    torch._dynamo.reset()


def test_a_compiled_region_is_one_node_with_its_value_and_its_line() -> None:
    _, _, graph = graph_of(
        "net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))\n"
        "compiled = torch.compile(net, backend='aot_eager', fullgraph=True)\n"
        "y = compiled(torch.ones(3, 4))\nloss = y.sum()\n",
        "loss",
    )
    _, region, *leaves = graph.nodes
    assert (region.name, region.operation, region.variable) == ("CompiledFunctionBackward", "torch.compile", "y")
    assert region.source is not None and region.source.line == 3
    assert [output.recorded for output in region.outputs] == [True]
    assert [leaf.kind for leaf in leaves] == ["accumulate"] * 4
    torch._dynamo.reset()


def test_what_follows_a_compiled_region_is_recorded_as_ever() -> None:
    _, _, graph = graph_of(
        "f = torch.compile(lambda a: a.sin(), backend='aot_eager')\nw = torch.ones(3, requires_grad=True)\n"
        "h = nn.Tanh()(f(w) * 2)\nloss = h.sum()\n",
        "loss",
    )
    assert [(node.name, node.module) for node in graph.nodes[:3]] == [
        ("SumBackward0", ""),
        ("TanhBackward0", ""),
        ("MulBackward0", ""),
    ]
    assert graph.n_not_recorded == 0
    torch._dynamo.reset()
