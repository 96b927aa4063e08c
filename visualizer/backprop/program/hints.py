"""When the engine is asked about a name or a call in the text, and where its answer is shown."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from engine.protocol.hints import CallShown, Hint
from engine.shared import utf16
from engine.shared.language import tr
from visualizer.backprop.program.hint_card import HintCard
from visualizer.backprop.program.indentation import after, before
from visualizer.backprop.program.signs import meaning, sign_at
from visualizer.backprop.program.written_words import word_told
from visualizer.look import spoken
from visualizer.look.document_text import text_of
from visualizer.look.escape import claims_escape
from visualizer.look.python_tokens import is_code
from visualizer.look.spoken import Words

_BUSY_MS = 400
_TURNS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_HELD = ~(Qt.KeyboardModifier.KeypadModifier)
_OF_CALLS = ("(", ",", ")")
_ENDS, _BEGINS = re.compile(r"\w+\Z"), re.compile(r"\w+")  # with a name, begins with one


class Hints(QObject):
    """Belongs to one editor. A name is asked about where the mouse rests on it, or on demand at the cursor; a call as
    it is written, and while its card stands at every move of the cursor; Up and Down turn to other ways to call it."""

    hint_wanted = Signal(int, str, int, int)  # number of the question, text, line, column in UTF-16 units
    call_wanted = Signal(int, str, int, int)

    def __init__(self, editor: QPlainTextEdit, is_choosing: Callable[[], bool]) -> None:
        """`is_choosing`: whether the arrows belong to a list of names."""
        super().__init__(editor)
        self._editor, self._is_choosing = editor, is_choosing
        self.card = HintCard(editor)
        self._word: QTextCursor | None = None  # that the card, or the question, is about; None of a call
        self._n_asked = 0
        self._wanted = 0  # the question whose answer is still waited for
        self._in_call = False
        self._call: CallShown | None = None  # what the card tells of a call
        self._turned_to = -1  # the way to call it that the person wants to see; -1 for the one that fits
        self._busy = QTimer(self, singleShot=True, interval=_BUSY_MS)
        self._busy.timeout.connect(self._say_busy)
        editor.cursorPositionChanged.connect(self._on_cursor)
        editor.verticalScrollBar().valueChanged.connect(self._on_scroll)
        spoken.current().changed.connect(self.hide)  # what it tells is in the language before
        editor.installEventFilter(self)
        editor.viewport().installEventFilter(self)

    def ask_at_cursor(self) -> None:
        """About the name at the cursor."""
        cursor = self._editor.textCursor()
        cursor.clearSelection()
        self._ask_about(cursor)

    def ask_about_call(self) -> None:
        """About the call that the cursor is in."""
        self._in_call = True  # what is typed on before the answer is asked about, too
        self._ask(self.call_wanted, self._editor.textCursor(), None)

    def show_hint(self, question: int, hint: Hint | None) -> None:
        """The answer about a name."""
        if not self._takes(question) or self._word is None:
            return
        if hint is None:
            self.card.hide()
        else:
            self.card.show_hint(hint, self._place(self._word))

    def show_call(self, question: int, answer: CallShown) -> None:
        """The answer about a call."""
        if not self._takes(question):
            return
        self._in_call = answer.hint is not None
        if answer.hint is None:
            self._call, self._turned_to = None, -1
            self.card.hide()
            return
        if self._call is None or self._call.hint != answer.hint:
            self._turned_to = -1
        self._call = answer
        self._show_call()

    def _show_call(self) -> None:
        """The way to call it that fits, or the one that the person turned to."""
        assert self._call is not None and self._call.hint is not None
        shown = self._call.signature if self._turned_to < 0 else self._turned_to
        parameter = self._call.parameters[shown]
        self.card.show_call(self._call.hint, shown, parameter, self._place(self._editor.textCursor()))

    def fail(self, question: int, why: Words) -> None:
        """The engine cannot answer, which is said of a name; typing goes on undisturbed."""
        if self._takes(question) and self._word is not None:
            self.card.say(why(), self._place(self._word))

    def hide(self) -> None:
        """Take the card away, and want no answer any more."""
        self._busy.stop()
        self._wanted, self._in_call = 0, False
        self._call, self._turned_to = None, -1
        self.card.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return self._on_rest(event)
        if kind == QEvent.Type.MouseMove and self._word is not None and watched is self._editor.viewport():
            self._on_mouse(event.position().toPoint())  # type: ignore[attr-defined]
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide) or (kind == QEvent.Type.Leave and self._word is not None):
            self.hide()
        elif self.card.isVisible() and claims_escape(event):
            return True
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and watched is self._editor:
            return self._on_key(event)
        return False

    def typed(self, event: QKeyEvent) -> None:
        """The text was changed by this key."""
        if event.text() in _OF_CALLS and (self._in_call or event.text() != ")"):
            self.ask_about_call()

    def _on_key(self, event: QKeyEvent) -> bool:
        if self.card.isHidden():
            return False
        if event.key() == Qt.Key.Key_Escape:
            if self._is_choosing():
                return False  # the list of names goes first
            self.hide()
            return True
        if self._word is not None:
            self.hide()
        elif event.key() in _TURNS and not event.modifiers() & _HELD and self._has_others and not self._is_choosing():
            self._turn(_TURNS[Qt.Key(event.key())])
            return True
        return False

    def _turn(self, way: int) -> None:
        assert self._call is not None and self._call.hint is not None
        shown = self._call.signature if self._turned_to < 0 else self._turned_to
        self._turned_to = (shown + way) % len(self._call.hint.signatures)
        self._show_call()

    @property
    def _has_others(self) -> bool:
        """Whether what the card tells of can be called in several ways."""
        return self._call is not None and self._call.hint is not None and len(self._call.hint.signatures) > 1

    def _on_rest(self, event: QHelpEvent) -> bool:
        cursor = self._editor.cursorForPosition(event.pos())
        told = word_told(cursor)
        subject = word_at(cursor) if told is None else told[0]
        subject = subject if subject.hasSelection() else sign_at(cursor)
        if not subject.hasSelection() or not self._place(subject).contains(event.globalPos()):
            return False
        self._ask_about(cursor)
        return True

    def _on_mouse(self, place: QPoint) -> None:
        if self._word is None or not self._place(self._word).contains(self._editor.viewport().mapToGlobal(place)):
            self.hide()

    def _on_scroll(self) -> None:
        """What tells of a call goes with it, as where a line that is begun scrolls the text."""
        is_seen = self._editor.viewport().rect().intersects(self._editor.cursorRect())
        if not self._in_call or not is_seen:
            self.hide()
        elif self._call is not None:
            self._show_call()

    def _on_cursor(self) -> None:
        if self._in_call:
            self.ask_about_call()

    def _ask_about(self, cursor: QTextCursor) -> None:
        self._in_call = False
        word, told = word_at(cursor), word_told(cursor)
        if told is not None:
            self._tell(*told)
        elif word.selectedText() and _is_code(word):
            self._ask(self.hint_wanted, cursor, word)
        elif not word.selectedText():
            self._tell_sign(sign_at(cursor))

    def _tell_sign(self, sign: QTextCursor) -> None:
        words = meaning(sign) if _is_code(sign) else ""
        if words:
            self._tell(sign, Hint(sign.selectedText(), words=tr(words)))

    def _tell(self, subject: QTextCursor, hint: Hint) -> None:
        """What nobody need be asked."""
        self._word, self._wanted = subject, 0
        self._busy.stop()
        self.card.show_hint(hint, self._place(subject))

    def _ask(self, wanted: Signal, cursor: QTextCursor, word: QTextCursor | None) -> None:
        self._n_asked += 1
        self._word, self._wanted = word, self._n_asked
        self._busy.start()
        text = text_of(self._editor.document())
        wanted.emit(self._n_asked, text, cursor.blockNumber() + 1, cursor.positionInBlock())

    def _takes(self, question: int) -> bool:
        """Whether this is what was asked last, and still wanted."""
        if question != self._wanted:
            return False
        self._busy.stop()
        self._wanted = 0
        return True

    def _say_busy(self) -> None:
        """What a person asked for by hand or by resting the mouse is told that it comes; typing goes on undisturbed."""
        if self._word is not None:
            sentence = tr("The program is inside of one operation; the answer comes when it has returned.")
            self.card.say(sentence, self._place(self._word))

    def _place(self, cursor: QTextCursor) -> QRect:
        """Of a cursor or its selection on the screen."""
        start, end = QTextCursor(cursor), QTextCursor(cursor)
        start.setPosition(cursor.selectionStart())
        end.setPosition(cursor.selectionEnd())
        rect = self._editor.cursorRect(start).united(self._editor.cursorRect(end))
        return QRect(self._editor.viewport().mapToGlobal(rect.topLeft()), rect.size())


def word_at(cursor: QTextCursor) -> QTextCursor:
    """The name that a cursor stands in or beside, selected."""
    begin, rest = _ENDS.search(before(cursor)), _BEGINS.match(after(cursor))
    word = QTextCursor(cursor)
    word.setPosition(cursor.position() - (utf16.length(begin[0]) if begin else 0))
    word.setPosition(cursor.position() + (utf16.length(rest[0]) if rest else 0), QTextCursor.MoveMode.KeepAnchor)
    return word


def _is_code(word: QTextCursor) -> bool:
    """Whether a word stands in no string and no comment."""
    block = word.document().findBlock(word.selectionStart())
    column = word.selectionStart() - block.position()
    return is_code(block.text(), column, max(block.previous().userState(), 0))
