"""Breakpoints in the editor's margin, in their list and dialog, and in the engine that they hold."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from engine.protocol.breakpoints import AllZero, Anywhere, AtLine, AtModule, AtOperation, AtPass, Norm, NotFinite, Ratio
from tests.visualizer import window as w
from visualizer.backprop.breakpoints.dialog import BreakpointDialog
from visualizer.backprop.breakpoints.panel import BreakpointPanel
from visualizer.look import theme
from visualizer.look.spoken import use_language
from visualizer.model.breakpoints import BreakpointBook, Point, when_words, where_words

LOOP = """import torch
w = torch.tensor([0.5, 0.25], requires_grad=True)
for i in range(4):
    h = torch.tanh(w)
    loss = (h * h).sum() * (i - 1)
    loss.backward()
"""


@pytest.fixture
def book():
    return BreakpointBook()


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with w.main_window(tmp_path_factory.mktemp("window")) as opened:
        yield opened


@pytest.fixture
def dialog(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)

    def opened(*given):
        made = BreakpointDialog(parent, *given)
        made.open()
        return made

    return opened


def click_margin(window, line):
    editor = window.program.editor
    y = editor.row_of(editor.document().findBlockByNumber(line - 1)).center().y()
    QTest.mouseClick(editor.gutter, Qt.MouseButton.LeftButton, pos=QPoint(8, round(y)))


def test_tab_goes_through_the_fields_of_a_breakpoint_as_they_are_read(qtbot, dialog):
    opened = dialog(AtOperation("tanh"), Norm(10.0))
    qtbot.waitActive(opened)
    opened.where.setFocus()
    for field in (opened.what, opened.when, opened.limit):
        QTest.keyClick(opened.focusWidget(), Qt.Key.Key_Tab)
        assert opened.focusWidget() is field


# -- the book


def test_a_line_is_set_and_taken_away(book):
    book.toggle_line(4)
    book.toggle_line(9)
    assert book.lines() == {4: True, 9: True}
    book.toggle_line(4)
    assert book.lines() == {9: True}


def test_the_same_twice_is_one(book):
    for _ in range(2):
        book.add(AtOperation("tanh"), Norm(3.0))
    assert len(book.points) == 1


def test_lines_move_with_the_text_and_go_with_it(book):
    book.toggle_line(4)
    book.toggle_line(5)
    book.add(AtOperation("tanh"))
    book.edited(lambda line: None if line == 5 else line + 2)
    assert [point.place for point in book.points] == [AtLine(6), AtOperation("tanh")]


def test_what_is_switched_off_or_does_not_run_is_kept_from_the_engine(book):
    book.toggle_line(4)
    book.toggle_line(5)
    book.add(AtPass(3))
    book.replace(Point(3, AtPass(3), None, is_on=False))
    assert [point.place for point in book.switched_on({4: 7, 5: 0}.get)] == [AtLine(7)]


def test_they_are_kept_with_their_file(book, tmp_path, monkeypatch):
    monkeypatch.setenv("VISUALIZER_STATE", str(tmp_path))
    book.add(AtModule("h.3.*"), Ratio(0.1, above=False))
    book.add(Anywhere(), NotFinite())
    book.save(tmp_path / "a.py")
    other = BreakpointBook()
    other.load(tmp_path / "b.py")
    assert other.points == ()
    other.load(tmp_path / "a.py")
    assert other.points == book.points
    (tmp_path / "breakpoints.json").write_text("{")
    other.load(tmp_path / "a.py")
    assert other.points == ()


def test_they_are_said_in_words():
    assert where_words(AtModule("h.3.*")) == "module h.3.*" and where_words(Anywhere()) == "any node"
    assert [when_words(found) for found in (None, AllZero(), Norm(10.0), Ratio(0.5, above=False))] == [
        "",
        "all zero",
        "norm > 10",
        "gradient / value < 0.500",
    ]


# -- the list and the dialog


def test_what_an_empty_list_says_is_whole_in_a_low_panel_and_scrolls_in_a_lower_one(qtbot, book):
    panel = BreakpointPanel(book)
    qtbot.addWidget(panel)
    panel.resize(240, 100)
    with qtbot.waitExposed(panel):
        panel.show()
    bar = panel._empty.verticalScrollBar()
    assert bar.maximum() == 0
    panel.resize(240, 70)
    qtbot.waitUntil(lambda: bar.maximum() > 0)


def test_the_list_switches_changes_and_removes(qtbot, book):
    panel = BreakpointPanel(book)
    qtbot.addWidget(panel)
    panel.switched.connect(book.replace)
    panel.removed.connect(book.remove)
    book.toggle_line(4)
    book.add(AtOperation("tanh"), Norm(3.0))
    book.count((2, 2))
    rows = [[panel.list.topLevelItem(row).text(column) for column in range(3)] for row in range(2)]
    assert rows == [["line 4", "", ""], ["operation tanh", "norm > 3", "2"]]
    panel.list.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert book.lines() == {4: False}
    panel.list.topLevelItem(0).setSelected(True)
    QTest.keyClick(panel, Qt.Key.Key_Delete)
    assert [point.place for point in book.points] == [AtOperation("tanh")]


def test_the_keys_of_the_list_are_those_of_its_row_whichever_column_was_clicked(qtbot, book):
    panel, wanted, lines = BreakpointPanel(book), [], []
    qtbot.addWidget(panel)
    panel.switched.connect(book.replace)
    panel.change_wanted.connect(lambda point: wanted.append(point.id))
    panel.line_chosen.connect(lines.append)
    book.toggle_line(4)
    book.add(AtOperation("AccumulateGrad"), Norm(3.0))
    panel.resize(300, 200)
    with qtbot.waitExposed(panel):
        panel.show()
    widths = [panel.list.columnWidth(column) for column in range(3)]
    assert widths[0] > sum(widths[1:]) and widths[2] < 50  # "where" has what "when" and "hits" do not need
    for row, column in ((0, 2), (1, 1)):
        box = panel.list.visualItemRect(panel.list.topLevelItem(row))
        x = panel.list.columnViewportPosition(column) + panel.list.columnWidth(column) // 2
        w.click(panel.list.viewport(), QPoint(x, box.center().y()))
        for key in (Qt.Key.Key_Space, Qt.Key.Key_F2, Qt.Key.Key_Return):
            QTest.keyClick(panel.list, key)
    assert not any(point.is_on for point in book.points)
    assert wanted == [1, 2, 2] and lines == [4]
    assert panel.list.topLevelItem(1).toolTip(0) == "operation AccumulateGrad · norm > 3"


def test_the_dialog_offers_what_is_changed_and_gives_it_back(dialog):
    for given in ((AtLine(7), None), (AtOperation("*Mm*"), Norm(1e-6, above=False)), (Anywhere(), NotFinite())):
        found = []
        made = dialog(*given)
        made.chosen.connect(lambda *chosen, found=found: found.append(chosen))
        QTest.keyClick(made, Qt.Key.Key_Return)
        assert found == [given]


@pytest.mark.parametrize(
    ("where", "what", "when", "limit", "fault"),
    [
        (0, "seven", 0, "", "A line or a pass is a number from 1."),
        (4, "0", 0, "", "A line or a pass is a number from 1."),
        (2, " ", 0, "", "Say which: the field is empty."),
        (2, "tanh", 3, "ten", "The limit is a number, as in 10 or 1e-6."),
        (2, "tanh", 3, "nan", "The limit is a number, as in 10 or 1e-6."),
        (5, "", 0, "", "Any node needs a condition: F10 holds at each as it is."),
    ],
)
def test_what_cannot_be_understood_is_said_and_stays(dialog, where, what, when, limit, fault):
    made = dialog()
    made.where.setCurrentIndex(where)
    made.when.setCurrentIndex(when)
    made.what.setText(what)
    made.limit.setText(limit)
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert made.isVisible() and made.findChild(QLabel, "fault").text() == fault and made.what.text() == what


def test_the_dialog_is_on_a_small_screen_also_in_large_letters(dialog):
    """No window manager makes it narrower than its layout: words beside the fields took 821 pixels."""
    theme.current().set_scale(2.0)
    use_language("pt_BR")
    made = dialog(AtLine(1), Norm(1.0))
    for where in range(made.where.count()):
        made.where.setCurrentIndex(where)
        QApplication.processEvents()
        assert made.layout().totalMinimumSize().width() <= 700


# -- the whole window


def test_a_plain_run_is_held_where_the_margin_was_clicked_and_counted(window):
    w.set_program(window, LOOP)
    click_margin(window, 4)
    assert window.session.breakpoints.lines() == {4: True}
    finished = w.start(window)
    for number in range(1, 5):
        w.until(
            lambda number=number: window.session.held.can_step and window.session.passes.shown == number, "it is held"
        )
        held = window.session.history.held
        assert held.name == "TanhBackward0" and held.source.line == 4
        assert window.session.breakpoints.hits == {1: number} and "line 4" in w.said(window)
        if number == 4:
            click_margin(window, 4)
        w.press(window, "F5")
    w.until(lambda: finished, "the program ends")
    assert finished[0].error is None and not window.session.breakpoints.points


CALLED = """import torch
def layer(h):
    return (torch.tanh(h) * 2).sum()
%s
w = torch.tensor([0.5, 0.25], requires_grad=True)
loss = layer(w)
loss.backward()
""" % ("# \n" * 60)


def test_the_live_line_is_that_whose_breakpoint_holds_and_it_is_in_sight(window):
    editor, history, line = window.program.editor, window.session.history, CALLED.splitlines().index("loss = layer(w)")
    w.set_program(window, CALLED)
    window.session.breakpoints.add(AtLine(line + 1))
    window.session.breakpoints.add(AtOperation("tanh"))
    finished = w.start(window)
    w.until(lambda: window.session.held.can_step and history.held is not None, "a line holds it")
    assert history.held.name == "SumBackward0" and history.held.source.line == 3
    row = editor.row_of(editor.document().findBlockByNumber(line))
    assert editor.marks.paused_line == line + 1 and editor.viewport().rect().toRectF().contains(row.center())
    w.press(window, "F10", window.graph.canvas)
    w.until(lambda: history.held.name == "MulBackward0", "one node has run")
    assert editor.marks.paused_line == line + 2 and editor.held.text == "paused 2 / 4"
    w.press(window, "F5", window.graph.canvas)
    w.until(lambda: history.held.name == "TanhBackward0", "an operation holds it")
    assert editor.marks.paused_line == line + 2
    window.session.breakpoints.remove([1, 2])
    w.press(window, "F5", window.graph.canvas)
    w.until(lambda: finished, "the program ends")


def test_a_breakpoint_moves_with_its_line_and_holds_there(window):
    w.set_program(window, LOOP)
    window.program.editor.go_to(4, 0)
    w.press(window, "Ctrl+F9")
    window.program.editor.go_to(1, 0)
    QTest.keyClick(window.program.editor, Qt.Key.Key_Return)
    assert window.session.breakpoints.lines() == {5: True}
    finished = w.start(window)
    w.until(lambda: window.session.held.can_step, "it is held")
    assert window.session.history.held.source.line == 5
    w.type_text(window.program.editor, "y = 0")
    w.press(window, "Ctrl+F9")
    line = window.program.editor.textCursor().blockNumber() + 1
    assert w.said(window) == f"Line {line} was changed since this run began: it holds from the next run on."
    w.press(window, "Ctrl+F9")
    w.press(window, "Ctrl+.")
    w.until(lambda: finished, "it stops")
    window.session.breakpoints.remove([1])


def test_one_command_stops_a_run_where_a_gradient_turns_nan(window):
    action = window.actions_by_id["stop_at_nan"]
    w.press(window, "Ctrl+Alt+F9")
    assert action.isChecked() and window.session.breakpoints.stops_at_nan
    text = "import torch\nx = torch.tensor([0.0, 1.0], requires_grad=True)\n(x.sqrt() * 0).sum().backward()\n"
    finished = w.start(window, text)
    w.until(lambda: window.session.held.can_step, "it is held")
    assert window.session.history.held.name == "SqrtBackward0" and "NaN or Inf" in w.said(window)
    w.press(window, "Ctrl+Alt+F9")
    assert not action.isChecked() and not window.session.breakpoints.points
    w.press(window, "F5")
    w.until(lambda: finished, "the program ends")


def test_a_breakpoint_follows_its_line_when_keys_move_it(window):
    w.set_program(window, LOOP)
    window.program.editor.go_to(5, 0)
    w.press(window, "Ctrl+F9")
    w.press(window, "Alt+Up")
    assert window.session.breakpoints.lines() == {4: True}
    w.press(window, "Alt+Shift+Down")
    assert window.session.breakpoints.lines() == {4: True} and window.program.text().count("loss = ") == 2
    w.press(window, "Ctrl+Shift+K")
    for _ in range(3):
        w.press(window, "Ctrl+Z")
    assert window.program.text() == LOOP and window.session.breakpoints.lines() == {5: True}
    w.press(window, "Ctrl+G")
    assert window.program.editor.going_to_line.field.hasFocus()
    w.press(window, "Esc", window.program.editor.going_to_line.field)
    window.session.breakpoints.remove([window.session.breakpoints.points[-1].id])
