"""Whole lines in the editor: moved, written twice, deleted; what is marked in them goes along, and so back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTextCursor
from PySide6.QtTest import QTest

from engine.protocol.program_values import LineResult, ProgramError
from engine.protocol.source import Source
from tests.visualizer.window import turn_wheel
from visualizer.backprop.program import lines, typing, zoom
from visualizer.backprop.program.code_editor import CodeEditor
from visualizer.backprop.program.line_edit import LineEdit, LinesMoved

NESTED = "if a:\n    x = [\n        f(\n            1\n        ),"
LETTERS = "aa = 1\nbb = 2\ncc = 3\ndd = 4"


def fill(editor: CodeEditor, text: str) -> None:
    editor.setPlainText(text)
    editor.run_lines.begin("untitled.py", text)
    editor.results.clear()
    for number, line in enumerate(text.split("\n"), 1):
        editor.results.add(LineResult(line=number, end_line=number, text=line))


def select(editor: CodeEditor, first: int, last: int) -> None:
    """From the second column of a line to the second of another, from 1."""
    cursor = editor.textCursor()
    for line, mode in ((first, QTextCursor.MoveMode.MoveAnchor), (last, QTextCursor.MoveMode.KeepAnchor)):
        cursor.setPosition(editor.document().findBlockByNumber(line - 1).position() + 1, mode)
    editor.setTextCursor(cursor)


def order(editor: CodeEditor) -> str:
    """The first letter of every line."""
    return "".join(line[:1] or "-" for line in editor.text().split("\n"))


@pytest.mark.parametrize(
    ("edit", "first", "last", "expected", "selected"),
    [
        (lines.move_up, 1, 1, "abcd", ""),
        (lines.move_up, 2, 2, "bacd", ""),
        (lines.move_up, 3, 4, "acdb", "c = 3\nd"),
        (lines.move_up, 4, 3, "acdb", "c = 3\nd"),
        (lines.move_down, 4, 4, "abcd", ""),
        (lines.move_down, 3, 3, "abdc", ""),
        (lines.move_down, 1, 3, "dabc", "a = 1\nbb = 2\nc"),
        (lines.duplicate, 4, 4, "abcdd", ""),
        (lines.duplicate, 1, 2, "ababcd", "a = 1\nb"),
        (lines.delete, 1, 1, "bcd", ""),
        (lines.delete, 3, 4, "ab", ""),
    ],
)
def test_lines_are_edited_whole_and_one_undo_takes_it_back(
    editor: CodeEditor, edit: Callable[[QTextCursor], None], first: int, last: int, expected: str, selected: str
) -> None:
    fill(editor, LETTERS)
    select(editor, first, last)
    column = editor.textCursor().positionInBlock()
    editor.edit_lines(edit)
    assert order(editor) == expected
    assert editor.textCursor().selectedText().replace("\u2029", "\n") == selected
    assert editor.textCursor().positionInBlock() == column
    assert all(line in LETTERS for line in editor.text().split("\n"))
    for number, shown in editor.results.shown.items():
        assert not shown.is_stale and editor.text().split("\n")[number] == shown.result.text
    assert len(editor.results.shown) == min(4, len(editor.text().split("\n")))
    if expected != "abcd":
        editor.undo()
        assert editor.text() == LETTERS


def test_a_program_whose_lines_are_all_deleted_is_empty(editor: CodeEditor) -> None:
    fill(editor, LETTERS)
    select(editor, 1, 4)
    editor.edit_lines(lines.delete)
    assert editor.text() == ""
    editor.undo()
    assert editor.text() == LETTERS


def test_marks_go_with_lines_that_move_and_back_with_them(editor: CodeEditor) -> None:
    fill(editor, LETTERS)
    editor.mark_error(ProgramError("ValueError", "no", Source("untitled.py", 2, 0, 2, 2, "bb"), ""))
    editor.held.set("paused", 4)
    edits: list[LineEdit | LinesMoved] = []
    editor.edited.connect(edits.append)
    select(editor, 2, 3)
    editor.edit_lines(lines.move_down)
    assert editor.marks.error is not None and editor.marks.error.line == 3 and editor.marks.paused_line == 2
    editor.edit_lines(lines.move_up)
    editor.edit_lines(lines.move_up)
    assert editor.marks.error.line == 1 and editor.marks.paused_line == 4
    for undone in (2, 3, 2):
        editor.undo()
        assert editor.marks.error.line == undone
    places = list(range(4))
    for edit in edits:
        places = [place for line in places if (place := edit.place(line)) is not None]
    assert len(edits) == 6 and places == [0, 1, 2, 3]


def test_where_a_program_is_two_lines_its_breakpoint_moves_too(editor: CodeEditor) -> None:
    fill(editor, "aa = 1\nbb = 2")
    edits: list[LineEdit | LinesMoved] = []
    editor.edited.connect(edits.append)
    select(editor, 1, 1)
    editor.edit_lines(lines.move_down)
    assert [edit.place(0) for edit in edits] == [1]
    editor.edit_lines(lines.delete)
    assert order(editor) == "b" and edits[1].place(1) is None and edits[1].place(0) == 0


def test_a_result_of_several_lines_is_stale_when_another_line_moves_into_them(editor: CodeEditor) -> None:
    fill(editor, "x = f(\n    1,\n)\ny = 2")
    editor.results.clear()
    editor.results.add(LineResult(line=1, end_line=3, text="x"))
    select(editor, 1, 3)
    editor.edit_lines(lines.move_down)
    assert [(n, shown.is_edited) for n, shown in editor.results.shown.items()] == [(1, False)]
    select(editor, 1, 1)
    editor.edit_lines(lines.move_down)
    assert [(n, shown.is_edited) for n, shown in editor.results.shown.items()] == [(0, True)]


def test_a_line_without_code_has_no_result_beside_it_until_it_is_there_again(editor: CodeEditor) -> None:
    fill(editor, "x = 1\ny = 2")
    editor.results.clear()
    editor.results.add(LineResult(line=1, end_line=1, text="1", name="x"))

    def painted() -> bool:
        picture = QPixmap(300, 20)
        picture.fill(Qt.GlobalColor.black)
        before = picture.toImage()
        painter = QPainter(picture)
        editor.results.paint(painter, 0, QRectF(0, 0, 300, 20), 60)
        painter.end()
        return bool(picture.toImage() != before)

    assert painted()
    editor.selectAll()
    QTest.keySequence(editor, "Delete")
    assert editor.text() == "" and not painted()
    editor.undo()
    assert painted() and not editor.results.shown[0].is_edited


def test_lines_that_come_back_have_their_results_again_and_what_depends_on_them_is_not_stale(
    editor: CodeEditor,
) -> None:
    fill(editor, "aa = 1\nbb = aa\ncc = bb")
    before = {number: shown.result.text for number, shown in editor.results.shown.items()}
    select(editor, 1, 2)
    editor.edit_lines(lines.delete)
    editor.results.age()
    assert editor.results.shown[0].is_stale, "of a line that read what is gone"
    editor.undo()
    editor.results.age()
    assert {number: shown.result.text for number, shown in editor.results.shown.items()} == before
    assert not any(shown.is_stale for shown in editor.results.shown.values())


def test_what_is_typed_behind_a_line_end_leaves_the_mark_of_its_error(editor: CodeEditor) -> None:
    fill(editor, LETTERS)
    editor.mark_error(ProgramError("ValueError", "no", Source("untitled.py", 2, 0, 2, 2, "bb"), ""))
    select(editor, 2, 2)
    for key in ("End", "Return"):
        QTest.keySequence(editor, key)
    assert order(editor) == "ab-cd" and editor.marks.error is not None and editor.marks.error.line == 2


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("x = f(\n    1,\n    ", ")", "x = f(\n    1,\n)"),
        (f"{NESTED}\n        ", "]", f"{NESTED}\n    ]"),
        ("x = {  # (\n    ", "}", "x = {  # (\n}"),
        ("x = 1\n    ", ")", "x = 1\n    )"),
        ('x = ("""\n    ', ")", 'x = ("""\n    )'),
        ("x = f(\n    1", ")", "x = f(\n    1)"),
    ],
)
def test_a_closing_bracket_alone_stands_under_the_line_that_opened_it(
    editor: CodeEditor, before: str, key: str, after: str
) -> None:
    editor.setPlainText(before)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, key)
    assert editor.text() == after
    editor.undo()
    assert editor.text() == before


def test_one_goes_to_a_line_by_its_number_and_back(editor: CodeEditor) -> None:
    fill(editor, "a = 1\nif a:\n    b = 2\nc = 3")
    field = editor.going_to_line.field
    for typed, key, line, column in (
        ("3", "Return", 3, 4),
        ("99", "Enter", 4, 0),
        ("2", "Escape", 4, 0),
        ("", "Return", 4, 0),
    ):
        editor.going_to_line.open()
        assert field.isVisible() and field.hasFocus() and field.placeholderText() == "Line 1 to 4"
        assert field.geometry().bottom() < editor.viewport().geometry().top() == editor.gutter.geometry().top()
        QTest.keyClicks(field, "x" + typed)
        QTest.keySequence(field, key)
        assert not field.isVisible() and editor.hasFocus()
        assert (editor.textCursor().blockNumber() + 1, editor.textCursor().positionInBlock()) == (line, column)
    for line in (3, 1):
        QTest.keySequence(editor, "Alt+Left")
        assert editor.textCursor().blockNumber() + 1 == line


@pytest.mark.parametrize("pair", ["()", "[]", "{}", "''", '""'])
def test_a_bracket_or_quote_goes_around_what_is_selected(editor: CodeEditor, pair: str) -> None:
    fill(editor, LETTERS)
    editor.go_to(2, 0)
    QTest.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(editor, pair[0])
    assert editor.text() == LETTERS.replace("bb", f"{pair[0]}bb{pair[1]}")
    assert editor.textCursor().selectedText() == "bb"
    editor.undo()
    assert editor.text() == LETTERS
    editor.go_to(1, 0)
    QTest.keyClick(editor, pair[0])
    assert editor.text() == f"{pair[0]}{LETTERS}"


def test_a_pair_goes_around_what_each_of_several_carets_has_selected(editor: CodeEditor) -> None:
    fill(editor, "x = x")
    editor.go_to(1, 0)
    editor.cursors.add_all()
    QTest.keyClick(editor, "(")
    assert editor.text() == "(x) = (x)" and len(editor.cursors.spans) == 2
    editor.undo()
    assert editor.text() == "x = x"


def test_a_line_goes_deeper_and_back_wherever_its_cursor_stands(editor: CodeEditor) -> None:
    fill(editor, "aa = 1\n\nbb = 2")
    select(editor, 3, 3)
    editor.edit_lines(typing.deepen)
    assert editor.text() == "aa = 1\n\n    bb = 2" and editor.textCursor().positionInBlock() == 5
    select(editor, 1, 3)
    editor.edit_lines(typing.deepen)
    assert editor.text() == "    aa = 1\n\n        bb = 2"
    editor.edit_lines(typing.dedent)
    editor.edit_lines(typing.dedent)
    assert editor.text() == "aa = 1\n\nbb = 2"


def test_ctrl_and_the_wheel_make_the_text_larger_and_its_top_line_stays(editor: CodeEditor) -> None:
    fill(editor, "\n".join(f"x{number} = {number}" for number in range(300)))
    editor.verticalScrollBar().setValue(120)
    told: list[int] = []
    editor.zoomed.connect(told.append)
    before, gutter = editor.font().pixelSize(), editor.gutter.sizeHint().width()
    try:
        turn_wheel(editor, 1)
        turn_wheel(editor, 0.5)  # of a touch pad
        turn_wheel(editor, 0.5)
        assert told == [1, 2] and editor.font().pixelSize() > before and editor.gutter.sizeHint().width() > gutter
        assert editor.firstVisibleBlock().blockNumber() == 120
        turn_wheel(editor, 40)
        assert editor.font().pixelSize() < 60
        turn_wheel(editor, -2, Qt.KeyboardModifier.NoModifier)
        assert editor.firstVisibleBlock().blockNumber() > 120
        turn_wheel(editor, zoom.steps() * -1)
        assert editor.font().pixelSize() == before and editor.document().isUndoAvailable() is False
    finally:
        zoom.choose(0)
