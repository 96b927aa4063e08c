"""Every page of every lesson in every language: run, answered, its exercises done, photographed into a folder of its
own."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from visualizer.app.examples import TWO_LAYERS
from visualizer.app.preferences.dialog import SettingsDialog
from visualizer.lessons.blocks import ExerciseBlock, GuessBlock
from visualizer.lessons.book import LANGUAGES
from visualizer.tour.driver import Driver

_TRUTH = re.compile(r"PyTorch (?:says|diz) (.+)\.$")


def run(driver: Driver) -> None:
    """From the contents through all lessons, and back to the person's own program."""
    window, reader = driver.window, driver.window.lessons
    folder = driver.folder / "lessons"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    _begin_anew(driver)
    driver.press("Ctrl+L")
    driver.shot("lessons")
    for place, language in enumerate(LANGUAGES):
        driver.click(reader.languages.findChildren(type(driver.find("lesson_close")))[place])
        for number, lesson in enumerate(reader.lessons):
            reader.open_lesson(number)
            for page in range(1, len(lesson.pages) + 1):
                _read(driver)
                name = f"{language}-{lesson.key}-{page}.png"
                driver.settle()
                driver.check(window.grab().save(str(folder / name)), f"the picture {name} could not be written")
                print(f"  lessons/{name}", flush=True)
                reader.turn(1)
            driver.check(reader.lesson is None, "the last page of a lesson leads back to the contents")
    driver.press("Ctrl+L")
    driver.wait(lambda: window.session.state == "ready", "the engine of the own program is ready")
    driver.compare(window.program.text(), TWO_LAYERS, "the program after the lessons")
    _in_portuguese(driver)


def _in_portuguese(driver: Driver) -> None:
    """The last lessons were: so is the window, a held pass and the settings, until English is chosen in the menu."""
    window = driver.window
    driver.press("Ctrl+Shift+Return")
    driver.wait(lambda: window.session.state == "paused", "the pass is held")
    driver.settle()
    driver.shot("portuguese")
    driver.press("Ctrl+,")
    dialog = window.findChild(SettingsDialog)
    driver.check(dialog is not None and dialog.windowTitle() == "Configurações", "the settings are in Portuguese")
    if dialog is not None:
        driver.settle()
        driver.shot("settings", dialog)
        dialog.close()
    driver.press("F5")
    driver.wait(lambda: window.session.state == "ready", "the program runs to its end")
    window.languages.actions[0].trigger()
    driver.compare(window.actions_by_id["run"].text(), "Run", "the word for Run in English")


def _begin_anew(driver: Driver) -> None:
    """Give up what the journey before wrote and computed."""
    window = driver.window
    window.do("restart_engine")
    driver.wait(lambda: window.session.state == "ready", "the engine is ready")
    window.do("new")
    box = window.findChild(QMessageBox, "save_question")
    if box is not None:
        driver.click(box.button(QMessageBox.StandardButton.Discard))
    driver.wait(lambda: not window.program.text(), "the program is empty")


def _read(driver: Driver) -> None:
    """One page: its program, then all that it asks."""
    window, view = driver.window, driver.window.lessons.view
    if view.program is not None:
        started: list[object] = []
        connection = window.session.program_started.connect(lambda: started.append(None))
        view.ensureWidgetVisible(view.program.run_button)
        driver.click(view.program.run_button)
        driver.wait(lambda: started and window.session.state in ("ready", "paused"), "the program of the page has run")
        window.session.program_started.disconnect(connection)
        if window.session.state == "paused":
            driver.press("F5")
            driver.wait(lambda: window.session.state == "ready", "the program runs to its end")
    # What is entered while a program runs is only judged after the next.
    driver.wait(lambda: not window.session.is_busy, "nothing runs any more")
    for block in list(view.asked):
        view.ensureWidgetVisible(block)
        if isinstance(block, GuessBlock):
            _guess(driver, block)
        else:
            _solve(driver, block)
    # What was right in another language may be so again before it has run here.
    driver.wait(lambda: not window.session.is_busy, "the solution has run")
    view.verticalScrollBar().setValue(0)


def _guess(driver: Driver, block: GuessBlock) -> None:
    """Wrong first, then as PyTorch says."""
    for text in ("?", None):
        found = _TRUTH.search(block.verdict.text())
        block.field.setText(text if text is not None else found[1] if found else "")
        block.verdict.setText("")
        QTest.keyClick(block.field, Qt.Key.Key_Return)
        driver.wait(block.verdict.text, "the guess is judged")
    driver.check(block.verdict.text().startswith("✓"), f"what PyTorch says is right: {block.verdict.text()}")


def _solve(driver: Driver, block: ExerciseBlock) -> None:
    """All hints, then the solution."""
    block.verdict.setText("")  # it may have been done in another language
    for _ in range(len(block.exercise.hints) + 1):
        driver.click(block.hint)
    driver.wait(lambda: block.verdict.text().startswith("✓"), f"the solution does the exercise: {block.exercise.task}")
