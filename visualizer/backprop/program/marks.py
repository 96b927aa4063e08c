"""What is marked in the text: the current line, the held line, sub-expressions, the error, a pair of brackets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from engine.protocol.source import Source
from visualizer.backprop.program.brackets import pair_at
from visualizer.backprop.program.finding import Match
from visualizer.backprop.program.line_edit import LineEdit, LinesMoved
from visualizer.look import theme

_AROUND = 50  # lines beside those on the screen
_MOST_FOUND = 1_000  # matches that are marked; more are counted


class Marks:
    """Set the fields, then `refresh()`."""

    def __init__(self, editor: QPlainTextEdit, row_of: Callable[[QTextBlock], QRectF]) -> None:
        self._editor, self._row_of = editor, row_of
        self._filled: dict[int, str] = {}  # as they were painted last
        self.current: Source | None = None  # amber: where backward is held
        self.hovered: Source | None = None  # blue: the selection
        self.error: Source | None = None
        self.paused_line = 0
        self.found: Sequence[Match] = ()  # what is looked for
        self.within: Match | None = None  # where that is looked for, None for everywhere
        self.same: Sequence[Match] = ()  # the places of the name at the cursor
        self.chosen: Sequence[Match] = ()  # what carets beside the editor's own have selected
        editor.verticalScrollBar().valueChanged.connect(self._on_scroll)

    def edited(self, edit: LineEdit | LinesMoved) -> None:
        """Marks move with their lines, or go with them; one in a line that was changed goes, too."""
        for name in ("current", "hovered", "error"):
            source: Source | None = getattr(self, name)
            if source is not None:
                setattr(self, name, _moved(source, edit))
        if self.paused_line:
            place = edit.place(self.paused_line - 1)
            self.paused_line = 0 if place is None else place + 1

    def hovers_in(self, lines: range) -> bool:
        """Whether what the node under the mouse was made by begins in these lines, from 0."""
        return self.hovered is not None and self.hovered.line - 1 in lines

    def _on_scroll(self) -> None:
        if self.found:
            self.refresh()

    def refresh(self) -> None:
        """Hand all marks to the editor, the most important last."""
        self.refill()
        made: list[QTextEdit.ExtraSelection | None] = []
        end = self._editor.document().characterCount()  # in the midst of an edit: they are found anew after it
        if self.within is not None and self.within.end < end:
            made.append(self._fill(self.within, "bg.raised"))
        made += [self._match(match) for match in self._found_near() if match.end < end]
        made += [self._match(match, is_found=False) for match in self.same[:_MOST_FOUND] if match.end < end]
        made += self._brackets()
        look = theme.current()
        for source, fill, line, style in (
            (self.hovered, "accent.tint", "accent.line", QTextCharFormat.UnderlineStyle.SingleUnderline),
            (self.current, "flow.mark", "flow.line", QTextCharFormat.UnderlineStyle.SingleUnderline),
            (self.error, None, "error.text", QTextCharFormat.UnderlineStyle.WaveUnderline),
        ):
            if source is not None:
                color = look.color(fill) if fill else None
                made.append(self._span(source, color, look.color(line), style))
        made += [self._fill(match, "accent.tint") for match in self.chosen if match.start < match.end < end]
        self._editor.setExtraSelections([selection for selection in made if selection is not None])

    def paint_lines(self, painter: QPainter, exposed: QRectF) -> None:
        """The lines that are filled, below the text: Qt draws all letters of a line again for each fill that is a
        selection, which a long line would pay for at every key."""
        self._filled = self._fills()
        for line, token in self._filled.items():
            row = self._row_of(self._editor.document().findBlockByNumber(line))
            if row.intersects(exposed):
                painter.fillRect(row, theme.current().color(token))

    def _fills(self) -> dict[int, str]:
        """The lines (from 0) that are filled, and the tokens of their colours: the cursor's, that of the error, that of
        what is held."""
        document, fills = self._editor.document(), {}
        if self._editor.hasFocus() and not document.isEmpty():  # it would hide what to do first
            fills[self._editor.textCursor().blockNumber()] = "bg.raised"
        if self.paused_line:
            fills[self.paused_line - 1] = "flow.tint"
        if self.error is not None:
            fills[self.error.line - 1] = "error.tint"
        return {line: token for line, token in fills.items() if document.findBlockByNumber(line).isVisible()}

    def refill(self) -> None:
        """Have the lines painted anew whose fill is another, as where the keyboard came or went."""
        for line, _ in self._fills().items() ^ self._filled.items():
            block = self._editor.document().findBlockByNumber(line)
            if block.isValid():
                self._editor.viewport().update(self._row_of(block).toAlignedRect())

    def _found_near(self) -> Sequence[Match]:
        """What is found on the screen and around it: each mark is a cursor, which every key would have to move."""
        block, document = self._editor.firstVisibleBlock(), self._editor.document()
        first = document.findBlockByNumber(max(block.blockNumber() - _AROUND, 0)).position()
        n_rows = self._editor.viewport().height() // max(self._editor.fontMetrics().lineSpacing(), 1)
        last = document.findBlockByNumber(block.blockNumber() + n_rows + _AROUND)
        begin = bisect_left(self.found, first, key=lambda match: match.start)
        stop = bisect_left(self.found, last.position(), key=lambda match: match.start) if last.isValid() else None
        return self.found[begin:stop][:_MOST_FOUND]

    def _span(
        self, source: Source, fill: QColor | None, line: QColor, style: QTextCharFormat.UnderlineStyle
    ) -> QTextEdit.ExtraSelection | None:
        document = self._editor.document()
        first, last = document.findBlockByNumber(source.line - 1), document.findBlockByNumber(source.end_line - 1)
        if not (first.isValid() and last.isValid()):
            return None
        cursor = QTextCursor(document)
        cursor.setPosition(min(first.position() + source.column, first.position() + first.length() - 1))
        end = min(last.position() + source.end_column, last.position() + last.length() - 1)
        cursor.setPosition(max(end, cursor.position()), QTextCursor.MoveMode.KeepAnchor)
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.format = _span_format(fill.rgba() if fill is not None else None, line.rgba(), style)
        selection.cursor = cursor
        return selection

    def _brackets(self) -> list[QTextEdit.ExtraSelection]:
        pair = pair_at(self._editor.document(), self._editor.textCursor().position())
        return [self._fill(Match(one, one + 1), "bg.hover") for one in pair or ()]

    def _fill(self, match: Match, token: str) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self._cursor(match.start, match.end)
        selection.format.setBackground(theme.current().color(token))
        return selection

    def _match(self, match: Match, *, is_found: bool = True) -> QTextEdit.ExtraSelection:
        selection, look = QTextEdit.ExtraSelection(), theme.current()
        selection.cursor = self._cursor(match.start, match.end)
        styles = QTextCharFormat.UnderlineStyle
        style = styles.SingleUnderline if is_found else styles.DotLine  # not by colour alone
        line = look.color("accent.line" if is_found else "text.muted").rgba()
        selection.format = _span_format(look.color("bg.hover").rgba(), line, style)
        return selection

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor


@lru_cache(maxsize=16)  # each step of a pass marks anew, and what a format takes crosses into Qt piece by piece
def _span_format(fill: int | None, line: int, style: QTextCharFormat.UnderlineStyle) -> QTextCharFormat:
    made = QTextCharFormat()
    if fill is not None:
        made.setBackground(QColor.fromRgba(fill))
    made.setUnderlineStyle(style)
    made.setUnderlineColor(QColor.fromRgba(line))
    return made


def _moved(source: Source, edit: LineEdit | LinesMoved) -> Source | None:
    lines = range(source.line - 1, source.end_line)
    places = [edit.place(line) for line in lines]
    if any(map(edit.touches, lines)) or None in places:
        return None
    first, last = places[0], places[-1]
    assert first is not None and last is not None
    return msgspec.structs.replace(source, line=first + 1, end_line=last + 1)
