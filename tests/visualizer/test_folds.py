"""Folded blocks of the program: what folds, what opens them again, and that the text is never another."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.protocol.program_values import ProgramError
from engine.protocol.source import Source
from tests.visualizer.window import type_text
from visualizer.backprop.program import lines
from visualizer.backprop.program.code_editor import CodeEditor
from visualizer.backprop.program.fold_regions import regions
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.look import theme

PROGRAM = '''\
class Net(Module):
    """Two
layers."""

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        # all of them
        return x
# not of it

values = [
    1,
    2,
]
print(values)'''


@pytest.mark.parametrize(
    "text, expected",
    [
        (PROGRAM, {1: 9, 2: 3, 5: 9, 6: 7, 12: 14}),
        ("def f():\n\n    return 1\n\n\nx = 1", {1: 3}),
        ("if x:\n    a\nelif y:\n    b\nelse:\n    c", {1: 2, 3: 4, 5: 6}),
        ('def f():\n    s = """\nabc\n"""\n    return [\n1]\nx = 1', {1: 6, 2: 3, 5: 6}),
        ("x = f(a,\n      '[',  # (\n      b)\ny = 1", {1: 3}),
        ("def f(\n    a,\n    b,\n):\n    return a", {1: 5}),
        ("@wrapped\ndef f():\n\treturn 1", {2: 3}),
        ("# %% one\na = 1\n\n# %% two\nif a:\n    b\n", {1: 2, 4: 6, 5: 6}),
        ("x = 1 + \\\n    2\ny = 1", {1: 2}),
        ("def f(:\n    a b c", {1: 2}),
        ("x = 1\n# comment\n\n", {}),
        ("", {}),
    ],
)
def test_what_folds_is_a_block_a_long_statement_or_a_cell(text: str, expected: dict[int, int]) -> None:
    assert {first + 1: last + 1 for first, last in regions(text.split("\n")).items()} == expected


@pytest.fixture
def panel(qtbot: QtBot) -> ProgramPanel:
    made = ProgramPanel()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.activateWindow()
    made.set_text(PROGRAM)
    made.editor.setFocus()
    return made


def seen(editor: CodeEditor) -> list[int]:
    """The lines that are on the screen, from 1."""
    blocks = map(editor.document().findBlockByNumber, range(editor.blockCount()))
    return [block.blockNumber() + 1 for block in blocks if block.isVisible()]


def go(editor: CodeEditor, line: int, column: int = 0) -> None:
    cursor = QTextCursor(editor.document().findBlockByNumber(line - 1))
    cursor.setPosition(cursor.position() + column)
    editor.setTextCursor(cursor)


ALL = list(range(1, 17))
OF_FORWARD = [*range(1, 6), *range(10, 17)]  # what is seen with lines 6 to 9 folded


def fold_forward(panel: ProgramPanel) -> CodeEditor:
    panel.editor.folds.unfold_all()
    go(panel.editor, 5)
    panel.editor.folds.fold_at_cursor()
    assert seen(panel.editor) == OF_FORWARD
    return panel.editor


def test_a_block_folds_around_the_cursor_and_keys_pass_over_it(panel: ProgramPanel) -> None:
    editor, told = panel.editor, []
    panel.status.connect(lambda say: told.append(say()))
    go(editor, 7)
    editor.folds.fold_at_cursor()
    assert (seen(editor), editor.textCursor().blockNumber()) == ([*range(1, 7), *range(8, 17)], 5)
    editor.folds.fold_at_cursor()
    assert (seen(editor), editor.textCursor().blockNumber()) == (OF_FORWARD, 4)
    assert told == ["1 line folded", "4 lines folded"]
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert editor.textCursor().blockNumber() == 9 and seen(editor) == OF_FORWARD
    QTest.keyClick(editor, Qt.Key.Key_Up)
    assert editor.textCursor().blockNumber() == 4 and seen(editor) == OF_FORWARD
    editor.folds.unfold_at_cursor()
    assert seen(editor) == [*range(1, 7), *range(8, 17)], "the loop in it is still folded"
    editor.folds.unfold_at_cursor()
    assert told[-1] == "Nothing is folded at the cursor."


def test_all_fold_and_the_text_is_copied_whole(panel: ProgramPanel) -> None:
    editor = panel.editor
    editor.folds.fold_all()
    assert seen(editor) == [1, 10, 11, 12, 15, 16]
    editor.selectAll()
    assert seen(editor) == [1, 10, 11, 12, 15, 16] and editor.cursors.copied() == PROGRAM == panel.text()
    editor.folds.unfold_all()
    assert seen(editor) == ALL


def test_what_must_be_seen_unfolds(panel: ProgramPanel) -> None:
    editor = fold_forward(panel)
    place = Source(path="", line=7, column=0, end_line=7, end_column=3, text="")
    panel.searching.open(is_replacing=False)
    type_text(panel.find_bar.field, "x = layer")
    assert editor.textCursor().selectedText() == "x = layer" and seen(editor) == ALL
    QTest.keyClick(panel.find_bar.field, Qt.Key.Key_Escape)
    for shows in (
        lambda: editor.go_to(7, 0),
        lambda: editor.held.mark(place),
        lambda: editor.held.set("held", 7),
        lambda: panel.set_error(ProgramError("E", "", place, "")),
    ):
        fold_forward(panel)
        go(editor, 16)
        shows()
        assert seen(editor) == ALL
        panel.set_paused(None, 0)
    fold_forward(panel)
    go(editor, 5, 9)  # forward
    editor.cursors.add_all()
    assert seen(editor) == OF_FORWARD


def test_folds_go_with_their_lines_and_undo_leaves_nothing_hidden_without_a_sign(panel: ProgramPanel) -> None:
    editor = fold_forward(panel)
    go(editor, 1)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert seen(editor) == [*range(1, 7), *range(11, 18)] and editor.folds.n_hidden(5) == 4
    editor.undo()
    assert seen(editor) == OF_FORWARD and editor.folds.n_hidden(4) == 4
    go(editor, 5, 4)
    type_text(editor, "async")
    assert seen(editor) == OF_FORWARD, "its own line may be written in"
    editor.undo()
    for act, n_hidden in (
        (lambda: QTest.keyClick(editor, Qt.Key.Key_Return), 0),  # the cursor is in the block then
        (lambda: editor.edit_lines(lines.delete), 0),
        (lambda: QTest.keyClick(editor, Qt.Key.Key_Delete), 3),  # one of the four stands in its line now
    ):
        fold_forward(panel)
        go(editor, 5, len("    def forward(self, x):"))
        act()
        assert (editor.folds.n_hidden(4), editor.blockCount() - len(seen(editor))) == (n_hidden, n_hidden)
        editor.undo()
        assert panel.text() == PROGRAM and seen(editor) == ALL


def test_a_text_that_comes_back_has_its_folds(panel: ProgramPanel) -> None:
    editor = fold_forward(panel)
    panel.set_text("another = 1\nif another:\n    pass")
    assert seen(editor) == [1, 2, 3]
    panel.set_text(PROGRAM)
    assert seen(editor) == OF_FORWARD


def test_what_is_replaced_in_folded_lines_leaves_them_folded(panel: ProgramPanel) -> None:
    editor = fold_forward(panel)
    go(editor, 16)
    panel.replace_text(PROGRAM.replace("x = layer(x)", "x = x + 1"))
    assert "x = x + 1" in panel.text() and seen(editor) == OF_FORWARD


def test_a_click_beside_a_number_folds_and_one_on_the_sign_unfolds(panel: ProgramPanel) -> None:
    editor, breakpoints = panel.editor, []
    editor.gutter.line_clicked.connect(breakpoints.append)
    row = editor.row_of(editor.document().findBlockByNumber(4))
    middle = round(row.center().y())
    QTest.mouseClick(editor.gutter, Qt.MouseButton.LeftButton, pos=QPoint(editor.gutter.width() - 5, middle))
    assert seen(editor) == OF_FORWARD and breakpoints == []
    editor.set_breakpoints({7: True})
    assert editor.gutter.has_breakpoint(editor.folds.hidden_under(4))
    end = editor.cursorRect(_end_of(editor, 5)).right()
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(end + 30, middle))
    assert seen(editor) == ALL
    QTest.mouseClick(editor.gutter, Qt.MouseButton.LeftButton, pos=QPoint(5, middle))
    assert breakpoints == [5]


def test_the_sign_of_a_fold_is_marked_where_what_is_hovered_was_made_in_it(panel: ProgramPanel) -> None:
    editor = fold_forward(panel)
    marked = theme.current().color("accent.line").rgb()

    def is_marked() -> bool:
        end, row = editor.cursorRect(_end_of(editor, 5)).right(), editor.row_of(editor.document().findBlockByNumber(4))
        picture = editor.viewport().grab(row.toRect()).toImage()
        return any(picture.pixel(x, y) == marked for x in range(end, end + 90) for y in range(picture.height()))

    for line, expected in ((7, True), (12, False)):
        text = PROGRAM.split("\n")[line - 1]
        panel.hover_source(Source(path="", line=line, column=0, end_line=line, end_column=len(text), text=text))
        assert is_marked() is expected
    assert seen(editor) == OF_FORWARD


def _end_of(editor: CodeEditor, line: int) -> QTextCursor:
    cursor = QTextCursor(editor.document().findBlockByNumber(line - 1))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    return cursor
