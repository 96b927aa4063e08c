"""A defect anywhere in the window: written down once, told once, never from inside a handler; the person goes on."""

from __future__ import annotations

import ast
import os
import shlex
from pathlib import Path

import pytest

import visualizer
from engine.protocol.handshake import PROTOCOL
from tests.visualizer.test_handshake import READY, stranger
from tests.visualizer.window import environment
from tests.warm import run_window

# The real program with something broken in it. `live` runs inside its event loop, in turns: each yields a condition
# and goes on when it holds. Then the window is closed.
_PROGRAM = """
import sys, threading
from PySide6.QtCore import QThread, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from tests.visualizer.window import answer, boxes
from visualizer.app import application, defects
from visualizer.app.main_window import MainWindow
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.look.painting import guarded

def told():
    return [each for each in QApplication.allWidgets() if each.objectName() == "defect" and each.isVisible()]

def words():
    (box,) = told()
    return box.informativeText()

def dismiss():
    (box,) = told()
    answer(box, "OK")

def broken(words):
    raise ValueError(words)

def soon(act, *arguments):
    QTimer.singleShot(0, lambda: act(*arguments))

{scenario}

def begin(window, *given):
    starts(window, *given)
    turns, timer = live(window), QTimer(window, interval=5)
    waits_for = [lambda: True]
    def turn():
        if not waits_for[0]():
            return
        waits_for[0] = next(turns, None)
        if waits_for[0] is None:
            timer.stop()
            print("lived")
            window.files.forget()
            window.close()
    def turn_or_end():
        try:
            turn()
        except AssertionError:
            timer.stop()
            QApplication.exit(3)
            raise
    timer.timeout.connect(turn_or_end)
    timer.start()

starts, MainWindow.begin = MainWindow.begin, begin
code = application.main()
print("ended")
sys.exit(code)
"""


def live(folder: Path, scenario: str, engine: tuple[str, ...] = ("sleep", "1000")) -> str:
    """Run the scenario to the end; what it wrote to stderr. Its engine is one that never gets ready, or another one."""
    command = shlex.join(engine).replace('"', '\\"')
    (folder / "settings.ini").write_text(f'[General]\nengine_command="{command}"\n')
    done = run_window(_PROGRAM.replace("{scenario}", scenario), {**os.environ, **environment(folder)})
    assert (done.returncode, done.stdout.split()) == (0, ["lived", "ended"]), done.stderr[-3000:]
    assert "Recursive repaint" not in done.stderr and "active painter" not in done.stderr, done.stderr
    return done.stderr


def test_a_broken_paint_event_is_told_once_and_the_window_goes_on(tmp_path: Path) -> None:
    log = live(
        tmp_path,
        """
paints = []

@guarded
def paint(canvas, event):
    painter = QPainter(canvas)
    paints.append(painter.isActive())
    broken("no paint")

GraphCanvas.paintEvent = paint

def live(window):
    yield told
    assert words() == "ValueError: no paint"
    for _ in range(300):
        window.graph.canvas.repaint()
    assert len(paints) > 300 and all(paints)
    QTest.keyClicks(window.program.editor, "mine = 1  ")
    assert window.program.text().startswith("mine = 1")
    dismiss()
    yield lambda: not told()
    n_paints = len(paints)
    window.resize(1000, 700)
    yield lambda: len(paints) > n_paints
    QTest.qWait(50)
    assert not told()
""",
    )
    assert log.count("Traceback (most recent call last)") == 1
    assert "times in all: ValueError, " in log


def test_every_paint_method_is_guarded() -> None:
    for file in Path(visualizer.__file__).parent.rglob("*.py"):
        if "bench" in file.parts:
            continue
        for owner in ast.walk(ast.parse(file.read_text())):
            if isinstance(owner, ast.ClassDef):
                is_delegate = any("Delegate" in ast.unparse(base) for base in owner.bases)
                for method in owner.body:
                    names = {"paintEvent", "drawBackground", "drawForeground"} | ({"paint"} if is_delegate else set())
                    if isinstance(method, ast.FunctionDef) and method.name in names:
                        assert [ast.unparse(each) for each in method.decorator_list] == ["guarded"], (file, owner.name)


def test_defects_of_threads_and_slots_are_told_in_one_box_after_another(tmp_path: Path) -> None:
    log = live(
        tmp_path,
        """
class Worker(QThread):
    def run(self):
        broken("in a QThread")

def live(window):
    soon(broken, "in a slot")
    yield told
    first = told()
    worker = Worker()
    worker.start()
    assert worker.wait(100_000)
    thread = threading.Thread(target=lambda: {}["in a thread"])
    thread.start()
    thread.join()
    for _ in range(200):
        soon(broken, "in a slot")
    last = []
    soon(last.append, True)
    yield lambda: last
    assert told() == first
    dismiss()
    yield lambda: told() and told() != first
    assert words() == "KeyError: 'in a thread'", "`broken` is one place, whoever calls it"
    dismiss()
""",
    )
    assert log.count("Traceback (most recent call last)") == 2


def test_a_defect_behind_a_dialog_can_be_answered_and_outlives_the_dialog(tmp_path: Path) -> None:
    live(
        tmp_path,
        """
def live(window):
    window.do("about")
    (about,) = boxes(window, "information")
    soon(broken, "behind it")
    yield told
    assert told()[0].parent() is about
    about.button(QMessageBox.StandardButton.Ok).click()
    yield lambda: told() and told()[0].parent() is window
    dismiss()
    yield lambda: not told()
    window.do("about")
    soon(lambda: {}["behind it"])
    yield told
    dismiss()
    yield lambda: not told()
    answer(boxes(window, "information")[0], "OK")
""",
    )


def test_a_defect_waits_for_an_open_menu_to_close(tmp_path: Path) -> None:
    live(
        tmp_path,
        """
def live(window):
    menu = window.header.menu_of["View"]
    menu.popup(window.mapToGlobal(window.rect().center()))
    yield menu.isVisible
    soon(broken, "beside a menu")
    late = []
    QTimer.singleShot(300, lambda: late.append(True))
    yield lambda: late
    assert menu.isVisible() and not told()
    menu.close()
    yield told
    dismiss()
""",
    )


@pytest.mark.parametrize(
    ("what", "state"),
    [("window.graph.shut_down = lambda: broken('at the end')", "ready"), ("soon(broken, 'too late')", "starting")],
    ids=["at the end", "too late"],
)
def test_a_defect_while_closing_does_not_keep_the_program(tmp_path: Path, what: str, state: str) -> None:
    log = live(
        tmp_path,
        f"""
def live(window):
    yield lambda: window.session.state == "{state}"
    QTimer(QApplication.instance(), interval=20, timeout=lambda: told() and dismiss()).start()
    {what}
""",
        *([stranger([READY | {"protocol": PROTOCOL}])] if state == "ready" else []),
    )
    assert log.count("Traceback (most recent call last)") == 1


def test_a_report_that_fails_itself_is_in_the_log_and_the_window_goes_on(tmp_path: Path) -> None:
    log = live(
        tmp_path,
        """
def no_box(*arguments):
    raise RuntimeError("no box today")

class Mute(Exception):
    def __str__(self):
        raise OSError("no words")

def raise_mute():
    raise Mute

def live(window):
    defects.message_box = no_box
    for _ in range(100):
        soon(broken, "first")
        soon(raise_mute)
    last = []
    QTimer.singleShot(300, lambda: last.append(True))
    yield lambda: last
    assert not told()
    QTest.keyClicks(window.program.editor, "mine = 1  ")
    assert window.program.text().startswith("mine = 1")
""",
    )
    assert log.count("ValueError: first") == 1 and log.count("RuntimeError: no box today") == 1 and "Mute" in log
