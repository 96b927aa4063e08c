"""Checkpoints on the axis of the loss: marked, told, chosen, and what is done with the chosen one."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QToolTip

from engine.runs.checkpoint_names import checkpoint_name
from engine.runs.kept_checkpoints import Progress, write_progress
from tests.visualizer.training_folders import write_run
from tests.visualizer.window import until
from visualizer.pretraining.plots.checkpoint_marks import CheckpointMarks
from visualizer.pretraining.workspace import PretrainingWorkspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")  # said by the offscreen platform

KEPT = {100: 2.5, 200: 2.0, 300: None, 400: 2.25}  # by step, the validation loss of the weights


@pytest.fixture(scope="module")
def workspace(qapp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PretrainingWorkspace]:
    """With one run that has checkpoints."""
    runs = tmp_path_factory.mktemp("marks") / "runs"
    folder = write_run(runs / "run", 400)
    for step, loss in KEPT.items():
        path = folder.path / checkpoint_name(step)
        path.mkdir()
        progress = Progress(step=step, tokens=step * 768, elapsed_s=1.0, validation_loss=loss, is_milestone=True)
        write_progress(path, progress)
        (path / "model.safetensors").write_bytes(bytes(20_000))
    made = PretrainingWorkspace(root=runs)
    made.resize(1440, 900)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(workspace) -> PretrainingWorkspace:
    """The workspace with the run chosen anew, and neither a checkpoint nor a cursor."""
    workspace.draft.leave_branch()
    workspace.runs.select(None)
    (run,) = workspace.runs.root.iterdir()
    workspace.runs.select(run)
    until(lambda: workspace.plots.loss.checkpoints.all, "its checkpoints are known")
    workspace.plots.set_unit("steps")
    assert workspace.draft.branch is None
    assert workspace.plots.loss.checkpoints.chosen is None and workspace.plots.axis.pinned is None
    return workspace


def place(window: PretrainingWorkspace, step: int) -> QPoint:
    frame = window.plots.loss.frame()
    return QPoint(round(frame.point(step, 1).x()), round(frame.area.bottom()) - 5)


def marks_of(window: PretrainingWorkspace) -> CheckpointMarks:
    return window.plots.loss.checkpoints


def test_a_mark_tells_its_step_its_loss_its_size_and_why_it_is_kept(window) -> None:
    words = [marks_of(window).words(one) for one in marks_of(window).all]
    assert [each.rpartition(", ")[0] for each in words] == [
        "Checkpoint of step 100, val 2.50",
        "Checkpoint of step 200, val 2.00, the best",
        "Checkpoint of step 300",
        "Checkpoint of step 400, val 2.25, the newest",
    ]
    assert all(each.endswith(" kB") for each in words)
    at = place(window, 200)
    QApplication.sendEvent(window.plots.loss, QHelpEvent(QEvent.Type.ToolTip, at, window.plots.loss.mapToGlobal(at)))
    assert QToolTip.text().startswith("Checkpoint of step 200, val 2.00, the best")
    QToolTip.hideText()


@pytest.mark.parametrize("unit", ["steps", "tokens", "hours"])
def test_a_click_chooses_a_checkpoint_and_holds_no_cursor(qtbot, window, unit) -> None:
    window.plots.set_unit(unit)
    marks, loss = marks_of(window), window.plots.loss
    x = window.plots.shown.run.at_step(200, unit)
    at = QPoint(round(loss.frame().point(x, 1).x()), round(loss.area().bottom()) - 2)
    bar = window.plots.checkpoint
    assert not bar.isVisible()
    qtbot.mouseClick(loss, Qt.MouseButton.LeftButton, pos=at)
    assert marks.chosen.progress.step == 200 and window.plots.axis.pinned is None
    assert bar.isVisible() and bar.words.text() == marks.words(marks.chosen)
    qtbot.mouseClick(loss, Qt.MouseButton.LeftButton, pos=QPoint(at.x(), round(loss.area().center().y())))
    assert marks.chosen.progress.step == 200 and window.plots.axis.pinned is not None  # elsewhere it is the cursor's
    qtbot.mouseClick(bar.findChild(QPushButton, "leave_checkpoint"), Qt.MouseButton.LeftButton)
    assert marks.chosen is None and not bar.isVisible()


def test_the_keyboard_goes_from_checkpoint_to_checkpoint(qtbot, window) -> None:
    marks, loss = marks_of(window), window.plots.loss
    steps = []
    for key in "[[[[[]]":
        qtbot.keyClicks(loss, key)
        steps.append(marks.chosen.progress.step)
    assert steps == [400, 300, 200, 100, 100, 200, 300]
    qtbot.keyClick(loss, Qt.Key.Key_Escape)
    assert marks.chosen is None
    qtbot.keyClicks(loss, "]")
    assert marks.chosen.progress.step == 100


def test_a_choice_stays_while_its_checkpoint_is_there(qtbot, window) -> None:
    marks = marks_of(window)
    marks.choose(marks.all[0])
    window.plots.show_curves(window.runs.shown.curves)
    assert marks.chosen == marks.all[0]
    curves = window.runs.shown.curves
    window.plots.show_curves(replace(curves, checkpoints=curves.checkpoints[1:]))
    assert marks.chosen is None
    marks.choose(marks.all[0])
    window.runs.select(None)
    assert marks.chosen is None and not marks.all


def test_the_chosen_checkpoint_is_branched_from_and_exported(qtbot, window) -> None:
    marks, bar = marks_of(window), window.plots.checkpoint
    marks.choose(marks.all[1])
    with qtbot.waitSignal(bar.weights_wanted) as asked:
        qtbot.mouseClick(bar.weights, Qt.MouseButton.LeftButton)
    assert asked.args == [200]
    (dialog,) = [each for each in window.findChildren(QFileDialog) if each.isVisible()]
    dialog.reject()
    qtbot.mouseClick(bar.branch, Qt.MouseButton.LeftButton)
    assert window.draft.branch.step == 200 and window.runs.selected is None


def test_best_and_newest_are_drawn_otherwise_than_those_between(window) -> None:
    window.plots.loss.grab()
    pictures = {step: mark(window, step) for step in KEPT}
    assert len(set(map(bytes, pictures.values()))) >= 3
    assert pictures[200] != pictures[400] != pictures[100]


def mark(window: PretrainingWorkspace, step: int) -> bytes:
    at = place(window, step)
    image = window.plots.loss.grab().toImage().copy(at.x() - 7, at.y() - 7, 15, 15)
    return bytes(image.constBits())


def test_the_arrow_keys_tell_a_screen_reader_the_numbers_where_the_cursor_is(window, qtbot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    plot = window.plots.loss
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    told = plot.accessibleDescription()
    assert told.startswith("step ") and "; loss " in told
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.accessibleDescription() != told
    small = window.plots.small[0]
    small.plot.setFocus()
    qtbot.keyClick(small.plot, Qt.Key.Key_Left)
    assert small.plot.accessibleDescription().startswith("step ")
