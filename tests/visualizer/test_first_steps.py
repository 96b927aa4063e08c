"""What stands in the middle while there is no graph: what one can begin with, by the mouse and by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from tests.visualizer import window as w
from tests.visualizer.room_for_words import cut
from visualizer.app.main_window import MainWindow
from visualizer.backprop.graph.first_steps import FIRST_STEPS, OF_A_PROGRAM, WITHOUT_ONE
from visualizer.look import theme
from visualizer.look.balanced import balanced, height_of
from visualizer.look.focus_ring import FocusRing, handing_over
from visualizer.look.spoken import use_language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with w.main_window(tmp_path_factory.mktemp("window")) as window:
        window.resize(1440, 900)
        yield window


WITH_A_PROGRAM = [name for name in FIRST_STEPS if name not in WITHOUT_ONE]


def rows(window: MainWindow) -> list[QPushButton]:
    return [row for row in window.graph.findChildren(QPushButton) if row.objectName().startswith("first_")]


def seen(window: MainWindow) -> list[str]:
    """Those on the screen, from the top, each wholly within the canvas and under the one before."""
    shown = [row for row in rows(window) if row.isVisible()]
    canvas, below = window.graph.canvas, 0
    for row in shown:
        place = QRect(row.mapTo(canvas, QPoint(0, 0)), row.size())
        assert canvas.rect().contains(place) and place.top() >= below, row.objectName()
        below = place.bottom()
    return [row.objectName().removeprefix("first_") for row in shown]


def test_each_beginning_has_its_row_in_every_size_and_language(window: MainWindow) -> None:
    look = theme.current()
    try:
        for language in ("en", "pt_BR"):
            use_language(language)
            for scale, size in ((1.0, (1440, 900)), (1.0, (1000, 700)), (1.5, (1000, 700)), (2.0, (1440, 900))):
                look.set_scale(scale)
                window.resize(*size)
                w.until(lambda size=size: window.size() == QSize(*size), "it has its size")
                w.until(lambda: seen(window) == WITH_A_PROGRAM, f"all have room at {scale} in {size}")
                assert not [words for words in cut(window.graph) if "first_" in words]
    finally:
        use_language("en")
        look.set_scale(1.0)
        window.resize(1440, 900)


def test_an_empty_program_is_offered_an_example(window: MainWindow) -> None:
    w.set_program(window, "")
    w.until(lambda: seen(window) == [name for name in FIRST_STEPS if name not in OF_A_PROGRAM], "an example is offered")
    w.click(w.widget(window, QPushButton, "first_example_two_layers"))
    w.until(lambda: seen(window) == WITH_A_PROGRAM and "backward()" in window.program.text(), "it is there")


def test_a_row_says_its_keys_and_the_keyboard_goes_to_the_graph_with_it(window: MainWindow) -> None:
    first = w.widget(window, QPushButton, "first_run")
    assert "Ctrl+Enter" in first.accessibleDescription() and first.accessibleName() == "Run"
    w.widget(window, QPushButton, "first_pretraining").setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert window.stack.currentIndex() == 1
    w.press(window, "Ctrl+1")
    w.click(first)
    assert window.focusWidget() is window.graph.canvas
    w.until(lambda: window.graph.canvas.scene is not None, "the program has run, and its graph is drawn")
    assert not seen(window)


def test_run_by_the_mouse_leaves_the_keyboard_in_the_text_and_by_keys_it_stays_at_the_two_buttons(
    window: MainWindow,
) -> None:
    run, stop = window.program.run_button, window.program.stop_button
    w.set_program(window, "input()")
    w.click(run)
    w.until(lambda: window.session.state == "input", "it waits")
    assert window.focusWidget() not in (run, stop)
    window.activateWindow()
    w.until(window.isActiveWindow, "the window is active")
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(stop, Qt.Key.Key_Space)
    w.until(lambda: window.session.state == "ready", "it is stopped")
    assert window.focusWidget() is run
    assert any(ring.target is run and ring.isVisible() for ring in window.findChildren(FocusRing))


def test_a_button_that_goes_gives_the_keyboard_to_the_next_of_its_own(qtbot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    ask, stop, other = (QPushButton(name, home) for name in ("ask", "stop", "other"))
    home.show()
    home.activateWindow()
    qtbot.waitUntil(home.isActiveWindow)
    ask.setFocus()
    with handing_over(ask, stop):
        ask.hide()
    assert stop.hasFocus()
    other.setFocus()
    with handing_over(ask, stop):
        stop.hide()
        ask.show()
    assert other.hasFocus()


def test_words_in_lines_of_about_the_same_length_have_no_more_of_them(qtbot) -> None:
    metrics = QFontMetrics(theme.current().font(12))
    words = "one two three four five six seven eight nine ten"
    area = QRect(0, 0, metrics.horizontalAdvance(words) - 4, 100)
    narrow = balanced(metrics, words, area)
    assert height_of(metrics, words, narrow.width()) == height_of(metrics, words, area.width())
    assert narrow.width() < 0.7 * area.width() and abs(narrow.center().x() - area.center().x()) <= 1
