"""Rows of the settings: a name and a sentence on the left, what is set on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.shared.language import grouped, mark, tr
from visualizer.look import icons, theme
from visualizer.look.announcing import announce
from visualizer.look.bare import bare
from visualizer.look.focus_ring import RING_PX
from visualizer.look.spoken import Words, say_again, speak, speak_by
from visualizer.look.wrapped_label import WrappedLabel

_EDITOR_PX = 230
_BESIDE_PX = 300  # where name and editor stand side by side


# What people call it who do not know its name: found, and nowhere on the screen.
_CALLED = {
    "setting_theme": mark("dark mode, light mode, night, colours, appearance"),
    "setting_contrast": mark("accessibility, low vision, readable"),
    "setting_signs": mark("accessibility, colour blind, color blindness, greyscale"),
    "setting_scale": mark("accessibility, font size, zoom, letters, larger, smaller"),
    "setting_motion": mark("accessibility, animations, effects, flicker"),
    "setting_pairs": mark("autoclose, quotation marks, parentheses"),
    "setting_engine_command": mark("interpreter, virtual environment, venv, conda, remote, ssh"),
    "setting_recorded": mark("RAM, limit, budget, history of values"),
    "setting_passes": mark("RAM, limit, budget, history of passes"),
    "setting_runs_folder": mark("directory, path, where runs are saved, checkpoints"),
}


class Row(QWidget):
    """`title` and `about` are marked constants; a search finds their words in both languages."""

    def __init__(self, title: str, about: str, editor: QWidget, name: str) -> None:
        super().__init__(objectName=f"setting_{name}")
        self.title, self.about, self.editor = title, about, editor
        self._room = 1 << 16
        editor.setObjectName(f"set_{name}")
        head, self.sentence = QLabel(self), WrappedLabel(self, name=f"about_{name}")
        head.setWordWrap(True)
        speak(head.setText, title)
        speak(editor.setAccessibleName, title)
        speak(editor.setAccessibleDescription, about)
        head.setBuddy(editor)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(head)
        words.addWidget(self.sentence)
        self.beside = QHBoxLayout()
        self.beside.addWidget(editor, 0, Qt.AlignmentFlag.AlignTop)
        self._line = QHBoxLayout()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, RING_PX, RING_PX, RING_PX)
        self.column.addLayout(self._line)
        self._line.addLayout(words, 1)
        self._line.addLayout(self.beside)
        self.first = QToolButton(self, objectName=f"first_{name}")
        self._is_first: Callable[[], bool] = lambda: True
        policy = self.first.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves when it comes
        self.first.setSizePolicy(policy)
        speak(self.first.setToolTip, "As at first")
        speak_by(self.first.setAccessibleName, lambda: tr("{setting}: as at first", setting=tr(title)))
        self.beside.addWidget(self.first, 0, Qt.AlignmentFlag.AlignTop)
        self.complain()
        theme.current().changed.connect(self._dress)
        self._dress()

    def complain(self, words: Words = str) -> None:
        """In place of what the setting is about, why it was not taken; by default nothing."""
        sentence = words()
        self.sentence.setProperty("role", "error" if sentence else "secondary")
        self.sentence.style().unpolish(self.sentence)
        self.sentence.style().polish(self.sentence)
        speak_by(self.sentence.setText, lambda: words() or tr(self.about))
        self.sentence.setVisible(bool(sentence or self.about))
        announce(self, sentence)

    def restore_by(self, is_first: Callable[[], bool], restore: Callable[[], object]) -> None:
        """How it is known to be as at first, and made so again."""
        self._is_first = is_first
        self.first.clicked.connect(lambda checked=False: self._restore(restore))
        self.show_first()

    def _restore(self, restore: Callable[[], object]) -> None:
        self.editor.setFocus(Qt.FocusReason.TabFocusReason)  # the button is about to go
        restore()
        self.complain()
        self.show_first()

    def show_first(self) -> None:
        """The way back, where what is set is not what it was at first."""
        self.first.setVisible(not self._is_first())

    def matches(self, words: Sequence[str]) -> bool:
        """Whether every word, in small letters without accents, stands in it."""
        said = self.title, self.about, _CALLED.get(self.objectName(), "")
        text = " ".join((*said, *map(tr, filter(None, said))))
        return all(word in bare(text) for word in words)

    def set_room(self, width: int) -> None:
        """How wide the row may be: what it is about keeps half of it, or stands above where that is too little."""
        self._room = width
        if isinstance(self.editor, QCheckBox):
            return
        beside = (self.beside.itemAt(place).widget() for place in range(self.beside.count()))
        others = [widget for widget in beside if widget is not None and widget is not self.editor]
        taken = sum(widget.sizeHint().width() + self.beside.spacing() for widget in others)
        is_narrow = width < theme.current().px(_BESIDE_PX)
        self._line.setDirection(QHBoxLayout.Direction.TopToBottom if is_narrow else QHBoxLayout.Direction.LeftToRight)
        room = max(width - taken - RING_PX, 0)
        self.editor.setFixedWidth(room if is_narrow else min(theme.current().px(_EDITOR_PX), room // 2))

    def _dress(self) -> None:
        look = theme.current()
        self.beside.setSpacing(look.px(16))
        self._line.setSpacing(look.px(16))
        self.first.setIcon(icons.icon("undo"))
        self.first.setIconSize(QSize(look.px(14), look.px(14)))
        self.set_room(self._room)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self.rows:
            row.set_room(self.viewport().width() - self._column.contentsMargins().right())

    def find(self, words: Sequence[str]) -> int:
        """Show only the rows in which every word stands; how many there are."""
        for row in self.rows:
            row.setVisible(row.matches(words))
        return sum(row.matches(words) for row in self.rows)

    def _dress(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(0, 0, look.px(12), look.px(12))
        self._column.setSpacing(look.px(18))


class _NumberBox(QSpinBox):
    """A number that is too small or too large can be typed, and is refused then: its digits do not just stop."""

    refused = Signal()

    def validate(self, text: str, place: int) -> object:
        found = super().validate(text, place)
        is_whole = text.removesuffix(self.suffix()).strip().isdecimal()
        is_refused = isinstance(found, tuple) and found[0] == QValidator.State.Invalid
        return (QValidator.State.Intermediate, text, place) if is_refused and is_whole else found

    def fixup(self, text: str) -> str:
        self.refused.emit()
        return text  # which is none still, so that the number before comes back


def choice(
    name: str,
    title: str,
    about: str,
    offered: Sequence[tuple[str, str]],
    chosen: str,
    take: Callable[[str], object],
    *,
    first: str,
) -> Row:
    """One of (value, words), of which a language may know the words; `first` is what nobody has chosen."""
    box = QComboBox()
    for value, _ in offered:
        box.addItem("", value)

    def say() -> None:
        for place, (_, words) in enumerate(offered):
            box.setItemText(place, tr(words))

    say_again(box, say)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.activated.connect(lambda place: take(box.itemData(place)))
    row = Row(title, about, box, name)
    box.currentIndexChanged.connect(lambda place: row.show_first())

    def restore() -> None:
        box.setCurrentIndex(box.findData(first))
        take(first)

    row.restore_by(lambda: box.currentData() == first, restore)
    return row


def switch(
    name: str, title: str, about: str, is_on: bool, take: Callable[[bool], object], *, first: bool = False
) -> Row:
    """On or off."""
    box = QCheckBox()
    box.setChecked(is_on)
    box.toggled.connect(take)
    row = Row(title, about, box, name)
    box.toggled.connect(lambda is_on: row.show_first())
    row.restore_by(lambda: box.isChecked() == first, lambda: box.setChecked(first))
    return row


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
    first: int,
) -> Row:
    """A whole number; `unit` follows it, and is a name that no language changes."""
    box = _NumberBox()
    box.setRange(least, most)
    box.setSingleStep(step)
    box.setSuffix(f" {unit}")
    box.setKeyboardTracking(False)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setValue(value)
    box.valueChanged.connect(take)
    row = Row(title, about, box, name)
    box.valueChanged.connect(lambda number: row.show_first())
    box.lineEdit().textEdited.connect(lambda text: row.complain())
    box.refused.connect(lambda: row.complain(partial(_range_words, least, most, unit)))
    row.restore_by(lambda: box.value() == first, lambda: box.setValue(first))
    return row


def _range_words(least: int, most: int, unit: str) -> str:
    return tr("A whole number from {least} to {most} {unit}.", least=grouped(least), most=grouped(most), unit=unit)


def text(name: str, title: str, about: str, *, value: str, empty: str, take: Callable[[str], Words]) -> Row:
    """Any text; `take` returns the words why it cannot be, `str` where it can. `empty` stands in place of none."""
    field = QLineEdit(value)
    field.setPlaceholderText(empty)
    row = Row(title, about, field, name)

    def finish() -> None:
        row.complain(take(field.text().strip()))
        row.show_first()

    def restore() -> None:
        field.clear()
        take("")

    field.editingFinished.connect(finish)
    row.restore_by(lambda: not field.text().strip(), restore)
    return row
