"""Line numbers, the arrow at the line whose backward is held or that runs, and what folds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QEnterEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTextBlock,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from visualizer.backprop.program import zoom
from visualizer.backprop.program.folds import Folds
from visualizer.backprop.program.marks import Marks
from visualizer.look import theme
from visualizer.look.painting import guarded
from visualizer.look.spoken import speak

_FOLD_PX = 14  # wide, right of the numbers, for what folds


class Gutter(QWidget):
    """Belongs to one editor. `row_of` gives a block's row in the editor's viewport."""

    accessible_role = QAccessible.Role.Grouping

    width_wanted = Signal(int)
    line_clicked = Signal(int)

    def __init__(
        self, editor: QPlainTextEdit, marks: Marks, folds: Folds, row_of: Callable[[QTextBlock], QRectF]
    ) -> None:
        super().__init__(editor)
        self.setObjectName("gutter")
        self._editor, self._marks, self._folds, self._row_of = editor, marks, folds, row_of
        self._is_under_mouse = False  # and nothing was typed since it moved: what folds is read anew after each key
        self.setMouseTracking(True)
        editor.textChanged.connect(lambda: self._set_under_mouse(False))
        folds.changed.connect(self.update)
        self.running_line = 0
        self._breakpoints: dict[int, bool] = {}
        speak(self.setAccessibleName, "Line numbers")
        speak(
            self.setToolTip,
            "Click beside a line to hold passes at its nodes — Ctrl+F9\n"
            "Right of a number: fold its block — Ctrl+Shift+[",
        )
        editor.blockCountChanged.connect(lambda count: self.resize_to_content())

    def sizeHint(self) -> QSize:
        digits = max(len(str(self._editor.blockCount())), 2)
        look = theme.current()
        width = QFontMetrics(zoom.mono(11)).horizontalAdvance("0" * digits) + look.px(34)
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

    def has_breakpoint(self, lines: range) -> bool:
        """Whether one is in these lines, from 0."""
        return any(line - 1 in lines for line in self._breakpoints)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        block = self._block_at(event.position().y())
        if event.button() != Qt.MouseButton.LeftButton or not block.isValid():
            return
        if event.position().x() >= self.width() - theme.current().px(_FOLD_PX):
            self._folds.toggle(block.blockNumber())
        else:
            self.line_clicked.emit(block.blockNumber() + 1)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._set_under_mouse(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_under_mouse(True)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_under_mouse(False)

    def _set_under_mouse(self, is_under_mouse: bool) -> None:
        if is_under_mouse != self._is_under_mouse:
            self._is_under_mouse = is_under_mouse
            self.update()

    def _block_at(self, y: float) -> QTextBlock:
        block = self._editor.firstVisibleBlock()
        while block.isValid() and (not block.isVisible() or self._row_of(block).bottom() < y):
            block = block.next()
        return block

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), theme.current().color("bg.panel"))
        block = self._editor.firstVisibleBlock()
        while block.isValid():
            row = self._row_of(block)
            if block.isVisible() and row.top() > event.rect().bottom():
                break
            if block.isVisible() and row.bottom() >= event.rect().top():
                self._paint_line(painter, block.blockNumber() + 1, QRectF(0, row.top(), self.width(), row.height()))
            block = block.next()

    def _paint_line(self, painter: QPainter, line: int, box: QRectF) -> None:
        look, hidden = theme.current(), self._folds.hidden_under(line - 1)
        if line == self._marks.paused_line:
            painter.fillRect(box, look.color("flow.tint"))
            self._arrow(painter, box, "flow.line")
        elif line == self.running_line or self.running_line - 1 in hidden:
            self._arrow(painter, box, "accent.line")
        else:
            here = self._editor.textCursor().blockNumber() + 1
            painter.setFont(zoom.mono(11))
            painter.setPen(look.color("text.secondary" if line == here else "text.muted"))
            inner = box.adjusted(0, 0, -look.px(_FOLD_PX), 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(line))
        if line in self._breakpoints:
            self._dot(painter, box, is_on=self._breakpoints[line])
        if hidden or (self._is_under_mouse and line - 1 in self._folds.regions):
            self._chevron(painter, box, is_folded=bool(hidden))

    def _chevron(self, painter: QPainter, box: QRectF, *, is_folded: bool) -> None:
        """To the right where something is folded, else down."""
        look = theme.current()
        size, middle = look.px(3), QPointF(box.right() - look.px(_FOLD_PX) / 2, box.center().y())
        tip = QPointF(size / 2, 0) if is_folded else QPointF(0, size / 2)
        first = middle - (QPointF(size / 2, size) if is_folded else QPointF(size, size / 2))
        last = middle + (QPointF(-size / 2, size) if is_folded else QPointF(size, -size / 2))
        painter.setPen(QPen(look.color("text.secondary"), look.px(1.4)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([first, middle + tip, last]))

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
