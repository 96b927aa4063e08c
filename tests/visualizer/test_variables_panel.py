"""The variables table: real tensors, sorting, filtering, selection, and why a gradient was not kept."""

import msgspec
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from engine.protocol.graph_values import Node
from engine.protocol.notes import NoGrad
from engine.protocol.program_values import LineResult, Variable
from tests.visualizer.room_for_words import cut
from tests.visualizer.tensor_engine import variable
from visualizer.backprop.variables.notices import WhyNotKept
from visualizer.backprop.variables.panel import VariablesPanel
from visualizer.backprop.variables.table_model import COLUMNS, range_text
from visualizer.look import theme
from visualizer.look.spoken import use_language
from visualizer.model.selection import Selection
from visualizer.model.variable_words import text_of_result

torch.set_num_threads(1)
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window
NUMBER = {column.name: number for number, column in enumerate(COLUMNS)}


def rows():
    torch.manual_seed(0)
    x, w, h = torch.randn(4, 3), torch.randn(3, 5, requires_grad=True), torch.randn(20, 3, requires_grad=True)
    y = torch.tanh(h)
    y.sum().backward()
    return (
        variable("x", x),
        variable("w", w, note=NoGrad.NONE_YET),
        variable("h", h, grad=h.grad),
        variable("y", y, note=NoGrad.NOT_KEPT),
        Variable("n", "int", text="42"),
    )


@pytest.fixture
def panel(qtbot):
    look = theme.current()
    before = look.mode, look.scale
    look.set_mode("dark")
    selection = Selection()
    panel = VariablesPanel(selection)
    panel.variable_selected.connect(selection.select_variable)
    qtbot.addWidget(panel)
    panel.resize(420, 460)
    panel.show()
    qtbot.waitExposed(panel)
    yield panel
    look.set_mode(before[0])
    look.set_scale(before[1])


def test_a_cell_says_what_its_numbers_mean(panel):
    nan, inf = float("nan"), float("inf")
    a = torch.tensor(0.3, requires_grad=True)
    (a * -0.0898).backward()
    w = torch.full((3,), 1e-6, requires_grad=True)
    (w * 1e-6).sum().backward()
    tensors = {
        "bad": torch.tensor([1, nan, inf, inf]),
        "zeros": torch.zeros(3, 3),
        "nothing": torch.tensor([nan, nan]),
        "flags": torch.tensor([True, False]),
        "some": torch.tensor([1, nan, 2]),
        "number": torch.tensor(197531),
        "empty": torch.zeros(0, 3),
        "without data": torch.zeros(2, device="meta"),
    }
    panel.set_variables(tuple(variable(name, tensor) for name, tensor in tensors.items()))
    assert column(panel, "range") == [
        "1 NaN, 2 Inf, else all 1", "all 0", "2 NaN", "False … True", "1 NaN, else 1 … 2", "197531", "no elements",
        "meta, without data",
    ]  # fmt: skip
    panel.set_variables((variable("a", a, grad=a.grad), variable("w", w, grad=w.grad)))
    assert column(panel, "grad") == ["-0.0898", "norm 1.73e-06"]
    tips = [panel.proxy.index(row, NUMBER["grad"]).data(Qt.ItemDataRole.ToolTipRole) for row in (0, 1)]
    assert tips[0].endswith("-0.0898") and tips[1].endswith("norm 1.73e-06")


def show(panel, variables):
    panel.set_variables(variables)
    panel._selection.set_variables(variables)


def column(panel, name):
    return [panel.proxy.index(row, NUMBER[name]).data() for row in range(panel.proxy.rowCount())]


def click_header(panel, qtbot, name):
    header = panel.table.horizontalHeader()
    panel.table.horizontalScrollBar().setValue(header.sectionPosition(NUMBER[name]))
    at = header.sectionViewportPosition(NUMBER[name]) + 12
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, header.height() // 2))


def click_row(panel, qtbot, row):
    rect = panel.table.visualRect(panel.proxy.index(row, 0))
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_it_says_what_to_do_first(panel):
    empty = panel.findChild(QLabel, "variables_empty")
    assert empty.isVisible() and empty.text() == "Run a program to see its variables."
    assert not panel.table.isVisible()


def test_a_column_is_as_wide_as_its_title_in_the_language_in_use(panel):
    panel.resize(900, 460)
    panel.set_variables((variable("n", torch.tensor([1, 2])),))
    for language in ("pt_BR", "en", "pt_BR"):
        use_language(language)
        assert not cut(panel.table.horizontalHeader())
    use_language("en")


def test_every_fact_has_a_column(panel):
    panel.set_variables(rows())
    assert panel.findChild(QLabel, "variables_count").text() == "5"
    assert column(panel, "shape") == ["(4, 3)", "(3, 5)", "(20, 3)", "(20, 3)", ""]
    assert column(panel, "dtype") == ["f32"] * 4 + [""]
    assert column(panel, "leaf") == ["yes", "yes", "yes", "no", ""]
    assert column(panel, "requires_grad") == ["no", "yes", "yes", "yes", ""]
    assert column(panel, "grad_fn") == ["—", "—", "—", "TanhBackward0", ""]
    assert column(panel, "kind") == ["Tensor", "Tensor", "Tensor", "Tensor", "int"]
    norm = f"norm {rows()[2].grad.norm:.3f}"
    assert column(panel, "grad") == ["—", "None yet", norm, "not kept", ""]
    low, high = rows()[0].summary.minimum, rows()[0].summary.maximum
    assert column(panel, "range")[0] == f"{low:.3f} … {high:.3f}"
    assert column(panel, "range")[4] == "42"


def test_columns_sort_numerically_and_unknown_comes_last(panel, qtbot):
    panel.set_variables(rows())
    click_header(panel, qtbot, "shape")
    assert column(panel, "name") == ["x", "w", "h", "y", "n"]
    click_header(panel, qtbot, "shape")
    assert column(panel, "name")[:2] in (["h", "y"], ["y", "h"])
    assert column(panel, "name")[-1] == "n"
    click_header(panel, qtbot, "shape")
    assert column(panel, "name") == ["x", "w", "h", "y", "n"]  # the program's own order again
    click_header(panel, qtbot, "name")
    assert column(panel, "name") == ["h", "n", "w", "x", "y"]


def test_selecting_a_row_says_its_name_and_selecting_from_outside_is_silent(panel, qtbot):
    show(panel, rows())
    with qtbot.waitSignal(panel.variable_selected) as caught:
        click_row(panel, qtbot, 2)
    assert caught.args == ["h"]
    with qtbot.assertNotEmitted(panel.variable_selected):
        panel._selection.select_variable("y")
        show(panel, rows())
        show(panel, (*rows()[1:], Variable("z", "int", text="1")))
    assert panel.selected == "y"
    with qtbot.waitSignal(panel.variable_selected) as caught:
        qtbot.keyClick(panel.table, Qt.Key.Key_Up)
    assert caught.args == ["h"]
    panel._selection.select_variable("gone")
    assert panel.selected == ""


def test_a_selected_row_that_the_filter_hid_is_marked_again(panel, qtbot):
    show(panel, rows())
    click_row(panel, qtbot, 2)
    qtbot.keyClicks(panel.filter, "tanhb")
    assert panel.selected == ""
    qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert panel.selected == "h" and panel.filter.text() == ""


def test_the_filter_takes_any_column(panel, qtbot):
    panel.set_variables(rows())
    qtbot.keyClicks(panel.filter, "tanhb")
    assert column(panel, "name") == ["y"]
    assert panel.findChild(QLabel, "variables_count").text() == "1 of 5"
    panel.filter.clear()
    qtbot.keyClicks(panel.filter, "(20, 3) yes")
    assert column(panel, "name") == ["h", "y"]


def test_a_filter_that_hides_everything_says_so_and_can_be_cleared(panel, qtbot):
    show(panel, rows())
    click_row(panel, qtbot, 0)
    qtbot.mouseClick(panel.filter, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(panel.filter, "logits")
    text, link = panel.findChild(QLabel, "variables_no_match"), panel.findChild(QPushButton, "variables_clear_filter")
    assert text.isVisible() and text.text() == "No variable matches “logits”."
    assert not panel.table.isVisible() and panel.findChild(QLabel, "variables_count").text() == "0 of 5"
    assert panel.stop is link
    show(panel, (*rows(), Variable("logits", "int", text="1")))
    assert column(panel, "name") == ["logits"] and panel.table.isVisible() and not text.isVisible()
    assert panel.findChild(QLabel, "variables_count").text() == "1 of 6"
    show(panel, rows())
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert panel.table.isVisible() and panel.filter.text() == "" and panel.selected == "x" and panel.stop is panel.table


def test_columns_fit_what_is_shown_when_a_filter_is_gone(panel, qtbot):
    long = Variable("a_name_that_needs_much_more_room", "int", text="1")
    show(panel, (*rows(), long))
    wide = panel.table.columnWidth(0)
    qtbot.keyClicks(panel.filter, "tanhb")
    show(panel, rows())
    show(panel, (*rows(), long))
    assert column(panel, "name") == ["y"] and panel.table.columnWidth(0) < wide
    panel.filter.clear()
    assert panel.table.columnWidth(0) == wide


def test_columns_can_be_hidden(panel):
    panel.set_variables(rows())
    action = next(action for action in panel.column_menu().actions() if action.text() == "dtype")
    action.trigger()
    assert panel.table.isColumnHidden(NUMBER["dtype"])
    assert "name" not in [action.text() for action in panel.column_menu().actions()]


def test_the_first_columns_are_the_ones_of_a_narrow_panel(panel):
    panel.set_variables(rows())
    assert [column.name for column in COLUMNS[:6]] == ["name", "value", "shape", "dtype", "range", "grad"]
    header = panel.table.horizontalHeader()
    end = header.sectionPosition(NUMBER["grad"]) + header.sectionSize(NUMBER["grad"])
    assert end <= panel.table.width()  # with its frame, which the window takes away


def test_columns_grow_with_their_contents_and_keep_a_chosen_width(panel):
    before = [row if row.name != "h" else variable("h", torch.zeros(20, 3), note=NoGrad.NONE_YET) for row in rows()]
    panel.set_variables(tuple(before))
    header = panel.table.horizontalHeader()
    narrow = header.sectionSize(NUMBER["grad"])
    header.resizeSection(NUMBER["shape"], 200)
    panel.set_variables(rows())
    assert header.sectionSize(NUMBER["grad"]) > narrow  # a thumbnail and a norm arrived
    assert header.sectionSize(NUMBER["shape"]) == 200


def test_why_a_gradient_was_not_kept(panel, qtbot):
    panel.set_variables(rows())
    panel.set_retain_lines({"y": 9})
    box = panel.why
    click_row(panel, qtbot, 0)
    assert not box.isVisible()
    click_row(panel, qtbot, 3)
    assert box.isVisible()
    assert "y is not a leaf" in box.findChild(QLabel, "why_not_kept_text").text()
    link = box.findChild(QPushButton, "add_retain_grad")
    assert link.text() == "Add y.retain_grad() at line 9"
    with qtbot.waitSignal(panel.retain_grad_requested) as caught:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert caught.args == ["y"]


def test_in_a_narrow_panel_the_question_is_whole_and_a_link_that_is_cut_says_all_of_it(qtbot):
    place = QWidget()
    qtbot.addWidget(place)
    box = WhyNotKept(place)
    box.set_room(is_whole=False, is_short=True)
    box.explain(variable("y", torch.ones(3), note=NoGrad.NOT_KEPT), 1234)
    box.setGeometry(0, 0, 180, box.heightForWidth(180))
    with qtbot.waitExposed(place):
        place.show()
    title, link = box.findChild(QLabel, "why_not_kept_title"), box.link
    assert title.height() >= title.heightForWidth(title.width())
    assert link.mapTo(box, link.rect().topRight()).x() < box.width()
    assert "…" in link.text() and link.toolTip() == link.accessibleName() == "Add y.retain_grad() at line 1234"


def test_stripes_follow_leaf_and_category(panel):
    panel.set_variables(rows())
    assert [panel.model.token(row) for row in panel.model.rows] == [
        "cat.leaf", "cat.accumulate", "cat.accumulate", "cat.view", "line.control",
    ]  # fmt: skip
    panel.set_nodes({-1: Node(-1, "TanhBackward0", "backward", "activation", 1)})
    assert panel.model.token(panel.model.rows[3]) == "cat.activation"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_rows_are_high_enough_for_their_text(panel, qtbot, scale):
    theme.current().set_scale(scale)
    panel.set_variables(rows())
    metrics = theme.current().mono(12)
    assert panel.table.rowHeight(0) >= metrics.pixelSize() * 1.3
    assert not panel.grab().isNull()


def test_a_thousand_variables(panel):
    many = tuple(Variable(f"v{number}", "int", text=str(number)) for number in range(1000))
    show(panel, (*many, *rows()))
    panel._selection.select_variable("w")
    assert panel.selected == "w"
    assert panel.table.visualRect(panel.table.currentIndex()).intersects(panel.table.viewport().rect())


def test_only_the_rows_that_are_not_what_they_were_are_drawn_anew(panel):
    before = rows()
    show(panel, before)
    changed = []
    panel.model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    show(panel, rows())
    assert changed == []
    show(panel, (*before[:1], msgspec.structs.replace(before[1], text="another"), *before[2:]))
    assert changed == [(1, 1)]


def test_how_large_a_module_is_stands_in_the_language_in_use(qtbot):
    module = Variable("m", "Linear", n_parameters=77_059)
    assert range_text(module) == "77,059 parameters"
    use_language("pt_BR")
    assert range_text(module) == "77.059 parâmetros" and range_text(Variable("x", "float", "0.5")) == "0.5"
    assert text_of_result(LineResult(3, 3, "m", "Linear", n_parameters=1)) == "Linear, 1 parâmetro"
    use_language("en")
