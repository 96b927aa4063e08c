"""Journey (a), tensors alone: the lesson's tensors large in the middle, and a matrix product cell by cell."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from visualizer.tour.driver import Driver
from visualizer.tour.program_journey import run_program

_PROGRAM = """import torch

tensor0d = torch.tensor(1)
tensor1d = torch.tensor([1, 2, 3])
tensor2d = torch.tensor([[1, 2], [3, 4]])
tensor3d = torch.tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
attention = torch.softmax(torch.randn(2, 3, 4, 4), dim=-1)
result = tensor2d @ tensor2d.T
"""

_MISFIT = """import torch

images = torch.rand(4, 6)
weight = torch.randn(3, 6)
scores = images @ weight
"""


def run(driver: Driver) -> None:
    """From the newest tensor to one of rank 4, and to sizes that do not fit."""
    window = driver.window
    editor = window.program.editor
    driver.press("Ctrl+A", editor)
    driver.paste(_PROGRAM, editor)
    run_program(driver, "Ctrl+Return")
    stage = window.panels.stage
    driver.wait(lambda: window.panels.middle.shows_tensor, "a tensor stands where there is no graph")
    window.selection.clear()
    driver.wait(lambda: stage.title.text() == "result = tensor2d @ tensor2d.T", "the newest one with its operation")
    driver.wait(lambda: len(stage.operands.blocks) == 2 and stage.operands.blocks[1].sheets.sheets, "its operands")
    driver.wait(lambda: stage.sheets.text_at((0, 1)) == "11", "its numbers")
    heat_map = stage.sheets.sheets[0].heat_map
    area, camera = heat_map.area(), heat_map.camera
    x, y = area.left() + 1.5 * camera.cell_width, area.top() + 0.5 * camera.cell_height
    QTest.mouseMove(heat_map, QPoint(round(x), round(y)))
    driver.wait(lambda: stage.cell.text() == "result[0, 1] = 1 · 3 + 2 · 4 = 11", "the cell as a sum")
    driver.shot("matrix-product")
    for name, tag in (("tensor3d", "rank-3"), ("attention", "rank-4")):
        window.selection.select_variable(name)
        driver.compare(stage.title.text(), name, "what stands there")
        driver.wait(lambda: all(sheet.feed.detail is not None for sheet in stage.sheets.sheets), "its sheets")
        driver.shot(tag)
    driver.press("Ctrl+A", editor)
    driver.paste(_MISFIT, editor)
    run_program(driver, "Ctrl+Return")
    failure = window.panels.middle.failure
    driver.wait(lambda: window.panels.middle.shows_failure, "the call that failed stands in the middle")
    driver.compare(failure.title.text(), "images @ weight", "the call that failed")
    driver.shot("sizes-that-do-not-fit")
