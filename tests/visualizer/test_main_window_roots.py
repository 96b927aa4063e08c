"""A backward from several roots in the whole window: one graph, one timeline, one queue."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QInputDialog, QToolButton

from tests.visualizer import window as w
from visualizer.model.selection import SelectedNode

TWO_ROOTS = """import torch
torch.manual_seed(0)
w = torch.randn(3, requires_grad=True)
h = w.tanh()
a, b = h.sum(), (h * h).mean()
torch.autograd.backward([a, b])
"""
WITHOUT_BACKWARD = """import torch
w = torch.ones(3, requires_grad=True)
a, b = w * 2, w.exp().sum()
g = torch.autograd.grad((a, b), w, (torch.ones(3), None), retain_graph=True)
"""


@pytest.fixture(scope="module")
def window(qapp, tmp_path_factory):
    with w.main_window(tmp_path_factory.mktemp("window")) as window:
        yield window


def hold(window, position=1):
    is_held = lambda: window.session.state == "paused" and window.session.history.position == position  # noqa: E731
    w.until(is_held, f"backward is held at node {position}")


def variables(window):
    return {node.variable for node in window.session.graph.nodes}


def test_every_root_is_in_the_graph_the_timeline_and_the_queue(window):
    finished = w.start(window, TWO_ROOTS, "Ctrl+Shift+Return")
    hold(window)
    assert w.widget(window, QToolButton, "graph_output").text().startswith("a, b")
    assert {"a", "b", "h", "w"} <= variables(window)
    assert [row.name for row in window.queue._model.rows][:2] == [
        "MeanBackward0",
        "SumBackward0",
    ]  # the later one first, the other in the queue behind it
    labels = [mark.label for mark in window.timeline.scrubber._marks]
    assert len(labels) == 5 and "outside of the graph" not in labels
    first = next(node for node in window.session.graph.nodes if node.variable == "a")
    window.selection.select(SelectedNode(first.id))
    w.press(window, "Ctrl+F10")
    w.until(
        lambda: window.session.state == "paused" and window.session.history.position > 1, "it runs to the other root"
    )
    assert window.session.history.current.node == first.id
    w.press(window, "F5")
    w.until(lambda: finished, "the program ends")
    assert window.session.graph.output == "a, b" and variables(window) >= {"a", "b"}


def test_a_replay_stops_where_the_pass_did(window):
    w.run(window, TWO_ROOTS)
    history = window.session.history
    assert (history.n_nodes, len(history.steps)) == (5, 5)
    window.session.shown.move(0)
    names = {node.id: node.name for node in window.session.graph.nodes}
    seen = []
    while history.position < len(history.steps):
        w.press(window, "F10")
        seen.append(names[history.current.node])
    assert seen == ["MeanBackward0", "MulBackward0", "SumBackward0", "TanhBackward0", "AccumulateGrad"]


def test_f9_steps_both_with_a_list_of_gradients(window):
    w.run(window, WITHOUT_BACKWARD)
    assert window.session.graph.output == "a, b"
    w.press(window, "F9")
    w.until(lambda: window.findChild(QInputDialog) is not None, "gradients are asked for")
    dialog = window.findChild(QInputDialog)
    assert dialog.textValue() == "[torch.ones_like(a), None]" and "(3,) for a" in dialog.labelText()
    dialog.accept()
    hold(window)
    assert window.session.describe() == "Paused in stepping a, b" and len(window.session.history.state.roots) == 2
    w.press(window, "Ctrl+.")
    w.until(lambda: window.session.state == "ready", "the pass is stopped")
