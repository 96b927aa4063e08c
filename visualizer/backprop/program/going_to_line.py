"""The field above the program in which the number of a line is written to go there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from engine.shared.language import grouped, tr
from visualizer.look import theme
from visualizer.look.escape import claims_escape
from visualizer.look.spoken import speak, speak_by

_ROOM_PX = 32  # beside what is written
_ABOVE_PX, _BELOW_PX = 4, 2
_NUMBER = QRegularExpression(r"[0-9]{0,9}")


class GoingToLine(QObject):
    """Belongs to one editor. Enter goes, to the last line where there are fewer; Escape and another field do not. Above
    the text, which makes room for `height` pixels, and so lies over no result: `room_wanted()` when that changes."""

    chosen = Signal(int)  # a line, from 1
    room_wanted = Signal()

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self.field = QLineEdit(editor, objectName="line_field")
        self.field.setValidator(QRegularExpressionValidator(_NUMBER, self.field))
        speak(self.field.setAccessibleName, "Number of a line")
        self.field.installEventFilter(self)
        editor.viewport().installEventFilter(self)
        editor.textChanged.connect(self.close)
        self.field.hide()

    def open(self) -> None:
        """With the numbers that there are."""
        self.field.setFont(self._editor.font())
        self.field.clear()
        speak_by(self.field.setPlaceholderText, lambda: tr("Line 1 to {last}", last=grouped(self._editor.blockCount())))
        self.field.show()
        self.room_wanted.emit()
        self._place()
        self.field.setFocus()

    @property
    def height(self) -> int:
        """Pixels that it takes of the editor, 0 while it is closed."""
        return 0 if self.field.isHidden() else self.field.sizeHint().height() + theme.current().px(_BELOW_PX)

    def close(self) -> None:
        """Go nowhere."""
        if self.field.isHidden():
            return
        had_keyboard = self.field.hasFocus()
        self.field.hide()
        self.room_wanted.emit()
        if had_keyboard:
            self._editor.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            if event.type() == QEvent.Type.Resize and self.field.isVisible():
                self._place()
            return False
        if claims_escape(event):
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.close()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take(event)
        return False

    def _take(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            return False
        number = self.field.text()
        self.close()
        if number and event.key() != Qt.Key.Key_Escape:
            self.chosen.emit(min(max(int(number), 1), self._editor.blockCount()))
        return True

    def _place(self) -> None:
        """In the upper corner, as wide as what it says, as far as there is room."""
        look, viewport = theme.current(), self._editor.viewport().geometry()
        room = viewport.width()
        words = self.field.fontMetrics().horizontalAdvance(self.field.placeholderText())
        width = min(words + look.px(_ROOM_PX), room)
        left = max(room - width - look.px(8), 0)
        top = self._editor.contentsRect().top() + look.px(_ABOVE_PX)
        self.field.setGeometry(viewport.left() + left, top, width, self.field.sizeHint().height())
