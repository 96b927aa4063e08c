"""What the program, its child processes and C code printed, and the row that answers `input()`."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.shared.language import grouped, mark, tr, trn
from visualizer.backprop.console.long_lines import put, text_of
from visualizer.backprop.console.portions import begun, newest
from visualizer.look import icons, theme
from visualizer.look.panel_head import PanelHead
from visualizer.look.spoken import say_again, speak, speak_by

_MAX_LINES = 20_000
_FLUSH_MS = 33
_MORE_MS = 1  # before what one turn of the event loop has no time for
_STREAM = QTextCharFormat.Property.UserProperty  # which stream a piece of text came from
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


class ConsolePanel(QWidget):
    """Emits `input_answered(text)`."""

    input_answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("console")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state = QLabel(self, objectName="console_state")
        self._state.setProperty("role", "caption")
        self._copy, self._clear = (
            QToolButton(self, objectName="console_copy"),
            QToolButton(self, objectName="console_clear"),
        )
        for button, tip in ((self._copy, mark("Copy the output")), (self._clear, mark("Clear the output"))):
            speak(button.setToolTip, tip)
            speak(button.setAccessibleName, tip)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        self._clear.clicked.connect(self.clear)
        self.view = QPlainTextEdit(self, objectName="console_text")
        speak(self.view.setAccessibleName, "Output")
        self.view.setReadOnly(True)
        self.view.setUndoRedoEnabled(False)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMaximumBlockCount(_MAX_LINES)
        self._row = QWidget(self, objectName="console_input_row")
        self._prompt = QLabel(self._row)
        self.field = QLineEdit(self._row, objectName="console_input")
        speak(self.field.setAccessibleName, "Answer to the program")
        self.field.returnPressed.connect(self._answer)
        self._pending: list[tuple[str, str]] = []
        self._returned = False  # the next text overwrites the last line
        self._n_seen = self._n_left_out = 0
        self._is_begun = False  # the last line says when a run began, which has printed nothing yet
        self._flush = QTimer(self, singleShot=True)
        self._flush.timeout.connect(self._write_some)
        self._build()
        theme.current().changed.connect(self._dress)
        say_again(self, self._say)
        self._dress()

    def append(self, stream: str, text: str, dropped: int) -> None:
        """Text of "stdout" or "stderr"; `dropped` lines were left out here."""
        self._is_begun = False
        if text:
            self._pending.append((stream, text))
        if dropped:
            words = trn("{n} line left out", "{n} lines left out", dropped)
            note = f"\n… {words} …\n"
            self._pending.append(("note", note))
            self._n_left_out += dropped
            self._n_seen += dropped - note.count("\n")  # the note's own line ends are no output
        if not self._flush.isActive():
            self._flush.start(_FLUSH_MS)

    def begin_run(self) -> None:
        """A line with the time between what stands there and what the run that begins will print."""
        self._write()
        if not self._is_empty:
            self._end_line()
            cursor = self._end()
            cursor.insertText(f"▶ {QTime.currentTime().toString('HH:mm:ss')}\n", self._format("note"))
            self._is_begun = True
            self.view.verticalScrollBar().setValue(self.view.verticalScrollBar().maximum())

    def ask_input(self, prompt: str) -> None:
        """The program waits for a line; its prompt stands in the output, as on a terminal."""
        if prompt:
            self.append("stdout", prompt, 0)
        speak_by(self._prompt.setText, lambda: prompt.strip() or tr("input"))
        self.field.clear()
        self._row.show()
        self.field.setFocus()

    def end_input(self) -> None:
        """The program waits no more."""
        self._row.hide()

    def text(self) -> str:
        """Everything that is still kept."""
        self._write()
        return text_of(self.view.document())

    def state_text(self) -> str:
        """What the head says of the output."""
        return self._state.text()

    def clear(self) -> None:
        """Forget the output."""
        self._pending.clear()
        self.view.clear()
        self._n_seen = self._n_left_out = 0
        self._returned = self._is_begun = False
        self._say()

    def minimumSizeHint(self) -> QSize:
        """A line; more while the program asks for one."""
        look = theme.current()
        return QSize(look.px(140), look.px(24) + (self._row.sizeHint().height() if self._row.isVisible() else 0))

    # -- inner workings

    def _build(self) -> None:
        self.head = PanelHead(mark("Output"), self)
        self.head.fill((self._state,), (self._copy, self._clear), leaving=(self._state, self._copy))
        self._answer_row = answer = QHBoxLayout(self._row)
        answer.addWidget(self._prompt)
        answer.addWidget(self.field, 1)
        self._row.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.view, 1)
        column.addWidget(self._row)

    def _write(self) -> None:
        """All that has come."""
        while self._pending:
            self._write_some()

    def _write_some(self) -> None:
        """As much as leaves the window time for a key, the oldest first; the rest in the next turns."""
        if not self._pending:
            return
        self._pending, n_older = newest(self._pending, _MAX_LINES)
        if n_older:  # what stands there would go line by line, which is slow
            self.view.clear()
            self._n_seen += n_older
            self._returned = False
        now, self._pending = begun(self._pending)
        bar = self.view.verticalScrollBar()
        at_bottom = bar.value() >= bar.maximum() - 2
        cursor = self._end()
        for stream, text in now:
            self._insert(cursor, _ESCAPES.sub("", text), self._format(stream))
        if at_bottom:
            bar.setValue(bar.maximum())
        self._say()
        if self._pending:
            self._flush.start(_MORE_MS)

    @property
    def _is_empty(self) -> bool:
        return self.view.document().characterCount() <= 1

    def _end(self) -> QTextCursor:
        cursor = QTextCursor(self.view.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return cursor

    def _end_line(self) -> None:
        """The next text begins a line, that of a run which printed nothing where it stood."""
        cursor = self._end()
        if self._is_begun:
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        elif not cursor.atBlockStart():
            cursor.insertText("\n")
        self._returned = False

    def _insert(self, cursor: QTextCursor, text: str, form: QTextCharFormat) -> None:
        """A carriage return goes back to the start of its line, as a terminal does it for progress bars."""
        self._n_seen += text.count("\n")
        text = text.replace("\r\n", "\n")
        if "\r" not in text and not self._returned:
            put(cursor, text, form)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                cursor.insertText("\n", form)
                self._returned = False
            *_, last = line.rstrip("\r").split("\r")
            if ("\r" in line.rstrip("\r") or self._returned) and (last or "\r" in line.rstrip("\r")):
                cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.removeSelectedText()
                self._returned = False
            put(cursor, last, form)
            self._returned = self._returned or line.endswith("\r")

    def _answer(self) -> None:
        text = self.field.text()
        self.append("stdout", f"{text}\n", 0)
        self._row.hide()
        self.input_answered.emit(text)

    def _say(self) -> None:
        if self._is_empty:
            self._state.setText(tr("nothing printed"))
        elif self._n_left_out:
            left_out = grouped(self._n_left_out)
            words = trn("{n} line, {left} left out", "{n} lines, {left} left out", self._n_seen, left=left_out)
            self._state.setText(words)
        elif self._n_seen > _MAX_LINES:
            self._state.setText(
                tr("the last {last} of {total} lines", last=grouped(_MAX_LINES), total=grouped(self._n_seen))
            )
        else:
            self._state.setText("")

    def _format(self, stream: str) -> QTextCharFormat:
        form = QTextCharFormat()
        if stream != "stdout":  # which is in the widget's own colour
            form.setForeground(theme.current().color({"stderr": "warn.text", "note": "text.muted"}[stream]))
            form.setProperty(_STREAM, stream)
        return form

    def _recolor(self) -> None:
        """What stands there already, in today's colours."""
        block, pieces = self.view.document().begin(), []
        while block.isValid():
            fragments = [part.fragment() for part in block]
            found = ((piece.position(), piece.length(), piece.charFormat().property(_STREAM)) for piece in fragments)
            pieces += [piece for piece in found if piece[2]]
            block = block.next()
        cursor = QTextCursor(self.view.document())
        cursor.beginEditBlock()
        for position, length, stream in pieces:
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(self._format(stream))
        cursor.endEditBlock()

    def _dress(self) -> None:
        look = theme.current()
        self.head.row.setContentsMargins(look.px(12), look.px(4), look.px(8), look.px(4))
        self.head.row.setSpacing(look.px(8))
        self._answer_row.setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(8))
        self.view.setFont(look.mono(11.5))
        self._prompt.setFont(look.mono(11.5))
        self.field.setFont(look.mono(11.5))
        self._recolor()
        back = look.color("bg.panel").name()
        self.view.setStyleSheet(f"QPlainTextEdit {{ background: {back}; padding: 0 {look.px(8)}px; border: none; }}")
        for button, name in ((self._copy, "copy"), (self._clear, "trash")):
            button.setIcon(icons.icon(name, size=14))
            button.setIconSize(QSize(look.px(14), look.px(14)))
