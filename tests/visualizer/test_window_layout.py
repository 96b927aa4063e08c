"""Where things are in the window: at every size, and after a resize."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QToolButton,
    QWidget,
)

from engine.protocol.graph_values import Graph
from engine.protocol.messages import AskCompletions, GraphShown
from engine.protocol.program_values import Variable
from tests.visualizer.graph_demo import gpt2_graph
from tests.visualizer.window import click, main_window, press, start, until, wait_ready
from visualizer.app.actions import TRANSPORT
from visualizer.app.main_window import MainWindow
from visualizer.backprop.dock_bar import DockBar
from visualizer.backprop.middle import Middle
from visualizer.backprop.stage.panel import TensorStage
from visualizer.backprop.timeline.panel import TimelinePanel
from visualizer.backprop.workspace import BackpropWorkspace
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.panel_head import PanelHead
from visualizer.model.selection import SelectedModule, SelectedNode, SelectedVariable

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

SCALED = pytest.mark.parametrize("scale", [1.0, 1.5, 2.0], indirect=True, scope="module")
TWICE = pytest.mark.parametrize("scale", [2.0], indirect=True, scope="module")
SIZES = [(1000, 640), (1280, 800), (1440, 900), (1920, 1080), (2560, 1440)]


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with main_window(tmp_path_factory.mktemp("layout"), is_ready=False) as made:
        yield made
    theme.current().set_scale(1.0)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of one size of text run one after another, since every widget is dressed anew where it changes."""
    if not any(mark.args[0] == "scale" for mark in metafunc.definition.iter_markers("parametrize")):
        metafunc.parametrize("scale", [1.0], indirect=True, scope="module")


@pytest.fixture(scope="module")
def scale(window: MainWindow, request: pytest.FixtureRequest) -> float:
    theme.current().set_scale(request.param)
    return request.param


@pytest.fixture(autouse=True)
def usual_look(window: MainWindow, scale: float) -> None:
    theme.current().set_scale(scale)
    window.setUpdatesEnabled(False)  # nobody looks at what is on the way there
    window.resize(1440, 900)
    press(window, "Ctrl+1")
    window.do("reset_layout")
    settle()
    window.setUpdatesEnabled(True)


def settle() -> None:
    """Let layouts that were asked for be made: each takes a turn of the event loop or two."""
    for _ in range(6):
        QTest.qWait(1)


def seen_docks(window: MainWindow) -> dict[str, QDockWidget]:
    """Those that are open and in front of their tabs."""
    docks = window.backprop.docks
    return {name: dock for name, dock in docks.items() if not dock.visibleRegion().isEmpty()}


def resize(window: MainWindow, width: int, height: int) -> None:
    window.resize(width, height)
    settle()


def shares(backprop: BackpropWorkspace) -> dict[str, tuple[float, float]]:
    return {
        name: (dock.width() / backprop.width(), dock.height() / backprop.height())
        for name, dock in backprop.docks.items()
        if name not in ("timeline", "outline", "health", "breakpoints", "predict")
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


@SCALED
def test_the_graph_keeps_its_share(window, scale):
    for size in SIZES:
        resize(window, *size)
        assert window.size() == QSize(*size), "the window may have the size that it was given"
        share = window.graph.width() / window.backprop.width()
        assert share >= (0.4 if size[0] >= 1000 * scale else 0.25), size
        assert window.graph.canvas.height() >= 0.35 * window.height() / max(scale, 1), size


def test_no_panel_vanishes_and_none_leaves_the_window(window):
    for size in SIZES:
        resize(window, *size)
        for name, dock in seen_docks(window).items():
            assert dock.width() >= 150 and dock.height() >= 55, (name, size)
            assert window.backprop.rect().contains(dock.geometry()), (name, size)


@SCALED
def test_the_header_shows_every_menu_or_one_button_for_all(window):
    for size in ((900, 560), *SIZES):
        resize(window, *size)
        assert_header_is_whole(window)


def assert_header_is_whole(window: MainWindow) -> None:
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


@TWICE
def test_a_folded_menu_still_opens_by_key_and_its_shortcuts_work(window):
    resize(window, 1000, 640)
    assert not window.header.menus.isVisible()
    press(window, "Alt+V", window)
    menu = window.header.menu_of["View"]
    until(menu.isVisible, "the menu opens")
    menu.close()
    press(window, "Ctrl+2")
    assert window.workspace == 1


@SCALED
def test_the_transport_stays_inside_the_window(window, scale):
    for size in ((1000, 640), (1280, 800)):
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


# -- docks


def bar(window: MainWindow, name: str) -> DockBar:
    found = window.backprop.docks[name].titleBarWidget()
    assert isinstance(found, DockBar)
    return found


def geometries(window: MainWindow) -> dict[str, QRect]:
    return {name: QRect(dock.geometry()) for name, dock in seen_docks(window).items()}


def test_every_panel_shows_its_buttons_within_its_bar(window):
    for size in ((900, 560), *SIZES):
        resize(window, *size)
        assert_bars_are_whole(window)


def test_the_outline_opens_in_front_of_the_variables_and_its_bar_is_whole(window):
    window.backprop.bring("outline")
    for size in ((900, 560), *SIZES):
        resize(window, *size)
        assert_bars_are_whole(window)
        assert "outline" in seen_docks(window) and "variables" not in seen_docks(window)
    window.backprop.docks["outline"].close()
    resize(window, 1440, 900)
    assert "variables" in seen_docks(window)


def test_a_large_graph_is_on_the_canvas_before_its_outline_is_made(window):
    graph, outline = gpt2_graph(), window.outline
    at_first_paint = []
    window.graph.painted.connect(lambda: at_first_paint.append(outline.tree.outline))
    window.session.take_in(GraphShown(graph=graph))
    until(lambda: outline.tree.outline is not None and outline.tree.outline.graph is graph, "its outline is there")
    assert outline.isVisible() and at_first_paint == [None]
    window.session.take_in(GraphShown(graph=Graph(graph.id + 1, "")))
    until(lambda: outline.tree.outline is None, "there is none of no graph")
    window.backprop.docks["outline"].close()


def assert_bars_are_whole(window: MainWindow) -> None:
    for name in seen_docks(window):
        buttons = [bar(window, name).float_button, bar(window, name).close_button]
        for each in buttons:
            assert each.isVisible() and not each.icon().isNull() and each.accessibleName() == each.toolTip()
            assert each.parentWidget().rect().contains(each.geometry()), name
            assert window.backprop.docks[name].isAncestorOf(each)
        assert not buttons[0].geometry().intersects(buttons[1].geometry())


def test_a_panel_floats_by_its_button_and_goes_back_to_its_place_by_that_or_a_double_click(window):
    before = geometries(window)
    for name, dock in seen_docks(window).items():
        click(bar(window, name).float_button)
        settle()
        assert dock.isFloating() and dock.isVisible() and "back" in bar(window, name).float_button.toolTip()
        click(bar(window, name).float_button)
        settle()
        assert not dock.isFloating() and geometries(window)[name] == before[name], name
    dock, title = window.backprop.docks["variables"], button(window, "variables_count")
    click(bar(window, "variables").float_button)
    settle()
    QTest.mouseDClick(title, Qt.MouseButton.LeftButton)
    settle()
    assert not dock.isFloating() and not window.backprop.large.name
    assert geometries(window) == before


def test_a_panel_closes_by_mouse_or_keyboard_and_comes_back_from_the_menu(window):
    before = geometries(window)
    for name, dock in seen_docks(window).items():
        close = bar(window, name).close_button
        if name == "queue":
            close.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(close, Qt.Key.Key_Space)
        else:
            click(close)
        settle()
        assert not dock.isVisible(), name
        dock.toggleViewAction().trigger()
        settle()
        assert dock.isVisible() and geometries(window)[name] == before[name], name


def test_a_click_on_the_rest_of_a_bar_closes_nothing(window):
    for name, dock in seen_docks(window).items():
        head = bar(window, name)
        for x in range(4, head.width() - head.height(), 8):
            if head.childAt(x, 3) not in (head.float_button, head.close_button):
                QTest.mouseClick(head, Qt.MouseButton.LeftButton, pos=QPoint(x, 3))
        assert dock.isVisible() and not dock.isFloating(), name


def test_panels_in_tabs_bear_their_titles_once_and_what_asks_comes_to_the_front(window):
    docks = window.backprop.docks
    window.backprop.tabifyDockWidget(docks["console"], docks["variables"])
    docks["variables"].raise_()
    settle()
    tabs = next(each for each in window.backprop.findChildren(QTabBar) if each.isVisible() and each.count() == 2)
    assert {tabs.tabText(0), tabs.tabText(1)} == {"Output", "Variables"}
    assert not titles(window, "variables") and not titles(window, "console")
    assert docks["console"].visibleRegion().isEmpty()
    window.session.input_wanted.emit("name?")
    settle()
    assert not docks["console"].visibleRegion().isEmpty()
    window.console.end_input()
    window.do("reset_layout")
    settle()
    assert titles(window, "variables") == ["Variables"] and titles(window, "console") == ["Output"]


def titles(window: MainWindow, name: str) -> list[str]:
    return [each.text() for each in bar(window, name).findChildren(ElidedLabel, "panel_title") if each.isVisible()]


@SCALED
def test_what_stands_in_a_head_is_whole_or_not_there(window):
    for size in ((900, 560), *SIZES):
        resize(window, *size)
        for head in filter(QWidget.isVisible, window.findChildren(PanelHead)):
            shown = [each for each in head.children() if isinstance(each, QWidget) and not each.isHidden()]
            assert shown, head.parentWidget().objectName()
            for each in shown:
                words = isinstance(each, ElidedLabel | QLabel) and each.objectName() != "panel_title"
                assert each.geometry().right() < head.width() and each.width() >= each.minimumSizeHint().width()
                assert not words or each.width() >= each.sizeHint().width(), (size, each.text())
            title = head.findChild(ElidedLabel, "panel_title")
            field = head.findChild(QLineEdit)
            if field is not None and field.width() > max(field.minimumWidth(), field.minimumSizeHint().width()):
                assert title.isHidden() or title.width() >= title.sizeHint().width()  # the field gives way first


@SCALED
def test_the_timeline_has_its_buttons_side_by_side_at_its_right_end_over_nothing_else(window):
    timeline, made = window.timeline, bar(window, "timeline")
    timeline.set_position("172 of 172 nodes", "loss.backward() is done", "Bars: gradient norm, log scale")
    for size in ((900, 560), *SIZES):
        resize(window, *size)
        buttons = [made.float_button, made.close_button]
        places = [QRect(each.mapTo(timeline, QPoint()), each.size()) for each in buttons]
        assert places[0].top() == places[1].top() and places[0].right() < places[1].left(), size
        assert timeline.width() - places[1].right() <= theme.current().px(8), size
        for each in timeline.findChildren(QToolButton) + timeline.findChildren(ElidedLabel):
            taken = QRect(each.mapTo(timeline, QPoint()), each.size())
            assert each in buttons or not each.isVisible() or not any(map(taken.intersects, places)), (size, each)
    timeline.set_position("", "", "")


def test_reset_puts_everything_back_whatever_was_done(window):
    before, docks = geometries(window), window.backprop.docks
    window.backprop.tabifyDockWidget(docks["queue"], docks["program"])
    window.backprop.splitDockWidget(docks["inspector"], docks["variables"], Qt.Orientation.Horizontal)
    docks["console"].setFloating(True)
    docks["timeline"].close()
    settle()
    assert geometries(window) != before
    window.do("reset_layout")
    settle()
    assert geometries(window) == before


# -- nothing moves


STEPPED = """import torch
torch.manual_seed(0)
x = torch.randn(4, 3)
deep = torch.randn(6, 50, 4, 3, 2)
a_rather_long_name_of_a_variable = torch.randn(3, 5, requires_grad=True)
h = torch.tanh(x @ a_rather_long_name_of_a_variable)
value, index = h.max(1)
numbers = list(range(1000))
words = "word " * 50
print(words)
loss = value.sum() + h.exp().mean()
loss.backward()
"""


def answered(window: MainWindow) -> None:
    """What was asked of the engine before has come and been shown."""
    for _ in range(2):  # an answer may lead to another question
        came: list[object] = []
        window.engine.ask(AskCompletions(text="", line=1, column=0), came.append, came.append)
        until(came.copy, "the engine answers")
        settle()


@pytest.mark.parametrize("size", [(900, 560), (1440, 900)])
def test_the_canvas_stays_where_it_is_while_the_selection_and_a_pass_go_on(window, size):
    wait_ready(window)
    resize(window, *size)
    start(window, STEPPED, "Ctrl+Shift+Return")
    until(lambda: window.session.state == "paused", "it holds in the backward")
    until(lambda: window.graph.canvas.scene is not None, "the graph is drawn")

    def place() -> tuple[QPoint, QSize, QRect, dict[str, QRect]]:
        canvas = window.graph.canvas
        return canvas.mapTo(window, QPoint(0, 0)), canvas.size(), window.header.tabs.geometry(), geometries(window)

    answered(window)
    before = place()
    nodes = [SelectedNode(node.id, slot) for node in window.session.graph.nodes for slot in range(len(node.outputs))]
    names = [SelectedVariable(row.name) for row in window.session.variables]
    for chosen in (*nodes, *names, SelectedModule("block", "Block", "net.block", 7), None):
        window.selection.select(chosen)
        answered(window)
        assert place() == before, chosen
    while window.session.state == "paused":
        press(window, "F10")
        until(lambda: window.session.state != "stepping", "the step is done")
        answered(window)
        assert place() == before
    until(lambda: window.session.state == "ready", "it is done")
    assert place() == before


def test_a_double_click_on_a_title_makes_its_panel_large_and_the_next_all_as_they_were(window: MainWindow) -> None:
    before, sizes = set(seen_docks(window)), shares(window.backprop)
    bar = window.backprop.docks["inspector"].titleBarWidget()
    QTest.mouseDClick(bar, Qt.MouseButton.LeftButton)
    settle()
    assert set(seen_docks(window)) == {"inspector", "timeline"} and not window.panels.middle.isVisible()
    assert window.inspector.width() > 0.9 * window.backprop.width()
    window.do("next_panel")
    settle()
    assert set(seen_docks(window)) == {"queue", "timeline"}
    window.do("previous_panel")
    QTest.mouseDClick(bar, Qt.MouseButton.LeftButton)
    settle()
    assert set(seen_docks(window)) == before and window.panels.middle.isVisible()
    assert all(
        abs(a - b) < 0.03
        for name, pair in shares(window.backprop).items()
        for a, b in zip(pair, sizes[name], strict=True)
    )
    QTest.mouseDClick(window.graph.bar, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    settle()
    assert set(seen_docks(window)) == {"timeline"} and window.graph.isVisible()
    window.backprop.save_layout()  # what a window that closes then keeps is the usual layout
    settle()
    assert set(seen_docks(window)) == before


def test_a_room_gets_the_screen_for_one_panel_in_large_text(window: MainWindow) -> None:
    window.program.editor.setFocus()
    window.do("present")
    settle()
    assert window.isFullScreen() and theme.current().scale == 1.5
    assert set(seen_docks(window)) == {"program", "timeline"}
    window.do("pointer")
    assert window.pointer.is_on
    window.do("pointer")
    kept = window.settings.scale
    window.do("larger")
    assert theme.current().scale > 1.5
    window.do("present")
    assert window.settings.scale == kept  # as the next window begins
    settle()
    assert not window.isFullScreen() and theme.current().scale == 1.0 and len(seen_docks(window)) > 4


def test_after_a_presentation_what_was_scrolled_is_and_the_panel_that_was_large_by_itself(window: MainWindow) -> None:
    window.program.set_text("".join(f"x{n} = {n}\n" for n in range(30)))
    bar, large = window.program.editor.verticalScrollBar(), window.backprop.large
    until(lambda: bar.maximum() > 12, "lines are out of sight")
    bar.setValue(9)
    window.program.editor.setFocus()
    window.do("present")
    until(lambda: bar.maximum() < 9, "all of them are in sight")
    window.do("present")
    until(lambda: bar.value() == 9 and not large.name, "the same lines are, as before")
    large.show("inspector")
    large.need(is_needed=True)
    window.do("present")
    large.need(is_needed=False)  # the whole screen has room for more
    large.show("queue")
    assert large.name == "queue"
    window.do("present")
    assert large.name == "inspector"
    large.leave()
    window.program.set_text("")


def test_a_list_that_the_keyboard_comes_to_chooses_nothing(window: MainWindow) -> None:
    rows = tuple(Variable(name, "int", text="1") for name in "abc")
    window.variables.set_variables(rows)
    window.selection.clear()
    chosen: list[str] = []
    window.variables.variable_selected.connect(chosen.append)
    window.program.editor.setFocus()
    press(window, "F6")
    assert window.variables.table.hasFocus() and not chosen
    press(window, "Down", window.variables.table)
    assert chosen == ["a"]
    window.variables.set_variables(())


def test_a_room_gets_the_plots_of_a_run_alone_and_each_other_column_by_a_key(window: MainWindow) -> None:
    window.do("pretraining")
    settle()
    work = window.pretraining
    columns = work._columns
    columns.setSizes([300, 500, 333])
    work.large.show(2)  # and so again after a presentation
    window.do("present")
    work.large.show(0)
    window.do("present")
    assert columns.alone == 2
    work.large.show(-1)
    settle()
    widths, kept = columns.sizes(), work.save_layout()
    panels = work.form, work.plots, work.list
    window.do("present")
    settle()
    assert [panel.isVisible() for panel in panels] == [False, True, False] and theme.current().scale == 1.5
    assert work.plots.width() > 0.95 * window.width() and work.header.isVisible()
    assert work.save_layout() == kept  # what a window that closes then keeps
    for wanted in ((False, False, True), (True, False, False), (False, True, False)):
        window.do("next_panel")
        settle()
        assert tuple(panel.isVisible() for panel in panels) == wanted
    window.do("previous_panel")
    assert work.form.isVisible() and work.form.isAncestorOf(QApplication.focusWidget())
    window.do("present")
    settle()
    assert all(panel.isVisible() for panel in panels) and columns.sizes() == widths
    window.do("backprop")


def test_a_double_click_on_a_title_of_pretraining_gives_its_column_the_room_and_a_key_does(window: MainWindow) -> None:
    window.do("pretraining")
    settle()
    work = window.pretraining
    panels = work.form, work.plots, work.list
    work._columns.setSizes([300, 500, 333])
    widths = work._columns.sizes()
    titles = work.form.head, work.plots.controls.title, work.list.title
    for place, title in enumerate(titles):
        for seen in ([place == other for other in range(3)], [True] * 3):
            QTest.mouseDClick(title, Qt.MouseButton.LeftButton)
            settle()
            assert [panel.isVisible() for panel in panels] == seen
            assert window.actions_by_id["large_panel"].isChecked() == (not all(seen))
        assert work._columns.sizes() == widths
    work.form.rows["preset"].editor.setFocus()
    press(window, "Ctrl+Shift+M", QApplication.focusWidget())
    assert [panel.isVisible() for panel in panels] == [True, False, False]
    settle()
    assert work.form.width() > 900 and work.form.rows["preset"].width() <= 480  # a number stays near its name
    press(window, "F6", QApplication.focusWidget())
    assert [panel.isVisible() for panel in panels] == [False, True, False]
    press(window, "Escape", QApplication.focusWidget())
    settle()
    assert work._columns.sizes() == widths and not window.backprop.large.name
    window.do("backprop")


def test_the_timeline_stays_where_it_is_when_its_title_is_clicked_twice(window: MainWindow) -> None:
    dock = window.backprop.docks["timeline"]
    QTest.mouseDClick(dock.titleBarWidget(), Qt.MouseButton.LeftButton)
    assert not dock.isFloating() and not window.backprop.large.name


def test_the_ring_is_around_the_pointer_over_the_window_its_dialogs_and_menus(window: MainWindow) -> None:
    def rings() -> list[QWidget]:
        found = [one for one in QApplication.allWidgets() if one.objectName() == "pointer_ring" and one.isVisible()]
        return [one.parentWidget() for one in found]

    dialog, menu = QDialog(window), QMenu(window)
    menu.addAction("Run")
    window.do("pointer")
    for top in (window, dialog, menu):
        if top is not window:
            top.move(window.mapToGlobal(QPoint(300, 200)))
            top.resize(300, 200)
            top.show()
        QCursor.setPos(top.mapToGlobal(top.rect().center()))
        until(lambda top=top: rings() == [top], "the ring is where the pointer is, and nowhere else")
    menu.close()
    dialog.close()
    window.do("pointer")
    assert rings() == []
    dialog.deleteLater()
    menu.deleteLater()


@SCALED
@pytest.mark.parametrize(("width", "height"), [(1000, 640), (1440, 900), (1920, 1080)])
def test_the_position_stands_in_the_timeline_at_every_size(window: MainWindow, width: int, height: int) -> None:
    resize(window, width, height)
    window.timeline.set_position("node 5 of 9", "TanhBackward0, norm 1.535", "")
    seen = [one for one in window.timeline.findChildren(QLabel) if one.isVisible() and one.text() == "node 5 of 9"]
    brief = [one for one in window.timeline.findChildren(ElidedLabel) if one.isVisible() and "5 of 9" in one.text()]
    assert len(seen) + len(brief) == 1
    assert all(window.timeline.rect().contains(one.geometry()) for one in seen if one.parent() is window.timeline)
    window.timeline.set_position("no backward yet", "", "")


def panel_tabs(window: MainWindow) -> list[str]:
    tabs = window.findChild(QTabBar, "panel_tabs")
    assert isinstance(tabs, QTabBar)
    return [tabs.tabText(place) for place in range(tabs.count())] if tabs.isVisible() else []


def test_the_other_panels_are_tabs_above_the_large_one_and_the_timeline_is_below_each(window: MainWindow) -> None:
    assert not panel_tabs(window)
    window.program.editor.setFocus()
    window.do("large_panel")
    settle()
    assert panel_tabs(window) == ["Graph", "Program", "Variables", "Output", "Inspector", "Ready queue"]
    tabs = window.findChild(QTabBar, "panel_tabs")
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(4).center())
    settle()
    assert set(seen_docks(window)) == {"inspector", "timeline"}
    assert window.backprop.large.holding(QApplication.focusWidget()) == "inspector"  # the keyboard goes along
    window.do("next_panel")
    assert window.backprop.large.holding(QApplication.focusWidget()) == window.backprop.large.name == "queue"
    window.do("next_panel")
    settle()
    assert window.timeline.scrubber.hasFocus() and set(seen_docks(window)) == {"queue", "timeline"}
    window.do("next_panel")
    settle()
    assert window.backprop.large.name == "middle"
    QTest.mouseDClick(window.backprop.docks["timeline"].titleBarWidget(), Qt.MouseButton.LeftButton)
    assert window.backprop.large.name == "middle"  # the timeline is never large
    window.backprop.bring("timeline")  # as a link of a lesson does
    settle()
    assert window.backprop.large.name == "middle" and set(seen_docks(window)) == {"timeline"}
    window.do("large_panel")
    settle()
    assert not panel_tabs(window) and len(seen_docks(window)) > 4


def test_where_there_is_no_room_panels_come_one_at_a_time_until_there_is(window: MainWindow) -> None:
    resize(window, 1440, 900)
    window.backprop.reset_layout()
    settle()
    before = set(seen_docks(window))
    window.program.editor.setFocus()
    theme.current().set_scale(2.0)
    try:
        resize(window, 1000, 700)
        assert set(seen_docks(window)) == {"program", "timeline"} and panel_tabs(window)
        window.backprop.bring("inspector")
        window.do("large_panel")  # there is no room for all
        settle()
        assert set(seen_docks(window)) == {"inspector", "timeline"}
        for name in seen_docks(window):
            dock = window.backprop.docks[name]
            assert window.rect().contains(QRect(dock.mapTo(window, QPoint(0, 0)), dock.size())), name
    finally:
        theme.current().set_scale(1.0)
    resize(window, 1440, 900)
    assert set(seen_docks(window)) == before and not panel_tabs(window)


@TWICE
@pytest.mark.parametrize("width", [500, 700, 1000, 1400])
def test_every_button_of_the_timeline_that_is_shown_is_whole_at_any_width(window: MainWindow, width: int) -> None:
    timeline = TimelinePanel([window.actions_by_id[name] for name in TRANSPORT], [], window.session.passes)
    try:
        timeline.resize(width, timeline.height())
        timeline.show()
        settle()
        shown = [button for button in timeline.findChildren(QToolButton) if button.isVisible()]
        assert len(shown) >= 5
        for one in (*shown, timeline.scrubber):
            assert timeline.rect().contains(one.geometry()), (one.objectName(), one.geometry(), timeline.size())
        assert not any(one.geometry().intersects(timeline.scrubber.geometry()) for one in shown)
    finally:
        timeline.deleteLater()


def test_nothing_that_comes_into_the_middle_takes_room_from_the_panels_around_it(window: MainWindow) -> None:
    middle, stage = window.findChild(Middle), window.findChild(TensorStage)
    before = middle.minimumSizeHint()
    long = QLabel("scaled_dot_product_attention" * 8, stage)
    stage.layout().addWidget(long)
    long.show()
    settle()
    assert stage.minimumSizeHint().width() > 1000 and middle.minimumSizeHint() == before
    long.deleteLater()


def test_no_panel_of_many_widgets_has_a_style_sheet_of_its_own(window: MainWindow) -> None:
    """Each of them would be dressed once more for it, whenever the theme or the size of the text changes."""
    own = [each for each in window.findChildren(QWidget) if each.styleSheet()]
    many = {each.objectName(): n for each in own if (n := len(each.findChildren(QWidget))) > 60}
    assert own and not many


def test_a_width_that_keys_gave_a_panel_stays_through_presentations(window: MainWindow) -> None:
    docks = window.backprop.docks
    window.resize(1440, 900)
    until(lambda: window.size() == QSize(1440, 900), "it has its size")

    def widths() -> tuple[int, int]:
        return docks["program"].width(), docks["inspector"].width()

    def at_rest(wanted: tuple[int, int]) -> bool:
        """Qt lays the panels out several times."""
        for _ in range(10):
            QTest.qWait(5)
            if widths() != wanted or not docks["inspector"].isVisible():
                return False
        return True

    until(lambda: at_rest(widths()), "all stands where it stands")
    first = widths()
    window.program.editor.setFocus()
    press(window, "Ctrl+Alt+Shift+Right")
    until(lambda: widths()[0] > first[0], f"{first} is wider")
    wider = widths()
    until(lambda: at_rest(wider), "it is laid out")
    press(window, "Ctrl+F11", window.program.editor)
    until(lambda: window.presenting.is_on and not docks["inspector"].isVisible(), "one panel is large")
    press(window, "Ctrl+F11", window.program.editor)
    until(lambda: at_rest(wider), f"all are as they were: {wider}")
    window.do("reset_layout")
    until(lambda: at_rest(first), "they are as at first")
