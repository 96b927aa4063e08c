"""Journey (b), to what is wrong: after its run a deep network of sigmoids is said to lose its gradient, and where."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolButton

from visualizer.tour.driver import Driver

_N_LAYERS = 16
_PROGRAM = f"""import torch
from torch import nn

torch.manual_seed(0)
blocks = [nn.Sequential(nn.Linear(32, 32), nn.Sigmoid()) for _ in range({_N_LAYERS})]
net = nn.Sequential(*blocks, nn.Linear(32, 1))
x = torch.randn(64, 32)
loss = net(x).square().mean()
loss.backward()
"""


def run(driver: Driver) -> None:
    """The transport offers the finding; its row leads to the node."""
    window = driver.window
    editor = window.program.editor
    driver.press("Ctrl+A", editor)
    driver.paste(_PROGRAM, editor)
    driver.press("Ctrl+Return", editor)
    offer = driver.find("transport_health")
    assert isinstance(offer, QToolButton)
    driver.wait(offer.isVisible, "the transport says that there is a finding")
    driver.compare(offer.text(), "Health: 1 finding", "its words")
    driver.click(offer, offer.rect().center())
    panel = window.panels.health
    driver.wait(lambda: panel.isVisible() and len(panel.rows) == 1, "the page opens")
    driver.compare(len(window.health.health.depth) if window.health.health else 0, _N_LAYERS + 1, "the layers")
    row = panel.rows[0]
    driver.compare(row.finding.kind, "vanishing", "the finding")
    driver.click(row, QPoint(row.width() // 2, 6))
    driver.compare(window.selection.node.name if window.selection.node else "", "SigmoidBackward0", "where it leads")
    driver.wait(lambda: _is_open(driver, row.finding.node), "the block opens that hides it")
    driver.wait(lambda: window.inspector.value.feed.detail is not None, "the inspector shows its cells")
    driver.await_drawing()
    driver.shot("health-of-a-pass")
    window.backprop.docks["health"].hide()


def _is_open(driver: Driver, node: int) -> bool:
    """Whether a node stands on the canvas as a card of its own."""
    scene = driver.window.graph.canvas.scene
    nodes = () if scene is None else scene.shown.graph.nodes
    index = next((index for index, one in enumerate(nodes) if one.id == node), -1)
    return scene is not None and index >= 0 and scene.shown.cards[int(scene.shown.card_of[index])].nodes == (index,)
