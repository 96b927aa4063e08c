"""Questions that a word or a choice answers: they open at once, and what is answered comes later as a call.

Their words are functions, `lambda: tr("Rename run")`: a question that stands while the language changes is said anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QWidget

from visualizer.look import theme
from visualizer.look.spoken import Words, say_again, speak_by

_WIDTH = 380  # pixels at the usual size of text


def ask_text(
    parent: QWidget, name: str, title: Words, label: Words, taken: Callable[[str], object], *, offer: str
) -> None:
    """Ask for a text, with one to begin with, in a dialog of that object name."""
    dialog = _dialog(parent, name, title, label)
    dialog.setTextValue(offer)
    dialog.textValueSelected.connect(taken)
    _show(dialog)


def ask_choice(
    parent: QWidget,
    name: str,
    title: Words,
    label: Words,
    choices: Callable[[], Sequence[str]],
    taken: Callable[[int], object],
) -> None:
    """Ask for one of some, which are as many in every language; `taken` is called with its place."""
    dialog = _dialog(parent, name, title, label)

    def say_choices() -> None:
        before = dialog.comboBoxItems()
        place = before.index(dialog.textValue()) if dialog.textValue() in before else 0
        words = list(choices())
        dialog.setComboBoxItems(words)
        dialog.setTextValue(words[place])

    say_again(dialog, say_choices)
    dialog.textValueSelected.connect(lambda chosen: taken(dialog.comboBoxItems().index(chosen)))
    _show(dialog)


def _dialog(parent: QWidget, name: str, title: Words, label: Words) -> QInputDialog:
    dialog = QInputDialog(parent)
    dialog.setObjectName(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    speak_by(dialog.setWindowTitle, title)
    speak_by(dialog.setLabelText, label)
    dialog.findChild(QLabel).setWordWrap(True)  # a long question makes no dialog wider than the window
    dialog.setMinimumWidth(theme.current().px(_WIDTH))
    return dialog


def _show(dialog: QInputDialog) -> None:
    dialog.open()
    dialog.layout().setContentsMargins(*(theme.current().px(16),) * 4)  # there is none before
