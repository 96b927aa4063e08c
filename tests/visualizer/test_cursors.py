"""Several carets in the editor: each edits as one alone does, a step of undo takes all back, and Esc leaves one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.protocol.program_values import Completion, LineResult
from visualizer.backprop.program.carets import Span, apart, line_groups, next_match, shares
from visualizer.backprop.program.code_editor import CodeEditor
from visualizer.backprop.program.finding import Match

Go = QTextCursor.MoveOperation
PROGRAM = "x = torch.ones(3)\nmax_x = x\ny = x + x\n\nz = 'x' * 2\nprint(xx)"


def fill(editor: CodeEditor, text: str, at: int = 0) -> None:
    editor.setPlainText(text)
    put(editor, [Span(at, at)])


def put(editor: CodeEditor, spans: list[Span]) -> None:
    """Carets there, the newest last."""
    made = []
    for span in spans:
        cursor = QTextCursor(editor.document())
        cursor.setPosition(span.anchor)
        cursor.setPosition(span.position, QTextCursor.MoveMode.KeepAnchor)
        made.append(cursor)
    editor.cursors._take(made)


def keys(editor: CodeEditor, *presses: str) -> None:
    for press in presses:
        QTest.keySequence(editor, press)


def selected(editor: CodeEditor) -> list[str]:
    return editor.cursors.copied().split("\n")


# -- against a model: a plain text, edited at several places from the last to the first


def typed(text: str, spans: list[Span], words: list[str]) -> tuple[str, list[Span]]:
    """Each span replaced by its words, with the carets behind them."""
    moved, found, behind = 0, [], 0
    pieces = []
    for span, word in zip(spans, words, strict=True):
        pieces += [text[behind : span.start], word]
        found.append(span.start + moved + len(word))
        moved += len(word) - (span.end - span.start)
        behind = span.end
    return "".join([*pieces, text[behind:]]), apart(Span(place, place) for place in found)


def gone(text: str, spans: list[Span], way: int) -> tuple[str, list[Span]]:
    """What is selected, or the letter beside the caret, is away."""
    wider = [
        span if span.anchor != span.position
        else Span(max(span.start + min(way, 0), 0), min(span.end + max(way, 0), len(text)))
        for span in spans
    ]  # fmt: skip
    taken = {place for span in wider for place in range(span.start, span.end)}
    left = "".join(letter for place, letter in enumerate(text) if place not in taken)
    places = [span.start - sum(place < span.start for place in taken) for span in wider]
    return left, apart(Span(place, place) for place in places)


def went(text: str, spans: list[Span], way: int, *, is_selecting: bool) -> tuple[str, list[Span]]:
    found = []
    for span in spans:
        place = min(max(span.position + way, 0), len(text))
        if not is_selecting and span.anchor != span.position:
            place = span.end if way > 0 else span.start
        found.append(Span(span.anchor if is_selecting else place, place))
    return text, apart(found)


ACTS: dict[str, Callable[[str, list[Span]], tuple[str, list[Span]]]] = {
    "q": lambda text, spans: typed(text, spans, ["q"] * len(spans)),
    ".": lambda text, spans: typed(text, spans, ["."] * len(spans)),
    "Backspace": lambda text, spans: gone(text, spans, -1),
    "Delete": lambda text, spans: gone(text, spans, 1),
    "Left": lambda text, spans: went(text, spans, -1, is_selecting=False),
    "Right": lambda text, spans: went(text, spans, 1, is_selecting=False),
    "Shift+Left": lambda text, spans: went(text, spans, -1, is_selecting=True),
    "Shift+Right": lambda text, spans: went(text, spans, 1, is_selecting=True),
    "paste": lambda text, spans: typed(text, spans, shares("1\n22\n333", len(spans))),
}
LINES = st.lists(st.text("abc (", max_size=4), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=LINES,
    places=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=4),
    acts=st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=6),
)
def test_keys_do_at_each_caret_what_they_do_at_one(
    editor: CodeEditor, lines: list[str], places: list[tuple[int, int]], acts: list[str]
) -> None:
    text = "\n".join(lines).replace("    ", "a")  # indentation goes as a whole
    fill(editor, text)
    spans = apart(Span(min(anchor, len(text)), min(place, len(text))) for anchor, place in places)
    put(editor, spans)
    start = editor.document().availableUndoSteps()
    told = text
    for act in acts:
        if act == "paste":
            data = QMimeData()
            data.setText("1\n22\n333")
            editor.insertFromMimeData(data)
        else:
            keys(editor, act)
        was_many = len(spans) > 1
        if was_many or act not in ("Left", "Right"):
            told, spans = ACTS[act](told, spans)
        else:
            spans = editor.cursors.spans  # one alone is Qt's
        assert editor.text() == told
        assert editor.cursors.spans == spans
    while editor.document().availableUndoSteps() > start:
        editor.undo()
    assert editor.text() == text


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8))
def test_carets_that_are_apart_share_no_letter_and_lose_none(places: list[tuple[int, int]]) -> None:
    spans = [Span(*place) for place in places]
    found = apart(spans)
    assert found == apart(found)
    for one, behind in pairwise(found):
        assert one.end <= behind.start and one != behind
    assert {place for span in found for place in range(span.start, span.end)} == {
        place for span in spans for place in range(span.start, span.end)
    }
    assert all(any(span.start <= one.start and one.end <= span.end for span in found) for one in spans)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 4)), max_size=8))
def test_lines_of_carets_that_follow_each_other_are_one_group(places: list[tuple[int, int]]) -> None:
    groups = line_groups([(first, first + more) for first, more in places])
    assert sorted(caret for _, _, carets in groups for caret in carets) == list(range(len(places)))
    assert all(one[1] + 1 < behind[0] for one, behind in pairwise(groups))


def test_the_next_match_goes_round_and_takes_none_twice() -> None:
    found = [Match(0, 1), Match(5, 6), Match(9, 10)]
    assert next_match(found, [Span(5, 6)], Span(5, 6)) == found[2]
    assert next_match(found, [Span(5, 6), Span(9, 10)], Span(9, 10)) == found[0]
    assert next_match(found, [Span(5, 6), Span(10, 9), Span(0, 1)], Span(0, 1)) is None


# -- one after the other


def test_a_name_is_selected_then_its_next_place_and_what_is_typed_stands_at_each(editor: CodeEditor) -> None:
    fill(editor, PROGRAM)
    editor.cursors.add_next()
    assert selected(editor) == ["x"] and not editor.cursors.are_many
    for _ in range(3):
        editor.cursors.add_next()
    keys(editor, "q", "q")
    assert editor.text() == PROGRAM.replace("x = torch", "qq = torch").replace("= x\ny = x + x", "= qq\ny = qq + qq")
    keys(editor, "Ctrl+Z")
    assert editor.text() == PROGRAM and selected(editor) == ["x"] * 4
    keys(editor, "Ctrl+Shift+Z")
    assert editor.text().count("qq") == 4 and [span.end - span.start for span in editor.cursors.spans] == [0] * 4
    keys(editor, "Esc")
    assert not editor.cursors.are_many


def test_what_was_selected_by_hand_is_found_in_longer_names_too(editor: CodeEditor) -> None:
    fill(editor, PROGRAM)
    put(editor, [Span(0, 1)])
    editor.cursors.add_all()
    assert len(editor.cursors.spans) == PROGRAM.count("x")
    fill(editor, PROGRAM)
    editor.cursors.add_all()
    assert len(editor.cursors.spans) == 5  # as a name, in a string too


def test_carets_above_and_below_keep_their_column_over_a_shorter_line(editor: CodeEditor) -> None:
    fill(editor, "abcdef\nab\nabcdef\nabcdef", at=5)
    for _ in range(3):
        editor.cursors.add_beside(Go.Down)
    keys(editor, "q")
    assert editor.text() == "abcdeqf\nabq\nabcdeqf\nabcdeqf"
    fill(editor, "a\nb", at=0)
    editor.cursors.add_beside(Go.Up)
    assert not editor.cursors.are_many


def test_alt_and_a_click_puts_a_caret_and_takes_it_away(editor: CodeEditor) -> None:
    fill(editor, "one\ntwo\nthree", at=0)
    cursor = QTextCursor(editor.document())
    cursor.setPosition(5)
    place = editor.cursorRect(cursor).center() + QPoint(1, 0)
    alt = Qt.KeyboardModifier.AltModifier
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, alt, place)
    assert editor.cursors.spans == [Span(0, 0), Span(5, 5)]
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, alt, place)
    assert editor.cursors.spans == [Span(0, 0)]
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, alt, place)
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.cursors.spans == [Span(5, 5)]


def test_columns_of_lines_are_selected_with_alt_and_shift(editor: CodeEditor) -> None:
    fill(editor, "aaa = 1\nb\ncccc = 3\n" + "d = 4\n" * 300)
    held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier

    def at(line: int, column: int) -> QPoint:
        cursor = QTextCursor(editor.document().findBlockByNumber(line))
        cursor.setPosition(cursor.position() + column)
        return editor.cursorRect(cursor).center()

    def drag(start: QPoint, line: int, column: int) -> None:
        QTest.mousePress(editor.viewport(), Qt.MouseButton.LeftButton, held, start)
        editor.verticalScrollBar().setValue(max(line - 5, 0))
        place = QPointF(at(line, column))
        buttons = (Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, held)
        QApplication.sendEvent(editor.viewport(), QMouseEvent(QEvent.Type.MouseMove, place, place, *buttons))

    drag(at(0, 2), 2, 5)
    assert selected(editor) == ["a =", "cc "], "a line that ends before has none"
    QTest.keyClicks(editor, "X")
    assert editor.text().startswith("aaX 1\nb\nccX= 3\n")
    keys(editor, "Ctrl+Z")
    drag(at(2, 0), 0, 0)
    QTest.keyClicks(editor, "_")
    assert editor.text().startswith("_aaa = 1\n_b\n_cccc = 3\nd")
    drag(at(3, 0), 200, 1)
    QTest.keyClicks(editor, "e")
    assert editor.text().count("e = 4") == 198


def test_copied_lines_come_back_one_at_each_caret(editor: CodeEditor) -> None:
    fill(editor, "a = 1\nbb = 2\nccc = 3")
    put(editor, [Span(0, 1), Span(6, 8), Span(13, 16)])
    keys(editor, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "a\nbb\nccc"
    keys(editor, "End")
    keys(editor, "Ctrl+V")
    assert editor.text() == "a = 1a\nbb = 2bb\nccc = 3ccc"
    editor.undo()
    put(editor, [Span(0, 1), Span(6, 8), Span(13, 16)])
    keys(editor, "Ctrl+X")
    assert editor.text() == " = 1\n = 2\n = 3"


def test_return_tab_comments_and_brackets_are_at_each_what_they_are_at_one(editor: CodeEditor) -> None:
    fill(editor, "if a:\n    b\nif c:\n    d")
    put(editor, [Span(5, 5), Span(17, 17)])
    keys(editor, "Return", "z", "Return", "Backspace", "y")
    assert editor.text() == "if a:\n    z\ny\n    b\nif c:\n    z\ny\n    d"
    fill(editor, "f(\n        \ng(\n        ")
    put(editor, [Span(11, 11), Span(23, 23)])
    keys(editor, ")")
    assert editor.text() == "f(\n)\ng(\n)"
    fill(editor, "a\nb\nc")
    put(editor, [Span(0, 1), Span(2, 3)])
    keys(editor, "Tab")
    assert editor.text() == "    a\n    b\nc"
    QTest.keyClick(editor, Qt.Key.Key_Backtab)
    editor.toggle_comment()
    assert editor.text() == "# a\n# b\nc"


def test_two_carets_in_a_line_comment_it_once_and_move_it_once(editor: CodeEditor) -> None:
    fill(editor, "aaa\nbbb\nccc")
    put(editor, [Span(4, 4), Span(6, 6)])
    editor.toggle_comment()
    assert editor.text() == "aaa\n# bbb\nccc"


def test_home_goes_at_each_to_the_first_letter(editor: CodeEditor) -> None:
    fill(editor, "  ab\n    cd")
    put(editor, [Span(4, 4), Span(11, 11)])
    keys(editor, "Shift+Home")
    assert selected(editor) == ["ab", "cd"]
    keys(editor, "Home")
    assert editor.cursors.spans == [Span(0, 0), Span(5, 5)]
    keys(editor, "End")
    assert editor.cursors.spans == [Span(4, 4), Span(11, 11)]


def test_a_chosen_name_and_a_composed_letter_stand_at_each(editor: CodeEditor) -> None:
    fill(editor, "to\nto")
    put(editor, [Span(5, 5), Span(2, 2)])
    editor.completer.show((Completion("torch", "module"),), "to")
    assert editor.completions.isVisible()
    keys(editor, "Tab")
    assert editor.text() == "torch\ntorch"
    composed = QInputMethodEvent()
    composed.setCommitString("é")
    QApplication.sendEvent(editor, composed)
    assert editor.text() == "torché\ntorché"
    editor.undo()
    editor.undo()
    assert editor.text() == "to\nto"


def test_results_beside_lines_between_two_carets_stay(editor: CodeEditor) -> None:
    text = "\n".join(f"v{number} = {number}" for number in range(8))
    fill(editor, f"a = 1\n{text}\nb = 2\nlast = 3")
    editor.run_lines.begin("untitled.py", editor.text())
    for number, line in enumerate(editor.text().split("\n"), 1):
        editor.results.add(LineResult(line=number, end_line=number, text=line))
    end = len(editor.text()) - len("\nlast = 3")
    put(editor, [Span(5, 5), Span(end, end)])
    keys(editor, "Return", "n")
    lines = editor.text().split("\n")
    kept = {lines[number]: shown for number, shown in editor.results.shown.items()}
    assert sorted(kept) == sorted([*text.split("\n"), "a = 1", "b = 2", "last = 3"])
    assert not any(shown.is_stale for shown in kept.values())
    assert all(line == shown.result.text for line, shown in kept.items())
    editor.undo()
    editor.undo()
    assert len(editor.results.shown) == 11


def test_every_caret_is_painted_and_so_is_what_each_has_selected(editor: CodeEditor) -> None:
    fill(editor, "alpha\nbeta\ngamma")
    put(editor, [Span(0, 0)])
    lines = [editor.row_of(editor.document().findBlockByNumber(number)).toRect() for number in range(3)]
    bare = editor.viewport().grab(lines[1]).toImage()
    put(editor, [Span(7, 7), Span(0, 0)])
    assert editor.viewport().grab(lines[1]).toImage() != bare
    put(editor, [Span(6, 10), Span(0, 0)])
    chosen = editor.viewport().grab(lines[1]).toImage()
    put(editor, [Span(10, 10), Span(0, 0)])
    assert editor.viewport().grab(lines[1]).toImage() != chosen
