"""A run outlives the window that started it, also one that is killed; the next window of the person controls it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.runs.run_folder import RunFolder, list_runs
from tests.processes import send_signal
from tests.visualizer.window import click, environment, main_window, until

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

# A window in a process of its own, in which the form is filled and Start is pressed; then it lives until it is killed.
_WINDOW = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.visualizer.training_folders import TINY
from visualizer.app.application import make_application
from visualizer.app.main_window import MainWindow
from visualizer.app.settings import Settings
from visualizer.pretraining.form.form_model import to_text

application = make_application(Settings())
window = MainWindow(Settings())
window.show()
window.begin(None)
QTest.keySequence(window, "Ctrl+2")
window.pretraining.form.set_values(to_text(TINY))
QTest.mouseClick(window.pretraining.header.start_button, Qt.MouseButton.LeftButton)
sys.exit(application.exec())
"""


def _step(folder: RunFolder) -> int:
    return folder.status().step


def test_a_run_outlives_a_killed_window_and_the_next_window_controls_it(tmp_path: Path) -> None:
    run = {**os.environ, **environment(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    first = subprocess.Popen([sys.executable, "-c", _WINDOW], env=run, cwd=Path(__file__).parents[2])
    runs = tmp_path / "runs"
    try:
        until(lambda: runs.exists() and list_runs(runs) and _step(list_runs(runs)[0]) > 5, "it trains")
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    (folder,) = list_runs(runs)
    try:
        seen = _step(folder)
        until(lambda: _step(folder) > seen + 50, "it trains on without its window")
        with main_window(tmp_path, is_ready=False) as window:
            window.stack.setCurrentIndex(1)
            shown = window.pretraining.runs
            until(lambda: shown.shown is not None and shown.shown.header.state == "training", "it is found and shown")
            assert shown.selected == folder.path
            click(window.pretraining.header.pause_button)
            until(lambda: folder.status().state == "paused", "it pauses")
            until(lambda: shown.shown.header.state == "paused", "the window says so")
            held = _step(folder)
            click(window.pretraining.header.pause_button)
            until(lambda: _step(folder) > held, "it goes on")
            until(lambda: shown.shown.header.state == "training", "the window says so")
            click(window.pretraining.header.stop_button)
            until(lambda: folder.status().state == "stopped", "it stops")
        until(lambda: not folder.is_alive(), "its process ends")
        assert folder.status().checkpoint_step == _step(folder)
    finally:
        if folder.is_alive():
            send_signal(folder.status().pid, signal.SIGKILL)
