"""Cells that are lit up on the stage are seen, whatever was turned, zoomed, resized or spoken before."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from engine.protocol.keys import OperandKey, VariableKey
from engine.protocol.operations import AskSources, CellsOf, OperandSeen, OperationSeen, SourcesShown
from engine.tensors.details import details
from engine.tensors.rectangle import rectangle
from engine.tensors.summary import summarize
from tests.visualizer.seen import contrast, luminance
from visualizer.backprop.stage.cell_words import words_of
from visualizer.backprop.stage.panel import TensorStage
from visualizer.backprop.stage.sheets_view import SheetsView
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.cell_painter import paint_lit
from visualizer.look import theme
from visualizer.look.spoken import use_language

SHAPE = (3, 5, 4, 9, 9)


@pytest.fixture
def sheets(qtbot):
    """A view of a tensor of which not all sheets have room."""
    view, tensor = SheetsView(), torch.zeros(SHAPE)
    qtbot.addWidget(view)
    view.rectangle_wanted.connect(lambda asked, feed: feed.take(rectangle(asked.key, tensor, asked)) or None)
    view.resize(300, 240)
    view.show()
    view.show_tensor(VariableKey("x"), summarize(tensor))
    assert 0 < view.n_shown < view.planes.n_sheets
    return view


def elements(view):
    """Those that a frame is drawn around."""
    return {
        view.planes.element(view.first + place, *cell)
        for place, sheet in enumerate(view.sheets)
        for cell in sheet.heat_map.lit
    }


def flat(*element):
    return int(np.ravel_multi_index(element, SHAPE))


def test_the_sheet_of_a_cell_that_is_lit_comes_to_the_front(sheets):
    sheets.set_lit((flat(0, 4, 3, 8, 8), flat(2, 0, 0, 0, 0)))
    assert sheets.first > 0 and elements(sheets) == {(0, 4, 3, 8, 8)}
    first = sheets.first
    sheets.set_lit((flat(0, 0, 0, 0, 0), flat(0, 4, 3, 1, 1)))
    assert sheets.first == first and elements(sheets) == {(0, 4, 3, 1, 1)}, "one is seen: nothing turns"
    sheets.set_lit((flat(2, 1, 0, 7, 3),))
    assert sheets.planes.places == (2,) and elements(sheets) == {(2, 1, 0, 7, 3)}


def test_another_sheet_in_front_does_not_wear_the_frame_of_the_one_before(sheets):
    sheets.set_lit((flat(0, 0, 0, 2, 2),))
    sheets.show_from(sheets.planes.n_sheets)
    assert elements(sheets) == set()
    sheets.resize(1200, 900)
    assert sheets.first == 0 and elements(sheets) == {(0, 0, 0, 2, 2)}
    sheets.show_tensor(VariableKey("y"), summarize(torch.zeros(2, 2)))
    assert elements(sheets) == set()


def test_where_a_part_was_zoomed_to_a_cell_outside_of_it_comes_into_view(sheets):
    heat_map = sheets.sheets[0].heat_map
    sheets.camera.zoom_by(20, 0, 0, heat_map.area().width(), heat_map.area().height())
    zoom = sheets.camera.cell_width
    sheets.set_lit((flat(0, 0, 0, 8, 8),))
    _, _, bottom, right = sheets.camera.visible(heat_map.area().width(), heat_map.area().height())
    assert (bottom, right) == (9, 9) and sheets.camera.cell_width == zoom


@pytest.mark.parametrize("shape", [(3, 4), ()])
def test_what_is_lit_stays_so_in_another_language_and_theme(qtbot, qapp, shape):
    stage, operand = TensorStage(), torch.ones(shape)
    qtbot.addWidget(stage)
    stage.resize(900, 600)
    stage.details_wanted.connect(lambda key: stage.set_details(details(key, operand)))
    stage.show()
    key = VariableKey("y")
    stage.show_tensor(key, "y", summarize(operand))
    seen = OperandSeen("x", shape=shape, dtype="float32", key=OperandKey(7, 0))
    stage.set_operation(key, OperationSeen(7, "exp", (seen,), shares=(False,)))
    cell = (1, 2)[: len(shape)]
    stage.sheets.cell_chosen.emit(cell)
    at = int(np.ravel_multi_index(cell, shape)) if shape else 0
    stage.set_sources(AskSources(key=key, serial=7, cell=cell), SourcesShown(1, serial=7, cells=(CellsOf((at,), 1),)))

    def frames():
        (block,) = stage.operands.blocks
        color = theme.current().color("accent.text").name()
        return [sheet.heat_map.lit for sheet in block.sheets.sheets] if shape else color in block.number.styleSheet()

    lit = [(cell,)] if shape else True
    assert frames() == lit
    use_language("pt_BR")
    qapp.processEvents()
    assert frames() == lit and "é feita de x" in stage.cell.text()
    theme.current().install(qapp, mode="light", scale=1.0)
    qapp.processEvents()
    assert frames() == lit


@pytest.mark.parametrize("mode", ["dark", "light"])
@pytest.mark.parametrize("side", [8, 40, 180])
def test_a_frame_is_seen_on_a_cell_of_any_colour(qapp, mode, side):
    theme.current().install(qapp, mode=mode, scale=1.0)
    camera = Camera()
    camera.set_size(3, 3)
    camera.cell_width = camera.cell_height = float(side)
    for color in ("#440154", "#3B528B", "#21918C", "#5EC962", "#FDE725"):
        image = QImage(3 * side, 3 * side, QImage.Format.Format_RGB32)
        image.fill(color)
        before = pixels(image)[0, 0]
        with QPainter(image) as painter:
            paint_lit(painter, [(1, 1)], camera, QRectF(0, 0, 3 * side, 3 * side))
        frame = luminance(pixels(image)[side + side // 2][side - 2 : side + side // 2])
        assert contrast(frame[:-1], frame[1:]).max() >= 3, f"one of two colours beside each other stands out on {color}"
        thick = int((np.abs(frame - luminance(before)) > 1e-6).sum())
        assert 2 + side // 40 <= thick <= 2 + side // 4, "the cell itself is still seen"


def pixels(image):
    return np.array(image.constBits()).reshape(image.height(), image.width(), 4)[:, :, 2::-1]


def test_a_cell_that_is_made_of_one_is_told_by_its_name_and_what_chose_it_too():
    operands = OperandSeen("m", shape=(3, 4), dtype="float32"), OperandSeen("m > 0", shape=(3, 4), dtype="bool")
    operation, key = OperationSeen(7, "masked_fill", operands, shares=(False, False)), VariableKey("y")
    none, one = CellsOf((), 0), CellsOf((7,), 1)

    def words(cells, choosing=(), position=-1):
        asked = AskSources(key=key, serial=7, cell=(1, 3), position=position)
        return words_of(asked, SourcesShown(1, serial=7, cells=cells, choosing=choosing), operation, "y", (3, 4))

    assert words((one, none)) == "y[1, 3] is made of m[1, 3]"
    assert words((one, none), (none, one)) == "y[1, 3] is made of m[1, 3]; (m > 0)[1, 3] chose it"
    assert words((none, none), (none, one)) == "y[1, 3] is made of no cell of them; (m > 0)[1, 3] chose it"
    assert words((CellsOf((1, 2), 2), none)) == "y[1, 3] is made of 2 cells"
    assert words((one,), position=0) == "m[1, 3] goes into y[1, 3]"
    assert words((none,), (one,), position=1) == "(m > 0)[1, 3] chooses what 1 cell of y is"
    assert words((none,), position=1) == "(m > 0)[1, 3] is in no cell of y"
