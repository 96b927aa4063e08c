"""Boxes over the window: the program's own icons, one sentence, and the buttons that the caller adds.

Their words are functions, `lambda: tr("Save?")`: a box that stands while the language changes is said anew.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QMessageBox, QPushButton, QSpacerItem, QWidget

from visualizer.look import icons, theme
from visualizer.look.spoken import Words, speak, speak_by

_ICONS = {
    QMessageBox.Icon.Warning: ("warning", "warn.text"),
    QMessageBox.Icon.Critical: ("warning", "error.text"),
    QMessageBox.Icon.Question: ("info", "accent.text"),
    QMessageBox.Icon.Information: ("info", "accent.text"),
}

_LEAST_WIDTH, _MARGIN = 380, 16  # pixels at the usual size of text


class _Box(QMessageBox):
    """No narrower than a sentence that is read without a search for its next line, and no wider than the window."""

    def showEvent(self, event: QShowEvent) -> None:
        grid, look = self.layout(), theme.current()
        if isinstance(grid, QGridLayout):  # Qt makes another one at each new button, and asks how wide it is now
            room = self.parentWidget().window().width() if self.parentWidget() is not None else look.px(_LEAST_WIDTH)
            width = min(look.px(_LEAST_WIDTH), room) - 2 * look.px(_MARGIN)
            grid.setContentsMargins(*(look.px(_MARGIN),) * 4)
            grid.addItem(QSpacerItem(width, 0), grid.rowCount(), 0, 1, grid.columnCount())
        super().showEvent(event)


def message_box(
    parent: QWidget | None, name: str, icon: QMessageBox.Icon, title: Words, sentence: Words
) -> QMessageBox:
    """A box that the caller opens, of that object name; it goes with its answer."""
    box = _Box(icon, "", "", parent=parent)
    box.setObjectName(name)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    speak_by(box.setWindowTitle, title)
    speak_by(box.setText, sentence)
    look = theme.current()
    drawing, token = _ICONS[icon]
    box.setIconPixmap(icons.pixmap(drawing, look.color(token), look.px(28), 2))
    return box


def add_button(box: QMessageBox, words: str, role: QMessageBox.ButtonRole) -> QPushButton:
    """A button of the box, with a text that `tr` knows."""
    button = box.addButton("", role)
    speak(button.setText, words)
    return button


def complain(
    parent: QWidget, title: Words, sentence: Words, *, instead: tuple[str, Callable[[], object]] | None = None
) -> None:
    """Say in one sentence what could not be done, and return at once. `instead` is what can be done in its place: a
    text that `tr` knows, and what its button calls."""
    box = message_box(parent, "complaint", QMessageBox.Icon.Warning, title, sentence)
    if instead is not None:
        words, act = instead
        box.setStandardButtons(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(add_button(box, words, QMessageBox.ButtonRole.AcceptRole))
        box.accepted.connect(act)
    box.open()


def inform(parent: QWidget, title: Words, words: Words) -> None:
    """Show a few words, and return at once."""
    message_box(parent, "information", QMessageBox.Icon.Information, title, words).open()
