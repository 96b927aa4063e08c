"""The training workspace in 1000 × 700 with text of twice its size: nothing lies over anything, and all is reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QToolButton, QToolTip, QWidget

from tests.visualizer.training_folders import TINY, write_run
from visualizer.look import theme
from visualizer.look.choice_box import ChoiceBox
from visualizer.look.spoken import use_language
from visualizer.look.wide_scroll import WideScroll
from visualizer.pretraining.form.field_rows import ChoiceRow, Row
from visualizer.pretraining.workspace import PretrainingWorkspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
_WIDTH, _HEIGHT = 1000, 590  # what such a window leaves to the workspace


def test_words_that_are_chosen_end_in_dots_and_are_told_whole_by_resting_on_them(qtbot) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItems(["newest checkpoint, step 600, val 2.61, the best", "best"])
    box.setToolTip("Whose weights answer")
    box.setFixedWidth(140)
    box.show()
    assert box.painted.startswith("newest") and box.painted.endswith("…")
    place = box.rect().center()
    QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, place, box.mapToGlobal(place)))
    assert QToolTip.text() == "newest checkpoint, step 600, val 2.61, the best\nWhose weights answer"
    QToolTip.hideText()
    box.setCurrentIndex(1)
    assert box.painted == "best"


@pytest.fixture(scope="module", params=["en", "pt_BR"])
def opened(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, request) -> Iterator[PretrainingWorkspace]:
    """One for the tests of a language: made in it and in its size, it is never dressed or said anew."""
    folder = tmp_path_factory.mktemp("runs")
    theme.current().install(qapp, mode="dark", scale=2.0)
    use_language(request.param)
    for name in ("baseline-of-a-week-ago", "second"):
        write_run(folder / name, 20, config=msgspec.structs.replace(TINY, learning_rate=len(name) * 1e-4))
    made = PretrainingWorkspace(root=folder)
    made.resize(_WIDTH, _HEIGHT)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    use_language("en")
    theme.current().set_scale(1.0)


@pytest.fixture
def window(qtbot, opened: PretrainingWorkspace) -> PretrainingWorkspace:
    """As it opens on a run: no other is laid over it, and of its form the half is folded."""
    opened.resize(_WIDTH, _HEIGHT)
    opened.reset_layout()
    opened.form.findChild(QToolButton, "form_more").setChecked(False)
    opened.form.say(str)
    opened.runs.set_overlay(opened.runs.root / "second", False)
    opened.open_run(opened.runs.root / "baseline-of-a-week-ago")
    qtbot.waitUntil(lambda: opened.runs.shown is not None and len(opened.list.model.rows) == 2)
    qtbot.waitUntil(lambda: len(opened.runs.chosen()) == 1)
    return opened


def in_panel(widget: QWidget, panel: QWidget) -> QRect:
    return QRect(widget.mapTo(panel, QPoint(0, 0)), widget.size())


def test_in_the_list_of_runs_nothing_overlaps_and_every_button_is_whole(qtbot, window) -> None:
    panel, finder = window.list, window.list.finder
    parts = [finder.search, finder.order, finder.direction, panel.view, panel._open, panel.new_button]

    def is_apart() -> bool:
        boxes = [in_panel(part, panel) for part in parts]
        overlaps = any(one.intersects(other) for place, one in enumerate(boxes) for other in boxes[:place])
        return not overlaps and all(panel.rect().contains(box) for box in boxes)

    qtbot.waitUntil(is_apart)
    assert all(part.isVisible() for part in parts)
    assert panel.new_button.width() >= panel.new_button.sizeHint().width()
    assert panel._open.toolTip() and panel._open.accessibleName()  # where only its icon has room
    assert panel.view.height() >= panel.view.itemDelegate().row_height()
    window.resize(_WIDTH, _HEIGHT - 60)  # as where the header has lines of words below it
    qtbot.waitUntil(is_apart)
    assert panel.view.height() >= panel.view.itemDelegate().row_height()


def test_the_header_has_the_name_of_the_run_beside_its_state(qtbot, window) -> None:
    name, pill = window.findChild(QLabel, "run_name"), window.findChild(QLabel, "run_pill")
    metrics = QFontMetrics(name.font())

    def are_whole() -> bool:
        return metrics.horizontalAdvance(name.text()) <= name.width() and pill.width() >= pill.sizeHint().width()

    assert len(name.text()) > 10 and name.toolTip() == "baseline-of-a-week-ago"
    qtbot.waitUntil(are_whole)
    window.resize(2000, _HEIGHT)
    assert name.text() == "baseline-of-a-week-ago"
    qtbot.waitUntil(are_whole)


def test_a_lock_stands_where_its_words_have_no_room(qtbot, window) -> None:
    title = window.form.findChild(QWidget, "panel_title")
    qtbot.waitUntil(lambda: title.width() >= title.sizeHint().width())
    words, lock = window.form.findChild(QLabel, "form_state"), window.form._lock_icon
    assert lock.isVisible() and lock.toolTip() == words.text()
    assert not words.isVisible() or words.width() >= words.sizeHint().width()


def test_every_dialog_of_a_run_has_its_buttons_on_the_screen(qtbot, window) -> None:
    room = window.screen().availableSize()
    window.runs.set_overlay(window.runs.root / "second", True)
    qtbot.waitUntil(lambda: len(window.runs.chosen()) == 2)
    for button, name in ((window.header.change_button, "change_run"), (window.plots.controls.compare, "comparison")):
        button.click()
        dialog = window.findChild(QDialog, name)
        qtbot.waitUntil(lambda dialog=dialog: dialog.isActiveWindow())
        assert dialog.width() <= room.width() and dialog.height() <= room.height()
        buttons = [each for each in dialog.findChildren(QPushButton) if each.isVisible()]
        assert buttons and all(dialog.rect().contains(in_panel(each, dialog)) for each in buttons)
        if name == "change_run":
            last = dialog.rows["patience"].editor
            while not last.hasFocus():
                qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            assert last.visibleRegion().boundingRect().height() == last.height()
        dialog.reject()


def test_no_empty_band_stands_where_the_form_has_nothing_to_say(qtbot, window) -> None:
    theme.current().install(QApplication.instance(), mode="dark", scale=1.0)
    assert window.form.help.text() == "" and not window.form.help.isVisible()
    window.runs.select(None)
    window.form.say(lambda: "what the field is")
    assert window.form.help.isVisible()


def test_every_name_of_the_form_is_whole_and_editors_stand_beside_their_names_again_where_these_have_room(
    qtbot, window
) -> None:
    rows = window.form.rows.values()
    window.form.findChild(QToolButton, "form_more").setChecked(True)

    def are_whole() -> bool:
        return all(row._label.width() >= row._label.sizeHint().width() for row in rows)

    def are_beside() -> bool:
        return all(row.editor.y() < row._label.geometry().bottom() for row in rows)

    qtbot.waitUntil(are_whole)
    assert not any(row.editor.geometry().intersects(row._label.geometry()) for row in rows) and not are_beside()
    window.resize(2000, _HEIGHT)
    window.reset_layout()
    qtbot.waitUntil(lambda: are_whole() and are_beside())


def test_the_loss_has_most_of_what_is_seen_at_once(qtbot, window) -> None:
    plots = window.plots
    window.resize(1440, 780)  # what 1440 × 900 leaves
    window.reset_layout()
    window.runs.set_overlay(next(row.path for row in window.list.model.rows if row.path.name == "second"), True)
    qtbot.waitUntil(plots.legend.isVisible)

    def sees_the_loss() -> bool:
        seen = plots.loss.visibleRegion().boundingRect().height()
        return seen == plots.loss.height() >= 0.6 * plots.height() - 1 and plots.width() > 600

    qtbot.waitUntil(sees_the_loss)
    assert plots.legend.y() > plots.loss.y()
    theme.current().set_scale(1.0)
    qtbot.waitUntil(lambda: plots.legend.y() < plots.loss.y())


def test_where_the_columns_have_no_room_they_scroll_and_none_lies_over_another(qtbot, window) -> None:
    columns, scroll = window._columns, window.findChild(WideScroll, "training_scroll")
    window.resize(600, _HEIGHT)
    qtbot.waitUntil(lambda: scroll.horizontalScrollBar().maximum() > 0)

    def stand_apart() -> bool:
        panels = [columns.widget(place) for place in range(columns.count())]
        edges = [(one.x(), one.x() + one.width(), one.minimumSizeHint().width()) for one in panels]
        return all(end - x >= least for x, end, least in edges) and all(
            end <= x for (_, end, _), (x, _, _) in pairwise(edges)
        )

    qtbot.waitUntil(stand_apart)
    window.activateWindow()
    window.list.view.setFocus()
    qtbot.waitUntil(lambda: window.list.view.mapTo(scroll.viewport(), QPoint(0, 0)).x() < scroll.viewport().width())
    assert scroll.horizontalScrollBar().value() > 0


def test_an_icon_follows_the_size_and_the_colours_of_its_words(qtbot, window) -> None:
    button = window.list._open
    for mode, scale in (("light", 1.0), ("dark", 2.0)):
        theme.current().set_mode(mode)
        theme.current().set_scale(scale)
        size = button.iconSize()
        drawn = button.icon().pixmap(size).toImage()
        colors = {drawn.pixelColor(x, y).name() for x in range(drawn.width()) for y in range(drawn.height())}
        assert size.width() == theme.current().px(14) == drawn.width()
        assert theme.current().color("accent.text").name() in colors


@pytest.mark.parametrize("width", [_WIDTH, 1440, 2800])
def test_a_long_sentence_of_the_header_has_every_line_and_a_short_one_stands_beside_the_numbers(
    qtbot, window, width: int
) -> None:
    header, label = window.header, window.header._sentence
    shown, wide, narrow = header._view, width > 2000, width == _WIDTH
    window.resize(width, _HEIGHT)
    lost = "Of its 1,200 steps 17 have no record: their lines were lost or damaged. " * 3
    for sentence, is_below in ((lost, not wide), ("", False), (lost, not wide), ("Waits.", narrow)):
        header.show_view(replace(shown, sentence=sentence, step=1200, max_steps=2400))
        qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
        numbers = [each for each in header._readouts.values() if each.isVisible()]
        assert {"readout_step", "readout_loss"} <= {each.objectName() for each in numbers}
        assert all(each.width() >= each.sizeHint().width() for each in numbers)
        if sentence:
            bottom = max(each.geometry().bottom() for each in numbers)
            qtbot.waitUntil(lambda bottom=bottom, is_below=is_below: (label.y() >= bottom) == is_below)
            most = 200 if is_below else 120
            qtbot.waitUntil(lambda most=most: label.geometry().bottom() <= header.height() <= most)
    header.show_view(shown)


def test_fields_below_their_names_are_as_wide_as_each_other(window) -> None:
    editors = [row.editor for row in window.findChildren(Row) if row.editor.isVisible()]
    widths = {(each.mapTo(window, QPoint()).x(), each.width()) for each in editors}
    assert len(editors) > 10 and len(widths) == 1
    for row in window.findChildren(ChoiceRow):  # beside it, its words are whole, or as wide as a choice may be
        hint = row.box.sizeHint().width()
        widest = max(row.box.fontMetrics().horizontalAdvance(row.box.itemText(at)) for at in range(row.box.count()))
        assert hint > widest or hint == theme.current().px(150)


def test_what_is_said_under_the_field_that_one_types_into_comes_into_view(qtbot, window) -> None:
    window.runs.select(None)
    window.resize(_WIDTH, _HEIGHT)
    window.reset_layout()
    row, view = window.form.rows["max_steps"], window.form._scroll.viewport()

    def is_seen(widget: QWidget) -> bool:
        place = QRect(widget.mapTo(view, QPoint()), widget.size())
        return widget.isVisible() and view.rect().contains(place)

    window.activateWindow()
    window.form.reveal("max_steps")
    qtbot.waitUntil(row.editor.hasFocus)
    qtbot.waitUntil(lambda: is_seen(row.editor))
    before = row.text()
    row.edit.selectAll()
    qtbot.keyClicks(row.edit, "0")
    qtbot.waitUntil(lambda: is_seen(row._error) and row._error.text().startswith("max_steps"))
    row.set_text(before)


def test_no_bar_below_the_list_of_runs_takes_the_room_of_a_row(qtbot, window) -> None:
    window.resize(_WIDTH, _HEIGHT)
    window.reset_layout()
    view = window.list.view
    qtbot.waitUntil(lambda: view.visualRect(view.model().index(0, 0)).width() == view.viewport().width())
    assert view.horizontalScrollBar().maximum() == 0 and not view.horizontalScrollBar().isVisible()
