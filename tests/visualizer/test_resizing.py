"""The line between two panels is moved by the keyboard, too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QSplitter, QVBoxLayout, QWidget

from visualizer.look.resizing import grow

ACROSS, DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


def inside(panel: QWidget) -> QWidget:
    """What in a panel has the keyboard."""
    column = QVBoxLayout(panel)
    made = QWidget(panel)
    column.addWidget(made)
    return made


@pytest.fixture
def splitter(qtbot) -> QSplitter:
    made = QSplitter(ACROSS)
    rows = QSplitter(DOWN)
    for panel in (QWidget(), QWidget()):
        rows.addWidget(panel)
    for panel in (QWidget(), rows):
        made.addWidget(panel)
    qtbot.addWidget(made)
    made.resize(601, 401)
    made.show()
    made.setSizes([200, 400])
    return made


def test_the_innermost_panel_that_can_be_sized_takes_from_the_one_beside_it(splitter) -> None:
    rows = splitter.widget(1)
    left, below = inside(splitter.widget(0)), inside(rows.widget(1))
    moved: list[int] = []
    rows.splitterMoved.connect(lambda place, number: moved.append(number))
    before, heights = splitter.sizes(), rows.sizes()
    assert grow(left, ACROSS, 40) and splitter.sizes() == [before[0] + 40, before[1] - 40]
    assert grow(below, ACROSS, 40) and splitter.sizes() == before
    assert grow(below, DOWN, 30) and rows.sizes() == [heights[0] - 30, heights[1] + 30] and moved == [1]
    assert not grow(left, DOWN, 30) and grow(left, ACROSS, -9999) and splitter.sizes()[1] > 560
    rows.widget(0).hide()
    assert not grow(below, DOWN, 30)  # it has all the height


def test_a_dock_and_what_stands_in_the_middle(qtbot) -> None:
    window, middle, docks = QMainWindow(), QWidget(), [QDockWidget() for _ in range(2)]
    window.setCentralWidget(middle)
    areas = Qt.DockWidgetArea
    held = []
    for dock, area in zip(docks, (areas.LeftDockWidgetArea, areas.RightDockWidgetArea), strict=True):
        dock.setWidget(QWidget())
        held.append(inside(dock.widget()))
        window.addDockWidget(area, dock)
    qtbot.addWidget(window)
    window.resize(900, 500)
    window.show()
    window.resizeDocks(docks, [200, 200], ACROSS)
    qtbot.waitUntil(lambda: docks[0].width() == 200)
    assert grow(held[0], ACROSS, 40)
    qtbot.waitUntil(lambda: docks[0].width() == 240 and docks[1].width() == 200)
    width = middle.width()
    assert grow(inside(middle), ACROSS, 40)
    qtbot.waitUntil(lambda: middle.width() == width + 40 and docks[1].width() == 160)
    assert not grow(middle, DOWN, 40)
    docks[0].setFloating(True)
    size = docks[0].size()
    assert grow(held[0], DOWN, 30)
    assert (docks[0].width(), docks[0].height()) == (size.width(), size.height() + 30)
