"""Nothing is shown before it has its place: it would be a window for a moment, which takes the keyboard away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.visualizer.window import main_window, until
from visualizer.look.labels import ElidedLabel


class Watch(QObject):
    """Notes what is shown as a window and is none."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if is_shown and not isinstance(watched, QMainWindow | QDialog | QMenu):
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[Watch]:
    watch = Watch()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


def test_the_workspaces_are_made_without_a_window_of_their_own(tmp_path: Path, watch: Watch) -> None:
    with main_window(tmp_path, is_ready=False) as window:
        window.activateWindow()
        until(window.isActiveWindow, "the window is active")
        QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        until(lambda: window.pretraining.isVisible(), "the other workspace is shown")
        QApplication.processEvents()
        assert window.isActiveWindow() and not watch.shown


def test_a_label_waits_for_its_place(qtbot: QtBot, watch: Watch) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    column = QVBoxLayout(room)
    said, again = ElidedLabel(12, "text.primary"), ElidedLabel(12, "text.primary")
    again.hide()
    for label in (said, again):
        label.set_text("words")
        column.addWidget(label)
    room.show()
    assert said.isVisible() and again.isVisible()
    assert watch.shown == ["QWidget "]  # the room itself
