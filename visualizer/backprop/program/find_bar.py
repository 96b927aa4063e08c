"""The row over the program for what is looked for in it, and what is put in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from engine.shared.language import mark
from visualizer.backprop.program.finding import Wanted
from visualizer.look import icons, theme
from visualizer.look.announcing import announce
from visualizer.look.escape import claims_escape
from visualizer.look.spoken import speak

_RETURN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(QFrame):
    """Emits what the person wants; `say` shows what came of it. Escape closes it."""

    edited = Signal()  # what is looked for, or how
    step_wanted = Signal(int)  # 1 on, -1 back
    replace_wanted = Signal(bool)  # all of them
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self.field = self._field("find_field", mark("Find in the program"))
        self.field.textEdited.connect(lambda text: self.edited.emit())
        self.substitute = self._field("replace_field", mark("Replace with"))
        self._result = QLabel(self, objectName="find_result")
        self._result.setProperty("role", "caption")
        self._result.setWordWrap(True)
        self.case = self._switch("Aa", mark("Capital and small letters differ"))
        self.word = self._switch("ab|", mark("Whole words only"))
        self.pattern = self._switch(
            ".*", mark("A regular expression; \\1 or $1 in the replacement is its first brackets")
        )
        self.within = self._switch("[ ]", mark("Only in the lines that are selected"))
        self._up = self._button("find_previous_button", mark("Previous match — Shift+F3"), lambda: self._step(-1))
        self._down = self._button("find_next_button", mark("Next match — F3"), lambda: self._step(1))
        self._close = self._button("find_close", mark("Close — Esc"), self.close_bar)
        self._one = self._replacing_button("replace_one", is_all=False)
        speak(self._one.setText, "Replace")
        speak(self._one.setToolTip, "Replace this match, and on to the next — Enter")
        self._all = self._replacing_button("replace_all", is_all=True)
        speak(self._all.setText, "All")
        speak(self._all.setToolTip, "Replace every match, as one step of undo — Ctrl+Alt+Enter")
        self._build()
        theme.current().changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def wanted(self) -> Wanted:
        """What is looked for, and how."""
        return Wanted(self.field.text(), self.case.isChecked(), self.word.isChecked(), self.pattern.isChecked())

    def open(self, text: str, *, is_replacing: bool) -> None:
        """Show it with this text, ready to be typed over."""
        self._replacing.setVisible(is_replacing)
        self.show()
        if text:
            self.field.setText(text)
        self.field.setFocus()
        self.field.selectAll()
        self.edited.emit()

    def limit(self, is_limited: bool) -> None:
        """Look only in what is selected, or anywhere, without being told of it."""
        with QSignalBlocker(self.within):
            self.within.setChecked(is_limited)

    def say(self, text: str, *, is_fault: bool = False) -> None:
        """What the search found, or why it is none."""
        if text != self._result.text():
            announce(self, text)
        self._result.setText(text)
        color = theme.current().color("error.text").name() if is_fault else ""
        self._result.setStyleSheet(f"color: {color};" if color else "")

    def offer(self, *, can_replace: bool) -> None:
        """Whether there is anything to go to or to replace."""
        for button in (self._up, self._down, self._one, self._all):
            button.setEnabled(can_replace)

    def has_focus(self) -> bool:
        """Whether the keyboard is in it."""
        return self.focusWidget() is not None and self.focusWidget().hasFocus()

    def close_bar(self) -> None:
        """Leave it, for the program."""
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if claims_escape(event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take(watched, event)
        return super().eventFilter(watched, event)

    def _take(self, watched: QObject, event: QKeyEvent) -> bool:
        """Escape in any part of it, Enter in its fields."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() not in _RETURN_KEYS or watched not in (self.field, self.substitute):
            return False
        elif held == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier:
            self.replace_wanted.emit(True)
        elif watched is self.substitute and not held:
            self.replace_wanted.emit(False)
        else:
            self._step(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1)
        return True

    def _step(self, way: int) -> None:
        self.step_wanted.emit(way)

    def _field(self, name: str, words: str) -> QLineEdit:
        field = QLineEdit(self, objectName=name)
        speak(field.setPlaceholderText, words)
        speak(field.setAccessibleName, words)
        field.installEventFilter(self)
        return field

    def _switch(self, sign: str, words: str) -> QToolButton:
        button = QToolButton(self, text=sign, checkable=True)
        button.toggled.connect(lambda is_on: self.edited.emit())
        return self._named(button, words)

    def _button(self, name: str, words: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton(self, objectName=name)
        button.clicked.connect(lambda checked=False: act())
        return self._named(button, words)

    def _named(self, button: QToolButton, words: str) -> QToolButton:
        speak(button.setToolTip, words)
        speak(button.setAccessibleName, words)
        button.installEventFilter(self)
        return button

    def _replacing_button(self, name: str, *, is_all: bool) -> QPushButton:
        button = QPushButton(self, objectName=name)
        button.clicked.connect(lambda checked=False: self.replace_wanted.emit(is_all))
        button.installEventFilter(self)
        return button

    def _build(self) -> None:
        self._replacing = QWidget(self)
        rows = (
            (QHBoxLayout(), self.field, (self._up, self._down, self._close)),
            (QHBoxLayout(self._replacing), self.substitute, (self._one, self._all)),
            (QHBoxLayout(), self._result, (self.case, self.word, self.pattern, self.within)),
        )
        self._rows = [row for row, _, _ in rows]
        self._column = QVBoxLayout(self)
        for row, wide, others in rows:
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(wide, 1)
            for other in others:
                row.addWidget(other)
        self._column.addLayout(self._rows[0])
        self._column.addWidget(self._replacing)
        self._column.addLayout(self._rows[2])

    def _dress(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(look.px(8), look.px(4), look.px(8), look.px(4))
        self._column.setSpacing(look.px(4))
        for row in self._rows:
            row.setSpacing(look.px(4))
        for switch in (self.case, self.word, self.pattern, self.within):
            switch.setFont(look.mono(11))
        signs = ((self._up, "chevron-up"), (self._down, "chevron-down"), (self._close, "close"))
        for button, name in signs:
            button.setIcon(icons.icon(name, size=12))
            button.setIconSize(QSize(look.px(12), look.px(12)))
