"""A tensor of millions of elements is seen whole and near, never waits, and hides nothing that stands out."""

from __future__ import annotations

import math

import pytest
import torch
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from engine.protocol.keys import OperandKey, VariableKey
from engine.protocol.messages import AskDetails
from engine.protocol.operations import AskOperation
from engine.protocol.tiles import AskTiles
from engine.shared.local_numbers import number
from tests.visualizer.tensor_engine import Engine, settled, variable
from tests.visualizer.window import main_window, run, until
from visualizer.backprop.inspector.panel import InspectorPanel
from visualizer.backprop.tensor_view.heat_map import HeatMap
from visualizer.backprop.tensor_view.statistics import pairs
from visualizer.look import theme
from visualizer.model.engine_process import EngineProcess

SIDE = 2_500
KEY = VariableKey("x")


@pytest.fixture
def panel(qtbot) -> InspectorPanel:
    panel = InspectorPanel()
    qtbot.addWidget(panel)
    panel.resize(420, 760)
    panel.show()
    return panel


def shown(panel: InspectorPanel, qtbot, x: torch.Tensor) -> Engine:
    engine = Engine(panel, {KEY: x})
    panel.show_variable(variable("x", x))
    settled(qtbot, panel.value)
    return engine


def color_at(heat_map: HeatMap, row: int, column: int) -> QColor:
    area, camera = heat_map.area(), heat_map.camera
    x = area.left() + (column + 0.5) * camera.cell_width - camera.x
    y = area.top() + (row + 0.5) * camera.cell_height - camera.y
    return heat_map.grab().toImage().pixelColor(QPointF(x, y).toPoint())


@pytest.mark.parametrize("number", [math.nan, math.inf, 1_000.0])
def test_one_element_that_stands_out_is_seen_from_afar(panel, qtbot, number) -> None:
    x = torch.rand(SIDE, SIDE)
    x[1_700, 400] = number
    shown(panel, qtbot, x)
    heat_map = panel.value.heat_map
    assert panel.camera.cell_width < 0.3
    here, there = color_at(heat_map, 1_700, 400), color_at(heat_map, 800, 1_600)
    look = theme.current()
    expected = {True: look.color("nan"), False: look.color("inf")}.get(math.isnan(number))
    if math.isfinite(number):
        assert here != there
    else:
        assert here == expected


def test_the_whole_is_drawn_however_small(panel, qtbot) -> None:
    shown(panel, qtbot, torch.rand(SIDE, SIDE))
    heat_map = panel.value.heat_map
    panel.resize(420, 300)
    qtbot.waitUntil(lambda: panel.camera.step() > 8)
    for step in (0.3, 0.3):
        panel.camera.zoom_by(step, 10, 10, *heat_map._view())
        settled(qtbot, panel.value)
        assert color_at(heat_map, 1_000, 1_000) != theme.current().color("bg.panel")


def test_what_is_not_here_yet_is_drawn_from_what_is(panel, qtbot) -> None:
    engine = shown(panel, qtbot, torch.rand(SIDE, SIDE))
    heat_map = panel.value.heat_map
    engine.is_held = True
    for _ in range(12):
        panel.camera.zoom_by(1.25, 60, 60, *heat_map._view())
        visible = heat_map.visible()
        covered = panel.value.feed.tiles.pictures(visible)
        middle = (visible.first_row + visible.end_row) // 2, (visible.first_column + visible.end_column) // 2
        assert covered and color_at(heat_map, *middle) != theme.current().color("bg.panel")
    assert not panel.value.feed.tiles.is_complete(heat_map.visible())
    engine.is_held = False
    engine.release()
    settled(qtbot, panel.value)


def test_a_drag_pans_and_asks_only_for_what_comes_near_and_once(panel, qtbot) -> None:
    engine = shown(panel, qtbot, torch.rand(SIDE, SIDE))
    heat_map = panel.value.heat_map
    panel.camera.zoom_by(6, 10, 10, *heat_map._view())
    settled(qtbot, panel.value)
    before = panel.camera.x, panel.camera.y
    at = heat_map.area().center().toPoint()
    QTest.mousePress(heat_map, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(heat_map, at - QPoint(40, 30))
    QTest.mouseRelease(heat_map, Qt.MouseButton.LeftButton, pos=at - QPoint(40, 30))
    assert (panel.camera.x - before[0], panel.camera.y - before[1]) == pytest.approx((40, 30))
    settled(qtbot, panel.value)
    asked = [(one.step, *at) for one in engine.asked_tiles for at in one.tiles]
    assert len(asked) == len(set(asked)) < 40  # no tile twice, and no more than what is near


def test_the_line_below_says_what_is_seen_and_what_a_cell_is(panel, qtbot) -> None:
    shown(panel, qtbot, torch.rand(SIDE, SIDE))
    words = panel.value.scale.text()
    assert words.startswith("Rows 0–2,499, columns 0–2,499; Each cell: 8 × 8 elements, their mean")
    while panel.camera.step() > 1:
        panel.camera.zoom_by(1.25, 10, 10, *panel.value.heat_map._view())
    settled(qtbot, panel.value)
    assert panel.value.scale.text().endswith("Each cell is one element")


def test_other_values_have_another_picture(panel, qtbot) -> None:
    x = torch.rand(SIDE, SIDE)
    shown(panel, qtbot, x)
    serial = panel.value.feed.tiles.plane.serial
    panel.pair.refresh()
    settled(qtbot, panel.value)
    assert panel.value.feed.tiles.plane.serial == serial
    x.mul_(-1)
    panel.pair.refresh()
    settled(qtbot, panel.value)
    assert panel.value.feed.tiles.plane.serial > serial


def test_reading_can_be_stopped_and_goes_on(panel, qtbot) -> None:
    x = torch.rand(SIDE, SIDE)
    engine = Engine(panel, {KEY: x})
    engine.is_held = True
    panel.show_variable(variable("x", x))
    qtbot.waitUntil(lambda: bool(engine.held))
    scale = panel.value.scale
    assert scale.text() == "Reading 6,250,000 elements: 0 %" and scale.button.text() == "Stop"
    scale.button.click()
    engine.is_held = False
    engine.release()
    assert panel.value.feed.tiles.is_stopped and scale.button.text() in ("Go on", "")
    scale.button.click()
    settled(qtbot, panel.value)
    assert scale.button.isHidden()


@pytest.mark.parametrize("shape", [(1, 5_000_000), (5_000_000, 1), (3, 2_000_000)])
def test_a_long_tensor_is_seen_whole_and_near(panel, qtbot, shape) -> None:
    shown(panel, qtbot, torch.rand(shape))
    camera, heat_map = panel.camera, panel.value.heat_map
    for _ in range(3):  # scroll bars go, and lines come
        camera.zoom_by(1e-12, 10, 10, *heat_map._view())
        settled(qtbot, panel.value)
    visible = heat_map.visible()
    assert (visible.end_row, visible.end_column) == shape
    assert min(camera.content) >= 8  # it is not a hair
    for _ in range(100):
        camera.zoom_by(1.25, 10, 10, *heat_map._view())
    assert camera.shows_numbers
    settled(qtbot, panel.value)
    assert panel.value.feed.detail.rectangle.texts


def test_the_picture_of_a_large_tensor_comes_before_its_statistics_and_what_it_was_made_of(tmp_path, monkeypatch):
    with main_window(tmp_path) as window:
        stage, asked, send = window.panels.stage, [], EngineProcess.send

        def noted(engine, request):
            asked.append((type(request), getattr(request, "key", None), stage.sheets.is_awaited))
            if asked[-1] == (AskTiles, VariableKey("y"), True):
                stage.details_wanted.emit(VariableKey("x"))  # as of one that stood there a moment ago
            return send(engine, request)

        monkeypatch.setattr(EngineProcess, "send", noted)
        run(window, "import torch\nx = torch.zeros(3000, 3000)\ny = x + 1\n")
        until(lambda: any(isinstance(key, OperandKey) and kind is AskTiles for kind, key, _ in asked), "operand asked")
        details = AskDetails, VariableKey("y")
        later = [entry for entry in asked if entry[:2] == details or isinstance(entry[1], OperandKey)]
        assert (*details, False) in later and not any(awaited for _, _, awaited in later)
        first = asked.index(later[0])
        assert any(entry[:2] == (AskTiles, VariableKey("y")) for entry in asked[:first])
        of_y = [kind for kind, key, _ in asked if key == VariableKey("y")]
        assert of_y[:2] == [AskOperation, AskTiles]
        assert (AskDetails, VariableKey("x")) not in [entry[:2] for entry in asked]


def test_in_the_middle_it_is_said_what_a_cell_is_and_the_number_under_the_mouse_at_any_zoom(tmp_path):
    made = "torch.arange(9_000_000).remainder(251).float().view(3_000, 3_000)"  # whose sums are exact
    x = eval(made)
    with main_window(tmp_path) as window:
        run(window, f"import torch\nx = {made}\n")
        sheets = window.panels.stage.sheets
        until(lambda: bool(sheets.sheets) and sheets.sheets[0].heat_map.is_complete, "the whole")
        heat_map, scale, camera = sheets.sheets[0].heat_map, sheets.sheets[0].scale, sheets.camera
        assert scale.isVisible() and scale.text().endswith("elements, their mean; extremes marked")

        def is_told(row: int, column: int, step: int) -> bool:
            cell = x[row : row + step, column : column + step]
            starts_there = f"{row:,}" in scale.text() and f"{column:,}" in scale.text()
            return starts_there and f": {number(cell.mean().item())};" in scale.text()

        for place, factor in enumerate((1, 4, 4, 8)):
            camera.zoom_by(factor, 60, 60, *heat_map._view())
            until(lambda: heat_map.is_complete, "what is near")
            at = heat_map.area().topLeft().toPoint() + QPoint(50 + place, 40)
            QTest.mouseMove(heat_map, at)
            row, column = heat_map._cell_at(QPointF(at))
            step = heat_map.visible().step
            shown = row // step * step, column // step * step, step
            until(lambda shown=shown: is_told(*shown), "the number of that cell")


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ("torch.rand(1_900, 1_900)", "A cell is the largest magnitude of {n} × {n} elements"),
        (
            "torch.zeros(1_500, 1_500, 3, dtype=torch.uint8)",
            "A cell is the mean of {n} × {n} elements, in each channel",
        ),
        ("torch.rand(4, 4)", ""),
    ],
)
def test_in_the_middle_it_is_said_what_a_cell_of_many_elements_is(made, words, tmp_path):
    with main_window(tmp_path) as window:
        run(window, f"import torch\nx = {made}\n")
        sheets = window.panels.stage.sheets
        until(lambda: bool(sheets.sheets) and sheets.sheets[0].heat_map.is_complete, "the whole")
        sheet = sheets.sheets[0]
        assert sheet.scale.text() == words.format(n=sheet.heat_map.visible().step)
        assert sheet.scale.isVisible() == bool(words)


COUNTED = """import torch
x = torch.ones(2_100, 2_100)
x[7, 7] = torch.nan
y = torch.zeros(2_100, 2_100)
y[9, 9] = torch.inf
z = y + 1
"""


def test_what_is_counted_in_large_tensors_follows_their_picture(tmp_path):
    with main_window(tmp_path) as window:
        due, asked = [], []
        stage = window.panels.stage
        window.session.variables_changed.connect(
            lambda rows: due.append({row.name: row.summary.counts_due for row in rows})
        )
        stage.details_wanted.connect(asked.append)
        run(window, COUNTED)
        at_end = {"x": True, "y": True, "z": True}
        until(lambda: at_end in due and not any(due[-1].values()), "what was due at the end of the program has come")
        rows = {row.name: row.summary for row in window.session.variables}
        assert [(rows[name].n_nan, rows[name].n_inf, rows[name].n_zero) for name in "xyz"] == [
            (1, 0, 0),
            (0, 1, 2_100 * 2_100 - 1),
            (0, 1, 0),
        ]
        assert stage.key == VariableKey("z"), "what was counted is no newer tensor"
        assert asked.count(VariableKey("z")) == 1, "nor is the same one shown anew"
        said = ", ".join(f"{word} {number}" for word, number in pairs(rows["z"]))
        until(lambda: stage.foot.statistics.text() == f"{said}, over finite elements", "on the stage as in the table")
        run(window, "x[8, 8] = torch.nan")
        until(lambda: not due[-1]["x"] and window.session.variables[0].summary.n_nan == 2, "it is counted anew")
        assert stage.key == VariableKey("x"), "what was written into last is the newest"


def test_the_keyboard_goes_from_cell_to_cell_and_is_told_what_each_covers(panel, qtbot):
    x = torch.rand(SIDE, SIDE)
    shown(panel, qtbot, x)
    heat_map, scale = panel.value.heat_map, panel.value.scale
    step = heat_map.visible().step
    assert step > 1
    for key, row, column in ((Qt.Key.Key_Down, 0, 0), (Qt.Key.Key_Down, step, 0), (Qt.Key.Key_Right, step, step)):
        QTest.keyClick(heat_map, key)
        assert panel.camera.selected == (row, column)
        cells = x[row : row + step, column : column + step]
        low, high, mean = (number(one.item()) for one in (cells.min(), cells.max(), cells.double().mean()))
        words = f"min {low}, max {high}, mean {mean} of {step} × {step} elements"
        qtbot.waitUntil(lambda words=words: words in scale.text())
        assert f"At the cursor: rows {row:,}–{row + step - 1:,}" in scale.text()
    x[step, step] = math.nan
    panel.pair.refresh()
    qtbot.waitUntil(lambda: scale.text().endswith("; 1 NaN"))
    QTest.keyClick(heat_map, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    last = SIDE - (SIDE - 1) // step * step
    qtbot.waitUntil(lambda: scale.text().endswith(f"{last} × {last} elements"))
