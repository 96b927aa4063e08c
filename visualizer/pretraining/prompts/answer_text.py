"""A prompt and its answer as text in which the tokens are seen: each on a ground of its own, the chosen one marked."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QToolTip, QWidget

from engine.runs.prompts import Begun, Drawn, Token
from engine.shared.language import grouped, mark, tr
from visualizer.look import theme
from visualizer.look.escape import claims_escape
from visualizer.look.spoken import speak

_GROUNDS = ("bg.raised", "bg.hover")  # of one token, of the next
_WAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class AnswerText(QTextEdit):
    """`chosen(place)` of a drawn token, 0 for the first: by the mouse on it, a click, or the arrow keys. `left` when
    the mouse has gone. The text can be selected and copied as it was written; `stopped` by Esc."""

    chosen = Signal(int)
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer_text")
        speak(self.setAccessibleName, "Answer")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self._starts: list[int] = []  # of each token in the document
        self._numbers: list[int] = []
        self._texts: list[str] = []  # what each adds to the text
        self._n_prompt = 0
        self._marked = -1
        theme.current().changed.connect(self._dress)
        self._dress()

    @property
    def answer(self) -> str:
        """Without its prompt."""
        return "".join(self._texts[self._n_prompt :])

    @property
    def n_drawn(self) -> int:
        """Tokens of the answer."""
        return len(self._texts) - self._n_prompt

    def begin(self, begun: Begun) -> None:
        """Another answer, so far its prompt."""
        self.clear()
        self._starts, self._numbers, self._texts, self._marked = [], [], [], -1
        self._n_prompt = len(begun.prompt)
        self.setExtraSelections([])
        cursor = self._end()
        cursor.beginEditBlock()
        for token, adds in zip(begun.prompt, begun.adds, strict=True):
            self._add(cursor, token, adds, is_prompt=True)
        cursor.endEditBlock()
        self._scroll_down()

    def add(self, drawn: Drawn) -> None:
        """The next token; the end stays in sight if it was."""
        bar = self.verticalScrollBar()
        is_at_end = bar.value() >= bar.maximum() - 2
        self._add(self._end(), drawn.token, drawn.adds, is_prompt=False)
        if is_at_end:
            self._scroll_down()

    def mark(self, place: int) -> None:
        """The token of the answer that the table is about; -1 for none."""
        self._marked = place
        if not 0 <= place < self.n_drawn:
            self.setExtraSelections([])
            return
        look, selection = theme.current(), QTextEdit.ExtraSelection()
        selection.cursor = self._cursor_over(self._n_prompt + place)
        selection.format.setBackground(look.color("accent.fill"))
        selection.format.setForeground(look.color("text.on_accent"))
        self.setExtraSelections([selection])

    def _add(self, cursor: QTextCursor, token: Token, adds: str, *, is_prompt: bool) -> None:
        self._starts.append(cursor.position())
        self._numbers.append(token.number)
        self._texts.append(adds)
        cursor.insertText(_shown(adds or token.text), self._format(len(self._starts) - 1, is_prompt=is_prompt))

    def _format(self, index: int, *, is_prompt: bool) -> QTextCharFormat:
        look, made = theme.current(), QTextCharFormat()
        made.setForeground(look.color("text.secondary" if is_prompt else "text.primary"))
        made.setBackground(look.color(_GROUNDS[index % 2]))
        made.setFont(look.mono(12.5))
        return made

    def _end(self) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return cursor

    def _cursor_over(self, index: int) -> QTextCursor:
        end = self._starts[index + 1] if index + 1 < len(self._starts) else self._end().position()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._starts[index])
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _scroll_down(self) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    # -- mouse and keyboard

    def _index_under(self, event: QMouseEvent | QHelpEvent) -> int:
        """Of the token under the mouse, -1 beside the text."""
        point = event.position().toPoint() if isinstance(event, QMouseEvent) else event.pos()
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        position = self.document().documentLayout().hitTest(scrolled + QPointF(point), Qt.HitTestAccuracy.ExactHit)
        return bisect_right(self._starts, position) - 1 if position >= 0 else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self._index_under(event)
        if event.buttons() == Qt.MouseButton.NoButton and index >= self._n_prompt:
            self.chosen.emit(index - self._n_prompt)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._index_under(event)
            QToolTip.showText(event.globalPos(), self._tip(index) if index >= 0 else "", self)
            return True
        return super().viewportEvent(event)

    def _tip(self, index: int) -> str:
        is_prompt = index < self._n_prompt
        place = index + 1 if is_prompt else index + 1 - self._n_prompt
        words = (
            mark("Token {token}: {text}, number {n} of the prompt")
            if is_prompt
            else mark("Token {token}: {text}, number {n} of the answer")
        )
        return tr(words, token=grouped(self._numbers[index]), text=repr(self._texts[index]), n=grouped(place))

    def event(self, event: QEvent) -> bool:
        return claims_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Escape:
            self.stopped.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif way and event.modifiers() == Qt.KeyboardModifier.NoModifier and self.n_drawn:
            place = min(max(self._marked + way, 0), self.n_drawn - 1)
            self.chosen.emit(place)
            self.setTextCursor(self._without_selection(self._starts[self._n_prompt + place]))
        else:
            super().keyPressEvent(event)

    def _without_selection(self, position: int) -> QTextCursor:
        cursor = self.textCursor()
        cursor.setPosition(position)
        return cursor

    @property
    def selected(self) -> str:
        """The text of the selected tokens, whole and without the signs for what cannot be seen; else the answer."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return self.answer
        first = max(bisect_right(self._starts, cursor.selectionStart()) - 1, 0)
        return "".join(self._texts[first : bisect_right(self._starts, cursor.selectionEnd() - 1)])

    def copy_selected(self) -> None:
        """To the clipboard."""
        QGuiApplication.clipboard().setText(self.selected)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Copy") if self.textCursor().hasSelection() else tr("Copy answer"), self.copy_selected)
        menu.addAction(tr("Select all"), self.selectAll)
        menu.popup(event.globalPos())

    def _dress(self) -> None:
        look = theme.current()
        self.setFont(look.mono(12.5))
        self.document().setDocumentMargin(look.px(12))
        self.setStyleSheet(f"QTextEdit {{ background: {look.color('bg.panel').name()}; border: none; }}")
        for index in range(len(self._starts)):
            self._cursor_over(index).setCharFormat(self._format(index, is_prompt=index < self._n_prompt))
        self.mark(self._marked)


def _shown(text: str) -> str:
    """A line break with a sign before it; control characters become visible."""
    seen = "".join(c if c in "\n\t" or c.isprintable() or ord(c) > 0x7F else "·" for c in text)
    return seen.replace("\n", "↵\n")
