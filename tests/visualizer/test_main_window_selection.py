"""Selecting anything selects it everywhere: canvas, inspector, program and variables table, with a real engine."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTabBar

from engine.protocol.keys import NodeValueKey, VariableKey
from tests.visualizer import window as w
from visualizer.backprop.graph.card_nodes import node_of
from visualizer.backprop.graph.cards import PAGER
from visualizer.backprop.inspector.cell_section import CellSection
from visualizer.look.labels import ElidedLabel
from visualizer.model.selection import SelectedModule, SelectedVariable

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

PROGRAM = """import torch
torch.manual_seed(0)
x = torch.randn(4, 3)
W = torch.randn(3, 5, requires_grad=True)
h = torch.tanh(x @ W)
value, index = h.max(1)
low, high = h.chunk(2, 1)
loss = value.sum() + (low * 2).sum() + high.exp().mean()
"""


@pytest.fixture(scope="module")
def window(qapp, tmp_path_factory):
    with w.main_window(tmp_path_factory.mktemp("window")) as window:
        w.run(window, PROGRAM)
        w.until(lambda: window.graph.canvas.scene is not None, "the graph is drawn")
        window.graph.unfold_all()
        yield window


@pytest.fixture(autouse=True)
def nothing_selected(window):
    QTest.mouseMove(window.header)
    window.selection.clear()
    assert window.program.editor.textCursor() is not None


def node(window, name):
    """The node that holds a variable, or is called so."""
    found = [n for n in window.session.graph.nodes if name in (n.variable, n.name, *(o.variable for o in n.outputs))]
    assert len(found) == 1, f"{len(found)} nodes {name}"
    return found[0]


def place(window, name, inside=None):
    """Where a node's card, or a point inside it, is on the canvas, which is moved so that it can be seen."""
    canvas, shown = window.graph.canvas, node(window, name)
    w.until(lambda: canvas.scene is not None and not window.graph._stage.is_waiting, "the graph is drawn")
    card = window.graph.card_of(shown.id)
    canvas.reveal(card)
    rect = canvas.scene.rect(card)
    return canvas.camera.to_widget(rect.center() if inside is None else rect.topLeft() + inside).toPoint()


def click(window, name):
    QTest.mouseClick(window.graph.canvas, LEFT, NONE, place(window, name))


def click_row(window, name):
    table = window.variables.table
    row = next(row for row, variable in enumerate(window.variables.model.rows) if variable.name == name)
    index = window.variables.proxy.mapFromSource(window.variables.model.index(row, 0))
    table.scrollTo(index)
    QTest.mouseClick(table.viewport(), LEFT, NONE, table.visualRect(index).center())


def marked(window):
    """The sub-expression that is marked in the program."""
    source = window.program.editor.marks.hovered
    return "" if source is None else source.text


def outlined(window):
    """The node outlined on the canvas."""
    return node_of(window.graph.canvas.scene, window.graph.canvas.selected)


def nothing_is_selected(window):
    """Nowhere: neither outline, row, page nor mark."""
    empty = w.widget(window, QLabel, "inspector_empty")
    return (
        window.selection.current is None
        and outlined(window) == -1
        and window.variables.selected == ""
        and not window.inspector.has_tensor
        and "Select a node" in empty.text()
        and empty.isVisible()
        and marked(window) == ""
        and not window.actions_by_id["deselect"].isEnabled()
    )


def test_a_click_on_a_node_selects_its_variable_and_its_place(window):
    click(window, "h")
    assert window.variables.selected == "h"
    assert window.inspector.value.feed.key == NodeValueKey(node(window, "h").id)
    assert marked(window) == "torch.tanh(x @ W)"
    click(window, "W")
    assert window.variables.selected == "W"
    assert marked(window) == ""


def test_a_term_of_a_cell_leads_to_the_cell_that_it_is_made_of_and_back(window):
    sections = window.inspector.sections
    cells = sections.get(CellSection)
    click(window, "h")
    window.inspector.pair.show_cell((1, 2))
    w.until(lambda: _explained(cells) == "h[1, 2]", "the selected cell is explained")
    assert "tanh" in cells.said.text().lower() and "(x @ W)[1, 2]" in cells.value.text()
    product = node(window, "MmBackward0")
    w.until(lambda: _lit(window) == {product.id}, "what it is made of lights up on the canvas")
    assert window.graph.canvas.marked == {window.graph.card_of(product.id)}
    cells.value.linkActivated.emit("0")
    w.until(lambda: _explained(cells) == "(x @ W)[1, 2]", "the term leads on")
    assert window.selection.node is product and window.inspector.pair.camera.selected == (1, 2)
    assert "its 3 terms add up to PyTorch's number" in cells.value_note.text()
    w.until(lambda: {node(window, "x").id, node(window, "W").id} == _lit(window), "both matrices light up")
    cells.back.linkActivated.emit("back")
    w.until(lambda: _explained(cells) == "h[1, 2]", "the way leads back")
    assert cells.back.isHidden() and window.selection.node is node(window, "h")


def _explained(cells):
    """The value that is explained."""
    return "" if cells.explained is None or cells.explained.value is None else cells.explained.value.name


def _lit(window):
    """The nodes that have a lit cell."""
    return {window.session.graph.nodes[index].id for index in window.graph.marking.lit}


def test_a_lit_cell_is_framed_on_the_heat_map_of_its_own_tensor(window):
    click(window, "h")
    window.inspector.pair.show_cell((0, 1))
    w.until(lambda: _lit(window) == {node(window, "MmBackward0").id}, "what it is made of lights up")
    click(window, "MmBackward0")
    assert window.inspector.pair.value.heat_map.lit == ((0, 1),)
    window.selection.clear()
    assert _lit(window) == set()


def test_a_click_on_a_variable_selects_its_node(window):
    click_row(window, "h")
    assert outlined(window) == node(window, "h").id
    assert window.inspector.value.feed.key == NodeValueKey(node(window, "h").id)
    assert marked(window) == "torch.tanh(x @ W)"
    click_row(window, "index")  # has no node: the variable itself
    assert outlined(window) == -1
    assert window.inspector.value.feed.key == VariableKey("index")


def test_hovering_a_node_marks_its_sub_expression_and_leaving_takes_it_away(window):
    QTest.mouseMove(window.graph.canvas, place(window, "MmBackward0"))
    w.until(lambda: marked(window) == "x @ W", "the product is marked")
    QTest.mouseMove(window.graph.canvas, QPoint(1, 1))
    w.until(lambda: marked(window) == "", "the mark is gone")


def test_the_cursor_in_the_program_marks_the_node(window):
    line = "h = torch.tanh(x @ W)"
    editor = window.program.editor
    editor.go_to(PROGRAM.splitlines().index(line) + 1, line.index("x @"))
    w.until(
        lambda: window.graph.canvas.marked == {window.graph.card_of(node(window, "MmBackward0").id)}, "it is marked"
    )
    editor.go_to(1, 0)
    w.until(lambda: not window.graph.canvas.marked, "the mark is gone")


def test_the_mouse_over_the_program_marks_the_node(window):
    line = "h = torch.tanh(x @ W)"
    editor = window.program.editor
    block = editor.document().findBlockByNumber(PROGRAM.splitlines().index(line))
    cursor = editor.textCursor()
    cursor.setPosition(block.position() + line.index("tanh") + 1)
    QTest.mouseMove(editor.viewport(), editor.cursorRect(cursor).center())
    w.until(lambda: window.graph.canvas.marked == {window.graph.card_of(node(window, "h").id)}, "it is marked")


def test_each_output_of_a_node_has_a_page_on_its_card_and_in_the_inspector(window):
    window.graph.canvas.zoom_to(1.0)  # cards that can be read
    click_row(window, "high")
    halves = node(window, "high")
    assert outlined(window) == halves.id
    assert window.inspector.value.feed.key == NodeValueKey(halves.id, 1)
    assert [window.inspector._tabs.tabText(i) for i in range(2)] == ["low", "high"]
    w.until(lambda: window.graph._book.card(halves.id, 1) is not None, "the second output's card has come")
    shown = window.graph._book.card(halves.id, 1)
    assert shown.value.shape == (4, 2) and shown.value_note is None
    click_row(window, "low")
    assert window.inspector.value.feed.key == NodeValueKey(halves.id)
    tabs = w.widget(window, QTabBar, "inspector_pages")
    w.click(tabs, tabs.tabRect(1).center())
    assert window.graph.slot_of(halves.id) == 1 and window.variables.selected == "high"
    QTest.mouseClick(window.graph.canvas, LEFT, NONE, place(window, "high", PAGER.center()))
    assert window.inspector.value.feed.key == NodeValueKey(halves.id) and window.variables.selected == "low"


def test_search_selects_what_it_finds(window):
    w.press(window, "Ctrl+F", window.graph.canvas)
    w.type_text(window.graph.bar.field, "tanh")
    QTest.keyClick(window.graph.bar.field, Qt.Key.Key_Return)
    assert outlined(window) == node(window, "h").id and window.variables.selected == "h"
    window.graph.bar.field.clear()


def test_a_folded_module_marks_its_call_and_nothing_else_stays_selected(window):
    model = "net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 4))\n"
    w.run(window, f"import torch\n{model}x = torch.ones(2, 3)\nloss = net(x).sum()\n")
    canvas = window.graph.canvas
    QTest.mouseClick(canvas, LEFT, NONE, canvas.camera.to_widget(canvas.scene.rect(0).center()).toPoint())
    w.until(lambda: window.graph._stage.scene is not None, "it is drawn")
    click(window, "loss")
    assert window.variables.selected == "loss"
    window.graph.fold_all()
    w.until(lambda: any(card.fold for card in window.graph.canvas.scene.shown.cards), "it is folded")
    card = next(number for number, card in enumerate(canvas.scene.shown.cards) if card.fold)
    canvas.reveal(card)
    middle = canvas.camera.to_widget(canvas.scene.rect(card).center()).toPoint()
    QTest.mouseClick(canvas, LEFT, NONE, middle)
    assert isinstance(window.selection.current, SelectedModule)
    assert canvas.selected == card and marked(window) == "net(x)"
    assert window.variables.selected == "" and not window.inspector.has_tensor
    slot = canvas.scene.shown.cards[card]
    identity = window.inspector._identity
    labels = (*identity.head.findChildren(ElidedLabel), *identity.findChildren(ElidedLabel))
    shown = " ".join(label.text() for label in labels)
    assert all(words in shown for words in (slot.title, slot.subtitle, f"{len(slot.nodes)} nodes"))
    assert window.inspector._identity.place.text().startswith("line 4")
    QTest.mouseMove(canvas, QPoint(1, 1))
    QTest.mouseMove(canvas, middle)
    w.until(lambda: marked(window) == "net(x)", "hovering it marks its call, too")
    QTest.mouseMove(window.header)
    click_row(window, "net")
    assert window.selection.current == SelectedVariable("net") and canvas.selected == -1
    w.press(window, "Escape", window.variables.table)
    assert nothing_is_selected(window)


def test_a_folded_module_says_which_of_its_parameters_has_no_gradient_and_why(window):
    blocks = "net = torch.nn.Sequential(*(torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Tanh()) for _ in '12'))\n"
    run = "net[1][0].bias.requires_grad_(False)\nloss = net(torch.ones(2, 3)).sum()\nloss.backward()\n"
    w.run(window, f"import torch\n{blocks}{run}")
    w.until(lambda: {"0", "1"} <= {one.path for one in window.session.graph.modules}, "it is drawn")
    said = window.inspector.why.said
    window.graph.selected.emit(SelectedModule("1", "Sequential", "1", 4))
    w.until(lambda: said.isVisible() and said.text().startswith("1 of 2 parameters of net.1 has no gradient."), "why")
    assert window.inspector.why.line.text() == "Go to line 3"
    window.graph.selected.emit(SelectedModule("0", "Sequential", "0", 4))
    w.until(lambda: said.text() == "A gradient is here, and it is not 0 everywhere.", "the other has all of them")


@pytest.mark.parametrize("place", ["canvas", "table", "editor", "console", "heat map", "timeline"])
def test_escape_selects_nothing_wherever_the_keyboard_is(window, place):
    w.run(window, PROGRAM)
    w.until(lambda: window.graph._stage.scene is not None, "it is drawn")
    click_row(window, "h")
    assert not nothing_is_selected(window)
    widgets = {
        "canvas": window.graph.canvas,
        "table": window.variables.table,
        "editor": window.program.editor,
        "console": window.console.view,
        "heat map": window.inspector.value.heat_map,
        "timeline": window.timeline.scrubber,
    }
    widgets[place].setFocus()
    w.press(window, "Escape", widgets[place])
    assert nothing_is_selected(window)


def test_escape_that_a_field_or_a_list_needs_leaves_the_selection_alone(window):
    click_row(window, "h")
    w.press(window, "Ctrl+F", window.graph.canvas)
    w.type_text(window.graph.bar.field, "tanh")
    w.press(window, "Escape", window.graph.bar.field)  # closes the list of what was found
    w.press(window, "Escape", window.graph.bar.field)
    assert window.graph.bar.field.text() == "" and window.graph.canvas.hasFocus()
    window.variables.filter.setFocus()
    w.type_text(window.variables.filter, "h")
    w.press(window, "Escape", window.variables.filter)
    assert window.variables.filter.text() == "" and window.variables.table.hasFocus()
    editor = window.program.editor
    editor.setFocus()
    w.press(window, "Ctrl+F")
    w.press(window, "Escape", window.program.find_bar.field)
    assert not window.program.find_bar.isVisible()
    w.press(window, "Ctrl+End")
    w.type_text(editor, "los")
    w.until(editor.completions.isVisible, "names are offered")
    w.press(window, "Escape")
    assert not editor.completions.isVisible()
    assert window.variables.selected == "h" and outlined(window) == node(window, "h").id


def test_what_is_selected_stays_so_when_the_program_runs_again(window):
    w.run(window, PROGRAM)
    click_row(window, "h")
    before = node(window, "h").id
    w.run(window)
    assert node(window, "h").id != before
    w.until(lambda: outlined(window) == node(window, "h").id, "its new node is outlined")
    assert window.variables.selected == "h" and marked(window) == "torch.tanh(x @ W)"
    assert window.inspector.value.feed.key == NodeValueKey(node(window, "h").id)


def test_a_selection_does_not_outlive_its_program(window):
    w.run(window, PROGRAM)
    click_row(window, "loss")
    w.run(window, "import torch\n\nv = torch.ones(2, 2, requires_grad=True)\nother = v.exp().mean()")
    assert w.value(window, "loss") or any(row.name == "loss" for row in window.session.variables)
    w.until(lambda: window.graph._stage.scene is not None, "it is drawn")
    assert nothing_is_selected(window)


def test_a_variable_that_the_next_run_no_longer_has_is_let_go(window):
    w.run(window, "n = 1\n")
    click_row(window, "n")
    assert window.selection.current == SelectedVariable("n")
    w.run(window, "del n\n")
    assert nothing_is_selected(window)


def test_a_fresh_engine_has_nothing_selected(window):
    w.run(window, PROGRAM)
    click_row(window, "h")
    window.actions_by_id["restart_engine"].trigger()
    assert nothing_is_selected(window)
    w.wait_ready(window)


FAILS = """import torch
from torch import nn
net = nn.Sequential(nn.Linear(3, 4), nn.Sigmoid(), nn.ReLU(inplace=True))
loss = net(torch.ones(2, 3)).sum()
loss.backward()
"""


@pytest.mark.parametrize("keys", ["Ctrl+Return", "Ctrl+Shift+Return"])
def test_a_node_that_has_failed_is_selected_unless_another_was_chosen(window, keys):
    finished = w.start(window, FAILS, keys)
    if keys == "Ctrl+Shift+Return":
        w.until(lambda: window.session.held.can_step, "the pass is held")
        w.press(window, "F5")
    w.until(lambda: finished and window.selection.node is not None, "the pass has failed")
    w.until(lambda: window.selection.node.name == "SigmoidBackward0", "the node that raised is selected")
    click(window, "ReluBackward0")
    window.session.backward_changed.emit()
    assert window.selection.node.name == "ReluBackward0"
