"""Rows of the settings: a name and a sentence on the left, what is set on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from engine.shared.language import tr
from visualizer.look import theme
from visualizer.look.focus_ring import RING_PX
from visualizer.look.spoken import say_again, speak, speak_by
from visualizer.look.wrapped_label import WrappedLabel

_EDITOR_PX = 230


class Row(QWidget):
    """`title` and `about` are marked constants; a search finds their words in both languages."""

    def __init__(self, title: str, about: str, editor: QWidget, name: str) -> None:
        super().__init__(objectName=f"setting_{name}")
        self.title, self.about, self.editor = title, about, editor
        editor.setObjectName(f"set_{name}")
        head, self.sentence = QLabel(self), WrappedLabel(self, name=f"about_{name}")
        speak(head.setText, title)
        speak(editor.setAccessibleName, title)
        speak(editor.setAccessibleDescription, about)
        head.setBuddy(editor)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(head)
        words.addWidget(self.sentence)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, RING_PX, RING_PX, RING_PX)
        self.line.addLayout(words, 1)
        self.line.addWidget(editor, 0, Qt.AlignmentFlag.AlignTop)
        self.complain("")
        theme.current().changed.connect(self._dress)
        self._dress()

    def complain(self, sentence: str) -> None:
        """In place of what the setting is about, why it was not taken; "" for nothing."""
        self.sentence.setProperty("role", "error" if sentence else "secondary")
        self.sentence.style().unpolish(self.sentence)
        self.sentence.style().polish(self.sentence)
        speak_by(self.sentence.setText, lambda: sentence or tr(self.about))
        self.sentence.setVisible(bool(sentence or self.about))

    def matches(self, words: Sequence[str]) -> bool:
        """Whether every word, in lower case, stands in it."""
        text = " ".join((self.title, self.about, tr(self.title), tr(self.about))).casefold()
        return all(word in text for word in words)

    def _dress(self) -> None:
        look = theme.current()
        self.line.setSpacing(look.px(16))
        if not isinstance(self.editor, QCheckBox):
            self.editor.setFixedWidth(look.px(_EDITOR_PX))
        self.sentence.setFont(look.font(11))


class RowsPage(QScrollArea):
    """Rows below each other."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.rows = tuple(rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        self._column = QVBoxLayout(body)
        for row in rows:
            self._column.addWidget(row)
        self._column.addStretch(1)
        self.setWidget(body)
        theme.current().changed.connect(self._dress)
        self._dress()

    def find(self, words: Sequence[str]) -> int:
        """Show only the rows in which every word stands; how many there are."""
        for row in self.rows:
            row.setVisible(row.matches(words))
        return sum(row.matches(words) for row in self.rows)

    def _dress(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(0, 0, look.px(12), look.px(12))
        self._column.setSpacing(look.px(18))


def choice(
    name: str, title: str, about: str, offered: Sequence[tuple[str, str]], chosen: str, take: Callable[[str], object]
) -> Row:
    """One of (value, words), of which a language may know the words."""
    box = QComboBox()
    for value, _ in offered:
        box.addItem("", value)

    def say() -> None:
        for place, (_, words) in enumerate(offered):
            box.setItemText(place, tr(words))

    say_again(box, say)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.activated.connect(lambda place: take(box.itemData(place)))
    return Row(title, about, box, name)


def switch(name: str, title: str, about: str, is_on: bool, take: Callable[[bool], object]) -> Row:
    """On or off."""
    box = QCheckBox()
    box.setChecked(is_on)
    box.toggled.connect(take)
    return Row(title, about, box, name)


def number(
    name: str,
    title: str,
    about: str,
    *,
    value: int,
    least: int,
    most: int,
    step: int,
    unit: str,
    take: Callable[[int], object],
) -> Row:
    """A whole number; `unit` follows it, and is a name that no language changes."""
    box = QSpinBox()
    box.setRange(least, most)
    box.setSingleStep(step)
    box.setSuffix(f" {unit}")
    box.setKeyboardTracking(False)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setValue(value)
    box.valueChanged.connect(take)
    return Row(title, about, box, name)


def text(name: str, title: str, about: str, *, value: str, empty: str, take: Callable[[str], str]) -> Row:
    """Any text; `take` returns why it cannot be, "" where it can. `empty` stands there in place of none."""
    field = QLineEdit(value)
    field.setPlaceholderText(empty)
    row = Row(title, about, field, name)
    field.editingFinished.connect(lambda: row.complain(take(field.text().strip())))
    return row
