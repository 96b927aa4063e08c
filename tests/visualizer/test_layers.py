"""A layer, what a backward pass with create_graph=True made, is a frame that folds and a branch of the outline."""

import re

import igraph
import pytest

from engine.protocol.until import UntilPass
from tests.engine.layered_programs import PROGRAMS
from tests.engine.programs import Stepper
from tests.visualizer import window as w
from visualizer.backprop.graph.folding import visible_graph
from visualizer.backprop.graph.opening import count_cards, start_folded
from visualizer.backprop.inspector.origin_section import OriginSection
from visualizer.backprop.outline.branches import Branch, finding_branches
from visualizer.backprop.outline.rows import Outline
from visualizer.backprop.outline.words import title
from visualizer.model.region_builder import regions_of
from visualizer.model.regions import LAYER
from visualizer.model.selection import SelectedNode
from visualizer.model.turns import whole

LAYERED = ("double backward", "wgan-gp", "maml", "vmap(grad)", "third order", "several orders", "functional.jacobian")
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


def test_each_order_is_a_frame_of_its_own():
    titles = list(frames(graph_of(PROGRAMS["several orders"])))
    assert titles == [f"Layer {order}: gradient of pass {order - 1}" for order in (2, 3, 4)]


def test_layers_of_passes_in_a_loop_stand_inside_its_passes():
    graph = graph_of(PROGRAMS["maml"])
    tree = regions_of(graph)
    layers = [number for number, region in enumerate(tree.regions) if region.kind == LAYER]
    around = [[tree.title(one) for one in tree.chain(number)] for number in layers]
    assert around == [
        ["lines 6–8 × 2", "1 of 2", "Layer 2: gradient of pass 1"],
        ["lines 6–8 × 2", "2 of 2", "Layer 2: gradient of pass 2"],
    ]


def test_layers_that_the_loop_of_a_library_made_name_its_file():
    graph = graph_of(PROGRAMS["functional.jacobian"])
    titles = [title for title in frames(graph) if "×" in title]
    assert titles and all(title.startswith("functional.py lines ") for title in titles)


def test_a_layer_is_a_branch_of_the_outline():
    (branch,) = layers_below(whole(finding_branches(graph_of(PROGRAMS["third order"]))))
    assert branch.title == "Layer 4: gradient of pass 3" and branch.subtitle.startswith("line 5 · torch.autograd.grad")
    assert len(branch.children) == 3
    outline = whole(Outline.building(graph_of(PROGRAMS["third order"])))
    rows = {title(outline, row, is_flat=False) for row in range(outline.n_nodes)}
    assert {("Pow", ""), ("Mul", "")} <= rows  # without the call of the pass, which made all of them


@pytest.mark.parametrize("name", LAYERED)
def test_a_folded_layer_is_one_card_and_no_cards_make_a_cycle(name):
    graph = graph_of(PROGRAMS[name])
    tree = regions_of(graph)
    keys = [region.key for region in tree.regions if region.kind == LAYER]
    assert keys and len(set(keys)) == len(keys)
    shown = visible_graph(graph, tree, frozenset(keys))
    assert sorted(node for card in shown.cards for node in card.nodes) == list(range(len(graph.nodes)))
    assert igraph.Graph(len(shown.cards), [(one.source, one.target) for one in shown.links], directed=True).is_dag()


@pytest.mark.parametrize("name", LAYERED)
def test_whatever_is_folded_beside_a_layer_no_cards_make_a_cycle(name):
    graph = graph_of(PROGRAMS[name])
    tree = regions_of(graph)
    keys = tree.foldable()
    for folded in [keys, *([key] for key in keys), *([one for one in keys if one != key] for key in keys)]:
        shown = visible_graph(graph, tree, frozenset(folded))
        ends = [(one.source, one.target) for one in shown.links]
        assert igraph.Graph(len(shown.cards), ends, directed=True).is_dag()


@pytest.mark.parametrize("again, home", [("y", "0"), ("net(x).sum()", "")])
def test_a_parameter_stays_with_its_module_although_a_layer_uses_it_too(again, home):
    """Of a module that was called twice it stands outside, as without a layer."""
    graph = graph_of(f"""\
net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
x = torch.randn(2, 3, requires_grad=True)
y = net(x).sum()
(g,) = torch.autograd.grad(y, x, create_graph=True)
(g.pow(2).sum() + {again}).backward()
""")
    tree = regions_of(graph)
    shapes = [node.outputs[0].shape if node.kind == "accumulate" else None for node in graph.nodes]
    assert tree.regions[tree.owner[shapes.index((4, 3))]].path == home


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


# -- with a real engine, in the whole window


@pytest.fixture(scope="module")
def window(qapp, tmp_path_factory):
    with w.main_window(tmp_path_factory.mktemp("window")) as window:
        yield window


IMPORTS = "import torch, torch.nn.functional as F; from torch import nn; torch.manual_seed(0)\n"


def run(window, name):
    """The program, its lines one further on."""
    w.run(window, IMPORTS + PROGRAMS[name])
    canvas = window.graph.canvas
    w.until(lambda: canvas.scene and canvas.scene.shown.graph is window.session.graph, "the graph is drawn")


def step_through(window, name):
    """As `run`, held at the first node; how it will have finished."""
    finished = w.start(window, IMPORTS + PROGRAMS[name], "Ctrl+Shift+Return")
    w.until(lambda: window.session.held.can_step, "the first pass is held")
    return finished


def step_to(window, position):
    """Step on from node to node."""
    for place in range(1, position):
        w.until(lambda place=place: window.session.history.position == place, f"node {place} is held")
        w.press(window, "F10")
    w.until(lambda: window.session.history.position == position, f"node {position} is held")


def select(window, name):
    """Select the node of the graph on screen that is called so, nearest the loss; the section about its origin."""
    node = next(node for node in window.session.graph.nodes if node.name == name)
    window.selection.select(SelectedNode(node.id))
    section = window.inspector.sections.get(OriginSection)
    w.until(lambda: window.inspector.reveal(section) and section.origin.node == node.id, f"{name} has its origin shown")
    return section


def follow(label, words):
    """Activate the link with these words, as a click on it does."""
    target = re.search(rf'<a href="([^"]+)"[^>]*>{re.escape(words)}</a>', label.text())
    assert target is not None, label.text()
    label.linkActivated.emit(target[1])


def test_a_node_of_a_layer_leads_to_the_node_that_made_it_and_to_its_pass(window):
    run(window, "grad create_graph")
    section = select(window, "CosBackward0")
    assert "Layer 2: gradient of pass 1" in section.made.text() and "line 3" in section.made.text()
    w.click(section.open_pass)
    w.until(lambda: window.session.passes.shown == 1, "the pass that made it is shown")
    window.session.shown.open(2)
    w.until(lambda: window.session.passes.shown == 2, "the newest is shown again")
    follow(select(window, "CosBackward0").made, "SinBackward0")
    assert window.selection.node.name == "SinBackward0"
    w.until(section.isHidden, "a node of the forward pass has no such section")


def test_stepping_the_second_backward_goes_through_the_layer_into_the_forward_pass(window):
    finished = step_through(window, "grad create_graph")
    window.session.stepping.step(UntilPass(2))
    w.until(lambda: window.session.held.can_step and window.session.passes.shown == 2, "the second pass is held")
    layers = []
    for place in range(1, 10):
        w.until(lambda place=place: window.session.history.position == place, f"node {place} is held")
        layers.append(window.session.history.held.layer)
        w.press(window, "F10")
    w.until(lambda: finished, "the program has ended")
    assert layers == [-1, -1, 0, 0, 0, 0, 0, -1, -1]


def test_a_hook_is_named_where_it_is_and_a_step_says_what_it_changed(window):
    finished = step_through(window, "hooks")
    step_to(window, 7)
    assert window.timeline._hint.text() == "hook changed it: 0.2449 → 0.4899"
    section = select(window, "TanhBackward0")
    w.until(lambda: len(section.origin.hooks) == 2, "the hooks of the node are listed")
    assert "2.8379 → 0.2449" in section.hooks.text()
    follow(section.hooks, "clip")
    assert window.program.editor.textCursor().blockNumber() + 1 == section.origin.hooks[1].place.line
    w.press(window, "Ctrl+F5")
    w.until(lambda: finished, "the program has ended")


def test_a_card_says_what_is_recomputed_and_the_inspector_by_which_checkpoint(window):
    run(window, "checkpoint")
    section = select(window, "TanhBackward0")
    assert section.said.text().startswith("checkpoint(block, x, use_reentrant=False) at line 5 keeps nothing")
    w.click(section.line)
    assert window.program.editor.textCursor().blockNumber() + 1 == 5
    canvas = window.graph.canvas
    scene, index = canvas.scene, next(i for i, n in enumerate(window.session.graph.nodes) if n.name == "TanhBackward0")
    card = int(scene.shown.card_of[index])
    assert canvas.book.content(scene, canvas.states, card).sign == "recomputed"


def test_a_step_says_what_a_node_ran_inside_and_a_line_there_why_it_holds_nothing(window):
    finished = step_through(window, "checkpoint, reentrant")
    step_to(window, 2)
    hint = window.timeline._hint
    assert hint.text() == "what runs inside is not held" and "use_reentrant=False" in w.said(window)
    window.program.editor.go_to(3, 0)
    w.press(window, "Ctrl+Shift+F10")
    assert w.said(window) == (
        "Line 3 made no node of this graph. What CheckpointFunctionBackward runs inside is not held."
    )
    w.press(window, "F10")
    w.until(lambda: window.session.history.position == 3, "the next node is held")
    assert "nodes ran inside, not held" in hint.text()
    assert w.said(window).startswith("CheckpointFunctionBackward ran a backward pass of its own: ")
    w.press(window, "Shift+F10")
    w.until(lambda: "use_reentrant=False" in w.said(window), "what is ahead is said again")
    w.press(window, "Ctrl+F5")
    w.until(lambda: finished, "the program has ended")
