"""Journey (c): train nano for some steps, pause and resume it, watch the loss fall."""

from __future__ import annotations

import json
import math

from visualizer.pretraining.run_view import HeaderView
from visualizer.tour import prompt_journey
from visualizer.tour.driver import Driver

_STEPS = 120


def run(driver: Driver) -> None:
    """From the empty form to a finished run."""
    window = driver.window
    driver.press("Ctrl+2")
    driver.wait(window.pretraining.isVisible, "the Pretraining workspace is shown")
    driver.shot("pretraining-form")
    for name, value in (("max_steps", _STEPS), ("eval_every", 20), ("sample_every", 60), ("checkpoint_every", 60)):
        field = driver.find(f"field_{name}")
        field.setFocus()
        driver.press("Ctrl+A", field)
        driver.type(str(value), field)
    driver.wait(lambda: window.pretraining.draft.config is not None, "the form is judged fit to start")
    driver.press("Ctrl+Shift+T")
    driver.wait(lambda: _state(driver) == "training", "the trainer starts")
    driver.wait(lambda: _shown(driver).step >= 25, "twenty-five steps are trained", 120)
    driver.shot("training")
    driver.click("train_pause_button")
    driver.wait(lambda: _state(driver) == "paused", "the run pauses")
    prompt_journey.ask_live(driver)
    driver.click("train_pause_button")
    driver.wait(lambda: _state(driver) in ("training", "finished"), "the run goes on")
    driver.wait(lambda: _state(driver) == "finished", "the run finishes", 300)
    losses = _validation_losses(driver)
    driver.check(abs(losses[0] - math.log(65)) < 0.1, f"the loss starts near ln 65: {losses[0]}")
    driver.check(losses[-1] < losses[0] - 1, f"the loss falls by more than 1 nat: {losses}")
    shown = _shown(driver).val_loss
    driver.check(
        shown is not None and abs(shown - losses[-1]) < 1e-9, f"the header shows {shown}, the run folder {losses[-1]}"
    )
    driver.settle(600)
    driver.shot("training-finished")


def _shown(driver: Driver) -> HeaderView:
    shown = driver.window.pretraining.runs.shown
    return shown.header if shown is not None else HeaderView("", "draft")


def _state(driver: Driver) -> str:
    return _shown(driver).state


def _validation_losses(driver: Driver) -> list[float]:
    """From the run folder itself, not from the window."""
    folder = driver.window.pretraining.runs.selected
    assert folder is not None
    lines = (folder / "evaluations.jsonl").read_text().splitlines()
    return [json.loads(line)["validation_loss"] for line in lines]
