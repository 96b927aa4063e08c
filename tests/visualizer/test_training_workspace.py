"""The workspace on real run folders and real trainer processes."""

import os
import re
import signal
import threading
import weakref

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
)

from engine.runs import run_reader
from engine.runs.control import control, start_detached
from engine.runs.run_folder import RunFolder, list_runs, new_folder
from engine.runs.step_columns import StepColumns
from engine.shared.processes import process_start
from engine.train.journal import Journal
from tests.patience import PATIENCE_S
from tests.processes import send_signal
from tests.visualizer.training_folders import TINY, append, write_run
from tests.warm import warm_trainers
from visualizer.look import theme
from visualizer.look.spoken import use_language
from visualizer.pretraining.form.form_model import to_text
from visualizer.pretraining.plots import repainter
from visualizer.pretraining.run_view import HeaderView
from visualizer.pretraining.runs import runs_worker
from visualizer.pretraining.runs.header import RunHeader
from visualizer.pretraining.workspace import PretrainingWorkspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window


@pytest.fixture(autouse=True, scope="module")
def trainers_are_warm():
    """Trainers that begin with nothing are those of test_training_survival.py."""
    with warm_trainers():
        yield


@pytest.fixture
def root(tmp_path):
    """Where runs lie; whatever trains there is ended afterwards."""
    path = tmp_path / "runs"
    path.mkdir()
    yield path
    for folder in list_runs(path):
        if folder.is_alive():
            send_signal(folder.status().pid, signal.SIGKILL)


@pytest.fixture
def open_window(qtbot, root):
    """Opens workspaces over the same root, one after another or side by side."""
    opened = []

    def make():
        window = PretrainingWorkspace(root=root)
        qtbot.addWidget(window)
        window.resize(1440, 900)
        window.show()
        opened.append(window)
        return window

    yield make
    for window in opened:
        window.close()
    qtbot.waitUntil(lambda: all(thread.name != "corpus_inspector" for thread in threading.enumerate()))
    assert all(window.runs.reader.is_closed for window in opened)


def press(qtbot, window, name):
    button = window.findChild(QPushButton, name)
    assert button.isVisible() and button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def state(window):
    return window.runs.shown.header.state if window.runs.shown is not None else None


def step(window):
    return window.runs.shown.header.step if window.runs.shown is not None else -1


def text(window, name):
    return window.findChild(QLabel, name).text()


def test_a_run_is_started_paused_resumed_and_stopped_with_the_mouse(qtbot, open_window, root):
    window = open_window()
    window.form.set_values(to_text(TINY))
    qtbot.waitUntil(lambda: window.draft.config is not None)
    with qtbot.waitSignal(window.running_changed) as told:
        press(qtbot, window, "train_start_button")
    assert told.args == [True]
    qtbot.waitUntil(lambda: step(window) > 20)
    # Records are read behind the status: what is told of it may be a look older than the step.
    qtbot.waitUntil(
        lambda: window.state_words() == ("ready", f"Trainer running, pid {list_runs(root)[0].status().pid}")
    )
    assert window.is_training
    assert window.form.rows["emb_dim"].edit.isReadOnly() and text(window, "form_state") == "fixed while training"
    press(qtbot, window, "train_pause_button")
    qtbot.waitUntil(lambda: state(window) == "paused")
    held = RunFolder(window.runs.selected).status().step
    assert window.header.pause_button.text() == "Resume"
    press(qtbot, window, "train_pause_button")
    qtbot.waitUntil(lambda: step(window) > held)
    said = []
    window.status.connect(said.append)
    with qtbot.waitSignal(window.running_changed) as told:
        press(qtbot, window, "train_stop_button")
    assert told.args == [False] and state(window) == "stopped"
    ended = f"{window.runs.selected.name}: step {{n:,}}, stopped, best validation loss "
    qtbot.waitUntil(lambda: said[-1:] and said[-1]().startswith(ended.format(n=step(window))))
    with qtbot.waitSignal(window.said_again):
        use_language("pt_BR")
        assert said[-1]() == ""  # no half of it is in another language meanwhile
    assert re.fullmatch(r".*: passo [\d.]+, parada, melhor perda de validação .*\.", said[-1]()), said[-1]()
    use_language("en")
    qtbot.waitUntil(lambda: len(window.runs.shown.curves.step) == window.runs.shown.status.step)
    assert window.state_words() == ("idle", "No trainer running")
    shown = window.runs.shown
    assert shown.curves.step.tolist() == list(range(1, shown.status.step + 1))
    assert shown.status.checkpoint_step == shown.status.step


def test_the_list_is_said_anew_at_once_also_where_it_is_drawn_seldom(qtbot, open_window, root, monkeypatch):
    for pace in ("_LEAST_S", "_MOST_S"):
        monkeypatch.setattr(repainter, pace, 3600.0)
    run = write_run(root / "a", 20)
    window = open_window()
    qtbot.waitUntil(lambda: bool(window.list.model.rows))
    window.runs.select(run.path)
    qtbot.waitUntil(lambda: state(window) is not None and window._run_links._repainter._drawn_at > 0)
    use_language("pt_BR")
    qtbot.waitUntil(lambda: window.list.model.rows[0].words.startswith("passo 20, "))
    use_language("en")
    qtbot.waitUntil(lambda: window.list.model.rows[0].words.startswith("step 20, "))


def test_the_language_is_another_while_a_run_trains_and_the_run_goes_on(qtbot, open_window, root):
    window = open_window()
    window.form.set_values(to_text(TINY))
    qtbot.waitUntil(lambda: window.draft.config is not None)
    press(qtbot, window, "train_start_button")
    qtbot.waitUntil(lambda: step(window) > 5)
    trainer, before = list_runs(root)[0].status().pid, step(window)
    use_language("pt_BR")
    qtbot.waitUntil(lambda: text(window, "form_state") == "fixo durante o treino")
    qtbot.waitUntil(lambda: window.list.model.rows[0].words.startswith("passo ") and step(window) > before + 5)
    assert window.header.pause_button.text() == "Pausar"
    qtbot.waitUntil(lambda: window.state_words() == ("ready", f"Treinador em execução, pid {trainer}"))
    use_language("en")
    qtbot.waitUntil(lambda: text(window, "form_state") == "fixed while training")
    qtbot.waitUntil(lambda: window.list.model.rows[0].words.startswith("step "))
    press(qtbot, window, "train_stop_button")
    qtbot.waitUntil(lambda: state(window) == "stopped" and len(window.runs.shown.curves.step) >= before + 5)
    assert list_runs(root)[0].status().pid == trainer
    assert window.runs.shown.curves.step.tolist() == list(range(1, window.runs.shown.status.step + 1))


def test_a_run_that_prepares_its_corpus_says_how_far_it_is_and_can_be_stopped(qtbot, open_window, root):
    window = open_window()
    folder = new_folder(root, TINY, "nano")
    journal = Journal(folder)
    journal.set(urgent=True, state="preparing", prepared_bytes=12_000_000, bytes_to_prepare=48_000_000)
    window.open_run(folder.path)
    qtbot.waitUntil(lambda: state(window) == "preparing")
    begins = "Its corpus becomes tokens: 12 MB of 48 MB"
    assert text(window, "run_sentence") == f"{begins}. Training begins then."
    qtbot.waitUntil(lambda: [row.words for row in window.list.model.rows] == ["preparing its corpus, 25 %"])
    assert window.header.stop_button.isEnabled() and not window.header.pause_button.isEnabled()
    journal.set(urgent=True, prepared_bytes=24_000_000)
    qtbot.waitUntil(lambda: text(window, "run_sentence").startswith("Its corpus becomes tokens: 24 MB of 48 MB, "))
    bar = window.findChild(QProgressBar, "run_progress")
    qtbot.waitUntil(lambda: bar.value() / bar.maximum() == 0.5)
    journal.set(urgent=True, state="preparing", pid=0x7FFFFFFF)
    qtbot.waitUntil(lambda: state(window) == "crashed")
    assert text(window, "run_sentence").endswith("while it prepared the corpus. Resume prepares it again.")


def test_start_waits_for_a_corpus_that_is_still_read_and_an_edit_takes_it_back(qtbot, open_window, root):
    window = open_window()
    window.form.set_values(to_text(TINY))
    assert window.draft.is_reading
    said: list[str] = []
    window.status.connect(lambda words: said.append(words()))
    press(qtbot, window, "train_start_button")
    assert said == ["The run starts as soon as its corpus is read."] and not list_runs(root)
    window.form.rows["max_steps"].edit.setText("12")
    qtbot.waitUntil(lambda: window.draft.config is not None)
    assert not list_runs(root)
    window.form.rows["max_steps"].edit.setText("13")
    press(qtbot, window, "train_start_button")
    qtbot.waitUntil(lambda: len(list_runs(root)) == 1)
    assert list_runs(root)[0].facts().config.max_steps == 13
    qtbot.waitUntil(lambda: state(window) == "finished")


def test_the_form_offers_the_devices_of_this_machine(qtbot, open_window, root):
    window = open_window()
    box = window.form.rows["device"].box
    assert [box.itemData(index) for index in range(box.count())] == ["auto", "cpu"]
    window.form.rows["device"].set_text("cpu")
    window.set_devices(("cpu", "cuda:0", "cuda:1"))
    assert [box.itemData(index) for index in range(box.count())] == ["auto", "cpu", "cuda"]
    assert window.form.values()["device"] == "cpu"


def test_a_run_outlives_its_window_and_another_window_controls_it(qtbot, open_window, root):
    folder = new_folder(root, TINY, "tiny")
    pid = start_detached(folder)
    first = open_window()
    qtbot.waitUntil(lambda: step(first) > 5)  # what trains is selected by itself
    first.close()
    assert process_start(pid)
    second = open_window()
    qtbot.waitUntil(lambda: state(second) == "training")
    press(qtbot, second, "train_stop_button")
    qtbot.waitUntil(lambda: state(second) == "stopped")


def test_a_killed_trainer_is_named_and_resumes_from_its_checkpoint(qtbot, open_window, root):
    folder = new_folder(root, TINY, "tiny")
    pid = start_detached(folder)
    window = open_window()
    qtbot.waitUntil(lambda: folder.status().checkpoint_step >= 50)
    qtbot.waitUntil(lambda: state(window) == "training")
    send_signal(pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: state(window) == "crashed")
    assert "stopped unexpectedly at step" in text(window, "run_sentence")
    qtbot.waitUntil(lambda: "stopped unexpectedly" in window.runs.rows()[0].words)
    checkpoint = folder.status().checkpoint_step
    press(qtbot, window, "train_pause_button")
    qtbot.waitUntil(lambda: state(window) == "training" and step(window) > checkpoint)
    # What was trained twice is drawn once.
    qtbot.waitUntil(lambda: (np.diff(window.runs.shown.curves.step) == 1).all() and step(window) > checkpoint)
    assert control(folder, "stop", PATIENCE_S) == "ok"
    qtbot.waitUntil(lambda: state(window) == "stopped")


def test_a_trainer_that_dies_before_it_writes_shows_its_last_words_and_its_log(qtbot, open_window, root, tmp_path):
    corpus = tmp_path / "gone.txt"
    corpus.write_text("To be or not to be. " * 50)
    window = open_window()
    window.form.set_values(to_text(msgspec.structs.replace(TINY, corpus=str(corpus))))
    qtbot.waitUntil(lambda: window.draft.config is not None)
    corpus.unlink()
    press(qtbot, window, "train_start_button")
    qtbot.waitUntil(lambda: state(window) in ("failed", "crashed"))
    assert "gone.txt" in text(window, "run_sentence")
    press(qtbot, window, "show_log")
    log = window.findChild(QPlainTextEdit, "run_log_text")
    assert "gone.txt" in log.toPlainText()
    log.window().close()


@pytest.mark.parametrize(
    ("sample_every", "is_lost", "words"),
    [
        (100, False, "This run has written no sample."),
        (0, False, "This run writes no samples: its sample_every is 0."),
        (0, True, "This run has written no sample."),
    ],
)
def test_of_a_run_without_samples_it_is_said_why(qtbot, open_window, root, sample_every, is_lost, words):
    run = write_run(root / "short", 40, config=msgspec.structs.replace(TINY, sample_every=sample_every))
    if is_lost:  # nobody knows its settings
        (run.path / "run.json").write_text("{")
    window = open_window()
    window.runs.select(run.path)
    qtbot.waitUntil(lambda: step(window) == 40)
    assert text(window, "samples_empty") == words


def test_a_run_of_last_week_is_read_and_then_only_what_is_new(qtbot, open_window, root, tmp_path):
    folder = write_run(tmp_path / "elsewhere" / "old-run", 450, state="stopped", checkpoint_step=400)
    window = open_window()
    window.open_run(folder.path)
    qtbot.waitUntil(lambda: step(window) == 450)
    curves = window.runs.shown.curves
    assert len(curves.step) == 450 and curves.val_step.tolist() == [1, 100, 200, 300, 400]
    assert [sample.step for sample in window.runs.shown.samples] == [200, 400]
    cards = [label.text() for label in window.findChildren(QLabel, "sample_text")]
    assert any("step &lt;400&gt;" in card and "is &amp; was" in card for card in cards)
    assert text(window, "step_readout") == "450"
    append(folder, 451, 10, window.runs.shown.facts.config)
    qtbot.waitUntil(lambda: len(window.runs.shown.curves.step) == 460)
    assert len(curves.step) == 450


def test_a_run_that_is_opened_from_elsewhere_is_read_once(qtbot, open_window, root, tmp_path, monkeypatch):
    n_read, read = [], StepColumns.read

    def counted(columns, n_bytes):
        found = read(columns, n_bytes)
        n_read.append(found.shape[1])
        return found

    monkeypatch.setattr(StepColumns, "read", counted)
    folder = write_run(tmp_path / "elsewhere" / "old-run", 450)
    window = open_window()
    window.open_run(folder.path)
    qtbot.waitUntil(lambda: step(window) == 450)
    assert len(window.runs.shown.curves.step) == 450 and sum(n_read) == 450


def test_a_long_run_is_shown_while_it_is_read(qtbot, open_window, root, tmp_path, monkeypatch):
    monkeypatch.setattr(run_reader, "PART_BYTES", 1 << 14)
    monkeypatch.setattr(runs_worker, "_MOST_LOOK_S", 0.0)
    folder = write_run(tmp_path / "long-run", 600)
    window, seen = open_window(), []
    window.runs.shown_changed.connect(lambda shown, _: seen.append(shown))
    window.open_run(folder.path)
    qtbot.waitUntil(lambda: bool(seen) and len(seen[-1].curves.step) == 600)
    counts = [len(shown.curves.step) for shown in seen]
    assert len(counts) > 4 and counts == sorted(counts) and counts[0] < 200
    for shown in seen[:-1]:
        assert shown.header.sentence == f"Its records are being read: step {len(shown.curves.step)} so far."
        assert shown.header.train_loss is None and shown.header.step == 600 and not shown.curves.is_read
    assert seen[-1].curves.is_read and seen[-1].header.train_loss is not None
    qtbot.waitUntil(lambda: window.plots.shown.run is seen[-1].curves and text(window, "run_sentence") == "")
    np.testing.assert_array_equal(seen[-1].curves.step, np.arange(1, 601))


def test_the_records_of_a_run_are_held_only_while_it_is_shown(qtbot, open_window, root):
    paths = [write_run(root / name, 300).path for name in ("first", "second")]
    window = open_window()
    qtbot.waitUntil(lambda: len(window.runs.rows()) == 2)
    window.runs.set_overlay(paths[1], True)
    window.runs.select(paths[0])
    qtbot.waitUntil(lambda: len(window.runs.chosen()) == 2 and window.plots.shown is not None)
    held = [weakref.ref(each.curves.loss.base) for each in window.runs.chosen()]
    window.runs.set_overlay(paths[1], False)
    qtbot.waitUntil(lambda: held[1]() is None)
    window.runs.select(None)
    qtbot.waitUntil(lambda: held[0]() is None)
    append(RunFolder(paths[0]), 301, 10, RunFolder(paths[0]).facts().config)
    window.runs.select(paths[0])
    qtbot.waitUntil(lambda: window.plots.shown is not None)
    assert window.runs.shown.curves.step.tolist() == list(range(1, 311))


def test_a_loss_that_is_not_finite_reaches_the_plot_and_the_words(qtbot, open_window, root):
    sentence = "The loss of step 151 is not finite, so training stopped there."
    folder = write_run(root / "diverged", 150, state="failed", sentence=sentence)
    append(folder, 151, 1, folder.facts().config, loss=None, gradient_norm=None)
    window = open_window()
    window.open_run(folder.path)
    qtbot.waitUntil(lambda: [(kind, x.tolist()) for kind, x in window.plots.loss.marks] == [("nan", [151])])
    assert text(window, "run_sentence") == sentence
    assert window.runs.rows()[0].words == sentence


def test_new_run_from_this_and_back_loses_nothing(qtbot, open_window, root):
    write_run(root / "older", 100)
    window = open_window()
    field = window.form.rows["emb_dim"].edit
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "96")
    window.open_run(root / "older")
    qtbot.waitUntil(lambda: field.text() == "128")
    press(qtbot, window, "new_run")
    assert field.text() == "96" and not field.isReadOnly()
    window.open_run(root / "older")
    qtbot.waitUntil(lambda: field.text() == "128")
    press(qtbot, window, "new_run_from_this")
    assert field.text() == "128" and not field.isReadOnly()
    assert window.form.values()["max_steps"] == "200"


def test_a_list_that_takes_several_looks_to_read_fills_in(qtbot, open_window, root, monkeypatch):
    monkeypatch.setattr(runs_worker, "_FIRST_LOOKS_S", 0.0)  # as on a slow disk: one run a look
    for name in ("first", "second", "third"):
        write_run(root / name, 20)
    window = open_window()
    qtbot.waitUntil(lambda: {row.name for row in window.runs.rows()} == {"first", "second", "third"})


def test_a_run_that_is_laid_over_is_drawn_at_once_however_long_the_last_drawing_took(
    qtbot, open_window, root, monkeypatch
):
    monkeypatch.setattr(repainter, "_SHARE", 1e-9)
    monkeypatch.setattr(repainter, "_MOST_S", 10 * PATIENCE_S)
    paths = [write_run(root / name, 100).path for name in ("first", "second")]
    window = open_window()
    qtbot.waitUntil(lambda: len(window.runs.rows()) == 2)
    window.runs.select(paths[0])
    qtbot.waitUntil(lambda: window.plots.shown is not None)
    window.runs.set_overlay(paths[1], True)
    qtbot.waitUntil(lambda: len(window.plots.shown.overlays) == 1)


def test_runs_lie_over_each_other_and_are_deleted_after_a_question(qtbot, open_window, root):
    write_run(root / "first", 100)
    write_run(root / "second", 80)
    os.utime(root / "first" / "run.json", (1e9, 1e9))  # the list is ordered by their times
    window = open_window()
    view = window.list.view
    qtbot.waitUntil(lambda: [row.name for row in window.runs.rows()] == ["second", "first"])
    window.open_run(root / "first")
    view.setCurrentIndex(window.list.model.index(0))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.runs.selected == root / "first")
    other = view.visualRect(window.list.model.index(0))
    box = other.topLeft()
    box += type(box)(16, other.height() // 2)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    qtbot.waitUntil(lambda: window.plots.shown is not None and len(window.plots.shown.overlays) == 1)
    assert window.plots.shown.overlays[0].curves.name == "second"
    menu = {action.text(): action for action in window.list.menu_for(window.runs.rows()[0]).actions()}
    menu["Copy path"].trigger()
    assert QGuiApplication.clipboard().text() == str(root / "second")
    menu["Delete…"].trigger()
    window.findChild(QMessageBox, "delete_run").button(QMessageBox.StandardButton.Cancel).click()
    assert (root / "second").exists()
    menu["Delete…"].trigger()
    (question,) = [each for each in window.findChildren(QMessageBox, "delete_run") if each.isVisible()]
    next(each for each in question.buttons() if each.text() == "Delete").click()
    qtbot.waitUntil(lambda: [row.name for row in window.runs.rows()] == ["first"])
    assert not (root / "second").exists()


@pytest.mark.parametrize("width", [1000, 1200, 1700])
def test_in_large_text_the_numbers_above_the_plots_are_whole_or_left_out(qtbot, width):
    look = theme.current()
    before = look.scale
    look.set_scale(2.0)
    try:
        header = RunHeader()
        qtbot.addWidget(header)
        header.show_view(
            HeaderView(
                "shakespeare-nano-1", "training", step=308, max_steps=6000, elapsed_s=90.0, remaining_s=1900.0,
                train_loss=2.56, val_loss=2.54, tokens_per_second=862.0, memory_bytes=3.4e8,
            )
        )  # fmt: skip
        header.resize(width, 120)
        header.show()
        qtbot.waitExposed(header)
        shown = [label for label in header.findChildren(QLabel) if label.isVisible()]
        assert all(label.width() >= label.sizeHint().width() for label in shown if not label.wordWrap())
        assert header.findChild(QLabel, "step_readout").isVisible()
        assert header.findChild(QLabel, "loss_readout").isVisible() == (width > 1300)
    finally:
        look.set_scale(before)


@pytest.mark.parametrize("width", [1000, 1200, 1700])
def test_text_that_grew_while_the_header_was_hidden_is_whole_when_it_is_seen(qtbot, width):
    look = theme.current()
    before = look.scale
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    header = RunHeader()
    stack.addWidget(header)
    stack.addWidget(QLabel("elsewhere"))
    stack.resize(width, 120)
    stack.show()
    qtbot.waitExposed(stack)
    header.show_view(
        HeaderView("shakespeare-nano-1", "training", step=308, max_steps=6000, elapsed_s=90.0, remaining_s=1900.0,
                   train_loss=2.56, val_loss=2.54, tokens_per_second=862.0, memory_bytes=3.4e8)
    )  # fmt: skip
    stack.setCurrentIndex(1)
    try:
        look.set_scale(2.0)
        stack.setCurrentIndex(0)
        qtbot.waitUntil(lambda: header.findChild(QLabel, "step_readout").isVisible())
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        shown = [label for label in header.findChildren(QLabel) if label.isVisible() and not label.wordWrap()]
        assert [label.text() for label in shown if label.width() < label.sizeHint().width()] == []
    finally:
        look.set_scale(before)


def test_a_foreign_folder_is_refused_in_one_sentence(qtbot, open_window, tmp_path):
    window = open_window()
    window.open_run(tmp_path)
    box = window.findChild(QMessageBox, "complaint")
    assert "is not the folder of a training run" in box.text()
    qtbot.mouseClick(box.button(box.StandardButton.Ok), Qt.MouseButton.LeftButton)
    assert window.runs.selected is None


@pytest.mark.parametrize(("width", "height"), [(1000, 640), (2560, 1440)])
def test_a_sentence_that_does_not_fit_beside_the_numbers_stands_under_them_and_nothing_is_cut_off(
    qtbot, open_window, root, width, height
):
    sentence = (
        "The loss of step 300 is not finite, so training stopped there; the weights are those of step 299. A lower "
        "learning_rate or a longer warm-up usually helps."
    )
    write_run(root / "run", 300, state="failed", sentence=sentence)
    window = open_window()
    window.resize(width, height)
    window.open_run(root / "run")
    qtbot.waitUntil(lambda: step(window) == 300)
    assert (window.width(), window.height()) == (width, height)
    header = window.header
    shown = [label for label in header.findChildren(QLabel) if label.isVisible()]
    assert all(label.width() >= label.sizeHint().width() for label in shown if not label.wordWrap())
    said, numbers = header.findChild(QLabel, "run_sentence"), header.findChild(QLabel, "loss_readout")
    qtbot.waitUntil(lambda: said.height() >= said.heightForWidth(said.width()))
    below = numbers.mapTo(header, numbers.rect().bottomLeft()).y()
    assert (said.y() > below) == (width < 2000)  # under the numbers, where it has no room beside them
    assert header.findChild(QLabel, "memory_readout").isVisible() and numbers.isVisible()
