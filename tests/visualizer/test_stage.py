"""The middle of the window: one tensor, large, as its rank is; what stands there, and when."""

import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QSpinBox

from engine.protocol.keys import VariableKey
from engine.protocol.operations import OperandSeen, OperationSeen
from engine.protocol.program_values import Variable
from engine.protocol.sentence import Sentence
from engine.protocol.storage import Layout
from engine.protocol.tensor_values import AxisName
from engine.shared.newest import newest
from engine.tensors.details import details
from engine.tensors.rectangle import rectangle
from engine.tensors.summary import summarize
from tests.visualizer.window import main_window, press, run, start, until
from visualizer.backprop.stage.arrangement import Room, arrange
from visualizer.backprop.stage.panel import TensorStage
from visualizer.backprop.stage.storage_strip import order_of
from visualizer.backprop.tensor_view.axis_words import sources_text
from visualizer.backprop.tensor_view.planes import Planes
from visualizer.backprop.tensor_view.rank_words import axis_words, rank_name
from visualizer.look import theme
from visualizer.look.choice_box import ChoiceBox
from visualizer.look.spoken import use_language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window
SHAPES = st.lists(st.integers(1, 4), min_size=0, max_size=6).map(tuple)


@given(shape=SHAPES, data=st.data())
def test_each_element_is_in_one_cell_of_one_sheet(shape, data):
    planes = Planes(shape)
    if len(shape) > 2:
        axes = data.draw(st.permutations(range(len(shape))))
        planes = planes.turned((axes[0], axes[1]))
        planes = planes.at(tuple(data.draw(st.integers(0, shape[axis] - 1)) for axis in planes.outer_axes))
    rows, columns = planes.sheet_size
    seen = [
        planes.element(sheet, row, column)
        for sheet in range(planes.n_sheets)
        for row in range(rows)
        for column in range(columns)
    ]
    assert len(set(seen)) == len(seen) == math.prod(shape) // math.prod(shape[axis] for axis in planes.outer_axes)
    for element in seen:
        assert planes.element(*planes.place_of(element)) == element
        assert all(0 <= place < size for place, size in zip(element, shape, strict=True))


@given(
    n_sheets=st.integers(1, 200), size=st.tuples(st.integers(1, 300), st.integers(1, 300)),
    width=st.integers(60, 2000), height=st.integers(40, 1400), in_a_row=st.integers(0, 12),
)  # fmt: skip
def test_what_is_arranged_fits(n_sheets, size, width, height, in_a_row):
    room = Room(width, height, 18, 18, (20, 18))
    chosen = arrange(n_sheets, in_a_row, size, 7, (0.6, 1.3), room)
    assert 1 <= chosen.n_shown <= n_sheets
    rows = math.ceil(chosen.n_shown / chosen.columns)
    assert chosen.columns * (chosen.sheet_width + 18) - 18 <= max(width, chosen.sheet_width)
    assert rows * (chosen.sheet_height + 18) - 18 <= max(height, chosen.sheet_height)


def test_sheets_that_would_be_specks_are_gone_through_one_by_one():
    room = Room(240, 100, 18, 18, (20, 18))
    assert arrange(4, 2, (2, 2), 7, (0.6, 1.3), room).n_shown < 4, "cells of three pixels, two by two"
    assert arrange(4, 2, (28, 28), 0, (0.6, 1.3), Room(240, 220, 18, 18, (20, 18))).n_shown == 4, "small pictures"


def test_ranks_and_axes_are_named():
    assert [rank_name(rank) for rank in range(4)] == [
        "rank 0: a scalar", "rank 1: a vector", "rank 2: a matrix", "rank 3: a tensor with 3 axes",
    ]  # fmt: skip
    assert axis_words(Planes(())) == ()
    assert axis_words(Planes((3,))) == ("i: 3 elements",)
    assert axis_words(Planes((1, 4))) == ("i: 1 row", "j: 4 columns")
    assert axis_words(Planes((2, 3, 4))) == ("i: 2 sheets", "j: 3 rows", "k: 4 columns")
    named = AxisName("B", "x.view(B, 3, T)", 2), AxisName(""), AxisName("token", "F.embedding", 3, is_of_operation=True)
    assert axis_words(Planes((2, 3, 4)), named) == ("i (B): 2 sheets", "j: 3 rows", "k (token): 4 columns")
    assert sources_text(named) == "B: x.view(B, 3, T), line 2\ntoken: F.embedding, line 3"


def test_the_newest_tensor_is_the_one_that_was_bound_last():
    def row(name, rank):
        return Variable(name, "Tensor", summary=summarize(torch.ones(2)), rank=rank)

    assert newest((row("a", 3), row("b", 2), Variable("n", "int", "3", rank=9))).name == "a"
    assert newest((row("b", 2), Variable("n", "int", "3"))).name == "b"
    assert newest(()) is None


@pytest.fixture
def stage(qtbot):
    """A stage that is answered with the engine's own functions; `show` puts a tensor on it."""
    panel = TensorStage()
    qtbot.addWidget(panel)
    panel.resize(700, 600)
    panel.show()
    tensors = {}
    panel.details_wanted.connect(lambda key: panel.set_details(details(key, tensors[key])))
    panel.rectangle_wanted.connect(
        lambda asked, feed: feed.take(rectangle(asked.key, tensors[asked.key], asked)) or None
    )

    def show(name, tensor):
        tensors[VariableKey(name)] = tensor
        panel.show_tensor(VariableKey(name), name, summarize(tensor))
        qtbot.waitUntil(lambda: all(sheet.feed.detail for sheet in panel.sheets.sheets) or panel.sheets.isHidden())
        return panel

    return show


def test_along_an_axis_of_one_place_nothing_is_gone_through(stage):
    panel = stage("x", torch.arange(12.0).reshape(3, 1, 1, 1, 2, 2))
    spins = [one for one in panel.places.findChildren(QSpinBox) if not one.isHidden()]
    assert [one.suffix() for one in spins] == [" / 2"]
    spins[0].setValue(2)
    assert panel.sheets.planes.places == (2, 0)
    panel.sheets.resize(80, 60)
    panel = stage("y", torch.zeros(2000, 2, 2))
    (spin,) = (one for one in panel.places.findChildren(QSpinBox) if not one.isHidden())
    assert spin.suffix() == (" / 1999" if panel.sheets.n_shown == 1 else f" – {panel.sheets.n_shown - 1:,} of 2,000")


def test_the_example_of_an_index_has_as_many_axes_as_the_tensor_and_a_scalar_has_no_parts(stage):
    for shape, example in (((3,), "[::2]"), ((3, 2), "[0, ::2]"), ((3, 2, 2), "[:, 0, ::2]")):
        part = stage("x", torch.zeros(shape)).slice
        assert not part.isHidden() and part.field.placeholderText() == example
        assert eval(f"x{example}", {"x": torch.zeros(shape)}).numel(), "one that fits"
    assert stage("x", torch.tensor(1.0)).slice.isHidden()
    assert not stage("x", torch.zeros(3)).slice.isHidden(), "of the same name, after a scalar"


def headers(heat_map):
    """How much room is left of the cells and above them."""
    return heat_map.area().left() > 0, heat_map.area().top() > 0


def test_a_scalar_is_a_number_a_vector_a_strip_a_matrix_a_table(stage):
    panel = stage("x", torch.tensor(5))
    assert panel.number.text() == "5" and panel.sheets.isHidden() and panel.places.isHidden()
    panel = stage("v", torch.tensor([1, 2, 3]))
    assert panel.number.isHidden() and len(panel.sheets.sheets) == 1
    assert headers(panel.sheets.sheets[0].heat_map) == (False, True)
    panel = stage("m", torch.tensor([[1, 2], [3, 4]]))
    assert headers(panel.sheets.sheets[0].heat_map) == (True, True)
    assert panel.places.isHidden()


def test_the_axes_of_a_tensor_of_which_nothing_is_known_yet_stand_there_once_it_is(qtbot):
    panel, matrix = TensorStage(), torch.tensor([[1, 2], [3, 4]])
    qtbot.addWidget(panel)
    panel.resize(700, 600)
    panel.show()
    panel.show_tensor(VariableKey("m"), "m", None)
    assert panel.axes.isHidden()
    panel.set_details(details(VariableKey("m"), matrix))
    assert panel.axes.isVisible() and panel.axes.text().startswith("rank 2: a matrix")


_UNSHOWN = "Its elements cannot be shown: "
_RAGGED = "ragged  float32  nested", "nested, of ragged shape"
# Made where they are looked at: of a jagged one torch imports half of itself.
_ODD = {
    "nested": (lambda: torch.nested.nested_tensor([torch.ones(2), torch.ones(3)]), *_RAGGED),
    "jagged": (lambda: torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], layout=torch.jagged), *_RAGGED),
    "huge": (
        lambda: torch.sparse_coo_tensor([[9], [9]], [1.0], (100_000, 100_000)),
        "(100000, 100000)  float32  sparse_coo",
        "sparse_coo with 10,000,000,000 elements, too many to unpack",
    ),
    "lazy": (lambda: torch.nn.LazyLinear(3).weight, "uninitialized  float32", "before its module's first call"),
    "coo": (lambda: torch.eye(3).to_sparse(), "(3, 3)  float32  sparse_coo", ""),
    "csr": (lambda: torch.eye(3).to_sparse_csr(), "(3, 3)  float32  sparse_csr", ""),
    "bsr": (lambda: torch.eye(4).to_sparse_bsr((2, 2)), "(4, 4)  float32  sparse_bsr", ""),
    "quantized": (
        lambda: torch.quantize_per_tensor(torch.ones(2, 2), 0.1, 0, torch.qint8),
        "(2, 2)  qint8  quantized",
        "",
    ),
    "float8": (lambda: torch.ones(2, 2).to(torch.float8_e8m0fnu), "(2, 2)  float8_e8m0fnu", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", _ODD)
def test_a_tensor_that_is_not_plain_says_what_it_is_and_why_it_has_no_cells(stage, name):
    make, kind, why = _ODD[name]
    panel = stage(name, make())
    assert panel.kind.text() == f"{kind}  on cpu"
    assert panel.words.text() == (_UNSHOWN + why if why else "") and panel.sheets.isHidden() == bool(why)
    assert panel.axes.text().startswith("rank") != kind.startswith(("ragged", "uninit")), "else there are axes"


def test_what_has_no_data_or_no_elements_says_so(stage):
    panel = stage("m", torch.empty(3, 4, device="meta"))
    assert panel.kind.text() == "(3, 4)  float32  on meta" and panel.words.text() == _UNSHOWN + "meta, without data"
    for shape in ((0,), (0, 3), (2, 0, 3, 1)):
        assert stage("z", torch.zeros(shape)).words.text() == "It has no elements."


def test_on_a_stripe_the_tensor_stands_without_what_it_was_made_of(tmp_path):
    with main_window(tmp_path) as window:
        stage = window.panels.stage
        run(window, "import torch\nx = torch.arange(216).reshape(2, 3, 2, 3, 2, 3)")
        beside = stage.operands, stage.walk_bar, stage.places
        until(lambda: all(widget.isVisible() for widget in beside), "its operand is beside it")
        stage.setMaximumHeight(150)
        until(lambda: stage.height() <= 150 and not any(widget.isVisible() for widget in beside), "there is no room")
        until(lambda: stage.title.height() >= stage.title.sizeHint().height(), "its name is whole")
        assert stage.sheets.isVisible() and stage.block.title.text() == ""
        stage.setMaximumHeight(2_000)
        until(lambda: all(widget.isVisible() for widget in beside), "all are back")
        assert stage.block.title.text() == "x"


def test_rank_three_is_sheets_each_with_its_own_numbers(stage):
    panel = stage("t", torch.arange(24).reshape(3, 2, 4))
    pictures = [sheet.feed.detail for sheet in panel.sheets.sheets]
    assert [picture.text_at(0, 0) for picture in pictures] == ["0", "8", "16"]
    assert panel.sheets.text_at((2, 1, 3)) == "23"


def test_any_two_axes_are_rows_and_columns(stage, qtbot):
    tensor = torch.arange(24).reshape(3, 2, 4)
    panel = stage("t", tensor)
    panel.sheets.set_planes(panel.sheets.planes.turned((0, 2)))
    qtbot.waitUntil(lambda: panel.sheets.text_at((2, 1, 3)) == "23")
    assert len(panel.sheets.sheets) == 2
    assert panel.sheets.sheets[1].feed.detail.text_at(2, 3) == str(tensor[2, 1, 3].item())


def test_more_sheets_than_there_is_room_for_are_turned_to(stage, qtbot):
    panel = stage("big", torch.arange(64 * 90 * 90).reshape(64, 90, 90))
    assert 1 < panel.sheets.n_shown < 64
    _label, slider, spin = panel.places._sheets
    assert slider.isVisible()
    spin.setValue(64)
    assert panel.sheets.first == 64 - panel.sheets.n_shown
    assert f"{panel.sheets.first} – 63 of 64" == spin.text()


def test_what_a_person_has_zoomed_to_stays_until_another_tensor_or_other_axes_are_seen(stage):
    x = torch.rand(2, 2, 3, 300, 300)
    panel = stage("x", x)
    sheets, camera = panel.sheets, panel.sheets.camera

    def zoom():
        camera.zoom_by(6, 100, 80, *sheets.sheets[0].heat_map._view())
        camera.select((40, 50))
        return camera.cell_width, camera.x, camera.y

    seen = zoom()
    panel.set_details(details(VariableKey("x"), x))
    panel.places.moved.emit(1)
    sheets.set_planes(sheets.planes.at((1,)))
    assert (camera.cell_width, camera.x, camera.y) == seen
    panel.resize(panel.width() - 60, panel.height())
    assert camera.cell_width == seen[0] and camera.selected == (40, 50)
    sheets.set_planes(sheets.planes.turned((-1, -2)))
    assert camera.is_fitted
    zoom()
    stage("y", x + 1)
    assert camera.is_fitted


def test_a_tensor_of_many_axes_leaves_room_for_its_cells(stage, qapp):
    panel = stage("x", torch.zeros(2, 2, 2, 2, 2, 2, 24, 20, 40))
    panel.resize(440, 500)
    qapp.processEvents()
    spins = [spin.geometry() for spin in panel.places.findChildren(QSpinBox) if spin.isVisible()]
    assert len(spins) == 6 and not any(one.intersects(other) for one, other in itertools.combinations(spins, 2))
    assert panel.sheets.sheets[0].heat_map.area().height() >= 80


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_choice_of_axes_is_read_whole_in_a_narrow_stage(stage, qapp, scale):
    theme.current().install(qapp, mode="light", scale=scale)
    panel = stage("x", torch.zeros(2, 2, 2, 2, 2, 2, 3, 4))
    panel.resize(round(300 * scale), round(500 * scale))
    qapp.processEvents()
    boxes = [box for box in panel.places.findChildren(ChoiceBox) if box.isVisible()]
    assert len(boxes) == 3 and all(box.width() >= box.sizeHint().width() for box in boxes)
    places = [box.rect().translated(box.mapTo(panel.places, QPoint())) for box in boxes]
    labels = [one for one in panel.places.findChildren(QLabel) if one.isVisible() and one.text()]
    spins = [one for one in panel.places.findChildren(QSpinBox) if one.isVisible()]
    words = [QFontMetrics(spin.font()).horizontalAdvance(spin.text()) for spin in spins]
    assert len(spins) == 5 and all(spin.width() > width for spin, width in zip(spins, words, strict=True))
    places += [spin.rect().translated(spin.mapTo(panel.places, QPoint())) for spin in spins]
    places += [label.rect().translated(label.mapTo(panel.places, QPoint())) for label in labels]
    assert not any(one.intersects(other) for one, other in itertools.combinations(places, 2))
    assert all(panel.places.rect().contains(place) for place in places)
    assert panel.sheets.sheets[0].heat_map.area().height() >= 40 * scale


def test_why_an_operand_is_not_seen_has_the_room_of_a_sentence(stage, qapp):
    panel = stage("x", torch.rand(100, 100))
    panel.resize(440, 500)
    gone = Sentence.of("test.gone", "The program does not have it any more, and it was too large to keep.")
    panel.set_operation(VariableKey("x"), OperationSeen(1, "half", (OperandSeen("", said=gone),), shares=(True,)))
    qapp.processEvents()
    assert panel.operands.blocks[0].width() >= 110 and panel.operands.blocks[0].caption.text() == ""


def test_why_no_operation_is_told_stands_until_another_tensor_comes(stage, qtbot):
    panel = stage("x", torch.rand(3, 3))
    panel.set_operation(VariableKey("x"), None, Sentence.of("test.inside", "Made inside."))
    panel._hover(-1, (1, 1))
    panel._ask_sources()
    assert panel.cell.text() == "Made inside." and panel.cell.isVisible()
    stage("y", torch.rand(3, 3))
    assert panel.cell.text() == ""


def test_no_elements_and_no_numbers_are_said(stage):
    assert stage("e", torch.zeros(0, 3)).words.text() == "It has no elements."
    assert "1" in stage("q", torch.ones(1)).sheets.text_at((0,))


def test_a_click_says_which_element_it_is(stage, qtbot):
    panel = stage("m", torch.tensor([[1, 2], [3, 4]]))
    said = []
    panel.status.connect(lambda say: said.append(say()))
    heat_map = panel.sheets.sheets[0].heat_map
    area = heat_map.area()
    at = QPoint(round(area.left() + 1.5 * heat_map.camera.cell_width), round(area.top() + 2))
    QTest.mouseClick(heat_map, Qt.MouseButton.LeftButton, pos=at)
    assert said == ["m[0, 1] = 2"]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_cells_come_before_the_statistics_where_it_is_low(stage, scale, qapp):
    theme.current().install(qapp, mode="dark", scale=scale)
    panel = stage("m", torch.ones(3, 3))
    panel.resize(700, round(390 * scale))
    assert not panel.foot.isVisible()
    panel.resize(700, round(420 * scale))
    assert panel.foot.isVisible()


def test_in_a_small_window_with_large_text_cells_operands_and_sheets_have_room(stage, qapp):
    theme.current().install(qapp, mode="dark", scale=2.0)
    panel = stage("x", torch.rand(1000, 2000))
    panel.resize(1000, 360)
    qapp.processEvents()
    assert panel.sheets.sheets[0].heat_map.area().height() >= 120
    gone = Sentence.of("test.gone", "The program does not have it any more, and it was too large to keep.")
    panel.set_operation(VariableKey("x"), OperationSeen(1, "half", (OperandSeen("", said=gone),), shares=(False,)))
    assert panel.operands.isVisible() and panel.block.title.text() == "x"
    panel = stage("y", torch.rand(96, 200, 200))
    panel.set_operation(VariableKey("y"), None)
    panel.resize(1000, 360)
    qapp.processEvents()
    boxes = panel.places.findChildren(ChoiceBox)
    assert panel.places.isVisible() and panel.places.findChild(QSpinBox).isVisible()
    assert not any(box.isVisible() for box in boxes) and panel.sheets.sheets[0].heat_map.area().height() >= 40
    panel.resize(1000, 900)
    qapp.processEvents()
    assert all(box.isVisible() for box in boxes[:2]) and panel.axes.isVisible()


def test_where_there_is_no_graph_the_newest_tensor_stands_in_the_middle_and_makes_way_for_one(tmp_path):
    with main_window(tmp_path) as window:
        middle, stage = window.panels.middle, window.panels.stage
        assert not middle.shows_tensor
        run(window, "import torch\na = torch.tensor([[1, 2], [3, 4]])\nb = a @ a.T\n")
        until(lambda: middle.shows_tensor and stage.title.text() == "b = a @ a.T", "the newest tensor")
        assert "requires" in stage.reason.text()
        window.selection.select_variable("a")
        assert stage.title.text() == "a"
        run(window, "import torch\nx = torch.ones(2, requires_grad=True)\ny = (x * 2).sum()\n")
        until(lambda: not middle.shows_tensor, "the graph")
        window.selection.clear()
        window.actions_by_id["tensor_large"].trigger()
        until(lambda: middle.shows_tensor and stage.title.text() == "y = (x * 2).sum()", "its tensor")
        assert stage.reason.isHidden()
        window.actions_by_id["tensor_large"].trigger()
        assert not middle.shows_tensor
        run(window, "c = torch.arange(3)\n")  # of the run before there is still a graph
        until(lambda: middle.shows_tensor and stage.title.text() == "c", "the tensor of a run that made no graph")
        run(window, "loss = (x * 3).sum()\n")
        until(lambda: not middle.shows_tensor, "a graph again")
        start(window, "loss.backward()\n", "Ctrl+Shift+Return")
        until(lambda: window.session.state == "paused", "a pass is held")
        press(window, "F5")
        until(lambda: window.session.state == "ready" and window.selection.is_followed, "it has led the selection")
        run(window, "d = torch.arange(4)\n")
        until(lambda: middle.shows_tensor and stage.title.text() == "d", "nobody has chosen what the pass came to")


PRODUCT = """import torch
a = torch.tensor([[1, 2], [3, 4]])
b = a @ a.T
c = torch.arange(6).reshape(2, 3)
"""


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    with main_window(tmp_path_factory.mktemp("product")) as window:
        run(window, PRODUCT)
        yield window


def of_product(window):
    """The stage with `b` and its operands."""
    stage = window.panels.stage
    window.selection.select_variable("b")
    until(lambda: len(stage.operands.blocks) == 2, "two operands")
    until(lambda: all(block.sheets.sheets for block in stage.operands.blocks), "their cells")
    return stage


def lit(block):
    return [set(sheet.heat_map.lit) for sheet in block.sheets.sheets]


def at(heat_map, row, column):
    area, camera = heat_map.area(), heat_map.camera
    x, y = area.left() + (column + 0.5) * camera.cell_width, area.top() + (row + 0.5) * camera.cell_height
    return QPoint(round(x), round(y))


def test_operands_and_result_stand_side_by_side(product):
    stage = of_product(product)
    assert stage.title.text() == "b = a @ a.T"
    assert [block.title.text() for block in stage.operands.blocks] == ["a", "a.T"]
    until(lambda: stage.operands.blocks[1].sheets.text_at((0, 1)) == "3", "the numbers of a.T, which no variable has")


def test_operands_after_another_run_with_the_same_numbers_are_those_of_that_run(product):
    stage = of_product(product)
    before = stage.operands.blocks[1].sheets.sheets[0].heat_map.feed.key
    run(product, PRODUCT)

    def is_new():
        (sheet,) = stage.operands.blocks[1].sheets.sheets or (None,)
        return sheet is not None and sheet.heat_map.feed.key != before and sheet.heat_map.is_complete

    until(is_new, "the operand of the new call, with its numbers")
    assert stage.operands.blocks[1].sheets.text_at((0, 1)) == "3"


def test_the_mouse_on_a_cell_of_the_result_lights_up_what_it_is_made_of_and_the_other_way_round(product):
    stage = of_product(product)
    left, right = stage.operands.blocks
    QTest.mouseMove(stage.sheets.sheets[0].heat_map, at(stage.sheets.sheets[0].heat_map, 0, 1))
    until(lambda: stage.cell.text() == "b[0, 1] = 1 · 3 + 2 · 4 = 11", "the sum")
    assert lit(left) == [{(0, 0), (0, 1)}] and lit(right) == [{(0, 1), (1, 1)}] and lit(stage.block) == [{(0, 1)}]
    QTest.mouseMove(left.sheets.sheets[0].heat_map, at(left.sheets.sheets[0].heat_map, 1, 0))
    until(lambda: stage.cell.text() == "a[1, 0] goes into 2 cells of b", "where a cell of an operand goes")
    assert lit(left) == [{(1, 0)}] and lit(right) == [set()] and lit(stage.block) == [{(1, 0), (1, 1)}]
    QTest.mouseMove(stage, QPoint(2, 2))
    until(lambda: not stage.cell.text(), "nothing is lit where the mouse is on no cell")
    assert lit(left) == lit(stage.block) == [set()]
    QTest.mouseMove(left.sheets.sheets[0].heat_map, at(left.sheets.sheets[0].heat_map, 1, 0))
    until(lambda: "goes into" in stage.cell.text(), "there again")
    use_language("pt_BR")
    assert stage.cell.text() == "a[1, 0] entra em 2 células de b"
    use_language("en")
    QTest.mouseMove(stage, QPoint(2, 2))


def test_what_was_chosen_with_the_keyboard_stays_lit(product):
    stage = of_product(product)
    QTest.mouseMove(stage, QPoint(2, 2))
    heat_map = stage.sheets.sheets[0].heat_map
    QTest.keyClick(heat_map, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    until(lambda: stage.cell.text() == "b[1, 1] = 3 · 3 + 4 · 4 = 25", "the sum of the last cell")
    product.selection.select_variable("c")
    until(lambda: stage.title.text() == "c = torch.arange(6).reshape(2, 3)", "another tensor")
    assert stage.cell.text() == ""


def test_it_plays_cell_by_cell_and_stops_where_it_is_stopped(product):
    stage = of_product(product)
    QTest.mouseClick(stage.walk_bar.play, Qt.MouseButton.LeftButton)
    assert stage.walk_bar.play.accessibleName() == "Stop"
    until(lambda: stage.cell.text() == "b[0, 1] = 1 · 3 + 2 · 4 = 11", "the second cell")
    QTest.mouseClick(stage.walk_bar.play, Qt.MouseButton.LeftButton)
    assert not stage.walk.is_running
    stage.walk.toggle()
    until(lambda: not stage.walk.is_running, "the end")
    until(lambda: stage.cell.text() == "b[1, 1] = 3 · 3 + 4 · 4 = 25", "the last cell")


def test_the_storage_shows_who_shares_it_and_lights_up_the_place_of_a_cell(product):
    stage = product.panels.stage
    product.selection.select_variable("b")
    stage.storage.button.click()
    strip = stage.storage.strip
    until(lambda: strip.shown.layouts, "the storage")
    assert [layout.name for layout in strip.shown.layouts] == ["b"]
    product.selection.select_variable("c")
    until(lambda: strip.shown.n_elements == 6, "the storage of another")
    assert ".view() takes any shape" in stage.storage.words.text()
    stage.sheets.cell_chosen.emit((1, 0))
    assert strip.lit == 3 and strip.sizeHint().height() > 0
    stage.storage.button.click()
    assert stage.storage.isHidden()
    assert not stage.slice.isHidden() and not stage.axes.isHidden()


def test_it_steps_and_scrubs_and_goes_on_from_the_cell_that_was_chosen(product):
    stage = of_product(product)
    bar = stage.walk_bar
    bar.slider.setValue(2)
    until(lambda: stage.cell.text().startswith("b[1, 0] = "), "the cell scrubbed to")
    bar.forward.click()
    until(lambda: stage.cell.text().startswith("b[1, 1] = "), "the next cell")
    assert bar.words.text() == "cell 4 of 4" and not bar.forward.isEnabled() and not stage.walk.is_running
    stage.sheets.cell_chosen.emit((0, 0))
    assert bar.slider.value() == 0
    stage.setFocus()
    QTest.keyClick(stage, Qt.Key.Key_Period)
    until(lambda: stage.cell.text().startswith("b[0, 1] = "), "the cell after the one that was chosen")


def test_an_index_that_is_typed_shows_that_part_and_becomes_a_line_of_the_program(product):
    stage = of_product(product)
    QTest.keyClicks(stage.slice.field, ":, ::2")
    QTest.keyClick(stage.slice.field, Qt.Key.Key_Return)
    assert stage.title.text() == "b[:, ::2]"
    until(lambda: stage.sheets.text_at((1, 0)) == "11" and stage.sheets.planes.shape == (2, 1), "the first column")
    stage.slice.into.click()
    assert "b = a @ a.T\nb[:, ::2]\n" in product.program.text()
    stage.slice.field.setText("[5]")
    QTest.keyClick(stage.slice.field, Qt.Key.Key_Return)
    until(lambda: "does not fit" in stage.block.words.text(), "why not")
    for nothing in ("", "[]", "["):
        stage.slice.field.setText("[0]")
        QTest.keyClick(stage.slice.field, Qt.Key.Key_Return)
        until(lambda: stage.title.text() == "b[0]", "a row")
        stage.slice.field.setText(nothing)
        QTest.keyClick(stage.slice.field, Qt.Key.Key_Return)
        until(lambda: stage.title.text() == "b = a @ a.T", "the whole tensor with its operands")


def test_the_operation_at_the_text_cursor_or_of_what_is_selected_is_seen(tmp_path):
    with main_window(tmp_path) as window:
        stage, editor = window.panels.stage, window.program.editor
        run(window, "import torch\nw = torch.ones(2, 3, requires_grad=True)\ny = torch.tanh(w * 2)\n")
        until(lambda: window.session.graph is not None and window.session.graph.nodes, "the graph")
        assert not window.panels.middle.shows_tensor
        editor.setFocus()
        editor.go_to(3, 17)
        window.actions_by_id["see_operation"].trigger()
        until(
            lambda: [block.title.text() for block in stage.operands.blocks] == ["w"], "the product inside of the line"
        )
        assert window.panels.middle.shows_tensor and stage.title.text() == "w * 2"
        window.selection.select_variable("y")
        until(lambda: stage.title.text() == "y = torch.tanh(w * 2)", "what is selected from there on")


@pytest.mark.parametrize("view", [lambda x: x, lambda x: x.t(), lambda x: x[1:, ::3], lambda x: x.expand(2, 90, 80)])
def test_the_order_in_which_a_large_tensor_reads_its_storage_is_known_at_any_place(view) -> None:
    tensor = view(torch.arange(7_200).view(90, 80))
    tensor = tensor if tensor.numel() > 4096 else view(torch.arange(72_000).view(900, 80))
    layout = Layout("x", tuple(tensor.shape), tuple(tensor.stride()), tensor.storage_offset())
    flat = tensor.reshape(-1).tolist()
    found = order_of(layout, 5_000, 96)
    assert set(found) == set(range(5_000, 5_096)) & set(flat)
    assert all(flat[number] == at and flat.index(at) == number for at, number in found.items())


def test_the_storage_is_scrolled_further(product):
    run(product, "import torch\nlong = torch.arange(10_000)\n")
    stage = product.panels.stage
    product.selection.select_variable("long")
    if not stage.storage.button.isChecked():
        stage.storage.button.click()
    strip, bar = stage.storage.strip, stage.storage.bar
    until(lambda: strip.shown.n_elements == 10_000 and not bar.isHidden(), "the storage")
    bar.setValue(5_000)
    until(lambda: strip.shown.first == 5_000, "its middle")
    assert strip.shown.texts[0] == "5000" and bar.value() == 5_000
    bar.setValue(bar.maximum())
    until(lambda: strip.shown.first == bar.maximum(), "its end")
    assert strip.shown.texts[strip.n_seen() - 1] == "9999"
    stage.storage.button.click()


def test_what_was_written_since_is_said_beside_its_operands_of_then(product) -> None:
    stage = product.panels.stage
    run(product, "import torch\nx = torch.arange(4)\ny = x.reshape(2, 2)\nx[0] = 7\n")
    product.selection.select_variable("y")
    until(lambda: [block.title.text() for block in stage.operands.blocks] == ["x then"], "as it is at the end")
    until(lambda: stage.operands.blocks[0].sheets.sheets, "its operand")
    assert (stage.operands.blocks[0].title.text(), stage.block.title.text()) == ("x then", "y now")
    assert stage.block.caption.text() == "written since, (2, 2)  int64  on cpu"
    stage.sheets.cell_chosen.emit((0, 0))
    until(lambda: stage.cell.text() == "y[0, 0] was made of 1 cell; y was written since", "the words of a cell")
    product.selection.select_variable("x")
    until(lambda: stage.block.title.text() == "x", "what the write itself made")
