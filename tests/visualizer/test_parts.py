"""Which lines run where a part of the program is asked for, and what the window makes of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QTextCursor

from engine.protocol.source import Source
from tests.visualizer.window import main_window, press, run, set_program, until
from visualizer.app.main_window import MainWindow
from visualizer.backprop.program.line_edit import LineEdit
from visualizer.backprop.program.parts import above, next_part, part_at
from visualizer.backprop.program.run_lines import RunLines

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

CELLS = '''\
import torch
# %% model
w = torch.ones(
    3, requires_grad=True
)

# %% text
words = """
# %% not one
"""
# In[7]:
@torch.no_grad()
def f(x):
    # %% nor this
    return x

# nothing but words
'''


@pytest.mark.parametrize(
    ("first", "last", "is_selected", "part"),
    [
        (1, 1, False, (1, 1)),
        (2, 2, False, (3, 5)),
        (6, 6, False, (3, 5)),
        (8, 8, False, (8, 10)),
        (9, 9, False, (8, 10)),
        (14, 14, False, (12, 15)),
        (4, 4, True, (3, 5)),
        (1, 8, True, (1, 10)),
        (13, 13, True, (12, 15)),
        (6, 7, True, None),
    ],
)
def test_a_part_is_whole_statements(first: int, last: int, is_selected: bool, part: tuple[int, int] | None) -> None:
    assert part_at(CELLS, first, last, is_selected=is_selected) == part


def test_without_cells_it_is_the_statement_at_the_cursor_or_behind_it() -> None:
    text = "a = 1\n\n# words\nb = [\n    2,\n]\n"
    assert [part_at(text, line, line, is_selected=False) for line in (1, 2, 3, 5, 7)] == [
        *((1, 1), (4, 6), (4, 6), (4, 6)),
        None,
    ]
    assert (next_part(text, (1, 1)), next_part(text, (4, 6))) == (4, 0)
    assert [next_part(CELLS, part) for part in ((1, 1), (3, 5), (8, 10), (12, 15))] == [2, 7, 11, 0]


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [("a\n# %%\nb\n# %%\nc", 5, (1, 3)), ("# %%\na", 2, None), ("a\nb\nc", 3, (1, 2)), ("a", 1, None)],
)
def test_above_a_cell_is_all_before_it(text: str, line: int, part: tuple[int, int] | None) -> None:
    assert above(text, line) == part


def test_while_the_text_is_no_python_the_lines_are_taken_as_they_are() -> None:
    text = "a = (\nb = 2\n# %%\nc = 3"
    assert part_at(text, 4, 4, is_selected=False) == (3, 4)
    assert part_at(text, 2, 2, is_selected=True) == (2, 2)
    assert part_at("a = (\n\n", 1, 1, is_selected=False) == (1, 1)
    assert part_at("a = (\n\n", 2, 2, is_selected=False) is None


def test_a_place_of_a_text_before_is_found_by_the_words_that_stood_there() -> None:
    now = ["a = f(1)", "b = f(2)"]
    lines = RunLines(lambda line: now[line - 1] if line <= len(now) else "")
    lines.begin("p.py", "\n".join(now))
    of_b = Source("p.py", 2, 4, 2, 8, "f(2)")
    now.insert(0, "new = 0")
    lines.edited(LineEdit(0, 0, 1, True))
    lines.begin("p.py", "\n".join(now), (1, 1))
    assert lines.source(of_b) == Source("p.py", 3, 4, 3, 8, "f(2)")
    assert lines.source(Source("p.py", 1, 0, 1, 3, "new")) == Source("p.py", 1, 0, 1, 3, "new")
    assert lines.source(Source("p.py", 1, 0, 1, 3, "old")) is None
    covers = lines.covering(3, 5)
    assert covers is not None and covers(of_b)
    assert not covers(Source("p.py", 2, 4, 2, 8, "f(1)")), "which stands in line 2"
    assert lines.beginning(3)(of_b) and not lines.beginning(2)(of_b)
    assert [lines.ran_line(line) for line in (1, 2, 3)] == [1, 2, 3]
    now[2] = "b = f(3)"
    assert lines.source(of_b) is None
    assert [lines.ran_line(line) for line in (1, 2, 3)] == [1, 2, 0]


# -- in the window

PROGRAM = """\
import torch
w = torch.ones(3, requires_grad=True)
# %% forward
hidden = (w * 2).tanh()
loss = hidden.sum()
# %% backward
w.grad = None
loss.backward()
"""


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with main_window(tmp_path_factory.mktemp("parts")) as made:
        yield made


def put_cursor(window: MainWindow, line: int) -> None:
    editor = window.program.editor
    editor.setFocus()
    cursor = QTextCursor(editor.document().findBlockByNumber(line - 1))
    editor.setTextCursor(cursor)


def run_here(window: MainWindow, line: int, key: str = "Shift+Return") -> None:
    put_cursor(window, line)
    until(lambda: window.actions_by_id["run_part"].isEnabled(), "a part can run")
    with_end = []
    window.session.program_finished.connect(with_end.append)
    press(window, key, window.program.editor)
    until(lambda: bool(with_end), "the part has run")
    window.session.program_finished.disconnect(with_end.append)


def shown(window: MainWindow) -> dict[int, tuple[str, bool]]:
    window.program.editor.results.age()  # which it does once typing has come to rest
    return {
        number + 1: (result.result.text, result.is_stale)
        for number, result in sorted(window.program.editor.results.shown.items())
    }


def test_a_cell_runs_in_what_the_others_left_and_the_results_beside_them_stay(window: MainWindow) -> None:
    run(window, PROGRAM)
    before = shown(window)
    run_here(window, 4)
    assert window.program.editor.textCursor().blockNumber() + 1 == 6, "the next cell"
    run_here(window, 7)
    assert window.program.editor.textCursor().blockNumber() + 1 == 7, "behind the last cell is none"
    assert shown(window) == before
    assert not window.panels.middle.shows_tensor, "a cell with a pass alone is about its graph"
    assert {row.name for row in window.session.variables} >= {"w", "hidden", "loss"}


def test_what_is_stale_stays_so_when_another_part_runs(window: MainWindow) -> None:
    run(window, PROGRAM)
    put_cursor(window, 3)
    window.program.editor.textCursor().insertText("w = w.detach().requires_grad_()\n")
    assert shown(window)[5][1] and shown(window)[6][1], "they read w, which is another"
    run_here(window, 8)
    assert shown(window)[5][1] and shown(window)[6][1]
    run_here(window, 5)
    assert shown(window)[5][1], "of a w that the program does not make any more"
    run_here(window, 2)
    assert shown(window)[5][1]
    run_here(window, 5)
    run_here(window, 8)
    assert not any(is_stale for _, is_stale in shown(window).values())


def test_a_node_of_an_earlier_text_is_marked_where_its_line_is_now(window: MainWindow) -> None:
    run(window, PROGRAM)
    put_cursor(window, 1)
    window.program.editor.textCursor().insertText("# one more line\n")
    run_here(window, 8)
    graph = window.session.graph
    assert graph is not None
    tanh = next(node for node in graph.nodes if node.name == "TanhBackward0")
    assert tanh.source is not None and tanh.source.line == 4
    now = window.program.editor.run_lines.source(tanh.source)
    assert now is not None and now.line == 5
    put_cursor(window, 5)
    cursor = window.program.editor.textCursor()
    cursor.setPosition(cursor.position() + now.column)
    window.program.editor.setTextCursor(cursor)
    assert {graph.nodes[index].name for index in window.graph.marking.at_cursor} == {"TanhBackward0"}


def test_a_cell_is_stepped_alone(window: MainWindow) -> None:
    run(window, PROGRAM)
    put_cursor(window, 7)
    press(window, "Ctrl+Alt+Return", window.program.editor)
    until(lambda: window.session.state == "paused", "the pass is held")
    assert window.session.history.n_nodes == 4
    press(window, "F5")
    until(lambda: window.session.state == "ready", "the cell has ended")


def test_where_nothing_is_to_run_that_is_said(window: MainWindow) -> None:
    run(window, "x = 1\n# the end\n")
    put_cursor(window, 2)
    said = []
    hears = window.program.status.connect(lambda say: said.append(say()))
    press(window, "Shift+Return", window.program.editor)
    window.program.status.disconnect(hears)
    assert said == ["There is nothing to run here."]
    assert window.program.text() == "x = 1\n# the end\n", "and no line end was written"


def test_a_cell_without_code_leads_on_and_what_stands_above_runs_alone(window: MainWindow) -> None:
    set_program(window, "# %% [markdown]\n# words\n# %%\nx = 1\n# %%\ny = x\n# %%\nz = y + nobody\n")
    put_cursor(window, 2)
    press(window, "Shift+Return", window.program.editor)
    assert window.program.editor.textCursor().blockNumber() + 1 == 3
    run_here(window, 8, "Ctrl+Alt+Shift+Return")
    assert shown(window) == {4: ("1", False), 6: ("1", False)}
    assert window.program.editor.textCursor().blockNumber() + 1 == 8 and window.program.error_bar.isHidden()
