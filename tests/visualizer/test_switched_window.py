"""Every text of the window is said in the language in use, and has room there: in a third language, which is a folder
of files and marks each of its texts ⟦so⟧, no word stands outside of the marks but what is the program's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QWidget,
)

from engine.shared import language
from tests.visualizer.marked_language import OWN, WORD, cut_words, is_qts_own, texts_of, unsaid
from tests.visualizer.visible_texts import painted_in, steady_texts
from tests.visualizer.window import main_window, press, run, start, until, widget
from visualizer.app.main_window import MainWindow
from visualizer.backprop.tensor_builder.expression import DTYPES, FILLS
from visualizer.look import spoken, theme
from visualizer.look.spoken import use_language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

PROGRAM = """\
import torch
torch.manual_seed(0)
xs = torch.randn(4, 3)
w1 = torch.randn(3, 5, requires_grad=True)
hs = torch.tanh(xs @ w1)
ls = hs.sum()
ls.backward()
"""
# What stands on the screen of it, and of the one that fails.
OF_THE_PROGRAM = "ZeroDivisionError division by zero"
# Whose texts are the program's own, Python's or Qt's.
OF_OTHERS = ("CodeEditor", "QDockWidget qt_dockwidget")
TRACEBACK = "<pre>Traceback"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory, marked: str) -> Iterator[MainWindow]:
    """Its program is held in the middle of a pass."""
    with main_window(tmp_path_factory.mktemp("panels")) as made:
        made.resize(1700, 1100)
        start(made, PROGRAM, "Ctrl+Shift+Return")
        until(lambda: made.session.state == "paused", "the pass is held")
        made.actions_by_id["step"].trigger()
        until(lambda: made.session.history.position > 0 and made.session.state == "paused", "it has stepped")
        for dock in made.backprop.docks.values():
            dock.show()
        QApplication.processEvents()
        yield made
        use_language("en")


def everything_in(window: MainWindow) -> list[str]:
    """Every text of the workspace on the screen, also what is painted."""
    widgets = [widget for widget in (window, *window.findChildren(QWidget)) if not is_qts_own(widget)]
    actions = [action for action in window.findChildren(QAction) if not isinstance(action.parent(), QMenu)]
    said = [text for widget in widgets for text in texts_of(widget)]
    return painted_in(window) + said + [text for action in actions for text in (action.text(), action.toolTip())]


def test_no_text_of_a_panel_stays_in_another_language(window: MainWindow, marked: str) -> None:
    own = {*OWN.split(), *WORD.findall(PROGRAM)}
    use_language(marked)
    left = set()
    for workspace in (0, 1):
        window.stack.setCurrentIndex(workspace)
        QApplication.processEvents()
        left |= unsaid(everything_in(window), own)
    window.stack.setCurrentIndex(0)
    assert not left


def test_a_pass_is_held_as_before_and_all_is_english_again(window: MainWindow, marked: str) -> None:
    use_language(marked)
    position, text = window.session.history.position, window.program.text()
    use_language("en")
    assert (window.session.state, window.session.history.position, window.program.text()) == ("paused", position, text)
    window.stack.setCurrentIndex(0)
    QApplication.processEvents()
    assert not [text for text in everything_in(window) if "⟦" in text]


def test_a_further_language_is_a_folder_of_files(window: MainWindow, marked: str) -> None:
    assert set(language.languages()) == {"en", "pt_BR", "xx"}
    use_language("xx")
    assert language.spoken() == "xx" and window.actions_by_id["run"].text() == "⟦Executar⟧"


@pytest.mark.parametrize("keys", ["Ctrl+F", "Ctrl+G", "F2", "Ctrl+I"])
def test_what_stands_open_over_the_program_is_said_anew(window: MainWindow, marked: str, keys: str) -> None:
    use_language("en")
    window.stack.setCurrentIndex(0)
    editor = window.program.editor
    editor.setFocus()
    cursor = editor.textCursor()
    cursor.setPosition(PROGRAM.index("hs ="))
    cursor.setPosition(PROGRAM.index("hs =") + 2, cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    press(window, keys)
    until(lambda: keys != "Ctrl+I" or editor.hints.card.isVisible(), "the card is there")
    use_language(marked)
    shown = [one for one in window.program.findChildren(QWidget) if one.isVisible()]
    shown += [one for card in (editor.hints.card, editor.renaming.card) if card.isVisible() for one in card.children()]
    own = {*OWN.split(), *WORD.findall(PROGRAM)}
    left = unsaid((text for one in shown if isinstance(one, QWidget) for text in texts_of(one)), own)
    window.program.find_bar.close_bar()
    editor.setFocus()
    use_language("en")
    assert not left


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_button_is_narrower_than_its_portuguese_words(window: MainWindow, scale: float) -> None:
    theme.current().set_scale(scale)
    use_language("pt_BR")
    cut = []
    for workspace in (0, 1):
        window.stack.setCurrentIndex(workspace)
        for _ in range(5):
            QApplication.processEvents()
        cut += [words for button in window.findChildren(QAbstractButton) if (words := cut_words(button))]
    window.stack.setCurrentIndex(0)
    assert not cut


@pytest.mark.parametrize("action", ["build_tensor", "export", "add_breakpoint"])
def test_a_dialog_that_is_open_is_said_anew(window: MainWindow, marked: str, action: str) -> None:
    use_language("en")
    window.stack.setCurrentIndex(0)
    window.actions_by_id[action].trigger()
    until(lambda: open_dialogs(window), "the dialog is open")
    (dialog,) = open_dialogs(window)
    before = sorted(text for one in (dialog, *dialog.findChildren(QWidget)) for text in texts_of(one))
    use_language(marked)
    widgets = [one for one in (dialog, *dialog.findChildren(QWidget)) if not is_qts_own(one)]
    widgets = [one for one in widgets if not isinstance(one.parent(), QDialogButtonBox)]  # Qt says its own
    widgets = [one for one in widgets if one.objectName() != "builder_line"]  # Python
    own = {*OWN.split(), *WORD.findall(PROGRAM), *WORD.findall(" ".join((*FILLS, *DTYPES)))}
    left = unsaid((text for one in widgets for text in texts_of(one)), own)
    use_language("en")
    again = sorted(text for one in (dialog, *dialog.findChildren(QWidget)) for text in texts_of(one))
    dialog.close()
    until(lambda: not open_dialogs(window), "the dialog is closed")
    assert not left and again == before


def open_dialogs(window: MainWindow) -> list[QDialog]:
    """On the screen now."""
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def test_a_language_from_the_right_to_the_left_turns_no_program_and_no_graph_round(window: MainWindow) -> None:
    spoken.current()._translate_qt(QLocale("ar"))
    QApplication.processEvents()
    assert window.layoutDirection() == window.program.editor.layoutDirection() == Qt.LayoutDirection.LeftToRight
    use_language("en")


def test_what_qt_names_once_and_the_program_itself_are_named_in_the_language_in_use(window: MainWindow) -> None:
    def names() -> set[str]:
        buttons = (one for one in window.findChildren(QWidget) if one.objectName() == "ScrollLeftButton")
        return {one.accessibleName() for one in buttons} | {QApplication.applicationDisplayName()}

    use_language("pt_BR")
    assert names() == {"Deslocar à esquerda", "Visualizador de tensores"}
    use_language("en")
    assert names() == {"Scroll Left", "Tensor visualizer"}


def switched(window: MainWindow, marked: str) -> set[str]:
    """What stays in another language after a switch, and what is not as before once all is English again."""
    before = steady_texts(window)
    use_language(marked)
    own = {*OWN.split(), *WORD.findall(PROGRAM + OF_THE_PROGRAM)}
    in_another = steady_texts(window)
    use_language("en")
    after = steady_texts(window)
    left = unsaid((text for name, text in in_another if not name.startswith(OF_OTHERS)), own)
    left = {text for text in left if not text.startswith(TRACEBACK)}
    return left | {f"gone: {one}" for one in before - after} | {f"come: {one}" for one in after - before}


# The last one: it leaves the pass.
def test_after_a_language_and_back_every_text_is_what_it_was(window: MainWindow, marked: str) -> None:
    use_language("en")
    window.stack.setCurrentIndex(0)
    seen = {}
    window.program.editor.folds.fold_at_cursor()
    assert widget(window, QLabel, "status_message").text() == "No block begins at the cursor or around it."
    seen["told"] = switched(window, marked)
    window.program.editor.pasted.emit(">>> x = 1")
    assert window.program.banner.isVisible()
    seen["asked"] = switched(window, marked)
    window.program.banner.hide()
    window.graph.bar.field.setText("tanh")
    seen["searched"] = switched(window, marked)
    window.graph.bar.field.clear()
    window.do("end")
    until(lambda: window.session.state == "ready", "the run has ended")
    run(window, "1 / 0")
    seen["failed"] = switched(window, marked)
    assert widget(window, QLabel, "status_message").text().startswith("ZeroDivisionError")
    assert not any(seen.values()), seen
