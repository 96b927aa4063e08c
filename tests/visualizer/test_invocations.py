"""A program's arguments and folder: typed as on a command line, shown, kept with its file, and given to the engine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from engine.protocol.errors import EngineError
from engine.protocol.invocation import OWN_FOLDER, Invocation
from tests.visualizer.every_dialog import dialogs
from tests.visualizer.window import main_window, press, run, until
from visualizer import __main__ as command
from visualizer.app import application
from visualizer.app.command_line import text_of, words_of
from visualizer.app.invocation_dialog import InvocationDialog
from visualizer.app.main_window import MainWindow
from visualizer.app.settings import Settings
from visualizer.look.labels import ElidedLabel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

LOOK = "import os, sys\nprint(sys.argv[1:], os.getcwd())\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("--epochs 3 --lr 1e-3", ["--epochs", "3", "--lr", "1e-3"]),
        ("--name 'two words' --path \"a b\"/c", ["--name", "two words", "--path", "a b/c"]),
        ("--epochs 3 \\\n  --lr 0.1 \\  \n  --x", ["--epochs", "3", "--lr", "0.1", "--x"]),
        ("--epochs 3\n--lr 0.1", ["--epochs", "3", "--lr", "0.1"]),
        ("$ python train.py --epochs 3", ["--epochs", "3"]),
        ("CUDA_VISIBLE_DEVICES=0 /usr/bin/python3.11 -u src/train.py a=1", ["a=1"]),
        ("train.py --x", ["--x"]),
        ("--script train.py", ["--script", "train.py"]),
        ("a=1 b=2", ["a=1", "b=2"]),
        ("python other.py --x", ["python", "other.py", "--x"]),
        ("", []),
        ("''", [""]),
    ],
)
def test_arguments_are_those_of_a_shell(text: str, words: list[str]) -> None:
    assert list(words_of(text, "train.py")) == words


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=8)))
def test_what_is_shown_of_arguments_is_read_as_the_same(words: list[str]) -> None:
    assert list(words_of(text_of(["-x", *words]), "train.py")) == ["-x", *words]


@pytest.mark.parametrize(("text", "said"), [("--name 'open", "A quotation mark"), ("--name \\", "A backslash")])
def test_what_a_shell_would_wait_for_is_said(text: str, said: str) -> None:
    with pytest.raises(EngineError, match=said):
        words_of(text, "train.py")


def ask(window: MainWindow) -> InvocationDialog:
    press(window, "Ctrl+Alt+A")
    until(lambda: dialogs(window), "the dialog opens")
    (dialog,) = dialogs(window)
    assert isinstance(dialog, InvocationDialog)
    return dialog


def shown(window: MainWindow) -> str:
    label = window.findChild(ElidedLabel, "program_arguments")
    return label.text()


def accept(window: MainWindow, dialog: InvocationDialog) -> None:
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    until(lambda: not dialogs(window), "the dialog is closed")


def test_what_is_typed_reaches_the_program_and_stays_with_its_file(tmp_path: Path) -> None:
    file, other, folder = tmp_path / "here" / "train.py", tmp_path / "other.py", tmp_path.resolve() / "two words"
    for each in (file.parent, folder):
        each.mkdir()
    for each in (file, other):
        each.write_text(LOOK, encoding="utf-8")
    with main_window(tmp_path) as window:
        window.resize(1440, 900)
        window.files.open_path(file)
        run(window)
        assert window.console.text() == f"[] {file.parent.resolve()}\n" and shown(window) == ""
        dialog = ask(window)
        QTest.keyClicks(dialog.arguments, "python train.py --epochs 3 --name 'a")
        assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
        QTest.keyClicks(dialog.arguments, " b'")
        dialog.folder.setText(str(folder))
        accept(window, dialog)
        assert shown(window) == "--epochs 3 --name 'a b'"
        window.console.clear()
        run(window)
        assert window.console.text() == f"['--epochs', '3', '--name', 'a b'] {folder}\n"
        window.console.clear()
        press(window, "Ctrl+Shift+R")
        until(lambda: "epochs" in window.console.text(), "a fresh engine has them, too")
        window.files.open_path(other)
        assert shown(window) == ""
    with main_window(tmp_path, is_ready=False) as window:
        window.files.open_path(file)
        assert shown(window) == "--epochs 3 --name 'a b'"
        dialog = ask(window)
        assert dialog.arguments.toPlainText() == "--epochs 3 --name 'a b'" and dialog.folder.text() == str(folder)
        dialog.arguments.clear()
        dialog.folder.clear()
        dialog.reject()
        assert shown(window) == "--epochs 3 --name 'a b'"


def test_a_program_that_is_saved_takes_its_arguments_along(tmp_path: Path) -> None:
    with main_window(tmp_path, is_ready=False) as window:
        dialog = ask(window)
        QTest.keyClicks(dialog.arguments, "-v")
        accept(window, dialog)
        assert window._invocations.current == Invocation(("-v",), "")
        assert window.files._write(tmp_path / "saved.py")
        assert shown(window) == "-v" and window._invocations.current == Invocation(("-v",), OWN_FOLDER)
        window.files.new()
        assert shown(window) == ""
        window.files.open_path(tmp_path / "saved.py")
        assert shown(window) == "-v"


def test_a_notebook_begins_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "n.ipynb").write_text('{"nbformat": 4, "cells": [], "metadata": {}}', encoding="utf-8")
    with main_window(tmp_path, is_ready=False) as window:
        window.files.open_path(tmp_path / "n.ipynb")
        assert window._invocations.current == Invocation((), str(tmp_path))


def test_a_folder_that_is_not_there_is_said_before_and_by_the_run(tmp_path: Path) -> None:
    with main_window(tmp_path) as window:
        dialog = ask(window)
        dialog.folder.setText(str(tmp_path / "gone"))
        assert dialog.findChild(QWidget, "told_folder").property("role") == "error"
        accept(window, dialog)
        finished = run(window)
        assert finished.error is not None and "it is not there" in window.program.error_bar.sentence
        dialog = ask(window)
        dialog.folder.clear()
        accept(window, dialog)
        assert run(window).error is None


def test_the_command_line_of_the_window_is_that_of_the_program(tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "train.py"
    file.write_text(LOOK, encoding="utf-8")
    given: list[object] = []
    monkeypatch.setattr(application, "main", lambda *words: given.append(words) or 0)
    assert command.main([str(file), "--epochs", "3", "-h"]) == 0
    assert given == [(file, ("--epochs", "3", "-h"))]
    with main_window(tmp_path, is_ready=False) as window:
        window.begin(file, ("--epochs", "3"))
        assert window._invocations.current == Invocation(("--epochs", "3"), os.getcwd())
        window.begin(file)  # those of before stay where none are given
        assert shown(window) == "--epochs 3"


def test_settings_that_hold_no_invocations_are_as_none(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("VISUALIZER_SETTINGS", str(tmp_path / "settings.ini"))
    (tmp_path / "settings.ini").write_text("[General]\ninvocations=[1\n", encoding="utf-8")
    settings = Settings()
    assert settings.invocation(tmp_path / "a.py") is None
    for number in range(300):
        settings.set_invocation(tmp_path / f"{number}.py", Invocation((str(number),)))
    assert settings.invocation(tmp_path / "299.py") == Invocation(("299",))
    assert settings.invocation(tmp_path / "0.py") is None
