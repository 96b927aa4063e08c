"""What a node holds for backward, in the inspector and on the timeline."""

from __future__ import annotations

import pytest

from engine.protocol.messages import AskSaved, SavedShown
from engine.protocol.notes import Freed
from engine.protocol.saved import HeldTotal, NodeSaved, SavedTensor
from engine.protocol.sentence import Sentence
from tests.visualizer.tensor_engine import node
from visualizer.backprop.inspector.saved_section import SavedSection
from visualizer.backprop.timeline.life import Life
from visualizer.backprop.timeline.marks import Marks

WRITTEN = Sentence("saved.written", "h += 1 at line 6 changed it in place.")
RESULT = SavedTensor("result", "h", (3,), "float32", 12, 12, (8,), 1, 0, WRITTEN)
SAVED = NodeSaved(7, (RESULT,), None, 12, None, (8, 7), (2, 3), 3, HeldTotal((12, 24, 12, 0), 2, 0, 3))


@pytest.fixture
def section(qtbot) -> SavedSection:
    made = SavedSection()
    qtbot.addWidget(made)
    made.resize(420, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def show(qtbot, section: SavedSection, saved: NodeSaved) -> None:
    with qtbot.waitSignal(section.wanted) as asked:
        section.show_node(node(saved.node))
    assert asked.args == [AskSaved(graph=0, node=saved.node)]
    section.answered(saved.node, SavedShown(saved=saved))


def test_it_is_folded_until_somebody_opens_it_and_asks_for_nothing_until_then(qtbot, section) -> None:
    with qtbot.assertNotEmitted(section.wanted):
        section.show_node(node(7))
        section.repaint()
    with qtbot.waitSignal(section.wanted):
        section.set_open(is_open=True)


def test_each_tensor_is_told_with_owner_size_sharing_and_versions(qtbot, section) -> None:
    section.set_open(is_open=True)
    show(qtbot, section, SAVED)
    words = section.rows.text()
    for part in (
        "600'>result</span> = h",
        "(3,) float32",
        "12 B",
        "shared with 1 other node",
        "version 0, now 1",
        "line 6",
    ):
        assert part in words
    assert "read at steps 2, 3" in section.life.text() and "step 3" in section.life.text()
    assert section.plot.toolTip() == "All nodes together hold 24 B at most"
    assert section.forecast.isHidden()


def test_a_second_backward_that_will_fail_is_said_first(qtbot, section) -> None:
    section.set_open(is_open=True)
    said = Sentence("backward.freed_whole", "loss.backward(): loss.backward() at line 6 has gone back already.")
    released = Sentence("saved.freed", "loss.backward() (line 6) freed it once it had run.")
    show(qtbot, section, NodeSaved(7, (), Freed(), 12, released, forecast=said, forecast_node=7))
    assert section.forecast.text() == said.text
    assert section.rows.text() == "What it held: freed."
    assert section.life.text().startswith(released.text)


def test_what_hooks_have_packed_is_said_to_be_packed(qtbot, section) -> None:
    section.set_open(is_open=True)
    show(qtbot, section, NodeSaved(7, (SavedTensor("self", is_packed=True),)))
    assert "packed by your hook" in section.rows.text()


def test_the_life_of_a_tensor_is_told_to_the_timeline_and_ends_with_the_fold(qtbot, section) -> None:
    section.set_open(is_open=True)
    with qtbot.waitSignal(section.life_shown) as shown:
        show(qtbot, section, SAVED)
    assert shown.args == [SAVED]
    with qtbot.waitSignal(section.life_shown) as ended:
        section.set_open(is_open=False)
    assert ended.args == [None]


def test_the_places_of_a_life_have_words_on_the_timeline() -> None:
    life, marks = Life(), Marks((5, 8, 7))
    assert [life.words_at(marks, place) for place in range(3)] == ["", "", ""]
    life.set_saved(SAVED)
    assert [life.words_at(marks, place) for place in range(3)] == [
        "",
        ", what the selected node made is read",
        ", what the selected node made is read, and freed, unless the graph is retained, "
        "the gradient of the selected tensor arrives",
    ]
