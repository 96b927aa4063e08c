"""A run that a call on tensors has ended: what the call took stands in the middle of the window, with why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QToolButton

from tests.visualizer.window import click, main_window, press, run, until, widget
from visualizer.app.main_window import MainWindow
from visualizer.look.spoken import use_language

_PRODUCT = "import torch\na = torch.arange(6.).reshape(2, 3)\nb = torch.ones(2, 3)\nc = a @ b"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with main_window(tmp_path_factory.mktemp("failed")) as made:
        yield made


def test_what_it_took_stands_side_by_side_until_something_else_is_chosen(window: MainWindow) -> None:
    middle, failure = window.panels.middle, window.panels.middle.failure
    run(window, _PRODUCT)
    assert middle.shows_failure and failure.title.text() == "a @ b" and failure.kind.text() == "RuntimeError"
    assert failure.words.text() == "a @ b: shapes (2, 3) and (2, 3) do not fit: the inner dimensions are 3 and 2."
    one, other = failure.operands.blocks
    until(lambda: all(block.sheets.sheets and block.sheets.sheets[0].heat_map.is_complete for block in (one, other)),
          "the cells of both are there")  # fmt: skip
    assert (one.title.text(), one.caption.text()) == ("a", "j = 3, (2, 3) float32")
    assert (other.title.text(), other.caption.text()) == ("b", "i = 2, (2, 3) float32")
    assert one.sheets.text_at((1, 2)) == "5.0000" and other.sheets.text_at((1, 2)) == "1.0000"
    wrong = [(block.sheets.camera.has_wrong_rows, block.sheets.camera.has_wrong_columns) for block in (one, other)]
    assert wrong == [(False, True), (True, False)]

    use_language("pt_BR")
    try:
        until(lambda: failure.words.text().startswith("a @ b: as formas"), "the sentence is in the other language")
    finally:
        use_language("en")

    window.selection.select_variable("b")
    until(lambda: middle.shows_tensor, "the chosen one stands there")
    run(window, _PRODUCT)
    assert middle.shows_failure
    assert failure.storage.isHidden()
    run(window, "x = a.T\ny = x.view(6)")
    until(lambda: failure.storage.shown.layouts, "where its elements lie is told")
    layout = failure.storage.shown.layouts[0]
    assert (layout.name, layout.shape, layout.stride) == ("x", (3, 2), (1, 3)) and failure.storage.isVisible()
    run(window, "z = (a\n     @ b)")
    assert failure.title.text() == "a @ b"
    run(window, "c = a @ b.T")
    until(lambda: middle.shows_tensor, "what the mended line made stands there")


def test_a_graph_of_the_same_run_stays_and_it_is_a_key_away(window: MainWindow) -> None:
    middle = window.panels.middle
    run(window, "import torch\nw = torch.ones(2, requires_grad=True)\nloss = (w * 2).sum()\nloss + torch.ones(3) @ w")
    until(lambda: window.session.graph is not None and window.session.graph.nodes, "there is a graph")
    assert not middle.shows_failure and not middle.shows_tensor
    press(window, "Ctrl+Alt+T")
    until(lambda: middle.shows_failure, "the call stands there")
    assert [block.title.text() for block in middle.failure.operands.blocks] == ["torch.ones(3)", "w"]
    press(window, "Ctrl+Alt+T")
    until(lambda: not middle.shows_failure, "the graph is back")

    window.program.editor.moveCursor(QTextCursor.MoveOperation.End)
    button = widget(window, QToolButton, "error_operation")
    for see in (lambda: press(window, "Ctrl+Alt+E"), lambda: click(button)):
        window.selection.select_variable("w")
        until(lambda: not middle.shows_failure, "the chosen one stands there")
        see()
        until(lambda: middle.shows_failure, "the call at the cursor stands there")
    run(window, "import torch")
    assert button.isHidden()

    run(window, "torch.ones(2) + torch.ones(3)")
    until(lambda: middle.shows_failure and button.isVisible(), "another one fails")
    window.actions_by_id["restart_engine"].trigger()
    until(lambda: not middle.shows_failure and button.isHidden(), "what it took goes with its engine")
