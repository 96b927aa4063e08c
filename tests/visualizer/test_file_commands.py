"""Files in the whole window, by real dialogs: open, save, the question about changes, autosave, recovery."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMenu, QMessageBox, QPushButton

from engine.shared.assets import asset
from tests.patience import PATIENCE_S
from tests.visualizer.window import (
    answer,
    box,
    boxes,
    environment,
    main_window,
    press,
    run,
    said,
    set_program,
    start,
    type_text,
    until,
    value,
    widget,
)
from visualizer.app.actions import TABLE
from visualizer.app.documents import Recovery
from visualizer.app.examples import NAMES
from visualizer.app.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with main_window(tmp_path_factory.mktemp("window"), is_ready=False) as window:
        yield window


@pytest.fixture
def window(opened: MainWindow) -> MainWindow:
    """The shared window with an empty program that has no file."""
    opened.files.forget()
    opened.files.new()
    opened.program.editor.setFocus()
    return opened


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "model.py"
    path.write_text("x = 1\n")
    return path


def file_dialog(window: MainWindow, title: str) -> QFileDialog:
    """The file dialog on the screen, which is the only one."""
    (dialog,) = [each for each in window.findChildren(QFileDialog) if each.isVisible()]
    assert dialog.windowTitle() == title
    return dialog


def choose(window: MainWindow, title: str, path: Path) -> None:
    """Paste a path into the file dialog and press Return."""
    field = file_dialog(window, title).findChild(QLineEdit, "fileNameEdit")
    assert isinstance(field, QLineEdit)
    field.selectAll()
    field.insert(str(path))
    QTest.keyClick(field, Qt.Key.Key_Return)


def answer_question(window: MainWindow, title: str, words: str) -> None:
    """The question about unsaved changes stands, alone."""
    (question,) = boxes(window, "save_question")
    assert question.text() == f"Save the changes to {title}?"
    answer(question, words)


def test_a_program_is_opened_marked_when_changed_and_saved(window: MainWindow, file: Path) -> None:
    press(window, "Ctrl+O")
    choose(window, "Open program", file)
    assert window.program.text() == "x = 1\n" and window.windowTitle().startswith("model.py")
    press(window, "Ctrl+End")
    type_text(window.program.editor, "y = 2")
    assert window.files.is_modified and window.windowTitle().startswith("• model.py")
    press(window, "Ctrl+S")
    assert file.read_text() == "x = 1\ny = 2"
    assert not window.files.is_modified and window.windowTitle().startswith("model.py")
    press(window, "Ctrl+Z")
    assert window.files.is_modified
    press(window, "Ctrl+Shift+Z")
    assert not window.files.is_modified


def test_save_asks_for_a_file_where_there_is_none_and_adds_the_suffix(window: MainWindow, tmp_path) -> None:
    type_text(window.program.editor, "n = 'é\u00a0😀'")
    assert window.windowTitle().startswith("• untitled.py")
    press(window, "Ctrl+S")
    choose(window, "Save program", tmp_path / "saved")
    assert (tmp_path / "saved.py").read_text() == "n = 'é\u00a0😀'"
    assert window.windowTitle().startswith("saved.py")
    press(window, "Ctrl+Shift+S")
    choose(window, "Save program", tmp_path / "other.py")
    type_text(window.program.editor, "  # more")
    press(window, "Ctrl+S")
    assert (tmp_path / "other.py").read_text().endswith("# more")
    assert not (tmp_path / "saved.py").read_text().endswith("# more")


def test_a_table_that_is_opened_as_a_program_is_read_by_a_line_of_the_program(window: MainWindow, tmp_path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("a,b\n1,2\n3,4\n")
    type_text(window.program.editor, "mine = 1")
    press(window, "Ctrl+O")
    choose(window, "Open program", table)
    until(lambda: "table.csv" in window.program.text(), "a line reads it")
    assert window.program.text().startswith(("mine = 1", "import")) and "3,4" not in window.program.text()
    window.files.forget()
    window.files.begin(table)  # as the file of a command
    assert "mine" not in window.program.text() and "table.csv" in window.program.text()


def test_a_cancelled_save_changes_nothing(window: MainWindow) -> None:
    type_text(window.program.editor, "n = 1")
    press(window, "Ctrl+S")
    file_dialog(window, "Save program").reject()
    assert window.files.document.path is None and window.files.is_modified


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\0\0", "is a binary file"),
        ("é".encode("latin-1"), "is not UTF-8 text"),
        (None, "there is no such file"),
    ],
)
def test_what_cannot_be_opened_is_said_and_the_old_text_stays(
    window: MainWindow, tmp_path, content: bytes | None, words: str
) -> None:
    foreign = tmp_path / "foreign.py"
    if content is not None:
        foreign.write_bytes(content)
    type_text(window.program.editor, "mine = 1")
    assert not window.files.open_path(foreign, ask=True)
    told = box(window, "complaint")
    assert words in told.text() and str(told.text()).endswith(".")
    answer(told, "OK")
    assert window.program.text() == "mine = 1" and window.files.is_modified


def test_another_program_comes_only_after_the_question(window: MainWindow, file: Path) -> None:
    type_text(window.program.editor, "mine = 1")
    window.program.files_dropped.emit([str(file)])
    answer_question(window, "untitled.py", "Cancel")
    assert window.program.text() == "mine = 1"
    window.program.files_dropped.emit([str(file)])
    answer_question(window, "untitled.py", "Discard")
    assert window.program.text() == "x = 1\n"
    type_text(window.program.editor, "z = 0\n")
    press(window, "Ctrl+N")
    answer_question(window, "model.py", "Save")
    assert window.program.text() == "" and file.read_text() == "z = 0\nx = 1\n"


def test_closing_asks_and_cancel_keeps_the_window(window: MainWindow) -> None:
    type_text(window.program.editor, "mine = 1")
    assert not window.close()
    assert not window.close(), "asked again, it still asks once"
    answer_question(window, "untitled.py", "Cancel")
    assert window.isVisible() and window.engine.is_alive and window.program.text() == "mine = 1"


@pytest.mark.parametrize("words", ["Discard", "Save"])
def test_a_window_closes_when_the_question_was_answered(tmp_path, words: str) -> None:
    with main_window(tmp_path, is_ready=False) as window:
        type_text(window.program.editor, "mine = 1\n")
        press(window, "Ctrl+Q")
        answer_question(window, "untitled.py", words)
        if words == "Save":
            assert window.isVisible(), "it waits for the file"
            choose(window, "Save program", tmp_path / "saved")
            assert (tmp_path / "saved.py").read_text().startswith("mine = 1\n")
        assert not window.isVisible()
        assert not list((tmp_path / "state").glob("recovery-*"))


def test_a_file_that_there_is_is_not_overwritten_unasked(window: MainWindow, file: Path) -> None:
    type_text(window.program.editor, "mine = 1")
    press(window, "Ctrl+S")
    QTimer.singleShot(0, lambda: answer(QApplication.activeModalWidget(), "No"))  # Qt's own, inside its dialog
    choose(window, "Save program", file.with_suffix(""))
    assert file.read_text() == "x = 1\n" and window.files.document.path is None
    file_dialog(window, "Save program").reject()


def test_a_file_changed_on_disk_is_read_again_unless_the_text_changed_too(window: MainWindow, file: Path) -> None:
    window.files.open_path(file)
    file.write_text("x = 2\n")
    until(lambda: window.program.text() == "x = 2\n", "the changed file is read")
    assert "changed by another program" in said(window) and not window.files.is_modified
    press(window, "Ctrl+Z")
    assert window.program.text() == "x = 1\n"
    press(window, "Ctrl+Shift+Z")
    type_text(window.program.editor, "mine = 1\n")
    text = window.program.text()
    other = file.with_name("other")
    other.write_text("x = 3\n")
    other.replace(file)  # as editors save
    until(window.program.banner.isVisible, "it is asked which text stays")
    assert "another program" in widget(window, QLabel, "banner_text").text() and window.program.text() == text
    answer(window.program.banner, "The file's")
    assert window.program.text() == "x = 3\n" and not window.files.is_modified
    press(window, "Ctrl+Z")
    assert window.program.text() == text


def test_a_save_never_overwrites_what_was_not_seen(window: MainWindow, file: Path) -> None:
    window.files.open_path(file)
    type_text(window.program.editor, "mine = 1\n")
    file.write_text("theirs = 1\n")
    press(window, "Ctrl+S")  # before the window has heard of it
    assert file.read_text() == "theirs = 1\n" and window.program.banner.isVisible()
    press(window, "Ctrl+S")  # as it is pressed twice, and before a run
    assert window.files.write_for_run() is None and file.read_text() == "theirs = 1\n"
    assert said(window) == "Say first which text stays: nothing was saved."  # the question stood there before
    answer(window.program.banner, "This one")
    press(window, "Ctrl+S")
    assert file.read_text() == "mine = 1\nx = 1\n"


def test_a_file_that_is_gone_is_unsaved_and_written_again(window: MainWindow, file: Path) -> None:
    window.files.open_path(file)
    file.unlink()
    until(lambda: "is gone from the disk" in said(window), "it is told")
    assert window.files.is_modified
    press(window, "Ctrl+S")
    assert file.read_text() == "x = 1\n" and not window.files.is_modified and "was written again" in said(window)
    file.rename(file.with_name("elsewhere.py"))
    until(lambda: "is gone from the disk" in said(window), "it is told again")
    file.with_name("elsewhere.py").rename(file)
    until(lambda: "is on the disk again" in said(window) and not window.files.is_modified, "it is there again")
    file.unlink()
    until(lambda: window.files.is_modified, "it is gone")
    file.write_text("theirs = 1\n")
    until(window.program.banner.isVisible, "it is asked which text stays")


def test_a_file_that_went_and_came_back_unchanged_is_still_followed(window: MainWindow, file: Path) -> None:
    window.files.open_path(file)
    looks: list[None] = []
    window.files.current.disk_changed.connect(lambda: looks.append(None))
    file.rename(file.with_name("away.py"))
    file.with_name("away.py").rename(file)
    until(lambda: looks, "the window has looked, and found the file that it knows")
    file.write_text("x = 2\n")
    until(lambda: window.program.text() == "x = 2\n", "the changed file is read")


def test_what_cannot_be_written_is_saved_under_another_name_and_what_was_wanted_goes_on(
    window: MainWindow, file: Path
) -> None:
    window.files.open_path(file)
    type_text(window.program.editor, "mine = 1\n")
    file.chmod(0o444)
    press(window, "Ctrl+N")
    answer_question(window, "model.py", "Save")
    complaint = box(window, "complaint")
    assert "is write-protected" in complaint.text() and window.program.text() == "mine = 1\nx = 1\n"
    answer(complaint, "Save as…")
    choose(window, "Save program", file.with_name("copy.py"))
    assert file.read_text() == "x = 1\n" and file.with_name("copy.py").read_text() == "mine = 1\nx = 1\n"
    assert not window.program.text() and window.files.document.path is None  # the new program that was asked for


def test_what_is_run_under_another_name_runs(window: MainWindow, file: Path) -> None:
    window.files.open_path(file)
    type_text(window.program.editor, "mine = 7\n")
    file.chmod(0o444)
    finished = start(window)
    answer(box(window, "complaint"), "Save as…")
    choose(window, "Save program", file.with_name("copy.py"))
    until(lambda: finished, "it has run")
    until(lambda: value(window, "mine") == "7", "its variables are known")
    assert window.files.document.path == file.with_name("copy.py")


def test_a_program_that_is_opened_again_has_its_cursor_where_it_was(window: MainWindow, file: Path) -> None:
    file.write_text("".join(f"x = {number}\n" for number in range(200)))
    window.files.open_path(file)
    assert window.program.caret == (0, 0)
    press(window, "Ctrl+End")
    press(window, "Up")
    window.files.new()
    assert window.program.caret == (0, 0)
    window.files.open_path(file)
    assert window.program.caret == (199, 0) and window.program.editor.firstVisibleBlock().blockNumber() > 100
    window.files.new()
    file.write_text("x\n")  # shorter meanwhile
    window.files.open_path(file)
    assert window.program.caret == (0, 0)


def test_what_is_no_program_in_the_place_of_one_is_said_and_never_written_over(window: MainWindow, file: Path) -> None:
    window.files.open_path(file)
    file.write_bytes(b"\0\1")
    until(lambda: said(window) == "model.py is a binary file, not a program.", "it is told")
    assert window.files.is_modified and window.program.text() == "x = 1\n"
    press(window, "Ctrl+S")
    (told,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert told.text() == "model.py is a binary file, not a program." and file.read_bytes() == b"\0\1"
    told.reject()
    press(window, "Ctrl+Shift+S")
    QTimer.singleShot(0, lambda: answer(QApplication.activeModalWidget(), "Yes"))  # Qt's own question blocks
    choose(window, "Save program", file)
    assert file.read_text() == "x = 1\n" and not window.files.is_modified


def test_lines_that_end_in_several_ways_are_told_of(window: MainWindow, file: Path) -> None:
    file.write_bytes(b"x = 1\r\ny = 2\r\nz = 3\n")
    window.files.open_path(file)
    assert said(window).startswith("The lines of model.py end in several ways")


def drop(window: MainWindow, *files: Path) -> None:
    """Drag files over the window, and let them go."""
    data, buttons = QMimeData(), (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    for event in (
        QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, *buttons),
        QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, *buttons),
    ):
        QApplication.sendEvent(window, event)
        assert event.isAccepted()


def test_a_file_that_is_dropped_beside_the_program_is_opened(window: MainWindow, file: Path) -> None:
    window.files.new()
    drop(window, file)
    assert window.files.document.path == file


def test_all_tensors_that_are_dropped_together_are_read_and_what_is_left_is_said(
    window: MainWindow, file: Path
) -> None:
    window.files.new()
    for folder in ("one", "two"):
        (file.parent / folder).mkdir()
        np.save(file.parent / folder / "x.npy", np.arange(3))
    drop(window, file.parent / "one" / "x.npy", file, file.parent / "two" / "x.npy")
    assert [line.partition(" = ")[0] for line in window.program.text().split("\n")[2:]] == ["x", "x_2"]
    assert said(window) == "1 other file was left: a program opens alone."


def test_run_saves_a_file_and_a_new_program_runs_as_a_real_one(window: MainWindow, file: Path) -> None:
    until(lambda: window.session.state == "ready", "the engine is ready")
    set_program(window, "import inspect\ndef f(): return 1\nsource = inspect.getsource(f)\nname = __file__\n")
    assert run(window).error is None
    assert "return 1" in value(window, "source") and "scratch-" in value(window, "name")
    window.files.forget()
    window.files.open_path(file)
    press(window, "Ctrl+End")
    type_text(window.program.editor, "name = __file__\n")
    assert run(window).error is None
    assert value(window, "name").strip("'").endswith("model.py") and file.read_text() == "x = 1\nname = __file__\n"


def test_typed_text_is_autosaved_until_it_is_saved(window: MainWindow, file: Path) -> None:
    recovery = Recovery().file
    window.files.open_path(file)
    type_text(window.program.editor, "mine = 1\n")
    until(recovery.exists, "it is autosaved")
    assert json.loads(recovery.read_text())["text"] == "mine = 1\nx = 1\n"
    press(window, "Ctrl+S")
    assert not recovery.exists()
    window.files.current.unsaved._overdue.setInterval(100)

    def typed_on() -> bool:
        type_text(window.program.editor, "a")  # without a pause in which it would be saved
        return recovery.exists()

    until(typed_on, "it is autosaved while it is typed")


_KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtTest import QTest
from visualizer.app.application import make_application
from visualizer.app.documents import Recovery
from visualizer.app.main_window import MainWindow
from visualizer.app.settings import Settings
application = make_application(Settings())
window = MainWindow(Settings())
window.show()
window.begin(Path(sys.argv[1]))
QTest.keyClicks(window.program.editor, "mine = 1")
recovery = Recovery().file
while not recovery.exists():
    QTest.qWait(10)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_window_shows_what_a_killed_one_had_not_saved(tmp_path, file: Path) -> None:
    """The first has an engine that never gets ready, and ends with it."""
    (tmp_path / "late.sh").write_text("cat > /dev/null\n")
    (tmp_path / "settings.ini").write_text(f'[General]\nengine_command="sh {tmp_path}/late.sh"\n')
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(file)],
        env={**os.environ, **environment(tmp_path)},
        timeout=PATIENCE_S,
        check=False,
    )
    (tmp_path / "settings.ini").unlink()
    assert killed.returncode == -signal.SIGKILL and file.read_text() == "x = 1\n"
    with main_window(tmp_path, file=file, is_ready=False) as window:
        assert window.program.text() == "mine = 1x = 1\n" and window.files.document.path == file
        assert "model.py as the last window left it" in widget(window, QLabel, "banner_text").text()
        answer(window.program.banner, "Go back to the saved text")
        assert window.program.text() == "x = 1\n" and not window.files.is_modified
        press(window, "Ctrl+Z")
        assert window.program.text() == "mine = 1x = 1\n"  # not even this is final
    assert file.read_text() == "x = 1\n" and not list((tmp_path / "state").iterdir())


def test_a_lost_program_without_a_file_comes_before_the_last_file(tmp_path, file: Path) -> None:
    with main_window(tmp_path, file=file, is_ready=False) as window:
        assert window.files.document.path == file
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    content = {"pid": dead.pid, "started": 1, "path": None, "text": "mine = 1", "when": 1.0}
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "recovery-1.json").write_text(json.dumps(content))
    with main_window(tmp_path, is_ready=False) as window:
        assert window.program.text() == "mine = 1" and window.files.is_modified and window.files.document.path is None
        answer(window.program.banner, "Keep")
        assert window.program.text() == "mine = 1" and window.files.is_modified


def test_of_several_lost_texts_each_is_told_and_answered(tmp_path, file: Path) -> None:
    """Two of one file, and one of none: the newest is shown at once, the others are asked about one after the other."""
    state = tmp_path / "state"
    state.mkdir()
    for number, (path, when) in enumerate([(str(file), 1.0), (str(file), 3.0), (None, 2.0)]):
        content = {"pid": 1, "started": 1, "path": path, "text": f"mine = {number}", "when": when}
        (state / f"recovery-{number}.json").write_text(json.dumps(content))
    with main_window(tmp_path, file=file, is_ready=False) as window:
        assert window.program.text() == "mine = 1" and "2 more such texts follow." in window.program.banner.sentence
        answer(window.program.banner, "Keep")
        assert "another text of untitled.py" in window.program.banner.sentence
        answer(window.program.banner, "Give it up")
        assert "another text of model.py" in window.program.banner.sentence
        answer(window.program.banner, "Show it")
        answer(box(window, "save_question"), "Save")
        assert (file.read_text(), window.program.text()) == ("mine = 1", "mine = 0") and window.files.is_modified
        answer(window.program.banner, "Go back to the saved text")
        assert window.program.text() == "mine = 1" and not window.program.banner.sentence
    assert not list(state.iterdir())


def test_a_lost_text_of_another_file_is_told_and_may_wait(tmp_path, file: Path) -> None:
    content = {"pid": 1, "started": 1, "path": str(tmp_path / "other.py"), "text": "mine = 1", "when": 1.0}
    lost = tmp_path / "state" / "recovery-1.json"
    lost.parent.mkdir()
    lost.write_text(json.dumps(content))
    with main_window(tmp_path, file=file, is_ready=False) as window:
        assert window.program.text() == "x = 1\n" and "another text of other.py" in window.program.banner.sentence
        answer(window.program.banner, "Later")
        assert not window.program.banner.sentence
    assert lost.exists()


@pytest.mark.parametrize("data", [None, b"\0\1"], ids=["gone", "binary"])
def test_a_lost_program_whose_file_is_none_any_more_is_not_taken_for_an_example(tmp_path, file: Path, data) -> None:
    content = {"pid": 1, "started": 1, "path": str(file), "text": "mine = 1", "when": 1.0}
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "recovery-1.json").write_text(json.dumps(content))
    file.unlink() if data is None else file.write_bytes(data)
    with main_window(tmp_path, is_ready=False) as window:
        assert window.program.text() == "mine = 1" and window.files.is_modified and window.files.document.path == file
        buttons = [one.text() for one in window.program.banner.findChildren(QPushButton) if one.isVisible()]
        assert buttons == ["Keep"]
        press(window, "Ctrl+S")
        assert data is not None or file.read_text() == "mine = 1"
        for box in window.findChildren(QMessageBox):
            box.reject()
    assert data is None or file.read_bytes() == data


def recent(window: MainWindow) -> dict[str, bool]:
    """The entries of File > Recent, and which can be chosen."""
    menu = window.findChild(QMenu, "recent_menu")
    menu.aboutToShow.emit()
    return {action.text(): action.isEnabled() for action in menu.actions() if action.text()}


def test_recent_programs_open_again_and_those_that_are_gone_say_so(window: MainWindow, tmp_path: Path) -> None:
    window.settings.recent_files = []
    assert recent(window) == {"No program was opened or saved yet": False}
    for name in ("first.py", "second.py", "a/first.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"name = {name!r}")
        window.files.open_path(tmp_path / name)
    (tmp_path / "second.py").unlink()
    window.files.new()
    assert recent(window) == {
        "first.py — a": True,
        "second.py (not there any more)": False,
        f"first.py — {tmp_path.name}": True,
        "Clear this list": True,
    }
    menu = window.findChild(QMenu, "recent_menu")
    menu.actions()[2].trigger()
    assert window.program.text() == "name = 'first.py'"
    assert next(iter(recent(window))) == f"first.py — {tmp_path.name}"  # the newest first
    menu.actions()[-1].trigger()
    assert recent(window) == {"No program was opened or saved yet": False}


def test_an_example_is_a_program_without_a_file_and_asks_about_the_one_before(window: MainWindow) -> None:
    QTest.keyClicks(window.program.editor, "x = 1")
    window.actions_by_id["example_neuron"].trigger()
    answer(window, "Cancel")
    assert window.program.text() == "x = 1"
    window.actions_by_id["example_neuron"].trigger()
    answer(window, "Discard")
    until(lambda: "by_hand" in window.program.text(), "the example is in the editor")
    document = window.files.document
    assert (document.path, document.title, window.files.is_modified) == (None, "neuron.py", False)


def test_a_table_that_is_opened_beside_an_untouched_example_begins_a_program_of_its_own(
    window: MainWindow, tmp_path: Path
) -> None:
    table = tmp_path / "houses.csv"
    table.write_text("area,price\n50,100\n70,140\n")
    for typed in ("", "# mine\n"):
        window.do("example_neuron")
        type_text(window.program.editor, typed)
        press(window, "Ctrl+O")
        choose(window, "Open program", table)
        until(lambda: "houses.csv" in window.program.text(), "it is read by a line")
        assert ("binary cross-entropy" in window.program.text()) == bool(typed)
        assert window.program.editor.horizontalScrollBar().value() == 0
        window.files.forget()


def test_every_example_has_its_row_in_the_menu(window: MainWindow) -> None:
    files = {path.stem for path in asset("examples").glob("*.py")}
    assert set(NAMES) == files == {row.id.removeprefix("example_") for row in TABLE if row.submenu == "Examples"}
