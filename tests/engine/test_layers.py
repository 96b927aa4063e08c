"""What a backward pass with create_graph=True makes is a layer; each of its nodes knows the node that made it."""

import gc
import weakref

import pytest
import torch

from engine.protocol.until import UntilProgramEnd
from tests.engine.layered_programs import PROGRAMS
from tests.engine.programs import Stepper, differences, run_plainly

pytestmark = [
    pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning"),  # of torch's own decompositions
    pytest.mark.filterwarnings("ignore:Using backward:UserWarning"),
]

# (order, pass that made it, its line) of each layer of the last graph, those of the newest nodes first.
LAYERS = {
    "double backward": [(2, 1, 3)],
    "grad create_graph": [(2, 1, 3)],
    "wgan-gp": [(2, 1, 6)],
    "hvp": [(2, 1, 4)],
    "maml": [(2, 2, 7), (2, 1, 7)],
    "func.grad": [(2, 1, 3)],
    "grad of grad": [(3, 2, 3)],
    "vmap(grad)": [(2, 1, 5)],
    "jacrev": [(2, 1, 2)],
    "custom double backward": [(2, 1, 21)],
    "third order": [(4, 3, 5)],
    "several orders": [(4, 3, 5), (3, 2, 4), (2, 1, 3)],
    "functional.jacobian": [(2, 2, 2), (2, 1, 2)],
}


def everything(namespace):
    """Each tensor that a program left behind, and its gradient, by name."""
    tensors = {name: value for name, value in namespace.items() if isinstance(value, torch.Tensor)}
    for name, value in namespace.items():
        if isinstance(value, torch.nn.Module):
            tensors |= {f"{name}.{path}": leaf for path, leaf in value.named_parameters()}
    grads = {f"{name}.grad": value.grad for name, value in tensors.items() if value.is_leaf}
    return tensors | grads


def layers_of(graph):
    return [(layer.order, layer.pass_index, layer.line) for layer in graph.layers]


def makers_of(stepper, layer):
    """(node, its maker, whether it was made on the way there) of a layer of the last graph, those first made first."""
    graph = stepper.recorder.current()
    made = [
        (node, stepper.recorder.shown_record(node.id).made) for node in reversed(graph.nodes) if node.layer == layer
    ]
    return [(node.name, one.name, one.is_meeting) for node, one in made]


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_with_layers_leaves_the_same_bits_behind(name):
    plain = everything(run_plainly(PROGRAMS[name]))
    for stepping in (False, True):
        stepper = Stepper()
        assert differences(plain, everything(stepper.run(PROGRAMS[name], stepping=stepping))) == []
        assert stepper.statuses[-1] == "finished"


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_pass_that_creates_a_graph_makes_a_layer(name):
    for stepping in (False, True):
        stepper = Stepper()
        stepper.run(PROGRAMS[name], stepping=stepping)
        graph = stepper.recorder.current()
        assert layers_of(graph) == LAYERS.get(name, [])
        assert {node.layer for node in graph.nodes} - {-1} == set(range(len(graph.layers)))
        assert all(node.kind == "backward" for node in graph.nodes if node.layer >= 0)


def test_a_node_of_a_layer_knows_the_node_that_made_it():
    stepper = Stepper()
    stepper.run(PROGRAMS["grad create_graph"])
    assert makers_of(stepper, 0) == [
        ("MulBackward0", "MulBackward0", False),
        ("MulBackward0", "MulBackward0", False),
        ("CosBackward0", "SinBackward0", False),
        ("MulBackward0", "SinBackward0", False),
        ("AddBackward0", "AccumulateGrad", True),
    ]


def test_what_backward_writes_into_grad_was_made_by_the_node_of_the_leaf():
    stepper = Stepper()
    stepper.run(PROGRAMS["double backward"])
    assert makers_of(stepper, 0)[-1] == ("CopyBackwards", "AccumulateGrad", False)


def test_a_maker_in_the_same_graph_is_known_by_its_id():
    stepper = Stepper()
    stepper.run(PROGRAMS["hvp"])
    graph = stepper.recorder.current()
    nodes = {node.id: node.name for node in graph.nodes}
    made = [stepper.recorder.shown_record(node.id).made for node in graph.nodes if node.layer == 0]
    assert all(nodes[one.node_id] == one.name for one in made)
    assert {one.name for one in made} == {"ProdBackward0", "PowBackward0"}


def test_what_passes_of_a_loop_made_says_of_which_pass_also_when_one_is_opened_again():
    text = """\
x = torch.tensor([1.0, 2.0], requires_grad=True)
for i in range(5):
    y = (x ** 3).sum()
    (g,) = torch.autograd.grad(y, x, create_graph=True)
    x.grad = None
    (g ** 2).sum().backward()
"""
    stepper = Stepper(lambda event: stepper.controller.holding.step(UntilProgramEnd()))
    stepper.run(text, stepping=False)
    for index in (2, 4, 6, 8):
        opened = stepper.controller.open_pass(index)
        assert layers_of(opened.graph) == [(2, index - 1, 4)]
        ids = {node.id for node in opened.graph.nodes if node.layer == 0}
        assert {stepper.recorder.shown_record(one).made.layer.pass_index for one in ids} == {index - 1}


def test_a_layer_keeps_nothing_of_the_pass_that_made_it_alive():
    stepper = Stepper()
    names = stepper.run("x = torch.ones(3, requires_grad=True)\nh = x.exp()\nkept = h.detach()\n"
                        "(g,) = torch.autograd.grad((h * h).sum(), x, create_graph=True)\nz = (x * 2).sum()\n"
                        "z.backward()\n", stepping=False)  # fmt: skip
    h = weakref.ref(names.pop("h"))
    del names["g"]
    gc.collect()
    assert h() is None
