"""What arrives at a node and what leaves it, as the inspector and the edges say it."""

from __future__ import annotations

import re

import pytest

from engine.protocol.flow import ArrivedGradient, GradientPart, HookChange, NodeFlow, SentGradient
from engine.protocol.graph_values import Card, Edge
from engine.protocol.messages import FlowShown
from engine.protocol.notes import NotRecorded, Partial
from engine.protocol.sentence import Sentence
from tests.visualizer.tensor_engine import node
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.inspector.flow_section import FlowSection

PARTS = (
    GradientPart(3, "MulBackward0", 8, 0, 4.2426, 1.5, 1.0),
    GradientPart(4, "NegBackward0", 9, 0, 1.4142, -0.5, 0.0),
)
NOT_RUN = Sentence("rule.not_run", "This node has not run.")


@pytest.fixture
def section(qtbot) -> FlowSection:
    """Alone in a window, as wide as in a dock."""
    made = FlowSection()
    qtbot.addWidget(made)
    made.resize(340, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def show(qtbot, section: FlowSection, *arrived: ArrivedGradient, sent: tuple[SentGradient, ...] = (), **fields) -> None:
    with qtbot.waitSignal(section.wanted):
        section.show_node(node(7, **fields))
    section.answered(7, FlowShown(flow=NodeFlow(7, arrived, sent)))


def lines(label) -> list[str]:
    """The rows of a table, cells apart by a space."""
    rows = re.findall(r"<tr>(.*?)</tr>", label.text())
    return [" ".join(re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row)) for row in rows]


def test_before_the_step_each_operand_is_said_to_get_its_gradient_after_it(qtbot, section) -> None:
    sent = (SentGradient("x", 2, 0, (4, 5), None, NOT_RUN), SentGradient("W", 5, 1, (5, 5), None, NOT_RUN))
    show(qtbot, section, ArrivedGradient("h", (4, 5), 0.52), sent=sent)
    assert lines(section.arrives) == ["Arrives norm", "∂L/∂h 0.52"]
    assert lines(section.leaves) == ["Sends on to norm", "x after its step", "W after its step"]
    assert not section.said.isVisible()


def test_parts_that_meet_are_rows_and_the_sum_is_below_them(qtbot, section) -> None:
    show(qtbot, section, ArrivedGradient("h", (2,), 2.8284, 2, PARTS), sent=(SentGradient("x", 2, 0, (2,), 7.1),))
    assert lines(section.arrives) == [
        "Arrives from norm share signs",
        "MulBackward0 · line 8 · operand 1 4.243 150\N{NO-BREAK SPACE}% 100\N{NO-BREAK SPACE}%",
        "NegBackward0 · line 9 · operand 1 1.414 -50\N{NO-BREAK SPACE}% 0\N{NO-BREAK SPACE}%",
        "Sum: ∂L/∂h 2.828",
    ]
    assert lines(section.leaves)[1:] == ["x 7.1"]


def test_a_sum_that_waits_for_more_and_one_that_a_hook_changed_say_so(qtbot, section) -> None:
    show(qtbot, section, ArrivedGradient("h", (2,), 4.2, 3, PARTS, note=Partial(2, 3)))
    assert lines(section.arrives)[-1] == "Sum so far, 2 of 3 4.2"
    show(qtbot, section, ArrivedGradient("h", (2,), 1.4, 2, PARTS, HookChange(6, "2.8284", "1.4142")))
    assert lines(section.arrives)[-2:] == ["Sum: ∂L/∂h 2.8284", "The hook of line 6 made of it 1.4142"]


def test_a_part_leads_to_the_node_that_sent_it(qtbot, section) -> None:
    show(qtbot, section, ArrivedGradient("h", (2,), 2.8, 2, PARTS))
    with qtbot.waitSignal(section.node_chosen) as caught:
        section.arrives.linkActivated.emit(re.findall(r'href="([^"]+)"', section.arrives.text())[1])
    assert caught.args == [4]


def test_where_nothing_came_and_where_parts_are_too_large_it_says_so(qtbot, section) -> None:
    show(qtbot, section, ArrivedGradient("h", (2,)))
    assert section.said.text() == "Nothing has arrived here yet." and not section.arrives.isVisible()
    large = tuple(GradientPart(one.node, one.name, one.line, 0, one.norm, note=NotRecorded("large")) for one in PARTS)
    show(qtbot, section, ArrivedGradient("w", (2,), 3.0, 2, large), kind="accumulate")
    assert section.said.text().startswith("Of parts above 4 MiB") and section.said.text().endswith("the leaf's .grad.")


def test_an_edge_has_the_norm_of_what_its_node_sent_on_for_that_operand() -> None:
    book = ContentBook()
    book.add((Card(7, sent=(0.5, None, 0.25)),))
    assert [book.norm_sent(Edge(7, 1, place)) for place in range(4)] == [0.5, None, 0.25, None]
    assert book.norm_sent(Edge(8, 1)) is None
    book.forget_gradients()
    assert book.norm_sent(Edge(7, 1)) is None
