"""What is scrolled stays so over a while with more room, but for what somebody scrolls meanwhile."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from visualizer.look.scrolled_places import ScrolledPlaces

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_a_place_comes_back_with_its_room_unless_somebody_has_left_it(qtbot: QtBot) -> None:
    text = QPlainTextEdit("\n".join(map(str, range(100))))
    qtbot.addWidget(text)
    text.resize(200, 100)
    text.show()
    bar, places = text.verticalScrollBar(), ScrolledPlaces(text)
    bar.setValue(30)
    places.keep()
    text.resize(200, 4_000)
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    places.bring_back()
    text.resize(200, 100)
    qtbot.waitUntil(lambda: bar.value() == 30)
    for _ in range(2):  # also before what was left is deleted
        places.keep()
        bar.setValue(bar.value() - 5)
        places.bring_back()
    text.resize(200, 120)
    qtbot.waitUntil(lambda: bar.value() == 20)
