"""What the editor makes of keys beside the letters themselves: pairs, indentation, steps of undo, what is pasted.

In the texts `|` is the caret, `«` and `»` are where what is selected was begun and where the caret is.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QTextCursor
from PySide6.QtTest import QTest

from engine.shared import utf16
from tests.visualizer.window import type_text
from visualizer.backprop.program import lines
from visualizer.backprop.program.code_editor import CodeEditor

CARETS = {"|": "both", "«": "anchor", "»": "position"}


def after(editor: CodeEditor, before: str, *keys: str) -> str:
    """The text that comes of another by keys, by letters that begin with a colon, or by what is pasted behind a =."""
    places, text = {}, ""
    for sign in before:
        if sign in CARETS:
            places[CARETS[sign]] = utf16.length(text)
        else:
            text += sign
    editor.forget_places()
    editor.setPlainText(text)
    cursor = editor.textCursor()
    cursor.setPosition(places.get("anchor", places.get("both", 0)))
    cursor.setPosition(places.get("position", cursor.position()), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    for key in keys:
        if key[:1] == ":":
            type_text(editor, key[1:])
        elif key[:1] == "=":
            QGuiApplication.clipboard().setText(key[1:])
            editor.paste()
        elif key == "Shift+Tab":
            QTest.keyClick(editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        else:
            QTest.keySequence(editor, QKeySequence(key))
    return shown(editor)


def shown(editor: CodeEditor) -> str:
    """Its text with the caret, or with what is selected."""
    cursor = editor.textCursor()
    signs = [(cursor.anchor(), "«"), (cursor.position(), "»")] if cursor.hasSelection() else [(cursor.position(), "|")]
    text = editor.text()
    for place, sign in sorted(signs, reverse=True):
        head = utf16.first(text, place)
        text = head + sign + text[len(head) :]
    return text


@pytest.mark.parametrize(
    ("before", "keys", "expected"),
    [
        ("f|", (":(",), "f(|)"),
        ("f|", (":(x)",), "f(x)|"),
        ("f|", (":(", "Backspace"), "f|"),
        ("f(|)", ("Backspace",), "f|)"),  # which nobody put there
        ("f|x", (":(",), "f(|x"),
        ("# f|", (":(",), "# f(|"),
        ("s = 'f|'", (":(",), "s = 'f(|'"),
        ("s = |", (':"a"',), 's = "a"|'),
        ("s = f|", (":'",), "s = f'|'"),
        ("don|", (":'",), "don'|"),
        ("|", (':"""',), '"""|"""'),
        ("|", (':"""a"""',), '"""a"""|'),
        ('print("🙂", x|)', (":[",), 'print("🙂", x[|])'),
        ("f|", (":(", "Return", ":1", "Return", ":)"), "f(\n    1\n)|"),
        ("f|", (":(", "Ctrl+Z"), "f|"),
        ("f|\n", (":(", "Down", "Up", "End", ":)"), "f())|\n"),  # the caret has left it
    ],
)
def test_the_other_half_of_a_pair_stands_behind_the_caret_and_is_passed_or_goes(
    editor: CodeEditor, before: str, keys: tuple[str, ...], expected: str
) -> None:
    assert after(editor, before, *keys) == expected


def test_a_pair_is_written_at_each_of_several_carets_and_by_nobody_where_it_is_switched_off(editor: CodeEditor) -> None:
    after(editor, "f|\ng\nhx")
    for _ in range(2):
        editor.cursors.add_beside(QTextCursor.MoveOperation.Down)
    type_text(editor, "(1)")
    assert editor.text() == "f(1)\ng(1)\nh(1)x"
    editor.pairs.is_on = False
    assert after(editor, "f|", ":(") == "f(|"


@pytest.mark.parametrize(
    ("before", "keys", "expected"),
    [
        ("f(|)", ("Return",), "f(\n    |\n)"),
        ("if x:\n\tif y:|", ("Return", ":z", "Return", "Tab"), "if x:\n\tif y:\n\t\tz\n\t\t\t|"),
        ("if x:\n  if y:|", ("Return", "Backspace", "Tab"), "if x:\n  if y:\n    |"),
        ("    return(1)|", ("Return",), "    return(1)\n|"),
        ("if x:«y»", ("Return",), "if x:\n    |"),
        ("«a\n\nb»", ("Tab",), "«    a\n\n    b»"),
        ("«\ta\n    b»", ("Shift+Tab",), "«a\nb»"),
        ("if x:\n    y\n    |", (":else:",), "if x:\n    y\nelse:|"),
        (
            "for i in x:\n    if i:\n        i\n        |",
            (":elif j:",),
            "for i in x:\n    if i:\n        i\n    elif j:|",
        ),
        ("if x:\n    if y:\n        z\n    |", (":else:",), "if x:\n    if y:\n        z\n    else:|"),
        ("try:\n    x\n    |", (":except A:",), "try:\n    x\nexcept A:|"),
        (
            "match x:\n    case 1:\n        y\n        |",
            (":case 2:",),
            "match x:\n    case 1:\n        y\n    case 2:|",
        ),
        ("match x:\n    case 1:\n        match y:\n            |", (":case 2:",), None),
        ("match x:\n    case 1:\n        |", (":case = lambda:",), None),
        ("f(|", ("=a,\n        b)",), "f(a,\n        b)|"),  # behind code it stays as it was
        ("def f():\n    |", ("=if x:\n    y\nz",), "def f():\n    if x:\n        y\n    z|"),
        ("def f():\n    |", ("=    a\n    b",), "def f():\n    a\n    b|"),
        ("def f():\n    |", ("=a = 1\n        b = 2",), "def f():\n    a = 1\n    b = 2|"),
        ("|", ("=    a\r\n        b",), "a\n    b|"),
        ("if a:\n    |", ("=\tb\n\tif c:\n\t\td",), "if a:\n    b\n    if c:\n        d|"),
        ("if a:\n\tx\n\t|", ("=b\nif c:\n\td",), "if a:\n\tx\n\tb\n\tif c:\n\t\td|"),
        ("class A:\n    x = 1\n|", ("=    y = 2\n",), "class A:\n    x = 1\n    y = 2\n|"),
        ('s = """\n  |', ("=a\n      b",), 's = """\n  a\n      b|'),
    ],
)
def test_lines_stand_as_deep_as_the_text_around_them(
    editor: CodeEditor, before: str, keys: tuple[str, ...], expected: str | None
) -> None:
    """None: where it was written."""
    written = "".join(key[1:] for key in keys)
    assert after(editor, before, *keys) == (expected or before.replace("|", f"{written}|"))


@pytest.mark.parametrize(
    ("before", "keys", "expected"),
    [
        ("|", (":one two  three", "Ctrl+Z"), "one two  |"),
        ("|", (":one two", "Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z"), "one|"),
        ("|\n2", (":ab", "Down", "Up", "End", ":cd", "Ctrl+Z"), "ab|\n2"),
        ("a «bc» d", (":x", "Ctrl+Z"), "a «bc» d"),
        ("a «bc» d", ("Ctrl+X", "Ctrl+Z"), "a «bc» d"),
        ("«a\nb»", ("Tab", "Ctrl+Z"), "«a\nb»"),
        ("a|b", ("=xy", "Ctrl+Z", "Ctrl+Shift+Z"), "axy|b"),
    ],
)
def test_undo_takes_a_word_back_and_the_carets_to_where_they_were(
    editor: CodeEditor, before: str, keys: tuple[str, ...], expected: str
) -> None:
    assert after(editor, before, *keys) == expected


def test_where_nothing_is_selected_a_line_is_copied_and_stands_above_another_one(editor: CodeEditor) -> None:
    assert after(editor, "a\nb|b\nc", "Ctrl+C", "Down", "Ctrl+V") == "a\nbb\nbb\nc|"
    assert after(editor, "a\nb|b\nc", "Ctrl+X", "Up", "Ctrl+V") == "bb\na|\nc"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("f(|\n    1,\n)", "f(|1,\n)"),
        ("«f(\n    1,\n    2\n)»", "«f(1, 2)»"),
        ("# a|\n# b", "# a |b"),
        ("x = a + \\|\n    b", "x = a + |b"),
        ("a|", "a|"),
    ],
)
def test_lines_are_joined_as_a_person_would_write_them(editor: CodeEditor, before: str, expected: str) -> None:
    after(editor, before)
    editor.edit_lines(lines.join)
    assert shown(editor) == expected
