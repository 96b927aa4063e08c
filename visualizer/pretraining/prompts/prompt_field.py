"""Where a prompt is typed: Enter asks, the arrow keys bring back what was asked before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from visualizer.look import theme
from visualizer.look.escape import claims_escape
from visualizer.look.spoken import speak

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINES = 2  # on screen at once


class PromptField(QPlainTextEdit):
    """`asked` by Enter or Ctrl+Enter; Shift+Enter is a new line. `stopped` by Esc."""

    asked = Signal()
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("prompt_field")
        self.setProperty("kind", "field")
        speak(self.setAccessibleName, "Prompt")
        speak(self.setPlaceholderText, "A prompt; Enter asks")
        speak(
            self.setToolTip,
            "What the model goes on from. Enter asks, Shift+Enter is a new line, ↑ and ↓ bring back earlier ones",
        )
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._history: list[str] = []
        self._place = 0  # in the history; its end is what is being typed
        self._draft = ""
        theme.current().changed.connect(self._dress)
        self._dress()

    def text(self) -> str:
        """As it was typed; half of a surrogate pair becomes �."""
        return self.toPlainText().encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def remember(self, text: str) -> None:
        """It was asked."""
        self._history = [*(each for each in self._history if each != text), text]
        self._place = len(self._history)

    def sizeHint(self) -> QSize:
        around = 2 * (self.frameWidth() + round(self.document().documentMargin())) + theme.current().px(6)
        return QSize(theme.current().px(200), _LINES * self.fontMetrics().lineSpacing() + around)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(60), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if claims_escape(event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _ENTER:
            event.accept()  # Ctrl+Enter runs a program elsewhere
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_shifted = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key in _ENTER and not is_shifted:
            self.asked.emit()
        elif key == Qt.Key.Key_Escape:
            self.stopped.emit()
        elif key == Qt.Key.Key_Up and not is_shifted and self._is_at_edge(QTextCursor.MoveOperation.Up):
            self._go(-1)
        elif key == Qt.Key.Key_Down and not is_shifted and self._is_at_edge(QTextCursor.MoveOperation.Down):
            self._go(1)
        else:
            super().keyPressEvent(event)

    def _is_at_edge(self, way: QTextCursor.MoveOperation) -> bool:
        return not self.textCursor().movePosition(way)

    def _go(self, way: int) -> None:
        """To the prompt asked before or after; behind the newest is what was being typed."""
        place = self._place + way
        if not 0 <= place <= len(self._history):
            return
        if self._place == len(self._history):
            self._draft = self.toPlainText()
        self._place = place
        self.setPlainText(self._draft if place == len(self._history) else self._history[place])
        self.moveCursor(QTextCursor.MoveOperation.End)

    def _dress(self) -> None:
        self.setFont(theme.current().mono(12))
        self.setFixedHeight(self.sizeHint().height())
