"""Journey (b), at real size: a GPT-2 124M wholly unfolded, and nearer."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from visualizer.bench.program import GPT2_124M
from visualizer.tour.driver import Driver
from visualizer.tour.program_journey import run_program

_ZOOMS = (0.33, 0.8)


def run(driver: Driver) -> None:
    """Run it, unfold all of it, and look near."""
    window = driver.window
    canvas, editor = window.graph.canvas, window.program.editor
    driver.press("Ctrl+A", editor)
    driver.paste(GPT2_124M + "loss.backward()\n", editor)
    run_program(driver, "Ctrl+Return")
    driver.check(not window.program.error_bar.isVisible(), window.program.error_bar.sentence)
    driver.wait(
        lambda: canvas.scene is not None and canvas.scene.shown.graph is window.session.graph, "the graph is drawn"
    )
    folded = canvas.scene
    driver.click(canvas, QPoint(canvas.width() // 2, 8))  # in the program the keys unfold its blocks
    driver.press("Ctrl+Shift+]")
    driver.wait(lambda: canvas.scene is not folded, "everything is unfolded")
    driver.settle(800)
    driver.shot("gpt2-124M-unfolded")
    for zoom in _ZOOMS:
        canvas.zoom_to(zoom)
        driver.settle(1500)
        driver.shot(f"gpt2-124M-at-{round(zoom * 100)}-percent")
