"""Esc closes each dialog, and the keyboard is where it was; one that is open follows the language of the window."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QDialogButtonBox, QMessageBox, QWidget

from tests.visualizer.every_dialog import FILES, OPENED, PROGRAM, begin, dialogs, opened, window_of_all
from tests.visualizer.marked_language import OWN, WORD, is_qts_own, texts_of, unsaid
from tests.visualizer.seen import faint_texts, hidden_focus, jumps_of_tab, takers
from tests.visualizer.test_accessibility import unnamed
from tests.visualizer.told import untold
from tests.visualizer.window import until
from visualizer.app.main_window import MainWindow
from visualizer.backprop.tensor_builder.expression import DTYPES, FILLS
from visualizer.look import theme
from visualizer.look.spoken import use_language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support", r"raise\(\)")
# Names of runs, settings of a configuration, codes, and where things lie.
_NAMES = "first second small medium configs CONFIG rate ValueError Traceback Escape Menu"
THEIRS = {*WORD.findall(" ".join((PROGRAM, _NAMES, *FILLS, *DTYPES)))}
# Of Python, of Qt, and places on a disk.
THEIR_FIELDS = ("builder_line", "run_log_text", "error_sheet_text", "qt_keysequenceedit_lineedit")
THEIR_TEXTS = re.compile(r"/\S+|python -P -m engine serve|Show Details\.\.\.")


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory, marked: str) -> Iterator[MainWindow]:
    """In the dark look, which is then none that a test has to take back."""
    before = theme.current().mode
    with window_of_all(tmp_path_factory.mktemp("dialogs")) as made:
        made.do("theme_dark")
        yield made
        use_language("en")
    theme.current().set_mode(before)


# The lessons, which their folder brings, take the keyboard themselves.
@pytest.mark.parametrize("name", [name for name in OPENED | FILES if name != "lesson_folder"])
def test_escape_closes_it_and_the_keyboard_is_where_it_was(window: MainWindow, name: str) -> None:
    place = begin(window, name)
    with opened(window, name) as dialog:
        if dialog.windowType() != Qt.WindowType.Popup:
            dialog.activateWindow()  # as a window manager does, also of one that is not modal
            until(dialog.isActiveWindow, "it has the keyboard")
        target = QApplication.focusWidget() if dialog.isActiveWindow() else dialog
        QTest.keyClick(target or dialog, Qt.Key.Key_Escape)
        until(lambda: not dialogs(window), f"Esc closes {name}")
    window.activateWindow()  # as a window manager does
    until(lambda: QApplication.focusWidget() is place, "the keyboard is back")


@pytest.mark.parametrize("name", OPENED | FILES)
def test_all_in_it_that_takes_the_keyboard_has_a_name_a_role_a_place_and_a_ring(window: MainWindow, name: str) -> None:
    assert theme.current().is_dark
    with opened(window, name) as dialog:
        assert takers(dialog) and unnamed(dialog) == []
        if isinstance(dialog, QMessageBox):
            assert dialog.width() >= theme.current().px(300), "its sentences have lines of some length"
        if name in OPENED:
            assert untold(dialog) == []
            assert jumps_of_tab(dialog) == [] and hidden_focus(dialog) == [] and faint_texts(dialog) == []


def test_in_light_too_what_has_the_keyboard_shows_it_and_every_text_is_read(window: MainWindow) -> None:
    window.do("theme_light")
    seen = {}
    for name in OPENED:
        with opened(window, name) as dialog:
            seen[name] = hidden_focus(dialog) + faint_texts(dialog)
    window.do("theme_dark")
    assert not any(seen.values()), seen


def own_of(dialog: QDialog) -> list[QWidget]:
    """Its widgets but those that Qt names, and what is Python or an error's text."""
    found = [each for each in (dialog, *dialog.findChildren(QWidget)) if not is_qts_own(each)]
    return [
        each
        for each in found
        if each.objectName() not in THEIR_FIELDS and not isinstance(each.parent(), QDialogButtonBox)
    ] + [each for each in dialog.findChildren(QAbstractButton) if each.parent() and is_named_by_us(each)]


def is_named_by_us(button: QAbstractButton) -> bool:
    """Of the buttons in a box of Qt's those without a meaning that Qt says itself."""
    box = button.parent()
    return isinstance(box, QDialogButtonBox) and box.standardButton(button) == QDialogButtonBox.StandardButton.NoButton


def said_in(dialog: QDialog) -> list[str]:
    texts = (text for one in own_of(dialog) for text in (*texts_of(one), one.windowTitle()))
    return sorted(THEIR_TEXTS.sub("", text) for text in texts)


@pytest.mark.parametrize("name", OPENED)
def test_it_is_said_anew_when_the_language_changes(window: MainWindow, marked: str, name: str) -> None:
    use_language("en")
    with opened(window, name) as dialog:
        before = said_in(dialog)
        use_language(marked)
        left = unsaid(said_in(dialog), {*OWN.split(), *THEIRS})
        use_language("en")
        after = said_in(dialog)
    assert not left and after == before
