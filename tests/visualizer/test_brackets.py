"""Pairs of brackets in the program, and lines that are so long that not all of them has a colour."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.shared import utf16
from visualizer.backprop.program.brackets import pair_at
from visualizer.backprop.program.code_editor import CodeEditor
from visualizer.look.python_tokens import colored, without_texts


@pytest.fixture
def editor(qtbot: QtBot) -> CodeEditor:
    made = CodeEditor()
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    return made


def put_cursor(editor: CodeEditor, place: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(place)
    editor.setTextCursor(cursor)


@pytest.mark.parametrize(
    "text",  # "‸" is where the cursor stands, "▴" the other bracket; without one there is none
    [
        "f‸(a▴)",
        "f▴(a)‸ + (b)",
        "f‸(a, (b), c▴)",
        'print‸(")", f(")")▴)',
        "f‸(a,  # :)\n  '(', b\n▴)",
        "é = ‸[1, 'ação 😀 ]', 2▴]",
        '▴[1,\n"""\n]\n""", 2]‸',
        "x = '‸(' + ')'",
        "(a‸]",
    ],
)
def test_a_bracket_has_the_one_that_python_pairs_it_with(editor: CodeEditor, text: str) -> None:
    plain = text.replace("‸", "").replace("▴", "")
    at, other = (text.replace(sign, "").partition(mark)[0] for sign, mark in (("▴", "‸"), ("‸", "▴")))
    editor.setPlainText(plain)
    put_cursor(editor, utf16.length(at))
    pair = pair_at(editor.document(), editor.textCursor().position())
    assert (pair[1] if pair else None) == (utf16.length(other) if "▴" in text else None)


def test_one_goes_to_the_other_bracket_and_out_of_those_around(editor: CodeEditor) -> None:
    editor.setPlainText("f(a, [b,\n c], ')') + g()")
    put_cursor(editor, 1)
    editor.navigation.go_to_bracket()
    assert editor.textCursor().position() == len("f(a, [b,\n c], ')'")
    editor.navigation.go_to_bracket()
    assert editor.textCursor().position() == 1
    put_cursor(editor, len("f(a, [b"))
    editor.navigation.go_to_bracket()
    assert editor.textCursor().position() == len("f(a, [b,\n c")


def test_a_line_without_its_texts_is_as_long_and_has_the_code_alone() -> None:
    assert without_texts("f('(', x)  # (") == f"f({' ' * 3}, x)  {' ' * 3}"
    assert without_texts("a ''' + (b)", 1) == f"{' ' * 5} + (b)"
    assert without_texts("still ( inside", 2) == " " * 14


def test_a_long_line_has_few_colours_and_the_state_of_its_end() -> None:
    numbers = ", ".join(map(str, range(3_000)))
    found, after = colored(f"x = [{numbers}]", most=100)
    assert 100 <= len(found) <= 105 and after == 0
    found, after = colored(f'x = [{numbers}]; """ goes on', most=100)
    assert after == 2, "a long string that begins behind what has colours"
    assert colored("x = 1", most=100) == colored("x = 1")
    names = "a + " * 3_000
    assert colored(f"x = {names}1", most=100) == ([], 0), "words without a colour are read as little"
    assert colored(f"x = {names}''' goes on", most=100)[1] == 1


def test_a_key_in_a_line_of_ten_thousand_characters_lays_out_few_pieces(editor: CodeEditor) -> None:
    line = "x = [" + ", ".join(map(str, range(2_000))) + "]"
    editor.setPlainText(line)
    put_cursor(editor, len(line) - 1)
    QTest.keyClick(editor, Qt.Key.Key_7)
    block = editor.document().firstBlock()
    assert block.text() == line[:-1] + "7]" and len(block.layout().formats()) <= 100
