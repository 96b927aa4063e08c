"""Rows of the variables table unfold: by the mouse, by keys, sorted and filtered with what they hold; and a tensor that
no variable is can be seen large."""

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.program.locals import Functions
from engine.program.variables import Known, rows
from tests.visualizer.window import main_window, run, until
from visualizer.backprop.variables.delegate import name_indent
from visualizer.backprop.variables.panel import VariablesPanel
from visualizer.backprop.variables.table_model import COLUMNS
from visualizer.model.selection import Selection

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window
HELD = {
    "a": torch.ones(5),
    "batch": {"images": torch.zeros(2, 3), "labels": [torch.arange(4), "none"], "n": 3},
    "grid": np.arange(6).reshape(2, 3),
    "n": 3,
    "net": torch.nn.Linear(2, 2),
}
UNFOLDS = "The sign before its name, or → in the table of variables, unfolds it into what it holds."
KNOWN = Known(lambda tensor: -1, lambda tensor, name: None, lambda tensor: "")
FOLDED = ["a", "batch", "grid", "n", "net"]
OF_BATCH = ["batch['images']", "batch['labels']", "batch['n']"]


@pytest.fixture
def panel(qtbot):
    """A panel whose rows are those of the engine's own function."""
    selection = Selection()
    panel = VariablesPanel(selection)
    panel.variable_selected.connect(selection.select_variable)
    qtbot.addWidget(panel)

    def tell(names):
        told = rows(HELD, Functions({}), KNOWN, unfolded=frozenset(names))
        selection.set_variables(told)
        panel.set_variables(told)

    panel.unfolding_wanted.connect(tell)
    panel.resize(600, 460)
    panel.show()
    qtbot.waitExposed(panel)
    tell(())
    return panel


def shown(panel):
    return [panel.proxy.index(row, 0).data(Qt.ItemDataRole.UserRole).name for row in range(panel.proxy.rowCount())]


def index_of(panel, name):
    return panel.proxy.index(shown(panel).index(name), 0)


def click_sign(panel, name):
    index = index_of(panel, name)
    rect, indent = panel.table.visualRect(index), name_indent(index.data(Qt.ItemDataRole.UserRole))
    place = QPoint(rect.left() + indent - 14, rect.center().y())
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_the_sign_unfolds_and_folds_and_selects_nothing(panel):
    panel.table.setCurrentIndex(index_of(panel, "a"))
    click_sign(panel, "batch")
    assert shown(panel) == ["a", "batch", *OF_BATCH, "grid", "n", "net"]
    assert panel.selected == "a", "it stays selected"
    click_sign(panel, "batch['labels']")
    assert shown(panel)[2:7] == [*OF_BATCH[:2], "batch['labels'][0]", "batch['labels'][1]", OF_BATCH[2]]
    for name in ("a", "grid", "n"):
        click_sign(panel, name)
        assert panel.selected == name, "there is nothing to unfold: the row is chosen"
    click_sign(panel, "batch")
    assert shown(panel) == FOLDED
    assert panel._count.text() == "5"


def test_right_and_left_unfold_fold_and_go_to_what_it_is_a_part_of(panel):
    panel.table.setCurrentIndex(index_of(panel, "net"))
    QTest.keyClick(panel.table, Qt.Key.Key_Right)
    assert shown(panel)[-3:] == ["net", "net.weight", "net.bias"] and panel.selected == "net"
    assert index_of(panel, "net").data(Qt.ItemDataRole.AccessibleDescriptionRole) == "unfolded"
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    assert panel.selected == "net.weight" and index_of(panel, "net.weight").data() == "weight"
    QTest.keyClick(panel.table, Qt.Key.Key_Left)
    assert panel.selected == "net"
    QTest.keyClick(panel.table, Qt.Key.Key_Minus)
    assert shown(panel) == FOLDED and panel.selected == "net"
    assert index_of(panel, "net").data(Qt.ItemDataRole.AccessibleDescriptionRole) == "folded"
    assert index_of(panel, "n").data(Qt.ItemDataRole.AccessibleDescriptionRole) is None


@pytest.mark.parametrize("order", Qt.SortOrder)
def test_sorted_by_any_column_parts_stay_below_what_they_are_parts_of(panel, order):
    for name in ("batch", "net", "batch['labels']"):
        panel.table.unfolding_wanted.emit(name, True)
    below = {"batch": [OF_BATCH[0], OF_BATCH[1], "batch['labels'][0]", "batch['labels'][1]", OF_BATCH[2]]}
    below["net"] = ["net.weight", "net.bias"]
    for column in range(len(COLUMNS)):
        panel.table.sortByColumn(column, order)
        names = shown(panel)
        assert len(names) == 12
        for name, parts in below.items():
            place = names.index(name)
            assert names[place + 1 : place + 1 + len(parts)] == parts
    panel.table.sortByColumn(0, order)
    roots = [name for name in shown(panel) if name in FOLDED]
    assert roots == (FOLDED if order == Qt.SortOrder.AscendingOrder else FOLDED[::-1])


def test_the_filter_finds_a_part_and_keeps_what_it_is_a_part_of(panel):
    for name in ("batch", "net"):
        panel.table.unfolding_wanted.emit(name, True)
    panel.filter.setText("images")
    assert shown(panel) == ["batch", "batch['images']"]
    panel.filter.setText("(2, 2)")
    assert shown(panel) == ["net", "net.weight"]
    panel.filter.clear()
    assert len(shown(panel)) == 10


def test_of_an_array_no_column_says_what_only_a_tensor_has(panel):
    of = {column.name: panel.proxy.index(shown(panel).index("grid"), at).data() for at, column in enumerate(COLUMNS)}
    assert (of["shape"], of["dtype"], of["kind"], of["range"]) == ("(2, 3)", "i64", "ndarray", "0 … 5")
    assert of["grad"] == of["requires_grad"] == of["leaf"] == of["grad_fn"] == ""


def test_where_no_variable_is_a_tensor_one_that_it_leads_to_is_seen(tmp_path):
    with main_window(tmp_path) as window:
        stage, variables, inspector = window.panels.stage, window.panels.variables, window.panels.inspector
        run(window, "import torch\nnet = torch.nn.Linear(3, 2)\n")
        until(lambda: window.panels.middle.shows_tensor and stage.title.text() == "net.weight", "what the module holds")
        until(lambda: stage.kind.text() == "(2, 3)  float32  on cpu", "what it is")
        run(window, "with torch.no_grad():\n    net.weight.fill_(7)\n")
        until(lambda: stage.sheets.text_at((1, 2)) == "7.0000", "what it holds now")
        run(window, "import numpy\ngrid = numpy.arange(6).reshape(2, 3)\n")
        until(lambda: stage.title.text() == "grid", "an array comes before it")
        until(lambda: stage.kind.text() == "(2, 3)  int64  NumPy array", "what it is")
        run(window, "pair = {'first': torch.ones(2), 'second': 3}\n")
        until(lambda: stage.title.text() == "pair['first']", "what is newer comes before it")
        run(window, "alone = torch.zeros(4)\n")
        until(lambda: stage.title.text() == "alone", "a tensor that is newer")
        run(window, "pair = {'first': torch.ones(3)}\n")
        until(lambda: stage.title.text() == "pair['first']", "and what leads to one, if that is newer again")
        run(window, "del pair, alone\n")
        window.selection.select_variable("grid")
        until(lambda: "torch.from_numpy(grid)" in inspector.gradient.heat_map.message, "why there is no gradient")
        window.selection.select_variable("net")
        until(lambda: inspector._about.text() == f"8 parameters\n\n{UNFOLDS}", "how it is looked into")
        click_sign(variables, "net")
        until(lambda: shown(variables) == ["net", "net.weight", "net.bias", "grid"], "its parameters")
        variables.table.setCurrentIndex(index_of(variables, "net.bias"))
        until(lambda: stage.title.text() == "net.bias", "the part that was chosen")
        QTest.keyClicks(stage.slice.field, "0\r")
        stage.slice.into.click()
        assert "\nnet.bias[0]" in window.program.text()
        window.actions_by_id["restart_engine"].trigger()
        until(lambda: window.session.state == "ready", "a new engine")
        run(window, "import torch\nnet = torch.nn.Linear(3, 2)\n")
        until(lambda: shown(variables) == ["net", "net.weight", "net.bias"], "it knows what is unfolded")
