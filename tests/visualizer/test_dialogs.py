"""Dialogs stand over a window that goes on: each opens at once, and acts when it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QFileDialog

from engine.protocol.backward_values import BackwardState, BackwardStep
from engine.runs.config import PRESETS
from engine.runs.run_folder import new_folder
from tests.visualizer.graph_demo import lesson_graph
from tests.visualizer.window import answer, box, main_window, until
from visualizer.app.main_window import MainWindow
from visualizer.backprop.graph.export.choice import FRAMES, ExportChoice
from visualizer.backprop.graph.export.dialog import ExportDialog
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


def export_dialog(window: MainWindow) -> ExportDialog:
    """The dialog that Ctrl+E opens, the only one on the screen."""
    window.do("export")
    (dialog,) = [each for each in window.findChildren(ExportDialog) if each.isVisible()]
    return dialog


def test_without_a_graph_the_dialog_says_that_there_is_none_to_export(window: MainWindow) -> None:
    dialog = export_dialog(window)
    assert dialog.words.text() == "There is no graph to export yet."
    assert not dialog.export_button.isEnabled() and not any(radio.isEnabled() for radio in dialog.radios.values())
    dialog.reject()


def test_the_graph_is_exported_where_the_dialog_says_and_the_next_one_remembers(
    window: MainWindow, tmp_path: Path
) -> None:
    said: list[str] = []
    window.graph.status.connect(lambda say: said.append(say()))
    window.graph.set_graph(lesson_graph())
    until(lambda: window.graph.canvas.scene is not None, "the graph is laid out")
    dialog = export_dialog(window)
    dialog.format.setCurrentIndex(dialog.format.findData(".dot"))
    dialog.thumbnails.setChecked(False)
    assert dialog.words.text() == "11 nodes, 10 edges" and not dialog.look.isEnabled()
    where = file_dialog(window, dialog.export_button.click)
    assert where.windowTitle() == "Export" and where.defaultSuffix() == "dot"
    choose(where, tmp_path / "net.dot")
    assert said == [f"Exported the graph to {tmp_path / 'net.dot'}."]
    assert (tmp_path / "net.dot").read_text().startswith("digraph")
    again = export_dialog(window)
    assert again.format.currentData() == ".dot" and not again.thumbnails.isChecked()
    where = file_dialog(window, again.export_button.click)
    assert where.directory().path() == str(tmp_path)
    where.reject()
    window.graph.set_graph(None)


def test_a_folder_of_pictures_is_asked_for_without_a_suffix(window: MainWindow, tmp_path: Path) -> None:
    steps = (BackwardStep(0, 1, 1.0),)
    window.session.history.take(BackwardState(1, 1, "finished", "loss.backward()", n_needed=1), steps)
    window.graph.set_graph(lesson_graph())
    until(lambda: window.graph.canvas.scene is not None, "the graph is laid out")
    window.settings.export_choice = ExportChoice(
        what="pass", film=FRAMES, longest_px=640, folder=str(tmp_path / "gone")
    )
    dialog = export_dialog(window)
    assert dialog.words.text().startswith("3 frames of ")
    where = file_dialog(window, dialog.export_button.click)
    assert where.defaultSuffix() == "" and where.directory().exists()
    said: list[str] = []
    window.graph.status.connect(lambda say: said.append(say()))
    choose(where, tmp_path / "frames")
    until(lambda: said, "the frames are written")
    assert said[0].startswith(f"Exported the pass to {tmp_path / 'frames'}, 3 frames.")
    window.graph.set_graph(None)
    window.session.history.clear()


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
