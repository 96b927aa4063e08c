"""The track of the transport: one mark and one bar per node in firing order, a playhead, and the cursor to drag."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from visualizer.look import theme


@dataclass(frozen=True)
class Mark:
    """One node of the pass: its name, its category token, and the norm of its arriving gradient (None: not yet)."""

    label: str
    category: str
    norm: float | None


class Scrubber(QWidget):
    """Emits `moved(position)`: 0 before the first node, p held at the p-th, one past the last at the end."""

    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scrubber")
        self.setAccessibleName("Backward timeline")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._marks: tuple[Mark, ...] = ()
        self._position = 0
        self._newest = 0
        theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(480), theme.current().px(76))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(120), theme.current().px(76))

    def set_marks(self, marks: tuple[Mark, ...], position: int, newest: int) -> None:
        """Show a pass: done nodes carry norms, expected ones none."""
        self._marks, self._position, self._newest = marks, position, newest
        self.setAccessibleDescription(f"node {position} of {len(marks)}")
        self.update()

    # -- geometry

    def _x(self, index: int) -> float:
        # With labels, the number beside the last bar needs more room than the first has to have.
        look = theme.current()
        left, right = (look.px(34), look.px(58)) if self._labels_fit() else (look.px(10), look.px(10))
        span = max(self.width() - left - right, 1)
        return left + span * (index / max(len(self._marks) - 1, 1) if len(self._marks) > 1 else 0.5)

    def _labels_fit(self) -> bool:
        return len(self._marks) > 0 and self.width() / max(len(self._marks), 1) >= theme.current().px(58)

    def _index_at(self, x: float) -> int:
        if len(self._marks) < 2:
            return 0
        first, last = self._x(0), self._x(len(self._marks) - 1)
        return min(max(round((x - first) / max(last - first, 1) * (len(self._marks) - 1)), 0), len(self._marks) - 1)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        if not self._marks:
            painter.setFont(look.font(12))
            painter.setPen(look.color("text.muted"))
            text = "Step through a program, or press F9 to step the output on the canvas: every node appears here."
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
            return
        track = self.height() - look.px(28)
        self._paint_track(painter, track)
        top = max((mark.norm or 0.0) for mark in self._marks if mark.norm is None or math.isfinite(mark.norm)) or 1.0
        for index, mark in enumerate(self._marks):
            self._paint_mark(painter, index, mark, track, top)
        self._paint_playhead(painter, track)

    def _paint_track(self, painter: QPainter, track: float) -> None:
        look = theme.current()
        first, last = self._x(0), self._x(len(self._marks) - 1)
        here = self._x(min(max(self._position - 1, 0), len(self._marks) - 1)) if self._position else first
        for start, end, token in ((first, last, "bg.control"), (first, here, "flow.line")):
            painter.setPen(QPen(look.color(token), look.px(3), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(start, track), QPointF(end, track))

    def _paint_mark(self, painter: QPainter, index: int, mark: Mark, track: float, top: float) -> None:
        look = theme.current()
        x = self._x(index)
        fits = self._labels_fit()
        is_current = index == self._position - 1
        known = mark.norm is not None and index < self._position
        if known and mark.norm is not None:
            share = min(mark.norm / top, 1.0) if math.isfinite(mark.norm) else 1.0
            height = max(share * (track - look.px(14)), look.px(2))
            spacing = abs(self._x(1) - self._x(0)) if len(self._marks) > 1 else 100
            width = min(look.px(12), max(spacing * 0.7, 1))
            finite = math.isfinite(mark.norm)
            token = "error.text" if not finite else ("flow.line" if is_current else "flow.trail")
            painter.fillRect(QRectF(x - width / 2, track - look.px(7) - height, width, height), look.color(token))
            if fits:
                painter.setFont(look.mono(10.5))
                painter.setPen(look.color("flow.text" if is_current else "text.muted"))
                painter.drawText(QPointF(x + look.px(10), track - look.px(9)), f"{mark.norm:.3f}")
        if fits:
            color = look.color(f"cat.{mark.category}")
            painter.setBrush(color)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setOpacity(1.0 if index < self._position else 0.5)
            painter.drawRoundedRect(QRectF(x - look.px(2), track - look.px(6), look.px(4), look.px(12)), 2, 2)
            painter.setOpacity(1.0)
            painter.setFont(look.font(11, 600 if is_current else 400))
            painter.setPen(look.color("flow.text" if is_current else "text.secondary" if known else "text.muted"))
            metrics = QFontMetrics(painter.font())
            width = self.width() / len(self._marks) - look.px(6)
            text = metrics.elidedText(mark.label, Qt.TextElideMode.ElideRight, int(width))
            box = QRectF(x - width / 2, track + look.px(9), width, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)

    def _paint_playhead(self, painter: QPainter, track: float) -> None:
        if not 1 <= self._position <= len(self._marks):
            return
        look = theme.current()
        x, size = self._x(self._position - 1), look.px(5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("flow.line"))
        top = track + look.px(3)
        painter.drawPolygon(
            QPolygonF([QPointF(x, top), QPointF(x - size, top + size * 1.4), QPointF(x + size, top + size * 1.4)])
        )
        if self.hasFocus():
            painter.setPen(QPen(look.color("accent.line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    # -- input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._marks:
            return
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(event)
            return
        index = self._index_at(event.position().x())
        mark = self._marks[index]
        norm = f"gradient norm {mark.norm:.6g}" if mark.norm is not None else "not reached yet"
        QToolTip.showText(
            event.globalPosition().toPoint(), f"{index + 1} of {len(self._marks)}: {mark.label}, {norm}", self
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: self._position - 1,
            Qt.Key.Key_Right: self._position + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._newest,
        }
        target = moves.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(min(max(target, 0), self._newest))

    def _drag_to(self, event: QMouseEvent) -> None:
        if self._marks and event.buttons() & Qt.MouseButton.LeftButton:
            self.moved.emit(min(self._index_at(event.position().x()) + 1, self._newest))
