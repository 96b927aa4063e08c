"""Every test of the window leaves nothing behind: no top-level widget, no thread, no child process."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

_PATIENCE_S = 5.0


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """Compare what there is after a test with what was there before it, fixtures of a wider scope included."""
    widgets, threads, children = set(_widgets()), _threads(), child_processes()
    yield
    left = _left(lambda: {_described(widget) for widget in _widgets() if widget not in widgets}, _delete_widgets)
    assert not left, f"top-level widgets were left over: {left}"
    left = _left(lambda: _threads() - threads)
    assert not left, f"threads were left over: {left}"
    left = _left(lambda: {f"{pid}: {words}" for pid, words in child_processes().items() if pid not in children})
    assert not left, f"child processes were left over: {left}"


def child_processes() -> dict[int, str]:
    """The living children of this process and their command lines."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state not in "ZX":
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue  # it ended meanwhile
    return found


def _left(look: Callable[[], set[str]], help_along: Callable[[], None] = lambda: None) -> set[str]:
    """What is still there when it had its time to go."""
    end = time.monotonic() + _PATIENCE_S
    while (left := look()) and time.monotonic() < end:
        help_along()
        QApplication.processEvents()
        time.sleep(0.01)
    return left


def _widgets() -> list[QWidget]:
    application = QApplication.instance()
    return application.topLevelWidgets() if isinstance(application, QApplication) else []


def _delete_widgets() -> None:
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _described(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}"


def _threads() -> set[str]:
    """Python's threads, and those of QThread, which name themselves to the kernel."""
    found = {f"{thread.name} {thread.ident}" for thread in threading.enumerate()}
    for folder in Path("/proc/self/task").iterdir():
        try:
            name = (folder / "comm").read_text().strip()
        except OSError:
            continue
        if name.startswith(("QThread", "runs_follower", "corpus_inspecto")):
            found.add(f"{name} {folder.name}")
    return found
