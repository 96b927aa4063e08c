"""What a key does in a long line: nothing that grows with what the text is asked about, and the same letters."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from engine.protocol.source import Source
from tests.visualizer.window import type_text
from visualizer.backprop.program import word_places
from visualizer.backprop.program.completion_list import words
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.look import theme

TEXTS = ("", "na", "name", "name = names + _name - rename(na_me, na)", "né név xné né_1", "a" * 40, "na na2 2na _na na")


@pytest.fixture
def panel(qtbot: QtBot) -> ProgramPanel:
    panel = ProgramPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 500)
    panel.show()
    panel.activateWindow()
    panel.editor.setFocus()
    return panel


@pytest.mark.parametrize("many", [0, 2_000])
@pytest.mark.parametrize("word", ["na", "name", "n", "né", "_", "a"])
def test_words_are_found_as_a_pattern_finds_them(word: str, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_places, "_MANY", many)
    for text in TEXTS:
        begins = [found.start() for found in re.finditer(rf"(?<!\w){word}", text)]
        whole = re.findall(rf"(?<!\w){word}(?!\w)", text)
        assert list(word_places.beginnings(text, word)) == begins or word == text[:1] * len(word)
        assert word_places.stands_twice(text, word) == (len(whole) > 1)
        longer = set(re.findall(rf"(?<!\w){word}\w+", text))
        assert {completion.name for completion in words(text, word) if not completion.kind} == longer


def test_to_type_a_name_compiles_no_pattern(panel: ProgramPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    panel.set_text("value_of_it = 1\n")
    type_text(panel.editor, "va")  # what is compiled once, has been
    panel.editor.navigation.mark()
    compiled: list[object] = []
    compile_pattern = re._compiler.compile  # type: ignore[attr-defined]
    monkeypatch.setattr(
        "re._compiler.compile", lambda text, flags: compiled.append(text) or compile_pattern(text, flags)
    )
    re.compile(r"one (pattern) that nobody else has")
    assert len(compiled) == 1  # it is seen where one is
    type_text(panel.editor, "lue_of")
    panel.editor.navigation.mark()
    assert panel.editor.completions.isVisible() and len(compiled) == 1, compiled[1:]


def test_a_line_that_is_filled_is_painted_below_its_letters_and_is_no_selection(panel: ProgramPanel) -> None:
    panel.set_text("x = 1\ny = 2\nz = 3\n")
    editor = panel.editor

    def fills() -> list[str]:
        picture, row = editor.viewport().grab().toImage(), editor.row_of
        blocks = [editor.document().findBlockByNumber(line) for line in range(3)]
        return [
            picture.pixelColor(editor.viewport().width() - 3, int(row(block).center().y())).name() for block in blocks
        ]

    plain, raised, error = (
        theme.current().color(f"{token}").name() for token in ("bg.panel", "bg.raised", "error.tint")
    )
    assert fills() == [raised, plain, plain] and editor.extraSelections() == []
    editor.marks.error = Source(path="", line=2, column=0, end_line=2, end_column=5, text="y = 2")
    editor.go_to(3, 0)
    assert fills() == [plain, error, raised]
    panel.run_button.setFocus()
    assert fills() == [plain, error, plain]


def test_letters_stand_one_by_one_only_where_that_looks_the_same(panel: ProgramPanel) -> None:
    panel.set_text('plain = 1\ns = "e\u0301 \u0644\u0627"\n')
    by_itself, composed = QFont.StyleStrategy.PreferNoShaping, QFont.StyleStrategy.PreferDefault
    assert panel.editor.document().defaultFont().styleStrategy() == by_itself
    lines = [panel.editor.document().findBlockByNumber(line).layout().formats() for line in range(2)]
    assert all(not piece.format.hasProperty(piece.format.Property.FontStyleStrategy) for piece in lines[0])
    assert {piece.format.fontStyleStrategy() for piece in lines[1]} == {composed}
    assert sum(piece.length for piece in lines[1]) == len('s = "e\u0301 \u0644\u0627"')
