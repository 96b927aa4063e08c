"""Dialogs that ask for a file, by the keys of a keyboard: what is typed is what is meant."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QWidget,
)

from visualizer.look import theme
from visualizer.look.file_dialogs import ask_file, ask_folder, ask_new_file
from visualizer.look.spoken import use_language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")


@pytest.fixture
def owner(qtbot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    return owner


def dialog_of(owner: QWidget, qtbot) -> QFileDialog:
    (dialog,) = owner.findChildren(QFileDialog)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    return dialog


def typed(text: str) -> None:
    """Into the field that has the focus, in place of what stands there, or the list of names below it."""
    field = QApplication.focusWidget()
    field.selectAll()
    for letter in text:
        QTest.keyClick(QApplication.activePopupWidget() or field, letter)


def closed(owner: QWidget, qtbot) -> None:
    for dialog in owner.findChildren(QFileDialog):
        dialog.reject()
    qtbot.waitUntil(lambda: not owner.findChildren(QFileDialog))


def test_a_path_that_is_typed_through_folders_is_taken(owner, qtbot, tmp_path: Path) -> None:
    file = tmp_path / "w" / "x" / "f" / "a 1.npy"  # deeper than Qt's list of files follows quick fingers
    file.parent.mkdir(parents=True)
    file.write_bytes(b"")
    asking = (
        (lambda: ask_file(owner, lambda: "Open", print, kinds=lambda: "NumPy (*.npy)"), file),
        (lambda: ask_new_file(owner, lambda: "Save", print, path=str(tmp_path / "offer.npy")), file.with_name("b.npy")),
        (lambda: ask_folder(owner, lambda: "Folder", print), file.parent),
    )
    for ask, path in asking:
        ask()
        dialog = dialog_of(owner, qtbot)
        dialog.setDirectory(str(tmp_path))  # not the one that was asked about last
        names = dialog.findChild(QListView, "listView")
        qtbot.waitUntil(lambda names=names: names.model().rowCount(names.rootIndex()) > 0)
        typed(str(path))
        assert dialog.selectedFiles() == [str(path)]
        closed(owner, qtbot)


def test_the_offer_keeps_its_suffix_where_another_kind_comes_first(owner, qtbot, tmp_path: Path) -> None:
    kinds = "NumPy (*.npy);;PyTorch (*.pt *.pth)"
    ask_new_file(owner, lambda: "Save", print, path=str(tmp_path / "offer.pt"), kinds=lambda: kinds)
    dialog = dialog_of(owner, qtbot)
    assert dialog.findChild(QLineEdit, "fileNameEdit").text() == "offer.pt"
    assert dialog.selectedNameFilter() == "PyTorch (*.pt *.pth)"
    typed("mine.pth")
    use_language("pt_BR")
    assert dialog.findChild(QLineEdit, "fileNameEdit").text() == "mine.pth", "in another language, too"
    assert dialog.selectedNameFilter() == "PyTorch (*.pt *.pth)"
    closed(owner, qtbot)


def test_every_label_is_in_the_language_in_use_also_those_that_qt_has_no_words_for(owner, qtbot) -> None:
    for ask, name in ((ask_file, "&Nome do arquivo:"), (ask_folder, "&Pasta:")):
        ask(owner, lambda: "Open", print)
        dialog = dialog_of(owner, qtbot)
        labels = lambda: [label.text() for label in dialog.findChildren(QLabel)]  # noqa: B023, E731
        before = labels()
        use_language("pt_BR")
        assert labels() == ["&Procurar em:", name, "Arquivos do &tipo:"]
        use_language("en")
        assert labels() == before == ["&Look in:", before[1], "Files of &type:"]
        closed(owner, qtbot)


def test_a_name_without_a_suffix_gets_that_of_the_chosen_kind(owner, qtbot, tmp_path: Path) -> None:
    kinds = "NumPy (*.npy);;A table (*.csv *.tsv);;All files (*)"
    ask_new_file(owner, lambda: "Save", print, path=str(tmp_path / "offer.npy"), kinds=lambda: kinds)
    dialog = dialog_of(owner, qtbot)
    for suffix in (".npy", ".csv", ".csv"):  # all files have none of their own
        typed("name")
        assert dialog.selectedFiles() == [str(tmp_path / f"name{suffix}")]
        QTest.keyClick(dialog.findChild(QComboBox, "fileTypeCombo"), Qt.Key.Key_Down)
    closed(owner, qtbot)


def test_columns_and_pictures_are_the_programs_and_no_date_is_cut(owner, qtbot, tmp_path: Path) -> None:
    owner.resize(1000, 700)
    (tmp_path / "folder").mkdir()
    (tmp_path / "a_name_of_some_length.npy").write_bytes(bytes(3000))
    for scale in (1.0, 2.0):
        theme.current().set_scale(scale)
        try:
            ask_file(owner, lambda: "Open", print)
            dialog = dialog_of(owner, qtbot)
            dialog.setDirectory(str(tmp_path))
            table = dialog.findChild(QTreeView, "treeView")
            qtbot.waitUntil(lambda table=table: table.model().rowCount(table.rootIndex()) == 2)
            header = table.header()
            qtbot.waitUntil(
                lambda table=table, header=header: all(
                    header.sectionSize(place) >= table.sizeHintForColumn(place) > 0 for place in (1, 3)
                )
            )
            assert header.length() <= table.viewport().width() and header.sectionSize(0) > header.length() / 4
            path, cell = tmp_path / "folder", table.model().index(str(tmp_path / "folder"), 3)
            option = QStyleOptionViewItem()
            table.itemDelegateForIndex(cell).initStyleOption(option, cell)
            assert option.text == f"{datetime.fromtimestamp(path.stat().st_mtime):%-d %b %Y, %H:%M}"
            for view in (table, dialog.findChild(QListView, "sidebar")):
                assert view.iconSize().width() == theme.current().px(16)
            arrow = dialog.findChild(QToolButton, "toParentButton").icon().pixmap(16, 16).toImage()
            inks = {
                arrow.pixelColor(x, y).name()
                for x in range(16)
                for y in range(16)
                if arrow.pixelColor(x, y).alpha() == 255
            }
            assert theme.current().color("text.primary").name() in inks
            closed(owner, qtbot)
        finally:
            theme.current().set_scale(1.0)


@pytest.mark.parametrize("replaces", [True, False])
def test_what_is_there_is_asked_about_only_by_what_would_replace_it(
    owner, qtbot, tmp_path: Path, replaces: bool
) -> None:
    file = tmp_path / "there.npy"
    file.write_bytes(b"precious")
    chosen: list[str] = []
    ask_new_file(owner, lambda: "Save", chosen.append, path=str(tmp_path / "offer.npy"), replaces=replaces)
    dialog = dialog_of(owner, qtbot)
    typed(str(file))
    asked: list[str] = []

    def refuse() -> None:
        for box in dialog.findChildren(QMessageBox):
            asked.append(box.text())
            box.reject()

    looking = QTimer(owner, interval=10)  # the question waits in a loop of its own
    looking.timeout.connect(refuse)
    looking.start()
    QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(asked or chosen))
    looking.stop()
    assert (len(asked), chosen) == ((1, []) if replaces else (0, [str(file)]))
    closed(owner, qtbot)
