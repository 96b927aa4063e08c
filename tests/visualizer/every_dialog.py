"""Every dialog, box and question that stands over the window, and how each opens: for tests of all of them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QToolButton, QWidget

from engine.protocol.errors import EngineError
from engine.protocol.program_values import ProgramError
from engine.protocol.source import Source
from engine.runs.checkpoint_names import checkpoint_name
from engine.runs.kept_checkpoints import Progress, write_progress
from tests.visualizer.training_folders import TINY, write_run
from tests.visualizer.window import click, main_window, start, until, widget
from visualizer.app.defects import Defects
from visualizer.app.main_window import MainWindow
from visualizer.app.module_reader import ModuleReader
from visualizer.backprop.program.imported import Found
from visualizer.pretraining import desktop
from visualizer.pretraining.memory_question import unless_no_room

PROGRAM = """\
import torch
xs = torch.ones(4, 3)
w1 = torch.ones(3, 5, requires_grad=True)
hs = torch.tanh(xs @ w1)
hs.sum().backward()
"""
TWO = (
    'BASE_CONFIG = {"vocab_size": 50304, "context_length": 1024, "drop_rate": 0.0, "qkv_bias": True}\n'
    'model_configs = {"small": {"emb_dim": 768, "n_layers": 12, "n_heads": 12}, '
    '"medium": {"emb_dim": 1024, "n_layers": 24, "n_heads": 16}}'
)


@contextlib.contextmanager
def window_of_all(folder: Path) -> Iterator[MainWindow]:
    """Its pass is held, and of its two runs one is laid over the other, which has checkpoints and is shown."""
    config = msgspec.structs.replace(TINY, max_steps=200, eval_every=100, sample_every=200)  # as `write_run` does
    run = write_run(folder / "runs" / "first", 200, config=config, checkpoint_step=200)
    for step in (100, 200):
        path = run.path / checkpoint_name(step)
        path.mkdir()
        write_progress(path, Progress(step=step, tokens=step, elapsed_s=1.0, validation_loss=2.5, is_milestone=True))
        (path / "model.safetensors").write_bytes(bytes(20_000))
    write_run(folder / "runs" / "second", 100, config=msgspec.structs.replace(config, learning_rate=0.01))
    with main_window(folder) as window:
        window.resize(1500, 950)
        start(window, PROGRAM, "Ctrl+Shift+Return")
        until(lambda: window.session.state == "paused", "the pass is held")
        runs = window.pretraining.runs
        until(lambda: len(runs.rows()) == 2, "the runs are listed")
        runs.select(run.path)
        until(lambda: runs.shown is not None and runs.shown.path == run.path and runs.shown.checkpoints, "it is shown")
        runs.set_overlay(folder / "runs" / "second", True)
        until(lambda: len(runs.chosen()) == 2, "the other is laid over it")
        yield window


def _module(window: MainWindow) -> None:
    ModuleReader(window, Found(Path("x.py"), 1, 0), "x = 7").open()


def _memory(window: MainWindow) -> None:
    def refuse(insists: bool) -> None:
        raise EngineError(
            "training.memory_too_little",
            "The run needs about {needed} of memory, and {place} has {total}: {words}.{hint}",
            needed="3 GB",
            place="GB",
            total="1 GB",
            words="GB",
            hint="",
        )

    unless_no_room(window, refuse, lambda words: None)


def _defect(window: MainWindow) -> None:
    defects = Defects(window)
    try:
        raise ValueError("7")
    except ValueError as error:
        defects.collect(type(error), error, error.__traceback__)
    until(lambda: defects._box is not None, "the box is there")


def _log(window: MainWindow) -> None:
    desktop.show_log(window, window.pretraining.runs.selected, "a run")


def _leave(window: MainWindow) -> None:
    window.questions._ask_to_leave(
        "x.py", "Another program?", "Its variables go with the window. A pretraining run goes on without it.",
        lambda: None, lambda: None,
    )  # fmt: skip


def _save(window: MainWindow) -> None:
    window.files._leave_text(lambda: None)


def _action(name: str) -> Callable[[MainWindow], object]:
    return lambda window: window.do(name)


def _error(window: MainWindow) -> None:
    place = Source(path="", line=1, column=0, end_line=1, end_column=6, text="import")
    trace = "Traceback (most recent call last):\n  1\nValueError: 7"
    error = ProgramError(type_name="ValueError", sentence="7", place=place, traceback=trace)
    window.program.error_bar.show_error(error)
    click(widget(window, QToolButton, "error_whole"))
    window.program.error_bar.show_error(None)


OPENED: dict[str, Callable[[MainWindow], object]] = {
    **{
        name: _action(name)
        for name in ("settings", "palette", "shortcuts", "about", "export", "build_tensor", "arguments")
    },
    **{name: _action(name) for name in ("add_breakpoint", "run_to_pass", "train_change", "train_branch")},
    **{name: _action(name) for name in ("arguments", "train_compare")},
    "module_reader": _module,
    "rename_run": lambda window: window.pretraining._rename(window.pretraining.runs.selected),
    "delete_run": lambda window: window.pretraining.list.delete_wanted.emit(window.pretraining.runs.selected),
    "run_log": _log,
    "pasted_choice": lambda window: window.pretraining.fill_from_text(TWO),
    "memory": _memory,
    "engine_ended": lambda window: window.questions.on_ended(str),
    "unresponsive": lambda window: window.questions.on_unresponsive(),
    "leave": _leave,
    "save": _save,
    "complaint": lambda window: window.pretraining.open_run(Path("/7")),
    "defect": _defect,
    "error": _error,
}
# Which Qt fills: only what stands over it is ours.
FILES: dict[str, Callable[[MainWindow], object]] = {
    name: _action(name) for name in ("open", "open_run", "save_as", "open_tensor", "train_export", "plots_csv")
} | {"lesson_folder": _action("lesson_folder")}


def dialogs(window: MainWindow) -> list[QDialog]:
    """On the screen now."""
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]


@contextlib.contextmanager
def opened(window: MainWindow, name: str) -> Iterator[QDialog]:
    """That dialog, alone over a window whose keyboard is in the program or in the list of runs; gone afterwards."""
    begin(window, name)
    (OPENED | FILES)[name](window)
    until(lambda: dialogs(window), f"{name} opens")
    (dialog,) = dialogs(window)
    try:
        yield dialog
    finally:
        for left in dialogs(window):
            left.close()
        until(lambda: not dialogs(window), "it is closed")
        window.engine._deaf.stop()  # who chose to wait is asked again after five seconds
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def begin(window: MainWindow, name: str) -> QWidget:
    """The keyboard where a person has it who opens that dialog."""
    is_training = name.startswith(("train", "plots")) or name in ("rename_run", "delete_run", "run_log")
    window.stack.setCurrentIndex(1 if is_training else 0)
    place = window.pretraining.list.view if is_training else window.program.editor
    window.activateWindow()
    until(window.isActiveWindow, "the window is active")
    place.setFocus()
    return place
