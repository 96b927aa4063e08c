"""A step of a pass paints what it changes, and no more: painted rectangles are counted here, not milliseconds."""

from __future__ import annotations

import msgspec
import pytest
import torch
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from engine.protocol.keys import NodeGradKey, NodeValueKey, VariableKey
from tests.visualizer.painted import Painted
from tests.visualizer.tensor_engine import Engine, node, settled, variable
from visualizer.backprop.inspector.panel import InspectorPanel
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.look.one_frame import OneFrame

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window


def test_value_and_gradient_of_the_next_node_are_painted_once(qtbot: QtBot) -> None:
    torch.manual_seed(0)
    panel = InspectorPanel()
    qtbot.addWidget(panel)
    panel.resize(375, 760)
    panel.show()
    qtbot.waitExposed(panel)
    keys = (NodeValueKey(7), NodeGradKey(7), NodeValueKey(8), NodeGradKey(8))
    Engine(panel, {key: torch.randn(4, 5) for key in keys})

    def show(at: int) -> None:
        one = msgspec.structs.replace(node(), id=at)
        panel.show_node(one, state_text="current", category="activation", has_gradient=True)
        for section in (panel.value, panel.gradient):
            settled(qtbot, section)
        frame = panel.pair.findChild(OneFrame)
        assert isinstance(frame, OneFrame)
        qtbot.waitUntil(lambda: not frame.is_awaited)
        for _ in range(3):
            QApplication.processEvents()

    show(7)
    painted = [Painted(part) for part in (panel.value.heat_map, panel.value.statistics, panel.gradient.statistics)]
    show(8)
    assert [part.n_frames for part in painted] == [1, 1, 1]
    panel.shut_down()


def test_a_picture_that_does_not_come_is_not_waited_for(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    frame = OneFrame(widget, lambda: False)
    frame.begin()
    assert not widget.updatesEnabled()
    frame.begin()
    qtbot.waitUntil(lambda: not frame.is_awaited)
    assert widget.updatesEnabled()


def test_the_words_beside_the_held_line_paint_that_line(qtbot: QtBot) -> None:
    panel = ProgramPanel()
    qtbot.addWidget(panel)
    panel.resize(500, 400)
    panel.set_text("\n".join(f"x{number} = {number}" for number in range(12)))
    panel.editor.run_lines.begin("untitled.py", panel.editor.text())
    panel.show()
    qtbot.waitExposed(panel)
    panel.set_paused("paused 1 / 9", 4)
    QApplication.processEvents()
    painted = [Painted(panel.editor.viewport()), Painted(panel.editor.gutter)]
    panel.set_paused("paused 2 / 9", 4)
    qtbot.waitUntil(lambda: all(part.rects for part in painted))
    row = panel.editor.row_of(panel.editor.document().findBlockByNumber(3)).toAlignedRect()
    for part in painted:
        assert all(row.top() - 1 <= rect.top() and rect.bottom() <= row.bottom() + 1 for rect in part.rects)


def test_the_fields_of_an_axis_serve_the_next_tensor(qtbot: QtBot) -> None:
    panel = InspectorPanel()
    qtbot.addWidget(panel)
    panel.resize(375, 760)
    panel.show()
    qtbot.waitExposed(panel)
    tensors = {"x": torch.zeros(2, 3, 4), "y": torch.ones(5, 2, 2), "z": torch.ones(7)}
    Engine(panel, {VariableKey(name): value for name, value in tensors.items()})
    kept = None
    for name in ("x", "y"):
        panel.show_variable(variable(name, tensors[name]))
        settled(qtbot, panel.value)
        spin = panel.findChild(QSpinBox, "axis_spin_0")
        assert isinstance(spin, QSpinBox) and spin.maximum() == tensors[name].shape[0] - 1 and spin.value() == 0
        assert kept in (None, spin)
        kept = spin
        spin.setValue(1)
        settled(qtbot, panel.value)
        assert panel.axes.index == (1,)
    panel.show_variable(variable("z", tensors["z"]))
    settled(qtbot, panel.value)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert panel.findChild(QSpinBox, "axis_spin_0") is None
    panel.shut_down()
