"""The arguments of a program and the folder that it begins in, asked for."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.protocol.errors import EngineError
from engine.protocol.invocation import Invocation
from engine.shared.language import said, tr
from visualizer.app.command_line import text_of, words_of
from visualizer.look import theme
from visualizer.look.file_dialogs import ask_folder
from visualizer.look.spoken import Words, say_again, speak, speak_by
from visualizer.look.wrapped_label import WrappedLabel

_ROWS = 3  # of arguments that are seen


class InvocationDialog(QDialog):
    """Of the program `name`, which begins in `first_folder` while that field is empty, as `first_words` say. What is
    typed is shown as Python will have it, and what is wrong with it at once."""

    chosen = Signal(object)  # an Invocation, whose folder is "" for the first

    def __init__(
        self, parent: QWidget, name: str, invocation: Invocation, first_folder: str, first_words: Words
    ) -> None:
        super().__init__(parent)
        self.setObjectName("invocation_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name, self._first_words = name, first_words
        self._arguments: tuple[str, ...] = ()
        speak_by(self.setWindowTitle, lambda: tr("Arguments and folder of {program}", program=name))
        # Made in the order in which they stand: it is that of Tab.
        self.arguments = QPlainTextEdit(text_of(invocation.arguments), self, objectName="arguments")
        self.arguments.setProperty("kind", "field")
        self.arguments.setTabChangesFocus(True)
        self.arguments.setPlaceholderText('--epochs 3 --name "a run"')
        self.folder = QLineEdit(invocation.folder, self, objectName="folder")
        self.folder.setPlaceholderText(first_folder)
        self.choose = QPushButton(self, objectName="choose_folder")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._told = WrappedLabel(self, name="told_arguments")
        self._folder_told = WrappedLabel(self, name="told_folder")
        self._build()
        self.arguments.textChanged.connect(self._judge)
        self.folder.textChanged.connect(self._judge)
        self.choose.clicked.connect(
            lambda: ask_folder(self, lambda: tr("Folder that the program begins in"), self.folder.setText)
        )
        self.buttons.accepted.connect(self._finish)
        self.buttons.rejected.connect(self.reject)
        say_again(self, self._judge)
        self.arguments.selectAll()
        self.arguments.setFocus()

    def _build(self) -> None:
        look = theme.current()
        words, where = QLabel(self), QLabel(self)
        speak(words.setText, "&Arguments, as on a command line")
        speak(where.setText, "&Folder that it begins in")
        speak(self.choose.setText, "Choose folder…")
        words.setBuddy(self.arguments)
        where.setBuddy(self.folder)
        speak(self.arguments.setAccessibleName, "Arguments, as on a command line")
        speak(self.folder.setAccessibleName, "Folder that it begins in")
        self.arguments.setFont(look.mono(12))
        rows = _ROWS * self.arguments.fontMetrics().lineSpacing()
        self.arguments.setFixedHeight(rows + look.px(18))
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.px(16),) * 4)
        column.setSpacing(look.px(6))
        for widget in (words, self.arguments, self._told):
            column.addWidget(widget)
        column.addSpacing(look.px(8))
        column.addWidget(where)
        column.addLayout(row)
        column.addWidget(self._folder_told)
        column.addStretch(1)
        column.addWidget(self.buttons)
        for label in (self._told, self._folder_told):
            label.setFont(look.font(11.5))
            label.setMinimumHeight((2 if label is self._told else 1) * label.fontMetrics().lineSpacing())
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setMinimumWidth(look.px(460))

    def _judge(self) -> None:
        fault = ""
        try:
            self._arguments = words_of(self.arguments.toPlainText(), self._name)
        except EngineError as error:
            fault = said(error.sentence)
        _say(
            self._told, fault or tr("Python has {words}", words=f"sys.argv = {[self._name, *self._arguments]!r}"), fault
        )
        folder = self._typed_folder
        missing = bool(folder) and not os.path.isdir(folder)
        words = tr("There is no folder {path} on this machine.", path=folder) if missing else ""
        _say(self._folder_told, words or ("" if folder else self._first_words()), words)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not fault)

    @property
    def _typed_folder(self) -> str:
        text = self.folder.text().strip()
        return os.path.abspath(os.path.expanduser(text)) if text else ""

    def _finish(self) -> None:
        self.chosen.emit(Invocation(self._arguments, self._typed_folder))
        self.accept()


def _say(label: QLabel, words: str, fault: str) -> None:
    """In the colour of what it is."""
    label.setText(words)
    role = "error" if fault else "secondary"
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
