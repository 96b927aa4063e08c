"""The outline beside the canvas: a real window and engine, driven by mouse and keys, against PyTorch."""

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.protocol.graph_values import Graph, Node, NodeOutput
from tests.visualizer.painted import Painted
from tests.visualizer.window import click, main_window, press, run, set_program, type_text, until
from visualizer.backprop.graph.scene_builder import landmark
from visualizer.backprop.outline.columns import COLUMNS
from visualizer.backprop.outline.panel import OutlinePanel
from visualizer.bench.program import GPT2_SMALL
from visualizer.look import theme
from visualizer.model.regions import SERIES
from visualizer.model.selection import SelectedModule, SelectedNode

DEEP = GPT2_SMALL.replace("layers=4", "layers=6")
SHALLOW = "import torch\nx = torch.ones(3, requires_grad=True)\nloss = (x * x).sum()\nloss.backward()"
NUMBERS = {column.name: number for number, column in enumerate(COLUMNS)}


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with main_window(tmp_path_factory.mktemp("window")) as window:
        window.resize(1500, 950)
        yield window


@pytest.fixture(scope="module")
def plain():
    space = {}
    exec(DEEP, space)
    return space


@pytest.fixture
def deep(window):
    """The outline of a GPT-2 of six blocks, with all its facts."""
    if window.session.graph is None or window.session.graph.n_nodes < 200:
        run(window, DEEP)
    window.backprop.bring("outline")
    tree = window.outline.tree
    until(lambda: tree.outline is not None and tree.outline.graph is window.session.graph, "the outline is there")
    window.outline.field.clear()
    window.outline.flat.setChecked(False)
    tree.horizontalScrollBar().setValue(0)
    window.facts.want(node.id for node in window.session.graph.nodes)
    until(lambda: not window.facts.is_waiting and not window.facts._telling.isActive(), "all facts have come")
    return tree


def row_of(tree, key):
    return tree.outline.row_of_module(key)


def text(tree, row, name):
    return tree.model().text(tree.model().index_of(row, NUMBERS[name]))


def current(tree):
    return tree.currentIndex().internalId() if tree.currentIndex().isValid() else -1


def sort_by(tree, name):
    header = tree.header()
    at = QPoint(header.sectionViewportPosition(NUMBERS[name]) + header.sectionSize(NUMBERS[name]) // 2, 8)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_it_opens_by_itself_for_a_large_graph_unless_it_was_closed(window):
    dock = window.backprop.docks["outline"]
    run(window, SHALLOW)
    assert dock.isHidden()
    run(window, DEEP)
    until(window.outline.tree.isVisible, "the outline shows a large graph")
    dock.close()
    run(window, DEEP)
    assert dock.isHidden()
    saved = window.backprop.save_layout()
    window.backprop.restore_layout(saved)
    run(window, DEEP)
    assert dock.isHidden()
    next(toggle for toggle in window.backprop.toggles() if toggle.text() == "Outline").trigger()
    until(window.outline.tree.isVisible, "the person has opened it")
    window.do("reset_layout")
    until(window.outline.tree.isVisible, "it keeps its place among the panels")


def test_a_module_has_the_numbers_of_what_is_in_it(deep, plain):
    block = plain["model"].h[2]
    row = row_of(deep, "h.2")
    facts = deep.table.row(row)
    assert facts.n_parameters == sum(parameter.numel() for parameter in block.parameters())
    qkv = deep.table.row(row_of(deep, "h.2.qkv"))
    assert qkv.n_parameters == block.qkv.weight.numel() + block.qkv.bias.numel()
    assert facts.n_nodes == int(text(deep, row, "nodes")) == 43
    assert facts.n_read == facts.n_values and facts.n_saved_bytes > 0
    weight = next(node for node in deep.outline.graph.nodes if node.variable == "model.h.2.qkv.weight")
    own = deep.table.row(deep.outline.row_of_node(weight.id))
    assert own.norm == torch.linalg.vector_norm(block.qkv.weight.grad).item()
    assert (own.minimum, own.maximum) == tuple(block.qkv.weight.aminmax()[i].item() for i in (0, 1))


def test_sorted_flat_by_gradient_norm_the_smallest_comes_first(window, deep, plain):
    click(window.outline.flat)
    sort_by(deep, "norm")
    order = deep.model().below(-1)
    norms = [deep.table.row(row).norm for row in order]
    known = [norm for norm in norms if norm is not None]
    assert known == sorted(known) and norms[: len(known)] == known  # what has none comes last
    smallest = next(node for row in order if (node := deep.outline.node(row)).kind == "accumulate")
    parameters = {f"model.{name}": p.grad.norm().item() for name, p in plain["model"].named_parameters()}
    assert smallest.variable == min(parameters, key=parameters.get)
    sort_by(deep, "norm")
    assert deep.table.row(deep.model().below(-1)[0]).norm == max(known)
    sort_by(deep, "norm")
    assert deep.model().below(-1) == list(range(deep.outline.n_nodes))
    click(window.outline.flat)


@pytest.mark.parametrize("name", ["range", "nodes", "parameters", "saved", "zeros"])
def test_blocks_are_sorted_within_their_parent(deep, name):
    deep.horizontalScrollBar().setValue(deep.horizontalScrollBar().maximum())
    sort_by(deep, name)
    ranks = [COLUMNS[NUMBERS[name]].rank(deep.table.row(row)) for row in deep.model().below(row_of(deep, "h.0"))]
    known = [rank for rank in ranks if rank is not None]
    assert known == sorted(known, reverse=True)
    sort_by(deep, name)
    sort_by(deep, name)


def test_what_is_chosen_on_the_canvas_is_the_current_row_after_the_frame_that_shows_it(qtbot, window, deep):
    node = next(node for node in window.session.graph.nodes if node.module == "h.4.down")
    window.selection.select(SelectedNode(node.id))
    qtbot.waitUntil(lambda: current(deep) == deep.outline.row_of_node(node.id))
    assert deep.viewport().rect().contains(deep.visualRect(deep.currentIndex()).center())
    series = next(region.key for region in window.graph._stage.tree.regions if region.kind == SERIES)
    for key in (series, f"{series}[2:6]"):
        window.selection.clear()
        window.selection.select(SelectedModule(key, "Block × 6", "h.0 … 5", 1))
        qtbot.waitUntil(lambda: current(deep) == row_of(deep, "h"))
        assert deep.outline.branch(current(deep)).title == "h.0 … 5"
    window.selection.clear()
    qtbot.waitUntil(lambda: current(deep) == -1)


def test_what_is_learnt_of_a_node_paints_its_row_and_those_that_hold_it(window, deep):
    node = next(node for node in window.session.graph.nodes if node.module == "h.4.down")
    window.selection.select(SelectedNode(node.id))
    until(lambda: current(deep) == deep.outline.row_of_node(node.id), "its row is in view")
    for _ in range(3):
        QApplication.processEvents()
    painted = Painted(deep.viewport())
    deep.update_facts([node.id])
    until(lambda: painted.rects, "it is painted")
    place, spans = deep.outline.row_of_node(node.id), []
    for rect in painted.rects:
        index = deep.indexAt(rect.center())
        spans.append(deep.outline.span(index.internalId()))
        assert rect.height() <= deep.visualRect(index).height(), "more than a row"
    assert (place, place + 1) in spans and all(start <= place < stop for start, stop in spans)


def test_a_row_chosen_by_the_keyboard_is_selected_and_the_canvas_opens_what_hides_it(window, deep):
    window.do("fold_all")
    until(lambda: not window.graph._stage.is_waiting, "all is folded")
    deep.setFocus()
    deep.mark(row_of(deep, "h.3"))
    press(window, "Right", deep)  # opens the block
    press(window, "Down", deep)
    chosen = window.selection.current
    assert isinstance(chosen, SelectedModule) and chosen.path == "h.3.norm1"
    until(lambda: not window.graph._stage.folded & {"h", "h.3"}, "its block is open on the canvas")
    assert "h.3.norm1" in window.graph._stage.folded
    until(lambda: not window.graph._stage.is_waiting and window.graph.canvas.scene is not None, "it is laid out")
    until(lambda: window.graph.canvas.selected >= 0, "its card is outlined")


def test_a_click_on_a_node_selects_it_on_the_canvas(window, deep):
    window.do("fold_all")
    row = next(row for row in deep.outline.below(row_of(deep, "h.5")) if row < deep.outline.n_nodes)
    deep.expand(deep.model().index_of(row_of(deep, "h.5")))
    index = deep.model().index_of(row)
    deep.scrollTo(index)
    click(deep.viewport(), deep.visualRect(index).center())
    assert window.selection.node.id == deep.outline.node(row).id
    until(lambda: "h.5" not in window.graph._stage.folded, "its block is open on the canvas")


def test_a_row_of_a_module_that_is_open_brings_its_frame_into_view(window, deep):
    window.do("unfold_all")
    until(lambda: not window.graph._stage.is_waiting and not window.graph._stage.folded, "all is open")
    canvas, key = window.graph.canvas, deep.outline.branch(row_of(deep, "h.5")).key
    canvas.zoom_to(1.0)
    canvas.center_on(landmark(canvas.scene, deep.outline.branch(row_of(deep, "h.0")).key))
    deep.setCurrentIndex(deep.model().index_of(row_of(deep, "h.5")))
    until(
        lambda: canvas.rect().contains(canvas.camera.to_widget(landmark(canvas.scene, key)).toPoint()),
        "the head of its frame is in view",
    )
    window.do("fold_all")


def test_a_search_leaves_what_matches_and_return_goes_to_the_first(window, deep):
    field = window.outline.field
    field.setFocus()
    type_text(field, "module:h.4 gelu")
    press(window, "Return", field)
    assert window.selection.node.name == "GeluBackward0" and window.selection.node.module == "h.4"
    assert deep.hasFocus()
    below = [deep.model().below(row) for row in deep.model().below(-1)]
    assert len(below) == 1
    field.setFocus()
    press(window, "Escape", field)
    assert field.text() == "" and len(deep.model().below(-1)) > 5
    assert current(deep) == deep.outline.row_of_node(window.selection.node.id)


def test_a_search_by_fact_shows_what_is_found(window, deep):
    field = window.outline.field
    norms = {row: norm for row in range(deep.outline.n_nodes) if (norm := deep.table.row(row).norm) is not None}
    limit = sorted(norms.values())[-5]
    field.setText(f"norm>={limit!r}")
    until(lambda: deep.n_found == 5, "the largest gradients are found")
    field.setText("norm>")
    until(lambda: "norm" in window.outline._count.toolTip(), "it says what is missing")
    press(window, "Escape", field)
    assert deep.n_found == -1


def test_a_column_is_left_out_by_the_menu_of_the_head(deep):
    menu = deep.header().menu()
    action = next(action for action in menu.actions() if action.text() == "saved")
    action.trigger()
    assert deep.isColumnHidden(NUMBERS["saved"]) and not deep.isColumnHidden(NUMBERS["nodes"])
    action.trigger()
    assert not deep.isColumnHidden(NUMBERS["saved"])
    menu.deleteLater()


def test_numbers_follow_the_pass_and_say_what_has_not_been_reached(window):
    window.backprop.bring("outline")
    set_program(window, SHALLOW)
    press(window, "Ctrl+Shift+Return")
    tree = window.outline.tree
    until(lambda: window.session.held.can_step and tree.outline.graph is window.session.graph, "the pass is held")
    mul = next(node.id for node in window.session.graph.nodes if node.name == "MulBackward0")
    row = tree.outline.row_of_node(mul)
    assert text(tree, row, "norm") == "not reached"
    press(window, "F10")
    until(lambda: text(tree, row, "norm") == "1.732", "the gradient has arrived")
    press(window, "Shift+F10")
    until(lambda: text(tree, row, "norm") == "not reached", "the timeline went back")
    press(window, "F10")
    press(window, "F5")
    until(lambda: window.session.state == "ready", "the pass has ended")
    until(lambda: text(tree, row, "saved") == "12 B", "what the node has saved is told")


def test_an_outline_that_nobody_sees_asks_for_nothing(window):
    window.backprop.docks["outline"].close()
    run(window, SHALLOW)
    assert all(window.facts.of(node.id) is None for node in window.session.graph.nodes)
    window.backprop.bring("outline")
    until(lambda: all(window.facts.of(node.id) for node in window.session.graph.nodes), "it catches up")


def test_of_fifty_thousand_nodes_only_what_is_seen_is_looked_at(qtbot, window):
    nodes = tuple(
        Node(number, "SinBackward0", "backward", "elementwise", 60_000 - number, outputs=(NodeOutput((8,), "float32"),))
        for number in range(50_000)
    )
    window.selection.clear()
    panel = OutlinePanel(window.selection, window.facts)
    qtbot.addWidget(panel)
    panel.resize(420, 300)
    panel.show()
    with qtbot.waitSignal(panel._turns.done):  # with the window's turn between two of its own
        panel.set_graph(Graph(10**9, "loss", nodes))
    assert panel.tree.outline is not None
    panel.grab()
    assert len(panel.tree.table._rows) < 150  # the parts that the nodes stand in, and what is looked at
    panel.flat.setChecked(True)
    panel.grab()
    assert panel.tree.model().rowCount() == 1_000
    panel.tree.mark(30_000)
    assert panel.tree.currentIndex().internalId() == 30_000
    assert panel.tree.viewport().rect().contains(panel.tree.visualRect(panel.tree.currentIndex()).center())
    panel.set_graph(None)
    until(lambda: panel.tree.outline is None, "the graph is gone")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_in_a_narrow_head_a_count_is_whole_or_not_there_and_so_is_a_button(qtbot, window, scale):
    nodes = tuple(Node(number, "SinBackward0", "backward", "elementwise", 900 - number) for number in range(452))
    panel = OutlinePanel(window.selection, window.facts)
    qtbot.addWidget(panel)
    theme.current().set_scale(scale)
    try:
        panel.show()
        for graph in (Graph(10**9, "loss", nodes), None):
            panel.set_graph(graph)
            until(lambda graph=graph: (panel.tree.outline is None) == (graph is None), "the graph is there")
            for width in range(round(140 * scale), round(500 * scale), round(20 * scale)):
                panel.resize(width, 300)
                QApplication.processEvents()
                for part in (panel._count, panel.flat):
                    assert not part.isVisible() or part.width() >= part.sizeHint().width(), width
                if width >= 300 * scale:
                    assert panel._count.isVisible() == panel.flat.isVisible() == (graph is not None), width
    finally:
        theme.current().set_scale(1.0)


def test_what_find_found_is_marked_and_counted_in_the_rows_that_hold_it(window, deep):
    window.graph.bar.field.setText("op:gelu")
    found = deep.model().found
    blocks = [deep.outline.row_of_module(f"h.{number}") for number in range(6)]
    assert [found.count(row) for row in blocks] == [1] * 6
    gelus = [node.id for node in window.session.graph.nodes if node.name == "GeluBackward0"]
    assert all(found.count(deep.outline.row_of_node(node)) == 1 for node in gelus)
    assert found.count(deep.outline.row_of_node(window.session.graph.nodes[0].id)) == 0
    window.graph.bar.field.clear()
    assert deep.model().found is None
