"""File dialogs that nobody waits for: they open at once, and what is chosen comes later as a call.

Their titles and kinds are functions, `lambda: tr("Export")`: a dialog that stands while the language changes is said
anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QWidget

from visualizer.look.spoken import Words, say_again, speak_by


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
    """Ask where to write, with `path` as the offer; its suffix, if it has one, is added to a name that has none."""
    dialog = QFileDialog(parent)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(PurePath(path).suffix[1:])
    dialog.selectFile(path)
    for view in dialog.findChildren(QAbstractItemView):
        view.clearSelection()  # else Qt writes to the offer, if it exists, also where another path was pasted
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
    dialog.open()


def _say_kinds(dialog: QFileDialog, kinds: str) -> None:
    """The one that is chosen stays so."""
    before = dialog.nameFilters()
    place = before.index(dialog.selectedNameFilter()) if dialog.selectedNameFilter() in before else 0
    dialog.setNameFilters(kinds.split(";;"))
    dialog.selectNameFilter(dialog.nameFilters()[place])
