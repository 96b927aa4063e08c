"""Folded blocks of one editor: their lines are hidden, and nothing of the text is another.

A fold goes with its lines, and opens by itself where what it hides must be seen: where a cursor goes there, a pass is
held or an error is. Lines are block numbers, from 0.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

from engine.shared.language import tr, trn
from visualizer.backprop.program.fold_regions import regions
from visualizer.backprop.program.line_edit import LineEdit, LinesMoved
from visualizer.look.document_text import text_of

_MOST_KEPT = 32  # texts whose folds are known when they come back


class Folds(QObject):
    """Belongs to one editor, which tells it of each edit before its text has changed on the screen."""

    changed = Signal()
    status = Signal(object)

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._folded: dict[int, int] = {}  # the last hidden line by the one that stands for all
        self._regions: tuple[int, dict[int, int]] = (-1, {})  # of a revision of the text
        self._kept: dict[str, list[int]] = {}
        self._is_moved = False
        editor.cursorPositionChanged.connect(self._on_cursor)
        editor.textChanged.connect(self._on_text)

    # -- what is folded

    @property
    def regions(self) -> dict[int, int]:
        """What can be folded, as `fold_regions.regions` tells."""
        document = self._editor.document()
        if self._regions[0] != document.revision():
            self._regions = (document.revision(), regions(text_of(document).split("\n")))
        return self._regions[1]

    def n_hidden(self, line: int) -> int:
        """How many lines are hidden under one, 0 where it is not folded."""
        return self._folded.get(line, line) - line

    def hidden_under(self, line: int) -> range:
        """The lines that are hidden under one."""
        return range(line + 1, self._folded.get(line, line) + 1)

    # -- what folds and unfolds

    def toggle(self, line: int) -> None:
        """Fold the block that begins with a line, or unfold it."""
        if line in self._folded:
            self._unfold([line])
        elif line in self.regions:
            self._fold([line])

    def fold_at_cursor(self) -> None:
        """The innermost block that the cursor stands in, or heads, and that is not folded yet."""
        here = self._editor.textCursor().blockNumber()
        around = [line for line, last in self.regions.items() if line <= here <= last and line not in self._folded]
        if not around:
            self.status.emit(lambda: tr("No block begins at the cursor or around it."))
            return
        line = max(around)
        self._fold([line])
        self._say(self.n_hidden(line))

    def unfold_at_cursor(self) -> None:
        """What is folded under the cursor's line."""
        here = self._editor.textCursor().blockNumber()
        if here in self._folded:
            self._unfold([here])
        else:
            self.status.emit(lambda: tr("Nothing is folded at the cursor."))

    def fold_all(self) -> None:
        """Every block."""
        self._fold(self.regions)
        self._say(sum(not block.isVisible() for block in self._blocks()))

    def unfold_all(self) -> None:
        """Everything."""
        self._unfold(list(self._folded))

    def reveal(self, line: int) -> None:
        """Unfold what hides a line."""
        hiding = [head for head, last in self._folded.items() if head < line <= last]
        if hiding:
            self._unfold(hiding)

    # -- the text is another

    def edited(self, edit: LineEdit | LinesMoved) -> None:
        """The text was edited: folds move with their lines, or go with them."""
        if not self._folded:
            return
        moved = ((edit.place(line), edit.place(last)) for line, last in self._folded.items())
        self._is_moved = self._is_moved or edit.moves_lines or any(map(edit.touches, self._folded))
        self._folded = {line: last or line for line, last in moved if line is not None}

    def forget(self) -> None:
        """Before another text; what is folded in this one is known when it comes back."""
        text = text_of(self._editor.document())
        self._kept.pop(text, None)
        if self._folded:
            self._kept[text] = sorted(self._folded)
            self._kept = dict(list(self._kept.items())[-_MOST_KEPT:])
        self._folded = {}
        self._is_moved = False

    def recall(self) -> None:
        """Another text stands there: fold what was folded when it stood there last."""
        lines = self._kept.get(text_of(self._editor.document()), [])
        if lines:
            self._fold(lines)

    # -- inner workings

    def _fold(self, lines: Iterable[int]) -> None:
        """The cursor goes to the line that stands for those that hide it."""
        self._folded |= {line: self.regions[line] for line in lines if line in self.regions}
        cursor = self._editor.textCursor()
        here = cursor.blockNumber()
        hiding = [line for line, last in self._folded.items() if line < here <= last]
        if hiding:
            block = self._editor.document().findBlockByNumber(min(hiding))
            cursor.setPosition(block.position() + block.length() - 1)
        else:
            cursor.clearSelection()
        self._editor.setTextCursor(cursor)
        self._show()

    def _unfold(self, lines: Iterable[int]) -> None:
        for line in lines:
            self._folded.pop(line, None)
        self._show()

    def _show(self) -> None:
        """Hide what is folded, and show all else."""
        ends: list[tuple[int, int]] = []  # of what is hidden, one behind the other
        for line, last in sorted(self._folded.items()):
            if not ends or line > ends[-1][1]:
                ends.append((line, last))
        heads = [line for line, _ in ends]
        is_another = False
        for block in self._blocks():
            number = block.blockNumber()
            place = bisect_right(heads, number - 1) - 1
            is_seen = place < 0 or number > ends[place][1]
            if block.isVisible() != is_seen:
                is_another = True
                block.setVisible(is_seen)
                block.setLineCount(max(block.layout().lineCount(), 1) if is_seen else 0)
        if is_another:
            layout = self._editor.document().documentLayout()
            layout.requestUpdate()
            layout.documentSizeChanged.emit(layout.documentSize())
            self._editor.viewport().update()
        self.changed.emit()

    def _blocks(self) -> Iterable[QTextBlock]:
        block = self._editor.document().firstBlock()
        while block.isValid():
            yield block
            block = block.next()

    def _on_text(self) -> None:
        if self._is_moved:
            self._is_moved = False
            self._folded = {line: self.regions[line] for line in self._folded if line in self.regions}
            self._show()
            self._on_cursor()

    def _on_cursor(self) -> None:
        """Where it stands is seen; all of the text may be selected as it is."""
        cursor = self._editor.textCursor()
        n_letters = self._editor.document().characterCount() - 1
        if self._folded and cursor.selectionEnd() - cursor.selectionStart() < n_letters:
            self.reveal(cursor.blockNumber())

    def _say(self, n: int) -> None:
        self.status.emit(lambda: trn("{n} line folded", "{n} lines folded", n))
