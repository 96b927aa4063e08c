"""Weights in the window: a run begins with those of a folder, and those of a run are exported to one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressBar, QProgressDialog, QPushButton

from engine.runs.model_folder import read_folder
from tests.engine.exported import MODEL, exported, run_with_checkpoint
from tests.patience import PATIENCE_MS
from tests.visualizer.training_folders import write_run
from visualizer.look import motion
from visualizer.pretraining.form.field_table import CHOOSE_WEIGHTS
from visualizer.pretraining.workspace import PretrainingWorkspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window


@pytest.fixture
def workspace(qtbot, tmp_path: Path) -> Iterator[PretrainingWorkspace]:
    made = PretrainingWorkspace(root=tmp_path / "runs")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.draft.config is not None)
    yield made
    made.close()


def choose(workspace: PretrainingWorkspace, path: Path) -> None:
    """In the file dialog that stands open."""
    (dialog,) = [each for each in workspace.findChildren(QFileDialog) if each.isVisible()]
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def pick(workspace: PretrainingWorkspace, value: str) -> None:
    """As a click on an entry of the row does."""
    box = workspace.form.rows["init_from"].box
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def menu_of(workspace: PretrainingWorkspace, words: str) -> Callable[[], None]:
    """An entry of the menu of the only run."""
    menu = workspace.list.menu_for(workspace.runs.rows()[0])
    return next(action for action in menu.actions() if action.text() == words).trigger


def boxes(workspace: PretrainingWorkspace, name: str) -> list[QMessageBox]:
    return [each for each in workspace.findChildren(QMessageBox, name) if each.isVisible()]


@pytest.fixture
def without_motion(qapp) -> Iterator[None]:
    motion.reduce(True)
    yield
    motion.reduce(False)


def test_a_run_begins_with_the_weights_of_a_folder_until_the_row_is_cleared(qtbot, workspace, tmp_path):
    folder, _ = exported(tmp_path)
    text = tmp_path / "text.txt"
    text.write_text("hello " * 40)
    workspace.draft.fill({"corpus": str(text)})
    pick(workspace, CHOOSE_WEIGHTS)
    assert workspace.form.values()["init_from"] == ""  # until one is chosen
    choose(workspace, folder)
    qtbot.waitUntil(lambda: workspace.draft.config is not None)
    config = workspace.draft.config
    assert (config.model, config.tokenizer, config.init_from) == (MODEL, "characters", str(folder))
    assert workspace.form.rows["init_from"].box.currentText() == "out"
    workspace.form.rows["n_heads"].edit.setText("4")
    sentence = f"n_heads is 4; the weights in {folder} have 3."
    qtbot.waitUntil(lambda: workspace.form.rows["n_heads"].error == sentence)
    assert not workspace.header.start_button.isEnabled()
    pick(workspace, "")
    qtbot.waitUntil(lambda: workspace.draft.config is not None)
    assert (workspace.draft.config.init_from, workspace.draft.config.model.n_heads) == ("", 4)


def test_a_folder_that_is_no_model_is_refused_and_the_form_stays(workspace, tmp_path):
    before = workspace.form.values()
    pick(workspace, CHOOSE_WEIGHTS)
    choose(workspace, tmp_path)
    assert workspace.form.help.text() == f"{tmp_path} is no folder of a model: it has no config.json."
    assert workspace.form.values() == before


def test_the_weights_of_a_run_are_exported_and_it_is_said_where(qtbot, workspace, tmp_path):
    run_with_checkpoint(tmp_path / "runs" / "run")
    qtbot.waitUntil(lambda: len(workspace.runs.rows()) == 1)
    target = tmp_path / "weights"
    menu_of(workspace, "Export weights…")()
    choose(workspace, target)
    dialog = workspace.findChild(QProgressDialog, "weights_export")
    assert dialog.isVisible() and dialog.findChild(QProgressBar).isVisible()
    with qtbot.waitSignal(workspace.weights.ended, timeout=PATIENCE_MS):
        pass
    (said,) = boxes(workspace, "information")
    assert said.text() == f"run at step 3 is exported to {target}."
    assert read_folder(target).model == MODEL
    said.button(QMessageBox.StandardButton.Ok).click()
    menu_of(workspace, "Export weights…")()
    choose(workspace, target)
    (said,) = boxes(workspace, "complaint")  # at once: no process has to find it out
    assert said.text() == f"{target} is there already; nothing was written."
    said.button(QMessageBox.StandardButton.Ok).click()


def test_a_cancelled_export_leaves_nothing_and_says_nothing(qtbot, workspace, tmp_path, without_motion):
    write_run(tmp_path / "runs" / "run", 20)
    qtbot.waitUntil(lambda: len(workspace.runs.rows()) == 1)
    menu_of(workspace, "Export weights…")()
    choose(workspace, tmp_path / "weights")
    dialog = workspace.findChild(QProgressDialog, "weights_export")
    assert not dialog.findChild(QProgressBar).isVisible()  # it would move by itself
    with qtbot.waitSignal(workspace.weights.ended, timeout=PATIENCE_MS):
        dialog.findChild(QPushButton).click()
    assert not boxes(workspace, "information") and not boxes(workspace, "complaint")
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]
