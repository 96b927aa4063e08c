"""An axis of three as red, green and blue: offered where there is one, and never taken for one without a word."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
import torch
from PySide6.QtWidgets import QComboBox

from engine.tensors.summary import summarize
from tests.visualizer.window import main_window, run, until
from visualizer.backprop.stage.pictures import color_range, first_planes, may_be_picture, range_words
from visualizer.backprop.stage.planes import Planes
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
        assert stage.sheets.text_at((1, 2, 0)) == " ".join(map(str, expected[1, 2]))
        assert "k: 3 colours" in stage.axes.text() and stage.foot.bar.isHidden()
        box = stage.places.findChild(QComboBox, "stage_colours")
        assert box.currentData() == 2 and not box.isHidden()
        box.setCurrentIndex(0)
        box.activated.emit(0)
        feed = stage.sheets.sheets[0].feed
        until(lambda: feed.detail is not None and not feed.detail.rectangle.colors, "the cells of one channel are here")
        assert stage.sheets.planes.colors is None and "k: 3 sheets" in stage.axes.text()
