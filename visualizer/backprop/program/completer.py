"""When names are offered in the text, what is asked of the engine for them, and what a chosen one replaces."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from engine.protocol.program_values import Completion
from visualizer.backprop.program import indentation
from visualizer.backprop.program.completion_list import CompletionList, words
from visualizer.look.document_text import text_of
from visualizer.look.python_tokens import is_code

_AFTER_LETTERS = 2
_KEY = re.compile(r"""[\w)\]]\[\s*(?:"[^"\]]*|'[^'\]]*)$""")
_IMPORT = re.compile(r"\s*(?:import|from)\s")
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
_RETURN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Completer(QObject):
    """Belongs to one editor, which hands it every key before (`take_key`) and after (`typed`) it is typed."""

    wanted = Signal(str, int, int)  # text, line, column

    def __init__(self, editor: QPlainTextEdit, edit: Callable[[Callable[[QTextCursor], object]], None]) -> None:
        """`edit` does something at every caret, as one step of undo."""
        super().__init__(editor)
        self._editor, self._edit = editor, edit
        self.list = CompletionList(editor)
        self.list.chosen.connect(self._insert)
        for bar in (editor.verticalScrollBar(), editor.horizontalScrollBar()):
            bar.valueChanged.connect(self._on_scroll)
        self._declined: tuple[int, int] | None = None  # the moment for which the list was closed
        self._is_asked = False  # by hand, also where nothing is written yet

    @property
    def moment(self) -> tuple[int, int]:
        """Another one when the text or the cursor is."""
        return self._editor.document().revision(), self._editor.textCursor().position()

    def show(self, completions: tuple[Completion, ...], prefix: str) -> None:
        """Names from the engine, if the cursor still stands behind the prefix they were asked for."""
        editor = self._editor
        if prefix != self._prefix() or not editor.hasFocus() or self._declined == self.moment:
            return
        known = {completion.name for completion in completions}
        if not self._is_after_dot() and not self._is_in_key():
            completions += tuple(word for word in words(text_of(editor.document()), prefix) if word.name not in known)
        is_wanted = bool(prefix) or self._is_after_dot() or self._is_in_key() or self._is_asked
        self.list.offer(completions if is_wanted else (), prefix, self._place())

    def _place(self) -> QRect:
        """Of the cursor, on the screen."""
        cursor = self._editor.cursorRect()
        return QRect(self._editor.viewport().mapToGlobal(cursor.topLeft()), cursor.size())

    def _on_scroll(self) -> None:
        """The list goes with its line, and with it out of sight."""
        if not self.list.isVisible():
            return
        if self._editor.viewport().rect().intersects(self._editor.cursorRect()):
            self.list.place(self._place())
        else:
            self.list.hide()

    def take_key(self, event: QKeyEvent) -> bool:
        """Ctrl+Space, and what an open list understands. False leaves the key to the editor."""
        key = event.key()
        if key == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._is_asked = True
            self._ask(at_least=0)
            return True
        self._is_asked = False
        if not self.list.isVisible():
            return False
        is_return = key in _RETURN_KEYS and not event.modifiers()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.list.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self._declined = self.moment
            self.list.hide()
        elif key == Qt.Key.Key_Tab or (is_return and self.list.is_chosen):
            self.list.take()
        else:
            return False
        return True

    def typed(self, event: QKeyEvent) -> None:
        """The text changed by this key: offer, narrow down or go."""
        if self._is_in_key():
            self._ask(at_least=0)
        elif event.text() and (event.text().isidentifier() or event.text() == "."):
            is_import = _IMPORT.match(self._before()) is not None  # nothing but a name can come there
            self._ask(at_least=1 if is_import else _AFTER_LETTERS, in_texts=False)
        elif event.key() == Qt.Key.Key_Backspace and self.list.isVisible():
            self._ask(at_least=1)
        elif event.key() not in _MODIFIERS:
            self.list.hide()

    def _ask(self, *, at_least: int, in_texts: bool = True) -> None:
        too_short = len(self._prefix()) < at_least and not self._is_after_dot()
        if too_short or not (in_texts or self._is_in_code()):
            self.list.hide()
            return
        cursor = self._editor.textCursor()
        self._declined = None
        self.show((), self._prefix())
        self.wanted.emit(text_of(self._editor.document()), cursor.blockNumber() + 1, cursor.positionInBlock())

    def _insert(self, name: str) -> None:
        prefix = self._prefix()

        def put(cursor: QTextCursor) -> None:
            has_prefix = indentation.before(cursor).endswith(prefix)
            for _ in prefix if has_prefix else "":
                cursor.deletePreviousChar()
            cursor.insertText(name)

        self._edit(put)

    def _is_in_code(self) -> bool:
        """Whether what is typed at the cursor belongs to no string and no comment."""
        before, above = self._before(), self._editor.textCursor().block().previous()
        return is_code(f"{before}_", len(before), max(above.userState(), 0))

    def _is_in_key(self) -> bool:
        """Whether the cursor stands in a string behind an opened bracket, as that of a dictionary's key."""
        return _KEY.search(self._before()) is not None

    def _before(self) -> str:
        return indentation.before(self._editor.textCursor())

    def _prefix(self) -> str:
        before = self._before()
        start = len(before)
        while start and (before[start - 1].isalnum() or before[start - 1] == "_"):
            start -= 1
        return before[start:]

    def _is_after_dot(self) -> bool:
        return self._before().removesuffix(self._prefix()).endswith(".")
