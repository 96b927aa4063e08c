"""Several carets in one editor: what is typed, deleted and moved happens at each of them, as one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from engine.shared.language import tr, trn
from visualizer.backprop.program.caret_history import CaretHistory, TypingSteps
from visualizer.backprop.program.caret_keys import Act, edit_of, move_of
from visualizer.backprop.program.carets import Span, apart, line_groups, next_match, shares
from visualizer.backprop.program.finding import Match, Wanted, search
from visualizer.backprop.program.hints import word_at
from visualizer.backprop.program.marks import Marks
from visualizer.backprop.program.pasting import as_deep_as
from visualizer.backprop.program.typing import selected_blocks
from visualizer.look import theme
from visualizer.look.document_text import as_held, as_written, text_of

_MOST = 1_000  # carets, as each is a place that every edit moves


class Cursors(QObject):
    """Belongs to one editor, whose own cursor is the newest of them; a move of that one alone leaves it alone."""

    status = Signal(object)

    def __init__(self, editor: QPlainTextEdit, marks: Marks) -> None:
        super().__init__(editor)
        self._editor, self._marks = editor, marks
        self._others: list[QTextCursor] = []
        self._is_acting = False
        self._is_word = False  # what is selected was chosen as a name, of which others are not part of longer ones
        self._typing = TypingSteps()
        self._history = CaretHistory(editor.document())
        editor.cursorPositionChanged.connect(self._on_moved)
        editor.selectionChanged.connect(self._on_moved)

    @property
    def are_many(self) -> bool:
        """Whether there is more than the editor's own."""
        return bool(self._others)

    @property
    def have_selected(self) -> bool:
        """Whether any of them has something selected."""
        return any(one.hasSelection() for one in self.copies())

    @property
    def spans(self) -> list[Span]:
        """What each has selected, in the order of the text."""
        return sorted((_span(one) for one in self.copies()), key=lambda span: span.start)

    def copies(self) -> list[QTextCursor]:
        """Copies that may be moved, the newest last."""
        return [*(QTextCursor(one) for one in self._others), self._editor.textCursor()]

    # -- more of them, and one again

    def add_next(self) -> None:
        """Select the name at each, or, where something is selected, the next place of the text that reads the same."""
        cursor = self._editor.textCursor()
        if not cursor.hasSelection():
            self._is_word = True
            self._take([one if one.hasSelection() else word_at(one) for one in self.copies()])
            return
        match = next_match(self._alike(), self.spans, _span(cursor))
        if match is not None:
            self._take([*self.copies(), self._cursor(Span(match.start, match.end))])
            self._editor.ensureCursorVisible()
            self._say()

    def add_all(self) -> None:
        """Select every place that reads as what is selected, or as the name at the cursor; the view stays."""
        if not self._editor.textCursor().hasSelection():
            self.add_next()
        here = _span(self._editor.textCursor())
        alike = self._alike()
        if len(alike) > _MOST:
            self.status.emit(lambda: tr("There are too many places to have a cursor at each."))
        elif alike:
            others = [self._cursor(Span(match.start, match.end)) for match in alike if match.start != here.start]
            self._take([*others, self._editor.textCursor()])
            self._say()

    def add_beside(self, way: QTextCursor.MoveOperation) -> None:
        """One in the line above or below each, where there is none: `way` is Up or Down."""
        more = [QTextCursor(one) for one in self.copies()]
        moved = [one for one in more if one.movePosition(way)]
        moved.sort(key=QTextCursor.position, reverse=way == QTextCursor.MoveOperation.Up)
        if moved:
            self._take([*self.copies(), *moved])
            self._editor.ensureCursorVisible()
            self._say()

    def toggle_at(self, place: QPoint) -> None:
        """One at a place of the viewport, or the one that stands there away, unless it is the only one."""
        cursor = self._editor.cursorForPosition(place)
        here = [one for one in self.copies() if _span(one).start <= cursor.position() <= _span(one).end]
        left = [one for one in self.copies() if one not in here]
        if not here:
            self._take([*self.copies(), cursor])
        elif left:
            self._take(left)
        self._say()

    def select_block(self, start: tuple[int, float], end: tuple[int, float]) -> None:
        """The columns between two places, each a line from 0 and pixels from its begin, in every line that has text
        there; the newest is in the line of the second."""
        way = 1 if start[0] <= end[0] else -1
        blocks = map(self._editor.document().findBlockByNumber, range(start[0], end[0] + way, way))
        found = [_columns_of(block, start[1], end[1]) for block in blocks if block.isVisible()]
        wide = [one for one in found if one.hasSelection()]
        self._take((wide or found)[-_MOST:])

    def drag_to(self, place: QPoint) -> None:
        """Select on with the newest, to a place of the viewport."""
        *others, newest = self.copies()
        newest.setPosition(self._editor.cursorForPosition(place).position(), QTextCursor.MoveMode.KeepAnchor)
        self._take([*others, newest])

    def leave(self) -> None:
        """The newest alone again."""
        if self._others:
            self._others.clear()
            self._show()

    # -- what happens at each

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether this key is done at each; False leaves it to the editor."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        if (move := move_of(event, self._n_rows())) is not None:
            self._move(move)
        elif (edit := edit_of(event)) is not None:
            self.edit(edit, typed=event.text() if len(event.text()) == 1 and event.text().isprintable() else "")
        else:
            return False
        self._editor.ensureCursorVisible()
        return True

    def type(self, text: str) -> None:
        """Write it at each."""
        self.edit(lambda cursor: cursor.insertText(text), typed=text)

    def paste(self, text: str, *, is_lines: bool = False) -> str:
        """Write a line at each where it has as many, else all of it; `is_lines` above the line of one that has nothing
        selected. Returns what was written."""
        given = [as_held(text.replace("\r\n", "\n"))]
        if self.are_many:
            given = shares(given[0], len(self.copies()))
        elif is_lines and not self.have_selected:
            self.edit(lambda cursor: QTextCursor(cursor.block()).insertText(given[0]))
            return as_written(given[0])
        else:
            given = [as_deep_as(self._editor.textCursor(), given[0])]
        written = as_written("\n".join(given))
        self.edit(lambda cursor: cursor.insertText(given.pop()))  # the last comes first
        return written

    def copied(self) -> str:
        """What is selected, a line of each."""
        found = [one.selectedText() for one in sorted(self.copies(), key=QTextCursor.selectionStart)]
        return as_written("\n".join(found).replace("\u2029", "\n"))

    def edit(self, edit: Act, *, typed: str = "") -> None:
        """Do this to the text at each, as one step of undo; a word that is `typed` letter by letter is one."""
        cursors = self.copies()
        with self._step(cursors, typed=typed):
            for cursor in sorted(cursors, key=QTextCursor.selectionStart, reverse=True):
                cursor.setKeepPositionOnInsert(False)
                edit(cursor)

    def edit_lines(self, edit: Act) -> None:
        """Do this to the lines of each, once where they share one or follow each other, as one step of undo."""
        cursors = self.copies()
        blocks = [selected_blocks(one) for one in cursors]
        groups = line_groups([(each[0].blockNumber(), each[-1].blockNumber()) for each in blocks])
        with self._step(cursors):
            for first, last, members in reversed(groups):
                one = cursors[members[0]] if len(members) == 1 else self._lines(first, last)
                one.setKeepPositionOnInsert(False)
                edit(one)

    def begin_typing(self, text: str) -> None:
        """Qt writes this at the only one, as a step of undo of its own or with what was typed before."""
        if not self._typing.go_on(text, self.spans):
            self._editor.document().setModified(False)  # it joins what is typed to steps of a modified text alone

    def forget(self) -> None:
        """Another text."""
        self._history.forget()
        self._typing.end()

    def follow_history(self, go: Callable[[], None]) -> None:
        """Undo or do again by `go`, and have the carets where they were then."""
        with self._acting():
            go()
        self._others.clear()
        self._typing.end()
        spans = self._history.spans()
        self._take(list(map(self._cursor, spans)) if spans else self.copies())
        self._editor.ensureCursorVisible()

    def paint(self, painter: QPainter) -> None:
        """The others that are on the screen: the editor paints its own."""
        if not (self._others and self._editor.hasFocus()):
            return
        first, bottom = self._editor.firstVisibleBlock().position(), self._editor.viewport().rect().bottom()
        for cursor in sorted(self._others, key=QTextCursor.position):
            if cursor.position() >= first:
                rect = self._editor.cursorRect(cursor)
                if rect.top() > bottom:
                    break
                painter.fillRect(rect, theme.current().color("text.primary"))

    # -- inner workings

    def _move(self, move: Act) -> None:
        cursors = self.copies()
        for cursor in cursors:
            move(cursor)
        self._is_word = False
        self._take(cursors)

    def _take(self, cursors: Sequence[QTextCursor]) -> None:
        """These are all, the newest last; those that came together are one."""
        newest = cursors[-1]
        spans = apart(map(_span, cursors))
        first = next(span for span in spans if span.start <= newest.position() <= span.end)
        whole = {_span(one): one for one in cursors}  # they know the column that they came from
        with self._acting():
            self._others = [whole.get(span) or self._cursor(span) for span in spans if span != first]
            self._editor.setTextCursor(whole.get(first) or self._cursor(first))
        self._show()

    def _show(self) -> None:
        self._history.note([_span(one) for one in self.copies()])
        self._marks.chosen = [Match(span.start, span.end) for span in map(_span, self._others)]
        self._marks.refresh()
        self._editor.viewport().update()

    def _alike(self) -> list[Match]:
        """Every place of the text that reads as what is selected, small and capital letters told apart."""
        words = as_written(self._editor.textCursor().selectedText().replace("\u2029", "\n"))
        text = text_of(self._editor.document())
        return list(search(text, Wanted(words, has_case=True, is_word=self._is_word)).matches)

    @contextmanager
    def _step(self, cursors: Sequence[QTextCursor], *, typed: str = "") -> Iterator[None]:
        """What is done to the text meanwhile is one step of undo; then these are the carets, which are kept with it."""
        block = QTextCursor(self._editor.document())
        goes_on = bool(typed) and self._typing.go_on(typed, [_span(one) for one in cursors])
        for cursor in cursors:
            cursor.setKeepPositionOnInsert(True)  # what one behind it writes does not move it
        with self._acting():
            (block.joinPreviousEditBlock if goes_on else block.beginEditBlock)()
            try:
                yield
            finally:
                block.endEditBlock()
        for cursor in cursors:
            cursor.setKeepPositionOnInsert(False)
        self._is_word = False
        self._take(cursors)
        if not typed:
            self._typing.end()

    @contextmanager
    def _acting(self) -> Iterator[None]:
        """The cursor is moved by what is done here, and so nobody else's."""
        was, self._is_acting = self._is_acting, True
        try:
            yield
        finally:
            self._is_acting = was

    def _on_moved(self) -> None:
        if not self._is_acting:
            self._is_word = False
            self.leave()
            self._typing.moved(self.spans)
            self._history.note(self.spans)

    def _cursor(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self._editor.document())
        last = self._editor.document().characterCount() - 1
        cursor.setPosition(min(span.anchor, last))
        cursor.setPosition(min(span.position, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _lines(self, first: int, last: int) -> QTextCursor:
        """All of these lines."""
        end = self._editor.document().findBlockByNumber(last)
        start = self._editor.document().findBlockByNumber(first).position()
        return self._cursor(Span(start, end.position() + end.length() - 1))

    def _n_rows(self) -> int:
        """Of a page."""
        return max(self._editor.viewport().height() // max(self._editor.fontMetrics().lineSpacing(), 1), 1)

    def _say(self) -> None:
        n = len(self._others) + 1
        self.status.emit(lambda: trn("{n} cursor", "{n} cursors", n))


def _span(cursor: QTextCursor) -> Span:
    return Span(cursor.anchor(), cursor.position())


def _columns_of(block: QTextBlock, first: float, last: float) -> QTextCursor:
    """What of a line lies between two places of it, in pixels."""
    block.document().documentLayout().blockBoundingRect(block)  # a line out of sight has no places yet
    line, cursor = block.layout().lineAt(0), QTextCursor(block)
    columns = [line.xToCursor(x) if line.isValid() else 0 for x in (first, last)]
    cursor.setPosition(block.position() + columns[0])
    cursor.setPosition(block.position() + columns[1], QTextCursor.MoveMode.KeepAnchor)
    return cursor
