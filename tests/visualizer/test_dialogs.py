"""Dialogs stand over a window that goes on: each opens at once, and acts when it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QFileDialog

from engine.runs.config import PRESETS
from engine.runs.run_folder import new_folder
from tests.visualizer.window import answer, box, main_window, until
from visualizer.app.main_window import MainWindow
from visualizer.pretraining.form.field_table import CHOOSE_FILE, CHOOSE_FOLDER

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with main_window(tmp_path_factory.mktemp("dialogs"), is_ready=False) as made:
        yield made


def file_dialog(window: MainWindow, open_it: Callable[[], object]) -> QFileDialog:
    """Opened from a handler, it lets the handler end and the event loop go on."""
    done: list[bool] = []
    QTimer.singleShot(0, lambda: (open_it(), done.append(True)))
    until(lambda: done, "the handler ends while the dialog stands")
    (dialog,) = [each for each in window.findChildren(QFileDialog) if each.isVisible()]
    return dialog


def choose(dialog: QFileDialog, path: Path) -> None:
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def pick(box: QComboBox, value: str) -> None:
    """As a click on an entry of the list does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_about_says_what_runs_here(window: MainWindow) -> None:
    window.do("about")
    about = box(window, "information")
    assert "Tensor visualizer" in about.text()
    answer(about, "OK")


def test_the_graph_is_exported_where_the_dialog_says(window: MainWindow, tmp_path: Path) -> None:
    said: list[str] = []
    window.graph.status.connect(said.append)
    dialog = file_dialog(window, lambda: window.do("export"))
    assert dialog.windowTitle() == "Export graph" and dialog.defaultSuffix() == "svg"
    choose(dialog, tmp_path / "graph.svg")
    assert said == ["There is no graph to export yet."]


def test_a_corpus_is_chosen_by_its_dialog_and_a_cancelled_one_leaves_the_old(
    window: MainWindow, tmp_path: Path
) -> None:
    row = window.pretraining.form.rows["corpus"]
    (tmp_path / "words.txt").write_text("to be or not to be " * 100)
    for kind, path in ((CHOOSE_FILE, tmp_path / "words.txt"), (CHOOSE_FOLDER, tmp_path)):
        before = row.text()
        dialog = file_dialog(window, lambda kind=kind: pick(row.box, kind))
        assert row.text() == before, "the field shows what counts"
        dialog.reject()
        assert row.text() == before
        choose(file_dialog(window, lambda kind=kind: pick(row.box, kind)), path)
        assert row.text() == str(path)


def test_a_run_folder_is_opened_by_its_dialog(window: MainWindow, tmp_path: Path) -> None:
    folder = new_folder(tmp_path / "elsewhere", PRESETS["nano"], "nano").path
    choose(file_dialog(window, lambda: window.do("open_run")), folder)
    until(lambda: window.pretraining.runs.selected == folder.resolve(), "the run is selected")
