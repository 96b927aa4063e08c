"""The track of the transport: one mark and one bar per node in firing order, a playhead, and the cursor to drag."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.protocol.saved import NodeSaved
from engine.shared.language import mark, tr
from engine.shared.local_numbers import compact, number
from visualizer.backprop.timeline.bars import NormBars, is_known
from visualizer.backprop.timeline.life import Life
from visualizer.backprop.timeline.marks import Mark, Marks
from visualizer.look import spoken, theme
from visualizer.look.balanced import balanced, height_of
from visualizer.look.decades import DecadeScale
from visualizer.look.elision import elided
from visualizer.look.painting import guarded
from visualizer.look.spoken import speak, speak_by
from visualizer.model.history import NOTHING_ARRIVED

_AXIS_PX = 9.5
_UNDER, _UNDER_LOW = 28, 16  # px under the track: with the names of the nodes, and without
_PAGES = 10  # so many page keys go through a pass
NO_PASS = mark(
    "Ctrl+Shift+Enter steps through the program, F9 steps the output on the canvas: every node appears here."
)


class Scrubber(QWidget):
    """Emits `moved(position)`: 0 before the first node, p held at the p-th, one past the last at the end; and
    `ahead(node)` where it is let go at one that is still to come, by the mouse or by Enter."""

    accessible_role = QAccessible.Role.Slider

    moved = Signal(int)
    ahead = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scrubber")
        speak(self.setAccessibleName, "Backward timeline")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._marks = Marks()
        self._bars = NormBars()
        self._position = 0
        self._newest = 0
        self._goes_on = False
        self._aimed = -1  # the place ahead at which the mouse would let go, or Enter run to, -1 for none
        self._is_told = False  # whether the keyboard aims there
        self._found: frozenset[int] = frozenset()
        self._life = Life()
        self._is_low = False
        for changed in (theme.current().changed, spoken.current().changed):
            changed.connect(self.update)
        speak_by(self.setAccessibleDescription, self._description)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(480), theme.current().px(76))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(120), theme.current().px(76 - _UNDER + self._under))

    @property
    def _under(self) -> int:
        return _UNDER_LOW if self._is_low else _UNDER

    def set_low(self, *, is_low: bool) -> None:
        """Whether the names under its bars leave their room to the panels above: who is there is said beside it."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.updateGeometry()
            self.update()

    @property
    def is_empty(self) -> bool:
        """Whether there is no pass, and words stand in its place."""
        return not len(self._marks)

    def words_height(self, width: int) -> int:
        """Of the words that stand in the place of a pass, in lines of this width, px."""
        return height_of(QFontMetrics(theme.current().font(12)), tr(NO_PASS), width)

    def set_marks(self, marks: Marks, position: int, newest: int, *, goes_on: bool = False) -> None:
        """Show a pass at a position of it; one that `goes_on` can be run to what is still to come."""
        self._marks, self._position, self._newest, self._goes_on = marks, position, newest, goes_on
        if not newest <= self._aimed < len(marks) or not goes_on:
            self._aimed, self._is_told = -1, False
        self.setAccessibleDescription(self._description())
        self.update()

    @property
    def _told(self) -> str:
        """Of the place that the keyboard aims at."""
        is_told = self._is_told and self._aimed >= 0
        return tr("{words}: Enter runs to it", words=self._words(self._aimed)) if is_told else ""

    def _description(self) -> str:
        if words := self._told:
            return words
        if not len(self._marks):
            return tr(NO_PASS)
        return tr("node {position} of {total}", position=self._position, total=len(self._marks))

    def set_found(self, nodes: frozenset[int]) -> None:
        """Mark these nodes, by their ids."""
        if nodes != self._found:
            self._found = nodes
            self.update()

    def set_life(self, saved: NodeSaved | None) -> None:
        """Mark where what a node made is read, freed, and gets its gradient; None marks nothing."""
        self._life.set_saved(saved)
        self.update()

    # -- geometry

    def _x(self, index: int) -> float:
        # The axis has its numbers at the left; with labels, the last bar has one at its right.
        look = theme.current()
        left, right = look.px(56), look.px(58 if self._labels_fit() else 12)
        span = max(self.width() - left - right, 1)
        return left + span * (index / max(len(self._marks) - 1, 1) if len(self._marks) > 1 else 0.5)

    def _labels_fit(self) -> bool:
        return (
            len(self._marks) > 0
            and not self._is_low
            and self.width() / max(len(self._marks), 1) >= theme.current().px(58)
        )

    def _index_at(self, x: float) -> int:
        if len(self._marks) < 2:
            return 0
        first, last = self._x(0), self._x(len(self._marks) - 1)
        return min(max(round((x - first) / max(last - first, 1) * (len(self._marks) - 1)), 0), len(self._marks) - 1)

    # -- painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        if not len(self._marks):
            painter.setFont(look.font(12))
            painter.setPen(look.color("text.muted"))
            area = balanced(painter.fontMetrics(), tr(NO_PASS), self.rect())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, tr(NO_PASS))
            return
        track = self.height() - look.px(self._under)
        self._paint_track(painter, track)
        norms = np.array(self._marks.norms[: len(self._marks)], dtype=np.float64)
        self._paint_bars(painter, norms, track)
        self._paint_found(painter, track)
        self._life.paint(painter, self._marks, self._x, track)
        if self._labels_fit():
            for index in range(len(self._marks)):
                self._paint_label(painter, index, self._marks[index], norms, track)
        self._paint_playhead(painter, track)
        if self._told:
            self._paint_told(painter)

    def _paint_told(self, painter: QPainter) -> None:
        """Words over the bars, as near to the place that is aimed at as they fit."""
        look = theme.current()
        painter.setFont(look.font(11))
        metrics, pad = painter.fontMetrics(), look.px(6)
        words = elided(metrics, self._told, self.width() - 2 * pad)
        width = metrics.horizontalAdvance(words) + 2 * pad
        left = min(max(self._x(self._aimed) - width / 2, 0), self.width() - width)
        place = QRectF(left, 0, width, metrics.height() + pad)
        painter.setPen(QPen(look.color("line.default"), 1))
        painter.setBrush(look.color("bg.raised"))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(look.color("text.primary"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_track(self, painter: QPainter, track: float) -> None:
        look = theme.current()
        first, last = self._x(0), self._x(len(self._marks) - 1)
        here = self._x(min(max(self._position - 1, 0), len(self._marks) - 1)) if self._position else first
        for start, end, token in ((first, last, "bg.control"), (first, here, "flow.line")):
            painter.setPen(QPen(look.color(token), look.px(3), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(start, track), QPointF(end, track))

    def _paint_bars(self, painter: QPainter, norms: np.ndarray, track: float) -> None:
        """The axis, and the norms of the nodes before the cursor."""
        look, scale = theme.current(), DecadeScale(norms)
        ends = look.px(7), track - look.px(7)
        painter.setFont(look.mono(_AXIS_PX))
        first, last, reach = self._x(0), self._x(len(self._marks) - 1), look.px(10)
        self._bars.paint_axis(painter, scale, first - reach, last + reach, ends)
        indices = np.flatnonzero(is_known(norms[: self._position]))
        if not indices.size:
            return
        spacing = abs(self._x(1) - self._x(0)) if len(self._marks) > 1 else 100.0
        current = len(indices) - 1 if indices[-1] == self._position - 1 else -1
        self._bars.paint(painter, scale, norms[indices], first + spacing * indices, spacing, ends, current=current)

    def _paint_found(self, painter: QPainter, track: float) -> None:
        """A blue line across the track for each pixel with something found."""
        look = theme.current()
        x = np.unique([round(self._x(place)) for place in self._marks.places_of(self._found)])
        width, half = look.px(2), look.px(9)
        for place in x.tolist():
            line = QRectF(place - width / 2, track - half, width, 2 * half)
            painter.fillRect(line, look.color("accent.line"))

    def _paint_label(self, painter: QPainter, index: int, mark: Mark, norms: np.ndarray, track: float) -> None:
        look, x = theme.current(), self._x(index)
        is_current, is_past = index == self._position - 1, index < self._position
        known = is_past and index < len(norms) and norms[index] != NOTHING_ARRIVED
        if known:
            painter.setFont(look.mono(10.5))
            painter.setPen(look.color("flow.text" if is_current else "text.muted"))
            room = self.width() / len(self._marks) - look.px(20)
            text = elided(painter.fontMetrics(), compact(float(norms[index])), room)
            painter.drawText(QPointF(x + look.px(10), track - look.px(9)), text)
        painter.setBrush(look.color(f"cat.{mark.category}"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(1.0 if is_past else 0.5)
        painter.drawRoundedRect(QRectF(x - look.px(2), track - look.px(6), look.px(4), look.px(12)), 2, 2)
        painter.setOpacity(1.0)
        painter.setFont(look.font(11, 600 if is_current else 400))
        painter.setPen(look.color("flow.text" if is_current else "text.secondary" if known else "text.muted"))
        metrics = QFontMetrics(painter.font())
        text = elided(metrics, mark.label, self.width() / len(self._marks) - look.px(6))
        width = metrics.horizontalAdvance(text)
        side = look.px(2)
        left = min(max(x - width / 2, side), self.width() - width - side)  # the outermost keep within the sides
        painter.drawText(QPointF(left, track + look.px(9) + metrics.ascent()), text)

    def _paint_playhead(self, painter: QPainter, track: float) -> None:
        """Where the pass is, and hollow where it would run to."""
        color = theme.current().color("flow.line")
        if 1 <= self._position <= len(self._marks):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            self._paint_pointer(painter, self._x(self._position - 1), track)
        if 0 <= self._aimed < len(self._marks):
            painter.setPen(QPen(color, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            self._paint_pointer(painter, self._x(self._aimed), track)

    def _paint_pointer(self, painter: QPainter, x: float, track: float) -> None:
        look = theme.current()
        size, top = look.px(5), track + look.px(3)
        painter.drawPolygon(
            QPolygonF([QPointF(x, top), QPointF(x - size, top + size * 1.4), QPointF(x + size, top + size * 1.4)])
        )

    # -- input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not len(self._marks):
            return
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(event)
            return
        index = self._index_at(event.position().x())
        words = self._words(index)
        if index >= self._newest and self._goes_on:
            words = tr("{words}: let go here to run to it", words=words)
        QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def _words(self, index: int) -> str:
        name, total = self._marks[index].label, len(self._marks)
        place = tr("{number} of {total}: {name}", number=index + 1, total=total, name=name)
        return f"{place}, {self._norm_words(index)}{self._life.words_at(self._marks, index)}"

    def _norm_words(self, index: int) -> str:
        if index >= len(self._marks.norms):
            return tr("not reached yet")
        norm = self._marks.norms[index]
        return tr("no gradient") if norm == NOTHING_ARRIVED else tr("gradient norm {norm}", norm=number(norm))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, page keys, Home and End move the cursor in what is recorded; with Shift they aim at what is still to
        come, which Enter runs to."""
        key, far = Qt.Key(event.key()), max(len(self._marks) // _PAGES, 1)
        is_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -far, Qt.Key.Key_PageDown: far}
        steps |= {Qt.Key.Key_Home: -len(self._marks) - 1, Qt.Key.Key_End: len(self._marks) + 1}
        if self._aimed >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            aimed = self._aimed
            self._aim(-1)
            self.ahead.emit(self._marks.node(aimed))
        elif self._aimed >= 0 and key == Qt.Key.Key_Escape:
            self._aim(-1)
        elif key not in steps:
            super().keyPressEvent(event)
        elif is_shift and self._goes_on:
            self._aim(min(max(self._aimed, self._newest - 1) + steps[key], len(self._marks) - 1))
        else:
            self._move_by(steps[key], is_next=key == Qt.Key.Key_Right)

    def _move_by(self, step: int, *, is_next: bool) -> None:
        if is_next and self._position == self._newest < len(self._marks) and self._goes_on:
            self.ahead.emit(self._marks.node(self._newest))
        else:
            self.moved.emit(min(max(self._position + step, 0), self._newest))

    def _aim(self, index: int) -> None:
        """At a place ahead of the pass, else at none."""
        self._aimed = index if index >= self._newest else -1
        self._is_told = self._aimed >= 0
        self.setAccessibleDescription(self._description())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._aimed >= 0 and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._aim(-1)

    def _drag_to(self, event: QMouseEvent) -> None:
        if len(self._marks) and event.buttons() & Qt.MouseButton.LeftButton:
            index = self._index_at(event.position().x())
            self._aimed = index if index >= self._newest and self._goes_on else -1
            self.moved.emit(min(index + 1, self._newest))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What is ahead runs only now: the way there is not a place to stop."""
        aimed, self._aimed = self._aimed, -1
        self.update()
        if event.button() == Qt.MouseButton.LeftButton and self._newest <= aimed < len(self._marks):
            self.ahead.emit(self._marks.node(aimed))
