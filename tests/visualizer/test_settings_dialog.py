"""The dialog of settings: what is set there holds at once, is kept, and is found by its words."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QMenu, QSpinBox, QToolButton

from engine.protocol.budgets import SetBudgets
from engine.runs.run_folder import list_runs
from engine.shared.language import ENGLISH, spoken
from tests.visualizer.training_folders import write_run
from tests.visualizer.window import main_window, run, until
from visualizer.app.actions import choose_keys
from visualizer.app.main_window import MainWindow
from visualizer.app.preferences.dialog import SettingsDialog
from visualizer.app.preferences.keys import KeysPage
from visualizer.app.preferences.rows import Row, RowsPage
from visualizer.app.settings import Settings
from visualizer.look import color_maps, motion, theme
from visualizer.look.bare import bare
from visualizer.look.spoken import use_language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with main_window(tmp_path_factory.mktemp("settings")) as window:
        yield window


@pytest.fixture
def dialog(window: MainWindow) -> Iterator[SettingsDialog]:
    window.do("settings")
    found = window.findChild(SettingsDialog)
    assert found is not None
    yield found
    found.close()
    until(lambda: window.findChild(SettingsDialog) is None, "the dialog is gone")
    use_language(ENGLISH)


def of(dialog: SettingsDialog, kind: type, name: str):
    found = dialog.findChild(kind, f"set_{name}")
    assert found is not None, name
    return found


def kept(window: MainWindow) -> Settings:
    window.settings._store.sync()
    return Settings()


def test_look_language_and_motion_hold_at_once(window: MainWindow, dialog: SettingsDialog) -> None:
    box = of(dialog, QComboBox, "language")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert spoken() == "pt_BR" == kept(window).language and dialog.windowTitle() == "Configurações"
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert spoken() == "en" and dialog.windowTitle() == "Settings"
    scale = theme.current().scale
    of(dialog, QSpinBox, "scale").setValue(150)
    assert theme.current().scale == 1.5 == kept(window).scale
    of(dialog, QSpinBox, "scale").setValue(round(100 * scale))
    blink_ms = QApplication.cursorFlashTime()
    QTest.mouseClick(of(dialog, QCheckBox, "motion"), Qt.MouseButton.LeftButton)
    assert motion.is_reduced() and kept(window).reduces_motion and not window.backprop.isAnimated()
    QTest.mouseClick(of(dialog, QCheckBox, "motion"), Qt.MouseButton.LeftButton)
    assert QApplication.cursorFlashTime() == blink_ms and not kept(window).reduces_motion
    assert window.backprop.isAnimated()


@pytest.mark.parametrize("language", ["en", "pt_BR"])
def test_rows_keep_within_a_page_that_large_text_has_made_narrow(
    window: MainWindow, dialog: SettingsDialog, language: str
) -> None:
    use_language(language)
    theme.current().set_scale(2.0)
    dialog.resize(800, 660)
    assert dialog.width() == 800
    for place, section in enumerate(dialog.sections):
        dialog.list.setCurrentRow(place)
        until(section.page.isVisible, "the page is there")
        if isinstance(section.page, RowsPage):
            body, seen = section.page.widget(), section.page.viewport()
            until(lambda body=body, seen=seen: body.minimumSizeHint().width() <= seen.width(), section.title)
    theme.current().set_scale(1.0)
    use_language("en")


def test_contrast_and_signs_hold_at_once_and_are_kept(window: MainWindow, dialog: SettingsDialog) -> None:
    box = of(dialog, QComboBox, "contrast")
    for _ in range(2):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert theme.current().is_high and kept(window).contrast == "high"
    signs, before = of(dialog, QCheckBox, "signs"), color_maps.diverging(True)[0].tolist()
    QTest.keyClick(signs, Qt.Key.Key_Space)
    assert kept(window).orders_signs and color_maps.diverging(True)[0].tolist() != before
    QTest.keyClick(signs, Qt.Key.Key_Space)
    first(dialog, "contrast").click()
    assert not theme.current().is_high and kept(window).contrast == "system"
    assert not kept(window).orders_signs and color_maps.diverging(True)[0].tolist() == before


def first(dialog: SettingsDialog, name: str) -> QToolButton:
    return of_name(dialog, QToolButton, f"first_{name}")


def of_name(dialog: SettingsDialog, kind: type, name: str):
    found = dialog.findChild(kind, name)
    assert found is not None, name
    return found


def test_each_setting_goes_back_to_what_it_was_at_first_by_keys(window: MainWindow, dialog: SettingsDialog) -> None:
    changes = {
        "language": lambda: QTest.keyClick(of(dialog, QComboBox, "language"), Qt.Key.Key_Down),
        "theme": lambda: QTest.keyClick(of(dialog, QComboBox, "theme"), Qt.Key.Key_End),
        "contrast": lambda: QTest.keyClick(of(dialog, QComboBox, "contrast"), Qt.Key.Key_End),
        "signs": lambda: QTest.keyClick(of(dialog, QCheckBox, "signs"), Qt.Key.Key_Space),
        "scale": lambda: QTest.keyClick(of(dialog, QSpinBox, "scale"), Qt.Key.Key_Up),
        "motion": lambda: QTest.keyClick(of(dialog, QCheckBox, "motion"), Qt.Key.Key_Space),
        "pairs": lambda: QTest.keyClick(of(dialog, QCheckBox, "pairs"), Qt.Key.Key_Space),
        "engine_command": lambda: write(of(dialog, QLineEdit, "engine_command"), sys.executable),
        "recorded": lambda: QTest.keyClick(of(dialog, QSpinBox, "recorded"), Qt.Key.Key_Up),
        "passes": lambda: QTest.keyClick(of(dialog, QSpinBox, "passes"), Qt.Key.Key_Up),
        "runs_folder": lambda: write(of(dialog, QLineEdit, "runs_folder"), str(Path.home())),
    }
    rows = {row.objectName().removeprefix("setting_"): (section, row) for section in dialog.sections[:-1]
            for row in section.page.rows}  # fmt: skip
    assert rows.keys() == changes.keys()
    for name, (_section, row) in rows.items():
        dialog.list.setCurrentRow(next(at for at, one in enumerate(dialog.sections) if one is _section))
        if row.first.isVisible():
            row.first.click()
        before = stored(window)
        changes[name]()
        assert row.first.isVisible() and stored(window) != before, name
        row.first.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(row.first, Qt.Key.Key_Space)
        assert not row.first.isVisible() and stored(window) == before, name
        assert row.editor.hasFocus() or not dialog.isActiveWindow(), name


def write(field: QLineEdit, text: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def stored(window: MainWindow) -> tuple[object, ...]:
    """What the next start reads."""
    now = kept(window)
    return (
        now.language, now.theme_mode, now.contrast, now.orders_signs, now.scale, now.reduces_motion, now.closes_pairs,
        now.engine_command, now.budgets, now.runs_folder,
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["9", "999", "0", ""])
def test_a_number_out_of_its_range_is_refused_beside_its_field(
    window: MainWindow, dialog: SettingsDialog, typed: str
) -> None:
    box = of(dialog, QSpinBox, "scale")
    row = next(row for row in dialog.sections[0].page.rows if row.editor is box)
    before = box.value()
    box.setFocus()
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Backspace)
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert row.sentence.text() == "A whole number from 75 to 250 %." and row.sentence.property("role") == "error"
    assert box.value() == before == round(100 * theme.current().scale) and dialog.isVisible()
    use_language("pt_BR")
    assert row.sentence.text() == "Um número inteiro de 75 a 250 %."
    use_language(ENGLISH)
    box.selectAll()
    right = "125" if typed == "9" else str(before)  # another one dresses the whole window
    QTest.keyClicks(box, right)
    assert row.sentence.text().startswith("Of everything in the window")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert f"{100 * theme.current().scale:.0f}" == right
    if right != str(before):
        first(dialog, "scale").click()


def test_the_engine_that_runs_takes_its_budgets(window: MainWindow, dialog: SettingsDialog) -> None:
    of(dialog, QSpinBox, "recorded").setValue(300)
    of(dialog, QSpinBox, "passes").setValue(64)
    assert kept(window).budgets == SetBudgets(recorded_bytes=300 << 20, passes_bytes=64 << 20)
    run(window, "import torch\nw = torch.ones(2, requires_grad=True)\n(w * 2).sum().backward()\n")
    until(lambda: window.session.graph is not None, "the graph")
    assert window.session.graph is not None and window.session.graph.budget_bytes == 300 << 20
    assert window.session.passes.budget_bytes == 64 << 20


def test_a_command_that_is_none_is_said_below_it_and_not_kept(window: MainWindow, dialog: SettingsDialog) -> None:
    field = of(dialog, QLineEdit, "engine_command")
    row = next(row for section in dialog.sections[2:3] for row in section.page.rows)
    before = window.engine.command
    field.setText("ssh 'box")
    field.editingFinished.emit()
    assert row.sentence.text() == "This is no command: a quote in it is not closed." and window.engine.command == before
    field.setText("no-such-program-anywhere -P")
    field.editingFinished.emit()
    use_language("pt_BR")
    assert row.sentence.text() == "Isto não é um comando: não há um programa no-such-program-anywhere."
    use_language("en")
    assert row.sentence.text() == "This is no command: there is no program no-such-program-anywhere."
    assert window.engine.command == before and kept(window).engine_command == before
    other = ("sh", "-c", "python -P -m engine serve")
    field.setText(shlex.join(other))
    field.editingFinished.emit()
    assert window.engine.command == other == kept(window).engine_command
    field.setText("")
    field.editingFinished.emit()
    assert window.engine.command == before and row.sentence.text().startswith("What starts an engine")


def test_runs_of_another_folder_are_listed(window: MainWindow, dialog: SettingsDialog, tmp_path: Path) -> None:
    write_run(tmp_path / "elsewhere-1", 3)
    field = of(dialog, QLineEdit, "runs_folder")
    field.setText(str(tmp_path / "nowhere"))
    field.editingFinished.emit()
    assert window.settings.runs_folder is None
    field.setText(str(tmp_path))
    field.editingFinished.emit()
    until(lambda: [row.name for row in window.pretraining.runs.rows()] == ["elsewhere-1"], "its run is listed")
    assert kept(window).runs_folder == tmp_path
    field.setText("")
    field.editingFinished.emit()
    until(lambda: not window.pretraining.runs.rows(), "the runs of the first folder")


def test_a_place_that_no_file_can_have_is_none(window: MainWindow, dialog: SettingsDialog) -> None:
    field, row = of(dialog, QLineEdit, "runs_folder"), dialog.sections[4].page.rows[0]
    too_long = Path("/" + "x" * 5000)
    for text in ("~nobody-of-that-name/x", str(too_long)):
        field.setText(text)
        field.editingFinished.emit()
        assert row.sentence.text().startswith("There is no folder") and window.settings.runs_folder is None
    field.setText("")
    field.editingFinished.emit()
    window.settings.recent_files = [too_long, Path("a\0b")]
    menu = window.findChild(QMenu, "recent_menu")
    menu.aboutToShow.emit()
    assert [action.isEnabled() for action in menu.actions()[:2]] == [False, False]
    window.settings.last_file = too_long
    window.files._show_last()
    assert "requires_grad" in window.program.text()
    window.settings.last_file, window.settings.recent_files = None, []
    assert list_runs(Path("a\0b")) == []


def test_every_setting_is_found_by_its_words_in_either_language(dialog: SettingsDialog) -> None:
    found = lambda: [section.title for place, section in enumerate(dialog.sections) if _is_shown(dialog, place)]  # noqa: E731
    QTest.keyClicks(dialog.search, "BLINKING cursor")
    assert found() == ["Look and language"] and dialog.pages.currentIndex() == 0
    dialog.search.setText("ctrl+shift+c")
    assert found() == ["Keys"] and dialog.pages.currentWidget() is dialog.sections[5].page
    dialog.search.setText("no such thing")
    assert found() == [] and dialog.pages.currentWidget() is dialog.nothing
    assert dialog.nothing.text() == "No setting has “no such thing” in its name. Esc in the search shows all."
    use_language("pt_BR")
    dialog.search.setText("piscando")
    assert found() == ["Look and language"]
    dialog.search.setText("blinking")
    assert found() == ["Look and language"]
    for text in ("português, inglês", "EXECUCOES de treino", "execuções de treino"):
        dialog.search.setText(text)
        assert bool(found()) == (text != "português, inglês"), text
    dialog.search.setText("animacao")
    assert found() == ["Keys"]
    # What it is called by those who do not know its name.
    called = {"daltonismo": "signs", "font size": "scale", "tamanho da fonte": "scale", "dark mode": "theme"}
    called |= {"baixa visão": "contrast", "efeitos": "motion", "venv": "engine_command", "caminho": "runs_folder"}
    for text, name in called.items():
        dialog.search.setText(text)
        words, rows = bare(text).split(), dialog.findChildren(Row)
        assert [row.objectName() for row in rows if row.matches(words)] == [f"setting_{name}"] and found(), text
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert len(found()) == 6


def _is_shown(dialog: SettingsDialog, place: int) -> bool:
    return not dialog.list.item(place).isHidden()


def test_an_action_has_the_keys_that_a_person_gives_it(window: MainWindow, dialog: SettingsDialog) -> None:
    page, action = dialog.sections[5].page, window.actions_by_id["reset_layout"]
    assert isinstance(page, KeysPage) and action.shortcut().isEmpty()
    _press(page, "reset_layout", Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.words.text() == "Ctrl+E is already for “Export graph or animation…”. Take it from there first."
    use_language("pt_BR")
    assert page.words.text() == "Ctrl+E já é de “Exportar grafo ou animação…”. Tire de lá primeiro."
    use_language(ENGLISH)
    _press(page, "reset_layout", Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier)
    assert page.words.text() == "L alone is for typing. Hold Ctrl or Alt with it." and action.shortcut().isEmpty()
    _press(page, "reset_layout", Qt.Key.Key_F12, Qt.KeyboardModifier.AltModifier)
    assert action.shortcut() == QKeySequence("Alt+F12") and action.toolTip() == "Reset layout — Alt+F12"
    assert kept(window).keys == {"reset_layout": "Alt+F12"} and page.items["reset_layout"].text(2) == "Alt+F12"
    _button(page, "no_keys")
    assert action.shortcut().isEmpty() and kept(window).keys == {"reset_layout": ""}
    _button(page, "all_first_keys")
    assert kept(window).keys == {}


def test_keys_that_every_field_needs_are_no_actions_and_lead_out_of_the_field(
    window: MainWindow, dialog: SettingsDialog
) -> None:
    page = dialog.sections[5].page
    assert isinstance(page, KeysPage)
    dialog.list.setCurrentRow(5)
    page.table.setCurrentItem(page.items["reset_layout"])
    until(dialog.isActiveWindow, "the dialog has the keyboard")
    for key, leads_to in ((Qt.Key.Key_Tab, page._buttons["none"]), (Qt.Key.Key_Backtab, page.table)):
        page._buttons["none"].setEnabled(True)
        page.field.setFocus()
        QTest.keyClick(page.field, key)
        assert QApplication.focusWidget() is leads_to
    _press(page, "reset_layout", Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert QApplication.focusWidget() is page.table and dialog.isVisible()
    for key, words in ((Qt.Key.Key_Left, "Left alone is for moving."), (Qt.Key.Key_A, "Shift+A alone is for typing.")):
        _press(page, "reset_layout", key, Qt.KeyboardModifier.ShiftModifier if key == Qt.Key.Key_A else _NONE)
        assert page.words.text().startswith(words), page.words.text()
    assert kept(window).keys == {} and window.actions_by_id["reset_layout"].shortcut().isEmpty()
    choose_keys({"new": "Tab", "reset_layout": "A", "run": "\ud800", "export": "Ctrl+Alt+9"}, window.actions_by_id)
    assert [window.actions_by_id[name].shortcut().toString() for name in ("new", "reset_layout", "export")] == [
        "Ctrl+N", "", "Ctrl+Alt+9",
    ]  # fmt: skip
    choose_keys({}, window.actions_by_id)


_NONE = Qt.KeyboardModifier.NoModifier


def test_keys_that_another_action_took_do_not_come_back_twice(window: MainWindow, dialog: SettingsDialog) -> None:
    page = dialog.sections[5].page
    assert isinstance(page, KeysPage)
    page.table.setCurrentItem(page.items["export"])
    _button(page, "no_keys")
    _press(page, "reset_layout", Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert window.actions_by_id["reset_layout"].shortcut() == QKeySequence("Ctrl+E")
    page.table.setCurrentItem(page.items["export"])
    _button(page, "first_keys")
    assert page.words.text() == "Ctrl+E is already for “Reset layout”. Take it from there first."
    _button(page, "all_first_keys")
    assert window.actions_by_id["export"].shortcut() == QKeySequence("Ctrl+E")


def _press(page: KeysPage, action: str, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    page.table.setCurrentItem(page.items[action])
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    QTest.keyClick(page.field, key, modifier)


def _button(page: KeysPage, name: str) -> None:
    page._buttons[{"no_keys": "none", "first_keys": "first", "all_first_keys": "all"}[name]].click()


def test_a_damaged_file_of_keys_and_budgets_is_as_at_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUALIZER_SETTINGS", str(tmp_path / "settings.ini"))
    (tmp_path / "settings.ini").write_text("[General]\nkeys=[1\nrecorded_bytes=much\npasses_bytes=-3\n")
    settings = Settings()
    assert settings.keys == {} and settings.runs_folder is None
    assert settings.budgets == SetBudgets(passes_bytes=0)
