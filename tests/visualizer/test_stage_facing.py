"""The stage in little room: what an operation made beside or below its operands, and a long name."""

from __future__ import annotations

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QBoxLayout

from engine.protocol.keys import NodeValueKey, OperandKey
from engine.protocol.operations import OperandSeen, OperationSeen
from engine.tensors.details import details
from visualizer.backprop.stage.facing import Ground, is_below, share_of
from visualizer.backprop.stage.panel import TensorStage
from visualizer.backprop.stage.pointed import Pointed
from visualizer.look.labels import ElidedLabel

NARROW = Ground(455, 430, 90, 50, 18, (22, 18), (0.6, 1.3))
WIDE = Ground(1100, 430, 90, 50, 18, (22, 18), (0.6, 1.3))


@pytest.mark.parametrize(
    ("operands", "result", "n_digits", "in_little_room"),
    [
        (((6, 6),), (6, 6), 7, True),  # with its numbers only below
        (((4,), (4,), (4,)), (3, 4), 7, True),
        (((17,), (17,)), (2, 17), 2, True),
        (((2, 2), (2, 2)), (2, 2), 2, False),  # all numbers are seen beside each other
        (((64, 32),), (64, 32), 7, False),  # tall ones
        (((),), (3,), 7, False),
        (((),), (), 7, False),
        (((0, 3),), (0, 3), 7, False),
    ],
)
def test_a_result_stands_below_where_that_shows_more(operands, result, n_digits, in_little_room):
    n_tensors = len(operands) + 1
    assert is_below(operands, result, (n_digits,) * n_tensors, NARROW) == in_little_room
    assert not is_below(operands, result, (min(n_digits, 4),) * n_tensors, WIDE) or len(operands) > 1


def test_long_numbers_have_more_of_the_width_than_short_ones():
    assert share_of((3, 4), 7) > 1.5 * share_of((3, 4), 1) == 1.5 * share_of((3, 4), 3)
    assert share_of((3, 40), 7) == share_of((3, 40), 1) == share_of((3, 12), 7), "cells without numbers are squares"


def test_a_result_whose_shape_is_told_after_its_operation_has_its_room(qtbot, qapp):
    stage = TensorStage()
    qtbot.addWidget(stage)
    stage.resize(455, 600)
    stage.show()
    one, made = NodeValueKey(1, 0), torch.zeros(64, 32)
    operand = OperandSeen("x", shape=(64, 32), dtype="float32", key=OperandKey(7, 0))
    stage.show_tensor(one, "hidden", None)
    stage.set_operation(one, OperationSeen(7, "relu", (operand,), shares=(False,)))
    stage.set_details(details(one, made))
    qapp.processEvents()
    assert stage.block.width() > 0.3 * stage.width() and stage.walk.n_cells == made.numel()
    wide = torch.zeros(6, 6)
    stage.show_tensor(one, "weights", None)
    stage.set_operation(
        one, OperationSeen(8, "softmax", (OperandSeen("m", shape=(6, 6), dtype="float32"),), shares=(False,))
    )
    stage.set_details(details(one, wide))
    qapp.processEvents()
    assert stage.block.y() > stage.operands.geometry().bottom() and stage.block.width() > 400
    assert stage._middle.direction() == QBoxLayout.Direction.TopToBottom


@pytest.mark.parametrize("width", [620, 1000])
def test_equal_tensors_beside_each_other_have_equal_cells_in_equal_rows(qtbot, width):
    stage = TensorStage()
    qtbot.addWidget(stage)
    stage.resize(width, 520)
    stage.show()
    key, operand, made = NodeValueKey(1, 0), OperandKey(7, 0), torch.rand(6, 6)
    stage.show_tensor(key, "weights", None)
    masked = OperandSeen("masked", shape=(6, 6), dtype="float32", key=operand)
    stage.set_operation(key, OperationSeen(7, "softmax", (masked,), shares=(False,)))
    stage.set_details(details(key, made))
    stage.set_details(details(operand, made))
    one, other = stage.operands.blocks[0].sheets, stage.block.sheets
    qtbot.waitUntil(lambda: one.n_shown == other.n_shown == 1)
    assert stage._middle.direction() == QBoxLayout.Direction.LeftToRight
    qtbot.waitUntil(lambda: one.sheets[0].size() == other.sheets[0].size())
    assert one.sheets[0].mapTo(stage, QPoint()).y() == other.sheets[0].mapTo(stage, QPoint()).y()


def test_what_stands_around_operands_is_beside_their_cells(qtbot):
    stage = TensorStage()
    qtbot.addWidget(stage)
    stage.resize(455, 600)
    stage.show()
    key, operand, made = NodeValueKey(1, 0), OperandKey(7, 0), torch.rand(6, 6)
    stage.show_tensor(key, "weights", None)
    masked = OperandSeen("masked", shape=(6, 6), dtype="float32", key=operand)
    stage.set_operation(key, OperationSeen(7, "softmax", (masked,), shares=(False,)))
    stage.set_details(details(key, made))
    stage.set_details(details(operand, made))
    assert stage._middle.direction() == QBoxLayout.Direction.TopToBottom
    cells, (call, equals) = stage.operands.blocks[0].sheets, stage.operands._signs
    qtbot.waitUntil(lambda: cells.n_shown == 1)

    def gaps() -> tuple[int, int]:
        area = cells.sheets[0]
        left = area.mapTo(stage.operands, QPoint()).x()
        return left - call.geometry().right(), equals.x() - left - area.width()

    qtbot.waitUntil(lambda: all(0 <= gap <= 30 for gap in gaps()))
    assert call.text() == "softmax" and equals.text() == "="


def test_a_long_title_is_smaller_and_what_it_is_of_stands_below(qtbot, qapp):
    stage = TensorStage()
    qtbot.addWidget(stage)
    stage.resize(455, 500)
    stage.show()
    key = NodeValueKey(1, 0)
    stage.show_tensor(key, "x", None)
    stage.set_details(details(key, torch.zeros(2, 2)))
    qapp.processEvents()
    assert stage.kind.y() < stage.title.geometry().bottom()
    stage.show_tensor(key, "both = torch.stack([inputs, targets])", None)
    stage.set_details(details(key, torch.zeros(2, 2)))
    qapp.processEvents()
    assert stage.kind.y() >= stage.title.geometry().bottom() and stage.title.width() > 350
    seen = stage.title._fitting_face().horizontalAdvance(stage.title.text())
    assert seen <= stage.title.width() and stage.title.toolTip() == stage.title.text()
    stage.resize(900, 500)
    qapp.processEvents()
    assert stage.kind.y() < stage.title.geometry().bottom()


def test_a_label_that_may_not_be_smaller_keeps_its_font(qtbot):
    label = ElidedLabel(20, "text.primary")
    qtbot.addWidget(label)
    label.set_text("a long one " * 9)
    label.resize(60, 20)
    assert label._fitting_face() is label._face()


@pytest.mark.parametrize("shape", [(2, 2), (15, 4), (4,), (2, 3, 4, 4), ()])
def test_names_stand_right_above_the_cells_and_signs_beside_their_middle(qtbot, shape):
    stage = TensorStage()
    qtbot.addWidget(stage)
    stage.resize(1100, 700)
    stage.show()
    key, made, operand = NodeValueKey(1, 0), torch.zeros(shape), OperandKey(7, 0)
    stage.show_tensor(key, "result", None)
    stage.set_operation(
        key, OperationSeen(7, "relu", (OperandSeen("x", shape=(3, 3), dtype="float32", key=operand),), shares=(False,))
    )
    stage.set_details(details(key, made))
    stage.set_details(details(operand, torch.zeros(3, 3)))
    qtbot.waitUntil(lambda: stage.operands.blocks[0].sheets.n_shown == 1)
    for block in (stage.block, stage.operands.blocks[0]):
        head = block.title.parentWidget().geometry()
        assert head.left() >= 0
        assert head.right() < block.width()
        if not block.sheets.isHidden():
            assert 0 <= block.sheets.y() + block.sheets.sheets[0].y() - head.bottom() < 12
    cells = stage.operands.blocks[0].sheets
    middle = cells.mapTo(stage, cells.sheets[0].geometry().center()).y()
    for sign in stage.operands.findChildren(ElidedLabel, options=Qt.FindChildOption.FindDirectChildrenOnly):
        assert abs(sign.mapTo(stage, sign.contentsRect().center()).y() - middle) < 12, sign.text()


@pytest.mark.parametrize(("shape", "height"), [((2, 3, 2, 3, 2, 2), 430), ((2, 3, 2, 3, 2, 2), 490), ((2,) * 8, 460)])
def test_cells_have_room_where_much_stands_around_them(qtbot, shape, height):
    stage = TensorStage()
    qtbot.addWidget(stage)
    stage.resize(420, height)
    stage.show()
    key, made, operand = NodeValueKey(1, 0), torch.zeros(shape), OperandKey(7, 0)
    stage.show_tensor(key, "c = torch.arange(2*3*2*3*2*2).reshape(2,3,2,3,2,2) - 10**9", None)
    seen = OperandSeen("torch.arange(144)", shape=shape, dtype="float32", key=operand)
    stage.set_operation(key, OperationSeen(7, "-", (seen,), shares=(False,)))
    stage.set_details(details(key, made))
    stage.set_details(details(operand, made))
    stage.set_reason("Nothing here requires a gradient: make a tensor with requires_grad=True and compute with it.")
    qtbot.waitUntil(lambda: stage.sheets.sheets[0].heat_map.visible().end_row == shape[-2])
    assert stage.walk_bar.isVisible()
    stage.resize(1100, 900)
    assert stage.reason.isVisible() and stage.axes.isVisible() and stage.foot.isVisible()


def test_a_cell_that_is_pointed_at_waits_for_its_tensor_and_what_made_it():
    pointed = Pointed()
    pointed.await_tensor("x")
    pointed.point("x", (1, 9))
    pointed.has_shape = True
    assert pointed.taken("x", (2, 3)) is None, "what made it is not here"
    pointed.await_tensor("x")
    pointed.has_shape = pointed.has_operation = True
    assert pointed.taken("x", (2, 3)) == (1, 2) and pointed.taken("x", (2, 3)) is None
    pointed.point("x", (0,))
    assert pointed.taken("x", (2, 3)) is None, "of another rank"
    pointed.point("x", (0, 0))
    pointed.await_tensor("y")
    pointed.await_tensor("x")
    pointed.has_shape = pointed.has_operation = True
    assert pointed.taken("x", (2, 3)) is None, "somebody has looked at another meanwhile"
