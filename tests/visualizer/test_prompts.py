"""A prompt in the window: asked by key, answered token by token, each with what else it could have been."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.protocol.sentence import Sentence
from engine.runs.checkpoint_names import checkpoint_name
from engine.runs.kept_checkpoints import Progress, write_progress
from engine.runs.prompts import Begun, Drawn, Ended, Loading, Prompt, Refused
from engine.runs.run_folder import Status
from engine.shared.numbers import number
from engine.train.answer import Answer
from engine.train.model import GPT2
from engine.train.tokenizer import make_tokenizer
from tests.engine.exported import ALPHABET, MODEL, exported, run_with_checkpoint
from tests.visualizer.training_folders import write_run
from tests.visualizer.warm_engine import warm_commands
from visualizer.look import motion
from visualizer.look.spoken import use_language
from visualizer.pretraining import answering as answering_module
from visualizer.pretraining.centre import PLOTS, PROMPT
from visualizer.pretraining.prompt_links import weights_of
from visualizer.pretraining.prompts.panel import PromptPanel
from visualizer.pretraining.run_view import WeightsView
from visualizer.pretraining.runs.tracked_run import TrackedRun
from visualizer.pretraining.workspace import PretrainingWorkspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
VIEW = WeightsView(Path("/run"), "newest", 3, "newest checkpoint, step 3")


@pytest.fixture
def panel(qtbot) -> PromptPanel:
    made = PromptPanel()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show_weights((VIEW,), VIEW)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def workspace(qtbot, tmp_path: Path) -> Iterator[PretrainingWorkspace]:
    made = PretrainingWorkspace(root=tmp_path / "runs")
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    yield made
    made.close()


@pytest.fixture(scope="module")
def lines() -> tuple[Begun, list[Drawn]]:
    """An answer as a small model gives it, with a line break in it."""
    model = GPT2(MODEL)
    model.initialise(torch.Generator().manual_seed(0))
    answer = Answer(model, make_tokenizer("characters", ALPHABET), Prompt(text="hello", max_tokens=30, top_k=4))
    begun, drawn = answer.begun("run at step 3"), [answer.draw(3) for _ in range(30)]
    assert "\n" in "".join(each.adds for each in drawn)
    return begun, drawn


def enter(panel: PromptPanel, text: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    panel.field.setPlainText(text)
    QTest.keyClick(panel.field, Qt.Key.Key_Return, modifier)


def shown(panel: PromptPanel) -> list[str]:
    table = panel.view.table.rows
    return [table.data(table.index(row, 0)) for row in range(table.rowCount())]


def answered(panel: PromptPanel, lines: tuple[Begun, list[Drawn]]) -> None:
    enter(panel, "hello")
    for told in (lines[0], *lines[1], Ended(30, 0.5)):
        panel.take(told)


def test_an_empty_panel_says_what_to_do_and_enter_without_weights_says_what_is_missing(panel) -> None:
    assert panel.findChild(object, "prompt_empty").text().startswith("Type a prompt and press Enter")
    panel.show_weights((), None)
    assert not panel.ask_button.isEnabled()
    enter(panel, "hello")
    assert panel.words.text() == "Choose a run on the right, or a folder: its weights answer."


def test_enter_and_ctrl_enter_ask_shift_enter_is_a_line_and_escape_stops(qtbot, panel) -> None:
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
        with qtbot.waitSignal(panel.asked) as asked:
            enter(panel, "he", modifier)
        assert asked.args == [VIEW, Prompt(text="he")]
        assert panel.stop_button.isVisible() and not panel.ask_button.isVisible()
        with qtbot.waitSignal(panel.stopped):
            QTest.keyClick(panel.field, Qt.Key.Key_Escape)
        panel.take(Ended(0, 0.0, is_stopped=True))
        assert panel.ask_button.isVisible() and panel.words.text() == "Stopped."
    enter(panel, "he", Qt.KeyboardModifier.ShiftModifier)
    assert "\n" in panel.field.text() and not panel.is_answering


def test_enter_while_an_answer_is_written_says_so_and_asks_nothing(panel, lines) -> None:
    asked = []
    panel.asked.connect(lambda view, prompt: asked.append(prompt.text))
    enter(panel, "hello")
    panel.take(lines[0])
    enter(panel, "again")
    assert asked == ["hello"] and panel.words.text() == "An answer is being written; Esc stops it."
    assert panel.field.text() == "again"
    panel.take(Ended(30, 1.0))
    enter(panel, "again")
    assert asked == ["hello", "again"]


def test_the_arrows_bring_back_what_was_asked_and_what_was_being_typed(panel) -> None:
    for text in ("one", "two\nlines"):
        enter(panel, text)
        panel.take(Ended(0, 0.0))
    panel.field.setPlainText("being typed")
    up, down = Qt.Key.Key_Up, Qt.Key.Key_Down
    found = []
    for key in (up, up, up, up, down, down, down, down):
        QTest.keyClick(panel.field, key)
        found.append(panel.field.text())
    assert list(dict.fromkeys(found)) == ["two\nlines", "one", "being typed"]
    assert found[-1] == "being typed" and found[3] == "one"


def test_a_number_that_cannot_be_is_said_beside_its_field_and_nothing_is_asked(panel) -> None:
    panel.settings.edits["temperature"].setText("0,8")
    enter(panel, "hello")
    assert panel.words.text() == "temperature needs a point before its decimals, not a comma: 0.8, not “0,8”."
    assert panel.settings.edits["temperature"].property("invalid") == "true" and not panel.is_answering
    panel.settings.edits["temperature"].setText("0")
    enter(panel, "")
    assert panel.words.text() == "The prompt is empty: type what the model shall go on from."
    assert panel.settings.edits["temperature"].property("invalid") == "false"


def test_the_numbers_of_a_prompt_are_written_and_typed_as_the_language_in_use_does(qtbot, panel) -> None:
    edit = panel.settings.edits["temperature"]
    assert edit.text() == "0.8"
    use_language("pt_BR")
    try:
        assert edit.text() == "0,8"
        edit.setText("1,5")
        with qtbot.waitSignal(panel.asked) as asked:
            enter(panel, "he")
        assert asked.args == [VIEW, Prompt(text="he", temperature=1.5)]
    finally:
        use_language("en")
    assert edit.text() == "1.5"


def test_tokens_stand_on_grounds_of_their_own_and_the_table_shows_each_ones_candidates(panel, lines) -> None:
    begun, drawn = lines
    answered(panel, lines)
    text = panel.view.text
    assert text.toPlainText() == "hello" + "".join(each.adds for each in drawn).replace("\n", "↵\n")
    grounds = []
    for position in range(4):
        cursor = text.textCursor()
        cursor.setPosition(position + 1)
        grounds.append(cursor.charFormat().background().color())
    assert grounds[0] == grounds[2] != grounds[1] == grounds[3]
    assert panel.words.text() == "run at step 3. It wrote 30 tokens, 60 a second."
    assert panel.view.place == 29  # the newest one
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Right)
    first = drawn[0]
    assert panel.view.place == 0 and panel.view.caption.text().endswith(f"rank {first.rank} of 7, step 3")
    table = panel.view.table.rows
    assert shown(panel) == [each.token.text.replace(" ", "␣").replace("\n", "↵") for each in first.candidates]
    chosen = first.candidates[table.place]
    assert chosen.token == first.token
    assert table.data(table.index(table.place, 2)) == number(chosen.probability)
    assert table.data(table.index(table.place, 3)) == number(chosen.chance)
    assert sum(each.probability for each in first.candidates) == pytest.approx(1)
    assert panel.view.rest.text() == "These are all tokens."
    assert len(begun.prompt) == 5


def test_the_mouse_on_a_token_shows_it_and_a_token_of_the_prompt_has_no_candidates(qtbot, panel, lines) -> None:
    answered(panel, lines)
    text = panel.view.text

    def place_after_resting_on(index: int) -> int:
        cursor = text.textCursor()
        cursor.setPosition(text._starts[index])
        place = text.cursorRect(cursor).center() + QPoint(3, 0)
        # Not by way of the screen, where a tip that stands over the place would get it.
        at, button = (QPointF(place), QPointF(text.viewport().mapToGlobal(place))), Qt.MouseButton.NoButton
        moved = QMouseEvent(QEvent.Type.MouseMove, *at, button, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(text.viewport(), moved)
        return panel.view.place

    qtbot.waitUntil(lambda: place_after_resting_on(5 + 2) == 2)  # as soon as it is laid out
    assert place_after_resting_on(1) == 2 and text._tip(1) == "Token 3: 'e', number 2 of the prompt"
    assert text._tip(5).endswith("number 1 of the answer")


def test_the_answer_is_copied_as_it_was_written(panel, lines) -> None:
    answered(panel, lines)
    panel.copy_button.click()
    written = "".join(each.adds for each in lines[1])
    assert QGuiApplication.clipboard().text() == written
    panel.view.text.setFocus()
    panel.view.text.selectAll()
    QTest.keySequence(panel.view.text, QKeySequence.StandardKey.Copy)
    assert QGuiApplication.clipboard().text() == "hello" + written


def test_a_refusal_and_progress_are_said_and_the_text_so_far_stays(panel, lines) -> None:
    enter(panel, "hello")
    panel.take(Loading(Sentence.of("weights.being_read", "The weights are read, {size}.", size="1 kB"), 0.5))
    assert panel.progress.isVisible() and panel.progress.value() == 500
    panel.take(lines[0])
    assert not panel.progress.isVisible()
    starts = Loading(Sentence.of("answer.pytorch_starts", "PyTorch starts."))
    panel.take(starts)
    assert panel.progress.isVisible() and panel.progress.maximum() == 0  # it moves by itself
    motion.reduce(True)
    panel.take(starts)
    motion.reduce(False)
    assert not panel.progress.isVisible() and panel.words.text() == "PyTorch starts."
    panel.take(lines[1][0])
    panel.take(Refused("The trainer of it does not answer: it ended before its answer did."))
    assert (
        panel.words.text().startswith("The trainer of it does not answer") and panel.words.property("role") == "error"
    )
    assert panel.view.answer == lines[1][0].adds and not panel.is_answering


def test_of_a_run_its_live_weights_come_first_then_the_newest_and_the_best(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", 20, state="finished", checkpoint_step=1200)
    for step, loss in ((500, 1.9), (1000, 2.2), (1200, 1.95)):
        path = folder.path / checkpoint_name(step)
        path.mkdir()
        write_progress(path, Progress(step=step, tokens=0, elapsed_s=0.0, validation_loss=loss))
    run = TrackedRun(folder.path)
    run.poll()
    finished = run.snapshot()
    told = ["newest checkpoint, step 1,200, val 1.95", "best checkpoint, step 500, val 1.90",
            "checkpoint, step 1,000, val 2.20"]  # fmt: skip
    assert [view.words for view in weights_of(finished)] == told
    assert [view.which for view in weights_of(finished)] == [1200, 500, 1000]


def test_the_checkpoint_that_is_chosen_on_the_axis_can_be_asked(qtbot, workspace, tmp_path: Path) -> None:
    ran, _ = run_with_checkpoint(tmp_path / "runs" / "run")
    ran.write_status(Status(state="finished", step=3, checkpoint_step=3))
    qtbot.waitUntil(lambda: len(workspace.runs.rows()) == 1)
    workspace.runs.select(ran.path)
    qtbot.waitUntil(lambda: workspace.prompts.chosen is not None)
    workspace.prompts.show_weights((VIEW,), VIEW)  # another one is chosen
    workspace.plots.checkpoint.ask_wanted.emit(3)
    assert workspace.centre.page == PROMPT and workspace.prompts.chosen.path == ran.path


def test_a_process_answers_prompt_after_prompt_until_it_is_stopped_and_other_weights_get_another(
    qtbot, workspace, tmp_path
) -> None:
    ran, _ = run_with_checkpoint(tmp_path / "runs" / "run")
    ran.write_status(Status(state="finished", step=3, checkpoint_step=3))
    folder, _ = exported(tmp_path)
    panel = workspace.prompts
    qtbot.waitUntil(lambda: len(workspace.runs.rows()) == 1)
    assert workspace.centre.page == PLOTS
    workspace.list.ask_wanted.emit(tmp_path / "runs" / "run")
    assert workspace.centre.page == PROMPT
    qtbot.waitUntil(lambda: panel.chosen is not None and panel.chosen.which == 3)
    panel.settings.edits["max_tokens"].setText("25")
    enter(panel, "hello")
    qtbot.waitUntil(lambda: not panel.is_answering)
    assert panel.words.text().startswith("run at step 3. It wrote 25 tokens") and len(panel.view.answer) == 25
    first, process = panel.view.answer, workspace.prompt_links.answering._process
    enter(panel, "☃")
    qtbot.waitUntil(lambda: not panel.is_answering)
    assert panel.words.text().startswith("The prompt has '☃', not in the corpus of the model")
    panel.settings.edits["max_tokens"].setText("10000")
    enter(panel, "hello")
    qtbot.waitUntil(lambda: panel.view.text.n_drawn > 25)
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not panel.is_answering)
    assert "Stopped after" in panel.words.text() and panel.view.answer.startswith(first[:3])
    answering = workspace.prompt_links.answering
    assert answering._process is process  # torch was imported once
    enter(panel, "hello")
    qtbot.waitUntil(lambda: panel.words.text() == "run at step 3.")
    answering._unstopped.setInterval(20)
    os.kill(process.processId(), signal.SIGSTOP)  # it hears of no Esc
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not panel.is_answering)
    assert "Stopped after" in panel.words.text() and answering._process is None
    panel.weights.activated.emit(panel.weights.count() - 1)
    (dialog,) = [each for each in panel.findChildren(QFileDialog) if each.isVisible()]
    dialog.fileSelected.emit(str(tmp_path / "runs"))
    assert panel.words.text() == f"{tmp_path / 'runs'} is no folder of a model: it has no config.json."
    dialog.fileSelected.emit(str(folder))
    dialog.reject()
    assert panel.chosen is not None and panel.chosen.words == "folder out"
    panel.field.setFocus()
    with warm_commands(answering_module):  # PyTorch's start has been seen
        QTest.keyClicks(panel.field, "hell")
    warm = answering._process  # as soon as somebody types
    assert warm is not None and warm is not process and not panel.is_answering
    panel.settings.edits["max_tokens"].setText("25")
    enter(panel, "hello")
    qtbot.waitUntil(lambda: not panel.is_answering)
    assert panel.view.answer == first and panel.words.text().startswith("out. It wrote 25 tokens")
    panel.show_weights(panel._views, panel._views[0])  # the weights of the run again
    told: list[object] = []
    answering.told.connect(told.append)
    answering._hush.setInterval(0)  # sooner than anybody could answer
    enter(panel, "hello")
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], Loading) and told[0].words == "The prompt is asked; what answers is waited for."
    qtbot.waitUntil(lambda: not panel.is_answering)
    assert panel.view.answer == first and answering._process is warm
    panel.show_weights(panel._views, panel._views[-1])
    enter(panel, "hello")
    assert panel.is_answering and answering._process is warm
    qtbot.waitUntil(lambda: answering._process.processId() > 0)
    os.kill(answering._process.processId(), signal.SIGSTOP)  # what never says a word
    answering._silence.start(20)
    qtbot.waitUntil(lambda: panel.words.text().startswith("What answers has said nothing for 30 s. Esc gives it up"))
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)  # while it is read
    assert not panel.is_answering and answering._process is None
