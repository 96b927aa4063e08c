"""A run goes on longer or with another rate, from the window: after it has ended, and while it trains."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QMessageBox, QPushButton

from engine.protocol.sentence import Sentence
from engine.runs import control
from engine.runs.changes import Change, read_changes, write_changes
from engine.runs.checkpoint_names import checkpoint_name
from engine.runs.config import PRESETS
from engine.runs.control import start_detached
from engine.runs.kept_checkpoints import Progress, write_progress
from engine.runs.run_folder import NONE_WHOLE, list_runs, new_folder
from tests.processes import send_signal
from tests.visualizer.training_folders import TINY, write_run
from tests.warm import warm_trainers
from visualizer.look import theme
from visualizer.pretraining.change_dialog import ChangeDialog
from visualizer.pretraining.plots.readout import loss_rows
from visualizer.pretraining.runs import shown_runs
from visualizer.pretraining.workspace import PretrainingWorkspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(autouse=True, scope="module")
def trainers_are_warm() -> Iterator[None]:
    with warm_trainers():
        yield


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for folder in list_runs(tmp_path):
        if folder.is_alive():
            send_signal(folder.status().pid, signal.SIGKILL)


@pytest.fixture
def window(qtbot, root: Path) -> Iterator[PretrainingWorkspace]:
    made = PretrainingWorkspace(root=root)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    yield made
    made.close()


def show(qtbot, window: PretrainingWorkspace, path: Path) -> None:
    window.runs.select(path)
    qtbot.waitUntil(lambda: window.runs.shown is not None and window.runs.shown.path == path)


def dialog_of(qtbot, window: PretrainingWorkspace) -> ChangeDialog:
    """Opened with the header's button."""
    qtbot.mouseClick(window.header.change_button, Qt.MouseButton.LeftButton)
    (dialog,) = [each for each in window.findChildren(ChangeDialog) if each.isVisible()]
    return dialog


def press(qtbot, button: QPushButton) -> None:
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_run_changes_while_it_trains_and_is_extended_when_it_has_finished(qtbot, window, root: Path) -> None:
    folder = new_folder(root, msgspec.structs.replace(TINY, checkpoint_every=10**6, max_steps=10**8), "tiny")
    start_detached(folder)
    show(qtbot, window, folder.path)
    qtbot.waitUntil(lambda: window.runs.shown.header.step > 3)
    dialog = dialog_of(qtbot, window)
    assert not dialog.apply_button.isEnabled()  # nothing is changed yet
    dialog.rows["learning_rate"].set_text("0")
    assert dialog.rows["learning_rate"].error.startswith("learning_rate is 0; it must be above 0")
    dialog.rows["learning_rate"].set_text("0.0003")
    press(qtbot, dialog.apply_button)
    qtbot.waitUntil(lambda: bool(window.runs.shown.curves.changes))
    (change,) = read_changes(folder.path)
    assert window.runs.shown.curves.changes == ((change.step, change.words),)
    assert change.settings == {"learning_rate": 3e-4, "min_learning_rate": pytest.approx(3e-5)}
    assert window.form.values()["learning_rate"] == "3e-4"  # the form shows what holds now
    window.stop()
    qtbot.waitUntil(lambda: window.runs.shown.header.state == "stopped")
    at = window.runs.shown.status.checkpoint_step
    window.runs.change(folder.path, {"max_steps": at + 5})
    qtbot.waitUntil(lambda: window.runs.shown.header.state == "finished")
    assert window.runs.shown.status.step == at + 5 and window.header.change_button.text() == "Extend…"
    dialog = dialog_of(qtbot, window)
    assert dialog.rows["max_steps"].text() == str(2 * (at + 5))
    dialog.rows["max_steps"].set_text(str(at + 9))
    press(qtbot, dialog.apply_button)
    qtbot.waitUntil(lambda: window.runs.shown.status.step == at + 9)
    qtbot.waitUntil(lambda: window.runs.shown.header.state == "finished")


def test_what_a_run_resumes_from_is_said_as_it_is(qtbot, window, root: Path, monkeypatch) -> None:
    monkeypatch.setattr(shown_runs, "start_detached", lambda folder, **how: os.getpid())
    for name, words in (("begun", "begun starts again: it has no checkpoint yet."),
                        ("trained", "trained resumes from its checkpoint.")):  # fmt: skip
        folder = write_run(root / name, 20, config=TINY, state="stopped")
        if name == "trained":
            (folder.path / checkpoint_name(20)).mkdir()
        show(qtbot, window, folder.path)
        with qtbot.waitSignal(window.status, check_params_cb=lambda say, words=words: say() == words):
            press(qtbot, window.header.pause_button)


def test_a_run_that_has_no_room_in_memory_is_resumed_only_if_one_insists(
    qtbot, window, root: Path, monkeypatch
) -> None:
    model = msgspec.structs.replace(TINY.model, context_length=1024)
    large = msgspec.structs.replace(TINY, model=model, batch_size=1_000_000)  # some 2 TB
    folder = write_run(root / "large", 40, config=large, state="stopped", checkpoint_step=40)
    started: list[dict] = []
    monkeypatch.setattr(shown_runs, "start_detached", lambda folder, **how: started.append(how) or os.getpid())
    show(qtbot, window, folder.path)

    def asked() -> QMessageBox:
        (box,) = [each for each in window.findChildren(QMessageBox, "memory_question") if each.isVisible()]
        assert "its sizes stay as they are" in box.text()
        return box

    press(qtbot, window.header.pause_button)
    asked().button(QMessageBox.StandardButton.Cancel).click()
    assert not started
    press(qtbot, window.header.pause_button)
    next(each for each in asked().buttons() if each.text() == "Resume all the same").click()
    assert [how["ignore_memory"] for how in started] == [True]


def test_of_a_run_that_trains_on_behind_the_dialog_no_step_is_named(qtbot, window) -> None:
    dialog = ChangeDialog(window, PRESETS["nano"], 40, str, "Change", {"learning_rate": 0.5}, is_live=True)
    qtbot.addWidget(dialog)
    words = dialog.findChild(QLabel, "change_follows").text()
    assert words.startswith("From its next step on: learning_rate 0.5")


def test_another_rate_behind_the_end_of_the_cosine_is_told_beside_it(qtbot, window) -> None:
    config = PRESETS["nano"]
    offered = {"max_steps": 2 * config.max_steps}
    dialog = ChangeDialog(window, config, config.max_steps, str, "Go on", offered)
    dialog.open()
    notice = dialog.findChild(QLabel, "warning_learning_rate")
    assert notice.text().startswith("Trains at 1e-4 at most, not at 1e-3: the cosine of the rate ends at step")
    dialog.rows["learning_rate"].set_text("0.01")
    assert notice.text().startswith("Trains at 1e-3 at most, not at 0.01:") and dialog.apply_button.isEnabled()
    dialog.rows["decay_steps"].set_text(str(2 * config.max_steps))
    assert notice.isHidden()
    dialog.reject()


def test_a_run_that_ended_at_nan_is_offered_another_rate_instead_of_the_same_end(qtbot, window, root: Path) -> None:
    said = Sentence.of("training.loss_not_finite", "The loss of step {step:,} is not finite.", step=42)
    words = {"sentence": said.text, "code": said.code, "arguments": said.arguments}
    folder = write_run(root / "wild", 41, state="failed", checkpoint_step=40, **words)
    show(qtbot, window, folder.path)
    header = window.header
    assert header.pause_button.isHidden() and header.change_button.text() == "Another rate…"
    dialog = dialog_of(qtbot, window)
    rate = folder.facts().config.learning_rate
    assert float(dialog.rows["learning_rate"].text()) == pytest.approx(rate / 10)
    assert dialog.findChild(type(dialog._follows), "change_follows").text().startswith("From step 41 on: learning_rate")
    dialog.reject()


def test_a_run_with_nothing_left_to_go_on_from_offers_no_resume_and_says_what_else_there_is(
    qtbot, window, root: Path
) -> None:
    sentence = "The run has no checkpoint that it could go on from: begin a new one with its settings."
    folder = write_run(root / "spoilt", 41, state="failed", checkpoint_step=40, sentence=sentence, code=NONE_WHOLE)
    show(qtbot, window, folder.path)
    assert window.header.pause_button.isHidden() and window.header.change_button.isHidden()
    qtbot.waitUntil(lambda: len(window.runs.rows()) == 1)
    (row,) = window.runs.rows()
    offered = [action.text() for action in window.list.menu_for(row).actions()]
    assert "Resume" not in offered and "Change settings…" not in offered and "Branch…" in offered
    for act in (window.pause_or_resume, window.going_on.ask):  # from the palette
        with qtbot.waitSignal(window.status) as told:
            act()
        assert [say() for say in told.args] == [sentence]
    repaired = folder.path / checkpoint_name(40)  # by hand, from a copy
    repaired.mkdir()
    write_progress(repaired, Progress(step=40, tokens=1, elapsed_s=1.0))
    os.utime(folder.status_file)  # whose time is later then, as where the clock was set back before that
    qtbot.waitUntil(lambda: window.header.pause_button.isVisible() and window.header.change_button.isVisible())
    assert window.header._sentence.text().endswith("was changed by hand since it ended: Resume tries it.")
    assert "Resume" in [action.text() for action in window.list.menu_for(window.runs.rows()[0]).actions()]


def test_what_the_system_refuses_is_said_with_the_file_and_in_words(qtbot, window, root: Path, monkeypatch) -> None:
    folder = write_run(root / "done", 40, state="stopped", checkpoint_step=40)

    def refuse(path: Path, *_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(control, "open_file", refuse)
    show(qtbot, window, folder.path)
    with qtbot.waitSignal(window.status) as told:
        press(qtbot, window.header.pause_button)
    assert [say() for say in told.args] == ["The run could not be started: log.txt: the disk is read-only."]


def test_a_change_is_marked_on_every_plot_and_told_by_the_readout(qtbot, window, root: Path) -> None:
    folder = write_run(root / "run", 200)
    write_changes(folder.path, (Change(step=120, settings={"learning_rate": 5e-4, "eval_every": 10}),))
    show(qtbot, window, folder.path)
    qtbot.waitUntil(lambda: window.plots.loss.changes == (120.0,))
    assert all(panel.plot.changes == (120.0,) for panel in window.plots.small)
    told = [(row.label, *row.values) for row in loss_rows(window.plots.shown, 151)]
    assert ("from 121", "learning_rate 5e-4") in told and ("", "eval_every 10") in told
    assert not any(row.label.startswith("from") for row in loss_rows(window.plots.shown, 101))


def test_without_a_shown_run_it_is_said_what_to_choose(qtbot, window) -> None:
    with qtbot.waitSignal(window.status) as told:
        window.going_on.ask()
    assert [say() for say in told.args] == [
        "Choose a run on the right: it can then go on longer, or with another rate."
    ]


def test_a_branch_is_chosen_filled_in_started_and_shown_beside_its_parent(qtbot, window, root: Path) -> None:
    parent = new_folder(root, msgspec.structs.replace(TINY, max_steps=100, checkpoint_every=20), "tiny")
    start_detached(parent)
    show(qtbot, window, parent.path)
    qtbot.waitUntil(lambda: window.runs.shown.header.state == "finished" and len(window.runs.shown.checkpoints) == 2)
    window.going_on.ask_branch()
    (dialog,) = [each for each in window.findChildren(QInputDialog) if each.isVisible()]
    assert [words.partition(",")[0] for words in dialog.comboBoxItems()] == ["step 100", "step 80"]
    dialog.setTextValue(dialog.comboBoxItems()[1])
    dialog.accept()
    assert window.runs.selected is None and window.draft.branch is not None
    assert window.form.rows["learning_rate"].editor.hasFocus() or not window.isActiveWindow()
    assert window.form.rows["emb_dim"].is_locked and not window.form.rows["learning_rate"].is_locked
    assert window.form.values()["decay_steps"] == "100"  # where the parent's cosine ends, said
    assert "branch of" in window.findChild(QLabel, "training_empty").text()
    window.form.rows["max_steps"].set_text("80")
    assert window.form.rows["max_steps"].error == "max_steps 80 lies behind the 80 steps that are made."
    window.form.rows["max_steps"].set_text("120")
    qtbot.waitUntil(lambda: window.draft.config is not None)
    press(qtbot, window.header.start_button)
    path = root / f"{parent.name}-at-80"
    qtbot.waitUntil(lambda: window.runs.shown is not None and window.runs.shown.path == path)
    qtbot.waitUntil(lambda: window.runs.shown.header.state == "finished")
    assert window.draft.branch is None and window.runs.shown.curves.step.tolist() == list(range(81, 121))
    qtbot.waitUntil(lambda: len(window.runs.overlays()) == 1)
    (before,) = window.runs.overlays()
    window.runs.set_overlay(parent.path, True)
    (laid_over,) = window.runs.overlays()
    assert before.place != laid_over.place  # what the parent was, and a run laid over, are never dashed alike
    window.runs.set_overlay(parent.path, False)
    assert before.curves.step.tolist() == list(range(1, 81)) and before.curves.val_step[-1] == 50
    (row,) = [row for row in window.runs.rows() if row.path == path]
    assert row.origin == f"branch of {parent.name} at step 80"
    assert (f"Branch of {parent.name}", "step 80") in window.runs.shown.known_lines
    window.runs.reader.rename(parent.path, "baseline")  # the branch calls it as the list does
    qtbot.waitUntil(lambda: {row.origin for row in window.runs.rows()} == {"", "branch of baseline at step 80"})
    assert ("Branch of baseline", "step 80") in window.runs.shown.known_lines
    window.going_on.ask_branch_of(parent.path)  # of its last step: there is nothing left to train
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(QInputDialog)))
    next(each for each in window.findChildren(QInputDialog) if each.isVisible()).accept()
    assert window.form.values()["max_steps"] == "200"
    notice = window.findChild(QLabel, "warning_learning_rate")  # the cosine ends where it begins
    said = "Trains at 6e-5 at most, not at 6e-4: the cosine of the rate ends at step 100"
    assert notice.isVisible() and notice.text().startswith(said)
    window.form.rows["decay_steps"].set_text("200")
    assert notice.isHidden() and window.form.rows["max_steps"].error == ""


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_refused_value_is_told_whole_and_nothing_is_changed(qtbot, window, root: Path, scale: float) -> None:
    theme.current().set_scale(scale)
    try:
        folder = write_run(root / "done", 40, state="finished", checkpoint_step=40)
        show(qtbot, window, folder.path)
        dialog = dialog_of(qtbot, window)
        edit = dialog.rows["learning_rate"].edit
        edit.selectAll()
        qtbot.keyClicks(edit, "0,001")
        label = dialog.findChild(QLabel, "error_learning_rate")
        assert label.text() == dialog.rows["learning_rate"].error != ""
        qtbot.waitUntil(lambda: 0 < label.heightForWidth(label.width()) <= label.height())
        assert label.geometry().top() >= edit.geometry().bottom()
        qtbot.keyClick(edit, Qt.Key.Key_Return)
        assert dialog.isVisible() and read_changes(folder.path) == ()
        qtbot.keyClick(edit, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
    finally:
        theme.current().set_scale(1.0)


def test_what_was_said_of_a_draft_is_not_said_of_a_run(qtbot, window, root: Path) -> None:
    folder = write_run(root / "done", 40, state="finished", checkpoint_step=40)
    window.fill_from_text('{"n_heads": 4, "emb_dim": 64, "n_layers": 2}')
    assert window.form.help.text().startswith("Filled in ")
    show(qtbot, window, folder.path)
    assert window.form.help.text() == ""
