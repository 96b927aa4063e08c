"""Journey (b), to a NaN: a loop is run to its 37th pass, which takes the logarithm of 0; that is found again later."""

from __future__ import annotations

from visualizer.tour.driver import Driver

_PASS = 37
_LINE, _EXPRESSION = 6, "torch.log(p)"
_PROGRAM = f"""import torch

w = torch.tensor([1.0, 2.0, 4.0], requires_grad=True)
for i in range(50):
    p = w * ({_PASS - 1} - i)
    loss = torch.log(p).sum()
    loss.backward()
    w.grad = None
"""


def run(driver: Driver) -> None:
    """F7 holds the program at the operation; F5 goes on to the node, and after the end F7 opens that pass again."""
    _hold(driver)
    _backward(driver)
    _again(driver)


def _hold(driver: Driver) -> None:
    window = driver.window
    editor = window.program.editor
    driver.press("Ctrl+A", editor)
    driver.paste(_PROGRAM, editor)
    driver.press("F7", editor)
    driver.wait(lambda: window.session.state == "held", "F7 holds the program at the first Inf")
    found = window.session.nan.found
    assert found is not None and found.source is not None
    driver.compare((found.source.line, found.source.text, found.brief), (_LINE, _EXPRESSION, "log of 0"), "the place")
    driver.compare(len(window.session.passes), _PASS - 1, "the passes before")
    driver.compare([cell.texts for cell in found.cells], [("0", "-inf")] * 3, "the first cells")
    driver.wait(lambda: window.inspector.value.feed.detail is not None, "the cells of the result are shown")
    driver.await_drawing()
    driver.shot("held-at-a-nan")


def _backward(driver: Driver) -> None:
    window = driver.window
    driver.press("F5")
    driver.wait(
        lambda: window.session.held.can_step and window.session.passes.shown == _PASS,
        f"the backward of pass {_PASS} is held",
    )
    held = window.session.history.held
    driver.compare(held.name if held is not None else "", "LogBackward0", "the node that made it")
    driver.await_drawing()
    driver.shot("held-at-an-infinite-gradient")
    driver.press("Ctrl+F5")
    driver.wait(lambda: window.session.state == "ready", "the program ends")


def _again(driver: Driver) -> None:
    window = driver.window
    driver.press("F7")
    driver.wait(lambda: window.session.passes.opened == _PASS, f"F7 opens pass {_PASS} again")
    driver.wait(
        lambda: window.selection.node is not None and window.selection.node.name == "LogBackward0",
        "its first node that is not finite is selected",
    )
    driver.await_drawing()
    driver.shot("first-nan-again")
    driver.press("Alt+End")
