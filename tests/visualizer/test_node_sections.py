"""The inspector's sections wait until a pass that is stepped rests, and say meanwhile of which node they are."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from engine.protocol.flow import ArrivedGradient, NodeFlow
from engine.protocol.messages import AskFlow, FlowShown
from engine.shared.language import tr
from tests.visualizer.tensor_engine import node
from tests.visualizer.window import until
from visualizer.backprop.inspector.flow_section import FlowSection
from visualizer.backprop.inspector.node_section import NodeSection
from visualizer.backprop.inspector.node_sections import NodeSections
from visualizer.backprop.inspector.veil import Veil
from visualizer.backprop.inspector.why_section import WhySection
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import use_language


@pytest.fixture
def sections(qtbot) -> NodeSections:
    """As wide as in a dock, and what it asked for in `asked`."""
    above = WhySection()
    qtbot.addWidget(above)
    made = NodeSections(above)
    made.above = above  # it lives as long
    made.asked = []
    made.wanted.connect(lambda section, request: made.asked.append(request))
    qtbot.addWidget(made)
    made.resize(340, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def flows(sections) -> list[int]:
    """The nodes that were asked about."""
    return [request.node for request in sections.asked if isinstance(request, AskFlow)]


def answer(sections, number: int) -> None:
    until(lambda: number in flows(sections), "it asks about the node")
    sections.get(FlowSection).answered(number, FlowShown(flow=NodeFlow(number, (ArrivedGradient("h", (2,), 1.5),), ())))


def test_of_a_pass_that_is_stepped_only_the_node_where_it_rests_is_asked_about(sections) -> None:
    for number in range(5, 30):
        sections.show_node(node(number), 0, at_rest=True)
    until(lambda: flows(sections), "it asks once the pass rests")
    assert set(flows(sections)) == {29}


def test_a_node_that_is_chosen_is_asked_about_at_once(sections) -> None:
    sections.show_node(node(5), 0, at_rest=True)
    sections.show_node(node(6), 0)
    assert sections._rest.isActive()
    QTest.qWait(0)
    assert not sections._rest.isActive(), "without a rest"
    until(lambda: flows(sections), "it asks")
    assert set(flows(sections)) == {6}


def test_words_that_stay_of_another_node_say_so_until_their_own_come_and_nothing_moves(sections) -> None:
    veil, flow = sections.findChild(Veil), sections.get(FlowSection)
    sections.show_node(node(5, name="TanhBackward0"), 0)
    answer(sections, 5)
    until(lambda: not sections._patience.isActive(), "it has waited for its words")
    assert veil.isHidden(), "they are its own"
    QTest.qWait(0)
    before = flow.geometry()
    sections._rest.setInterval(10**6)  # the steps go on
    sections.show_node(node(6), 0, at_rest=True)
    until(veil.isVisible, "they say so")
    assert "Arrives and leaves: still of TanhBackward0" in veil.accessibleName()
    assert flow.geometry() == before and veil.geometry() == sections.rect() and flows(sections) == [5]
    sections.settle()
    answer(sections, 6)
    assert "Arrives and leaves" not in veil.accessibleName() or veil.isHidden()


@pytest.mark.parametrize("language", ["en", "pt_BR"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_words_of_a_section_that_is_still_of_another_node_leave_its_title_whole(sections, language, scale) -> None:
    theme.current().set_scale(scale)
    use_language(language)
    veil, found = sections.findChild(Veil), sections.findChildren(NodeSection)
    for section in found:
        section.show()
        section.set_open(is_open=True)
        section.shown_name = "ScaledDotProductFlashAttentionForCpuBackward0"
    sections.resize(round(340 * scale), 4000)
    until(lambda: all(section.head_rect().height() > 0 for section in found), "they are laid out")
    veil.cover(found)
    for section in found:
        title, words = section.findChild(ElidedLabel), veil.plate(section)
        assert title.text() == tr(section.title)
        assert not words.intersects(title.geometry().translated(section.pos())), section.title
        assert words.width() > 60 * scale and sections.rect().contains(words), section.title


def test_a_folded_section_bears_no_name_of_a_node_before(sections) -> None:
    flow = sections.get(FlowSection)
    sections.show_node(node(5, name="TanhBackward0"), 0)
    answer(sections, 5)
    assert flow.subject.text() == "TanhBackward0"
    flow.set_open(is_open=False)
    assert flow.subject.text() == "TanhBackward0", "it is of this node still"
    sections.show_node(node(6, name="MulBackward0"), 0)
    until(lambda: not flow.subject.text(), "it says of whom no more")
    flow.set_open(is_open=True)
    answer(sections, 6)
    assert flow.subject.text() == "MulBackward0"


def test_sections_on_screen_are_awaited_until_they_say_what_is_so_of_the_node_of_now(sections) -> None:
    sections.show_node(node(5, name="TanhBackward0"), 0)
    assert sections.is_awaited, "they are to follow"
    until(lambda: 5 in flows(sections), "it asks")
    assert sections.is_awaited and sections.get(FlowSection).is_awaited, "nothing has come"
    answer(sections, 5)
    assert not sections.get(FlowSection).is_awaited
    sections.show_node(node(6), 0)
    sections.settle()
    assert sections.get(FlowSection).is_awaited, "it is of the node before"
    sections.hide()
    assert not sections.is_awaited, "nobody sees it"
