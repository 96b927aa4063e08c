"""What is exported is what is seen; a write that fails is one sentence."""

from __future__ import annotations

import pygraphviz
import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from engine.protocol.values import Graph, Node, NodeOutput
from engine.shared.backward_model import BackwardView
from tests.visualizer.graph_demo import card, gpt2_graph, lesson_graph
from visualizer.backprop.graph.export import dot_text
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.model.selection import Selection


@pytest.fixture
def panel(qtbot):
    made = GraphPanel(Selection())
    qtbot.addWidget(made)
    made.resize(800, 880)
    with qtbot.waitExposed(made):
        made.show()
    graph = lesson_graph()
    made.set_graph(graph)
    qtbot.waitUntil(lambda: made.canvas.scene is not None, timeout=20_000)
    made.set_cards(tuple(card(node) for node in graph.nodes))
    made.set_backward(BackwardView(done=frozenset({1, 2, 3}), current=4))
    yield made
    made.close()


def test_png_is_the_canvas_at_twice_its_size(panel, tmp_path) -> None:
    assert panel.export(tmp_path / "graph.png")
    image = QImage(str(tmp_path / "graph.png"))
    assert image.size() == panel.canvas.size() * 2
    seen = panel.canvas.grab().toImage()
    rect = panel.canvas.camera.rect_to_widget(panel.canvas.scene.rect(3)).toRect()
    for x, y in ((rect.left() + 60, rect.top() + 6), (2, 2)):  # in the current card, and on the canvas
        assert image.pixelColor(2 * x, 2 * y) == seen.pixelColor(x, y)


def test_svg_holds_the_text_and_renders(panel, tmp_path) -> None:
    assert panel.export(str(tmp_path / "graph.svg"))
    text = (tmp_path / "graph.svg").read_text()
    for words in ("TanhBackward0", "LogSoftmaxBackward0", "x @ W1 + b1", "no gradient", "∂L/∂h (4, 5)"):
        assert words in text
    renderer = QSvgRenderer(QByteArray(text.encode()))
    assert renderer.isValid() and renderer.viewBox().size() == panel.canvas.size()


def test_pdf_is_one_page_of_the_canvas_proportions(panel, tmp_path) -> None:
    assert panel.export(tmp_path / "graph.pdf")
    data = (tmp_path / "graph.pdf").read_bytes()
    assert data.startswith(b"%PDF") and data.count(b"/Type /Page\n") == 1


def test_dot_is_the_whole_structure(qapp) -> None:
    graph = gpt2_graph(2)
    parsed = pygraphviz.AGraph(string=dot_text(graph))
    assert parsed.number_of_nodes() == len(graph.nodes)
    assert parsed.number_of_edges() == len(graph.edges)
    assert len([sub for sub in parsed.subgraphs() if sub.name.startswith("cluster_")]) == len(
        {node.module for node in graph.nodes} - {""}
    )


def test_dot_escapes_what_a_program_may_hold() -> None:
    odd = Node(
        1, "MulBackward0", "backward", "elementwise", 1, variable='a["k\\n"]', outputs=(NodeOutput((2,), "float32"),)
    )
    parsed = pygraphviz.AGraph(string=dot_text(Graph(1, "a", (odd,))))
    assert 'a["k' in parsed.get_node("1").attr["label"].replace('\\"', '"')


def test_failures_are_one_sentence(panel, tmp_path, qtbot) -> None:
    with qtbot.waitSignal(panel.status) as got:
        assert not panel.export(tmp_path / "missing" / "graph.svg")
    assert "could not be written: No such file or directory." in got.args[0]
    with qtbot.waitSignal(panel.status) as got:
        assert not panel.export(tmp_path / "graph.gif")
    assert ".svg, .pdf, .png, .dot" in got.args[0]
    panel.set_graph(None)
    with qtbot.waitSignal(panel.status) as got:
        assert not panel.export(tmp_path / "graph.svg")
    assert got.args[0] == "There is no graph to export yet."
