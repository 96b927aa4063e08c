"""The name at the cursor: its other places are marked, and one goes to where it was made, and back."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import is_normalized

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from engine.shared.language import tr
from visualizer.backprop.program import brackets
from visualizer.backprop.program.definitions import definition
from visualizer.backprop.program.finding import Match
from visualizer.backprop.program.hints import word_at
from visualizer.backprop.program.imported import Imported, imported
from visualizer.backprop.program.marks import Marks
from visualizer.backprop.program.names import Names, Place
from visualizer.backprop.program.word_places import stands_twice
from visualizer.look.document_text import text_of

_SETTLED_MS = 150
_LONGEST = 200_000  # characters whose names are looked for
_MOST_BACK = 50


class Navigation(QObject):
    """Belongs to one editor."""

    status = Signal(object)

    def __init__(self, editor: QPlainTextEdit, marks: Marks) -> None:
        super().__init__(editor)
        self._editor, self._marks = editor, marks
        self._names: tuple[int, Names] = (-1, Names(""))  # of a revision of the text
        self._has_refused = False  # which stands at the foot of the window
        self._been: list[QTextCursor] = []  # they move with their text
        self.read_elsewhere: Callable[[Imported], bool] = lambda wanted: False  # whether a file has it: it is shown
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self.mark)
        editor.cursorPositionChanged.connect(self._on_cursor)

    def forget(self) -> None:
        """Another text."""
        self._been.clear()
        self._marks.same = ()

    def mark(self) -> None:
        """The places of the name at the cursor, where there is more than one."""
        self._settled.stop()
        cursor = self._editor.textCursor()
        may_be_several = not cursor.hasSelection() and self._stands_twice(word_at(cursor).selectedText())
        places = self._of_text().same(*_at(cursor)) if may_be_several else []
        self._marks.same = [self._match(place) for place in places] if len(places) > 1 else []
        self._marks.refresh()

    def go_to_definition(self) -> None:
        """To where the name at the cursor got its value last before, be it in another file, or why there is none."""
        cursor = self._editor.textCursor()
        place = self._of_text().definition(*_at(cursor))
        wanted = imported(self._text(), *_at(cursor), made_at=place.line if place is not None else 0)
        if wanted is not None and self.read_elsewhere(wanted):
            return
        place = place or definition(self._text(), *_at(cursor))
        if place is None:
            self.status.emit(lambda: tr("No line of this program makes the name at the cursor."))
            self._has_refused = True
            return
        if self._has_refused:
            self.status.emit(str)  # that was another name
            self._has_refused = False
        self.remember()
        match = self._match(place)
        self._go(match.start)

    def go_to_bracket(self) -> None:
        """From a bracket to the other one of its pair, else to the end of those that the cursor stands in."""
        cursor = self._editor.textCursor()
        brackets.jump(cursor)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()

    def remember(self) -> None:
        """The cursor is about to go elsewhere."""
        self._been = [*self._been[1 - _MOST_BACK :], self._editor.textCursor()]

    def go_back(self) -> None:
        """To where the cursor was before it went to a definition or a line."""
        if self._been:
            self._go(self._been.pop().position())

    def _go(self, position: int) -> None:
        cursor = self._editor.textCursor()
        cursor.setPosition(position)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        self._editor.setFocus()
        self.mark()

    def _on_cursor(self) -> None:
        if self._marks.same and not any(
            match.start <= self._editor.textCursor().position() <= match.end for match in self._marks.same
        ):
            self._marks.same = ()  # what is marked is another name's
            self._marks.refresh()
        self._settled.start()

    def _of_text(self) -> Names:
        document = self._editor.document()
        revision = document.revision()
        if self._names[0] != revision:
            self._names = (revision, Names(self._text()))
        return self._names[1]

    def _stands_twice(self, word: str) -> bool:
        """Whether a word is there a second time: to read a long text as Python takes a hundred times as long, and what
        is being typed is mostly new."""
        text = text_of(self._editor.document()) if word else ""
        if not is_normalized("NFKC", text):
            return bool(word)  # Python takes names for the same that are written otherwise
        return bool(word) and stands_twice(text, word)

    def _text(self) -> str:
        text = text_of(self._editor.document())
        return text if len(text) <= _LONGEST else ""

    def _match(self, place: Place) -> Match:
        start = self._editor.document().findBlockByNumber(place.line - 1).position()
        return Match(start + place.column, start + place.end)


def _at(cursor: QTextCursor) -> tuple[int, int]:
    return cursor.blockNumber() + 1, cursor.positionInBlock()
