"""Journey (a): type a program, run it, look at its tensors, make a mistake, build a tensor."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from visualizer.backprop.tensor_view.section import TensorSection
from visualizer.tour import reference
from visualizer.tour.driver import Driver

_MISTAKE = "W3 = torch.randn(4, 2)\nbad = torch.relu(h @ W3)"


def run(driver: Driver) -> None:
    """From the first start to a tensor made without typing code."""
    window = driver.window
    driver.wait(lambda: window.session.state == "ready", "the engine becomes ready")
    driver.shot("first-start")
    truth = reference.run()
    _type_and_run(driver)
    _compare(driver, truth)
    driver.shot("program-ran")
    _select_variable(driver, truth)
    driver.shot("variable-selected")
    _make_a_mistake(driver)
    _build_a_tensor(driver)


def _type_and_run(driver: Driver) -> None:
    editor = driver.window.program.editor
    driver.click(editor.viewport())
    driver.press("Ctrl+A", editor)
    driver.press("Del", editor)
    driver.type(reference.TWO_LAYERS, editor)
    driver.compare(driver.window.program.text(), reference.TWO_LAYERS, "the typed program")
    run_program(driver, "Ctrl+Return")
    driver.check(not driver.window.program.error_bar.isVisible(), "the program ran without an error")


def run_program(driver: Driver, keys: str) -> None:
    """Press the keys that run and wait until the run is over."""
    finished: list[object] = []
    connection = driver.window.session.program_finished.connect(finished.append)
    driver.press(keys, driver.window.program.editor)
    driver.wait(lambda: finished, "the program finishes")
    driver.window.session.program_finished.disconnect(connection)


def _compare(driver: Driver, truth: dict) -> None:
    window = driver.window
    lines = reference.TWO_LAYERS.split("\n")
    for name in ("x", "W1", "h", "logits"):
        line = next(number for number, text in enumerate(lines, 1) if text.startswith(f"{name} = "))
        shape = ", ".join(str(length) for length in truth["shapes"][name])
        driver.compare(window.program.result_text(line), f"f32 ({shape})", f"the result of {name}")
    line = next(number for number, text in enumerate(lines, 1) if text.startswith("loss = "))
    driver.compare(window.program.result_text(line), f"{truth['values']['loss']:.4f}", "the loss beside its line")
    driver.wait(lambda: window.session.graph is not None and window.session.graph.nodes, "the graph is shown")
    graph = window.session.graph
    assert graph is not None
    shown = sorted(node.name for node in graph.nodes if not node.is_input)
    driver.compare(shown, sorted(truth["order"]), "the nodes of the graph")
    driver.compare(graph.n_not_recorded, 0, "nodes without a value")
    driver.await_graph([*truth["order"], *(node.name for node in graph.nodes if node.is_input)])
    steps = [step.norm for step in window.session.history.steps]
    driver.check(
        len(steps) == len(truth["norms"])
        and all(
            abs(ours - theirs) <= 1e-6 * theirs for ours, theirs in zip(steps, truth["norms"], strict=True) if ours
        ),
        f"gradient norms: the window has {steps}, PyTorch {truth['norms']}",
    )


def _select_variable(driver: Driver, truth: dict) -> None:
    window = driver.window
    view = window.variables.table
    model = view.model()
    row = next(row for row in range(model.rowCount()) if "h" in _names(model, row))
    index = next(
        model.index(row, column) for column in range(model.columnCount()) if model.index(row, column).data() == "h"
    )
    view.scrollTo(index)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, view.visualRect(index).center()
    )
    driver.wait(
        lambda: window.selection.node is not None and window.selection.node.variable == "h", "h is selected everywhere"
    )
    value, gradient = window.inspector.value, window.inspector.gradient
    driver.wait(lambda: cell_text(value, 1, 1), "the inspector shows the numbers of h")
    driver.compare(cell_text(value, 1, 1), f"{truth['values']['h'][1][1]:.4f}", "cell [1, 1] of h")
    driver.wait(lambda: cell_text(gradient, 1, 1), "the inspector shows the gradient of h")
    driver.compare(cell_text(gradient, 1, 1), f"{truth['gradients']['h'][1][1]:.4f}", "its gradient")


def cell_text(section: TensorSection, row: int, column: int) -> str:
    """The number that a heat map writes into a cell, empty while it is not there."""
    feed = section.feed
    pictures = [picture for picture in (feed.detail, feed.overview) if picture is not None and not feed.is_stale]
    return next((picture.text_at(row, column) for picture in pictures if picture.text_at(row, column)), "")


def _names(model: object, row: int) -> list[str]:
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]  # type: ignore[attr-defined]


def _make_a_mistake(driver: Driver) -> None:
    window = driver.window
    editor = window.program.editor
    driver.click(editor.viewport())
    driver.press("Ctrl+End", editor)
    driver.type("\n" + _MISTAKE, editor)
    run_program(driver, "Ctrl+Return")
    driver.wait(window.program.error_bar.isVisible, "the error is shown")
    sentence = window.program.error_bar.sentence
    driver.check("(4, 5)" in sentence and "(4, 2)" in sentence, f"the sentence holds both shapes: {sentence}")
    driver.check("h @ W3" in sentence, f"the sentence names the sub-expression: {sentence}")
    driver.shot("shape-error")
    for _ in range(60):
        if window.program.text() == reference.TWO_LAYERS:
            break
        driver.press("Ctrl+Z", editor)
    driver.compare(window.program.text(), reference.TWO_LAYERS, "the program after undo")


def _build_a_tensor(driver: Driver) -> None:
    window = driver.window
    driver.press("Ctrl+T", window.program.editor)
    driver.wait(lambda: driver.find("tensor_builder").isVisible(), "the tensor builder opens")
    dialog = driver.find("tensor_builder")
    driver.wait(lambda: dialog.has_preview, "the preview of the tensor arrives")
    driver.shot("tensor-builder", dialog)
    before = window.program.text()
    driver.click(dialog.insert_button)
    driver.wait(lambda: window.program.text() != before, "the line is written into the program")
    run_program(driver, "Ctrl+Return")
    driver.check(not window.program.error_bar.isVisible(), "the built line runs")
    driver.press("Ctrl+Z", window.program.editor)
    driver.compare(window.program.text(), before, "the program after undoing the built line")
