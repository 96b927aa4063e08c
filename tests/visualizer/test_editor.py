"""The editor by itself: keys, indentation, the list of names, marks, results, undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFontMetricsF, QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.protocol.program_values import Completion, LineResult, ProgramError
from engine.protocol.source import Source
from engine.protocol.tensor_values import TensorSummary
from tests.visualizer.window import type_text
from visualizer.backprop.program import line_results, navigation
from visualizer.backprop.program.finding import Match, Wanted, search
from visualizer.backprop.program.inserting import made_names
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.look import theme

# Thirty lines with what an editor can get wrong: nested blocks, brackets over lines, names that begin like others.
PROGRAM = '''\
import torch
import torch.nn.functional as F
from torch import nn
torch.manual_seed(0)

class Netz(nn.Module):
    """Größe 4 → 2."""

    def __init__(self, width=4):
        super().__init__()
        self.first = nn.Linear(3, width)
        self.out = nn.Linear(width, 2)

    def forward(self, x):
        for layer in (self.first, self.out):
            x = layer(x)
            if x.shape[1] == 2:
                break
            x = F.relu(x)
        return x

model = Netz()
values = {
    "a": [1, 2, 3],
    "b": (4.5, -1e-3),
}
x = torch.tensor([[1.0, 2.0, 3.0]])  # no: colon at the end:
y = model(x)
los = 1
loss = (y ** 2).sum()
loss.backward()'''


@pytest.fixture
def panel(qtbot: QtBot) -> ProgramPanel:
    panel = ProgramPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 500)
    panel.show()
    panel.activateWindow()
    panel.editor.setFocus()
    return panel


def type_like_a_person(panel: ProgramPanel, text: str) -> None:
    """Key by key; after a line break the indentation is put right with Backspace and Space, as a typist does it."""
    editor = panel.editor
    for number, line in enumerate(text.split("\n")):
        if number:
            QTest.keyClick(editor, Qt.Key.Key_Return)
        code = line.lstrip()
        while code and len(editor.textCursor().block().text()) > len(line) - len(code):
            QTest.keyClick(editor, Qt.Key.Key_Backspace)
        type_text(editor, " " * (len(line) - len(code) - len(editor.textCursor().block().text())) if code else "")
        type_text(editor, code)


def place_cursor(panel: ProgramPanel, line: int, column: int) -> None:
    cursor = panel.editor.textCursor()
    cursor.setPosition(panel.editor.document().findBlockByNumber(line - 1).position() + column)
    panel.editor.setTextCursor(cursor)


def keys(panel: ProgramPanel, *presses: str) -> None:
    for press in presses:
        QTest.keySequence(panel.editor, press)


def marked_texts(panel: ProgramPanel) -> list[str]:
    """The sub-expressions that are underlined."""
    return [text for mark in panel.editor.extraSelections() if (text := mark.cursor.selectedText())]


def test_thirty_lines_typed_with_completion_on_are_exactly_those_lines(panel: ProgramPanel) -> None:
    type_like_a_person(panel, PROGRAM)
    assert panel.text() == PROGRAM
    compile(panel.text(), "program.py", "exec")


def test_a_new_line_keeps_the_indentation_and_deepens_it_after_a_colon(panel: ProgramPanel) -> None:
    for line in ("def f(a):", "if a:", "return [", "1"):
        type_text(panel.editor, line)
        keys(panel, "Return")
    assert panel.text() == "def f(a):\n    if a:\n        return [\n            1\n            \n        ]"
    panel.set_text("    return 1")
    keys(panel, "End", "Return")
    assert panel.text() == "    return 1\n"


def test_a_new_line_in_a_bracket_is_deeper_and_after_its_end_as_the_line_where_it_began(panel: ProgramPanel) -> None:
    for line in ("if a:", "y = f(1, (2), ')',  # (", "[3,", "4],", "k=5)", "z = {", "}"):
        type_text(panel.editor, line)
        keys(panel, "Return")
    lines = ("if a:", "    y = f(1, (2), ')',  # (", "        [3,", "            4],", "        k=5)", "    z = {")
    assert panel.text() == "\n".join((*lines, "    }", "    "))


def test_a_line_that_is_left_blank_keeps_no_spaces_and_a_backslash_goes_on_deeper(panel: ProgramPanel) -> None:
    for line in ("def f(x):", '"""Says.', "", 'More."""', "return x + \\", "1 + \\", "2", "y = 1"):
        type_text(panel.editor, line)
        keys(panel, "Return")
    written = 'def f(x):\n    """Says.\n\n    More."""\n    return x + \\\n        1 + \\\n        2\n    y = 1\n    '
    assert panel.text() == written
    panel.set_text("if a:\n    x = 1")
    place_cursor(panel, 2, 4)
    keys(panel, "Return")
    assert panel.text() == "if a:\n\n    x = 1" and panel.editor.textCursor().positionInBlock() == 4


def test_a_sign_of_a_dead_key_is_as_one_that_is_typed(panel: ProgramPanel) -> None:
    for sign in ("f", "(", '"', "é", '"', ")"):
        QApplication.sendEvent(panel.editor, QInputMethodEvent("´", []))
        composed = QInputMethodEvent()
        composed.setCommitString(sign)
        QApplication.sendEvent(panel.editor, composed)
    assert panel.text() == 'f("é")' and panel.editor.textCursor().atEnd()
    keys(panel, "Ctrl+Z")
    assert panel.text().startswith('f("')
    panel.set_text("média = 1\nm")
    keys(panel, "Ctrl+End")
    composed.setCommitString("é")
    QApplication.sendEvent(panel.editor, composed)
    assert panel.editor.completions.isVisible() and panel.editor.completions.item(0).text() == "média"


def test_one_letter_of_what_is_imported_is_enough_to_be_offered_names(panel: ProgramPanel) -> None:
    asked: list[tuple] = []
    panel.completions_wanted.connect(lambda *question: asked.append(question))
    type_text(panel.editor, "x")
    assert not asked
    panel.set_text("from torch import ")
    keys(panel, "Ctrl+End")
    type_text(panel.editor, "n")
    assert asked == [("from torch import n", 1, 19)]


def test_a_new_line_inside_of_a_line_breaks_it_there(panel: ProgramPanel) -> None:
    panel.set_text("    a = 1; b = 2")
    place_cursor(panel, 1, 11)
    keys(panel, "Return")
    assert panel.text().split("\n")[1].strip() == "b = 2"
    assert panel.text().split("\n")[1].startswith("    ")


def test_a_colon_or_a_sign_in_a_comment_or_a_string_deepens_nothing(panel: ProgramPanel) -> None:
    for line in ("x = 1  # so:", 'y = "#"', "z = {}  # see [1", 'w = "a:"'):
        panel.set_text(line)
        keys(panel, "End", "Return")
        assert panel.text() == f"{line}\n", line
    panel.set_text('if x == "#":')
    keys(panel, "End", "Return")
    assert panel.text().endswith(":\n    ")


def test_tab_and_backspace_move_by_four_columns(panel: ProgramPanel) -> None:
    keys(panel, "Tab")
    assert panel.text() == "    "
    keys(panel, "Tab", "Backspace", "Backspace")
    assert panel.text() == ""
    panel.set_text("a = 1\nb = 2\nc = 3")
    keys(panel, "Ctrl+Home", "Shift+Down", "Shift+Down", "Tab")
    assert panel.text() == "    a = 1\n    b = 2\nc = 3"
    keys(panel, "Backtab")
    assert panel.text() == "a = 1\nb = 2\nc = 3"
    panel.editor.toggle_comment()
    assert panel.text() == "# a = 1\n# b = 2\nc = 3"
    panel.editor.toggle_comment()
    assert panel.text() == "a = 1\nb = 2\nc = 3"
    keys(panel, "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert panel.text() == "    a = 1\n    b = 2\nc = 3"


def test_the_list_takes_a_name_with_tab_and_with_return_only_when_it_was_chosen(panel: ProgramPanel) -> None:
    panel.set_text("temperature = 1\ntemplate = 2\n")
    keys(panel, "Ctrl+End")
    type_text(panel.editor, "tem")
    assert panel.editor.completions.isVisible()
    keys(panel, "Return")
    assert panel.text() == "temperature = 1\ntemplate = 2\ntem\n"
    type_text(panel.editor, "tem")
    keys(panel, "Tab")
    assert panel.text().endswith("\ntemperature")
    keys(panel, "Return")
    type_text(panel.editor, "tem")
    keys(panel, "Down", "Return")
    assert panel.text().endswith("\ntemplate") and not panel.editor.completions.isVisible()
    keys(panel, "Ctrl+Z")
    assert panel.text().endswith("\ntem")


def test_escape_closes_the_list_and_ctrl_space_opens_it(panel: ProgramPanel) -> None:
    panel.set_text("temperature = 1\n")
    keys(panel, "Ctrl+End")
    type_text(panel.editor, "te")
    keys(panel, "Escape")
    assert not panel.editor.completions.isVisible() and panel.text().endswith("te")
    keys(panel, "Ctrl+Space")
    assert panel.editor.completions.isVisible()
    keys(panel, "Ctrl+Home")
    assert not panel.editor.completions.isVisible()


def test_nothing_is_offered_in_comments_and_strings(panel: ProgramPanel) -> None:
    panel.set_text("temperature = 1\n")
    for text in ("# tem", "x = 'tem", 'x = f"tem', "x = '''\ntem"):
        keys(panel, "Ctrl+End")
        type_text(panel.editor, text)
        assert not panel.editor.completions.isVisible(), text
        panel.set_text("temperature = 1\n")
    keys(panel, "Ctrl+End")
    type_text(panel.editor, "x = '#' + tem")
    assert panel.editor.completions.isVisible()


def test_an_answer_for_another_prefix_is_not_shown(panel: ProgramPanel) -> None:
    type_text(panel.editor, "xyz")
    panel.show_completions((Completion("xy_old"),), "xy")
    assert not panel.editor.completions.isVisible()
    panel.show_completions((Completion("xyz_new", "tensor", "f32 (2,)"),), "xyz")
    assert [panel.editor.completions.item(0).text()] == ["xyz_new"]


def test_an_error_underlines_its_columns_also_behind_accents_and_emoji(panel: ProgramPanel) -> None:
    panel.set_text("é = '😀' + x @ y\n")
    text = "é = '😀' + "
    column = len(text.encode("utf-16-le")) // 2
    place = Source("program.py", 1, column, 1, column + 5, "x @ y")
    panel.set_error(ProgramError("RuntimeError", "The shapes (2, 3) and (2, 3) do not fit.", place))
    assert marked_texts(panel) == ["x @ y"]
    assert panel.error_bar.isVisible() and panel.error_bar.sentence.startswith("The shapes")
    place_cursor(panel, 1, 0)
    keys(panel, "Return")
    assert marked_texts(panel) == ["x @ y"]
    place_cursor(panel, 2, column + 1)
    type_text(panel.editor, "z")  # an edit of that line makes the mark untrue
    assert marked_texts(panel) == []


def test_results_move_with_their_lines_and_turn_stale_when_edited(panel: ProgramPanel) -> None:
    panel.set_text("a = 1\nb = 2\nc = 3")
    for line, text in ((1, "1"), (2, "2"), (3, "3")):
        panel.add_result(LineResult(line, line, "abc"[line - 1], text))
    place_cursor(panel, 2, 0)
    keys(panel, "Return")
    assert [panel.result_text(line) for line in range(1, 5)] == ["1", "", "2", "3"]
    keys(panel, "Backspace")
    assert [panel.result_text(line) for line in range(1, 4)] == ["1", "2", "3"]
    place_cursor(panel, 1, 5)
    type_text(panel.editor, "0")
    assert panel.editor.results.shown[0].is_stale and not panel.editor.results.shown[2].is_stale
    keys(panel, "Ctrl+Z")
    assert not panel.editor.results.shown[0].is_stale
    place_cursor(panel, 1, 0)
    keys(panel, "Shift+Down", "Delete")
    assert panel.text() == "b = 2\nc = 3" and [panel.result_text(line) for line in (1, 2, 3)] == ["2", "3", ""]
    assert not panel.editor.results.shown[0].is_stale


def test_a_result_of_several_lines_is_stale_when_any_of_them_is_edited(panel: ProgramPanel) -> None:
    panel.set_text("a = [\n    1,\n]\nb = 2")
    panel.add_result(LineResult(1, 3, "a", "[1]"))
    panel.add_result(LineResult(4, 4, "b", "2"))
    place_cursor(panel, 2, 5)
    type_text(panel.editor, "0")
    assert panel.editor.results.shown[0].is_stale and not panel.editor.results.shown[3].is_stale


@pytest.mark.parametrize(("width", "is_shown"), [(700, True), (200, False)])
def test_where_backward_is_held_is_never_written_over_the_code(panel, width: int, is_shown: bool) -> None:
    panel.resize(width, 300)
    panel.set_text("loss_of_this_batch.backward()")
    pictures = []
    for text in ("", "paused 1 / 4"):
        panel.editor.held.set(text, 1)
        pictures.append(panel.editor.viewport().grab().toImage())
    assert (pictures[0] != pictures[1]) == is_shown


@pytest.mark.parametrize("text", ["", "loss.backward()"])
def test_a_line_beyond_the_text_is_marked_nowhere_and_the_rest_is_painted(panel: ProgramPanel, text: str) -> None:
    """What is held or has failed may be told of a text that has been emptied or shortened meanwhile."""
    panel.set_text(text)
    plain = panel.editor.viewport().grab().toImage()
    panel.editor.held.set("paused 1 / 4", 9)
    panel.editor.held.mark(Source(9, 0, 9, 4, "loss"))
    assert panel.editor.viewport().grab().toImage() == plain
    panel.set_error(ProgramError("ValueError", "no such place", Source(9, 0, 9, 4, "loss")))
    panel.editor.grab()
    assert panel.error_bar.isVisible() and not panel.editor.extraSelections()


def test_undo_takes_back_each_programmatic_edit_as_one_step(panel: ProgramPanel) -> None:
    panel.set_text("h = 1\nk = h")
    panel.insert_line("h.retain_grad()", after_assignment_of="h")
    assert panel.text() == "h = 1\nh.retain_grad()\nk = h"
    place_cursor(panel, 3, 0)
    panel.insert_line("t = torch.zeros(3)")
    assert panel.text() == "import torch\nh = 1\nh.retain_grad()\nk = h\nt = torch.zeros(3)"
    keys(panel, "Ctrl+Z")
    assert panel.text() == "h = 1\nh.retain_grad()\nk = h"
    keys(panel, "Ctrl+Z")
    assert panel.text() == "h = 1\nk = h"
    keys(panel, "Ctrl+Z")
    assert panel.text() == "h = 1\nk = h"  # an opened file's own text is no edit
    keys(panel, "Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert panel.text().startswith("import torch\nh = 1\nh.retain")


@pytest.mark.parametrize(
    ("pasted", "marker", "stripped"),
    [
        ("pythonCopy codeimport torch\nx = 1\n", "pythonCopy code", "import torch\nx = 1\n"),
        ("```python\nx = 1\n```", "```", "x = 1"),
        (">>> x = 1\n>>> x\n1\n", ">>>", "x = 1\nx"),
        ("1 x = 1\n2 y = 2", "1 2 3 …", "x = 1\ny = 2"),
        ("In [1]: x = [\n   ...: 1]\nOut[1]: 1\n", "In [1]:", "x = [\n1]"),
        ("%matplotlib inline\nx = 1\n!pip install torch\ny = 7 %x", "%matplotlib", "x = 1\ny = 7 %x"),
        ("x = “é”  # “a”\ny = ‘b’\nz = '“c”'", "curly quotes", "x = \"é\"  # “a”\ny = 'b'\nz = '“c”'"),
        ("if x:\n\u00a0   y\u00a0= '\u00a0'", "no-break spaces", "if x:\n    y = '\u00a0'"),
        ("x = 1\u2028y = '\u2029'", "line separators", "x = 1\ny = '\u2029'"),
        ("x = 2 − 1 ≤ 3", "−", "x = 2 - 1 <= 3"),
        ("\x1b[1;31mx\x1b[0m = '\0a'", "control characters", "x = 'a'"),
        (
            '{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "source": ["%time\\n", "x = 1"]}]}\n',
            "the file of a notebook",
            "# %%\n# %time\nx = 1\n",
        ),
    ],
)
def test_what_a_web_page_left_in_pasted_code_is_stripped_on_demand(
    panel: ProgramPanel, pasted: str, marker: str, stripped: str
) -> None:
    panel.set_text("before = 'é😀'\n")
    keys(panel, "Ctrl+End")
    QGuiApplication.clipboard().setText(pasted)
    keys(panel, "Ctrl+V")
    assert panel.text() == f"before = 'é😀'\n{pasted}"
    assert panel.banner.isVisible() and marker in panel.findChild(QLabel, "banner_text").text()
    strip = panel.findChild(QPushButton, "banner_0")
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton)
    assert panel.text() == f"before = 'é😀'\n{stripped}" and not panel.banner.isVisible()
    keys(panel, "Ctrl+Z")
    assert panel.text() == f"before = 'é😀'\n{pasted}"


@pytest.mark.parametrize("sign", "\u2028\u2029\ufdd0\ufdd1\u0085\u000b\u000c\u001c\u00a0")
def test_a_sign_at_which_qt_ends_a_line_stays_in_its_string(panel: ProgramPanel, sign: str) -> None:
    line = f"x = 'a{sign}b'"
    panel.set_text(f"{line}\ny = 2")
    assert panel.text() == f"{line}\ny = 2" and panel.editor.blockCount() == 2
    assert panel.editor.document().firstBlock().layout().lineCount() <= 1
    keys(panel, "Ctrl+Home", "Ctrl+C", "Ctrl+End", "Ctrl+A", "Ctrl+C")
    assert QGuiApplication.clipboard().text() == f"{line}\ny = 2"
    QGuiApplication.clipboard().setText(f"\n{line}")
    keys(panel, "Ctrl+End", "Ctrl+V")
    assert panel.text() == f"{line}\ny = 2\n{line}" and panel.banner.isHidden()
    panel.replace_text(f"{line}\n{line}")
    assert panel.text() == f"{line}\n{line}"
    panel.editor.run_lines.begin("", panel.text())
    assert panel.editor.run_lines.line(2) == 2, "what it shows is beside its line"


def test_ordinary_code_is_pasted_without_a_question(panel: ProgramPanel) -> None:
    QGuiApplication.clipboard().setText("import torch\r\nx = torch.ones(2)\r\n")
    keys(panel, "Ctrl+V")
    assert panel.text() == "import torch\nx = torch.ones(2)\n" and not panel.banner.isVisible()


def test_a_page_that_brings_no_plain_text_is_pasted_as_its_words(panel: ProgramPanel) -> None:
    data = QMimeData()
    data.setHtml("<pre>def <b>f</b>(x):\n    return x &lt; 1</pre>")
    QGuiApplication.clipboard().setMimeData(data)
    assert panel.editor.canPaste()
    keys(panel, "Ctrl+V")
    assert panel.text().rstrip("\n") == "def f(x):\n    return x < 1"


def found(panel: ProgramPanel) -> str:
    return panel.findChild(QLabel, "find_result").text()


def test_find_goes_round_and_counts(panel: ProgramPanel) -> None:
    panel.set_text("alpha\nbeta\nalpha = beta")
    panel.searching.open(is_replacing=False)
    field = panel.find_bar.field
    QTest.keyClicks(field, "alpha")
    assert panel.editor.textCursor().selectedText() == "alpha" and panel.editor.textCursor().blockNumber() == 0
    assert found(panel) == "1 of 2"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.editor.textCursor().blockNumber() == 2 and found(panel) == "2 of 2"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.editor.textCursor().blockNumber() == 0
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert panel.editor.textCursor().blockNumber() == 2
    QTest.keyClicks(field, "x")
    assert found(panel) == "not found"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not panel.find_bar.isVisible() and panel.editor.hasFocus()
    assert "alpha" not in marked_texts(panel)


@pytest.mark.parametrize(
    ("words", "switches", "expected"),
    [
        ("x", (), "1 of 5"),
        ("x", ("case",), "1 of 4"),
        ("x", ("word",), "1 of 3"),
        ("x", ("case", "word"), "1 of 2"),
        ("=", ("word",), "1 of 2"),  # a sign ends itself
        (r"x\d?$", ("pattern",), "1 of 2"),
        ("(", (), "1 of 1"),
        ("z*", ("pattern",), "It matches places without a letter alone."),
        ("(x|X|=| )+!|y", ("pattern",), "not found"),
    ],
)
def test_what_is_found_depends_on_case_words_and_patterns(panel, words: str, switches, expected: str) -> None:
    panel.set_text("x = X  # é😀 x\nx1 = max(x1)\n".replace("max(x1)", "f(x1"))
    panel.searching.open(is_replacing=False)
    for name in switches:
        getattr(panel.find_bar, name).click()
    panel.find_bar.field.clear()
    QTest.keyClicks(panel.find_bar.field, words)
    assert found(panel) == expected


def test_an_expression_that_is_none_is_said_and_finds_nothing(panel: ProgramPanel) -> None:
    panel.set_text("x = (1)")
    panel.searching.open(is_replacing=True)
    panel.find_bar.pattern.click()
    QTest.keyClicks(panel.find_bar.field, "(")
    assert found(panel).startswith("No regular expression: ")
    panel.findChild(QPushButton, "replace_all").click()
    assert panel.text() == "x = (1)"


def test_a_search_that_is_given_up_is_no_search_that_found_nothing() -> None:
    text = f"{'a' * 40}!\nb"
    assert search(text, Wanted("(a+)+b|b", is_pattern=True)).is_given_up
    after = search(f"b\n{text}", Wanted("(a+)+b|b", is_pattern=True))
    assert after.is_given_up and len(after.matches) == 1
    assert not search(text, Wanted("(a+)+!", is_pattern=True)).is_given_up


def test_replace_goes_on_and_all_of_it_is_one_step_of_undo(panel: ProgramPanel) -> None:
    before = "loss = 'é😀'; loss2 = loss\nloss"
    panel.set_text(before)
    panel.searching.open(is_replacing=True)
    bar = panel.find_bar
    bar.word.click()
    QTest.keyClicks(bar.field, "loss")
    QTest.keyClicks(bar.substitute, "l")
    QTest.keyClick(bar.substitute, Qt.Key.Key_Return)
    assert panel.text() == "l = 'é😀'; loss2 = loss\nloss" and found(panel) == "1 of 2"
    panel.findChild(QPushButton, "replace_all").click()
    assert panel.text() == "l = 'é😀'; loss2 = l\nl" and found(panel) == "2 matches replaced"
    panel.editor.undo()
    panel.editor.undo()
    assert panel.text() == before


def test_where_lines_are_selected_they_alone_are_looked_through(panel: ProgramPanel) -> None:
    panel.set_text("x\nx\nx\nx")
    cursor = panel.editor.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(6, QTextCursor.MoveMode.KeepAnchor)
    panel.editor.setTextCursor(cursor)
    panel.searching.open(is_replacing=True)
    panel.find_bar.field.setText("x")
    panel.find_bar.edited.emit()
    panel.find_bar.substitute.setText("yy")
    panel.find_bar.replace_wanted.emit(True)
    assert panel.text() == "x\nyy\nyy\nx"
    panel.find_bar.within.click()
    assert panel.find_bar.wanted.words == "x" and len(panel.editor.marks.found) == 2
    panel.find_bar.close_bar()
    assert panel.editor.marks.within is None and not panel.find_bar.within.isChecked()


def test_a_replacement_of_a_pattern_has_its_brackets_and_other_text_is_as_typed(panel: ProgramPanel) -> None:
    panel.set_text("a.cuda()\nb.cuda()")
    panel.searching.open(is_replacing=True)
    bar = panel.find_bar
    bar.pattern.click()
    QTest.keyClicks(bar.field, r"(\w+)\.cuda\(\)")
    QTest.keyClicks(bar.substitute, r"\1.to(device)")
    panel.findChild(QPushButton, "replace_all").click()
    assert panel.text() == "a.to(device)\nb.to(device)"
    assert Match(0, 4, ("ab", "a", "b")).replaced("$2$1 $& $$1 \\\\1") == "ba ab $1 \\1"
    bar.pattern.click()
    bar.field.clear()
    bar.substitute.clear()
    QTest.keyClicks(bar.field, "b.to")
    QTest.keyClicks(bar.substitute, r"\1")
    panel.findChild(QPushButton, "replace_all").click()
    assert panel.text() == "a.to(device)\n\\1(device)"


def at(panel: ProgramPanel) -> tuple[int, int]:
    cursor = panel.editor.textCursor()
    return cursor.blockNumber() + 1, cursor.positionInBlock()


NAMES = "h = 1\ndef f(h):\n    return h + 1\nk = f(h)  # h\n"


def test_the_other_places_of_the_name_at_the_cursor_are_marked(panel: ProgramPanel) -> None:
    panel.set_text(NAMES)
    place_cursor(panel, 4, 6)
    panel.editor.navigation.mark()
    assert [match.start for match in panel.editor.marks.same] == [0, NAMES.index("h)  #")]
    place_cursor(panel, 4, 4)
    assert not panel.editor.marks.same  # at once, before the others are looked for
    panel.editor.navigation.mark()
    assert len(panel.editor.marks.same) == 2


def test_a_word_that_stands_once_is_not_looked_for_as_python_reads_the_text(panel: ProgramPanel, monkeypatch) -> None:
    """Of 5,000 lines that took a third of a second at each pause of a hand that types."""
    panel.set_text("s = '😀'; é = 1; h = é\nonce = 2\n")
    place_cursor(panel, 1, 22)
    panel.editor.navigation.mark()
    assert len(panel.editor.marks.same) == 2, "also behind a sign of two units"
    monkeypatch.setattr(navigation, "Names", None)
    place_cursor(panel, 2, 3)
    panel.editor.edit(lambda cursor: cursor.insertText("x"))
    panel.editor.navigation.mark()
    assert not panel.editor.marks.same


def _ctrl_in_a_selection(panel: ProgramPanel) -> None:
    """It may begin a copy by dragging: nothing is left before the button is, and nowhere but in the same place."""
    press, release = QTest.mousePress, QTest.mouseRelease
    viewport, button, held = panel.editor.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
    panel.set_text(NAMES)
    place_cursor(panel, 4, 4)
    place = panel.editor.cursorRect().center()
    panel.editor.moveCursor(QTextCursor.MoveOperation.StartOfLine)
    panel.editor.moveCursor(QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveMode.KeepAnchor)
    selected = panel.editor.textCursor().selectedText()
    press(viewport, button, held, place)
    assert panel.editor.textCursor().selectedText() == selected != ""
    release(viewport, button, held, place + QPoint(0, 3 * panel.editor.fontMetrics().height()))
    assert at(panel) != (2, 4)
    press(viewport, button, held, place)
    release(viewport, button, held, place)
    assert at(panel) == (2, 4)


def test_one_goes_to_a_definition_and_back_also_where_the_text_has_moved(panel: ProgramPanel) -> None:
    panel.set_text(NAMES)
    place_cursor(panel, 4, 4)
    panel.editor.navigation.go_to_definition()
    assert at(panel) == (2, 4)
    place_cursor(panel, 1, 0)
    keys(panel, "Return", "Alt+Left")
    assert at(panel) == (5, 4)
    place = panel.editor.cursorRect().center()
    QTest.mouseClick(panel.editor.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    assert at(panel) == (3, 4)
    _ctrl_in_a_selection(panel)
    said: list[str] = []
    panel.status.connect(lambda say: said.append(say()))
    panel.set_text("print(1)")
    place_cursor(panel, 1, 2)
    panel.editor.navigation.go_to_definition()
    assert said == ["No line of this program makes the name at the cursor."] and at(panel) == (1, 2)
    panel.set_text("a = 1\nprint(a)")
    place_cursor(panel, 2, 6)
    panel.editor.navigation.go_to_definition()
    assert said[1:] == [""] and at(panel) == (1, 0)


def test_a_name_is_renamed_in_its_place_and_one_undo_takes_it_back(panel: ProgramPanel) -> None:
    panel.set_text(NAMES)
    said: list[str] = []
    panel.status.connect(lambda say: said.append(say()))
    place_cursor(panel, 4, 6)
    field, card = panel.editor.renaming.field, panel.editor.renaming.card
    panel.editor.renaming.open()
    assert field.isVisible() and field.hasFocus() and field.selectedText() == "h"
    assert "2 places. Enter renames them." in card.words
    QTest.keyClicks(field, "g")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "for")
    assert "“for” is no name of Python." in card.words
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.isVisible() and panel.text() == NAMES
    QTest.keyClicks(field, "ward")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.isHidden() and card.isHidden() and panel.editor.hasFocus()
    assert panel.text() != NAMES and panel.text().count("forward") == 2
    assert said == ["h is forward now, in 2 places."]
    panel.editor.undo()
    assert panel.text() == NAMES
    panel.editor.renaming.open()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.isHidden() and panel.text() == NAMES and panel.editor.hasFocus()


def tensor_result(line: int, name: str) -> LineResult:
    return LineResult(line, line, name, "f32 (4, 3)", TensorSummary((4, 3), "float32", "cpu", line="(4, 3) f32"))


def test_a_click_on_a_result_chooses_its_tensor_and_so_does_a_key(panel: ProgramPanel) -> None:
    panel.set_text("x = make()\nn = 3")
    panel.add_result(tensor_result(1, "x"))
    panel.add_result(LineResult(2, 2, "n", "3"))
    chosen: list[str] = []
    panel.editor.results.chosen.connect(chosen.append)
    viewport = panel.editor.viewport()
    for line in range(2):
        row = panel.editor.row_of(panel.editor.document().findBlockByNumber(line))
        place = QPoint(viewport.width() - 16, round(row.center().y()))
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert chosen == ["x"]  # a plain number is no tensor
    place_cursor(panel, 1, 0)
    panel.editor.results.choose_at_cursor()
    assert chosen == ["x", "x"]
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(round(viewport.width() / 2), place.y()))
    assert len(chosen) == 2


def test_a_result_turns_stale_with_a_line_that_it_depends_on_and_stays_for_any_other(panel: ProgramPanel) -> None:
    panel.set_text("a = 1\nb = 2\nc = a + 1")
    panel.begin_run("program.py")
    for line in (1, 2, 3):
        panel.add_result(LineResult(line, line, "", str(line)))
    place_cursor(panel, 1, 5)
    type_text(panel.editor, "0")
    panel.editor.results.age()
    assert [shown.is_stale for shown in panel.editor.results.shown.values()] == [True, False, True]
    assert "depends on" in line_results.tip(panel.editor.results.shown[2])
    keys(panel, "Backspace")
    panel.editor.results.age()
    assert not any(shown.is_stale for shown in panel.editor.results.shown.values())


def test_no_result_turns_stale_with_a_comment_or_blanks(panel: ProgramPanel) -> None:
    panel.set_text("a = 1\nb = [\n    2,\n]\nc = a")
    panel.begin_run("program.py")
    for first, last in ((1, 1), (2, 4), (5, 5)):
        panel.add_result(LineResult(first, last, "", str(first)))
    results = panel.editor.results
    place_cursor(panel, 1, 5)
    type_text(panel.editor, "  # of 3 ")
    assert not any(shown.is_stale for shown in results.shown.values()), "while it is typed"
    place_cursor(panel, 3, 6)
    keys(panel, "Space", "Space", "#", "Return")
    results.age()
    assert not any(shown.is_stale for shown in results.shown.values())
    assert panel.editor.run_lines.line(1) == 1, "the graph still leads there"
    place_cursor(panel, 1, 1)
    keys(panel, "Space")
    results.age()
    assert not any(shown.is_stale for shown in results.shown.values())
    place_cursor(panel, 1, 6)
    type_text(panel.editor, "0")
    results.age()
    assert [shown.is_stale for shown in results.shown.values()] == [True, False, True]


def test_a_result_is_written_whole_or_in_a_shorter_form_and_never_cut(panel: ProgramPanel) -> None:
    metrics = QFontMetricsF(panel.editor.font())
    room = metrics.horizontalAdvance
    assert line_results.fitting(metrics, "f32 (4, 3)", room("f32 (4, 3)")) == "f32 (4, 3)"
    assert line_results.fitting(metrics, "f32 (4, 3)", room("f32 (4,")) == "(4, 3)"
    assert line_results.fitting(metrics, "f32 (4, 3)", room("(4,")) == ""
    assert line_results.fitting(metrics, "197531", room("1975")) == "2e5"
    assert line_results.fitting(metrics, "seed 12345", room("seed 123")) in ("seed …", "seed…")
    assert line_results.fitting(metrics, "Sequential", room("Seque…")) == ""
    assert line_results.fitting(metrics, "[0, 1, 2, …]", room("[0, 1, 2, …]") - 1) == "[0, 1, 2…"
    assert (
        line_results.fitting(metrics, "Sequential, 4,224 parameters", room("Sequential, 4,224 par…"))
        == "Sequential, 4,224…"
    )
    assert line_results.fitting(metrics, "Sequential, 4,224 parameters", room("Sequential, 4…")) == "Sequential…"


def test_results_of_lines_between_two_replacements_stay(panel: ProgramPanel) -> None:
    panel.set_text("a = 1\nb = 2\na = 3")
    for line in (1, 2, 3):
        panel.add_result(LineResult(line, line, "", str(line)))
    panel.searching.open(is_replacing=True)
    QTest.keyClicks(panel.find_bar.field, "a")
    QTest.keyClicks(panel.find_bar.substitute, "c")
    panel.findChild(QPushButton, "replace_all").click()
    assert [panel.editor.results.shown[line].is_stale for line in range(3)] == [True, False, True]


def test_a_dropped_file_is_opened_not_pasted(panel: ProgramPanel, qtbot: QtBot, tmp_path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.py"))])
    event = QDropEvent(
        panel.editor.rect().center().toPointF(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(panel.files_dropped) as dropped:
        panel.editor.dropEvent(event)
    assert dropped.args == [[str(tmp_path / "a.py")]] and panel.text() == ""


HEAD = '#!/usr/bin/env python\n"""What it is."""\nfrom __future__ import annotations\n'


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("import torch\nx = [\n    1,\n]\ny = 2", 3, "import torch\nx = [\n    1,\n]\nNEW\ny = 2"),
        ("import torch\nfor i in x:\n    f()\n    g()\ny", 2, "import torch\nfor i in x:\n    f()\n    g()\nNEW\ny"),
        ("import torch\n@cached\ndef f():\n    pass\ny", 2, "import torch\n@cached\ndef f():\n    pass\nNEW\ny"),
        (HEAD + "x = 1", 1, HEAD + "import torch\nNEW\nx = 1"),
        ("from torch import nn", 1, "import torch\nfrom torch import nn\nNEW"),
        ("import torch as th", 1, "import torch\nimport torch as th\nNEW"),
        ("import torch.nn as nn, torch.optim", 1, "import torch.nn as nn, torch.optim\nNEW"),
        ("x = 1\nimport torch", 1, "import torch\nx = 1\nNEW\nimport torch"),
        ('def f():\n    """\nimport torch\n"""', 1, 'import torch\ndef f():\n    """\nimport torch\n"""\nNEW'),
        ("import torch\nx = (", 2, "import torch\nx = (\nNEW"),
        ('"""Alone."""', 1, '"""Alone."""\nimport torch\nNEW'),
        ("", 1, "import torch\nNEW"),
    ],
)
def test_lines_that_are_written_break_no_statement_and_find_their_imports(
    panel: ProgramPanel, text: str, line: int, expected: str
) -> None:
    panel.set_text(text)
    panel.editor.go_to(line, 0)
    panel.insert_lines(("torch.ones(1)",), ("import torch",))
    assert panel.text() == expected.replace("NEW", "torch.ones(1)")


def test_a_line_about_a_variable_stands_behind_the_whole_statement_that_makes_it(panel: ProgramPanel) -> None:
    panel.set_text("import torch\nif True:\n    x = torch.tensor(\n        [1.0]\n    )\n    y = x")
    panel.insert_line("x.retain_grad()", after_assignment_of="x")
    assert panel.text().endswith("\n    )\n    x.retain_grad()\n    y = x")


def test_names_that_a_text_makes_are_known_before_it_runs() -> None:
    text = "import numpy as np\nx: int = 1\ndef f(a):\n    b, (c, *d) = a\nclass G: pass\nfor i in x: w.z = 2"
    assert made_names(text) == {"np", "x", "f", "b", "c", "d", "G", "i"}
    assert made_names("x = 1\ny == 2\nz = (") == {"x", "z"}


def test_a_program_of_ten_thousand_lines_is_typed_into(panel: ProgramPanel) -> None:
    panel.set_text("".join(f"name_{i} = {i}\n" for i in range(10_000)))
    cursor = panel.editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    panel.editor.setTextCursor(cursor)
    type_text(panel.editor, "name_99 = 1")
    assert panel.text().endswith("\nname_99 = 1")


def test_the_place_that_backward_is_held_at_comes_into_sight(panel):
    panel.set_text("\n".join(f"x{number} = {number}" for number in range(200)))
    editor = panel.editor
    panel.mark_source(Source(path="", line=150, column=0, end_line=150, end_column=4, text="x149"))
    block = editor.document().findBlockByNumber(149)
    assert editor.viewport().rect().toRectF().contains(editor.row_of(block))
    assert editor.textCursor().blockNumber() == 0
    place = editor.verticalScrollBar().value()
    panel.mark_source(Source(path="", line=152, column=0, end_line=152, end_column=4, text="x151"))
    assert editor.verticalScrollBar().value() == place, "what is in sight does not move"


def test_the_line_that_is_held_stays_in_sight_beside_what_its_node_was_made_by(panel, qtbot):
    panel.set_text("\n".join(f"x{number} = {number}" for number in range(200)))
    editor = panel.editor

    def sees(line: int) -> bool:
        row = editor.row_of(editor.document().findBlockByNumber(line - 1))
        return editor.viewport().rect().toRectF().contains(row.center())

    panel.mark_source(Source(path="", line=9, column=0, end_line=9, end_column=2, text="x"))
    editor.held.set("paused 1 / 2", 14)
    assert editor.verticalScrollBar().value() == 0
    editor.setFixedHeight(10 * editor.fontMetrics().lineSpacing())
    qtbot.waitUntil(lambda: editor.verticalScrollBar().value() > 0)
    assert sees(9) and sees(14)
    editor.held.set("paused 2 / 2", 100)
    assert sees(9) and not sees(100), "what has no room beside the other one"


def test_the_words_of_an_empty_program_are_all_to_be_seen(panel) -> None:
    """No bar of the line at the cursor lies over them."""
    panel.editor.setFocus()

    def fill() -> str:
        row = panel.editor.row_of(panel.editor.document().firstBlock()).center().toPoint()
        return panel.editor.viewport().grab().toImage().pixelColor(panel.editor.viewport().width() - 3, row.y()).name()

    panel.set_text("x = 1")
    assert fill() == theme.current().color("bg.raised").name()
    panel.set_text("")
    assert fill() == theme.current().color("bg.panel").name()


def test_the_place_that_backward_is_held_at_stays_in_sight_when_a_bar_takes_the_room(panel, qtbot):
    panel.set_text("\n".join(f"x{number} = {number}" for number in range(200)))
    editor = panel.editor
    last = editor.firstVisibleBlock().blockNumber() + editor.viewport().height() // editor.fontMetrics().lineSpacing()
    line = last - 2
    panel.mark_source(Source(path="", line=line, column=0, end_line=line, end_column=2, text="x"))
    block = editor.document().findBlockByNumber(line - 1)
    assert editor.verticalScrollBar().value() == 0, "it is in sight as it is"
    editor.setFixedHeight(editor.height() // 2)
    qtbot.waitUntil(lambda: editor.viewport().rect().toRectF().contains(editor.row_of(block)))
    editor.verticalScrollBar().setValue(150)
    editor.setFixedHeight(editor.height() - 20)
    qtbot.waitUntil(lambda: editor.viewport().height() < editor.height())
    assert editor.verticalScrollBar().value() == 150, "what the person has scrolled to stays"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_question_and_its_answers_can_be_read_in_a_narrow_panel(panel, scale: float) -> None:
    theme.current().set_scale(scale)
    try:
        for width, is_below in ((700, scale > 1), (360, True), (2000, False)):
            panel.resize(round(width), 500)
            panel.banner.ask(
                lambda: "A window left another text of model.py on 29 November, 12:54, without having saved it.",
                dict.fromkeys(("Show it", "Give it up", "Later"), lambda: None),
            )
            QApplication.processEvents()
            words = panel.findChild(QLabel, "banner_text")
            buttons = [each for each in panel.banner.findChildren(QPushButton) if each.isVisible()]
            assert [each.text() for each in buttons] == ["Show it", "Give it up", "Later"]
            assert all((each.y() + each.parentWidget().y() > words.geometry().bottom()) == is_below for each in buttons)
            frame = panel.banner.rect()
            assert all(frame.contains(each.geometry().translated(each.parentWidget().pos())) for each in buttons)
            assert words.height() >= words.heightForWidth(words.width())
    finally:
        theme.current().set_scale(1.0)


@pytest.mark.parametrize(("top", "rows"), [(40, 9), (330, 9), (160, 9), (100, 5)])
def test_names_are_offered_whole_where_the_program_has_few_lines(qtbot: QtBot, top: int, rows: int) -> None:
    """Over what is around the program, under the cursor or over it, and never over its line."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 500 if rows == 9 else 260)
    panel = ProgramPanel(window)
    panel.setGeometry(0, top, 300, 130)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    panel.set_text("abcd = 1\n" * 30 + "ab")
    panel.editor.setFocus()
    keys(panel, "Ctrl+End")
    names = panel.editor.completions
    for scale in (1.0, 2.0):
        theme.current().set_scale(scale)
        keys(panel, "Ctrl+End")
        panel.show_completions(tuple(Completion(f"ab{number}", "variable") for number in range(40)), "ab")
        cursor = panel.editor.cursorRect()
        here = QRect(panel.editor.viewport().mapTo(window, cursor.topLeft()), cursor.size())
        frame = names.geometry()
        assert names.isVisible() and window.rect().contains(frame) and not frame.intersects(here)
        seen = (frame.height() - 2) / theme.current().px(22)
        assert seen == int(seen) and seen >= (rows if scale == 1 else 2)
    theme.current().set_scale(1.0)
    panel.show_completions((Completion("abc", "variable"),), "ab")
    panel.editor.verticalScrollBar().setValue(0)
    assert not names.isVisible()  # it goes with its line
    keys(panel, "Ctrl+End")
    panel.show_completions((Completion("abc", "variable"),), "ab")
    assert names.isVisible()
    QTest.mouseClick(panel.editor.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(60, 5))
    assert not names.isVisible()
