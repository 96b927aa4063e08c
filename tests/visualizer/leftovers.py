"""What a window may leave behind: top-level widgets, threads, child processes, process groups."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from tests import warm
from tests.processes import command_of, group_of, is_ended, pids_of_children

_GOES_WITHIN_S = 20.0  # a test that has failed may hold its widgets for good
_OF_THE_WORKSPACE = ("runs_reader", "corpus_inspecto")  # its threads, as the kernel has their names
_seen: dict[int, str] = {}  # by the look before: the command lines of children
_settled: dict[int, str] = {}  # by the last two looks
_TYPESETTER = f"{sys.executable} -P -m visualizer.look.mathematics.formula_process"


@contextmanager
def none_left() -> Iterator[None]:
    """Compare what there is at the end with what was there at the start; all of it may take a moment to go.

    A child may have been replaced by another of the same command, as a window does it with its engine; and a window
    that was there before may have shown its first formula, in the inspector and in a lesson, or have made its
    Pretraining workspace.
    """
    widgets, threads, children = set(_widgets()), _threads(), _commands()
    windows = [widget for widget in widgets if widget.objectName() == "main_window"]
    rooms = [window for window in windows if window.findChild(QWidget, "pretraining") is None]
    if windows:
        children |= Counter({_TYPESETTER: 2})
    yield
    made = [one for window in rooms if isValid(window) and (one := window.findChild(QWidget, "pretraining"))]
    widgets |= {widget for one in made for widget in one.findChildren(QWidget) if widget.isWindow()}
    threads |= {thread for thread in _threads() if made and thread.startswith(_OF_THE_WORKSPACE)}
    _delete_widgets()
    left = _left(lambda: {_described(widget) for widget in _widgets() if widget not in widgets}, _collect_widgets)
    assert not left, f"top-level widgets were left over: {left}"
    left = _left(lambda: _threads() - threads)
    assert not left, f"threads were left over: {left}"
    left = _left(lambda: set(_commands() - children))
    assert not left, f"child processes were left over: {left}"


def _commands() -> Counter[str]:
    """The command lines of this process's children, but for those that warm ones are forked from, and for what
    watches over the group of an engine that is there, whose parent it was until an engine was adopted just then."""
    children = _children()
    return Counter(
        words
        for pid, words in children.items()
        if pid not in warm.server_pids() and not (group_of(pid) != pid and group_of(pid) in children)
    )


def _children() -> dict[int, str]:
    """The living ones and their command lines. Where two looks have found it alike it is not read again, before and
    after each of thousands of tests: what was just forked has that of its parent still."""
    living = [pid for pid in pids_of_children(os.getpid()) if not is_ended(pid)]
    found = {pid: words for pid in living if (words := _settled.get(pid) or command_of(pid))}
    settled = {pid: words for pid, words in found.items() if _seen.get(pid) == words}
    for known, now in ((_settled, settled), (_seen, found)):
        known.clear()
        known.update(now)
    return found


def _left(look: Callable[[], set[str]], help_along: Callable[[], None] = lambda: None) -> set[str]:
    """What is still there when it had its time to go."""
    end = time.monotonic() + _GOES_WITHIN_S
    while (left := look()) and time.monotonic() < end:
        help_along()
        QApplication.processEvents()
        time.sleep(0.01)
    return left


def _widgets() -> list[QWidget]:
    application = QApplication.instance()
    return application.topLevelWidgets() if isinstance(application, QApplication) else []


def _delete_widgets() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _collect_widgets() -> None:
    """Those that only a cycle holds; to look for cycles takes longer than most of the tests."""
    gc.collect()
    _delete_widgets()


def _described(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}"


def _threads() -> set[str]:
    """Python's threads, and those of QThread, which name themselves to the kernel."""
    found = {f"{thread.name} {thread.ident}" for thread in threading.enumerate()}
    for folder in Path("/proc/self/task").iterdir():  # psutil knows the threads and not their names
        try:
            name = (folder / "comm").read_text().strip()
        except OSError:
            continue
        if name.startswith(("QThread", *_OF_THE_WORKSPACE)):
            found.add(f"{name} {folder.name}")
    return found
