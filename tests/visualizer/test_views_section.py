"""The family of views in the inspector."""

from __future__ import annotations

import re

import pytest

from engine.protocol.messages import AskViews, ViewsShown
from engine.protocol.program_values import Variable
from engine.protocol.sentence import Sentence
from engine.protocol.tensor_values import TensorSummary
from engine.protocol.views import ViewFamily, ViewMember, ViewWrite
from visualizer.backprop.inspector.views_section import ViewsSection
from visualizer.look import theme

BASE = ViewMember("b", (2, 4), (4, 1), 0, ((0.0, 1.0),), True, 3, "CopySlices")
VIEW = ViewMember("v", (4,), (1,), 4, ((0.5, 1.0),), False, 4, "AsStridedBackward0")
WRITE = ViewWrite(Sentence("views.written_by", "v.mul_(2.0) at line 8 wrote."), 2, "MulBackward0", 3, "CopySlices")
FAMILY = ViewFamily(name="v", storage_bytes=32, version=1, members=(BASE, VIEW), writes=(WRITE,))


@pytest.fixture
def section(qtbot) -> ViewsSection:
    made = ViewsSection()
    qtbot.addWidget(made)
    made.resize(420, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.set_open(is_open=True)
    return made


def show(qtbot, section: ViewsSection, family: ViewFamily) -> None:
    with qtbot.waitSignal(section.wanted) as asked:
        section.show_variable(Variable("v", "Tensor", summary=TensorSummary((4,), "float32", "cpu")))
    assert asked.args == [AskViews(name="v")]
    section.answered("v", ViewsShown(family=family))


def test_base_and_views_are_drawn_as_parts_of_one_storage(qtbot, section) -> None:
    show(qtbot, section, FAMILY)
    assert section.said.text() == "2 tensors in one storage of 32 B, version 1"
    assert section.bars.accessibleName() == (
        "b (2, 4) · base · CopySlices; v (4,) · view, from element 4, strides (1,) · AsStridedBackward0"
    )
    image, look = section.bars.grab().toImage(), theme.current()
    chosen = look.color("accent.line").rgb()
    columns = {x for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) == chosen}
    assert columns and min(columns) >= image.width() // 2 - 2


def test_a_write_leads_to_what_stood_for_the_base_before_and_after(qtbot, section) -> None:
    show(qtbot, section, FAMILY)
    assert "v.mul_(2.0) at line 8 wrote." in section.writes.text()
    with qtbot.waitSignal(section.node_chosen) as chosen:
        section.writes.linkActivated.emit(re.findall(r'href="([^"]+)"', section.writes.text())[0])
    assert chosen.args == [2]


def test_a_tensor_without_views_says_so(qtbot, section) -> None:
    show(qtbot, section, ViewFamily(name="v"))
    assert section.said.text() == "No other variable shares its storage."
    assert section.bars.isHidden()
