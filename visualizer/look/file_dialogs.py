"""File dialogs that nobody waits for: they open at once, and what is chosen comes later as a call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QWidget


def ask_file(
    parent: QWidget, title: str, chosen: Callable[[str], object], *, folder: str = "", kinds: str = ""
) -> None:
    """Ask for a file that there is; `kinds` are Qt's name filters."""
    dialog = QFileDialog(parent, title, folder, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, chosen)


def ask_new_file(parent: QWidget, title: str, chosen: Callable[[str], object], *, path: str, kinds: str = "") -> None:
    """Ask where to write, with `path` as the offer; its suffix, if it has one, is added to a name that has none."""
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(PurePath(path).suffix[1:])
    dialog.selectFile(path)
    for view in dialog.findChildren(QAbstractItemView):
        view.clearSelection()  # else Qt writes to the offer, if it exists, also where another path was pasted
    _open(dialog, chosen)


def ask_folder(parent: QWidget, title: str, chosen: Callable[[str], object]) -> None:
    """Ask for a folder that there is."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, chosen)


def _open(dialog: QFileDialog, chosen: Callable[[str], object]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
