"""Tells which lines of a text an edit replaced. Columns are UTF-16 units."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument

from visualizer.backprop.program.line_edit import LineEdit, LinesMoved, edits_between


class LineWatch(QObject):
    """Calls `edited` with each edit of the document's lines, the text that stands now in the line that it began in,
    and whether all of the text is another. Changes of colour alone are none."""

    def __init__(self, document: QTextDocument, edited: Callable[[LineEdit | LinesMoved, str, bool], None]) -> None:
        super().__init__(document)
        self._document = document
        self._edited = edited
        self._lines = [""]  # as they were before the edit that is told of
        document.contentsChange.connect(self._on_change)

    def _on_change(self, position: int, removed: int, added: int) -> None:
        document = self._document
        block = document.findBlock(position)
        first = block.blockNumber()
        last = document.findBlock(min(position + added, document.characterCount() - 1)).blockNumber()
        n_removed = last - first - (document.blockCount() - len(self._lines))
        new = [document.findBlockByNumber(number).text() for number in range(first, last + 1)]
        old = self._lines[first : first + n_removed + 1]
        if new == old:  # only colours changed
            return
        self._lines[first : first + n_removed + 1] = new
        is_all = first == 0 and len(new) == len(self._lines)
        begins_line = position == block.position()
        for edit in edits_between(first, old, new, begins_line=begins_line, is_all=is_all):
            is_another = is_all and edit.first == 0 and not isinstance(edit, LinesMoved)
            self._edited(edit, self._lines[min(edit.first, len(self._lines) - 1)], is_another)
