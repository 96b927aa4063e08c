"""A learner predicts what a node sends on, is told which term is missing, and sees the chain rule multiplied out."""

from __future__ import annotations

import html
import re
from functools import partial

from visualizer.backprop.inspector.differences_section import DifferencesSection
from visualizer.backprop.inspector.jacobian_section import JacobianSection
from visualizer.model.selection import SelectedNode
from visualizer.tour.driver import Driver

_NEURON = """\
import torch
x = torch.tensor([0.5, -2.0, 1.5])
w = torch.tensor([1.0, 2.0, 0.3], requires_grad=True)
b = torch.tensor(0.1, requires_grad=True)
z = w @ x + b
a = torch.sigmoid(z)
loss = (a - 1) ** 2
loss.backward()
"""
_WRONG = """\
import torch

class Scale(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 3

    @staticmethod
    def backward(ctx, gradient):
        return gradient * 2

torch.manual_seed(0)
w = torch.randn(3, 4, requires_grad=True)
h = torch.tanh(torch.randn(5, 3) @ w)
k = Scale.apply(h)
loss = (k ** 2).mean()
loss.backward()
"""


def run(driver: Driver) -> None:
    """Through a neuron, and to a backward that is not the derivative of its forward."""
    editor = driver.window.program.editor
    driver.press("Ctrl+A", editor)
    driver.paste(_NEURON, editor)
    _predict(driver)
    _chain(driver)
    driver.press("Ctrl+A", editor)
    driver.paste(_WRONG, editor)
    _check(driver)


def _predict(driver: Driver) -> None:
    window, panel = driver.window, driver.window.panels.predict
    driver.press("Ctrl+Shift+Return", window.program.editor)
    driver.wait(lambda: window.session.state == "paused", "backward is held")
    driver.press("Ctrl+Alt+P")
    for node, text in (("Pow", "2 * (a - 1) * grad"), ("Sub", "grad"), ("Sigmoid", "grad * a")):
        driver.wait(partial(_is_asked, driver, f"{node}Backward0"), f"{node} is asked about")
        driver.type(text, panel.stop)
        driver.press("Return", panel.stop)
    driver.wait(lambda: "Sigmoid" in panel.verdict.text(), "the last of them is judged")
    words = html.unescape(re.sub("<[^>]*>", " ", panel.verdict.text()))
    driver.check("You left out (1 − a)." in words, f"what is missing is said: {words}")
    driver.compare(panel.score.text(), "2 of 3 predictions right", "the score")
    driver.shot("predict-then-reveal")
    driver.press("Ctrl+Alt+P")
    driver.press("F5")
    driver.wait(lambda: window.session.state == "ready", "the pass ends")
    window.backprop.docks["predict"].close()


def _is_asked(driver: Driver, node: str) -> bool:
    panel = driver.window.panels.predict
    return panel.words.text().startswith(node) and panel.stop is not panel.switch


def _chain(driver: Driver) -> None:
    """The Jacobians from the loss to the weights, and their product beside PyTorch's gradient."""
    window, graph = driver.window, driver.window.session.graph
    section = window.inspector.sections.get(JacobianSection)
    assert graph is not None
    w = next(node.id for node in graph.nodes if node.variable == "w")
    section.set_open(is_open=True)
    window.selection.select(SelectedNode(w))
    driver.wait(
        lambda: window.inspector.reveal(section) and section.jacobian is not None and section.jacobian.node == w,
        "the chain to w is multiplied out",
    )
    chain = section.jacobian.chain if section.jacobian is not None else None
    driver.check(chain is not None and chain.n_paths == 1 and chain.agreement is not None, "it is one path")
    driver.settle()
    window.inspector.reveal(section)
    driver.shot("the-chain-rule", window.inspector)
    section.set_open(is_open=False)


def _check(driver: Driver) -> None:
    """The gradient of w beside finite differences: they part at the program's own Function."""
    window = driver.window
    section = window.inspector.sections.get(DifferencesSection)
    driver.press("Ctrl+Return", window.program.editor)
    driver.wait(lambda: _is_drawn(driver, "k"), "the graph of the run is drawn")
    graph = window.session.graph
    assert graph is not None
    w = next(node for node in graph.nodes if node.variable == "w" and node.kind == "accumulate")
    window.selection.select(SelectedNode(w.id))
    driver.settle()
    section.ask()
    driver.wait(lambda: "Differs" in section.verdict.text(), "the gradient is compared")
    driver.check("Its backward is not the derivative of its forward." in section.said.text(), section.said.text())
    driver.settle()
    window.inspector.reveal(section)
    driver.shot("finite-differences")
    section.set_open(is_open=False)


def _is_drawn(driver: Driver, variable: str) -> bool:
    """Whether the graph on the canvas is of the run that has ended, and has a node with this variable."""
    window = driver.window
    graph, scene = window.session.graph, window.graph.canvas.scene
    is_shown = graph is not None and scene is not None and scene.shown.graph is graph
    return is_shown and graph is not None and any(node.variable == variable for node in graph.nodes)
