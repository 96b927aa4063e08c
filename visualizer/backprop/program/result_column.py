"""What the lines of the editor left behind: which result stands beside which line, and since when it is stale."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, QPoint, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

from engine.protocol.messages import LinesRan
from engine.protocol.program_values import LineResult
from visualizer.backprop.program import line_results
from visualizer.backprop.program.dependents import ages
from visualizer.backprop.program.line_edit import LineEdit, LinesMoved
from visualizer.backprop.program.line_results import ShownResult
from visualizer.backprop.program.run_lines import RunLines
from visualizer.look.document_text import text_of

_AGING_MS = 150  # after which typing has come to rest


class ResultColumn(QObject):
    """Results by line, painted by the editor at the right end of their rows. Everything on the window's thread."""

    chosen = Signal(str)  # the name of a tensor

    def __init__(self, editor: QPlainTextEdit, run_lines: RunLines) -> None:
        super().__init__(editor)
        self._editor = editor
        self._run_lines = run_lines
        self.shown: dict[int, ShownResult] = {}  # by block number
        self._gone: dict[int, ShownResult] = {}  # with their lines, by the line of the text that ran
        self._aging = QTimer(self, singleShot=True, interval=_AGING_MS)
        self._aging.timeout.connect(self.age)

    def add(self, result: LineResult) -> None:
        """Show what a statement left behind beside its first line, if that is still as it ran."""
        line = self._run_lines.line(result.line)
        if not line:
            return
        ran_line = result.line
        result = msgspec.structs.replace(result, line=line, end_line=line + result.end_line - result.line)
        code = self._editor.document().findBlockByNumber(result.line - 1).text()
        self.shown[result.line - 1] = ShownResult(result, code, ran_line)
        self._aging.start()
        self._editor.viewport().update()

    def add_lines(self, ran: LinesRan) -> None:
        """Show what the lines of a statement with a body left behind, and nothing else beside them."""
        for line in range(ran.line, ran.end_line + 1):
            self.shown.pop(self._run_lines.line(line) - 1, None)
        for result in ran.results:
            self.add(result)
        self._editor.viewport().update()

    def clear(self) -> None:
        """Of another text."""
        self.shown.clear()
        self._gone.clear()
        self._editor.viewport().update()

    def begin_run(self, part: tuple[int, int] | None) -> None:
        """What stands in these lines, or anywhere, runs anew. What is stale outside of them stays so."""
        if part is not None:
            self.age()
        self._gone.clear()
        for number, shown in self.shown.items():
            shown.ran_line = number + 1
            shown.is_of_run = part is None or part[0] <= number + 1 <= part[1]
            shown.is_overtaken = not shown.is_of_run and shown.is_stale

    def clear_begun(self) -> None:
        """The run has begun for which `begin_run` was called."""
        self.shown = {number: shown for number, shown in self.shown.items() if not shown.is_of_run}
        self._editor.viewport().update()

    def age(self) -> None:
        """Mark the results of lines that depend on one that was changed since."""
        ran = self._run_lines.run_text
        if ran is None or not (self.shown or self._gone):
            return
        text = text_of(self._editor.document())
        if self._run_lines.come_back(text):
            self._bring_back()
        lines = self._run_lines
        found = ages(ran, text, lines.line, lines.ran_line, lines.ran_place)
        if found is not None:
            for number, shown in self.shown.items():
                first = found.first(number + 1)  # of the statement that it stands in
                shown.is_outdated = first in found.outdated
                shown.is_edited = shown.is_edited and first not in found.unchanged
        self._editor.viewport().update()

    def edited(self, edit: LineEdit | LinesMoved, code: str) -> None:
        """Results move with their lines; `code` is what stands now in the line that the edit began in."""
        before = list(self.shown.values())
        self.shown = line_results.after_edit(self.shown, edit, code)
        left = set(map(id, self.shown.values()))
        self._gone |= {one.ran_line: one for one in before if id(one) not in left}
        self._aging.start()

    def _bring_back(self) -> None:
        """The text is the one that ran again, with what stood beside lines that had gone."""
        self.shown = {line - 1: shown for line, shown in self._gone.items()} | self.shown
        self._gone.clear()
        for shown in self.shown.values():
            shown.is_edited = False

    def _beside(self, number: int) -> ShownResult | None:
        """The result of a block that has code: one that was emptied may be filled again, or that undone."""
        has_code = bool(self._editor.document().findBlockByNumber(number).text().strip())
        return self.shown.get(number) if has_code else None

    def choose(self, number: int) -> bool:
        """Inspect the tensor that the line of a block left behind; False where it left none."""
        shown = self._beside(number)
        if shown is None or not shown.variable:
            return False
        self.chosen.emit(shown.variable)
        return True

    def choose_at_cursor(self) -> None:
        """Inspect the tensor that the cursor's line left behind."""
        self.choose(self._editor.textCursor().blockNumber())

    def at(self, place: QPoint, block: QTextBlock, row: QRectF, code_end: float) -> ShownResult | None:
        """The result of a block that is painted at a place of its row."""
        shown = self._beside(block.blockNumber())
        left = None if shown is None else line_results.left_of(shown, row, code_end)
        return shown if left is not None and place.x() >= left else None

    def paint(self, painter: QPainter, number: int, row: QRectF, code_end: float) -> None:
        """The result of a block, where it has one."""
        shown = self._beside(number)
        if shown is not None:
            line_results.paint(painter, shown, row, code_end)

    def dress(self) -> None:
        """The theme is another: pictures are made anew."""
        for shown in self.shown.values():
            shown.pixmap = None
