"""A layer, what a backward pass with create_graph=True made, is a frame that folds and a branch of the outline."""

import igraph
import pytest

from tests.engine.layered_programs import PROGRAMS
from tests.engine.programs import Stepper
from visualizer.backprop.graph.folding import visible_graph
from visualizer.backprop.graph.opening import count_cards, start_folded
from visualizer.backprop.outline.branches import Branch, branches_of
from visualizer.model.region_builder import regions_of
from visualizer.model.regions import LAYER

LAYERED = ("double backward", "wgan-gp", "maml", "vmap(grad)", "third order", "functional.jacobian")
pytestmark = pytest.mark.filterwarnings("ignore:Using backward:UserWarning", "ignore:.torch.jit:DeprecationWarning")


def graph_of(text):
    """The last graph that a program shows."""
    stepper = Stepper()
    stepper.run(text, stepping=False)
    return stepper.recorder.current()


def frames(graph, folded=frozenset()):
    shown = visible_graph(graph, regions_of(graph), folded)
    return {frame.title: frame.subtitle for frame in shown.frames}


def layers_below(branches):
    for branch in branches:
        if isinstance(branch, Branch):
            yield from [branch] if branch.title.startswith("Layer") else layers_below(branch.children)


def test_a_layer_is_a_frame_that_says_which_pass_made_it():
    graph = graph_of(PROGRAMS["hvp"])
    assert frames(graph) == {"Layer 2: gradient of pass 1": "line 4 · torch.autograd.grad(y, x, create_graph=True)"}


def test_layers_of_passes_in_a_loop_stand_inside_its_passes():
    graph = graph_of(PROGRAMS["maml"])
    tree = regions_of(graph)
    layers = [number for number, region in enumerate(tree.regions) if region.kind == LAYER]
    around = [[tree.title(one) for one in tree.chain(number)] for number in layers]
    assert around == [
        ["lines 6–8 × 2", "1 of 2", "Layer 2: gradient of pass 1"],
        ["lines 6–8 × 2", "2 of 2", "Layer 2: gradient of pass 2"],
    ]


def test_a_layer_is_a_branch_of_the_outline():
    (branch,) = layers_below(branches_of(graph_of(PROGRAMS["third order"])))
    assert branch.title == "Layer 4: gradient of pass 3" and branch.subtitle.startswith("line 5 · torch.autograd.grad")
    assert len(branch.children) == 3


@pytest.mark.parametrize("name", LAYERED)
def test_a_folded_layer_is_one_card_and_no_cards_make_a_cycle(name):
    graph = graph_of(PROGRAMS[name])
    tree = regions_of(graph)
    keys = [region.key for region in tree.regions if region.kind == LAYER]
    assert keys and len(set(keys)) == len(keys)
    shown = visible_graph(graph, tree, frozenset(keys))
    assert sorted(node for card in shown.cards for node in card.nodes) == list(range(len(graph.nodes)))
    assert igraph.Graph(len(shown.cards), [(one.source, one.target) for one in shown.links], directed=True).is_dag()


def test_a_large_layer_starts_folded():
    text = """\
x = torch.randn(3, requires_grad=True)
y = x
for _ in range(40):
    y = (y * x).sin()
(g,) = torch.autograd.grad(y.sum(), x, create_graph=True)
g.pow(2).sum().backward()
"""
    graph = graph_of(text)
    tree = regions_of(graph)
    (layer,) = (region for region in tree.regions if region.kind == LAYER)
    folded = start_folded(graph, tree)
    assert layer.n_inside > 60 and layer.key in folded and count_cards(tree, folded) < 20
