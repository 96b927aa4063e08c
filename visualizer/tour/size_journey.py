"""Journey (b), at real size: a GPT-2 124M wholly unfolded, an RNN of 500 steps, and where a NaN began."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHeaderView

from visualizer.backprop.outline.columns import COLUMNS
from visualizer.bench.program import GPT2_124M
from visualizer.tour.driver import Driver
from visualizer.tour.program_journey import run_program

_RNN = """\
import torch
torch.manual_seed(0)
W = torch.randn(16, 16, requires_grad=True)
U = torch.randn(8, 16, requires_grad=True)
xs, h = torch.randn(500, 4, 8), torch.zeros(4, 16)
for x in xs:
    z = 0.2 * h @ W + x @ U
    h = torch.tanh(z)
loss = h.pow(2).mean()
loss.backward()
"""
_NAN = """\
import torch
from torch import nn
torch.manual_seed(0)
net = nn.Sequential(*(layer for _ in range(12) for layer in (nn.Linear(16, 16), nn.ReLU())))
x = torch.randn(8, 16)
scale = torch.sqrt(net(x) - net(x).detach())
loss = (scale * 0).sum()
loss.backward()
"""


def run(driver: Driver) -> None:
    """Unfold, look near and far, sort, fold by line, and find what is not a number."""
    _a_deep_network(driver)
    _an_unrolled_loop(driver)
    _not_a_number(driver)


def _begin(driver: Driver, program: str) -> None:
    editor = driver.window.program.editor
    driver.press("Ctrl+A", editor)
    driver.paste(program, editor)
    run_program(driver, "Ctrl+Return")
    driver.check(not driver.window.program.error_bar.isVisible(), driver.window.program.error_bar.sentence)
    _wait_drawn(driver)


def _wait_drawn(driver: Driver) -> None:
    graph, session = driver.window.graph, driver.window.session
    driver.wait(
        lambda: graph.canvas.scene is not None and graph.canvas.scene.shown.graph is session.graph, "the graph is drawn"
    )
    driver.settle(800)


def _unfold(driver: Driver) -> None:
    canvas = driver.window.graph.canvas
    before = canvas.scene
    driver.press("Ctrl+Shift+]")
    driver.wait(lambda: canvas.scene is not before, "everything is unfolded")
    driver.settle(800)


def _a_deep_network(driver: Driver) -> None:
    window = driver.window
    _begin(driver, GPT2_124M + "loss.backward()\n")
    _unfold(driver)
    driver.shot("gpt2-124M-unfolded")
    canvas = window.graph.canvas
    for zoom in (0.33, 0.8):
        canvas.zoom_to(zoom)
        driver.settle(1500)
        driver.shot(f"gpt2-124M-at-{round(zoom * 100)}-percent")
    tree = window.outline.tree
    driver.click(window.outline.flat)
    header: QHeaderView = tree.header()
    place = next(number for number, column in enumerate(COLUMNS) if column.name == "norm")
    for _ in range(2):
        driver.click(header.viewport(), QPoint(header.sectionViewportPosition(place) + 20, header.height() // 2))
        driver.settle(300)
    driver.settle(2500)
    driver.shot("outline-sorted-by-gradient-norm")
    driver.click(window.outline.flat)


def _an_unrolled_loop(driver: Driver) -> None:
    _begin(driver, _RNN)
    driver.shot("rnn-folded-by-line")
    _unfold(driver)
    driver.shot("rnn-unfolded")


def _not_a_number(driver: Driver) -> None:
    window = driver.window
    _begin(driver, _NAN)
    driver.press("Ctrl+F", window.graph.canvas)
    driver.type("nan")
    driver.settle(1500)
    driver.check(window.graph.finding.matches, "something is found that is not a number")
    driver.shot("nan-found")
    driver.press("Escape")
