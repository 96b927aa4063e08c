"""Where things are in the window: at every size, after a resize, and in the next window."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.visualizer.window import main_window, press, until
from visualizer.app.main_window import MainWindow
from visualizer.backprop.workspace import BackpropWorkspace
from visualizer.look import theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

SIZES = [(1000, 640), (1280, 800), (1440, 900), (1920, 1080), (2560, 1440)]


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with main_window(tmp_path_factory.mktemp("layout"), is_ready=False) as made:
        yield made


@pytest.fixture(autouse=True)
def usual_look(window: MainWindow) -> Iterator[None]:
    resize(window, 1440, 900)
    press(window, "Ctrl+1")
    window.do("reset_layout")
    settle()
    yield
    theme.current().set_scale(1.0)


def settle() -> None:
    """Let layouts that were asked for be made: each takes a turn of the event loop or two."""
    for _ in range(6):
        QTest.qWait(1)


def resize(window: MainWindow, width: int, height: int) -> None:
    window.resize(width, height)
    settle()


def shares(backprop: BackpropWorkspace) -> dict[str, tuple[float, float]]:
    return {
        name: (dock.width() / backprop.width(), dock.height() / backprop.height())
        for name, dock in backprop.docks.items()
        if name != "timeline"
    }


def drag_separator(backprop: BackpropWorkspace, dx: int) -> None:
    """Drag the line at the right of the program with the mouse."""
    program = backprop.docks["program"].geometry()
    place = QPoint(program.right() + 1, program.center().y())
    QTest.mouseMove(backprop, place)
    QTest.mousePress(backprop, Qt.MouseButton.LeftButton, pos=place)
    for part in (0.5, 1.0):
        QTest.mouseMove(backprop, place + QPoint(round(dx * part), 0))
        settle()
    QTest.mouseRelease(backprop, Qt.MouseButton.LeftButton, pos=place + QPoint(dx, 0))
    settle()


# -- every size


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_graph_keeps_its_share(window, size, scale):
    theme.current().set_scale(scale)
    resize(window, *size)
    assert window.size() == QSize(*size), "the window may have the size that it was given"
    share = window.graph.width() / window.backprop.width()
    assert share >= (0.4 if size[0] >= 1000 * scale else 0.25)
    assert window.graph.canvas.height() >= 0.35 * window.height() / max(scale, 1)


@pytest.mark.parametrize("size", SIZES)
def test_no_panel_vanishes_and_none_leaves_the_window(window, size):
    resize(window, *size)
    for name, dock in window.backprop.docks.items():
        assert dock.width() >= 150 and dock.height() >= 55, name
        assert window.backprop.rect().contains(dock.geometry()), name


@pytest.mark.parametrize("size", [(900, 560), *SIZES])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_header_shows_every_menu_or_one_button_for_all(window, size, scale):
    theme.current().set_scale(scale)
    resize(window, *size)
    header = window.header
    if header.menus.isVisible():
        last = header.menus.actionGeometry(header.menus.actions()[-1])
        assert header.menus.rect().contains(last) and last.width() > 0
    else:
        assert button(window, "menu_button").isVisible()
    row = [header.tabs, button(window, "engine_state"), button(window, "commands_button")]
    row.insert(0, header.menus if header.menus.isVisible() else button(window, "menu_button"))
    places = [QRect(each.mapTo(header, QPoint(0, 0)), each.size()) for each in row]
    assert all(header.rect().contains(place) for place in places)
    assert all(left.right() < right.left() for left, right in pairwise(places))


def button(window: MainWindow, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert isinstance(found, QWidget), name
    return found


def test_a_folded_menu_still_opens_by_key_and_its_shortcuts_work(window):
    theme.current().set_scale(2.0)
    resize(window, 1000, 640)
    assert not window.header.menus.isVisible()
    press(window, "Alt+V", window)
    menu = window.header.menu_of["View"]
    until(menu.isVisible, "the menu opens")
    menu.close()
    press(window, "Ctrl+2")
    assert window.workspace == 1


def test_the_transport_stays_inside_the_window(window):
    for size, scale in (((1000, 640), 1.0), ((1280, 800), 2.0), ((1000, 640), 2.0)):
        theme.current().set_scale(scale)
        resize(window, *size)
        for name in ("start", "back", "step", "step_over", "run_to", "play", "end"):
            each = button(window, f"transport_{name}")
            assert window.timeline.rect().contains(each.geometry()), (name, size, scale)
            assert each.toolTip() and each.accessibleName()
        assert window.timeline.rect().contains(window.timeline.scrubber.geometry())


# -- proportions


def test_docks_keep_their_proportions(window):
    resize(window, 1280, 800)
    before = shares(window.backprop)
    resize(window, 2560, 1440)
    for name, (width, height) in shares(window.backprop).items():
        assert width == pytest.approx(before[name][0], abs=0.02), name
        assert height == pytest.approx(before[name][1], abs=0.06), name
    resize(window, 1280, 800)
    assert shares(window.backprop)["program"][0] == pytest.approx(before["program"][0], abs=0.02)


def test_a_dragged_separator_sets_the_proportion(window):
    before = window.backprop.docks["program"].width()
    drag_separator(window.backprop, -110)
    dragged = window.backprop.docks["program"].width()
    assert dragged == pytest.approx(before - 110, abs=8)
    share = shares(window.backprop)["program"][0]
    resize(window, 1920, 1080)
    assert shares(window.backprop)["program"][0] == pytest.approx(share, abs=0.02)


def test_a_closed_panel_comes_back_at_its_place(window):
    before = shares(window.backprop)
    queue, toggle = window.backprop.docks["queue"], window.backprop.docks["queue"].toggleViewAction()
    assert toggle in window.header.menu_of["View"].actions()[-1].menu().actions()
    toggle.trigger()
    settle()
    assert not queue.isVisible()
    assert window.backprop.docks["inspector"].height() > before["inspector"][1] * window.backprop.height()
    toggle.trigger()
    settle()
    assert queue.isVisible()
    assert shares(window.backprop)["queue"][1] == pytest.approx(before["queue"][1], abs=0.03)


def test_arranging_shows_title_bars_and_reset_puts_everything_back(window):
    dock = window.backprop.docks["inspector"]
    assert dock.titleBarWidget() is not None
    window.actions_by_id["arrange"].trigger()
    assert dock.titleBarWidget() is None and window.actions_by_id["arrange"].isChecked()
    dock.setFloating(True)
    window.backprop.docks["console"].close()
    settle()
    window.actions_by_id["arrange"].trigger()
    window.actions_by_id["reset_layout"].trigger()
    settle()
    assert not dock.isFloating() and window.backprop.docks["console"].isVisible()
    assert not window.actions_by_id["arrange"].isChecked()
    assert window.backprop.dockWidgetArea(dock) == Qt.DockWidgetArea.RightDockWidgetArea


# -- the next window


def test_the_next_window_looks_like_the_last(tmp_path: Path):
    with main_window(tmp_path, is_ready=False) as first:
        resize(first, 900, 760)
        drag_separator(first.backprop, 40)
        first.backprop.docks["queue"].toggleViewAction().trigger()
        first.do("theme_light")
        first.do("larger")
        settle()
        press(first, "Ctrl+2")
        settle()
        first.pretraining._columns.setSizes([290, 350, 258])
        settle()
        columns = first.pretraining._columns.sizes()
        press(first, "Ctrl+1")
        settle()
        program = shares(first.backprop)["program"][0]
        press(first, "Ctrl+2")
    theme.current().set_mode("dark")
    theme.current().set_scale(1.0)
    with main_window(tmp_path, is_ready=False) as second:
        settle()
        assert second.size() == QSize(900, 760)
        assert second.workspace == 1
        assert second.pretraining._columns.sizes() == pytest.approx(columns, abs=2)
        assert theme.current().mode == "light" and theme.current().scale == pytest.approx(1.125)
        assert second.actions_by_id["theme_light"].isChecked()
        press(second, "Ctrl+1")
        settle()
        assert not second.backprop.docks["queue"].isVisible()
        assert shares(second.backprop)["program"][0] == pytest.approx(program, abs=0.02)


def test_a_layout_of_a_larger_screen_fits_a_small_window(tmp_path: Path):
    with main_window(tmp_path, is_ready=False) as first:
        resize(first, 2400, 1300)
    with main_window(tmp_path, is_ready=False) as second:
        resize(second, 1000, 640)
        assert second.graph.width() >= 0.4 * second.backprop.width()
