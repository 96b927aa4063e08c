"""The console: what it keeps of a flood, what it says of it, lines that a program draws over."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.patience import PATIENCE_S
from visualizer.backprop.console import portions
from visualizer.backprop.console.panel import ConsolePanel
from visualizer.look import theme


def _console(qtbot: QtBot) -> ConsolePanel:
    console = ConsolePanel()
    qtbot.addWidget(console)
    return console


def test_lines_that_were_left_out_are_counted_with_the_others(qtbot: QtBot) -> None:
    console = _console(qtbot)
    console.append("stdout", "a\nb\n", 0)
    console.append("stdout", "", 997)
    console.append("stdout", "z\n", 0)
    assert "… 997 lines left out …" in console.text()
    assert console.state_text() == "1,000 lines, 997 left out"


def test_a_progress_bar_stays_one_line(qtbot: QtBot) -> None:
    console = _console(qtbot)
    console.append("stdout", "10 %\r20", 0)
    console.append("stdout", " %\r30 %\ndone\n", 0)
    assert console.text() == "30 %\ndone\n"


def test_only_the_newest_lines_are_kept_and_it_says_so(qtbot: QtBot) -> None:
    console = _console(qtbot)
    console.append("stdout", "".join(f"{i}\n" for i in range(25_000)), 0)
    kept = console.text().split("\n")
    assert kept[-2] == "24999" and len(kept) == 20_000
    assert console.state_text() == "the last 20,000 of 25,000 lines"
    console.clear()
    assert console.text() == "" and console.state_text() == "nothing printed"


def test_a_flood_is_written_in_turns_between_which_a_key_is_heard(qtbot: QtBot) -> None:
    console = _console(qtbot)
    console.append("stdout", "".join(f"{i}\n" for i in range(12_000)), 0)
    console.append("stderr", "".join(f"{i}\n" for i in range(12_000, 24_000)), 0)
    n_blocks = [1]
    console._flush.timeout.connect(lambda: n_blocks.append(console.view.blockCount()))
    qtbot.waitUntil(lambda: not console._pending, timeout=int(1000 * PATIENCE_S))
    assert len(n_blocks) > 20 and max(after - before for before, after in pairwise(n_blocks)) <= 1_000
    assert console.text() == "".join(f"{i}\n" for i in range(4_001, 24_000))


@given(
    st.lists(st.tuples(st.sampled_from(["stdout", "stderr"]), st.text("ab\n", max_size=12)), max_size=8),
    st.integers(1, 4),
    st.integers(1, 6),
)
def test_portions_together_are_what_waited(pieces: list[portions.Piece], n_lines: int, n_letters: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portions, "_LINES", n_lines)
        patch.setattr(portions, "_LETTERS", n_letters)
        written, left = list[portions.Piece](), pieces
        while left:
            now, left = portions.begun(left)
            text = "".join(text for _, text in now)
            assert now and text.count("\n") <= n_lines
            assert len(text) <= n_letters or text.rstrip("\n").rfind("\n") < n_letters
            written += now
    for stream in ("stdout", "stderr"):
        printed, waited = ("".join(text for name, text in some if name == stream) for some in (written, pieces))
        assert printed == waited
    assert "".join(text for _, text in written) == "".join(text for _, text in pieces)


def test_a_line_of_a_million_letters_is_laid_out_in_pieces_and_copied_as_it_was(qtbot: QtBot) -> None:
    console = _console(qtbot)
    written = "before\n" + "é😀" * 100_000 + "\nbehind "
    for piece in (written[:150_000], written[150_000:], "0123456789" * 50_000, "\nend\n"):
        console.append("stdout", piece, 0)
        console.text()
    assert console.text() == written + "0123456789" * 50_000 + "\nend\n" and console.state_text() == ""
    blocks, block = [], console.view.document().firstBlock()
    while block.isValid():
        blocks.append(block.length())
        block = block.next()
    assert max(blocks) <= 10_001


def test_what_runs_printed_is_told_apart(qtbot: QtBot) -> None:
    console = _console(qtbot)
    console.begin_run()
    console.append("stdout", "first", 0)
    for _ in range(2):  # the second time it printed nothing
        console.begin_run()
    began = re.fullmatch(r"first\n▶ \d\d:\d\d:\d\d\n", console.text())
    assert began, console.text()
    console.append("stdout", "third\n", 0)
    assert console.text() == f"{began[0]}third\n"
    console.clear()
    console.begin_run()
    assert console.text() == ""


def test_escape_sequences_of_a_terminal_are_not_shown(qtbot: QtBot) -> None:
    console = _console(qtbot)
    console.append("stderr", "\x1b[31mred\x1b[0m\n", 0)
    assert console.text() == "red\n"


def test_an_answer_stands_behind_its_prompt(qtbot: QtBot) -> None:
    console = _console(qtbot)
    console.show()
    console.ask_input("Name? ")
    qtbot.keyClicks(console.field, "Ada")
    with qtbot.waitSignal(console.input_answered) as answered:
        qtbot.keyClick(console.field, Qt.Key.Key_Return)
    assert answered.args == ["Ada"]
    assert console.text() == "Name? Ada\n"
    assert not console.field.isVisible()


def test_what_stands_there_takes_the_colours_of_another_theme(qtbot: QtBot) -> None:
    console, look = _console(qtbot), theme.current()
    before = look.mode
    try:
        look.set_mode("dark")
        console.append("stdout", "plain\n", 0)
        console.append("stderr", "warning\n", 0)
        assert console.text() == "plain\nwarning\n"
        look.set_mode("light")
        blocks = [console.view.document().findBlockByNumber(number) for number in (0, 1)]
        plain, warning = [next(iter(block)).fragment().charFormat().foreground() for block in blocks]
        assert warning.color() == look.color("warn.text")
        assert plain.style() == Qt.BrushStyle.NoBrush, "it is in the widget's own colour"
    finally:
        look.set_mode(before)
