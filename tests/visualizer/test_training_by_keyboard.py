"""The whole training journey without a mouse: every key goes to what has the keyboard, which is on the screen."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QTableView, QWidget

from engine.runs.model_folder import CONFIG
from engine.runs.run_folder import list_runs
from tests.processes import send_signal
from tests.visualizer.training_folders import TINY
from tests.visualizer.warm_engine import warm_commands
from tests.visualizer.window import boxes, main_window, until
from tests.warm import warm_trainers
from visualizer.app.main_window import MainWindow
from visualizer.pretraining import answering, weights_export
from visualizer.pretraining.form.form_model import to_text
from visualizer.pretraining.prompts.answer_text import AnswerText
from visualizer.pretraining.workspace import PretrainingWorkspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support", r"raise\(\)")
_MOST_TABS = 80


@pytest.fixture
def window(tmp_path: Path) -> Iterator[MainWindow]:
    with warm_trainers(), warm_commands(answering, weights_export), main_window(tmp_path, is_ready=False) as made:
        made.resize(1440, 900)
        yield made
        for folder in list_runs(tmp_path / "runs"):
            if folder.is_alive():
                send_signal(folder.status().pid, signal.SIGKILL)


def key(keys: str) -> None:
    """Pressed where the keyboard is."""
    until(lambda: QApplication.activeWindow() is not None, "a window is active")
    modal = QApplication.activeModalWidget()
    until(lambda: modal is None or modal.isAncestorOf(QApplication.focusWidget()), "the dialog has the keyboard")
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None and target.isVisible()
    QTest.keySequence(target, QKeySequence(keys))


def go(window: MainWindow, name: str, keys: str = "Tab") -> QWidget:
    """Tab until the widget of this name has the keyboard."""
    passed = []
    for _ in range(_MOST_TABS):
        at = QApplication.focusWidget()
        if at is not None and at.objectName() == name:
            assert not at.visibleRegion().isEmpty()
            return at
        passed.append(at.objectName() if at is not None else "nothing")
        key(keys)
    raise AssertionError(f"Tab does not lead to {name}: {passed}")


def write(window: MainWindow, name: str, text: str) -> None:
    field = go(window, name)
    assert isinstance(field, QLineEdit)
    key("Ctrl+A")
    QTest.keyClicks(field, text)


def activate(window: MainWindow) -> None:
    """As a window manager does once a dialog has gone."""
    window.activateWindow()
    until(window.isActiveWindow, "the window is active")


def _newest_step(work: PretrainingWorkspace) -> int:
    marks = work.plots.loss.checkpoints.all
    return marks[-1].progress.step if marks else 0


def test_a_run_is_made_steered_branched_exported_and_deleted_by_keys_alone(window: MainWindow, tmp_path: Path) -> None:
    work = window.pretraining
    activate(window)
    key("Ctrl+2")
    work.form.set_values(to_text(TINY))
    go(window, "field_preset")
    write(window, "field_batch_size", "3")
    until(lambda: work.draft.config is not None and work.draft.config.batch_size == 3, "the form is read")
    key("Ctrl+Shift+T")
    until(lambda: work.runs.shown is not None and work.runs.shown.header.step > 60, "it trains")
    first = work.runs.selected
    go(window, "train_pause_button")
    key("Space")
    until(lambda: work.runs.shown.header.state == "paused", "it is paused")
    go(window, "train_pause_button")
    key("Space")
    until(lambda: work.runs.shown.header.state == "training", "it goes on")
    go(window, "train_stop_button")
    key("Space")
    until(lambda: work.runs.shown.header.state == "stopped", "it is stopped")
    until(lambda: _newest_step(work) == work.runs.shown.header.step, "the marks are of the checkpoints that it left")
    assert TINY.max_steps > work.runs.shown.header.step
    # a checkpoint, and a branch of it
    go(window, "loss_plot")
    QTest.keyClick(QApplication.focusWidget(), "[")
    assert work.plots.loss.checkpoints.chosen is not None
    go(window, "branch_here")
    key("Space")
    until(lambda: work.draft.branch is not None and work.runs.selected is None, "the form is that of a branch")
    go(window, "runs_list")
    key("Down")
    until(lambda: work.runs.shown is not None and work.runs.shown.checkpoints, "the run is shown again")
    until(lambda: work.plots.shown is not None, "and its plots are drawn")
    # weights as a folder
    go(window, "loss_plot")
    QTest.keyClick(QApplication.focusWidget(), "]")
    go(window, "export_here")
    key("Space")
    until(lambda: window.findChild(QFileDialog) is not None, "it is asked where to")
    until(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "the name is typed")
    key("Ctrl+A")
    QTest.keyClicks(QApplication.focusWidget(), str(tmp_path / "weights"))
    key("Return")
    until(lambda: boxes(window, "information"), "it is exported")
    assert (tmp_path / "weights" / CONFIG).is_file()
    key("Escape")
    until(lambda: not boxes(window, "information"), "the box is gone")
    activate(window)
    # deleted, which is asked
    go(window, "runs_list")
    key("Del")
    until(lambda: boxes(window, "delete_run"), "it is asked")
    key("Escape")
    until(lambda: not boxes(window, "delete_run"), "Esc is no")
    activate(window)
    assert first.is_dir() and QApplication.focusWidget() is work.list.view
    key("Del")
    until(lambda: boxes(window, "delete_run"), "it is asked again")
    key("Tab")
    key("Space")
    until(lambda: not first.is_dir(), "it is deleted")


def command(window: MainWindow, words: str) -> None:
    """Of the palette, whose first hit it is."""
    key("Ctrl+K")
    until(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "the palette is open")
    QTest.keyClicks(QApplication.focusWidget(), words)
    key("Return")


def dialog(name: str) -> QDialog:
    """The one with the keyboard."""
    until(lambda: getattr(QApplication.activeModalWidget(), "objectName", str)() == name, f"{name} is open")
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


def test_a_run_that_has_ended_is_asked_extended_renamed_and_compared_by_keys_alone(window: MainWindow) -> None:
    work = window.pretraining
    activate(window)
    key("Ctrl+2")
    work.form.set_values(to_text(msgspec.structs.replace(TINY, max_steps=60)))
    key("Ctrl+Shift+T")
    until(lambda: work.runs.shown is not None and work.runs.shown.header.state == "finished", "it has ended")
    first = work.runs.selected
    # a prompt, its answer, and the table of a token in it
    key("Ctrl+Shift+A")
    until(lambda: QApplication.focusWidget().objectName() == "prompt_field", "the prompt has the keyboard")
    QTest.keyClicks(QApplication.focusWidget(), "I had")
    key("Return")
    stop, caption = (window.findChild(QWidget, name) for name in ("prompt_stop", "candidates_caption"))
    text = window.findChild(AnswerText)
    until(lambda: text.n_drawn > 1 and stop.isHidden(), "it is answered")
    go(window, "answer_text")
    before = caption.text()
    key("Left")
    until(lambda: caption.text() not in ("", before), "the table says of which token")
    # longer
    command(window, "extend")
    field = dialog("change_run").focusWidget()
    assert isinstance(field, QLineEdit) and field.selectedText() == field.text() != ""
    QTest.keyClicks(field, "90")
    key("Return")
    until(lambda: work.runs.shown.header.step == 90 and work.runs.shown.header.state == "finished", "it went on")
    activate(window)
    # another name
    go(window, "runs_list")
    key("F2")
    dialog("rename_run")
    key("Ctrl+A")
    QTest.keyClicks(QApplication.focusWidget(), "longer")
    key("Return")
    until(lambda: work.runs.shown.header.name == "longer", "it is called so")
    activate(window)
    # a second one, and what differs
    go(window, "new_run")
    key("Space")
    write(window, "field_batch_size", "3")
    write(window, "field_max_steps", "60")
    key("Ctrl+Shift+T")
    until(lambda: work.runs.selected not in (None, first), "another begins")
    until(lambda: work.runs.shown is not None and work.runs.shown.header.state == "finished", "and has ended")
    go(window, "runs_list")
    key("Down")
    until(lambda: work.runs.selected == first, "the first is chosen")
    key("Space")
    key("Up")
    until(lambda: work.runs.selected != first and len(work.runs.chosen()) == 2, "it stays beside the second")
    command(window, "differs")
    table = dialog("comparison").findChild(QTableView, "comparison_table")
    cells = [table.model().index(row, 0).data() for row in range(table.model().rowCount())]
    assert cells
    key("Escape")
    until(lambda: QApplication.activeModalWidget() is None, "it is closed")
