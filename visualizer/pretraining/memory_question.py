"""A run that is to go on has no room in memory: said with what it needs, and who insists goes on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from engine.protocol.errors import EngineError
from engine.runs.memory_check import TOO_LITTLE
from engine.shared.disk_errors import write_reason
from engine.shared.language import mark, said, tr
from visualizer.look.boxes import add_button, message_box
from visualizer.look.spoken import Words, speak


def unless_no_room(window: QWidget, go_on: Callable[[bool], None], say: Callable[[Words], object]) -> None:
    """`go_on(False)`; where that is refused for want of memory, a box whose button means `go_on(True)`. What else is
    refused is said."""
    try:
        go_on(False)
    except EngineError as error:
        if error.sentence.code == TOO_LITTLE:
            _ask(window, partial(said, error.sentence), lambda: _insist(go_on, say))
        else:
            say(partial(said, error.sentence))
    except OSError as error:
        say(partial(not_started, error))


def _insist(go_on: Callable[[bool], None], say: Callable[[Words], object]) -> None:
    try:
        go_on(True)
    except EngineError as error:
        say(partial(said, error.sentence))
    except OSError as error:
        say(partial(not_started, error))


def not_started(error: OSError) -> str:
    """Why the system starts no trainer, and at which file of the run, where it says which."""
    where = f"{Path(error.filename).name}: " if isinstance(error.filename, str | Path) else ""
    return tr("The run could not be started: {reason}", reason=f"{where}{said(write_reason(error))}.")


def _ask(window: QWidget, sentence: Words, insist: Callable[[], None]) -> None:
    box = message_box(window, "memory_question", QMessageBox.Icon.Warning, lambda: tr("Too little memory"), sentence)
    speak(box.setInformativeText, "It would be ended by the system, or make everything slow.")
    all_the_same = add_button(box, mark("Resume all the same"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    all_the_same.clicked.connect(insist)
    box.open()
