"""What Escape closes in the program, one thing at a time, in every combination of what can be open."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.protocol.hints import CallShown, Hint, Signature
from engine.protocol.program_values import Completion
from tests.visualizer.window import type_text
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.look import theme

IN_ORDER = ("names", "card", "carets", "find")  # what goes first


@pytest.fixture
def panel(qtbot: QtBot) -> ProgramPanel:
    made = ProgramPanel()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.activateWindow()
    made.set_text("print(value)\nvalue = value + 1\n")
    made.editor.setFocus()
    made.editor.moveCursor(QTextCursor.MoveOperation.End)
    return made


def open_(panel: ProgramPanel, what: str) -> None:
    editor = panel.editor
    if what == "find":
        panel.searching.open(is_replacing=False)
        type_text(panel.find_bar.field, "value")
        editor.setFocus()
        editor.moveCursor(QTextCursor.MoveOperation.End)
    elif what == "carets":
        editor.cursors.add_beside(QTextCursor.MoveOperation.Up)
    elif what == "card":
        asked: list[int] = []
        editor.hints.call_wanted.connect(lambda question, *rest: asked.append(question))
        editor.hints.ask_about_call()
        signature = Signature(name="print", parameters=("a",), returns="")
        hint = Hint(name="print", kind="function", value="", words="", signatures=(signature,))
        editor.hints.show_call(asked[-1], CallShown(hint=hint, signature=0, parameters=(0,)))
    else:
        QTest.keyClick(editor, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
        panel.show_completions((Completion("value"), Completion("values")), "")


def opened(panel: ProgramPanel) -> list[str]:
    editor = panel.editor
    there = {
        "names": editor.completions.isVisible(),
        "card": editor.hints.card.isVisible(),
        "carets": editor.cursors.are_many,
        "find": panel.find_bar.isVisible(),
    }
    return [what for what in IN_ORDER if there[what]]


@pytest.mark.parametrize("wanted", [chosen for n in range(1, 5) for chosen in combinations(IN_ORDER, n)], ids="+".join)
def test_escape_closes_one_thing_after_the_other(panel: ProgramPanel, wanted: tuple[str, ...]) -> None:
    text = panel.text()
    for what in reversed(IN_ORDER):
        if what in wanted:
            open_(panel, what)
    assert opened(panel) == list(wanted)
    for left in range(len(wanted)):
        assert opened(panel) == list(wanted[left:])
        QTest.keyClick(panel.editor, Qt.Key.Key_Escape)
    assert opened(panel) == [] and panel.text() == text and panel.editor.hasFocus()
    if "names" in wanted:
        panel.show_completions((Completion("value"), Completion("values")), "")
        assert opened(panel) == [], "an answer that was asked for before"


def test_the_card_of_a_new_name_hides_the_code_under_it(panel: ProgramPanel) -> None:
    cursor = panel.editor.textCursor()
    cursor.setPosition(len("print(value)\nv"))
    panel.editor.setTextCursor(cursor)
    panel.editor.renaming.open()
    card = panel.editor.renaming.card
    assert card.isVisible()
    picture = card.grab().toImage()
    assert picture.pixelColor(4, card.height() // 2) == theme.current().color("bg.raised")
