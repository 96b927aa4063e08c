"""Where backward, or the program, is held: the marked sub-expression, the words beside its line, the view on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

from engine.protocol.source import Source
from visualizer.backprop.program.marks import Marks
from visualizer.backprop.program.run_lines import RunLines


class Held:
    """Belongs to one editor; `changed` paints a line anew, `row_of` gives a block's row in its viewport,
    `reveal` unfolds what hides a line (from 0)."""

    def __init__(
        self,
        editor: QPlainTextEdit,
        marks: Marks,
        run_lines: RunLines,
        row_of: Callable[[QTextBlock], QRectF],
        reveal: Callable[[int], None],
        changed: Callable[[int], None],
    ) -> None:
        self._editor, self._marks, self._run_lines = editor, marks, run_lines
        self._row_of, self._reveal, self._changed = row_of, reveal, changed
        self.text: str | None = None
        self._line = 0  # of the sub-expression that was scrolled to

    def is_at(self, block: QTextBlock) -> bool:
        """Whether its text stands beside this line, in the place of a result."""
        return bool(self.text) and block.blockNumber() + 1 == self._marks.paused_line

    def set(self, text: str | None, line: int) -> None:
        """Mark the line whose backward is held: "paused 5 / 9"."""
        line = self._run_lines.line(line) if text is not None else 0
        text = text if line else None
        if (text, line) == (self.text, self._marks.paused_line):
            return
        before = self._marks.paused_line
        if line != before:
            self._reveal(line - 1)
            self._marks.paused_line = line
            self._marks.refresh()
            if self._line:
                self._scroll_to(self._line)
        self.text = text
        for one in {before, line} - {0}:
            self._changed(one)

    def mark(self, source: Source | None) -> None:
        """The sub-expression of the node that backward is held at; it is scrolled to, the cursor stays."""
        place = self._run_lines.source(source)
        if place != self._marks.current:
            self._marks.current = place
            self._marks.refresh()
        self._line = 0
        if source is not None:
            self.show(source.line)

    def show(self, line: int) -> None:
        """Scroll to where the pass is held, and stay there."""
        self._line = line
        self._scroll_to(line)

    def keep_in_view(self, height_before: int) -> None:
        """A bar that opens below takes the place of what the person is shown."""
        if self.is_in_view(height_before):
            self._scroll_to(self._line)

    def is_in_view(self, height: int) -> bool:
        """Whether what is shown is in a view so high."""
        block = self._editor.document().findBlockByNumber(self._line - 1)
        return block.isValid() and 0 <= self._row_of(block).center().y() < height

    def show_again(self) -> None:
        """Lines have another height, and what was in view may be out of it."""
        self._scroll_to(self._line)

    def _scroll_to(self, line: int) -> None:
        """Bring a line that is out of sight to the middle, with the line whose backward is held where both have
        room."""
        self._reveal(line - 1)
        block, held = (self._editor.document().findBlockByNumber(one - 1) for one in (line, self._marks.paused_line))
        view = self._editor.viewport().rect().toRectF()
        n_rows = int(view.height()) // max(self._editor.fontMetrics().lineSpacing(), 1)
        rows = [block]
        if held.isValid() and abs(held.firstLineNumber() - block.firstLineNumber()) < n_rows:
            rows = sorted((block, held), key=QTextBlock.blockNumber)
        if not block.isValid() or self._are_whole(rows, view):
            return
        middle = (rows[0].firstLineNumber() + rows[-1].firstLineNumber() + 1) // 2
        bar, value = self._editor.verticalScrollBar(), max(middle - n_rows // 2, 0)
        for one in (value, value + 1):  # rows are a little higher than their letters, and the view has a margin
            bar.setValue(one)
            if self._are_whole(rows, view):
                return
        bar.setValue(max(block.firstLineNumber() - n_rows // 2, 0))

    def _are_whole(self, blocks: list[QTextBlock], view: QRectF) -> bool:
        return all(_is_whole(self._row_of(one), view) for one in blocks)


def _is_whole(row: QRectF, view: QRectF) -> bool:
    """No part of a row above or below the view; of a view lower than a row, its middle decides."""
    if view.height() < row.height():
        return view.contains(row.center())
    return view.top() <= row.top() and row.bottom() <= view.bottom()
