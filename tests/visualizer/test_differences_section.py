"""Finite differences in the window: checked by the button and by the key, cancelled, and said to be of before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QScrollArea

from engine.protocol.differences import CellDifference, Differences
from engine.protocol.graph_values import Node
from engine.protocol.sentence import Sentence
from tests.visualizer import window as w
from tests.visualizer.tensor_engine import node
from visualizer.app.main_window import MainWindow
from visualizer.backprop.inspector.differences_section import DifferencesSection
from visualizer.model.differences import CheckState
from visualizer.model.selection import SelectedNode

WRONG = """import torch
class Scale(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 3
    @staticmethod
    def backward(ctx, gradient):
        return gradient * 2
w = torch.ones(3, 4, requires_grad=True)
k = Scale.apply(torch.tanh(w))
loss = k.sum()
loss.backward()
"""
WAITS = """import torch, os, threading
w = torch.ones(3, requires_grad=True)
if os.getpid() != PID:
    threading.Event().wait()
loss = w.exp().sum()
loss.backward()
"""


@pytest.fixture(scope="module")
def window(qapp, tmp_path_factory) -> Iterator[MainWindow]:
    with w.main_window(tmp_path_factory.mktemp("differences")) as made:
        yield made


def section_of(window: MainWindow) -> DifferencesSection:
    return window.panels.inspector.sections.get(DifferencesSection)


def select(window: MainWindow, **fields: str) -> Node:
    """The first node with these fields, and its section on screen."""
    graph = window.session.graph
    assert graph is not None
    found = next(one for one in graph.nodes if all(getattr(one, key) == value for key, value in fields.items()))
    window.selection.select(SelectedNode(found.id, 0))
    window.panels.inspector.sections.settle()
    section = section_of(window)
    assert section.node == found
    section.set_open(is_open=True)
    return found


def checked(section: DifferencesSection) -> Differences:
    """What the section shows once its check is over."""
    w.until(lambda: not section._state.is_running and section._state.found is not None, "the check is over")
    found = section._state.found
    assert found is not None
    return found


def badge(window: MainWindow, node_id: int) -> str:
    return window.panels.graph.marking._book.badges.get(node_id, "")


def test_the_button_checks_and_what_is_wrong_is_named_with_a_link_a_table_and_a_badge(window) -> None:
    assert w.run(window, WRONG).error is None
    leaf, section = select(window, variable="w", kind="accumulate"), section_of(window)
    assert section.note.text().startswith("Not checked.") and "Ctrl+F7" in section.check.toolTip()
    w.click(section.check)
    assert section.check.isHidden() and not section.cancel.isHidden()
    found = checked(section)
    assert found.status == "differs" and "relative error 0.33" in section.verdict.text()
    assert "k = ScaleBackward (line 10)" in section.said.text()
    assert (section.table.rowCount(), badge(window, leaf.id)) == (12, "differs")
    wanted = found.cells[2].cell
    rect = section.table.visualItemRect(section.table.item(2, 1))
    w.click(section.table.viewport(), rect.center())
    assert window.panels.inspector.pair.selected_cell == wanted
    section.culprit.linkActivated.emit(f"node:{found.culprit}")
    assert window.selection.node is not None and window.selection.node.name == "ScaleBackward"


def test_the_key_checks_what_is_selected_and_a_run_makes_it_of_before(window) -> None:
    assert w.run(window, WRONG).error is None
    known, section = select(window, variable="k"), section_of(window)
    w.press(window, "Ctrl+F7")
    assert checked(section).status == "agrees"
    assert badge(window, known.id).startswith("checked ") and section.verdict.text().count("Agrees") == 1
    assert w.run(window, WRONG).error is None
    select(window, variable="k")
    assert section.verdict.text().startswith("The program has run again since: this is of before.")
    assert not section.subject.text() and not any(badge(window, one.id) for one in window.session.graph.nodes)


def is_in_view(window: MainWindow) -> bool:
    """Whether the head and the words of the section are on screen."""
    section = section_of(window)
    parts = (section.check, section.verdict)
    return all(part.visibleRegion().boundingRect().size() == part.size() for part in parts)


def test_the_key_brings_the_section_into_view_and_it_stays_there_until_one_scrolls(window) -> None:
    assert w.run(window, WRONG.replace("(3, 4", "(30, 40")).error is None
    window.resize(1000, 700)
    select(window, variable="w", kind="accumulate")
    section = section_of(window)
    section.set_open(is_open=False)
    w.press(window, "Ctrl+F7")
    checked(section)
    w.until(lambda: is_in_view(window), "what came of it is in view")
    area = window.panels.inspector.findChild(QScrollArea, "inspector_scroll")
    w.until(lambda: not window.panels.inspector.sections.is_due, "the sections rest")
    area.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
    section.table.setMinimumHeight(section.table.height() + 200)
    w.until(lambda: section.table.height() > 200, "it has grown")
    assert area.verticalScrollBar().value() == 0


def test_a_check_is_cancelled_while_the_window_lives(window) -> None:
    assert w.run(window, WAITS.replace("PID", str(window.engine.pid))).error is None
    select(window, variable="w", kind="accumulate")
    section = section_of(window)
    w.click(section.check)
    w.until(lambda: section._state.progress is not None, "the copy runs")
    assert section.progress.text() == "Running the program again…"
    w.click(section.cancel)
    assert checked(section).status == "unchecked"
    assert section.verdict.text() == "Not compared. The check was cancelled." and not section.check.isHidden()


def test_an_input_has_no_such_section(window) -> None:
    assert w.run(window, "import torch\nx = torch.ones(2)\nw = torch.ones(2, requires_grad=True)\n"
                 "loss = (x * w).sum()\nloss.backward()\n").error is None  # fmt: skip
    graph = window.session.graph
    x = next(one for one in graph.nodes if one.variable == "x")
    window.selection.select(SelectedNode(x.id, 0))
    window.panels.inspector.sections.settle()
    assert section_of(window).isHidden() and not window.actions_by_id["check_differences"].isEnabled()


@pytest.fixture
def section(qtbot) -> DifferencesSection:
    made = DifferencesSection()
    qtbot.addWidget(made)
    made.resize(340, 500)
    with qtbot.waitExposed(made):
        made.show()
    made.show_node(node(7))
    made.set_open(is_open=True)
    return made


def test_a_sample_says_how_many_cells_and_along_what(section) -> None:
    found = Differences(7, 0, "agrees", 2e-7, 3e-8, 64, 768, n_operations=5)
    section.show_check(CheckState(found=found))
    words = "relative error 2e-07, 64 of 768 cells, chosen at random, all of them along one random direction: 3e-08."
    assert words in section.verdict.text() and section.subject.text() == "checked 2e-07"
    assert "through the 5 operations" in section.note.text()


def test_a_kink_is_muted_and_gives_both_slopes(section) -> None:
    cells = (CellDifference((0,), 0.0, 0.5, "kink", 0.0, 1.0), CellDifference((1,), 1.0, 1.0, "agrees", 1.0, 1.0))
    section.show_check(CheckState(found=Differences(7, 0, "agrees", 0.0, None, 2, 2, n_kinks=1, cells=cells)))
    texts = [section.table.item(0, column).text() for column in range(4)]
    assert texts == ["[0]", "0", "0 … 1", "kink"]


def test_a_reason_takes_the_place_of_numbers(section) -> None:
    reason = Sentence("again.side_effect", "The program writes a.txt (line 3), and that once is enough.")
    section.show_check(CheckState(found=Differences(7, 0, "unchecked", reason=reason)))
    assert section.verdict.text() == f"Not compared. {reason.text}"
    assert section.table.isHidden() and section.note.isHidden() and section.subject.text() == "not compared"


def test_the_table_is_reached_and_followed_by_the_keyboard(qtbot, section) -> None:
    cells = (CellDifference((0, 1), 1.0, 2.0, "differs"), CellDifference((1, 1), 1.0, 3.0, "differs"))
    section.show_check(CheckState(found=Differences(7, 0, "differs", 0.5, None, 4, 4, 2, cells=cells)))
    section.table.setFocus()
    section.table.setCurrentCell(1, 0)
    with qtbot.waitSignal(section.cell_chosen) as chosen:
        QTest.keyClick(section.table, Qt.Key.Key_Return)
    assert chosen.args == [(1, 1)]
