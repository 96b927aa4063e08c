"""Boxes over the window: the program's own icons, one sentence, and the buttons that the caller adds."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from visualizer.look import icons, theme

_ICONS = {
    QMessageBox.Icon.Warning: ("warning", "warn.text"),
    QMessageBox.Icon.Critical: ("warning", "error.text"),
    QMessageBox.Icon.Question: ("info", "accent.text"),
    QMessageBox.Icon.Information: ("info", "accent.text"),
}


def message_box(parent: QWidget | None, name: str, icon: QMessageBox.Icon, title: str, sentence: str) -> QMessageBox:
    """A box that the caller opens, of that object name."""
    box = QMessageBox(icon, title, sentence, parent=parent)
    box.setObjectName(name)
    look = theme.current()
    drawing, token = _ICONS[icon]
    box.setIconPixmap(icons.pixmap(drawing, look.color(token), look.px(28), 2))
    return box


def complain(parent: QWidget, title: str, sentence: str) -> None:
    """Say in one sentence what could not be done, and return at once."""
    _tell(message_box(parent, "complaint", QMessageBox.Icon.Warning, title, sentence))


def inform(parent: QWidget, title: str, words: str) -> None:
    """Show a few words, and return at once."""
    _tell(message_box(parent, "information", QMessageBox.Icon.Information, title, words))


def _tell(box: QMessageBox) -> None:
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
