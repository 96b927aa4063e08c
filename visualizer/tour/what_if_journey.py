"""Journey (b), to another gradient: what enters tanh is scaled on trial, compared down to .grad, and kept."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton

from visualizer.model.selection import SelectedNode
from visualizer.tour.driver import Driver

_PROGRAM = """import torch

torch.manual_seed(0)
x = torch.randn(6, 4)
w = torch.randn(4, 3, requires_grad=True)
b = torch.zeros(3, requires_grad=True)
h = torch.tanh(x @ w + b)
loss = (h * h).mean() + w.pow(2).sum() / 100
loss.backward()
"""


def run(driver: Driver) -> None:
    """Ctrl+Alt+I changes the gradient that enters the selected node; the pass goes on with it where that is kept."""
    _hold(driver)
    _try(driver)
    _keep(driver)


def _hold(driver: Driver) -> None:
    window = driver.window
    editor = window.program.editor
    driver.press("Ctrl+A", editor)
    driver.paste(_PROGRAM, editor)
    driver.press("Ctrl+Shift+Return", editor)
    driver.wait(lambda: window.session.held.can_step, "the backward is held")
    driver.await_drawing()
    graph = window.session.graph
    assert graph is not None
    tanh = next(node for node in graph.nodes if node.name == "TanhBackward0")
    window.selection.select(SelectedNode(tanh.id))


def _try(driver: Driver) -> None:
    window, experiments = driver.window, driver.window.session.experiments
    driver.press("Ctrl+Alt+I")
    field = driver.find("what_if_field")
    assert isinstance(field, QLineEdit)
    driver.wait(field.isVisible, "the section What if is open")
    field.selectAll()
    driver.type("3", field)
    driver.press("Return", field)
    driver.wait(lambda: experiments.shown is not None, "the rest of the pass has run beside it")
    driver.compare(window.graph.sign.words.text(), "What if: grad of h × 3 · not the program's", "the sign")
    tried = experiments.shown.tried if experiments.shown is not None else None
    assert tried is not None
    place = tried.nodes.index(tried.node)
    driver.compare(round((tried.new[place] or 0) / (tried.old[place] or 1), 4), 3.0, "what enters tanh")
    driver.shot("what-if")
    driver.press("Ctrl+Alt+O")
    driver.compare(experiments.view, "difference", "the view")
    driver.shot("what-if-difference")


def _keep(driver: Driver) -> None:
    window = driver.window
    keep = driver.find("what_if_keep")
    assert isinstance(keep, QPushButton)
    keep.click()
    driver.wait(lambda: keep.text() == "Kept", "the pass is to go on with it")
    driver.press("F5")
    driver.wait(lambda: window.session.state == "ready", "the program ends")
    driver.press("Ctrl+Alt+X")
    driver.compare(
        window.graph.sign.words.text(), "This pass went on with grad of h × 3 · kept by you", "the sign afterwards"
    )
    driver.shot("what-if-kept")
