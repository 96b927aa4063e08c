"""Jacobians in the inspector: matrices by cell, the row that backward computes instead, and the chain from the loss."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from engine.protocol.jacobians import Chain, Factor, JacobianShown, LocalJacobian, NodeJacobian, Path, Structure
from engine.protocol.sentence import Sentence
from tests.visualizer.tensor_engine import node
from visualizer.backprop.inspector.jacobian_section import JacobianSection

MATRIX = np.array([[0.5, 0.0, 0.0, 0.0], [0.0, 0.25, 0.0, 0.0]])
DIAGONAL = Structure("diagonal", Sentence("jacobian.diagonal", "Diagonal: cell by cell."))
SAME = Sentence("jacobian.same", "Both agree to the last bit.")


def row(*numbers: float) -> bytes:
    return np.array(numbers, dtype=np.float64).tobytes()


BY_Z = LocalJacobian(
    3, "z", (2, 2), MATRIX.tobytes(), DIAGONAL, product=row(1, 1, 0, 0), leaving=row(1, 1, 0, 0), agreement=SAME
)
CHAIN = Chain(
    1,
    (Path((Factor(-1, "∂L/∂loss", 1, 1), Factor(9, "∂loss/∂a", 1, 2, "one row")), "4.4721"),),
    row(2, 4),
    row(2, 4),
    SAME,
)
MADE = NodeJacobian(7, 0, "a", (2,), row(2, 4), (BY_Z,), CHAIN)


@pytest.fixture
def section(qtbot) -> JacobianSection:
    """Alone in a window, as wide as in a dock."""
    made = JacobianSection()
    qtbot.addWidget(made)
    made.resize(420, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def show(qtbot, section: JacobianSection, made: NodeJacobian) -> None:
    """It is opened with a click, asks, and shows this answer."""
    section.show_node(node(made.node))
    with qtbot.waitSignal(section.wanted):
        QTest.mouseClick(section.findChild(QToolButton), Qt.MouseButton.LeftButton)
    section.answered(made.node, JacobianShown(jacobian=made))


def test_it_is_folded_at_first_and_asks_only_once_it_is_opened(qtbot, section) -> None:
    asked: list[int] = []
    section.wanted.connect(lambda request: asked.append(request.node))
    section.show_node(node(4))
    section.repaint()
    qtbot.wait(0)
    assert not asked
    show(qtbot, section, MADE)
    assert asked == [7]


def test_matrix_rows_and_agreement_stand_below_each_other(qtbot, section) -> None:
    show(qtbot, section, MADE)
    (view,) = section.views
    assert view.title.text() == "∂a/∂z · 2 × 4 · diagonal"
    assert view.product.text() == "arriving (1 × 2) · J (2 × 4) = leaving (1 × 4)"
    assert view.said.text() == "Diagonal: cell by cell." and view.agreement.text() == SAME.text
    assert view.arriving.isVisible() and view.leaving.caption.text() == "∂L/∂z leaves, as PyTorch computed it"
    assert section.note.text().startswith("Backward never makes J")
    qtbot.waitUntil(lambda: view.matrix.feed.detail is not None)
    assert view.matrix.feed.detail.text_at(1, 1) == "0.2500"


def test_a_cell_is_named_by_the_cells_of_result_and_operand(qtbot, section) -> None:
    show(qtbot, section, MADE)
    matrix = section.views[0].matrix
    assert [matrix.camera.name_row(1), matrix.camera.name_column(2)] == ["1", "1,0"]
    assert matrix.words_at(1, 1) == "∂a[1]/∂z[0,1] = 0.2500"
    assert section.views[0].leaving.cells.words_at(0, 1) == "∂L/∂z[0,1] = 1.0000"


def test_arrow_keys_go_from_cell_to_cell_of_a_matrix(qtbot, section) -> None:
    show(qtbot, section, MADE)
    matrix = section.views[0].matrix
    matrix.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(matrix, key)
    assert matrix.camera.selected == (1, 1)


def test_the_chain_names_each_jacobian_with_its_size_and_leads_to_its_node(qtbot, section) -> None:
    show(qtbot, section, MADE)
    words = section.chain.text()
    assert "∂L/∂a is one path from the loss." in words and "1 × 2" in words and "one row" in words
    assert section.product.isVisible() and section.gradient.isVisible() and section.agreement.text() == SAME.text
    with qtbot.waitSignal(section.node_chosen) as chosen:
        section.chain.setFocus()
        QTest.keyClick(section.chain, Qt.Key.Key_Tab)
        QTest.keyClick(section.chain, Qt.Key.Key_Return)
    assert chosen.args == [9]


def test_where_there_is_no_matrix_the_sentence_stands_and_what_leaves_is_explained_all_the_same(qtbot, section) -> None:
    said = Sentence("jacobian.too_large", "It would be 300 × 300.")
    large = LocalJacobian(3, "w", (300,), said=said)
    refused = Chain(said=(Sentence("chain.too_large", "On the way is a large one."),))
    show(qtbot, section, NodeJacobian(7, 0, "y", (300,), b"", (large,), refused))
    (view,) = section.views
    assert view.matrix.isHidden() and view.said.text() == said.text and view.leaving.isHidden()
    assert view.product.text() == "arriving (1 × 300) · J (300 × 300) = leaving (1 × 300)"
    assert section.chain_said.text() == "On the way is a large one." and section.product.isHidden()


def test_of_a_leaf_there_is_the_chain_alone_and_of_the_loss_the_matrix(qtbot, section) -> None:
    show(qtbot, section, NodeJacobian(7, 0, "w", (2,), row(2, 4), (), CHAIN))
    assert not section.views and "leaf" in section.note.text() and section.product.isVisible()
    by_a = LocalJacobian(3, "a", (2,), row(2, 4), product=row(2, 4), leaving=row(2, 4), agreement=SAME)
    section.refresh()
    qtbot.waitUntil(lambda: section._asked == 7)
    section.answered(7, JacobianShown(jacobian=NodeJacobian(7, 0, "loss", (), row(1), (by_a,), None)))
    assert "begins here" in section.chain_said.text() and section.chain.isHidden() and section.product.isHidden()
