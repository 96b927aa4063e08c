"""New and Open, whatever the window is doing: what belonged to the program before goes with it, and not without a word
where that took long to compute."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox

from tests.processes import send_signal
from tests.visualizer import window as w
from visualizer.app import engine_questions
from visualizer.app.main_window import MainWindow
from visualizer.model.engine_process import DEFAULT_COMMAND

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

TRAINED = """import torch
w = torch.ones(3, requires_grad=True)
loss = (w * w).sum()
loss.backward()
print("trained")
"""
CONFIG = "GPT_CONFIG_124M = {'vocab_size': 50257, 'emb_dim': 768, 'n_layers': 12, 'n_heads': 12}\n"
SLEEPS = TRAINED + "import time\nwhile True: time.sleep(0.01)\n"
READS = TRAINED + "name = input('name? ')\n"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with w.main_window(tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(opened: MainWindow) -> Iterator[MainWindow]:
    """The shared window with an empty program and an engine that has run nothing."""
    opened.session.begin_document()
    opened.files.forget()
    opened.files.new()
    w.wait_ready(opened)
    yield opened
    if opened.session.state == "starting":  # maybe what never gets ready
        opened.session.start_engine()


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.py"
    path.write_text("y = 2\n")
    return path


def put(window: MainWindow, text: str) -> None:
    """A program that is not unsaved."""
    w.set_program(window, text)
    window.files.forget()


def has_run(window: MainWindow) -> None:
    put(window, TRAINED)
    assert w.run(window).error is None


def has_failed(window: MainWindow) -> None:
    put(window, TRAINED + "w @ torch.ones(4)\n")
    assert w.run(window).error is not None
    assert window.program.error_bar.isVisible()


def runs(window: MainWindow) -> None:
    put(window, SLEEPS)
    w.start(window)
    w.until(lambda: "trained" in window.console.text(), "it runs")


def is_held(window: MainWindow) -> None:
    put(window, TRAINED)
    w.start(window, keys="Ctrl+Shift+Return")
    w.until(lambda: window.session.state == "paused", "backward is held")


def waits_for_input(window: MainWindow) -> None:
    put(window, READS)
    w.start(window)
    w.until(lambda: window.session.state == "input", "it waits for a line")


def holds_a_pass_of_its_own(window: MainWindow) -> None:
    put(window, TRAINED.replace("loss.backward()\n", ""))
    w.run(window)
    w.press(window, "F9")
    w.until(lambda: window.session.state == "paused", "the output's pass is held")


def lost_its_engine(window: MainWindow) -> None:
    has_run(window)
    send_signal(window.engine.pid, signal.SIGKILL)
    w.answer(w.box(window, "engine_ended"), "Not now")
    assert window.session.state == "ended"


def is_starting(window: MainWindow) -> None:
    put(window, TRAINED)
    window.engine.command = ("sleep", "1000")  # never gets ready
    window.session.start_engine()
    window.engine.command = DEFAULT_COMMAND
    w.press(window, "Ctrl+Return")
    assert window.session.state == "starting"


IDLE = [has_run, has_failed, lost_its_engine, is_starting]
BUSY = [runs, is_held, waits_for_input, holds_a_pass_of_its_own]


def look_around(window: MainWindow) -> None:
    """Select, filter and search."""
    if window.session.variables:
        window.selection.select_variable("w")
    window.variables.filter.setText("w")
    window.graph.bar.field.setText("mul")


def assert_nothing_of_before(window: MainWindow, text: str) -> None:
    """The window is as if it had been opened with this text."""
    program, editor = window.program, window.program.editor
    assert program.text() == text and not window.files.is_modified
    assert editor.hasFocus() and window.workspace == 0
    assert not program.banner.isVisible() and not program.error_bar.isVisible()
    marks = (editor.marks.error, editor.marks.current, editor.marks.hovered, editor.marks.paused_line)
    assert not editor.results.shown and marks == (None, None, None, 0)
    assert not editor.document().isUndoAvailable()
    assert window.console.text() == "" and not window.console.field.isVisible()
    assert window.session.variables == () and not window.variables.model.rows
    assert window.variables.filter.text() == "" and window.graph.bar.field.text() == ""
    assert window.selection.current is None and not window.inspector.has_tensor
    assert window.session.graph is None and window.graph.canvas.scene is None
    assert window.session.history.state is None and window.session.computed_s == 0.0
    assert window.session.state in ("starting", "ready") and window.engine.is_alive


@pytest.mark.parametrize("doing", IDLE)
def test_a_new_program_has_nothing_of_the_one_before(window: MainWindow, doing: Callable) -> None:
    doing(window)
    look_around(window)
    w.press(window, "Ctrl+N")
    assert_nothing_of_before(window, "")


def test_a_new_program_finds_no_variable_of_the_one_before(window: MainWindow) -> None:
    has_run(window)
    w.press(window, "Ctrl+N")
    assert w.run(window, "print([name for name in dir() if not name.startswith('_')])\n").error is None
    w.until(lambda: window.console.text() == "[]\n", "it has none")


@pytest.mark.parametrize("doing", BUSY)
def test_what_still_runs_is_ended_only_by_a_word(window: MainWindow, doing: Callable) -> None:
    doing(window)
    state, text = window.session.state, window.program.text()
    look_around(window)
    selected = window.selection.current
    w.press(window, "Ctrl+N")
    question = w.box(window, "leave_question")
    assert question.text() == "untitled.py is still running."
    w.answer(question, "Cancel")
    assert window.session.state == state and window.program.text() == text
    assert window.selection.current == selected and window.variables.filter.text() == "w"
    w.press(window, "Ctrl+N")
    w.answer(w.box(window, "leave_question"), "End it")
    assert_nothing_of_before(window, "")


@pytest.mark.parametrize("doing", [has_failed, is_held])
def test_another_file_has_nothing_of_the_program_before(window: MainWindow, doing: Callable, other: Path) -> None:
    doing(window)
    look_around(window)
    w.press(window, "Ctrl+O")
    dialog = QApplication.activeModalWidget()
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    field.setText(str(other))
    QTest.keyClick(field, "\r")
    for question in w.boxes(window, "leave_question"):
        w.answer(question, "End it")
    assert window.files.document.path == other
    assert_nothing_of_before(window, "y = 2\n")


def test_the_question_goes_when_the_program_ends_meanwhile(window: MainWindow, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    put(window, f"import os, time\nwhile not os.path.exists({str(gate)!r}): time.sleep(0.01)\n")
    w.start(window)
    w.until(lambda: window.session.state == "running", "it runs")
    w.press(window, "Ctrl+N")
    w.box(window, "leave_question")
    gate.touch()
    w.until(lambda: window.program.text() == "", "the new program comes")
    assert not w.boxes(window, "leave_question")


def test_what_took_long_to_compute_is_lost_only_by_a_word(window: MainWindow, monkeypatch) -> None:
    monkeypatch.setattr(engine_questions, "_LONG_S", 0.05)
    put(window, "import time\ntime.sleep(0.1)\nx = 1\n")
    w.run(window)
    w.press(window, "Ctrl+N")
    question = w.box(window, "leave_question")
    assert re.fullmatch(r"The variables of untitled\.py took \d+ seconds? to compute\.", question.text())
    w.answer(question, "Cancel")
    assert w.value(window, "x") == "1"
    w.press(window, "Ctrl+N")
    w.answer(w.box(window, "leave_question"), "Lose them")
    assert_nothing_of_before(window, "")


def test_a_window_asks_before_it_closes_on_what_runs_long(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(engine_questions, "_LONG_S", 0.05)
    with w.main_window(tmp_path) as window:
        runs(window)
        w.until(lambda: window.session.computed_s > 0.05, "it has run")
        assert not window.close()
        question = w.box(window, "leave_question")
        assert question.text() == "untitled.py is still running."
        assert "A pretraining run goes on" in question.informativeText()
        w.answer(question, "Cancel")
        assert window.isVisible() and window.session.state == "running"
        w.press(window, "Ctrl+Q")
        w.answer(w.box(window, "leave_question"), "End it")
        assert not window.isVisible()


def test_an_unsaved_text_is_asked_about_after_the_running_program(window: MainWindow) -> None:
    runs(window)
    w.type_text(window.program.editor, "# mine")
    text = window.program.text()
    for words in ("Cancel", "Discard"):
        assert window.session.state == "running" and window.program.text() == text
        assert window.files.is_modified, "what was not saved still counts as such"
        w.press(window, "Ctrl+N")
        w.answer(w.box(window, "leave_question"), "End it")
        w.answer(w.box(window, "save_question"), words)
    assert_nothing_of_before(window, "")


def test_a_text_that_was_given_up_for_a_file_that_is_gone_stays_unsaved(window: MainWindow, other: Path) -> None:
    w.type_text(window.program.editor, "mine = 1")
    window.program.files_dropped.emit([str(other)])
    question = w.box(window, "save_question")
    other.unlink()
    w.answer(question, "Discard")
    w.answer(w.box(window, "complaint"), "OK")
    assert window.program.text() == "mine = 1" and window.files.current.is_unsaved


def test_a_question_about_one_program_s_text_does_not_outlive_it(window: MainWindow) -> None:
    put(window, CONFIG)
    w.until(window.program.banner.isVisible, "the configuration is found")
    w.press(window, "Ctrl+N")
    assert not window.program.banner.isVisible()
    put(window, CONFIG)
    w.until(window.program.banner.isVisible, "in another program it is found again")


def test_a_configuration_that_is_gone_is_no_longer_offered(window: MainWindow) -> None:
    put(window, CONFIG)
    w.until(window.program.banner.isVisible, "the configuration is found")
    w.press(window, "Ctrl+A")
    w.press(window, "Del")
    w.until(lambda: not window.program.banner.isVisible(), "the question goes with it")


def test_new_in_pretraining_leads_to_the_editor(window: MainWindow) -> None:
    w.press(window, "Ctrl+2")
    w.press(window, "Ctrl+N", window.pretraining)
    assert window.workspace == 0 and window.program.editor.hasFocus()


def test_a_list_of_completions_goes_with_its_program(window: MainWindow) -> None:
    put(window, "import torch\n")
    w.press(window, "Ctrl+End")
    w.type_text(window.program.editor, "tor")
    w.until(window.program.editor.completions.isVisible, "names are offered")
    window.files.forget()
    w.press(window, "Ctrl+N")
    assert not window.program.editor.completions.isVisible()


@pytest.fixture
def lost(tmp_path: Path) -> str:
    """What a killed window did not get to save."""
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    content = {"pid": dead.pid, "started": 1, "path": None, "text": "lost = 1\n", "when": 1.0}
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "recovery-1.json").write_text(json.dumps(content))
    return "lost = 1\n"


@pytest.mark.parametrize("words", ["Save", "Discard"])
def test_a_recovered_program_goes_with_its_banner(tmp_path: Path, lost: str, words: str) -> None:
    with w.main_window(tmp_path, is_ready=False) as window:
        banner = window.program.banner
        assert window.program.text() == lost and banner.isVisible()
        assert "as the last window left it" in w.widget(window, QLabel, "banner_text").text()
        w.press(window, "Ctrl+N")
        w.answer(w.box(window, "save_question"), "Cancel")
        assert banner.isVisible() and window.program.text() == lost
        w.press(window, "Ctrl+N")
        w.answer(w.box(window, "save_question"), words)
        if words == "Save":
            field = QApplication.activeModalWidget().findChild(QLineEdit, "fileNameEdit")
            field.setText(str(tmp_path / "kept.py"))
            QTest.keyClick(field, "\r")
            assert (tmp_path / "kept.py").read_text() == lost
        assert_nothing_of_before(window, "")
        w.set_program(window, "pasted = 1\n")
        assert not banner.isVisible() and window.program.text() == "pasted = 1\n"
        assert not isinstance(QApplication.activeModalWidget(), QMessageBox)
