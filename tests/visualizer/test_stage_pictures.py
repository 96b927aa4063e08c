"""An axis of three as red, green and blue: offered where there is one, and never taken for one without a word."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
import torch
from PySide6.QtWidgets import QComboBox

from engine.protocol.keys import VariableKey
from engine.tensors.summary import summarize
from tests.visualizer.window import main_window, run, until
from visualizer.backprop.stage.tensor_block import TensorBlock
from visualizer.backprop.tensor_view.pictures import color_axes, color_range, first_planes, may_be_picture, range_words
from visualizer.backprop.tensor_view.planes import Planes
from visualizer.look import color_maps

BYTES = torch.randint(0, 256, (20, 30, 3), generator=torch.Generator().manual_seed(0)).to(torch.uint8)


@pytest.mark.parametrize(
    ("shape", "axis", "shown"),
    [
        ((3, 4, 5), 0, (1, 2)), ((4, 5, 3), 2, (0, 1)), ((2, 3, 4, 5), 1, (2, 3)), ((2, 4, 5, 3), 3, (1, 2)),
        ((3, 3, 3), 1, (0, 2)),
    ],
)  # fmt: skip
def test_each_pixel_is_in_one_cell_of_one_sheet(shape, axis, shown):
    planes = Planes(shape).colored(axis)
    assert (planes.row_axis, planes.column_axis) == shown and planes.color_axes.count(axis) == 1
    rows, columns = planes.sheet_size
    seen = [planes.element(*cell) for cell in product(range(planes.n_sheets), range(rows), range(columns))]
    assert len(set(seen)) == len(seen) == math.prod(shape) // 3
    for element in product(*map(range, shape)):
        sheet, row, column = planes.place_of(element)
        assert planes.element(sheet, row, column) == (*element[:axis], 0, *element[axis + 1 :])
    assert planes.colored(None).colors is None and planes.turned((axis, shown[0])).colors is None


def test_bytes_open_as_a_picture_and_nothing_else_does():
    assert first_planes(summarize(BYTES)).colors == 2
    assert first_planes(summarize(BYTES.permute(2, 0, 1))).colors == 0
    assert first_planes(summarize(BYTES.permute(2, 0, 1)[None].expand(2, -1, -1, -1))).colors == 1
    for other in (BYTES.float(), BYTES[:4], BYTES[:, :3], BYTES.bool(), BYTES[..., 0], BYTES.long()):
        assert first_planes(summarize(other)).colors is None
    assert may_be_picture(summarize(BYTES.float())) and not may_be_picture(summarize(BYTES.to(torch.complex64)))


@pytest.mark.parametrize(
    ("tensor", "bounds", "words"),
    [
        (BYTES, (0, 255), "0 is dark, 255 is bright"),
        (BYTES / 255, (0, 1), "0 is dark, 1 is bright"),
        (
            torch.tensor([-2.0, 2.5, 0.0]).expand(9, 9, 3), (-2, 2.5),
            "-2, the smallest number, is dark; 2.500, the largest, is bright",
        ),
    ],
)  # fmt: skip
def test_which_numbers_are_dark_and_bright_is_said(tensor, bounds, words):
    assert color_range(summarize(tensor)) == bounds and range_words(summarize(tensor)) == words


def test_a_pixel_that_is_not_finite_is_not_drawn():
    colors = color_maps.mixed(np.float32([[[0, 0.5, 1], [np.nan, 0, 0], [-1, 2, 0]]]), 0.0, 1.0)
    assert colors.tolist() == [[[0, 128, 255, 255], [0, 0, 0, 0], [0, 255, 0, 255]]]


def test_the_stage_shows_the_colours_of_a_tensor(tmp_path):
    with main_window(tmp_path) as window:
        run(window, "import torch\ntorch.manual_seed(0)\nx = torch.randint(0, 256, (20, 30, 3)).to(torch.uint8)\n")
        stage = window.panels.stage
        torch.manual_seed(0)
        expected = torch.randint(0, 256, (20, 30, 3)).to(torch.uint8).numpy()

        def colors() -> np.ndarray | None:
            detail = stage.sheets.sheets[0].feed.detail if stage.sheets.sheets else None
            return None if detail is None or detail.rectangle.step > 1 else detail.colors

        until(
            lambda: (found := colors()) is not None and np.array_equal(found[..., :3], expected), "the picture is here"
        )
        pixel = " ".join(map(str, expected[1, 2]))
        until(lambda: stage.sheets.text_at((1, 2, 0)) == pixel, "what was asked before the run ended is asked again")
        assert "k: 3 colours" in stage.axes.text() and stage.foot.bar.isHidden()
        box = stage.places.findChild(QComboBox, "stage_colours")
        assert box.currentData() == 2 and not box.isHidden()
        box.setCurrentIndex(0)
        box.activated.emit(0)
        feed = stage.sheets.sheets[0].feed
        until(lambda: feed.detail is not None and not feed.detail.rectangle.colors, "the cells of one channel are here")
        assert stage.sheets.planes.colors is None and "k: 3 sheets" in stage.axes.text()


def test_a_fourth_channel_is_opacity_where_numbers_are_a_files():
    clear = torch.cat([BYTES, BYTES[..., :1]], dim=-1)
    assert first_planes(summarize(clear)).colors == 2 and color_axes(summarize(clear / 255)) == (2,)
    assert first_planes(summarize(clear.permute(2, 0, 1))).colors is None  # four masks, as likely
    assert color_axes(summarize(clear.float() - 1)) == () and color_axes(summarize(BYTES.float() - 1)) == (2,)
    assert range_words(summarize(clear), 4).startswith("RGBA: 0 is dark, 255 is bright")
    rgba = color_maps.mixed(np.float32([[[0, 0.5, 1, 0.5], [1, 1, 1, 0], [1, 1, np.nan, 1]]]), 0.0, 1.0)
    assert rgba.tolist() == [[[0, 128, 255, 128], [255, 255, 255, 0], [0, 0, 0, 0]]]
    assert color_maps.over(rgba, 100)[0, 0].tolist() == [50, 114, 178, 255]


PICTURES = """import torch
torch.manual_seed(0)
x = torch.randint(0, 256, (20, 30, 4)).to(torch.uint8)
f = torch.rand(3, 12, 14)
y = f.flip(2)
"""


def channels_of(feed) -> np.ndarray | None:
    """What its picture is made of, once it is one in colours and of what is shown."""
    detail = feed.detail
    if detail is None or feed.is_stale or not detail.rectangle.colors:
        return None
    return np.stack([one.array() for one in detail.rectangle.colors])


def test_the_inspector_shows_colours_as_the_stage_does(tmp_path):
    with main_window(tmp_path) as window:
        run(window, PICTURES)
        torch.manual_seed(0)
        x = torch.randint(0, 256, (20, 30, 4)).to(torch.uint8).numpy()
        f = torch.rand(3, 12, 14).numpy()
        pair = window.panels.inspector.pair
        feed = pair.value.feed
        window.selection.select_variable("x")
        until(lambda: channels_of(feed) is not None, "the picture is here")
        assert np.array_equal(channels_of(feed), np.moveaxis(x, -1, 0)) and feed.detail.is_translucent
        assert pair.axes.words.text().startswith("RGBA") and pair.value.color_bar.isHidden()
        pair.show_cell((2, 5, 0))
        assert pair.selected_cell == (2, 5, 0)
        until(lambda: pair.value.text_at(2, 5) == " ".join(map(str, x[2, 5])), "its four numbers are here")
        window.selection.select_variable("f")
        until(lambda: pair.value.details is not None and feed.is_here, "the cells are here")
        assert pair.axes.colors is None and not feed.detail.rectangle.colors  # floats are not guessed to be a picture
        box = pair.axes.findChild(QComboBox, "axis_colours")
        box.setCurrentIndex(box.findData(0))
        box.activated.emit(box.currentIndex())
        until(lambda: channels_of(feed) is not None, "the picture is here")
        assert np.array_equal(channels_of(feed), f)
        assert pair.axes.words.text() == "0 is dark, 1 is bright" and pair.value.color_bar.isHidden()


def test_an_operand_is_seen_in_colours_too(tmp_path):
    with main_window(tmp_path) as window:
        run(window, PICTURES)
        operands = window.panels.stage.operands
        until(lambda: operands.blocks and not operands.blocks[0].colors.isHidden(), "the operand may be a picture")
        block = operands.blocks[0]
        assert block.colors.text() == "RGB" and block.colors.toolTip() == "0 is dark, 1 is bright"
        block.colors.click()
        until(lambda: channels_of(block.sheets.sheets[0].feed) is not None, "the operand's picture is here")
        assert window.panels.stage.block.colors.isHidden()  # which has the bar above for it
        block.colors.click()
        assert block.sheets.planes.colors is None


def test_the_button_of_colours_takes_no_room_from_shape_and_dtype(qtbot) -> None:
    block = TensorBlock()
    qtbot.addWidget(block)
    block.offer_colors()
    block.name("img", "(3, 8, 8) uint8")
    block.show_tensor(VariableKey("img"), summarize(BYTES))
    block.resize(150, 200)
    block.show()
    qtbot.waitExposed(block)
    assert block.colors.isVisible() and block.caption.width() > block.title.width()
