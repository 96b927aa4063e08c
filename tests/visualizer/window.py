"""The whole window with a real engine, driven by real events: shared by the tests that need all of it."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QWidget,
)

from engine.protocol.messages import Finished
from tests.patience import PATIENCE_S
from tests.processes import group_members, send_signal
from tests.visualizer.leftovers import none_left
from tests.visualizer.warm_engine import warm_engines
from visualizer.app import application
from visualizer.app.main_window import MainWindow
from visualizer.app.settings import Settings

W = TypeVar("W", bound=QWidget)
_CONTROL = Qt.KeyboardModifier.ControlModifier


@contextlib.contextmanager
def main_window(
    folder: Path, *, file: Path | None = None, is_ready: bool = True, fresh: bool = False
) -> Iterator[MainWindow]:
    """A window whose settings, state and runs lie in `folder`. At the end it is closed, and nothing of it is left.

    Its engines have torch from the start, unless `fresh` asks for interpreters that begin with nothing.
    """
    engines_begin = contextlib.nullcontext() if fresh else warm_engines()
    with _environment(folder), none_left(), engines_begin:
        application.make_application(Settings())
        window = application.open_window()
        window.activateWindow()
        engines: set[int] = set()
        window.session.state_changed.connect(lambda state: engines.add(window.engine.pid))
        try:
            window.begin(file)
            if is_ready:
                wait_ready(window)
            yield window
        finally:
            engines.add(window.engine.pid)
            close(window)
    engines.discard(0)
    until(lambda: not any(map(group_members, engines)), "the process group of every engine has ended")


def environment(folder: Path) -> dict[str, str]:
    """The variables with which a window keeps all that is its own in `folder`."""
    names = {"VISUALIZER_SETTINGS": "settings.ini", "VISUALIZER_STATE": "state", "VISUALIZER_RUNS": "runs"}
    return {name: str(folder / value) for name, value in names.items()}


@contextlib.contextmanager
def _environment(folder: Path) -> Iterator[None]:
    wanted = environment(folder)
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            del os.environ[name]
            if value is not None:
                os.environ[name] = value


def close(window: MainWindow) -> None:
    """Close it without a question, and let what it deletes go."""
    window.close_unasked()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def until(condition: Callable[[], object], what: str) -> None:
    """Let the window live until the condition holds."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, f"did not happen within {PATIENCE_S} s: {what}"
        QTest.qWait(5)


def wait_ready(window: MainWindow) -> None:
    """Wait for the engine."""
    until(lambda: window.session.state == "ready", "the engine is ready")


@contextlib.contextmanager
def standing_still(window: MainWindow) -> Iterator[None]:
    """Meanwhile the engine does nothing, as one that is slower than the hand; what it said before has been heard."""
    send_signal(window.engine.pid, signal.SIGSTOP)
    try:
        until(lambda: _is_stopped(window.engine.pid), "the engine stands still")
        for _ in range(3):
            QApplication.processEvents()
        yield
    finally:
        send_signal(window.engine.pid, signal.SIGCONT)


def _is_stopped(pid: int) -> bool:
    """Whether all threads of a process are stopped."""
    states = [(task / "stat").read_text().rpartition(")")[2].split()[0] for task in Path(f"/proc/{pid}/task").iterdir()]
    return set(states) == {"T"}


# -- the program


def set_program(window: MainWindow, text: str) -> None:
    """Put a program into the editor, as a file that is opened does."""
    window.program.set_text(text)
    window.program.editor.setFocus()


def press(window: MainWindow, keys: str, widget: QWidget | None = None) -> None:
    """A key or a shortcut in the editor or another widget."""
    if not window.isActiveWindow():
        window.activateWindow()
        until(window.isActiveWindow, "the window is active")
    QTest.keySequence(widget or window.program.editor, QKeySequence(keys))


def start(window: MainWindow, text: str | None = None, keys: str = "Ctrl+Return") -> list[Finished]:
    """Run the program with the keyboard; the list will hold how it finished."""
    if text is not None:
        set_program(window, text)
    finished: list[Finished] = []
    window.session.program_finished.connect(finished.append)
    press(window, keys)
    return finished


def run(window: MainWindow, text: str | None = None, keys: str = "Ctrl+Return") -> Finished:
    """Run the program with the keyboard and wait for its end."""
    finished = start(window, text, keys)
    until(lambda: finished, f"{text!r} finishes")
    return finished[0]


# -- the hand and the eye


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """A left click in the middle of a widget that can be clicked, once it has its place: what has just been shown has
    no height before its layout is done, and a button that the click does not hit swallows it."""
    assert widget.isVisible() and widget.isEnabled(), widget.objectName()
    until(lambda: not widget.size().isEmpty(), f"{widget.objectName()} has its place")
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or widget.rect().center())


def turn_wheel(area: QAbstractScrollArea, notches: float, held: Qt.KeyboardModifier = _CONTROL) -> None:
    """Turn the wheel in its middle, away from the person where `notches` is above 0, with a key held."""
    place = QPointF(area.viewport().rect().center())
    there, turned = QPointF(area.viewport().mapToGlobal(place)), QPoint(0, round(120 * notches))
    phase, button = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
    event = QWheelEvent(place, there, QPoint(), turned, button, held, phase, False)
    QApplication.sendEvent(area.viewport(), event)


def widget(window: MainWindow, kind: type[W], name: str) -> W:
    """The widget of that name, which there is."""
    found = window.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def box(window: MainWindow, name: str) -> QMessageBox:
    """The message box of that name, as soon as it is on the screen."""
    until(lambda: boxes(window, name), f"the box {name} opens")
    return boxes(window, name)[-1]


def boxes(window: MainWindow, name: str) -> list[QMessageBox]:
    """The message boxes of that name on the screen."""
    return [box for box in window.findChildren(QMessageBox, name) if box.isVisible()]


def answer(dialog: QDialog | QWidget, words: str) -> None:
    """Press the button that bears these words."""
    buttons = {button.text().replace("&", ""): button for button in dialog.findChildren(QPushButton)}
    assert words in buttons, f"{words} is none of {sorted(buttons)}"
    click(buttons[words])


def said(window: MainWindow) -> str:
    """The sentence at the right of the status bar."""
    return widget(window, QLabel, "status_message").text()


def value(window: MainWindow, name: str) -> str:
    """What the window knows of a variable that is no tensor, empty where there is none of the name."""
    return next((row.text for row in window.session.variables if row.name == name), "")


def type_text(target: QWidget, text: str) -> None:
    """Key by key, also what is on no key of a keyboard."""
    for letter in text:
        if letter == "\n":
            QTest.keyClick(target, Qt.Key.Key_Return)
        elif letter.isascii():
            QTest.keyClick(target, letter)
        else:
            QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))
