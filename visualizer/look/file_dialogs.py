"""File dialogs that nobody waits for: they open at once, and what is chosen comes later as a call.

Their titles and kinds are functions, `lambda: tr("Export")`: a dialog that stands while the language changes is said
anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import QFileInfo, QLocale, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QFileIconProvider,
    QFileSystemModel,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QWidget,
)

from engine.shared.language import tr
from visualizer.look import icons, theme
from visualizer.look.spoken import Words, say_again, speak_by
from visualizer.look.style_sheet import wear

_WIDTH, _HEIGHT = 820, 480  # px at 100 %
_PLACES = 150  # of it the list of places
_KINDS, _DATES = 2, 3  # columns of Qt's table
# Qt's buttons, and what is drawn on them
_BUTTONS = {
    "backButton": "back",
    "forwardButton": "step",
    "toParentButton": "up",
    "newFolderButton": "folder-plus",
    "listModeButton": "grid",
    "detailModeButton": "list",
}
_NAME = "fileNameEdit"  # Qt's field
_SUFFIX = re.compile(r"\*\.([^\s)*]+)")


def ask_file(
    parent: QWidget, title: Words, chosen: Callable[[str], object], *, folder: str = "", kinds: Words | None = None
) -> None:
    """Ask for a file that there is; `kinds` are Qt's name filters, as many in every language."""
    dialog = QFileDialog(parent, "", folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, title, kinds, chosen)


def ask_new_file(
    parent: QWidget,
    title: Words,
    chosen: Callable[[str], object],
    *,
    path: str,
    kinds: Words | None = None,
    replaces: bool = True,
) -> None:
    """Ask where to write, with `path` as the offer. To a name that has no suffix that of the chosen kind is added, at
    first that of the offer. What is there already is asked about, unless `chosen` never `replaces` it."""
    dialog = QFileDialog(parent)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not replaces)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(PurePath(path).suffix[1:])
    dialog.filterSelected.connect(lambda kind: _follow_kind(dialog, kind))
    dialog.selectFile(path)
    _forget_selection(dialog)
    _open(dialog, title, kinds, chosen)


def ask_folder(parent: QWidget, title: Words, chosen: Callable[[str], object]) -> None:
    """Ask for a folder that there is."""
    dialog = QFileDialog(parent)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, title, None, chosen)


def _open(dialog: QFileDialog, title: Words, kinds: Words | None, chosen: Callable[[str], object]) -> None:
    speak_by(dialog.setWindowTitle, title)
    if kinds is not None:
        say_again(dialog, lambda: _say_kinds(dialog, kinds()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    name = dialog.findChild(QLineEdit, _NAME)
    if name is not None:  # there is none where the desktop has a dialog of its own
        name.textEdited.connect(lambda: _forget_selection(dialog))
    _make_room(dialog)
    say_again(dialog, lambda: _say_labels(dialog))
    dialog.open()


def _say_labels(dialog: QFileDialog) -> None:
    """What Qt's own words of some languages lack."""
    is_folder = dialog.fileMode() == QFileDialog.FileMode.Directory
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("&Look in:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileName, tr("&Folder:") if is_folder else tr("File &name:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("Files of &type:"))


def _make_room(dialog: QFileDialog) -> None:
    """As wide as the window lets it. Sizes, kinds and dates are whole, and the names have the rest."""
    look, window = theme.current(), dialog.parentWidget().window().size()
    dialog.resize(min(look.px(_WIDTH), window.width()), min(look.px(_HEIGHT), window.height()))
    _dress(dialog)
    splitter = dialog.findChild(QSplitter)
    if splitter is not None:
        splitter.setSizes([look.px(_PLACES), look.px(_WIDTH - _PLACES)])
    table = dialog.findChild(QTreeView, "treeView")
    if table is not None:  # as above
        header = table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setItemDelegateForColumn(_DATES, _Dates(table))
        table.setColumnHidden(_KINDS, look.px(_WIDTH) > window.width())  # which its suffix tells, too


class _Dates(QStyledItemDelegate):
    """When a file was changed, as the language in use writes it; Qt asks the system, whatever one reads."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        files = index.model()
        if isinstance(files, QFileSystemModel):
            option.text = QLocale().toString(files.lastModified(index), tr("d MMM yyyy, HH:mm"))


class _Pictures(QFileIconProvider):
    """Folders and files as the program draws them: those of Qt keep their colours and their size in every look."""

    def icon(self, of: QFileIconProvider.IconType | QFileInfo) -> QIcon:
        is_folder = of.isDir() if isinstance(of, QFileInfo) else of != QFileIconProvider.IconType.File
        return icons.icon("folder" if is_folder else "page")


def _dress(dialog: QFileDialog) -> None:
    """With the program's icons, in its size of text."""
    look, pictures = theme.current(), _Pictures()
    dialog.setIconProvider(pictures)
    dialog.setProperty("pictures", pictures)  # Qt does not keep it
    for name, picture in _BUTTONS.items():
        button = dialog.findChild(QToolButton, name)
        if button is not None:
            button.setIcon(icons.icon(picture, look.color("text.primary")))
            button.setIconSize(QSize(look.px(16), look.px(16)))
    for kind in (QAbstractItemView, QComboBox):
        for each in dialog.findChildren(kind):
            each.setIconSize(QSize(look.px(16), look.px(16)))
    for table in dialog.findChildren(QTreeView):
        wear(table, f"QTreeView::item {{ padding: {look.px(2)}px {look.px(6)}px; }}")


def _follow_kind(dialog: QFileDialog, kind: str) -> None:
    """The first suffix of a kind, `CSV (*.csv *.tsv)`, where it has one."""
    suffix = _SUFFIX.search(kind)
    if suffix is not None:
        dialog.setDefaultSuffix(suffix[1])


def _forget_selection(dialog: QFileDialog) -> None:
    """What is typed or pasted is meant, and nothing else: Qt takes what is selected in its list first, which is the
    offer, if it exists, and of a path that is typed each folder on its way."""
    for view in dialog.findChildren(QAbstractItemView):
        view.clearSelection()


def _say_kinds(dialog: QFileDialog, kinds: str) -> None:
    """The one that is chosen stays so, at first that of the offer. What stands in the field does, too: Qt gives it the
    suffix of each kind on the way."""
    before, every = dialog.nameFilters(), kinds.split(";;")
    offered = (place for place, kind in enumerate(every) if dialog.defaultSuffix() in _SUFFIX.findall(kind))
    is_again = len(before) == len(every)  # before that there is Qt's own kind, of all files
    place = before.index(dialog.selectedNameFilter()) if is_again else next(offered, 0)
    field = dialog.findChild(QLineEdit, _NAME)
    text = "" if field is None else field.text()
    dialog.setNameFilters(every)
    dialog.selectNameFilter(dialog.nameFilters()[place])
    if field is not None and field.text() != text:
        field.setText(text)
