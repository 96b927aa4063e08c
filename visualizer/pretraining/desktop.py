"""What the workspace asks of the desktop: clipboard, file manager, dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QInputDialog, QMessageBox, QPlainTextEdit, QVBoxLayout, QWidget

from engine.runs.run_folder import RunFolder
from engine.shared.language import tr
from visualizer.look import theme
from visualizer.look.boxes import message_box
from visualizer.look.file_dialogs import ask_folder


def copy(text: str) -> None:
    """Put text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def copy_path(path: Path) -> str:
    """Put a path on the clipboard and say so."""
    copy(str(path))
    return tr("Copied {path}", path=path)


def reveal(path: Path) -> None:
    """Show a folder in the file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def choose_folder(parent: QWidget, opened: Callable[[str], None]) -> None:
    """Ask for a run folder."""
    ask_folder(parent, tr("Open run folder"), opened)


def confirm_delete(parent: QWidget, path: Path, confirmed: Callable[[Path], None]) -> None:
    """Ask whether a run shall really be gone; `confirmed` is called where it shall."""
    sentence = tr("Delete {run} with its records and checkpoint?", run=path.name)
    box = message_box(parent, "delete_run", QMessageBox.Icon.Warning, tr("Delete run"), sentence)
    box.setInformativeText(f"{path}\n{tr('This cannot be undone.')}")
    delete = box.addButton(tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    delete.clicked.connect(lambda: confirmed(path))
    box.open()


def ask_name(parent: QWidget, name: str, renamed: Callable[[str], object]) -> None:
    """Ask for another name of a run; `renamed` is called with it."""
    dialog = QInputDialog(parent)
    dialog.setObjectName("rename_run")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Rename run"))
    dialog.setLabelText(tr("Its folder keeps its own name, which an empty one brings back."))
    dialog.setTextValue(name)
    dialog.textValueSelected.connect(renamed)
    dialog.open()


def show_log(parent: QWidget, path: Path | None) -> None:
    """What the trainer of a run printed, newest at the bottom, in a window of its own."""
    if path is None:
        return
    look = theme.current()
    dialog = QDialog(parent, objectName="run_log")
    dialog.setWindowTitle(tr("Log of {run}", run=path.name))
    text = QPlainTextEdit(RunFolder(path).log_tail(100_000) or tr("The trainer printed nothing."), dialog)
    text.setObjectName("run_log_text")
    text.setReadOnly(True)
    text.setFont(look.mono(12))
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.addWidget(text)
    column.addWidget(buttons)
    dialog.resize(look.px(760), look.px(420))
    dialog.finished.connect(dialog.deleteLater)
    text.moveCursor(text.textCursor().MoveOperation.End)
    dialog.open()
