"""Find and replace: the bar over the program, the matches in its text, and which of them is selected."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from engine.shared.language import grouped, tr, trn
from visualizer.backprop.program.code_editor import CodeEditor
from visualizer.backprop.program.find_bar import FindBar
from visualizer.backprop.program.finding import Match, Searched, search
from visualizer.look import spoken
from visualizer.look.document_text import as_held, as_written
from visualizer.look.escape import claims_escape


class Searching(QObject):
    """Belongs to one bar and one editor. What is found is marked as long as the bar is open."""

    def __init__(self, editor: CodeEditor, bar: FindBar) -> None:
        super().__init__(bar)
        self._editor, self._bar = editor, bar
        self._found: list[Match] = []
        self._searched = Searched()  # of the whole text
        self._within: QTextCursor | None = None  # the lines that are looked through, None for all
        self._from = 0  # where the cursor stood when the bar was opened: a longer word is looked for from there again
        bar.within.toggled.connect(self._limit)
        bar.edited.connect(self._on_wanted)
        bar.step_wanted.connect(self.step)
        bar.replace_wanted.connect(self._replace)
        bar.closed.connect(self._close)
        editor.textChanged.connect(self._look)
        editor.selectionChanged.connect(self._say)
        editor.installEventFilter(self)
        spoken.current().changed.connect(self._say)

    def open(self, *, is_replacing: bool) -> None:
        """Show the bar with the selected word; where lines are selected, they alone are looked through."""
        cursor = self._editor.textCursor()
        self._from = cursor.selectionStart()
        selected = cursor.selectedText()
        has_lines = "\u2029" in selected
        if has_lines:
            self._limit(True)
        self._bar.open("" if has_lines else as_written(selected), is_replacing=is_replacing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape in the editor closes the bar, once it has nothing of its own to close."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if not is_escape or self._bar.isHidden() or self._editor.uses_escape:
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._bar.close_bar()
            return True
        return claims_escape(event)

    def _limit(self, is_limited: bool) -> None:
        """To the lines that are selected now, where they are more than one."""
        cursor = QTextCursor(self._editor.textCursor())
        self._within = cursor if is_limited and "\u2029" in cursor.selectedText() else None
        self._bar.limit(self._within is not None)
        if not self._bar.isHidden():
            self._on_wanted()

    def step(self, way: int) -> None:
        """To the next match, or the one before, round the ends of the text; opens the bar where it is closed."""
        if self._bar.isHidden() or not self._bar.wanted.words:
            self.open(is_replacing=False)
        elif self._found:
            cursor = self._editor.textCursor()
            here, end = cursor.selectionStart(), cursor.selectionEnd()
            behind = [match for match in self._found if match.start >= end]
            before = [match for match in self._found if match.end <= here]
            ahead = (behind or self._found)[0] if way > 0 else (before or self._found)[-1]
            self._select(ahead)
            self._from = ahead.start

    def _on_wanted(self) -> None:
        """Another word: the first match from where the search began."""
        self._look()
        if self._found and not self._bar.isHidden():
            self._select(next((match for match in self._found if match.start >= self._from), self._found[0]))

    def _look(self) -> None:
        is_open = not self._bar.isHidden()
        if not is_open:
            self._limit(False)
        self._searched = search(self._editor.text(), self._bar.wanted) if is_open else Searched()
        start, end = (self._within.selectionStart(), self._within.selectionEnd()) if self._within else (0, None)
        self._found = [one for one in self._searched.matches if one.start >= start and (end is None or one.end <= end)]
        self._editor.marks.within = Match(start, end) if end is not None else None
        self._editor.marks.found = self._found
        self._editor.marks.refresh()
        self._say()

    def _say(self) -> None:
        """ "3 of 12" where the selection is one of them, "12 matches", or why there is none."""
        if self._bar.isHidden():
            return
        wanted, n = self._bar.wanted, len(self._found)
        self._bar.offer(can_replace=n > 0)
        fault = wanted.fault()
        if fault:
            self._bar.say(tr("No regular expression: {reason}", reason=fault), is_fault=True)
        elif not wanted.words:
            self._bar.say("")
        elif self._searched.is_given_up:
            self._bar.say(tr("Given up: this expression takes too long on the text."), is_fault=True)
        elif not n:
            is_empty = self._searched.has_empty
            self._bar.say(tr("It matches places without a letter alone.") if is_empty else tr("not found"))
        elif here := self._selected():
            self._bar.say(tr("{place} of {n}", place=grouped(here), n=grouped(n)))
        else:
            self._bar.say(trn("{n} match", "{n} matches", n))

    def _selected(self) -> int:
        """Which match is selected, from 1; 0 for none of them."""
        cursor = self._editor.textCursor()
        span = (cursor.selectionStart(), cursor.selectionEnd())
        return next((place for place, match in enumerate(self._found, 1) if (match.start, match.end) == span), 0)

    def _replace(self, is_all: bool) -> None:
        chosen = self._found if is_all else self._found[self._selected() - 1 : self._selected()]
        if not chosen:  # nothing is selected yet: show what would be replaced
            self.step(1)
            return
        template, is_pattern = self._bar.substitute.text(), self._bar.wanted.is_pattern
        cursor = self._editor.textCursor()
        cursor.beginEditBlock()  # one step of undo
        for match in reversed(chosen):
            cursor.setPosition(match.start)
            cursor.setPosition(match.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(as_held(match.replaced(template) if is_pattern else template))
        cursor.endEditBlock()
        if is_all:
            self._bar.say(trn("{n} match replaced", "{n} matches replaced", len(chosen)))
        else:
            self._editor.setTextCursor(cursor)
            self.step(1)

    def _select(self, match: Match) -> None:
        cursor = self._editor.textCursor()
        cursor.setPosition(match.start)
        cursor.setPosition(match.end, QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()

    def _close(self) -> None:
        self._look()
        self._editor.setFocus()
