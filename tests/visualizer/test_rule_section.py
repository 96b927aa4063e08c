"""The rule of a node in the inspector: typeset, wrapped, and asked for only when it is on screen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QToolButton, QWidget

from engine.protocol.messages import RuleShown
from engine.protocol.rules import NodeRule, RuleOperand, SavedValue, Where
from engine.protocol.sentence import Sentence
from tests.processes import send_signal
from tests.visualizer.tensor_engine import node
from tests.visualizer.warm_engine import fresh_helpers
from visualizer.backprop.inspector.rule_section import RuleSection
from visualizer.look import theme
from visualizer.look.spoken import use_language

MEANING = Sentence("meaning.SigmoidBackward0", "The slope is largest where the output is one half.")
FORMULA = (r"\frac{\partial L}{\partial z}", r"= \frac{\partial L}{\partial a} \cdot a\, (1 - a)")
NUMBERS = (r"\frac{\partial L}{\partial z}", r"= {-}1.0889 \cdot 0.0818\, (1 - 0.0818)", "= {-}0.0817")
RULE = NodeRule(
    7, "record", (r"a = \sigma(z)",), MEANING, (RuleOperand("z", FORMULA, NUMBERS, is_checked=True),)
)  # fmt: skip


@pytest.fixture
def section(qtbot) -> RuleSection:
    """Alone in a window, as wide as in a dock."""
    made = RuleSection()
    qtbot.addWidget(made)
    made.resize(420, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def answer(section: RuleSection, rule: NodeRule) -> None:
    """As the engine does."""
    section.answered(rule.node, RuleShown(rule=rule))


def show(qtbot, section: RuleSection, rule: NodeRule) -> None:
    """The section shows this rule, which it has asked for."""
    with qtbot.waitSignal(section.wanted):
        section.show_node(node(rule.node, name="SigmoidBackward0"))
    answer(section, rule)
    qtbot.waitUntil(lambda: section.formulas.is_complete)


def test_formula_numbers_and_meaning_are_shown_and_that_they_agree(qtbot, section) -> None:
    show(qtbot, section, RULE)
    assert [row.pieces for row in section.formulas.rows] == [RULE.forward, FORMULA, NUMBERS]
    assert all(section.typesetter.get(piece).svg for row in section.formulas.rows for piece in row.pieces)
    assert section.meaning.text() == MEANING.text
    assert section.note.text() == "checked against PyTorch"
    assert _ink(section.formulas, "flow.text") and _ink(section.formulas, "text.primary")


def test_what_a_letter_stands_for_is_said_below_the_formulas(qtbot, section) -> None:
    show(qtbot, section, RULE)
    assert section.where.isHidden()
    show(qtbot, section, msgspec.structs.replace(RULE, node=8, where=(Where("u", "a < b"), Where("x_{1}", "f(h)"))))
    assert re.sub("<[^>]*>", " ", section.where.text().replace("<br>", "; ")).split() == (
        ["where", "u", "is", "a", "&lt;", "b", ";", "where", "x", "1", "is", "f(h)"]
    )
    with qtbot.waitSignal(section.wanted):
        section.show_node(node(9))
    answer(section, NodeRule(9, "none"))
    assert section.where.isHidden()


def test_formulas_of_another_node_never_stand_beside_the_words_of_this_one(qtbot, section) -> None:
    show(qtbot, section, RULE)
    with qtbot.waitSignal(section.wanted):
        section.show_node(node(8, name="DivBackward0"))
    answer(section, NodeRule(8, "record", (r"q = n / d",), MEANING))
    assert section.subject.text() == "DivBackward0" and section.formulas.rows == ()
    qtbot.waitUntil(lambda: section.is_shown(8))
    assert [row.pieces for row in section.formulas.rows] == [(r"q = n / d",)]
    answer(section, msgspec.structs.replace(RULE, node=8, operands=()))
    assert [row.pieces for row in section.formulas.rows] == [
        RULE.forward
    ]  # one that was typeset before is there at once


def _ink(widget: QWidget, token: str) -> bool:
    """Whether a widget's picture has a pixel of a colour of the theme."""
    image, color = widget.grab().toImage(), theme.current().color(token).rgb()
    return any(image.pixel(x, y) == color for y in range(image.height()) for x in range(image.width()))


def test_where_it_is_narrow_a_row_goes_on_below_and_nothing_is_wider_than_the_section(qtbot, section) -> None:
    show(qtbot, section, RULE)
    wide = section.formulas.height()
    section.resize(170, 400)
    qtbot.waitUntil(lambda: section.formulas.height() > wide)
    assert all(place.right() <= section.formulas.width() + 1 for _, _, place in section.formulas.placed)


def test_at_twice_the_text_size_formulas_are_twice_as_large(qtbot, section) -> None:
    show(qtbot, section, RULE)
    look = theme.current()
    before, scale = section.formulas.placed[0].place.height(), look.scale
    try:
        look.set_scale(2 * scale)
        assert section.formulas.placed[0].place.height() == pytest.approx(2 * before, rel=0.1)
    finally:
        look.set_scale(scale)


def test_what_is_not_on_screen_is_not_asked_for(qtbot) -> None:
    area, inner = QScrollArea(), QWidget()
    section = RuleSection(inner)
    section.setGeometry(0, 3000, 300, 200)
    inner.resize(300, 3200)
    area.setWidget(inner)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    qtbot.addWidget(area)
    area.resize(320, 300)
    with qtbot.waitExposed(area):
        area.show()
    asked: list[int] = []
    section.wanted.connect(lambda request: asked.append(request.node))
    section.show_node(node(3, name="Node3"))
    section.show_node(node(4, name="Node4"))
    qtbot.wait(0)
    assert not asked
    with qtbot.waitSignal(section.wanted):
        area.verticalScrollBar().setValue(3000)
    assert asked == [4]


def test_one_question_is_on_its_way_and_the_newest_follows_its_answer(qtbot, section) -> None:
    asked: list[tuple[int, object]] = []
    section.wanted.connect(lambda request: asked.append((request.node, request.cell)))
    with qtbot.waitSignal(section.wanted):
        section.show_node(node(1, name="Node1"))
    section.show_node(node(2, name="Node2"))
    section.show_node(node(7, name="Node7"))
    section.show_cell((0, 1))
    section.repaint()
    qtbot.wait(0)
    assert asked == [(1, None)]
    with qtbot.waitSignal(section.wanted):
        answer(section, NodeRule(1, "none"))
    assert asked == [(1, None), (7, (0, 1))]
    assert section.subject.text() == "Node1"  # what is on screen is never taken for the newest
    answer(section, NodeRule(7, "none"))
    assert section.subject.text() == "Node7"


def test_a_folded_section_asks_for_nothing_until_it_is_opened(qtbot, section) -> None:
    show(qtbot, section, RULE)
    fold = section.findChild(QToolButton)
    asked: list[int] = []
    section.wanted.connect(lambda request: asked.append(request.node))
    fold.click()
    section.show_node(node(8))
    section.repaint()
    qtbot.wait(0)
    assert not asked and not section.formulas.isVisible() and fold.toolTip() == "Open “Rule”"
    with qtbot.waitSignal(section.wanted):
        fold.click()
    assert asked == [8] and fold.toolTip() == "Fold “Rule”"


def test_pytorchs_own_text_is_said_to_be_that_and_asked_for_again_while_it_is_read(qtbot, section) -> None:
    with qtbot.waitSignal(section.wanted):
        section.show_node(node(9, name="Node9"))
    with qtbot.waitSignal(section.wanted):
        answer(section, NodeRule(9, "loading"))
        assert "being read" in section.said.text()
    own = RuleOperand("x1", ("∂L/∂x1 = _cdist_backward(grad, x1, x2, p, result)",))
    answer(section, NodeRule(9, "pytorch", ("_cdist_forward(…)",), None, (own,), (SavedValue("p", "2"),)))
    assert section.own.text().splitlines() == ["_cdist_forward(…)", own.formula[0], "p = 2"]
    assert "PyTorch's own text" in section.said.text() and not section.formulas.rows
    assert section.own.font().family() == "JetBrains Mono"


def test_what_cannot_be_set_stands_there_as_it_is_written_and_a_disagreement_is_marked(qtbot, section) -> None:
    odd = RuleOperand("z", (r"\frac{",), said=(Sentence("rule.disagrees", "PyTorch sent on another gradient."),))
    show(qtbot, section, NodeRule(7, "record", ("a",), MEANING, (odd,)))
    formula = section.typesetter.get(r"\frac{")
    assert formula is not None and not formula.svg and formula.failure
    assert _ink(section.formulas, "text.primary")
    assert section.note.text().startswith("differs") and "another gradient" in section.said.text()


@pytest.fixture
def fresh() -> Iterator[None]:
    with fresh_helpers():
        yield


def test_the_typesetting_process_ends_with_the_section_and_is_replaced_when_it_dies(qtbot, fresh) -> None:
    parent = QWidget()
    section = RuleSection(parent)
    section.formulas.set_rows(())
    assert not section.typesetter.process_id  # none before there is a formula
    section.typesetter.request(["a"])
    qtbot.waitUntil(lambda: section.typesetter.get("a") is not None)
    first = section.typesetter.process_id
    with qtbot.waitSignal(section.typesetter.arrived):
        section.typesetter.request(["b"])
        send_signal(first, 9)
    qtbot.waitUntil(lambda: not section.typesetter.process_id)
    section.typesetter.request(["c"])
    qtbot.waitUntil(lambda: section.typesetter.get("c") is not None)
    second = section.typesetter.process_id
    assert second not in (0, first)
    with qtbot.waitSignal(parent.destroyed):
        parent.deleteLater()
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def test_numbers_are_set_as_the_language_in_use_writes_them(qtbot, section) -> None:
    show(qtbot, section, RULE)
    use_language("pt_BR")
    qtbot.waitUntil(lambda: section.formulas.is_complete)
    *_, numbers = section.formulas.rows
    assert numbers.pieces[1:] == (r"= {-}1{,}0889 \cdot 0{,}0818\, (1 - 0{,}0818)", "= {-}0{,}0817")
    assert all(section.typesetter.get(piece).svg for piece in numbers.pieces)
