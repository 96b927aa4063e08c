"""Parameters that lie in lists, dicts and objects have the name under which the program reaches them."""

import time

import torch

from engine.autograd.graph.node_names import named_tensors
from tests.engine.watched import graph_of

LAYER = """class Layer:
    def __init__(self):
        self.w, self.b = torch.rand(3, 3, requires_grad=True), torch.rand(3, requires_grad=True)
    def __call__(self, x):
        return torch.tanh(x @ self.w + self.b)
x = torch.rand(2, 3)
"""


def leaves(text: str) -> set[str]:
    """What the cards of parameters say."""
    graph = graph_of(text + "loss = x.sum()\n", "loss")[2]
    return {node.variable for node in graph.nodes if node.kind == "accumulate"}


def test_objects_in_a_list_name_their_parameters() -> None:
    text = LAYER + "layers = [Layer() for _ in range(2)]\nfor layer in layers:\n    x = layer(x)\n"
    assert leaves(text) == {"layers[0].w", "layers[0].b", "layers[1].w", "layers[1].b"}


def test_objects_in_an_object_and_in_nested_lists() -> None:
    text = LAYER + "class Net:\n    def __init__(self):\n        self.layers = [Layer(), Layer()]\nmodel = Net()\n"
    assert leaves(text + "x = model.layers[1](x)\n") == {"model.layers[1].w", "model.layers[1].b"}
    assert leaves(LAYER + "net = [[Layer()], [Layer()]]\nx = net[1][0](x)\n") == {"net[1][0].w", "net[1][0].b"}


def test_dicts_and_dataclasses() -> None:
    text = (
        LAYER
        + "params = {'w': torch.rand(3, 3, requires_grad=True), 'out': {'b': torch.rand(3, requires_grad=True)}}\n"
    )
    assert leaves(text + "x = x @ params['w'] + params['out']['b']\n") == {"params['w']", "params['out']['b']"}
    for slots in (False, True):
        text = LAYER + f"from dataclasses import dataclass\n@dataclass(slots={slots})\nclass P:\n    w: torch.Tensor\n"
        assert leaves(text + "p = [P(torch.rand(3, requires_grad=True))]\nx = x * p[0].w\n") == {"p[0].w"}


def test_an_optimizer_is_no_place_to_be_named_from() -> None:
    text = LAYER + "net = {'a': {'b': {'c': {'d': [Layer()]}}}}\ninner = net['a']['b']['c']['d'][0].w\n"
    text += "optimizer = torch.optim.SGD([inner])\nx = x @ inner\ndel inner\n"
    assert leaves(text) == {"net['a']['b']['c']['d'][0].w"}


def test_modules_in_a_plain_list_of_a_module() -> None:
    text = LAYER + "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
    text += "        self.layers = [nn.Linear(3, 3)]\nmodel = Net()\nx = model.layers[0](x)\n"
    assert leaves(text) == {"model.layers[0].weight", "model.layers[0].bias"}


class Loud:
    def __init__(self) -> None:
        object.__setattr__(self, "w", torch.ones(1))

    @property
    def b(self) -> None:
        raise AssertionError("a property ran")

    def __getattribute__(self, name: str) -> None:
        raise AssertionError(f"{name} was asked for")

    __getitem__ = __len__ = __iter__ = __eq__ = __hash__ = __repr__ = __call__ = __getattribute__  # type: ignore[assignment]


def test_none_of_the_program_s_code_runs() -> None:
    class Loudly(list):
        __getitem__ = __len__ = __iter__ = Loud.__getattribute__  # type: ignore[assignment]

    names = [name for name, _ in named_tensors({"held": Loudly([Loud()]), "loud": Loud()})]
    assert sorted(names) == ["held[0].w", "loud.w"]


def test_cycles_end_and_large_data_is_bounded() -> None:
    ring: list = [torch.ones(1)]
    ring.append(ring)
    assert [name for name, _ in named_tensors({"ring": ring})] == ["ring[0]"]
    rows = [[[0.5] * 300 for _ in range(300)] for _ in range(100)]
    start = time.thread_time()
    assert [name for name, _ in named_tensors({"rows": rows, "w": torch.ones(1)})] == ["w"]
    assert time.thread_time() - start < 1
