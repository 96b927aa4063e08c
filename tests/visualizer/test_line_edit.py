"""Results and marks stay with the lines that they are about, whatever is typed, pasted over or taken away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from engine.protocol.program_values import LineResult, ProgramError
from engine.protocol.source import Source
from visualizer.backprop.program.code_editor import CodeEditor
from visualizer.backprop.program.panel import ProgramPanel

LINES = [f"value_{number} = {number}" for number in range(6)]
TEXT = "\n".join(LINES)


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[CodeEditor]:
    made = CodeEditor()
    qtbot.addWidget(made)
    yield made


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[ProgramPanel]:
    made = ProgramPanel()
    qtbot.addWidget(made)
    yield made


def _fill(editor: CodeEditor) -> None:
    editor.setPlainText(TEXT)
    editor.run_lines.begin("untitled.py", TEXT)
    editor.results.clear()
    for number, text in enumerate(LINES, 1):
        editor.results.add(LineResult(line=number, end_line=number, text=text))


def _replace(editor: CodeEditor, start: int, end: int, text: str) -> None:
    cursor = QTextCursor(editor.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    places=st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))),
    pieces=st.lists(st.sampled_from(["\n", "new", " ", "\nfresh = 1\n", "value_3 = 3"]), max_size=3),
)
def test_a_result_that_is_not_called_stale_stands_beside_the_line_that_made_it(
    editor: CodeEditor, places: tuple[int, int], pieces: list[str]
) -> None:
    start, end = sorted(places)
    _fill(editor)
    _replace(editor, start, end, "".join(pieces))
    lines = [line.rstrip() for line in editor.toPlainText().split("\n")]  # blanks behind it change no line
    for number, shown in editor.results.shown.items():
        assert shown.is_stale or lines[number] == shown.result.text
    for run_line, text in enumerate(LINES, 1):
        assert editor.run_lines.line(run_line) in (0, *(n for n, line in enumerate(lines, 1) if line == text))
    ends = [sum(len(line) + 1 for line in LINES[: number + 1]) for number in range(len(LINES))]
    untouched = [number for number, stop in enumerate(ends) if stop - 1 < start or stop - len(LINES[number]) - 1 > end]
    kept = {shown.result.text for shown in editor.results.shown.values()}
    assert kept >= {LINES[number] for number in untouched}


def test_a_text_pasted_over_everything_bears_nothing_of_the_old_one(editor: CodeEditor) -> None:
    _fill(editor)
    place = Source("untitled.py", 3, 0, 3, 7, "value_2")
    editor.mark_error(ProgramError("ValueError", "no", place, ""))
    editor.held.mark(place)
    editor.selectAll()
    editor.textCursor().insertText("\n".join(f"other_{number} = 0" for number in range(9)))
    assert all(shown.is_stale for shown in editor.results.shown.values())
    assert editor.marks.error is None and editor.marks.current is None
    assert [editor.run_lines.line(line) for line in range(1, 7)] == [0] * 6


def test_a_text_of_the_same_length_pasted_over_everything_is_another_text(editor: CodeEditor) -> None:
    _fill(editor)
    editor.selectAll()
    editor.textCursor().insertText(TEXT.replace("value", "other"))
    assert all(shown.is_stale for shown in editor.results.shown.values())
    assert [editor.run_lines.line(line) for line in range(1, 7)] == [0] * 6


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    old=st.lists(st.sampled_from(["a", "b", "c😀", ""]), max_size=6), new=st.lists(st.sampled_from("abc"), max_size=6)
)
def test_a_text_that_was_read_again_is_that_text_and_one_undo_takes_it_back(
    panel: ProgramPanel, old: list[str], new: list[str]
) -> None:
    panel.set_text("\n".join(old))
    panel.replace_text("\n".join(new))
    assert panel.text() == "\n".join(new)
    panel.editor.undo()
    assert panel.text() == "\n".join(old)


def test_a_text_that_was_read_again_keeps_what_stands_beside_lines_that_are_alike(panel: ProgramPanel) -> None:
    editor = panel.editor
    _fill(editor)
    place = QTextCursor(editor.document().findBlockByNumber(5))
    editor.setTextCursor(place)
    panel.replace_text("\n".join(["new = 0", LINES[0], "other = 1", *LINES[2:]]))
    kept = {shown.result.text: number for number, shown in editor.results.shown.items() if not shown.is_stale}
    assert kept == {LINES[number]: number + 1 for number in (0, 2, 3, 4, 5)}
    assert editor.textCursor().block().text() == LINES[5]
