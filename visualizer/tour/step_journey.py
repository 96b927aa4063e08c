"""Journey (b): hold PyTorch's own backward at each node, go back, run on; then step an output without a line."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QLineEdit

from visualizer.backprop.graph.export.dialog import ExportDialog
from visualizer.backprop.inspector.cell_section import CellSection
from visualizer.backprop.outline.columns import COLUMNS
from visualizer.bench.program import GPT2_SMALL, RECURRENT, WITH_NAN
from visualizer.model.selection import SelectedNode
from visualizer.tour import reference
from visualizer.tour.driver import Driver
from visualizer.tour.program_journey import cell_text, run_program

_ANIMATION_PX = 640
_STEPS_PER_SECOND = 1.5
_MOST_BYTES = 1 << 20


def run(driver: Driver) -> None:
    """Step through the two layers, fold, unfold and sort a GPT-2, and open one step of a network's five hundred."""
    truth = reference.run()
    _step_through(driver, truth)
    _go_back(driver)
    _run_to_the_end(driver, truth)
    _explain(driver)
    _explain_a_cell(driver)
    _animate(driver)
    _step_an_output(driver)
    _gpt2(driver)
    _outline(driver)
    _recurrent(driver)
    _find_nan(driver)


def _held(driver: Driver, position: int) -> bool:
    session = driver.window.session
    return session.state == "paused" and session.history.position == position


def _node_name(driver: Driver) -> str:
    step, graph = driver.window.session.history.current, driver.window.session.graph
    assert step is not None and graph is not None
    return next(node.name for node in graph.nodes if node.id == step.node)


def _step_through(driver: Driver, truth: dict) -> None:
    window = driver.window
    driver.press("Ctrl+Shift+Return", window.program.editor)
    driver.wait(lambda: _held(driver, 1), "backward is held at its first node")
    driver.shot("held-at-the-first-node")
    for position in range(2, 6):
        driver.press("F10")
        driver.wait(partial(_held, driver, position), f"backward is held at node {position}")
        driver.compare(_node_name(driver), truth["order"][position - 1], f"the node held at {position}")
    gradient, expected = window.inspector.gradient, f"{truth['gradients']['h'][1][1]:.4f}"
    driver.wait(lambda: cell_text(gradient, 1, 1) == expected, "the inspector shows PyTorch's gradient at h")
    driver.shot("held-at-tanh")


def _go_back(driver: Driver) -> None:
    window = driver.window
    driver.press("Shift+F10")
    driver.wait(lambda: window.session.history.position == 4, "the picture goes back by one node")
    driver.shot("one-node-back")
    scrubber = window.timeline.scrubber
    driver.press("End", scrubber)
    driver.wait(lambda: window.session.history.position == 5, "the scrubber's End returns to the held node")


def _run_to_the_end(driver: Driver, truth: dict) -> None:
    window = driver.window
    driver.press("F5")
    driver.wait(lambda: window.session.state == "ready", "the backward and the program finish")
    order = [step.node for step in window.session.history.steps]
    graph = window.session.graph
    assert graph is not None
    names = {node.id: node.name for node in graph.nodes}
    driver.compare([names[node] for node in order], truth["order"], "the order of the whole pass")
    driver.shot("backward-done")


def _animate(driver: Driver) -> None:
    """The pass as an animation, by the dialog of Ctrl+E."""
    window = driver.window
    driver.press("Ctrl+E")
    dialog = driver.find("export_dialog")
    assert isinstance(dialog, ExportDialog)
    driver.click(dialog.radios["pass"])
    dialog.film.size.setCurrentIndex(dialog.film.size.findData(_ANIMATION_PX))
    dialog.film.speed.setValue(_STEPS_PER_SECOND)
    driver.shot("export", dialog)
    path, said = driver.next_path("backward.gif"), list[str]()
    window.graph.status.connect(lambda say: said.append(say()))
    driver.click(dialog.export_button)
    driver.wait(lambda: window.findChildren(QFileDialog), "it is asked where the animation goes")
    (where,) = window.findChildren(QFileDialog)
    field = where.findChild(QLineEdit, "fileNameEdit")
    driver.press("Ctrl+A", field)
    driver.paste(str(path), field)
    driver.dismiss_popup()
    driver.press("Return", field)
    driver.wait(lambda: said, "the animation is written")
    driver.check(said[-1].startswith("Exported the pass to") and path.stat().st_size <= _MOST_BYTES, said[-1])
    driver.took(path)


def _explain(driver: Driver) -> None:
    """The rule of tanh and of a product, in symbols and in the numbers of the pass."""
    graph = driver.window.session.graph
    assert graph is not None
    for name in ("TanhBackward0", "MmBackward0"):
        _show_rule(driver, name, next(node.id for node in graph.nodes if node.name == name))


def _show_rule(driver: Driver, name: str, node: int) -> None:
    inspector = driver.window.inspector
    driver.window.selection.select(SelectedNode(node))
    driver.wait(
        lambda: inspector.reveal(inspector.rule) and inspector.rule.is_shown(node), f"the rule of {name} is typeset"
    )
    driver.settle()
    inspector.reveal(inspector.rule)
    driver.compare(inspector.rule.note.text(), "checked against PyTorch", f"the rule of {name}")
    driver.shot(f"rule-of-{name}", inspector)


def _explain_a_cell(driver: Driver) -> None:
    """The arithmetic of one cell of h's gradient, and one of its terms followed and left again."""
    window = driver.window
    cells, graph = window.inspector.sections.get(CellSection), window.session.graph
    assert graph is not None
    h = next(node.id for node in graph.nodes if node.variable == "h")
    window.selection.select(SelectedNode(h))
    driver.settle()
    window.inspector.pair.show_cell((1, 1))
    driver.wait(lambda: _gradient_of(cells) == "∂L/∂h[1, 1]", "the cell of h's gradient is explained")
    window.inspector.reveal(cells)
    said = cells.gradient_note.text()
    driver.check(said.endswith("PyTorch's number"), f"its terms add up: {said}")
    driver.shot("a-cell-explained")
    cells.gradient.linkActivated.emit("0")
    driver.wait(lambda: _gradient_of(cells) not in ("", "∂L/∂h[1, 1]"), "its first term leads on")
    cells.back.linkActivated.emit("back")
    driver.wait(lambda: _gradient_of(cells) == "∂L/∂h[1, 1]", "and back")


def _gradient_of(cells: CellSection) -> str:
    known = None if cells.explained is None else cells.explained.gradient
    return "" if known is None else known.name


def _step_an_output(driver: Driver) -> None:
    window = driver.window
    editor = window.program.editor
    # Without its last line, whose backward() frees what the graph saved.
    driver.press("Ctrl+A", editor)
    driver.paste(reference.TWO_LAYERS.rpartition("\n")[0], editor)
    run_program(driver, "Ctrl+Return")
    driver.press("F9")
    driver.wait(lambda: _held(driver, 1), "the output's own backward is held")
    driver.press("F10")
    driver.wait(lambda: _held(driver, 2), "it steps")
    driver.press("F5")
    driver.wait(lambda: window.session.history.state.status == "finished", "it runs to its end")  # type: ignore[union-attr]
    driver.shot("stepped-without-a-line")
    driver.press("Shift+F9")
    driver.wait(lambda: window.session.history.state is None, "Reset forgets the pass")


def _gpt2(driver: Driver) -> None:
    window = driver.window
    editor = window.program.editor
    driver.press("Ctrl+A", editor)
    driver.paste(GPT2_SMALL, editor)
    run_program(driver, "Ctrl+Return")
    driver.check(not window.program.error_bar.isVisible(), window.program.error_bar.sentence)
    graph = window.session.graph
    assert graph is not None
    driver.compare(graph.n_not_recorded, 0, "GPT-2's nodes without a value")
    driver.await_graph([node.name for node in graph.nodes])
    driver.shot("gpt2-folded")
    canvas = window.graph.canvas
    driver.click(canvas, QPoint(canvas.width() // 2, 8))  # in the program the keys fold its blocks
    folded = canvas.scene
    driver.press("Ctrl+Shift+]")
    driver.wait(lambda: canvas.scene is not folded, "everything is unfolded")
    driver.settle(1500)
    driver.shot("gpt2-unfolded")
    driver.press("Ctrl+Shift+[")
    driver.settle(600)
    driver.press("Ctrl+F", canvas)
    driver.type("embedding")
    driver.settle(600)
    driver.shot("gpt2-search")
    driver.press("Escape")  # the list
    driver.press("Escape")  # the search
    driver.press("Alt+2")
    driver.shot("gpt2-coloured-by-gradient-norm")
    driver.press("Alt+1")


def _outline(driver: Driver) -> None:
    """Modules with their numbers, then all nodes by the norm of their gradient."""
    window, outline = driver.window, driver.window.outline
    window.backprop.bring("outline")
    driver.wait(lambda: outline.tree.outline is not None, "the outline shows the graph")
    driver.settle()
    driver.wait(lambda: not window.facts.is_waiting, "the numbers of the outline have come")
    driver.shot("gpt2-outline")
    driver.click(outline.flat)
    header = outline.tree.header()
    norm = next(number for number, column in enumerate(COLUMNS) if column.name == "norm")
    driver.click(header.viewport(), QPoint(header.sectionViewportPosition(norm) + 20, header.height() // 2))
    shown = outline.tree.outline
    first = shown.node(outline.tree.model().index(0, 0).internalId()) if shown is not None else None
    smallest = min(norm for norm in window.session.history.norms if norm >= 0)
    driver.compare(
        window.facts.gradient_norm(first.id) if first is not None else None, smallest, "the norm in the first row"
    )
    driver.shot("gpt2-outline-by-norm")
    driver.click(outline.flat)


def _recurrent(driver: Driver) -> None:
    """What ran five hundred times is one card, whose strip shows where the gradient vanishes."""
    window, canvas = driver.window, driver.window.graph.canvas
    driver.press("Ctrl+A", window.program.editor)
    driver.paste(RECURRENT, window.program.editor)
    run_program(driver, "Ctrl+Return")
    driver.wait(lambda: _series(driver), "the recurrent network is drawn")
    scene, card = canvas.scene, _series(driver)
    assert scene is not None
    driver.compare(scene.shown.cards[card].stack, 500, "the steps in one card")
    driver.press("F9")
    driver.wait(lambda: _held(driver, 1), "its backward is held")
    driver.press("F5")
    driver.wait(lambda: window.session.state == "ready", "its backward is done")
    driver.click(canvas, canvas.camera.to_widget(scene.rect(card).center()).toPoint())
    driver.shot("recurrent-folded")
    driver.press("PgDown", canvas)
    driver.wait(lambda: _open_steps(driver) == (0, 1), "its first step is open")
    driver.press("PgDown", canvas)
    driver.wait(lambda: _open_steps(driver) == (1, 2), "its second step is open instead")
    window.graph.fit()
    driver.shot("recurrent-one-step")


def _series(driver: Driver) -> int:
    """The card of a folded series, 0 where there is none: the loss stands there."""
    graph = driver.window.graph
    scene = graph.canvas.scene
    if scene is None or scene.shown.graph is not driver.window.session.graph:
        return 0
    return next((number for number, slot in enumerate(scene.shown.cards) if slot.outputs), 0)


def _open_steps(driver: Driver) -> tuple[int, ...]:
    scene = driver.window.graph.canvas.scene
    return next((frame.span[:2] for frame in scene.shown.frames if frame.span), ()) if scene is not None else ()


def _find_nan(driver: Driver) -> None:
    """Where a NaN came from: the values that hold one, and the gradients that it reached."""
    window, finder = driver.window, driver.window.graph.finding.finder
    driver.press("Ctrl+A", window.program.editor)
    driver.paste(WITH_NAN, window.program.editor)
    run_program(driver, "Ctrl+Return")
    driver.press("Ctrl+F", window.graph.canvas)
    driver.type("nan")
    driver.wait(lambda: finder.matches and not finder.found.undecided, "every value has been read")
    graph = window.session.graph
    assert graph is not None
    facts = ((graph.nodes[index], window.facts.of(graph.nodes[index].id)) for index in finder.matches)
    found = [node.variable for node, known in facts if node.variable and known is not None and known.n_nan]
    driver.check({"loss", "entropy"} <= set(found), f"loss and entropy hold a NaN; found were {found}")
    driver.press("Return")
    driver.shot("a-found-nan")
    driver.press("Escape")
    driver.press("Escape")
