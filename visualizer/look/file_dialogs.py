"""File dialogs that nobody waits for: they open at once, and what is chosen comes later as a call.

Their titles and kinds are functions, `lambda: tr("Export")`: a dialog that stands while the language changes is said
anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QLineEdit, QWidget

from visualizer.look.spoken import Words, say_again, speak_by

_SUFFIX = re.compile(r"\*\.([^\s)*]+)")


def ask_file(
    parent: QWidget, title: Words, chosen: Callable[[str], object], *, folder: str = "", kinds: Words | None = None
) -> None:
    """Ask for a file that there is; `kinds` are Qt's name filters, as many in every language."""
    dialog = QFileDialog(parent, "", folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, title, kinds, chosen)


def ask_new_file(
    parent: QWidget, title: Words, chosen: Callable[[str], object], *, path: str, kinds: Words | None = None
) -> None:
    """Ask where to write, with `path` as the offer. To a name that has no suffix that of the chosen kind is added, at
    first that of the offer."""
    dialog = QFileDialog(parent)
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
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    if name is not None:  # there is none where the desktop has a dialog of its own
        name.textEdited.connect(lambda: _forget_selection(dialog))
    dialog.open()


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
    """The one that is chosen stays so."""
    before = dialog.nameFilters()
    place = before.index(dialog.selectedNameFilter()) if dialog.selectedNameFilter() in before else 0
    dialog.setNameFilters(kinds.split(";;"))
    dialog.selectNameFilter(dialog.nameFilters()[place])
