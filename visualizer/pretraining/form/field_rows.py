"""Rows of the configuration form: a name on the left, an editor on the right, one sentence below when it is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from engine.runs.config_rules import RULES
from engine.shared.language import tr
from visualizer.look import theme
from visualizer.look.choice_box import ChoiceBox
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import say_again, speak, speak_by
from visualizer.look.style_sheet import wear
from visualizer.look.turned_box import turn
from visualizer.pretraining.typed_text import as_read, as_typed, told_apart

_NUMBER_PX, _CHOICE_PX = 92, 150
_UNBOUND = (1 << 24) - 1  # px: the width of a widget that Qt does not limit
_ROOM_OF_A_BOX = 40  # px, of its words' surroundings
_GAP = 8  # pixels between a name and its editor
_WORDS = re.compile(r"[A-Za-z].*\s|\s.*[A-Za-z]")  # a command line, or prose


class Row(QWidget):
    """What the rows share. `changed` fires on every edit, `focused` when the person enters the editor."""

    changed = Signal()
    focused = Signal(str)  # the row's key
    pasted = Signal(str)  # a whole configuration was pasted into the field
    grown = Signal()  # it is higher: something is said under it

    def __init__(self, key: str, label: str, help_text: str, editor: QWidget, *, is_code: bool) -> None:
        super().__init__()
        self.key, self.label_text, self.help_text = key, label, help_text
        self.editor = editor
        self.is_code = is_code
        self.error = ""
        self.is_locked = self._is_below = False
        self._label = ElidedLabel(11.5 if is_code else 12, "text.secondary", mono=is_code, parent=self)
        speak(self._label.set_text, label)
        speak_by(self._label.setToolTip, lambda: f"{tr(label)}: {tr(help_text)}")  # also where it ends in "…"
        editor.setObjectName(f"field_{key}")
        speak(editor.setAccessibleName, label)
        speak(editor.setToolTip, help_text)
        self._error = self._sentence("error", key)
        self._notice = self._sentence("warning", key)
        self._line = line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.addWidget(self._label, 1)
        line.addWidget(editor)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._error)
        column.addWidget(self._notice)
        self.set_below(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() > event.oldSize().height() > 0:
            self.grown.emit()

    def width_beside(self) -> int:
        """Pixels that the whole name and the narrowest editor beside it take."""
        return self._label.sizeHint().width() + _GAP + self._least_editor()

    def set_below(self, is_below: bool) -> None:
        """The editor under the name, or beside it."""
        turn(self._line, is_below=is_below)
        self._line.setSpacing(2 if is_below else _GAP)
        self._is_below = is_below
        self._fit_editor()

    def _fit_editor(self) -> None:
        """Below its name an editor is as wide as all others."""

    def _least_editor(self) -> int:
        return theme.current().px(_NUMBER_PX)

    def set_error(self, sentence: str) -> None:
        """One sentence under the field; an empty one takes it away."""
        if sentence == self.error:
            return
        self.error = sentence
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.editor.setProperty("invalid", "true" if sentence else "false")
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    def set_notice(self, sentence: str) -> None:
        """One sentence under a field that is odd, not wrong; an empty one takes it away."""
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    def _sentence(self, role: str, key: str) -> QLabel:
        label = QLabel(self, objectName=f"{role}_{key}")
        label.setWordWrap(True)
        label.setProperty("role", role)
        label.hide()
        return label

    def dress(self) -> None:
        """Fonts and sizes in today's look."""
        for label in (self._error, self._notice):
            label.setFont(theme.current().font(11))

    def _style(self, kind: str) -> str:
        look = theme.current()
        fill, text = ("bg.raised", "text.secondary") if self.is_locked else ("bg.control", "text.primary")
        edge = "error.text" if self.error else "line.subtle" if self.is_locked else "line.default"
        font = f"font-family: 'JetBrains Mono'; font-size: {look.px(11.5)}px;" if self.is_code else ""
        return (
            f"{kind} {{ background: {look.color(fill).name()}; color: {look.color(text).name()}; {font}"
            f" border: 1px solid {look.color(edge).name()}; min-height: {look.px(18)}px;"
            f" padding: {look.px(2)}px {look.px(8)}px; }}"
            f"QComboBox:hover:enabled {{ background: {look.color('bg.hover').name()}; }}"
            f"{kind}:focus {{ border-color: {look.color('error.text' if self.error else 'accent.line').name()}; }}"
        )


class NumberRow(Row):
    """A number as text, so that nothing typed is ever changed or lost. It is written and typed as the language in use
    does, and `text()` is as the engine reads it; what `is_text` is so to the character."""

    def __init__(self, key: str, label: str, help_text: str, *, is_code: bool = True, is_text: bool = False) -> None:
        self._is_text = is_text
        self.edit = _Edit()
        self.edit.is_number = not is_text
        super().__init__(key, label, help_text, self.edit, is_code=is_code)
        self._is_whole = key not in RULES or RULES[key].is_whole
        self._text = ""
        self._read_words = self._sentence("caption", key)
        self._column.addWidget(self._read_words)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.textChanged.connect(self._read)
        self.edit.entered.connect(lambda: self.focused.emit(self.key))
        self.edit.dict_pasted.connect(self.pasted)
        say_again(self.edit, self._say)
        self.dress()

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._write(text)

    def _write(self, text: str) -> None:
        self.edit.setText(text if self._is_text else as_typed(text, is_whole=self._is_whole))
        self.edit.setCursorPosition(0)

    def _read(self, typed: str) -> None:
        self._text = typed if self._is_text else as_read(typed.strip(), is_whole=self._is_whole)
        self._say_read()
        self.changed.emit()

    def _say_read(self) -> None:
        """Of a number that could be another one elsewhere, which one it is here."""
        read = told_apart(self.edit.text(), self.key) if self.key in RULES else ""
        words = tr("Read as {number}.", number=read) if read else ""
        self._read_words.setText(words)
        self._read_words.setVisible(bool(words))
        self.edit.setAccessibleDescription(words)

    def _say(self) -> None:
        """In another language the same number is typed otherwise."""
        if not self._is_text and self.edit.text().strip() != as_typed(self._text, is_whole=self._is_whole):
            self._write(self._text)
        self._say_read()

    def set_error(self, sentence: str) -> None:
        if sentence != self.error:
            super().set_error(sentence)
            self.dress()

    def set_locked(self, is_locked: bool) -> None:
        """A fixed value can be read, selected and copied, not typed over."""
        self.is_locked = is_locked
        self.edit.setReadOnly(is_locked)
        self.dress()

    def dress(self) -> None:
        super().dress()
        self._read_words.setFont(theme.current().font(11))
        self._fit_editor()
        wear(self.edit, self._style("QLineEdit"))

    def _fit_editor(self) -> None:
        width = theme.current().px(_NUMBER_PX)
        self.edit.setMinimumWidth(width)
        self.edit.setMaximumWidth(_UNBOUND if self._is_below else width)


class ChoiceRow(Row):
    """One of a few values; `text()` is the value behind the chosen words."""

    def __init__(
        self, key: str, label: str, help_text: str, choices: Sequence[tuple[str, str]], *, is_code: bool = False
    ) -> None:
        self.box = _Box()
        super().__init__(key, label, help_text, self.box, is_code=is_code)
        self.set_choices(choices)
        say_again(self.box, self._say_choices)
        self.box.activated.connect(lambda _index: self.changed.emit())
        self.box.entered.connect(lambda: self.focused.emit(self.key))
        self.dress()

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these (value, words); the value that is chosen stays."""
        chosen = self.text()
        self.box.clear()
        self._words = dict(choices)
        for value, words in choices:
            self.box.addItem(tr(words), value)
        if chosen:
            self.set_text(chosen)

    def _say_choices(self) -> None:
        for index in range(self.box.count()):
            if words := self._words.get(self.box.itemData(index)):
                self.box.setItemText(index, tr(words))

    def text(self) -> str:
        return str(self.box.currentData() or "")

    def set_text(self, value: str) -> None:
        """Choose a value, or none. One that is not offered, such as the path of a corpus, is added on top."""
        index = self.box.findData(value)
        if index < 0 and value:
            index = 0
            self.box.insertItem(0, value.rstrip("/").rsplit("/", 1)[-1], value)
            self.box.setItemData(0, value, Qt.ItemDataRole.ToolTipRole)
        self.box.setCurrentIndex(index)

    def set_locked(self, is_locked: bool) -> None:
        self.is_locked = is_locked
        self.box.setEnabled(not is_locked)
        self.dress()

    def set_error(self, sentence: str) -> None:
        if sentence != self.error:
            super().set_error(sentence)
            self.dress()

    def dress(self) -> None:
        super().dress()
        self.box.preferred_px = _NUMBER_PX if self.is_code else _CHOICE_PX
        self.box.updateGeometry()
        wear(self.box, self._style("QComboBox"))


def _is_more(text: str) -> bool:
    """Than the value of one field."""
    return "{" in text or "\n" in text.strip() or text.count("=") > 1


class _Edit(QLineEdit):
    entered = Signal()
    dict_pasted = Signal(str)
    is_number = True  # of which no words are a part

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if _is_more(text) or (self.is_number and _WORDS.search(text.strip())):
                self.dict_pasted.emit(text)
                return
        super().keyPressEvent(event)


class _Box(ChoiceBox):
    entered = Signal()
    preferred_px = 0  # wide; it is no narrower than a field for a number

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        look, words = theme.current(), [self.itemText(place) for place in range(self.count())]
        widest = max(map(self.fontMetrics().horizontalAdvance, words), default=0) + look.px(_ROOM_OF_A_BOX)
        least, most = look.px(self.preferred_px), look.px(_CHOICE_PX)
        return QSize(max(least, min(widest, most)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(_NUMBER_PX), super().minimumSizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel scrolls the form; it must not change a setting on its way.
        event.ignore()
