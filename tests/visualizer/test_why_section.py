"""Why there is no gradient, in the inspector: asked of what is selected, with links to the cause."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.protocol.messages import AskWhy, WhyShown
from engine.protocol.program_values import Variable
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source
from engine.protocol.tensor_values import TensorSummary
from engine.protocol.why import GradientWhy
from tests.visualizer.tensor_engine import node
from visualizer.backprop.inspector.why_section import WhySection

CUT = Sentence("graph.cut_detached", "z has no graph: it was cut at line 7 by h.detach(), which detaches.")
PLACE = Source("program.py", 7, 4, 7, 14, "h.detach()")
VARIABLE = Variable("z", "Tensor", summary=TensorSummary((2,), "float32", "cpu"))


@pytest.fixture
def section(qtbot) -> Iterator[WhySection]:
    around = QWidget()
    qtbot.addWidget(around)
    made = WhySection(around)
    QVBoxLayout(around).addWidget(made)
    around.resize(420, 300)
    with qtbot.waitExposed(around):
        around.show()
    made.show()
    yield made


ZERO = Sentence("zero.rectified", "torch.relu(z) at line 3 let none of it through.")
NAN = Sentence("not_finite.backward", "torch.sqrt(z), backward: sqrt of 0.")
NOT_YET = Sentence("grad.none_yet", "w.grad is None: no backward has reached it yet.")


def shown_links(section: WhySection) -> list[str]:
    return [link.text() for link in (section.line, section.cause, section.behind) if not link.isHidden()]


def test_a_cut_is_said_with_links_to_its_line_and_to_what_lies_behind(qtbot, section) -> None:
    with qtbot.waitSignal(section.wanted) as asked:
        section.show_variable(VARIABLE)
    assert asked.args == [AskWhy(name="z")]
    section.answered("z", WhyShown(why=GradientWhy(name="z", said=(CUT,), place=PLACE, behind="h")))
    assert section.said.text() == CUT.text
    assert shown_links(section) == ["Go to line 7", "Show the graph of h"]
    with qtbot.waitSignal(section.place_clicked) as went:
        qtbot.mouseClick(section.line, Qt.MouseButton.LeftButton)
    assert went.args == [PLACE]
    with qtbot.waitSignal(section.graph_wanted) as wanted:
        qtbot.mouseClick(section.behind, Qt.MouseButton.LeftButton)
    assert wanted.args == ["h"]


def test_a_ghost_leads_to_the_cut_in_front_of_it(qtbot, section) -> None:
    with qtbot.waitSignal(section.wanted) as asked:
        section.show_node(node(5, kind="ghost"))
    assert asked.args == [AskWhy(node=5)]
    section.answered(5, WhyShown(why=GradientWhy(5, said=(CUT,), cause=3)))
    assert shown_links(section) == ["Select the cause in the graph"]
    with qtbot.waitSignal(section.node_chosen) as chosen:
        qtbot.mouseClick(section.cause, Qt.MouseButton.LeftButton)
    assert chosen.args == [3]


def test_a_gradient_that_is_there_is_said_to_be_there(qtbot, section) -> None:
    with qtbot.waitSignal(section.wanted):
        section.show_node(node(5))
    section.answered(5, WhyShown(why=GradientWhy(5, has_gradient=True)))
    assert section.said.text() == "A gradient is here, and it is not 0 everywhere."
    assert shown_links(section) == []


@pytest.mark.parametrize(
    ("why", "title", "is_told"),
    [
        (GradientWhy(5, said=(CUT,)), "Why no gradient?", True),
        (GradientWhy(5, has_gradient=True, said=(ZERO,)), "Why is the gradient 0?", False),
        (GradientWhy(5, has_gradient=True, said=(NAN,)), "Why is the gradient not finite?", False),
        (GradientWhy(5, has_gradient=True), "Is there a gradient?", False),
    ],
)
def test_its_title_is_what_it_answers(qtbot, section, why, title, is_told) -> None:
    with qtbot.waitSignal(section.wanted):
        section.show_node(node(5))
    section.answered(5, WhyShown(why=why))
    assert section.accessibleName() == title and section.is_told == is_told
    section.set_open(is_open=False)
    assert not section.is_told, "folded, its reason cannot be read"


def test_an_answer_about_what_is_no_longer_selected_is_not_shown(qtbot, section) -> None:
    with qtbot.waitSignal(section.wanted):
        section.show_variable(VARIABLE)
    section.show_nothing()
    section.answered("z", WhyShown(why=GradientWhy(name="z", said=(CUT,))))
    assert section.said.text() == ""


def test_a_variable_that_is_no_tensor_has_no_such_section(section) -> None:
    section.show_variable(Variable("n", "int", "3"))
    assert section.isHidden()


@pytest.mark.parametrize(
    ("why", "is_shown"),
    [
        (GradientWhy(5, has_gradient=True, said=(ZERO,)), True),
        (GradientWhy(5, said=(CUT,)), True),
        (GradientWhy(5, said=(NOT_YET,)), False),
        (GradientWhy(5, has_gradient=True), False),
    ],
)
def test_it_comes_above_the_tensors_with_an_answer_that_was_not_to_be_expected(qtbot, section, why, is_shown) -> None:
    section.expect()
    with qtbot.waitSignal(section.wanted) as asked:
        section.show_node(node(5))
    assert asked.args == [AskWhy(node=5)] and section.isHidden() and section.is_awaited
    section.answered(5, WhyShown(why=why))
    assert section.isVisible() == is_shown and not section.is_awaited
    section.ask()
    assert section.isVisible(), "the person asked"
    section.expect()
    assert section.isHidden(), "of another node, until there is an answer"
