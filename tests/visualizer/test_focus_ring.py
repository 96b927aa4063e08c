"""The frame around what the keyboard came to, also of widgets that Qt makes itself."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visualizer.look import focus_ring
from visualizer.look.focus_ring import FocusRing

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window


def rings(widget: QWidget) -> list[bool]:
    """Whether each ring around it is seen."""
    return [each.isVisible() for each in widget.children() if isinstance(each, FocusRing)]


def test_the_ring_of_a_widget_that_qt_made_outlives_the_collector(qapp: QApplication, qtbot: QtBot) -> None:
    focus_ring.install(qapp)
    dialog = QDialog()
    choices = QDialogButtonBox.StandardButton
    QVBoxLayout(dialog).addWidget(QDialogButtonBox(choices.Ok | choices.Cancel | choices.Help))
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        gc.collect()  # nothing of Python's holds the button
        assert rings(QApplication.focusWidget()) == [True]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert rings(QApplication.focusWidget()) == [True]
    around = {each for each in focus_ring._ALIVE if each.window() is dialog}
    assert around
    dialog.close()
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not around & focus_ring._ALIVE, "they go with what they were around"
