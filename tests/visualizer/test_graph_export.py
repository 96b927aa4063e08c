"""An export holds the whole graph with its words, whatever part of it is in view; one that fails is one sentence."""

from __future__ import annotations

import re

import pygraphviz
import pytest
from PySide6.QtCore import QByteArray, QPointF
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest

from engine.protocol.graph_values import Graph, Node, NodeOutput
from engine.protocol.source import Source
from engine.shared.backward_model import BackwardView
from tests.visualizer.graph_demo import card, gpt2_graph, lesson_graph, no_facts
from visualizer.backprop.graph.export import picture_files
from visualizer.backprop.graph.export.dot import dot_text
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.look import theme
from visualizer.model.selection import SelectedNode, Selection

HELD = BackwardView(done=frozenset({1, 2, 3}), current=4)


@pytest.fixture
def selection():
    return Selection()


@pytest.fixture
def panel(qtbot, selection):
    made = GraphPanel(selection, no_facts(selection))
    qtbot.addWidget(made)
    made.resize(800, 880)
    with qtbot.waitExposed(made):
        made.show()
    show(qtbot, made, lesson_graph())
    made.set_backward(HELD)
    yield made
    made.close()


def show(qtbot, panel: GraphPanel, graph: Graph, *, answers: bool = True) -> None:
    """The graph, laid out, before something that answers what its cards ask for."""
    nodes = {node.id: node for node in graph.nodes}

    def answer(number: int, ids: tuple[int, ...], _slots: tuple[int, ...]) -> None:
        if number == graph.id:
            panel.set_cards(tuple(card(nodes[node]) for node in ids))

    if answers:
        panel.cards_wanted.connect(answer)
    panel.set_graph(graph)
    qtbot.waitUntil(lambda: panel.canvas.scene is not None and panel.canvas.scene.shown.graph is graph)


def export(qtbot, panel: GraphPanel, path) -> str:
    """What is said once it has ended."""
    with qtbot.waitSignal(panel.status) as said:
        panel.export(path)
    return said.args[0]()


def test_png_is_the_whole_graph_whatever_is_in_view(qtbot, panel, selection, tmp_path) -> None:
    assert export(qtbot, panel, tmp_path / "a.png") == f"Exported the graph to {tmp_path / 'a.png'}."
    image = QImage(str(tmp_path / "a.png"))
    bounds = panel.canvas.scene.bounds
    assert (image.width(), image.height()) == (round(2 * bounds.width()), round(2 * bounds.height()))
    rect = panel.canvas.scene.rect(3).translated(-bounds.topLeft())
    flow = image.pixelColor(round(2 * rect.left() + 120), round(2 * rect.top() + 12))
    assert flow == theme.current().color("flow.card")  # within the current card
    assert image.pixelColor(2, 2) == theme.current().color("bg.canvas")
    panel.canvas.zoom_to(0.05, QPointF(0, 0))
    panel.canvas.pan(3000, 3000)
    panel.bar.field.setText("Tanh")
    selection.select(SelectedNode(1, 0))
    QTest.mouseMove(panel.canvas)
    export(qtbot, panel, tmp_path / "b.png")
    assert QImage(str(tmp_path / "b.png")) == image  # no other zoom, no ring, no mark of a search


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_svg_holds_all_words_in_the_colours_of_the_window(qtbot, panel, tmp_path, mode) -> None:
    theme.current().set_mode(mode)
    panel.canvas.zoom_to(0.02)
    export(qtbot, panel, str(tmp_path / "graph.svg"))
    text = (tmp_path / "graph.svg").read_text()
    for words in ("TanhBackward0", "LogSoftmaxBackward0", "x @ W1 + b1", "no gradient", "∂L/∂h (4, 5)"):
        assert words in text
    assert theme.current().color("bg.canvas").name() in text
    renderer = QSvgRenderer(QByteArray(text.encode()))
    bounds = panel.canvas.scene.bounds
    assert renderer.isValid() and renderer.viewBoxF().width() == round(bounds.width())
    families = set(re.findall(r'font-family="([^"]*)"', text))
    assert families == {"Inter", "JetBrains Mono"}
    for family in families:  # and what stands in for each
        assert re.search(
            rf"text\[font-family='{family}'\]{{font-family:'{family}',[^}}]+'Noto Color Emoji'[^}}]+}}", text
        )
    widths = dict(re.findall(r'textLength="([\d.]+)"[^>]*>([^<]+)<', text)).items()
    assert {words for _, words in widths} > {"TanhBackward0"} and all(0 < float(width) < 400 for width, _ in widths)
    theme.current().set_mode("dark")


def test_names_in_other_scripts_are_in_every_file(qtbot, panel, tmp_path) -> None:
    names = ("損失", "λ", "größe")
    odd = tuple(
        Node(i, "MulBackward0", "backward", "elementwise", 9 - i, variable=name, outputs=(NodeOutput((2,), "float32"),),
             source=Source("program.py", 1, 0, 1, 9, f"{name} * '😀'"))
        for i, name in enumerate(names, start=1)
    )  # fmt: skip
    show(qtbot, panel, Graph(77, "損失", odd))
    for suffix in ("svg", "pdf", "png"):
        assert "Exported" in export(qtbot, panel, tmp_path / f"graph.{suffix}")
    assert all(name in (tmp_path / "graph.svg").read_text() for name in names)
    pdf = (tmp_path / "graph.pdf").read_bytes()
    fonts = set(re.findall(rb"/FontName /[A-Z]*\+?([\w-]+)", pdf))
    assert len(fonts) >= 2  # embedded
    if QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        assert any(b"Inter" not in font and b"JetBrains" not in font for font in fonts)  # one that has these letters


def test_pdf_is_one_page_of_the_graphs_proportions(qtbot, panel, tmp_path) -> None:
    export(qtbot, panel, tmp_path / "graph.pdf")
    data = (tmp_path / "graph.pdf").read_bytes()
    assert data.startswith(b"%PDF") and data.count(b"/Type /Page\n") == 1
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    bounds = panel.canvas.scene.bounds
    assert float(box[1]) / float(box[2]) == pytest.approx(bounds.width() / bounds.height(), rel=0.01)


def test_a_large_graph_asks_for_what_was_never_in_view_and_is_written_whole(
    qtbot, panel, tmp_path, monkeypatch
) -> None:
    graph = gpt2_graph()
    show(qtbot, panel, graph)
    panel.unfold_all()
    qtbot.waitUntil(lambda: not panel.canvas.scene.shown.folded)
    panel.canvas.zoom_to(1.0)
    asked = []
    panel.cards_wanted.connect(lambda _graph, ids, _slots: asked.append(ids))
    assert "Exported" in export(qtbot, panel, tmp_path / "graph.svg")
    assert sum(map(len, asked)) > 500 and max(map(len, asked)) <= 200
    text = (tmp_path / "graph.svg").read_text()
    assert text.count("data:image/png") > 250  # values and gradients, of slim cards none
    assert text.count("weight") >= 12 * 6, "the rows of leaves are there, too"
    assert "Exported" in export(qtbot, panel, tmp_path / "graph.pdf")
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", (tmp_path / "graph.pdf").read_bytes())
    assert max(float(box[1]), float(box[2])) <= 14_400
    monkeypatch.setattr(picture_files, "_MOST_PIXELS", 1_000_000)
    said = export(qtbot, panel, tmp_path / "graph.png")
    assert re.fullmatch(r"As a PNG this graph would have [\d,]+ × [\d,]+ pixels, .* SVG or PDF.*", said)
    assert not (tmp_path / "graph.png").exists()


def test_a_drawing_has_the_colours_of_the_window_when_it_began(qtbot, panel, tmp_path) -> None:
    theme.current().set_mode("dark")
    export(qtbot, panel, tmp_path / "before.png")
    with qtbot.waitSignal(panel.status):
        panel.export(tmp_path / "between.png")
        theme.current().set_mode("light")
    export(qtbot, panel, tmp_path / "after.png")
    theme.current().set_mode("dark")
    pictures = {name: QImage(str(tmp_path / f"{name}.png")) for name in ("before", "between", "after")}
    assert pictures["between"] == pictures["before"] != pictures["after"]


def test_an_export_can_be_cancelled_and_leaves_no_file(qtbot, panel, tmp_path) -> None:
    show(qtbot, panel, gpt2_graph(2, number=1002), answers=False)
    panel.export(tmp_path / "graph.svg")
    qtbot.waitUntil(panel.overlays.exporting.isVisible)
    assert panel.overlays.exporting.words.text().startswith("Exporting")
    said = []
    panel.status.connect(lambda say: said.append(say()))
    panel.export(tmp_path / "other.svg")
    panel.overlays.exporting.button.click()
    assert said == [
        "An export is under way; the next one can begin when it has ended.",
        "The export was cancelled: nothing was written.",
    ]
    assert not list(tmp_path.iterdir()) and not panel.overlays.exporting.isVisible()


def test_an_export_ends_with_its_graph(qtbot, panel, tmp_path) -> None:
    show(qtbot, panel, gpt2_graph(2, number=1002), answers=False)
    panel.export(tmp_path / "graph.svg")
    with qtbot.waitSignal(panel.status) as said:
        panel.set_graph(None)
    assert "Another graph came" in said.args[0]() and not list(tmp_path.iterdir())


def test_a_png_of_strips_is_what_it_is_in_one_piece(qtbot, panel, tmp_path, monkeypatch) -> None:
    export(qtbot, panel, tmp_path / "one.png")
    monkeypatch.setattr(picture_files, "_STRIP_PIXELS", 100_000)
    export(qtbot, panel, tmp_path / "strips.png")
    one, strips = (QImage(str(tmp_path / f"{name}.png")) for name in ("one", "strips"))
    assert one == strips and not one.isNull()


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
    assert "could not be written: its folder is not there." in export(qtbot, panel, tmp_path / "missing" / "graph.svg")
    assert ".svg, .pdf, .png, .dot" in export(qtbot, panel, tmp_path / "graph.gif")
    panel.set_graph(None)
    assert export(qtbot, panel, tmp_path / "graph.svg") == "There is no graph to export yet."
