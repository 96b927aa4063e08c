"""A count of nodes means one thing everywhere: the nodes that a backward pass runs, without the inputs drawn beside."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from tests.visualizer import window as w
from visualizer.backprop.graph.tooltips import card_tooltip

BLOCKS = """import torch
from torch import nn
torch.manual_seed(0)
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.up, self.down = nn.Linear(8, 16), nn.Linear(16, 8)
    def forward(self, x):
        mask = torch.ones(8)  # an input without a gradient, inside of the block
        return x + self.down(self.up(x * mask).relu() * torch.rand(16))
net = nn.Sequential(*[Block() for _ in range(6)], nn.Linear(8, 3))
x = torch.randn(4, 8)
loss = nn.functional.cross_entropy(net(x), torch.tensor([0, 1, 2, 0]))
"""


@pytest.fixture(scope="module")
def window(qapp, tmp_path_factory):
    with w.main_window(tmp_path_factory.mktemp("window")) as window:
        yield window


def scene_of(window):
    graph = window.graph
    w.until(lambda: graph._stage.scene is not None and not graph._stage.is_waiting, "the graph is drawn")
    return graph._stage.scene


def content(window, card):
    return window.graph._book.content(scene_of(window), window.graph.canvas.states, card)


def said_of_folds(window):
    """Of each folded card, the number in its own words, in its tooltip, in the status bar and in the inspector."""
    scene, graph = scene_of(window), window.graph
    for card, slot in enumerate(scene.shown.cards):
        if slot.fold:
            graph.canvas.card_selected.emit(card, -1)
            tooltip = card_tooltip(scene, graph.canvas.states, graph._book, card)
            row = tooltip.partition("nodes")[2].partition("</tr>")[0]
            texts = (row, w.said(window).rpartition(": ")[2], window.inspector._identity._shape.text())
            numbers = [int("".join(filter(str.isdigit, text))) for text in texts]
            yield content(window, card).progress[1], numbers


@pytest.mark.parametrize("is_folded", [True, False])
def test_title_cards_pass_and_queue_count_the_same_nodes(window, is_folded):
    w.run(window, BLOCKS)
    graph = window.session.graph
    n_nodes, n_inputs = graph.n_nodes, sum(node.is_input for node in graph.nodes)
    assert n_inputs >= 6 and n_nodes + n_inputs == len(graph.nodes)
    (window.graph.fold_all if is_folded else window.graph.unfold_all)()
    scene = scene_of(window)
    rows = sum(bool(is_row) and not node.is_input for node, is_row in zip(graph.nodes, scene.shown.is_row, strict=True))
    loose = rows + sum(not slot.fold and not graph.nodes[slot.nodes[0]].is_input for slot in scene.shown.cards)
    folds = list(said_of_folds(window))
    assert bool(folds) == is_folded and all(set(numbers) == {total} for total, numbers in folds)
    assert loose + sum(total for total, _ in folds) == n_nodes
    assert w.widget(window, QLabel, "graph_counts").text().startswith(f"{n_nodes:,} nodes, ")
    w.press(window, "F9")
    w.until(lambda: window.session.state == "paused", "the pass is held")
    assert window.timeline._title.text() == f"node 1 of {n_nodes}" and window.session.history.n_nodes == n_nodes
    assert len(window.timeline.scrubber._marks) == n_nodes
    in_pass = [content(window, card).progress[1] for card, slot in enumerate(scene.shown.cards) if slot.fold]
    assert in_pass == [total for total, _ in folds]
    w.press(window, "F5")
    w.until(lambda: window.session.state == "ready", "the pass is over")
    assert window.timeline._title.text() == f"{n_nodes} of {n_nodes} nodes"
    done = [content(window, card).progress for card, slot in enumerate(scene.shown.cards) if slot.fold]
    assert done == [(total, total) for total, _ in folds]
    w.press(window, "Shift+F9")
    w.until(lambda: window.session.history.state is None, "the pass is forgotten")


def test_a_pass_that_does_not_need_every_node_says_how_many_of_them(window):
    w.run(window, BLOCKS + "torch.autograd.grad(loss, net[0].up.weight)\n")
    n_nodes, history = window.session.graph.n_nodes, window.session.history
    n_idle = len(history.state.not_needed)
    assert 0 < n_idle == n_nodes - history.n_nodes
    assert window.timeline._title.text() == f"{history.n_nodes} of {history.n_nodes} nodes"
    assert window.timeline._hint.text() == f"{n_idle} of {n_nodes} not needed"
