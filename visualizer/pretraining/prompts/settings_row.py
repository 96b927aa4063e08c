"""How the next token is drawn: temperature, top-k, seed and length, each as typed text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from engine.runs.config_rules import RULES, ConfigError
from engine.runs.prompts import Prompt
from engine.runs.typed_numbers import read_number
from engine.shared.language import mark
from engine.shared.numbers import plain
from visualizer.look import theme
from visualizer.look.flow_layout import FlowLayout
from visualizer.look.spoken import say_again, speak
from visualizer.pretraining.typed_text import as_read, as_typed

_FIELDS = {
    "temperature": (
        mark("Temperature"),
        mark("How bold it draws: 0 always takes the most probable token, 1 draws as the model says"),
    ),
    "top_k": (mark("Top-k"), mark("Among how many of the most probable tokens it draws; 0 draws among all")),
    "seed": (mark("Seed"), mark("Where the random numbers start: the same seed gives the same text")),
    "max_tokens": (mark("Tokens"), mark("How many tokens it writes")),
}


class SettingsRow(QWidget):
    """One after another, in as many rows as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self.edits: dict[str, QLineEdit] = {}
        self._texts: dict[str, str] = {}  # of each field, as the engine reads it
        first = Prompt(text="")
        for name, (label, tip) in _FIELDS.items():
            self.edits[name] = edit = QLineEdit(self, objectName=f"prompt_{name}")
            self._texts[name] = plain(getattr(first, name))
            say_again(edit, partial(self._say, name))
            edit.textChanged.connect(partial(self._keep, name))
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            speak(edit.setAccessibleName, label)
            words = QLabel(self)
            speak(words.setText, label)
            words.setProperty("role", "secondary")
            words.setBuddy(edit)
            pair = QWidget(self)
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(words)
            row.addWidget(edit)
            speak(pair.setToolTip, tip)
            self._flow.addWidget(pair)
            edit.textEdited.connect(lambda _text: self._mark(""))
        theme.current().changed.connect(self._dress)
        self._dress()

    def numbers(self) -> Mapping[str, int | float]:
        """By the names of Prompt's fields. Raises ConfigError for the first that is none; its field is marked."""
        try:
            found = {name: read_number(name, text) for name, text in self._texts.items()}
        except ConfigError as error:
            self._mark(error.field)
            self.edits[error.field].setFocus()
            raise
        self._mark("")
        return found

    def _keep(self, name: str, typed: str) -> None:
        self._texts[name] = as_read(typed.strip(), is_whole=RULES[name].is_whole)

    def _say(self, name: str) -> None:
        """The same number as one types it in the language in use."""
        self.edits[name].setText(as_typed(self._texts[name], is_whole=RULES[name].is_whole))

    def _mark(self, wrong: str) -> None:
        for name, edit in self.edits.items():
            edit.setProperty("invalid", "true" if name == wrong else "false")
            edit.style().unpolish(edit)
            edit.style().polish(edit)

    def _dress(self) -> None:
        look = theme.current()
        self._flow.setSpacing(look.px(10))
        for name, edit in self.edits.items():
            edit.setFont(look.mono(12))
            edit.setFixedWidth(look.px(78 if name == "seed" else 58))
        self.updateGeometry()
