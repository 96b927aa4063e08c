"""Line numbers, and the arrow at the line whose backward is held or that runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from visualizer.backprop.program.marks import Marks
from visualizer.look import theme
from visualizer.look.painting import guarded
from visualizer.look.spoken import speak


class Gutter(QWidget):
    """Belongs to one editor. `row_of` gives a block's row in the editor's viewport."""

    width_wanted = Signal(int)
    line_clicked = Signal(int)

    def __init__(self, editor: QPlainTextEdit, marks: Marks, row_of: Callable[[QTextBlock], QRectF]) -> None:
        super().__init__(editor)
        self.setObjectName("gutter")
        self._editor, self._marks, self._row_of = editor, marks, row_of
        self.running_line = 0
        self._breakpoints: dict[int, bool] = {}
        speak(self.setToolTip, "Click beside a line to hold passes at its nodes — Ctrl+F9")
        editor.blockCountChanged.connect(lambda count: self.resize_to_content())

    def sizeHint(self) -> QSize:
        digits = max(len(str(self._editor.blockCount())), 2)
        look = theme.current()
        width = QFontMetrics(look.mono(11)).horizontalAdvance("0" * digits) + look.px(34)
        return QSize(width, 0)

    def resize_to_content(self) -> None:
        """As wide as the largest number needs."""
        self.width_wanted.emit(self.sizeHint().width())

    def follow(self, rect: QRect, dy: int) -> None:
        """Scroll with the text."""
        if dy:
            self.scroll(0, dy)
        else:
            self.update(0, rect.y(), self.width(), rect.height())

    def set_running(self, line: int) -> None:
        """Mark the line that runs, 0 for none."""
        if line != self.running_line:
            self.running_line = line
            self.update()

    def set_breakpoints(self, lines: dict[int, bool]) -> None:
        """The lines with one, and whether it is switched on."""
        if lines != self._breakpoints:
            self._breakpoints = dict(lines)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        block = self._editor.firstVisibleBlock()
        while block.isValid() and self._row_of(block).bottom() < event.position().y():
            block = block.next()
        if event.button() == Qt.MouseButton.LeftButton and block.isValid():
            self.line_clicked.emit(block.blockNumber() + 1)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        painter.fillRect(event.rect(), look.color("bg.panel"))
        painter.setFont(look.mono(11))
        marks, here = self._marks, self._editor.textCursor().blockNumber() + 1
        block = self._editor.firstVisibleBlock()
        while block.isValid():
            row = self._row_of(block)
            if row.top() > event.rect().bottom():
                break
            line = block.blockNumber() + 1
            box = QRectF(0, row.top(), self.width(), row.height())
            if line == marks.paused_line:
                painter.fillRect(box, look.color("flow.tint"))
                self._arrow(painter, box, "flow.line")
            elif line == self.running_line:
                self._arrow(painter, box, "accent.line")
            else:
                painter.setPen(look.color("text.secondary" if line == here else "text.muted"))
                inner = box.adjusted(0, 0, -look.px(14), 0)
                painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(line))
            if line in self._breakpoints:
                self._dot(painter, box, is_on=self._breakpoints[line])
            block = block.next()

    def _dot(self, painter: QPainter, box: QRectF, *, is_on: bool) -> None:
        """Filled, or a ring for one that is switched off."""
        look = theme.current()
        radius = look.px(4)
        painter.setPen(QPen(look.color("error.text"), look.px(1.2)))
        painter.setBrush(look.color("error.text") if is_on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(look.px(9), box.center().y()), radius, radius)

    def _arrow(self, painter: QPainter, box: QRectF, token: str) -> None:
        look = theme.current()
        size, right, middle = look.px(4), box.right() - look.px(15), box.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(token))
        points = [
            QPointF(right - size, middle - size),
            QPointF(right - size, middle + size),
            QPointF(right + size, middle),
        ]
        painter.drawPolygon(QPolygonF(points))
