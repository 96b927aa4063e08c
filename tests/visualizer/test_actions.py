"""The action table, and what is made of it: menus, the command palette, the sheet of keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu, QWidget

from engine.shared.language import languages, tr
from tests.visualizer.window import main_window, press, run, said, until
from visualizer.app import actions
from visualizer.app.actions import MENUS, TABLE, menu_title
from visualizer.app.command_palette import CommandPalette, rank
from visualizer.app.main_window import MainWindow
from visualizer.app.search_words import WORDS
from visualizer.app.shortcut_sheet import PANEL_KEYS, ShortcutSheet, sections
from visualizer.backprop.timeline.scrubber import NO_PASS
from visualizer.look import icons
from visualizer.look.spoken import use_language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """It has run a program with an output that can be stepped."""
    with main_window(tmp_path_factory.mktemp("actions")) as made:
        run(made, "import torch\nw = torch.ones(2, requires_grad=True)\nloss = (w * w).sum()")
        until(lambda: made.actions_by_id["step_output"].isEnabled(), "there is an output to step")
        yield made


def palette(window: MainWindow) -> CommandPalette:
    press(window, "Ctrl+K")
    until(lambda: QApplication.activePopupWidget() is not None, "the palette opens")
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, CommandPalette)
    return opened


# -- the table


def test_no_two_actions_share_a_key():
    keys = Counter(key.toString() for row in TABLE for key in actions.shortcuts(row))
    assert [key for key, n in keys.items() if n > 1] == []
    assert "" not in keys, "a key that Qt does not know"


@pytest.mark.parametrize("code", languages())
def test_every_menu_opens_with_a_letter_of_its_own_in_every_language(code, qapp):
    use_language(code)
    letters = {actions.menu_letter(name) for name in MENUS}
    assert len(letters) == len(MENUS)
    keys = {key.toString() for row in TABLE for key in actions.shortcuts(row)}
    assert keys.isdisjoint(f"Alt+{letter}" for letter in letters)


def test_every_row_has_a_menu_and_an_icon_that_exist():
    assert {row.menu for row in TABLE} == set(MENUS)
    assert {row.icon for row in TABLE if row.icon} <= set(icons.names())
    assert len({row.id for row in TABLE}) == len(TABLE)


def test_every_row_can_be_done_and_no_condition_is_misspelt(window):
    assert set(window.commands) == {row.id for row in TABLE}
    known = {
        "always",
        "idle",
        "busy",
        "graph",
        "output",
        "behind",
        "behind_selected",
        "ahead",
        "ahead_selected",
        "playable",
        "owned",
        "owned_done",
    }
    known |= {"selection", "node", "tensor", "training", "editing", "part", "findable"}
    known |= {"can_undo", "can_redo", "can_cut", "can_copy", "can_paste", "can_select_all"}
    known |= {"behind_selected", "playable", "inside"}
    known |= {"pass_before", "pass_after", "pass_opened", "live_held", "predicting"}
    known |= {"experiment", "experiments", "lesson_page", "in_backprop"}
    assert {row.enabled_when for row in TABLE} <= known


def test_no_command_has_for_its_first_key_one_that_a_text_takes_for_itself(window):
    editor, taken = window.program.editor, []
    for row in TABLE:
        keys = QKeySequence(row.shortcut)
        if row.shortcut and row.id not in {"undo", "redo", "cut", "copy", "paste", "select_all"}:
            pressed = keys[0]
            event = QKeyEvent(QEvent.Type.ShortcutOverride, pressed.key(), pressed.keyboardModifiers())
            event.ignore()
            editor.event(event)
            taken += [row.id] if event.isAccepted() else []
    assert taken == []


def test_every_action_is_in_its_menu(window):
    for row in TABLE:
        menu = window.header.menu_of[row.menu]
        if row.submenu:
            menu = next(entry.menu() for entry in menu.actions() if entry.text() == row.submenu)
        assert window.actions_by_id[row.id] in menu.actions()


def test_what_cannot_be_done_is_disabled(window):
    run(window, "x = w = loss = None")
    off = {row.id for row in TABLE if not window.actions_by_id[row.id].isEnabled()}
    assert {"stop", "step", "back", "step_output", "fit", "fold_all", "export", "reset", "train_pause"} <= off
    run(window, "import torch\nw = torch.ones(2, requires_grad=True)\nloss = (w * w).sum()")
    until(lambda: window.actions_by_id["step_output"].isEnabled(), "there is an output to step")
    assert window.actions_by_id["fit"].isEnabled() and not window.actions_by_id["stop"].isEnabled()


def test_undo_is_offered_once_there_is_something_to_undo(window):
    window.program.set_text("x = 1")
    assert not window.actions_by_id["undo"].isEnabled()
    QTest.keyClicks(window.program.editor, "2")
    assert window.actions_by_id["undo"].isEnabled()
    press(window, "Ctrl+Z")
    assert window.program.text() == "x = 1"
    assert window.actions_by_id["redo"].isEnabled()


def test_the_menu_edit_acts_on_the_field_that_has_the_keyboard(window):
    window.program.set_text("x = 1")
    window.variables.filter.setFocus()
    QTest.keyClicks(window.variables.filter, "loss")
    window.commands["select_all"]()
    window.commands["cut"]()
    assert window.variables.filter.text() == "" and window.program.text() == "x = 1"
    opened = palette(window)  # takes the keyboard, and what is chosen there is for the field before
    QTest.keyClicks(opened.field, "paste")
    QTest.keyClick(opened.field, Qt.Key.Key_Return)
    until(lambda: window.variables.filter.text() == "loss", "the field has what was cut")
    window.variables.filter.clear()
    window.program.editor.setFocus()
    window.commands["select_all"]()
    window.commands["copy"]()
    assert QApplication.clipboard().text() == "x = 1"
    window.graph.canvas.setFocus()
    assert not window.actions_by_id["paste"].isEnabled() and not window.actions_by_id["comment"].isEnabled()


def test_choices_are_checked(window):
    checked = {name for name, action in window.actions_by_id.items() if action.isChecked()}
    assert checked == {
        "backprop",
        "color_category",
        "legend",
        "way",
        "retain_graph",
        "pause_on_nan",
        f"theme_{window.settings.theme_mode}",
    }


def test_copy_is_of_what_has_the_keyboard_also_where_that_is_no_text(window):
    run(window, "import torch\nw = torch.ones(2, requires_grad=True)\nloss = (w * w).sum()")
    window.selection.select_variable("w")
    clipboard, heat_map = QApplication.clipboard(), window.inspector.value.heat_map
    until(lambda: heat_map.isVisible() and window.inspector.has_tensor, "the inspector shows it")
    for part, is_copied in (
        (heat_map, lambda: clipboard.text() == "[1.0, 1.0]"),
        (window.variables.table, lambda: clipboard.text() == "w"),
        (window.graph.canvas, lambda: not clipboard.image().isNull()),
    ):
        for copy in (lambda part=part: press(window, "Ctrl+C", part), window.actions_by_id["copy"].trigger):
            clipboard.clear()
            part.setFocus()
            assert window.actions_by_id["copy"].isEnabled()
            copy()
            until(is_copied, f"{part.objectName()} is copied")
    assert said(window) == "The picture of the graph is on the clipboard."
    clipboard.clear()
    window.selection.clear()


def test_the_program_alone_is_made_larger_by_keys(window):
    editor = window.program.editor
    editor.setFocus()
    usual, outline = editor.font().pixelSize(), window.graph.font().pixelSize()
    for keys, is_right in (
        ("Alt+Shift+.", lambda size: size > usual),
        ("Alt+Shift+0", lambda size: size == usual),
        ("Alt+Shift+,", lambda size: size < usual),
        ("Alt+Shift+0", lambda size: size == usual),
    ):
        press(window, keys)
        assert is_right(editor.font().pixelSize()) and window.graph.font().pixelSize() == outline
    assert window.settings.program_zoom == 0 and "100" in said(window)


def test_two_tensors_are_compared_and_a_histogram_is_seen_by_a_command(window):
    window.selection.clear()
    for command in ("compare", "histogram"):
        window.do(command)
        assert said(window) == "Select a tensor first: a variable, or a node of the graph."
    run(window, "import torch\nw = torch.ones(2, requires_grad=True)\nv = torch.ones(2)\nloss = (w * w).sum()")
    until(lambda: {row.name for row in window.session.variables} >= {"w", "v", "loss"}, "the variables are there")
    window.selection.select_variable("w")
    pair = window.inspector.pair
    until(lambda: pair.histogram.isVisible() and pair.compare.isVisible(), "the inspector shows the tensor")
    window.do("histogram")
    window.do("compare")
    popup = QApplication.activePopupWidget()
    assert popup is not None and pair.compare.names.findData("v") > 0
    popup.close()
    pair.compare.set_variables(())
    window.do("compare")
    assert said(window) == "No other variable is a tensor of this shape."
    window.selection.clear()


# -- the palette


def test_the_palette_offers_everything(window):
    opened = palette(window)
    shown = opened.shown()
    opened.close()
    expected = [window.actions_by_id[row.id].text() for row in TABLE if row.id != "palette"]
    expected += [toggle.text() for toggle in window.backprop.toggles()] + list(languages().values())
    assert sorted(shown) == sorted(expected)


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("fit", "Fit graph"),
        ("dark", "Theme: dark"),
        ("bld", "Build a tensor…"),
        ("program run", "Run"),
        ("csv tensor", "Tensor from a file…"),
        ("gradient zero", "Why is there no gradient?"),
        ("compare", "Compare with another tensor"),
        ("mean deviation", "Histogram of the tensor"),
    ],
)
def test_a_few_letters_find_a_command(window, typed, best):
    opened = palette(window)
    QTest.keyClicks(opened.field, typed)
    found = opened.shown()[0]
    opened.close()
    assert found == best


@pytest.mark.parametrize(
    ("typed", "best"),
    [("ajustar", "Ajustar grafo à janela"), ("fit", "Ajustar grafo à janela"), ("licoes", "Lições"),
     ("english", "English"), ("step through", "Passo a passo")],
)  # fmt: skip
def test_a_command_is_found_by_its_words_in_the_language_of_the_window_and_in_english(window, typed, best):
    use_language("pt_BR")
    opened = palette(window)
    QTest.keyClicks(opened.field, typed)
    found = opened.shown()
    opened.close()
    assert found[0] == best


def test_the_language_changes_from_the_menu_and_everything_of_the_table_with_it(window):
    menu = next(action.menu() for action in window.header.menu_of["View"].actions() if action.text() == "Language")
    by_name = {action.text(): action for action in menu.actions()}
    assert by_name["English"].isChecked()
    by_name["Português"].trigger()
    assert window.settings.language == "pt_BR" and by_name["Português"].isChecked()
    step = window.actions_by_id["step"]
    assert (step.text(), step.property("short_text"), step.toolTip()) == ("Passo", "Passo", "Passo — F10")
    assert window.header.menu_of["Help"].title() == "Ajuda" and menu.title() == "Idioma (Language)"
    press(window, "Alt+J", window)
    until(window.header.menu_of["Help"].isVisible, "the menu opens")
    window.header.menu_of["Help"].close()
    by_name["English"].trigger()
    assert (window.settings.language, step.text()) == ("en", "Step")


def test_the_order_of_what_fits():
    assert rank("run", "Program", "Run") == 0
    assert rank("graph", "View", "Fit graph") == 1
    assert rank("view graph", "View", "Fit graph") == 2
    assert rank("zero none", "Backward", "Why is there no gradient?", "Why it is None or zero") == 3
    assert rank("ftg", "View", "Fit graph", "the whole") == 4
    assert rank("why is the gradient of w zero", "Backward", "Why is there no gradient?", "of w, zero") == 3
    assert rank("of", "View", "Fit graph", "of the whole") == 3
    assert rank("xyz", "View", "Fit graph") is None


@pytest.mark.parametrize("language", languages())
def test_a_command_is_found_by_each_word_that_people_have_for_it(language: str) -> None:
    use_language(language)
    try:
        rows = {row.id: row for row in TABLE}
        for name, words in WORDS.items():
            row = rows[name]
            for word in tr(words).split():
                found = rank(word, menu_title(row.menu), tr(row.text), tr(words))
                assert found is not None and found <= 3, (name, word)
    finally:
        use_language("en")


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("open csv", "open_tensor"),
        ("save picture", "export"),
        ("presentation", "present"),
        ("why is the gradient of w zero", "why"),
        ("learning rate", "pretraining"),
        ("tutorial", "lessons"),
        ("zoom in", "larger"),
    ],
)
def test_what_a_newcomer_types_leads_to_the_command(wanted: str, name: str) -> None:
    texts = {row.id: (row.menu, row.text, f"{row.tip} {WORDS.get(row.id, '')}") for row in TABLE}
    ranked = {id_: fit for id_, text in texts.items() if (fit := rank(wanted, *text)) is not None}
    assert ranked.get(name, 4) == min(ranked.values()) < 4


def test_letters_that_no_command_has_are_answered(window):
    opened = palette(window)
    QTest.keyClicks(opened.field, "qqqq")
    assert opened.shown() == []
    assert opened.findChild(QLabel, "palette_nothing").isVisible()
    QTest.keyClick(opened.field, Qt.Key.Key_Return)  # does nothing
    QTest.keyClick(opened.field, Qt.Key.Key_Escape)
    until(lambda: QApplication.activePopupWidget() is None, "Escape closes the palette")


def test_the_keyboard_alone_runs_a_command_from_the_palette(window):
    opened = palette(window)
    QTest.keyClicks(opened.field, "workspace")
    assert opened.shown()[:2] == ["Backprop workspace", "Pretraining workspace"]
    QTest.keyClick(opened.field, Qt.Key.Key_Down)
    QTest.keyClick(opened.field, Qt.Key.Key_Return)
    until(lambda: window.workspace == 1, "the Pretraining workspace is in front")
    assert QApplication.activePopupWidget() is None
    window.stack.setCurrentIndex(0)


def test_a_disabled_command_stands_last_and_does_nothing(window):
    opened = palette(window)
    QTest.keyClicks(opened.field, "stop training")
    assert opened.shown()[-1] == "Stop training"
    opened.list.setCurrentRow(opened.list.count() - 1)
    QTest.keyClick(opened.field, Qt.Key.Key_Return)
    assert opened.isVisible()
    opened.close()


# -- the sheet of keys


def test_the_sheet_has_every_key_of_the_table(window):
    press(window, "F1")
    sheet = window.findChild(QDialog, "shortcut_sheet")
    assert isinstance(sheet, ShortcutSheet)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    for row in TABLE:
        keys = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in actions.shortcuts(row)]
        keys = list(dict.fromkeys(key.replace("Return", "Enter") for key in keys))  # one name for both of them
        assert not keys or {row.text.rstrip("…"), ", ".join(keys)} <= words
    assert set(PANEL_KEYS) <= words
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    until(lambda: not sheet.isVisible(), "Escape closes the sheet")


def test_the_sheet_says_nothing_that_the_table_does_not():
    assert sum(len(rows) for name, rows in sections().items() if name in MENUS) == sum(
        bool(row.shortcut) for row in TABLE
    )


# -- the keyboard elsewhere


def test_alt_and_a_letter_opens_a_menu(window):
    press(window, "Alt+B", window)
    menu = window.header.menu_of["Backward"]
    until(menu.isVisible, "the menu opens")
    menu.close()


def test_f6_goes_round_the_panels(window):
    window.program.editor.setFocus()
    seen: list[QWidget] = []
    for _ in range(8):
        press(window, "F6", QApplication.focusWidget())
        seen.append(QApplication.focusWidget())
    assert {window.graph.canvas, window.variables.table, window.timeline.scrubber} <= set(seen)
    assert window.program.editor in seen
    window.program.editor.setFocus()
    press(window, "F6")
    press(window, "Shift+F6", QApplication.focusWidget())
    assert window.program.editor.hasFocus()


def test_buttons_without_words_say_what_they_do(window):
    for button in window.findChildren(QAbstractButton):
        has_words = bool(button.text()) and button.property("toolButtonStyle") != 0
        if button.icon().isNull() or has_words or button.parent().inherits("QTabBar"):
            continue
        if button.objectName().startswith("qt_") or button.metaObject().className().startswith("QLineEdit"):
            continue  # Qt's own
        assert button.toolTip(), button.objectName()
        assert button.accessibleName() or button.text(), button.objectName()


def test_panels_that_paint_themselves_have_names(window):
    for painted in (window.graph, window.graph.canvas, window.timeline.scrubber, window.inspector.value.heat_map):
        assert painted.accessibleName()
    for field in window.findChildren(QWidget):
        if field.inherits("QLineEdit") and not field.objectName().startswith("qt_"):
            assert field.accessibleName(), field.objectName()


def test_menus_have_no_empty_submenu(window):
    for menu in window.header.menu_of.values():
        for submenu in (action.menu() for action in menu.actions() if action.menu() is not None):
            assert isinstance(submenu, QMenu) and submenu.actions()


@pytest.mark.parametrize(
    ("words", "named"),
    [(NO_PASS, ("step_through", "step_output"))],
)
def test_where_nothing_has_run_yet_the_keys_that_begin_are_named(
    qapp: QApplication, words: str, named: tuple[str, ...]
) -> None:
    keys = {row.id: row.shortcut.replace("Return", "Enter") for row in TABLE}
    for language in languages():
        use_language(language)
        told = tr(words).replace(",", " ").replace(".", " ").split()
        assert {keys[one] for one in named} <= set(told), told
    use_language("en")
