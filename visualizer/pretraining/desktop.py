"""What the workspace asks of the desktop: clipboard, file manager, dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QPlainTextEdit, QVBoxLayout, QWidget

from engine.runs.run_folder import RunFolder
from engine.shared.language import mark, tr
from visualizer.look import theme
from visualizer.look.boxes import add_button, message_box
from visualizer.look.file_dialogs import ask_folder
from visualizer.look.questions import ask_text
from visualizer.look.spoken import Words, speak, speak_by


def copy(text: str) -> None:
    """Put text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def copy_path(path: Path) -> Words:
    """Put a path on the clipboard; what says so."""
    copy(str(path))
    return lambda: tr("Copied {path}", path=path)


def reveal(path: Path) -> None:
    """Show a folder in the file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def choose_folder(parent: QWidget, opened: Callable[[str], None]) -> None:
    """Ask for a run folder."""
    ask_folder(parent, lambda: tr("Open run folder"), opened)


def confirm_delete(parent: QWidget, path: Path, name: str, confirmed: Callable[[Path], None]) -> None:
    """Ask whether a run shall really be gone; `confirmed` is called where it shall."""
    box = message_box(
        parent,
        "delete_run",
        QMessageBox.Icon.Warning,
        lambda: tr("Delete run"),
        lambda: tr("Delete {run} with its records and checkpoint?", run=name),
    )
    speak_by(box.setInformativeText, lambda: f"{path}\n{tr('This cannot be undone.')}")
    delete = add_button(box, mark("Delete"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    delete.clicked.connect(lambda: confirmed(path))
    box.open()


def ask_name(parent: QWidget, name: str, renamed: Callable[[str], object]) -> None:
    """Ask for another name of a run; `renamed` is called with it."""
    ask_text(
        parent,
        "rename_run",
        lambda: tr("Rename run"),
        lambda: tr("Its folder keeps its own name, which an empty one brings back."),
        renamed,
        offer=name,
    )


def show_log(parent: QWidget, path: Path, name: str) -> None:
    """What the trainer of a run printed, newest at the bottom, in a window of its own."""
    look = theme.current()
    dialog = QDialog(parent, objectName="run_log")
    speak(dialog.setWindowTitle, "Log of {run}", run=name)
    text = QPlainTextEdit(dialog)
    if log := RunFolder(path).log_tail(100_000):
        text.setPlainText(log)
    else:
        speak(text.setPlainText, "The trainer printed nothing.")
    speak(text.setAccessibleName, "Log")
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
