"""A prompt is answered while a run is paused, its exported weights answer as it does, and a branch goes another way."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from visualizer.pretraining.centre import PLOTS
from visualizer.tour.driver import Driver

_PROMPT = "ROMEO:"


def ask_live(driver: Driver) -> None:
    """The trainer of a paused run answers, and a token is looked at."""
    panel = driver.window.pretraining.prompts
    driver.wait(lambda: panel.chosen is not None and panel.chosen.kind == "live", "the live weights can be asked")
    _ask(driver)
    view = panel.view
    driver.check(view.text.n_drawn == 200, f"as many tokens come as were asked for: {panel.words.text()}")
    for _ in range(12):
        driver.press("Right", view.text)
    driver.check(view.place == 11, "the arrows lead to a token")
    driver.shot("a-prompt-answered")
    driver.window.pretraining.centre.show_page(PLOTS)


def run(driver: Driver) -> None:
    """After the run of the journey before, which has ended."""
    _exported(driver)
    _branch(driver)


def _exported(driver: Driver) -> None:
    """The folder answers with the very text of the checkpoint that it was made of."""
    pretraining = driver.window.pretraining
    panel, run = pretraining.prompts, pretraining.runs.selected
    assert run is not None
    driver.wait(lambda: panel.chosen is not None and panel.chosen.kind == "newest", "the newest checkpoint is chosen")
    _ask(driver)
    written = panel.view.answer
    folder = Path(pretraining.runs.root).parent / "shakespeare-weights"
    pretraining.weights.start(run, folder)
    driver.wait(lambda: any(box.isVisible() for box in _told(driver)), "the weights are exported", 120)
    for box in _told(driver):
        box.accept()
    pretraining.prompt_links.add_folder(str(folder))
    _ask(driver)
    driver.check(panel.words.text().startswith("shakespeare-weights. It wrote"), panel.words.text())
    driver.check(panel.view.answer == written, "the folder answers as the checkpoint does")
    driver.shot("an-exported-folder-loaded-back")
    pretraining.centre.show_page(PLOTS)


def _told(driver: Driver) -> list[QMessageBox]:
    return driver.window.pretraining.findChildren(QMessageBox, "information")


def _branch(driver: Driver) -> None:
    """From the middle of the run, with another rate; its parent is drawn behind it."""
    pretraining = driver.window.pretraining
    pretraining.going_on.branch_at(60)
    field = driver.find("field_learning_rate")
    field.setFocus()
    driver.press("Ctrl+A", field)
    driver.type("3e-3", field)
    driver.wait(lambda: pretraining.draft.config is not None, "the branch is judged fit to start")
    driver.press("Ctrl+Shift+T")
    runs = pretraining.runs
    driver.wait(lambda: runs.shown is not None and runs.shown.header.state == "finished", "the branch ends", 300)
    driver.check(runs.shown is not None and runs.shown.facts.parent_step == 60, "it began at the parent's step 60")
    driver.wait(lambda: bool(runs.overlays()), "its parent is drawn behind it")
    driver.settle(600)
    driver.shot("a-branch-beside-its-parent")


def _ask(driver: Driver) -> None:
    panel = driver.window.pretraining.prompts
    driver.press("Ctrl+Shift+A")
    driver.wait(panel.field.hasFocus, "the keyboard is in the prompt")
    driver.press("Ctrl+A", panel.field)
    driver.type(_PROMPT, panel.field)
    driver.press("Return", panel.field)
    driver.wait(lambda: not panel.is_answering, "the prompt is answered", 180)
