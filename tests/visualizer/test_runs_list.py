"""The list of runs: searched, sorted, and runs by the names that people gave them."""

import errno
import math
import os
import time
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QInputDialog, QLabel

from engine.protocol.errors import EngineError
from engine.runs.between_steps import BetweenSteps
from engine.runs.changes import Change, Course
from engine.runs.config import PRESETS
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import Evaluation, RunFolder, Status
from engine.runs.run_names import read_name, write_name
from engine.shared.processes import process_start
from engine.train.journal import Journal
from tests.visualizer.training_folders import append, write_run
from visualizer.look import theme
from visualizer.look.spoken import use_language
from visualizer.pretraining.comparison import ComparisonDialog, compare, settings_of
from visualizer.pretraining.plots.readout import loss_rows
from visualizer.pretraining.plots.table import parts
from visualizer.pretraining.run_view import UNREADABLE, RunRow
from visualizer.pretraining.runs import judgement, lost_records, preparing_view, runs_worker, silence
from visualizer.pretraining.runs.header import RunHeader
from visualizer.pretraining.runs.judgement import Spawned
from visualizer.pretraining.runs.order import ORDERS, arranged
from visualizer.pretraining.runs.panel import TrainingRuns
from visualizer.pretraining.runs.preparing_view import PreparingView
from visualizer.pretraining.runs.row_delegate import words_within
from visualizer.pretraining.runs.row_losses import row_losses, validations
from visualizer.pretraining.runs.run_summary import Spark
from visualizer.pretraining.runs.told_apart import told_apart
from visualizer.pretraining.runs.tracked_run import RunSnapshot, TrackedRun
from visualizer.pretraining.workspace import PretrainingWorkspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window

_MORE = (
    {"created": 30, "step": 5, "n_parameters": 10, "best_loss": 2.996, "best_step": 4},
    {"created": 20, "step": 90, "n_parameters": 30},
    {"created": 10, "step": 70, "n_parameters": 20, "best_loss": 1.5, "best_step": 40},
)
ROWS = (
    RunRow(Path("/runs/c"), "Third", "training", "step 5, training", 3.0, **_MORE[0]),
    RunRow(Path("/runs/b"), "second", "failed", "The loss is not finite.", None, **_MORE[1]),
    RunRow(Path("/runs/a"), "first", "finished", "step 70, finished", 3.5, **_MORE[2]),
)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("newest", ["Third", "second", "first"]),
        ("name", ["first", "second", "Third"]),
        ("state", ["Third", "second", "first"]),
        ("best val loss", ["first", "Third", "second"]),
        ("newest val loss", ["Third", "first", "second"]),
        ("steps", ["second", "first", "Third"]),
        ("parameters", ["second", "first", "Third"]),
    ],
)
def test_runs_are_sorted_and_what_has_no_value_stands_last(order, names):
    assert [row.name for row in arranged(ROWS, "", order)] == names
    turned = [row.name for row in arranged(ROWS, "", order, is_reversed=True)]
    assert turned == ([*names[1::-1], "second"] if "val loss" in order else names[::-1])


def test_every_order_has_a_case_here():
    assert set(ORDERS) == {"newest", "name", "state", "best val loss", "newest val loss", "steps", "parameters"}


def test_the_best_validation_is_told_and_the_newest_where_it_is_another(qapp):
    assert [row_losses(row) for row in ROWS] == [("3.00", ""), ("–", ""), ("1.50", "last 3.50")]
    assert row_losses(RunRow(Path("/runs/d"), "d", "failed", "", math.nan)) == ("NaN", "")
    assert [validations(row) for row in ROWS] == [
        "best validation loss 2.9960 at step 4, newest 3.0000",
        "",
        "best validation loss 1.5000 at step 40, newest 3.5000",
    ]


def test_of_a_run_the_best_validation_is_found_beside_one_that_is_not_finite(tmp_path):
    folder = write_run(tmp_path / "run", 20)
    losses = (2.5, 1.25, math.nan, 4.0)
    journal = Journal(folder)
    for step, loss in enumerate(losses, 1):
        journal.add(Evaluation(step=step * 5, tokens=1, train_loss=1.0, validation_loss=loss))
    journal.flush()
    run = TrackedRun(folder.path, is_shown=False)
    run.poll()
    assert (run.row().best_loss, run.row().best_step, run.row().val_loss) == (1.25, 10, 4.0)


def test_every_word_of_a_search_must_occur_in_name_folder_or_state():
    assert [row.name for row in arranged(ROWS, "STEP fin", "newest")] == ["first"]
    assert [row.name for row in arranged(ROWS, "third", "newest")] == ["Third"]
    assert arranged(ROWS, "third finished", "newest") == ()


@pytest.fixture
def runs(qtbot):
    made = TrainingRuns()
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show_rows(ROWS, None)
    made.show()
    qtbot.waitExposed(made)
    return made


def listed(runs):
    return [row.name for row in runs.model.rows]


def test_the_list_is_searched_with_the_keyboard_and_esc_shows_all(qtbot, runs):
    runs.focus_search()
    search = runs.finder.search
    qtbot.keyClicks(search, "first")
    assert listed(runs) == ["first"] and runs.findChild(QLabel, "runs_count").text() == "1 of 3"
    qtbot.keyClicks(search, "x")
    empty = runs.findChild(QLabel, "runs_empty")
    assert empty.isVisible() and empty.text().startswith("No run has “firstx” in its name or state.")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert len(listed(runs)) == 3 and not empty.isVisible()
    qtbot.keyClick(runs.finder.order, Qt.Key.Key_Down)
    assert runs.finder.order.currentText() == "name" and listed(runs) == ["first", "second", "Third"]
    qtbot.mouseClick(runs.finder.direction, Qt.MouseButton.LeftButton)
    assert listed(runs) == ["Third", "second", "first"]


def test_a_run_that_the_search_leaves_out_stays_shown_and_another_is_chosen_by_click(qtbot, runs):
    runs.show_rows(ROWS, Path("/runs/c"))
    told = []
    runs.run_selected.connect(told.append)
    runs.finder.search.setText("first")
    assert told == [] and not runs.view.currentIndex().isValid()
    runs.view.setCurrentIndex(runs.model.index(0))
    assert told == [Path("/runs/a")]


def test_a_name_is_kept_in_the_folder_of_the_run_and_never_its_own(tmp_path):
    run = tmp_path / "verdict-nano-1"
    run.mkdir()
    assert read_name(run) == "verdict-nano-1"
    assert write_name(run, "  lr 3e-4,\n no warm-up ") == "lr 3e-4, no warm-up" == read_name(run)
    assert write_name(run, "") == "verdict-nano-1" == read_name(run) and not list(run.iterdir())
    for name in ("x" * 101, "bell \a"):
        with pytest.raises(EngineError):
            write_name(run, name)
    (run / "name.txt").write_bytes(b"\xff\xfe\x00")
    assert read_name(run) == "verdict-nano-1"
    (run / "name.txt").unlink()
    (run / "name.txt").mkdir()
    assert read_name(run) == "verdict-nano-1"
    with pytest.raises(EngineError, match="could not be renamed"):
        write_name(run, "other")


def test_f2_renames_a_run_everywhere_and_leaves_its_folder(qtbot, tmp_path):
    folder = write_run(tmp_path / "old-run", 30)
    window = PretrainingWorkspace(root=tmp_path)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.open_run(folder.path)
    qtbot.waitUntil(lambda: window.runs.shown is not None and len(window.runs.rows()) == 1)
    view = window.list.view
    view.setCurrentIndex(window.list.model.index(0))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    dialog = window.findChild(QInputDialog, "rename_run")
    assert dialog.textValue() == "old-run"
    dialog.setTextValue("the good one")
    with qtbot.waitSignal(window.status, check_params_cb=lambda say: "the good one" in say()):
        dialog.accept()
    qtbot.waitUntil(lambda: [row.name for row in window.runs.rows()] == ["the good one"])
    qtbot.waitUntil(lambda: window.runs.shown.header.name == "the good one")
    assert window.runs.shown.curves.name == "the good one" and folder.path.is_dir()
    window.close()


@pytest.mark.parametrize(
    ("names", "titles"),
    [
        ({"/r/a": "a", "/r/b": "b"}, ["a", "b"]),
        ({"/r/a": "same", "/r/b": "same", "/r/c": "c"}, ["same (a)", "same (b)", "c"]),
        ({"/r/a": "a", "/r/b": "a"}, ["a", "a (b)"]),
        ({"/r/old/1": "1", "/r/new/1": "1", "/r/2": "2"}, ["1 (old/1)", "1 (new/1)", "2"]),
        ({"/r/1": "1", "/q/r/1": "1"}, ["1 (/r/1)", "1 (q/r/1)"]),
    ],
)
def test_no_two_runs_are_called_alike(names, titles):
    assert list(told_apart({Path(path): name for path, name in names.items()}).values()) == titles


def test_runs_that_were_given_one_name_are_told_apart_wherever_they_are_shown(qtbot, tmp_path):
    for name in ("first", "second"):
        write_run(tmp_path / name, 120)
        write_name(tmp_path / name, "baseline")
    window = PretrainingWorkspace(root=tmp_path)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.open_run(tmp_path / "first")
    window.runs.set_overlay(tmp_path / "second", True)
    titles = ["baseline (first)", "baseline (second)"]
    qtbot.waitUntil(lambda: sorted(row.name for row in window.runs.rows()) == titles)
    qtbot.waitUntil(lambda: [each.curves.name for each in window.runs.chosen()] == titles)
    assert window.runs.shown.header.name == titles[0]
    qtbot.waitUntil(lambda: [entry.words for entry in window.plots.legend.entries][-1] == titles[1])
    assert {row.label for row in loss_rows(window.plots.shown, 60.0)} >= set(titles)
    table = "".join(parts(window.plots.shown, 0, 200))
    assert {line.partition(",")[0] for line in table.splitlines()[1:]} == set(titles)
    compare(window, window.runs)
    dialog = window.findChild(ComparisonDialog)
    assert [dialog.table.horizontalHeaderItem(column).text() for column in (1, 2)] == titles
    typed = settings_of(window.runs.shown)
    use_language("pt_BR")
    assert settings_of(window.runs.shown)["grad_clip"] == typed["grad_clip"].replace(".", ",") != typed["grad_clip"]
    use_language("en")
    dialog.reject()
    window._rename(tmp_path / "second")
    dialog = window.findChild(QInputDialog, "rename_run")
    assert dialog.textValue() == "baseline"  # as it was typed
    dialog.setTextValue("other")
    dialog.accept()
    qtbot.waitUntil(lambda: sorted(row.name for row in window.runs.rows()) == ["baseline", "other"])
    qtbot.waitUntil(lambda: window.runs.shown.header.name == "baseline")
    window.close()


def test_a_branch_is_marked_where_it_left_its_parent(tmp_path):
    folder = write_run(tmp_path / "branch", 30, first=501)
    folder.write_facts(msgspec.structs.replace(folder.facts(), parent="/runs/parent", parent_step=500))
    run = TrackedRun(folder.path)
    run.poll()
    assert run.curves().changes == ((500, "branch of parent at step 500"),)


def test_the_hours_of_a_branch_go_on_where_its_checkpoint_was_as_its_steps_do(tmp_path):
    every = {"eval_every": 100, "sample_every": 250, "checkpoint_every": 300}
    config = msgspec.structs.replace(PRESETS["nano"], max_steps=1000, **every)
    folder = write_run(tmp_path / "branch", 100, first=501, state="training", config=config)
    folder.write_facts(
        msgspec.structs.replace(folder.facts(), parent="/runs/parent", parent_step=500, parent_elapsed_s=7200.0)
    )
    folder.write_status(msgspec.structs.replace(folder.status(), pid=os.getpid(), started=process_start(os.getpid())))
    run = TrackedRun(folder.path)
    run.poll()
    found, header = run.curves(), run.snapshot().header
    assert found.hours[0] == pytest.approx(2 + 0.05 / 3600) and found.hours[-1] == pytest.approx(2 + 100 * 0.05 / 3600)
    assert found.val_x("hours")[0] == pytest.approx(2 + 100 * 0.05 / 3600)
    assert found.ahead(np.array([800.0]), "hours")[0] == pytest.approx(2 + 300 * 0.05 / 3600)
    assert header.state == "training" and header.remaining_s == pytest.approx(0.05 * 400)
    between = BetweenSteps(evaluation_s=3.0, sample_s=2.0, checkpoint_s=1.0)
    folder.write_status(msgspec.structs.replace(folder.status(), between_steps=between))
    run.poll()
    n = [len([step for step in range(601, 1001) if step % every == 0 or step == 1000]) for every in (100, 250, 300)]
    due_s = n[0] * 3.0 + n[1] * 2.0 + n[2] * 1.0
    assert run.snapshot().header.remaining_s == pytest.approx(0.05 * 400 + due_s)


@pytest.mark.parametrize(("age_s", "state"), [(1, "starting"), (3600, "stopped"), (-3600, "stopped")])
def test_a_run_without_a_trainer_does_not_start_for_ever_also_where_the_clock_was_set_back(tmp_path, age_s, state):
    folder = RunFolder(tmp_path / "run")
    folder.write_facts(RunFacts(config=PRESETS["nano"], created=time.time() - age_s))
    run = TrackedRun(folder.path)
    run.poll()
    assert run.row().state == state


def test_a_trainer_that_ended_before_it_began_is_told_also_where_the_clock_was_set_back(tmp_path):
    folder = write_run(tmp_path / "run", 50, state="stopped", sentence="Before.")
    folder.write_status(msgspec.structs.replace(folder.status(), updated=time.time() + 3600))
    run = TrackedRun(folder.path)
    run.note_spawned(Spawned(1 << 22, 7, folder.status()))  # as no process is
    run.poll()
    assert (run.row().state, run.row().words) == ("crashed", "The trainer ended before it began.")
    folder.write_status(msgspec.structs.replace(folder.status(), state="finished"))  # another trainer has been there
    run.poll()
    assert run.row().state == "finished"


@pytest.mark.parametrize("step_s", [-86400.0, 0.0, 86400.0])
def test_the_time_that_preparing_takes_is_told_wherever_the_clock_is_set(monkeypatch, step_s):
    now_s = 0.0
    monkeypatch.setattr(preparing_view.time, "monotonic", lambda: now_s)
    view = PreparingView()
    status = Status(state="preparing", bytes_to_prepare=1000, updated=1e9)
    for share in (0, 100, 100, 250):
        view.take(msgspec.structs.replace(status, prepared_bytes=share, updated=1e9 + share + (share > 100) * step_s))
        now_s += 5.0
    assert "45 s left" in view.words  # 250 of 1,000 bytes took 15 s


def test_the_list_tells_the_same_of_a_run_whose_records_are_not_kept(tmp_path):
    folder = write_run(tmp_path / "run", 250)
    kept, told = TrackedRun(folder.path), TrackedRun(folder.path, is_shown=False)
    for first in (251, 351):
        assert kept.poll() and told.poll()
        np.testing.assert_array_equal(kept.row().spark, told.row().spark)
        assert (kept.row().val_loss, kept.row().step) == (told.row().val_loss, told.row().step)
        append(folder, first, 100, folder.facts().config)
    assert len(kept.curves().loss) == 350 and not len(told.curves().loss)
    told.set_shown(True)
    assert kept.poll() and told.poll()
    np.testing.assert_array_equal(kept.curves().loss, told.curves().loss)
    assert len(told.snapshot().samples) == 2


@pytest.mark.parametrize(
    ("code", "last"), [("training.ended_early", 250), ("training.stopped", 500)], ids=["early", "stopped"]
)
def test_behind_an_early_end_nothing_is_planned_any_more(tmp_path, code, last):
    run = TrackedRun(write_run(tmp_path / "run", 250, code=code, sentence="It ended.").path)
    assert run.poll()
    found = run.curves()
    assert found.max_steps == last and found.planned_step.max() == pytest.approx(last, abs=2)


@pytest.mark.parametrize("n", [1, 95, 96, 97, 1000, 5000])
def test_the_small_curve_of_a_run_is_its_means_in_however_many_parts_they_come(n):
    values, whole, parts = np.arange(n, dtype=float), Spark(), Spark()
    values[n // 3] = np.nan
    whole.extend(values)
    for start in range(0, n, 7):
        parts.extend(values[start : start + 7])
    np.testing.assert_allclose(whole.points, parts.points)
    assert min(n, 48) <= len(whole.points) <= 96
    assert np.nansum(whole.points) > 0 or n < 2


def test_a_run_that_is_opened_while_the_list_is_read_stands_in_it(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_worker, "_FIRST_LOOKS_S", 0.0)  # a run in each look
    for name in ("first", "second"):
        write_run(tmp_path / name, 5)
    worker = runs_worker.RunsWorker(tmp_path)
    told: list[tuple[str, ...]] = []
    worker.rows_changed.connect(lambda rows: told.append(tuple(row.name for row in rows)))
    worker.begin()
    assert len(told[-1]) == 1, "one of the two is read"
    assert worker._timer.interval() == 0, "the other one is read at once"
    worker.watch(tuple(tmp_path / name for name in ("first", "second") if name not in told[-1]))
    worker.poll()
    assert set(told[-1]) == {"first", "second"}
    worker._timer.stop()


def test_runs_are_read_first_in_the_order_that_they_stand_in_whenever_their_files_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_worker, "_FIRST_LOOKS_S", 0.0)  # a run in each look
    for place, name in enumerate(("oldest", "older", "newest")):
        folder = write_run(tmp_path / name, 5)
        folder.write_facts(msgspec.structs.replace(folder.facts(), order=100.0 + place))
        os.utime(folder.path / "run.json", (1e9 - place, 1e9 - place))  # as where the clock was set back
    worker = runs_worker.RunsWorker(tmp_path)
    told: list[tuple[str, ...]] = []
    worker.rows_changed.connect(lambda rows: told.append(tuple(row.name for row in rows)))
    worker.begin()
    while len(told[-1]) < 3:
        worker.poll()
    assert list(dict.fromkeys(told)) == [("newest",), ("newest", "older"), ("newest", "older", "oldest")]
    worker._timer.stop()


def test_a_run_that_nobody_may_look_into_is_said_once_and_read_when_one_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_worker, "_LIST_EVERY_S", 0.0)
    for name in ("open", "closed"):
        write_run(tmp_path / name, 5)
    worker = runs_worker.RunsWorker(tmp_path)
    told: list[tuple[str, ...]] = []
    said: list[str] = []
    worker.rows_changed.connect(lambda rows: told.append(tuple(row.name for row in rows)))
    worker.failed.connect(lambda say: said.append(say()))
    poll = TrackedRun.poll

    def refused(run: TrackedRun, *given: Any) -> bool:
        if run.folder.name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied", str(run.folder.path))
        return poll(run, *given)

    monkeypatch.setattr(TrackedRun, "poll", refused)
    worker.begin()
    worker.poll()
    assert told[-1] == ("open",) and said == ["The run closed cannot be read: permission denied."]
    monkeypatch.setattr(TrackedRun, "poll", poll)
    worker.poll()
    assert set(told[-1]) == {"open", "closed"} and len(said) == 1
    worker._timer.stop()


def test_a_watched_run_whose_folder_is_closed_stays_marked_with_one_sentence_and_comes_back(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_worker, "_LIST_EVERY_S", 0.0)
    path, away = write_run(tmp_path / "run", 5).path, tmp_path / ".away"
    worker = runs_worker.RunsWorker(tmp_path)
    rows: list[tuple[RunRow, ...]] = []
    shown: list[RunSnapshot] = []
    said: list[str] = []
    worker.rows_changed.connect(rows.append)
    worker.run_changed.connect(shown.append)
    worker.failed.connect(lambda say: said.append(say()))
    worker.begin()
    worker.watch((path,))
    before = rows[-1][0]
    path.rename(away)
    path.symlink_to(path)  # which nobody can follow, whatever they may
    worker.poll()
    worker.poll()
    worker.say_again()
    words = "The run run cannot be read: its links lead round in a circle."
    assert said == [words]
    assert [(row.state, row.words, row.step) for row in rows[-1]] == [(UNREADABLE, words, before.step)]
    assert (shown[-1].header.state, shown[-1].header.sentence) == (UNREADABLE, words)
    header = RunHeader()
    qtbot.addWidget(header)
    header.show_view(shown[-1].header)
    buttons = (header.pause_button, header.change_button, header.stop_button, header.start_button)
    assert all(button.isHidden() for button in buttons)
    path.unlink()
    away.rename(path)
    worker.poll()
    assert (rows[-1][0].state, rows[-1][0].words) == (before.state, before.words) and said == [words]
    assert shown[-1].header.state == before.state
    worker._timer.stop()


def test_a_run_that_lost_its_settings_is_listed_with_what_it_recorded_and_comes_back(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_worker, "_LIST_EVERY_S", 0.0)
    path = write_run(tmp_path / "run", 5).path
    facts = path / "run.json"
    written = facts.read_bytes()
    for damage in (facts.unlink, lambda: facts.write_text("{"), lambda: facts.symlink_to(facts)):
        damage()
        worker = runs_worker.RunsWorker(tmp_path)
        rows: list[tuple[RunRow, ...]] = []
        shown: list[RunSnapshot] = []
        said: list[str] = []
        worker.rows_changed.connect(rows.append)
        worker.run_changed.connect(shown.append)
        worker.failed.connect(lambda say, said=said: said.append(say()))
        worker.begin()
        worker.watch((path,))
        worker.poll()
        assert [(row.name, row.state) for row in rows[-1]] == [("run", UNREADABLE)]
        assert rows[-1][0].words.startswith("Its settings are lost: run.json is ") and len(said) == 1
        assert shown[-1].curves.step.tolist() == [1, 2, 3, 4, 5] and not shown[-1].is_known
        assert not len(shown[-1].curves.planned_step) and shown[-1].header.max_steps == 5
        facts.unlink(missing_ok=True)
        facts.write_bytes(written)
        worker.poll()
        assert rows[-1][0].state == "finished" and shown[-1].is_known
        facts.unlink()
        worker._timer.stop()


def test_steps_of_which_a_run_has_no_record_are_counted_once_it_has_ended(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", 8)
    run = TrackedRun(folder.path)
    run.poll()
    assert run.snapshot().header.sentence == ""
    lines = (folder.path / "records.jsonl").read_bytes().splitlines(keepends=True)
    (folder.path / "records.jsonl").write_bytes(b"".join(lines[:2] + lines[5:]))
    run = TrackedRun(folder.path)
    run.poll()
    assert run.snapshot().header.sentence.startswith("Of its 8 steps 3 have no record")


def test_validations_and_samples_of_which_a_run_has_no_record_are_counted_as_they_were_due(tmp_path: Path) -> None:
    begun = msgspec.structs.replace(PRESETS["nano"], max_steps=300, eval_every=50, sample_every=100)
    course = Course(begun, (Change(step=120, settings={"eval_every": 40, "sample_every": 0}),
                            Change(step=300, settings={"max_steps": 310})))  # fmt: skip
    validated, sampled = lost_records.due(course, 0, 310)
    assert validated.tolist() == [50, 100, 160, 200, 240, 280, 300, 310] and sampled.tolist() == [100]
    branch = lost_records.due(Course(begun), 100, 250)
    assert [each.tolist() for each in branch] == [[150, 200, 250], [200]]
    folder = write_run(tmp_path / "run", 510)
    for name, words in (
        ("evaluations.jsonl", "1 validation has no record: its line was lost or damaged."),
        ("samples.jsonl", "1 sample has no record: its line was lost or damaged."),
    ):
        whole = (folder.path / name).read_bytes()
        run = TrackedRun(folder.path)
        run.poll()
        assert run.snapshot().header.sentence == ""
        (folder.path / name).write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
        run = TrackedRun(folder.path)
        run.poll()
        assert run.snapshot().header.sentence == words
        (folder.path / name).write_bytes(whole)


def test_what_an_ended_run_lacks_is_counted_anew_only_where_something_of_it_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_run(tmp_path / "run", 510)
    evaluations = folder.path / "evaluations.jsonl"
    evaluations.write_bytes(b"".join(evaluations.read_bytes().splitlines(keepends=True)[:-1]))
    counted: list[int] = []
    due = lost_records.due
    monkeypatch.setattr(lost_records, "due", lambda *a: counted.append(1) or due(*a))
    run = TrackedRun(folder.path)
    for _ in range(4):
        run.poll()
    assert len(counted) == 1 and run.snapshot().header.sentence.startswith("1 validation has no record")
    try:
        use_language("pt_BR")
        assert run.poll() and run.snapshot().header.sentence.startswith("1 validação")
    finally:
        use_language("en")
    run.poll()
    run.set_shown(False)
    run.poll()
    assert run.row().words == "step 510, finished"
    run.set_shown(True)
    run.poll()
    run.poll()
    assert run.snapshot().header.sentence.startswith("1 validation has no record") and len(counted) == 4


def test_what_another_hand_changed_is_said_of_a_run_that_has_ended(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", 8)
    folder.write_status(msgspec.structs.replace(folder.status(), altered={"records.jsonl": 5}))
    facts = folder.path / "run.json"
    facts.write_bytes(facts.read_bytes().replace(b'"batch_size": 12', b'"batch_size": 13'))
    run = TrackedRun(folder.path)
    run.poll()
    sentence = run.snapshot().header.sentence
    assert sentence.startswith("run.json of run is not as it was written")
    assert sentence.endswith("records.jsonl has other lines from before step 5 than the run wrote.")


def test_a_row_tells_where_a_branch_comes_from_whole_in_short_or_not_at_all() -> None:
    metrics = QFontMetrics(theme.current().font(11))
    row = RunRow(Path("/r"), "b", "finished", "step 9, finished", origin="branch of very-long at step 5",
                 short_origin="branch at step 5")  # fmt: skip
    told = ["step 9, finished, branch of very-long at step 5", "step 9, finished, branch at step 5", "step 9, finished"]
    for words, less in zip(told, [*told[1:], "step 9, finis…"], strict=True):
        width = metrics.horizontalAdvance(words)
        assert words_within(metrics, row, width) == words
        assert (
            words_within(metrics, row, width - 1)[:12] == less[:12] and words_within(metrics, row, width - 1) != words
        )


def test_a_trainer_that_ended_between_two_looks_is_not_told_to_have_crashed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_run(tmp_path / "run", 8)
    ended = folder.status()
    folder.write_status(msgspec.structs.replace(ended, state="training", pid=os.getpid(), started=1))
    run = TrackedRun(folder.path)

    def ends(pid: int) -> int:  # after its status was read, and before its process is asked for
        folder.write_status(ended)
        return 0

    monkeypatch.setattr(judgement, "process_start", ends)
    run.poll()
    assert run.row().state == "finished"


def test_a_trainer_that_is_silent_for_longer_than_its_work_explains_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, held = [100.0], [False]
    monkeypatch.setattr(silence.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(silence, "is_held", lambda pid: held[0])
    status = Status(state="training", pid=7, step=20, updated=1.0)

    def words(after_s: float, status: Status = status, pace_s: float | None = 0.1) -> str:
        now[0] = 100.0
        follower = silence.Silence()
        follower.take(status, 20)
        now[0] += after_s
        follower.take(status, 20)
        return follower.words(status, 20, pace_s)

    assert words(9) == "" and words(11).startswith("Nothing came from the trainer since ")
    assert words(11, pace_s=20.0) == "" and words(200, pace_s=20.0)  # its steps take long
    slow = BetweenSteps(evaluation_s=10.0)
    assert words(30, msgspec.structs.replace(status, between_steps=slow)) == ""
    assert words(900, msgspec.structs.replace(status, state="paused")) == ""
    held[0] = True
    assert words(1) == "" and words(3).startswith("Its process 7 is held by a signal, nothing came since ")
    assert words(3, msgspec.structs.replace(status, state="paused"))
