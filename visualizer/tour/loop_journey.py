"""Journey (b), in a loop: a breakpoint holds the first of fifty passes, the 37th is run to, the 12th opened again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QInputDialog

from visualizer.backprop.inspector.account_section import AccountSection
from visualizer.model.selection import SelectedNode
from visualizer.tour import reference
from visualizer.tour.driver import Driver
from visualizer.tour.program_journey import cell_text

_RUN_TO, _OPENED, _LAST = 37, 12, 50


def run(driver: Driver) -> None:
    """Every pass has the loss and the norm that PyTorch alone gives it."""
    truth = reference.passes()
    _hit(driver)
    _run_to(driver, truth)
    _open(driver, truth)
    _run_out(driver, truth)
    _find_what_was_not_zeroed(driver)


def _is_held_in(driver: Driver, index: int) -> bool:
    session = driver.window.session
    return session.state == "paused" and session.passes.shown == index


def _hit(driver: Driver) -> None:
    """A click in the margin holds every pass; the next one takes that away."""
    window = driver.window
    editor = window.program.editor
    driver.press("Ctrl+A", editor)
    driver.paste(reference.FIFTY_PASSES, editor)
    driver.press("Ctrl+Home", editor)
    driver.settle()
    block = editor.document().findBlockByNumber(reference.FIFTY_PASSES_BACKWARD - 1)
    row = editor.blockBoundingGeometry(block).translated(editor.contentOffset())
    line = QPoint(editor.gutter.width() // 2, round(row.center().y()))
    driver.click(editor.gutter, line)
    driver.compare(window.session.breakpoints.lines(), {reference.FIFTY_PASSES_BACKWARD: True}, "the breakpoints")
    driver.press("Ctrl+Return", editor)
    driver.wait(partial(_is_held_in, driver, 1), "the breakpoint holds the first pass")
    driver.await_drawing()
    window.backprop.bring("breakpoints")
    driver.shot("breakpoint-hit")
    driver.click(editor.gutter, line)
    driver.compare(window.session.breakpoints.lines(), {}, "the breakpoints after a second click")


def _run_to(driver: Driver, truth: list[tuple[float, float]]) -> None:
    driver.press("Ctrl+Shift+F5")
    dialog = driver.find("run_to_pass")
    assert isinstance(dialog, QInputDialog)
    dialog.setTextValue(str(_RUN_TO))
    driver.press("Return", dialog)
    driver.wait(partial(_is_held_in, driver, _RUN_TO), f"pass {_RUN_TO} is held")
    _compare(driver, truth[: _RUN_TO - 1])
    driver.shot(f"run-to-pass-{_RUN_TO}")


def _open(driver: Driver, truth: list[tuple[float, float]]) -> None:
    """By a click on the strip; the engine stays where it is."""
    window = driver.window
    strip = window.timeline.strip
    driver.click(strip, QPoint(round(strip.x_of(_OPENED)), strip.height() // 2))
    driver.wait(lambda: window.session.passes.opened == _OPENED, f"pass {_OPENED} opens again")
    graph = window.session.graph
    assert graph is not None
    driver.wait(lambda: cell_text(window.inspector.value, 0, 0), "the loss of that pass is shown")
    driver.compare(
        cell_text(window.inspector.value, 0, 0), f"{truth[_OPENED - 1][0]:.4f}", f"the loss of pass {_OPENED}"
    )
    rule, reveal = window.inspector.rule, window.inspector.reveal
    driver.wait(lambda: reveal(rule) and rule.is_shown(graph.nodes[0].id), "the rule of its first node is typeset")
    driver.shot(f"pass-{_OPENED}-again")
    driver.press("Alt+End")
    driver.wait(partial(_is_held_in, driver, _RUN_TO), "Alt+End returns to the pass that is held")


def _run_out(driver: Driver, truth: list[tuple[float, float]]) -> None:
    window = driver.window
    driver.press("Ctrl+F5")
    driver.wait(lambda: window.session.state == "ready" and len(window.session.passes) == _LAST, "the program ends")
    _compare(driver, truth)
    driver.shot("fifty-passes")


def _find_what_was_not_zeroed(driver: Driver) -> None:
    """The same loop without its zero_grad: the notice says so, and a leaf's account has every pass."""
    window = driver.window
    editor = window.program.editor
    driver.press("Ctrl+A", editor)
    driver.paste(reference.NOT_ZEROED, editor)
    driver.press("Ctrl+Return", editor)
    bar = window.program.notice_bar
    driver.wait(lambda: any("zero_grad was not called" in text for text in bar.sentences), "the notice is there")
    graph = window.session.graph
    assert graph is not None
    leaf = next(node.id for node in graph.nodes if node.kind == "accumulate")
    window.selection.select(SelectedNode(leaf))
    inspector = window.inspector
    account = inspector.sections.get(AccountSection)
    driver.wait(lambda: inspector.reveal(account) and "2 passes before" in account.headline.text(), "its account")
    driver.shot("zero-grad-was-not-called")


def _compare(driver: Driver, truth: list[tuple[float, float]]) -> None:
    for mark, (loss, norm) in zip(driver.window.session.passes.marks, truth, strict=False):
        driver.compare(mark.loss, loss, f"the loss of pass {mark.index}")
        shown = mark.norm
        driver.check(
            shown is not None and abs(shown - norm) <= 1e-6 * norm,
            f"pass {mark.index}: the window shows the norm {shown}, PyTorch says {norm}",
        )
