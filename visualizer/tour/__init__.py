"""`visualizer tour FOLDER`: journeys through all of the real window, with a picture of each stage."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from visualizer.app.application import make_application
from visualizer.app.main_window import MainWindow
from visualizer.app.settings import Settings
from visualizer.look import theme
from visualizer.tour import (
    health_journey,
    learning_journey,
    lessons_journey,
    look,
    loop_journey,
    nan_journey,
    program_journey,
    prompt_journey,
    size_journey,
    step_journey,
    tensor_journey,
    training_journey,
    what_if_journey,
)
from visualizer.tour.driver import Driver, TourError

JOURNEYS = (
    program_journey.run,
    step_journey.run,
    learning_journey.run,
    loop_journey.run,
    nan_journey.run,
    health_journey.run,
    what_if_journey.run,
    tensor_journey.run,
    lessons_journey.run,
    size_journey.run,
    training_journey.run,
    prompt_journey.run,
    look.run,
)


def main(folder: Path) -> int:
    """Drive the window. Returns 0 when everything happened as it should, 1 with one sentence otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("[0-9][0-9]-*.png"), *folder.glob("[0-9][0-9]-*.gif")):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="tour-") as scratch:
        # The person's own settings, runs and recovery files are not touched.
        os.environ["VISUALIZER_SETTINGS"] = str(Path(scratch) / "settings.ini")
        os.environ["VISUALIZER_STATE"] = str(Path(scratch) / "state")
        os.environ["VISUALIZER_CACHE"] = str(Path(scratch) / "cache")
        os.environ["VISUALIZER_RUNS"] = str(Path(scratch) / "runs")
        return _drive(folder)


def _drive(folder: Path) -> int:
    application = make_application(Settings())
    theme.current().set_mode("dark")
    window = MainWindow(Settings())
    window.resize(1600, 1000)
    window.show()
    driver = Driver(window, folder)
    try:
        window.begin(None)
        for journey in JOURNEYS:
            print(journey.__module__.rpartition(".")[2].replace("_", " "), flush=True)
            journey(driver)
    except TourError as error:
        window.grab().save(str(folder / "failure.png"))
        print(f"The tour failed: {error}.", file=sys.stderr)
        return 1
    finally:
        _close(application, window)
    print(f"{len(driver.taken)} pictures in {folder}")
    return 0


def _close(application: QApplication, window: MainWindow) -> None:
    window.pretraining.stop()
    window.close_unasked()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.processEvents()
