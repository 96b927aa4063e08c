"""F6 from panel to panel: each shows in a frame that the keyboard is there, in both themes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.visualizer import window as w
from visualizer.app.main_window import MainWindow
from visualizer.look import theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

PROGRAM = """import torch
print("held")
w = torch.ones(3, requires_grad=True)
loss = (w * w).sum()
loss.backward()
"""


def stops(window: MainWindow) -> list[QWidget]:
    """What F6 stops at: all but the panels that are closed until they are wanted."""
    return [stop for _panel, stop in window.panels.stops() if stop.isVisible()]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """A window where every panel has something to show: backward is held."""
    with w.main_window(tmp_path_factory.mktemp("window")) as window:
        w.start(window, PROGRAM, "Ctrl+Shift+Return")
        w.until(lambda: window.session.state == "paused", "backward is held")
        w.until(lambda: len(stops(window)) == len(window.panels.stops()) - 4, "every open panel shows something")
        yield window
        window.do("theme_system")


def has_frame(window: MainWindow, stop: QWidget) -> bool:
    """Whether the accent runs along all four edges of a widget, a little inside or outside of its middle."""
    accent = theme.current().color("accent.line").name()
    around = QRect(stop.mapTo(window, QPoint(0, 0)), stop.size())
    picture = window.grab().toImage()

    def is_crossed(start: QPoint, dx: int, dy: int) -> bool:
        spots = (start + QPoint(dx * step, dy * step) for step in range(-2, stop.width() // 3))
        return any(picture.valid(spot) and picture.pixelColor(spot).name() == accent for spot in spots)

    middle = around.center()
    return (
        is_crossed(QPoint(around.left(), middle.y()), 1, 0)
        and is_crossed(QPoint(around.right(), middle.y()), -1, 0)
        and is_crossed(QPoint(middle.x(), around.top()), 0, 1)
        and is_crossed(QPoint(middle.x(), around.bottom()), 0, -1)
    )


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_every_stop_of_f6_shows_that_it_has_the_keyboard(held: MainWindow, mode: str) -> None:
    held.do(f"theme_{mode}")
    held.program.editor.setFocus()
    around = stops(held)
    for expected in (*around[1:], around[0]):
        w.press(held, "F6", QApplication.focusWidget())
        assert QApplication.focusWidget() is expected
        w.until(partial(has_frame, held, expected), f"{expected.objectName()} in {mode}")


def test_a_click_draws_no_frame_and_leaving_takes_it_away(held: MainWindow) -> None:
    held.console.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert has_frame(held, held.console.view)
    QTest.mouseClick(held.program.editor.viewport(), Qt.MouseButton.LeftButton)
    assert held.program.editor.hasFocus()
    assert not has_frame(held, held.console.view) and not has_frame(held, held.program.editor)


def test_f6_leads_to_the_way_back_from_a_filter_that_hides_everything(held: MainWindow) -> None:
    held.variables.filter.setText("nothing is called so")
    held.program.editor.setFocus()
    w.press(held, "F6")
    link = QApplication.focusWidget()
    QTest.keyClick(link, Qt.Key.Key_Space)
    assert held.variables.filter.text() == "" and held.variables.table.hasFocus()
