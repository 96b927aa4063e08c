"""An export is of the graph, the selection or the view, in the look that was chosen, with thumbnails or without."""

from __future__ import annotations

import re
from pathlib import Path

import pygraphviz
import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from engine.protocol.graph_values import Graph
from engine.shared.backward_model import BackwardView
from tests.visualizer.graph_demo import card, gpt2_graph, lesson_graph
from visualizer.backprop.graph.export.choice import ExportChoice
from visualizer.backprop.graph.export.dialog import ExportDialog
from visualizer.backprop.graph.export.subject import estimate
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.look import theme
from visualizer.look.tokens import TOKENS
from visualizer.model.selection import SelectedModule, SelectedNode, SelectedVariable

HELD = BackwardView(done=frozenset({1, 2, 3}), current=4)
TANH, LOGITS = 4, 3  # nodes of the lesson's graph


def show(qtbot, panel: GraphPanel, graph: Graph) -> None:
    """The graph, laid out, before something that answers what its cards ask for."""
    nodes = {node.id: node for node in graph.nodes}
    panel.cards_wanted.connect(
        lambda number, ids, _slots: (
            panel.set_cards(tuple(card(nodes[node]) for node in ids)) if number == graph.id else None
        )
    )
    panel._selection.set_graph(graph)
    panel.set_graph(graph)
    qtbot.waitUntil(lambda: panel.canvas.scene is not None and panel.canvas.scene.shown.graph is graph)


@pytest.fixture
def lesson(qtbot, panel: GraphPanel) -> GraphPanel:
    show(qtbot, panel, lesson_graph())
    panel.set_backward(HELD)
    return panel


def export(qtbot, panel: GraphPanel, path: Path, **chosen) -> str:
    """What is said once it has ended."""
    with qtbot.waitSignal(panel.status) as said:
        panel.export(path, ExportChoice(**chosen))
    return said.args[0]()


def words_of(path: Path) -> set[str]:
    return set(re.findall(r">([^<>\n]+)</text>", path.read_text()))


@pytest.mark.parametrize(("look", "column"), [("dark", 0), ("light", 1)])
def test_a_look_is_that_of_the_file_and_not_of_the_window(qtbot, lesson, tmp_path, look, column) -> None:
    for mode in ("dark", "light"):
        theme.current().set_mode(mode)
        export(qtbot, lesson, tmp_path / f"{mode}.png", look=look)
    theme.current().set_mode("dark")
    dark, light = (QImage(str(tmp_path / f"{mode}.png")) for mode in ("dark", "light"))
    assert dark == light
    assert dark.pixelColor(2, 2).name() == TOKENS["bg.canvas"][column].lower()
    rect = lesson.canvas.scene.rect(3).translated(-lesson.canvas.scene.bounds.topLeft())
    current = dark.pixelColor(round(2 * rect.left() + 120), round(2 * rect.top() + 12))
    assert current.name() == TOKENS["flow.card"][column].lower()


@pytest.mark.parametrize("what", ["graph", "selection", "view"])
def test_without_thumbnails_words_and_numbers_stay_and_no_image_does(qtbot, lesson, tmp_path, what) -> None:
    lesson._selection.select(SelectedNode(TANH))
    export(qtbot, lesson, tmp_path / "with.svg", what=what)
    export(qtbot, lesson, tmp_path / "without.svg", what=what, has_thumbnails=False)
    full, bare = ((tmp_path / f"{name}.svg").read_text() for name in ("with", "without"))
    assert "<image" in full and "<image" not in bare
    assert words_of(tmp_path / "without.svg") >= words_of(tmp_path / "with.svg") - {".grad"}


def test_a_selected_node_is_drawn_alone_with_the_ends_of_its_links(qtbot, lesson, tmp_path) -> None:
    lesson._selection.select(SelectedNode(TANH))
    assert export(qtbot, lesson, tmp_path / "h.svg", what="selection").startswith("Exported the selection to ")
    assert words_of(tmp_path / "h.svg") == {"TanhBackward0", "h", "(4, 5) f32"}
    box = QSvgRenderer(QByteArray((tmp_path / "h.svg").read_bytes())).viewBoxF()
    assert lesson.canvas.scene.rect(3).height() < box.height() < 1.8 * lesson.canvas.scene.rect(3).height()


def test_the_dot_of_a_node_has_it_alone_and_the_edges_across_its_border(qtbot, lesson, tmp_path) -> None:
    lesson._selection.select(SelectedNode(LOGITS))
    export(qtbot, lesson, tmp_path / "logits.dot", what="selection")
    parsed = pygraphviz.AGraph(string=(tmp_path / "logits.dot").read_text())
    assert {(int(a), int(b)) for a, b in parsed.edges()} == {(2, 3), (3, 4), (3, 9)}
    full = {node for node in parsed.nodes() if node.attr["shape"] != "plaintext"}
    assert full == {str(LOGITS)}, "what is across the border is no more than its name"
    assert parsed.get_node("4").attr["label"] == "TanhBackward0"


def test_what_is_inside_a_folded_module_is_drawn_and_nothing_else_of_the_model(qtbot, panel, tmp_path) -> None:
    show(qtbot, panel, gpt2_graph(2, number=1002))
    panel.fold_all()
    qtbot.waitUntil(lambda: any(slot.title == "Linear" for slot in panel.canvas.scene.shown.cards))
    folded = panel.canvas.scene
    slot = next(slot for slot in folded.shown.cards if slot.title == "Linear")
    panel._selection.select(SelectedModule(slot.fold, slot.title, slot.subtitle, len(slot.nodes)))
    assert "unfolded for the drawing" in estimate(panel.to_export(None), ExportChoice(what="selection"))[0]
    assert "Exported" in export(qtbot, panel, tmp_path / "module.svg", what="selection")
    assert panel.canvas.scene is folded, "the canvas stays as it is"
    words = words_of(tmp_path / "module.svg")
    inside = [panel._graph.nodes[index] for index in slot.nodes]
    assert any(node.name.removesuffix("Backward0") in words or node.name in words for node in inside)
    assert "NllLossBackward0" not in words
    export(qtbot, panel, tmp_path / "module.dot", what="selection")
    parsed = pygraphviz.AGraph(string=(tmp_path / "module.dot").read_text())
    full = {int(node) for node in parsed.nodes() if node.attr["shape"] != "plaintext"}
    assert full == {node.id for node in inside}
    assert all({int(a), int(b)} & full for a, b in parsed.edges())


def test_an_open_module_is_its_frame(qtbot, panel, tmp_path) -> None:
    show(qtbot, panel, gpt2_graph(2, number=1002))
    panel.unfold_all()
    qtbot.waitUntil(lambda: not panel.canvas.scene.shown.folded)
    scene = panel.canvas.scene
    frame = next(frame for frame in scene.shown.frames if frame.fold and frame.subtitle == "MLP")
    panel._selection.select(SelectedModule(frame.fold, frame.title, frame.subtitle, 3))
    assert f"{len(frame.members)} cards" in estimate(panel.to_export(None), ExportChoice(what="selection"))[0]
    export(qtbot, panel, tmp_path / "mlp.svg", what="selection")
    words = words_of(tmp_path / "mlp.svg")
    assert {frame.title, "MLP"} <= words and "NativeLayerNormBackward0" not in words


def test_the_view_is_what_the_canvas_shows_without_rings_and_words_stay_words(qtbot, lesson, tmp_path) -> None:
    canvas = lesson.canvas
    canvas.zoom_to(1.0)
    canvas.center_on(canvas.scene.rect(3).center())
    export(qtbot, lesson, tmp_path / "view.png", what="view")
    image = QImage(str(tmp_path / "view.png"))
    assert (image.width(), image.height()) == (2 * canvas.width(), 2 * canvas.height())
    lesson._selection.select(SelectedNode(TANH))
    export(qtbot, lesson, tmp_path / "selected.png", what="view")
    assert QImage(str(tmp_path / "selected.png")) == image
    middle = image.pixelColor(image.width() // 2, image.height() // 2 - 60)
    assert middle == theme.current().color("flow.card")
    export(qtbot, lesson, tmp_path / "view.svg", what="view")
    assert "TanhBackward0" in words_of(tmp_path / "view.svg")
    canvas.pan(5000, 5000)
    said = export(qtbot, lesson, tmp_path / "nothing.svg", what="view")
    assert said == "Nothing was exported: nothing of the graph is in view."


@pytest.mark.parametrize("suffix", ["svg", "pdf", "png", "dot"])
def test_a_view_from_afar_is_written_in_every_format(qtbot, lesson, tmp_path, suffix) -> None:
    lesson.canvas.zoom_to(0.1)
    assert "Exported the view" in export(qtbot, lesson, tmp_path / f"far.{suffix}", what="view")
    if suffix == "png":
        colors = QImage(str(tmp_path / "far.png")).convertToFormat(QImage.Format.Format_Indexed8).colorCount()
        assert colors > 4


@pytest.mark.parametrize(
    ("selected", "why"),
    [
        (None, "nothing is selected"),
        (SelectedVariable("n"), "what is selected is not in the graph"),
        (SelectedNode(TANH), ""),
    ],
)
def test_the_dialog_greys_a_selection_that_there_is_not_and_says_why(qtbot, lesson, selected, why) -> None:
    lesson._selection.select(selected)
    dialog = ExportDialog(lesson.to_export(None), ExportChoice(what="selection"), lesson)
    dialog.open()
    assert dialog.radios["selection"].isEnabled() is not bool(why)
    assert (dialog._why_not["selection"] is None) == (why == "")
    assert dialog.choice().what == ("graph" if why else "selection")
    assert dialog._why_not["pass"].text == "no pass is recorded: F9 steps the output"
    dialog.reject()


def test_the_dialog_says_how_much_it_will_be_as_it_is_changed(qtbot, lesson) -> None:
    dialog = ExportDialog(lesson.to_export(None), ExportChoice(), lesson)
    dialog.open()
    bounds = lesson.canvas.scene.bounds.size().toSize()
    assert dialog.words.text() == f"{bounds.width():,} × {bounds.height():,} pixels, 11 cards"
    dialog.format.setCurrentIndex(dialog.format.findData(".png"))
    assert f"{2 * bounds.width() - 1:,}"[:-1] in dialog.words.text()
    dialog.radios["view"].click()
    assert f"{2 * lesson.canvas.width():,} × {2 * lesson.canvas.height():,} pixels" in dialog.words.text()
    dialog.reject()
