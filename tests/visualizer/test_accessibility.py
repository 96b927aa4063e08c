"""What a screen reader is told, through Qt's accessibility: names, roles, what changes; and the focus is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from tests.visualizer.seen import faint_texts, focus_chain, hidden_focus, jumps_of_tab, takers
from tests.visualizer.told import painted_without_role, untold
from tests.visualizer.window import main_window, press, run, start, type_text, until
from visualizer.app import status_bar
from visualizer.app.command_palette import CommandPalette
from visualizer.app.main_window import MainWindow
from visualizer.app.preferences.dialog import SettingsDialog
from visualizer.app.status_bar import StatusBar
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.inspector.veil import Veil
from visualizer.backprop.timeline.panel import TimelinePanel
from visualizer.backprop.timeline.scrubber import Scrubber
from visualizer.look.announcing import announce
from visualizer.look.column_actions import SortMenu
from visualizer.look.scrolling_text import ScrollingRows
from visualizer.pretraining.run_view import HeaderView, RunRow
from visualizer.pretraining.runs.header import RunHeader
from visualizer.pretraining.runs.panel import TrainingRuns

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
NEURON = """import torch
w = torch.tensor([2.2], requires_grad=True)
x = torch.tensor([1.1])
a = torch.sigmoid(w * x)
loss = (a - 1) ** 2
loss.backward()
"""
NOT_ZEROED = """import torch
from torch import nn
model = nn.Linear(4, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
x, t = torch.randn(16, 4), torch.randn(16)
for step in range(3):
    loss = nn.functional.mse_loss(model(x), t)
    loss.backward()
    opt.step()
"""
NO_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client)
LABEL = QAccessible.RelationFlag.Label
# What holds others, and is scrolled by the keyboard: Qt knows no role of its own for it.
AREAS = ("QScrollArea", "EmptyWords", "ScrollingText", "ScrollingRows", "RowsPage", "PageView")


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with main_window(tmp_path_factory.mktemp("accessible")) as window:
        window.resize(1500, 950)
        start(window, NEURON, "Ctrl+Shift+Return")
        until(lambda: window.session.state == "paused", "the pass is held")
        yield window


def unnamed(root: QWidget) -> list[str]:
    found = []
    for widget in takers(root):
        told = QAccessible.queryAccessibleInterface(widget)
        is_area = type(widget).__name__ in AREAS
        is_named = bool(told.text(QAccessible.Text.Name))
        if isinstance(widget, QComboBox):  # of which Qt tells what is chosen
            is_named = bool(widget.accessibleName()) or any(of == LABEL for _, of in told.relations(LABEL))
        if not is_named or (told.role() in NO_ROLES and not is_area):
            found.append(f"{type(widget).__name__} {widget.objectName()!r} {told.role().name}")
    return found


def test_all_that_takes_the_keyboard_has_a_name_and_a_role(window: MainWindow) -> None:
    window.stack.setCurrentIndex(0)
    assert len(takers(window)) > 30 and unnamed(window) == []
    window.stack.setCurrentIndex(1)
    assert unnamed(window) == [] and jumps_of_tab(window.pretraining.list) == []
    window.do("settings")
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    for place in range(len(dialog.sections)):
        dialog.list.setCurrentRow(place)
        assert unnamed(dialog) == [] and untold(dialog) == []
    dialog.close()
    until(lambda: window.findChild(SettingsDialog) is None, "the dialog is gone")
    window.do("lessons")
    window.lessons.open_contents()
    (first,) = window.lessons.findChildren(QPushButton, "lesson_0")
    window.activateWindow()
    first.setFocus()
    until(first.hasFocus, "the window is in front")
    QTest.keyClick(first, Qt.Key.Key_Return)  # presses it, as Space does
    assert window.lessons.page is not None
    assert unnamed(window.lessons) == [] and untold(window.lessons) == [] and jumps_of_tab(window.lessons) == []
    window.do("lessons")
    window.stack.setCurrentIndex(0)


def test_all_that_paints_itself_says_what_it_is() -> None:
    assert not list(painted_without_role())


def test_every_control_and_painting_of_every_panel_is_told(window: MainWindow) -> None:
    """In both workspaces, with every panel in front once."""
    found: dict[str, list[str]] = {}
    for workspace in (1, 0):
        window.stack.setCurrentIndex(workspace)
        QTest.qWait(0)
        found[f"workspace {workspace}"] = untold(window)
    for name, dock in window.backprop.docks.items():
        window.backprop.bring(name)
        QTest.qWait(0)
        found[name] = untold(dock)
    window.backprop.bring("inspector")
    until(lambda: not window.findChild(Veil, "sections_veil").isVisible(), "every section is of the node")
    assert not any(found.values()), found


def test_errors_and_notices_under_the_program_too(tmp_path: Path) -> None:
    with main_window(tmp_path) as window:
        window.resize(1000, 700)
        run(window, "y = undefined")
        assert unnamed(window.program) == [] and untold(window) == []
        run(window, NOT_ZEROED)
        notices = window.program.notice_bar
        assert unnamed(window.program) == [] and untold(window) == [] and len(notices.sentences) == 2
        scroll = notices.findChild(ScrollingRows)
        assert isinstance(scroll, ScrollingRows) and window.program.rect().contains(notices.geometry())
        rows = scroll.widget()
        until(lambda: rows.height() >= rows.heightForWidth(rows.width()), "no line is cut")
        scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
        last = notices.findChild(QLabel, "notice_text_1")
        assert last is not None
        end = last.mapTo(window.program, QPoint(0, last.height())).y()
        assert end <= window.program.height()


def test_painted_widgets_are_told_as_what_they_are(window: MainWindow) -> None:
    window.stack.setCurrentIndex(0)
    canvas = window.findChild(GraphCanvas)
    scrubber = window.findChild(Scrubber)
    assert canvas is not None and scrubber is not None
    assert QAccessible.queryAccessibleInterface(canvas).role() == QAccessible.Role.Canvas
    told = QAccessible.queryAccessibleInterface(scrubber)
    assert told.role() == QAccessible.Role.Slider
    before = told.text(QAccessible.Text.Description)
    window.do("step")
    until(lambda: told.text(QAccessible.Text.Description) != before, "the new place is told")


def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told from now on."""
    heard: list[str] = []
    tell = QAccessible.updateAccessibility

    def spy(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())
        tell(event)

    monkeypatch.setattr(QAccessible, "updateAccessibility", spy)
    return heard


def test_what_happens_is_announced_wherever_the_keyboard_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with main_window(tmp_path) as window:
        heard = announced(monkeypatch)
        start(window, NEURON, "Ctrl+Shift+Return")
        until(lambda: any(words.startswith("Paused in") for words in heard), "the held pass is announced")
        until(lambda: any("node 1 of" in words for words in heard), "where it is held is announced")
        window.do("step")
        until(lambda: any("node 2 of" in words for words in heard), "the step is announced")
        window.do("end")
        until(lambda: any("is done" in words for words in heard), "the end of the pass is announced")
        until(lambda: any(words.startswith("Ran in") for words in heard), "the end is announced")
        start(window, "y = undefined")
        until(lambda: any(words.startswith("NameError: ") for words in heard), "the error is announced")


def test_of_a_run_its_end_is_read_aloud_and_that_it_runs_once_it_lasts(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_bar, "_ECHO_S", 60.0)
    bar, heard = StatusBar(), announced(monkeypatch)
    qtbot.addWidget(bar)
    bar.show()
    bar.set_engine("Running", "running")
    bar.say(lambda: "Ran in 3 ms")
    bar.set_engine("Engine ready", "ready")
    assert heard == ["Ran in 3 ms"]
    bar.set_engine("Running", "running")
    until(lambda: heard[1:] == ["Running"], "it lasts")
    bar.set_engine("Paused in f", "paused")
    monkeypatch.setattr(status_bar, "_ECHO_S", 0.0)
    bar.set_engine("Engine ready", "ready")  # and nothing has said so
    assert heard[2:] == ["Paused in f", "Engine ready"]


def test_what_the_keyboard_does_not_come_to_is_announced(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a search found, the row of a list that a field keeps the keyboard of, what is saved, copied or set."""
    window.stack.setCurrentIndex(0)
    heard, program = announced(monkeypatch), window.program
    program.editor.setFocus()
    press(window, "Ctrl+F")
    field = window.findChild(QLineEdit, "find_field")
    assert field is not None
    type_text(field, "x\n")
    assert heard == ["2 matches", "1 of 2", "2 of 2"]
    QTest.keyClick(field, Qt.Key.Key_Escape)
    heard.clear()
    for told in ("Breakpoint at line 1", "No breakpoint at line 1"):
        program.editor.moveCursor(QTextCursor.MoveOperation.Start)
        press(window, "Ctrl+F9")
        assert heard.pop() == told
    press(window, "Ctrl+C")
    until(lambda: heard[-1:] == ["Copied"], "it is said that it is copied")
    press(window, "Ctrl+K")
    palette = window.findChild(CommandPalette)
    assert palette is not None
    heard.clear()
    type_text(palette.field, "save a")
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    found = palette.shown()
    assert heard[-2].startswith(f"File: {found[0]} ") and heard[-2].endswith(f", 1 of {len(found)}")
    assert heard[-1].endswith(f", 2 of {len(found)}")
    type_text(palette.field, "qqq")
    assert heard[-1] == "No command has these letters."
    palette.close()
    type_text(window.variables.filter, "zz")
    until(lambda: heard[-1].startswith("0 of "), "what is left of the variables is told")
    window.variables.filter.clear()


def test_what_is_of_all_is_heard_where_one_panel_fills_the_window(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = announced(monkeypatch)
    window.statusBar().hide()
    window.statusBar().say(lambda: "It ran.")
    announce(window.statusBar(), "of a panel alone")
    window.statusBar().show()
    window.statusBar().say(lambda: "ValueError: too large")
    announce(window.program, "too large")
    announce(window.statusBar(), "more")
    announce(window.statusBar(), "more")
    assert heard == ["It ran.", "ValueError: too large", "more", "more"]


def test_a_selected_node_is_told(window: MainWindow) -> None:
    window.stack.setCurrentIndex(0)
    canvas = window.findChild(GraphCanvas)
    assert canvas is not None
    canvas.setFocus()
    told = QAccessible.queryAccessibleInterface(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    first = told.text(QAccessible.Text.Description)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    until(lambda: told.text(QAccessible.Text.Description) not in ("", first), "the next node is told")


# One after another, since a full window is dressed anew where its look changes, and where a test has to take it back.
def test_in_every_look_what_has_the_keyboard_shows_it_and_every_text_is_read(window: MainWindow) -> None:
    window.activateWindow()
    until(window.isActiveWindow, "the window is active")
    seen = {}
    window.do("theme_dark")
    seen["dark"] = hidden_or_faint(window)
    switch_contrast(window, "high")
    seen["dark, high"] = hidden_or_faint(window, 7.0, 4.5)
    window.do("theme_light")
    seen["light, high"] = hidden_or_faint(window, 7.0, 4.5)
    switch_contrast(window, "usual")
    seen["light"] = hidden_or_faint(window)
    assert not any(seen.values()), seen


def switch_contrast(window: MainWindow, wanted: str) -> None:
    window.do("high_contrast")
    assert window.actions_by_id["high_contrast"].isChecked() == (wanted == "high")
    assert window.settings.contrast == wanted


def hidden_or_faint(window: MainWindow, *least: float) -> list[str]:
    """What does not show the keyboard, or is hard to read, in both workspaces and in the panels behind others."""
    found = []
    for workspace in (1, 0):
        window.stack.setCurrentIndex(workspace)
        QTest.qWait(0)
        found += hidden_focus(window) + faint_texts(window, *least)
    for name in ("outline", "health", "breakpoints", "predict"):
        window.backprop.bring(name)
        QTest.qWait(0)
        found += faint_texts(window.backprop.docks[name], *least)
    return found


def test_with_a_lesson_all_panels_in_tabs_or_one_large_too(window: MainWindow) -> None:
    window.stack.setCurrentIndex(0)
    window.do("lessons")
    window.lessons.open_lesson(2)
    for name in ("outline", "health", "breakpoints", "predict"):
        window.backprop.bring(name)
    QTest.qWait(0)
    assert unnamed(window) == [] and hidden_focus(window) == []
    window.do("large_panel")
    QTest.qWait(0)
    assert unnamed(window) == [] and hidden_focus(window) == []
    window.do("large_panel")
    window.do("lessons")


def test_a_panel_that_the_keyboard_comes_to_is_in_front_of_its_tabs(window: MainWindow) -> None:
    window.stack.setCurrentIndex(0)
    window.backprop.bring("outline")
    window.backprop.bring("health")
    QTest.qWait(0)
    dock = window.backprop.docks["outline"]
    window.activateWindow()  # only the window in front tells where the keyboard goes
    until(window.isActiveWindow, "the window is active")
    assert dock.visibleRegion().isEmpty()
    button = dock.findChild(QToolButton, "close_dock_outline")
    assert button is not None
    button.setFocus(Qt.FocusReason.TabFocusReason)
    until(lambda: not dock.visibleRegion().isEmpty(), "the outline is in front")


def test_tab_goes_through_the_panels_as_they_are_read_each_of_them_whole(window: MainWindow) -> None:
    """With a lesson beside them, and the title of a panel before what it holds."""
    window.stack.setCurrentIndex(0)
    window.do("lessons")
    window.lessons.open_lesson(2)
    ring = ["program", "variables", "outline", "health", "console", "middle", "inspector", "queue", "breakpoints"]
    ring += ["predict", "timeline", "header", "lesson"]
    for name in ("outline", "health", "breakpoints", "predict"):
        window.backprop.bring(name)
    QTest.qWait(0)
    around = window.backprop.centralWidget()
    parts = {"lesson": window.lessons, "middle": around, "header": window.header, **window.backprop.docks}
    shown = {one for one in takers(window) if one.focusPolicy() & Qt.FocusPolicy.TabFocus}
    stops = [one for one in focus_chain(window.lessons.stop) if one in shown]
    holding = ([name for name, part in parts.items() if part.isAncestorOf(stop)] for stop in stops)
    names = [found[0] for found in holding if found]
    seen = [name for place, name in enumerate(names) if name != names[place - 1]]
    assert [*seen, *seen][seen.index("program") :][: len(ring)] == ring and len(seen) == len(ring)
    content = {"inspector": "compared_with", "queue": "queue_list", "timeline": "scrubber", "outline": "outline_tree"}
    for name, stop in content.items():
        within = chain(window.backprop.docks[name])
        assert within.index(f"close_dock_{name}") < within.index(stop)
    window.do("lessons")


def test_tab_goes_through_inspector_and_timeline_as_they_are_read(window: MainWindow) -> None:
    window.stack.setCurrentIndex(0)
    window.backprop.bring("inspector")
    QTest.qWait(0)
    read = {
        window.inspector: [
            "inspector_place",
            "compared_with",
            "inspector_slice",
            "value_heat_map",
            "gradient_heat_map",
        ],
        window.findChild(TimelinePanel): ["transport_step", "transport_end", "speed", "transport_health", "scrubber"],
    }
    for panel, names in read.items():
        assert [name for name in chain(panel) if name in names] == names


def chain(panel: QWidget) -> list[str]:
    """The names of the stops of Tab in a panel, from its first on."""
    stops = [one for one in focus_chain(panel) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [one.objectName() for one in stops if panel.isAncestorOf(one)]


def test_a_validation_is_heard_while_it_trains_and_stands_in_the_list(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard, header, runs = announced(monkeypatch), RunHeader(), TrainingRuns()
    for widget in (header, runs):
        qtbot.addWidget(widget)
        widget.show()
    for step, loss in ((10, None), (20, 3.25), (30, 3.25), (40, 2.5)):
        header.show_view(HeaderView("a run", "training", step=step, max_steps=50, val_loss=loss))
    assert heard == ["step 20, validation loss 3.25", "step 40, validation loss 2.50"]
    runs.show_rows((RunRow(Path("/7"), "a run", "finished", "step 50, finished", 2.5),), None)
    told = runs.view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "a run, step 50, finished, validation loss 2.50"


def sort_menu(view: QAbstractItemView) -> SortMenu:
    """In the menu of its rows, as it opens."""
    (menu,) = (action.menu() for action in view.actions() if isinstance(action.menu(), SortMenu))
    menu.aboutToShow.emit()
    return menu


def test_tables_are_sorted_from_the_menu_of_their_rows(window: MainWindow) -> None:
    table, up, down = window.variables.table, Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
    for order in (up, down):
        sort_menu(table).actions()[0].trigger()
        names = [table.model().index(row, 0).data() for row in range(table.model().rowCount())]
        assert names == sorted(names, key=str.casefold, reverse=order == down) and len(names) > 2
    table.horizontalHeader().setSortIndicator(-1, up)
    window.backprop.bring("outline")
    tree = window.outline.tree
    wanted = tree.header().logicalIndex(1)
    sort_menu(tree).actions()[1].trigger()
    assert tree.model().column == wanted
    for _ in range(2):  # the other way, and as the program runs
        sort_menu(tree).actions()[1].trigger()
    assert tree.model().column != wanted
