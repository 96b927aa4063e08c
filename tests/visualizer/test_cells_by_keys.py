"""Cells of tensors without a mouse and without eyes: on the stage, in the inspector, of large ones, along any axes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.visualizer.test_accessibility import announced
from tests.visualizer.window import main_window, run, until
from visualizer.app.main_window import MainWindow
from visualizer.backprop.tensor_view.heat_map import HeatMap
from visualizer.look.choice_box import ChoiceBox

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
PROGRAM = """import torch
big = torch.arange(90000.).reshape(300, 300) / 4
deep = torch.arange(24.).reshape(2, 3, 4)
a = torch.tensor([[1., 2.], [3., -4.]])
b = torch.tensor([[5., 6.], [7., 8.]])
c = a @ b
"""
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with main_window(tmp_path_factory.mktemp("cells")) as window:
        window.resize(1500, 950)
        run(window, PROGRAM)
        window.activateWindow()
        until(window.isActiveWindow, "the window is active")
        yield window


def told(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def stand_on(window: MainWindow, name: str) -> HeatMap:
    """Its first sheet on the stage, with the keyboard."""
    window.selection.select_variable(name)
    stage = window.panels.stage
    until(lambda: stage.title.text().startswith(name) and stage.sheets.sheets, f"{name} is on the stage")
    heat_map = stage.stop
    assert isinstance(heat_map, HeatMap)
    until(lambda: heat_map.is_complete and heat_map.has_cells, "its cells are here")
    heat_map.setFocus(Qt.FocusReason.TabFocusReason)
    return heat_map


def test_the_cursor_in_a_result_lights_up_its_sources_and_is_read(window: MainWindow, monkeypatch) -> None:
    heat_map, stage = stand_on(window, "c"), window.panels.stage
    until(lambda: len(stage.operands.blocks) == 2 and stage.operands.isVisible(), "the operands stand beside it")
    heard = announced(monkeypatch)
    assert told(heat_map) == "2 × 2 cells"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(heat_map, key)
    assert told(heat_map) == "2 × 2 cells; row 1, column 1, value -14.000"
    left, right = (block.sheets.sheets[0].heat_map for block in stage.operands.blocks)
    until(lambda: left.lit == ((1, 0), (1, 1)) and right.lit == ((0, 1), (1, 1)), "its row and its column light up")
    assert "c[1, 1] = -14.000" in heard and heard[-1] == stage.cell.text() and heard[-1].startswith("c[1, 1] = ")
    left.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(left, Qt.Key.Key_Home)
    until(lambda: heat_map.lit == ((0, 0), (0, 1)), "what it goes into lights up")
    assert "row 0, column 0, value 1.0000" in heard and heard[-1] == "a[0, 0] goes into 2 cells of c"


def test_the_walk_through_a_result_is_played_stopped_and_stepped_by_keys(window: MainWindow) -> None:
    heat_map, walk = stand_on(window, "c"), window.panels.stage.walk
    QTest.keyClicks(heat_map, "p")
    until(lambda: walk.is_running and walk.at >= 1, "it plays")
    QTest.keyClicks(heat_map, "p")
    assert not walk.is_running
    QTest.keyClick(heat_map, Qt.Key.Key_Home, CONTROL)
    assert walk.at == 0
    QTest.keyClicks(heat_map, "...")
    assert walk.at == 3
    QTest.keyClicks(heat_map, ",")
    assert walk.at == 2 and not walk.is_running


def test_a_number_that_is_part_of_a_cell_is_asked_for_and_read(window: MainWindow, monkeypatch) -> None:
    heat_map = stand_on(window, "big")
    assert not heat_map.camera.shows_numbers
    heard = announced(monkeypatch)
    QTest.keyClick(heat_map, Qt.Key.Key_End, CONTROL)
    until(lambda: "big[299, 299] = 22500" in heard, "its number comes")
    assert told(heat_map) == "300 × 300 cells; row 299, column 299, value 22500"
    QTest.keyClick(heat_map, Qt.Key.Key_Left)
    until(lambda: any(words.startswith("big[299, 298] = ") for words in heard), "and that of the next")


def test_rows_columns_and_places_of_a_tensor_are_chosen_by_keys(window: MainWindow) -> None:
    stand_on(window, "deep")
    stage = window.panels.stage
    until(lambda: stage.places.isVisible(), "its axes can be chosen")
    rows = stage.findChild(ChoiceBox, "stage_rows")
    assert rows is not None and stage.sheets.planes.sheet_size == (3, 4)
    reach(rows)
    QTest.keyClick(rows, Qt.Key.Key_Up)
    assert stage.sheets.planes.sheet_size == (2, 4) and stage.sheets.planes.n_sheets == 3
    columns = stage.findChild(ChoiceBox, "stage_columns")
    reach(columns, Qt.Key.Key_Tab)
    QTest.keyClick(columns, Qt.Key.Key_Up)
    assert stage.sheets.planes.sheet_size == (2, 3) and stage.sheets.planes.n_sheets == 4
    heat_map = stage.stop
    reach(heat_map, Qt.Key.Key_Tab)
    QTest.keyClick(heat_map, Qt.Key.Key_End, CONTROL)
    until(lambda: told(heat_map).startswith("2 × 3 cells; row 1, column 2, value "), "the cell by its new axes")


def reach(widget: QWidget, key: Qt.Key = Qt.Key.Key_Backtab) -> None:
    """By Tab, or back."""
    for _ in range(80):
        at = QApplication.focusWidget()
        if at is widget:
            return
        QTest.keyClick(at, key)
    raise AssertionError(f"Tab does not lead to {widget.objectName()}")


def test_a_cell_in_the_inspector_is_read(window: MainWindow, monkeypatch) -> None:
    window.selection.select_variable("a")
    heat_map = window.inspector.pair.value.heat_map
    until(lambda: heat_map.is_complete and heat_map.has_cells, "its cells are here")
    heard = announced(monkeypatch)
    heat_map.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(heat_map, Qt.Key.Key_End, CONTROL)
    assert told(heat_map) == "2 × 2 cells; row 1, column 1, value -4.0000"
    assert heard == ["cell [1, 1] of a, value -4.0000"]


def test_a_row_and_a_column_are_read_whole_and_of_a_long_one_what_is_here(window: MainWindow, monkeypatch) -> None:
    heat_map = stand_on(window, "a")
    heard = announced(monkeypatch)
    QTest.keyClick(heat_map, Qt.Key.Key_End, CONTROL)
    until(lambda: heard, "the cell is read")
    heard.clear()
    QTest.keyClick(heat_map, Qt.Key.Key_R)
    QTest.keyClick(heat_map, Qt.Key.Key_C)
    assert heard == ["row 1: 3.0000; -4.0000", "column 1: 2.0000; -4.0000"]
    heat_map = stand_on(window, "big")
    QTest.keyClick(heat_map, Qt.Key.Key_Home, CONTROL)
    QTest.keyClick(heat_map, Qt.Key.Key_R)
    assert "+ zooms in" in heard[-1]
    while not heat_map.camera.shows_numbers:
        QTest.keyClick(heat_map, Qt.Key.Key_Plus)
    QTest.keyClick(heat_map, Qt.Key.Key_Home, CONTROL)
    until(lambda: heat_map.feed.text_at(0, 1), "its numbers are here")
    QTest.keyClick(heat_map, Qt.Key.Key_R)
    assert heard[-1].startswith("row 0: 0; 0.2500; 0.5000") and heard[-1].endswith("of 300"), heard[-1]
