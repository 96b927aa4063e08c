"""The other half of a bracket or a quote that is typed: it stands behind the caret, is passed when it is typed in its
turn, and goes with the first half while nothing is between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from visualizer.backprop.program import indentation, typing
from visualizer.backprop.program.cursors import Cursors
from visualizer.look.python_tokens import scan

_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_QUOTES = "'\""
_KEYS = {*_BRACKETS, *_BRACKETS.values(), *_QUOTES}
_MAY_FOLLOW = " \t)]},:;=.>"  # on what was put there; before anything else a half stays alone
_LAST_WORD = re.compile(r"\w+\Z")
_PREFIXES = {"r", "b", "f", "u", "rb", "br", "fr", "rf"}


@dataclass
class _Waiting:
    """Closing signs `text` that were put before `end`, for what was opened before `start`; both move with the text."""

    start: QTextCursor
    end: QTextCursor
    text: str

    def is_there(self) -> bool:
        """Whether they still stand there."""
        document = self.end.document()
        places = range(self.end.position(), self.end.position() + len(self.text))
        return all(document.characterAt(place) == sign for place, sign in zip(places, self.text, strict=True))

    def holds(self, position: int) -> bool:
        """Whether a caret there is between both halves."""
        return self.start.position() <= position <= self.end.position()


class Pairs:
    """Of one editor's carets. `is_on`: whether the second half is put there at all."""

    def __init__(self, cursors: Cursors) -> None:
        self._cursors = cursors
        self._waiting: list[_Waiting] = []
        self.is_on = True

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether this key is done; False leaves it to the carets and to Qt."""
        self._forget_left()
        key = event.text()
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self._at_any(lambda cursor: self._empty_at(cursor) is not None, self._delete_back)
        if key not in _KEYS:
            return False

        def concerns(cursor: QTextCursor) -> bool:
            is_of_pair = self._passed(cursor, key) is not None or bool(self._second_half(cursor, key))
            return is_of_pair or typing.closes_alone(cursor, key)

        return self._at_any(concerns, self._writer(key))

    def _at_any(self, concerns: Callable[[QTextCursor], bool], act: typing.Edit) -> bool:
        if not any(map(concerns, self._cursors.copies())):
            return False
        self._cursors.edit(act)
        return True

    def _writer(self, key: str) -> typing.Edit:
        def write(cursor: QTextCursor) -> None:
            if (passed := self._passed(cursor, key)) is not None:
                self._pass(cursor, passed)
            elif half := self._second_half(cursor, key):
                cursor.insertText(key + half)
                cursor.setPosition(cursor.position() - len(half))
                start, end = QTextCursor(cursor), QTextCursor(cursor)
                start.setKeepPositionOnInsert(True)
                end.setKeepPositionOnInsert(False)
                self._waiting.append(_Waiting(start, end, half))
            elif not typing.close_bracket(cursor, key):
                cursor.insertText(key)

        return write

    def _second_half(self, cursor: QTextCursor, key: str) -> str:
        """What is put behind a sign that is typed there, "" for nothing."""
        behind = indentation.after(cursor)
        if not self.is_on or cursor.hasSelection() or (behind and behind[0] not in _MAY_FOLLOW):
            return ""
        before = indentation.before(cursor)
        if key not in (*_BRACKETS, *_QUOTES) or scan(before, indentation.state_at(cursor.block()))[2]:
            return ""
        if key in _BRACKETS:
            return _BRACKETS[key]
        if before.endswith(key):  # behind a string; two quotes are the begin of a long one
            return key * 3 if before.endswith(key * 2) and not before.endswith(key * 3) else ""
        word = _LAST_WORD.search(before)
        return key if word is None or word[0].lower() in _PREFIXES else ""

    def _passed(self, cursor: QTextCursor, key: str) -> _Waiting | None:
        """What waits for this sign at a caret, spaces and new lines between them left out."""
        if cursor.hasSelection():
            return None
        for waiting in reversed(self._waiting):
            if waiting.text[0] == key and waiting.holds(cursor.position()) and waiting.is_there():
                between = QTextCursor(cursor)
                between.setPosition(waiting.end.position(), QTextCursor.MoveMode.KeepAnchor)
                return waiting if not between.selectedText().strip() else None
        return None

    def _pass(self, cursor: QTextCursor, waiting: _Waiting) -> None:
        """Behind its first sign. What was left on a line of its own stays as deep as it stands."""
        if cursor.block() != waiting.end.block():
            is_alone = not cursor.block().text().strip()
            end = waiting.end.block() if is_alone else waiting.end
            cursor.setPosition(cursor.block().position() if is_alone else cursor.position())
            cursor.setPosition(end.position(), QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        cursor.setPosition(waiting.end.position() + 1)
        waiting.text = waiting.text[1:]
        waiting.end.setPosition(cursor.position())
        if not waiting.text:
            self._waiting.remove(waiting)

    def _empty_at(self, cursor: QTextCursor) -> _Waiting | None:
        """The pair around a caret that has nothing between its halves."""
        for waiting in reversed(self._waiting):
            here = {waiting.start.position(), waiting.end.position(), cursor.position()}
            if len(here) == 1 and not cursor.hasSelection() and len(waiting.text) == 1 and waiting.is_there():
                return waiting
        return None

    def _delete_back(self, cursor: QTextCursor) -> None:
        if (waiting := self._empty_at(cursor)) is not None:
            cursor.deleteChar()
            self._waiting.remove(waiting)
            cursor.deletePreviousChar()
        elif not typing.backspace_indent(cursor):
            cursor.deletePreviousChar()

    def _forget_left(self) -> None:
        """A pair that no caret is in any more is text as any other."""
        places = [cursor.position() for cursor in self._cursors.copies()]
        self._waiting = [one for one in self._waiting if any(map(one.holds, places)) and one.is_there()]
